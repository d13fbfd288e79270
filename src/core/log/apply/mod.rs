//! The only function that changes a project.
//!
//! [`apply`] checks a change completely before it changes anything: a refused change leaves the
//! project as it was. The checks are those that any order of merged entries has to pass (is what the
//! change names there?), not the rules of an edit, which depend on what a user saw.

mod case;
mod codebook;
mod coding;
mod document;
mod erased;
mod project;
mod reference;
mod text;

use std::{
    collections::{BTreeMap, btree_map},
    sync::Arc,
};

use serde::Serialize;

use self::{
    case::{
        attribute_added, attribute_edited, attribute_removed, case_added, case_edited,
        case_removed, value_set,
    },
    codebook::{code_added, code_edited, code_removed},
    coding::{coding_added, coding_edited, coding_removed},
    document::{document_added, document_edited, document_removed},
    erased::erased,
    project::{
        coder_added, coder_edited, coder_removed, coder_renamed, phase_edited, phase_removed,
        project_edited,
    },
    reference::{
        link_added, memo_added, memo_edited, memo_removed, query_edited, scale_added, scale_edited,
        set_added, set_edited,
    },
    text::text_replaced,
};
use super::change::{Change, Edit};
use crate::model::{
    Project,
    clock::Stamp,
    conflict::{Conflict, FieldKey, SkipReason, Subject},
    ids::{DeviceId, EntryId},
    localized::{Language, Translations},
    memo::Anchor,
    revision::Seen,
};

/// Who wrote a change, and what that device had seen then.
#[derive(Debug, Clone)]
pub struct Author {
    /// The entry that contains the change.
    pub entry: EntryId,
    /// The device that wrote it.
    pub device: DeviceId,
    /// When it was written.
    pub stamp: Stamp,
    /// What the device had seen of the others.
    pub seen: Seen,
}

type ApplyResult = Result<(), SkipReason>;

/// Applies a change to a project.
///
/// # Errors
/// When the change makes no sense in this project, which is then as it was.
pub fn apply(project: &mut Project, author: &Author, change: &Change) -> ApplyResult {
    use Change as C;
    match change {
        C::ProjectEdited(edit) => project_edited(project, author, edit),
        C::CoderAdded(coder) => coder_added(project, coder),
        C::CoderRenamed { coder, name } => coder_renamed(project, author, *coder, name),
        C::CoderEdited { coder, edit } => coder_edited(project, author, *coder, edit),
        C::CoderRemoved(coder) => coder_removed(project, coder.id),
        C::PhaseAdded(phase) => add(&mut project.phases, phase.id, phase),
        C::PhaseEdited { phase, edit } => phase_edited(project, author, *phase, edit),
        C::PhaseRemoved(phase) => phase_removed(project, phase.id),
        C::DocumentAdded(document) => document_added(project, document),
        C::DocumentEdited { document, edit } => document_edited(project, author, *document, edit),
        C::DocumentRemoved(document) => document_removed(project, document),
        C::TextReplaced {
            document,
            range,
            words,
            count,
        } => text_replaced(project, author, *document, *range, words, count),
        C::CodeAdded(code) => code_added(project, code),
        C::CodeEdited { code, edit } => code_edited(project, author, *code, edit),
        C::CodeRemoved(code) => code_removed(project, code.id),
        C::CodingAdded { document, coding } => coding_added(project, author, *document, coding),
        C::CodingEdited {
            document,
            coding,
            edit,
        } => coding_edited(project, author, *document, *coding, edit),
        C::CodingRemoved { document, coding } => coding_removed(project, *document, coding.id),
        C::CaseAdded(case) => case_added(project, case),
        C::CaseEdited { case, edit } => case_edited(project, author, *case, edit),
        C::CaseRemoved(case) => case_removed(project, case.id),
        C::AttributeAdded(attribute) => attribute_added(project, attribute),
        C::AttributeEdited { attribute, edit } => {
            attribute_edited(project, author, *attribute, edit)
        }
        C::AttributeRemoved(attribute) => attribute_removed(project, attribute.id),
        C::ValueSet {
            holder,
            attribute,
            phase,
            value,
        } => value_set(project, author, *holder, *attribute, *phase, value),
        C::MemoAdded(memo) => memo_added(project, author, memo),
        C::MemoEdited { memo, edit } => memo_edited(project, author, *memo, edit),
        C::MemoRemoved(memo) => memo_removed(project, memo.id),
        C::LinkAdded(link) => link_added(project, author, link),
        C::LinkRemoved(link) => remove(&mut project.links, &link.id),
        C::QueryAdded(query) => add(&mut project.queries, query.id, query),
        C::QueryEdited { query, edit } => query_edited(project, author, *query, edit),
        C::QueryRemoved(query) => remove(&mut project.queries, &query.id),
        C::ScaleAdded(scale) => scale_added(project, scale),
        C::ScaleEdited { scale, edit } => scale_edited(project, author, *scale, edit),
        C::ScaleRemoved(scale) => remove(&mut project.scales, &scale.id),
        C::SetAdded(set) => set_added(project, set),
        C::SetEdited { set, edit } => set_edited(project, author, *set, edit),
        C::SetRemoved(set) => remove(&mut project.sets, &set.id),
        C::AttachmentAdded(file) => add(&mut project.attachments, file.id, file),
        C::AttachmentRemoved(file) => remove(&mut project.attachments, &file.id),
        C::Erased(erasure) => erased(project, author, erasure),
    }
}

