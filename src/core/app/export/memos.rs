//! Memos as text: what each is about, and a Markdown file of all of them.

use std::path::Path;

use jiff::Timestamp;

use crate::app::{
    Session,
    export::quotation::quotation,
    output_file::{self, WriteError},
};
use crate::model::{
    Project,
    ids::{CaseId, DocumentId},
    memo::{Anchor, Memo, MemoKind},
    text::TextRange,
};

/// What a memo is about, in words.
pub fn standing(project: &Project, anchor: Anchor) -> String {
    match anchor {
        Anchor::Project => "project".to_owned(),
        Anchor::Document(id) => format!("document {}", title_of(project, id)),
        Anchor::Segment(id, range) => format!("segment {} {range:?}", title_of(project, id)),
        Anchor::Case(id) => format!("case {}", case_name(project, id)),
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
                    title_of(project, id),
                    coding.range
                )
            })
        }
        Anchor::Cell(case, code) => {
            format!(
                "summary of {} on {}",
                case_name(project, case),
                project.codebook.path(code)
            )
        }
        Anchor::Memo(id) => format!(
            "memo {}",
            project.memos.get(&id).map_or("", |memo| &memo.title)
        ),
    }
}

fn title_of(project: &Project, document: DocumentId) -> &str {
    let document = project.documents.get(&document);
    document.map_or("", |document| &document.title)
}

fn case_name(project: &Project, case: CaseId) -> &str {
    project.cases.get(&case).map_or("", |case| &case.name)
}

/// The passage that an anchor refers to, with its document; `None` if it is about something else.
pub fn passage_of(project: &Project, anchor: Anchor) -> Option<(DocumentId, TextRange)> {
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

/// The passage that a memo is about, with its reference; `None` if it is about something else.
pub fn quoted(session: &Session, anchor: Anchor) -> Option<String> {
    let (id, range) = passage_of(session.project(), anchor)?;
    let document = session.project().documents.get(&id)?;
    Some(quotation(
        document,
        &*session.content(document).ok()?,
        range,
    ))
}

/// The day of a point in time in UTC, such as `2025-03-09`; empty outside the years of the calendar.
pub fn day_of(millis: u64) -> String {
    let time = i64::try_from(millis)
        .ok()
        .and_then(|millis| Timestamp::from_millisecond(millis).ok());
    time.map_or_else(String::new, |time| time.strftime("%Y-%m-%d").to_string())
}

/// Writes memos as a Markdown file, oldest first, and returns their number.
///
/// # Errors
/// As [`output_file::write_new`].
pub fn write_memos(
    session: &Session,
    to: &Path,
    wanted: impl Fn(&Memo) -> bool,
) -> Result<usize, WriteError> {
    let memos: Vec<&Memo> = session
        .project()
        .memos
        .values()
        .map(AsRef::as_ref)
        .filter(|memo| wanted(memo))
        .collect();
    let parts: Vec<String> = memos.iter().map(|memo| markdown(session, memo)).collect();
    output_file::write_new(to, parts.join("\n---\n\n").as_bytes())?;
    Ok(memos.len())
}

/// A memo as Markdown: title, kind, author and day, what it is about, and its text.
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
    let quoted = match quoted(session, memo.anchor) {
        Some(words) => format!("> {}\n\n", words.replace('\n', "\n> ")),
        None => String::new(),
    };
    format!(
        "# {title}\n\n{} · {}\n\n{quoted}{}\n",
        about.join(" · "),
        standing(project, memo.anchor),
        memo.body.trim_end()
    )
}
