//! Files of formats with a structure of their own, cut off anywhere or with bytes turned: a text or one line that says what is wrong, never a panic.

use std::io::{Cursor, Write as _};

use proptest::prelude::*;
use tain::import::{
    DocumentOptions, ImportedDocument, SourceFile, TranscriptFormat, read_document,
};

/// A small file of each format, with both languages and signs beyond the Basic Multilingual Plane.
fn samples() -> Vec<(&'static str, TranscriptFormat, Vec<u8>)> {
    let json = r#"{"text": "Hi 妈妈", "segments": [{"start": 0.5, "end": 1.5, "text": " Hi 😀.", "speaker": "Ann"}, {"start": 2, "end": 3, "text": "在𠮷祥面馆。", "speaker": "妈妈"}, {"start": 4, "end": 5, "text": "So", "speaker": "Ann"}]}"#;
    let speech = r#"[{"speaker": "唐鳳", "section_content": "<p>大家好 🙂</p>", "section_speaker": "唐鳳"}]"#;
    let otr = r#"{"text": "<p><span class=\"timestamp\" data-timestamp=\"1.2\">00:01</span> Ann: Hi</p><p>妈妈：𠮷</p>", "media": "a.mp3"}"#;
    let grid = "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\nxmin = 0\nxmax = 4\ntiers? <exists>\nsize = 2\nitem []:\n    item [1]:\n        class = \"IntervalTier\"\n        name = \"Ann\"\n        xmin = 0\n        xmax = 4\n        intervals: size = 2\n        intervals [1]:\n            xmin = 0\n            xmax = 2\n            text = \"Hi \"\"you\"\" 😀\"\n        intervals [2]:\n            xmin = 2\n            xmax = 4\n            text = \"\"\n    item [2]:\n        class = \"IntervalTier\"\n        name = \"妈妈\"\n        xmin = 0\n        xmax = 4\n        intervals: size = 1\n        intervals [1]:\n            xmin = 2\n            xmax = 4\n            text = \"在𠮷祥面馆\"\n";
    let elan = r#"<?xml version="1.0" encoding="UTF-8"?><ANNOTATION_DOCUMENT><TIME_ORDER><TIME_SLOT TIME_SLOT_ID="ts1" TIME_VALUE="0"/><TIME_SLOT TIME_SLOT_ID="ts2" TIME_VALUE="1500"/><TIME_SLOT TIME_SLOT_ID="ts3"/></TIME_ORDER><TIER TIER_ID="Ann" PARTICIPANT="Ann" LINGUISTIC_TYPE_REF="t"><ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a1" TIME_SLOT_REF1="ts1" TIME_SLOT_REF2="ts2"><ANNOTATION_VALUE>Hi &amp; you 😀</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION></TIER><TIER TIER_ID="妈妈" LINGUISTIC_TYPE_REF="t"><ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a2" TIME_SLOT_REF1="ts2" TIME_SLOT_REF2="ts3"><ANNOTATION_VALUE>在𠮷祥面馆</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION></TIER></ANNOTATION_DOCUMENT>"#;
    let chat = "@UTF8\n@Begin\n@Participants:\tCHI Kofi Target_Child, MOT 妈妈 Mother\n*CHI:\t<we was> [//] (be)cause [: were] &=laughs 😀 +... \u{15}0_1500\u{15}\n%mor:\tx\n*MOT:\t在𠮷祥面馆 [=! 笑]\n\t好 。\n@End\n";
    let exb = r#"<?xml version="1.0" encoding="UTF-8"?><basic-transcription><head><speakertable><speaker id="SPK0"><abbreviation>Ann</abbreviation></speaker><speaker id="SPK1"><abbreviation>妈妈</abbreviation></speaker></speakertable></head><basic-body><common-timeline><tli id="T0" time="0.0"/><tli id="T1"/><tli id="T2" time="2.9"/></common-timeline><tier id="A" speaker="SPK0" category="v" type="t" display-name="Ann [v]"><event start="T0" end="T1">Hi </event><event start="T1" end="T2">&amp; you 😀</event></tier><tier id="B" speaker="SPK1" category="v" type="t"><event start="T1" end="T2">在𠮷祥面馆</event></tier><tier id="C" category="nv" type="d"><event start="T0" end="T2">x</event></tier></basic-body></basic-transcription>"#;
    let child = r#"<ANNOTATION_DOCUMENT><TIME_ORDER><TIME_SLOT TIME_SLOT_ID="ts1" TIME_VALUE="0"/></TIME_ORDER><TIER TIER_ID="ref@A"><ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a1" TIME_SLOT_REF1="ts1" TIME_SLOT_REF2="ts1"><ANNOTATION_VALUE>A_001</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION></TIER><TIER TIER_ID="tx@A" PARENT_REF="ref@A"><ANNOTATION><REF_ANNOTATION ANNOTATION_ID="a2" ANNOTATION_REF="a1"><ANNOTATION_VALUE>在𠮷祥面馆 😀</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION></TIER></ANNOTATION_DOCUMENT>"#;
    let words = r#"{"results": {"items": [{"start_time": "0.25", "type": "pronunciation", "alternatives": [{"content": "在𠮷祥面馆"}]}, {"type": "punctuation", "alternatives": [{"content": "。"}]}], "speaker_labels": {"segments": [{"start_time": "PT0.2S", "speaker_label": "spk_0"}]}}, "data": "[{\"bg\": \"250\", \"onebest\": \"x\"}]"}"#;
    let srt = "1\n00:00:00,500 --> 00:00:01,500\nAnn: Hi 😀\n\n2\n00:00:02,000 --> 00:00:03,000\n妈妈：在𠮷祥面馆\n\n3\n00:00:04,000 --> 00:00:05,000\nAnn: So\n";
    let vtt = "WEBVTT\n\nNOTE made by hand\n\n1\n00:00.500 --> 00:01.500 align:start\n<v Ann>Hi <i>you</i> 😀\n\n00:02.000 --> 00:03.000\n<v 妈妈>在𠮷祥面馆</v>\n";
    let lrc = "[ti:Visit]\n[00:00.50]Ann: Hi 😀\n[00:02.00]妈妈：在𠮷祥面馆\n[00:05.00]\n";
    let html = "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>t</title></head><body><p>Ann: Hi &amp; 😀</p><table><tr><td>妈妈</td><td>在𠮷祥</td></tr></table></body></html>";
    let rtf = "{\\rtf1\\ansi\\ansicpg936{\\fonttbl{\\f0\\fcharset134 SimSun;}}\\f0 Ann: Hi \\u-10179?\\u-8704?\\par \\'c2\\'e8\\'c2\\'e8: {\\b x}{\\footnote note}\\par}";
    let sheet = "time,speaker,text\n00:00:01,Ann,\"Hi, \"\"you\"\" 😀\"\n00:00:02,妈妈,在𠮷祥面馆\n00:00:04,Ann,So\n";
    vec![
        ("a.json", TranscriptFormat::Speech, json.into()),
        ("b.json", TranscriptFormat::Speech, speech.into()),
        ("a.otr", TranscriptFormat::Speech, otr.into()),
        ("a.TextGrid", TranscriptFormat::Praat, grid.into()),
        (
            "b.TextGrid",
            TranscriptFormat::Praat,
            [
                vec![0xff, 0xfe],
                grid.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            ]
            .concat(),
        ),
        ("a.eaf", TranscriptFormat::Elan, elan.into()),
        ("b.eaf", TranscriptFormat::Elan, child.into()),
        ("c.json", TranscriptFormat::Speech, words.into()),
        ("a.cha", TranscriptFormat::Chat, chat.into()),
        ("a.exb", TranscriptFormat::Exmaralda, exb.into()),
        ("a.srt", TranscriptFormat::Subtitles, srt.into()),
        ("a.vtt", TranscriptFormat::Subtitles, vtt.into()),
        ("a.lrc", TranscriptFormat::Lyrics, lrc.into()),
        ("a.epub", TranscriptFormat::Epub, epub()),
        ("a.html", TranscriptFormat::Html, html.into()),
        ("a.rtf", TranscriptFormat::Rtf, rtf.into()),
        ("a.csv", TranscriptFormat::Sheet, sheet.into()),
    ]
}

