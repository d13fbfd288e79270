//! Importing the answers of a survey: its cases with their attributes, and a document for each answer.

use crate::app::{
    AppError, Session,
    edit::{
        document_import::{self, Placed},
        find_or_add::AddedNames,
        sheets,
    },
    import::SheetError,
    jobs::JobControl,
};
use crate::import::{survey::read_answers, table::InputTable};

/// The result of importing answers.
#[derive(Debug, Default)]
pub struct AnswersDone {
    /// The number of new documents.
    pub documents: usize,
    /// The number of answers that are in the project already.
    pub known: usize,
    /// The number of empty answers.
    pub empty: usize,
    /// The number of cases that are new or changed.
    pub cases: usize,
    /// What was added because the table names it.
    pub added: AddedNames,
}

impl Session {
    /// Imports a table of answers, with cases and documents, as one entry.
    ///
    /// # Errors
    /// One line with file and row.
    pub fn import_answers(
        &mut self,
        file: &str,
        bytes: Vec<u8>,
        key: Option<&str>,
        answers: &[String],
    ) -> Result<AnswersDone, SheetError> {
        let read = read_answers(&InputTable::read(file, bytes)?, key, answers)?;
        let mut tx = self.transaction("import documents");
        let report = sheets::import_cases(&mut tx, &read.cases)?;
        let total = read.answers.len();
        let placed = read.answers.into_iter().map(|own| Placed {
            case: Some(own.case),
            ..Placed::from(own.document)
        });
        let added = document_import::add_documents(&mut tx, placed.collect());
        let prepared = tx.finish()?;
        let (done, storing) = self.begin_storing(prepared, added)?;
        if let Some(storing) = storing {
            self.finish(
                storing
                    .store(&JobControl::default())
                    .map_err(AppError::from)?,
            );
        }
        let known = done.known.len();
        Ok(AnswersDone {
            documents: total - known,
            known,
            empty: read.empty,
            cases: report.rows,
            added: report.added,
        })
    }
}
