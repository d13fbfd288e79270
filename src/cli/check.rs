//! `tain check`: the integrity of a project, and its repair.

use std::path::{Path, PathBuf};

use super::{CommandResult, Context, DONE, SOME_REFUSED};
use crate::{
    app::integrity::{IntegrityPart, IntegrityReport, check, repair},
    message::text::Text,
    store::Access,
};

/// Check a project's file, log, texts and codings
///
/// Example: tain check study.tain
#[derive(Debug, clap::Args)]
pub(super) struct CheckArgs {
    /// Path of the .tain file
    project: PathBuf,
    /// Make the project anew from all that can be read, and keep the damaged file beside it
    #[arg(long)]
    repair: bool,
}

pub(super) fn run(args: &CheckArgs, context: &Context<'_>) -> CommandResult {
    if args.repair {
        run_repair(&args.project, context)?;
    }
    let session = context.open(&args.project, Access::Read)?;
    let report = check(&session)?;
    say(&report, context);
    if !report.findings.is_empty() {
        return SOME_REFUSED;
    }
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
    DONE
}

fn run_repair(project: &Path, context: &Context<'_>) -> Result<(), super::failure::Failure> {
    let repaired = repair(&context.source(project)?, (context.host)())?;
    context.say(
        Text::new(
            "repaired: {entries} {entries|entry|entries} and {contents} {contents|content|contents} saved, {mended} of them put right, {restored} {restored|change|changes} brought back from the checkpoint; the damaged file is kept as {kept}",
            "已修复：保存 {entries} 条记录和 {contents} 项内容，其中 {mended} 项已纠正，{restored} 项变更由检查点恢复；损坏的文件保留为 {kept}",
        )
        .with("entries", repaired.salvage.entries)
        .with("contents", repaired.salvage.contents)
        .with(
            "mended",
            repaired.salvage.mended_entries.len() + repaired.salvage.mended_contents.len(),
        )
        .with("restored", repaired.restored)
        .with("kept", repaired.kept.as_path()),
    );
    for lost in repaired.lost {
        context.say(Text::new("not saved: {what}", "未能保存：{what}").with("what", lost));
    }
    Ok(())
}

/// Says what was found, part by part, each with what it means and what can be done.
fn say(report: &IntegrityReport, context: &Context<'_>) {
    for part in IntegrityPart::ALL {
        let findings = report.findings.iter().filter(|found| found.part == part);
        let mut is_any = false;
        for finding in findings {
            is_any = true;
            context.say(
                Text::new("{part}: {what}", "{part}：{what}")
                    .with("part", part.text())
                    .with("what", finding.what.clone()),
            );
        }
        if is_any {
            context.say(Text::new("  {remedy}", "  {remedy}").with("remedy", part.remedy()));
        }
    }
    for skipped in &report.skipped {
        context.say(Text::new("skipped: {what}", "未生效：{what}").with("what", skipped.clone()));
    }
}
