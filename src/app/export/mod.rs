//! A project written for other programs: what is wanted, in the form that the file's ending names, whole or not at all.

pub mod memos;
pub mod quotation;
pub mod report;

use std::{
    cell::{Cell, RefCell},
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::app::{Session, export::report::write_whole, jobs::JobControl, texts::Texts};
use crate::{
    analysis::frequency::Loader,
    export::{
        Material,
        cases::{cases, documents},
        codebook::{codebook, codebook_story},
        codings::{codings, codings_separated},
        counts::{codes_by_case, matrix, themes_by_family},
        grid::Grid,
        masked::masked,
        ods::ods,
        quotations::quotations,
        relational::{RelationalError, relational},
        scripts,
        separated::{json, separated},
        transcript::{transcripts, transcripts_docx, transcripts_html},
        xlsx::{XlsxWriteError, workbook},
    },
    import::loss::Losses,
    message::language::UiLanguage,
    model::{Project, document::Document, ids::DocumentId},
    refi::write::{Sources, Variant, WriteError, write_codebook, write_project},
    report::{
        docx::{DocxError, docx},
        html::html,
        pseudonyms::Pseudonyms,
        story::Story,
    },
    store::StoreError,
};

/// What of a project is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// All of it.
    Project,
    /// Coded passages, one row each.
    Codings,
    /// Codes with rules and examples.
    Codebook,
    /// How often themes come up in families, and codes in cases.
    Frequencies,
    /// Cases by codes, 1 or 0.
    Matrix,
    /// Cases with their attributes.
    Cases,
    /// Documents with theirs.
    Documents,
    /// Quotations by theme and case.
    Quotations,
    /// Transcripts with a note in the margin for each coding.
    Transcripts,
    /// A program in R that reads the relational database.
    R,
    /// The same in Python.
    Python,
}

impl What {
    /// All there is.
    pub const ALL: [Self; 11] = [
        Self::Project,
        Self::Codings,
        Self::Codebook,
        Self::Frequencies,
        Self::Matrix,
        Self::Cases,
        Self::Documents,
        Self::Quotations,
        Self::Transcripts,
        Self::R,
        Self::Python,
    ];

    /// Its name, as the command line has it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Project => "project",
            Self::Codings => "codings",
            Self::Codebook => "codebook",
            Self::Frequencies => "frequencies",
            Self::Matrix => "matrix",
            Self::Cases => "cases",
            Self::Documents => "documents",
            Self::Quotations => "quotations",
            Self::Transcripts => "transcripts",
            Self::R => "r",
            Self::Python => "python",
        }
    }
}

/// How an export is wanted.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// What is written; what is usual for the form where nothing is named.
    pub what: Option<What>,
    /// The language of headings.
    pub language: UiLanguage,
    /// Whether references stand for the names that the project knows.
    pub pseudonymise: bool,
    /// Transcripts of these documents only; of all where none is named.
    pub documents: BTreeSet<DocumentId>,
    /// For which program a REFI-QDA project is written.
    pub variant: Variant,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// Where; the path asked for, except of programs, which stand beside their database.
    pub path: PathBuf,
    /// Cells of a workbook whose words were longer than a cell may be, and end in `[…]`.
    pub cut: usize,
    /// What of the project isn't in the file, every thing by name: for REFI-QDA, which is to carry all of it. The other forms are made for a
    /// purpose, and the manual says what they hold.
    pub losses: Option<Losses>,
}

