//! Traditional Chinese characters and their simplified forms.

use std::sync::LazyLock;

/// The first and last of the characters that can be traditional.
const FIRST: char = '\u{3400}';
const LAST: char = '\u{9FFF}';

/// The simplified form of each character from [`FIRST`] to [`LAST`], in a table because every character of a text is looked up.
static SIMPLIFIED: LazyLock<Vec<char>> = LazyLock::new(|| {
    (FIRST..=LAST)
        .map(|c| fast2s::convert(&c.to_string()).chars().next().unwrap_or(c))
        .collect()
});

/// Replaces a traditional character by its simplified form, so that `歸屬` and `归属` are one word; other characters are kept.
///
/// Conversion is by single characters: where one simplified character replaces several traditional ones (`后` for `後` and
/// `后`), all of them become equal.
pub fn simplified(c: char) -> char {
    if !(FIRST..=LAST).contains(&c) {
        return c;
    }
    SIMPLIFIED[c as usize - FIRST as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_scripts_are_one() {
        let all = |text: &str| text.chars().map(simplified).collect::<String>();
        for (traditional, expected) in [
            ("歸屬感", "归属感"),
            ("自信心", "自信心"),
            ("後來", "后来"),
            ("聽見", "听见"),
            ("𠮷 a，ア", "𠮷 a，ア"),
        ] {
            assert_eq!(all(traditional), expected);
            assert_eq!(all(expected), expected, "simplified stays");
        }
    }
}
