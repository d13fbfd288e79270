//! Names in Latin letters, in English texts and in Chinese ones.
//!
//! English writes names, and little else, with a capital within a sentence. The first word of a sentence has one anyway, so what
//! opens sentences is a name only if it is one elsewhere, or no ordinary word; and where a name is an ordinary word as well,
//! the word behind it decides (Will is, Will you).

mod lists;
mod names_here;
mod surroundings;
mod tokens;

use std::collections::BTreeMap;

use surroundings::Surroundings;
use tokens::{Shape, Token, tokens};

use super::{Found, KnownName, Letters, NameKind};
use crate::language::kinship::is_kinship_or_role;

/// What is known of a word with a capital.
#[derive(Debug, Clone, Copy, Default)]
struct Evidence {
    /// Signs that leave little doubt that it is a person's name.
    strong: u32,
    /// Places where it looks like a person's.
    person: u32,
    /// Places where it looks like a place's.
    place: u32,
    /// Sentences that it opens and in which it does something.
    acts: u32,
    /// Capitals within sentences.
    within: u32,
    /// Capitals at the beginning of sentences.
    opening: u32,
    /// Times in small letters.
    small: u32,
    /// Whether the family is called by it: the Hills.
    family: bool,
    /// Whether it was called a nickname or stands in quotes.
    nickname: bool,
}

impl Evidence {
    /// Adds what was seen in another place.
    const fn add(&mut self, new: Self) {
        self.strong += new.strong;
        self.person += new.person;
        self.place += new.place;
        self.acts += new.acts;
        self.family |= new.family;
        self.nickname |= new.nickname;
    }
}

/// What a word turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Decided {
    kind: NameKind,
    confidence: u8,
    /// Whether it is an ordinary word, too.
    ordinary: bool,
}

/// Finds names in Latin letters in several texts.
#[derive(Debug, Default)]
pub(super) struct EnglishNames {
    words: BTreeMap<String, Evidence>,
    decided: BTreeMap<String, Decided>,
    texts: Vec<Vec<Token>>,
}

impl EnglishNames {
    /// Takes a name that the project knows for a name, without evidence.
    pub(super) fn know(&mut self, known: &KnownName) {
        for token in tokens(&Letters::new(&known.name)) {
            let doubtful =
                !known.trusted && lists::is_word(&token.low) && !lists::is_given(&token.low);
            if token.is_capital() && !is_general(&token.low) && known.kind.is_person() && !doubtful
            {
                self.evidence(&token.low).strong += if known.trusted { 2 } else { 1 };
            }
        }
    }

    /// Reads a text and keeps the evidence in it.
    pub(super) fn read(&mut self, letters: &Letters) {
        let tokens = tokens(letters);
        for (at, token) in tokens.iter().enumerate() {
            self.count(token);
            if token.is_capital() && !is_general(&token.low) {
                let new = Surroundings::of(letters, &tokens, at).evidence();
                self.evidence(&token.low).add(new);
            }
            if token.label
                && token.shape == Shape::Upper
                && !is_general(&token.low)
                && !lists::is_nobody(&token.low)
                && token.low.chars().count() > 2
            {
                self.evidence(&token.low).strong += 1;
            }
        }
        self.texts.push(tokens);
    }

    fn evidence(&mut self, word: &str) -> &mut Evidence {
        self.words.entry(word.to_owned()).or_default()
    }

    fn count(&mut self, token: &Token) {
        let evidence = self.evidence(&token.low);
        match token.shape {
            Shape::Small => evidence.small += 1,
            Shape::Capital if token.opens => evidence.opening += 1,
            Shape::Capital => evidence.within += 1,
            Shape::Upper | Shape::Initial | Shape::Other => {}
        }
    }

    /// Decides which words are names.
    pub(super) fn decide(&mut self) {
        self.split_double_names();
        let mut decided = BTreeMap::new();
        for (word, evidence) in &self.words {
            if let Some(own) = decision(word, *evidence) {
                decided.insert(word.clone(), own);
            }
        }
        // The Hills are the family of a Hill; an S that belongs to the name stays (James).
        for (word, evidence) in &self.words {
            let one = word.strip_suffix("es").or_else(|| word.strip_suffix('s'));
            let shorter = word.strip_suffix('s').unwrap_or(word);
            let base = [shorter, one.unwrap_or(word)]
                .into_iter()
                .find_map(|base| decided.get(base).copied());
            let capitals = evidence.within + evidence.opening > 0;
            if shorter != word
                && capitals
                && !decided.contains_key(word)
                && (base.is_some_and(|base| base.kind.is_person()) && evidence.within > 0
                    || evidence.family
                        && !lists::is_word(word)
                        && !lists::is_nobody(word)
                        && !lists::is_nobody(shorter))
            {
                decided.insert(
                    word.clone(),
                    Decided {
                        kind: NameKind::Person,
                        confidence: super::LIKELY,
                        ordinary: lists::is_word(word),
                    },
                );
            }
        }
        self.decided = decided;
    }

    /// Adeyemi-Hill is an Adeyemi and a Hill.
    fn split_double_names(&mut self) {
        let doubles = self.words.iter().filter(|(word, evidence)| {
            evidence.within > 0
                && word.matches('-').count() == 1
                && !lists::is_word(word)
                && !derived_from_word(word)
        });
        let parts: Vec<String> = doubles
            .flat_map(|(word, _)| word.split('-').map(str::to_owned).collect::<Vec<_>>())
            .collect();
        for part in parts {
            self.evidence(&part).strong += 2;
        }
    }