/// Why a project can't be written so.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// Its ending names no form.
    #[error(
        "an export ends in .qdpx, .qdc, .xlsx, .ods, .csv, .tsv, .json, .docx, .html or .sqlite, not in `.{0}`"
    )]
    Ending(String),
    /// The form doesn't hold what is wanted.
    #[error("`{what}` isn't written as .{ending}; choose {instead}", what = .what.name())]
    Unfit {
        /// What is wanted.
        what: What,
        /// The ending.
        ending: String,
        /// Endings that hold it.
        instead: &'static str,
    },
    /// A codebook without codes, which the standard doesn't allow.
    #[error("there are no codes yet, and a codebook of REFI-QDA needs one; add a code first")]
    NoCodes,
    /// The project can't be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Excel.
    #[error(transparent)]
    Xlsx(#[from] XlsxWriteError),
    /// OpenDocument.
    #[error("the workbook could not be written")]
    Ods,
    /// Word.
    #[error(transparent)]
    Docx(#[from] DocxError),
    /// REFI-QDA.
    #[error(transparent)]
    Refi(#[from] WriteError),
    /// SQLite.
    #[error(transparent)]
    Relational(#[from] RelationalError),
    /// The disk.
    #[error("the export could not be written: {0}")]
    Io(#[from] std::io::Error),
    /// The user has ended it.
    #[error("cancelled")]
    Cancelled,
}

/// What an export is made of; it knows no session, so a job can have it.
#[derive(Debug, Clone)]
pub struct Exporter {
    project: Arc<Project>,
    texts: Arc<Texts>,
}

impl Session {
    /// What an export of the present project is made of.
    pub fn exporter(&self) -> Exporter {
        Exporter {
            project: Arc::clone(self.project()),
            texts: Arc::clone(self.texts()),
        }
    }
}

impl Exporter {
    /// Writes an export to a file, whole or not at all.
    ///
    /// # Errors
    /// The ending names no form or one that doesn't hold what is wanted, something can't be read or written, or the user has ended it.
    pub fn write(
        &self,
        path: &Path,
        wanted: &Wanted,
        control: &JobControl,
    ) -> Result<Exported, ExportError> {
        if let Some(what @ (What::R | What::Python)) = wanted.what.or_else(|| program(path)) {
            let (path, text) = script(path, what, &self.project.title);
            write_whole(&path, text.as_bytes())?;
            return Ok(Exported {
                path,
                cut: 0,
                losses: None,
            });
        }
        let Made { bytes, cut, losses } = self.bytes(path, wanted, control)?;
        write_whole(path, &bytes)?;
        Ok(Exported {
            path: path.to_owned(),
            cut,
            losses,
        })
    }

    /// An export in the form that a path's ending names.
    ///
    /// # Errors
    /// As [`Self::write`].
    pub fn bytes(
        &self,
        path: &Path,
        wanted: &Wanted,
        control: &JobControl,
    ) -> Result<Made, ExportError> {
        let form = Form::of(path)?;
        let what = wanted.what.unwrap_or_else(|| form.usual());
        form.check(what, path)?;
        if !wanted.pseudonymise && form.reads_once(what) {
            return self.in_one_go(form, what, wanted, control);
        }
        let total = self.project.documents.len() as u64 + 1;
        for (done, document) in (1u64..).zip(self.project.documents.values()) {
            // What can't be read must not be missing without a word.
            self.texts.content(document)?;
            control
                .progress(done, total)
                .map_err(|_cancelled| ExportError::Cancelled)?;
        }
        let load = |document: &Document| self.texts.content(document).ok();
        if !wanted.pseudonymise {
            return made(
                form,
                what,
                wanted,
                Material {
                    project: &self.project,
                    load: &load,
                    language: wanted.language,
                },
            );
        }
        let copy = masked(
            &self.project,
            &Pseudonyms::new(&self.project, wanted.language),
            &load,
        );
        let load: &Loader<'_> = &|document: &Document| copy.content(document);
        if form == Form::Qdpx {
            return self.qdpx(&copy.project, load, wanted.variant, control);
        }
        made(
            form,
            what,
            wanted,
            Material {
                project: &copy.project,
                load,
                language: wanted.language,
            },
        )
    }

    /// A form that reads each text once, in order: no text stays in memory.
    fn in_one_go(
        &self,
        form: Form,
        what: What,
        wanted: &Wanted,
        control: &JobControl,
    ) -> Result<Made, ExportError> {
        let (total, done) = (self.project.documents.len() as u64 + 1, Cell::new(0));
        let read = |document: &Document| -> Result<_, ExportError> {
            // An archive counts its own steps.
            if form != Form::Qdpx {
                done.set(done.get() + 1);
                control
                    .progress(done.get(), total)
                    .map_err(|_cancelled| ExportError::Cancelled)?;
            }
            Ok(self.texts.content_once(document)?)
        };
        let failed = RefCell::new(None);
        let load = |document: &Document| match read(document) {
            Ok(content) => Some(content),
            Err(error) => {
                failed.borrow_mut().get_or_insert(error);
                None
            }
        };
        let made = if form == Form::Qdpx {
            self.qdpx(&self.project, &load, wanted.variant, control)
        } else {
            made(
                form,
                what,
                wanted,
                Material {
                    project: &self.project,
                    load: &load,
                    language: wanted.language,
                },
            )
        };
        // What can't be read must not be missing without a word.
        failed.into_inner().map_or(made, Err)
    }

    /// A REFI-QDA project; originals and attachments go along only where names may.
    fn qdpx(
        &self,
        project: &Arc<Project>,
        load: &Loader<'_>,
        variant: Variant,
        control: &JobControl,
    ) -> Result<Made, ExportError> {
        let with_names = Arc::ptr_eq(project, &self.project);
        let bytes = |hash| {
            if with_names {
                self.texts.bytes(hash).ok()
            } else {
                None
            }
        };
        let sources = Sources {
            project,
            content: load,
            bytes: &bytes,
        };
        let mut archive = std::io::Cursor::new(Vec::new());
        let mut goes_on =
            |done: usize, total: usize| control.progress(done as u64, total as u64).is_ok();
        let losses = write_project(&sources, variant, &mut archive, &mut goes_on)?;
        Ok(Made {
            bytes: archive.into_inner(),
            cut: 0,
            losses: Some(losses),
        })
    }
}

/// An export before it is a file.
#[derive(Debug, Default)]
pub struct Made {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// Cells that were cut.
    pub cut: usize,
    /// What isn't in them, of REFI-QDA.
    pub losses: Option<Losses>,
}

/// A form of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Qdpx,
    Qdc,
    Xlsx,
    Ods,
    Csv,
    Tsv,
    Json,
    Docx,
    Html,
    Sqlite,
}

fn ending_of(path: &Path) -> String {
    path.extension()
        .and_then(|ending| ending.to_str())
        .unwrap_or_default()
        .to_lowercase()
}

impl Form {
    fn of(path: &Path) -> Result<Self, ExportError> {
        let ending = ending_of(path);
        Ok(match ending.as_str() {
            "qdpx" => Self::Qdpx,
            "qdc" => Self::Qdc,
            "xlsx" => Self::Xlsx,
            "ods" => Self::Ods,
            "csv" => Self::Csv,
            "tsv" => Self::Tsv,
            "json" => Self::Json,
            "docx" => Self::Docx,
            "html" | "htm" => Self::Html,
            "sqlite" | "sqlite3" | "db" => Self::Sqlite,
            _ => return Err(ExportError::Ending(ending)),
        })
    }

    /// What is written where nothing is named.
    const fn usual(self) -> What {
        match self {
            Self::Qdpx | Self::Xlsx | Self::Sqlite => What::Project,
            Self::Qdc => What::Codebook,
            Self::Ods | Self::Csv | Self::Tsv | Self::Json => What::Codings,
            Self::Docx | Self::Html => What::Quotations,
        }
    }

    /// Whether its writer reads the texts once and one after the other.
    fn reads_once(self, what: What) -> bool {
        self == Self::Qdpx || (matches!(self, Self::Csv | Self::Tsv) && what == What::Codings)
    }

    fn check(self, what: What, path: &Path) -> Result<(), ExportError> {
        let table = matches!(self, Self::Ods | Self::Csv | Self::Tsv | Self::Json);
        let pages = matches!(self, Self::Docx | Self::Html);
        let (fits, instead) = match what {
            What::Project => (
                matches!(self, Self::Qdpx | Self::Xlsx | Self::Sqlite),
                ".qdpx, .xlsx or .sqlite",
            ),
            What::Codebook => (
                !matches!(self, Self::Sqlite | Self::Qdpx),
                ".qdc, .xlsx, .ods, .csv, .tsv, .json, .docx or .html",
            ),
            What::Codings | What::Frequencies | What::Matrix | What::Cases | What::Documents => (
                table || self == Self::Xlsx,
                ".xlsx, .ods, .csv, .tsv or .json",
            ),
            What::Quotations | What::Transcripts => (pages, ".docx or .html"),
            What::R | What::Python => (false, "a folder, or the name of the .sqlite file"),
        };
        if fits {
            Ok(())
        } else {
            Err(ExportError::Unfit {
                what,
                ending: ending_of(path),
                instead,
            })
        }
    }
}

/// An export in a form.
fn made(
    form: Form,
    what: What,
    wanted: &Wanted,
    material: Material<'_>,
) -> Result<Made, ExportError> {
    let grid = || grids(what, material).into_iter().next().unwrap_or_default();
    let bytes = match form {
        Form::Xlsx => {
            let book = workbook(&grids(what, material))?;
            return Ok(Made {
                bytes: book.bytes,
                cut: book.cut,
                losses: None,
            });
        }
        Form::Qdpx | Form::Qdc if material.project.codebook.codes.is_empty() => {
            return Err(ExportError::NoCodes);
        }
        Form::Qdpx | Form::Qdc => {
            let (bytes, losses) = write_codebook(material.project);
            return Ok(Made {
                bytes,
                cut: 0,
                losses: Some(losses),
            });
        }
        Form::Ods => ods(&grid()).map_err(|_error| ExportError::Ods)?,
        Form::Csv | Form::Tsv => {
            let delimiter = if form == Form::Csv { b',' } else { b'\t' };
            if what == What::Codings {
                codings_separated(material, delimiter)
            } else {
                separated(&grid(), delimiter)
            }
        }
        Form::Json => json(&grid()).into_bytes(),
        Form::Sqlite => relational(material)?,
        Form::Html if what == What::Transcripts => transcripts_html(
            &transcripts(material, &wanted.documents),
            &material.project.title,
            material.language,
        )
        .into_bytes(),
        Form::Html => html(&story(what, material)).into_bytes(),
        Form::Docx if what == What::Transcripts => {
            let found = transcripts(material, &wanted.documents);
            in_own_thread(|| transcripts_docx(&found, &material.project.title, material.language))?
        }
        Form::Docx => {
            let story = story(what, material);
            in_own_thread(|| docx(&story))?
        }
    };
    Ok(Made {
        bytes,
        cut: 0,
        losses: None,
    })
}

/// Runs the writer of Word documents where its count of paragraphs begins anew, so that the same project gives the same bytes.
fn in_own_thread(
    write: impl FnOnce() -> Result<Vec<u8>, DocxError> + Send,
) -> Result<Vec<u8>, DocxError> {
    std::thread::scope(|scope| scope.spawn(write).join()).unwrap_or(Err(DocxError::Write))
}

/// The tables of what is wanted; a form with room for one table takes the first.
fn grids(what: What, material: Material<'_>) -> Vec<Grid> {
    match what {
        What::Codings => vec![codings(material)],
        What::Codebook => vec![codebook(material)],
        What::Frequencies => vec![themes_by_family(material), codes_by_case(material)],
        What::Matrix => vec![matrix(material)],
        What::Cases => vec![cases(material)],
        What::Documents => vec![documents(material)],
        What::Project => vec![
            codings(material),
            codebook(material),
            themes_by_family(material),
            codes_by_case(material),
            matrix(material),
            cases(material),
            documents(material),
        ],
        What::Quotations | What::Transcripts | What::R | What::Python => Vec::new(),
    }
}

fn story(what: What, material: Material<'_>) -> Story {
    if what == What::Codebook {
        codebook_story(material)
    } else {
        quotations(material)
    }
}

/// The program that a path's ending asks for.
fn program(path: &Path) -> Option<What> {
    match ending_of(path).as_str() {
        "r" => Some(What::R),
        "py" => Some(What::Python),
        _ => None,
    }
}

/// Where a program goes, and its text: beside the database of that name, or into a folder under the project's title.
fn script(path: &Path, what: What, title: &str) -> (PathBuf, String) {
    let ending = if what == What::R { "R" } else { "py" };
    let database = if path.is_dir() {
        let plain: String = title
            .chars()
            .map(|c| {
                if c.is_alphanumeric() || "-_ ".contains(c) {
                    c
                } else {
                    '_'
                }
            })
            .collect();
        path.join(if plain.trim().is_empty() {
            "project"
        } else {
            plain.trim()
        })
        .with_extension("sqlite")
    } else if program(path).is_some() {
        path.with_extension("sqlite")
    } else {
        path.to_owned()
    };
    let name = database.file_name().map_or_else(
        || "project.sqlite".to_owned(),
        |name| name.to_string_lossy().into_owned(),
    );
    let text = if what == What::R {
        scripts::r(&name)
    } else {
        scripts::python(&name)
    };
    (database.with_extension(ending), text)
}
