//! Reader of e-books (EPUB): the text of their chapters in reading order.

use crate::message::text::Text;
use quick_xml::{Reader, events::Event};

use super::{
    Extracted, html,
    package::{ZipPackage, attribute_or_empty, damaged},
};
use crate::import::ImportError;

/// Reads the chapters that the book's spine lists.
pub(super) fn read(file: &str, bytes: &[u8]) -> Result<Extracted, ImportError> {
    let mut package = ZipPackage::open(file, bytes)?;
    if package.has("META-INF/encryption.xml") {
        let encrypted = package.xml("META-INF/encryption.xml")?;
        // Many books without copy protection scramble their fonts; only encrypted chapters can't be read.
        if encrypted.contains("html") {
            return Err(damaged(
                file,
                Text::new(
                    "its chapters are protected against copying",
                    "章节有版权保护",
                ),
            ));
        }
    }
    let container = package.xml("META-INF/container.xml")?;
    let root = elements(file, &container, "rootfile", &["full-path"])?;
    let [book] = root
        .first()
        .ok_or_else(|| damaged(file, Text::new("it names no contents", "没有目录")))?;
    let contents = package.xml(book)?;
    // Paths are relative to the file of contents.
    let folder = match book.rsplit_once('/') {
        Some((folder, _)) => format!("{folder}/"),
        None => String::new(),
    };
    let items = elements(file, &contents, "item", &["id", "href"])?;
    let mut text = String::new();
    for [chapter] in elements(file, &contents, "itemref", &["idref"])? {
        let Some([_, href]) = items.iter().find(|[id, _]| *id == chapter) else {
            continue;
        };
        let path = format!("{folder}{}", percent_decoded(href));
        // A spine may list pictures and pages that were left out of the file.
        if package.has(&path) {
            let page = package.xml(&path)?;
            if html::too_deep(&page) {
                return Err(damaged(
                    file,
                    Text::new("its elements are nested too deeply", "元素嵌套太深"),
                ));
            }
            text.push_str(&html::text_of(&page));
        }
    }
    Ok(Extracted::text(text, Vec::new()))
}

/// The attributes of every element of a name; missing ones are empty.
fn elements<const N: usize>(
    file: &str,
    xml: &str,
    name: &str,
    attributes: &[&str; N],
) -> Result<Vec<[String; N]>, ImportError> {
    let mut reader = Reader::from_str(xml);
    let mut found = Vec::new();
    loop {
        match reader
            .read_event()
            .map_err(|error| damaged(file, error.to_string()))?
        {
            Event::Start(element) | Event::Empty(element)
                if element.local_name().as_ref() == name =>
            {
                found.push(attributes.map(|name| attribute_or_empty(&element, name)));
            }
            Event::Eof => return Ok(found),
            _ => {}
        }
    }
}

/// Decodes `%20` and the like in a path.
fn percent_decoded(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let [first, tail @ ..] = rest {
        let escaped = match rest {
            [b'%', high, low, after @ ..] => hex_byte(*high, *low).map(|byte| (byte, after)),
            _ => None,
        };
        let (byte, after) = escaped.unwrap_or((*first, tail));
        bytes.push(byte);
        rest = after;
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn hex_byte(high: u8, low: u8) -> Option<u8> {
    let digit = |byte| {
        char::from(byte)
            .to_digit(16)
            .and_then(|digit| u8::try_from(digit).ok())
    };
    Some(digit(high)? * 16 + digit(low)?)
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
