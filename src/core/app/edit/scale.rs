//! Edits of scales.

use super::{lookup, required_name, transaction::Transaction};
use crate::{
    app::refusal::Refusal,
    log::change::{Change, Edit},
    model::{
        Project,
        ids::{AttributeId, ScaleId},
        scale::{Item, Scale},
    },
};

/// How a scale is defined.
#[derive(Debug, Clone, PartialEq)]
pub struct Definition {
    /// Name.
    pub name: String,
    /// The items, in the order of the questionnaire.
    pub items: Vec<Item>,
    /// Lowest and highest answer to an item.
    pub range: (f64, f64),
    /// Fewest answers that give a score; all of them when it is `None`.
    pub fewest: Option<u32>,
}

impl Definition {
    /// How a scale is defined at present.
    pub fn of(scale: &Scale) -> Self {
        let all = u32::try_from(scale.items.len()) == Ok(scale.fewest);
        Self {
            name: scale.name.clone(),
            items: scale.items.clone(),
            range: (scale.min, scale.max),
            fewest: (!all).then_some(scale.fewest),
        }
    }

    /// The scale, where it can be scored.
    fn scale(self, project: &Project, id: ScaleId) -> Result<Scale, Refusal> {
        let name = required_name(&self.name)?;
        if project
            .scales
            .values()
            .any(|other| other.id != id && other.name == name)
        {
            return Err(Refusal::NameTaken(name));
        }
        for item in &self.items {
            let attribute = lookup::attribute(project, item.attribute)?;
            if !Scale::takes(attribute) {
                return Err(Refusal::BadItem((&attribute.localized()).into()));
            }
        }
        let all = u32::try_from(self.items.len()).unwrap_or(u32::MAX);
        let scale = Scale {
            id,
            name,
            items: self.items,
            min: self.range.0,
            max: self.range.1,
            fewest: self.fewest.unwrap_or(all),
        };
        if scale.is_sound() {
            Ok(scale)
        } else {
            Err(Refusal::BadScale)
        }
    }
}

/// Defines a scale.
///
/// # Errors
/// When the name is empty or taken, an item isn't a number per phase, or it can't be scored.
pub(crate) fn add_scale(tx: &mut Transaction<'_>, definition: Definition) -> Result<(), Refusal> {
    let id = tx.id();
    let scale = definition.scale(tx.project(), id)?;
    tx.record(Change::ScaleAdded(scale));
    Ok(())
}

/// Sets the definition of a scale.
///
/// # Errors
/// As [`add_scale`], and when it doesn't exist.
pub(crate) fn set_scale(
    tx: &mut Transaction<'_>,
    id: ScaleId,
    definition: Definition,
) -> Result<(), Refusal> {
    let scale = lookup::scale(tx.project(), id)?;
    let edit = Edit::if_different(scale, definition.scale(tx.project(), id)?);
    tx.record_all(edit.map(|edit| Change::ScaleEdited { scale: id, edit }));
    Ok(())
}

/// Removes a scale; its items stay.
///
/// # Errors
/// When it doesn't exist.
pub(crate) fn remove_scale(tx: &mut Transaction<'_>, id: ScaleId) -> Result<(), Refusal> {
    let removed = lookup::scale(tx.project(), id)?.clone();
    tx.record(Change::ScaleRemoved(removed));
    Ok(())
}

/// The changes that take an attribute out of all scales; a scale without other items is removed.
pub(super) fn without_item(project: &Project, attribute: AttributeId) -> Vec<Change> {
    project
        .scales
        .values()
        .filter(|scale| scale.attributes().any(|item| item == attribute))
        .map(|scale| match scale.without(attribute) {
            Some(to) => Change::ScaleEdited {
                scale: scale.id,
                edit: Edit::new(scale.clone(), to),
            },
            None => Change::ScaleRemoved(scale.clone()),
        })
        .collect()
}
