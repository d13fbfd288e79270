//! Where lines may be broken.

use icu_segmenter::{LineSegmenter, options::LineBreakOptions};

/// A text in pieces that hold together: words with the space behind them, single Han characters with their punctuation.
pub fn pieces(text: &str) -> Vec<&str> {
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
