//! Several coders: whose codings a count takes, so that what two people marked isn't counted twice.
//!
//! ```text
//! An   ├────────────┤            ├──────┤
//! Bo       ├────────────┤                        merged: 2 passages; all: 3; average: 1.5
//! ```
//!
//! Passages of one code that overlap, directly or through others, are a cluster. One by several coders is one passage. Only
//! where each of its coders marked several passages in it, as overlapping ones, there are as many as the coder has who has
//! fewest. So one coder's codings all count, and a second coder who marks the same again changes nothing.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{
    coding::Coding,
    ids::{CaseId, CoderId},
    text::TextRange,
};

/// How the codings of several coders are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CoderCount {
    /// Overlapping passages of one code by several coders are one.
    Merged,
    /// The mean over those who coded the document.
    Average,
    /// Each coding of each coder.
    All,
}

impl CoderCount {
    /// Its value in JSON and on the command line.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Merged => "merged",
            Self::Average => "average",
            Self::All => "all",
        }
    }
}

/// The codings of a document once overlapping ones of one code are merged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// For each coding, whether it stands for the passage that it is part of.
    pub kept: Vec<bool>,
    /// The passages of codings that stand for several.
    pub joined: BTreeMap<usize, Joined>,
}

impl Merged {
    /// The passage that a coding stands for; `None` if another one stands for it.
    pub fn passage(&self, at: usize, coding: &Coding) -> Option<TextRange> {
        let joined = self.joined.get(&at).map(|joined| joined.range);
        self.kept
            .get(at)
            .is_some_and(|kept| *kept)
            .then(|| joined.unwrap_or(coding.range))
    }
}

/// A passage that several codings make up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joined {
    /// From the start of the first to the end of the last.
    pub range: TextRange,
    /// All whom any of them names.
    pub about: BTreeSet<CaseId>,
}

/// Merges the overlapping codings of the coders who count; `None` if all of them remain and all coders count.
///
/// Codings are in the order of their starts, as a document has them.
pub fn merged(codings: &[Coding], counts: impl Fn(CoderId) -> bool) -> Option<Merged> {
    let mut coders = codings.iter().map(|coding| coding.coder);
    let first = coders.next()?;
    if counts(first) && coders.all(|coder| coder == first) {
        return None;
    }
    let numbers: Vec<usize> = (0..codings.len())
        .filter(|&at| counts(codings[at].coder))
        .collect();
    let mut found = Merged {
        kept: vec![false; codings.len()],
        joined: BTreeMap::new(),
    };
    for cluster in clusters(&numbers, |at| (codings[at].code, codings[at].range)) {
        let remaining = remaining(&cluster, |at| codings[at].coder);
        for &at in &remaining {
            found.kept[at] = true;
            // One that remains alone stands for all; several, each for those of the same passage.
            let members = cluster.iter().map(|&other| &codings[other]);
            let own = codings[at].range;
            let stands_for = |other: &&Coding| {
                let is_same = remaining.len() == 1 || other.range == own;
                other.coder != codings[at].coder && is_same
            };
            let members = members.filter(stands_for);
            if cluster.len() > remaining.len() {
                found
                    .joined
                    .insert(at, Joined::of(&codings[at], members, remaining.len() == 1));
            }
        }
    }
    Some(found)
}

impl Joined {
    /// A coding joined with those of others that it stands for; one that stands for a whole cluster is as long as that.
    fn of<'a>(own: &Coding, others: impl Iterator<Item = &'a Coding>, is_whole: bool) -> Self {
        let mut joined = Self {
            range: own.range,
            about: own.about.clone(),
        };
        for member in others {
            joined.about.extend(&member.about);
            if is_whole {
                joined.range = TextRange::between(
                    joined.range.start().min(member.range.start()),
                    joined.range.end().max(member.range.end()),
                );
            }
        }
        joined
    }
}

/// Those of a cluster that remain: those of the coder who has fewest; of several such, of the one who comes first.
pub fn remaining(cluster: &[usize], coder: impl Fn(usize) -> CoderId) -> Vec<usize> {
    let mut by_coder: BTreeMap<CoderId, Vec<usize>> = BTreeMap::new();
    for &at in cluster {
        by_coder.entry(coder(at)).or_default().push(at);
    }
    let fewest = by_coder.into_values().min_by_key(Vec::len);
    fewest.unwrap_or_default()
}

