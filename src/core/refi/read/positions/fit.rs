//! How well a range fits a passage: by the edges of its words, and by a name that repeats them.

use super::index::ResolvedPosition;
use crate::language::words::is_han;

/// The points of a way of counting, and the most it could have.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct FitScore {
    pub(super) points: u64,
    most: u64,
}

impl FitScore {
    pub(super) fn add(&mut self, fit: Fit, most: u64) {
        self.points += fit.points();
        self.most += most;
    }

    pub(super) fn percent(self) -> u64 {
        // Without passages that could have points there are none.
        (self.points * 100 + self.most / 2) / self.most.max(1)
    }
}

/// The points for an end at the edge of a word.
pub(super) const EDGE: u64 = 2;
/// The points for a name that repeats the passage: more than both edges, since it is hardly ever chance.
pub(super) const NAME: u64 = 6;

/// How well a range fits a passage.
#[derive(Clone, Copy)]
pub(super) struct Fit {
    /// The points for both ends.
    edges: u64,
    /// Whether the name or description repeats the words.
    pub(super) repeats: bool,
}

impl Fit {
    fn points(self) -> u64 {
        self.edges + if self.repeats { NAME } else { 0 }
    }
}

/// The range of a passage in one way of counting.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct ResolvedRange {
    pub(super) start: ResolvedPosition,
    pub(super) end: ResolvedPosition,
}

/// Judges a range by the edges of its words and by the names of its passage.
pub(super) fn fit(raw: &str, range: ResolvedRange, quotes: &[&str; 2]) -> Fit {
    let ResolvedRange { start, end } = range;
    let words = if start.beyond {
        None
    } else {
        raw.get(start.byte..end.byte)
    };
    Fit {
        edges: edge(raw, start, true) + edge(raw, end, false),
        repeats: words.is_some_and(|words| quotes.iter().any(|quote| repeats(quote, words))),
    }
}

/// The points for an end of a passage.
fn edge(raw: &str, position: ResolvedPosition, is_start: bool) -> u64 {
    if position.beyond || position.cuts {
        return 0;
    }
    let Some((before, after)) = raw.split_at_checked(position.byte) else {
        return 0;
    };
    let (Some(before), Some(after)) = (before.chars().next_back(), after.chars().next()) else {
        // The start and the end of a text are edges.
        return EDGE;
    };
    if before.is_alphanumeric() && after.is_alphanumeric() {
        // Chinese has no spaces between words: inside a run of characters nothing speaks for or against an edge.
        return u64::from(is_east_asian(before) && is_east_asian(after));
    }
    // People select words without the spaces around them, but often whole lines.
    let inner = if is_start { after } else { before };
    if inner.is_whitespace() && before != '\n' {
        1
    } else {
        EDGE
    }
}

fn is_east_asian(c: char) -> bool {
    // Hiragana and katakana.
    is_han(c) || ('\u{3040}'..='\u{30ff}').contains(&c)
}

/// The number of characters after which a quote need not continue.
const ENOUGH: usize = 30;

/// Returns true if a name repeats the words of a passage, ignoring white space.
///
/// A name that is cut, with `…` or after [`ENOUGH`] characters, may repeat only the beginning.
pub(in crate::refi::read) fn repeats(quote: &str, passage: &str) -> bool {
    let trimmed = quote.trim_end().trim_end_matches(['…', '.', ' ']);
    let cut = quote.contains('…') || quote.trim_end().ends_with("...");
    let quote = if cut { trimmed } else { quote };
    let mut passage = passage.chars().filter(|c| !c.is_whitespace());
    let mut length = 0;
    for c in quote.chars().filter(|c| !c.is_whitespace()) {
        if passage.next() != Some(c) {
            return false;
        }
        length += 1;
    }
    length > 0 && (cut || length >= ENOUGH || passage.next().is_none())
}
