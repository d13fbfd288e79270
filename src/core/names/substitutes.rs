//! Names replaced in any text: the longest first, in whole words, with plurals, possessives and capitals kept.

use std::{collections::BTreeMap, ops::Range};

use super::{
    KnownName, Letters, NameFinder, NameKind, chinese::is_dictionary_word, english, letters::plain,
    stand_ins::plural,
};
use crate::language::words::is_han;

/// A name and what takes its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Substitute {
    /// The name.
    pub name: String,
    /// What takes its place.
    pub stand_in: String,
    /// What it names.
    pub kind: NameKind,
}

/// Names with what takes their place, ready to be looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Substitutes {
    /// By the first character by which rules go; the longest first.
    sought: BTreeMap<char, Vec<Sought>>,
    /// The names that are ordinary words, too.
    ordinary: Vec<KnownName>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Sought {
    name: Vec<char>,
    stand_in: String,
    ordinary: bool,
    person: bool,
}

/// A place where a name is replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Substituted {
    /// The name, in bytes of the text.
    pub range: Range<usize>,
    /// What takes its place.
    pub stand_in: String,
}

impl Substitutes {
    /// Prepares some names; of equal ones, the first counts.
    pub fn new(names: impl IntoIterator<Item = Substitute>) -> Self {
        let mut own = Self::default();
        for Substitute {
            name,
            stand_in,
            kind,
        } in names
        {
            let letters: Vec<char> = name.chars().map(plain).collect();
            let Some(first) = letters.first().copied() else {
                continue;
            };
            let ordinary = kind.is_person() && is_ordinary(&name);
            if ordinary {
                own.ordinary.push(KnownName {
                    name: name.clone(),
                    kind,
                    trusted: true,
                });
            }
            let sought = Sought {
                name: letters,
                stand_in,
                ordinary,
                person: kind.is_person(),
            };
            let here = own.sought.entry(first).or_default();
            if here.iter().all(|other| other.name != sought.name) {
                here.push(sought);
            }
        }
        for names in own.sought.values_mut() {
            names.sort_by_key(|sought| std::cmp::Reverse(sought.name.len()));
        }
        own
    }

    /// The places of a text where names are replaced, in order; they don't overlap.
    pub fn found(&self, text: &str) -> Vec<Substituted> {
        if self.sought.is_empty() {
            return Vec::new();
        }
        let letters = Letters::new(text);
        let mut bytes: Vec<usize> = text.char_indices().map(|(byte, _)| byte).collect();
        bytes.push(text.len());
        let mut named: Option<Vec<Range<usize>>> = None;
        let mut found = Vec::new();
        let mut at = 0;
        while at < letters.len() {
            let here = self.at(&letters, at).into_iter().find(|(sought, end, _)| {
                !sought.ordinary || {
                    let named = named.get_or_insert_with(|| self.named(text));
                    named
                        .iter()
                        .any(|range| range.start <= at && *end <= range.end + 1)
                }
            });
            let Some((_, end, stand_in)) = here else {
                at += 1;
                continue;
            };
            let range = bytes.get(at).zip(bytes.get(end));
            if let Some((from, to)) = range {
                found.push(Substituted {
                    range: *from..*to,
                    stand_in,
                });
            }
            at = end;
        }
        found
    }

    /// A text with its names replaced.
    pub fn text(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut done = 0;
        for place in self.found(text) {
            out.push_str(text.get(done..place.range.start).unwrap_or(""));
            out.push_str(&place.stand_in);
            done = place.range.end;
        }
        out.push_str(text.get(done..).unwrap_or(""));
        out
    }

    /// Where the names that are ordinary words are meant.
    fn named(&self, text: &str) -> Vec<Range<usize>> {
        let mut finder = NameFinder::new(&self.ordinary);
        finder.read(text);
        let mentions = finder.mentions().pop().unwrap_or_default();
        mentions
            .into_iter()
            .map(|mention| mention.range.start() as usize..mention.range.end() as usize)
            .collect()
    }

    /// The names that can be meant at a position, each with its end and what takes its place.
    fn at(&self, letters: &Letters, at: usize) -> Vec<(&Sought, usize, String)> {
        // GRACE is Grace.
        let first = letters.at(at);
        let mut here = Vec::new();
        if first.is_alphanumeric() && !is_han(first) && continues(letters.before(at)) {
            return here;
        }
        for sought in self.sought.get(&first).into_iter().flatten() {
            if let Some(end) = ends(letters, at, &sought.name, false) {
                if let Some((end, stand_in)) = sought.finished(letters, end) {
                    here.push((sought, end, stand_in));
                }
            } else if sought.person
                && sought.name.len() > 2
                && let Some(end) = ends(letters, at, &sought.name, true)
                && !continues(letters.at(end))
            {
                let bracketed = sought.stand_in.starts_with('[');
                let stand_in = if bracketed {
                    sought.stand_in.clone()
                } else {
                    sought.stand_in.to_uppercase()
                };
                here.push((sought, end, stand_in));
            }
        }
        here
    }
}

