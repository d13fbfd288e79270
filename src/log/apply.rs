//! The only function that alters a project.
//!
//! [`apply`] checks first and alters after: a change that is refused has altered nothing.

use std::{collections::BTreeMap, sync::Arc};

use serde::Serialize;

use super::change::{
    AttributeEdit, CaseEdit, Change, CodeEdit, CodingEdit, DocumentEdit, Edit, Holder, MemoEdit,
    PhaseEdit, ProjectEdit,
};
use crate::model::{
    Project,
    attribute::{Attribute, AttributeKind, AttributeOf, AttributeValue, Values},
    case::Case,
    clock::Stamp,
    code::Code,
    coding::Coding,
    conflict::{Conflict, FieldKey, SkipReason, Subject},
    document::{Document, Speaker, SpeakerRole},
    ids::{
        AttributeId, CaseId, CodeId, CodingId, DeviceId, DocumentId, EntryId, MemoId, PhaseId,
        QueryId, ScaleId, SetId,
    },
    memo::{Anchor, Link, Memo},
    query::SavedQuery,
    revision::{EditClash, Seen, TextEdit, follow},
    scale::Scale,
    set::Set,
    text::TextRange,
};

/// Who wrote a change, and what he had seen then.
#[derive(Debug, Clone)]
pub struct Author {
    /// The entry it belongs to.
    pub entry: EntryId,
    /// The device that wrote it.
    pub device: DeviceId,
    /// When.
    pub stamp: Stamp,
    /// What the device had seen of the others.
    pub seen: Seen,
}

type Outcome = Result<(), SkipReason>;

/// Takes a change into a project.
///
/// # Errors
/// When the change makes no sense here; the project is then as it was.
pub fn apply(project: &mut Project, author: &Author, change: &Change) -> Outcome {
    match change {
        Change::ProjectEdited(edit) => project_edited(project, author, edit),
        Change::CoderAdded(coder) => add(&mut project.coders, coder.id, coder.clone()),
        Change::CoderRenamed { coder, name } => {
            let slot = &mut project.coders.get_mut(coder).ok_or(SkipReason::Gone)?.name;
            Setter {
                conflicts: &mut project.conflicts,
                author,
                subject: Subject::Coder(*coder),
            }
            .set("name", slot, name)
        }
        Change::CoderRemoved(coder) => coder_removed(project, coder.id),
        Change::PhaseAdded(phase) => add(&mut project.phases, phase.id, phase.clone()),
        Change::PhaseEdited { phase, edit } => phase_edited(project, author, *phase, edit),
        Change::PhaseRemoved(phase) => phase_removed(project, phase.id),
        Change::DocumentAdded(document) => document_added(project, document),
        Change::DocumentEdited { document, edit } => {
            document_edited(project, author, *document, edit)
        }
        Change::DocumentRemoved(document) => document_removed(project, document),
        Change::TextReplaced {
            document,
            range,
            words,
            count,
        } => text_replaced(project, author, *document, *range, words, count),
        Change::CodeAdded(code) => code_added(project, code),
        Change::CodeEdited { code, edit } => code_edited(project, author, *code, edit),
        Change::CodeRemoved(code) => code_removed(project, code.id),
        Change::CodingAdded { document, coding } => {
            coding_added(project, author, *document, coding)
        }
        Change::CodingEdited {
            document,
            coding,
            edit,
        } => coding_edited(project, author, *document, *coding, edit),
        Change::CodingRemoved { document, coding } => coding_removed(project, *document, coding.id),
        Change::CaseAdded(case) => case_added(project, case),
        Change::CaseEdited { case, edit } => case_edited(project, author, *case, edit),
        Change::CaseRemoved(case) => case_removed(project, case.id),
        Change::AttributeAdded(attribute) => {
            add(&mut project.attributes, attribute.id, attribute.clone())
        }
        Change::AttributeEdited { attribute, edit } => {
            attribute_edited(project, author, *attribute, edit)
        }
        Change::AttributeRemoved(attribute) => attribute_removed(project, attribute.id),
        Change::ValueSet {
            holder,
            attribute,
            phase,
            value,
        } => value_set(project, author, *holder, (*attribute, *phase), value),
        Change::MemoAdded(memo) => memo_added(project, author, memo),
        Change::MemoEdited { memo, edit } => memo_edited(project, author, *memo, edit),
        Change::MemoRemoved(memo) => memo_removed(project, memo.id),
        Change::LinkAdded(link) => link_added(project, author, link),
        Change::LinkRemoved(link) => project
            .links
            .remove(&link.id)
            .map(drop)
            .ok_or(SkipReason::Gone),
        Change::QueryAdded(query) => add(&mut project.queries, query.id, query.clone()),
        Change::QueryEdited { query, edit } => query_edited(project, author, *query, edit),
        Change::QueryRemoved(query) => project
            .queries
            .remove(&query.id)
            .map(drop)
            .ok_or(SkipReason::Gone),
        Change::ScaleAdded(scale) => {
            scale_fits(project, scale)?;
            add(&mut project.scales, scale.id, scale.clone())
        }
        Change::ScaleEdited { scale, edit } => scale_edited(project, author, *scale, edit),
        Change::ScaleRemoved(scale) => project
            .scales
            .remove(&scale.id)
            .map(drop)
            .ok_or(SkipReason::Gone),
        Change::SetAdded(set) => {
            ensure(set.stands_in(project), SkipReason::Gone)?;
            add(&mut project.sets, set.id, set.clone())
        }
        Change::SetEdited { set, edit } => set_edited(project, author, *set, edit),
        Change::SetRemoved(set) => project
            .sets
            .remove(&set.id)
            .map(drop)
            .ok_or(SkipReason::Gone),
        Change::AttachmentAdded(attachment) => {
            add(&mut project.attachments, attachment.id, attachment.clone())
        }
        Change::AttachmentRemoved(attachment) => project
            .attachments
            .remove(&attachment.id)
            .map(drop)
            .ok_or(SkipReason::Gone),
    }
}

