//! Imports into an open project: transcripts, tables, codebooks and projects of other programs.
//!
//! Files are read ([`files`]) and what becomes of their documents is planned ([`plan`]) before anything is changed;
//! what is imported is one entry of the log.

pub mod case_preview;
mod files;
pub mod labels;
pub mod plan;
pub mod sheet_kind;
pub mod speaker_mapping;
pub mod study;
pub mod survey;
pub mod tiers;

use std::sync::Arc;

use self::sheet_kind::SheetKind;
pub use self::{
    files::{Batch, ReadFailure, SourcePath, find_files, labels_of, read_files},
    plan::PathPatterns,
};
use crate::app::{
    AppError, Done, Session,
    edit::{
        codebook_file, coding_sheet,
        document_import::{self, Placed},
        find_or_add::{AddedNames, CreateCodes},
        sheets,
        transaction::Prepared,
    },
    import::plan::{Disposition, NameTaken, PlanOptions},
    import::speaker_mapping::People,
    jobs::JobControl,
    refusal::Refusal,
    session::commit_job::Storing,
};
use crate::{
    import::{self, ImportError, ImportedDocument, table::InputTable},
    message::{
        explain::{Explain, Explanation},
        text::Text,
    },
    model::text::ContentHash,
};

/// The result of importing a table or a codebook.
#[derive(Debug, Default)]
pub struct SheetDone {
    /// The number of rows that are new or changed something.
    pub rows: usize,
    /// The number of rows that changed nothing.
    pub unchanged: usize,
    /// What was added because the table names it.
    pub added: AddedNames,
}

