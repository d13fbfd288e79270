//! Figures that follow a project step by step are those of plain counting.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use tain::{analysis::tally::Tally, app::action::Action, model::Project};

use crate::{
    properties::{gesture, run},
    world::project,
};

/// The figures of a project, counted without short cuts.
fn check(tally: &Tally, project: &Project) {
    let codings: Vec<_> = project
        .documents
        .values()
        .flat_map(|document| document.codings.iter().map(|coding| (document.id, coding)))
        .collect();
    for code in project.codebook.codes.keys() {
        let below = project.codebook.with_descendants(*code);
        let of = |codes: &BTreeSet<_>| {
            codings
                .iter()
                .filter(|(_, coding)| codes.contains(&coding.code))
                .count()
        };
        assert_eq!(tally.own(*code), of(&[*code].into()));
        assert_eq!(tally.with_subcodes(*code), of(&below));
        let documents: BTreeSet<_> = codings
            .iter()
            .filter(|(_, coding)| coding.code == *code)
            .map(|(document, _)| document)
            .collect();
        assert_eq!(tally.documents_of(*code), documents.len());
    }
    for document in project.documents.values() {
        let mut by_coder = BTreeMap::new();
        document
            .codings
            .iter()
            .for_each(|coding| *by_coder.entry(coding.coder).or_insert(0) += 1);
        assert_eq!(tally.by_coder(document.id), &by_coder);
        let chars = document.len_chars();
        let coded = (0..chars).filter(|at| {
            document
                .codings
                .iter()
                .any(|coding| (coding.range.start()..coding.range.end()).contains(at))
        });
        let percent = (f64::from(u32::try_from(coded.count()).unwrap()) * 100.0
            / f64::from(chars.max(1))
            + 0.5)
            .floor();
        assert!((f64::from(tally.percent_coded(document.id)) - percent).abs() < 0.5);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 200, ..crate::world::cases(24) })]

    #[test]
    fn a_tally_that_follows_agrees_with_counting(gestures in proptest::collection::vec((gesture(), 0u8..6), 1..24)) {
        let folder = tempfile::tempdir().unwrap();
        let mut session = project(&folder.path().join("p.tain"), 7);
        let mut tally = Tally::default();
        for (gesture, kind) in &gestures {
            match kind {
                0 => drop(session.run(Action::Undo)),
                1 => session.project().documents.keys().next().copied().into_iter().for_each(|id| drop(session.run(Action::RemoveDocuments(vec![id])))),
                _ => drop(run(&mut session, gesture)),
            }
            tally.follow(session.project());
            check(&tally, session.project());
        }
    }
}
