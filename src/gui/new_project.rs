//! What the file of a new project is called unless the user says otherwise.

use std::path::{Path, PathBuf};

/// The longest part of a title that becomes a file name, in characters.
const LONGEST: usize = 80;

/// The first free path in a folder for a project of this title; `None` without a title.
pub(super) fn proposal(folder: &Path, title: &str) -> Option<PathBuf> {
    let stem = file_stem(title);
    // Creating a project never overwrites a file, so the proposal is the first free name.
    let numbered = (2..).map(|number: u32| folder.join(format!("{stem} ({number}).tain")));
    (!stem.is_empty())
        .then(|| std::iter::once(folder.join(format!("{stem}.tain"))).chain(numbered))
        .and_then(|mut paths| paths.find(|path| !path.exists()))
}

/// A title without what file systems don't allow in names.
fn file_stem(title: &str) -> String {
    let allowed = |c: char| match c {
        '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '-',
        c if c.is_control() => ' ',
        c => c,
    };
    let short: String = title.trim().chars().take(LONGEST).map(allowed).collect();
    // Neither a hidden file, nor one that some systems cut the end of.
    short.trim_matches(['.', ' ']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_become_names_that_every_file_system_takes() {
        assert_eq!(file_stem(" 自信研究：第一轮 "), "自信研究：第一轮");
        assert_eq!(file_stem("A/B: what?"), "A-B- what-");
        assert_eq!(file_stem("..hidden."), "hidden");
        assert_eq!(file_stem(" . "), "");
    }

    #[test]
    fn a_name_that_is_taken_gets_a_number() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| Some(folder.path().join(name));
        assert_eq!(proposal(folder.path(), "Study"), path("Study.tain"));
        std::fs::write(folder.path().join("Study.tain"), "").unwrap();
        assert_eq!(proposal(folder.path(), "Study"), path("Study (2).tain"));
        assert_eq!(proposal(folder.path(), "  "), None);
    }
}
