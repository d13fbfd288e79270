//! `tain info`: counts.

use serde_json::{Value, json};

use super::{CommandResult, Context, DONE, open::ReadArgs};
use crate::model::Project;

/// Count what is in a project
///
/// Example: tain info study.tain --format json
#[derive(Debug, clap::Args)]
pub(super) struct InfoArgs {
    #[command(flatten)]
    reading: ReadArgs,
}

pub(super) fn run(args: &InfoArgs, context: &Context<'_>) -> CommandResult {
    let session = context.read(&args.reading.project)?;
    let counts = counts(
        session.project(),
        session.steps().len(),
        session.file().file_bytes(),
    );
    args.reading.output.object(&counts, context)?;
    DONE
}

/// The counts in the shape scripts rely on.
pub(super) fn counts(project: &Project, entries: usize, file_bytes: u64) -> Value {
    let documents = || project.documents.values();
    json!({
        "title": project.title,
        "documents": project.documents.len(),
        "words": documents().map(|own| u64::from(own.words)).sum::<u64>(),
        "characters": documents().map(|own| u64::from(own.len_chars())).sum::<u64>(),
        "turns": documents().map(|own| u64::from(own.n_turns())).sum::<u64>(),
        "cases": project.cases.len(),
        "codes": project.codebook.codes.len(),
        "codings": project.coding_count(),
        "memos": project.memos.len(),
        "coders": project.coders.len(),
        "entries": entries,
        "file_bytes": file_bytes,
    })
}
