//! A project counted by hand, and any project counted anew the slow way.

mod random;
mod reference;

use std::{collections::BTreeSet, fmt::Write as _};

use super::{
    Columns, Filter, FrequencyOptions, Measure, Rows,
    table::{FrequencyTable, Measured, OfN},
};
use crate::analysis::sample::{SampleProject, by_hand, coding};
use crate::model::ids::{AttributeId, CaseId, CodeId, CoderId, DocumentId, PhaseId};

/// A table in lines: `row (documents): cells | total`.
fn shown(table: &FrequencyTable) -> String {
    let figure = |value: &Measured| match value {
        Measured::NoDocument => "–".to_owned(),
        Measured::Count(count) => count.to_string(),
        Measured::Share(share) => format!("{:.1}%", share * 100.0),
        Measured::Rate(rate) => format!("{rate:.1}"),
        Measured::Present(present) => if *present { "yes" } else { "no" }.to_owned(),
        Measured::Undefined(_) => "?".to_owned(),
    };
    let mut out = String::new();
    for (number, row) in table.rows.iter().enumerate() {
        let cells: Vec<String> = (0..table.columns.len())
            .map(|column| figure(&table.cell(number, column).unwrap().value))
            .collect();
        writeln!(
            out,
            "{} ({}): {} | {}",
            row.label,
            row.documents,
            cells.join(" "),
            figure(&table.row_totals[number])
        )
        .unwrap();
    }
    let totals: Vec<String> = table.column_totals.iter().map(figure).collect();
    writeln!(out, "= {} | {}", totals.join(" "), figure(&table.total)).unwrap();
    out
}

fn check(options: &FrequencyOptions, expected: &[&str]) {
    assert_eq!(
        shown(&by_hand().table(options)).lines().collect::<Vec<_>>(),
        expected,
        "{options:?}"
    );
}

fn rows(rows: Rows) -> FrequencyOptions {
    FrequencyOptions {
        rows,
        ..FrequencyOptions::default()
    }
}

#[test]
#[expect(clippy::too_many_lines, reason = "one table, row by row")]
fn each_kind_of_row_counts_its_codings() {
    // Columns: Judgement, Judgement/Shame, Judgement/Pride, Peers.
    let total = "= 1 3 1 2 | 7";
    check(
        &rows(Rows::Case),
        &[
            "F2 Lin 林家 (2): 1 2 1 2 | 6",
            "小远 (0): – – – – | –",
            "林妈妈 (0): – – – – | –",
            "F3 Wu 吴家 (0): – – – – | –",
        ]
        .into_iter()
        .chain([
            "F10 Reed (1): 1 0 0 1 | 2",
            "Tom (1): 0 1 0 0 | 1",
            " (1): 0 0 0 0 | 0",
            total,
        ])
        .collect::<Vec<_>>(),
    );
    check(
        &rows(Rows::Family),
        &[
            "F2 Lin 林家 (2): 1 2 1 2 | 6",
            "F3 Wu 吴家 (0): – – – – | –",
            "F10 Reed (2): 1 1 0 1 | 3",
            " (1): 0 0 0 0 | 0",
            total,
        ],
    );
    check(
        &rows(Rows::Person),
        &[
            "小远 (1): 0 2 1 1 | 4",
            "林妈妈 (1): 0 0 0 1 | 1",
            "Tom (2): 1 1 0 0 | 2",
            " (2): 0 0 0 1 | 1",
            total,
        ],
    );
    check(
        &rows(Rows::Role),
        &[
            "mother (1): 0 0 0 1 | 1",
            "child (1): 0 2 1 1 | 4",
            "Interviewer (1): 0 0 0 1 | 1",
            "Tom (1): 1 0 0 0 | 1",
        ]
        .into_iter()
        .chain([" (2): 0 1 0 0 | 1", total])
        .collect::<Vec<_>>(),
    );
    check(
        &rows(Rows::Speaker),
        &[
            "Interviewer (1): 0 0 0 1 | 1",
            "Tom (1): 1 0 0 0 | 1",
            "妈妈 (1): 0 0 0 1 | 1",
            "小远 (1): 0 2 1 1 | 4",
        ]
        .into_iter()
        .chain([" (2): 0 1 0 0 | 1", total])
        .collect::<Vec<_>>(),
    );
    check(
        &rows(Rows::Document),
        &[
            "F2 家访 (1): 0 2 1 1 | 4",
            "F10 group (1): 1 0 0 1 | 2",
            "F10 Tom (1): 0 1 0 0 | 1",
            "field notes 田野笔记 (1): 0 0 0 0 | 0",
            total,
        ],
    );
    check(
        &rows(Rows::Phase),
        &[
            "session 3 (1): 0 2 1 1 | 4",
            "follow-up (1): 1 0 0 1 | 2",
            " (2): 0 1 0 0 | 1",
            total,
        ],
    );
    check(
        &rows(Rows::Coder),
        &["Bo (2): 1 1 0 1 | 3", "安 (2): 0 2 1 1 | 4", total],
    );
    // Reed has no value for the follow-up, and Tom's interview no phase.
    check(
        &rows(Rows::Attribute(AttributeId::from_u128(2))),
        &[
            "10000 (1): 0 2 1 1 | 4",
            "missing (1): 1 0 0 1 | 2",
            " (2): 0 1 0 0 | 1",
            total,
        ],
    );
    check(
        &rows(Rows::Attribute(AttributeId::from_u128(3))),
        &["学校 (1): 0 0 0 0 | 0", " (3): 1 3 1 2 | 7", total],
    );
}

