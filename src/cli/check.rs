//! `tain check`: is everything as it should be?

use std::path::PathBuf;

use super::{Context, DONE, Ended, SOME_REFUSED};
use crate::app::integrity::{Finding, check, repair};

/// Check a project's file, log, texts and codings
///
/// Example: tain check study.tain
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Path of the .tain file
    project: PathBuf,
    /// Throw away what can be made anew (the checkpoint) and make it again
    #[arg(long)]
    repair: bool,
}

pub(super) fn run(args: &Args, context: &Context<'_>) -> Ended {
    if args.repair {
        repair(&mut context.write(&args.project)?)?;
    }
    let session = context.read(&args.project)?;
    let findings = check(&session)?;
    for Finding(text) in &findings {
        context.say(text);
    }
    if findings.is_empty() {
        let (entries, _) = session.file().entry_count()?;
        context.say(&format!(
            "sound: {entries} entries, {} documents, {} codings",
            session.project().documents.len(),
            session.project().coding_count()
        ));
        return DONE;
    }
    SOME_REFUSED
}
