//! The same figures counted from their definitions, character by character, without any of the code under test.

use std::sync::Arc;

use proptest::prelude::*;

use super::random::{any_options, any_study};
use super::slow::{Found, Slow};
use crate::analysis::{ledger::Ledger, sample::SampleProject};
use crate::{
    analysis::frequency::{
        FrequencyOptions, Measure, figures,
        table::{FrequencyRow, FrequencyTable, Measured, RowKey, Segment},
    },
    model::{document::Document, ids::CodeId, natural_key},
};

/// Returns true if two figures are the same but for the order in which means were added up.
fn alike(a: Measured, b: Measured) -> bool {
    use Measured::{Mean, Rate, Share};
    match (a, b) {
        (Mean(a), Mean(b)) | (Rate(a), Rate(b)) | (Share(a), Share(b)) => {
            (a - b).abs() <= 1e-9 * a.abs().max(1.0)
        }
        _ => a == b,
    }
}

/// Figures by a ledger are those of the table, whether it was made for this project or has followed others up to it.
fn agree_by_ledger(
    study: &SampleProject,
    options: &FrequencyOptions,
    table: &FrequencyTable,
) -> Result<(), TestCaseError> {
    let mut ledger = Ledger::default();
    let mut before = study.project.clone();
    for (at, document) in before
        .documents
        .values_mut()
        .enumerate()
        .filter(|(at, _)| at % 2 == 0)
    {
        let document = Arc::make_mut(document);
        if at % 4 == 0 {
            document.codings.pop();
        } else {
            document.codings.extend(document.codings.first().cloned());
        }
    }
    ledger.follow(&before);
    ledger.follow(&study.project);
    prop_assert!(ledger.is_of(&study.project));
    let load = |document: &Document| study.contents.get(&document.id).cloned();
    let found = figures(&study.project, &ledger, options, &load);
    prop_assert!(found.behind.is_empty());
    prop_assert_eq!(
        FrequencyTable {
            behind: table.behind.clone(),
            ..found
        },
        table.clone()
    );
    Ok(())
}

fn agree(study: &SampleProject, options: &FrequencyOptions) -> Result<(), TestCaseError> {
    let slow = Slow { study, options };
    let table = study.table(options);
    agree_by_ledger(study, options, &table)?;
    let columns = slow.columns();
    let shown = table.columns.iter().map(|column| column.code);
    prop_assert_eq!(shown.collect::<Vec<_>>(), columns.clone());
    let documents = slow.documents();
    let counted: Vec<_> = documents
        .iter()
        .map(|own| (*own, slow.counted(own)))
        .collect();
    let codings = slow.codings(&counted);
    let keys = table.rows.iter().map(|row| row.key.clone());
    prop_assert_eq!(keys.collect::<Vec<_>>(), slow.rows(&codings));
    let totals = in_totals(&slow, &codings, &columns);
    prop_assert_eq!(totals.len(), codings.len());
    let n = slow.amount(&totals);
    let words = slow.words(None);
    let total = slow.value(&totals, &documents, words, (n, n));
    prop_assert!(alike(table.total, total), "{:?} {:?}", table.total, total);
    for (at, &column) in columns.iter().enumerate() {
        let all = in_column(&slow, &codings, column);
        let value = slow.value(&all, &documents, words, (n, slow.amount(&all)));
        prop_assert!(alike(table.column_totals[at], value));
        stand_behind(&slow, &table.column_segments(&study.project, at), &all)?;
        let several = slow.passages(&all).len() as u64;
        let rows = |found: Found<'_>| slow.keys(found).len();
        prop_assert!(table.several[at] <= several);
        if !options.roll_up {
            let in_several = all.iter().filter(|(_, found)| {
                let keys = slow.keys(*found);
                let distinct = keys
                    .iter()
                    .enumerate()
                    .filter(|(at, key)| !keys[..*at].contains(key));
                rows(*found) > 1 && distinct.count() > 1
            });
            prop_assert_eq!(table.several[at], in_several.count() as u64);
        }
        let named = || (0..table.rows.len()).filter(|&row| table.rows[row].key != RowKey::None);
        let has = |row: usize| !table.segments(&study.project, row, at).is_empty();
        let is_there = |row: usize| {
            table.rows[row].documents > 0 || !table.row_segments(&study.project, row).is_empty()
        };
        let (with, of) = (
            named().filter(|&row| has(row)),
            named().filter(|&row| is_there(row)),
        );
        prop_assert_eq!(
            (table.with_it[at].with, table.with_it[at].of),
            (with.count(), of.count())
        );
    }
    for (number, row) in table.rows.iter().enumerate() {
        agree_in_row(&slow, &table, (number, row), &codings, &columns)?;
    }
    Ok(())
}

