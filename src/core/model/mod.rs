//! The data of a project: plain values, without files, clock, threads or randomness.
//!
//! A [`Project`] is the fold of the log; only `log::apply` alters one.

pub mod attachment;
pub mod attribute;
pub mod case;
pub mod clock;
pub mod code;
pub mod codebook;
pub mod coder;
pub mod coding;
pub mod conflict;
pub mod document;
pub mod erasure;
pub mod facet;
pub mod ids;
pub mod intervals;
pub mod invariants;
pub mod localized;
pub mod memo;
pub mod phase;
pub mod query;
pub mod rank;
pub mod revision;
pub mod scale;
pub mod set;
pub mod text;
pub mod turn;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use serde::{Deserialize, Serialize};

use attachment::Attachment;
use attribute::{Attribute, AttributeOf, Values};
use case::Case;
use code::{HUES, Hue};
use codebook::Codebook;
use coder::Coder;
use conflict::{Conflict, FieldKey, Skipped};
use document::Document;
use erasure::{ErasedText, RecordedErasure};
use ids::{
    AttachmentId, AttributeId, CaseId, CoderId, DeviceId, DocumentId, LinkId, MemoId, PhaseId,
    QueryId, ScaleId, SetId,
};
use localized::Language;
use memo::{Anchor, Link, Memo};
use phase::Phase;
use query::SavedQuery;
use rank::Rank;
use revision::Seen;
use scale::Scale;
use set::Set;

/// One study at one moment.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Project {
    /// Title.
    pub title: String,
    /// What the study is about.
    pub description: String,
    /// Language of the main texts of the codebook.
    pub language: Language,
    /// The coders.
    pub coders: BTreeMap<CoderId, Coder>,
    /// The ordered phases.
    pub phases: BTreeMap<PhaseId, Phase>,
    /// Documents with their codings.
    pub documents: BTreeMap<DocumentId, Arc<Document>>,
    /// The own places of documents among those of their families; the others are in the usual order.
    pub document_ranks: BTreeMap<DocumentId, Rank>,
    /// The codes.
    pub codebook: Codebook,
    /// Cases.
    pub cases: BTreeMap<CaseId, Arc<Case>>,
    /// Attributes of cases, documents and coders.
    pub attributes: BTreeMap<AttributeId, Attribute>,
    /// Memos.
    pub memos: BTreeMap<MemoId, Arc<Memo>>,
    /// Links.
    pub links: BTreeMap<LinkId, Link>,
    /// Saved queries.
    pub queries: BTreeMap<QueryId, SavedQuery>,
    /// Scales of several items.
    pub scales: BTreeMap<ScaleId, Scale>,
    /// Sets.
    pub sets: BTreeMap<SetId, Set>,
    /// Files that aren't read as text.
    pub attachments: BTreeMap<AttachmentId, Attachment>,
    /// Fields that two coders have set to different values.
    pub conflicts: BTreeMap<Box<FieldKey>, Conflict>,
    /// Changes that made no sense at their place in the log.
    pub skipped: Vec<Skipped>,
    /// What each device has seen of the others, up to the last entry folded in.
    pub seen: BTreeMap<DeviceId, Seen>,
    /// What was erased for good.
    pub erasures: Vec<RecordedErasure>,
}

/// The families of a document; lists show them in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Families {
    /// It belongs to one family.
    One(CaseId),
    /// It belongs to several, as the record of a group session does.
    Several,
    /// It belongs to no case.
    None,
}

impl Project {
    /// Returns true if a case was erased: what stands in for its name says nothing.
    pub fn is_erased_case(&self, case: CaseId) -> bool {
        let mut erasures = self.erasures.iter();
        erasures.any(|recorded| recorded.erasure.cases.contains(&case))
    }

    /// What was erased in a document, if anything was.
    pub fn erased_text(&self, document: DocumentId) -> Option<&ErasedText> {
        let erasures = self.erasures.iter();
        let mut texts = erasures.filter_map(|recorded| recorded.erasure.documents.get(&document));
        let last = texts.clone().next_back();
        texts.find(|text| text.is_whole).or(last)
    }