fn query_edited(
    project: &mut Project,
    author: &Author,
    id: QueryId,
    edit: &Edit<SavedQuery>,
) -> Outcome {
    ensure(edit.to.id == id, SkipReason::BadValue)?;
    let query = project.queries.get_mut(&id).ok_or(SkipReason::Gone)?;
    let setter = Setter {
        conflicts: &mut project.conflicts,
        author,
        subject: Subject::Query(id),
    };
    setter.set("query", query, edit)
}

fn scale_fits(project: &Project, scale: &Scale) -> Outcome {
    ensure(scale.is_sound(), SkipReason::BadValue)?;
    ensure(scale.stands_on(&project.attributes), SkipReason::Gone)
}

fn scale_edited(
    project: &mut Project,
    author: &Author,
    id: ScaleId,
    edit: &Edit<Scale>,
) -> Outcome {
    ensure(edit.to.id == id, SkipReason::BadValue)?;
    scale_fits(project, &edit.to)?;
    let scale = project.scales.get_mut(&id).ok_or(SkipReason::Gone)?;
    Setter {
        conflicts: &mut project.conflicts,
        author,
        subject: Subject::Scale(id),
    }
    .set("scale", scale, edit)
}

fn set_edited(project: &mut Project, author: &Author, id: SetId, edit: &Edit<Set>) -> Outcome {
    ensure(edit.to.id == id, SkipReason::BadValue)?;
    ensure(edit.to.stands_in(project), SkipReason::Gone)?;
    let set = project.sets.get_mut(&id).ok_or(SkipReason::Gone)?;
    Setter {
        conflicts: &mut project.conflicts,
        author,
        subject: Subject::Set(id),
    }
    .set("set", set, edit)
}

/// Sets fields and notes where two coders disagree.
struct Setter<'a> {
    conflicts: &'a mut BTreeMap<Box<FieldKey>, Conflict>,
    author: &'a Author,
    subject: Subject,
}

impl Setter<'_> {
    /// Sets a field; one that doesn't stand at `from` was set by somebody unseen.
    fn set<T: Clone + PartialEq + Serialize>(
        self,
        field: &str,
        slot: &mut T,
        edit: &Edit<T>,
    ) -> Outcome {
        if *slot == edit.from {
            if !self.conflicts.is_empty() {
                self.conflicts.remove(&FieldKey {
                    subject: self.subject,
                    field: field.to_owned(),
                });
            }
        } else if *slot != edit.to {
            let conflict = Conflict {
                before: json(slot),
                now: json(&edit.to),
                entry: self.author.entry,
            };
            self.conflicts.insert(
                Box::new(FieldKey {
                    subject: self.subject,
                    field: field.to_owned(),
                }),
                conflict,
            );
        }
        slot.clone_from(&edit.to);
        Ok(())
    }
}

fn json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

