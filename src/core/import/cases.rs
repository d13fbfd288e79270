//! Sheets of cases or documents with attributes: one row each, one column per attribute, types inferred from the cells.

use crate::message::text::Text;
use std::collections::BTreeMap;

use super::{
    ImportError,
    table::{InputRow, InputTable},
};
use crate::{
    language::fold::fold,
    model::attribute::{AttributeKind, AttributeValue},
};

/// Most distinct values of a column that is read as a list of categories.
///
/// With more, a column of short free answers would become a category with as many values as cases.
const MOST_CATEGORIES: usize = 12;

/// A column of values: `income`, or `self_esteem@baseline` for one phase.
#[derive(Debug, Clone, PartialEq)]
pub struct AttributeColumn {
    /// The attribute's name.
    pub name: String,
    /// The phase, from the part after the `@`.
    pub phase: Option<String>,
    /// The type of its values; the same for all phases of one attribute.
    pub kind: AttributeKind,
}

/// A sheet of cases.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseSheet {
    /// The file's name, as shown.
    pub file: String,
    /// The attributes.
    pub columns: Vec<AttributeColumn>,
    /// The cases.
    pub rows: Vec<CaseRow>,
}

/// A row of a sheet of cases.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseRow {
    /// Number in the sheet; the header is row 1.
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

/// Reads a sheet of cases.
///
/// The arguments name columns; by default the key is the first column, and `parent` and `kind` are looked up by those names.
///
/// # Errors
/// When a named column is missing, or a case has no name or appears twice.
pub fn read_cases(
    table: &InputTable,
    key: Option<&str>,
    parent: Option<&str>,
    kind: Option<&str>,
) -> Result<CaseSheet, ImportError> {
    let key = key.map_or(Ok(0), |name| table.needed(name))?;
    let parent = optional_column(table, parent, "parent")?;
    let kind = optional_column(table, kind, "kind")?;
    let reserved = [Some(key), parent, kind];
    let cells = AttributeCells::read(table, &|column| reserved.contains(&Some(column)))?;
    let mut rows = Vec::new();
    let mut names = CaseNames::default();
    table.for_each(|row| {
        rows.push(CaseRow {
            row: row.number,
            name: names.add(table, row, key)?,
            parent: row.filled(parent).map(str::to_owned),
            kind: row.filled(kind).map(str::to_owned),
            values: cells.of_row(row),
        });
        Ok(())
    })?;
    Ok(CaseSheet {
        file: table.file.clone(),
        columns: cells.columns(),
        rows,
    })
}

/// A column that must exist if the user named it, and otherwise is looked up by its usual name.
fn optional_column(
    table: &InputTable,
    named: Option<&str>,
    usual: &str,
) -> Result<Option<usize>, ImportError> {
    match named {
        Some(name) => table.needed(name).map(Some),
        None => Ok(table.column(usual)),
    }
}

/// Names of cases, folded, with the rows that they were first seen in.
#[derive(Default)]
pub(super) struct CaseNames(BTreeMap<String, usize>);

impl CaseNames {
    /// Reads the name of a row's case.
    ///
    /// # Errors
    /// When there is none, or an earlier row has the same.
    pub(super) fn add(
        &mut self,
        table: &InputTable,
        row: &InputRow<'_>,
        key: usize,
    ) -> Result<String, ImportError> {
        let name = row.cell(key).to_owned();
        if name.is_empty() {
            return Err(table.row_error(
                row.number,
                Text::new("the case has no name", "个案没有名称"),
            ));
        }
        match self.0.insert(fold(&name), row.number) {
            None => Ok(name),
            Some(first) => Err(table.row_error(
                row.number,
                Text::new(
                    "“{name}” already is in row {row}",
                    "“{name}”已在第 {row} 行",
                )
                .with("name", &name)
                .with("row", first),
            )),
        }
    }
}

/// The attribute columns of a sheet with the types of their cells.
pub(super) struct AttributeCells {
    /// Index in the sheet, and the attribute.
    columns: Vec<(usize, AttributeColumn)>,
}

impl AttributeCells {
    /// Infers the type of each attribute from all rows.
    ///
    /// The columns of all phases of one attribute share a type, so they are inferred together.
    pub(super) fn read(
        table: &InputTable,
        reserved: &dyn Fn(usize) -> bool,
    ) -> Result<Self, ImportError> {
        let mut columns: Vec<(usize, AttributeColumn)> = table
            .header
            .iter()
            .enumerate()
            .filter(|(column, name)| !reserved(*column) && !name.is_empty())
            .map(|(column, header)| (column, AttributeColumn::named(header)))
            .collect();
        let mut guesses: BTreeMap<String, KindGuess> = columns
            .iter()
            .map(|(_, column)| (column.name.clone(), KindGuess::default()))
            .collect();
        table.for_each(|row| {
            for (index, column) in &columns {
                if let Some(guess) = guesses.get_mut(&column.name) {
                    guess.see(row.cell(*index));
                }
            }
            Ok(())
        })?;
        for (_, column) in &mut columns {
            column.kind = guesses[&column.name].kind();
        }
        Ok(Self { columns })
    }

    /// The values of a row.
    pub(super) fn of_row(&self, row: &InputRow<'_>) -> Vec<Option<AttributeValue>> {
        self.columns
            .iter()
            .map(|(index, column)| column.kind.parse(row.filled(Some(*index))?))
            .collect()
    }

    /// The attributes.
    pub(super) fn columns(&self) -> Vec<AttributeColumn> {
        self.columns
            .iter()
            .map(|(_, column)| column.clone())
            .collect()
    }
}

impl AttributeColumn {
    /// The column of a header, whose type isn't known yet.
    fn named(header: &str) -> Self {
        let (name, phase) = match header.split_once('@') {
            Some((name, phase)) => (name.trim(), Some(phase.trim().to_owned())),
            None => (header, None),
        };
        Self {
            name: name.to_owned(),
            phase,
            kind: AttributeKind::Text,
        }
    }
}

/// The types that all cells of an attribute seen so far can have.
struct KindGuess {
    /// The kinds that all cells fit, the preferred one first.
    possible: Vec<AttributeKind>,
    /// Number of cells with a value.
    seen: usize,
    /// Distinct values, at most one more than make a category.
    values: BTreeMap<String, usize>,
}

impl Default for KindGuess {
    fn default() -> Self {
        Self {
            possible: AttributeKind::INFERRED.to_vec(),
            seen: 0,
            values: BTreeMap::new(),
        }
    }
}

impl KindGuess {
    fn see(&mut self, cell: &str) {
        // "Missing" and "not asked" fit every type, so they say nothing about it.
        if cell.is_empty() || AttributeValue::absent(cell).is_some() {
            return;
        }
        self.seen += 1;
        self.possible.retain(|kind| kind.parse(cell).is_some());
        if self.values.len() <= MOST_CATEGORIES {
            *self.values.entry(cell.to_owned()).or_default() += 1;
        }
    }

    fn kind(&self) -> AttributeKind {
        if self.seen == 0 {
            return AttributeKind::Text;
        }
        if let Some(kind) = self.possible.first() {
            return kind.clone();
        }
        let repeated = self.values.len() < self.seen;
        if self.values.len() <= MOST_CATEGORIES && repeated {
            AttributeKind::Category(self.values.keys().cloned().collect())
        } else {
            AttributeKind::Text
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
            "cases.csv, row 3: “F01” already is in row 2"
        );
        assert_eq!(
            sheet("case,age\n,3\n").unwrap_err().to_string(),
            "cases.csv, row 2: the case has no name"
        );
    }
}
