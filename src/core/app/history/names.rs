//! What things were called at a point of the history.

use std::collections::BTreeMap;

use crate::{
    log::change::{AttributeEdit, CaseEdit, Change, CodeEdit, DocumentEdit, MemoEdit, PhaseEdit},
    model::{
        Project,
        attribute::{Attribute, AttributeValue},
        ids::{AttributeId, CaseId, CodeId, CoderId, CodingId, DocumentId, MemoId, PhaseId},
        localized::{Language, Localized},
        phase::Phase,
    },
};

/// The names, as of the last change that was seen.
#[derive(Debug, Default)]
pub(super) struct Names {
    codes: BTreeMap<CodeId, Localized>,
    documents: BTreeMap<DocumentId, String>,
    cases: BTreeMap<CaseId, String>,
    attributes: BTreeMap<AttributeId, Localized>,
    categories: BTreeMap<(AttributeId, String), Localized>,
    phases: BTreeMap<PhaseId, Localized>,
    coders: BTreeMap<CoderId, String>,
    memos: BTreeMap<MemoId, String>,
    /// The code of each coding.
    codings: BTreeMap<CodingId, CodeId>,
}

fn named<K: Ord>(names: &BTreeMap<K, Localized>, id: &K) -> Localized {
    names.get(id).cloned().unwrap_or_default()
}

fn of<K: Ord + Copy, V, N>(all: &BTreeMap<K, V>, name: impl Fn(&V) -> N) -> BTreeMap<K, N> {
    all.iter().map(|(id, thing)| (*id, name(thing))).collect()
}

fn called<K: Ord>(names: &BTreeMap<K, String>, id: &K) -> String {
    names.get(id).cloned().unwrap_or_default()
}

/// Sets or removes the name in a language.
fn translate(name: &mut Localized, language: &Language, to: Option<&String>) {
    match to {
        Some(to) => name.translations.insert(language.clone(), to.clone()),
        None => name.translations.remove(language),
    };
}

/// The names of categories that have several.
fn categories(project: &Project) -> BTreeMap<(AttributeId, String), Localized> {
    let mut names = BTreeMap::new();
    for attribute in project.attributes.values() {
        for category in attribute.category_translations.keys() {
            let name = attribute.localized_value(&AttributeValue::Category(category.clone()));
            names.insert((attribute.id, category.clone()), name);
        }
    }
    names
}

impl Names {
    /// The names in a project, as far as changes that were made last need them.
    pub(super) fn in_project(project: &Project, changes: &[Change]) -> Self {
        let mut names = Self {
            codes: of(&project.codebook.codes, |code| code.name.clone()),
            documents: of(&project.documents, |document| document.title.clone()),
            cases: of(&project.cases, |case| case.name.clone()),
            attributes: of(&project.attributes, Attribute::localized),
            categories: categories(project),
            phases: of(&project.phases, Phase::localized),
            coders: of(&project.coders, |coder| coder.name.clone()),
            memos: of(&project.memos, |memo| memo.title.clone()),
            codings: BTreeMap::new(),
        };
        for change in changes {
            match change {
                // What is gone from the project was still called something.
                Change::CodeRemoved(code) => {
                    names.codes.insert(code.id, code.name.clone());
                }
                Change::DocumentRemoved(document) => {
                    names.documents.insert(document.id, document.title.clone());
                }
                Change::CodingEdited {
                    document, coding, ..
                } => {
                    let document = project.documents.get(document);
                    let codings = document.map_or(&[][..], |document| &document.codings);
                    let found = codings.iter().find(|other| other.id == *coding);
                    names
                        .codings
                        .extend(found.map(|coding| (coding.id, coding.code)));
                }
                _ => {}
            }
        }
        names
    }

    pub(super) fn code(&self, id: CodeId) -> Localized {
        named(&self.codes, &id)
    }

    pub(super) fn code_of(&self, coding: CodingId) -> Localized {
        let code = self.codings.get(&coding);
        code.map(|code| self.code(*code)).unwrap_or_default()
    }

    pub(super) fn document(&self, id: DocumentId) -> String {
        called(&self.documents, &id)
    }

