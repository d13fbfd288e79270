//! Coded transcripts: the text line by line, cut where codings begin and end, with a note in the margin for each coding.

mod docx;
mod html;

pub use docx::transcripts_docx;
pub use html::transcripts_html;

use std::collections::BTreeSet;

use super::{ExportMaterial, cases, codings::memos};
use crate::{
    message::language::UiLanguage,
    model::{
        code::Hue,
        document::{Content, Document},
        ids::DocumentId,
        intervals::Intervals,
        localized::Language,
        text::TextRange,
    },
};

/// A document with its margin.
#[derive(Debug, Clone, PartialEq)]
pub struct Transcript {
    /// Title.
    pub title: String,
    /// Cases and phase.
    pub subtitle: String,
    /// The lines that have words, or in which a coding begins or ends.
    pub lines: Vec<Line>,
    /// What stands in the margin, by place in the text.
    pub notes: Vec<Note>,
}

/// A line of the text.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Where it lies in the text, its line end included.
    pub range: TextRange,
    /// Its parts, in order; together they are the line.
    pub pieces: Vec<Piece>,
}

/// A part of a line that the same codings cover.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    /// The words, without the line end.
    pub words: String,
    /// Whether they are a speaker's label or a time stamp.
    pub label: bool,
    /// Indices of the notes whose codings cover it.
    pub notes: Vec<usize>,
    /// Indices of those that begin with it.
    pub begins: Vec<usize>,
    /// Indices of those that end with it.
    pub ends: Vec<usize>,
}

/// A note in the margin: one coding.
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    /// The passage.
    pub range: TextRange,
    /// The code's names from the top down.
    pub code: String,
    /// Its colour.
    pub hue: Hue,
    /// Who coded it.
    pub coder: String,
    /// When, in milliseconds from 1970 in UTC.
    pub made_millis: Option<i64>,
    /// Facets, as `name: value`.
    pub facets: Vec<String>,
    /// Memos on it.
    pub memos: Vec<String>,
}

/// The coded transcripts of a project, of the documents wanted; all where none is named.
pub fn transcripts(material: ExportMaterial<'_>, wanted: &BTreeSet<DocumentId>) -> Vec<Transcript> {
    let documents = material.project.documents_in_order().into_iter();
    let documents = documents.filter(|document| wanted.is_empty() || wanted.contains(&document.id));
    let memos = memos(material.project);
    documents
        .map(|document| {
            let content = material.content(document);
            let (lines, notes) = (lines(document, &content), notes(material, document, &memos));
            Transcript {
                title: document.title.clone(),
                subtitle: subtitle(material, document),
                lines,
                notes,
            }
        })
        .collect()
}

/// The heading of all transcripts together.
pub(super) const fn heading(language: UiLanguage) -> &'static str {
    language.pick("Coded transcripts", "编码后的访谈稿")
}

fn subtitle(material: ExportMaterial<'_>, document: &Document) -> String {
    let cases = cases::names(material.project, &document.cases);
    let phase = document
        .phase
        .and_then(|id| material.project.phases.get(&id))
        .map(|phase| phase.name.clone())
        .unwrap_or_default();
    let n = document.codings.len();
    let codings = match material.language {
        UiLanguage::English => format!(
            "{n} {}",
            if n == 1 {
                "coded segment"
            } else {
                "coded segments"
            }
        ),
        UiLanguage::Chinese => format!("编码片段 {n} 个"),
    };
    [cases, phase, codings]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" · ")
}

type Memos<'a> =
    std::collections::BTreeMap<crate::model::ids::CodingId, Vec<&'a crate::model::memo::Memo>>;

fn notes(material: ExportMaterial<'_>, document: &Document, memos: &Memos<'_>) -> Vec<Note> {
    let (project, tag) = (material.project, material.language.tag());
    let names =
        |text: &crate::model::localized::Localized, tag: &Language| text.get(tag).to_owned();
    let note = |coding: &crate::model::coding::Coding| {
        let code = project.codebook.get(coding.code);
        let facet = |facet: &crate::model::facet::Facet| {
            let value = coding.facets.get(&facet.id)?;
            Some(format!("{}: {}", names(&facet.name, &tag), value.to_text()))
        };
        Note {
            range: coding.range,
            code: project.codebook.path_in(coding.code, &tag),
            hue: code.map(|code| code.hue).unwrap_or_default(),
            coder: project
                .coders
                .get(&coding.coder)
                .map(|coder| coder.name.clone())
                .unwrap_or_default(),
            made_millis: coding.made_millis(),
            facets: code
                .into_iter()
                .flat_map(|code| &code.facets)
                .filter_map(facet)
                .collect(),
            memos: memos
                .get(&coding.id)
                .into_iter()
                .flatten()
                .map(|memo| memo.body.clone())
                .collect(),
        }
    };
    document.codings.iter().map(note).collect()
}

fn lines(document: &Document, content: &Content) -> Vec<Line> {
    let over = Intervals::new(document.codings.iter().map(|coding| coding.range));
    let mut lines = Vec::new();
    let mut start = 0u32;
    for text in content.text.as_str().split_inclusive('\n') {
        let end = start + u32::try_from(text.chars().count()).unwrap_or(u32::MAX - start);
        let range = TextRange::between(start, end);
        start = end;
        let found = over.overlapping(range);
        let edge = |at: u32| range.start() <= at && at < range.end();
        let begins_or_ends = found
            .iter()
            .filter_map(|index| document.codings.get(*index))
            .any(|coding| edge(coding.range.start()) || edge(coding.range.end() - 1));
        if !text.trim().is_empty() || begins_or_ends {
            lines.push(Line {
                range,
                pieces: pieces(document, content, range, &found),
            });
        }
    }
    lines
}

/// Cuts a line where codings begin and end, and behind the label.
fn pieces(document: &Document, content: &Content, line: TextRange, found: &[usize]) -> Vec<Piece> {
    let label = content
        .turn_at(line.start())
        .map(|(_, turn)| TextRange::between(turn.range.start(), turn.body));
    let label = label.and_then(|label| label.intersection(line));
    let mut cuts: BTreeSet<u32> = [line.start(), line.end()].into();
    let ranges = || {
        found
            .iter()
            .filter_map(|index| Some((*index, document.codings.get(*index)?.range)))
    };
    for range in ranges().map(|(_, range)| range).chain(label) {
        cuts.extend(
            [range.start(), range.end()]
                .into_iter()
                .filter(|at| line.start() < *at && *at < line.end()),
        );
    }
    let cuts: Vec<u32> = cuts.into_iter().collect();
    let piece = |cut: &[u32]| {
        let [start, end] = *cut else { return None };
        let range = TextRange::between(start, end);
        let of = |wanted: &dyn Fn(TextRange) -> bool| {
            ranges()
                .filter(|(_, own)| wanted(*own))
                .map(|(index, _)| index)
                .collect()
        };
        Some(Piece {
            words: content
                .text
                .slice(range)?
                .trim_end_matches(['\n', '\r'])
                .to_owned(),
            label: label.is_some_and(|label| label.contains(range)),
            notes: of(&|own| own.contains(range)),
            begins: of(&|own| own.start() == start),
            ends: of(&|own| own.end() == end),
        })
    };
    cuts.windows(2).filter_map(piece).collect()
}
