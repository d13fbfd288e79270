//! The text of a Word file: paragraphs, tables (cells by tabs, rows by lines), breaks; deleted words left out.

use quick_xml::{Reader, events::Event};

use super::{
    Read,
    package::{Package, damaged, entity},
};
use crate::import::ImportError;

/// Parts of a Word file that hold words which are not taken in.
const DROPPED: &[(&str, &str)] =
    &[("word/comments.xml", "comments"), ("word/footnotes.xml", "footnotes"), ("word/endnotes.xml", "endnotes")];

/// The text and what was left out.
///
/// # Errors
/// When the file isn't a whole Word file.
pub(super) fn read(file: &str, bytes: &[u8]) -> Result<Read, ImportError> {
    let mut package = Package::open(file, bytes)?;
    let xml = package.xml("word/document.xml")?;
    let text = body(&xml).map_err(|error| damaged(file, error.to_string()))?;
    let dropped = DROPPED.iter().filter(|(part, _)| package.has(part)).map(|(_, what)| format!("{what} were left out")).collect();
    Ok(Read::text(text, dropped))
}

/// Where the reader stands in the document's elements.
#[derive(Default)]
struct Place {
    in_text: bool,
    deleted: usize,
    cells: usize,
}

fn body(xml: &str) -> Result<String, quick_xml::Error> {
    let mut reader = Reader::from_str(xml);
    let (mut out, mut place) = (String::new(), Place::default());
    loop {
        match reader.read_event()? {
            Event::Start(start) => match start.local_name().as_ref() {
                "t" => place.in_text = true,
                "del" | "moveFrom" => place.deleted += 1,
                "tc" => place.cells += 1,
                _ => {}
            },
            Event::End(end) => close(end.local_name().as_ref(), &mut out, &mut place),
            Event::Empty(empty) if place.deleted == 0 => match empty.local_name().as_ref() {
                "tab" => out.push('\t'),
                "br" | "cr" | "p" => out.push('\n'),
                "noBreakHyphen" => out.push('\u{2011}'),
                _ => {}
            },
            Event::Text(text) if place.in_text && place.deleted == 0 => out.push_str(&text),
            Event::CData(text) if place.in_text && place.deleted == 0 => out.push_str(&text),
            Event::GeneralRef(reference) if place.in_text && place.deleted == 0 => out.push_str(&entity(&reference)?),
            Event::Eof => break,
            _ => {}
        }
    }
    Ok(out)
}

fn close(element: &str, out: &mut String, place: &mut Place) {
    match element {
        "t" => place.in_text = false,
        "del" | "moveFrom" => place.deleted = place.deleted.saturating_sub(1),
        "p" => out.push('\n'),
        "tc" => {
            place.cells = place.cells.saturating_sub(1);
            if out.ends_with('\n') {
                out.pop();
            }
            out.push('\t');
        }
        "tr" => {
            if out.ends_with('\t') {
                out.pop();
            }
            out.push('\n');
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write as _};

    use super::*;

    fn docx(body: &str) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
        write!(zip, r#"<?xml version="1.0"?><w:document xmlns:w="w"><w:body>{body}</w:body></w:document>"#).unwrap();
        zip.start_file("word/comments.xml", zip::write::SimpleFileOptions::default()).unwrap();
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn paragraphs_tables_breaks_and_deletions() {
        let body = "<w:p><w:r><w:t>妈妈：</w:t><w:tab/><w:t xml:space=\"preserve\">A &amp; B&#x20BB7; </w:t></w:r></w:p>\
            <w:p><w:del><w:r><w:t>gone</w:t></w:r></w:del><w:r><w:t>kept</w:t><w:br/><w:t>line</w:t></w:r></w:p>\
            <w:tbl><w:tr><w:tc><w:p><w:r><w:t>00:01</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Child</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
        let read = read("a.docx", &docx(body)).unwrap();
        let super::super::Body::Text(text) = read.body else { panic!("text") };
        assert_eq!(text, "妈妈：\tA & B𠮷 \nkept\nline\n00:01\tChild\n");
        assert_eq!(read.notes, ["comments were left out"]);
    }

    #[test]
    fn a_cut_off_file_is_refused() {
        let whole = docx("<w:p><w:r><w:t>words</w:t></w:r></w:p>");
        for length in 0..whole.len() - 1 {
            let error = read("a.docx", &whole[..length]);
            assert!(matches!(error, Err(ImportError::Damaged { .. })), "at {length}: {error:?}");
        }
    }
}
