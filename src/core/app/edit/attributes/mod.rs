//! Edits of attributes and their values.

mod categories;
mod kind;

pub(crate) use categories::{rename_category, set_categories, translate_category};
pub(crate) use kind::set_kind;
pub use kind::{Conversion, ConvertedValue, conversion};

use super::{free_name, lookup, rank_before, scale, transaction::Transaction};
use crate::{
    app::{action::NewValue, refusal::Refusal},
    log::change::{AttributeEdit, Change, Edit, Holder},
    model::{
        Project,
        attribute::{Attribute, AttributeKind, AttributeOf, AttributeValue, Values},
        ids::{AttributeId, PhaseId},
        rank::Rank,
    },
};

/// Adds an attribute after the others.
///
/// # Errors
/// When the name is empty or taken, or coders would have a value for each phase.
pub(crate) fn add_attribute(
    tx: &mut Transaction<'_>,
    name: &str,
    of: AttributeOf,
    kind: AttributeKind,
    per_phase: bool,
) -> Result<(), Refusal> {
    let name = free_attribute_name(tx.project(), of, name, None)?;
    if per_phase && !of.has_phases() {
        return Err(Refusal::NoPhasesOfCoders(name));
    }
    append_attribute(tx, name, of, kind, per_phase);
    Ok(())
}

/// A name or translation that no other attribute of cases, of documents or of coders has.
pub(super) fn free_attribute_name(
    project: &Project,
    of: AttributeOf,
    name: &str,
    own: Option<AttributeId>,
) -> Result<String, Refusal> {
    let attributes = project.attributes.values().filter(|own| own.of == of);
    let names = attributes.flat_map(|own| own.names().map(|name| (own.id, name)));
    free_name(name, own, names)
}

/// Adds an attribute of a name that is free after the others.
pub(super) fn append_attribute(
    tx: &mut Transaction<'_>,
    name: String,
    of: AttributeOf,
    kind: AttributeKind,
    per_phase: bool,
) -> AttributeId {
    let attributes = tx.project().attributes.values();
    let rank = Rank::after(attributes.map(|attribute| &attribute.rank));
    let attribute = Attribute::new(tx.id(), name, of, kind, per_phase, rank);
    let id = attribute.id;
    tx.record(Change::AttributeAdded(attribute));
    id
}

/// Sets the name and the definition of an attribute.
///
/// # Errors
/// When it doesn't exist, or the name is empty or taken.
pub(crate) fn set_attribute(
    tx: &mut Transaction<'_>,
    id: AttributeId,
    name: &str,
    definition: String,
) -> Result<(), Refusal> {
    let attribute = lookup::attribute(tx.project(), id)?;
    let name = free_attribute_name(tx.project(), attribute.of, name, Some(id))?;
    let edits = [
        Edit::if_different(&attribute.name, name).map(AttributeEdit::Name),
        Edit::if_different(&attribute.definition, definition).map(AttributeEdit::Definition),
    ];
    let edits = edits.into_iter().flatten();
    tx.record_all(edits.map(|edit| Change::AttributeEdited {
        attribute: id,
        edit,
    }));
    Ok(())
}

/// Moves an attribute before another, or to the end.
///
/// # Errors
/// When the attribute doesn't exist.
pub(crate) fn move_attribute(
    tx: &mut Transaction<'_>,
    id: AttributeId,
    before: Option<AttributeId>,
) -> Result<(), Refusal> {
    let attribute = lookup::attribute(tx.project(), id)?;
    let others = tx.project().attributes_in_order();
    let others = others.into_iter().filter(|other| other.id != id);
    let others: Vec<_> = others.map(|other| (other.id, &other.rank)).collect();
    let rank = rank_before(&others, before);
    let edit = AttributeEdit::Rank(Edit::new(attribute.rank.clone(), rank));
    tx.record(Change::AttributeEdited {
        attribute: id,
        edit,
    });
    Ok(())
}

/// Removes an attribute with all its values.
///
/// # Errors
/// When it doesn't exist.
pub(crate) fn remove_attribute(tx: &mut Transaction<'_>, id: AttributeId) -> Result<(), Refusal> {
    let removed = Change::AttributeRemoved(lookup::attribute(tx.project(), id)?.clone());
    tx.record_all(clear_values(tx.project(), id));
    tx.record_all(scale::without_item(tx.project(), id));
    tx.record(removed);
    Ok(())
}

