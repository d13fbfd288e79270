//! The categories of an attribute: their names and their order.

use super::{
    super::{lookup, required_name},
    values_with_holders,
};
use crate::{
    app::{edit::transaction::Transaction, refusal::Refusal},
    log::change::{AttributeEdit, Change, Edit},
    message::text::Text,
    model::{
        Project,
        attribute::{Attribute, AttributeKind, AttributeValue},
        ids::AttributeId,
        localized::Language,
    },
};

/// Renames a category in the list and in all values; where there is one of the new name, the two are merged.
///
/// # Errors
/// When the attribute or the category doesn't exist, or the new name can't be a category.
pub(crate) fn rename_category(
    tx: &mut Transaction<'_>,
    id: AttributeId,
    from: &str,
    to: &str,
) -> Result<(), Refusal> {
    let attribute = lookup::attribute(tx.project(), id)?;
    let old = categories_of(attribute)?.to_vec();
    let at = old.iter().position(|category| category == from);
    let at = at.ok_or_else(|| super::bad_value(attribute, from))?;
    let to = free_for_values(attribute, to)?;
    let to = match attribute.parse(&to) {
        Some(AttributeValue::Category(same)) if same != from => same,
        _ => to,
    };
    if to == from {
        return Ok(());
    }
    let mut both = old.clone();
    if !both.contains(&to) {
        both.insert(at, to.clone());
    }
    let mut new = both.clone();
    new.retain(|category| category != from);
    let moved = values_with_category(tx.project(), id, from, &to);
    // A value has to be in the list whenever it is set.
    record_categories(tx, id, both)?;
    tx.record_all(moved);
    hand_on_category_names(tx, id, from, Some(&to))?;
    record_categories(tx, id, new)
}

/// Sets the categories in their order.
///
/// # Errors
/// When the attribute doesn't exist or has no categories, a name can't be a category, or one that is left out is in
/// use.
pub(crate) fn set_categories(
    tx: &mut Transaction<'_>,
    id: AttributeId,
    categories: &[String],
) -> Result<(), Refusal> {
    let attribute = lookup::attribute(tx.project(), id)?;
    let old = categories_of(attribute)?;
    let mut new: Vec<String> = Vec::with_capacity(categories.len());
    for category in categories {
        let category = free_for_values(attribute, category)?;
        if !new.contains(&category) {
            new.push(category);
        }
    }
    for gone in old.iter().filter(|category| !new.contains(category)) {
        let used = values_with_category(tx.project(), id, gone, gone).len();
        if used > 0 {
            return Err(Refusal::InUse {
                name: gone.into(),
                by: Text::new("{values} {values|value|values}", "{values} 个值")
                    .count("values", used),
            });
        }
    }
    let gone: Vec<String> = old
        .iter()
        .filter(|category| !new.contains(category))
        .cloned()
        .collect();
    for gone in &gone {
        hand_on_category_names(tx, id, gone, None)?;
    }
    record_categories(tx, id, new)
}

/// Sets the name of a category in a language; an empty one removes it.
///
/// # Errors
/// When the attribute or the category doesn't exist, or the name reads as another value.
pub(crate) fn translate_category(
    tx: &mut Transaction<'_>,
    id: AttributeId,
    category: &str,
    language: Language,
    name: &str,
) -> Result<(), Refusal> {
    let attribute = lookup::attribute(tx.project(), id)?;
    if !attribute
        .kind
        .categories()
        .iter()
        .any(|own| own == category)
    {
        return Err(super::bad_value(attribute, category));
    }
    let own = AttributeValue::Category(category.to_owned());
    let to = match name.trim() {
        "" => None,
        name if attribute.parse(name).is_some_and(|value| value != own) => {
            return Err(Refusal::NameTaken(name.to_owned()));
        }
        name => Some(name.to_owned()),
    };
    let names = attribute.category_translations.get(category);
    let from = names.and_then(|names| names.get(&language)).cloned();
    record_name(tx, id, category, language, Edit::if_different(&from, to));
    Ok(())
}

/// Removes the names of a category in other languages and gives them to another one, if there is one that has none.
pub(super) fn hand_on_category_names(
    tx: &mut Transaction<'_>,
    id: AttributeId,
    from: &str,
    to: Option<&str>,
) -> Result<(), Refusal> {
    let attribute = lookup::attribute(tx.project(), id)?;
    let all = &attribute.category_translations;
    let names = all.get(from).cloned().unwrap_or_default();
    let heir = to.filter(|to| !all.contains_key(*to));
    for (language, name) in names {
        let removed = Edit::new(Some(name.clone()), None);
        record_name(tx, id, from, language.clone(), Some(removed));
        if let Some(heir) = heir {
            let given = Edit::new(None, Some(name));
            record_name(tx, id, heir, language, Some(given));
        }
    }
    Ok(())
}

fn record_name(
    tx: &mut Transaction<'_>,
    attribute: AttributeId,
    category: &str,
    language: Language,
    name: Option<Edit<Option<String>>>,
) {
    tx.record_all(name.map(|name| Change::AttributeEdited {
        attribute,
        edit: AttributeEdit::CategoryTranslation {
            category: category.to_owned(),
            language,
            name,
        },
    }));
}

fn categories_of(attribute: &Attribute) -> Result<&[String], Refusal> {
    match &attribute.kind {
        AttributeKind::Category(categories) => Ok(categories),
        _ => Err(Refusal::NoCategories((&attribute.localized()).into())),
    }
}

/// A trimmed name of a category; the words for absent values can't be one.
fn free_for_values(attribute: &Attribute, category: &str) -> Result<String, Refusal> {
    let category = required_name(category)?;
    if AttributeValue::absent(&category).is_some() {
        return Err(super::bad_value(attribute, &category));
    }
    Ok(category)
}

/// The changes that give the values of a category another one.
fn values_with_category(project: &Project, id: AttributeId, from: &str, to: &str) -> Vec<Change> {
    let from = AttributeValue::Category(from.to_owned());
    let to = AttributeValue::Category(to.to_owned());
    let values = values_with_holders(project, id).into_iter();
    values
        .filter(|(_, _, value)| **value == from)
        .map(|(holder, phase, _)| Change::ValueSet {
            holder,
            attribute: id,
            phase,
            value: Edit::new(Some(from.clone()), Some(to.clone())),
        })
        .collect()
}

fn record_categories(
    tx: &mut Transaction<'_>,
    id: AttributeId,
    categories: Vec<String>,
) -> Result<(), Refusal> {
    let attribute = lookup::attribute(tx.project(), id)?;
    let edit = Edit::if_different(&attribute.kind, AttributeKind::Category(categories));
    tx.record_all(edit.map(|edit| Change::AttributeEdited {
        attribute: id,
        edit: AttributeEdit::Kind(edit),
    }));
    Ok(())
}
