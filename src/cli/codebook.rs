//! `tain codebook`: codes in and out, and what they lack.

use std::{collections::BTreeMap, path::PathBuf};

use super::{
    CommandResult, Context, DONE, SOME_REFUSED,
    failure::Failure,
    filters::Find,
    history::time_of,
    open,
    open::ReadArgs,
    output::{Output, Replace, new_table},
};
use crate::{
    app::{
        edit::codebook_file::codebook_file,
        export::report::default_language,
        export::{ExportContent, ExportOptions},
        history::code_changes::code_changes,
        import::study::{StudyOptions, is_study, read_study},
        sample::{Starter, starters},
    },
    import::{
        codebook::{write_csv, write_ron},
        colour::colour_of,
    },
    message::{explain::Explanation, text::Text},
    model::{Project, ids::CodeId},
};

/// List, import, export and check codes
///
/// Example: tain codebook import study.tain codebooks/needs.ron
#[derive(Debug, clap::Args)]
pub(super) struct CodebookArgs {
    #[command(subcommand)]
    command: CodebookCommand,
}

#[derive(Debug, clap::Subcommand)]
enum CodebookCommand {
    /// Import codes from .ron, .csv or .xlsx
    Import {
        /// Path of the .tain file
        project: PathBuf,
        /// Codebooks
        #[arg(required_unless_present = "starter")]
        files: Vec<PathBuf>,
        /// A starter codebook, by name; `tain codebook starters` lists them
        #[arg(long, value_name = "NAME")]
        starter: Vec<String>,
    },
    /// List the starter codebooks
    Starters {
        #[command(flatten)]
        output: Output,
    },
    /// Write the codes to .ron (all), .csv (names and definitions), .xlsx or .ods (all but facets come back)
    Export {
        /// Path of the .tain file
        project: PathBuf,
        /// File to write
        #[arg(short, long)]
        output: PathBuf,
        #[command(flatten)]
        replace: Replace,
    },
    /// List the codes
    List {
        #[command(flatten)]
        reading: ReadArgs,
        /// With when each code was changed last, and by whom
        #[arg(long)]
        changed: bool,
    },
    /// List what is missing: codes without rules, examples or indicators, and codes never used
    Check(ReadArgs),
}

pub(super) fn run(args: CodebookArgs, context: &Context<'_>) -> CommandResult {
    match args.command {
        CodebookCommand::Starters { output } => list_starters(&output, context),
        CodebookCommand::Import {
            project,
            files,
            starter,
        } => {
            let starters = starter
                .iter()
                .map(|name| starter_called(name))
                .collect::<Result<Vec<_>, _>>()?;
            let mut session = context.write(&project)?;
            for file in files {
                if is_study(&file) {
                    super::study::import(
                        &mut session,
                        read_study(&file, &StudyOptions::default())?,
                        context,
                    )?;
                    continue;
                }
                let done = session
                    .import_codebook(&open::shown(&file), open::read_file(&file)?)
                    .map_err(open::sheet_failure)?;
                context.say_sheet(open::shown(&file), &done);
            }
            for starter in starters {
                let done = session.import_codebook(starter.file, starter.bytes.to_vec())?;
                context.say_sheet(starter.name, &done);
            }
            open::close(session);
            DONE
        }
        CodebookCommand::Export {
            project,
            output,
            replace,
        } => {
            let session = context.read(&project)?;
            let book = codebook_file(session.project());
            let text = match output.extension().and_then(|ending| ending.to_str()) {
                Some("xlsx" | "ods" | "qdc") => {
                    let options = ExportOptions {
                        content: Some(ExportContent::Codebook),
                        language: default_language(session.project()),
                        ..ExportOptions::default()
                    };
                    super::export::write(&session, &output, &options, replace, context)?;
                    return DONE;
                }
                Some("ron") => write_ron(&book),
                Some("csv") => write_csv(&book),
                _ => {
                    return Err(Failure::usage(
                        Text::new(
                            "{file}: codebooks are written as .ron, .csv, .xlsx, .ods or .qdc",
                            "{file}：编码本可写成 .ron、.csv、.xlsx、.ods 或 .qdc",
                        )
                        .with("file", output.as_path()),
                    ));
                }
            };
            replace.write(&output, text.as_bytes())?;
            DONE
        }
        CodebookCommand::List { reading, changed } => list(&reading, changed, context),
        CodebookCommand::Check(reading) => check(&reading, context),
    }
}

