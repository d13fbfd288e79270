//! Edits of scales.

use super::{Edited, name_of};
use crate::{
    app::{identity::Identities, refusal::Refusal},
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
        let name = name_of(&self.name)?;
        if project
            .scales
            .values()
            .any(|other| other.id != id && other.name == name)
        {
            return Err(Refusal::NameTaken(name));
        }
        for item in &self.items {
            let attribute = project
                .attributes
                .get(&item.attribute)
                .ok_or_else(|| Refusal::NoAttribute(item.attribute.to_string()))?;
            if !Scale::takes(attribute) {
                return Err(Refusal::BadItem(attribute.name.clone()));
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
pub fn add_scale(project: &Project, ids: &mut Identities, definition: Definition) -> Edited {
    Ok(vec![Change::ScaleAdded(
        definition.scale(project, ids.id())?,
    )])
}

/// Defines a scale otherwise.
///
/// # Errors
/// As [`add_scale`], and when it isn't there or nothing changes.
pub fn set_scale(project: &Project, id: ScaleId, definition: Definition) -> Edited {
    let from = scale_of(project, id)?.clone();
    let to = definition.scale(project, id)?;
    super::some(if from == to {
        Vec::new()
    } else {
        vec![Change::ScaleEdited {
            scale: id,
            edit: Edit::new(from, to),
        }]
    })
}

/// Removes a scale; its items stay.
///
/// # Errors
/// When it isn't there.
pub fn remove_scale(project: &Project, id: ScaleId) -> Edited {
    Ok(vec![Change::ScaleRemoved(scale_of(project, id)?.clone())])
}

/// The changes that take an attribute out of all scales; a scale of that item alone goes.
pub(super) fn without_item(
    project: &Project,
    attribute: AttributeId,
) -> impl Iterator<Item = Change> {
    let has = move |scale: &&Scale| scale.attributes().any(|item| item == attribute);
    project
        .scales
        .values()
        .filter(has)
        .map(move |scale| match scale.without(attribute) {
            Some(to) => Change::ScaleEdited {
                scale: scale.id,
                edit: Edit::new(scale.clone(), to),
            },
            None => Change::ScaleRemoved(scale.clone()),
        })
}

fn scale_of(project: &Project, id: ScaleId) -> Result<&Scale, Refusal> {
    project
        .scales
        .get(&id)
        .ok_or_else(|| Refusal::NoScale(id.to_string()))
}
