//! Integrity: file, log, contents, ranges inside their texts, rules, and a checkpoint that equals the fold.

mod repair;
mod restore;

use std::collections::BTreeMap;

pub use repair::{Repaired, repair};

use crate::{
    app::{Session, session::checkpoint},
    message::{Message, explain::Explain as _, text::Text},
    model::{
        Project, document::Document, document::turn_table, invariants, text::ContentHash,
        text::DocumentText,
    },
    store::{ProjectFile, StoreError},
};

/// What a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum IntegrityPart {
    /// The structure of the file.
    File,
    /// The entries of the log.
    Log,
    /// Texts, turns and files.
    Contents,
    /// What the project has to obey.
    Rules,
    /// The stored fold, which only makes the opening faster.
    Checkpoint,
}

impl IntegrityPart {
    /// All parts, in the order in which they are looked at.
    pub const ALL: [Self; 5] = [
        Self::File,
        Self::Log,
        Self::Contents,
        Self::Rules,
        Self::Checkpoint,
    ];

    /// Its name.
    pub fn text(self) -> Text {
        match self {
            Self::File => Text::new("file", "文件"),
            Self::Log => Text::new("log", "日志"),
            Self::Contents => Text::new("contents", "内容"),
            Self::Rules => Text::new("rules", "规则"),
            Self::Checkpoint => Text::new("checkpoint", "检查点"),
        }
    }

    /// What a finding of this part means, and what can be done.
    pub fn remedy(self) -> Text {
        match self {
            Self::File | Self::Log => Text::new(
                "nothing more is written to this file; tain check --repair saves what can be read into a new one and keeps this one",
                "不再向此文件写入；tain check --repair 会把可读取的内容存入新文件，并保留此文件",
            ),
            Self::Contents => Text::new(
                "codings of it stay; its words are missing from every figure; tain check --repair looks for it in the file and the backups",
                "其编码片段仍在，但所有数字都不含其文字；tain check --repair 会在文件与备份中寻找",
            ),
            Self::Rules => Text::new(
                "the project can be used; please report this with tain history",
                "项目可继续使用；请附上 tain history 的输出报告此问题",
            ),
            Self::Checkpoint => Text::new(
                "figures may differ from the log; tain check --repair makes it anew from the log",
                "数字可能与日志不一致；tain check --repair 会根据日志重新生成",
            ),
        }
    }
}

/// Something that isn't as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntegrityFinding {
    /// What it is about.
    pub part: IntegrityPart,
    /// What is wrong, in one line.
    pub what: Message,
}

/// What a check has found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IntegrityReport {
    /// What isn't as it should be; empty when all is sound.
    pub findings: Vec<IntegrityFinding>,
    /// Changes that made no sense where a merge put them: nothing is lost by them, but they have no effect.
    pub skipped: Vec<Message>,
}

impl IntegrityReport {
    fn find(&mut self, part: IntegrityPart, what: impl Into<Message>) {
        self.findings.push(IntegrityFinding {
            part,
            what: what.into(),
        });
    }
}

const CONTENT: Text = Text::new("{name}: {error}", "{name}：{error}");
const UNNAMED: Text = Text::new(
    "a content that nothing uses any more ({hash})",
    "一项已无处使用的内容（{hash}）",
);
const CHECKPOINT: Text = Text::new("the checkpoint differs from the log", "检查点与日志不一致");
const LENGTH: Text = Text::new(
    "{name}: the text has {is} characters, the log says {should}",
    "{name}：文本有 {is} 个字符，日志记录为 {should} 个",
);
const TURN_BEYOND: Text = Text::new(
    "{name}: a turn reaches beyond the text",
    "{name}：有话轮超出文本范围",
);
const SKIPPED: Text = Text::new(
    "change {number} of entry {entry} has no effect ({reason})",
    "记录 {entry} 的第 {number} 项变更未生效（{reason}）",
);

