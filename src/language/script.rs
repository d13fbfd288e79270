//! Traditional characters and the simplified ones they are written with on the mainland.

use std::sync::LazyLock;

/// The characters of which some are traditional.
const FIRST: u32 = 0x3400;
const LAST: u32 = 0x9FFF;

/// The simplified form of each character from [`FIRST`] to [`LAST`].
static SIMPLIFIED: LazyLock<Vec<char>> = LazyLock::new(|| {
    let one = |c: char| fast2s::convert(&c.to_string()).chars().next().unwrap_or(c);
    (FIRST..=LAST)
        .map(|number| char::from_u32(number).map_or(char::REPLACEMENT_CHARACTER, one))
        .collect()
});

/// A character in its simplified form, so that `歸屬` and `归属` are one word; others as they are.
///
/// Character by character: where one simplified character stands for several traditional ones (`后` for `後` and `后`), all of them are alike.
pub fn simplified(c: char) -> char {
    let number = u32::from(c);
    if !(FIRST..=LAST).contains(&number) {
        return c;
    }
    usize::try_from(number - FIRST)
        .ok()
        .and_then(|at| SIMPLIFIED.get(at))
        .copied()
        .unwrap_or(c)
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
