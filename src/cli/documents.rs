//! `tain documents`: the list of documents, and their links and attributes from a sheet.

use std::path::PathBuf;

use super::{
    CommandResult, Context, DONE, document_edits, filters::Find, open, open::ReadArgs,
    output::new_table,
};
use crate::message::text::Text;

/// List, rename and remove documents, or link them to cases and phases
///
/// Example: tain documents import study.tain documents.csv
#[derive(Debug, clap::Args)]
pub(super) struct DocumentsArgs {
    #[command(subcommand)]
    command: DocumentsCommand,
}

#[derive(Debug, clap::Subcommand)]
enum DocumentsCommand {
    /// List the documents
    List(ReadArgs),
    /// Import a sheet: document, case, phase, speakers, attributes
    Import {
        /// Path of the .tain file
        project: PathBuf,
        /// Sheet to import
        file: PathBuf,
    },
    #[command(flatten)]
    Edit(document_edits::DocumentEdits),
}

pub(super) fn run(args: DocumentsArgs, context: &Context<'_>) -> CommandResult {
    match args.command {
        DocumentsCommand::List(reading) => list(&reading, context),
        DocumentsCommand::Edit(edit) => document_edits::run(edit, context),
        DocumentsCommand::Import { project, file } => {
            let mut session = context.write(&project)?;
            let done = session
                .import_document_sheet(&open::shown(&file), open::read_file(&file)?)
                .map_err(open::sheet_failure)?;
            context.say_sheet(Text::new("documents", "文档"), &done);
            open::close(session);
            DONE
        }
    }
}

fn list(reading: &ReadArgs, context: &Context<'_>) -> CommandResult {
    let session = context.read(&reading.project)?;
    let project = session.project();
    let heads = [
        "document",
        "case",
        "phase",
        "characters",
        "words",
        "turns",
        "speakers",
        "codings",
        "read_as",
    ];
    let language = reading.output.language(context);
    let mut table = new_table(&heads, language);
    for document in project.documents_in_order() {
        let speakers: Vec<&str> = document
            .speakers
            .iter()
            .map(|speaker| speaker.label.as_str())
            .collect();
        let phase = document.phase;
        let phase = phase.map(|phase| Find(project).phase_name(phase, language));
        table.rows.push(vec![
            document.title.as_str().into(),
            Find(project).case_names(document).into(),
            phase.into(),
            document.len_chars().into(),
            document.words.into(),
            document.n_turns().into(),
            speakers.join("; ").into(),
            document.codings.len().into(),
            document.source.read_as.as_str().into(),
        ]);
    }
    reading.output.table(&table)?;
    DONE
}