/// Codings under the topmost column that they are in, which stands for them in totals.
fn in_totals<'a>(
    slow: &Slow<'_>,
    codings: &[Found<'a>],
    columns: &[CodeId],
) -> Vec<(CodeId, Found<'a>)> {
    let once = |found: &Found<'_>| {
        let mut all = columns.iter().copied();
        all.find(|&column| slow.is_in(found.1, column))
    };
    let found = codings.iter();
    found
        .filter_map(|found| Some((once(found)?, *found)))
        .collect()
}

fn in_column<'a>(
    slow: &Slow<'_>,
    codings: &[Found<'a>],
    column: CodeId,
) -> Vec<(CodeId, Found<'a>)> {
    let found = codings.iter().filter(|found| slow.is_in(found.1, column));
    found.map(|found| (column, *found)).collect()
}

fn agree_in_row(
    slow: &Slow<'_>,
    table: &FrequencyTable,
    (number, row): (usize, &FrequencyRow),
    codings: &[Found<'_>],
    columns: &[CodeId],
) -> Result<(), TestCaseError> {
    let of_row: Vec<&Document> = slow
        .documents()
        .into_iter()
        .filter(|document| slow.has(document, &row.key, codings))
        .collect();
    prop_assert_eq!(row.documents, of_row.len());
    let chars = of_row.iter().map(|own| u64::from(own.len_chars()));
    prop_assert_eq!(row.chars, chars.sum::<u64>());
    let words = slow.words(Some(&row.key));
    if slow.options.measure == Measure::Per1000Words {
        prop_assert_eq!(row.words, words);
    }
    let here: Vec<Found<'_>> = codings
        .iter()
        .copied()
        .filter(|&found| slow.keys(found).contains(&row.key))
        .collect();
    let totals = in_totals(slow, &here, columns);
    let n = slow.amount(&totals);
    let whole = slow.amount(&in_totals(slow, codings, columns));
    for (at, &column) in columns.iter().enumerate() {
        let of_column = slow.amount(&in_column(slow, codings, column));
        let cell = in_column(slow, &here, column);
        let value = table.cell(number, at).unwrap().value;
        let expected = slow.value(&cell, &of_row, words, (n, of_column));
        prop_assert!(alike(value, expected), "{:?} {:?}", value, expected);
        let segments = table.segments(&slow.study.project, number, at);
        stand_behind(slow, &segments, &cell)?;
    }
    let expected = slow.value(&totals, &of_row, words, (n, whole));
    prop_assert!(alike(table.row_totals[number], expected));
    stand_behind(
        slow,
        &table.row_segments(&slow.study.project, number),
        &totals,
    )
}

/// The segments are some of the codings, one for each passage, by title and place.
fn stand_behind(
    slow: &Slow<'_>,
    segments: &[Segment],
    codings: &[(CodeId, Found<'_>)],
) -> Result<(), TestCaseError> {
    let found: Option<Vec<_>> = segments
        .iter()
        .map(|segment| {
            let mut all = codings.iter();
            all.find(|(_, found)| found.1.coding.id == segment.coding)
                .copied()
        })
        .collect();
    prop_assert!(found.is_some(), "a segment that isn't counted");
    let found = found.unwrap_or_default();
    prop_assert_eq!(slow.passages(&found), slow.passages(codings));
    prop_assert_eq!(segments.len(), slow.passages(codings).len());
    for (segment, (_, (document, counted))) in segments.iter().zip(&found) {
        prop_assert_eq!(
            (segment.document, segment.range),
            (document.id, counted.coding.range)
        );
    }
    let place = |(_, (document, counted)): &(CodeId, Found<'_>)| {
        let title = &slow.study.project.documents[&document.id].title;
        (natural_key(title), document.id, counted.coding.order())
    };
    prop_assert!(found.iter().map(place).is_sorted());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn any_table_is_what_its_definitions_say(study in any_study(), options in any_options()) {
        agree(&study, &options)?;
    }
}
