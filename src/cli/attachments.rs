//! `tain attachments`: pictures, recordings and other files that aren't read as text.

use std::path::PathBuf;

use serde_json::json;

use super::{Context, DONE, Ended, open, open::Reading, output::Table};
use crate::{
    app::{action::Action, refusal::Refusal},
    model::{Project, attachment::Attachment},
};

/// Files beside the documents, such as pictures and recordings from another program's project
///
/// Example: tain attachments save study.tain "Drawing 3" -o drawing.png
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, clap::Subcommand)]
enum Verb {
    /// List them
    List(Reading),
    /// Write one to a file
    Save {
        /// Path of the .tain file
        project: PathBuf,
        /// Its name, or the file's
        name: String,
        /// File to write; one that is there already is refused
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
    },
    /// Remove one from the project
    Remove {
        /// Path of the .tain file
        project: PathBuf,
        /// Its name, or the file's
        name: String,
    },
}

pub(super) fn run(args: Args, context: &Context<'_>) -> Ended {
    match args.verb {
        Verb::List(reading) => {
            let session = context.read(&reading.project)?;
            let mut table = Table::new(&["name", "kind", "file", "bytes", "there"]);
            for own in session.project().attachments.values() {
                let there = if own.content.is_some() { "yes" } else { "no" };
                let kind = format!("{:?}", own.kind).to_lowercase();
                table.rows.push(vec![
                    json!(own.name),
                    json!(kind),
                    json!(own.file),
                    json!(own.len_bytes),
                    json!(there),
                ]);
            }
            reading.output.table(&table)?;
        }
        Verb::Save {
            project,
            name,
            output,
        } => {
            let session = context.read(&project)?;
            let id = named(session.project(), &name)?.id;
            session.save_attachment(id, &output)?;
        }
        Verb::Remove { project, name } => {
            let mut session = context.write(&project)?;
            let id = named(session.project(), &name)?.id;
            session.run(Action::RemoveAttachment(id))?;
            open::close(session)?;
        }
    }
    DONE
}

fn named<'a>(project: &'a Project, name: &str) -> Result<&'a Attachment, Refusal> {
    let mut all = project.attachments.values();
    all.find(|own| own.name == name || own.file == name)
        .ok_or_else(|| Refusal::NoAttachment(name.to_owned()))
}
