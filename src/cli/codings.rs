//! `tain codings`: coding sheets in and out.

use std::path::PathBuf;

use super::{
    CommandResult, Context, DONE, filters::Find, heads::head, open, open::ReadArgs,
    output::new_table,
};
use crate::{
    app::edit::find_or_add::CreateCodes,
    message::{language::UiLanguage, text::Text},
    model::{Project, localized::Localized, memo::Anchor},
    table::data::CellValue,
};

/// Import and export codings as sheets
///
/// Example: tain codings import study.tain codings.csv --create-codes
#[derive(Debug, clap::Args)]
pub(super) struct CodingsArgs {
    #[command(subcommand)]
    command: CodingsCommand,
}

#[derive(Debug, clap::Subcommand)]
enum CodingsCommand {
    /// Import a sheet: coder, document, start, end, code, memo, about, facets
    Import {
        /// Path of the .tain file
        project: PathBuf,
        /// Sheet to import
        file: PathBuf,
        /// Create codes that don't exist
        #[arg(long)]
        create_codes: bool,
    },
    /// Write all codings with their text
    Export(ReadArgs),
}

pub(super) fn run(args: CodingsArgs, context: &Context<'_>) -> CommandResult {
    match args.command {
        CodingsCommand::Import {
            project,
            file,
            create_codes,
        } => {
            let mut session = context.write(&project)?;
            let create = if create_codes {
                CreateCodes::Yes
            } else {
                CreateCodes::No
            };
            let done = session
                .import_codings(&open::shown(&file), open::read_file(&file)?, create)
                .map_err(open::sheet_failure)?;
            context.say_sheet(Text::new("codings", "编码片段"), &done);
            open::close(session);
            DONE
        }
        CodingsCommand::Export(reading) => export(&reading, context),
    }
}

/// The names of all facets, in the order of the codebook; facets of one main name are one.
fn facet_names(project: &Project) -> Vec<&Localized> {
    let mut names: Vec<&Localized> = Vec::new();
    for (_, code) in project.codebook.in_order() {
        for facet in &code.facets {
            if names.iter().all(|name| name.text != facet.name.text) {
                names.push(&facet.name);
            }
        }
    }
    names
}

fn export(reading: &ReadArgs, context: &Context<'_>) -> CommandResult {
    let session = context.read(&reading.project)?;
    let project = session.project();
    let facets = facet_names(project);
    let language = reading.output.language(context);
    let heads = ["coder", "document", "start", "end", "code", "memo"];
    let mut table = new_table(&heads, language);
    // As in the paths of codes, English has the codebook's main names, which sheets are imported by.
    let in_chinese = language == UiLanguage::Chinese;
    table.columns.extend(facets.iter().map(|name| {
        if in_chinese {
            name.get(&language.tag()).to_owned()
        } else {
            name.text.clone()
        }
    }));
    table.columns.push(head("text", language));
    // As columns of facets, there only where there is something to say.
    let mut codings = project.documents.values().flat_map(|own| &own.codings);
    let names_anyone = codings.any(|own| !own.about.is_empty());
    if names_anyone {
        table.columns.push(head("about", language));
    }
    for document in project.documents_in_order() {
        let content = session.content(document)?;
        for coding in &document.codings {
            let memos: Vec<&str> = project
                .memos_on(Anchor::Coding(document.id, coding.id))
                .map(|memo| memo.body.as_str())
                .collect();
            let coder = project
                .coders
                .get(&coding.coder)
                .map(|coder| coder.name.as_str());
            let mut row = vec![
                coder.into(),
                document.title.as_str().into(),
                coding.range.start().into(),
                coding.range.end().into(),
                Find(project).code_path(coding.code, language).into(),
                memos.join("\n").into(),
            ];
            let code = project.codebook.get(coding.code);
            let values = facets.iter().map(|name| {
                let facet = code?
                    .facets
                    .iter()
                    .find(|facet| facet.name.text == name.text)?;
                let value = coding.facets.get(&facet.id)?;
                Some(if in_chinese {
                    facet.say(value, language)
                } else {
                    value.to_text()
                })
            });
            row.extend(values.map(CellValue::from));
            row.push(content.text.slice(coding.range).into());
            if names_anyone {
                row.push(Find(project).names_of_cases(&coding.about).into());
            }
            table.rows.push(row);
        }
    }
    reading.output.table(&table)?;
    DONE
}