fn add<K: Ord, V>(map: &mut BTreeMap<K, V>, id: K, value: V) -> Outcome {
    match map.entry(id) {
        std::collections::btree_map::Entry::Vacant(free) => {
            free.insert(value);
            Ok(())
        }
        std::collections::btree_map::Entry::Occupied(_) => Err(SkipReason::AlreadyThere),
    }
}

fn ensure(holds: bool, reason: SkipReason) -> Outcome {
    if holds { Ok(()) } else { Err(reason) }
}

/// Whether a memo, a link or a set stands on something that `test` knows.
fn stood_on(project: &Project, test: impl Fn(Anchor) -> bool) -> bool {
    project.memos.values().any(|memo| test(memo.anchor))
        || project
            .links
            .values()
            .any(|link| test(link.from) || test(link.to))
        || project
            .sets
            .values()
            .any(|set| set.members.iter().any(|member| test(*member)))
}

fn project_edited(project: &mut Project, author: &Author, edit: &ProjectEdit) -> Outcome {
    let setter = Setter {
        conflicts: &mut project.conflicts,
        author,
        subject: Subject::Project,
    };
    match edit {
        ProjectEdit::Title(edit) => setter.set("title", &mut project.title, edit),
        ProjectEdit::Description(edit) => setter.set("description", &mut project.description, edit),
        ProjectEdit::Language(edit) => setter.set("language", &mut project.language, edit),
    }
}

fn coder_removed(project: &mut Project, id: crate::model::ids::CoderId) -> Outcome {
    ensure(project.coders.contains_key(&id), SkipReason::Gone)?;
    let codes = project
        .documents
        .values()
        .any(|document| document.codings.iter().any(|coding| coding.coder == id));
    ensure(
        !codes && project.memos.values().all(|memo| memo.coder != id),
        SkipReason::InUse,
    )?;
    project.coders.remove(&id);
    Ok(())
}

fn phase_edited(project: &mut Project, author: &Author, id: PhaseId, edit: &PhaseEdit) -> Outcome {
    let phase = project.phases.get_mut(&id).ok_or(SkipReason::Gone)?;
    let setter = Setter {
        conflicts: &mut project.conflicts,
        author,
        subject: Subject::Phase(id),
    };
    match edit {
        PhaseEdit::Name(edit) => setter.set("name", &mut phase.name, edit),
        PhaseEdit::Rank(edit) => setter.set("rank", &mut phase.rank, edit),
    }
}

fn phase_removed(project: &mut Project, id: PhaseId) -> Outcome {
    ensure(project.phases.contains_key(&id), SkipReason::Gone)?;
    let in_values = |values: &Values| values.keys().any(|(_, phase)| *phase == Some(id));
    let used = project
        .documents
        .values()
        .any(|document| document.phase == Some(id) || in_values(&document.values))
        || project.cases.values().any(|case| in_values(&case.values));
    ensure(!used, SkipReason::InUse)?;
    project.phases.remove(&id);
    Ok(())
}

fn document_added(project: &mut Project, document: &Document) -> Outcome {
    ensure(
        !project.documents.contains_key(&document.id),
        SkipReason::AlreadyThere,
    )?;
    let known_case = |case: &CaseId| project.cases.contains_key(case);
    let refers_well = document
        .phase
        .is_none_or(|phase| project.phases.contains_key(&phase))
        && document.cases.iter().all(known_case)
        && document
            .speakers
            .iter()
            .filter_map(|speaker| speaker.case.as_ref())
            .all(known_case)
        && document
            .codings
            .iter()
            .all(|coding| coding_fits(project, coding));
    ensure(refers_well, SkipReason::Gone)?;
    let len_chars = document.len_chars();
    let sound = document
        .codings
        .iter()
        .all(|coding| !coding.range.is_empty() && coding.range.end() <= len_chars)
        && document.codings.is_sorted_by(|a, b| a.order() < b.order())
        && document
            .values
            .iter()
            .all(|(key, value)| value_fits(project, AttributeOf::Documents, *key, value).is_ok());
    ensure(sound, SkipReason::BadValue)?;
    project
        .documents
        .insert(document.id, Arc::new(document.clone()));
    Ok(())
}

fn coding_fits(project: &Project, coding: &Coding) -> bool {
    project.codebook.get(coding.code).is_some() && project.coders.contains_key(&coding.coder)
}

