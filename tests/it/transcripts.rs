//! Real transcripts of the field, where the folder with them is there.

use std::path::{Path, PathBuf};

use tain::{
    app::{import::find_files, import::read_files, jobs::JobControl},
    import::DocumentOptions,
};

/// The folder of real files, or `None` with a message.
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn shared(below: &str) -> Option<PathBuf> {
    let named = std::env::var_os("TAIN_SHARED").map(PathBuf::from);
    let folder = named
        .unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"))
        .join(below);
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: {} is not there", folder.display());
    None
}

#[test]
fn every_text_of_the_field_is_read_and_has_turns() {
    let Some(folder) = shared("data/transcripts") else {
        return;
    };
    let (files, failures) = find_files(&[folder]);
    assert!(failures.is_empty(), "{failures:?}");
    let batch = read_files(&files, &DocumentOptions::default(), &JobControl::default()).unwrap();
    // A survey's sheet is no transcript, and says which columns it has.
    let failures: Vec<String> = batch.failures.iter().map(ToString::to_string).collect();
    assert!(
        matches!(&failures[..], [one] if one.starts_with("qualcoder-examples/survey456.csv: there is no column of speakers")),
        "{failures:?}"
    );
    assert!(
        batch.documents.len() >= 10,
        "{} documents",
        batch.documents.len()
    );
    for document in &batch.documents {
        assert!(!document.turns.is_empty(), "{} has no turns", document.file);
    }
}

#[test]
fn one_interview_in_many_encodings_has_the_same_speakers() {
    let Some(folder) = shared("data/transcripts/zh-derived") else {
        return;
    };
    let (files, _) = find_files(&[folder]);
    let batch = read_files(&files, &DocumentOptions::default(), &JobControl::default()).unwrap();
    let of = |name: &str| {
        batch
            .documents
            .iter()
            .find(|document| document.file == name)
            .unwrap_or_else(|| panic!("{name} is missing"))
    };
    let speakers = |name: &str| {
        of(name)
            .speakers
            .iter()
            .map(|speaker| speaker.label.clone())
            .collect::<Vec<_>>()
    };
    assert!(
        speakers("hans_utf8_bom_crlf.txt").len() >= 2,
        "{:?}",
        speakers("hans_utf8_bom_crlf.txt")
    );
    for same in ["hans_gbk_crlf.txt", "hans_gb18030.txt"] {
        assert_eq!(speakers(same), speakers("hans_utf8_bom_crlf.txt"), "{same}");
    }
    for same in ["hant_big5.txt", "hant_utf16le_bom.txt"] {
        assert_eq!(speakers(same), speakers("hant_utf8.txt"), "{same}");
    }
}
