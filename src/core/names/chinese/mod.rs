//! Chinese names.
//!
//! [`hints`] collects what speaks for a name in each text; [`everywhere`] looks for the names that have enough of it, and
//! [`places`] for places and organisations.

mod everywhere;
mod hints;
mod lists;
mod places;

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Found, KnownName, Letters, NameKind,
    letters::plain,
    tagger::{TaggedWord, Tagger, WordKind},
};
use crate::language::{kinship::is_kinship_or_role, segment::Segmenter, words::is_han};

/// What is known of a possible name.
#[derive(Debug, Clone, Copy)]
struct Evidence {
    kind: NameKind,
    /// Signs that leave little doubt.
    strong: u32,
    /// Places where only the tagger takes it for a name.
    weak: u32,
    /// Whether it is also an ordinary word.
    ordinary: bool,
}

/// Finds Chinese names in several texts.
#[derive(Debug, Default)]
pub(super) struct ChineseNames {
    tagger: Option<Tagger>,
    segmenter: Option<Segmenter>,
    names: BTreeMap<String, Evidence>,
    /// Names by their first character, the longest first; made once all texts are read.
    sought: BTreeMap<char, Vec<(Vec<char>, Evidence)>>,
    texts: Vec<TaggedText>,
    /// Surnames that somebody has said to have: 我姓成.
    surnames: BTreeSet<char>,
}

/// The words of a text, and the mentions that are plain from their form.
#[derive(Debug, Default)]
struct TaggedText {
    words: Vec<TaggedWord>,
    /// For each character, the place of its word in `words`, or the largest number.
    word_at: Vec<u32>,
    /// Mentions of this place alone.
    plain: Vec<Found>,
}

impl TaggedText {
    fn new(words: Vec<TaggedWord>, len: usize) -> Self {
        let mut word_at = vec![u32::MAX; len];
        for (number, word) in (0u32..).zip(&words) {
            if let Some(own) = word_at.get_mut(word.start..word.end) {
                own.fill(number);
            }
        }
        Self {
            words,
            word_at,
            plain: Vec::new(),
        }
    }

    /// The word that a character belongs to.
    fn word(&self, at: usize) -> Option<TaggedWord> {
        let number = *self.word_at.get(at)?;
        self.words.get(number as usize).copied()
    }

    fn kind(&self, at: usize) -> WordKind {
        self.word(at).map_or(WordKind::Mark, |word| word.kind)
    }

    fn begins_word(&self, at: usize) -> bool {
        self.word(at).is_none_or(|word| word.start == at)
    }

    fn ends_word(&self, end: usize) -> bool {
        end == 0 || self.word(end - 1).is_none_or(|word| word.end == end)
    }
}

impl ChineseNames {
    /// Takes a name that the project knows for a name, without evidence.
    pub(super) fn know(&mut self, known: &KnownName) {
        let name: Vec<char> = known.name.chars().map(plain).collect();
        for name in name.split(|c| !is_han(*c) && *c != '·') {
            let name = hints::without_title(name);
            let is_family = name.len() <= 3 && name.last() == Some(&'家');
            if (2..=8).contains(&name.len()) && !is_family {
                self.strong(name, known.kind);
            }
        }
    }

    /// Reads a text and keeps the evidence in it.
    pub(super) fn read(&mut self, letters: &Letters) {
        if !letters.plain.iter().any(|c| is_han(*c)) {
            self.texts.push(TaggedText::default());
            return;
        }
        let words = self.tagger.get_or_insert_default().words(&letters.plain);
        let mut text = TaggedText::new(words, letters.len());
        self.collect(letters, &mut text);
        self.texts.push(text);
    }

    /// Decides which of the possible names are looked for.
    pub(super) fn decide(&mut self) {
        self.derive_given_names();
        for (name, evidence) in &self.names {
            let name: Vec<char> = name.chars().collect();
            let enough = if evidence.ordinary {
                lists::looks_given(&name) && !lists::is_adverb(&name)
            } else {
                evidence.weak >= 2 || evidence.weak == 1 && lists::looks_given(&name)
            };
            let is_sought = evidence.strong > 0 || evidence.weak > 0 && enough;
            if let Some(first) = name.first().filter(|_| is_sought) {
                let names = self.sought.entry(*first).or_default();
                names.push((name, *evidence));
            }
        }
        for names in self.sought.values_mut() {
            names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        }
    }

    /// Given names of known full names are names of the same people: 向阳 of 陆向阳.
    fn derive_given_names(&mut self) {
        let full: Vec<String> = self
            .names
            .iter()
            .filter(|(_, evidence)| evidence.kind == NameKind::Person && evidence.strong > 0)
            .map(|(name, _)| name.clone())
            .collect();
        for name in full {
            let name: Vec<char> = name.chars().collect();
            let given = name.get(lists::surname_len(&name)..).unwrap_or(&[]);
            if given.len() == 2 && given.len() < name.len() {
                self.strong(given, NameKind::Person);
            }
        }
    }

