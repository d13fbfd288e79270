//! Collocates: the words that occur near the hits more often than chance would have it; and word trees.
//!
//! Association is measured by Dunning's log-likelihood ratio G² (*Accurate Methods for the Statistics of Surprise and
//! Coincidence*, Computational Linguistics 19, 1993), over the table of words inside and outside the windows around the hits.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    language::{fold::fold, segment::Segmenter, words::is_function_word},
    model::{
        document::{Content, Document, Turn},
        ids::DocumentId,
        text::TextRange,
    },
    statistics::words::g2,
};

use super::{Corpus, Hit};

/// A word that occurs near the hits.
#[derive(Debug, Clone, PartialEq)]
pub struct Collocate {
    /// The word, folded.
    pub word: String,
    /// Its frequency before hits, within the window.
    pub left: usize,
    /// Its frequency after hits.
    pub right: usize,
    /// Its frequency in the documents that have hits.
    pub total: usize,
    /// Its expected frequency near hits by chance.
    pub expected: f64,
    /// G²; by chance it exceeds 3.84 in 5 % of cases and 10.83 in 0.1 %.
    pub g2: f64,
}

/// The words of a stretch of text, folded, with their ranges in the document.
fn words_in(
    content: &Content,
    range: TextRange,
    segmenter: &Segmenter,
) -> Vec<(TextRange, String)> {
    let mut words = Vec::new();
    let text = content.text.slice(range).unwrap_or_default();
    for word in segmenter.words(text) {
        let word = TextRange::between(word.start() + range.start(), word.end() + range.start());
        if let Some(text) = content.text.slice(word) {
            words.push((word, fold(text)));
        }
    }
    words
}

#[derive(Debug, Default, Clone, Copy)]
struct SideCounts {
    left: usize,
    right: usize,
    total: usize,
}

/// The words within `window` words of the hits, in the same turn, sorted by G².
///
/// Words of the hits themselves and function words are left out.
/// The hits must be sorted by document and position; frequencies are compared with those in the documents that have hits.
/// `progress` is called before each document with the number of documents done; it cancels by returning false, and the
/// result is then `None`.
pub fn collocates(
    corpus: &Corpus<'_>,
    hits: &[Hit],
    window: usize,
    segmenter: &Segmenter,
    progress: &mut dyn FnMut(usize) -> bool,
) -> Option<Vec<Collocate>> {
    let mut counts: BTreeMap<String, SideCounts> = BTreeMap::new();
    let (mut all, mut inside) = (0usize, 0usize);
    let documents = hits.chunk_by(|a, b| a.document == b.document);
    for (number, of_document) in documents.enumerate() {
        if !progress(number) {
            return None;
        }
        let Some((_, content)) = load_first(corpus, of_document) else {
            continue;
        };
        for (turn, said) in said_ranges(&content) {
            let words = words_in(&content, said, segmenter);
            all += words.len();
            let own: Vec<TextRange> = of_document
                .iter()
                .filter(|hit| hit.turn == turn)
                .map(|hit| hit.range)
                .collect();
            let sides = sides(&words, &own, window);
            for ((_, word), side) in words.into_iter().zip(sides) {
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
    // A word that occurs near hits only once can't show an association.
    let mut found: Vec<Collocate> = counts
        .into_iter()
        .filter(|(word, count)| count.left + count.right > 1 && !is_function_word(word))
        .map(|(word, count)| collocate(word, count, inside, all))
        .filter(|collocate| collocate.g2 > 0.0)
        .collect();
    found.sort_by(|a, b| b.g2.total_cmp(&a.g2).then_with(|| a.word.cmp(&b.word)));
    Some(found)
}

/// The association of a word with the hits, where `inside` of `all` words are near hits.
#[expect(
    clippy::cast_precision_loss,
    reason = "counts of words are far below 2^53"
)]
fn collocate(word: String, counts: SideCounts, inside: usize, all: usize) -> Collocate {
    let SideCounts { left, right, total } = counts;
    let near = (left + right) as f64;
    let expected = inside as f64 * total as f64 / all as f64;
    // G² is two-sided; words that avoid the hits aren't collocates.
    let g2 = if near > expected {
        let outside = (total - left - right) as f64;
        g2(near, inside as f64, outside, (all - inside) as f64)
    } else {
        0.0
    };
    Collocate {
        word,
        left,
        right,
        total,
        expected,
        g2,
    }
}

/// The side of a word relative to the hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
    Hit,
    Away,
}

