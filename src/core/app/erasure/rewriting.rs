//! The log without the words that go: every identity, position and number stays, so that the fold of the new log is that of
//! the old one but for the words.

use std::collections::BTreeMap;

use super::{mask::Mask, reading::Reading, scope::Scope};
use crate::{
    log::{
        Entry,
        change::{
            CaseEdit, Change, CodeEdit, CodingEdit, DocumentEdit, Holder, MemoEdit, ProjectEdit,
        },
    },
    model::{
        attachment::Attachment,
        case::Case,
        code::Code,
        coding::{Coding, Origin},
        document::{Document, Speaker},
        erasure::{BLANK, ERASED_FILE, blanked},
        facet::FacetValue,
        ids::{DocumentId, EntryId, Id},
        localized::Localized,
        memo::{Anchor, Memo},
        text::ContentHash,
    },
};

/// What a case or a document is called once its name is erased.
pub(super) fn stand_in<K>(id: Id<K>) -> String {
    let id = id.to_string();
    let last: String = id
        .chars()
        .skip(id.chars().count().saturating_sub(6))
        .collect();
    format!("{BLANK} {last}")
}

/// Writes entries anew without what goes.
#[derive(Debug)]
pub(super) struct Rewriting<'a> {
    scope: &'a Scope,
    corrections: &'a BTreeMap<(EntryId, usize), u32>,
    /// The texts that take the place of others, by document.
    texts: BTreeMap<DocumentId, ContentHash>,
    /// How many places outside the participant's own things quote them.
    pub(super) quoted: usize,
}

impl<'a> Rewriting<'a> {
    pub(super) fn new(scope: &'a Scope, reading: &'a Reading) -> Self {
        let texts = scope.documents.iter().map(|(id, touched)| {
            let text = touched.mask.imported(touched.imported.as_str());
            (*id, ContentHash::of(text.as_bytes()))
        });
        Self {
            texts: texts.collect(),
            corrections: &reading.corrections,
            scope,
            quoted: 0,
        }
    }

    /// An entry without what goes.
    pub(super) fn entry(&mut self, entry: &Entry) -> Entry {
        let mut new = entry.clone();
        for (number, change) in new.changes.iter_mut().enumerate() {
            self.change((entry.id, number), change);
        }
        new
    }

