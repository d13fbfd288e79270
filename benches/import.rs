//! Reading transcripts of each format: the same generated interview in every one; MB a second of the file, and of its text.
#![expect(clippy::unwrap_used, reason = "a failed set-up ends the run")]

use std::{
    fmt::Write as _,
    io::{Cursor, Write as _},
    time::Duration,
};

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use tain::{
    import::{DocumentOptions, SourceFile, read_document},
    message::language::UiLanguage,
    picture::pdf::pdf,
    report::{
        document::{Block, ReportDocument},
        pages::pages,
    },
};

const TURNS: usize = 3_000;

/// Who says what in a turn; every third is Chinese.
fn said(turn: usize) -> (&'static str, &'static str) {
    match turn % 6 {
        0 | 2 => (
            "Interviewer",
            "Can you tell me more about what happened at school that day?",
        ),
        1 | 3 => (
            "Child",
            "I keep my hand down because the teacher thinks I don't know it, but my mother believes in me.",
        ),
        4 => ("Interviewer", "你能多说一点学校的事情吗？"),
        _ => (
            "Child",
            "我觉得老师不太看我，可是妈妈说我有自信，回家我念给奶奶听，她笑了。",
        ),
    }
}

fn clock(turn: usize) -> String {
    format!(
        "{:02}:{:02}:{:02}",
        turn * 4 / 3600,
        turn * 4 / 60 % 60,
        turn * 4 % 60
    )
}

/// All turns written one after the other, between a head and a foot.
fn file(
    path: &str,
    head: &str,
    foot: &str,
    turn: impl Fn(usize, &str, &str) -> String,
) -> SourceFile {
    let turns: String = (0..TURNS)
        .map(|at| turn(at, said(at).0, said(at).1))
        .collect();
    SourceFile {
        path: path.to_owned(),
        bytes: format!("{head}{turns}{foot}").into_bytes(),
    }
}

fn archive(path: &str, part: &str, xml: &SourceFile) -> SourceFile {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file(part, zip::write::SimpleFileOptions::default())
        .unwrap();
    zip.write_all(&xml.bytes).unwrap();
    SourceFile {
        path: path.to_owned(),
        bytes: zip.finish().unwrap().into_inner(),
    }
}

fn escaped(text: &str) -> String {
    text.encode_utf16().fold(String::new(), |mut out, unit| {
        match u8::try_from(unit).ok().filter(u8::is_ascii) {
            Some(byte) => out.push(char::from(byte)),
            None => write!(
                out,
                "\\u{}?",
                i32::from(unit) - if unit > 0x7FFF { 0x1_0000 } else { 0 }
            )
            .unwrap(),
        }
        out
    })
}

fn elan() -> SourceFile {
    let mut slots = String::new();
    let mut tiers = [String::new(), String::new()];
    for turn in 0..TURNS {
        write!(
            slots,
            "<TIME_SLOT TIME_SLOT_ID=\"t{turn}\" TIME_VALUE=\"{}\"/>",
            turn * 4000
        )
        .unwrap();
        write!(tiers[turn % 2], "<ANNOTATION><ALIGNABLE_ANNOTATION TIME_SLOT_REF1=\"t{turn}\" TIME_SLOT_REF2=\"t{turn}\"><ANNOTATION_VALUE>{}</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>", said(turn).1).unwrap();
    }
    let xml = format!(
        "<ANNOTATION_DOCUMENT><TIME_ORDER>{slots}</TIME_ORDER><TIER TIER_ID=\"Interviewer\">{}</TIER><TIER TIER_ID=\"Child\">{}</TIER></ANNOTATION_DOCUMENT>",
        tiers[0], tiers[1]
    );
    SourceFile {
        path: "a.eaf".to_owned(),
        bytes: xml.into_bytes(),
    }
}

