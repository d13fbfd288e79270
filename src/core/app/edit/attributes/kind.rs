//! Changing what values an attribute takes: the values that there are become values of the new kind.

use std::collections::BTreeSet;

use super::{super::lookup, categories::hand_on_category_names, values_with_holders};
use crate::{
    app::{edit::transaction::Transaction, refusal::Refusal},
    language::fold::fold_width,
    log::change::{AttributeEdit, Change, Edit, Holder},
    message::text::Text,
    model::{
        Project,
        attribute::{Attribute, AttributeKind, AttributeValue, text_order},
        ids::{AttributeId, PhaseId},
    },
};

/// Lost values that a refusal names; more make it unreadable.
const NAMED_VALUES: usize = 3;

/// What becomes of the values of an attribute when its kind changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Conversion {
    /// The new kind, with the categories that the values need.
    pub kind: AttributeKind,
    /// How many values stay as they are.
    pub kept: usize,
    /// The others.
    pub changed: Vec<ConvertedValue>,
}

/// A value that doesn't stay as it is.
#[derive(Debug, Clone, PartialEq)]
pub struct ConvertedValue {
    /// The case, document or coder.
    pub holder: Holder,
    /// The phase.
    pub phase: Option<PhaseId>,
    /// The present value.
    pub from: AttributeValue,
    /// The value of the new kind; `None` if there is none, so that the value is lost.
    pub to: Option<AttributeValue>,
}

impl Conversion {
    /// The values that are lost.
    pub fn lost(&self) -> impl Iterator<Item = &ConvertedValue> {
        self.changed.iter().filter(|value| value.to.is_none())
    }
}

/// Works out what becomes of the values of an attribute when it takes values of another kind.
///
/// Categories never lose a value: those that are in use are added to the ones given.
///
/// # Errors
/// When the attribute doesn't exist, or is an item of a scale and wouldn't be a number any more.
pub fn conversion(
    project: &Project,
    id: AttributeId,
    kind: &AttributeKind,
) -> Result<Conversion, Refusal> {
    let attribute = lookup::attribute(project, id)?;
    check_scales(project, attribute, kind)?;
    let values = values_with_holders(project, id);
    let kind = with_used_categories(kind, values.iter().map(|(_, _, value)| *value));
    let mut kept = 0;
    let mut changed = Vec::new();
    for (holder, phase, value) in values {
        let to = converted(value, &kind);
        if to.as_ref() == Some(value) {
            kept += 1;
        } else {
            changed.push(ConvertedValue {
                holder,
                phase,
                from: value.clone(),
                to,
            });
        }
    }
    Ok(Conversion {
        kind,
        kept,
        changed,
    })
}

/// Items of scales have to be numbers.
fn check_scales(
    project: &Project,
    attribute: &Attribute,
    kind: &AttributeKind,
) -> Result<(), Refusal> {
    let scales = project.scales.values();
    let scales: Vec<&str> = scales
        .filter(|scale| scale.attributes().any(|item| item == attribute.id))
        .map(|scale| scale.name.as_str())
        .collect();
    if scales.is_empty() || *kind == AttributeKind::Number {
        return Ok(());
    }
    Err(Refusal::InUse {
        name: (&attribute.localized()).into(),
        by: Text::new("it is an item of {scales}", "它是 {scales} 的题目")
            .with("scales", scales.as_slice()),
    })
}

/// A kind with the given categories first, and then those that values need, by name.
fn with_used_categories<'a>(
    kind: &AttributeKind,
    values: impl Iterator<Item = &'a AttributeValue>,
) -> AttributeKind {
    let AttributeKind::Category(given) = kind else {
        return kind.clone();
    };
    let mut categories: Vec<String> = Vec::new();
    for category in given.iter().map(|category| category.trim()) {
        if !category.is_empty() && categories.iter().all(|known| known != category) {
            categories.push(category.to_owned());
        }
    }
    let used = values.filter(|value| !value.is_absent());
    let used: BTreeSet<String> = used.map(AttributeValue::to_text).collect();
    let mut new: Vec<String> = used
        .into_iter()
        .filter(|text| !categories.contains(text))
        .collect();
    new.sort_by_cached_key(|text| text_order(&[], text));
    categories.extend(new);
    AttributeKind::Category(categories)
}

/// A value as one of another kind; `None` if it can't be one.
fn converted(value: &AttributeValue, kind: &AttributeKind) -> Option<AttributeValue> {
    if kind.admits(value) {
        return Some(value.clone());
    }
    match (kind, value) {
        (AttributeKind::Number, AttributeValue::YesNo(_)) => {
            value.to_number().map(AttributeValue::Number)
        }
        (AttributeKind::YesNo, AttributeValue::Number(_)) => match value.to_text().as_str() {
            "1" => Some(AttributeValue::YesNo(true)),
            "0" => Some(AttributeValue::YesNo(false)),
            _ => None,
        },
        _ => {
            let text = value.to_text();
            // Chinese keyboards write full-width digits.
            let half_width = || text.chars().map(fold_width).collect::<String>();
            kind.parse(&text).or_else(|| kind.parse(&half_width()))
        }
    }
}

/// Sets the kind of an attribute and converts its values.
///
/// # Errors
/// As [`conversion`], and when values would be lost that may not be.
pub(crate) fn set_kind(
    tx: &mut Transaction<'_>,
    id: AttributeId,
    kind: &AttributeKind,
    lose: bool,
) -> Result<(), Refusal> {
    let attribute = lookup::attribute(tx.project(), id)?;
    let (name, old) = (attribute.localized(), attribute.kind.clone());
    let conversion = conversion(tx.project(), id, kind)?;
    let lost = conversion.lost().count();
    if lost > 0 && !lose {
        let values: BTreeSet<String> = conversion
            .lost()
            .map(|value| value.from.to_text())
            .collect();
        return Err(Refusal::ValuesLost {
            name: (&name).into(),
            kind: conversion.kind.name(),
            count: lost,
            values: values.into_iter().take(NAMED_VALUES).collect(),
        });
    }
    // The log refuses a kind that doesn't admit all present values, and values that don't fit the kind.
    let set = |value: &ConvertedValue, edit| Change::ValueSet {
        holder: value.holder,
        attribute: id,
        phase: value.phase,
        value: edit,
    };
    let changed = &conversion.changed;
    tx.record_all(
        changed
            .iter()
            .map(|value| set(value, Edit::new(Some(value.from.clone()), None))),
    );
    let left = conversion.kind.categories();
    for gone in old.categories().iter().filter(|own| !left.contains(own)) {
        hand_on_category_names(tx, id, gone, None)?;
    }
    let edit = Edit::if_different(&old, conversion.kind.clone()).map(AttributeEdit::Kind);
    tx.record_all(edit.map(|edit| Change::AttributeEdited {
        attribute: id,
        edit,
    }));
    let converted = changed.iter().filter(|value| value.to.is_some());
    tx.record_all(converted.map(|value| set(value, Edit::new(None, value.to.clone()))));
    Ok(())
}
