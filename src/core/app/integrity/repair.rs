//! Repair: a new file from everything that can be found in a damaged one, which is kept.

use std::path::PathBuf;

use super::restore::restore;
use crate::{
    app::{
        AppError, Session,
        identity::{Host, Identities},
        session::checkpoint,
    },
    message::{Message, text::Text},
    model::clock::Stamp,
    store::{Kept, Rebuild, Salvage, SalvageReport, Source},
};

/// What the log calls the entry that brings back what only the checkpoint still knew.
const REPAIR: &str = "repair";

/// What a repair did.
#[derive(Debug)]
pub struct Repaired {
    /// Where the damaged file is kept.
    pub kept: PathBuf,
    /// What was found in it.
    pub salvage: SalvageReport,
    /// How many changes were brought back from the checkpoint.
    pub restored: usize,
    /// What could not be brought back, in one line each.
    pub lost: Vec<Message>,
}

/// Makes a damaged project anew from what can be found in it and in its backups, and keeps the damaged file beside it.
///
/// The project is replaced only once the new file is whole and on the disk.
///
/// # Errors
/// When another window has it open, nothing can be found in it, or the disk is full; the project is as it was then.
pub fn repair(source: &Source, host: Host) -> Result<Repaired, AppError> {
    let rebuild = Rebuild::begin(source)?;
    let mut salvage = Salvage::of(&rebuild.source())?;
    for backup in rebuild.backups() {
        // A backup that can't be read helps nobody, and keeps nobody from the rest.
        if !salvage.report.is_whole()
            && let Ok(older) = rebuild
                .beside(&backup)
                .and_then(|backup| Salvage::of(&backup))
        {
            salvage.add(older);
        }
    }
    let ids = Identities::new(host, Stamp::default());
    let now = ids.now_millis();
    let session = checkpoint::start(rebuild.file(&salvage)?, ids)?;
    let (restored, lost) = bring_back(session)?;
    let kept = rebuild.finish(Kept::Damaged, now)?;
    let mut lost: Vec<Message> = lost;
    lost.extend(salvage.report.lost());
    Ok(Repaired {
        kept,
        salvage: salvage.report,
        restored,
        lost,
    })
}

/// Compares the log with the checkpoint, and records what only the checkpoint has.
fn bring_back(mut session: Session) -> Result<(usize, Vec<Message>), AppError> {
    let known = session.project().clone();
    session.rebuild_checkpoint()?;
    if *known == **session.project() {
        return Ok((0, Vec::new()));
    }
    let mut tx = session.transaction(REPAIR);
    let lost = restore(&mut tx, &known);
    let prepared = tx.finish()?;
    let restored = prepared.changes().len();
    if restored > 0 {
        session.commit(prepared)?;
    }
    Ok((restored, lost))
}

impl SalvageReport {
    /// Returns true if all that was ever stored is there, as it was stored.
    pub fn is_whole(&self) -> bool {
        self.unverified.is_empty() && self.lost_entries.is_empty() && self.lost_contents.is_empty()
    }

    /// What isn't there any more, or can't be known to be as it was, in one line each.
    pub fn lost(&self) -> Vec<Message> {
        const ENTRY: Text = Text::new(
            "entry {number} of the log can't be read",
            "日志第 {number} 条记录无法读取",
        );
        const UNVERIFIED: Text = Text::new(
            "entry {number} of the log has lost its hash; it may not be as it was written",
            "日志第 {number} 条记录的哈希已丢失，内容可能与写入时不同",
        );
        const CONTENT: Text = Text::new(
            "content {hash} of the project can't be read",
            "项目内容 {hash} 无法读取",
        );
        let entries = self.lost_entries.iter();
        let unverified = self.unverified.iter();
        let contents = self.lost_contents.iter();
        entries
            .map(|seq| ENTRY.with("number", seq.to_string()))
            .chain(unverified.map(|seq| UNVERIFIED.with("number", seq.to_string())))
            .chain(contents.map(|hash| CONTENT.with("hash", hash.to_string())))
            .collect()
    }
}
