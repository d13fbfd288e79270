//! Word segmentation of Chinese and English text.
//!
//! A dictionary segments runs of Han characters, but the project's own terms (抗逆力, 自信心) take precedence over it.
//! [`Segmenter::words`] segments a whole text; the functions for a pointer or a cursor read only a window around it.
//! Positions are code points; a position beyond the end is treated as the end.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    ops::Range,
};

use icu_segmenter::{WordSegmenter, WordSegmenterBorrowed};

use super::{
    grapheme::{cluster_at, floor, is_between},
    position::{TextPosition, ranges},
    words::is_han,
};
use crate::model::{Project, text::TextRange};

/// How many code points are read on either side of a position.
const REACH: usize = 200;
/// Characters that are words of their own.
///
/// The dictionary segmenter takes the longest entry it knows and would form accidental pairs with them (我没, 了一, 的是).
const ALONE: &[char] = &['我', '你', '您', '他', '她', '它', '了', '的'];
/// The words that contain a character of [`ALONE`] nevertheless.
#[rustfmt::skip]
const JOINED: &[&str] = &[
    "我们", "你们", "他们", "她们", "它们", "你好", "您好", "他人", "其他", "其它", "吉他", "利他", "自我", "忘我", "我国",
    "为了", "除了", "算了", "罢了", "了解", "了结", "了不起", "受不了", "大不了", "免不了", "少不了", "忘不了",
    "目的", "的确", "的话", "别的", "有的", "似的", "是的", "真的",
];
/// Lengths of the terms that are recognized, in code points.
const TERM_CHARS: std::ops::RangeInclusive<usize> = 2..=8;

/// Finds words with a dictionary and the project's own terms.
#[derive(Clone)]
pub struct Segmenter {
    dictionary: WordSegmenterBorrowed<'static>,
    /// The terms by their first character, longest first.
    terms: BTreeMap<char, Vec<String>>,
}

impl fmt::Debug for Segmenter {
    /// Writes only the number of terms, because the dictionary is large.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Segmenter({} terms)",
            self.terms.values().map(Vec::len).sum::<usize>()
        )
    }
}

impl Default for Segmenter {
    fn default() -> Self {
        Self::new([])
    }
}

impl Segmenter {
    /// Creates a segmenter that knows these terms besides its dictionary; terms other than 2 to 8 Han characters are ignored.
    pub fn new(terms: impl IntoIterator<Item = String>) -> Self {
        let mut own: BTreeMap<char, Vec<String>> = BTreeMap::new();
        for term in JOINED.iter().map(|word| (*word).to_owned()).chain(terms) {
            let Some(first) = term.chars().next() else {
                continue;
            };
            if TERM_CHARS.contains(&term.chars().count()) && term.chars().all(is_han) {
                own.entry(first).or_default().push(term);
            }
        }
        for same_start in own.values_mut() {
            same_start.sort_unstable_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
            same_start.dedup();
        }
        Self {
            dictionary: WordSegmenter::new_dictionary(Default::default()),
            terms: own,
        }
    }

    /// Creates a segmenter that knows a project's Chinese terms: the names of codes, their indicators, cases and speakers.
    pub fn of_project(project: &Project) -> Self {
        let mut terms: BTreeSet<&str> = BTreeSet::new();
        for code in project.codebook.codes.values() {
            terms.extend(code.name.all());
            for indicator in &code.indicators {
                terms.extend(indicator.expression.split('|'));
            }
        }
        let cases = project.cases.values().map(|case| case.name.as_str());
        let speakers = project
            .documents
            .values()
            .flat_map(|document| &document.speakers);
        // Names often contain several scripts, such as F01 Lin 林家: only their Han parts are terms.
        for name in cases.chain(speakers.map(|speaker| speaker.label.as_str())) {
            terms.extend(name.split(|c: char| !is_han(c)));
        }
        Self::new(terms.into_iter().map(str::to_owned))
    }

    /// The words of a text in order, without spaces and punctuation.
    pub fn words(&self, text: &str) -> Vec<TextRange> {
        ranges(text, self.words_of(text))
    }

    /// The word that contains a position; otherwise the word that ends there, or else the single character after it.
    pub fn word_at(&self, text: &str, at: u32) -> TextRange {
        let place = TextPosition::new(text, at);
        let words = self.words_near(&place);
        let holding = words.iter().find(|word| word.contains(&place.byte));
        match holding.or_else(|| words.iter().find(|word| word.end == place.byte)) {
            Some(word) => place.range(word),
            None => place.range(&cluster_at(text, place.byte)),
        }
    }