/// Looks at everything, as it is at one moment: what another window writes meanwhile is no finding.
///
/// # Errors
/// When the file can't be read at all.
pub fn check(session: &Session) -> Result<IntegrityReport, StoreError> {
    let mut report = IntegrityReport::default();
    match look(session, &mut report) {
        // What lies behind the damage can't be looked at; a repair finds it.
        Err(StoreError::Damaged(reason)) => report.find(
            IntegrityPart::File,
            Text::new("{line}", "{line}").with("line", reason),
        ),
        other => other?,
    }
    Ok(report)
}

fn look(session: &Session, report: &mut IntegrityReport) -> Result<(), StoreError> {
    for damage in session.opening_damage() {
        report.find(IntegrityPart::Log, damage.clone());
    }
    let file = session.file();
    let _moment = file.moment()?;
    for line in file.integrity()? {
        report.find(
            IntegrityPart::File,
            Text::new("{line}", "{line}").with("line", line),
        );
    }
    let refolded = checkpoint::refold(&file)?;
    file.heads()?;
    for damage in file.damage() {
        let what = damage.message();
        if !report.findings.iter().any(|found| found.what == what) {
            report.find(IntegrityPart::Log, what);
        }
    }
    contents(&file, &refolded, report)?;
    for violation in invariants::violations(&refolded) {
        report.find(IntegrityPart::Rules, violation.0);
    }
    // A fold that lacks a damaged entry differs for that reason, which is said already.
    if file.damage().is_empty() && checkpoint::opened(&file)? != refolded {
        report.find(IntegrityPart::Checkpoint, CHECKPOINT);
    }
    report.skipped = refolded
        .skipped
        .iter()
        .map(|skipped| {
            SKIPPED
                .with("number", skipped.change + 1)
                .with("entry", skipped.entry.to_string())
                .with("reason", skipped.reason.text())
        })
        .collect();
    Ok(())
}

/// Compares every stored content with its hash, and every document with its text and turns.
fn contents(
    file: &ProjectFile,
    project: &Project,
    report: &mut IntegrityReport,
) -> Result<(), StoreError> {
    let stored = file.verify_contents()?;
    let mut named: BTreeMap<ContentHash, &str> = BTreeMap::new();
    for document in project.documents.values() {
        let source = &document.source;
        let hashes = [
            source.text,
            source.turns,
            document.turn_table(),
            source.original,
        ];
        named.extend(hashes.map(|hash| (hash, document.title.as_str())));
    }
    for attachment in project.attachments.values() {
        named.extend(
            attachment
                .content
                .map(|hash| (hash, attachment.name.as_str())),
        );
    }
    for (hash, name) in &named {
        if stored.get(hash) != Some(&true) {
            let error = StoreError::Content(*hash).explain().what;
            report.find(
                IntegrityPart::Contents,
                CONTENT.with("name", *name).with("error", error),
            );
        }
    }
    for (hash, is_sound) in &stored {
        if !is_sound && !named.contains_key(hash) {
            report.find(
                IntegrityPart::Contents,
                UNNAMED.with("hash", hash.to_string()),
            );
        }
    }
    for document in project.documents.values() {
        ranges(file, document, report);
    }
    Ok(())
}

/// Compares a document's text and turns with what the log says of them.
fn ranges(file: &ProjectFile, document: &Document, report: &mut IntegrityReport) {
    let text = file.content(document.source.text).ok();
    let table = file.content(document.turn_table()).ok();
    // What can't be read is named already.
    let (Some(text), Some(table)) = (text, table) else {
        return;
    };
    let content = String::from_utf8(text)
        .ok()
        .zip(turn_table::decode(&table))
        .and_then(|(text, turns)| document.content(DocumentText::new(text), turns));
    let Some(content) = content else {
        let error = StoreError::Content(document.source.text).explain().what;
        report.find(
            IntegrityPart::Contents,
            CONTENT.with("name", &document.title).with("error", error),
        );
        return;
    };
    let (is, should) = (content.text.len_chars(), document.len_chars());
    if is != should {
        report.find(
            IntegrityPart::Contents,
            LENGTH
                .with("name", &document.title)
                .with("is", is)
                .with("should", should),
        );
    } else if content
        .turns
        .last()
        .is_some_and(|turn| turn.range.end() > is)
    {
        report.find(
            IntegrityPart::Contents,
            TURN_BEYOND.with("name", &document.title),
        );
    }
}
