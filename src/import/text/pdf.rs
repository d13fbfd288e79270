//! Reader of PDFs: the glyphs come from a library, and `layout` makes text of them.
//!
//! The library runs on a thread of its own, so that a panic in it becomes an error of the file and deep nesting doesn't overflow the stack.

use super::{
    Extracted,
    layout::{self, Glyph},
    package::damaged,
};
use crate::import::{ImportError, Note};

/// Stack of the thread: the library recurses into nested objects.
const STACK_BYTES: usize = 64 << 20;
/// Most pages of a file.
const MOST_PAGES: usize = 20_000;

/// Reads the text, without headers, footers and page numbers.
pub(super) fn read(file: &str, bytes: &[u8]) -> Result<Extracted, ImportError> {
    let pages = glyphs_on_thread(bytes.to_vec()).map_err(|reason| {
        let lower = reason.to_lowercase();
        // The library's errors are texts.
        if lower.contains("encrypt") || lower.contains("password") {
            ImportError::Protected(file.to_owned())
        } else {
            damaged(file, reason)
        }
    })?;
    if pages.is_empty() {
        return Err(damaged(file, "it has no pages"));
    }
    if pages.iter().flatten().all(|glyph| glyph.c.is_whitespace()) {
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

/// Returns the words in areas of pages, or `None` if the file can't be read.
///
/// An area is a page, counted from 0, and two opposite corners in points from the bottom left.
pub(crate) fn words_under(bytes: Vec<u8>, areas: Vec<(usize, [f32; 4])>) -> Option<Vec<String>> {
    let pages = glyphs_on_thread(bytes).ok()?;
    let words = areas.into_iter().map(|(page, corners)| {
        let inside = pages
            .get(page)
            .into_iter()
            .flatten()
            .filter(|glyph| is_inside(glyph, corners))
            .copied()
            .collect();
        layout::text(vec![inside]).text
    });
    Some(words.collect())
}

/// Returns true if the middle of a glyph is inside an area.
fn is_inside(glyph: &Glyph, [x1, y1, x2, y2]: [f32; 4]) -> bool {
    // A letter's middle is about a third of the font size above the baseline.
    let (x, y) = (glyph.x + glyph.width / 2.0, glyph.y + glyph.size * 0.3);
    (x1.min(x2)..=x1.max(x2)).contains(&x) && (y1.min(y2)..=y1.max(y2)).contains(&y)
}

fn glyphs_on_thread(bytes: Vec<u8>) -> Result<Vec<Vec<Glyph>>, String> {
    std::thread::Builder::new()
        .stack_size(STACK_BYTES)
        .spawn(move || glyphs(bytes))
        .map_err(|error| error.to_string())?
        .join()
        .map_err(|_panic| "its structure is broken".to_owned())?
}

/// The glyphs of each page.
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
    (0..pages)
        .map(|number| {
            let chars = document
                .extract_chars(number)
                .map_err(|error| format!("page {}: {error}", number + 1))?;
            Ok(chars.iter().filter_map(glyph).collect())
        })
        .collect()
}

/// A character of the library as a glyph, unless it is a control character or rotated, as watermarks and notes in the margin are.
fn glyph(own: &pdf_oxide::layout::TextChar) -> Option<Glyph> {
    let is_upright = own.rotation_degrees.abs() < 1.0 || (own.rotation_degrees - 360.0).abs() < 1.0;
    let is_space = own.char.is_whitespace();
    let is_text = is_space || !own.char.is_control();
    (is_upright && is_text).then_some(Glyph {
        c: if is_space { ' ' } else { own.char },
        x: own.bbox.x,
        y: own.origin_y,
        width: own.bbox.width,
        size: own.font_size,
    })
}
