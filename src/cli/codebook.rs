//! `tain codebook`: codes in and out, and what is wanting in them.

use std::path::PathBuf;

use serde_json::json;

use super::{
    Context, DONE, Ended, SOME_REFUSED, failure::Failure, open, open::Reading, output::Table,
};
use crate::{
    app::{
        edit::sheets::codebook_file,
        export::{ExportContent, ExportOptions},
        export::{report::default_language, whole_file::write_whole},
        import::study::{StudyOptions, is_study, read_study},
    },
    import::codebook::{colour_of, write_csv, write_ron},
    model::Project,
};

/// Codes in and out
///
/// Example: tain codebook import study.tain codebooks/needs.ron
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, clap::Subcommand)]
enum Verb {
    /// Take in codes from .ron, .csv or .xlsx
    Import {
        /// Path of the .tain file
        project: PathBuf,
        /// Codebooks
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Write the codes to .ron (all), .csv (names and definitions), .xlsx or .ods (all but facets come back)
    Export {
        /// Path of the .tain file
        project: PathBuf,
        /// File to write
        #[arg(short, long)]
        output: PathBuf,
    },
    /// List the codes
    List(Reading),
    /// Name what is wanting: codes without rules, examples or indicators, or never used
    Check(Reading),
}

pub(super) fn run(args: Args, context: &Context<'_>) -> Ended {
    match args.verb {
        Verb::Import { project, files } => {
            let mut session = context.write(&project)?;
            for file in files {
                if is_study(&file) {
                    super::study::take_in(
                        &mut session,
                        read_study(&file, &StudyOptions::default())?,
                        context,
                    )?;
                    continue;
                }
                let done = session.import_codebook(&open::shown(&file), open::read_file(&file)?)?;
                context.say_sheet(&open::shown(&file), &done);
            }
            open::close(session)?;
            DONE
        }
        Verb::Export { project, output } => {
            let session = context.read(&project)?;
            let book = codebook_file(session.project());
            let text = match output.extension().and_then(|ending| ending.to_str()) {
                Some("xlsx" | "ods" | "qdc") => {
                    let options = ExportOptions {
                        content: Some(ExportContent::Codebook),
                        language: default_language(session.project()),
                        ..ExportOptions::default()
                    };
                    super::export::write(&session, &output, &options, context)?;
                    return DONE;
                }
                Some("ron") => write_ron(&book),
                Some("csv") => write_csv(&book),
                _ => {
                    return Err(Failure::Usage(format!(
                        "{}: codebooks are written as .ron, .csv, .xlsx, .ods or .qdc",
                        output.display()
                    )));
                }
            };
            write_whole(&output, text.as_bytes()).map_err(|error| Failure::io(&output, error))?;
            DONE
        }
        Verb::List(reading) => list(&reading, context),
        Verb::Check(reading) => check(&reading, context),
    }
}

fn list(reading: &Reading, context: &Context<'_>) -> Ended {
    let session = context.read(&reading.project)?;
    let project = session.project();
    let mut table = Table::new(&[
        "code",
        "translations",
        "colour",
        "key",
        "codings",
        "definition",
    ]);
    for (_, code) in project.codebook.in_order() {
        let translations: Vec<&str> = code
            .name
            .translations
            .values()
            .map(String::as_str)
            .collect();
        table.rows.push(vec![
            json!(project.codebook.path(code.id)),
            json!(translations.join("; ")),
            json!(colour_of(code.hue)),
            json!(code.key),
            json!(uses(project, code.id)),
            json!(code.definition.text),
        ]);
    }
    reading.output.table(&table)?;
    DONE
}

fn uses(project: &Project, code: crate::model::ids::CodeId) -> usize {
    project
        .documents
        .values()
        .flat_map(|document| &document.codings)
        .filter(|coding| coding.code == code)
        .count()
}

fn check(reading: &Reading, context: &Context<'_>) -> Ended {
    let session = context.read(&reading.project)?;
    let project = session.project();
    let mut table = Table::new(&["code", "wanting"]);
    for (_, code) in project.codebook.in_order() {
        let wanting = [
            (code.definition.is_empty(), "definition"),
            (code.apply_when.is_empty(), "when to apply"),
            (code.not_when.is_empty(), "when not to"),
            (code.examples.is_empty(), "example"),
            (code.indicators.is_empty(), "indicator"),
            (
                uses(project, code.id) == 0 && project.codebook.children(Some(code.id)).is_empty(),
                "use",
            ),
        ];
        for (_, what) in wanting.iter().filter(|(wanting, _)| *wanting) {
            table
                .rows
                .push(vec![json!(project.codebook.path(code.id)), json!(what)]);
        }
    }
    let sound = table.rows.is_empty();
    reading.output.table(&table)?;
    if sound { DONE } else { SOME_REFUSED }
}
