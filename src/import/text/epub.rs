//! The text of a book in EPUB: its chapters in reading order.

use quick_xml::{Reader, events::Event};

use super::{
    Extracted, html,
    package::{ZipPackage, attribute, damaged},
};
use crate::import::ImportError;

/// The text.
pub(super) fn read(file: &str, bytes: &[u8]) -> Result<Extracted, ImportError> {
    let mut package = ZipPackage::open(file, bytes)?;
    if package.has("META-INF/encryption.xml") {
        let encrypted = package.xml("META-INF/encryption.xml")?;
        // Fonts may be scrambled; chapters mustn't.
        if encrypted.contains("html") {
            return Err(damaged(file, "its chapters are protected against copying"));
        }
    }
    let wrong = |error: quick_xml::Error| damaged(file, error.to_string());
    let container = package.xml("META-INF/container.xml")?;
    let root = elements(&container, "rootfile", &["full-path"]).map_err(wrong)?;
    let book = root
        .first()
        .map(|path| path[0].clone())
        .ok_or_else(|| damaged(file, "it names no contents"))?;
    let contents = package.xml(&book)?;
    let folder = book.rsplit_once('/').map_or("", |(folder, _)| folder);
    let items = elements(&contents, "item", &["id", "href"]).map_err(wrong)?;
    let mut text = String::new();
    for chapter in elements(&contents, "itemref", &["idref"]).map_err(wrong)? {
        let Some(item) = items.iter().find(|item| item[0] == chapter[0]) else {
            continue;
        };
        let path = if folder.is_empty() {
            unescaped(&item[1])
        } else {
            format!("{folder}/{}", unescaped(&item[1]))
        };
        if package.has(&path) {
            let page = package.xml(&path)?;
            if html::too_deep(&page) {
                return Err(damaged(file, "its elements lie too deep"));
            }
            text.push_str(&html::text_of(&page));
        }
    }
    Ok(Extracted::text(text, Vec::new()))
}

/// The attributes of every element of a name; missing ones are empty.
fn elements(
    xml: &str,
    name: &str,
    attributes: &[&str],
) -> Result<Vec<Vec<String>>, quick_xml::Error> {
    let mut reader = Reader::from_str(xml);
    let mut found = Vec::new();
    loop {
        match reader.read_event()? {
            Event::Start(element) | Event::Empty(element)
                if element.local_name().as_ref() == name =>
            {
                found.push(
                    attributes
                        .iter()
                        .map(|name| attribute(&element, name).unwrap_or_default())
                        .collect(),
                );
            }
            Event::Eof => return Ok(found),
            _ => {}
        }
    }
}

/// A path whose odd characters are written `%20`.
fn unescaped(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let code = (first == b'%')
            .then(|| tail.get(..2))
            .flatten()
            .and_then(|digits| std::str::from_utf8(digits).ok());
        match code.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write as _};

    use super::*;

    #[test]
    fn chapters_come_in_reading_order() {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let mut part = |name: &str, text: &str| {
            zip.start_file(name, zip::write::SimpleFileOptions::default())
                .unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        };
        part(
            "META-INF/container.xml",
            r#"<container><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>"#,
        );
        part(
            "OPS/book.opf",
            r#"<package><manifest><item id="b" href="two%202.xhtml"/><item id="a" href="one.xhtml"/></manifest><spine><itemref idref="a"/><itemref idref="b"/></spine></package>"#,
        );
        part("OPS/two 2.xhtml", "<html><body><p>第二章</p></body></html>");
        part("OPS/one.xhtml", "<html><body><p>One</p></body></html>");
        let bytes = zip.finish().unwrap().into_inner();
        assert!(
            matches!(read("a.epub", &bytes).unwrap().body, super::super::Body::Text(text) if text == "One\n第二章\n")
        );
    }
}