    /// The start of the next word after a position; after the last word, the end of the text.
    pub fn next_word(&self, text: &str, from: u32) -> u32 {
        let mut place = TextPosition::new(text, from);
        loop {
            if let Some(next) = self
                .words_near(&place)
                .into_iter()
                .find(|word| word.start > place.byte)
            {
                return place.position(next.start);
            }
            // The window contains no further word: search on from its last character, so that a word that begins right
            // at the end of the window starts after the new position.
            let end = window(&place).end;
            let last = text
                .get(place.byte..end)
                .and_then(|passed| passed.chars().next_back());
            let byte = end - last.map_or(0, char::len_utf8);
            if byte <= place.byte || end == text.len() {
                return place.position(end);
            }
            place = place.moved_to(byte);
        }
    }

    /// The start of the word before a position, or of the word that contains it; before the first word, 0.
    pub fn previous_word(&self, text: &str, from: u32) -> u32 {
        let mut place = TextPosition::new(text, from);
        loop {
            if let Some(previous) = self
                .words_near(&place)
                .into_iter()
                .rfind(|word| word.start < place.byte)
            {
                return place.position(previous.start);
            }
            let byte = window(&place).start;
            if byte == 0 {
                return 0;
            }
            place = place.moved_to(byte);
        }
    }

    /// The words of the window around a position, in bytes of the whole text.
    fn words_near(&self, place: &TextPosition<'_>) -> Vec<Range<usize>> {
        let window = window(place);
        let text = place.text.get(window.clone());
        let words = self.words_of(text.expect("a window begins and ends between characters"));
        words
            .into_iter()
            .map(|word| word.start + window.start..word.end + window.start)
            .collect()
    }

    /// The words of a text, in bytes.
    fn words_of(&self, text: &str) -> Vec<Range<usize>> {
        let mut bounds = self.dictionary_bounds(text);
        let mut joined = self.terms_of(text);
        // Only terms that the dictionary cuts need joining; any other is a word already, or part of a longer one that is kept.
        joined.retain(|term| {
            bounds
                .iter()
                .skip(bounds.partition_point(|bound| *bound <= term.start))
                .any(|bound| *bound < term.end)
        });
        bounds.retain(|bound| {
            let term = joined.get(joined.partition_point(|term| term.end <= *bound));
            term.is_none_or(|term| term.start >= *bound)
        });
        bounds.extend(joined.into_iter().flat_map(|term| [term.start, term.end]));
        bounds.sort_unstable();
        bounds.dedup();
        let pieces = bounds
            .iter()
            .zip(bounds.iter().skip(1))
            .map(|(start, end)| *start..*end);
        pieces
            .filter(|piece| text.get(piece.clone()).is_some_and(is_word))
            .collect()
    }

    /// The word boundaries by the dictionary, in order; each stretch between [`ALONE`] characters is segmented on its own.
    fn dictionary_bounds(&self, text: &str) -> Vec<usize> {
        let alone = text
            .char_indices()
            .filter(|(_, c)| ALONE.contains(c))
            .flat_map(|(at, c)| [at, at + c.len_utf8()]);
        let mut start = 0;
        let mut bounds = Vec::new();
        for end in alone.chain([text.len()]) {
            let stretch = text.get(start..end);
            let stretch = stretch.expect("stretches begin and end at characters");
            bounds.extend(
                self.dictionary
                    .segment_str(stretch)
                    .map(|bound| start + bound),
            );
            start = end;
        }
        bounds.dedup();
        // The dictionary segmenter also cuts before a variation selector, which belongs to the character before it.
        bounds.retain(|bound| is_between(text, *bound));
        bounds
    }

    /// The terms in a text from left to right: at each position the longest, none overlapping.
    fn terms_of(&self, text: &str) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let mut end = 0;
        for (at, c) in text.char_indices() {
            if at < end {
                continue;
            }
            let mut terms = self.terms.get(&c).into_iter().flatten();
            // A term must not end before a combining mark or variation selector, which would cut a cluster.
            let term = terms.find(|term| {
                text.split_at(at).1.starts_with(term.as_str()) && is_between(text, at + term.len())
            });
            if let Some(term) = term {
                end = at + term.len();
                found.push(at..end);
            }
        }
        found
    }
}

