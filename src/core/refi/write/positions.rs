//! Texts and positions in the form that the reading program expects.

use std::borrow::Cow;

use crate::model::text::DocumentText;

/// For which program positions and line ends are written; the standard leaves them open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Variant {
    /// The standard by its word, for most programs: line feeds, positions in code points, no byte-order mark.
    #[default]
    Standard,
    /// NVivo: a byte-order mark, CRLF that counts as two, and positions in UTF-16 units.
    NVivo,
    /// ATLAS.ti and MAXQDA: CRLF that counts as one, and positions in code points.
    AtlasTi,
}

/// The byte-order mark, with which NVivo expects its files.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The content of the file for a text.
///
/// A text that begins with a byte-order mark gets another one, because readers remove the first.
pub(super) fn file_text(variant: Variant, text: &str) -> Cow<'_, str> {
    let marked = variant == Variant::NVivo || text.starts_with(BYTE_ORDER_MARK);
    let text = match variant {
        Variant::Standard => Cow::Borrowed(text),
        Variant::NVivo | Variant::AtlasTi => Cow::Owned(text.replace('\n', "\r\n")),
    };
    if marked {
        Cow::Owned(format!("{BYTE_ORDER_MARK}{text}"))
    } else {
        text
    }
}

/// The positions of a text.
#[derive(Debug)]
pub(super) enum PositionsOfText {
    /// As in the project: code points, with one for a line end, up to the length of the text.
    Same(u32),
    /// Positions in order, with their UTF-16 units.
    Units(Vec<UnitPosition>),
}

impl PositionsOfText {
    /// Computes the positions in `wanted`, the only ones that [`Self::of`] is called with.
    pub(super) fn new(
        variant: Variant,
        text: &DocumentText,
        wanted: impl Iterator<Item = u32>,
    ) -> Self {
        match variant {
            Variant::Standard | Variant::AtlasTi => Self::Same(text.len_chars()),
            Variant::NVivo => {
                let mut wanted: Vec<u32> = wanted.collect();
                wanted.sort_unstable();
                wanted.dedup();
                Self::Units(count_units(text.as_str(), &wanted))
            }
        }
    }

    /// The position as it is written.
    pub(super) fn of(&self, position: u32) -> u64 {
        match self {
            Self::Same(len) => u64::from(position.min(*len)),
            Self::Units(known) => {
                let at = known.binary_search_by_key(&position, |own| own.position);
                known[at.expect("only wanted positions are asked for")].units
            }
        }
    }
}

/// A position in code points and in UTF-16 units, with two for a line end.
#[derive(Debug, Clone, Copy)]
pub(super) struct UnitPosition {
    position: u32,
    units: u64,
}

/// Counts the units of positions, which are in order; one after the end of the text is its end.
fn count_units(text: &str, wanted: &[u32]) -> Vec<UnitPosition> {
    let mut counted = Vec::with_capacity(wanted.len());
    let mut wanted = wanted.iter().copied().peekable();
    let mut current = UnitPosition {
        position: 0,
        units: 0,
    };
    for byte in text.bytes() {
        // A continuation byte begins no character.
        if byte & 0b1100_0000 == 0b1000_0000 {
            continue;
        }
        if wanted.next_if_eq(&current.position).is_some() {
            counted.push(current);
        }
        if wanted.peek().is_none() {
            return counted;
        }
        current.position += 1;
        // A character outside the Basic Multilingual Plane begins with a byte from F0 on; a line feed becomes two characters.
        current.units += 1 + u64::from(byte >= 0xf0 || byte == b'\n');
    }
    let units = current.units;
    counted.extend(wanted.map(|position| UnitPosition { position, units }));
    counted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_those_of_utf_16_with_two_for_a_line_end() {
        let text = DocumentText::new("a😀\n𠮷字e\u{301}\nz");
        let wanted = 0..=text.len_chars();
        let positions = PositionsOfText::new(Variant::NVivo, &text, wanted.clone());
        let written: Vec<u16> = text.as_str().replace('\n', "\r\n").encode_utf16().collect();
        let mut so_far = 0u64;
        for position in wanted {
            assert_eq!(positions.of(position), so_far, "{position}");
            let next = text.as_str().chars().nth(position as usize);
            so_far += next.map_or(0, |c| if c == '\n' { 2 } else { c.len_utf16() as u64 });
        }
        assert_eq!(so_far, written.len() as u64);
        assert_eq!(
            PositionsOfText::new(Variant::NVivo, &text, [99].into_iter()).of(99),
            so_far
        );
        assert_eq!(
            PositionsOfText::new(Variant::Standard, &text, [99].into_iter()).of(99),
            9
        );
    }

    #[test]
    fn a_text_that_begins_with_a_mark_keeps_it() {
        assert_eq!(
            file_text(Variant::Standard, "\u{feff}a\n"),
            "\u{feff}\u{feff}a\n"
        );
        assert_eq!(file_text(Variant::NVivo, "a\n"), "\u{feff}a\r\n");
        assert_eq!(file_text(Variant::AtlasTi, "a\n"), "a\r\n");
    }
}
