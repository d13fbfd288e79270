//! Reader of PDFs: the glyphs come from a library, and `layout` makes text of them.
//!
//! The library interprets a page's drawing instructions and calls a device for each; [`GlyphCollector`] is a device
//! that keeps glyphs and ignores the rest.
//! It runs on a thread of its own, so that a panic in it becomes an error of the file.

mod streams;
mod tree;

use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, GlyphDrawMode, Image, InterpreterCache,
    InterpreterSettings, Paint, PathDrawMode, SoftMask, TransformExt as _,
    font::Glyph as PdfGlyph,
    hayro_cmap::BfString,
    hayro_syntax::{DecryptionError, LoadPdfError, Pdf, page::Rotation},
    interpret_page,
};
use kurbo::{Affine, BezPath, Rect};

use super::{
    Extracted,
    layout::{self, Glyph},
    package::damaged,
};
use crate::import::{ImportError, Note};
use crate::message::text::Text;

/// Stack of the thread that reads, enough for deeply nested files.
const STACK_BYTES: usize = 64 << 20;
/// A file with more pages than this is no interview.
const MOST_PAGES: usize = 20_000;
/// Most drawing instructions of a file; nested forms can multiply a small file's instructions without end.
const MOST_INSTRUCTIONS: usize = 50_000_000;
/// Most glyphs of a file: about 3,000 pages of dense text.
const MOST_GLYPHS: usize = 10_000_000;

/// Why the glyphs of a file can't be had.
enum GlyphError {
    Protected,
    Damaged(String),
}

/// Reads the text of a PDF, and notes what was left out.
pub(super) fn read(file: &str, bytes: &[u8]) -> Result<Extracted, ImportError> {
    let pages =
        glyphs_on_own_thread(bytes.to_vec(), GlyphPositions::AsSeen).map_err(
            |error| match error {
                GlyphError::Protected => ImportError::Protected(file.to_owned()),
                GlyphError::Damaged(reason) => damaged(file, reason),
            },
        )?;
    if pages.is_empty() {
        return Err(damaged(file, Text::new("it has no pages", "没有页面")));
    }
    if pages.iter().flatten().all(|glyph| glyph.c.is_whitespace()) {
        return Err(ImportError::Scanned(file.to_owned()));
    }
    // Pages without text in a file that has some are often scanned appendices, so the user should know.
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

/// Returns the words under areas of pages, or `None` if the file can't be read.
///
/// An area is a page, counted from 0, and two opposite corners in points from the bottom left.
pub(crate) fn words_under(bytes: Vec<u8>, areas: Vec<(usize, [f32; 4])>) -> Option<Vec<String>> {
    let pages = glyphs_on_own_thread(bytes, GlyphPositions::AsWritten).ok()?;
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

/// Which way positions on a rotated page are counted.
#[derive(Clone, Copy)]
enum GlyphPositions {
    /// On the page as it is shown.
    AsSeen,
    /// On the page before its rotation, as other programs store areas.
    AsWritten,
}

fn glyphs_on_own_thread(
    bytes: Vec<u8>,
    positions: GlyphPositions,
) -> Result<Vec<Vec<Glyph>>, GlyphError> {
    std::thread::Builder::new()
        .stack_size(STACK_BYTES)
        .spawn(move || glyphs(bytes, positions))
        .map_err(|error| GlyphError::Damaged(error.to_string()))?
        .join()
        // The library, or `count_instruction`, panicked.
        .unwrap_or_else(|_panic| Err(GlyphError::Damaged("its structure is broken".to_owned())))
}

/// Reads the glyphs of all pages.
fn glyphs(bytes: Vec<u8>, positions: GlyphPositions) -> Result<Vec<Vec<Glyph>>, GlyphError> {
    // The library decodes a stream whole, and some (tables of objects) already while it opens the file.
    if streams::are_too_large(&bytes) {
        return Err(GlyphError::Damaged("a part of it is too large".to_owned()));
    }
    // It walks the tree of pages while it opens the file, too.
    if !tree::is_bounded(&bytes) {
        return Err(GlyphError::Damaged(
            "its tree of pages has no end".to_owned(),
        ));
    }
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        // Any failure to decrypt: what is missing is a password, or a cipher that nobody writes any more.
        LoadPdfError::Decryption(
            DecryptionError::PasswordProtected
            | DecryptionError::InvalidEncryption
            | DecryptionError::MissingIDEntry
            | DecryptionError::UnsupportedAlgorithm,
        ) => GlyphError::Protected,
        LoadPdfError::Invalid => GlyphError::Damaged("its structure is broken".to_owned()),
    })?;
    if pdf.pages().len() > MOST_PAGES {
        return Err(GlyphError::Damaged(format!(
            "it has {} pages",
            pdf.pages().len()
        )));
    }
    let settings = InterpreterSettings {
        // Comments in the margin are no part of the interview.
        render_annotations: false,
        ..InterpreterSettings::default()
    };
    let cache = InterpreterCache::new();
    let mut collector = GlyphCollector::default();
    let mut pages = Vec::new();
    for page in pdf.pages().iter() {
        let start = match (positions, page.rotation()) {
            (GlyphPositions::AsWritten, _) | (GlyphPositions::AsSeen, Rotation::None) => {
                Affine::IDENTITY
            }
            (GlyphPositions::AsSeen, _) => page.initial_transform(false).to_kurbo(),
        };
        // The area only matters to what is painted.
        let area = Rect::new(0.0, 0.0, 1.0, 1.0);
        let mut context = Context::new(start, area, &cache, pdf.xref(), settings.clone());
        interpret_page(page, &mut context, &mut collector);
        let glyphs = std::mem::take(&mut collector.glyphs);
        pages.push(match (positions, page.rotation()) {
            (
                GlyphPositions::AsSeen,
                Rotation::Horizontal | Rotation::Flipped | Rotation::FlippedHorizontal,
            ) => {
                let (width, height) = page.render_dimensions();
                seen(glyphs, [0.0, 0.0, width, height])
            }
            (GlyphPositions::AsWritten, _) | (GlyphPositions::AsSeen, Rotation::None) => {
                let area = page.intersected_crop_box();
                let corners = [area.x0, area.y0, area.x1, area.y1];
                #[expect(clippy::cast_possible_truncation, reason = "lengths in points")]
                seen(glyphs, corners.map(|own| own as f32))
            }
        });
    }
    Ok(pages)
}

