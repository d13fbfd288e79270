//! Folding: what two spellings of the same word have in common.
//!
//! Full-width letters are ordinary ones, case doesn't matter, a letter with its mark is one character, and the look-alikes that PDF files bring (`⼈` for `人`) are the character meant.

use unicode_normalization::UnicodeNormalization as _;

/// A character without its width or compatibility form: `Ａ` is `A`, `ｶ` is `カ`, `⼈` is `人`.
pub fn fold_width(c: char) -> char {
    match u32::from(c) {
        0x2E80..=0x2FDF | 0xF900..=0xFAFF | 0xFF01..=0xFFEE | 0x2_F800..=0x2_FA1F => {
            std::iter::once(c).nfkc().next().unwrap_or(c)
        }
        0x3000 => ' ',
        _ => c,
    }
}

/// A text by which names are compared: width and case folded, composed, without space around it.
pub fn fold(text: &str) -> String {
    text.trim()
        .chars()
        .map(fold_width)
        .flat_map(char::to_lowercase)
        .nfc()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_are_equal() {
        for (a, b) in [
            ("Ｍｏｔｈｅｒ", "mother"),
            (" Mother\u{3000}", "MOTHER"),
            ("cafe\u{301}", "CAFÉ"),
            ("⼈", "人"),
            ("ｶ\u{FF9E}", "ガ"),
            ("𠮷田", "𠮷田"),
        ] {
            assert_eq!(fold(a), fold(b), "{a}");
        }
        assert_ne!(fold("吉"), fold("𠮷"));
    }
}
