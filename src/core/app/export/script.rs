//! Programs in R and Python that read the relational database: where they are written, and for which database.

use std::path::{Path, PathBuf};

use super::format::{ExportContent, ending_of};
use crate::export::scripts::{self, ScriptLanguage};

/// A program and the path that it is written to.
pub(super) struct Script {
    pub(super) path: PathBuf,
    pub(super) text: String,
}

/// The language of the program that is asked for, by content or by the ending of the path; `None` for other exports.
pub(super) fn language_of(path: &Path, content: Option<ExportContent>) -> Option<ScriptLanguage> {
    match content {
        Some(ExportContent::R) => Some(ScriptLanguage::R),
        Some(ExportContent::Python) => Some(ScriptLanguage::Python),
        Some(_) => None,
        None => language_of_ending(path),
    }
}

fn language_of_ending(path: &Path) -> Option<ScriptLanguage> {
    match ending_of(path).as_str() {
        "r" => Some(ScriptLanguage::R),
        "py" => Some(ScriptLanguage::Python),
        _ => None,
    }
}

/// The program for the database at `path`, which is a `.sqlite` file, the program's own path, or a folder.
///
/// Program and database differ only in their endings, so that the program finds the database beside it.
/// In a folder, both are named after the project.
pub(super) fn script(path: &Path, language: ScriptLanguage, title: &str) -> Script {
    let database = if path.is_dir() {
        path.join(file_stem(title)).with_extension("sqlite")
    } else if language_of_ending(path).is_some() {
        path.with_extension("sqlite")
    } else {
        path.to_owned()
    };
    let name = database.file_name().map_or_else(
        || "project.sqlite".to_owned(),
        |name| name.to_string_lossy().into_owned(),
    );
    Script {
        path: database.with_extension(language.ending()),
        text: scripts::script(language, &name),
    }
}

/// A title as a file name: characters that a file system may refuse become underscores.
fn file_stem(title: &str) -> String {
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
    match plain.trim() {
        "" => "project".to_owned(),
        stem => stem.to_owned(),
    }
}