fn document_edited(
    project: &mut Project,
    author: &Author,
    id: DocumentId,
    edit: &DocumentEdit,
) -> Outcome {
    let present = project.documents.get(&id).ok_or(SkipReason::Gone)?;
    let speaker_known = |speaker: u16| {
        ensure(
            usize::from(speaker) < present.speakers.len(),
            SkipReason::BadValue,
        )
    };
    let case_known = |case: &Option<CaseId>| {
        ensure(
            case.is_none_or(|case| project.cases.contains_key(&case)),
            SkipReason::Gone,
        )
    };
    match edit {
        DocumentEdit::Title(_) => {}
        DocumentEdit::Phase(edit) => ensure(
            edit.to
                .is_none_or(|phase| project.phases.contains_key(&phase)),
            SkipReason::Gone,
        )?,
        DocumentEdit::Case { case, .. } => case_known(&Some(*case))?,
        DocumentEdit::Speaker {
            speaker,
            label,
            present: edit,
        } => speaker_may_come_or_go(present, *speaker, label, edit.to)?,
        DocumentEdit::SpeakerLabel { speaker, .. } | DocumentEdit::SpeakerRole { speaker, .. } => {
            speaker_known(*speaker)?
        }
        DocumentEdit::SpeakerCase { speaker, case } => {
            speaker_known(*speaker).and(case_known(&case.to))?
        }
        DocumentEdit::Turn { turn, edit } => {
            ensure(*turn < present.source.n_turns, SkipReason::BadValue)?;
            edit.to.speaker.flatten().map_or(Ok(()), speaker_known)?;
        }
    }
    let document = Arc::make_mut(project.documents.get_mut(&id).ok_or(SkipReason::Gone)?);
    set_document_field(
        document,
        Setter {
            conflicts: &mut project.conflicts,
            author,
            subject: Subject::Document(id),
        },
        edit,
    )
}

/// A speaker comes after the last one, and goes as the last one whom no turn names.
fn speaker_may_come_or_go(document: &Document, speaker: u16, label: &str, comes: bool) -> Outcome {
    let count = document.speakers.len();
    if comes {
        return ensure(usize::from(speaker) == count, SkipReason::BadValue);
    }
    let same = |last: &Speaker| {
        last.label == label && last.case.is_none() && last.role == SpeakerRole::default()
    };
    ensure(
        usize::from(speaker) + 1 == count && document.speakers.last().is_some_and(same),
        SkipReason::BadValue,
    )?;
    ensure(
        !document
            .turn_edits
            .iter()
            .any(|(_, edit)| edit.speaker == Some(Some(speaker))),
        SkipReason::InUse,
    )
}

fn set_document_field(document: &mut Document, setter: Setter<'_>, edit: &DocumentEdit) -> Outcome {
    let gone = SkipReason::BadValue;
    match edit {
        DocumentEdit::Title(edit) => setter.set("title", &mut document.title, edit),
        DocumentEdit::Phase(edit) => setter.set("phase", &mut document.phase, edit),
        DocumentEdit::Case { case, belongs } => {
            if belongs.to {
                document.cases.insert(*case)
            } else {
                document.cases.remove(case)
            };
            Ok(())
        }
        DocumentEdit::Speaker { label, present, .. } => {
            if present.to {
                document.speakers.push(Speaker {
                    label: label.clone(),
                    role: SpeakerRole::default(),
                    case: None,
                });
            } else {
                document.speakers.pop();
            }
            Ok(())
        }
        DocumentEdit::SpeakerLabel { speaker, label } => {
            let slot = document
                .speakers
                .get_mut(usize::from(*speaker))
                .ok_or(gone)?;
            setter.set(&format!("speaker {speaker} label"), &mut slot.label, label)
        }
        DocumentEdit::SpeakerRole { speaker, role } => {
            let slot = document
                .speakers
                .get_mut(usize::from(*speaker))
                .ok_or(gone)?;
            setter.set(&format!("speaker {speaker} role"), &mut slot.role, role)
        }
        DocumentEdit::SpeakerCase { speaker, case } => {
            let slot = document
                .speakers
                .get_mut(usize::from(*speaker))
                .ok_or(gone)?;
            setter.set(&format!("speaker {speaker} case"), &mut slot.case, case)
        }
        DocumentEdit::Turn { turn, edit } => {
            let mut slot = document.turn_edit(*turn);
            setter.set(&format!("turn {turn}"), &mut slot, edit)?;
            document.set_turn_edit(*turn, slot);
            Ok(())
        }
    }
}

