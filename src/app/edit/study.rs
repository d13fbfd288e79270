//! Another program's project taken in: what the project has already is known by identity, name or text, the rest is added, as changes like any others.

use std::collections::{BTreeMap, BTreeSet};

use super::document::{Bytes, add_one, free_title};
use crate::{
    app::identity::Identities,
    import::{
        loss::{Losses, Lost},
        study::{Study, StudyDocument},
    },
    log::change::{Change, CodeEdit, DocumentEdit, Edit, Holder},
    model::{
        Project,
        attribute::{Attribute, AttributeOf, AttributeValue, Values},
        case::Case,
        code::{Code, Place},
        codebook::PATH_SEPARATOR,
        coding::Coding,
        document::Document,
        facet::Facet,
        ids::{
            AttributeId, CaseId, CodeId, CoderId, CodingId, DocumentId, FacetId, MemoId, PhaseId,
        },
        memo::Anchor,
        phase::Phase,
        rank::Rank,
        text::ContentHash,
    },
};

/// How many of a kind came in, and how many were there already.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// New.
    pub added: usize,
    /// Known.
    pub known: usize,
}

/// How many things of each kind a study brought.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Coders.
    pub coders: Count,
    /// Codes.
    pub codes: Count,
    /// Attributes.
    pub attributes: Count,
    /// Cases.
    pub cases: Count,
    /// Documents.
    pub documents: Count,
    /// Codings.
    pub codings: Count,
    /// Memos.
    pub memos: Count,
    /// Links.
    pub links: Count,
    /// Sets.
    pub sets: Count,
    /// Attached files.
    pub attachments: Count,
}

/// What taking a study in makes.
#[derive(Debug, Default)]
pub struct TakenStudy {
    /// The changes; none when the project has it all.
    pub changes: Vec<Change>,
    /// Texts, turn tables and files by their hash.
    pub contents: Vec<(ContentHash, Bytes)>,
    /// How many of what.
    pub counts: Counts,
    /// What the file had that the project hasn't.
    pub losses: Losses,
}

/// Takes a study in.
pub fn take_study(project: &Project, ids: &mut Identities, study: Study) -> TakenStudy {
    let mut taking = Taking {
        project,
        ids,
        taken: TakenStudy {
            losses: study.losses,
            ..TakenStudy::default()
        },
        map: Map::default(),
    };
    for coder in study.coders {
        taking.coder(coder);
    }
    taking.phases(study.phases);
    taking.attributes(study.attributes);
    taking.cases(study.cases);
    taking.codes(study.codes);
    taking.documents(study.documents);
    taking.memos(study.memos);
    for link in study.links {
        taking.link(link);
    }
    for set in study.sets {
        taking.set(set);
    }
    for (mut attachment, bytes) in study.attachments {
        if project.attachments.contains_key(&attachment.id) {
            taking.taken.counts.attachments.known += 1;
            continue;
        }
        attachment.content = bytes.as_ref().map(|bytes| ContentHash::of(bytes));
        attachment.len_bytes = bytes.as_ref().map_or(0, |bytes| bytes.len() as u64);
        taking
            .taken
            .contents
            .extend(attachment.content.zip(bytes.map(Bytes::Other)));
        taking.taken.counts.attachments.added += 1;
        taking
            .taken
            .changes
            .push(Change::AttachmentAdded(attachment));
    }
    taking.description(&study.description);
    taking.taken
}

/// Which things of the project those of the study are.
#[derive(Default)]
struct Map {
    coders: BTreeMap<CoderId, CoderId>,
    phases: BTreeMap<PhaseId, PhaseId>,
    attributes: BTreeMap<AttributeId, AttributeId>,
    cases: BTreeMap<CaseId, CaseId>,
    codes: BTreeMap<CodeId, CodeId>,
    facets: BTreeMap<FacetId, FacetId>,
    documents: BTreeMap<DocumentId, DocumentId>,
    codings: BTreeMap<(DocumentId, CodingId), CodingId>,
    memos: BTreeMap<MemoId, MemoId>,
}