fn epub() -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in [
        ("mimetype", "application/epub+zip"),
        (
            "META-INF/container.xml",
            r#"<?xml version="1.0"?><container><rootfiles><rootfile full-path="OEBPS/b.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"#,
        ),
        (
            "OEBPS/b.opf",
            r#"<?xml version="1.0"?><package><manifest><item id="n" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/><item id="c" href="c%201.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="c"/></spine></package>"#,
        ),
        (
            "OEBPS/nav.xhtml",
            "<html><body><nav><p>Contents</p></nav></body></html>",
        ),
        (
            "OEBPS/c 1.xhtml",
            "<html><body><p>Ann: Hi 😀</p><p>妈妈：在𠮷祥面馆</p><p>Ann: So</p></body></html>",
        ),
    ] {
        zip.start_file(name, zip::write::SimpleFileOptions::default())
            .unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Reads bytes; what is found lies inside its text, and what is wrong is one line that names the file.
fn check(path: &str, format: TranscriptFormat, bytes: Vec<u8>) -> Result<ImportedDocument, String> {
    let options = DocumentOptions {
        format: Some(format),
        ..DocumentOptions::default()
    };
    match read_document(
        SourceFile {
            path: path.to_owned(),
            bytes,
        },
        &options,
    ) {
        Ok(document) => {
            let mut end = 0;
            for turn in &document.turns {
                assert!(
                    end <= turn.range.start() && turn.range.end() <= document.text.len_chars(),
                    "{path}: {turn:?}"
                );
                end = turn.range.end();
            }
            Ok(document)
        }
        Err(error) => {
            let line = error.to_string();
            assert!(
                line.starts_with(path) && line.lines().count() == 1 && line.chars().count() < 400,
                "{line}"
            );
            Err(line)
        }
    }
}

#[test]
fn whole_files_are_read() {
    for (path, format, bytes) in samples() {
        let document = check(path, format, bytes).unwrap();
        assert!(
            document.text.as_str().contains('𠮷') || path == "b.json" || path == "a.rtf",
            "{path}: {}",
            document.text.as_str()
        );
        assert!(!document.turns.is_empty(), "{path}");
    }
}

#[test]
fn files_cut_off_anywhere_end_in_a_text_or_one_line() {
    for (path, format, bytes) in samples() {
        let step = (bytes.len() / 150).max(1);
        for length in (0..bytes.len()).step_by(step) {
            check(path, format, bytes[..length].to_vec()).ok();
        }
        check(path, format, Vec::new()).unwrap_err();
    }
    // What holds its parts together by a list at its end is never half a book.
    let book = epub();
    for length in (0..book.len() - 1).step_by(37) {
        check("a.epub", TranscriptFormat::Epub, book[..length].to_vec()).unwrap_err();
    }
}

#[test]
fn a_file_of_another_format_ends_in_a_text_or_one_line() {
    let all = samples();
    for (path, format, _) in &all {
        for (_, _, bytes) in &all {
            check(path, *format, bytes.clone()).ok();
        }
    }
}

proptest! {
    #![proptest_config(crate::world::cases(48))]

    #[test]
    fn turned_bytes_end_in_a_text_or_one_line(turns in proptest::collection::vec((any::<prop::sample::Index>(), 1u8..=255), 1..6), cut in 0usize..40) {
        for (path, format, mut bytes) in samples() {
            for (at, by) in &turns {
                let at = at.index(bytes.len());
                bytes[at] ^= by;
            }
            bytes.truncate(bytes.len() - cut.min(bytes.len()) / 2);
            check(path, format, bytes).ok();
        }
    }

    #[test]
    fn parts_said_twice_or_left_out_end_in_a_text_or_one_line(from in any::<prop::sample::Index>(), length in 1usize..80, twice in any::<bool>()) {
        for (path, format, bytes) in samples() {
            let from = from.index(bytes.len());
            let to = (from + length).min(bytes.len());
            let middle = if twice { bytes[from..to].repeat(2) } else { Vec::new() };
            check(path, format, [&bytes[..from], &middle, &bytes[to..]].concat()).ok();
        }
    }
}
