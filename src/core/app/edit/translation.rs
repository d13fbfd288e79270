//! Names of phases, attributes and their categories in other languages.

use super::{
    attributes::{bad_value, free_attribute_name},
    lookup,
    project::free_phase_name,
    transaction::Transaction,
};
use crate::{
    app::refusal::Refusal,
    log::change::{AttributeEdit, Change, Edit, PhaseEdit},
    model::{
        attribute::AttributeValue,
        ids::{AttributeId, PhaseId},
        localized::Language,
    },
};

/// Sets the name of a phase in a language; an empty one removes it.
///
/// # Errors
/// When the phase doesn't exist, or another one has the name.
pub(crate) fn translate_phase(
    tx: &mut Transaction<'_>,
    id: PhaseId,
    language: Language,
    name: &str,
) -> Result<(), Refusal> {
    let phase = lookup::phase(tx.project(), id)?;
    let from = phase.translations.get(&language).cloned();
    let to = match name.trim() {
        "" => None,
        name => Some(free_phase_name(tx, name, Some(id))?),
    };
    tx.record_all(
        Edit::if_different(&from, to).map(|name| Change::PhaseEdited {
            phase: id,
            edit: PhaseEdit::Translation { language, name },
        }),
    );
    Ok(())
}

/// Sets the name of an attribute in a language; an empty one removes it.
///
/// # Errors
/// When the attribute doesn't exist, or another one has the name.
pub(crate) fn translate_attribute(
    tx: &mut Transaction<'_>,
    id: AttributeId,
    language: Language,
    name: &str,
) -> Result<(), Refusal> {
    let attribute = lookup::attribute(tx.project(), id)?;
    let from = attribute.translations.get(&language).cloned();
    let to = match name.trim() {
        "" => None,
        name => Some(free_attribute_name(
            tx.project(),
            attribute.of,
            name,
            Some(id),
        )?),
    };
    tx.record_all(
        Edit::if_different(&from, to).map(|name| Change::AttributeEdited {
            attribute: id,
            edit: AttributeEdit::Translation { language, name },
        }),
    );
    Ok(())
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
        return Err(bad_value(attribute, category));
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
    record_category_name(tx, id, category, language, from, to);
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
        record_category_name(tx, id, from, language.clone(), Some(name.clone()), None);
        if let Some(heir) = heir {
            record_category_name(tx, id, heir, language, None, Some(name));
        }
    }
    Ok(())
}

fn record_category_name(
    tx: &mut Transaction<'_>,
    attribute: AttributeId,
    category: &str,
    language: Language,
    from: Option<String>,
    to: Option<String>,
) {
    let name = Edit::if_different(&from, to);
    tx.record_all(name.map(|name| Change::AttributeEdited {
        attribute,
        edit: AttributeEdit::CategoryTranslation {
            category: category.to_owned(),
            language,
            name,
        },
    }));
}
