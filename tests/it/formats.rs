//! Real files of other programs come in whole: transcripts of every format, with their speakers, turns and words.

use std::path::{Path, PathBuf};

use tain::import::{
    DocumentOptions, ImportError, ImportedDocument, SourceFile, read_document,
    text::TranscriptFormat,
};

/// The folder of real files; `None`, with a message, where it isn't there.
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
pub(crate) fn data(below: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("TAIN_DATA").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data"),
        PathBuf::from,
    );
    let path = folder.join(below);
    if !path.exists() {
        eprintln!("skipped: {} isn't there", path.display());
        return None;
    }
    Some(path)
}

fn read(path: &Path) -> Result<ImportedDocument, ImportError> {
    let bytes = std::fs::read(path).unwrap();
    read_document(
        SourceFile {
            path: path.file_name().unwrap().to_string_lossy().into_owned(),
            bytes,
        },
        &DocumentOptions::default(),
    )
}

/// Turns that are somebody's, and their labels.
fn spoken(document: &ImportedDocument) -> (usize, Vec<&str>) {
    let turns = document
        .turns
        .iter()
        .filter(|turn| turn.speaker.is_some())
        .count();
    (
        turns,
        document
            .speakers
            .iter()
            .map(|speaker| speaker.label.as_str())
            .collect(),
    )
}

fn letters(document: &ImportedDocument) -> String {
    document
        .text
        .as_str()
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect()
}

#[test]
fn transcripts_of_every_format_bring_their_speakers() {
    let Some(folder) = data("transcripts") else {
        return;
    };
    for (file, turns, speakers) in [
        (
            "en-otter/gigasword_otter.md",
            84,
            vec!["Jonas Rosland", "Jack Breen", "Unknown Speaker"],
        ),
        (
            "en-md-bold-speaker/wintermoor.md",
            290,
            vec!["Jonas Rosland", "Ben Walker", "Kyla Fury", "Ryan Anderson"],
        ),
        (
            "en-pdf-maxqda-numbered/P1.pdf",
            94,
            vec!["Dan", "Participant"],
        ),
        ("en-rtf-ukda-6226/6226int036.rtf", 94, vec!["Paul", "Claus"]),
        (
            "en-rtf-ukda-6226/6226int038.rtf",
            78,
            vec!["Elaine", "Marilyn"],
        ),
        ("de-oral-history/transcript_de.vtt", 6, vec!["INT", "AB"]),
        ("de-oral-history/transcript_de.csv", 3, vec!["INT", "AB"]),
        (
            "qualcoder-examples/transcript.txt",
            7,
            vec!["id1", "id2", "id3"],
        ),
        (
            "zh-derived/hans_interviewer.txt",
            9,
            vec!["访谈者", "受访者"],
        ),
        ("zh-hans-md/snigirev-taproot.zh.md", 8, vec!["问", "答"]),
    ] {
        let document = read(&folder.join(file)).unwrap();
        assert_eq!(spoken(&document), (turns, speakers), "{file}");
    }
}

#[test]
fn one_recording_in_five_forms_says_the_same() {
    let Some(folder) = data("transcripts/en-whisper") else {
        return;
    };
    let of = |ending: &str| read(&folder.join(format!("goodboy-galaxy.{ending}"))).unwrap();
    let subtitles = of("srt");
    for ending in ["vtt", "tsv", "lrc"] {
        let other = of(ending);
        assert_eq!(other.turns.len(), 753, "{ending}");
        assert_eq!(letters(&other), letters(&subtitles), "{ending}");
        let stamps = |document: &ImportedDocument| {
            document
                .turns
                .iter()
                .map(|turn| turn.at_millis)
                .collect::<Vec<_>>()
        };
        assert_eq!(stamps(&other), stamps(&subtitles), "{ending}");
    }
    assert_eq!(subtitles.turns[0].at_millis, Some(43_810));
}

