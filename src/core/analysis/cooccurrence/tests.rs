//! Against a count without short cuts, over random projects.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;
use crate::{
    analysis::sample::{SampleProject, coding},
    model::{
        case::CaseKind,
        ids::{CaseId, CoderId},
    },
};

/// A document's case, and its codings: start, length, code, coder.
type Plain = (u8, Vec<(u32, u32, u128, u128)>);

/// Codes 1 and 4 are themes, 2 and 3 subcodes of 1; turns are ten characters long.
fn study(documents: &[Plain]) -> SampleProject {
    let mut study = SampleProject::default();
    for case in 1..=3 {
        study.case(case, None, CaseKind::family(), &format!("F{case}"));
    }
    (1..=2).for_each(|coder| study.coder(coder, &format!("coder {coder}")));
    for (code, parent) in [(1, None), (2, Some(1)), (3, Some(1)), (4, None)] {
        study.code(code, parent, &format!("code {code}"), "编码");
    }
    let turns: Vec<_> = (0..6)
        .map(|turn| (turn * 10, turn * 10 + 10, None))
        .collect();
    let mut number = 0;
    for (at, (case, codings)) in documents.iter().enumerate() {
        let document = study.document(at as u128 + 1, &format!("D{at}"), 60, &[], &turns);
        if *case > 0 {
            document.cases.insert(CaseId::from_u128(u128::from(*case)));
        }
        let mut made: Vec<_> = codings
            .iter()
            .map(|&(start, length, code, coder)| {
                number += 1;
                coding(number, start, (start + length).min(60), code, coder)
            })
            .collect();
        made.sort_by_key(crate::model::coding::Coding::order);
        document.codings = made;
    }
    study
}

fn any_document() -> impl Strategy<Value = Plain> {
    (
        0u8..=3,
        prop::collection::vec((0u32..59, 1u32..20, 1u128..=4, 1u128..=2), 0..8),
    )
}

/// Ranges with their coders, by what they are of: each counts, or merged, of those that overlap as many as the coder has
/// who has fewest.
fn number<K: Ord>(
    ranges: BTreeMap<K, Vec<(TextRange, CoderId)>>,
    options: &CooccurrenceOptions,
) -> usize {
    let mut found = 0;
    for mut left in ranges.into_values() {
        if options.counting() == CoderCount::All {
            found += left.len();
            continue;
        }
        while let Some(first) = left.pop() {
            let mut group = vec![first];
            while let Some(at) = left
                .iter()
                .position(|other| group.iter().any(|own| own.0.overlaps(other.0)))
            {
                group.push(left.remove(at));
            }
            let coders: BTreeSet<CoderId> = group.iter().map(|own| own.1).collect();
            let of = |coder: &CoderId| group.iter().filter(|own| own.1 == *coder).count();
            found += coders.iter().map(of).min().unwrap();
        }
    }
    found
}

