//! The text of a PDF: its glyphs, put into lines and paragraphs by `layout`.
//!
//! The library that reads the file runs on a thread of its own, so that a fault of it is an error of the file.

use super::{
    Extracted,
    layout::{self, Glyph},
    package::damaged,
};
use crate::import::{ImportError, Note};

/// Room for deeply nested files.
const STACK_BYTES: usize = 64 << 20;
/// Pages beyond this are no interview.
const MOST_PAGES: usize = 20_000;

/// The text, and what was left out.
pub(super) fn read(file: &str, bytes: &[u8]) -> Result<Extracted, ImportError> {
    let bytes = bytes.to_vec();
    let worker = std::thread::Builder::new()
        .stack_size(STACK_BYTES)
        .spawn(move || glyphs(bytes));
    let worker = worker.map_err(|error| damaged(file, error.to_string()))?;
    let pages = worker
        .join()
        .map_err(|_panic| damaged(file, "its structure is broken"))?
        .map_err(|reason| {
            let protected = ["encrypt", "password"]
                .iter()
                .any(|word| reason.to_lowercase().contains(word));
            if protected {
                ImportError::Protected(file.to_owned())
            } else {
                damaged(file, reason)
            }
        })?;
    if pages.is_empty() {
        return Err(damaged(file, "it has no pages"));
    }
    if pages
        .iter()
        .all(|page| page.iter().all(|glyph| glyph.c.is_whitespace()))
    {
        return Err(ImportError::Scanned(file.to_owned()));
    }
    let empty = pages.iter().filter(|page| page.is_empty()).count();
    let laid = layout::text(pages);
    let mut notes = Vec::new();
    if laid.dropped > 0 {
        notes.push(Note::EdgeLines(laid.dropped));
    }
    if empty > 0 {
        notes.push(Note::EmptyPages(empty));
    }
    Ok(Extracted::text(laid.text, notes))
}

/// The words under areas of pages, each by page (from 0) and two opposite corners in points from the bottom left; `None` when the file can't be read.
pub(crate) fn words_under(bytes: Vec<u8>, areas: Vec<(usize, [f32; 4])>) -> Option<Vec<String>> {
    let worker = std::thread::Builder::new()
        .stack_size(STACK_BYTES)
        .spawn(move || glyphs(bytes))
        .ok()?;
    let pages = worker.join().ok()?.ok()?;
    let words = |(page, [x1, y1, x2, y2]): (usize, [f32; 4])| {
        let inside = |glyph: &&Glyph| {
            let (x, y) = (glyph.x + glyph.width / 2.0, glyph.y + glyph.size * 0.3);
            (x1.min(x2)..=x1.max(x2)).contains(&x) && (y1.min(y2)..=y1.max(y2)).contains(&y)
        };
        let found: Vec<Glyph> = pages
            .get(page)
            .into_iter()
            .flatten()
            .filter(inside)
            .copied()
            .collect();
        layout::text(vec![found]).text
    };
    Some(areas.into_iter().map(words).collect())
}

fn glyphs(bytes: Vec<u8>) -> Result<Vec<Vec<Glyph>>, String> {
    let document = pdf_oxide::PdfDocument::from_bytes(bytes).map_err(|error| error.to_string())?;
    // Without the password the library finds no words, as in a scan.
    if document.is_encrypted() && !document.is_authenticated() {
        return Err("it is encrypted".to_owned());
    }
    let pages = document.page_count().map_err(|error| error.to_string())?;
    if pages > MOST_PAGES {
        return Err(format!("it has {pages} pages"));
    }
    let glyph = |own: pdf_oxide::layout::TextChar| {
        let upright =
            own.rotation_degrees.abs() < 1.0 || (own.rotation_degrees - 360.0).abs() < 1.0;
        let c = if own.char.is_whitespace() {
            ' '
        } else {
            own.char
        };
        upright.then_some(Glyph {
            c,
            x: own.bbox.x,
            y: own.origin_y,
            width: own.bbox.width,
            size: own.font_size,
        })
    };
    let page = |number: usize| -> Result<Vec<Glyph>, String> {
        let chars = document
            .extract_chars(number)
            .map_err(|error| format!("page {}: {error}", number + 1))?;
        Ok(chars
            .into_iter()
            .filter(|own| !own.char.is_control() || own.char.is_whitespace())
            .filter_map(glyph)
            .collect())
    };
    (0..pages).map(page).collect()
}