/// The glyphs on the paper: some programs draw more than a page shows, such as all numbers of paragraphs on each page.
fn seen(glyphs: Vec<Glyph>, corners: [f32; 4]) -> Vec<Glyph> {
    /// Where less than this share would be seen, it is the size of the paper that is wrong.
    const LEAST: usize = 20;
    let is_seen = |glyph: &Glyph| is_inside(glyph, corners);
    if glyphs.iter().filter(|glyph| is_seen(glyph)).count() * LEAST < glyphs.len() {
        return glyphs;
    }
    glyphs.into_iter().filter(is_seen).collect()
}

/// A device that keeps the glyphs of a page.
#[derive(Default)]
struct GlyphCollector {
    glyphs: Vec<Glyph>,
    /// Instructions so far, over all pages.
    instructions: usize,
    /// Glyphs so far, over all pages.
    total_glyphs: usize,
}

impl GlyphCollector {
    /// Counts an instruction.
    ///
    /// # Panics
    /// When the file draws without end: a device has no other way to stop the interpreter, and the thread's owner
    /// turns the panic into an error of the file.
    fn count_instruction(&mut self) {
        self.instructions += 1;
        if self.instructions > MOST_INSTRUCTIONS || self.total_glyphs > MOST_GLYPHS {
            std::panic::resume_unwind(Box::new("too many drawing instructions"));
        }
    }

    /// Keeps the characters of a glyph, most often one; they share its width.
    #[expect(clippy::cast_possible_truncation, reason = "lengths in points")]
    fn keep(&mut self, characters: &[char], advance: f32, placed: Affine) {
        let [a, b, c, d, x, y] = placed.as_coeffs().map(|own| own as f32);
        // Watermarks and text along the edge of the paper would tear lines apart.
        let is_upright = b.atan2(a).to_degrees().abs() < 1.0;
        if !is_upright || ![x, y].iter().all(|own| own.is_finite()) {
            return;
        }
        // Fonts are drawn in units of a thousandth of their size.
        let size = 1000.0 * c.hypot(d);
        let width = advance * a.hypot(b) / characters.len().max(1) as f32;
        for (at, own) in characters.iter().enumerate() {
            if own.is_control() && !own.is_whitespace() {
                continue;
            }
            self.total_glyphs += 1;
            self.glyphs.push(Glyph {
                c: if own.is_whitespace() { ' ' } else { *own },
                x: x + width * at as f32,
                y,
                width,
                size,
            });
        }
    }
}

impl<'a> Device<'a> for GlyphCollector {
    fn draw_glyph(
        &mut self,
        glyph: &PdfGlyph<'a>,
        transform: Affine,
        glyph_transform: Affine,
        _: &Paint<'a>,
        mode: &GlyphDrawMode,
    ) {
        self.count_instruction();
        let placed = transform * glyph_transform;
        let advance = match glyph {
            // Without a width, that of most letters: wide characters are 1000 wide, others about half of it.
            PdfGlyph::Outline(outline) => outline.advance_width().unwrap_or(500.0),
            PdfGlyph::Type3(_) => 500.0,
        };
        let before = self.glyphs.len();
        match glyph.as_unicode() {
            Some(BfString::Char(own)) => self.keep(&[own], advance, placed),
            Some(BfString::String(own)) => {
                self.keep(&own.chars().collect::<Vec<_>>(), advance, placed);
            }
            // A glyph of which the file doesn't say what it means; nothing can be guessed.
            None => {}
        }
        // Outlined letters are drawn twice, filled and then stroked.
        let len = self.glyphs.len() - before;
        if matches!(mode, GlyphDrawMode::Stroke(_))
            && before >= len
            && self.glyphs[before - len..before] == self.glyphs[before..]
        {
            self.glyphs.truncate(before);
        }
    }

    fn draw_path(&mut self, _: &BezPath, _: Affine, _: &Paint<'a>, _: &PathDrawMode) {
        self.count_instruction();
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: Affine) {
        self.count_instruction();
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.count_instruction();
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.count_instruction();
    }

    fn set_soft_mask(&mut self, _: Option<SoftMask<'a>>) {}

    fn set_blend_mode(&mut self, _: BlendMode) {}

    fn pop_clip_path(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}