    /// Phases in order.
    pub fn phases_in_order(&self) -> Vec<&Phase> {
        let mut phases: Vec<_> = self.phases.values().collect();
        phases.sort_by(|a, b| (&a.rank, a.id).cmp(&(&b.rank, b.id)));
        phases
    }

    /// Attributes in order.
    pub fn attributes_in_order(&self) -> Vec<&Attribute> {
        let mut attributes: Vec<_> = self.attributes.values().collect();
        attributes.sort_by(|a, b| (&a.rank, a.id).cmp(&(&b.rank, b.id)));
        attributes
    }

    /// The attributes of cases, of documents or of coders in order.
    pub fn attributes_of(&self, of: AttributeOf) -> Vec<&Attribute> {
        let mut attributes = self.attributes_in_order();
        attributes.retain(|attribute| attribute.of == of);
        attributes
    }

    /// The attributes that passages have through their documents and cases, in order.
    pub fn attributes_of_passages(&self) -> impl Iterator<Item = &Attribute> {
        let all = self.attributes_in_order().into_iter();
        all.filter(|attribute| attribute.of.describes_passages())
    }

    /// Scales by name, each subscale after the smallest scale that it is a part of, with its depth.
    pub fn scales_in_order(&self) -> Vec<(usize, &Scale)> {
        let mut scales: Vec<_> = self
            .scales
            .values()
            .map(|scale| {
                let wholes = std::iter::successors(Some(scale), |part| self.whole_of(part));
                let wholes = wholes.map(|scale| (natural_key(&scale.name), scale.id));
                let mut path: Vec<_> = wholes.collect();
                path.reverse();
                (path, scale)
            })
            .collect();
        scales.sort_by(|a, b| a.0.cmp(&b.0));
        scales
            .into_iter()
            .map(|(path, scale)| (path.len() - 1, scale))
            .collect()
    }

    /// The smallest scale that a subscale is a part of.
    fn whole_of(&self, part: &Scale) -> Option<&Scale> {
        let wholes = self.scales.values().filter(|other| part.is_part_of(other));
        wholes.min_by_key(|other| (other.items.len(), other.id))
    }

    /// The scale of this name.
    pub fn scale_by_name(&self, name: &str) -> Option<&Scale> {
        self.scales.values().find(|scale| scale.name == name)
    }

    /// Sets by name, as numbers in names count.
    pub fn sets_in_order(&self) -> Vec<&Set> {
        let mut sets: Vec<_> = self.sets.values().collect();
        sets.sort_by_cached_key(|set| (natural_key(&set.name), set.id));
        sets
    }

    /// Documents by title, as numbers in titles count (`F2` before `F10`).
    pub fn documents_in_order(&self) -> Vec<&Arc<Document>> {
        let mut documents: Vec<_> = self.documents.values().collect();
        documents.sort_by_cached_key(|document| (natural_key(&document.title), document.id));
        if !self.document_ranks.is_empty() {
            self.put_in_own_order(&mut documents);
        }
        documents
    }

    /// Arranges the documents of each family that have places of their own among themselves.
    fn put_in_own_order(&self, documents: &mut [&Arc<Document>]) {
        let mut by_family: BTreeMap<Families, Vec<usize>> = BTreeMap::new();
        for (at, document) in documents.iter().enumerate() {
            if self.document_ranks.contains_key(&document.id) {
                let family = self.families_of_document(document);
                by_family.entry(family).or_default().push(at);
            }
        }
        for places in by_family.into_values() {
            let mut own: Vec<&Arc<Document>> = places.iter().map(|at| documents[*at]).collect();
            own.sort_by_key(|document| self.document_ranks.get(&document.id));
            for (at, document) in places.into_iter().zip(own) {
                documents[at] = document;
            }
        }
    }

