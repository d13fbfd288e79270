//! Memos as text: what each is about, and a Markdown file of all of them.

use std::path::Path;

use jiff::Timestamp;

use crate::app::{
    Session,
    export::quotation::Quotation,
    output_file::{WriteError, WriteFile},
};
use crate::{
    message::{language::UiLanguage, text::Text},
    model::{
        Project,
        ids::{CaseId, CodeId, DocumentId},
        memo::{Anchor, Memo},
        text::TextRange,
    },
};

const PROJECT: Text = Text::new("project", "项目");
const DOCUMENT: Text = Text::new("document {title}", "文档 {title}");
const SEGMENT: Text = Text::new("segment {title} {range}", "片段 {title} {range}");
const CASE: Text = Text::new("case {case}", "个案 {case}");
const CODE: Text = Text::new("code {code}", "编码 {code}");
const CODING: Text = Text::new(
    "coding {code} in {title} {range}",
    "编码片段 {code}，{title} {range}",
);
const SUMMARY: Text = Text::new("summary of {case} on {code}", "摘要 {case}：{code}");
const MEMO: Text = Text::new("memo {title}", "备忘 {title}");

/// What a memo, a link or a set refers to, in words.
pub fn anchor_in_words(project: &Project, anchor: Anchor, language: UiLanguage) -> String {
    let message = match anchor {
        Anchor::Project => PROJECT.into(),
        Anchor::Document(id) => DOCUMENT.with("title", title_of(project, id)),
        Anchor::Segment(id, range) => SEGMENT
            .with("title", title_of(project, id))
            .with("range", format!("{range:?}")),
        Anchor::Case(id) => CASE.with("case", case_name(project, id)),
        Anchor::Code(id) => CODE.with("code", code_path(project, id, language)),
        Anchor::Coding(id, coding) => {
            let document = project.documents.get(&id);
            let Some(coding) = document.and_then(|document| document.coding(coding)) else {
                return String::new();
            };
            CODING
                .with("code", code_path(project, coding.code, language))
                .with("title", title_of(project, id))
                .with("range", format!("{:?}", coding.range))
        }
        Anchor::Cell(case, code) => SUMMARY
            .with("case", case_name(project, case))
            .with("code", code_path(project, code, language)),
        Anchor::Memo(id) => MEMO.with(
            "title",
            project
                .memos
                .get(&id)
                .map_or("", |memo| memo.title.as_str()),
        ),
    };
    message.say(language)
}

fn code_path(project: &Project, code: CodeId, language: UiLanguage) -> String {
    project.codebook.path_in(code, &language.tag())
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
pub fn quoted(session: &Session, anchor: Anchor, language: UiLanguage) -> Option<String> {
    let (id, range) = passage_of(session.project(), anchor)?;
    let document = session.project().documents.get(&id)?;
    let content = session.content(document).ok()?;
    Some(Quotation::of(document, &content, range, language).text())
}

/// The day of a point in time in UTC, such as `2025-03-09`; empty outside the years of the calendar.
pub fn day_of(millis: u64) -> String {
    let time = i64::try_from(millis)
        .ok()
        .and_then(|millis| Timestamp::from_millisecond(millis).ok());
    time.map_or_else(String::new, |time| time.strftime("%Y-%m-%d").to_string())
}

/// Writes memos as a Markdown file in a language, oldest first, and returns their number.
///
/// # Errors
/// As `write`.
pub fn write_memos(
    session: &Session,
    to: &Path,
    language: UiLanguage,
    write: WriteFile,
    wanted: impl Fn(&Memo) -> bool,
) -> Result<usize, WriteError> {
    let memos: Vec<&Memo> = session
        .project()
        .memos
        .values()
        .map(AsRef::as_ref)
        .filter(|memo| wanted(memo))
        .collect();
    let parts: Vec<String> = memos
        .iter()
        .map(|memo| markdown(session, memo, language))
        .collect();
    write(to, parts.join("\n---\n\n").as_bytes())?;
    Ok(memos.len())
}

/// A memo as Markdown: title, kind, author and day, what it is about, and its text.
fn markdown(session: &Session, memo: &Memo, language: UiLanguage) -> String {
    let project = session.project();
    let coder = project
        .coders
        .get(&memo.coder)
        .map_or("", |coder| coder.name.as_str());
    let day = memo.id.made_millis().map(day_of).unwrap_or_default();
    let title = if memo.title.is_empty() {
        anchor_in_words(project, memo.anchor, language)
    } else {
        memo.title.clone()
    };
    let about: Vec<&str> = [language.say(memo.kind.name()), coder, day.as_str()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    let quoted = match quoted(session, memo.anchor, language) {
        Some(words) => format!("> {}\n\n", words.replace('\n', "\n> ")),
        None => String::new(),
    };
    format!(
        "# {title}\n\n{} · {}\n\n{quoted}{}\n",
        about.join(" · "),
        anchor_in_words(project, memo.anchor, language),
        memo.body.trim_end()
    )
}