impl Sought {
    /// The end of a name with its plural, and what takes its place; `None` within a longer word.
    fn finished(&self, letters: &Letters, end: usize) -> Option<(usize, String)> {
        let last = self.name.last().copied().unwrap_or(' ');
        if is_han(last) || !continues(letters.at(end)) {
            return Some((end, self.stand_in.clone()));
        }
        if !self.person {
            return None;
        }
        // The Hills are the Palmers.
        let ending = ["es", "s"].into_iter().find(|ending| {
            letters.has(end, ending)
                && !continues(letters.at(end + ending.len()))
                && (*ending == "s" || matches!(last, 's' | 'x' | 'z' | 'h'))
        })?;
        Some((end + ending.len(), plural(&self.stand_in)))
    }
}

/// Where a name that begins at a position ends; spaces of any kind are one.
fn ends(letters: &Letters, at: usize, name: &[char], upper: bool) -> Option<usize> {
    let mut end = at;
    for c in name {
        let here = letters.at(end);
        if *c == ' ' {
            let from = end;
            while end < letters.len() && letters.at(end).is_whitespace() {
                end += 1;
            }
            if end == from || end - from > 2 {
                return None;
            }
            continue;
        }
        let same = if upper {
            c.to_uppercase().eq(std::iter::once(here))
        } else {
            here == *c
        };
        if !same || end >= letters.len() {
            return None;
        }
        end += 1;
    }
    Some(end)
}

/// Returns true if a letter goes on with a word in Latin letters.
fn continues(c: char) -> bool {
    c.is_alphanumeric() && !is_han(c)
}

/// Returns true if a name is an ordinary word, too.
fn is_ordinary(name: &str) -> bool {
    if name.chars().any(is_han) {
        return is_dictionary_word(name);
    }
    english::is_ordinary(&name.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn substitutes() -> Substitutes {
        let names = [
            ("Hill", "Palmer", NameKind::Person),
            ("Okafor", "Lomax", NameKind::Person),
            ("Grace", "Robin", NameKind::Person),
            ("Ms Park", "Ms Quill", NameKind::TitleName),
            ("Jamie Hill", "Casey Palmer", NameKind::Person),
            ("小远", "小川", NameKind::Nickname),
            ("林小远", "江小川", NameKind::Person),
            ("石头", "核桃", NameKind::Nickname),
            ("Mill Lane", "[place 1]", NameKind::Place),
        ];
        Substitutes::new(names.map(|(name, stand_in, kind)| Substitute {
            name: name.to_owned(),
            stand_in: stand_in.to_owned(),
            kind,
        }))
    }

    #[test]
    fn plurals_possessives_and_capitals_are_kept() {
        let substitutes = substitutes();
        for (text, expected) in [
            (
                "the Hills’ flat, up in the hills",
                "the Palmers’ flat, up in the hills",
            ),
            ("The Okafors' front room", "The Lomaxes' front room"),
            ("Jamie Hill's dog", "Casey Palmer's dog"),
            ("Jamie\nHill came", "Casey Palmer came"),
            (
                "GRACE: I say grace. Grace said so.",
                "ROBIN: I say grace. Robin said so.",
            ),
            ("Ms Park was in the park", "Ms Quill was in the park"),
            (
                "near Mill Lane, not Mill Lanes",
                "near [place 1], not Mill Lanes",
            ),
            ("林小远和小远", "江小川和小川"),
            ("石头发烧了，路上有一块石头", "核桃发烧了，路上有一块石头"),
            ("她妈妈编的，妈妈", "她妈妈编的，妈妈"),
            ("Hillary and Chill", "Hillary and Chill"),
        ] {
            assert_eq!(substitutes.text(text), expected);
        }
    }

    #[test]
    fn places_are_in_order_and_apart_whatever_the_text() {
        use proptest::prelude::*;
        let substitutes = substitutes();
        let words = vec![
            "Hill",
            "s",
            "'",
            "’",
            " ",
            "\n",
            "林小远",
            "远",
            "石头",
            "一块",
            "GRACE",
            "Grace",
            "Ms Park",
            "𠮷",
            "é",
        ];
        proptest!(|(pieces in prop::collection::vec(prop::sample::select(words), 0..30))| {
            let text = pieces.concat();
            let mut end = 0;
            for place in substitutes.found(&text) {
                prop_assert!(place.range.start >= end && place.range.end > place.range.start);
                prop_assert!(text.get(place.range.clone()).is_some());
                end = place.range.end;
            }
        });
    }
}