    pub(super) fn case(&self, id: CaseId) -> String {
        called(&self.cases, &id)
    }

    pub(super) fn attribute(&self, id: AttributeId) -> Localized {
        named(&self.attributes, &id)
    }

    /// A value of an attribute; categories have names of their own in other languages.
    pub(super) fn value(&self, attribute: AttributeId, value: &AttributeValue) -> Localized {
        let category = match value {
            AttributeValue::Category(category) => {
                self.categories.get(&(attribute, category.clone())).cloned()
            }
            _ => None,
        };
        category.unwrap_or_else(|| value.localized())
    }

    pub(super) fn phase(&self, id: PhaseId) -> Localized {
        named(&self.phases, &id)
    }

    pub(super) fn coder(&self, id: CoderId) -> String {
        called(&self.coders, &id)
    }

    pub(super) fn memo(&self, id: MemoId) -> String {
        called(&self.memos, &id)
    }

    /// Follows a change; what is removed keeps its name.
    pub(super) fn see(&mut self, change: &Change) {
        match change {
            Change::CoderAdded(coder) => {
                self.coders.insert(coder.id, coder.name.clone());
            }
            Change::CoderRenamed { coder, name } => {
                self.coders.insert(*coder, name.to.clone());
            }
            Change::PhaseAdded(phase) => {
                self.phases.insert(phase.id, phase.localized());
            }
            Change::PhaseEdited { phase, edit } => self.see_phase(*phase, edit),
            Change::DocumentAdded(document) => {
                self.documents.insert(document.id, document.title.clone());
                let codings = document.codings.iter();
                self.codings
                    .extend(codings.map(|coding| (coding.id, coding.code)));
            }
            Change::DocumentEdited {
                document,
                edit: DocumentEdit::Title(title),
            } => {
                self.documents.insert(*document, title.to.clone());
            }
            Change::CodeAdded(code) => {
                self.codes.insert(code.id, code.name.clone());
            }
            Change::CodeEdited {
                code,
                edit: CodeEdit::Name(name),
            } => {
                self.codes.insert(*code, name.to.clone());
            }
            Change::CodingAdded { coding, .. } => {
                self.codings.insert(coding.id, coding.code);
            }
            Change::CaseAdded(case) => {
                self.cases.insert(case.id, case.name.clone());
            }
            Change::CaseEdited {
                case,
                edit: CaseEdit::Name(name),
            } => {
                self.cases.insert(*case, name.to.clone());
            }
            Change::AttributeAdded(attribute) => {
                self.attributes.insert(attribute.id, attribute.localized());
            }
            Change::AttributeEdited { attribute, edit } => self.see_attribute(*attribute, edit),
            Change::MemoAdded(memo) => {
                self.memos.insert(memo.id, memo.title.clone());
            }
            Change::MemoEdited {
                memo,
                edit: MemoEdit::Title(title),
            } => {
                self.memos.insert(*memo, title.to.clone());
            }
            _ => {}
        }
    }

    fn see_phase(&mut self, id: PhaseId, edit: &PhaseEdit) {
        let name = self.phases.entry(id).or_default();
        match edit {
            PhaseEdit::Name(edit) => name.text.clone_from(&edit.to),
            PhaseEdit::Translation {
                language,
                name: edit,
            } => translate(name, language, edit.to.as_ref()),
            PhaseEdit::Rank(_) => {}
        }
    }

    fn see_attribute(&mut self, id: AttributeId, edit: &AttributeEdit) {
        let name = self.attributes.entry(id).or_default();
        match edit {
            AttributeEdit::Name(edit) => name.text.clone_from(&edit.to),
            AttributeEdit::Translation {
                language,
                name: edit,
            } => translate(name, language, edit.to.as_ref()),
            AttributeEdit::CategoryTranslation {
                category,
                language,
                name: edit,
            } => {
                let key = (id, category.clone());
                let name = self.categories.entry(key).or_default();
                name.text.clone_from(category);
                translate(name, language, edit.to.as_ref());
            }
            AttributeEdit::Definition(_) | AttributeEdit::Rank(_) | AttributeEdit::Kind(_) => {}
        }
    }
}
