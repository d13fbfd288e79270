//! TurnWords that keep company with the hits more often than their frequency would have it, and what comes before and after the hits as a tree.
//!
//! Association is Dunning's log-likelihood ratio G² (*Accurate Methods for the Statistics of Surprise and Coincidence*, Computational
//! Linguistics 19, 1993) over the table of words inside and outside the windows around the hits.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    language::{fold::fold, segment::Segmenter, words::is_function_word},
    model::{
        document::{Content, Document},
        ids::DocumentId,
        text::TextRange,
    },
    statistics::words::g2,
};

use super::{Corpus, Hit};

/// A word beside the hits.
#[derive(Debug, Clone, PartialEq)]
pub struct Collocate {
    /// The word, folded.
    pub word: String,
    /// How often it stands before a hit, within the window.
    pub left: usize,
    /// How often it stands after one.
    pub right: usize,
    /// How often it stands in the texts looked at.
    pub total: usize,
    /// How often it would stand beside the hits by chance.
    pub expected: f64,
    /// G²: 3.84 is exceeded by chance in 5 % of cases, 10.83 in 0.1 %.
    pub g2: f64,
}

/// The words of a turn with their places.
#[derive(Debug)]
struct TurnWords {
    ranges: Vec<TextRange>,
    words: Vec<String>,
}

/// TurnWords of one stretch of text, in order; `within` tells where its code points begin in the document.
fn words_in(content: &Content, range: TextRange, segmenter: &Segmenter) -> TurnWords {
    let text = content.text.slice(range).unwrap_or_default();
    let ranges = segmenter.words(text);
    let word = |word: &TextRange| {
        content
            .text
            .slice(shifted(*word, range.start()))
            .map(fold)
            .unwrap_or_default()
    };
    let words = ranges.iter().map(word).collect();
    TurnWords {
        ranges: ranges
            .into_iter()
            .map(|word| shifted(word, range.start()))
            .collect(),
        words,
    }
}

fn shifted(range: TextRange, by: u32) -> TextRange {
    TextRange::between(range.start() + by, range.end() + by)
}

#[derive(Debug, Default, Clone, Copy)]
struct SideCounts {
    left: usize,
    right: usize,
    total: usize,
}

/// The words within `window` words of the hits, in the same turn, by G²; words of the hits themselves and words of grammar are left out.
///
/// `hits` come by document and position. The texts of the documents that have hits are what frequencies are compared with.
/// `goes_on` is asked after each document; when it says no, nothing is given.
pub fn collocates(
    corpus: &Corpus<'_>,
    hits: &[Hit],
    window: usize,
    segmenter: &Segmenter,
    goes_on: &mut dyn FnMut(usize) -> bool,
) -> Option<Vec<Collocate>> {
    let mut counts: BTreeMap<String, SideCounts> = BTreeMap::new();
    let (mut all, mut inside) = (0usize, 0usize);
    let documents = hits.chunk_by(|a, b| a.document == b.document);
    for (number, of_document) in documents.enumerate() {
        if !goes_on(number) {
            return None;
        }
        let Some((document, content)) = opened(corpus, of_document) else {
            continue;
        };
        for (turn, said) in said_ranges(document, &content) {
            let words = words_in(&content, said, segmenter);
            all += words.words.len();
            let own: Vec<TextRange> = of_document
                .iter()
                .filter(|hit| hit.turn == turn)
                .map(|hit| hit.range)
                .collect();
            let sides = sides(&words.ranges, &own, window);
            for (word, side) in words.words.into_iter().zip(sides) {
                let count = counts.entry(word).or_default();
                count.total += 1;
                match side {
                    Side::Left => count.left += 1,
                    Side::Right => count.right += 1,
                    Side::Hit | Side::Away => {}
                }
                inside += usize::from(matches!(side, Side::Left | Side::Right));
            }
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "counts of words")]
    let figure = |word: String, SideCounts { left, right, total }: SideCounts| {
        let near = (left + right) as f64;
        let (of_inside, of_outside) = (inside as f64, all.saturating_sub(inside) as f64);
        let outside = (total - left - right) as f64;
        let expected = if all == 0 {
            0.0
        } else {
            of_inside * total as f64 / all as f64
        };
        Collocate {
            word,
            left,
            right,
            total,
            expected,
            g2: if near > expected {
                g2(near, of_inside, outside, of_outside)
            } else {
                0.0
            },
        }
    };
    let kept = counts
        .into_iter()
        .filter(|(word, count)| count.left + count.right > 1 && !is_function_word(word));
    let mut found: Vec<Collocate> = kept
        .map(|(word, count)| figure(word, count))
        .filter(|collocate| collocate.g2 > 0.0)
        .collect();
    found.sort_by(|a, b| b.g2.total_cmp(&a.g2).then_with(|| a.word.cmp(&b.word)));
    Some(found)
}

/// Where a word is as seen from the hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
    Hit,
    Away,
}

/// For each word of a turn, whether it is a hit's own, within the window before or after one (before counts first), or away.
fn sides(words: &[TextRange], hits: &[TextRange], window: usize) -> Vec<Side> {
    let mut sides = vec![Side::Away; words.len()];
    for hit in hits {
        let first = words.partition_point(|word| word.end() <= hit.start());
        let after = words.partition_point(|word| word.start() < hit.end());
        let mut set = |range: std::ops::Range<usize>, side: Side| {
            for place in sides.get_mut(range).unwrap_or_default() {
                if *place == Side::Away || side == Side::Hit {
                    *place = side;
                }
            }
        };
        set(first..after.max(first), Side::Hit);
        set(first.saturating_sub(window)..first, Side::Left);
        set(after..(after + window).min(words.len()), Side::Right);
    }
    sides
}

