//! The tiers of all files of an import.

use std::collections::BTreeMap;

use crate::import::{ImportedDocument, Tier, TierChoice};

/// The tiers of a batch by name, in the order in which the files have them.
pub fn tiers_of(documents: &[ImportedDocument]) -> Vec<Tier> {
    let mut tiers: Vec<Tier> = Vec::new();
    let mut at: BTreeMap<&str, usize> = BTreeMap::new();
    for tier in documents.iter().flat_map(|document| &document.tiers) {
        let next = tiers.len();
        let index = *at.entry(&tier.name).or_insert(next);
        match tiers.get_mut(index) {
            Some(known) => {
                known.annotations += tier.annotations;
                known.guessed |= tier.guessed;
                known.taken |= tier.taken;
            }
            None => tiers.push(tier.clone()),
        }
    }
    tiers
}

/// The tiers that a choice names and no file has.
pub fn unknown_tiers<'a>(choice: &'a TierChoice, documents: &[ImportedDocument]) -> Vec<&'a str> {
    let tiers = documents.iter().flat_map(|document| &document.tiers);
    let names = choice.named.keys().map(String::as_str);
    names
        .filter(|name| !tiers.clone().any(|tier| tier.name == *name))
        .collect()
}