impl Map {
    /// An anchor of the study in the project; `None` when what it names wasn't taken in.
    fn anchor(&self, anchor: Anchor) -> Option<Anchor> {
        Some(match anchor {
            Anchor::Project => Anchor::Project,
            Anchor::Document(id) => Anchor::Document(*self.documents.get(&id)?),
            Anchor::Segment(id, range) => Anchor::Segment(*self.documents.get(&id)?, range),
            Anchor::Case(id) => Anchor::Case(*self.cases.get(&id)?),
            Anchor::Code(id) => Anchor::Code(*self.codes.get(&id)?),
            Anchor::Coding(document, id) => Anchor::Coding(
                *self.documents.get(&document)?,
                *self.codings.get(&(document, id))?,
            ),
            Anchor::Memo(id) => Anchor::Memo(*self.memos.get(&id)?),
            Anchor::Cell(case, code) => {
                Anchor::Cell(*self.cases.get(&case)?, *self.codes.get(&code)?)
            }
        })
    }
}

struct Taking<'a> {
    project: &'a Project,
    ids: &'a mut Identities,
    taken: TakenStudy,
    map: Map,
}

impl Taking<'_> {
    fn coder(&mut self, coder: crate::model::coder::Coder) {
        let known = self
            .project
            .coders
            .get(&coder.id)
            .or_else(|| self.project.coder_by_name(&coder.name))
            .map(|own| own.id);
        self.map.coders.insert(coder.id, known.unwrap_or(coder.id));
        match known {
            Some(_) => self.taken.counts.coders.known += 1,
            None => {
                self.taken.counts.coders.added += 1;
                self.taken.changes.push(Change::CoderAdded(coder));
            }
        }
    }

    /// A phase is known by its identity or its name; new ones come after those that are there.
    fn phases(&mut self, phases: Vec<Phase>) {
        let mut rank = Rank::after(self.project.phases.values().map(|phase| &phase.rank));
        for mut phase in phases {
            let known = self
                .project
                .phases
                .get(&phase.id)
                .or_else(|| self.project.phase_by_name(&phase.name));
            self.map
                .phases
                .insert(phase.id, known.map_or(phase.id, |own| own.id));
            if known.is_none() {
                phase.rank = rank.clone();
                rank = Rank::between(Some(&rank), None);
                self.taken.changes.push(Change::PhaseAdded(phase));
            }
        }
    }

    /// An attribute is known by its identity, or by name and kind; one of the same name and another kind comes under a number.
    fn attributes(&mut self, attributes: Vec<Attribute>) {
        let name = |attribute: &Attribute| (attribute.of, attribute.name.clone());
        let mut taken: BTreeSet<(AttributeOf, String)> =
            self.project.attributes.values().map(name).collect();
        let mut rank = Rank::after(
            self.project
                .attributes
                .values()
                .map(|attribute| &attribute.rank),
        );
        for mut attribute in attributes {
            let fits = |own: &&Attribute| {
                own.of == attribute.of
                    && own.kind == attribute.kind
                    && own.per_phase == attribute.per_phase
            };
            let by_name = || {
                self.project
                    .attribute_by_name(attribute.of, &attribute.name)
                    .filter(fits)
            };
            if let Some(known) = self
                .project
                .attributes
                .get(&attribute.id)
                .filter(fits)
                .or_else(by_name)
            {
                self.map.attributes.insert(attribute.id, known.id);
                self.taken.counts.attributes.known += 1;
                continue;
            }
            let foreign = attribute.id;
            if self.project.attributes.contains_key(&foreign) {
                attribute.id = self.ids.id();
            }
            attribute.name = self.free(&attribute.name, |name| {
                taken.contains(&(attribute.of, name.to_owned()))
            });
            taken.insert((attribute.of, attribute.name.clone()));
            attribute.rank = rank.clone();
            rank = Rank::between(Some(&rank), None);
            self.map.attributes.insert(foreign, attribute.id);
            self.taken.counts.attributes.added += 1;
            self.taken.changes.push(Change::AttributeAdded(attribute));
        }
    }

    /// The name wanted, or that with a number where it is taken; a change of name is noted.
    fn free(&mut self, wanted: &str, taken: impl Fn(&str) -> bool) -> String {
        let trimmed = wanted.trim();
        let wanted = if trimmed.is_empty() { "–" } else { trimmed };
        if !taken(wanted) {
            return wanted.to_owned();
        }
        let name = (2..)
            .map(|number: u32| format!("{wanted} ({number})"))
            .find(|name| !taken(name))
            .unwrap_or_default();
        self.taken
            .losses
            .note(Lost::Renamed, format!("{wanted} → {name}"));
        name
    }

    fn values(&mut self, values: Values) -> Values {
        let mapped =
            |((attribute, phase), value): ((AttributeId, Option<PhaseId>), AttributeValue)| {
                let phase =
                    phase.map(|phase| self.map.phases.get(&phase).copied().unwrap_or(phase));
                Some(((*self.map.attributes.get(&attribute)?, phase), value))
            };
        values.into_iter().filter_map(mapped).collect()
    }

    /// A case is known by its identity, or by name and kind; what the study says of it beyond what the project knows is added.
    fn cases(&mut self, cases: Vec<Case>) {
        let mut taken: BTreeSet<String> = self
            .project
            .cases
            .values()
            .map(|case| case.name.clone())
            .collect();
        for mut case in cases {
            let foreign = case.id;
            let values = self.values(std::mem::take(&mut case.values));
            let by_name = || {
                self.project
                    .case_by_name(&case.name)
                    .filter(|own| own.kind == case.kind)
            };
            if let Some(known) = self.project.cases.get(&case.id).or_else(by_name) {
                self.map.cases.insert(foreign, known.id);
                self.taken.counts.cases.known += 1;
                self.add_values(Holder::Case(known.id), &known.values, values);
                continue;
            }
            case.name = self.free(&case.name, |name| taken.contains(name));
            taken.insert(case.name.clone());
            case.parent = case
                .parent
                .and_then(|parent| self.map.cases.get(&parent).copied());
            case.values = values;
            self.map.cases.insert(foreign, case.id);
            self.taken.counts.cases.added += 1;
            self.taken.changes.push(Change::CaseAdded(Box::new(case)));
        }
    }

    /// Values that a thing of the project has none for yet.
    fn add_values(&mut self, holder: Holder, present: &Values, values: Values) {
        for ((attribute, phase), value) in values
            .into_iter()
            .filter(|(key, _)| !present.contains_key(key))
        {
            let value = Edit::new(None, Some(value));
            self.taken.changes.push(Change::ValueSet {
                holder,
                attribute,
                phase,
                value,
            });
        }
    }

    /// A code is known by its identity, or by its path; its rules stay as they are in the project.
    fn codes(&mut self, codes: Vec<Code>) {
        let mut siblings: BTreeMap<Option<CodeId>, BTreeMap<String, CodeId>> = BTreeMap::new();
        let mut ranks: BTreeMap<Option<CodeId>, Rank> = BTreeMap::new();
        for code in self.project.codebook.codes.values() {
            siblings
                .entry(code.place.parent)
                .or_default()
                .insert(code.name.text.clone(), code.id);
        }
        let mut new: BTreeSet<CodeId> = BTreeSet::new();
        for mut code in codes {
            let foreign = code.id;
            let parent = code
                .place
                .parent
                .and_then(|parent| self.map.codes.get(&parent).copied());
            let by_name = siblings
                .get(&parent)
                .and_then(|names| names.get(code.name.text.trim()))
                .filter(|id| !new.contains(id));
            let known = self
                .project
                .codebook
                .get(code.id)
                .map(|own| own.id)
                .or_else(|| by_name.copied());
            if let Some(known) = known {
                self.map.codes.insert(foreign, known);
                self.taken.counts.codes.known += 1;
                self.facets(known, code.facets);
                continue;
            }
            if code.name.text.contains(PATH_SEPARATOR) {
                let name = code.name.text.replace(PATH_SEPARATOR, "／");
                self.taken
                    .losses
                    .note(Lost::Renamed, format!("{} → {name}", code.name.text));
                code.name.text = name;
            }
            let names = siblings.entry(parent).or_default();
            code.name.text = self.free(&code.name.text, |name| names.contains_key(name));
            names.insert(code.name.text.clone(), code.id);
            let last = ranks
                .remove(&parent)
                .unwrap_or_else(|| self.project.codebook.last_place(parent).rank);
            ranks.insert(parent, Rank::between(Some(&last), None));
            code.place = Place { parent, rank: last };
            code.key = code.key.filter(|key| {
                self.project
                    .codebook
                    .codes
                    .values()
                    .all(|own| own.key != Some(*key))
            });
            self.map.codes.insert(foreign, code.id);
            new.insert(code.id);
            self.taken.counts.codes.added += 1;
            self.taken.changes.push(Change::CodeAdded(Box::new(code)));
        }
    }

    /// Facets that a known code hasn't are added to it; one of the same name and kind is the same.
    fn facets(&mut self, code: CodeId, facets: Vec<Facet>) {
        let Some(own) = self.project.codebook.get(code) else {
            return;
        };
        let mut all = own.facets.clone();
        for facet in facets {
            let same = |has: &&Facet| {
                has.id == facet.id || has.name.text == facet.name.text && has.kind == facet.kind
            };
            match all.iter().find(same) {
                Some(has) => drop(self.map.facets.insert(facet.id, has.id)),
                None => all.push(facet),
            }
        }
        if all != own.facets {
            let edit = CodeEdit::Facets(Edit::new(own.facets.clone(), all));
            self.taken.changes.push(Change::CodeEdited { code, edit });
        }
    }

    /// A document is known by its text, wherever it is; one of the same identity and another text comes in under a new one.
    fn documents(&mut self, documents: Vec<StudyDocument>) {
        let mut titles: BTreeSet<String> = self
            .project
            .documents
            .values()
            .map(|document| document.title.clone())
            .collect();
        let by_text: BTreeMap<ContentHash, &Document> = self
            .project
            .documents
            .values()
            .map(|document| (document.source.text, document.as_ref()))
            .collect();
        for StudyDocument {
            id,
            mut imported,
            phase,
            cases,
            values,
            codings,
        } in documents
        {
            let phase = phase.and_then(|phase| self.map.phases.get(&phase).copied());
            let cases: BTreeSet<CaseId> = cases
                .iter()
                .filter_map(|case| self.map.cases.get(case).copied())
                .collect();
            let values = self.values(values);
            for speaker in &mut imported.speakers {
                speaker.case = speaker
                    .case
                    .and_then(|case| self.map.cases.get(&case).copied());
            }
            let text = ContentHash::of(imported.text.as_str().as_bytes());
            let own = self
                .project
                .documents
                .get(&id)
                .map(AsRef::as_ref)
                .filter(|own| own.source.text == text);
            if let Some(known) = own.or_else(|| by_text.get(&text).copied()) {
                self.taken.counts.documents.known += 1;
                self.map.documents.insert(id, known.id);
                for case in cases.difference(&known.cases) {
                    let edit = DocumentEdit::Case {
                        case: *case,
                        belongs: Edit::new(false, true),
                    };
                    self.taken.changes.push(Change::DocumentEdited {
                        document: known.id,
                        edit,
                    });
                }
                if phase.is_some() && known.phase.is_none() {
                    let edit = DocumentEdit::Phase(Edit::new(None, phase));
                    self.taken.changes.push(Change::DocumentEdited {
                        document: known.id,
                        edit,
                    });
                }
                self.add_values(Holder::Document(known.id), &known.values, values);
                self.codings((id, known.id), Some(known), codings);
                continue;
            }
            let title = free_title(&titles, &imported);
            if title != imported.title {
                self.taken
                    .losses
                    .note(Lost::Renamed, format!("{} → {title}", imported.title));
            }
            titles.insert(title.clone());
            let target = if self.project.documents.contains_key(&id) {
                self.ids.id()
            } else {
                id
            };
            let mut document = add_one(target, imported, title, text, &mut self.taken.contents);
            (document.phase, document.cases, document.values) = (phase, cases, values);
            self.taken.counts.documents.added += 1;
            self.map.documents.insert(id, target);
            self.taken
                .changes
                .push(Change::DocumentAdded(Box::new(document)));
            self.codings((id, target), None, codings);
        }
    }

    /// Codings of a document of the study on one of the project; two of the same passage, code and coder are one.
    fn codings(
        &mut self,
        (foreign, target): (DocumentId, DocumentId),
        known: Option<&Document>,
        mut codings: Vec<Coding>,
    ) {
        if let Some(known) =
            known.filter(|known| !known.history.is_untouched() && !codings.is_empty())
        {
            self.taken.losses.note(Lost::Corrected, known.title.clone());
            return;
        }
        let same = |coding: &Coding| (coding.range, coding.code, coding.coder);
        let mut present: BTreeMap<_, CodingId> = known
            .map(|known| {
                known
                    .codings
                    .iter()
                    .map(|own| (same(own), own.id))
                    .collect()
            })
            .unwrap_or_default();
        let mut ids: BTreeSet<CodingId> = present.values().copied().collect();
        codings.sort_by_key(Coding::order);
        for mut coding in codings {
            let mapped = self
                .map
                .codes
                .get(&coding.code)
                .zip(self.map.coders.get(&coding.coder));
            let Some((code, coder)) = mapped.map(|(code, coder)| (*code, *coder)) else {
                self.taken.losses.note(Lost::CodingWithoutCode, "");
                continue;
            };
            (coding.code, coding.coder) = (code, coder);
            let facets = std::mem::take(&mut coding.facets).into_iter();
            coding.facets = facets
                .map(|(facet, value)| {
                    (self.map.facets.get(&facet).copied().unwrap_or(facet), value)
                })
                .collect();
            if let Some(own) = present.get(&same(&coding)) {
                self.map.codings.insert((foreign, coding.id), *own);
                self.taken.counts.codings.known += 1;
                continue;
            }
            let named = coding.id;
            if !ids.insert(coding.id) {
                coding.id = self.ids.id();
                ids.insert(coding.id);
                self.taken
                    .losses
                    .note(Lost::SameIdentity, named.to_string());
            }
            self.map
                .codings
                .entry((foreign, named))
                .or_insert(coding.id);
            present.insert(same(&coding), coding.id);
            self.taken.counts.codings.added += 1;
            self.taken.changes.push(Change::CodingAdded {
                document: target,
                coding,
            });
        }
    }

    /// Memos in the order of what they stand on: one on another comes after it.
    fn memos(&mut self, memos: Vec<crate::model::memo::Memo>) {
        let mut waiting = memos;
        loop {
            let before = waiting.len();
            waiting.retain(|memo| !self.memo(memo));
            if waiting.is_empty() || waiting.len() == before {
                break;
            }
        }
        for memo in waiting {
            self.taken.losses.note(Lost::LinkEnd, memo.title);
        }
    }

    /// Takes a memo in, when what it stands on is in.
    fn memo(&mut self, memo: &crate::model::memo::Memo) -> bool {
        let mapped = self
            .map
            .anchor(memo.anchor)
            .zip(self.map.coders.get(&memo.coder).copied());
        let Some((anchor, coder)) = mapped else {
            return false;
        };
        let same = |own: &&std::sync::Arc<crate::model::memo::Memo>| {
            own.id == memo.id
                || (own.anchor == anchor && own.title == memo.title && own.body == memo.body)
        };
        if let Some(known) = self.project.memos.values().find(same) {
            self.map.memos.insert(memo.id, known.id);
            self.taken.counts.memos.known += 1;
            return true;
        }
        self.map.memos.insert(memo.id, memo.id);
        self.taken.counts.memos.added += 1;
        self.taken
            .changes
            .push(Change::MemoAdded(Box::new(crate::model::memo::Memo {
                anchor,
                coder,
                ..memo.clone()
            })));
        true
    }

    fn link(&mut self, mut link: crate::model::memo::Link) {
        let Some((from, to)) = self.map.anchor(link.from).zip(self.map.anchor(link.to)) else {
            self.taken.losses.note(Lost::LinkEnd, link.name);
            return;
        };
        (link.from, link.to) = (from, to);
        let same = |own: &crate::model::memo::Link| {
            own.id == link.id || (own.from == from && own.to == to && own.name == link.name)
        };
        if self.project.links.values().any(same) {
            self.taken.counts.links.known += 1;
            return;
        }
        self.taken.counts.links.added += 1;
        self.taken.changes.push(Change::LinkAdded(link));
    }

    /// A set is known by its identity or name: members that it hasn't are added.
    fn set(&mut self, mut set: crate::model::set::Set) {
        let members: BTreeSet<Anchor> = set
            .members
            .iter()
            .filter_map(|member| self.map.anchor(*member))
            .collect();
        for _ in members.len()..set.members.len() {
            self.taken.losses.note(Lost::SetMember, set.name.clone());
        }
        let by_name = || self.project.sets.values().find(|own| own.name == set.name);
        if let Some(known) = self.project.sets.get(&set.id).or_else(by_name) {
            self.taken.counts.sets.known += 1;
            if !members.is_subset(&known.members) {
                let to = crate::model::set::Set {
                    members: known.members.union(&members).copied().collect(),
                    ..known.clone()
                };
                self.taken.changes.push(Change::SetEdited {
                    set: known.id,
                    edit: Edit::new(known.clone(), to),
                });
            }
            return;
        }
        set.members = members;
        self.taken.counts.sets.added += 1;
        self.taken.changes.push(Change::SetAdded(set));
    }

    /// A project about which nothing is said yet takes over what the study says of itself.
    fn description(&mut self, description: &str) {
        use crate::log::change::ProjectEdit;
        if self.project.description.is_empty() && !description.trim().is_empty() {
            let edit = ProjectEdit::Description(Edit::new(String::new(), description.to_owned()));
            self.taken.changes.push(Change::ProjectEdited(edit));
        }
    }
}
