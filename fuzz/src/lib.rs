//! What the fuzz targets share: a file of any bytes is read, and whatever comes of it is held to its promises.

pub mod projects;

use std::io::{Cursor, Write as _};

use tain::import::{
    DocumentOptions, TranscriptFormat, ImportError, ImportedDocument, SourceFile, cases, codebook, codings, documents, read_document,
    study::Study,
    table::InputTable,
};

/// Lets faults of a library that a reader runs on a thread of its own be what they are to users: errors of the file.
pub fn faults_are_errors() {
    std::panic::set_hook(Box::new(|_fault| {}));
}

/// Reads a transcript.
///
/// # Panics
/// When a turn lies outside the text or before the turn before it, or an error is more than one line.
pub fn transcript(format: TranscriptFormat, name: &str, data: &[u8]) {
    let options = DocumentOptions { format: Some(format), ..DocumentOptions::default() };
    match read_document(SourceFile { path: name.to_owned(), bytes: data.to_vec() }, &options) {
        Ok(document) => check_document(&document),
        Err(error) => check_error(&error),
    }
}

fn check_document(document: &ImportedDocument) {
    let length = document.text.len_chars();
    let mut end = 0;
    for turn in &document.turns {
        assert!(end <= turn.range.start() && turn.range.start() <= turn.body && turn.body <= turn.range.end(), "{turn:?}");
        assert!(turn.range.end() <= length, "{turn:?} in {length}");
        assert!(turn.speaker.is_none_or(|speaker| usize::from(speaker) < document.speakers.len()));
        end = turn.range.end();
    }
    assert!(!document.text.as_str().contains('\r'), "line ends");
}

/// An error names the file, in one line.
///
/// # Panics
/// When it doesn't.
pub fn check_error(error: &ImportError) {
    assert!(!error.to_string().contains('\n'), "{error}");
}

/// An archive of parts, cut out of the data at zero bytes; the last part takes the rest.
///
/// # Panics
/// Never: it is written to memory.
pub fn archive(parts: &[&str], data: &[u8]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (part, bytes) in parts.iter().zip(data.splitn(parts.len(), |byte| *byte == 0)) {
        zip.start_file(*part, options).expect("memory");
        zip.write_all(bytes).expect("memory");
    }
    zip.finish().expect("memory").into_inner()
}

/// What a reader of another program's projects gives: codings lie inside their texts, an error is one line.
///
/// # Panics
/// When it isn't so.
pub fn study(outcome: Result<Study, ImportError>) {
    match outcome {
        Ok(study) => {
            for document in &study.documents {
                check_document(&document.imported);
                let length = document.imported.text.len_chars();
                assert!(document.codings.iter().all(|coding| !coding.range.is_empty() && coding.range.end() <= length), "codings");
            }
        }
        Err(error) => check_error(&error),
    }
}

/// Reads a sheet in every way that sheets are read.
///
/// # Panics
/// As [`transcript`].
pub fn sheets(name: &str, data: &[u8]) {
    transcript(TranscriptFormat::Sheet, name, data);
    let table = match InputTable::read(name, data.to_vec()) {
        Ok(table) => table,
        Err(error) => return check_error(&error),
    };
    let _ = cases::read_cases(&table, None, None, None).map_err(|error| check_error(&error));
    let _ = documents::read_documents(&table).map_err(|error| check_error(&error));
    let _ = codings::read_codings(&table).map_err(|error| check_error(&error));
    let _ = codebook::read_csv(&table).map_err(|error| check_error(&error));
}

/// Reads a codebook in both forms; one that is read is written and read again, the same.
///
/// # Panics
/// When it isn't the same, or an error is more than one line.
pub fn codebooks(data: &[u8]) {
    match codebook::read_ron("a.ron", data.to_vec()) {
        Ok(book) => {
            let again = codebook::read_ron("a.ron", codebook::write_ron(&book).into_bytes()).expect("what is written can be read");
            assert_eq!(codebook::write_ron(&again), codebook::write_ron(&book));
        }
        Err(error) => check_error(&error),
    }
    if let Ok(table) = InputTable::read("a.csv", data.to_vec()) {
        let _ = codebook::read_csv(&table).map_err(|error| check_error(&error));
    }
}
