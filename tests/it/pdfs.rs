//! PDFs that hold no words for us: pages that are pictures, and files that a password closes.

use tain::{
    import::{DocumentOptions, ImportError, ImportedDocument, Note, SourceFile, read_document},
    message::language::UiLanguage,
};

/// A PDF of numbered objects, the first the catalogue.
fn pdf(objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut bytes = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(objects) {
        places.push(bytes.len());
        bytes.extend(format!("{number} 0 obj\n").into_bytes());
        bytes.extend(object);
        bytes.extend(b"\nendobj\n");
    }
    let table = bytes.len();
    bytes.extend(format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1).into_bytes());
    places
        .iter()
        .for_each(|place| bytes.extend(format!("{place:010} 00000 n \n").into_bytes()));
    bytes.extend(
        format!(
            "trailer\n<< /Size {} /Root 1 0 R {trailer} >>\nstartxref\n{table}\n%%EOF\n",
            places.len() + 1
        )
        .into_bytes(),
    );
    bytes
}

fn stream(head: &str, content: &[u8]) -> Vec<u8> {
    let mut bytes = format!("<< {head} /Length {} >>\nstream\n", content.len()).into_bytes();
    bytes.extend(content);
    bytes.extend(b"\nendstream");
    bytes
}

/// Pages with what is drawn on each; a picture and a font are there for all.
fn pages(contents: &[&[u8]], trailer: &str, more: &[Vec<u8>]) -> Vec<u8> {
    let first = 5;
    let kids: Vec<String> = (0..contents.len())
        .map(|at| format!("{} 0 R", first + 2 * at))
        .collect();
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        format!(
            "<< /Type /Pages /Kids [{}] /Count {} >>",
            kids.join(" "),
            contents.len()
        )
        .into_bytes(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
            .to_vec(),
        stream(
            "/Type /XObject /Subtype /Image /Width 4 /Height 4 /ColorSpace /DeviceGray /BitsPerComponent 8",
            &[0x7f; 16],
        ),
    ];
    for (at, content) in contents.iter().enumerate() {
        objects.push(
            format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> /XObject << /Im1 4 0 R >> >> /Contents {} 0 R >>",
                first + 2 * at + 1
            )
            .into_bytes(),
        );
        objects.push(stream("", content));
    }
    objects.extend(more.iter().cloned());
    pdf(&objects, trailer)
}

const PICTURE: &[u8] = b"q 595 0 0 842 0 0 cm /Im1 Do Q";

/// Lines of words from the top of a page.
fn words(lines: &[&str]) -> Vec<u8> {
    let lines: String = lines
        .iter()
        .map(|line| format!("({line}) Tj 0 -20 Td "))
        .collect();
    format!("BT /F1 12 Tf 72 760 Td {lines}ET").into_bytes()
}

fn read(bytes: Vec<u8>) -> Result<ImportedDocument, ImportError> {
    read_document(
        SourceFile {
            path: "scan 扫描.pdf".to_owned(),
            bytes,
        },
        &DocumentOptions::default(),
    )
}

#[test]
fn pages_of_words_are_read() {
    let page = words(&[
        "Interviewer: How was it?",
        "Mum: Fine.",
        "Interviewer: And?",
        "Mum: We left.",
        "Interviewer: Yes?",
        "Mum: Yes.",
    ]);
    let document = read(pages(&[&page], "", &[])).unwrap();
    assert_eq!(document.turns.len(), 6, "{}", document.text.as_str());
    assert_eq!(document.speakers.len(), 2);
    // A page of words and a page that is a picture: the words, and a note.
    let document = read(pages(&[&page, PICTURE], "", &[])).unwrap();
    assert_eq!(document.notes, [Note::EmptyPages(1)]);
    assert_eq!(
        document.notes[0].message().say(UiLanguage::English),
        "1 page has no text and may be a picture"
    );
    assert_eq!(
        read(pages(&[&page, PICTURE, PICTURE], "", &[]))
            .unwrap()
            .notes,
        [Note::EmptyPages(2)]
    );
}

#[test]
fn what_is_drawn_beyond_the_paper_is_not_read() {
    let page =
        b"BT /F1 12 Tf 60 780 Td (Mum: Fine, as always.) Tj 0 -900 Td (24) Tj 0 -24 Td (25) Tj ET";
    let document = read(pages(&[page], "", &[])).unwrap();
    assert_eq!(document.text.as_str(), "Mum: Fine, as always.\n");
}

