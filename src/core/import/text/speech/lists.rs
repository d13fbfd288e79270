//! The lists of a JSON file, and which of them is the transcript.
//!
//! A file often tells the same words several times: as one text, in paragraphs, in utterances and word by word.
//! What counts is that the whole is told, who speaks, and when.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{
    fields::{self, GUESSES, plain},
    spoken::{Spoken, Word},
    words,
};

/// Names of lists of utterances, best first.
const UTTERANCES: &[&str] = &[
    "utterances",
    "speakers",
    "segments",
    "sentences",
    "phrases",
    "paragraphs",
];
/// Names of lists of words.
const WORDS: &[&str] = &[
    "words",
    "tokens",
    "elements",
    "timestamps",
    "wordsegments",
    "cw",
];

/// The lists of a file by the path of names that leads to them. Lists of one path, as the words of each utterance, are one.
pub(super) struct Lists<'a>(BTreeMap<Vec<String>, Vec<&'a Value>>);

impl<'a> Lists<'a> {
    /// Collects the lists.
    pub(super) fn of(value: &'a Value) -> Self {
        let mut lists = Self(BTreeMap::new());
        lists.collect(value, &mut Vec::new());
        lists
    }

    fn collect(&mut self, value: &'a Value, path: &mut Vec<String>) {
        match value {
            Value::Object(object) => {
                for (name, value) in object {
                    if value.is_object() || value.is_array() {
                        path.push(plain(name));
                        self.collect(value, path);
                        path.pop();
                    }
                }
            }
            Value::Array(items) => {
                let is_guess = path
                    .last()
                    .is_some_and(|name| GUESSES.contains(&name.as_str()));
                for item in items.iter().take(if is_guess { 1 } else { usize::MAX }) {
                    if item.is_object() || fields::is_word(item) {
                        self.0.entry(path.clone()).or_default().push(item);
                    }
                    if item.is_object() || item.is_array() {
                        self.collect(item, path);
                    }
                }
            }
            _ => {}
        }
    }

    /// The utterances of the list that is the transcript; none if there is no such list.
    pub(super) fn transcript(&self) -> Vec<Spoken> {
        let diarised = self.diarised();
        let candidates: Vec<Candidate> = self
            .0
            .iter()
            .filter_map(|(path, items)| Candidate::of(path, items, &diarised))
            .collect();
        let longest = candidates
            .iter()
            .map(|own| own.characters)
            .max()
            .unwrap_or(0);
        let whole = candidates
            .into_iter()
            // A summary, a list of topics or the words of a single speaker tell less.
            .filter(|own| own.characters * 10 >= longest * 6);
        let best = whole.max_by_key(Candidate::worth);
        let mut transcript = best.map_or_else(Vec::new, |own| own.utterances);
        let names = self.names();
        for name in transcript.iter_mut().filter_map(|own| own.speaker.as_mut()) {
            if let Some(known) = names.get(name) {
                known.clone_into(name);
            }
        }
        transcript
    }

    /// Who speaks from when, by the millionth part of the file's unit, where this is told apart from the words.
    fn diarised(&self) -> BTreeMap<u64, String> {
        self.0
            .values()
            .filter(|items| items.iter().all(|item| fields::diarised(item).is_some()))
            .flatten()
            .filter_map(|item| fields::diarised(item))
            .map(|(at, speaker)| (millionths(at), speaker))
            .collect()
    }

    /// The names of speakers by their ids.
    fn names(&self) -> BTreeMap<String, String> {
        self.0
            .iter()
            .filter(|(path, _)| {
                path.last()
                    .is_some_and(|name| matches!(name.as_str(), "speakers" | "participants"))
            })
            .flat_map(|(_, items)| items)
            .filter_map(|item| fields::named(item))
            .collect()
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a conversion that saturates is what is wanted"
)]
fn millionths(at: f64) -> u64 {
    (at * 1e6).round() as u64
}

/// A list that may be the transcript.
struct Candidate {
    utterances: Vec<Spoken>,
    is_words: bool,
    /// The place of its name among the usual ones, higher is better.
    name: usize,
    /// How many characters it has, without spaces.
    characters: usize,
}

impl Candidate {
    fn of(path: &[String], items: &[&Value], diarised: &BTreeMap<u64, String>) -> Option<Self> {
        let name = path.last().map_or("", String::as_str);
        let is_words = WORDS.contains(&name) || items.iter().any(|item| fields::is_word(item));
        let utterances = if is_words {
            let mut words: Vec<Word> = items.iter().filter_map(|item| fields::word(item)).collect();
            assign(words.iter_mut().map(|word| &mut word.spoken), diarised);
            words::join(words)
        } else {
            // Beside utterances with a text, what only has words repeats those of all.
            let any_text = items.iter().any(|item| fields::has_text(item));
            let mut utterances: Vec<Spoken> = items
                .iter()
                .filter(|item| !any_text || fields::has_text(item))
                .flat_map(|item| fields::utterances(item))
                .collect();
            assign(utterances.iter_mut(), diarised);
            utterances
        };
        let place = UTTERANCES.iter().rev().position(|own| *own == name);
        let characters = utterances.iter().map(Spoken::characters).sum();
        (characters > 0).then(|| Self {
            is_words,
            name: place.map_or(0, |place| place + 1),
            characters,
            utterances,
        })
    }

    /// What the list tells beyond its words.
    fn worth(&self) -> impl Ord + use<> {
        let of = |has: fn(&Spoken) -> bool| self.utterances.iter().filter(|own| has(own)).count();
        let count = self.utterances.len();
        let (speakers, times) = (
            of(|own| own.speaker.is_some()),
            of(|own| own.start.is_some()),
        );
        (
            // A single item is the whole text, or the whole file.
            count > 1,
            speakers * 2 > count,
            times * 2 > count,
            !self.is_words,
            self.name,
            count,
        )
    }
}

/// Says who speaks, where that is told apart from the words.
fn assign<'a>(spoken: impl Iterator<Item = &'a mut Spoken>, diarised: &BTreeMap<u64, String>) {
    for own in spoken {
        if let (None, Some(start)) = (&own.speaker, own.start) {
            let mut before = diarised.range(..=millionths(start.number()));
            own.speaker = before.next_back().map(|(_, speaker)| speaker.clone());
        }
    }
}