fn document_removed(project: &mut Project, removed: &Document) -> Outcome {
    let present = project.documents.get(&removed.id).ok_or(SkipReason::Gone)?;
    let foreseen = |coding: &Coding| removed.coding(coding.id).is_some();
    ensure(present.codings.iter().all(foreseen), SkipReason::InUse)?;
    ensure(
        !stood_on(project, |anchor| {
            crate::model::invariants::anchor_is_in(anchor, present)
        }),
        SkipReason::InUse,
    )?;
    project.documents.remove(&removed.id);
    Ok(())
}

fn text_replaced(
    project: &mut Project,
    author: &Author,
    id: DocumentId,
    range: TextRange,
    words: &Edit<String>,
    count: &Edit<u32>,
) -> Outcome {
    let present = project.documents.get(&id).ok_or(SkipReason::Gone)?;
    let clash = |clash| match clash {
        EditClash::Overlap => SkipReason::TextClash,
        EditClash::OutOfRange => SkipReason::BadValue,
    };
    let target = present
        .history
        .target_of(present.source.chars, range, author.device, &author.seen)
        .map_err(clash)?;
    let new_chars =
        u32::try_from(words.to.chars().count()).map_err(|_too_long| SkipReason::BadValue)?;
    let segment_survives = |anchor| match anchor {
        Anchor::Segment(document, range) if document == id => {
            follow(range, target, new_chars).is_some()
        }
        _ => true,
    };
    let codings_survive = present
        .codings
        .iter()
        .all(|coding| follow(coding.range, target, new_chars).is_some());
    ensure(
        codings_survive && !stood_on(project, |anchor| !segment_survives(anchor)),
        SkipReason::InUse,
    )?;
    let mut document = Document::clone(present);
    let edit = TextEdit {
        device: author.device,
        stamp: author.stamp,
        words: words.to.clone(),
    };
    document
        .history
        .replace(document.source.chars, target, edit)
        .map_err(clash)?;
    document.words = (document.words + count.to).saturating_sub(count.from);
    for coding in &mut document.codings {
        coding.range = follow(coding.range, target, new_chars).unwrap_or(coding.range);
    }
    document.codings.sort_by_key(Coding::order);
    project.documents.insert(id, Arc::new(document));
    let moved = |anchor: Anchor| match anchor {
        Anchor::Segment(document, range) if document == id => {
            Anchor::Segment(id, follow(range, target, new_chars).unwrap_or(range))
        }
        other => other,
    };
    for memo in project
        .memos
        .values_mut()
        .filter(|memo| moved(memo.anchor) != memo.anchor)
    {
        let memo = Arc::make_mut(memo);
        memo.anchor = moved(memo.anchor);
    }
    for link in project.links.values_mut() {
        (link.from, link.to) = (moved(link.from), moved(link.to));
    }
    Ok(())
}

fn code_added(project: &mut Project, code: &Code) -> Outcome {
    ensure(
        code.place
            .parent
            .is_none_or(|parent| project.codebook.get(parent).is_some()),
        SkipReason::Gone,
    )?;
    ensure(code.place.parent != Some(code.id), SkipReason::Cycle)?;
    add(&mut project.codebook.codes, code.id, Arc::new(code.clone()))
}

fn code_edited(project: &mut Project, author: &Author, id: CodeId, edit: &CodeEdit) -> Outcome {
    ensure(project.codebook.get(id).is_some(), SkipReason::Gone)?;
    if let CodeEdit::Place(place) = edit {
        ensure(
            place
                .to
                .parent
                .is_none_or(|parent| project.codebook.get(parent).is_some()),
            SkipReason::Gone,
        )?;
        ensure(
            !project.codebook.would_cycle(id, place.to.parent),
            SkipReason::Cycle,
        )?;
    }
    let code = Arc::make_mut(
        project
            .codebook
            .codes
            .get_mut(&id)
            .ok_or(SkipReason::Gone)?,
    );
    let setter = Setter {
        conflicts: &mut project.conflicts,
        author,
        subject: Subject::Code(id),
    };
    match edit {
        CodeEdit::Place(edit) => setter.set("place", &mut code.place, edit),
        CodeEdit::Name(edit) => setter.set("name", &mut code.name, edit),
        CodeEdit::Hue(edit) => setter.set("hue", &mut code.hue, edit),
        CodeEdit::Definition(edit) => setter.set("definition", &mut code.definition, edit),
        CodeEdit::ApplyWhen(edit) => setter.set("apply_when", &mut code.apply_when, edit),
        CodeEdit::NotWhen(edit) => setter.set("not_when", &mut code.not_when, edit),
        CodeEdit::Examples(edit) => setter.set("examples", &mut code.examples, edit),
        CodeEdit::Indicators(edit) => setter.set("indicators", &mut code.indicators, edit),
        CodeEdit::Facets(edit) => setter.set("facets", &mut code.facets, edit),
        CodeEdit::Key(edit) => setter.set("key", &mut code.key, edit),
    }
}

