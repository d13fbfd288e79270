//! Texts and positions as the program that reads the file counts them.

use std::borrow::Cow;

use super::Variant;
use crate::model::text::DocumentText;

/// What begins a file in the variants that want it.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The bytes of a text's file.
///
/// A text that itself begins with a byte-order mark gets another one, since readers take the first away.
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

/// Positions of one text.
#[derive(Debug)]
pub(super) enum Positions {
    /// Code points, a line end being one: as in the project, up to the text's length.
    Same(u32),
    /// Those asked for, in order, with what they are in UTF-16 units, a line end being two.
    Units(Vec<(u32, u64)>),
}

impl Positions {
    /// Positions in a text; only those in `wanted` are asked for later.
    pub(super) fn new(
        variant: Variant,
        text: &DocumentText,
        wanted: impl Iterator<Item = u32>,
    ) -> Self {
        match variant {
            Variant::Standard | Variant::AtlasTi => Self::Same(text.len_chars()),
            Variant::NVivo => {
                let mut wanted: Vec<(u32, u64)> = wanted.map(|position| (position, 0)).collect();
                wanted.sort_unstable();
                wanted.dedup();
                count_units(text.as_str(), &mut wanted);
                Self::Units(wanted)
            }
        }
    }

    /// What is written for a position.
    pub(super) fn of(&self, position: u32) -> u64 {
        match self {
            Self::Same(len) => u64::from(position.min(*len)),
            Self::Units(known) => {
                let at = known
                    .binary_search_by_key(&position, |(own, _)| *own)
                    .unwrap_or_else(|near| near);
                known
                    .get(at)
                    .or(known.last())
                    .map_or(0, |(_, units)| *units)
            }
        }
    }
}

/// Fills in the units of positions that are in order; one beyond the text is its end.
fn count_units(text: &str, wanted: &mut [(u32, u64)]) {
    let mut waiting = wanted.iter_mut().peekable();
    let (mut position, mut units) = (0u32, 0u64);
    for byte in text.bytes() {
        if byte & 0b1100_0000 == 0b1000_0000 {
            continue;
        }
        while let Some((_, own)) = waiting.next_if(|(wanted, _)| *wanted <= position) {
            *own = units;
        }
        if waiting.peek().is_none() {
            return;
        }
        position += 1;
        // A character beyond the Basic Multilingual Plane begins with a byte from F0 on; a line feed becomes two characters.
        units += 1 + u64::from(byte >= 0xf0 || byte == b'\n');
    }
    for (_, own) in waiting {
        *own = units;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_those_of_utf_16_with_two_for_a_line_end() {
        let text = DocumentText::new("a😀\n𠮷字e\u{301}\nz");
        let wanted = 0..=text.len_chars();
        let positions = Positions::new(Variant::NVivo, &text, wanted.clone());
        let written: Vec<u16> = text.as_str().replace('\n', "\r\n").encode_utf16().collect();
        let mut so_far = 0u64;
        for position in wanted {
            assert_eq!(positions.of(position), so_far, "{position}");
            let next = text.as_str().chars().nth(position as usize);
            so_far += next.map_or(0, |c| if c == '\n' { 2 } else { c.len_utf16() as u64 });
        }
        assert_eq!(so_far, written.len() as u64);
        assert_eq!(
            Positions::new(Variant::NVivo, &text, [99].into_iter()).of(99),
            so_far
        );
        assert_eq!(
            Positions::new(Variant::Standard, &text, [99].into_iter()).of(99),
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
