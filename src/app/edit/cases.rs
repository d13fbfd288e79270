//! Edits of cases, attributes and their values.

use std::collections::BTreeMap;

use super::{Edited, name_of, some};
use crate::{
    app::{identity::Identities, refusal::Refusal},
    log::change::{AttributeEdit, CaseEdit, Change, DocumentEdit, Edit, Holder},
    message::{Argument, text::Text},
    model::{
        Project,
        attribute::{Attribute, AttributeKind, AttributeOf, AttributeValue},
        case::{Case, CaseKind},
        ids::{AttributeId, CaseId, PhaseId},
        rank::Rank,
    },
};

fn case_of(project: &Project, id: CaseId) -> Result<&Case, Refusal> {
    project
        .cases
        .get(&id)
        .map(AsRef::as_ref)
        .ok_or_else(|| Refusal::NoCase(id.to_string()))
}

fn free_name(project: &Project, name: &str, own: Option<CaseId>) -> Result<String, Refusal> {
    let name = name_of(name)?;
    match project.case_by_name(&name) {
        Some(case) if Some(case.id) != own => Err(Refusal::NameTaken(name)),
        _ => Ok(name),
    }
}

/// Adds a case.
///
/// # Errors
/// When the name is empty or taken, or the parent isn't there.
pub fn add_case(
    project: &Project,
    ids: &mut Identities,
    name: &str,
    kind: CaseKind,
    parent: Option<CaseId>,
) -> Edited {
    let name = free_name(project, name, None)?;
    if let Some(parent) = parent {
        case_of(project, parent)?;
    }
    Ok(vec![Change::CaseAdded(Box::new(Case {
        id: ids.id(),
        name,
        kind,
        parent,
        values: BTreeMap::new(),
    }))])
}

/// Sets name, kind and parent of a case.
///
/// # Errors
/// When it isn't there, the name is taken, or it would lie in itself.
pub fn set_case(
    project: &Project,
    id: CaseId,
    name: &str,
    kind: &CaseKind,
    parent: Option<CaseId>,
) -> Edited {
    let case = case_of(project, id)?;
    let name = free_name(project, name, Some(id))?;
    if let Some(parent) = parent {
        case_of(project, parent)?;
        if project.case_is_within(parent, id) {
            return Err(Refusal::Cycle(case.name.clone()));
        }
    }
    let mut edits = Vec::new();
    if case.name != name {
        edits.push(CaseEdit::Name(Edit::new(case.name.clone(), name)));
    }
    if case.kind != *kind {
        edits.push(CaseEdit::Kind(Edit::new(case.kind.clone(), kind.clone())));
    }
    if case.parent != parent {
        edits.push(CaseEdit::Parent(Edit::new(case.parent, parent)));
    }
    some(
        edits
            .into_iter()
            .map(|edit| Change::CaseEdited { case: id, edit })
            .collect(),
    )
}

/// Removes a case: documents and speakers are unlinked, memos and links on it go, cases below move up.
///
/// # Errors
/// When it isn't there.
pub fn remove_case(project: &Project, id: CaseId) -> Edited {
    let case = case_of(project, id)?;
    let mut changes = super::memo::removals_on(project, |anchor| anchor.is_of_case(id));
    for document in project.documents.values() {
        if document.cases.contains(&id) {
            let edit = DocumentEdit::Case {
                case: id,
                belongs: Edit::new(true, false),
            };
            changes.push(Change::DocumentEdited {
                document: document.id,
                edit,
            });
        }
        for (speaker, _) in (0u16..)
            .zip(&document.speakers)
            .filter(|(_, speaker)| speaker.case == Some(id))
        {
            let edit = DocumentEdit::SpeakerCase {
                speaker,
                case: Edit::new(Some(id), None),
            };
            changes.push(Change::DocumentEdited {
                document: document.id,
                edit,
            });
        }
    }
    for below in project.cases_below(Some(id)) {
        changes.push(Change::CaseEdited {
            case: below.id,
            edit: CaseEdit::Parent(Edit::new(Some(id), case.parent)),
        });
    }
    changes.push(Change::CaseRemoved(Box::new(case.clone())));
    Ok(changes)
}

/// Adds an attribute after the others.
///
/// # Errors
/// When the name is empty or taken.
pub fn add_attribute(
    project: &Project,
    ids: &mut Identities,
    name: &str,
    of: AttributeOf,
    kind: AttributeKind,
    per_phase: bool,
) -> Edited {
    let name = name_of(name)?;
    if project.attribute_by_name(of, &name).is_some() {
        return Err(Refusal::NameTaken(name));
    }
    let rank = Rank::after(project.attributes.values().map(|attribute| &attribute.rank));
    Ok(vec![Change::AttributeAdded(Attribute {
        id: ids.id(),
        name,
        definition: String::new(),
        of,
        kind,
        per_phase,
        rank,
    })])
}