fn code_removed(project: &mut Project, id: CodeId) -> Outcome {
    ensure(project.codebook.get(id).is_some(), SkipReason::Gone)?;
    let used = project
        .codebook
        .codes
        .values()
        .any(|code| code.place.parent == Some(id))
        || project
            .documents
            .values()
            .any(|document| document.codings.iter().any(|coding| coding.code == id))
        || stood_on(project, |anchor| anchor.is_of_code(id));
    ensure(!used, SkipReason::InUse)?;
    project.codebook.codes.remove(&id);
    Ok(())
}

/// A range of the text that the author saw, in the current text.
fn current_range(
    document: &Document,
    author: &Author,
    range: TextRange,
) -> Result<TextRange, SkipReason> {
    ensure(!range.is_empty(), SkipReason::BadValue)?;
    let current =
        document
            .history
            .to_current(document.source.chars, range, author.device, &author.seen);
    current.ok_or(if document.history.is_untouched() {
        SkipReason::BadValue
    } else {
        SkipReason::PassageGone
    })
}

fn coding_added(
    project: &mut Project,
    author: &Author,
    id: DocumentId,
    coding: &Coding,
) -> Outcome {
    let fits = coding_fits(project, coding);
    let document = project.documents.get_mut(&id).ok_or(SkipReason::Gone)?;
    ensure(fits, SkipReason::Gone)?;
    ensure(
        document.coding(coding.id).is_none(),
        SkipReason::AlreadyThere,
    )?;
    let range = current_range(document, author, coding.range)?;
    Arc::make_mut(document).insert_coding(Coding {
        range,
        ..coding.clone()
    });
    Ok(())
}

fn coding_edited(
    project: &mut Project,
    author: &Author,
    id: DocumentId,
    coding: CodingId,
    edit: &CodingEdit,
) -> Outcome {
    let code_known = match edit {
        CodingEdit::Code(edit) => project.codebook.get(edit.to).is_some(),
        CodingEdit::Range(_) | CodingEdit::Facet { .. } => true,
    };
    let document = project.documents.get_mut(&id).ok_or(SkipReason::Gone)?;
    ensure(
        code_known && document.coding(coding).is_some(),
        SkipReason::Gone,
    )?;
    let setter = Setter {
        conflicts: &mut project.conflicts,
        author,
        subject: Subject::Coding(id, coding),
    };
    let ranges = match edit {
        CodingEdit::Range(edit) => {
            let to = current_range(document, author, edit.to)?;
            Some(Edit::new(
                current_range(document, author, edit.from).unwrap_or(edit.from),
                to,
            ))
        }
        CodingEdit::Code(_) | CodingEdit::Facet { .. } => None,
    };
    let document = Arc::make_mut(document);
    let mut changed = document.remove_coding(coding).ok_or(SkipReason::Gone)?;
    let outcome = match (edit, ranges) {
        (CodingEdit::Range(_), Some(ranges)) => setter.set("range", &mut changed.range, &ranges),
        (CodingEdit::Range(_), None) => Ok(()),
        (CodingEdit::Code(edit), _) => setter.set("code", &mut changed.code, edit),
        (CodingEdit::Facet { facet, value }, _) => {
            let mut slot = changed.facets.get(facet).cloned();
            let outcome = setter.set(&format!("facet {facet}"), &mut slot, value);
            match slot {
                Some(value) => changed.facets.insert(*facet, value),
                None => changed.facets.remove(facet),
            };
            outcome
        }
    };
    document.insert_coding(changed);
    outcome
}

fn coding_removed(project: &mut Project, id: DocumentId, coding: CodingId) -> Outcome {
    ensure(
        !stood_on(project, |anchor| anchor == Anchor::Coding(id, coding)),
        SkipReason::InUse,
    )?;
    let document = project.documents.get_mut(&id).ok_or(SkipReason::Gone)?;
    ensure(document.coding(coding).is_some(), SkipReason::Gone)?;
    Arc::make_mut(document).remove_coding(coding);
    Ok(())
}

