//! Labels that name the same: with a cue or without, in another case or width, with a running number.

use std::{cmp::Reverse, collections::BTreeMap};

use super::{
    candidates::{Candidates, LabelId},
    head::Mark,
    label::{LabelParts, label_key, numbered_through},
    usual::{is_cue, plausibility, stem},
};
use crate::language::fold::fold;

/// A name's number among those of the text.
pub(super) type NameId = usize;

/// What one or several labels name.
#[derive(Debug)]
pub(super) struct Name {
    /// As most of its labels have it.
    pub(super) shown: String,
    /// The form in which its labels agree.
    pub(super) key: String,
    /// How much its words alone speak for a speaker.
    pub(super) plausibility: f32,
    /// True if it names a sound or a way of speaking.
    pub(super) is_cue: bool,
}

/// The names of a text.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// The names.
    pub(super) all: Vec<Name>,
    /// The name of each label.
    pub(super) of_label: Vec<NameId>,
}

impl Names {
    /// Finds out which labels name the same.
    pub(super) fn of(candidates: &Candidates<'_>) -> Self {
        let parts: Vec<LabelParts<'_>> = candidates
            .labels
            .iter()
            .map(|label| LabelParts::of(label))
            .collect();
        let mut counts = vec![0usize; parts.len()];
        let mut in_order: Vec<LabelId> = Vec::new();
        for (label, layout) in candidates.heads.iter().filter_map(|head| head.label) {
            counts[label] += 1;
            if layout.mark == Mark::Colon {
                in_order.push(label);
            }
        }
        let spellings = without_rare_brackets(&parts, &counts);
        let keys: Vec<String> = spellings
            .iter()
            .map(|spelling| label_key(spelling))
            .collect();
        let series = numbered_through(&keys, &in_order);
        let mut names = Self::default();
        let mut ids: BTreeMap<String, NameId> = BTreeMap::new();
        let mut spelt: Vec<BTreeMap<&str, usize>> = Vec::new();
        for (label, mut key) in keys.into_iter().enumerate() {
            let mut spelling = spellings[label];
            if series
                .iter()
                .any(|stem_of_series| stem_of_series == stem(&key))
            {
                spelling =
                    spelling.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace());
                key = label_key(spelling);
            }
            let id = ids.get(&key).copied().unwrap_or_else(|| {
                let base = parts[label].base;
                names.all.push(Name {
                    shown: String::new(),
                    key: key.clone(),
                    plausibility: plausibility(base, &fold(base)),
                    is_cue: is_cue(&fold(parts[label].kept)),
                });
                spelt.push(BTreeMap::new());
                names.all.len() - 1
            });
            ids.insert(key, id);
            *spelt[id].entry(spelling).or_default() += counts[label];
            names.of_label.push(id);
        }
        for (name, spelt) in names.all.iter_mut().zip(spelt) {
            // The most frequent spelling, and of several the first in the alphabet: capitals.
            let usual = spelt.into_iter().min_by_key(|(_, count)| Reverse(*count));
            name.shown = usual.map_or_else(String::new, |(spelling, _)| spelling.to_owned());
        }
        names
    }
}

/// The labels without cues, and without brackets that hardly ever stand behind a name that is frequent alone.
///
/// `Mother (Sam)` and `Mother (Ben)` are two people, but `Mother (nods to Sam)` is `Mother` where she has no brackets
/// otherwise.
fn without_rare_brackets<'a>(parts: &[LabelParts<'a>], counts: &[usize]) -> Vec<&'a str> {
    if parts.iter().all(|own| !own.has_brackets()) {
        return parts.iter().map(|own| own.kept).collect();
    }
    let mut frequency: BTreeMap<String, usize> = BTreeMap::new();
    for (own, count) in parts.iter().zip(counts) {
        *frequency.entry(label_key(own.kept)).or_default() += count;
    }
    let how_often = |label: &str| frequency.get(&label_key(label)).copied().unwrap_or(0);
    let spelling = |own: &LabelParts<'a>| {
        let (alone, with) = (how_often(own.base), how_often(own.kept));
        let is_rare = own.has_brackets() && alone > 0 && (with < 2 || alone > 2 * with);
        if is_rare { own.base } else { own.kept }
    };
    parts.iter().map(spelling).collect()
}