fn is_word(piece: &str) -> bool {
    piece.chars().any(|c| c.is_alphanumeric() || is_han(c))
}

/// The bytes around a position that are enough to find its words.
///
/// The window ends at the outermost gaps within [`REACH`], where no word can be cut; without a gap it ends at a character.
fn window(place: &TextPosition<'_>) -> Range<usize> {
    let mut start = None;
    let (mut right, mut left) = (None, None);
    let mut edge = 0;
    let mut passed = 0;
    for (at, c) in place.before().char_indices().rev().take(REACH) {
        if right.is_some_and(|right| is_gap(c, right)) {
            start = Some(at + c.len_utf8());
        }
        (right, edge, passed) = (Some(c), at, passed + 1);
    }
    let start = if passed < REACH {
        0
    } else {
        start.unwrap_or_else(|| floor(place.text, edge))
    };
    let mut end = None;
    (edge, passed) = (place.text.len(), 0);
    for (at, c) in place.after().char_indices().take(REACH) {
        if left.is_some_and(|left| is_gap(left, c)) {
            end = Some(place.byte + at);
        }
        (left, edge, passed) = (Some(c), place.byte + at, passed + 1);
    }
    let end = if passed < REACH {
        place.text.len()
    } else {
        end.unwrap_or_else(|| floor(place.text, edge))
    };
    start..end.max(place.byte)
}

