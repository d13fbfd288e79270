//! Answers of a survey: each row is a case, each chosen column becomes documents, and the other columns become attributes.

use super::{
    ImportError, ImportedDocument,
    cases::{AttributeCells, CaseNames, CaseRow, CaseSheet},
    document_of_text, encoding,
    table::InputTable,
};
use crate::message::text::Text;

/// The contents of a sheet of answers.
#[derive(Debug, Clone)]
pub struct SurveyAnswers {
    /// The answers, row by row.
    pub answers: Vec<SurveyAnswer>,
    /// The cases, with the values of the other columns.
    pub cases: CaseSheet,
    /// Number of empty cells in the chosen columns.
    pub empty: usize,
}

/// An answer as a document.
#[derive(Debug, Clone)]
pub struct SurveyAnswer {
    /// The document; its title is the names of its case and its column.
    pub document: ImportedDocument,
    /// Name of the case that gave it.
    pub case: String,
    /// Number of the row; the header is row 1.
    pub row: usize,
}

/// Reads a sheet of answers.
///
/// `key` names the column of the cases, by default the first; `answers` names the columns whose cells become documents.
///
/// # Errors
/// When a column is missing, a case has no name or appears twice, or every answer is empty.
pub fn read_answers(
    table: &InputTable,
    key: Option<&str>,
    answers: &[String],
) -> Result<SurveyAnswers, ImportError> {
    let key = key.map_or(Ok(0), |name| table.needed(name))?;
    let columns = answers
        .iter()
        .map(|name| table.needed(name))
        .collect::<Result<Vec<usize>, _>>()?;
    if columns.contains(&key) {
        return Err(table.row_error(
            1,
            Text::new("the column that names the cases can't have their answers; name another one with --key", "个案名称所在的列不能同时是回答；请用 --key 指定另一列"),
        ));
    }
    let cells = AttributeCells::read(table, &|column| column == key || columns.contains(&column))?;
    let mut read = SurveyAnswers {
        answers: Vec::new(),
        cases: CaseSheet {
            file: table.file.clone(),
            columns: cells.columns(),
            rows: Vec::new(),
        },
        empty: 0,
    };
    let mut names = CaseNames::default();
    table.for_each(|row| {
        let case = names.add(table, row, key)?;
        for column in &columns {
            let Some(said) = row.filled(Some(*column)) else {
                read.empty += 1;
                continue;
            };
            read.answers.push(SurveyAnswer {
                document: answer_document(table, &case, *column, said),
                case: case.clone(),
                row: row.number,
            });
        }
        read.cases.rows.push(CaseRow {
            row: row.number,
            name: case,
            parent: None,
            // Whoever answers a survey is a person.
            kind: Some("person".to_owned()),
            values: cells.of_row(row),
        });
        Ok(())
    })?;
    if read.answers.is_empty() {
        Err(ImportError::Empty(table.file.clone()))
    } else {
        Ok(read)
    }
}

fn answer_document(table: &InputTable, case: &str, column: usize, said: &str) -> ImportedDocument {
    let text = encoding::unify_line_ends(said.to_owned());
    ImportedDocument {
        // Short answers such as "yes" recur, which elsewhere means that a file was imported twice.
        repeats: true,
        ..document_of_text(
            format!("{case} {}", table.header[column]),
            table.file.clone(),
            "answer".to_owned(),
            text,
            None,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, key: Option<&str>, answers: &[&str]) -> Result<SurveyAnswers, ImportError> {
        let answers: Vec<String> = answers.iter().map(|name| (*name).to_owned()).collect();
        read_answers(
            &InputTable::read("survey.csv", text.as_bytes().to_vec())?,
            key,
            &answers,
        )
    }

    #[test]
    fn a_row_is_a_case_and_a_chosen_column_a_document() {
        let sheet = "nr,id,age,liked,wished\n1,F01,11,\"唱歌 😀\nand maths\",more time\n2,F02,12,,more time\n";
        let read = read(sheet, Some("id"), &["liked", "wished"]).unwrap();
        let shown: Vec<_> = read
            .answers
            .iter()
            .map(|own| {
                (
                    own.document.title.as_str(),
                    own.document.text.as_str(),
                    own.case.as_str(),
                    own.row,
                )
            })
            .collect();
        assert_eq!(
            shown,
            [
                ("F01 liked", "唱歌 😀\nand maths", "F01", 2),
                ("F01 wished", "more time", "F01", 2),
                ("F02 wished", "more time", "F02", 3),
            ]
        );
        assert_eq!(read.empty, 1);
        let columns: Vec<&str> = read
            .cases
            .columns
            .iter()
            .map(|column| column.name.as_str())
            .collect();
        assert_eq!((columns, read.cases.rows.len()), (vec!["nr", "age"], 2));
    }

    #[test]
    fn what_is_wrong_is_named() {
        let error = |text: &str, key: Option<&str>, answers: &[&str]| {
            read(text, key, answers).unwrap_err().to_string()
        };
        assert_eq!(
            error("id,a\nF,x\n", None, &["b"]),
            "survey.csv: there is no column “b”, only id, a"
        );
        assert_eq!(
            error("id,a\n,x\n", None, &["a"]),
            "survey.csv, row 2: the case has no name"
        );
        assert_eq!(
            error("id,a\nF,x\nF,y\n", None, &["a"]),
            "survey.csv, row 3: “F” already is in row 2"
        );
        assert_eq!(
            error("id,a\nF,\n", None, &["a"]),
            "survey.csv: the file is empty"
        );
        assert!(error("id,a\nF,x\n", None, &["id"]).contains("can't have their answers"));
    }
}