fn case_added(project: &mut Project, case: &Case) -> Outcome {
    ensure(
        case.parent
            .is_none_or(|parent| project.cases.contains_key(&parent)),
        SkipReason::Gone,
    )?;
    ensure(case.parent != Some(case.id), SkipReason::Cycle)?;
    for (key, value) in &case.values {
        value_fits(project, AttributeOf::Cases, *key, value)?;
    }
    add(&mut project.cases, case.id, Arc::new(case.clone()))
}

fn case_edited(project: &mut Project, author: &Author, id: CaseId, edit: &CaseEdit) -> Outcome {
    ensure(project.cases.contains_key(&id), SkipReason::Gone)?;
    if let CaseEdit::Parent(edit) = edit
        && let Some(parent) = edit.to
    {
        ensure(project.cases.contains_key(&parent), SkipReason::Gone)?;
        ensure(!project.case_is_within(parent, id), SkipReason::Cycle)?;
    }
    let case = Arc::make_mut(project.cases.get_mut(&id).ok_or(SkipReason::Gone)?);
    let setter = Setter {
        conflicts: &mut project.conflicts,
        author,
        subject: Subject::Case(id),
    };
    match edit {
        CaseEdit::Name(edit) => setter.set("name", &mut case.name, edit),
        CaseEdit::Kind(edit) => setter.set("kind", &mut case.kind, edit),
        CaseEdit::Parent(edit) => setter.set("parent", &mut case.parent, edit),
    }
}

fn case_removed(project: &mut Project, id: CaseId) -> Outcome {
    ensure(project.cases.contains_key(&id), SkipReason::Gone)?;
    let speaks = |document: &Document| {
        document
            .speakers
            .iter()
            .any(|speaker| speaker.case == Some(id))
    };
    let used = project.cases.values().any(|case| case.parent == Some(id))
        || project
            .documents
            .values()
            .any(|document| document.cases.contains(&id) || speaks(document))
        || stood_on(project, |anchor| anchor.is_of_case(id));
    ensure(!used, SkipReason::InUse)?;
    project.cases.remove(&id);
    Ok(())
}

fn values_of(project: &Project, id: AttributeId) -> impl Iterator<Item = &AttributeValue> {
    let of_cases = project.cases.values().map(|case| &case.values);
    let of_documents = project.documents.values().map(|document| &document.values);
    of_cases
        .chain(of_documents)
        .flatten()
        .filter(move |((attribute, _), _)| *attribute == id)
        .map(|(_, value)| value)
}

fn is_an_item(project: &Project, id: AttributeId) -> bool {
    project
        .scales
        .values()
        .any(|scale| scale.attributes().any(|item| item == id))
}

fn attribute_edited(
    project: &mut Project,
    author: &Author,
    id: AttributeId,
    edit: &AttributeEdit,
) -> Outcome {
    if let AttributeEdit::Kind(Edit { to, .. }) = edit {
        let fits = |kind: &AttributeKind| values_of(project, id).all(|value| kind.admits(value));
        ensure(fits(to), SkipReason::BadValue)?;
        ensure(
            *to == AttributeKind::Number || !is_an_item(project, id),
            SkipReason::InUse,
        )?;
    }
    let attribute: &mut Attribute = project.attributes.get_mut(&id).ok_or(SkipReason::Gone)?;
    let setter = Setter {
        conflicts: &mut project.conflicts,
        author,
        subject: Subject::Attribute(id),
    };
    match edit {
        AttributeEdit::Name(edit) => setter.set("name", &mut attribute.name, edit),
        AttributeEdit::Definition(edit) => {
            setter.set("definition", &mut attribute.definition, edit)
        }
        AttributeEdit::Rank(edit) => setter.set("rank", &mut attribute.rank, edit),
        AttributeEdit::Kind(edit) => setter.set("kind", &mut attribute.kind, edit),
    }
}

fn attribute_removed(project: &mut Project, id: AttributeId) -> Outcome {
    ensure(project.attributes.contains_key(&id), SkipReason::Gone)?;
    ensure(
        values_of(project, id).next().is_none() && !is_an_item(project, id),
        SkipReason::InUse,
    )?;
    project.attributes.remove(&id);
    Ok(())
}

fn value_fits(
    project: &Project,
    of: AttributeOf,
    key: (AttributeId, Option<PhaseId>),
    value: &AttributeValue,
) -> Outcome {
    let (id, phase) = key;
    let attribute = project.attributes.get(&id).ok_or(SkipReason::Gone)?;
    ensure(
        phase.is_none_or(|phase| project.phases.contains_key(&phase)),
        SkipReason::Gone,
    )?;
    let fits = attribute.of == of
        && attribute.per_phase == phase.is_some()
        && attribute.kind.admits(value);
    ensure(fits, SkipReason::BadValue)
}

