//! Drafts: what was begun and not saved yet, kept beside the user's settings so that no key, page or crash loses it.
//!
//! A draft is a text of the user's own, which the project doesn't have until it is saved there.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{output_file, private_folder, settings::resolved};
use crate::model::{
    code::Code,
    ids::MemoId,
    memo::{Anchor, MemoKind},
};
use crate::store::wipe;

/// The drafts of one project.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Drafts {
    /// Memos, new ones and changes of old ones.
    pub memos: Vec<MemoDraft>,
    /// Changes of codes and their rules.
    pub codes: Vec<CodeDraft>,
    /// The query on the search page.
    pub query: String,
}

/// A memo that isn't saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemoDraft {
    /// The memo that is changed; `None` for a new one.
    pub memo: Option<MemoId>,
    /// What it is about.
    pub anchor: Anchor,
    /// Its kind.
    pub kind: MemoKind,
    /// Title.
    pub title: String,
    /// Text.
    pub body: String,
}

/// A code in its editor, where lists are still the text that was typed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CodeDraft {
    /// The code with what was typed in its fields.
    pub code: Code,
    /// The expressions that suggest it, one a line.
    pub indicators: String,
    /// The key that applies it.
    pub key: String,
    /// The categories of each facet, one a line.
    pub categories: Vec<String>,
}

impl Drafts {
    /// Returns true if a memo or a code was begun; a query alone is no loss.
    pub fn has_texts(&self) -> bool {
        !(self.memos.is_empty() && self.codes.is_empty())
    }

    /// Loads the drafts of a project from the folder of the settings; a file that can't be read has none.
    pub fn load(folder: &Path, project: &Path) -> Self {
        std::fs::read_to_string(file(folder, project))
            .ok()
            .and_then(|text| ron::from_str(&text).ok())
            .unwrap_or_default()
    }

    /// Overwrites the drafts of a project and removes them; returns false if there are none.
    ///
    /// # Errors
    /// As the file system's.
    pub fn wipe(folder: &Path, project: &Path) -> std::io::Result<bool> {
        let file = file(folder, project);
        if !file.is_file() {
            return Ok(false);
        }
        wipe(&file)?;
        Ok(true)
    }

    /// Stores the drafts; without any, their file is removed.
    pub fn keep(&self, folder: &Path, project: &Path) {
        let file = file(folder, project);
        // Drafts that can't be stored are lost in a crash only, which is no reason to interrupt the work.
        if *self == Self::default() {
            std::fs::remove_file(&file).ok();
            return;
        }
        let text = ron::ser::to_string_pretty(self, ron::ser::PrettyConfig::new())
            .expect("every draft has a form in RON");
        let drafts = folder.join(FOLDER);
        if private_folder::create(&drafts).is_ok() {
            output_file::write_private(&file, text.as_bytes()).ok();
            private_folder::close(&drafts);
        }
    }
}

const FOLDER: &str = "drafts";

/// The file of a project's drafts, whose name says nothing about it.
fn file(folder: &Path, project: &Path) -> PathBuf {
    let path = resolved(project);
    let name = blake3::hash(path.as_os_str().as_encoded_bytes()).to_hex();
    folder.join(FOLDER).join(format!("{name}.ron"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        code::{CodePlace, Hue, Indicator},
        ids::CodeId,
        localized::{Language, Localized},
        rank::Rank,
    };

    #[test]
    fn drafts_come_back_and_leave_no_file_once_they_are_saved() {
        let folder = tempfile::tempdir().unwrap();
        let project = folder.path().join("p.tain");
        let mut drafts = Drafts::default();
        drafts.memos.push(MemoDraft {
            memo: None,
            anchor: Anchor::Project,
            kind: MemoKind::Reflexive,
            title: "起初".to_owned(),
            body: "line\n“line” \\ \"".to_owned(),
        });
        let mut name = Localized::plain("Belonging");
        name.translations.insert(Language::ZH, "归属".to_owned());
        let code = Code {
            indicators: vec![Indicator {
                language: Language::ZH,
                expression: "一起".to_owned(),
            }],
            ..Code::new(
                CodeId::from_u128(7),
                CodePlace {
                    parent: None,
                    rank: Rank::between(None, None),
                },
                name,
                Hue::new(3),
            )
        };
        drafts.codes.push(CodeDraft {
            code,
            indicators: "zh: 一起\nen:".to_owned(),
            key: "b".to_owned(),
            categories: vec!["a = 甲".to_owned()],
        });
        drafts.keep(folder.path(), &project);
        assert_eq!(Drafts::load(folder.path(), &project), drafts);
        let other = folder.path().join("q.tain");
        assert_eq!(Drafts::load(folder.path(), &other), Drafts::default());
        Drafts::default().keep(folder.path(), &project);
        assert_eq!(
            std::fs::read_dir(folder.path().join(FOLDER))
                .unwrap()
                .count(),
            0
        );
    }
}
