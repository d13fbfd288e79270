//! The passages of a document: those that are coded, and those that only a memo, a link or a case names.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Variant,
    guids::{Guids, Kind},
    positions::Positions,
};
use crate::{
    import::{loss::Losses, study::derived},
    model::{
        Project,
        coding::{Coding, Origin},
        document::Document,
        ids::{CoderId, DocumentId, Id, SelectionId},
        memo::{Anchor, Memo},
        text::{DocumentText, TextRange},
    },
};

/// How many characters of a passage its name repeats, so that a reader can see that it counts positions alike.
const NAME_CHARS: usize = 40;

/// A passage as it is written.
#[derive(Debug)]
pub(super) struct Passage<'a> {
    /// Its GUID.
    pub(super) guid: u128,
    /// First position, as the reading program counts.
    pub(super) start: u64,
    /// One after the last.
    pub(super) end: u64,
    /// The beginning of its words.
    pub(super) name: String,
    /// Its codings.
    pub(super) codings: Vec<&'a Coding>,
    /// Memos on the passage itself.
    pub(super) memos: Vec<&'a Memo>,
}

/// Passages that memos and links name, by document.
#[derive(Debug, Default)]
pub(super) struct Named<'a> {
    by_document: BTreeMap<DocumentId, BTreeMap<TextRange, Vec<&'a Memo>>>,
    /// Their GUIDs, as far as documents have been gone through.
    guids: BTreeMap<(DocumentId, TextRange), u128>,
}

impl<'a> Named<'a> {
    /// Those of a project.
    pub(super) fn new(project: &'a Project) -> Self {
        let mut named = Self::default();
        for memo in project.memos.values() {
            if let Anchor::Segment(document, range) = memo.anchor {
                named
                    .by_document
                    .entry(document)
                    .or_default()
                    .entry(range)
                    .or_default()
                    .push(memo);
            }
        }
        for anchor in project.links.values().flat_map(|link| [link.from, link.to]) {
            if let Anchor::Segment(document, range) = anchor {
                named
                    .by_document
                    .entry(document)
                    .or_default()
                    .entry(range)
                    .or_default();
            }
        }
        named
    }

    /// The GUID of the passage that stands for an anchor.
    pub(super) fn guid(&self, document: DocumentId, range: TextRange) -> Option<u128> {
        self.guids.get(&(document, range)).copied()
    }

    /// All passages of a document: coded ones in the order of the text, then the others.
    pub(super) fn passages(
        &mut self,
        document: &'a Document,
        text: &DocumentText,
        variant: Variant,
        guids: &mut Guids,
        losses: &mut Losses,
    ) -> Vec<Passage<'a>> {
        let named = self.by_document.remove(&document.id).unwrap_or_default();
        let ranges = document
            .codings
            .iter()
            .map(|coding| coding.range)
            .chain(named.keys().copied());
        let positions = Positions::new(
            variant,
            text,
            ranges.flat_map(|range| [range.start(), range.end()]),
        );
        let passage = |guid, range: TextRange, codings, memos| Passage {
            guid,
            start: positions.of(range.start()),
            end: positions.of(range.end()),
            name: name(text, range),
            codings,
            memos,
        };
        let mut passages = Vec::with_capacity(document.codings.len());
        for coding in &document.codings {
            guids.claim(
                (Kind::Coding, document.id.as_u128(), coding.id.as_u128()),
                losses,
            );
        }
        let mut used: BTreeSet<SelectionId> = BTreeSet::new();
        for codings in grouped(&document.codings) {
            let Some(first) = codings.first() else {
                continue;
            };
            let own = brought(first).filter(|selection| used.insert(*selection));
            let id = own.unwrap_or_else(|| derived_from(first, document.id));
            let guid = guids.claim((Kind::Passage, document.id.as_u128(), id.as_u128()), losses);
            passages.push(passage(guid, first.range, codings, Vec::new()));
        }
        for (range, memos) in named {
            let (start, end) = (range.start().to_string(), range.end().to_string());
            let id: SelectionId = derived(&["passage", &document.id.to_string(), &start, &end]);
            let guid = guids.claim((Kind::Passage, document.id.as_u128(), id.as_u128()), losses);
            self.guids.insert((document.id, range), guid);
            passages.push(passage(guid, range, Vec::new(), memos));
        }
        passages
    }
}

/// The passage that a coding was brought with.
fn brought(coding: &Coding) -> Option<SelectionId> {
    match &coding.origin {
        Origin::Import(brought) => brought.selection,
        Origin::Hand | Origin::Search(_) | Origin::Suggestion => None,
    }
}

fn derived_from(coding: &Coding, document: DocumentId) -> SelectionId {
    let id: Id<crate::model::ids::OfSelection> =
        derived(&["passage", &document.to_string(), &coding.id.to_string()]);
    id
}

/// Codings of one passage: of the same range, and brought with the same passage or else made here by the same coder.
fn grouped(codings: &[Coding]) -> Vec<Vec<&Coding>> {
    let mut groups: Vec<Vec<&Coding>> = Vec::with_capacity(codings.len());
    for same in codings.chunk_by(|a, b| a.range == b.range) {
        if let [only] = same {
            groups.push(vec![only]);
            continue;
        }
        let mut group_of: BTreeMap<Result<SelectionId, CoderId>, usize> = BTreeMap::new();
        for coding in same {
            let key = brought(coding).ok_or(coding.coder);
            let at = *group_of.entry(key).or_insert(groups.len());
            match groups.get_mut(at) {
                Some(group) => group.push(coding),
                None => groups.push(vec![coding]),
            }
        }
    }
    groups
}

/// The beginning of a passage on one line; a character for a character.
fn name(text: &DocumentText, range: TextRange) -> String {
    let from = text.byte_of(range.start());
    let len = usize::try_from(range.len_chars()).unwrap_or(usize::MAX);
    let words = text
        .as_str()
        .get(from..)
        .unwrap_or_default()
        .chars()
        .take(len.min(NAME_CHARS));
    let mut name: String = words
        .map(|c| {
            if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') {
                ' '
            } else {
                c
            }
        })
        .collect();
    if len > NAME_CHARS {
        name.push('…');
    }
    name
}