/// Returns true if words always end between two characters, whatever surrounds them: before a space and before Han characters.
fn is_gap(left: char, right: char) -> bool {
    // The narrow no-break space is part of numbers, as an underscore is of names.
    const NARROW_SPACE: char = '\u{202F}';
    let space = right.is_whitespace() && right != NARROW_SPACE && !left.is_whitespace();
    let han = matches!(u32::from(right), 0x3400..=0x4DBF | 0x4E00..=0x9FFF) && !is_han(left);
    space || han
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;
    use crate::{
        language::mixed::mixed,
        model::{
            attribute::Values,
            case::{Case, CaseKind},
            ids::CaseId,
        },
    };

    fn segmenter(terms: &[&str]) -> Segmenter {
        Segmenter::new(terms.iter().map(|term| (*term).to_owned()))
    }

    fn slice(text: &str, range: TextRange) -> String {
        text.chars()
            .skip(range.start() as usize)
            .take(range.len_chars() as usize)
            .collect()
    }

    fn words(terms: &[&str], text: &str) -> String {
        segmenter(terms)
            .words(text)
            .into_iter()
            .map(|word| slice(text, word))
            .collect::<Vec<_>>()
            .join("|")
    }

    #[test]
    fn names_of_a_project_are_words() {
        let mut project = Project::default();
        let sentence = "小远和林家的人说";
        let cut = |project: &Project| -> Vec<String> {
            Segmenter::of_project(project)
                .words(sentence)
                .into_iter()
                .map(|word| slice(sentence, word))
                .collect()
        };
        assert!(!cut(&project).contains(&"小远".to_owned()));
        for (number, name) in [(1, "小远"), (2, "F01 Lin 林家")] {
            let id = CaseId::from_u128(number);
            let case = Case {
                id,
                name: name.to_owned(),
                kind: CaseKind::person(),
                parent: None,
                values: Values::new(),
            };
            project.cases.insert(id, Arc::new(case));
        }
        assert_eq!(cut(&project).join("|"), "小远|和|林家|的|人|说");
    }

    #[test]
    fn words_of_both_languages_are_found() {
        for (terms, text, expected) in [
            (&[][..], "", ""),
            (&[], "我没有自信心", "我|没有|自信心"),
            (&["没有自信"], "我没有自信心", "我|没有自信|心"),
            (&["自信", "信心"], "我没有自信心", "我|没有|自信心"),
            (
                &[],
                "我看了一下他们的目的，其他的自我介绍",
                "我|看|了|一下|他们|的|目的|其他|的|自我|介绍",
            ),
            (&[], "培养抗逆力。", "培养|抗|逆|力"),
            (&["抗逆力"], "培养抗逆力。", "培养|抗逆力"),
            (
                &[],
                "I can't, Dr. Wu said 3.5 times...",
                "I|can't|Dr|Wu|said|3.5|times",
            ),
            (&[], "the child’s iPad很好用", "the|child’s|iPad|很好|用"),
            (
                &[],
                "👨\u{200D}👩\u{200D}👧 e\u{301}te\u{301} 𠮷田",
                "e\u{301}te\u{301}|𠮷|田",
            ),
            (&["𠮷田"], "𠮷田说", "𠮷田|说"),
            (&["抗逆"], "抗逆\u{E0100}力", "抗|逆\u{E0100}|力"),
        ] {
            assert_eq!(words(terms, text), expected, "{text} with {terms:?}");
        }
    }

    #[test]
    fn only_short_han_terms_are_taken() {
        let terms = |segmenter: Segmenter| segmenter.terms.into_values().flatten().count();
        let known = terms(segmenter(&[
            "抗逆力",
            "抗逆力",
            "力",
            "coping",
            "",
            "一二三四五六七八九",
        ]));
        assert_eq!(known, terms(Segmenter::default()) + 1);
    }

    #[test]
    fn the_word_at_a_position_is_the_one_in_or_before_it() {
        let segmenter = segmenter(&["抗逆力"]);
        let text = "有抗逆力， don't  go👍🏽。";
        for (at, expected) in [
            (0, "有"),
            (1, "抗逆力"),
            (3, "抗逆力"),
            (4, "抗逆力"),
            (5, " "),
            (6, "don't"),
            (11, "don't"),
            (12, " "),
            (13, "go"),
            (15, "go"),
        ] {
            assert_eq!(
                slice(text, segmenter.word_at(text, at)),
                expected,
                "at {at}"
            );
        }
        assert_eq!(slice(text, segmenter.word_at(text, 16)), "👍🏽");
        assert_eq!(slice(text, segmenter.word_at(text, 99)), "。");
        assert_eq!(segmenter.word_at("", 3), TextRange::between(0, 0));
    }

    #[test]
    fn words_are_walked_in_both_directions() {
        let segmenter = segmenter(&["抗逆力"]);
        let text = "，有抗逆力。 Yes, go!";
        let mut stops = vec![0];
        while let Some(&last) = stops.last().filter(|last| **last < 15) {
            stops.push(segmenter.next_word(text, last));
        }
        assert_eq!(stops, [0, 1, 2, 7, 12, 15]);
        let mut back = vec![99];
        while let Some(&last) = back.last().filter(|last| **last > 0) {
            back.push(segmenter.previous_word(text, last));
        }
        assert_eq!(back, [99, 12, 7, 2, 1, 0]);
        let dashes = format!("a{}b", "—".repeat(1_000));
        assert_eq!(
            (
                segmenter.next_word(&dashes, 0),
                segmenter.previous_word(&dashes, 1_001)
            ),
            (1_001, 0)
        );
        assert_eq!(
            (segmenter.next_word("", 5), segmenter.previous_word("", 5)),
            (0, 0)
        );
    }

    proptest! {
        #[test]
        fn a_window_gives_the_answer_of_the_whole_text(text in mixed(400), at in 0u32..1_600) {
            let segmenter = segmenter(&["自信心", "抗逆力", "的她"]);
            let words = segmenter.words(&text);
            let len = u32::try_from(text.chars().count()).unwrap();
            let at = at.min(len);
            let next = words.iter().map(|word| word.start()).find(|start| *start > at).unwrap_or(len);
            let previous = words.iter().map(|word| word.start()).rfind(|start| *start < at).unwrap_or(0);
            prop_assert_eq!(segmenter.next_word(&text, at), next);
            prop_assert_eq!(segmenter.previous_word(&text, at), previous);
            let holding = words.iter().find(|word| word.start() <= at && at < word.end());
            let word = segmenter.word_at(&text, at);
            match holding.or_else(|| words.iter().find(|word| word.end() == at)) {
                Some(holding) => prop_assert_eq!(word, *holding),
                None => prop_assert!(words.iter().all(|other| !other.overlaps(word))),
            }
        }

        #[test]
        fn words_lie_in_order_and_cut_no_character(text in mixed(80)) {
            let mut last = 0;
            for word in segmenter(&["自信心", "信心"]).words(&text) {
                prop_assert!(last <= word.start() && !word.is_empty());
                last = word.end();
                for edge in [word.start(), word.end()] {
                    prop_assert_eq!(super::super::grapheme::floor_grapheme(&text, edge), edge);
                }
            }
        }
    }
}
