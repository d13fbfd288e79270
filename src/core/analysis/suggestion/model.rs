//! The linear models of all codes, over a common vocabulary.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    FEWEST_EXAMPLES, THRESHOLD,
    units::{
        CodedSentence, codebook_sentences, coded_sentences, sentences_of_coded_documents, words_of,
    },
};
use crate::{
    analysis::Loader,
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
/// Step size of `AdaGrad`.
const STEP: f32 = 0.5;
/// L2 penalty of a weight, per example.
const PENALTY: f32 = 2e-4;
/// Words that occur in fewer sentences are ignored, because nothing can be learnt from a single one.
const FEWEST_SENTENCES: usize = 2;
/// Most sentences without a code that are examples for it, which bounds the time; of more, a regular sample is used.
const MOST_OTHERS: usize = 20_000;
/// Most reasons of a suggestion.
const MOST_REASONS: usize = 4;

/// A code that is suggested for a sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    /// The code.
    pub code: CodeId,
    /// The likelihood by the model, 0 to 1.
    pub likelihood: f32,
    /// The words that favour the code, the strongest first, each with its share in the score (in log odds).
    pub reasons: Vec<(String, f32)>,
}

/// A trained model.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Model {
    /// The number of each word, and its rarity.
    words: BTreeMap<String, (usize, f32)>,
    /// The linear model of each code.
    codes: BTreeMap<CodeId, Linear>,
    /// Codes with too few examples, and how many they have.
    left_out: Vec<(CodeId, usize)>,
    /// Number of sentences from which it was trained.
    examples: usize,
}

/// A linear model of one code, in log odds.
#[derive(Debug, Clone, PartialEq, Default)]
struct Linear {
    /// The weight of each word, by its number.
    weights: Vec<f32>,
    /// The score of a sentence without known words.
    bias: f32,
}

/// The words of a sentence by number, with their values, whose squares add up to 1.
type Features = Vec<(usize, f32)>;

impl Model {
    /// Trains a model from the codings of a coder, or of everybody.
    ///
    /// `progress` is called before each document with the number of documents done and of all; it cancels by returning
    /// false, and the result is then `None`.
    pub fn train(
        project: &Project,
        coder: Option<CoderId>,
        load: &Loader<'_>,
        progress: &mut dyn FnMut(usize, usize) -> bool,
    ) -> Option<Self> {
        let sentences = sentences_of_coded_documents(project, coder, load, progress)?;
        Some(Self::of(
            &sentences.values().flatten().collect::<Vec<_>>(),
            &codebook_sentences(project),
        ))
    }

    /// Trains a model from coded sentences and from those of the codebook.
    ///
    /// The codebook alone isn't enough: codes with too few coded sentences are left out.
    pub(super) fn of(coded: &[&CodedSentence], codebook: &[CodedSentence]) -> Self {
        let sentences: Vec<&CodedSentence> = coded.iter().copied().chain(codebook).collect();
        let mut model = Self {
            examples: coded.len(),
            words: vocabulary(&sentences),
            ..Self::default()
        };
        let features: Vec<Features> = sentences
            .iter()
            .map(|sentence| model.features(&sentence.words))
            .collect();
        for (code, count) in frequencies(coded) {
            if count < FEWEST_EXAMPLES {
                model.left_out.push((code, count));
                continue;
            }
            let examples = examples(&sentences, &features, code);
            model.codes.insert(code, fit(&examples, model.words.len()));
        }
        model
    }

    /// Codes that have too few examples, with their numbers of examples.
    pub fn left_out(&self) -> &[(CodeId, usize)] {
        &self.left_out
    }

    /// The number of sentences from which the model was trained.
    pub fn examples(&self) -> usize {
        self.examples
    }

    /// The number of codes that the model can suggest.
    pub fn codes(&self) -> usize {
        self.codes.len()
    }

    /// The known words of a sentence, scaled to length 1, so that long sentences don't score higher.
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

    /// All codes of the model with their likelihoods for a sentence, the likeliest first.
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
        let mut all: Vec<Suggestion> = self
            .codes
            .iter()
            .map(|(code, linear)| Suggestion {
                code: *code,
                likelihood: sigmoid(linear.score(&features)),
                reasons: linear.reasons(&features, &names),
            })
            .collect();
        all.sort_by(|a, b| {
            b.likelihood
                .total_cmp(&a.likelihood)
                .then_with(|| a.code.cmp(&b.code))
        });
        all
    }

    /// The codes that are suggested for a passage with a likelihood of at least `least`, the likeliest first.
    pub fn suggest(&self, text: &str, segmenter: &Segmenter, least: f32) -> Vec<Suggestion> {
        let mut all = self.ranked(&words_of(text, segmenter));
        // A suggestion without reasons comes from the bias alone, that is, from the frequency of the code.
        all.retain(|suggestion| suggestion.likelihood >= least && !suggestion.reasons.is_empty());
        all
    }

    /// The sentences of a document with the codes that are suggested and that they don't have yet, by position.
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

