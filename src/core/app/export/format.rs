//! The formats of exports: the file endings of each, and what it can hold.
//!
//! [`ExportFormat::facts`] is the only table of formats.
//! The window, the command line and the refusals all read it, so a new format is a variant and a row here,
//! and a writer in [`writers`](super::writers).

use std::path::Path;

use crate::message::{Argument, text::Text};

/// What an export contains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportContent {
    /// The whole project.
    Project,
    /// Coded segments, one row each.
    Codings,
    /// Codes with rules and examples.
    Codebook,
    /// Counts of themes by family and of codes by case.
    Frequencies,
    /// Cases by codes, 1 or 0.
    Matrix,
    /// Cases with their attributes.
    Cases,
    /// Documents with their attributes.
    Documents,
    /// Quotations by theme and case.
    Quotations,
    /// Transcripts with a margin note for each coding.
    Transcripts,
    /// A program in R that reads the relational database.
    R,
    /// The same program in Python.
    Python,
}

impl ExportContent {
    /// All contents, in the order in which the command line lists them.
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

    /// The name on the command line.
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

    /// The formats that can hold this content, as endings of a path; for programs, which places can be named.
    pub fn possible_endings(self) -> Vec<Argument> {
        if matches!(self, Self::R | Self::Python) {
            return vec![
                Text::new("a folder", "文件夹").into(),
                Text::new("the name of the .sqlite file", ".sqlite 文件的名称").into(),
            ];
        }
        dotted_endings(|format| format.can_hold(self))
            .into_iter()
            .map(Argument::from)
            .collect()
    }
}

/// A file format of exports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportFormat {
    /// A project in REFI-QDA.
    Qdpx,
    /// A codebook in REFI-QDA.
    Qdc,
    /// An Excel workbook.
    Xlsx,
    /// An OpenDocument spreadsheet.
    Ods,
    /// Comma-separated values.
    Csv,
    /// Tab-separated values.
    Tsv,
    /// An array with an object for each row.
    Json,
    /// A Word document.
    Docx,
    /// A single HTML page.
    Html,
    /// A relational SQLite database.
    Sqlite,
}

/// All that is particular to a format.
struct FormatFacts {
    /// File endings in lower case; the first is the usual one.
    endings: &'static [&'static str],
    /// What the format can hold; the first is written when nothing is named.
    contents: &'static [ExportContent],
}

/// Contents that are tables; a format with a single table holds one of them.
const TABLES: &[ExportContent] = &[
    ExportContent::Codings,
    ExportContent::Codebook,
    ExportContent::Frequencies,
    ExportContent::Matrix,
    ExportContent::Cases,
    ExportContent::Documents,
];
/// All tables in one workbook, or one of them.
const WORKBOOK: &[ExportContent] = &[
    ExportContent::Project,
    ExportContent::Codings,
    ExportContent::Codebook,
    ExportContent::Frequencies,
    ExportContent::Matrix,
    ExportContent::Cases,
    ExportContent::Documents,
];
/// Contents for people to read.
const PAGES: &[ExportContent] = &[
    ExportContent::Quotations,
    ExportContent::Codebook,
    ExportContent::Transcripts,
];

impl ExportFormat {
    /// All formats, in the order in which messages list them.
    pub const ALL: [Self; 10] = [
        Self::Qdpx,
        Self::Qdc,
        Self::Xlsx,
        Self::Ods,
        Self::Csv,
        Self::Tsv,
        Self::Json,
        Self::Docx,
        Self::Html,
        Self::Sqlite,
    ];

    const fn facts(self) -> FormatFacts {
        match self {
            Self::Qdpx => FormatFacts {
                endings: &["qdpx"],
                contents: &[ExportContent::Project],
            },
            Self::Qdc => FormatFacts {
                endings: &["qdc"],
                contents: &[ExportContent::Codebook],
            },
            Self::Xlsx => FormatFacts {
                endings: &["xlsx"],
                contents: WORKBOOK,
            },
            Self::Ods => FormatFacts {
                endings: &["ods"],
                contents: TABLES,
            },
            Self::Csv => FormatFacts {
                endings: &["csv"],
                contents: TABLES,
            },
            Self::Tsv => FormatFacts {
                endings: &["tsv"],
                contents: TABLES,
            },
            Self::Json => FormatFacts {
                endings: &["json"],
                contents: TABLES,
            },
            Self::Docx => FormatFacts {
                endings: &["docx"],
                contents: PAGES,
            },
            Self::Html => FormatFacts {
                endings: &["html", "htm"],
                contents: PAGES,
            },
            Self::Sqlite => FormatFacts {
                endings: &["sqlite", "sqlite3", "db"],
                contents: &[ExportContent::Project],
            },
        }
    }

    /// The format that the ending of a path names, in upper or lower case.
    pub fn of_path(path: &Path) -> Option<Self> {
        let ending = ending_of(path);
        Self::ALL
            .into_iter()
            .find(|format| format.facts().endings.contains(&ending.as_str()))
    }

    /// The usual file ending, without the dot.
    pub const fn ending(self) -> &'static str {
        match self.facts().endings {
            [usual, ..] => usual,
            [] => "",
        }
    }

    /// Returns true if a file of this format can contain `content`.
    pub fn can_hold(self, content: ExportContent) -> bool {
        self.facts().contents.contains(&content)
    }

    /// The content that is written when none is named.
    pub(super) fn default_content(self) -> ExportContent {
        let contents = self.facts().contents;
        *contents.first().expect("every format holds something")
    }

    /// Returns true if the export tells what the file doesn't contain.
    ///
    /// REFI-QDA claims to carry a project from program to program; the other formats are made for one purpose each.
    pub const fn reports_losses(self) -> bool {
        matches!(self, Self::Qdpx | Self::Qdc)
    }

    /// Returns true if the writer reads each text once, in order, so that no text has to stay in memory.
    pub(super) fn reads_texts_once(self, content: ExportContent) -> bool {
        match self {
            Self::Qdpx => true,
            Self::Csv | Self::Tsv => content == ExportContent::Codings,
            Self::Qdc
            | Self::Xlsx
            | Self::Ods
            | Self::Json
            | Self::Docx
            | Self::Html
            | Self::Sqlite => false,
        }
    }
}

/// The ending of a path in lower case, without the dot; empty if there is none.
pub(super) fn ending_of(path: &Path) -> String {
    path.extension()
        .map(|ending| ending.to_string_lossy().to_lowercase())
        .unwrap_or_default()
}

/// The usual endings of all formats, with their dots.
pub(crate) fn all_endings() -> Vec<String> {
    dotted_endings(|_| true)
}

fn dotted_endings(wanted: impl Fn(ExportFormat) -> bool) -> Vec<String> {
    ExportFormat::ALL
        .into_iter()
        .filter(|format| wanted(*format))
        .map(|format| format!(".{}", format.ending()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ending_names_one_format_and_every_content_has_a_place() {
        let endings: Vec<&str> = ExportFormat::ALL
            .iter()
            .flat_map(|format| format.facts().endings)
            .copied()
            .collect();
        let unique: std::collections::BTreeSet<&str> = endings.iter().copied().collect();
        assert_eq!(unique.len(), endings.len());
        for content in ExportContent::ALL {
            assert!(!content.possible_endings().is_empty(), "{content:?}");
        }
        for format in ExportFormat::ALL {
            assert!(format.can_hold(format.default_content()), "{format:?}");
        }
    }
}