fn value_set(
    project: &mut Project,
    author: &Author,
    holder: Holder,
    key: (AttributeId, Option<PhaseId>),
    edit: &Edit<Option<AttributeValue>>,
) -> Outcome {
    if let Some(value) = &edit.to {
        let of = match holder {
            Holder::Case(_) => AttributeOf::Cases,
            Holder::Document(_) => AttributeOf::Documents,
        };
        value_fits(project, of, key, value)?;
    }
    let (values, subject) = match holder {
        Holder::Case(id) => (
            &mut Arc::make_mut(project.cases.get_mut(&id).ok_or(SkipReason::Gone)?).values,
            Subject::Case(id),
        ),
        Holder::Document(id) => (
            &mut Arc::make_mut(project.documents.get_mut(&id).ok_or(SkipReason::Gone)?).values,
            Subject::Document(id),
        ),
    };
    let field = key.1.map_or_else(
        || format!("value {}", key.0),
        |phase| format!("value {} in {phase}", key.0),
    );
    let mut slot = values.get(&key).cloned();
    Setter {
        conflicts: &mut project.conflicts,
        author,
        subject,
    }
    .set(&field, &mut slot, edit)?;
    match slot {
        Some(value) => values.insert(key, value),
        None => values.remove(&key),
    };
    Ok(())
}

/// An anchor with a segment's range brought to the current text; refused when there is nothing to stand on.
fn current_anchor(
    project: &Project,
    author: &Author,
    anchor: Anchor,
) -> Result<Anchor, SkipReason> {
    let anchor = match anchor {
        Anchor::Segment(id, range) => {
            let document = project.documents.get(&id).ok_or(SkipReason::Gone)?;
            Anchor::Segment(id, current_range(document, author, range)?)
        }
        other => other,
    };
    ensure(project.has(anchor), SkipReason::Gone)?;
    Ok(anchor)
}

fn memo_added(project: &mut Project, author: &Author, memo: &Memo) -> Outcome {
    let anchor = current_anchor(project, author, memo.anchor)?;
    ensure(project.coders.contains_key(&memo.coder), SkipReason::Gone)?;
    ensure(anchor != Anchor::Memo(memo.id), SkipReason::Cycle)?;
    add(
        &mut project.memos,
        memo.id,
        Arc::new(Memo {
            anchor,
            ..memo.clone()
        }),
    )
}

fn memo_edited(project: &mut Project, author: &Author, id: MemoId, edit: &MemoEdit) -> Outcome {
    let anchors = match edit {
        MemoEdit::Anchor(edit) => {
            ensure(edit.to != Anchor::Memo(id), SkipReason::Cycle)?;
            let to = current_anchor(project, author, edit.to)?;
            Some(Edit::new(
                current_anchor(project, author, edit.from).unwrap_or(edit.from),
                to,
            ))
        }
        MemoEdit::Title(_) | MemoEdit::Body(_) | MemoEdit::Kind(_) => None,
    };
    let memo = Arc::make_mut(project.memos.get_mut(&id).ok_or(SkipReason::Gone)?);
    let setter = Setter {
        conflicts: &mut project.conflicts,
        author,
        subject: Subject::Memo(id),
    };
    match (edit, anchors) {
        (MemoEdit::Title(edit), _) => setter.set("title", &mut memo.title, edit),
        (MemoEdit::Body(edit), _) => setter.set("body", &mut memo.body, edit),
        (MemoEdit::Kind(edit), _) => setter.set("kind", &mut memo.kind, edit),
        (MemoEdit::Anchor(_), Some(edit)) => setter.set("anchor", &mut memo.anchor, &edit),
        (MemoEdit::Anchor(_), None) => Ok(()),
    }
}

fn memo_removed(project: &mut Project, id: MemoId) -> Outcome {
    ensure(project.memos.contains_key(&id), SkipReason::Gone)?;
    ensure(
        !stood_on(project, |anchor| anchor == Anchor::Memo(id)),
        SkipReason::InUse,
    )?;
    project.memos.remove(&id);
    Ok(())
}

fn link_added(project: &mut Project, author: &Author, link: &Link) -> Outcome {
    let from = current_anchor(project, author, link.from)?;
    let to = current_anchor(project, author, link.to)?;
    add(
        &mut project.links,
        link.id,
        Link {
            from,
            to,
            ..link.clone()
        },
    )
}
