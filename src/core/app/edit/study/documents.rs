//! Documents of a study with their codings.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::StudyImporter;
use crate::{
    app::edit::{
        document::record_edit,
        document_import::{free_title, new_document},
    },
    import::{loss::Lost, study::StudyDocument},
    log::change::{Change, DocumentEdit, Edit, Holder},
    model::{
        attribute::Values,
        coding::Coding,
        document::Document,
        ids::{CaseId, CodeId, CoderId, CodingId, DocumentId, PhaseId},
        text::{ContentHash, TextRange},
    },
};

impl StudyImporter<'_, '_> {
    /// A document is known by its text, wherever it is; one of a known identity with another text
    /// is added under a new identity.
    pub(super) fn documents(&mut self, documents: Vec<StudyDocument>) {
        let base = Arc::clone(&self.base);
        let titles = base.documents.values();
        let mut titles: BTreeSet<String> = titles.map(|own| own.title.clone()).collect();
        let by_text: BTreeMap<ContentHash, &Document> = base
            .documents
            .values()
            .map(|own| (own.source.text, own.as_ref()))
            .collect();
        for document in documents {
            let text = ContentHash::of(document.imported.text.as_str().as_bytes());
            let by_id = base.documents.get(&document.id).map(AsRef::as_ref);
            let by_id = by_id.filter(|own| own.source.text == text);
            if let Some(known) = by_id.or_else(|| by_text.get(&text).copied()) {
                self.known_document(known, document);
                continue;
            }
            let title = free_title(&titles, &document.imported);
            if title != document.imported.title {
                self.losses.note(
                    Lost::Renamed,
                    format!("{} → {title}", document.imported.title),
                );
            }
            titles.insert(title.clone());
            self.new_document(document, title, text);
        }
    }

    /// Adds to a known document the cases, phase, values and codings that it hasn't yet.
    fn known_document(&mut self, known: &Document, document: StudyDocument) {
        let id = known.id;
        let phase = self.mapped_phase(document.phase);
        let cases = self.mapped_cases(&document.cases);
        let values: Values = self.mapped_values(document.values);
        self.counts.documents.known += 1;
        self.map.documents.insert(document.id, id);
        for case in cases.difference(&known.cases) {
            let edit = DocumentEdit::Case {
                case: *case,
                belongs: Edit::new(false, true),
            };
            record_edit(self.tx, id, Some(edit));
        }
        if phase.is_some() && known.phase.is_none() {
            let edit = DocumentEdit::Phase(Edit::new(None, phase));
            record_edit(self.tx, id, Some(edit));
        }
        self.add_values(Holder::Document(id), &known.values, values);
        if !known.history.is_untouched() && !document.codings.is_empty() {
            // The study's positions are those of the imported text, not of the corrected one.
            self.losses.note(Lost::Corrected, known.title.clone());
            return;
        }
        self.codings(document.id, id, &known.codings, document.codings);
    }

    fn new_document(&mut self, document: StudyDocument, title: String, text: ContentHash) {
        let mut imported = document.imported;
        for speaker in &mut imported.speakers {
            let case = speaker.case;
            speaker.case = case.and_then(|case| self.map.cases.get(&case).copied());
        }
        let id = if self.base.documents.contains_key(&document.id) {
            self.tx.id()
        } else {
            document.id
        };
        let new = Document {
            phase: self.mapped_phase(document.phase),
            cases: self.mapped_cases(&document.cases),
            values: self.mapped_values(document.values),
            ..new_document(self.tx, id, imported, title, text)
        };
        self.counts.documents.added += 1;
        self.map.documents.insert(document.id, id);
        self.tx.record(Change::DocumentAdded(Box::new(new)));
        self.codings(document.id, id, &[], document.codings);
    }

    fn mapped_phase(&self, phase: Option<PhaseId>) -> Option<PhaseId> {
        self.map.phases.get(&phase?).copied()
    }

    fn mapped_cases<'b>(&self, cases: impl IntoIterator<Item = &'b CaseId>) -> BTreeSet<CaseId> {
        let cases = cases.into_iter();
        cases
            .filter_map(|case| self.map.cases.get(case).copied())
            .collect()
    }

    /// Adds the codings of a study's document; two of the same passage, code and coder are one.
    fn codings(
        &mut self,
        foreign: DocumentId,
        document: DocumentId,
        present: &[Coding],
        mut codings: Vec<Coding>,
    ) {
        let mut known: BTreeMap<SameCoding, CodingId> = present
            .iter()
            .map(|own| (same_coding(own), own.id))
            .collect();
        let mut ids: BTreeSet<CodingId> = known.values().copied().collect();
        // In the order in which a document keeps them, each is appended and none moved.
        codings.sort_by_key(Coding::order);
        for mut coding in codings {
            let named = coding.id;
            if !self.map_coding(&mut coding) {
                self.losses.note(Lost::CodingWithoutCode, "");
                continue;
            }
            if let Some(own) = known.get(&same_coding(&coding)) {
                self.map.codings.insert((foreign, named), *own);
                self.counts.codings.known += 1;
                continue;
            }
            if !ids.insert(named) {
                coding.id = self.tx.id();
                ids.insert(coding.id);
                self.losses.note(Lost::SameIdentity, named.to_string());
            }
            let mapped = self.map.codings.entry((foreign, named));
            mapped.or_insert(coding.id);
            known.insert(same_coding(&coding), coding.id);
            self.counts.codings.added += 1;
            self.tx.record(Change::CodingAdded { document, coding });
        }
    }

    /// Gives a coding the project's code, coder and facets; returns false if the project has no such
    /// code or coder.
    fn map_coding(&self, coding: &mut Coding) -> bool {
        let code = self.map.codes.get(&coding.code);
        let Some((code, coder)) = code.zip(self.map.coders.get(&coding.coder)) else {
            return false;
        };
        (coding.code, coding.coder) = (*code, *coder);
        coding.facets = std::mem::take(&mut coding.facets)
            .into_iter()
            .map(|(facet, value)| (*self.map.facets.get(&facet).unwrap_or(&facet), value))
            .collect();
        coding.about = self.mapped_cases(&coding.about);
        true
    }
}

/// What makes two codings of a document the same.
type SameCoding = (TextRange, CodeId, CoderId);

fn same_coding(coding: &Coding) -> SameCoding {
    (coding.range, coding.code, coding.coder)
}