    #[expect(clippy::too_many_lines, reason = "one arm for each change")]
    fn change(&mut self, at: (EntryId, usize), change: &mut Change) {
        match change {
            Change::ProjectEdited(ProjectEdit::Title(edit) | ProjectEdit::Description(edit)) => {
                self.quotes(&mut edit.from);
                self.quotes(&mut edit.to);
            }
            Change::DocumentAdded(document) | Change::DocumentRemoved(document) => {
                self.document(document);
            }
            Change::DocumentEdited { document, edit } => self.document_edit(*document, edit),
            Change::TextReplaced {
                document, words, ..
            } => {
                if let Some(touched) = self.scope.documents.get(document) {
                    let number = self.corrections.get(&at).copied();
                    let number = number.filter(|number| {
                        let edits = touched.document.history.edits();
                        let own = usize::try_from(*number).ok().and_then(|own| edits.get(own));
                        own.is_some_and(|own| own.words == words.to)
                    });
                    words.from = touched.mask.deleted(&touched.document, number, &words.from);
                    words.to = touched.mask.words(number, &words.to);
                }
            }
            Change::CodeAdded(code) | Change::CodeRemoved(code) => self.code(code),
            Change::CodeEdited { edit, .. } => self.code_edit(edit),
            Change::CodingAdded { document, coding }
            | Change::CodingRemoved { document, coding } => {
                self.coding(*document, coding);
            }
            Change::CodingEdited {
                edit: CodingEdit::Facet { value, .. },
                ..
            } => {
                for value in [&mut value.from, &mut value.to].into_iter().flatten() {
                    self.facet(value);
                }
            }
            Change::CaseAdded(case) | Change::CaseRemoved(case) => self.case(case),
            Change::CaseEdited {
                case,
                edit: CaseEdit::Name(name),
            } if self.scope.cases.contains(case) => {
                name.from = stand_in(*case);
                name.to = stand_in(*case);
            }
            Change::ValueSet { holder, value, .. } if self.holds(*holder) => {
                value.from = None;
                value.to = None;
            }
            Change::MemoAdded(memo) | Change::MemoRemoved(memo) => self.memo(memo),
            Change::MemoEdited {
                memo,
                edit: MemoEdit::Title(edit) | MemoEdit::Body(edit),
            } => {
                let goes = self.scope.memos.contains(memo);
                for words in [&mut edit.from, &mut edit.to] {
                    self.note(goes, words);
                }
            }
            Change::LinkAdded(link) | Change::LinkRemoved(link) => {
                let goes = [link.from, link.to].map(|end| self.scope.has(end, None));
                if goes.contains(&true) {
                    link.name = blanked(&link.name);
                } else {
                    self.free_words(&mut link.name);
                }
            }
            Change::QueryAdded(query) | Change::QueryRemoved(query) => {
                self.free_words(&mut query.name);
                self.free_words(&mut query.text);
            }
            Change::QueryEdited { edit, .. } => {
                for query in [&mut edit.from, &mut edit.to] {
                    self.free_words(&mut query.name);
                    self.free_words(&mut query.text);
                }
            }
            Change::SetAdded(set) | Change::SetRemoved(set) => {
                self.free_words(&mut set.name);
                self.free_words(&mut set.description);
            }
            Change::SetEdited { edit, .. } => {
                for set in [&mut edit.from, &mut edit.to] {
                    self.free_words(&mut set.name);
                    self.free_words(&mut set.description);
                }
            }
            Change::AttachmentAdded(file) | Change::AttachmentRemoved(file) => self.file(file),
            Change::ProjectEdited(ProjectEdit::Language(_))
            | Change::CoderAdded(_)
            | Change::CoderRenamed { .. }
            | Change::CoderEdited { .. }
            | Change::CoderRemoved(_)
            | Change::PhaseAdded(_)
            | Change::PhaseEdited { .. }
            | Change::PhaseRemoved(_)
            | Change::CodingEdited { .. }
            | Change::CaseEdited { .. }
            | Change::AttributeAdded(_)
            | Change::AttributeEdited { .. }
            | Change::AttributeRemoved(_)
            | Change::ValueSet { .. }
            | Change::MemoEdited { .. }
            | Change::ScaleAdded(_)
            | Change::ScaleEdited { .. }
            | Change::ScaleRemoved(_)
            | Change::Erased(_) => {}
        }
    }

    fn holds(&self, holder: Holder) -> bool {
        match holder {
            Holder::Case(case) => self.scope.cases.contains(&case),
            Holder::Document(document) => self.scope.is_whole(document),
            Holder::Coder(_) => false,
        }
    }

    fn document(&mut self, document: &mut Document) {
        let id = document.id;
        let Some(touched) = self.scope.documents.get(&id) else {
            let codings = document.codings.iter_mut();
            codings.for_each(|coding| self.coding(id, coding));
            return;
        };
        if touched.mask == Mask::Whole {
            document.title = stand_in(id);
            document.source.file = stand_in(id);
            document.values.clear();
        }
        document.source.original = ContentHash::of(ERASED_FILE);
        // What another version of the document had as its text is not known to be without the words.
        document.source.text = match self.texts.get(&id) {
            Some(text) if document.source.text == touched.document.source.text => *text,
            _ => ContentHash::of(ERASED_FILE),
        };
        let known = touched.document.history.edits();
        document.history.rewrite(|number, edit| {
            let at = usize::try_from(number).ok();
            let is_same = at.and_then(|at| known.get(at)) == Some(edit);
            touched.mask.words(is_same.then_some(number), &edit.words)
        });
        self.labels(id, &mut document.speakers);
        for coding in &mut document.codings {
            self.coding(id, coding);
        }
    }

    fn labels(&self, document: DocumentId, speakers: &mut [Speaker]) {
        for speaker in speakers {
            self.label(document, &mut speaker.label);
        }
    }

    fn label(&self, document: DocumentId, label: &mut String) {
        let touched = self.scope.documents.get(&document);
        let goes = touched.is_some_and(|touched| {
            touched.mask == Mask::Whole || touched.labels.contains(label.as_str())
        });
        if goes {
            *label = blanked(label);
        }
    }

