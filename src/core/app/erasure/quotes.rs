//! Stretches of what was said that stand elsewhere: in a memo, as a code's example, as a code's name.

use crate::model::erasure::BLANK;

/// How many bytes in a row are a quotation: six Han characters, or three or four English words.
const BYTES: usize = 18;

/// What was said, to be found wherever it was quoted.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Quotes {
    /// All stretches of so many bytes, in order.
    stretches: Vec<[u8; BYTES]>,
}

impl Quotes {
    /// The quotations that some pieces of text can give.
    pub(super) fn of<'a>(pieces: impl IntoIterator<Item = &'a str>) -> Self {
        let mut stretches: Vec<[u8; BYTES]> = pieces
            .into_iter()
            // Blanks are in every text of somebody whose words are gone.
            .flat_map(|piece| piece.split(BLANK))
            .flat_map(|piece| piece.as_bytes().windows(BYTES))
            .filter_map(|window| window.try_into().ok())
            .collect();
        stretches.sort_unstable();
        stretches.dedup();
        Self { stretches }
    }

    /// Puts blanks in place of what a text quotes; returns true if it does.
    pub(super) fn blank(&self, text: &mut String) -> bool {
        if self.stretches.is_empty() || text.len() < BYTES {
            return false;
        }
        let mut is_quoted = vec![false; text.len()];
        let mut found = false;
        for (at, window) in text.as_bytes().windows(BYTES).enumerate() {
            let is_known = <&[u8; BYTES]>::try_from(window)
                .is_ok_and(|window| self.stretches.binary_search(window).is_ok());
            if is_known {
                found = true;
                is_quoted[at..at + BYTES].fill(true);
            }
        }
        if found {
            *text = text
                .char_indices()
                .map(|(at, c)| {
                    let bytes = &is_quoted[at..at + c.len_utf8()];
                    if c != '\n' && !bytes.contains(&false) {
                        BLANK
                    } else {
                        c
                    }
                })
                .collect();
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quotation_is_blanked_and_what_is_around_it_stays() {
        let quotes = Quotes::of(["I keep my drawings under the bed.", "他们觉得我家没钱"]);
        let mut memo = "She said: “keep my drawings under” — 他们觉得我家没钱！".to_owned();
        assert!(quotes.blank(&mut memo));
        assert_eq!(
            memo,
            format!("She said: “{}” — {}！", "□".repeat(22), "□".repeat(8))
        );
        let mut short = "under the bed; 我家没钱".to_owned();
        assert!(!quotes.blank(&mut short));
        assert_eq!(short, "under the bed; 我家没钱");
    }
}