    /// Cases below a case (`None`: at the top) by name, as numbers in names count.
    pub fn cases_below(&self, parent: Option<CaseId>) -> Vec<&Arc<Case>> {
        let mut cases: Vec<_> = self
            .cases
            .values()
            .filter(|case| case.parent == parent)
            .collect();
        cases.sort_by_cached_key(|case| (natural_key(&case.name), case.id));
        cases
    }

    /// All cases in the order of their tree, each with its depth.
    pub fn cases_in_order(&self) -> Vec<(usize, &Arc<Case>)> {
        let mut by_parent: BTreeMap<Option<CaseId>, Vec<&Arc<Case>>> = BTreeMap::new();
        for case in self.cases.values() {
            by_parent.entry(case.parent).or_default().push(case);
        }
        for siblings in by_parent.values_mut() {
            // The last first, since the stack below takes them from the end.
            siblings
                .sort_by_cached_key(|case| std::cmp::Reverse((natural_key(&case.name), case.id)));
        }
        let mut out = Vec::with_capacity(self.cases.len());
        let mut stack: Vec<_> = by_parent
            .remove(&None)
            .unwrap_or_default()
            .into_iter()
            .map(|case| (0, case))
            .collect();
        while let Some((depth, case)) = stack.pop() {
            out.push((depth, case));
            stack.extend(
                by_parent
                    .remove(&Some(case.id))
                    .unwrap_or_default()
                    .into_iter()
                    .map(|child| (depth + 1, child)),
            );
        }
        out
    }

    /// The topmost case above a case, or the case itself.
    pub fn family_of(&self, id: CaseId) -> CaseId {
        let mut top = id;
        // Bounded, so that a damaged file whose cases form a circle can't loop.
        for _ in 0..self.cases.len() {
            match self.cases.get(&top).and_then(|case| case.parent) {
                Some(parent) => top = parent,
                None => break,
            }
        }
        top
    }

    /// The set of this name.
    pub fn set_by_name(&self, name: &str) -> Option<&Set> {
        self.sets.values().find(|set| set.name == name)
    }

    /// The documents in a set, and those of the cases in it and of the cases below these.
    pub fn documents_of_set(&self, set: &Set) -> BTreeSet<DocumentId> {
        self.documents
            .values()
            .filter(|document| {
                let mut cases = document.cases.iter();
                set.members.contains(&Anchor::Document(document.id))
                    || cases.any(|case| self.case_is_in_set(*case, set))
            })
            .map(|document| document.id)
            .collect()
    }

    fn case_is_in_set(&self, case: CaseId, set: &Set) -> bool {
        set.members.iter().any(|member| match member {
            Anchor::Case(above) => self.case_is_within(case, *above),
            _ => false,
        })
    }

    /// The families that a document belongs to.
    pub fn families_of_document(&self, document: &Document) -> Families {
        let mut families = document.cases.iter().map(|case| self.family_of(*case));
        match families.next() {
            None => Families::None,
            Some(first) if families.all(|other| other == first) => Families::One(first),
            Some(_) => Families::Several,
        }
    }

    /// The family that a document belongs to; `None` if it belongs to several, or to no case.
    pub fn family_of_document(&self, document: &Document) -> Option<CaseId> {
        match self.families_of_document(document) {
            Families::One(family) => Some(family),
            Families::Several | Families::None => None,
        }
    }

    /// Returns true if `case` is `above` or below it.
    pub fn case_is_within(&self, case: CaseId, above: CaseId) -> bool {
        let mut next = Some(case);
        for _ in 0..=self.cases.len() {
            match next {
                Some(id) if id == above => return true,
                Some(id) => next = self.cases.get(&id).and_then(|case| case.parent),
                None => return false,
            }
        }
        false
    }

    /// The document of this title.
    pub fn document_by_title(&self, title: &str) -> Option<&Arc<Document>> {
        self.documents
            .values()
            .find(|document| document.title == title)
    }

    /// The case of this name.
    pub fn case_by_name(&self, name: &str) -> Option<&Arc<Case>> {
        self.cases.values().find(|case| case.name == name)
    }

