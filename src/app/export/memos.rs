//! Memos outside the window: what each stands on in words, and all of them as one Markdown file.

use std::{
    io::{self, Write as _},
    path::Path,
};

use jiff::Timestamp;

use crate::app::{Session, export::quotation::quotation};
use crate::model::{
    Project,
    memo::{Anchor, Memo, MemoKind},
    text::TextRange,
};

/// What a memo stands on, in words.
pub fn standing(project: &Project, anchor: Anchor) -> String {
    let title = |id| {
        project
            .documents
            .get(&id)
            .map_or_else(String::new, |document| document.title.clone())
    };
    match anchor {
        Anchor::Project => "project".to_owned(),
        Anchor::Document(id) => format!("document {}", title(id)),
        Anchor::Segment(id, range) => format!("segment {} {range:?}", title(id)),
        Anchor::Case(id) => format!(
            "case {}",
            project.cases.get(&id).map_or("", |case| &case.name)
        ),
        Anchor::Code(id) => format!("code {}", project.codebook.path(id)),
        Anchor::Coding(id, coding) => {
            let found = project
                .documents
                .get(&id)
                .and_then(|document| document.coding(coding));
            found.map_or_else(String::new, |coding| {
                format!(
                    "coding {} in {} {:?}",
                    project.codebook.path(coding.code),
                    title(id),
                    coding.range
                )
            })
        }
        Anchor::Cell(case, code) => {
            format!(
                "summary of {} on {}",
                project.cases.get(&case).map_or("", |case| &case.name),
                project.codebook.path(code)
            )
        }
        Anchor::Memo(id) => format!(
            "memo {}",
            project.memos.get(&id).map_or("", |memo| &memo.title)
        ),
    }
}

/// The passage that an anchor lies on, with its document.
pub fn passage_of(
    project: &Project,
    anchor: Anchor,
) -> Option<(crate::model::ids::DocumentId, TextRange)> {
    match anchor {
        Anchor::Segment(document, range) => Some((document, range)),
        Anchor::Coding(document, coding) => Some((
            document,
            project.documents.get(&document)?.coding(coding)?.range,
        )),
        Anchor::Project
        | Anchor::Document(_)
        | Anchor::Case(_)
        | Anchor::Code(_)
        | Anchor::Memo(_)
        | Anchor::Cell(..) => None,
    }
}

/// The words that a memo stands on, with their reference; `None` where it stands on no passage.
pub fn quoted(session: &Session, anchor: Anchor) -> Option<String> {
    let (id, range) = passage_of(session.project(), anchor)?;
    let document = session.project().documents.get(&id)?;
    Some(quotation(
        document,
        &*session.content(document).ok()?,
        range,
    ))
}

/// The day on which something was made, as its id tells, in UTC.
pub fn day_of(millis: u64) -> String {
    let time = i64::try_from(millis)
        .ok()
        .and_then(|millis| Timestamp::from_millisecond(millis).ok());
    time.map(|time| time.to_string().chars().take(10).collect())
        .unwrap_or_default()
}

/// Writes memos as one Markdown file, oldest first; gives how many.
///
/// What can't be written whole is taken away again.
///
/// # Errors
/// When there is such a file already, or it can't be written.
pub fn write_memos(
    session: &Session,
    to: &Path,
    wanted: impl Fn(&Memo) -> bool,
) -> io::Result<usize> {
    let memos: Vec<&Memo> = session
        .project()
        .memos
        .values()
        .map(AsRef::as_ref)
        .filter(|memo| wanted(memo))
        .collect();
    let parts: Vec<String> = memos.iter().map(|memo| markdown(session, memo)).collect();
    let written = std::fs::File::create_new(to).and_then(|mut file| {
        let written = file
            .write_all(parts.join("\n---\n\n").as_bytes())
            .and_then(|()| file.sync_all());
        if written.is_err() {
            // Nothing half done is left; that it can't be removed either changes nothing.
            std::fs::remove_file(to).ok();
        }
        written
    });
    written.map(|()| memos.len())
}

/// A memo as Markdown: title, what it is and stands on, the words it is about, its text.
fn markdown(session: &Session, memo: &Memo) -> String {
    let project = session.project();
    let kind = match memo.kind {
        MemoKind::Analytic => "analytic",
        MemoKind::Method => "method",
        MemoKind::Reflexive => "reflexive",
    };
    let coder = project
        .coders
        .get(&memo.coder)
        .map_or("", |coder| coder.name.as_str());
    let day = memo.id.made_millis().map(day_of).unwrap_or_default();
    let title = if memo.title.is_empty() {
        standing(project, memo.anchor)
    } else {
        memo.title.clone()
    };
    let about: Vec<&str> = [kind, coder, day.as_str()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    let quoted = quoted(session, memo.anchor);
    let quoted = quoted
        .map(|words| {
            words
                .lines()
                .map(|line| format!("> {line}\n"))
                .collect::<String>()
                + "\n"
        })
        .unwrap_or_default();
    format!(
        "# {title}\n\n{} · {}\n\n{quoted}{}\n",
        about.join(" · "),
        standing(project, memo.anchor),
        memo.body.trim_end()
    )
}
