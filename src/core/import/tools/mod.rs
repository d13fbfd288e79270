//! Readers of other programs' projects, one per program; each returns a [`Study`](super::study::Study).
//!
//! Programs have names of their own for the same things: a tag, label or node becomes a code, a highlight or annotation that has one becomes a coding,
//! a file or source becomes a document, and a user or owner becomes a coder.
//! Whatever a reader can't import is listed by name in the study's losses.

mod brat;
mod brat_standoff;
mod builder;
mod database;
mod moment;
mod normalized;
mod qualcoder;
mod qualcoder_cases;
mod qualcoder_codes;
mod rqda;
mod rqda_codes;
mod rqda_rows;
mod source_document;
mod taguette;
mod taguette_history;
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

/// A program whose projects can be imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tool {
    /// Taguette: a `.sqlite3` file, sheets of highlights and tags, or a page of highlights.
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

/// Returns the program that wrote a SQLite file, by its tables; `None` for any other file.
pub fn tool_of_sqlite(bytes: &[u8]) -> Option<Tool> {
    let database = database::Database::open("", Tool::QualCoder, bytes).ok()?;
    if database.has_all(&["documents", "highlights", "tags"]) {
        Some(Tool::Taguette)
    } else if database.has_all(&["source", "code_name", "code_text"]) {
        Some(Tool::QualCoder)
    } else if database.has_all(&["source", "freecode", "coding"]) {
        Some(Tool::Rqda)
    } else {
        None
    }
}
