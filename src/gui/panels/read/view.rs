//! A document as the reading page shows it: its codings, filtered and coloured, and the line above the text.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use egui::Color32;

use crate::{
    gui::{
        strings::{self, UiLanguage},
        theme::Palette,
        widgets::transcript::{
            marks::{Mark, Marks},
            memo_marks::PassageMemo,
        },
    },
    message::text::COMMA,
    model::{
        Project,
        code::Hue,
        coding::Coding,
        document::{Content, Document, SpeakerRole, Turn},
        ids::{CodeId, CoderId, CodingId, DocumentId, QueryId},
        memo::{Anchor, Memo},
        text::TextRange,
    },
};

/// What the colours of codings stand for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum ColorBy {
    /// Each code has its own colour.
    #[default]
    Code,
    /// A code has the colour of its topmost ancestor.
    Theme,
    /// A coding has the colour of its coder.
    Coder,
}

impl ColorBy {
    /// The hue of a coding.
    fn hue(self, project: &Project, coding: &Coding) -> Option<Hue> {
        match self {
            Self::Code => project.codebook.get(coding.code).map(|code| code.hue),
            Self::Theme => project
                .codebook
                .get(project.codebook.root_of(coding.code))
                .map(|code| code.hue),
            Self::Coder => Some(project.hue_of_coder(coding.coder)),
        }
    }
}

/// The filter of the codings, and how they are coloured.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct CodingFilter {
    /// Coders whose codings are hidden.
    pub(super) hidden_coders: BTreeSet<CoderId>,
    /// Codes that are shown, with their subcodes; empty shows all.
    pub(super) only: BTreeSet<CodeId>,
    /// Smart codes whose codings are shown.
    pub(super) smart: BTreeSet<QueryId>,
    /// What the colours stand for.
    pub(super) color_by: ColorBy,
}

impl CodingFilter {
    /// Returns true if only some codes are shown.
    pub(super) fn narrows_codes(&self) -> bool {
        !self.only.is_empty() || !self.smart.is_empty()
    }

    /// Returns true if some codings are hidden.
    pub(super) fn hides(&self) -> bool {
        !self.hidden_coders.is_empty() || self.narrows_codes()
    }
}

/// Everything that a view depends on; when one of these changes it is prepared again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ViewKey {
    pub(super) document: DocumentId,
    pub(super) revision: u64,
    pub(super) language: UiLanguage,
    pub(super) dark: bool,
    pub(super) filter: CodingFilter,
}

/// A document, prepared for the page.
#[derive(Debug)]
pub(super) struct DocumentView {
    pub(super) key: ViewKey,
    /// Increases each time the view is prepared again.
    pub(super) version: u64,
    /// Its codings.
    pub(super) marks: Marks,
    /// The memos on its passages.
    pub(super) memos: Vec<PassageMemo>,
    /// Case, phase, size, and the number of codings of each coder.
    pub(super) about: String,
}

impl DocumentView {
    /// Prepares a document.
    ///
    /// `smart` are the codings that make up the passages of the smart codes shown.
    pub(super) fn new(
        project: &Project,
        document: &Document,
        smart: &BTreeSet<CodingId>,
        key: ViewKey,
        version: u64,
        colors: &Palette,
    ) -> Self {
        let marks = Marks::new(marks(
            project,
            document,
            &key.filter,
            smart,
            key.language,
            colors,
        ));
        let about = about(project, document, key.language);
        Self {
            key,
            version,
            marks,
            memos: memos(project, document),
            about,
        }
    }
}

/// The marks of the codings that a filter lets through.
fn marks(
    project: &Project,
    document: &Document,
    filter: &CodingFilter,
    smart: &BTreeSet<CodingId>,
    language: UiLanguage,
    colors: &Palette,
) -> Vec<Mark> {
    let tag = language.tag();
    let shown: BTreeSet<CodeId> = filter
        .only
        .iter()
        .flat_map(|code| project.codebook.with_descendants(*code))
        .collect();
    let noted: BTreeMap<CodingId, Arc<str>> = project
        .memos
        .values()
        .filter_map(|memo| match memo.anchor {
            Anchor::Coding(id, coding) if id == document.id => Some((
                coding,
                Arc::from(if memo.body.is_empty() {
                    &*memo.title
                } else {
                    &*memo.body
                }),
            )),
            _ => None,
        })
        .collect();
    let code_names: BTreeMap<CodeId, Arc<str>> = project
        .codebook
        .codes
        .iter()
        .map(|(id, code)| (*id, Arc::from(code.name.get(&tag))))
        .collect();
    let coder_names: BTreeMap<CoderId, Arc<str>> = project
        .coders
        .iter()
        .map(|(id, coder)| (*id, Arc::from(coder.name.as_str())))
        .collect();
    let nobody: Arc<str> = Arc::from("");
    let all = !filter.narrows_codes();
    document
        .codings
        .iter()
        .filter(|coding| {
            !filter.hidden_coders.contains(&coding.coder)
                && (all || shown.contains(&coding.code) || smart.contains(&coding.id))
        })
        .map(|coding| Mark {
            coding: coding.id,
            range: coding.range,
            code: coding.code,
            coder: coding.coder,
            color: filter
                .color_by
                .hue(project, coding)
                .map_or(Color32::TRANSPARENT, |hue| colors.code(hue)),
            name: Arc::clone(code_names.get(&coding.code).unwrap_or(&nobody)),
            by: Arc::clone(coder_names.get(&coding.coder).unwrap_or(&nobody)),
            memo: noted.get(&coding.id).cloned(),
        })
        .collect()
}