/// The values of an attribute, each with its holder and phase.
fn values_with_holders(
    project: &Project,
    id: AttributeId,
) -> Vec<(Holder, Option<PhaseId>, &AttributeValue)> {
    let of_cases = project
        .cases
        .values()
        .map(|case| (Holder::Case(case.id), &case.values));
    let of_documents = project
        .documents
        .values()
        .map(|document| (Holder::Document(document.id), &document.values));
    let of_coders = project
        .coders
        .values()
        .map(|coder| (Holder::Coder(coder.id), &coder.values));
    let mut found = Vec::new();
    for (holder, values) in of_cases.chain(of_documents).chain(of_coders) {
        let own = values.iter().filter(|((attribute, _), _)| *attribute == id);
        found.extend(own.map(|((_, phase), value)| (holder, *phase, value)));
    }
    found
}

/// The changes that clear all values of an attribute.
fn clear_values(project: &Project, id: AttributeId) -> Vec<Change> {
    let values = values_with_holders(project, id).into_iter();
    let cleared = values.map(|(holder, phase, value)| Change::ValueSet {
        holder,
        attribute: id,
        phase,
        value: Edit::new(Some(value.clone()), None),
    });
    cleared.collect()
}

/// Sets or clears values of one case or document.
///
/// # Errors
/// As [`set_value`].
pub(crate) fn set_values(
    tx: &mut Transaction<'_>,
    holder: Holder,
    values: &[NewValue],
) -> Result<(), Refusal> {
    let mut values = values.iter();
    values.try_for_each(|value| set_value(tx, holder, value.attribute, value.phase, &value.text))
}

/// Sets or clears a value, as people write it; a new category is added to its attribute.
///
/// # Errors
/// When the holder, its attribute or the phase doesn't exist, or the value doesn't fit.
pub(crate) fn set_value(
    tx: &mut Transaction<'_>,
    holder: Holder,
    id: AttributeId,
    phase: Option<PhaseId>,
    text: &str,
) -> Result<(), Refusal> {
    let attribute = lookup::attribute(tx.project(), id)?;
    if attribute.of != holder.of() {
        return Err(Refusal::NoAttribute(attribute.name.clone()));
    }
    match (attribute.per_phase, phase) {
        (true, None) => return Err(Refusal::PhaseWanted((&attribute.localized()).into())),
        (false, Some(_)) => return Err(Refusal::PhaseUnwanted((&attribute.localized()).into())),
        _ => {}
    }
    let from = values_of(tx.project(), holder)?.get(&(id, phase)).cloned();
    let text = text.trim();
    // An empty text means that there is no value yet.
    let (wider, to) = if text.is_empty() {
        (None, None)
    } else {
        let (wider, value) = read_value(attribute, text)?;
        (wider, Some(value))
    };
    if let Some(wider) = wider {
        let edit = AttributeEdit::Kind(Edit::new(attribute.kind.clone(), wider));
        tx.record(Change::AttributeEdited {
            attribute: id,
            edit,
        });
    }
    tx.record_all(Edit::if_different(&from, to).map(|value| Change::ValueSet {
        holder,
        attribute: id,
        phase,
        value,
    }));
    Ok(())
}

/// The values of a case, a document or a coder.
pub(super) fn values_of(project: &Project, holder: Holder) -> Result<&Values, Refusal> {
    Ok(match holder {
        Holder::Case(id) => &lookup::case(project, id)?.values,
        Holder::Document(id) => &lookup::document(project, id)?.values,
        Holder::Coder(id) => &lookup::coder(project, id)?.values,
    })
}

/// Reads a value; for a new category, also returns the kind of attribute that has it.
fn read_value(
    attribute: &Attribute,
    text: &str,
) -> Result<(Option<AttributeKind>, AttributeValue), Refusal> {
    if let Some(value) = attribute.parse(text) {
        return Ok((None, value));
    }
    let value = AttributeValue::Category(text.to_owned());
    match attribute.kind.with_category(text) {
        Some(wider) => Ok((Some(wider), value)),
        None => Err(bad_value(attribute, text)),
    }
}

/// The refusal of a value that an attribute can't take.
pub(super) fn bad_value(attribute: &Attribute, text: &str) -> Refusal {
    Refusal::BadValue {
        field: (&attribute.localized()).into(),
        value: text.to_owned(),
        takes: attribute.kind.accepted(),
    }
}