#[test]
fn each_measure_says_what_it_says() {
    let by = |measure, roll_up| FrequencyOptions {
        rows: Rows::Document,
        columns: Columns::Themes,
        measure,
        roll_up,
        ..FrequencyOptions::default()
    };
    // Shame and pride on the same words by one coder are one passage of judgement.
    let lines = |a: &'static str,
                 b: &'static str,
                 c: &'static str,
                 d: &'static str,
                 total: &'static str| {
        let names = ["F2 家访", "F10 group", "F10 Tom", "field notes 田野笔记"];
        names
            .into_iter()
            .zip([a, b, c, d])
            .map(|(name, cells)| format!("{name} (1): {cells}"))
            .chain([total.to_owned()])
            .collect::<Vec<_>>()
    };
    for (measure, expected) in [
        (
            Measure::Codings,
            lines("2 1 | 3", "1 1 | 2", "1 0 | 1", "0 0 | 0", "= 4 2 | 6"),
        ),
        (
            Measure::Documents,
            lines("1 1 | 1", "1 1 | 1", "1 0 | 1", "0 0 | 0", "= 3 2 | 3"),
        ),
        (
            Measure::Characters,
            lines(
                "15 10 | 25",
                "10 5 | 15",
                "500 0 | 500",
                "0 0 | 0",
                "= 525 15 | 540",
            ),
        ),
        (
            Measure::Share,
            lines(
                "15.0% 10.0% | 25.0%",
                "20.0% 10.0% | 30.0%",
                "50.0% 0.0% | 50.0%",
                "? ? | ?",
                "= 45.7% 1.3% | 47.0%",
            ),
        ),
        (
            Measure::Presence,
            lines(
                "yes yes | yes",
                "yes yes | yes",
                "yes no | yes",
                "no no | no",
                "= yes yes | yes",
            ),
        ),
        (
            Measure::Per1000,
            lines(
                "20.0 10.0 | 30.0",
                "20.0 20.0 | 40.0",
                "1.0 0.0 | 1.0",
                "? ? | ?",
                "= 3.5 1.7 | 5.2",
            ),
        ),
    ] {
        check(
            &by(measure, true),
            &expected.iter().map(String::as_str).collect::<Vec<_>>(),
        );
    }
    let apart = lines("0 1 | 1", "1 1 | 2", "0 0 | 0", "0 0 | 0", "= 1 2 | 3");
    check(
        &by(Measure::Codings, false),
        &apart.iter().map(String::as_str).collect::<Vec<_>>(),
    );
}

#[test]
#[expect(clippy::too_many_lines, reason = "one case for each filter")]
fn filters_let_through_what_they_name() {
    let only = |filter| FrequencyOptions {
        rows: Rows::Family,
        filter,
        ..FrequencyOptions::default()
    };
    let case = CaseId::from_u128;
    // The group session belongs to Lin too, but Reed was not asked for.
    check(
        &only(Filter {
            cases: BTreeSet::from([case(2)]),
            ..Filter::default()
        }),
        &["F2 Lin 林家 (2): 1 2 1 2 | 6", "= 1 2 1 2 | 6"],
    );
    check(
        &only(Filter {
            cases: BTreeSet::from([case(6)]),
            ..Filter::default()
        }),
        &["F10 Reed (1): 0 1 0 0 | 1", "= 0 1 0 0 | 1"],
    );
    let phases = BTreeSet::from([PhaseId::from_u128(2)]);
    let second = [
        "F2 Lin 林家 (1): 1 0 0 1 | 2",
        "F3 Wu 吴家 (0): – – – – | –",
        "F10 Reed (1): 1 0 0 1 | 2",
        "= 1 0 0 1 | 2",
    ];
    check(
        &only(Filter {
            phases,
            ..Filter::default()
        }),
        &second,
    );
    check(
        &only(Filter {
            documents: BTreeSet::from([DocumentId::from_u128(20)]),
            ..Filter::default()
        }),
        &second,
    );
    let speakers = BTreeSet::from(["Tom".to_owned()]);
    let tom = [
        "F2 Lin 林家 (1): 1 0 0 0 | 1",
        "F3 Wu 吴家 (0): – – – – | –",
        "F10 Reed (1): 1 0 0 0 | 1",
        "= 1 0 0 0 | 1",
    ];
    check(
        &only(Filter {
            speakers,
            ..Filter::default()
        }),
        &tom,
    );
    let none = Filter {
        phases: BTreeSet::from([PhaseId::from_u128(9)]),
        ..Filter::default()
    };
    check(
        &FrequencyOptions {
            filter: none,
            ..rows(Rows::Coder)
        },
        &[
            "Bo (0): – – – – | –",
            "安 (0): – – – – | –",
            "= – – – – | –",
        ],
    );
    let bo = Filter {
        coders: BTreeSet::from([CoderId::from_u128(2)]),
        codes: BTreeSet::from([CodeId::from_u128(2)]),
        ..Filter::default()
    };
    check(
        &FrequencyOptions {
            filter: bo,
            ..rows(Rows::Coder)
        },
        &["Bo (2): 1 | 1", "= 1 | 1"],
    );
}

