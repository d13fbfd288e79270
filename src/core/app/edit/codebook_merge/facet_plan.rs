//! What becomes of the facets of merged codes.

use std::collections::{BTreeMap, BTreeSet};

use super::Merge;
use crate::{
    app::edit::{numbered, recode::FacetValues, transaction::Transaction},
    model::{
        coding::Coding,
        facet::{Facet, FacetKind, FacetValue},
        ids::{CodeId, FacetId},
        localized::Localized,
    },
};

/// The facets of the code that remains, and which of them each facet of the others becomes.
pub(super) struct FacetPlan {
    /// The facets of the code that remains.
    pub(super) facets: Vec<Facet>,
    /// For each facet of a merged code, the one that takes its values.
    becomes: BTreeMap<(CodeId, FacetId), FacetId>,
}

impl FacetPlan {
    /// A facet of the same name and kind takes the values; any other facet is added, under another name
    /// if its own is taken.
    pub(super) fn new(merge: &Merge<'_>, tx: &mut Transaction<'_>) -> Self {
        let mut plan = Self {
            facets: merge.into.facets.clone(),
            becomes: BTreeMap::new(),
        };
        for code in &merge.merged {
            for facet in &code.facets {
                let becomes = plan
                    .same_facet(facet)
                    .unwrap_or_else(|| plan.add(facet, tx));
                plan.becomes.entry((code.id, facet.id)).or_insert(becomes);
            }
        }
        plan
    }

    /// The facet of the same name and kind; it gets the categories that it lacks.
    fn same_facet(&mut self, facet: &Facet) -> Option<FacetId> {
        let mut own = self.facets.iter_mut();
        let own = own.find(|own| shares_name(own, facet) && same_kind(&own.kind, &facet.kind))?;
        if let (FacetKind::Category(own), FacetKind::Category(others)) =
            (&mut own.kind, &facet.kind)
        {
            for other in others {
                if category_of(own, other).is_none() {
                    own.push(other.clone());
                }
            }
        }
        Some(own.id)
    }

    fn add(&mut self, facet: &Facet, tx: &mut Transaction<'_>) -> FacetId {
        let names: BTreeSet<String> = self
            .facets
            .iter()
            .map(|own| own.name.text.clone())
            .collect();
        let id = if self.facets.iter().any(|own| own.id == facet.id) {
            tx.id()
        } else {
            facet.id
        };
        let name = Localized {
            text: numbered(&facet.name.text, |name| names.contains(name)),
            ..facet.name.clone()
        };
        self.facets.push(Facet {
            id,
            name,
            kind: facet.kind.clone(),
        });
        id
    }

    /// A coding's values under the code that remains; values that its own code no longer asks for are
    /// dropped.
    pub(super) fn values(&self, coding: &Coding) -> FacetValues {
        let mut values = FacetValues::new();
        for (facet, value) in &coding.facets {
            let Some(becomes) = self.becomes.get(&(coding.code, *facet)) else {
                continue;
            };
            let Some(facet) = self.facets.iter().find(|own| own.id == *becomes) else {
                continue;
            };
            let value = match (&facet.kind, value) {
                (FacetKind::Category(own), FacetValue::Category(text)) => {
                    category_of(own, &Localized::plain(text.clone())).map(FacetValue::Category)
                }
                (kind, value) => kind.admits(value).then(|| value.clone()),
            };
            if let Some(value) = value {
                values.entry(*becomes).or_insert(value);
            }
        }
        values
    }
}

fn same_kind(a: &FacetKind, b: &FacetKind) -> bool {
    match (a, b) {
        (FacetKind::Category(_), FacetKind::Category(_))
        | (FacetKind::Intensity, FacetKind::Intensity)
        | (FacetKind::Text, FacetKind::Text)
        | (FacetKind::YesNo, FacetKind::YesNo) => true,
        (FacetKind::Category(_) | FacetKind::Intensity | FacetKind::Text | FacetKind::YesNo, _) => {
            false
        }
    }
}

/// Returns true if two facets have a name in common, in any language.
fn shares_name(a: &Facet, b: &Facet) -> bool {
    let mut names = a.name.all().filter(|name| !name.is_empty());
    names.any(|name| b.is_called(name))
}

/// The main text of the category of this name; only then that of one with a translation of this name.
fn category_of(own: &[Localized], name: &Localized) -> Option<String> {
    let by_text = own.iter().find(|category| category.text == name.text);
    let named = by_text.or_else(|| {
        own.iter().find(|category| {
            let mut names = category.all();
            names.any(|own| !own.is_empty() && own.eq_ignore_ascii_case(&name.text))
        })
    });
    named.map(|category| category.text.clone())
}