/// A book of one chapter.
fn book(chapter: &SourceFile) -> SourceFile {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let container =
        r#"<container><rootfiles><rootfile full-path="a.opf"/></rootfiles></container>"#;
    let contents = r#"<package><manifest><item id="a" href="a.html" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>"#;
    for (part, bytes) in [
        ("META-INF/container.xml", container.as_bytes()),
        ("a.opf", contents.as_bytes()),
        ("a.html", chapter.bytes.as_slice()),
    ] {
        zip.start_file(part, zip::write::SimpleFileOptions::default())
            .unwrap();
        zip.write_all(bytes).unwrap();
    }
    SourceFile {
        path: "a.epub".to_owned(),
        bytes: zip.finish().unwrap().into_inner(),
    }
}

/// The interview on pages.
fn printed() -> SourceFile {
    let blocks = (0..TURNS)
        .map(|at| Block::Text(format!("{}: {}", said(at).0, said(at).1)))
        .collect();
    let story = ReportDocument {
        title: "Interview".to_owned(),
        subtitle: String::new(),
        language: UiLanguage::English,
        blocks,
    };
    SourceFile {
        path: "a.pdf".to_owned(),
        bytes: pdf(&pages(&story), "Interview", "en").unwrap(),
    }
}

fn files() -> Vec<SourceFile> {
    let word = file(
        "document.xml",
        "<w:document xmlns:w=\"w\"><w:body>",
        "</w:body></w:document>",
        |_, who, what| {
            format!(
                "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{who}: </w:t></w:r><w:r><w:t>{what}</w:t></w:r></w:p>"
            )
        },
    );
    let open = file(
        "content.xml",
        "<office:body>",
        "</office:body>",
        |_, who, what| format!("<text:p text:style-name=\"P1\">{who}: {what}</text:p>"),
    );
    let html = file(
        "a.html",
        "<html><body>",
        "</body></html>",
        |_, who, what| format!("<p><b>{who}:</b> {what}</p>\n"),
    );
    vec![
        file("a.txt", "", "", |at, who, what| {
            format!("{who} [{}]: {what}\n\n", clock(at))
        }),
        file("a.md", "", "", |at, who, what| {
            format!("**{who}:** [{}] {what}\n\n", clock(at))
        }),
        archive("a.docx", "word/document.xml", &word),
        archive("a.odt", "content.xml", &open),
        file("a.rtf", "{\\rtf1\\ansi ", "}", |_, who, what| {
            format!("{who}: {}\\par\n", escaped(what))
        }),
        html.clone(),
        book(&html),
        printed(),
        file("a.srt", "", "", |at, who, what| {
            format!("{at}\n{0},000 --> {0},900\n{who}: {what}\n\n", clock(at))
        }),
        file("a.vtt", "WEBVTT\n\n", "", |at, who, what| {
            format!("{0}.000 --> {0}.900\n<v {who}>{what}</v>\n\n", clock(at))
        }),
        file("a.csv", "time,speaker,text\n", "", |at, who, what| {
            format!("{},{who},\"{what}\"\n", clock(at))
        }),
        file("a.json", "{\"segments\":[", "{}]}", |at, who, what| {
            format!(
                "{{\"start\":{},\"speaker\":\"{who}\",\"text\":\"{what}\"}},\n",
                at * 4
            )
        }),
        elan(),
    ]
}

fn benches(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("import");
    // Budgets, of the file: 100 MB/s of plain text, 40 of marked-up text, 10 of archives (which unpack to about ten times their size).
    for file in files() {
        let document = read_document(file.clone(), &DocumentOptions::default()).unwrap();
        assert!(
            document.turns.len() > 100,
            "{}: {} turns",
            file.path,
            document.turns.len()
        );
        for (what, bytes) in [
            ("file", file.bytes.len()),
            ("text", document.text.as_str().len()),
        ] {
            group.throughput(Throughput::Bytes(bytes as u64));
            group.bench_function(format!("{} ({what})", file.path), |bench| {
                bench.iter_batched(
                    || file.clone(),
                    |file| read_document(file, &DocumentOptions::default()).unwrap(),
                    BatchSize::LargeInput,
                );
            });
        }
    }
    group.finish();
}

criterion_group! {
    name = all;
    config = Criterion::default().sample_size(10).measurement_time(Duration::from_secs(2)).warm_up_time(Duration::from_millis(500));
    targets = benches
}
criterion_main!(all);
