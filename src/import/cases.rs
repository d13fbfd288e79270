//! Attribute sheets: one row a case (or a document), one column an attribute, types inferred.

use std::collections::BTreeMap;

use super::{ImportError, table::InputTable};
use crate::model::attribute::{AttributeKind, AttributeValue};

/// Most different words that a column may have to be taken for categories.
const MOST_CATEGORIES: usize = 12;

/// A column of values: `income`, or `self_esteem@baseline` for one phase.
#[derive(Debug, Clone, PartialEq)]
pub struct AttributeColumn {
    /// The attribute's name.
    pub name: String,
    /// The phase behind the `@`.
    pub phase: Option<String>,
    /// What its values are; the same for all phases of one attribute.
    pub kind: AttributeKind,
}

/// A sheet of cases.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseSheet {
    /// The file, as shown.
    pub file: String,
    /// The attributes.
    pub columns: Vec<AttributeColumn>,
    /// The cases.
    pub rows: Vec<CaseRow>,
}

/// A row of a sheet of cases.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseRow {
    /// Number in the sheet, the header being 1.
    pub row: usize,
    /// Name of the case.
    pub name: String,
    /// Name of the case it belongs to.
    pub parent: Option<String>,
    /// Kind of the case.
    pub kind: Option<String>,
    /// A value for each column, `None` for an empty cell.
    pub values: Vec<Option<AttributeValue>>,
}

/// Reads a sheet of cases; key, parent and kind name columns, by default the first, `parent` and `kind`.
///
/// # Errors
/// When a column isn't there, a key is empty or stands there twice.
pub fn read_cases(
    table: &InputTable,
    key: Option<&str>,
    parent: Option<&str>,
    kind: Option<&str>,
) -> Result<CaseSheet, ImportError> {
    let key = key.map_or(Ok(0), |name| table.needed(name))?;
    let parent = parent.map_or(Ok(table.column("parent")), |name| {
        table.needed(name).map(Some)
    })?;
    let kind = kind.map_or(Ok(table.column("kind")), |name| {
        table.needed(name).map(Some)
    })?;
    let reserved = [Some(key), parent, kind];
    let values = AttributeCells::read(table, &|column| reserved.contains(&Some(column)))?;
    let mut rows = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    let cell = |cells: &[&str], column: Option<usize>| {
        column
            .and_then(|column| cells.get(column))
            .filter(|cell| !cell.is_empty())
            .map(|cell| (*cell).to_owned())
    };
    table.for_each(|row| {
        let name = cell(&row.cells, Some(key))
            .ok_or_else(|| table.row_error(row.number, "the case has no name"))?;
        if let Some(first) = known.insert(name.clone(), row.number) {
            return Err(table.row_error(
                row.number,
                format!("`{name}` stands in row {first} already"),
            ));
        }
        let values = values.of_row(&row.cells);
        rows.push(CaseRow {
            row: row.number,
            name,
            parent: cell(&row.cells, parent),
            kind: cell(&row.cells, kind),
            values,
        });
        Ok(())
    })?;
    Ok(CaseSheet {
        file: table.file.clone(),
        columns: values.columns(),
        rows,
    })
}

/// The attribute columns of a sheet and how to read their cells.
pub(super) struct AttributeCells {
    columns: Vec<(usize, AttributeColumn)>,
}

impl AttributeCells {
    /// Looks through a sheet once and infers what each attribute is.
    pub(super) fn read(
        table: &InputTable,
        reserved: &dyn Fn(usize) -> bool,
    ) -> Result<Self, ImportError> {
        let open = table
            .header
            .iter()
            .enumerate()
            .filter(|(column, name)| !reserved(*column) && !name.is_empty());
        let named: Vec<(usize, String, Option<String>)> = open
            .map(|(column, header)| match header.split_once('@') {
                Some((name, phase)) => (
                    column,
                    name.trim().to_owned(),
                    Some(phase.trim().to_owned()),
                ),
                None => (column, header.clone(), None),
            })
            .collect();
        let mut guesses: BTreeMap<&str, KindGuess> = BTreeMap::new();
        table.for_each(|row| {
            for (column, name, _) in &named {
                guesses
                    .entry(name)
                    .or_default()
                    .see(row.cells.get(*column).copied().unwrap_or_default());
            }
            Ok(())
        })?;
        let kind = |name: &str| {
            guesses
                .get(name)
                .map_or(AttributeKind::Text, KindGuess::kind)
        };
        let columns = named.iter().map(|(column, name, phase)| {
            (
                *column,
                AttributeColumn {
                    name: name.clone(),
                    phase: phase.clone(),
                    kind: kind(name),
                },
            )
        });
        Ok(Self {
            columns: columns.collect(),
        })
    }