    fn document_edit(&self, document: DocumentId, edit: &mut DocumentEdit) {
        match edit {
            DocumentEdit::Title(title) if self.scope.is_whole(document) => {
                title.from = stand_in(document);
                title.to = stand_in(document);
            }
            DocumentEdit::Speaker { label, .. } => self.label(document, label),
            DocumentEdit::SpeakerLabel { label, .. } => {
                self.label(document, &mut label.from);
                self.label(document, &mut label.to);
            }
            DocumentEdit::Turns(edit) => {
                self.labels(document, &mut edit.from.speakers);
                self.labels(document, &mut edit.to.speakers);
            }
            DocumentEdit::Title(_)
            | DocumentEdit::Phase(_)
            | DocumentEdit::Rank(_)
            | DocumentEdit::Case { .. }
            | DocumentEdit::SpeakerRole { .. }
            | DocumentEdit::SpeakerCase { .. }
            | DocumentEdit::Turn { .. } => {}
        }
    }

    fn case(&self, case: &mut Case) {
        if self.scope.cases.contains(&case.id) {
            case.name = stand_in(case.id);
            case.values.clear();
        }
    }

    fn coding(&mut self, document: DocumentId, coding: &mut Coding) {
        let goes = self.scope.has(Anchor::Coding(document, coding.id), None);
        if let Origin::Search(query) = &mut coding.origin {
            let mut words = query.to_string();
            if goes {
                words = blanked(&words);
            } else {
                self.free_words(&mut words);
            }
            *query = words.into();
        }
        for value in coding.facets.values_mut() {
            match value {
                FacetValue::Text(words) if goes => *words = blanked(words),
                value => self.facet(value),
            }
        }
    }

    fn facet(&mut self, value: &mut FacetValue) {
        if let FacetValue::Text(words) = value {
            self.quotes(words);
        }
    }

    fn memo(&mut self, memo: &mut Memo) {
        let goes = self.scope.memos.contains(&memo.id) || self.scope.has(memo.anchor, None);
        self.note(goes, &mut memo.title);
        self.note(goes, &mut memo.body);
    }

    fn note(&mut self, goes: bool, words: &mut String) {
        if goes {
            *words = blanked(words);
        } else {
            self.quotes(words);
        }
    }

    fn file(&self, file: &mut Attachment) {
        if is_named(self.scope, file) {
            file.name = stand_in(file.id);
            file.file.clear();
            file.content = None;
            file.len_bytes = 0;
        }
    }

    fn code(&mut self, code: &mut Code) {
        for words in [
            &mut code.name,
            &mut code.definition,
            &mut code.apply_when,
            &mut code.not_when,
        ] {
            self.localized(words);
        }
        code.examples
            .iter_mut()
            .for_each(|words| self.localized(words));
        for indicator in &mut code.indicators {
            self.quotes(&mut indicator.expression);
        }
    }

    fn code_edit(&mut self, edit: &mut CodeEdit) {
        match edit {
            CodeEdit::Name(edit)
            | CodeEdit::Definition(edit)
            | CodeEdit::ApplyWhen(edit)
            | CodeEdit::NotWhen(edit) => {
                self.localized(&mut edit.from);
                self.localized(&mut edit.to);
            }
            CodeEdit::Examples(edit) => {
                let both = edit.from.iter_mut().chain(&mut edit.to);
                both.for_each(|words| self.localized(words));
            }
            CodeEdit::Indicators(edit) => {
                for indicator in edit.from.iter_mut().chain(&mut edit.to) {
                    self.quotes(&mut indicator.expression);
                }
            }
            CodeEdit::Place(_) | CodeEdit::Hue(_) | CodeEdit::Facets(_) | CodeEdit::Key(_) => {}
        }
    }

    fn localized(&mut self, words: &mut Localized) {
        self.quotes(&mut words.text);
        for words in words.translations.values_mut() {
            self.quotes(words);
        }
    }

    /// Words of a query, a set or a link: they may name the participant.
    fn free_words(&mut self, words: &mut String) {
        for name in &self.scope.names {
            if words.contains(name.as_str()) {
                *words = words.replace(name.as_str(), &blanked(name));
            }
        }
        self.quotes(words);
    }

    fn quotes(&mut self, words: &mut String) {
        self.quoted += usize::from(self.scope.quotes.blank(words));
    }
}

/// Returns true if a file bears the participant's name: nothing else says whose it is.
pub(super) fn is_named(scope: &Scope, file: &Attachment) -> bool {
    let mut names = scope.names.iter();
    names.any(|name| file.name.contains(name.as_str()) || file.file.contains(name.as_str()))
}
