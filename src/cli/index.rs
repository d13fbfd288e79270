//! `tain index`: brings the search index up to the texts; the window does so by itself.

use std::path::PathBuf;

use super::{Context, DONE, Ended, failure::Failure};
use crate::app::{
    jobs::JobControl,
    search::index_cache::{build_index, cache_folder},
};

/// Build the search index, so that searches answer at once
///
/// Example: tain index study.tain
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Path of the .tain file
    project: PathBuf,
}

pub(super) fn run(args: &Args, context: &Context<'_>) -> Ended {
    let session = context.read(&args.project)?;
    build_index(
        cache_folder().as_deref(),
        &args.project,
        session.project(),
        session.texts(),
        &JobControl::default(),
    )
    .map_err(|error| Failure::Unwritable(error.to_string()))?;
    context.say("the index is up to date");
    DONE
}
