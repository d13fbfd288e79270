//! Integrity: file, log, contents, ranges inside their texts, and a checkpoint that equals the fold.

use crate::app::{AppError, Session, session::checkpoint};
use crate::{
    model::{invariants, text::ContentHash},
    store::StoreError,
};

/// Something that isn't as it should be, in one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding(pub String);

/// Looks at everything; empty when all is sound.
///
/// # Errors
/// When the file can't be read at all.
pub fn check(session: &Session) -> Result<Vec<Finding>, StoreError> {
    let file = session.file();
    let mut findings: Vec<Finding> = file
        .integrity()?
        .into_iter()
        .map(|line| Finding(format!("file: {line}")))
        .collect();
    let contents = file.verify_contents()?;
    findings.extend(
        contents
            .iter()
            .filter(|(_, sound)| !**sound)
            .map(|(hash, _)| Finding(format!("content {hash} is damaged"))),
    );
    let refolded = checkpoint::refold(&file)?;
    if refolded != **session.project() {
        findings.push(Finding(
            "the checkpoint differs from the log; `tain check --repair` makes it anew".to_owned(),
        ));
    }
    findings.extend(
        invariants::violations(&refolded)
            .into_iter()
            .map(|violation| Finding(violation.0)),
    );
    for document in refolded.documents.values() {
        let source = &document.source;
        let missing = |hash: ContentHash| !contents.contains_key(&hash);
        for hash in [source.text, source.turns, source.original]
            .into_iter()
            .filter(|hash| missing(*hash))
        {
            findings.push(Finding(format!(
                "{}: content {hash} is missing",
                document.title
            )));
        }
        match session.content(document) {
            Ok(content) if content.text.len_chars() != document.len_chars() => {
                let (is, should) = (content.text.len_chars(), document.len_chars());
                findings.push(Finding(format!(
                    "{}: the text has {is} characters, the log says {should}",
                    document.title
                )));
            }
            Ok(content)
                if content
                    .turns
                    .last()
                    .is_some_and(|turn| turn.range.end() > content.text.len_chars()) =>
            {
                findings.push(Finding(format!(
                    "{}: a turn reaches beyond the text",
                    document.title
                )));
            }
            Ok(_) => {}
            Err(error) => findings.push(Finding(format!("{}: {error}", document.title))),
        }
    }
    for attachment in refolded.attachments.values() {
        if let Some(hash) = attachment
            .content
            .filter(|hash| !contents.contains_key(hash))
        {
            findings.push(Finding(format!(
                "{}: content {hash} is missing",
                attachment.name
            )));
        }
    }
    Ok(findings)
}

/// Makes the checkpoint anew from the log.
///
/// # Errors
/// When the file can't be written.
pub fn repair(session: &mut Session) -> Result<(), AppError> {
    session.rebuild_checkpoint()?;
    Ok(())
}
