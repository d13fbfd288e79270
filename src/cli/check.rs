//! `tain check`: the integrity of a project.

use std::path::PathBuf;

use super::{CommandResult, Context, DONE, SOME_REFUSED};
use crate::{
    app::integrity::{IntegrityFinding, check, repair},
    message::text::Text,
};

/// Check a project's file, log, texts and codings
///
/// Example: tain check study.tain
#[derive(Debug, clap::Args)]
pub(super) struct CheckArgs {
    /// Path of the .tain file
    project: PathBuf,
    /// Discard what can be rebuilt (the checkpoint) and rebuild it
    #[arg(long)]
    repair: bool,
}

pub(super) fn run(args: &CheckArgs, context: &Context<'_>) -> CommandResult {
    if args.repair {
        repair(&mut context.write(&args.project)?)?;
    }
    let session = context.read(&args.project)?;
    let findings = check(&session)?;
    let is_sound = findings.is_empty();
    for IntegrityFinding(message) in findings {
        context.say(message);
    }
    if is_sound {
        let entries = session.file().entry_count()?;
        context.say(
            Text::new(
                "sound: {entries} {entries|entry|entries}, {documents} {documents|document|documents}, {codings} {codings|coding|codings}",
                "完好：{entries} 条记录，{documents} 份文档，{codings} 个编码片段",
            )
            .with("entries", entries)
            .with("documents", session.project().documents.len())
            .with("codings", session.project().coding_count()),
        );
        return DONE;
    }
    SOME_REFUSED
}
