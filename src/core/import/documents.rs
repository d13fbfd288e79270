//! Sheets of documents: which case and phase each belongs to, who its speakers are, and its attributes.

use super::{
    ImportError,
    cases::{AttributeCells, AttributeColumn},
    table::InputTable,
};
use crate::message::text::Text;
use crate::model::attribute::AttributeValue;

/// A sheet of documents.
#[derive(Debug, Clone, PartialEq)]
pub struct DocumentSheet {
    /// The file's name, as shown.
    pub file: String,
    /// The attributes.
    pub columns: Vec<AttributeColumn>,
    /// The documents.
    pub rows: Vec<DocumentRow>,
}

/// A row of a sheet of documents.
#[derive(Debug, Clone, PartialEq)]
pub struct DocumentRow {
    /// Number in the sheet; the header is row 1.
    pub row: usize,
    /// Title of the document.
    pub document: String,
    /// Names of the cases it belongs to.
    pub cases: Vec<String>,
    /// Name of its phase.
    pub phase: Option<String>,
    /// Labels of speakers, each with the name of the case that the speaker is.
    pub speakers: Vec<(String, String)>,
    /// A value for each column, `None` for an empty cell.
    pub values: Vec<Option<AttributeValue>>,
}

/// Reads a sheet of documents.
///
/// Its columns are `document`, and optionally `case` (several separated by `;`), `phase` and `speakers` (`label=case; …`); all others are attributes.
///
/// # Errors
/// When there is no column `document`, or a cell can't be read.
pub fn read_documents(table: &InputTable) -> Result<DocumentSheet, ImportError> {
    let document = table.needed("document")?;
    let (case, phase, speakers) = (
        table.column("case"),
        table.column("phase"),
        table.column("speakers"),
    );
    let reserved = [Some(document), case, phase, speakers];
    let cells = AttributeCells::read(table, &|column| reserved.contains(&Some(column)))?;
    let mut rows = Vec::new();
    table.for_each(|row| {
        let title = row.cell(document);
        if title.is_empty() {
            return Err(table.row_error(
                row.number,
                Text::new("the document has no title", "文档没有标题"),
            ));
        }
        rows.push(DocumentRow {
            row: row.number,
            document: title.to_owned(),
            cases: parts(row.optional(case)).map(str::to_owned).collect(),
            phase: row.filled(phase).map(str::to_owned),
            speakers: parts(row.optional(speakers))
                .map(|part| speaker(table, row.number, part))
                .collect::<Result<_, _>>()?,
            values: cells.of_row(row),
        });
        Ok(())
    })?;
    Ok(DocumentSheet {
        file: table.file.clone(),
        columns: cells.columns(),
        rows,
    })
}

fn parts(cell: &str) -> impl Iterator<Item = &str> {
    // Chinese input methods type the full-width semicolon.
    cell.split([';', '；'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

/// Reads `label=case`.
fn speaker(table: &InputTable, row: usize, part: &str) -> Result<(String, String), ImportError> {
    let (label, case) = part.split_once('=').ok_or_else(|| {
        table.row_error(
            row,
            Text::new(
                "“{part}” should have the form label=case",
                "“{part}”应写成 说话人=个案",
            )
            .with("part", part),
        )
    })?;
    Ok((label.trim().to_owned(), case.trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(text: &str) -> Result<DocumentSheet, ImportError> {
        read_documents(&InputTable::read(
            "documents.csv",
            text.as_bytes().to_vec(),
        )?)
    }

    #[test]
    fn cases_phases_and_speakers_are_read() {
        let sheet = sheet("document,case,phase,language,speakers\nSession 1,F01; F02,session 1,zh,小雨=小雨; Sam=Sam Reed\nF01,F01,,zh,\n")
            .unwrap();
        assert_eq!(sheet.rows[0].cases, ["F01", "F02"]);
        assert_eq!(
            sheet.rows[0].speakers[1],
            ("Sam".to_owned(), "Sam Reed".to_owned())
        );
        assert_eq!(sheet.rows[1].phase, None);
        assert_eq!(sheet.columns.len(), 1);
    }

    #[test]
    fn what_is_missing_is_named() {
        assert_eq!(
            sheet("title,case\nA,F01\n").unwrap_err().to_string(),
            "documents.csv: there is no column “document”, only title, case"
        );
        let error = sheet("document,speakers\nA,Sam\n").unwrap_err();
        assert_eq!(
            error.to_string(),
            "documents.csv, row 2: “Sam” should have the form label=case"
        );
    }
}
