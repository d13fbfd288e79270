//! `tain info`: counts.

use serde_json::{Value, json};

use super::{Context, DONE, Ended, open::Reading};
use crate::model::Project;

/// Count what is in a project
///
/// Example: tain info study.tain --format json
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    reading: Reading,
}

pub(super) fn run(args: &Args, context: &Context<'_>) -> Ended {
    let session = context.read(&args.reading.project)?;
    args.reading.output.object(&counts(
        session.project(),
        session.steps().len(),
        session.file().file_bytes(),
    ))?;
    DONE
}

/// The counts in the shape scripts rely on.
pub(super) fn counts(project: &Project, entries: usize, file_bytes: u64) -> Value {
    let sum = |count: &dyn Fn(&crate::model::document::Document) -> u64| {
        project
            .documents
            .values()
            .map(|document| count(document))
            .sum::<u64>()
    };
    json!({
        "title": project.title,
        "documents": project.documents.len(),
        "words": sum(&|document| u64::from(document.words)),
        "characters": sum(&|document| u64::from(document.len_chars())),
        "turns": sum(&|document| u64::from(document.source.n_turns)),
        "cases": project.cases.len(),
        "codes": project.codebook.codes.len(),
        "codings": project.coding_count(),
        "memos": project.memos.len(),
        "coders": project.coders.len(),
        "entries": entries,
        "file_bytes": file_bytes,
    })
}