    pub(super) fn of_row(&self, cells: &[&str]) -> Vec<Option<AttributeValue>> {
        let value = |(column, attribute): &(usize, AttributeColumn)| {
            cells
                .get(*column)
                .filter(|cell| !cell.is_empty())
                .and_then(|cell| attribute.kind.parse(cell))
        };
        self.columns.iter().map(value).collect()
    }

    pub(super) fn columns(&self) -> Vec<AttributeColumn> {
        self.columns
            .iter()
            .map(|(_, column)| column.clone())
            .collect()
    }
}

/// What the cells of an attribute have been so far.
struct KindGuess {
    number: bool,
    date: bool,
    yes_no: bool,
    seen: usize,
    words: BTreeMap<String, usize>,
}

impl Default for KindGuess {
    fn default() -> Self {
        Self {
            number: true,
            date: true,
            yes_no: true,
            seen: 0,
            words: BTreeMap::new(),
        }
    }
}

impl KindGuess {
    fn see(&mut self, cell: &str) {
        if cell.is_empty() || AttributeValue::absent(cell).is_some() {
            return;
        }
        self.seen += 1;
        self.number &= AttributeKind::Number.parse(cell).is_some();
        self.date &= AttributeKind::Date.parse(cell).is_some();
        self.yes_no &= AttributeKind::YesNo.parse(cell).is_some();
        if self.words.len() <= MOST_CATEGORIES {
            *self.words.entry(cell.to_owned()).or_default() += 1;
        }
    }

    fn kind(&self) -> AttributeKind {
        let repeated = self.words.len() < self.seen;
        match self {
            Self { seen: 0, .. } => AttributeKind::Text,
            Self { number: true, .. } => AttributeKind::Number,
            Self { date: true, .. } => AttributeKind::Date,
            Self { yes_no: true, .. } => AttributeKind::YesNo,
            Self { words, .. } if words.len() <= MOST_CATEGORIES && repeated => {
                AttributeKind::Category(words.keys().cloned().collect())
            }
            _ => AttributeKind::Text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(text: &str) -> Result<CaseSheet, ImportError> {
        read_cases(
            &InputTable::read("cases.csv", text.as_bytes().to_vec())?,
            None,
            None,
            None,
        )
    }

    #[test]
    fn types_are_inferred_over_all_phases_of_an_attribute() {
        let sheet = sheet(
            "case,parent,kind,age,born,takes_part,income,note,esteem@baseline,esteem@follow-up\n\
             F01,,family,,,,low,talks much,,\n\
             小远,F01,person,11,2014-05-01,yes,low,quiet,18,missing\n\
             Sam,F01,person,12,2013-05-01,no,middle,draws,20,24.5\n",
        )
        .unwrap();
        let kinds: Vec<_> = sheet
            .columns
            .iter()
            .map(|column| column.kind.clone())
            .collect();
        let income = AttributeKind::Category(vec!["low".to_owned(), "middle".to_owned()]);
        use AttributeKind as K;
        assert_eq!(
            kinds,
            [
                K::Number,
                K::Date,
                K::YesNo,
                income,
                K::Text,
                K::Number,
                K::Number
            ]
        );
        assert_eq!(sheet.columns[5].phase.as_deref(), Some("baseline"));
        assert_eq!(sheet.rows[1].values[6], Some(AttributeValue::Missing));
        assert_eq!(sheet.rows[0].values[0], None);
        assert_eq!(sheet.rows[2].parent.as_deref(), Some("F01"));
    }

    #[test]
    fn a_name_that_comes_twice_is_refused_with_both_rows() {
        assert_eq!(
            sheet("case\nF01\nF01\n").unwrap_err().to_string(),
            "cases.csv, row 3: `F01` stands in row 2 already"
        );
        assert_eq!(
            sheet("case,age\n,3\n").unwrap_err().to_string(),
            "cases.csv, row 2: the case has no name"
        );
    }
}