#[test]
fn families_with_a_theme_are_counted_among_those_with_a_document() {
    let table = by_hand().table(&FrequencyOptions {
        columns: Columns::Themes,
        roll_up: true,
        ..rows(Rows::Family)
    });
    assert_eq!(
        table.with_it,
        [OfN { with: 2, of: 2 }, OfN { with: 2, of: 2 }]
    );
    assert_eq!(
        table
            .columns
            .iter()
            .map(|column| column.path.as_str())
            .collect::<Vec<_>>(),
        ["Judgement", "Peers"]
    );
    assert_eq!((table.documents, table.chars), (4, 1150));
    let table = by_hand().table(&rows(Rows::Family));
    let place = |column: usize| {
        (
            table.columns[column].path.as_str(),
            table.columns[column].depth,
        )
    };
    assert_eq!((place(1), place(3)), (("Judgement/Shame", 1), ("Peers", 0)));
    assert_eq!(table.with_it[2], OfN { with: 1, of: 2 });
}

#[test]
fn segments_lead_back_to_the_text() {
    let study = by_hand();
    let numbers = |segments: Vec<super::table::Segment>| {
        segments
            .iter()
            .map(|segment| segment.coding.as_u128())
            .collect::<Vec<_>>()
    };
    let table = study.table(&rows(Rows::Family));
    // F2 comes before F10, though its document has the higher id.
    assert_eq!(numbers(table.segments(&study.project, 0, 3)), [4, 5]);
    assert_eq!(
        numbers(table.row_segments(&study.project, 0)),
        [1, 2, 3, 4, 5, 6]
    );
    assert_eq!(numbers(table.column_segments(&study.project, 1)), [1, 3, 7]);
    assert_eq!(
        numbers(table.segments(&study.project, 9, 0)),
        Vec::<u128>::new()
    );
    assert_eq!(
        numbers(table.segments(&study.project, 0, 9)),
        Vec::<u128>::new()
    );
    let rolled = study.table(&FrequencyOptions {
        roll_up: true,
        ..rows(Rows::Family)
    });
    assert_eq!(numbers(rolled.segments(&study.project, 0, 0)), [1, 3, 6]);
    assert_eq!(
        numbers(rolled.row_segments(&study.project, 0)),
        [1, 3, 4, 5, 6]
    );
}

#[test]
fn turns_are_read_only_where_they_matter() {
    let study = by_hand();
    for kind in [
        Rows::Case,
        Rows::Family,
        Rows::Document,
        Rows::Phase,
        Rows::Coder,
        Rows::Attribute(AttributeId::from_u128(2)),
    ] {
        study.table(&rows(kind));
        assert_eq!(study.asked.get(), 0, "{kind:?}");
    }
    study.table(&rows(Rows::Speaker));
    assert_eq!(study.asked.get(), 2, "two documents have speakers");
}

#[test]
fn a_document_whose_turns_cannot_be_read_is_named() {
    let mut study = by_hand();
    study.contents.clear();
    let table = study.table(&rows(Rows::Speaker));
    assert_eq!(
        table.unread,
        [DocumentId::from_u128(20), DocumentId::from_u128(30)]
    );
    assert_eq!(
        table.row_totals.last(),
        Some(&Measured::Count(7)),
        "nothing is lost"
    );
}

#[test]
fn an_empty_project_has_an_empty_table() {
    let table = SampleProject::default().table(&FrequencyOptions::default());
    assert!(table.rows.is_empty() && table.cells.is_empty());
    assert_eq!(table.total, Measured::NoDocument);
}

#[test]
fn two_coders_on_one_passage_are_two_codings() {
    let mut study = SampleProject::default();
    study.code(1, None, "Needs", "需要");
    study.code(2, Some(1), "Belonging", "归属");
    let document = study.document(1, "一", 9, &[], &[]);
    document.codings = vec![
        coding(1, 0, 3, 1, 1),
        coding(2, 0, 3, 2, 2),
        coding(3, 0, 3, 2, 1),
        coding(4, 0, 4, 2, 1),
    ];
    let table = study.table(&FrequencyOptions {
        roll_up: true,
        ..rows(Rows::Document)
    });
    assert_eq!(shown(&table), "一 (1): 3 3 | 3\n= 3 3 | 3\n");
}