/// The side of each word of a turn.
///
/// A word near several hits belongs to the first of them; a word of a hit is nobody's neighbour.
fn sides(words: &[(TextRange, String)], hits: &[TextRange], window: usize) -> Vec<Side> {
    let mut sides = vec![Side::Away; words.len()];
    for hit in hits {
        let first = words.partition_point(|(word, _)| word.end() <= hit.start());
        let after = words.partition_point(|(word, _)| word.start() < hit.end());
        sides[first..after.max(first)].fill(Side::Hit);
        fill_free(&mut sides[first.saturating_sub(window)..first], Side::Left);
        let end = (after + window).min(words.len());
        fill_free(&mut sides[after..end], Side::Right);
    }
    sides
}

fn fill_free(sides: &mut [Side], side: Side) {
    for free in sides.iter_mut().filter(|side| **side == Side::Away) {
        *free = side;
    }
}

/// The document of the first hit with its content.
fn load_first<'a>(corpus: &Corpus<'a>, hits: &[Hit]) -> Option<(&'a Document, Arc<Content>)> {
    let document = corpus.project.documents.get(&hits.first()?.document)?;
    Some((document, (corpus.load)(document)?))
}

/// What is said in each turn, or the whole text of a document without turns.
fn said_ranges(content: &Content) -> Vec<(Option<usize>, TextRange)> {
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

/// A branch of a word tree.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Branch {
    /// The word, folded.
    pub word: String,
    /// The number of hits whose context passes through this branch.
    pub count: usize,
    /// The branches of the next word, the most frequent first.
    pub next: Vec<Self>,
}

/// Most words on a path from the hit.
const TREE_DEPTH: usize = 6;
/// Most hits in a tree; more wouldn't change what can be drawn of it.
const TREE_HITS: usize = 20_000;
/// Code points that are read to find the words of a path.
const TREE_REACH: u32 = 80;

/// The words after the hits, or before them, as a tree (Wattenberg & Viégas, *The Word Tree*, 2008).
pub fn word_tree(
    corpus: &Corpus<'_>,
    hits: &[Hit],
    before: bool,
    segmenter: &Segmenter,
) -> Vec<Branch> {
    let mut paths: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    // Hits of a document follow one another, so one text in memory is enough.
    let mut open: Option<(DocumentId, Arc<Content>)> = None;
    for hit in hits.iter().take(TREE_HITS) {
        if open.as_ref().is_none_or(|(id, _)| *id != hit.document) {
            open = load_first(corpus, std::slice::from_ref(hit))
                .map(|(document, content)| (document.id, content));
        }
        if let Some((_, content)) = &open {
            let path = path_from(content, hit, before, segmenter);
            *paths.entry(path).or_default() += 1;
        }
    }
    let paths: Vec<(&[String], usize)> = paths
        .iter()
        .map(|(path, count)| (path.as_slice(), *count))
        .collect();
    branches(&paths)
}

/// The words after a hit, or before it from the nearest on, within what is said.
fn path_from(content: &Content, hit: &Hit, before: bool, segmenter: &Segmenter) -> Vec<String> {
    let said = hit
        .turn
        .and_then(|turn| content.turns.get(turn))
        .map_or(content.text.range(), Turn::said);
    let (start, end) = (hit.range.start(), hit.range.end());
    let range = if before {
        let first = start
            .saturating_sub(TREE_REACH)
            .max(said.start().min(start));
        TextRange::between(first, start)
    } else {
        TextRange::between(end, (end + TREE_REACH).min(said.end().max(end)))
    };
    let words = words_in(content, range, segmenter);
    let mut words: Vec<String> = words.into_iter().map(|(_, word)| word).collect();
    if before {
        // The first word may be the rest of one that the start of the range cuts.
        if words.len() > 1 && range.start() > said.start() {
            words.remove(0);
        }
        words.reverse();
    }
    words.truncate(TREE_DEPTH);
    words
}

/// The branches of a set of paths, each with its count.
fn branches(paths: &[(&[String], usize)]) -> Vec<Branch> {
    let mut by_word: BTreeMap<&str, Vec<(&[String], usize)>> = BTreeMap::new();
    for (path, count) in paths {
        if let Some((word, rest)) = path.split_first() {
            by_word.entry(word).or_default().push((rest, *count));
        }
    }
    let mut all: Vec<Branch> = by_word
        .into_iter()
        .map(|(word, rest)| Branch {
            word: word.to_owned(),
            count: rest.iter().map(|(_, count)| count).sum(),
            next: branches(&rest),
        })
        .collect();
    all.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.word.cmp(&b.word)));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_beside_hits_are_told_apart() {
        let words: Vec<(TextRange, String)> = (0..8)
            .map(|n| (TextRange::between(n * 2, n * 2 + 1), String::new()))
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
