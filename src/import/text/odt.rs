//! The text of an OpenDocument text: paragraphs and headings, tables (cells by tabs, rows by lines); notes and deleted words left out.

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};

use super::{
    Read,
    package::{Package, damaged, entity},
};
use crate::import::ImportError;

/// Elements whose words aren't the interview's.
const SKIPPED: &[&str] = &["office:annotation", "text:note", "text:tracked-changes", "office:forms", "text:sequence-decls"];

/// The text and what was left out.
pub(super) fn read(file: &str, bytes: &[u8]) -> Result<Read, ImportError> {
    let xml = Package::open(file, bytes)?.xml("content.xml")?;
    let mut notes = Vec::new();
    for (element, what) in [("<office:annotation", "comments"), ("<text:note", "footnotes")] {
        if xml.contains(element) {
            notes.push(format!("{what} were left out"));
        }
    }
    Ok(Read::text(body(&xml).map_err(|error| damaged(file, error.to_string()))?, notes))
}

fn body(xml: &str) -> Result<String, quick_xml::Error> {
    let mut reader = Reader::from_str(xml);
    let mut out = String::new();
    let (mut paragraphs, mut skipped) = (0usize, 0usize);
    loop {
        match reader.read_event()? {
            Event::Start(start) => match start.name().as_ref() {
                name if SKIPPED.contains(&name) => skipped += 1,
                "text:p" | "text:h" => paragraphs += 1,
                _ => {}
            },
            Event::End(end) => match end.name().as_ref() {
                name if SKIPPED.contains(&name) => skipped = skipped.saturating_sub(1),
                "text:p" | "text:h" => {
                    paragraphs = paragraphs.saturating_sub(1);
                    if skipped == 0 {
                        out.push('\n');
                    }
                }
                "table:table-cell" => replace_end(&mut out, '\n', '\t'),
                "table:table-row" => replace_end(&mut out, '\t', '\n'),
                _ => {}
            },
            Event::Empty(empty) if skipped == 0 => match empty.name().as_ref() {
                "text:tab" => out.push('\t'),
                "text:line-break" | "text:p" => out.push('\n'),
                "text:s" => out.extend(std::iter::repeat_n(' ', spaces(&empty))),
                _ => {}
            },
            Event::Text(text) if paragraphs > 0 && skipped == 0 => out.push_str(&text),
            Event::CData(text) if paragraphs > 0 && skipped == 0 => out.push_str(&text),
            Event::GeneralRef(reference) if paragraphs > 0 && skipped == 0 => out.push_str(&entity(&reference)?),
            Event::Eof => return Ok(out),
            _ => {}
        }
    }
}

/// How many spaces stand there.
fn spaces(element: &BytesStart<'_>) -> usize {
    let count = element.try_get_attribute("text:c").ok().flatten().and_then(|count| count.value.parse().ok());
    count.unwrap_or(1usize).min(1_000)
}

/// A cell ends with a tab in place of its last line feed, a row with a line feed in place of its last tab.
fn replace_end(out: &mut String, from: char, to: char) {
    if out.ends_with(from) {
        out.pop();
    }
    out.push(to);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_spaces_tables_and_notes() {
        let xml = "<office:body><text:h>题</text:h><text:p>Mum:<text:s text:c=\"2\"/>a<text:tab/>b &amp; &#x20BB7;<text:note><text:p>gone</text:p></text:note>!</text:p>\
            <table:table-row><table:table-cell><text:p>1</text:p></table:table-cell><table:table-cell><text:p>2</text:p></table:table-cell></table:table-row></office:body>";
        assert_eq!(body(xml).unwrap(), "题\nMum:  a\tb & 𠮷!\n1\t2\n");
    }
}