    /// Adds the mentions of a text.
    pub(super) fn find(&self, number: usize, letters: &Letters, found: &mut Vec<Found>) {
        if let Some(tokens) = self.texts.get(number) {
            self.find_names(letters, tokens, found);
        }
    }
}

/// Returns true for words of kinship and roles, and for what is no word at all.
fn is_general(word: &str) -> bool {
    is_kinship_or_role(word) || lists::TITLES.contains(&word) || word == "i"
}

/// Returns true for a word that says what somebody does.
fn is_verb(word: &str) -> bool {
    lists::VERBS.contains(&word)
        || word.len() > 3
            && (word.ends_with("ed")
                || word.ends_with('s') && !word.ends_with("ss") && lists::is_word(word))
}

/// What a word with capitals is, by the evidence of all texts.
fn decision(word: &str, evidence: Evidence) -> Option<Decided> {
    let Evidence {
        strong,
        person,
        place,
        within,
        opening,
        small,
        ..
    } = evidence;
    if is_general(word) || word.chars().count() < 2 || within + opening == 0 && strong == 0 {
        return None;
    }
    let month = lists::MONTHS.contains(&word);
    let (ordinary, given) = (
        lists::is_word(word) || small > 0 || month,
        lists::is_given(word),
    );
    if lists::is_nobody(word)
        || word.chars().count() == 2 && !given && strong == 0
        || word.contains('\'') && ordinary
    {
        return None;
    }
    let kind = if evidence.nickname {
        NameKind::Nickname
    } else {
        NameKind::Person
    };
    let person_name = |confidence| {
        Some(Decided {
            kind,
            confidence,
            ordinary,
        })
    };
    if month && strong == 0 {
        return None;
    }
    if strong > 0 {
        let doubtful = ordinary && !given && within == 0;
        return if doubtful && strong < 2 {
            None
        } else {
            person_name(super::SURE)
        };
    }
    if ordinary {
        // A capital within a sentence, where people are.
        let acts = evidence.acts >= 2 && !lists::TALKED_OF.contains(&word);
        return if given && (within > 0 && person > 0 || acts) {
            person_name(super::LIKELY)
        } else {
            None
        };
    }
    let spelled = word.matches('-').count() > 1;
    if within > 0 && !spelled {
        let is_place = !given && place > person;
        let kind = if is_place { NameKind::Place } else { kind };
        let confidence = if given { super::SURE } else { super::LIKELY };
        return Some(Decided {
            kind,
            confidence,
            ordinary,
        });
    }
    if given {
        return person_name(super::LIKELY);
    }
    if derived_from_word(word) {
        return None;
    }
    (person > 0 && !spelled).then_some(Decided {
        kind,
        confidence: super::POSSIBLE,
        ordinary,
    })
}

/// Returns true for forms of ordinary words that the list of words lacks.
fn derived_from_word(word: &str) -> bool {
    const ENDS: &[&str] = &[
        "s", "es", "ed", "d", "ing", "er", "ers", "ly", "y", "ish", "able", "ness", "less", "like",
        "in'",
    ];
    const BEGINS: &[&str] = &["un", "re", "non", "over", "under", "out", "pre", "mis"];
    let by_end = ENDS.iter().any(|end| {
        word.strip_suffix(end).is_some_and(|stem| {
            stem.len() > 2 && (lists::is_word(stem) || lists::is_word(&format!("{stem}e")))
        })
    });
    let by_begin = BEGINS.iter().any(|begin| {
        word.strip_prefix(begin)
            .is_some_and(|stem| stem.len() > 2 && lists::is_word(stem))
    });
    let parts = word.split(['-', '\'']);
    let compound =
        word.contains(['-', '\'']) && parts.filter(|part| part.len() > 1).all(lists::is_word);
    by_end || by_begin || compound
}

/// Returns true for a title, in small letters.
pub(super) fn is_title(word: &str) -> bool {
    lists::TITLES.contains(&word)
}

/// Returns true for a title that given names follow: Auntie Bee.
pub(super) fn is_relative(word: &str) -> bool {
    is_kinship_or_role(word) && lists::TITLES.contains(&word) && word != "doctor"
}

/// Returns true for a name that is an ordinary word, too, or the name of a month.
pub(super) fn is_ordinary(word: &str) -> bool {
    lists::is_word(word) || lists::MONTHS.contains(&word)
}

/// Words with a capital within a sentence, and unknown ones that open one, but those that name nobody.
pub(super) fn capitals(letters: &Letters) -> Vec<(usize, usize)> {
    let looks = |token: &Token| {
        let low = token.low.as_str();
        let capital = token.is_capital() || token.shape == Shape::Upper && token.label;
        capital
            && !is_general(low)
            && !lists::is_nobody(low)
            && low.chars().count() > 1
            && (!token.opens || !lists::is_word(low) && !derived_from_word(low))
    };
    let tokens = tokens(letters);
    let capitals = tokens.iter().filter(|token| looks(token));
    capitals.map(|token| (token.start, token.end)).collect()
}
