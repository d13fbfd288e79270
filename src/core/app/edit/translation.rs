//! Names of phases and attributes in other languages.

use super::{
    attributes::free_attribute_name, lookup, project::free_phase_name, transaction::Transaction,
};
use crate::{
    app::refusal::Refusal,
    log::change::{AttributeEdit, Change, Edit, PhaseEdit},
    model::{
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
