//! Stand-in.
use crate::model::text::TextRange;
use unicode_segmentation::UnicodeSegmentation as _;
#[derive(Debug, Default)]
pub struct Segmenter;
fn spans<'a>(parts: impl Iterator<Item = &'a str>) -> Vec<(u32, u32, &'a str)> {
    let mut at = 0;
    parts
        .map(|p| {
            let s = at;
            at += u32::try_from(p.chars().count()).unwrap_or(0);
            (s, at, p)
        })
        .collect()
}
fn at_in(parts: Vec<(u32, u32, &str)>, at: u32) -> TextRange {
    let n = parts.len();
    parts
        .into_iter()
        .enumerate()
        .find(|(i, (s, e, _))| *s <= at && (at < *e || i + 1 == n))
        .map_or(TextRange::between(at, at), |(_, (s, e, _))| TextRange::between(s, e))
}
impl Segmenter {
    pub fn new(_terms: impl IntoIterator<Item = String>) -> Self {
        Self
    }
    pub fn word_at(&self, text: &str, at: u32) -> TextRange {
        at_in(spans(text.split_word_bounds()), at)
    }
    pub fn next_word(&self, text: &str, from: u32) -> u32 {
        spans(text.split_word_bounds())
            .into_iter()
            .find(|(s, _, p)| *s > from && !p.trim().is_empty())
            .map_or(u32::try_from(text.chars().count()).unwrap_or(0), |(s, ..)| s)
    }
    pub fn previous_word(&self, text: &str, from: u32) -> u32 {
        spans(text.split_word_bounds()).into_iter().rev().find(|(s, _, p)| *s < from && !p.trim().is_empty()).map_or(0, |(s, ..)| s)
    }
}
pub fn sentence_at(text: &str, at: u32) -> TextRange {
    at_in(spans(text.split_sentence_bounds()), at)
}
pub fn next_sentence(text: &str, from: u32) -> u32 {
    spans(text.split_sentence_bounds())
        .into_iter()
        .find(|(s, ..)| *s > from)
        .map_or(u32::try_from(text.chars().count()).unwrap_or(0), |(s, ..)| s)
}
pub fn previous_sentence(text: &str, from: u32) -> u32 {
    spans(text.split_sentence_bounds()).into_iter().rev().find(|(s, ..)| *s < from).map_or(0, |(s, ..)| s)
}
pub fn next_grapheme(text: &str, from: u32) -> u32 {
    spans(text.graphemes(true)).into_iter().find(|(_, e, _)| *e > from).map_or(from, |(_, e, _)| e)
}
pub fn previous_grapheme(text: &str, from: u32) -> u32 {
    spans(text.graphemes(true)).into_iter().rev().find(|(s, ..)| *s < from).map_or(0, |(s, ..)| s)
}
pub fn floor_grapheme(text: &str, at: u32) -> u32 {
    spans(text.graphemes(true)).into_iter().rev().find(|(s, ..)| *s <= at).map_or(0, |(s, e, _)| if at >= e { e } else { s })
}