/// Codings that have another code in place of theirs, once those of one code and one such other are merged.
///
/// Those of coders who don't count are left out.
pub fn merged_by<K: Copy + Ord>(
    codings: &[(K, Coding)],
    counts: impl Fn(CoderId) -> bool,
) -> Vec<Coding> {
    let numbers: Vec<usize> = (0..codings.len())
        .filter(|&at| counts(codings[at].1.coder))
        .collect();
    let clusters = clusters(&numbers, |at| {
        let (key, coding) = &codings[at];
        ((*key, coding.code), coding.range)
    });
    let mut found = Vec::new();
    for cluster in clusters {
        let remaining = remaining(&cluster, |at| codings[at].1.coder);
        for &at in &remaining {
            let own = &codings[at].1;
            let members = cluster.iter().map(|&other| &codings[other].1);
            let is_whole = remaining.len() == 1;
            let members = members
                .filter(|other| other.coder != own.coder && (is_whole || other.range == own.range));
            let Joined { range, about } = Joined::of(own, members, is_whole);
            found.push(Coding {
                range,
                about,
                ..own.clone()
            });
        }
    }
    found.sort_by_key(Coding::order);
    found
}

/// Things whose passages overlap, directly or through others, and which have one key; each is in one cluster, the one
/// that starts first at its head.
///
/// They are given by numbers, in the order of their starts.
pub fn clusters<K: Copy + Ord>(
    numbers: &[usize],
    of: impl Fn(usize) -> (K, TextRange),
) -> Vec<Vec<usize>> {
    let mut ordered: Vec<(K, TextRange, usize)> = numbers
        .iter()
        .map(|&at| {
            let (key, range) = of(at);
            (key, range, at)
        })
        .collect();
    ordered.sort_by_key(|(key, range, at)| (*key, range.start(), *at));
    let mut clusters: Vec<Vec<usize>> = Vec::new();
    let mut reach: Option<(K, u32)> = None;
    for (key, range, at) in ordered {
        match (&mut reach, clusters.last_mut()) {
            (Some((of, end)), Some(cluster)) if *of == key && range.start() < *end => {
                cluster.push(at);
                *end = (*end).max(range.end());
            }
            _ => {
                clusters.push(vec![at]);
                reach = Some((key, range.end()));
            }
        }
    }
    clusters
}

/// Those of the coders who count who have coded anything in a document.
pub fn coders_of(codings: &[Coding], counts: impl Fn(CoderId) -> bool) -> BTreeSet<CoderId> {
    let coders = codings.iter().map(|coding| coding.coder);
    coders.filter(|coder| counts(*coder)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::sample::{coding, range};

    fn kept(codings: &[Coding]) -> Vec<bool> {
        merged(codings, |_| true).map_or_else(|| vec![true; codings.len()], |found| found.kept)
    }

    #[test]
    fn overlapping_passages_of_one_code_are_one() {
        // id, start, end, code, coder
        let same = [coding(1, 0, 10, 1, 1), coding(2, 0, 10, 1, 2)];
        assert_eq!(kept(&same), [true, false]);
        let touching = [coding(1, 0, 10, 1, 1), coding(2, 10, 20, 1, 2)];
        assert_eq!(kept(&touching), [true, true], "touching is not overlapping");
        let other_code = [coding(1, 0, 10, 1, 1), coding(2, 0, 10, 2, 2)];
        assert_eq!(kept(&other_code), [true, true]);
        let longer = [
            coding(1, 0, 30, 1, 1),
            coding(2, 0, 10, 1, 2),
            coding(3, 20, 30, 1, 2),
        ];
        assert_eq!(kept(&longer), [true, false, false]);
    }

    #[test]
    fn a_coders_own_overlapping_passages_count_each() {
        let own = [coding(1, 0, 10, 1, 1), coding(2, 5, 15, 1, 1)];
        assert_eq!(kept(&own), [true, true]);
        let again = [
            coding(1, 0, 10, 1, 1),
            coding(3, 0, 10, 1, 2),
            coding(2, 5, 15, 1, 1),
            coding(4, 5, 15, 1, 2),
        ];
        assert_eq!(kept(&again), [true, false, true, false]);
    }

    #[test]
    fn only_the_coders_who_count_are_merged() {
        let codings = [coding(1, 0, 10, 1, 1), coding(2, 5, 15, 1, 2)];
        let first = merged(&codings, |coder| coder == codings[0].coder).unwrap();
        assert_eq!((first.kept, first.joined.len()), (vec![true, false], 0));
    }

    #[test]
    fn a_merged_passage_is_about_all_whom_anyone_named() {
        let case = CaseId::from_u128(7);
        let mut codings = [coding(1, 0, 10, 1, 1), coding(2, 5, 12, 1, 2)];
        codings[1].about.insert(case);
        let found = merged(&codings, |_| true).unwrap();
        assert_eq!(found.kept, [true, false]);
        assert_eq!(found.joined[&0].range, range(0, 12));
        assert_eq!(found.joined[&0].about, BTreeSet::from([case]));
    }
}
