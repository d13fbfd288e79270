//! The passages of a document: those with codings, and those that only a memo, a link or a case refers to.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    guids::{GuidKind, Guids},
    positions::{PositionsOfText, Variant},
};
use crate::{
    import::{loss::Losses, study::derived},
    model::{
        Project,
        coding::{Coding, Origin},
        document::Document,
        ids::{CoderId, DocumentId, SelectionId},
        memo::{Anchor, Memo},
        text::{DocumentText, TextRange},
    },
};

/// The number of characters of a passage that its name repeats; a reader can tell by it whether it counts positions the same way.
const NAME_CHARS: usize = 40;

/// A passage as it is written.
#[derive(Debug)]
pub(super) struct WrittenPassage<'a> {
    /// The GUID of its element.
    pub(super) guid: u128,
    /// The first position, as the reading program counts.
    pub(super) start: u64,
    /// The position after the last.
    pub(super) end: u64,
    /// The beginning of its text.
    pub(super) name: String,
    /// The codings of the passage.
    pub(super) codings: Vec<&'a Coding>,
    /// The memos on the passage itself.
    pub(super) memos: Vec<&'a Memo>,
}

/// The passages that memos and links refer to, by document.
#[derive(Debug, Default)]
pub(super) struct NamedPassages<'a> {
    by_document: BTreeMap<DocumentId, BTreeMap<TextRange, Vec<&'a Memo>>>,
    /// The GUIDs of those whose documents have been written.
    guids: BTreeMap<(DocumentId, TextRange), u128>,
}

impl<'a> NamedPassages<'a> {
    /// Collects the passages that the memos and links of a project refer to.
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

    /// The GUID of a passage; `None` if its document is gone.
    pub(super) fn guid(&self, document: DocumentId, range: TextRange) -> Option<u128> {
        self.guids.get(&(document, range)).copied()
    }

    /// All passages of a document: those with codings in the order of the text, then the others.
    pub(super) fn passages(
        &mut self,
        document: &'a Document,
        text: &DocumentText,
        variant: Variant,
        guids: &mut Guids,
        losses: &mut Losses,
    ) -> Vec<WrittenPassage<'a>> {
        let named = self.by_document.remove(&document.id).unwrap_or_default();
        let ranges = document
            .codings
            .iter()
            .map(|coding| coding.range)
            .chain(named.keys().copied());
        let positions = PositionsOfText::new(
            variant,
            text,
            ranges.flat_map(|range| [range.start(), range.end()]),
        );
        // Codings first: of a coding and a passage with the same identity, the coding keeps it.
        for coding in &document.codings {
            let id = coding.id.as_u128();
            guids.claim_within(document.id, GuidKind::Coding, id, losses);
        }
        let mut passages = Vec::with_capacity(document.codings.len());
        let mut used: BTreeSet<SelectionId> = BTreeSet::new();
        for codings in grouped(&document.codings) {
            let first = codings[0];
            // A correction can have given codings of one passage different ranges; only one of them keeps its identity.
            let id = brought(first)
                .filter(|selection| used.insert(*selection))
                .unwrap_or_else(|| {
                    derived(&["passage", &document.id.to_string(), &first.id.to_string()])
                });
            passages.push(WrittenPassage {
                guid: guids.claim_within(document.id, GuidKind::Passage, id.as_u128(), losses),
                start: positions.of(first.range.start()),
                end: positions.of(first.range.end()),
                name: name(text, first.range),
                codings,
                memos: Vec::new(),
            });
        }
        for (range, memos) in named {
            let (start, end) = (range.start().to_string(), range.end().to_string());
            let id: SelectionId = derived(&["passage", &document.id.to_string(), &start, &end]);
            let guid = guids.claim_within(document.id, GuidKind::Passage, id.as_u128(), losses);
            self.guids.insert((document.id, range), guid);
            passages.push(WrittenPassage {
                guid,
                start: positions.of(range.start()),
                end: positions.of(range.end()),
                name: name(text, range),
                codings: Vec::new(),
                memos,
            });
        }
        passages
    }
}

/// The passage that a coding had in the file it came from.
fn brought(coding: &Coding) -> Option<SelectionId> {
    match &coding.origin {
        Origin::Import(brought) => brought.selection,
        Origin::Hand | Origin::Search(_) | Origin::Suggestion => None,
    }
}

/// Codings by passage: those with the same range that came with the same passage or, if made here, from the same coder.
///
/// No group is empty.
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

/// The beginning of a passage on one line.
///
/// Control characters become spaces rather than nothing, so that the name is as long as what it repeats.
fn name(text: &DocumentText, range: TextRange) -> String {
    let len = range.len_chars() as usize;
    let words = text.slice(range).unwrap_or_default();
    let mut name: String = words
        .chars()
        .take(NAME_CHARS)
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
