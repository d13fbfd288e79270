//! The bundled fonts, and the measurement of text in them.
//!
//! Latin text is set in Inter, Han characters and their quotation marks in Noto Sans CJK SC (so they never have Japanese forms) and emoji in the
//! monochrome Noto Emoji. Bundled fonts make the window and all files look the same on every machine.

use skrifa::{
    FontRef, GlyphId, MetadataProvider as _,
    instance::{LocationRef, Size},
    outline::{DrawSettings, OutlinePen},
};

use super::Weight;
use crate::language::marks::chinese_marks;

/// Inter.
pub const INTER: &[u8] = include_bytes!("../../../assets/fonts/Inter-Regular.otf");
/// Inter Medium.
pub const INTER_MEDIUM: &[u8] = include_bytes!("../../../assets/fonts/Inter-Medium.otf");
/// Inter Semibold.
pub const INTER_SEMIBOLD: &[u8] = include_bytes!("../../../assets/fonts/Inter-SemiBold.otf");
/// Noto Sans CJK SC with all characters of GBK.
pub const HAN: &[u8] = include_bytes!("../../../assets/fonts/NotoSansCJKsc-GBK.otf");
/// Noto Sans CJK SC Medium with those of GB 2312.
pub const HAN_MEDIUM: &[u8] =
    include_bytes!("../../../assets/fonts/NotoSansCJKsc-Medium-GB2312.otf");
/// Noto Emoji.
pub const EMOJI: &[u8] = include_bytes!("../../../assets/fonts/NotoEmoji-Regular.ttf");

/// The height of the middle of capitals above the baseline, as a share of the font size: half of Inter's cap height.
pub const CAPITALS_MIDDLE: f32 = 0.363;
/// Replaces characters that no font has.
const UNKNOWN: char = '□';

/// A pen that draws the outlines of several glyphs.
pub trait GlyphPen: OutlinePen {
    /// Moves to the origin of the next glyph, relative to the start of the line.
    fn go_to(&mut self, x: f32);
}

/// The index of a font in [`Faces`].
pub type FontIndex = usize;

/// The parsed fonts.
pub struct Faces {
    fonts: Vec<(&'static [u8], FontRef<'static>)>,
}

impl std::fmt::Debug for Faces {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Faces({})", self.fonts.len())
    }
}

impl Default for Faces {
    fn default() -> Self {
        Self::new()
    }
}

impl Faces {
    /// Parses the fonts.
    pub fn new() -> Self {
        let all = [INTER, INTER_MEDIUM, INTER_SEMIBOLD, HAN, HAN_MEDIUM, EMOJI];
        let mut fonts = Vec::new();
        for bytes in all {
            let font = FontRef::new(bytes).expect("the bundled fonts are valid");
            fonts.push((bytes, font));
        }
        Self { fonts }
    }

