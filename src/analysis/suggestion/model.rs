//! The linear models of all codes over one vocabulary.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    FEWEST_EXAMPLES, Load, THRESHOLD,
    units::{
        CodedSentence, codebook_sentences, coded_sentences, sentences_of_coded_documents, words_of,
    },
};
use crate::{
    language::segment::Segmenter,
    model::{
        Project,
        document::{Content, Document},
        ids::{CodeId, CoderId},
        text::TextRange,
    },
};

/// Passes over the examples.
const PASSES: usize = 24;
/// Step of `AdaGrad`.
const STEP: f32 = 0.5;
/// Penalty of a weight for each example.
const PENALTY: f32 = 2e-4;
/// A word that stands in fewer sentences says nothing yet.
const FEWEST_SENTENCES: usize = 2;
/// Most sentences without a code from which one code is told apart; of more, every so many-th counts for its neighbours.
const MOST_OTHERS: usize = 20_000;
/// Most reasons given.
const MOST_REASONS: usize = 4;

/// A code that a sentence may deserve.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    /// The code.
    pub code: CodeId,
    /// How likely the model takes it to be, from 0 to 1.
    pub likelihood: f32,
    /// The words that speak for it, the strongest first, each with its share in the score (in log odds).
    pub reasons: Vec<(String, f32)>,
}

/// What was learnt.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Model {
    /// The number of each word, and its rarity.
    words: BTreeMap<String, (usize, f32)>,
    /// Weight of each word by its number, and what holds without any.
    codes: BTreeMap<CodeId, Linear>,
    /// Codes with too few examples, and how many they have.
    left_out: Vec<(CodeId, usize)>,
    /// Sentences learnt from.
    examples: usize,
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Linear {
    weights: Vec<f32>,
    bias: f32,
}

/// Words of a sentence by number, each with its weight; the sum of their squares is 1.
type Features = Vec<(usize, f32)>;

impl Model {
    /// Learns from a coder's codings, or from everybody's.
    ///
    /// `goes_on` is asked after each document; when it says no, nothing is given.
    pub fn train(
        project: &Project,
        coder: Option<CoderId>,
        load: Load<'_>,
        goes_on: &mut dyn FnMut(usize, usize) -> bool,
    ) -> Option<Self> {
        let units = sentences_of_coded_documents(project, coder, load, goes_on)?;
        Some(Self::of(
            &units.values().flatten().collect::<Vec<_>>(),
            &codebook_sentences(project),
        ))
    }

    /// Learns from sentences, and from what the codebook says of codes that have enough of them.
    pub(super) fn of(coded: &[&CodedSentence], codebook: &[CodedSentence]) -> Self {
        let units: Vec<&CodedSentence> = coded.iter().copied().chain(codebook).collect();
        let units = units.as_slice();
        let mut model = Self {
            examples: coded.len(),
            words: vocabulary(units),
            ..Self::default()
        };
        let features: Vec<Features> = units
            .iter()
            .map(|unit| model.features(&unit.words))
            .collect();
        let mut counts: BTreeMap<CodeId, usize> = BTreeMap::new();
        for code in coded.iter().flat_map(|unit| &unit.codes) {
            *counts.entry(*code).or_default() += 1;
        }
        for (code, count) in counts {
            if count < FEWEST_EXAMPLES {
                model.left_out.push((code, count));
                continue;
            }
            let examples = examples(units, &features, code);
            model.codes.insert(code, fit(&examples, model.words.len()));
        }
        model
    }

    /// Codes that have too few examples to be learnt, with how many they have.
    pub fn left_out(&self) -> &[(CodeId, usize)] {
        &self.left_out
    }

    /// How many sentences it was learnt from.
    pub fn examples(&self) -> usize {
        self.examples
    }

    /// How many codes it knows.
    pub fn codes(&self) -> usize {
        self.codes.len()
    }

    fn features(&self, words: &[String]) -> Features {
        let known: Features = words
            .iter()
            .filter_map(|word| self.words.get(word))
            .copied()
            .collect();
        let length = known
            .iter()
            .map(|(_, rarity)| rarity * rarity)
            .sum::<f32>()
            .sqrt();
        if length > 0.0 {
            known
                .into_iter()
                .map(|(word, rarity)| (word, rarity / length))
                .collect()
        } else {
            known
        }
    }

    /// All codes it knows for a sentence, the likeliest first.
    pub(super) fn ranked(&self, words: &[String]) -> Vec<Suggestion> {
        let features = self.features(words);
        let names: BTreeMap<usize, &str> = words
            .iter()
            .filter_map(|word| {
                self.words
                    .get(word)
                    .map(|(number, _)| (*number, word.as_str()))
            })
            .collect();
        let suggestion = |(code, linear): (&CodeId, &Linear)| {
            let shares = features
                .iter()
                .filter_map(|(word, value)| Some((*word, linear.weights.get(*word)? * value)));
            let mut reasons: Vec<(String, f32)> = shares
                .filter(|(_, share)| *share > 0.0)
                .filter_map(|(word, share)| Some(((*names.get(&word)?).to_owned(), share)))
                .collect();
            reasons.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
            reasons.truncate(MOST_REASONS);
            Suggestion {
                code: *code,
                likelihood: sigmoid(linear.score(&features)),
                reasons,
            }
        };
        let mut all: Vec<Suggestion> = self.codes.iter().map(suggestion).collect();
        all.sort_by(|a, b| {
            b.likelihood
                .total_cmp(&a.likelihood)
                .then_with(|| a.code.cmp(&b.code))
        });
        all
    }

