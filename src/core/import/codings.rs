//! Sheets of codings: one row per coding, with positions in code points of the document's text.

use crate::message::text::Text;
use std::collections::BTreeMap;

use super::{
    ImportError,
    table::{InputRow, InputTable},
};
use crate::model::text::TextRange;

/// A sheet of codings; each distinct name is stored once.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CodingSheet {
    /// The file's name, as shown.
    pub file: String,
    /// Names of coders in order of appearance.
    pub coders: Vec<String>,
    /// Titles of documents in order of appearance.
    pub documents: Vec<String>,
    /// Names or paths of codes in order of appearance.
    pub codes: Vec<String>,
    /// Names of the facet columns.
    pub facets: Vec<String>,
    /// Names of cases that codings are about, in order of appearance.
    pub about: Vec<String>,
    /// The codings.
    pub rows: Vec<CodingRow>,
}

/// A row of a sheet of codings.
#[derive(Debug, Clone, PartialEq)]
pub struct CodingRow {
    /// Number in the sheet; the header is row 1.
    pub row: usize,
    /// Index into the sheet's coders.
    pub coder: usize,
    /// Index into the sheet's documents.
    pub document: usize,
    /// The passage; not yet checked against the text.
    pub range: TextRange,
    /// Index into the sheet's codes.
    pub code: usize,
    /// A memo on the coding.
    pub memo: Option<Box<str>>,
    /// Whom it is about, as indices into the sheet's names; empty where the cell is.
    pub about: Vec<usize>,
    /// Index of the facet column, and the value, for each cell that isn't empty.
    pub facets: Vec<(usize, Box<str>)>,
}

/// Reads a sheet with the columns `coder,document,start,end,code` and optionally `memo` and `about` (names of cases
/// between semicolons); every other column is a facet.
///
/// # Errors
/// When a column is missing, or a row has no valid passage.
pub fn read_codings(table: &InputTable) -> Result<CodingSheet, ImportError> {
    let [coder, document, start, end, code] =
        ["coder", "document", "start", "end", "code"].map(|name| table.needed(name));
    let (coder, document, start, end, code) = (coder?, document?, start?, end?, code?);
    let memo = table.column("memo");
    let about = table.column("about").or_else(|| table.column("所涉个案"));
    let reserved = [
        Some(coder),
        Some(document),
        Some(start),
        Some(end),
        Some(code),
        memo,
        about,
    ];
    // A column without a name has nothing to call the facet by.
    let facets: Vec<usize> = (0..table.header.len())
        .filter(|column| !reserved.contains(&Some(*column)) && !table.header[*column].is_empty())
        .collect();
    let (mut coders, mut documents, mut codes, mut cases) = (
        NameIndex::default(),
        NameIndex::default(),
        NameIndex::default(),
        NameIndex::default(),
    );
    let mut rows = Vec::new();
    table.for_each(|row| {
        let range = passage(table, row, start, end)?;
        rows.push(CodingRow {
            row: row.number,
            coder: coders.read(table, row, coder, Text::new("coder", "编码员"))?,
            document: documents.read(table, row, document, Text::new("document", "文档"))?,
            range,
            code: codes.read(table, row, code, Text::new("code", "编码"))?,
            memo: row.filled(memo).map(Box::from),
            about: row
                .filled(about)
                .into_iter()
                .flat_map(|names| names.split([';', '；']))
                .map(str::trim)
                .filter(|name| !name.is_empty())
                .map(|name| cases.index_of(name))
                .collect(),
            facets: facets
                .iter()
                .enumerate()
                .filter_map(|(index, column)| Some((index, row.filled(Some(*column))?.into())))
                .collect(),
        });
        Ok(())
    })?;
    Ok(CodingSheet {
        file: table.file.clone(),
        coders: coders.list,
        documents: documents.list,
        codes: codes.list,
        about: cases.list,
        facets: facets
            .into_iter()
            .map(|column| table.header[column].clone())
            .collect(),
        rows,
    })
}

/// Reads the passage of a row.
fn passage(
    table: &InputTable,
    row: &InputRow<'_>,
    start: usize,
    end: usize,
) -> Result<TextRange, ImportError> {
    let (start, end) = (position(table, row, start)?, position(table, row, end)?);
    TextRange::new(start, end)
        .filter(|range| !range.is_empty())
        .ok_or_else(|| {
            table.row_error(
                row.number,
                Text::new(
                    "{start}..{end} is not a passage: the end has to be after the start",
                    "{start}..{end} 不是片段：终点应在起点之后",
                )
                .with("start", start)
                .with("end", end),
            )
        })
}

fn position(table: &InputTable, row: &InputRow<'_>, column: usize) -> Result<u32, ImportError> {
    let cell = row.cell(column);
    cell.parse().ok().ok_or_else(|| {
        table.row_error(
            row.number,
            Text::new(
                "“{text}” in the column “{column}” is not a position",
                "“{column}”列的“{text}”不是位置",
            )
            .with("text", cell)
            .with("column", &table.header[column]),
        )
    })
}

/// Distinct names in order of appearance.
#[derive(Default)]
struct NameIndex {
    list: Vec<String>,
    known: BTreeMap<String, usize>,
    /// The index returned last: sheets are usually sorted, so most rows repeat the name of the row before.
    last: usize,
}

impl NameIndex {
    /// Reads the name in a column and returns its index.
    fn read(
        &mut self,
        table: &InputTable,
        row: &InputRow<'_>,
        column: usize,
        what: Text,
    ) -> Result<usize, ImportError> {
        match row.cell(column) {
            "" => Err(table.row_error(
                row.number,
                Text::new("no {what} is named", "没有写{what}").with("what", what),
            )),
            name => Ok(self.index_of(name)),
        }
    }

    fn index_of(&mut self, name: &str) -> usize {
        if self.list.get(self.last).is_some_and(|last| last == name) {
            return self.last;
        }
        self.last = match self.known.get(name) {
            Some(known) => *known,
            None => {
                self.known.insert(name.to_owned(), self.list.len());
                self.list.push(name.to_owned());
                self.list.len() - 1
            }
        };
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
            "codings.csv, row 3: 9..3 is not a passage: the end has to be after the start"
        );
        assert_eq!(
            error("An,F01,-1,3,A"),
            "codings.csv, row 3: “-1” in the column “start” is not a position"
        );
        assert_eq!(error(",F01,1,3,A"), "codings.csv, row 3: no coder is named");
    }
}
