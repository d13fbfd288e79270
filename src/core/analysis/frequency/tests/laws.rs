//! Laws that hold for any project: what is counted is counted once, and for whom it is about.

use std::sync::Arc;

use proptest::prelude::*;

use super::random::{any_options, any_study};
use crate::{
    analysis::{
        attribution::Attribution,
        frequency::{
            Columns, FrequencyOptions, Measure, Rows,
            table::{FrequencyTable, Measured, RowKey},
        },
        merging::CoderCount,
        sample::SampleProject,
    },
    model::{
        coding::Coding,
        ids::{CaseId, CoderId, CodingId, DocumentId},
    },
};

fn families(options: &FrequencyOptions) -> FrequencyOptions {
    FrequencyOptions {
        rows: Rows::Family,
        columns: Columns::Codes,
        measure: Measure::Codings,
        roll_up: false,
        filter: options.filter.clone(),
    }
}

fn count(value: Measured) -> u64 {
    match value {
        Measured::Count(count) => count,
        _ => 0,
    }
}

/// All figures of the rows of cases, by case.
fn figures_of_cases(table: &FrequencyTable) -> Vec<(RowKey, Vec<Measured>, usize, u64)> {
    let rows = table.rows.iter().enumerate();
    rows.map(|(at, row)| {
        let cells = (0..table.columns.len())
            .map(|column| table.cell(at, column).unwrap().value)
            .collect();
        (row.key.clone(), cells, row.documents, row.words)
    })
    .collect()
}

fn with_filter_of_all(mut options: FrequencyOptions) -> FrequencyOptions {
    options.filter = crate::analysis::frequency::Filter {
        by: options.filter.by,
        counting: options
            .filter
            .counting
            .filter(|own| *own != CoderCount::Average),
        ..Default::default()
    };
    options
}

/// A second coder who marks everything again.
fn coded_again(study: &SampleProject) -> SampleProject {
    let mut project = study.project.clone();
    let second = CoderId::from_u128(1);
    for document in project.documents.values_mut() {
        let document = Arc::make_mut(document);
        let mut seen = std::collections::BTreeSet::new();
        let first: Vec<Coding> = document
            .codings
            .iter()
            .filter(|coding| coding.coder != second)
            // One coder can't mark one passage twice with one code.
            .filter(|coding| seen.insert((coding.range, coding.code)))
            .cloned()
            .collect();
        document.codings = first.clone();
        for coding in first {
            document.insert_coding(Coding {
                id: CodingId::from_u128(coding.id.as_u128() + 1000),
                coder: second,
                ..coding
            });
        }
    }
    SampleProject {
        project,
        contents: study.contents.clone(),
        ..SampleProject::default()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn families_several_and_not_attributed_make_up_what_is_counted(study in any_study(), options in any_options()) {
        let options = families(&with_filter_of_all(options));
        let table = study.table(&options);
        for (column, total) in table.column_totals.iter().enumerate() {
            let cells = |named: bool| -> u64 {
                (0..table.rows.len())
                    .filter(|&row| (table.rows[row].key != RowKey::None) == named)
                    .map(|row| count(table.cell(row, column).unwrap().value) - table.shared_in(row, column))
                    .sum()
            };
            prop_assert_eq!(cells(true) + table.several[column] + cells(false), count(*total));
        }
        let project = &study.project;
        let all: u64 = table.column_totals.iter().map(|total| count(*total)).sum();
        let codings: u64 = project.documents.values().map(|own| own.codings.len() as u64).sum();
        prop_assert!(all <= codings, "nothing counts twice");
        if options.filter.counting == Some(CoderCount::All) {
            prop_assert_eq!(all, codings);
        }
    }

    #[test]
    fn a_second_coder_who_marks_the_same_changes_no_merged_count(study in any_study(), options in any_options()) {
        let mut options = with_filter_of_all(options);
        options.filter.counting = Some(CoderCount::Merged);
        if options.rows == Rows::Coder {
            options.rows = Rows::Family;
        }
        let twice = coded_again(&study);
        let mut once = twice.project.clone();
        for document in once.documents.values_mut() {
            Arc::make_mut(document).codings.retain(|own| own.coder == CoderId::from_u128(0));
        }
        let once = SampleProject { project: once, contents: study.contents.clone(), ..SampleProject::default() };
        let (once, twice) = (once.table(&options), twice.table(&options));
        prop_assert_eq!(figures_of_cases(&once), figures_of_cases(&twice));
        prop_assert_eq!(once.column_totals, twice.column_totals);
        prop_assert_eq!(once.total, twice.total);
    }

    #[test]
    fn a_document_without_somebody_changes_no_figure_of_that_person(study in any_study(), options in any_options(), case in 0..6u128) {
        let mut options = with_filter_of_all(options);
        options.rows = Rows::Person;
        options.filter.by = Attribution::Concerned;
        if matches!(options.measure, Measure::ColumnShare) {
            options.measure = Measure::Codings;
        }
        let case = CaseId::from_u128(case);
        let key = RowKey::Case(case);
        let before = study.table(&options);
        // A document that is somebody else's, and in which all is about somebody else.
        let mut project = study.project.clone();
        let Some(first) = project.documents.values().next().cloned() else { return Ok(()) };
        let other = CaseId::from_u128((case.as_u128() + 1) % 6);
        let mut document = Arc::unwrap_or_clone(first);
        let content = study.contents[&document.id].clone();
        document.id = DocumentId::from_u128(99);
        document.cases = [other].into();
        for speaker in &mut document.speakers {
            speaker.case = Some(other);
        }
        for coding in &mut document.codings {
            coding.about = [other].into();
        }
        project.documents.insert(document.id, Arc::new(document));
        let mut contents = study.contents.clone();
        contents.insert(DocumentId::from_u128(99), content);
        let after = SampleProject { project, contents, ..SampleProject::default() }.table(&options);
        let row = |table: &FrequencyTable| {
            let found = figures_of_cases(table).into_iter().find(|row| row.0 == key);
            found.map(|(_, cells, documents, words)| (cells, documents, words))
        };
        prop_assert_eq!(row(&before), row(&after));
    }
}