    /// The phase of this name, in any language.
    pub fn phase_by_name(&self, name: &str) -> Option<&Phase> {
        let mut phases = self.phases.values();
        phases
            .clone()
            .find(|phase| phase.name == name)
            .or_else(|| phases.find(|phase| phase.names().any(|own| own == name)))
    }

    /// The colour of a coder: their own, or one by their place among the coders.
    ///
    /// The palette has 16 hues; with more coders than that some share one.
    pub fn hue_of_coder(&self, id: CoderId) -> Hue {
        let own = self.coders.get(&id).and_then(|coder| coder.hue);
        own.unwrap_or_else(|| {
            let place = self.coders.keys().position(|coder| *coder == id);
            let number = place.unwrap_or(0) % usize::from(HUES);
            Hue::new(u8::try_from(number).expect("there are fewer than 256 hues"))
        })
    }

    /// The coder of this name.
    pub fn coder_by_name(&self, name: &str) -> Option<&Coder> {
        self.coders.values().find(|coder| coder.name == name)
    }

    /// The attribute of cases, of documents or of coders of this name in any language; each has names of its own.
    pub fn attribute_by_name(&self, of: AttributeOf, name: &str) -> Option<&Attribute> {
        let mut attributes = self.attributes.values().filter(|own| own.of == of);
        attributes
            .clone()
            .find(|attribute| attribute.name == name)
            .or_else(|| attributes.find(|attribute| attribute.names().any(|own| own == name)))
    }

    /// The values of all cases, documents and coders.
    pub fn all_values(&self) -> impl Iterator<Item = &Values> {
        let cases = self.cases.values().map(|case| &case.values);
        let documents = self.documents.values().map(|document| &document.values);
        let coders = self.coders.values().map(|coder| &coder.values);
        cases.chain(documents).chain(coders)
    }

    /// The number of codings.
    pub fn coding_count(&self) -> usize {
        self.documents
            .values()
            .map(|document| document.codings.len())
            .sum()
    }

    /// The memos on something, oldest first.
    pub fn memos_on(&self, anchor: Anchor) -> impl Iterator<Item = &Arc<Memo>> {
        self.memos
            .values()
            .filter(move |memo| memo.anchor == anchor)
    }

    /// Returns true if what an anchor names is in the project.
    pub fn has(&self, anchor: Anchor) -> bool {
        match anchor {
            Anchor::Project => true,
            Anchor::Document(id) => self.documents.contains_key(&id),
            Anchor::Segment(id, range) => self
                .documents
                .get(&id)
                .is_some_and(|document| !range.is_empty() && range.end() <= document.len_chars()),
            Anchor::Case(id) => self.cases.contains_key(&id),
            Anchor::Code(id) => self.codebook.get(id).is_some(),
            Anchor::Coding(document, id) => self
                .documents
                .get(&document)
                .is_some_and(|document| document.coding(id).is_some()),
            Anchor::Memo(id) => self.memos.contains_key(&id),
            Anchor::Cell(case, code) => {
                self.cases.contains_key(&case) && self.codebook.get(code).is_some()
            }
        }
    }
}

/// A sort key that compares digits as numbers and ignores case.
pub fn natural_key(text: &str) -> Vec<(u64, String)> {
    let mut parts = vec![(0, String::new())];
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if let Some(digit) = c.to_digit(10) {
            let mut number = u64::from(digit);
            while let Some(digit) = chars.peek().and_then(|c| c.to_digit(10)) {
                number = number.saturating_mul(10).saturating_add(u64::from(digit));
                chars.next();
            }
            parts.push((number, String::new()));
        } else if let Some((_, words)) = parts.last_mut() {
            words.extend(c.to_lowercase());
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::natural_key;

    #[test]
    fn numbers_in_names_count_as_numbers() {
        let mut names = vec!["F10", "F2", "f1 b", "F1", "访谈3", "访谈12"];
        names.sort_by_key(|name| natural_key(name));
        assert_eq!(names, ["F1", "f1 b", "F2", "F10", "访谈3", "访谈12"]);
    }
}
