//! The same figures counted from their definitions, character by character, without any of the code under test.

use std::{collections::BTreeSet, sync::Arc};

use proptest::prelude::*;

use super::random::{INCOME, LABELS, ROLE, any_options, any_study};
use crate::analysis::{ledger::Ledger, sample::SampleProject};
use crate::{
    analysis::frequency::{
        Columns, Filter, FrequencyOptions, Measure, Rows, figures,
        table::{FrequencyRow, FrequencyTable, Measured, RowKey, Segment},
    },
    model::{
        attribute::AttributeValue,
        case::CaseKind,
        coding::Coding,
        document::Document,
        ids::{CaseId, CodeId, CoderId, DocumentId},
        natural_key,
    },
    statistics::Undefined,
};

fn lets<T: Ord>(set: &BTreeSet<T>, value: &T) -> bool {
    set.is_empty() || set.contains(value)
}

/// The definitions, one function each.
struct Slow<'a> {
    study: &'a SampleProject,
    options: &'a FrequencyOptions,
}

/// A coding with its document.
type Found<'a> = (&'a Document, &'a Coding);

impl<'a> Slow<'a> {
    fn case_passes(&self, case: CaseId) -> bool {
        let wanted = &self.options.filter.cases;
        wanted.is_empty()
            || wanted
                .iter()
                .any(|&above| self.study.project.case_is_within(case, above))
    }

    fn is_person(&self, case: CaseId) -> bool {
        self.study.project.cases[&case].kind == CaseKind::person()
    }

