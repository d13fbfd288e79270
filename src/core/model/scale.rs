//! Scales: scores of several answers, such as the ten items of a self-esteem scale.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{
    attribute::{Attribute, AttributeKind, AttributeOf},
    ids::{AttributeId, ScaleId},
};

/// A scale whose score is the sum of its items.
///
/// A subscale is a scale of its own, whose items are among those of another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Scale {
    /// Identity.
    pub id: ScaleId,
    /// Name.
    pub name: String,
    /// The items, in the order of the questionnaire; none twice.
    pub items: Vec<Item>,
    /// Lowest answer to an item.
    pub min: f64,
    /// Highest answer to an item.
    pub max: f64,
    /// Fewest answers for a score. Missing answers count as the mean of the others; if this is the
    /// number of items, there is no score with a missing answer.
    pub fewest: u32,
}

/// An item of a scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// The number that cases have per phase.
    pub attribute: AttributeId,
    /// Whether an answer x counts as min + max - x.
    pub reversed: bool,
}

impl Scale {
    /// Returns true if the scale can be scored: it has items, none twice, a range, and a number of
    /// answers that can be reached.
    pub fn is_sound(&self) -> bool {
        let items: BTreeSet<AttributeId> = self.attributes().collect();
        let fewest = usize::try_from(self.fewest).unwrap_or(usize::MAX);
        items.len() == self.items.len()
            && (1..=items.len()).contains(&fewest)
            && self.min.is_finite()
            && self.max.is_finite()
            && self.min < self.max
    }

    /// Returns true if an attribute can be an item: a number that cases have per phase.
    pub fn takes(attribute: &Attribute) -> bool {
        attribute.of == AttributeOf::Cases
            && attribute.kind == AttributeKind::Number
            && attribute.per_phase
    }

    /// Returns true if all items are there and can be items.
    pub fn stands_on(&self, attributes: &BTreeMap<AttributeId, Attribute>) -> bool {
        self.attributes()
            .all(|id| attributes.get(&id).is_some_and(Self::takes))
    }

    /// The attributes of the items.
    pub fn attributes(&self) -> impl Iterator<Item = AttributeId> {
        self.items.iter().map(|item| item.attribute)
    }

    /// Returns true if this is a part of another: it has fewer items, all of them among the other's.
    pub fn is_part_of(&self, other: &Self) -> bool {
        self.items.len() < other.items.len()
            && self
                .attributes()
                .all(|id| other.attributes().any(|own| own == id))
    }

    /// The scale without an item; `None` when that was the last.
    #[must_use]
    pub fn without(&self, attribute: AttributeId) -> Option<Self> {
        let items: Vec<Item> = self
            .items
            .iter()
            .copied()
            .filter(|item| item.attribute != attribute)
            .collect();
        let most = u32::try_from(items.len()).unwrap_or(u32::MAX);
        (most > 0).then(|| Self {
            items,
            fewest: self.fewest.min(most),
            ..self.clone()
        })
    }
}
