//! Coded transcripts: the lines of a text, cut where codings begin and end, with a margin note for each coding.

mod docx;
mod html;

pub use docx::transcripts_docx;
pub use html::transcripts_html;

use std::collections::{BTreeMap, BTreeSet};

use super::{ExportMaterial, cases::case_names, codings::memos};
use crate::{
    message::{labelled, language::UiLanguage, text::Text},
    model::{
        code::Hue,
        coding::Coding,
        document::{Content, Document},
        ids::{CodingId, DocumentId},
        intervals::Intervals,
        memo::Memo,
        text::TextRange,
    },
    views::wording,
};

/// A document with margin notes.
#[derive(Debug, Clone, PartialEq)]
pub struct CodedTranscript {
    /// The title of the document.
    pub title: String,
    /// Its cases and phase, and the number of codings.
    pub subtitle: String,
    /// The lines that contain text, or in which a coding begins or ends.
    pub lines: Vec<TranscriptLine>,
    /// The margin notes, by position in the text.
    pub notes: Vec<MarginNote>,
}

/// A line of the text.
#[derive(Debug, Clone, PartialEq)]
pub struct TranscriptLine {
    /// The range of the line, including its line break.
    pub range: TextRange,
    /// The parts of the line, in order and without gaps.
    pub pieces: Vec<LinePiece>,
}

/// A part of a line that is covered by the same codings throughout.
#[derive(Debug, Clone, PartialEq)]
pub struct LinePiece {
    /// The text, without the line break.
    pub words: String,
    /// Whether it is a speaker's label or a time stamp.
    pub label: bool,
    /// The indices of the notes whose codings cover it.
    pub notes: Vec<usize>,
    /// The indices of the notes whose codings begin with it.
    pub begins: Vec<usize>,
    /// The indices of the notes whose codings end with it.
    pub ends: Vec<usize>,
}

/// A note in the margin about one coding.
#[derive(Debug, Clone, PartialEq)]
pub struct MarginNote {
    /// The passage.
    pub range: TextRange,
    /// The path of the code.
    pub code: String,
    /// The colour of the code.
    pub hue: Hue,
    /// The name of the coder.
    pub coder: String,
    /// When the coding was made, in milliseconds since 1970 in UTC.
    pub made_millis: Option<i64>,
    /// The facets, as `name: value`.
    pub facets: Vec<String>,
    /// The memos on the coding.
    pub memos: Vec<String>,
}

/// The coded transcripts of some documents; of all if `documents` is empty.
pub fn transcripts(
    material: ExportMaterial<'_>,
    documents: &BTreeSet<DocumentId>,
) -> Vec<CodedTranscript> {
    let memos = memos(material.project);
    let all = material.project.documents_in_order().into_iter();
    all.filter(|document| documents.is_empty() || documents.contains(&document.id))
        .map(|document| CodedTranscript {
            title: document.title.clone(),
            subtitle: subtitle(material, document),
            lines: lines(document, &material.content(document)),
            notes: document
                .codings
                .iter()
                .map(|coding| margin_note(material, coding, &memos))
                .collect(),
        })
        .collect()
}

/// The title of a file: that of its only transcript, or a heading for several.
fn file_title(transcripts: &[CodedTranscript], language: UiLanguage) -> &str {
    match transcripts {
        [only] => &only.title,
        _ => language.say(Text::new("Coded transcripts", "编码后的访谈文本")),
    }
}

fn subtitle(material: ExportMaterial<'_>, document: &Document) -> String {
    let cases = case_names(material.project, &document.cases);
    let phase = document.phase.map_or_else(String::new, |phase| {
        wording::phase(material.project, phase, material.language)
    });
    let codings = Text::new("{n} {n|coded segment|coded segments}", "编码片段 {n} 个")
        .with("n", document.codings.len())
        .say(material.language);
    [&cases, &phase, &codings]
        .into_iter()
        .map(String::as_str)
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" · ")
}