/// The memos on passages of a document, in the order of the text.
fn memos(project: &Project, document: &Document) -> Vec<PassageMemo> {
    let of_passage = |memo: &Arc<Memo>| match memo.anchor {
        Anchor::Segment(id, range) if id == document.id => Some(PassageMemo {
            range,
            words: Arc::from(
                [&*memo.title, &*memo.body]
                    .into_iter()
                    .filter(|part| !part.is_empty())
                    .collect::<Vec<_>>()
                    .join("\n"),
            ),
        }),
        _ => None,
    };
    let mut memos: Vec<PassageMemo> = project.memos.values().filter_map(of_passage).collect();
    memos.sort_by_key(|memo| (memo.range.start(), memo.range.end()));
    memos
}

/// The line above the text.
fn about(project: &Project, document: &Document, language: UiLanguage) -> String {
    let mut parts: Vec<String> = Vec::new();
    let cases: Vec<&str> = document
        .cases
        .iter()
        .filter_map(|id| project.cases.get(id))
        .map(|case| case.name.as_str())
        .collect();
    parts.extend((!cases.is_empty()).then(|| cases.join(", ")));
    parts.extend(
        document
            .phase
            .and_then(|id| project.phases.get(&id))
            .map(|phase| phase.name_in(&language.tag()).to_owned()),
    );
    let n_turns = usize::try_from(document.n_turns()).unwrap_or(0);
    let chars = usize::try_from(document.len_chars()).unwrap_or(0);
    let comma = language.say(COMMA);
    parts.push(
        [
            strings::n_characters(language, chars),
            strings::n_turns(language, n_turns),
        ]
        .join(comma),
    );
    let mut by: BTreeMap<CoderId, usize> = BTreeMap::new();
    for coding in &document.codings {
        *by.entry(coding.coder).or_default() += 1;
    }
    let by: Vec<String> = by
        .iter()
        .filter_map(|(id, n)| {
            project
                .coders
                .get(id)
                .map(|coder| strings::codings_by(language, *n, &coder.name))
        })
        .collect();
    parts.extend((!by.is_empty()).then(|| by.join(comma)));
    parts.join("  ·  ")
}

/// Returns the next stretch of a participant's words that no coding covers, or the previous one.
///
/// `coded` are the passages that are covered, in order; stretches of nothing but space and punctuation don't count.
/// Going forward it is the first that ends after `from`, going back the last that begins before it.
pub(super) fn uncoded(
    document: &Document,
    content: &Content,
    coded: &[TextRange],
    from: u32,
    forward: bool,
) -> Option<TextRange> {
    let answers = content
        .turns
        .iter()
        .filter(|turn| !is_question(document, turn))
        .map(Turn::said);
    if forward {
        answers
            .filter(|range| range.end() > from)
            .flat_map(|range| gaps(range, coded))
            .filter_map(|gap| trimmed(content, gap))
            .find(|gap| gap.end() > from)
    } else {
        answers
            .rev()
            .filter(|range| range.start() < from)
            .flat_map(|range| gaps(range, coded).into_iter().rev())
            .filter_map(|gap| trimmed(content, gap))
            .find(|gap| gap.start() < from)
    }
}

/// Returns true if the interviewer speaks in a turn.
fn is_question(document: &Document, turn: &Turn) -> bool {
    turn.speaker
        .and_then(|index| document.speakers.get(usize::from(index)))
        .is_some_and(|speaker| speaker.role == SpeakerRole::Interviewer)
}

/// A passage without the space at its ends; `None` if there is no word in it.
fn trimmed(content: &Content, passage: TextRange) -> Option<TextRange> {
    let words = content.text.slice(passage)?;
    let count = |text: &str| u32::try_from(text.chars().count()).unwrap_or(0);
    let (head, tail) = (
        count(words) - count(words.trim_start()),
        count(words) - count(words.trim_end()),
    );
    words
        .chars()
        .any(char::is_alphanumeric)
        .then(|| TextRange::between(passage.start() + head, passage.end() - tail))
}

/// The parts of a range that `coded` leaves out.
fn gaps(range: TextRange, coded: &[TextRange]) -> Vec<TextRange> {
    let first = coded.partition_point(|part| part.end() <= range.start());
    let mut gaps = Vec::new();
    let mut start = range.start();
    for part in coded
        .iter()
        .skip(first)
        .take_while(|part| part.start() < range.end())
    {
        if part.start() > start {
            gaps.push(TextRange::between(start, part.start()));
        }
        start = start.max(part.end());
    }
    if start < range.end() {
        gaps.push(TextRange::between(start, range.end()));
    }
    gaps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_what_codings_leave() {
        let range = |start, end| TextRange::between(start, end);
        assert_eq!(
            gaps(
                range(10, 50),
                &[range(0, 12), range(20, 30), range(45, 80), range(90, 95)]
            ),
            [range(12, 20), range(30, 45)]
        );
        assert_eq!(gaps(range(10, 50), &[]), [range(10, 50)]);
        assert_eq!(gaps(range(10, 50), &[range(0, 90)]), []);
    }
}