/// Why a table or a codebook can't be imported.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.explain())]
pub enum SheetError {
    /// The file can't be read.
    Import(#[from] ImportError),
    /// Its columns are those of another kind of sheet.
    WrongKind {
        /// The file.
        file: String,
        /// What its rows are.
        kind: SheetKind,
        /// What they should be.
        wanted: SheetKind,
    },
    /// The content doesn't fit the project, or can't be stored.
    App(#[from] AppError),
}

impl Explain for SheetError {
    fn explain(&self) -> Explanation {
        match self {
            Self::Import(error) => error.explain(),
            Self::WrongKind { file, kind, wanted } => Explanation::refused(
                Text::new(
                    "{file}: a sheet of {kind}, not of {wanted}",
                    "{file}：这是{kind}表，不是{wanted}表",
                )
                .with("file", file)
                .with("kind", kind.text())
                .with("wanted", wanted.text()),
            ),
            Self::App(error) => error.explain(),
        }
    }
}

impl From<Refusal> for SheetError {
    fn from(refusal: Refusal) -> Self {
        Self::App(refusal.into())
    }
}

/// Reads a sheet, unless its columns are those of another kind.
fn table_of(wanted: SheetKind, file: &str, bytes: Vec<u8>) -> Result<InputTable, SheetError> {
    let table = InputTable::read(file, bytes)?;
    match SheetKind::of(&table) {
        Some(kind) if kind != wanted => Err(SheetError::WrongKind {
            file: file.to_owned(),
            kind,
            wanted,
        }),
        _ => Ok(table),
    }
}

/// Reads a sheet of cases; whoever names the column of the cases knows what the sheet is.
fn case_table(file: &str, bytes: Vec<u8>, key: Option<&str>) -> Result<InputTable, SheetError> {
    match key {
        Some(_) => Ok(InputTable::read(file, bytes)?),
        None => table_of(SheetKind::Cases, file, bytes),
    }
}

impl Session {
    /// Adds documents as one entry, with the cases and phases that patterns find in their paths.
    ///
    /// # Errors
    /// The documents can't be stored.
    pub fn add_documents(
        &mut self,
        documents: Vec<ImportedDocument>,
        patterns: &PathPatterns,
    ) -> Result<Done, AppError> {
        self.place_documents(
            documents,
            &PlanOptions {
                patterns: patterns.clone(),
                ..PlanOptions::default()
            },
        )
    }

    /// Adds documents as one entry, as [`PlanOptions::plan`] plans it, with their cases, phases, persons and roles.
    ///
    /// # Errors
    /// The documents can't be stored.
    pub fn place_documents(
        &mut self,
        documents: Vec<ImportedDocument>,
        options: &PlanOptions,
    ) -> Result<Done, AppError> {
        let (mut done, storing) = self.begin_documents(documents, options)?;
        if let Some(storing) = storing {
            done.entry = Some(self.finish(storing.store(&JobControl::default())?));
        }
        Ok(done)
    }

    /// Prepares what [`Self::place_documents`] does, so that a job can store it; `None` if no document is added.
    ///
    /// # Errors
    /// The project can't be changed.
    pub fn begin_documents(
        &mut self,
        mut documents: Vec<ImportedDocument>,
        options: &PlanOptions,
    ) -> Result<(Done, Option<Storing>), AppError> {
        let project = Arc::clone(self.project());
        let mut left_out = Vec::new();
        if options.taken == NameTaken::LeaveOut {
            let texts: Vec<ContentHash> = documents
                .iter()
                .map(|document| ContentHash::of(document.text.as_str().as_bytes()))
                .collect();
            let plan = options
                .plan(&project, &documents, &texts, &JobControl::default())
                .expect("nobody can cancel this control");
            let mut plan = plan.into_iter();
            documents.retain(
                |document| match plan.next().map(|planned| planned.disposition) {
                    Some(Disposition::NameTaken(title)) => {
                        left_out.push((document.file.clone(), title));
                        false
                    }
                    _ => true,
                },
            );
        }
        let people = People::of(&project);
        let placed = documents
            .into_iter()
            .map(|document| options.place(&people, document))
            .collect();
        let (done, storing) = self.begin_placed(placed)?;
        Ok((Done { left_out, ..done }, storing))
    }

    /// Adds documents in a transaction, as one entry that waits to be stored.
    pub(super) fn begin_placed(
        &mut self,
        placed: Vec<Placed>,
    ) -> Result<(Done, Option<Storing>), AppError> {
        let mut tx = self.transaction("import documents");
        let added = document_import::add_documents(&mut tx, placed);
        let prepared = tx.finish()?;
        self.begin_storing(prepared, added)
    }

    /// Hands the entry of added documents over to a job, unless nothing was added.
    pub(super) fn begin_storing(
        &mut self,
        prepared: Prepared,
        added: document_import::Added,
    ) -> Result<(Done, Option<Storing>), AppError> {
        let done = Done {
            action: prepared.action().to_owned(),
            changes: prepared.changes().len(),
            named: added.named,
            known: added.known,
            retitled: added.retitled,
            unwritten: added.unwritten,
            ..Done::default()
        };
        if prepared.is_empty() {
            return Ok((done, None));
        }
        Ok((done, Some(self.commit_in_job(prepared)?)))
    }

    /// Imports a table of cases.
    ///
    /// # Errors
    /// One line with file and row.
    pub fn import_cases(
        &mut self,
        file: &str,
        bytes: Vec<u8>,
        key: Option<&str>,
        parent: Option<&str>,
        kind: Option<&str>,
    ) -> Result<SheetDone, SheetError> {
        let sheet = import::cases::read_cases(&case_table(file, bytes, key)?, key, parent, kind)?;
        let mut tx = self.transaction("import cases");
        let report = sheets::import_cases(&mut tx, &sheet)?;
        let prepared = tx.finish()?;
        self.commit_sheet(prepared, report)
    }

    /// Imports a table that describes documents of the project.
    ///
    /// # Errors
    /// One line with file and row.
    pub fn import_document_sheet(
        &mut self,
        file: &str,
        bytes: Vec<u8>,
    ) -> Result<SheetDone, SheetError> {
        let sheet =
            import::documents::read_documents(&table_of(SheetKind::Documents, file, bytes)?)?;
        let mut tx = self.transaction("import document sheet");
        let report = sheets::import_documents(&mut tx, &sheet)?;
        let prepared = tx.finish()?;
        self.commit_sheet(prepared, report)
    }

    /// Imports a table of codings.
    ///
    /// # Errors
    /// One line with file and row.
    pub fn import_codings(
        &mut self,
        file: &str,
        bytes: Vec<u8>,
        create: CreateCodes,
    ) -> Result<SheetDone, SheetError> {
        let sheet = import::codings::read_codings(&table_of(SheetKind::Codings, file, bytes)?)?;
        let mut tx = self.transaction("import codings");
        let report = coding_sheet::import_codings(&mut tx, &sheet, create)?;
        // A large sheet takes as much memory as its entry, which is encoded next.
        drop(sheet);
        let prepared = tx.finish()?;
        self.commit_sheet(prepared, report)
    }

    /// Imports a codebook: `.ron`, or a table such as `.csv` or `.xlsx`.
    ///
    /// # Errors
    /// One line with file and line.
    pub fn import_codebook(&mut self, file: &str, bytes: Vec<u8>) -> Result<SheetDone, SheetError> {
        let ending = import::ending_of(file);
        let book = match ending.as_str() {
            "ron" => import::codebook::read_ron(file, bytes)?,
            "csv" | "tsv" | "txt" | "xlsx" | "xlsm" | "xlsb" | "xls" | "ods" => {
                import::codebook::read_csv(&table_of(SheetKind::Codes, file, bytes)?)?
            }
            _ => {
                return Err(ImportError::UnknownFormat {
                    file: file.to_owned(),
                    ending,
                }
                .into());
            }
        };
        let mut tx = self.transaction("import codebook");
        let report = codebook_file::import_codebook(&mut tx, &book)?;
        let prepared = tx.finish()?;
        self.commit_sheet(prepared, report)
    }

    /// Imports a table of this kind; codings with unknown codes are refused.
    ///
    /// # Errors
    /// One line with file and row.
    pub fn import_sheet(
        &mut self,
        kind: SheetKind,
        file: &str,
        bytes: Vec<u8>,
    ) -> Result<SheetDone, SheetError> {
        match kind {
            SheetKind::Cases => self.import_cases(file, bytes, None, None, None),
            SheetKind::Documents => self.import_document_sheet(file, bytes),
            SheetKind::Codings => self.import_codings(file, bytes, CreateCodes::No),
            SheetKind::Codes => self.import_codebook(file, bytes),
        }
    }

    /// Stores what a sheet changed; a sheet that changes nothing makes no entry.
    fn commit_sheet(
        &mut self,
        prepared: Prepared,
        report: sheets::SheetReport,
    ) -> Result<SheetDone, SheetError> {
        if !prepared.is_empty() {
            self.commit(prepared)?;
        }
        Ok(SheetDone {
            rows: report.rows,
            unchanged: report.unchanged,
            added: report.added,
        })
    }
}