#[test]
fn a_scan_is_named_as_one() {
    for contents in [
        vec![PICTURE],
        vec![PICTURE, PICTURE, PICTURE],
        vec![b"q Q".as_slice()],
    ] {
        let error = read(pages(&contents, "", &[])).unwrap_err();
        assert_eq!(
            error.to_string(),
            "scan 扫描.pdf: its pages are pictures without text (a scan); have the text recognised first, then import it"
        );
    }
    let none = read(pages(&[], "", &[])).unwrap_err().to_string();
    assert_eq!(
        none,
        "scan 扫描.pdf: the file is damaged or cut off (it has no pages); open it in the program that wrote it and save it again"
    );
}

#[test]
fn a_password_is_asked_for_in_one_line() {
    let page = words(&["Mum: Fine."]);
    let seal = |byte: &str| byte.repeat(32);
    for (version, handler) in [
        (
            "old",
            format!(
                "/Filter /Standard /V 1 /R 2 /O <{}> /U <{}> /P -4",
                seal("4f"),
                seal("a1")
            ),
        ),
        (
            "128 bits",
            format!(
                "/Filter /Standard /V 2 /R 3 /Length 128 /O <{}> /U <{}> /P -1084",
                seal("13"),
                seal("77")
            ),
        ),
        (
            "AES",
            format!(
                "/Filter /Standard /V 4 /R 4 /Length 128 /CF << /StdCF << /CFM /AESV2 /AuthEvent /DocOpen /Length 16 >> >> /StmF /StdCF /StrF /StdCF /O <{}> /U <{}> /P -1084",
                seal("5b"),
                seal("c2")
            ),
        ),
        (
            "AES 256",
            format!(
                "/Filter /Standard /V 5 /R 6 /Length 256 /CF << /StdCF << /CFM /AESV3 /AuthEvent /DocOpen /Length 32 >> >> /StmF /StdCF /StrF /StdCF /O <{0}> /U <{0}> /OE <{1}> /UE <{1}> /Perms <{2}> /P -1084",
                "3c".repeat(48),
                seal("9d"),
                "ee".repeat(16)
            ),
        ),
    ] {
        let trailer = "/Encrypt 7 0 R /ID [<0123456789abcdef0123456789abcdef> <0123456789abcdef0123456789abcdef>]";
        let error = read(pages(
            &[&page],
            trailer,
            &[format!("<< {handler} >>").into_bytes()],
        ))
        .unwrap_err();
        assert_eq!(
            error.to_string(),
            "scan 扫描.pdf: the file is protected by a password; save it without one, then import it",
            "{version}"
        );
    }
}

#[test]
fn cut_and_bent_files_end_in_a_text_or_one_line() {
    let page = words(&["Interviewer: How was it?", "Mum: Fine."]);
    let whole = pages(&[&page, PICTURE], "", &[]);
    let mut tried = 0;
    for step in 1..=24 {
        let mut bent = whole.clone();
        let at = whole.len() * step / 25;
        bent[at] ^= 0x15;
        for bytes in [whole[..at].to_vec(), bent] {
            if let Err(error) = read(bytes) {
                assert_eq!(error.to_string().lines().count(), 1, "{error}");
            }
            tried += 1;
        }
    }
    assert_eq!(tried, 48);
}

#[test]
fn a_page_tree_without_end_is_refused_in_one_line() {
    let node = |kids: &str| format!("<< /Type /Pages /Kids [{kids}] /Count 1 >>").into_bytes();
    let catalogue = b"<< /Type /Catalog /Pages 2 0 R >>".to_vec();
    let doubled = (3..45).map(|next| node(&format!("{next} 0 R {next} 0 R")));
    let chained = (3..40_000).map(|next| node(&format!("{next} 0 R")));
    let page = b"<< /Type /Page /MediaBox [0 0 9 9] >>".to_vec();
    for objects in [
        vec![catalogue.clone(), node("2 0 R")],
        vec![catalogue.clone(), node("3 0 R 3 0 R"), node("2 0 R 2 0 R")],
        [catalogue.clone()]
            .into_iter()
            .chain(doubled)
            .chain([page.clone()])
            .collect(),
        [catalogue]
            .into_iter()
            .chain(chained)
            .chain([page])
            .collect(),
    ] {
        let file = SourceFile {
            path: "a.pdf".to_owned(),
            bytes: pdf(&objects, ""),
        };
        let error = read_document(file, &DocumentOptions::default()).unwrap_err();
        assert_eq!(
            error.to_string(),
            "a.pdf: the file is damaged or cut off (its tree of pages has no end); open it in the program that wrote it and save it again"
        );
    }
}
