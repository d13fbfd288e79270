//! A project counted by hand, and any project counted anew the slow way.

mod laws;
mod random;
mod reference;
mod slow;

use std::{collections::BTreeSet, fmt::Write as _};

use super::{
    Columns, Filter, FrequencyOptions, Measure, Rows,
    table::{FrequencyTable, Measured, OfN},
};
use crate::analysis::{
    attribution::Attribution,
    merging::CoderCount,
    sample::{SampleProject, by_hand, coding},
};
use crate::model::ids::{AttributeId, CaseId, CodeId, CoderId, DocumentId, PhaseId};

/// A table in lines: `row (documents): cells | total`.
fn shown(table: &FrequencyTable) -> String {
    let figure = |value: &Measured| match value {
        Measured::NoDocument => "–".to_owned(),
        Measured::Count(count) => count.to_string(),
        Measured::Share(share) => format!("{:.1}%", share * 100.0),
        Measured::Rate(rate) | Measured::Mean(rate) => format!("{rate:.1}"),
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
    // Columns: Judgement, Judgement/Shame, Judgement/Pride, Peers. Two coders marked one passage of shame.
    let total = "= 1 2 1 2 | 6";
    check(
        &rows(Rows::Case),
        &[
            "F2 Lin 林家 (2): 0 1 1 1 | 3",
            "小远 (1): 0 1 1 1 | 3",
            "林妈妈 (1): 0 0 0 1 | 1",
            "F3 Wu 吴家 (0): – – – – | –",
        ]
        .into_iter()
        .chain([
            "F10 Reed (2): 1 1 0 0 | 2",
            "Tom (2): 1 1 0 0 | 2",
            " (2): 0 0 0 1 | 1",
            total,
        ])
        .collect::<Vec<_>>(),
    );
    // The passage over the turns of mother and child is of one family; what the interviewer of the group says, of none.
    check(
        &rows(Rows::Family),
        &[
            "F2 Lin 林家 (2): 0 1 1 1 | 3",
            "F3 Wu 吴家 (0): – – – – | –",
            "F10 Reed (2): 1 1 0 0 | 2",
            " (2): 0 0 0 1 | 1",
            total,
        ],
    );
    check(
        &rows(Rows::Person),
        &[
            "小远 (1): 0 1 1 1 | 3",
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
            "child (1): 0 1 1 1 | 3",
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
            "小远 (1): 0 1 1 1 | 3",
        ]
        .into_iter()
        .chain([" (2): 0 1 0 0 | 1", total])
        .collect::<Vec<_>>(),
    );
    check(
        &rows(Rows::Document),
        &[
            "F2 家访 (1): 0 1 1 1 | 3",
            "F10 group (1): 1 0 0 1 | 2",
            "F10 Tom (1): 0 1 0 0 | 1",
            "field notes 田野笔记 (1): 0 0 0 0 | 0",
            total,
        ],
    );
    check(
        &rows(Rows::Phase),
        &[
            "session 3 (1): 0 1 1 1 | 3",
            "follow-up (1): 1 0 0 1 | 2",
            " (2): 0 1 0 0 | 1",
            total,
        ],
    );
    // Coders are not merged with one another in their own rows.
    check(
        &rows(Rows::Coder),
        &[
            "Bo (2): 1 1 0 1 | 3",
            "安 (2): 0 2 1 1 | 4",
            "= 1 3 1 2 | 7",
        ],
    );
    // Reed has no value for the follow-up, and Tom's interview no phase.
    check(
        &rows(Rows::Attribute(AttributeId::from_u128(2))),
        &[
            "10000 (1): 0 1 1 1 | 3",
            "missing (1): 0 0 0 0 | 0",
            " (3): 1 1 0 1 | 3",
            total,
        ],
    );
    check(
        &rows(Rows::Attribute(AttributeId::from_u128(3))),
        &["学校 (1): 0 0 0 0 | 0", " (3): 1 2 1 2 | 6", total],
    );
}

#[test]
fn those_whom_a_coder_names_come_before_those_who_speak() {
    let mut study = by_hand();
    let document = study.project.documents.get_mut(&DocumentId::from_u128(20));
    let codings = &mut std::sync::Arc::make_mut(document.unwrap()).codings;
    // The interviewer speaks of 小远, who isn't there, and Tom of both.
    codings[0].about = [CaseId::from_u128(4)].into();
    codings[1].about = [CaseId::from_u128(4), CaseId::from_u128(6)].into();
    let shown_by = |by| {
        let filter = Filter {
            by,
            ..Filter::default()
        };
        let options = FrequencyOptions {
            filter,
            ..rows(Rows::Person)
        };
        (shown(&study.table(&options)), study.table(&options).several)
    };
    let (concerned, several) = shown_by(Attribution::Concerned);
    let expected = [
        "小远 (1): 1 1 1 2 | 5",
        "林妈妈 (1): 0 0 0 1 | 1",
        "Tom (2): 1 1 0 0 | 2",
        " (1): 0 0 0 0 | 0",
        "= 1 2 1 2 | 6",
    ];
    assert_eq!(concerned.lines().collect::<Vec<_>>(), expected);
    assert_eq!(
        several,
        [1, 0, 0, 1],
        "the passage of both, and that of child and mother"
    );
    // Nobody but the speaker: the interviewer's words are no one's, and Tom's interview has no speaker.
    let (informant, _) = shown_by(Attribution::Informant);
    let expected = [
        "小远 (1): 0 1 1 1 | 3",
        "林妈妈 (1): 0 0 0 1 | 1",
        "Tom (2): 1 1 0 0 | 2",
        " (2): 0 0 0 1 | 1",
        "= 1 2 1 2 | 6",
    ];
    assert_eq!(informant.lines().collect::<Vec<_>>(), expected);
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
                "10.0 5.0 | 15.0",
                "20.0 20.0 | 40.0",
                "1.0 0.0 | 1.0",
                "? ? | ?",
                "= 2.6 1.3 | 3.9",
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
    // Lin took part in the group session, but nothing in it is about them.
    check(
        &only(Filter {
            cases: BTreeSet::from([case(2)]),
            ..Filter::default()
        }),
        &["F2 Lin 林家 (2): 0 1 1 1 | 3", "= 0 1 1 1 | 3"],
    );
    check(
        &only(Filter {
            cases: BTreeSet::from([case(6)]),
            ..Filter::default()
        }),
        &["F10 Reed (2): 1 1 0 0 | 2", "= 1 1 0 0 | 2"],
    );
    let phases = BTreeSet::from([PhaseId::from_u128(2)]);
    let second = [
        "F2 Lin 林家 (1): 0 0 0 0 | 0",
        "F3 Wu 吴家 (0): – – – – | –",
        "F10 Reed (1): 1 0 0 0 | 1",
        " (1): 0 0 0 1 | 1",
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
        "F2 Lin 林家 (1): 0 0 0 0 | 0",
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
        [OfN { with: 2, of: 2 }, OfN { with: 1, of: 2 }]
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
    assert_eq!(numbers(table.segments(&study.project, 0, 3)), [4]);
    assert_eq!(numbers(table.row_segments(&study.project, 0)), [1, 2, 4]);
    assert_eq!(numbers(table.column_segments(&study.project, 3)), [4, 5]);
    assert_eq!(numbers(table.column_segments(&study.project, 1)), [1, 7]);
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
    assert_eq!(numbers(rolled.segments(&study.project, 0, 0)), [1, 2]);
    assert_eq!(numbers(rolled.row_segments(&study.project, 0)), [1, 2, 4]);
}

#[test]
fn turns_are_read_only_where_they_matter() {
    let read = |kind: Rows| {
        let study = by_hand();
        study.table(&rows(kind));
        study.asked.get()
    };
    for kind in [Rows::Document, Rows::Phase, Rows::Coder] {
        assert_eq!(read(kind), 0, "{kind:?}");
    }
    // Mother and child are of one family and have its income; the group session is of two families.
    for kind in [Rows::Family, Rows::Attribute(AttributeId::from_u128(2))] {
        assert_eq!(read(kind), 1, "{kind:?}");
    }
    for kind in [Rows::Case, Rows::Person, Rows::Speaker] {
        assert_eq!(read(kind), 2, "two documents have speakers: {kind:?}");
    }
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
        Some(&Measured::Count(6)),
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
fn what_two_coders_marked_counts_as_asked() {
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
    let counted = |counting| {
        let filter = Filter {
            counting,
            ..Filter::default()
        };
        shown(&study.table(&FrequencyOptions {
            roll_up: true,
            filter,
            ..rows(Rows::Document)
        }))
    };
    // Merged, the three passages of belonging are one of four characters, beside the one of needs.
    assert_eq!(counted(None), "一 (1): 2 1 | 2\n= 2 1 | 2\n");
    assert_eq!(
        counted(Some(CoderCount::All)),
        "一 (1): 3 3 | 3\n= 3 3 | 3\n"
    );
    let mean = "一 (1): 1.5 1.5 | 1.5\n= 1.5 1.5 | 1.5\n";
    assert_eq!(counted(Some(CoderCount::Average)), mean);
}
