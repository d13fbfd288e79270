//! How good the suggestions are: each document is judged by a model that hasn't seen it.

use std::collections::BTreeMap;

use super::{
    Load, THRESHOLD,
    model::{Model, frequencies, known},
    units::{CodedSentence, codebook_sentences, sentences_of_coded_documents},
};
use crate::model::{
    Project,
    ids::{CodeId, CoderId},
};

/// Figures of one code.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CodeQuality {
    /// Sentences that carry it.
    pub examples: usize,
    /// Sentences for which it was suggested.
    pub suggested: usize,
    /// Of these, those that carry it.
    pub right: usize,
}

/// Figures of cross-validation.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Quality {
    /// How many parts the documents were put in.
    pub folds: usize,
    /// Sentences judged.
    pub units: usize,
    /// Of these, those that carry a code that was known to the model that judged them.
    pub coded: usize,
    /// Of the coded ones, those whose likeliest code they carry.
    pub first_right: usize,
    /// The same for always naming the code that was most frequent in what was learnt from.
    pub baseline_right: usize,
    /// Suggestions made, of all codes together.
    pub suggested: usize,
    /// Of these, those that are right.
    pub right: usize,
    /// Sentence and code pairs that could have been found.
    pub findable: usize,
    /// Each code's own figures.
    pub codes: BTreeMap<CodeId, CodeQuality>,
}

/// A share, where there is something to share.
fn share(part: usize, of: usize) -> Option<f64> {
    #[expect(clippy::cast_precision_loss, reason = "counts of sentences")]
    let share = part as f64 / of as f64;
    (of > 0).then_some(share)
}

impl CodeQuality {
    /// Share of suggestions that are right.
    pub fn precision(self) -> Option<f64> {
        share(self.right, self.suggested)
    }

    /// Share of sentences that were found.
    pub fn recall(self) -> Option<f64> {
        share(self.right, self.examples)
    }
}

impl Quality {
    /// Share of suggestions that are right.
    pub fn precision(&self) -> Option<f64> {
        share(self.right, self.suggested)
    }

    /// Share of codings that were found.
    pub fn recall(&self) -> Option<f64> {
        share(self.right, self.findable)
    }

    /// Share of coded sentences whose likeliest code is right.
    pub fn first(&self) -> Option<f64> {
        share(self.first_right, self.coded)
    }

    /// The same for the most frequent code.
    pub fn baseline(&self) -> Option<f64> {
        share(self.baseline_right, self.coded)
    }
}

/// Cross-validation: the documents are dealt to `folds` parts by title, and each part is judged by what the others taught.
///
/// Fewer documents than parts make so many parts; a single document can't be judged, and gives no figures.
/// `goes_on` is asked after each document and each part; when it says no, nothing is given.
pub fn evaluate(
    project: &Project,
    coder: Option<CoderId>,
    load: Load<'_>,
    folds: usize,
    goes_on: &mut dyn FnMut(usize, usize) -> bool,
) -> Option<Quality> {
    let documents = sentences_of_coded_documents(project, coder, load, goes_on)?;
    let folds = folds.min(documents.len());
    let mut quality = Quality {
        folds,
        ..Quality::default()
    };
    if folds < 2 {
        return Some(Quality {
            folds: 0,
            ..quality
        });
    }
    let codebook = codebook_sentences(project);
    for fold in 0..folds {
        if !goes_on(fold, folds) {
            return None;
        }
        let part = |held: bool| -> Vec<&CodedSentence> {
            documents
                .iter()
                .filter(|(number, _)| (*number % folds == fold) == held)
                .flat_map(|(_, units)| units)
                .collect()
        };
        let taught = part(false);
        let model = Model::of(&taught, &codebook);
        let most = frequencies(&taught)
            .into_iter()
            .max_by_key(|(code, count)| (*count, std::cmp::Reverse(*code)))
            .map(|(code, _)| code);
        judge(&model, most, &part(true), &mut quality);
    }
    Some(quality)
}

fn judge(model: &Model, most: Option<CodeId>, units: &[&CodedSentence], quality: &mut Quality) {
    let known = known(model);
    for unit in units {
        let ranked = model.ranked(&unit.words);
        quality.units += 1;
        if !unit.codes.is_disjoint(&known) {
            quality.coded += 1;
            quality.first_right += usize::from(
                ranked
                    .first()
                    .is_some_and(|first| unit.codes.contains(&first.code)),
            );
            quality.baseline_right +=
                usize::from(most.is_some_and(|most| unit.codes.contains(&most)));
        }
        for code in unit.codes.intersection(&known) {
            quality.codes.entry(*code).or_default().examples += 1;
            quality.findable += 1;
        }
        for suggestion in ranked.iter().filter(|suggestion| {
            suggestion.likelihood >= THRESHOLD && !suggestion.reasons.is_empty()
        }) {
            let right = usize::from(unit.codes.contains(&suggestion.code));
            let of_code = quality.codes.entry(suggestion.code).or_default();
            of_code.suggested += 1;
            of_code.right += right;
            quality.suggested += 1;
            quality.right += right;
        }
    }
}
