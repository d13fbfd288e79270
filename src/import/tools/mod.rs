//! Projects of other programs to a [`Study`](super::study::Study), one reader a program.
//!
//! Programs call things by other words; here they become the project's: a tag, label or node is a code, a highlight or annotation with one is a coding,
//! a file or source is a document, a user or owner is a coder.
//! What a reader can't take in is in the study's losses, by name.

mod brat;
mod database;
mod draft;
mod moment;
mod plain;
mod qualcoder;
mod qualcoder_cases;
mod rqda;
mod taguette;
mod taguette_page;
mod taguette_sheet;
mod taguette_text;
mod webanno;
mod webanno_cells;
mod word;

pub use brat::read_brat;
pub use qualcoder::read_qualcoder;
pub use rqda::read_rqda;
pub use taguette::read_taguette;
pub use taguette_page::{is_taguette_page, read_taguette_page};
pub use taguette_sheet::{
    is_taguette_highlights, read_taguette_codebook, read_taguette_highlights,
};
pub use webanno::{is_webanno, read_webanno};
pub use word::{WordFile, read_word_comments};

/// A program whose projects are read here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tool {
    /// Taguette: a `.sqlite3` file, and its sheets of highlights and tags, its page of highlights.
    Taguette,
    /// QualCoder: `data.qda` in a folder that ends in `.qda`.
    QualCoder,
    /// RQDA: an `.rqda` file.
    Rqda,
    /// brat: `.ann` files beside `.txt` files.
    Brat,
    /// WebAnno and `INCEpTION`: a `.tsv` file of version 3.
    WebAnno,
    /// Word files whose comments are codes.
    WordComments,
}

impl Tool {
    /// The program's name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Taguette => "Taguette",
            Self::QualCoder => "QualCoder",
            Self::Rqda => "RQDA",
            Self::Brat => "brat",
            Self::WebAnno => "WebAnno",
            Self::WordComments => "Word",
        }
    }
}

/// The program that a SQLite file is of, by its tables; `None` for any other file.
pub fn tool_of_sqlite(bytes: &[u8]) -> Option<Tool> {
    let database = database::Database::open("", Tool::QualCoder, bytes).ok()?;
    let has = |tables: &[&str]| tables.iter().all(|table| database.has(table));
    if has(&["documents", "highlights", "tags"]) {
        Some(Tool::Taguette)
    } else if has(&["source", "code_name", "code_text"]) {
        Some(Tool::QualCoder)
    } else if has(&["source", "freecode", "coding"]) {
        Some(Tool::Rqda)
    } else {
        None
    }
}