/// Sets the name and the definition of an attribute.
///
/// # Errors
/// When it isn't there, the name is empty or taken, or nothing changes.
pub fn set_attribute(project: &Project, id: AttributeId, name: &str, definition: &str) -> Edited {
    let attribute = project
        .attributes
        .get(&id)
        .ok_or_else(|| Refusal::NoAttribute(id.to_string()))?;
    let name = name_of(name)?;
    if project
        .attribute_by_name(attribute.of, &name)
        .is_some_and(|other| other.id != id)
    {
        return Err(Refusal::NameTaken(name));
    }
    let mut edits = Vec::new();
    if attribute.name != name {
        edits.push(AttributeEdit::Name(Edit::new(attribute.name.clone(), name)));
    }
    if attribute.definition != definition {
        edits.push(AttributeEdit::Definition(Edit::new(
            attribute.definition.clone(),
            definition.to_owned(),
        )));
    }
    some(
        edits
            .into_iter()
            .map(|edit| Change::AttributeEdited {
                attribute: id,
                edit,
            })
            .collect(),
    )
}

/// Removes an attribute with all its values.
///
/// # Errors
/// When it isn't there.
pub fn remove_attribute(project: &Project, id: AttributeId) -> Edited {
    let attribute = project
        .attributes
        .get(&id)
        .ok_or_else(|| Refusal::NoAttribute(id.to_string()))?;
    let of_cases = project
        .cases
        .values()
        .map(|case| (Holder::Case(case.id), &case.values));
    let of_documents = project
        .documents
        .values()
        .map(|document| (Holder::Document(document.id), &document.values));
    let mut changes = Vec::new();
    for (holder, values) in of_cases.chain(of_documents) {
        for ((_, phase), value) in values.iter().filter(|((attribute, _), _)| *attribute == id) {
            let value = Edit::new(Some(value.clone()), None);
            changes.push(Change::ValueSet {
                holder,
                attribute: id,
                phase: *phase,
                value,
            });
        }
    }
    changes.extend(super::scale::without_item(project, id));
    changes.push(Change::AttributeRemoved(attribute.clone()));
    Ok(changes)
}

/// The values that a kind of attribute accepts.
pub fn accepted_values(kind: &AttributeKind) -> Argument {
    match kind {
        AttributeKind::Text => Text::new("any text", "任意文字").into(),
        AttributeKind::Number => Text::new("a number", "数字").into(),
        AttributeKind::Date => Text::new("a date such as 2025-03-09", "日期，如 2025-03-09").into(),
        AttributeKind::YesNo => Text::new("yes or no", "是或否").into(),
        AttributeKind::Category(values) => values.as_slice().into(),
    }
}

/// Sets or clears a value, as people write it; a new category is added to its attribute.
///
/// # Errors
/// When holder, attribute or phase isn't there, or the value doesn't fit.
pub fn set_value(
    project: &Project,
    holder: Holder,
    id: AttributeId,
    phase: Option<PhaseId>,
    text: &str,
) -> Edited {
    let attribute = project
        .attributes
        .get(&id)
        .ok_or_else(|| Refusal::NoAttribute(id.to_string()))?;
    match (attribute.per_phase, phase) {
        (true, None) => return Err(Refusal::PhaseWanted(attribute.name.clone())),
        (false, Some(_)) => return Err(Refusal::PhaseUnwanted(attribute.name.clone())),
        _ => {}
    }
    let values = match holder {
        Holder::Case(id) => &case_of(project, id)?.values,
        Holder::Document(id) => &super::document_of(project, id)?.values,
    };
    let from = values.get(&(id, phase)).cloned();
    let (kind, to) = read_value(attribute, text)?;
    let mut changes = Vec::new();
    if let Some(kind) = kind {
        let edit = AttributeEdit::Kind(Edit::new(attribute.kind.clone(), kind));
        changes.push(Change::AttributeEdited {
            attribute: id,
            edit,
        });
    }
    if from != to {
        changes.push(Change::ValueSet {
            holder,
            attribute: id,
            phase,
            value: Edit::new(from, to),
        });
    }
    some(changes)
}

/// A value and, where it is a new category, the kind that has it; empty text is "no value yet".
fn read_value(
    attribute: &Attribute,
    text: &str,
) -> Result<(Option<AttributeKind>, Option<AttributeValue>), Refusal> {
    let text = text.trim();
    if text.is_empty() {
        return Ok((None, None));
    }
    match (attribute.kind.parse(text), &attribute.kind) {
        (Some(value), _) => Ok((None, Some(value))),
        (None, AttributeKind::Category(values)) => {
            let values = values.iter().cloned().chain([text.to_owned()]).collect();
            Ok((
                Some(AttributeKind::Category(values)),
                Some(AttributeValue::Category(text.to_owned())),
            ))
        }
        (None, kind) => Err(Refusal::BadValue {
            field: attribute.name.clone(),
            value: text.to_owned(),
            takes: accepted_values(kind),
        }),
    }
}