/// The words that occur in several sentences, with their numbers and rarity.
fn vocabulary(sentences: &[&CodedSentence]) -> BTreeMap<String, (usize, f32)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for word in sentences.iter().flat_map(|sentence| &sentence.words) {
        *counts.entry(word).or_default() += 1;
    }
    let common = counts
        .into_iter()
        .filter(|(_, count)| *count >= FEWEST_SENTENCES);
    common
        .enumerate()
        .map(|(number, (word, count))| (word.to_owned(), (number, rarity(sentences.len(), count))))
        .collect()
}

/// The inverse document frequency ln(sentences / sentences with the word) + 1 (Spärck Jones 1972), where 1 keeps words that
/// occur everywhere.
#[expect(
    clippy::cast_precision_loss,
    reason = "counts of sentences need few digits"
)]
fn rarity(sentences: usize, with_word: usize) -> f32 {
    (sentences as f32 / with_word as f32).ln() + 1.0
}

/// The examples for a code, with whether each has it; of the sentences without the code, at most [`MOST_OTHERS`].
fn examples<'a>(
    sentences: &[&CodedSentence],
    features: &'a [Features],
    code: CodeId,
) -> Vec<(&'a Features, bool)> {
    let without_code = sentences
        .iter()
        .filter(|sentence| !sentence.codes.contains(&code))
        .count();
    let every = without_code.div_ceil(MOST_OTHERS).max(1);
    let mut others = 0usize;
    let mut examples = Vec::new();
    for (sentence, features) in sentences.iter().zip(features) {
        if sentence.codes.contains(&code) {
            examples.push((features, true));
        } else {
            if others.is_multiple_of(every) {
                examples.push((features, false));
            }
            others += 1;
        }
    }
    examples
}

fn sigmoid(score: f32) -> f32 {
    1.0 / (1.0 + (-score).exp())
}

impl Linear {
    fn score(&self, features: &Features) -> f32 {
        self.bias
            + features
                .iter()
                .map(|(word, value)| self.weights[*word] * value)
                .sum::<f32>()
    }

    /// The words of a sentence that favour the code, the strongest first.
    fn reasons(&self, features: &Features, names: &BTreeMap<usize, &str>) -> Vec<(String, f32)> {
        let mut reasons: Vec<(String, f32)> = features
            .iter()
            .map(|(word, value)| (names[word].to_owned(), self.weights[*word] * value))
            .filter(|(_, share)| *share > 0.0)
            .collect();
        reasons.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        reasons.truncate(MOST_REASONS);
        reasons
    }
}

/// Fits the model of one code by `AdaGrad`.
///
/// Examples are visited in a fixed order that mixes them, with a stride coprime to their number: neighbouring sentences are
/// alike, and chance would make the model differ from run to run.
fn fit(examples: &[(&Features, bool)], words: usize) -> Linear {
    let mut linear = Linear {
        weights: vec![0.0; words],
        bias: 0.0,
    };
    // The sums of squared gradients start above 0, so that the first step is bounded.
    let (mut squares, mut bias_squares) = (vec![1e-3_f32; words], 1e-3_f32);
    let stride = stride(examples.len());
    for pass in 0..PASSES {
        // Each pass begins at another example.
        let mut at = pass;
        for _ in 0..examples.len() {
            let (features, is_coded) = examples[at % examples.len()];
            let error = sigmoid(linear.score(features)) - if is_coded { 1.0 } else { 0.0 };
            for (word, value) in features {
                let (weight, square) = (&mut linear.weights[*word], &mut squares[*word]);
                let gradient = error * value + PENALTY * *weight;
                *square += gradient * gradient;
                *weight -= STEP * gradient / square.sqrt();
            }
            bias_squares += error * error;
            linear.bias -= STEP * error / bias_squares.sqrt();
            at += stride;
        }
    }
    linear
}

/// A stride that visits each of `count` places once before it returns to the first: near the golden section, and coprime.
fn stride(count: usize) -> usize {
    let mut stride = (count * 618 / 1000).max(1);
    while greatest_common_divisor(stride, count.max(1)) > 1 {
        stride += 1;
    }
    stride
}

fn greatest_common_divisor(mut a: usize, mut b: usize) -> usize {
    while b > 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// The number of sentences that have each code.
pub(super) fn frequencies(sentences: &[&CodedSentence]) -> BTreeMap<CodeId, usize> {
    let mut counts = BTreeMap::new();
    for code in sentences.iter().flat_map(|sentence| &sentence.codes) {
        *counts.entry(*code).or_default() += 1;
    }
    counts
}

/// The codes that a model can suggest.
pub(super) fn known(model: &Model) -> BTreeSet<CodeId> {
    model.codes.keys().copied().collect()
}