fn list_starters(output: &Output, context: &Context<'_>) -> CommandResult {
    let language = output.language(context);
    let mut table = new_table(&["name", "title", "language", "codes"], language);
    for starter in starters()? {
        table.rows.push(vec![
            starter.name.into(),
            starter.title.get(&language.tag()).into(),
            starter.language.to_string().into(),
            starter.outline.len().into(),
        ]);
    }
    output.table(&table)?;
    DONE
}

/// The starter codebook of a name.
fn starter_called(name: &str) -> Result<Starter, Failure> {
    let mut all = starters()?.into_iter();
    all.find(|starter| starter.name == name).ok_or_else(|| {
        Explanation::not_found(
            Text::new(
                "there is no starter codebook “{name}”",
                "没有入门编码本“{name}”",
            )
            .with("name", name),
        )
        .hint(Text::new(
            "tain codebook starters lists them",
            "可用 tain codebook starters 列出",
        ))
        .into()
    })
}

fn list(reading: &ReadArgs, with_changes: bool, context: &Context<'_>) -> CommandResult {
    let session = context.read(&reading.project)?;
    let project = session.project();
    let language = reading.output.language(context);
    let mut heads = vec![
        "code",
        "translations",
        "colour",
        "key",
        "codings",
        "definition",
    ];
    let changes = if with_changes {
        heads.extend(["changed", "coder"]);
        code_changes(&session.file())?
    } else {
        BTreeMap::new()
    };
    let mut table = new_table(&heads, language);
    for (_, code) in project.codebook.in_order() {
        let translations: Vec<&str> = code
            .name
            .translations
            .values()
            .map(String::as_str)
            .collect();
        table.rows.push(vec![
            Find(project).code_path(code.id, language).into(),
            translations.join("; ").into(),
            colour_of(code.hue).into(),
            code.key.into(),
            uses(project, code.id).into(),
            code.definition.text.as_str().into(),
        ]);
        if let Some(change) = changes.get(&code.id)
            && let Some(row) = table.rows.last_mut()
        {
            row.push(time_of(change.stamp).into());
            row.push(change.by.as_str().into());
        }
    }
    reading.output.table(&table)?;
    DONE
}

fn uses(project: &Project, code: CodeId) -> usize {
    project
        .documents
        .values()
        .flat_map(|document| &document.codings)
        .filter(|coding| coding.code == code)
        .count()
}

fn check(reading: &ReadArgs, context: &Context<'_>) -> CommandResult {
    let session = context.read(&reading.project)?;
    let project = session.project();
    let language = reading.output.language(context);
    let mut table = new_table(&["code", "wanting"], language);
    for (_, code) in project.codebook.in_order() {
        // A code that only groups others is used through them.
        let is_unused =
            uses(project, code.id) == 0 && project.codebook.children(Some(code.id)).is_empty();
        let lacks = [
            (code.definition.is_empty(), Text::new("definition", "定义")),
            (
                code.apply_when.is_empty(),
                Text::new("when to apply", "何时使用"),
            ),
            (
                code.not_when.is_empty(),
                Text::new("when not to", "何时不用"),
            ),
            (code.examples.is_empty(), Text::new("example", "例子")),
            (code.indicators.is_empty(), Text::new("indicator", "指示词")),
            (is_unused, Text::new("use", "使用")),
        ];
        for (_, what) in lacks.into_iter().filter(|(lacks, _)| *lacks) {
            table.rows.push(vec![
                Find(project).code_path(code.id, language).into(),
                language.say(what).into(),
            ]);
        }
    }
    let sound = table.rows.is_empty();
    reading.output.table(&table)?;
    if sound { DONE } else { SOME_REFUSED }
}
