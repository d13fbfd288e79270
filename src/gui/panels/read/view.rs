//! What the coding desk shows of a document: its codings as filters and colours want them, and the line above the text.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use egui::Color32;

use crate::{
    gui::{
        strings,
        strings::UiLanguage,
        theme::Palette,
        widgets::transcript::marks::{Mark, Marks},
    },
    model::{
        Project,
        code::Hue,
        coding::Coding,
        document::{Content, Document, SpeakerRole},
        ids::{CodeId, CoderId, CodingId, DocumentId, QueryId},
        memo::Anchor,
        text::TextRange,
    },
};

/// What colours stand for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum ColorBy {
    /// Each code has its own.
    #[default]
    Code,
    /// Codes have that of the topmost code above them.
    Theme,
    /// Codings have that of their coder.
    Coder,
}

/// Which codings are shown, and how.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Filter {
    /// Coders whose work isn't shown.
    pub(super) hidden_coders: BTreeSet<CoderId>,
    /// Codes shown with all below them; empty shows all.
    pub(super) only: BTreeSet<CodeId>,
    /// Smart codes whose codings are shown.
    pub(super) smart: BTreeSet<QueryId>,
    /// What colours stand for.
    pub(super) color_by: ColorBy,
}

impl Filter {
    /// Whether only some codes are shown.
    pub(super) fn narrows_codes(&self) -> bool {
        !self.only.is_empty() || !self.smart.is_empty()
    }

    /// Whether something is hidden.
    pub(super) fn hides(&self) -> bool {
        !self.hidden_coders.is_empty() || self.narrows_codes()
    }
}

/// What the view was made of: when one of these differs it is made anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) document: DocumentId,
    pub(super) revision: u64,
    pub(super) language: UiLanguage,
    pub(super) dark: bool,
    pub(super) filter: Filter,
}

/// A document as it is shown.
#[derive(Debug)]
pub(super) struct DocumentView {
    pub(super) key: Key,
    /// Rises each time the view is made anew.
    pub(super) version: u64,
    /// Its codings.
    pub(super) marks: Marks,
    /// Case, phase, size and who coded how much.
    pub(super) about: String,
}

impl DocumentView {
    /// Makes the view of a document.
    ///
    /// `smart` are the codings that make up the passages of the smart codes shown.
    pub(super) fn new(
        (project, document): (&Project, &Document),
        smart: &BTreeSet<CodingId>,
        key: Key,
        version: u64,
        colors: &Palette,
    ) -> Self {
        let marks = Marks::new(marks(
            (project, document),
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
            about,
        }
    }
}

fn marks(
    (project, document): (&Project, &Document),
    filter: &Filter,
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
    let coders: Vec<CoderId> = project.coders.keys().copied().collect();
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
    let hue = |coding: &Coding| match filter.color_by {
        ColorBy::Code => project.codebook.get(coding.code).map(|code| code.hue),
        ColorBy::Theme => project
            .codebook
            .get(project.codebook.root_of(coding.code))
            .map(|code| code.hue),
        ColorBy::Coder => coders
            .binary_search(&coding.coder)
            .ok()
            .and_then(|index| u8::try_from(index % 16).ok())
            .map(Hue::new),
    };
    let looks: BTreeMap<CodeId, Arc<str>> = project
        .codebook
        .codes
        .iter()
        .map(|(id, code)| (*id, Arc::from(code.name.get(&tag))))
        .collect();
    let names: BTreeMap<CoderId, Arc<str>> = project
        .coders
        .iter()
        .map(|(id, coder)| (*id, Arc::from(coder.name.as_str())))
        .collect();
    let nobody: Arc<str> = Arc::from("");
    let all = !filter.narrows_codes();
    let visible = |coding: &&Coding| {
        !filter.hidden_coders.contains(&coding.coder)
            && (all || shown.contains(&coding.code) || smart.contains(&coding.id))
    };
    let mark = |coding: &Coding| Mark {
        coding: coding.id,
        range: coding.range,
        code: coding.code,
        coder: coding.coder,
        color: hue(coding).map_or(Color32::TRANSPARENT, |hue| colors.code(hue)),
        name: Arc::clone(looks.get(&coding.code).unwrap_or(&nobody)),
        by: Arc::clone(names.get(&coding.coder).unwrap_or(&nobody)),
        memo: noted.get(&coding.id).cloned(),
    };
    document.codings.iter().filter(visible).map(mark).collect()
}

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
            .map(|phase| phase.name.clone()),
    );
    let n_turns = usize::try_from(document.source.n_turns).unwrap_or(0);
    let chars = usize::try_from(document.len_chars()).unwrap_or(0);
    let comma = language.pick(", ", "，");
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

/// The next stretch of a participant's words (or going back, the last) that no coding covers.
///
/// `coded` are the passages that are covered, in order; stretches of nothing but space and punctuation don't count.
/// Going forward it is the first that ends after `from`, going back the last that begins before.
pub(super) fn uncoded(
    document: &Document,
    content: &Content,
    coded: &[TextRange],
    from: u32,
    forward: bool,
) -> Option<TextRange> {
    let asked = |speaker: Option<u16>| {
        let role = speaker
            .and_then(|index| document.speakers.get(usize::from(index)))
            .map(|speaker| speaker.role);
        role == Some(SpeakerRole::Interviewer)
    };
    let said = || {
        content
            .turns
            .iter()
            .filter(|turn| !asked(turn.speaker))
            .map(crate::model::document::Turn::said)
    };
    let bare = |gap: TextRange| trimmed(content, gap);
    if forward {
        said()
            .filter(|range| range.end() > from)
            .flat_map(|range| gaps(range, coded))
            .filter_map(bare)
            .find(|gap| gap.end() > from)
    } else {
        let before = said().rev().filter(|range| range.start() < from);
        before
            .flat_map(|range| gaps(range, coded).into_iter().rev())
            .filter_map(bare)
            .find(|gap| gap.start() < from)
    }
}

/// A passage without the space at its ends; `None` when no word is in it.
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

/// What `coded` leaves of a range.
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
