//! `tain documents`: what is in, and links and attributes of documents.

use std::path::PathBuf;

use serde_json::json;

use super::{Context, DONE, Ended, open, open::Reading, output::Table};

/// List documents, or link them to cases and phases
///
/// Example: tain documents import study.tain documents.csv
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, clap::Subcommand)]
enum Verb {
    /// List the documents
    List(Reading),
    /// Take in a sheet: document, case, phase, speakers, attributes
    Import {
        /// Path of the .tain file
        project: PathBuf,
        /// The sheet
        file: PathBuf,
    },
}

pub(super) fn run(args: Args, context: &Context<'_>) -> Ended {
    match args.verb {
        Verb::List(reading) => list(&reading, context),
        Verb::Import { project, file } => {
            let mut session = context.write(&project)?;
            let done =
                session.import_document_sheet(&open::shown(&file), open::read_file(&file)?)?;
            context.say_sheet("documents", &done);
            open::close(session)?;
            DONE
        }
    }
}

fn list(reading: &Reading, context: &Context<'_>) -> Ended {
    let session = context.read(&reading.project)?;
    let project = session.project();
    let mut table = Table::new(&[
        "document",
        "case",
        "phase",
        "characters",
        "words",
        "turns",
        "speakers",
        "codings",
        "read_as",
    ]);
    for document in project.documents_in_order() {
        let cases: Vec<&str> = document
            .cases
            .iter()
            .filter_map(|id| project.cases.get(id))
            .map(|case| case.name.as_str())
            .collect();
        let speakers: Vec<&str> = document
            .speakers
            .iter()
            .map(|speaker| speaker.label.as_str())
            .collect();
        let phase = document
            .phase
            .and_then(|id| project.phases.get(&id))
            .map(|phase| phase.name.as_str());
        table.rows.push(vec![
            json!(document.title),
            json!(cases.join("; ")),
            json!(phase),
            json!(document.len_chars()),
            json!(document.words),
            json!(document.source.n_turns),
            json!(speakers.join("; ")),
            json!(document.codings.len()),
            json!(document.source.read_as),
        ]);
    }
    reading.output.table(&table)?;
    DONE
}