    /// The codes that a passage may deserve, the likeliest first; `least` is the likelihood asked for.
    pub fn suggest(&self, text: &str, segmenter: &Segmenter, least: f32) -> Vec<Suggestion> {
        let mut all = self.ranked(&words_of(text, segmenter));
        // A suggestion without a reason is a guess by frequency alone.
        all.retain(|suggestion| suggestion.likelihood >= least && !suggestion.reasons.is_empty());
        all
    }

    /// The sentences of a document with the codes they may deserve and don't carry yet, by position.
    pub fn suggest_document(
        &self,
        document: &Document,
        content: &Content,
        coder: Option<CoderId>,
        segmenter: &Segmenter,
    ) -> Vec<(TextRange, Suggestion)> {
        let mut found = Vec::new();
        for unit in coded_sentences(document, content, coder, segmenter) {
            let new = self.ranked(&unit.words).into_iter().filter(|suggestion| {
                suggestion.likelihood >= THRESHOLD
                    && !suggestion.reasons.is_empty()
                    && !unit.codes.contains(&suggestion.code)
            });
            found.extend(new.map(|suggestion| (unit.range, suggestion)));
        }
        found
    }
}

/// The words that stand in several sentences, with their rarity: the logarithm of all sentences over those with the word, plus 1.
fn vocabulary(units: &[&CodedSentence]) -> BTreeMap<String, (usize, f32)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for word in units.iter().flat_map(|unit| &unit.words) {
        *counts.entry(word).or_default() += 1;
    }
    let common = counts
        .into_iter()
        .filter(|(_, count)| *count >= FEWEST_SENTENCES);
    #[expect(clippy::cast_precision_loss, reason = "counts of sentences")]
    let rarity = |count: usize| (units.len() as f32 / count as f32).ln() + 1.0;
    common
        .enumerate()
        .map(|(number, (word, count))| (word.to_owned(), (number, rarity(count))))
        .collect()
}

/// Sentences with a code and without it; of the latter every so many-th, where there are very many.
fn examples<'a>(
    units: &[&CodedSentence],
    features: &'a [Features],
    code: CodeId,
) -> Vec<(&'a Features, bool)> {
    let others = units
        .iter()
        .filter(|unit| !unit.codes.contains(&code))
        .count();
    let every = others.div_ceil(MOST_OTHERS).max(1);
    let mut seen = 0usize;
    let chosen = units.iter().zip(features).filter_map(|(unit, features)| {
        if unit.codes.contains(&code) {
            return Some((features, true));
        }
        seen += 1;
        (seen - 1)
            .is_multiple_of(every)
            .then_some((features, false))
    });
    chosen.collect()
}

fn sigmoid(score: f32) -> f32 {
    1.0 / (1.0 + (-score).exp())
}

impl Linear {
    fn score(&self, features: &Features) -> f32 {
        self.bias
            + features
                .iter()
                .filter_map(|(word, value)| Some(self.weights.get(*word)? * value))
                .sum::<f32>()
    }
}

/// Fits one model; examples come in a fixed order, mixed by a step that is prime to their number.
fn fit(examples: &[(&Features, bool)], words: usize) -> Linear {
    let mut linear = Linear {
        weights: vec![0.0; words],
        bias: 0.0,
    };
    let (mut squares, mut bias_squares) = (vec![1e-3_f32; words], 1e-3_f32);
    let stride = stride(examples.len());
    for pass in 0..PASSES {
        let mut at = pass % examples.len().max(1);
        for _ in 0..examples.len() {
            if let Some((features, is_coded)) = examples.get(at) {
                let error = sigmoid(linear.score(features)) - if *is_coded { 1.0 } else { 0.0 };
                for (word, value) in *features {
                    let (Some(weight), Some(square)) =
                        (linear.weights.get_mut(*word), squares.get_mut(*word))
                    else {
                        continue;
                    };
                    let gradient = error * value + PENALTY * *weight;
                    *square += gradient * gradient;
                    *weight -= STEP * gradient / square.sqrt();
                }
                bias_squares += error * error;
                linear.bias -= STEP * error / bias_squares.sqrt();
            }
            at = (at + stride) % examples.len().max(1);
        }
    }
    linear
}

/// A step that reaches every one of so many places before it comes back.
fn stride(count: usize) -> usize {
    let divisors = |a: usize, b: usize| {
        let (mut a, mut b) = (a, b);
        while b > 0 {
            (a, b) = (b, a % b);
        }
        a
    };
    let golden = (count * 618 / 1000).max(1);
    (golden..)
        .find(|step| divisors(*step, count.max(1)) == 1)
        .unwrap_or(1)
}

/// The codes of sentences, each with how many carry it.
pub(super) fn frequencies(units: &[&CodedSentence]) -> BTreeMap<CodeId, usize> {
    let mut counts = BTreeMap::new();
    for code in units
        .iter()
        .flat_map(|unit| &unit.codes)
        .collect::<Vec<_>>()
    {
        *counts.entry(*code).or_default() += 1;
    }
    counts
}

/// The codes that a model knows.
pub(super) fn known(model: &Model) -> BTreeSet<CodeId> {
    model.codes.keys().copied().collect()
}