#[test]
fn one_chinese_text_in_ten_files_reads_the_same() {
    let Some(folder) = data("transcripts/zh-derived") else {
        return;
    };
    let of = |file: &str| read(&folder.join(file)).unwrap();
    let simplified = letters(&of("hans_utf8_bom_crlf.txt"));
    for file in ["hans_gb18030.txt", "hans_gbk_crlf.txt"] {
        assert_eq!(letters(&of(file)), simplified, "{file}");
    }
    // The other formats hold the beginning of the same text.
    let (odt, hex, unicode) = (
        letters(&of("hans.odt")),
        letters(&of("hans_gbk_hex.rtf")),
        letters(&of("hans_unicode.rtf")),
    );
    assert_eq!(hex, unicode);
    assert!(
        odt.len() > 20_000
            && odt.chars().filter(|c| simplified.contains(*c)).count() == odt.chars().count()
    );
    assert!(hex.chars().all(|c| simplified.contains(c)));
    let traditional = letters(&of("hant_utf8.txt"));
    assert_eq!(
        letters(&of("hant_utf16le_bom.txt")).chars().count(),
        letters(&of("hant_utf16le_bom.txt"))
            .chars()
            .filter(|c| traditional.contains(*c))
            .count()
    );
    let html = letters(&of("hant.html"));
    assert!(
        html.chars().count() > 8_000 && html.chars().all(|c| traditional.contains(c)),
        "the page's text is the document's"
    );
}

#[test]
fn speeches_annotations_and_scans() {
    let Some(folder) = data("") else { return };
    let conference =
        read(&folder.join("transcripts/zh-hant-sayit/1999-judicial-reform.json")).unwrap();
    assert!(
        conference.turns.len() > 1_000 && conference.speakers.len() > 20,
        "{}",
        conference.turns.len()
    );
    for file in ["MaureenMarvinRobin.eaf", "MaureenMarvinRobin.TextGrid"] {
        assert_eq!(
            spoken(&read(&folder.join("coded/spans-gamma").join(file)).unwrap()),
            (4, vec!["Maureen", "Marvin", "Robin"]),
            "{file}"
        );
    }
    let survey = read(&folder.join("transcripts/qualcoder-examples/survey456.csv")).unwrap_err();
    assert!(matches!(survey, ImportError::NoTranscript { has, .. } if has.len() == 5));
}

#[test]
fn comments_of_three_coders_stand_on_their_words() {
    let Some(folder) = data("coded/word-comments") else {
        return;
    };
    for coder in ["coder_a.docx", "coder_b.docx", "coder_c.docx"] {
        let document = read(&folder.join(coder)).unwrap();
        assert!(!document.annotations.is_empty(), "{coder}");
        for own in &document.annotations {
            let words = document.text.slice(own.range).unwrap();
            assert!(
                !words.is_empty() && words.trim() == words && !own.author.is_empty(),
                "{coder}: {own:?}"
            );
        }
    }
}

#[test]
fn hostile_files_end_in_one_line() {
    let Some(folder) = data("transcripts") else {
        return;
    };
    for (file, format) in [
        ("en-pdf-maxqda-numbered/P1.pdf", TranscriptFormat::Pdf),
        ("qualcoder-examples/ID1.docx", TranscriptFormat::Docx),
        ("qualcoder-examples/ID2.odt", TranscriptFormat::Odt),
        ("de-oral-history/transcript_de.ods", TranscriptFormat::Sheet),
        ("en-rtf-ukda-6226/6226int038.rtf", TranscriptFormat::Rtf),
    ] {
        let whole = std::fs::read(folder.join(file)).unwrap();
        let options = DocumentOptions {
            format: Some(format),
            ..DocumentOptions::default()
        };
        for step in 1..12 {
            let mut cut = whole.clone();
            cut.truncate(whole.len() * step / 12);
            let outcome = read_document(
                SourceFile {
                    path: file.to_owned(),
                    bytes: cut,
                },
                &options,
            );
            if let Err(error) = outcome {
                assert_eq!(
                    error.to_string().lines().count(),
                    1,
                    "{file} cut at {step}/12: {error}"
                );
            }
            let mut bent = whole.clone();
            for at in (step..bent.len()).step_by(whole.len() / 40 + step) {
                bent[at] ^= 0x55;
            }
            drop(read_document(
                SourceFile {
                    path: file.to_owned(),
                    bytes: bent,
                },
                &options,
            ));
        }
    }
}
