//! Folding: a form of text that different spellings of the same word share.
//!
//! Folding makes full-width letters half-width, ignores case, composes letters with their marks, and replaces the
//! look-alike characters that PDF files contain (`⼈` for `人`).

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization as _;

/// Replaces the full-width or compatibility form of a character: `Ａ` becomes `A`, `ｶ` becomes `カ`, `⼈` becomes `人`.
pub fn fold_width(c: char) -> char {
    match u32::from(c) {
        // Only radicals, compatibility ideographs, and half- and full-width forms: full compatibility normalization
        // would also turn `①` into `1` and `½` into three characters.
        0x2E80..=0x2FDF | 0xF900..=0xFAFF | 0xFF01..=0xFFEE | 0x2_F800..=0x2_FA1F => {
            std::iter::once(c).nfkc().next().unwrap_or(c)
        }
        0x3000 => ' ',
        _ => c,
    }
}

/// The form in which names are compared: folded by width and case, composed, without surrounding space.
pub fn fold(text: &str) -> String {
    text.trim()
        .chars()
        .map(fold_width)
        .flat_map(char::to_lowercase)
        .nfc()
        .collect()
}

/// The keys whose folded name equals a value; if there are none, those whose name begins with it.
pub fn matching_names<K: Ord>(
    value: &str,
    names: impl Iterator<Item = (K, impl AsRef<str>)>,
) -> BTreeSet<K> {
    let value = fold(value);
    let (mut exact, mut beginning) = (BTreeSet::new(), BTreeSet::new());
    for (key, name) in names {
        let name = fold(name.as_ref());
        if name == value {
            exact.insert(key);
        } else if name.starts_with(&value) {
            beginning.insert(key);
        }
    }
    if exact.is_empty() { beginning } else { exact }
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