fn opened<'a>(corpus: &Corpus<'a>, hits: &[Hit]) -> Option<(&'a Document, Arc<Content>)> {
    let document = corpus.project.documents.get(&hits.first()?.document)?;
    Some((document, (corpus.load)(document)?))
}

/// What is said in each turn, or the whole text of a document without turns.
fn said_ranges(_document: &Document, content: &Content) -> Vec<(Option<usize>, TextRange)> {
    if content.turns.is_empty() {
        return vec![(None, content.text.range())];
    }
    content
        .turns
        .iter()
        .enumerate()
        .map(|(number, turn)| (Some(number), turn.said()))
        .collect()
}

/// A word of a tree, with what follows it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Branch {
    /// The word as it stands in most places.
    pub word: String,
    /// How many hits go on with it.
    pub count: usize,
    /// What comes next, the most frequent first.
    pub next: Vec<Self>,
}

/// Most words from the hit to the end of a branch.
const TREE_DEPTH: usize = 6;
/// Most hits from which a tree is made.
const TREE_HITS: usize = 20_000;

/// What comes after the hits (or before them), as a tree of words (Wattenberg & Viégas, *The Word Tree*, 2008).
pub fn word_tree(
    corpus: &Corpus<'_>,
    hits: &[Hit],
    before: bool,
    segmenter: &Segmenter,
) -> Vec<Branch> {
    /// Code points in which the next words are looked for.
    const REACH: u32 = 80;
    let mut paths: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    let mut open: Option<(DocumentId, Arc<Content>)> = None;
    for hit in hits.iter().take(TREE_HITS) {
        if open.as_ref().is_none_or(|(id, _)| *id != hit.document) {
            open = opened(corpus, std::slice::from_ref(hit))
                .map(|(document, content)| (document.id, content));
        }
        let Some((_, content)) = &open else { continue };
        let said = hit
            .turn
            .and_then(|turn| content.turns.get(turn))
            .map_or(content.text.range(), crate::model::document::Turn::said);
        let (start, end) = (hit.range.start(), hit.range.end());
        let range = if before {
            TextRange::between(
                start.saturating_sub(REACH).max(said.start().min(start)),
                start,
            )
        } else {
            TextRange::between(end, (end + REACH).min(said.end().max(end)))
        };
        let text = content.text.slice(range).unwrap_or_default();
        let mut words: Vec<String> = segmenter
            .words(text)
            .into_iter()
            .filter_map(|word| cut(text, word))
            .collect();
        // The first word may be the rest of one that the window cut.
        if before {
            if words.len() > 1 && range.start() > said.start() {
                words.remove(0);
            }
            words.reverse();
        }
        words.truncate(TREE_DEPTH);
        *paths.entry(words).or_default() += 1;
    }
    branches(
        &paths
            .iter()
            .map(|(path, count)| (path.as_slice(), *count))
            .collect::<Vec<_>>(),
    )
}

fn cut(text: &str, range: TextRange) -> Option<String> {
    let word: String = text
        .chars()
        .skip(range.start() as usize)
        .take(range.len_chars() as usize)
        .collect();
    (!word.is_empty()).then(|| fold(&word))
}

/// The branches of paths, each with how often it is gone.
fn branches(paths: &[(&[String], usize)]) -> Vec<Branch> {
    let mut by_word: BTreeMap<&str, Vec<(&[String], usize)>> = BTreeMap::new();
    for (path, count) in paths {
        if let Some((word, rest)) = path.split_first() {
            by_word.entry(word).or_default().push((rest, *count));
        }
    }
    let branch = |(word, rest): (&str, Vec<(&[String], usize)>)| {
        let count = rest.iter().map(|(_, count)| count).sum();
        let next = if count > 1 || rest.len() == 1 {
            branches(&rest)
        } else {
            Vec::new()
        };
        Branch {
            word: word.to_owned(),
            count,
            next,
        }
    };
    let mut all: Vec<Branch> = by_word.into_iter().map(branch).collect();
    all.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.word.cmp(&b.word)));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_beside_hits_are_told_apart() {
        let words: Vec<TextRange> = (0..8)
            .map(|n| TextRange::between(n * 2, n * 2 + 1))
            .collect();
        let hits = [TextRange::between(4, 5), TextRange::between(8, 9)];
        use Side::{Away, Hit, Left, Right};
        assert_eq!(
            sides(&words, &hits, 1),
            [Away, Left, Hit, Right, Hit, Right, Away, Away]
        );
        assert_eq!(sides(&words, &hits, 9)[..2], [Left, Left]);
    }

    #[test]
    fn branches_count_what_goes_through_them() {
        let path = |words: &[&str]| {
            words
                .iter()
                .map(|&word| word.to_owned())
                .collect::<Vec<_>>()
        };
        let paths = [
            (path(&["in", "me"]), 2),
            (path(&["in", "him"]), 1),
            (path(&["that"]), 1),
        ];
        let paths: Vec<(&[String], usize)> = paths
            .iter()
            .map(|(path, count)| (path.as_slice(), *count))
            .collect();
        let tree = branches(&paths);
        assert_eq!(
            tree.iter()
                .map(|branch| (branch.word.as_str(), branch.count))
                .collect::<Vec<_>>(),
            [("in", 3), ("that", 1)]
        );
        assert_eq!(
            tree[0]
                .next
                .iter()
                .map(|branch| (branch.word.as_str(), branch.count))
                .collect::<Vec<_>>(),
            [("me", 2), ("him", 1)]
        );
    }
}