fn margin_note(
    material: ExportMaterial<'_>,
    coding: &Coding,
    memos: &BTreeMap<CodingId, Vec<&Memo>>,
) -> MarginNote {
    let project = material.project;
    let tag = material.language.tag();
    let code = project.codebook.get(coding.code);
    let facets = code.into_iter().flat_map(|code| &code.facets);
    let memos = memos.get(&coding.id).into_iter().flatten();
    let coder = project.coders.get(&coding.coder);
    MarginNote {
        range: coding.range,
        code: project.codebook.path_in(coding.code, &tag),
        hue: code.map(|code| code.hue).unwrap_or_default(),
        coder: coder.map_or_else(String::new, |coder| coder.name.clone()),
        made_millis: coding.made_millis(),
        facets: facets
            .filter_map(|facet| {
                let value = coding.facets.get(&facet.id)?;
                let value = facet.say(value, material.language);
                Some(labelled(material.language, facet.name.get(&tag), &value))
            })
            .collect(),
        memos: memos.map(|memo| memo.body.clone()).collect(),
    }
}

fn lines(document: &Document, content: &Content) -> Vec<TranscriptLine> {
    let passages = Intervals::new(document.codings.iter().map(|coding| coding.range));
    let mut lines = Vec::new();
    let mut start = 0u32;
    for text in content.text.as_str().split_inclusive('\n') {
        let length =
            u32::try_from(text.chars().count()).expect("a text has fewer than 2^32 characters");
        let line = TextRange::between(start, start + length);
        start = line.end();
        let codings: Vec<CodingOfLine> = passages
            .overlapping(line)
            .into_iter()
            .map(|index| CodingOfLine {
                index,
                range: document.codings[index].range,
            })
            .collect();
        // An empty line is left out, except where leaving it out would lose the start or end of a coding.
        let is_edge = codings
            .iter()
            .any(|coding| coding.begins_in(line) || coding.ends_in(line));
        if !text.trim().is_empty() || is_edge {
            lines.push(TranscriptLine {
                range: line,
                pieces: pieces(content, line, &codings),
            });
        }
    }
    lines
}

/// A coding that overlaps a line.
#[derive(Clone, Copy)]
struct CodingOfLine {
    /// Its index among the codings of the document, which is also that of its note.
    index: usize,
    range: TextRange,
}

impl CodingOfLine {
    fn begins_in(self, line: TextRange) -> bool {
        line.start() <= self.range.start() && self.range.start() < line.end()
    }

    fn ends_in(self, line: TextRange) -> bool {
        line.start() < self.range.end() && self.range.end() <= line.end()
    }
}

/// Cuts a line where codings begin and end, and after the speaker's label.
fn pieces(content: &Content, line: TextRange, codings: &[CodingOfLine]) -> Vec<LinePiece> {
    let label = content
        .turn_at(line.start())
        .and_then(|(_, turn)| TextRange::between(turn.range.start(), turn.body).intersection(line));
    let mut cuts: BTreeSet<u32> = [line.start(), line.end()].into();
    for range in codings.iter().map(|coding| coding.range).chain(label) {
        let ends = [range.start(), range.end()];
        cuts.extend(
            ends.into_iter()
                .filter(|at| line.start() < *at && *at < line.end()),
        );
    }
    let starts = cuts.iter().copied();
    let ends = cuts.iter().copied().skip(1);
    starts
        .zip(ends)
        .filter_map(|(start, end)| piece(content, TextRange::between(start, end), label, codings))
        .collect()
}

fn piece(
    content: &Content,
    range: TextRange,
    label: Option<TextRange>,
    codings: &[CodingOfLine],
) -> Option<LinePiece> {
    let words = content.text.slice(range)?.trim_end_matches(['\n', '\r']);
    Some(LinePiece {
        words: words.to_owned(),
        label: label.is_some_and(|label| label.contains(range)),
        notes: indices(codings, |coding| coding.contains(range)),
        begins: indices(codings, |coding| coding.start() == range.start()),
        ends: indices(codings, |coding| coding.end() == range.end()),
    })
}

/// The indices of the codings whose ranges meet a condition.
fn indices(codings: &[CodingOfLine], condition: impl Fn(TextRange) -> bool) -> Vec<usize> {
    codings
        .iter()
        .filter(|coding| condition(coding.range))
        .map(|coding| coding.index)
        .collect()
}
