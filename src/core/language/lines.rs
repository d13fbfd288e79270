//! Line breaking in both languages (Unicode Standard Annex 14).

use icu_segmenter::{LineSegmenter, options::LineBreakOptions};

/// Splits a text where a line may break: after the space behind a word, and between Han characters except beside punctuation.
pub fn pieces(text: &str) -> Vec<&str> {
    // Only Thai and similar scripts need the segmenter's large dictionaries; Chinese and English don't.
    let segmenter = LineSegmenter::new_for_non_complex_scripts(LineBreakOptions::default());
    let bounds: Vec<usize> = segmenter.segment_str(text).collect();
    bounds
        .iter()
        .zip(bounds.iter().skip(1))
        .filter_map(|(start, end)| text.get(*start..*end))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn punctuation_stays_with_its_character() {
        assert_eq!(
            pieces("我能。《真的》I can, too"),
            ["我", "能。", "《真", "的》", "I ", "can, ", "too"]
        );
        assert!(pieces("").is_empty());
    }
}