impl Author {
    /// Prepares setting a field of a thing.
    fn setter<'a>(
        &'a self,
        conflicts: &'a mut BTreeMap<Box<FieldKey>, Conflict>,
        subject: Subject,
    ) -> FieldSetter<'a> {
        FieldSetter {
            conflicts,
            author: self,
            subject,
        }
    }
}

/// Sets a field and notes whether two coders disagree about it.
struct FieldSetter<'a> {
    conflicts: &'a mut BTreeMap<Box<FieldKey>, Conflict>,
    author: &'a Author,
    subject: Subject,
}

impl FieldSetter<'_> {
    /// Sets a field.
    ///
    /// If it has not the value that the author saw, somebody else has set it meanwhile. The later
    /// value wins, and the two are kept as a conflict.
    fn set<T: Clone + PartialEq + Serialize>(
        self,
        field: &str,
        slot: &mut T,
        edit: &Edit<T>,
    ) -> ApplyResult {
        if *slot == edit.from {
            // The author knew the present value, so whoever sets it now has settled a conflict. The
            // check saves building a key for each of hundreds of thousands of changes.
            if !self.conflicts.is_empty() {
                self.conflicts.remove(&self.key(field));
            }
        } else if *slot != edit.to {
            let conflict = Conflict {
                before: to_json(slot),
                now: to_json(&edit.to),
                entry: self.author.entry,
            };
            let key = self.key(field);
            self.conflicts.insert(Box::new(key), conflict);
        }
        slot.clone_from(&edit.to);
        Ok(())
    }

    fn key(&self, field: &str) -> FieldKey {
        FieldKey {
            subject: self.subject,
            field: field.to_owned(),
        }
    }
}

/// Sets the translation of a name into a language.
fn set_translation(
    setter: FieldSetter<'_>,
    translations: &mut Translations,
    language: &Language,
    edit: &Edit<Option<String>>,
) -> ApplyResult {
    let mut slot = translations.remove(language);
    setter.set(&format!("name in {language}"), &mut slot, edit)?;
    translations.extend(slot.map(|name| (language.clone(), name)));
    Ok(())
}

fn to_json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("values of fields are plain data with text as keys")
}

fn add<K: Ord, V: Clone>(map: &mut BTreeMap<K, V>, id: K, value: &V) -> ApplyResult {
    match map.entry(id) {
        btree_map::Entry::Vacant(free) => {
            free.insert(value.clone());
            Ok(())
        }
        btree_map::Entry::Occupied(_) => Err(SkipReason::AlreadyThere),
    }
}

fn add_shared<K: Ord, V: Clone>(map: &mut BTreeMap<K, Arc<V>>, id: K, value: &V) -> ApplyResult {
    ensure(!map.contains_key(&id), SkipReason::AlreadyThere)?;
    map.insert(id, Arc::new(value.clone()));
    Ok(())
}

fn remove<K: Ord, V>(map: &mut BTreeMap<K, V>, id: &K) -> ApplyResult {
    map.remove(id).map(drop).ok_or(SkipReason::Gone)
}

fn ensure(holds: bool, reason: SkipReason) -> ApplyResult {
    if holds { Ok(()) } else { Err(reason) }
}

/// Returns true if a memo or link is on something for which `test` returns true, or a set has it.
fn is_referred_to(project: &Project, test: impl Fn(Anchor) -> bool) -> bool {
    let mut memos = project.memos.values();
    let mut links = project.links.values();
    let mut sets = project.sets.values();
    memos.any(|memo| test(memo.anchor))
        || links.any(|link| test(link.from) || test(link.to))
        || sets.any(|set| set.members.iter().any(|member| test(*member)))
}