/// Each character, each pair of codings, each unit looked at by itself.
#[expect(clippy::too_many_lines, reason = "one count, from its definition")]
fn by_hand(
    study: &SampleProject,
    options: &CooccurrenceOptions,
    a: usize,
    b: usize,
) -> (usize, usize, usize, usize, usize) {
    let group = |code: u128| match (options.themes, code) {
        (true, 1..=3) => 0,
        (true, _) => 1,
        (false, code) => usize::try_from(code).unwrap() - 1,
    };
    let coders = &options.filter.coders;
    let (mut n1, mut n2, mut n12, mut shared, mut either) = (0, 0, 0, 0, 0);
    let mut units: BTreeMap<(u128, u32), BTreeSet<(usize, CoderId)>> = BTreeMap::new();
    for document in study.project.documents.values() {
        let codings: Vec<_> = document
            .codings
            .iter()
            .filter(|coding| coders.is_empty() || coders.contains(&coding.coder))
            .collect();
        let of = |wanted: usize| {
            let mut ranges: BTreeMap<CodeId, Vec<(TextRange, CoderId)>> = BTreeMap::new();
            for coding in codings
                .iter()
                .filter(|own| group(own.code.as_u128()) == wanted)
            {
                ranges
                    .entry(coding.code)
                    .or_default()
                    .push((coding.range, coding.coder));
            }
            number(ranges, options)
        };
        n1 += of(a);
        n2 += of(b);
        let mut pairs: BTreeMap<(CodeId, CodeId), Vec<(TextRange, CoderId)>> = BTreeMap::new();
        for coding in &codings {
            let own = group(coding.code.as_u128());
            for other in &codings {
                let is_pair = own == a
                    && group(other.code.as_u128()) == b
                    && coding.range.overlaps(other.range);
                if is_pair && (options.between_coders || coding.coder == other.coder) {
                    let shared = coding.range.intersection(other.range).unwrap();
                    let later = if coding.order() > other.order() {
                        coding
                    } else {
                        other
                    };
                    pairs
                        .entry((coding.code, other.code))
                        .or_default()
                        .push((shared, later.coder));
                }
            }
            let number = document.id.as_u128();
            let mut add = |unit| {
                units.entry(unit).or_default().insert((own, coding.coder));
            };
            match options.by {
                CooccurrenceUnit::Overlap => {}
                CooccurrenceUnit::Turn => {
                    let turns = (0..6).filter(|turn| {
                        coding.range.start() < turn * 10 + 10 && coding.range.end() > turn * 10
                    });
                    turns.for_each(|turn| add((number, turn)));
                }
                CooccurrenceUnit::Document => add((number, 0)),
                CooccurrenceUnit::Case => {
                    document
                        .cases
                        .iter()
                        .for_each(|case| add((case.as_u128(), 0)));
                }
            }
        }
        n12 += number(pairs, options);
        for at in 0..60 {
            let has = |code: usize| -> BTreeSet<CoderId> {
                codings
                    .iter()
                    .filter(|own| group(own.code.as_u128()) == code)
                    .filter(|own| own.range.start() <= at && at < own.range.end())
                    .map(|own| own.coder)
                    .collect()
            };
            shared += usize::from(together(&has(a), &has(b), options));
            either += usize::from(!has(a).is_empty() || !has(b).is_empty());
        }
    }
    if options.by == CooccurrenceUnit::Overlap {
        return (n1, n2, n12, shared, either);
    }
    let coders = |codes: &BTreeSet<(usize, CoderId)>, code: usize| -> BTreeSet<CoderId> {
        codes
            .iter()
            .filter(|own| own.0 == code)
            .map(|own| own.1)
            .collect()
    };
    let of = |code: usize| {
        units
            .values()
            .filter(|codes| !coders(codes, code).is_empty())
            .count()
    };
    let both = units
        .values()
        .filter(|codes| together(&coders(codes, a), &coders(codes, b), options))
        .count();
    let either = units
        .values()
        .filter(|codes| !coders(codes, a).is_empty() || !coders(codes, b).is_empty());
    (of(a), of(b), both, both, either.count())
}

/// Whether one coder is among both, or anybody if coders may differ.
fn together(a: &BTreeSet<CoderId>, b: &BTreeSet<CoderId>, options: &CooccurrenceOptions) -> bool {
    if options.between_coders {
        !a.is_empty() && !b.is_empty()
    } else {
        !a.is_disjoint(b)
    }
}

proptest! {
    #[test]
    fn codes_together_are_counted_as_by_hand(
        documents in prop::collection::vec(any_document(), 0..5),
        by in prop::sample::select(vec![CooccurrenceUnit::Overlap, CooccurrenceUnit::Turn, CooccurrenceUnit::Document, CooccurrenceUnit::Case]),
        themes: bool,
        between_coders: bool,
        each_coder_counts: bool,
        one_coder: bool,
    ) {
        let study = study(&documents);
        let mut options = CooccurrenceOptions { by, themes, between_coders, characters: true, filter: Filter::default() };
        if each_coder_counts {
            options.filter.counting = Some(CoderCount::All);
        }
        if one_coder {
            options.filter.coders.insert(CoderId::from_u128(2));
        }
        let load = |document: &Document| study.contents.get(&document.id).cloned();
        let table = cooccurrence(&study.project, &options, &load);
        prop_assert_eq!(table.codes.len(), if themes { 2 } else { 4 });
        for a in 0..table.codes.len() {
            for b in 0..a {
                let (n1, n2, n12, shared, either) = by_hand(&study, &options, a, b);
                prop_assert_eq!((table.own(a), table.own(b), table.both(a, b), table.both(b, a)), (n1, n2, n12, n12));
                match table.jaccard(a, b) {
                    Ok(jaccard) => prop_assert!((jaccard - shared as f64 / either as f64).abs() < 1e-12),
                    Err(_) => prop_assert_eq!(either, 0),
                }
                let segments = table.pair_segments(&study.project, &load, a, b);
                if by == CooccurrenceUnit::Overlap {
                    prop_assert_eq!(segments.len(), n12);
                } else {
                    prop_assert_eq!(segments.is_empty(), n12 == 0);
                }
            }
        }
    }
}
