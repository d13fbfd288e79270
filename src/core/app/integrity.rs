//! Integrity: file, log, contents, ranges inside their texts, and a checkpoint that equals the fold.

use crate::app::{AppError, Session, session::checkpoint};
use crate::{
    message::{Message, explain::Explain as _, text::Text},
    model::{invariants, text::ContentHash},
    store::StoreError,
};

/// Something that isn't as it should be, in one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntegrityFinding(pub Message);

const FILE: Text = Text::new("file: {line}", "文件：{line}");
const DAMAGED: Text = Text::new("content {hash} is damaged", "内容 {hash} 已损坏");
const CHECKPOINT: Text = Text::new(
    "the checkpoint differs from the log; `tain check --repair` makes it anew",
    "检查点与日志不一致；可用 `tain check --repair` 重新生成",
);
const CONTENT_MISSING: Text = Text::new(
    "{name}: content {hash} is missing",
    "{name}：缺少内容 {hash}",
);
const LENGTH: Text = Text::new(
    "{name}: the text has {is} characters, the log says {should}",
    "{name}：文本有 {is} 个字符，日志记录为 {should} 个",
);
const TURN_BEYOND: Text = Text::new(
    "{name}: a turn reaches beyond the text",
    "{name}：有话轮超出文本范围",
);
const UNREADABLE: Text = Text::new("{name}: {error}", "{name}：{error}");

/// Looks at everything; empty when all is sound.
///
/// # Errors
/// When the file can't be read at all.
pub fn check(session: &Session) -> Result<Vec<IntegrityFinding>, StoreError> {
    let file = session.file();
    let mut findings: Vec<IntegrityFinding> = file
        .integrity()?
        .into_iter()
        .map(|line| IntegrityFinding(FILE.with("line", line)))
        .collect();
    let contents = file.verify_contents()?;
    findings.extend(
        contents
            .iter()
            .filter(|(_, sound)| !**sound)
            .map(|(hash, _)| IntegrityFinding(DAMAGED.with("hash", hash.to_string()))),
    );
    let refolded = checkpoint::refold(&file)?;
    if refolded != **session.project() {
        findings.push(IntegrityFinding(CHECKPOINT.into()));
    }
    findings.extend(
        invariants::violations(&refolded)
            .into_iter()
            .map(|violation| IntegrityFinding(violation.0)),
    );
    for document in refolded.documents.values() {
        let source = &document.source;
        let missing = |hash: ContentHash| !contents.contains_key(&hash);
        for hash in [
            source.text,
            source.turns,
            document.turn_table(),
            source.original,
        ]
        .into_iter()
        .filter(|hash| missing(*hash))
        {
            findings.push(missing_content(&document.title, hash));
        }
        match session.content(document) {
            Ok(content) if content.text.len_chars() != document.len_chars() => {
                let (is, should) = (content.text.len_chars(), document.len_chars());
                findings.push(IntegrityFinding(
                    LENGTH
                        .with("name", &document.title)
                        .with("is", is)
                        .with("should", should),
                ));
            }
            Ok(content)
                if content
                    .turns
                    .last()
                    .is_some_and(|turn| turn.range.end() > content.text.len_chars()) =>
            {
                findings.push(IntegrityFinding(TURN_BEYOND.with("name", &document.title)));
            }
            Ok(_) => {}
            Err(error) => findings.push(IntegrityFinding(
                UNREADABLE
                    .with("name", &document.title)
                    .with("error", error.explain()),
            )),
        }
    }
    for attachment in refolded.attachments.values() {
        if let Some(hash) = attachment
            .content
            .filter(|hash| !contents.contains_key(hash))
        {
            findings.push(missing_content(&attachment.name, hash));
        }
    }
    Ok(findings)
}

fn missing_content(name: &str, hash: ContentHash) -> IntegrityFinding {
    IntegrityFinding(
        CONTENT_MISSING
            .with("name", name)
            .with("hash", hash.to_string()),
    )
}

/// Makes the checkpoint anew from the log.
///
/// # Errors
/// When the file can't be written.
pub fn repair(session: &mut Session) -> Result<(), AppError> {
    session.rebuild_checkpoint()?;
    Ok(())
}
