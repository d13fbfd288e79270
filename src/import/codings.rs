//! Coding sheets: one row a coding, positions in code points of the document's text.

use std::collections::BTreeMap;

use super::{ImportError, table::InputTable};
use crate::model::text::TextRange;

/// A sheet of codings; names that recur are kept once.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CodingSheet {
    /// The file, as shown.
    pub file: String,
    /// NameIndex of coders in order of appearance.
    pub coders: Vec<String>,
    /// Titles of documents in order of appearance.
    pub documents: Vec<String>,
    /// NameIndex or paths of codes in order of appearance.
    pub codes: Vec<String>,
    /// NameIndex of the facet columns.
    pub facets: Vec<String>,
    /// The codings.
    pub rows: Vec<CodingRow>,
}

/// A row of a sheet of codings.
#[derive(Debug, Clone, PartialEq)]
pub struct CodingRow {
    /// Number in the sheet, the header being 1.
    pub row: usize,
    /// Index into the sheet's coders.
    pub coder: usize,
    /// Index into the sheet's documents.
    pub document: usize,
    /// The passage; not yet checked against the text.
    pub range: TextRange,
    /// Index into the sheet's codes.
    pub code: usize,
    /// Words about it.
    pub memo: Option<Box<str>>,
    /// Facet column and value, for cells that aren't empty.
    pub facets: Vec<(usize, Box<str>)>,
}

/// Reads a sheet with the columns `coder,document,start,end,code`, optionally `memo`; every other column is a facet.
///
/// # Errors
/// When a column isn't there, or a row has no passage.
pub fn read_codings(table: &InputTable) -> Result<CodingSheet, ImportError> {
    let [coder, document, start, end, code] =
        ["coder", "document", "start", "end", "code"].map(|name| table.needed(name));
    let (coder, document, start, end, code) = (coder?, document?, start?, end?, code?);
    let memo = table.column("memo");
    let reserved = [
        Some(coder),
        Some(document),
        Some(start),
        Some(end),
        Some(code),
        memo,
    ];
    let facets: Vec<usize> = (0..table.header.len())
        .filter(|column| !reserved.contains(&Some(*column)) && !table.header[*column].is_empty())
        .collect();
    let (mut coders, mut documents, mut codes) = (
        NameIndex::default(),
        NameIndex::default(),
        NameIndex::default(),
    );
    let mut rows = Vec::new();
    table.for_each(|row| {
        let cell = |column: usize| row.cells.get(column).copied().unwrap_or_default();
        let named = |names: &mut NameIndex, column: usize, what: &str| match cell(column) {
            "" => Err(table.row_error(row.number, format!("no {what} is named"))),
            name => Ok(names.index_of(name)),
        };
        let number = |column: usize| {
            let not_a_number = || {
                table.row_error(
                    row.number,
                    format!(
                        "`{}` in column {} is not a position",
                        cell(column),
                        table.header[column]
                    ),
                )
            };
            cell(column).parse::<u32>().ok().ok_or_else(not_a_number)
        };
        let (from, to) = (number(start)?, number(end)?);
        let range = TextRange::new(from, to).filter(|range| !range.is_empty());
        let facets = facets
            .iter()
            .enumerate()
            .filter(|(_, column)| !cell(**column).is_empty());
        rows.push(CodingRow {
            row: row.number,
            coder: named(&mut coders, coder, "coder")?,
            document: named(&mut documents, document, "document")?,
            range: range.ok_or_else(|| {
                table.row_error(
                    row.number,
                    format!("{from}..{to} is no passage: the end must lie after the start"),
                )
            })?,
            code: named(&mut codes, code, "code")?,
            memo: memo
                .map(cell)
                .filter(|memo| !memo.is_empty())
                .map(Box::from),
            facets: facets
                .map(|(index, column)| (index, Box::from(cell(*column))))
                .collect(),
        });
        Ok(())
    })?;
    let facets = facets
        .into_iter()
        .map(|column| table.header[column].clone())
        .collect();
    Ok(CodingSheet {
        file: table.file.clone(),
        coders: coders.list,
        documents: documents.list,
        codes: codes.list,
        facets,
        rows,
    })
}

/// NameIndex in order of appearance; most rows repeat the name of the row before.
#[derive(Default)]
struct NameIndex {
    list: Vec<String>,
    known: BTreeMap<String, usize>,
    last: usize,
}

impl NameIndex {
    fn index_of(&mut self, name: &str) -> usize {
        if self.list.get(self.last).is_some_and(|last| last == name) {
            return self.last;
        }
        self.last = self.known.get(name).copied().unwrap_or_else(|| {
            self.list.push(name.to_owned());
            self.known.insert(name.to_owned(), self.list.len() - 1);
            self.list.len() - 1
        });
        self.last
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(text: &str) -> Result<CodingSheet, ImportError> {
        read_codings(&InputTable::read("codings.csv", text.as_bytes().to_vec())?)
    }

    #[test]
    fn codings_with_memo_and_facets() {
        let sheet =
            sheet("coder,document,start,end,code,memo,judgement\nAn,F01,3,9,Needs/Belonging,,\nBo,F01,3,9,Belonging,\"Hm, yes\",mixed\n")
                .unwrap();
        assert_eq!(sheet.coders, ["An", "Bo"]);
        assert_eq!(sheet.facets, ["judgement"]);
        assert_eq!(sheet.rows[1].facets, [(0, Box::from("mixed"))]);
        assert_eq!(sheet.rows[1].memo.as_deref(), Some("Hm, yes"));
        assert_eq!(sheet.rows[0].range, TextRange::between(3, 9));
    }

    #[test]
    fn bad_rows_are_named() {
        let error = |row: &str| {
            sheet(&format!(
                "coder,document,start,end,code\nAn,F01,0,3,A\n{row}\n"
            ))
            .unwrap_err()
            .to_string()
        };
        assert_eq!(
            error("An,F01,9,3,A"),
            "codings.csv, row 3: 9..3 is no passage: the end must lie after the start"
        );
        assert_eq!(
            error("An,F01,-1,3,A"),
            "codings.csv, row 3: `-1` in column start is not a position"
        );
        assert_eq!(error(",F01,1,3,A"), "codings.csv, row 3: no coder is named");
    }
}