    fn strong(&mut self, name: &[char], kind: NameKind) {
        if let Some(evidence) = self.evidence(name, kind) {
            evidence.strong += 1;
        }
    }

    fn weak(&mut self, name: &[char], kind: NameKind) {
        if let Some(evidence) = self.evidence(name, kind) {
            evidence.weak += 1;
        }
    }

    /// The evidence for a name; none for a word of kinship or a role, which is nobody's name.
    fn evidence(&mut self, name: &[char], kind: NameKind) -> Option<&mut Evidence> {
        let text: String = name.iter().collect();
        if name.len() < 2 || is_general(&text) {
            return None;
        }
        let ordinary = self.is_ordinary(&text) && !is_only_a_name(name);
        Some(self.names.entry(text).or_insert(Evidence {
            kind,
            strong: 0,
            weak: 0,
            ordinary,
        }))
    }

    /// Returns true if the dictionary has a word.
    fn is_ordinary(&mut self, word: &str) -> bool {
        let words = self.segmenter.get_or_insert_default().words(word);
        words.len() == 1
    }

    /// Adds the mentions of a text; those that are plain from their form come before those that are looked for.
    pub(super) fn find(&self, number: usize, letters: &Letters, found: &mut Vec<Found>) {
        let Some(text) = self.texts.get(number).filter(|text| !text.words.is_empty()) else {
            return;
        };
        found.extend_from_slice(&text.plain);
        let known = |word: &str| {
            let words = self
                .segmenter
                .as_ref()
                .map(|segmenter| segmenter.words(word));
            words.is_some_and(|words| words.len() == 1)
        };
        places::find(letters, text, known, found);
        self.find_names(letters, text, found);
    }
}

/// Returns true for words of kinship and roles, titles, and names that stand for anybody.
fn is_general(word: &str) -> bool {
    is_kinship_or_role(word)
        || lists::TITLES.contains(&word)
        || lists::KIN.contains(&word)
        || lists::ANYBODY.contains(&word)
}

/// Returns true if the dictionary has a word.
pub(super) fn is_dictionary_word(word: &str) -> bool {
    let name: Vec<char> = word.chars().map(plain).collect();
    let word: String = name.iter().collect();
    !is_only_a_name(&name) && Segmenter::default().words(&word).len() == 1
}

/// A Chinese name taken apart.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct SplitName {
    /// 小, 老 or 阿 before a surname.
    pub(super) prefix: String,
    /// The surname.
    pub(super) surname: String,
    /// The given name, or a nickname.
    pub(super) given: String,
    /// The title behind it.
    pub(super) title: String,
    /// Whether the rest is more likely a nickname than a given name.
    pub(super) is_nickname: bool,
}

/// Takes a name apart: 小/周/大夫, 林/小远, 石头.
pub(super) fn split_name(text: &str) -> SplitName {
    let name: Vec<char> = text.chars().map(plain).collect();
    let own: Vec<char> = text.chars().collect();
    let word = |from: usize, to: usize| own.get(from..to).unwrap_or(&[]).iter().collect::<String>();
    let letters = Letters::new(text);
    let prefix = usize::from(
        hints::is_short_form(name.get(..2).unwrap_or(&[]))
            && (name.len() == 2 || hints::title_here(&letters, 2).is_some())
            && (name[0] == '阿' || lists::is_surname(name[1])),
    );
    let rest = name.get(prefix..).unwrap_or(&[]);
    let surname = lists::surname_len(rest);
    let after = prefix + surname;
    // 家 of a family and the title of 王老师 follow the surname; that of 艾达老师 follows a given name.
    let title = (after.max(1)..name.len()).find(|at| {
        hints::title_here(&letters, *at)
            .is_some_and(|title| at + title.chars().count() == name.len())
            || *at + 1 == name.len() && name[*at] == '家' && *at == after
    });
    let title = title.unwrap_or(name.len());
    let is_short = prefix > 0 && name[0] != '阿';
    let whole =
        surname > 0 && (title > after || title < name.len() || is_short || name.len() == surname);
    let surname = if whole || is_short { surname } else { 0 };
    let after = prefix + surname;
    SplitName {
        prefix: word(0, prefix),
        surname: word(prefix, after),
        given: word(after, title.max(after)),
        title: word(title.max(after), name.len()),
        is_nickname: surname == 0
            && name.len() == 2
            && !hints::is_short_form(&name)
            && !lists::looks_given(&name),
    }
}

/// Returns true for forms that are names though a dictionary may have them: 小满, 浩浩.
fn is_only_a_name(name: &[char]) -> bool {
    hints::is_short_form(name) && !hints::is_listed(name)
        || hints::is_reduplicated(name) && lists::looks_given(name) && !lists::is_adverb(name)
}