    fn documents(&self) -> Vec<&'a Document> {
        let Filter {
            phases,
            coders,
            cases,
            documents,
            speakers,
            looked_at,
            codes: _,
        } = &self.options.filter;
        let passes = |document: &&Document| {
            (phases.is_empty() || document.phase.is_some_and(|phase| phases.contains(&phase)))
                && lets(documents, &document.id)
                && (!looked_at
                    || coders.is_empty()
                    || document
                        .codings
                        .iter()
                        .any(|coding| coders.contains(&coding.coder)))
                && (cases.is_empty() || document.cases.iter().any(|&case| self.case_passes(case)))
                && (speakers.is_empty()
                    || document
                        .speakers
                        .iter()
                        .any(|speaker| speakers.contains(&speaker.label)))
        };
        self.study
            .project
            .documents_in_order()
            .into_iter()
            .map(Arc::as_ref)
            .filter(passes)
            .collect()
    }

    fn code_passes(&self, code: CodeId) -> bool {
        let wanted = &self.options.filter.codes;
        lets(wanted, &code)
            || self.options.roll_up
                && self
                    .study
                    .project
                    .codebook
                    .ancestors(code)
                    .any(|above| wanted.contains(&above.id))
    }

    fn columns(&self) -> Vec<CodeId> {
        let book = &self.study.project.codebook;
        let in_order = book.in_order().into_iter().map(|(_, code)| code);
        let shown = |code: CodeId, top: bool| match self.options.columns {
            Columns::Codes => self.code_passes(code),
            Columns::Themes if self.options.roll_up => {
                top && book
                    .with_descendants(code)
                    .into_iter()
                    .any(|code| self.code_passes(code))
            }
            Columns::Themes => top && self.code_passes(code),
        };
        in_order
            .filter(|code| shown(code.id, code.place.parent.is_none()))
            .map(|code| code.id)
            .collect()
    }

    fn is_in(&self, coding: &Coding, column: CodeId) -> bool {
        let below = || {
            self.study
                .project
                .codebook
                .ancestors(coding.code)
                .any(|above| above.id == column)
        };
        self.code_passes(coding.code) && (coding.code == column || self.options.roll_up && below())
    }

    /// The numbers of the speakers heard in a coding.
    fn speakers(&self, (document, coding): Found<'_>) -> BTreeSet<usize> {
        let holds = |position: u32, start: u32, end: u32| start <= position && position < end;
        let turns = &self.study.contents[&document.id].turns;
        let mut found = BTreeSet::new();
        for position in coding.range.start()..coding.range.end() {
            let turn = turns
                .iter()
                .find(|turn| holds(position, turn.range.start(), turn.range.end()));
            found.extend(turn.and_then(|turn| turn.speaker).map(usize::from));
        }
        found.retain(|&number| {
            document
                .speakers
                .get(number)
                .is_some_and(|speaker| lets(&self.options.filter.speakers, &speaker.label))
        });
        found
    }

    fn codings(&self) -> Vec<Found<'a>> {
        let all = self.documents().into_iter().flat_map(|document| {
            document
                .codings
                .iter()
                .map(move |coding| (document, coding))
        });
        let columns = self.columns();
        let heard = |found: Found<'_>| {
            self.options.filter.speakers.is_empty() || !self.speakers(found).is_empty()
        };
        all.filter(|(_, coding)| {
            lets(&self.options.filter.coders, &coding.coder)
                && columns.iter().any(|&column| self.is_in(coding, column))
        })
        .filter(|&found| heard(found))
        .collect()
    }

    fn income(&self, case: CaseId, document: &Document) -> Option<AttributeValue> {
        let mut next = Some(case);
        while let Some(case) = next.and_then(|id| self.study.project.cases.get(&id)) {
            if let Some(value) = case.values.get(&(INCOME, document.phase)) {
                return Some(value.clone());
            }
            next = case.parent;
        }
        None
    }

    /// The key of one speaker in rows by turns.
    fn speaker_key(&self, document: &Document, number: usize) -> Option<RowKey> {
        let speaker = &document.speakers[number];
        match self.options.rows {
            Rows::Person => speaker
                .case
                .filter(|&case| self.is_person(case))
                .map(RowKey::Case),
            Rows::Speaker => Some(RowKey::Label(speaker.label.clone())),
            _ => {
                let role = speaker.case.and_then(|case| {
                    self.study.project.cases[&case]
                        .values
                        .get(&(ROLE, None))
                        .cloned()
                });
                let role = role
                    .filter(|role| *role != AttributeValue::NotAsked)
                    .map(|role| role.to_text());
                Some(RowKey::Label(role.unwrap_or_else(|| speaker.label.clone())))
            }
        }
    }

    fn only_person(&self, document: &Document) -> Option<RowKey> {
        let case = document
            .cases
            .first()
            .copied()
            .filter(|_| document.cases.len() == 1)?;
        (self.options.rows == Rows::Person && self.is_person(case)).then_some(RowKey::Case(case))
    }

    /// The rows of a whole document, as far as they don't depend on the coding.
    fn document_keys(&self, document: &Document) -> Vec<RowKey> {
        let cases = || {
            document
                .cases
                .iter()
                .copied()
                .filter(|&case| self.case_passes(case))
        };
        match self.options.rows {
            Rows::Case => cases().map(RowKey::Case).collect(),
            Rows::Family => cases()
                .map(|case| RowKey::Case(self.study.project.family_of(case)))
                .collect(),
            Rows::Document => vec![RowKey::Document(document.id)],
            Rows::Phase => document.phase.map(RowKey::Phase).into_iter().collect(),
            Rows::Attribute(_) => cases()
                .filter_map(|case| self.income(case, document))
                .map(RowKey::Value)
                .collect(),
            Rows::Person | Rows::Role | Rows::Speaker | Rows::Coder => {
                self.only_person(document).into_iter().collect()
            }
        }
    }

    fn keys(&self, (document, coding): Found<'_>) -> Vec<RowKey> {
        let mut keys = self.document_keys(document);
        match self.options.rows {
            Rows::Coder => keys.push(RowKey::Coder(coding.coder)),
            Rows::Person | Rows::Role | Rows::Speaker => {
                keys.extend(
                    self.speakers((document, coding))
                        .into_iter()
                        .filter_map(|number| self.speaker_key(document, number)),
                );
            }
            _ => {}
        }
        if keys.is_empty() {
            keys.push(RowKey::None);
        }
        keys
    }

    /// Whether a document is one of a row's.
    fn has(&self, document: &Document, key: &RowKey) -> bool {
        let mut keys = self.document_keys(document);
        let coders = document
            .codings
            .iter()
            .map(|coding| coding.coder)
            .filter(|coder| lets(&self.options.filter.coders, coder));
        match self.options.rows {
            Rows::Coder => return coders.map(RowKey::Coder).any(|coder| coder == *key),
            Rows::Person | Rows::Role | Rows::Speaker => {
                let listed = (0..document.speakers.len())
                    .filter(|&n| lets(&self.options.filter.speakers, &document.speakers[n].label));
                keys.extend(listed.filter_map(|number| self.speaker_key(document, number)));
            }
            _ => {}
        }
        let stray = || {
            self.codings()
                .iter()
                .any(|&found| found.0.id == document.id && self.keys(found).contains(&RowKey::None))
        };
        keys.contains(key) || *key == RowKey::None && (keys.is_empty() || stray())
    }

    /// The keys of all rows, in order.
    fn rows(&self) -> Vec<RowKey> {
        let project = &self.study.project;
        let in_order = || {
            project
                .cases_in_order()
                .into_iter()
                .map(|(_, case)| case.id)
        };
        let here = |key: &RowKey| {
            self.documents()
                .iter()
                .any(|document| self.has(document, key))
        };
        let mut rows: Vec<RowKey> = match self.options.rows {
            Rows::Case => in_order()
                .filter(|&case| self.case_passes(case))
                .map(RowKey::Case)
                .collect(),
            Rows::Family => {
                let families: Vec<_> = in_order()
                    .filter(|&case| self.case_passes(case))
                    .map(|case| project.family_of(case))
                    .collect();
                in_order()
                    .filter(|case| families.contains(case))
                    .map(RowKey::Case)
                    .collect()
            }
            Rows::Person => {
                let persons = in_order().filter(|&case| self.is_person(case));
                persons
                    .filter(|&case| self.case_passes(case) || here(&RowKey::Case(case)))
                    .map(RowKey::Case)
                    .collect()
            }
            Rows::Document => self
                .documents()
                .iter()
                .map(|document| RowKey::Document(document.id))
                .collect(),
            Rows::Phase => {
                let phases = project.phases_in_order().into_iter().map(|phase| phase.id);
                phases
                    .filter(|phase| lets(&self.options.filter.phases, phase))
                    .map(RowKey::Phase)
                    .collect()
            }
            Rows::Coder => {
                let coders = [1, 0].map(CoderId::from_u128).into_iter();
                coders
                    .filter(|coder| lets(&self.options.filter.coders, coder))
                    .map(RowKey::Coder)
                    .collect()
            }
            Rows::Role | Rows::Speaker => {
                let mut labels: Vec<&str> = ["teacher", "child"]
                    .into_iter()
                    .filter(|_| self.options.rows == Rows::Role)
                    .collect();
                let mut others = LABELS;
                others.sort_by_key(|label| natural_key(label));
                labels.extend(others);
                labels
                    .into_iter()
                    .map(|label| RowKey::Label(label.to_owned()))
                    .filter(here)
                    .collect()
            }
            Rows::Attribute(_) => {
                let values = [
                    AttributeValue::Number(900.0),
                    AttributeValue::Number(1e4),
                    AttributeValue::Missing,
                ];
                values.into_iter().map(RowKey::Value).filter(here).collect()
            }
        };
        rows.extend(Some(RowKey::None).filter(here));
        rows
    }

    /// The figure for some codings, each under its column, in some documents.
    ///
    /// Shares are of the codings of a row and of a column.
    fn value(
        &self,
        codings: &[(CodeId, Found<'_>)],
        documents: &[&Document],
        (row, column): (usize, usize),
    ) -> Measured {
        let chars: u64 = documents
            .iter()
            .map(|document| u64::from(document.len_chars()))
            .sum();
        let distinct = passages(self.options, codings).len();
        let covered: BTreeSet<(DocumentId, u32)> = codings
            .iter()
            .flat_map(|(_, (document, coding))| {
                (coding.range.start()..coding.range.end()).map(|position| (document.id, position))
            })
            .collect();
        let in_documents: BTreeSet<DocumentId> = codings
            .iter()
            .map(|(_, (document, _))| document.id)
            .collect();
        match self.options.measure {
            _ if documents.is_empty() => Measured::NoDocument,
            Measure::Codings => Measured::Count(distinct as u64),
            Measure::Documents => Measured::Count(in_documents.len() as u64),
            Measure::Characters => Measured::Count(covered.len() as u64),
            Measure::Presence => Measured::Present(!codings.is_empty()),
            Measure::Share | Measure::Per1000 if chars == 0 => {
                Measured::Undefined(Undefined::NoText)
            }
            // All characters of the texts are Han, each a word.
            Measure::Words => Measured::Count(covered.len() as u64),
            Measure::Cases => {
                let of = |(_, (document, _)): &(CodeId, Found<'_>)| {
                    document
                        .cases
                        .iter()
                        .copied()
                        .filter(|&case| self.case_passes(case))
                        .collect::<Vec<_>>()
                };
                let families: BTreeSet<CaseId> = codings
                    .iter()
                    .flat_map(of)
                    .map(|case| self.study.project.family_of(case))
                    .collect();
                Measured::Count(families.len() as u64)
            }
            Measure::RowShare if row == 0 => Measured::Undefined(Undefined::ZeroRowTotal),
            Measure::ColumnShare if column == 0 => Measured::Undefined(Undefined::ZeroColumnTotal),
            Measure::RowShare => Measured::Share(distinct as f64 / row as f64),
            Measure::ColumnShare => Measured::Share(distinct as f64 / column as f64),
            Measure::Share => Measured::Share(covered.len() as f64 / chars as f64),
            Measure::Per1000 => Measured::Rate(distinct as f64 * 1000.0 / chars as f64),
        }
    }
}

/// What counts as one: a coding, or rolled up a passage by one coder under one column.
fn passages(
    options: &FrequencyOptions,
    codings: &[(CodeId, Found<'_>)],
) -> BTreeSet<(CodeId, DocumentId, u32, u32, CoderId, Option<u128>)> {
    let one = |(column, (document, coding)): &(CodeId, Found<'_>)| {
        let (start, end, _) = coding.order();
        (
            *column,
            document.id,
            start,
            end,
            coding.coder,
            (!options.roll_up).then(|| coding.id.as_u128()),
        )
    };
    codings.iter().map(one).collect()
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
    prop_assert_eq!(
        table
            .columns
            .iter()
            .map(|column| column.code)
            .collect::<Vec<_>>(),
        columns.clone()
    );
    prop_assert_eq!(
        table
            .rows
            .iter()
            .map(|row| row.key.clone())
            .collect::<Vec<_>>(),
        slow.rows()
    );
    let documents = slow.documents();
    let codings = slow.codings();
    // A coding's topmost column stands for it in totals.
    let once = |found: &Found<'_>| {
        columns
            .iter()
            .copied()
            .find(|&column| slow.is_in(found.1, column))
    };
    let totals: Vec<_> = codings
        .iter()
        .filter_map(|found| Some((once(found)?, *found)))
        .collect();
    prop_assert_eq!(totals.len(), codings.len());
    let count = |codings: &[(CodeId, Found<'_>)]| passages(options, codings).len();
    let n = count(&totals);
    prop_assert_eq!(table.total, slow.value(&totals, &documents, (n, n)));
    for (at, &column) in columns.iter().enumerate() {
        let all: Vec<_> = codings
            .iter()
            .filter(|found| slow.is_in(found.1, column))
            .map(|found| (column, *found))
            .collect();
        prop_assert_eq!(
            table.column_totals[at],
            slow.value(&all, &documents, (n, count(&all)))
        );
        stand_behind(
            options,
            &table.column_segments(&study.project, at),
            &all,
            study,
        )?;
        let with = (0..table.rows.len()).filter(|&row| {
            table.rows[row].key != RowKey::None
                && !table.segments(&study.project, row, at).is_empty()
        });
        let of = table
            .rows
            .iter()
            .filter(|row| row.key != RowKey::None && row.documents > 0);
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
        .filter(|document| slow.has(document, &row.key))
        .collect();
    prop_assert_eq!(row.documents, of_row.len());
    prop_assert_eq!(
        row.chars,
        of_row
            .iter()
            .map(|document| u64::from(document.len_chars()))
            .sum::<u64>()
    );
    let here: Vec<Found<'_>> = codings
        .iter()
        .copied()
        .filter(|&found| slow.keys(found).contains(&row.key))
        .collect();
    let once = |found: &Found<'_>| {
        columns
            .iter()
            .copied()
            .find(|&other| slow.is_in(found.1, other))
    };
    let totals: Vec<_> = here
        .iter()
        .filter_map(|found| Some((once(found)?, *found)))
        .collect();
    let n = passages(slow.options, &totals).len();
    let all: Vec<_> = codings
        .iter()
        .filter_map(|found| Some((once(found)?, *found)))
        .collect();
    for (at, &column) in columns.iter().enumerate() {
        let of_column: Vec<_> = codings
            .iter()
            .filter(|found| slow.is_in(found.1, column))
            .map(|found| (column, *found))
            .collect();
        let cell: Vec<_> = here
            .iter()
            .filter(|found| slow.is_in(found.1, column))
            .map(|found| (column, *found))
            .collect();
        let value = table.cell(number, at).unwrap().value;
        prop_assert_eq!(
            value,
            slow.value(
                &cell,
                &of_row,
                (n, passages(slow.options, &of_column).len())
            )
        );
        prop_assert_eq!(value == Measured::NoDocument, of_row.is_empty());
        stand_behind(
            slow.options,
            &table.segments(&slow.study.project, number, at),
            &cell,
            slow.study,
        )?;
    }
    prop_assert_eq!(
        table.row_totals[number],
        slow.value(&totals, &of_row, (n, passages(slow.options, &all).len()))
    );
    stand_behind(
        slow.options,
        &table.row_segments(&slow.study.project, number),
        &totals,
        slow.study,
    )
}

/// The segments are some of the codings, one for each passage, by title and place.
fn stand_behind(
    options: &FrequencyOptions,
    segments: &[Segment],
    codings: &[(CodeId, Found<'_>)],
    study: &SampleProject,
) -> Result<(), TestCaseError> {
    let found: Option<Vec<_>> = segments
        .iter()
        .map(|segment| {
            codings
                .iter()
                .find(|(_, found)| found.1.id == segment.coding)
                .copied()
        })
        .collect();
    prop_assert!(found.is_some(), "a segment that isn't counted");
    let found = found.unwrap_or_default();
    prop_assert_eq!(passages(options, &found), passages(options, codings));
    prop_assert_eq!(segments.len(), passages(options, codings).len());
    for (segment, (_, (document, coding))) in segments.iter().zip(&found) {
        prop_assert_eq!(
            (segment.document, segment.range),
            (document.id, coding.range)
        );
    }
    let place = |(_, (document, coding)): &(CodeId, Found<'_>)| {
        (
            natural_key(&study.project.documents[&document.id].title),
            document.id,
            coding.order(),
        )
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