    /// The bytes of the fonts, in the order of their indexes.
    pub fn bytes(&self) -> impl Iterator<Item = &'static [u8]> {
        self.fonts.iter().map(|(bytes, _)| *bytes)
    }

    /// The first font that has a character, and the glyph in it.
    fn glyph(&self, c: char, weight: Weight) -> Option<(FontIndex, GlyphId)> {
        // Inter comes first, since the other fonts contain Latin letters too. The medium Han font has fewer characters than
        // the regular one, so the regular one follows it; it also serves for semibold, which isn't bundled.
        let order: [FontIndex; 4] = match weight {
            Weight::Regular => [0, 3, 5, 4],
            Weight::Medium => [1, 4, 3, 5],
            Weight::Semibold => [2, 4, 3, 5],
        };
        self.first_with(c, order)
    }

    /// The glyph of a mark of Chinese, which Inter has too.
    fn chinese_glyph(&self, c: char, weight: Weight) -> Option<(FontIndex, GlyphId)> {
        self.first_with(
            c,
            match weight {
                Weight::Regular => [3, 4],
                Weight::Medium | Weight::Semibold => [4, 3],
            },
        )
    }

    fn first_with<const N: usize>(
        &self,
        c: char,
        order: [FontIndex; N],
    ) -> Option<(FontIndex, GlyphId)> {
        order.into_iter().find_map(|index| {
            let glyph = self.fonts[index].1.charmap().map(c)?;
            // Glyph 0 is the font's own replacement for missing characters.
            (glyph.to_u32() > 0).then_some((index, glyph))
        })
    }

    /// The glyphs of a text; control characters, joiners and variation selectors have none.
    fn glyphs(
        &self,
        text: &str,
        weight: Weight,
    ) -> impl Iterator<Item = (char, FontIndex, GlyphId)> {
        let marks = chinese_marks(text);
        let shown = text.char_indices().filter(|(_, c)| {
            !c.is_control()
                && !matches!(u32::from(*c), 0x200B..=0x200F | 0xFE00..=0xFE0F | 0xE0100..=0xE01EF)
        });
        shown.filter_map(move |(at, c)| {
            let found = if marks.iter().any(|range| range.contains(&at)) {
                self.chinese_glyph(c, weight)
            } else {
                self.glyph(c, weight)
            };
            let (c, found) = match found {
                Some(found) => (c, found),
                None => (UNKNOWN, self.glyph(UNKNOWN, weight)?),
            };
            Some((c, found.0, found.1))
        })
    }

    fn advance(&self, font: FontIndex, glyph: GlyphId, size: f32) -> f32 {
        let font = &self.fonts[font].1;
        let metrics = font.glyph_metrics(Size::new(size), LocationRef::default());
        metrics
            .advance_width(glyph)
            .expect("the glyph was found in this font")
    }

    /// The width of a line of text.
    pub fn width(&self, text: &str, size: f32, weight: Weight) -> f32 {
        self.glyphs(text, weight)
            .map(|(_, face, glyph)| self.advance(face, glyph, size))
            .sum()
    }

    /// Splits a line of text into runs of one font, each with its offset from the start of the line.
    pub fn runs(&self, text: &str, size: f32, weight: Weight) -> Vec<(f32, FontIndex, String)> {
        let mut runs: Vec<(f32, FontIndex, String)> = Vec::new();
        let mut x = 0.0;
        for (c, face, glyph) in self.glyphs(text, weight) {
            match runs.last_mut() {
                Some((_, last, run)) if *last == face => run.push(c),
                _ => runs.push((x, face, c.to_string())),
            }
            x += self.advance(face, glyph, size);
        }
        runs
    }

    /// Draws the outlines of a line of text.
    pub fn outlines(&self, text: &str, size: f32, weight: Weight, pen: &mut impl GlyphPen) {
        let mut x = 0.0;
        for (_, face, glyph) in self.glyphs(text, weight) {
            if let Some(outline) = self.fonts[face].1.outline_glyphs().get(glyph) {
                pen.go_to(x);
                // A glyph that can't be drawn is left blank: a missing letter is better than no picture.
                outline
                    .draw(
                        DrawSettings::unhinted(Size::new(size), LocationRef::default()),
                        pen,
                    )
                    .ok();
            }
            x += self.advance(face, glyph, size);
        }
    }

    /// Truncates a text to a width, with an ellipsis if anything is cut.
    pub fn cut(&self, text: &str, size: f32, weight: Weight, width: f32) -> String {
        if self.width(text, size, weight) <= width {
            return text.to_owned();
        }
        let room = width - self.width("…", size, weight);
        let mut taken = 0.0;
        let mut kept = String::new();
        for c in text.chars() {
            taken += self.width(c.encode_utf8(&mut [0; 4]), size, weight);
            if taken > room {
                break;
            }
            kept.push(c);
        }
        format!("{}…", kept.trim_end())
    }

    /// Breaks a text into lines of at most a width, by the rules of both languages (Unicode Standard Annex 14).
    ///
    /// A word that is longer than a line is broken anywhere.
    pub fn lines(&self, text: &str, size: f32, weight: Weight, width: f32) -> Vec<String> {
        let mut lines = Vec::new();
        for paragraph in text.split('\n') {
            let mut line = String::new();
            for piece in crate::language::lines::pieces(paragraph) {
                if !line.is_empty()
                    && self.width(&format!("{line}{}", piece.trim_end()), size, weight) > width
                {
                    lines.push(std::mem::take(&mut line).trim_end().to_owned());
                }
                // A piece that fits on a line is added as a whole; only an overlong one is broken here.
                for c in piece.chars() {
                    if !line.is_empty()
                        && !c.is_whitespace()
                        && self.width(&line, size, weight)
                            + self.width(c.encode_utf8(&mut [0; 4]), size, weight)
                            > width
                    {
                        lines.push(std::mem::take(&mut line));
                    }
                    line.push(c);
                }
            }
            lines.push(line.trim_end().to_owned());
        }
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_both_languages_is_measured_and_broken() {
        let faces = Faces::new();
        assert!(
            (faces.width("自信", 10.0, Weight::Regular) - 20.0).abs() < 0.01,
            "a Han character is as wide as it is high"
        );
        assert!(
            (faces.width("说“好”", 10.0, Weight::Medium) - 40.0).abs() < 0.01,
            "so are the quotation marks around it"
        );
        assert!(
            faces.width("it’s", 10.0, Weight::Regular) < 20.0,
            "but no apostrophe"
        );
        assert!(
            faces.width("iii", 10.0, Weight::Regular) < faces.width("mmm", 10.0, Weight::Regular)
        );
        assert_eq!(
            faces
                .runs("A自信B", 10.0, Weight::Regular)
                .iter()
                .map(|(_, face, run)| (*face, run.as_str()))
                .collect::<Vec<_>>(),
            [(0, "A"), (3, "自信"), (0, "B")]
        );
        assert_eq!(
            faces.lines("我相信，我能。I believe", 10.0, Weight::Regular, 42.0),
            ["我相信，", "我能。I", "believe"]
        );
        assert_eq!(
            faces.lines("a\n\nb", 10.0, Weight::Regular, 40.0),
            ["a", "", "b"]
        );
        assert_eq!(
            faces
                .cut("我相信我能", 10.0, Weight::Regular, 32.0)
                .chars()
                .count(),
            3
        );
        for line in faces.lines(
            "incomprehensibilities 一二三四五六七八九十",
            10.0,
            Weight::Regular,
            30.0,
        ) {
            assert!(faces.width(&line, 10.0, Weight::Regular) <= 30.0, "{line}");
        }
    }
}
