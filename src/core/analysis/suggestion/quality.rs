//! The quality of suggestions by cross-validation: each document is judged by a model that was trained without it.

use std::collections::BTreeMap;

use super::{
    THRESHOLD,
    model::{Model, frequencies, known},
    units::{CodedSentence, codebook_sentences, sentences_of_coded_documents},
};
use crate::{
    analysis::Loader,
    model::{
        Project,
        ids::{CodeId, CoderId},
    },
};

/// The counts of one code.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CodeQuality {
    /// Number of sentences that have the code.
    pub examples: usize,
    /// Number of sentences for which it was suggested.
    pub suggested: usize,
    /// Number of these that have it.
    pub right: usize,
}

/// The counts of a cross-validation.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Quality {
    /// Number of parts into which the documents were split; 0 if there were too few.
    pub folds: usize,
    /// Number of sentences judged.
    pub units: usize,
    /// Number of these that have a code which the model that judged them can suggest.
    pub coded: usize,
    /// Number of coded sentences that have the likeliest code.
    pub first_right: usize,
    /// Number of coded sentences that have the most frequent code of the training data, as a baseline.
    pub baseline_right: usize,
    /// Number of suggestions of all codes.
    pub suggested: usize,
    /// Number of these that are right.
    pub right: usize,
    /// Number of pairs of a sentence and a code that could have been found.
    pub findable: usize,
    /// The counts of each code.
    pub codes: BTreeMap<CodeId, CodeQuality>,
}

/// A share; `None` of 0.
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

    /// Share of sentences with the code for which it was suggested.
    pub fn recall(self) -> Option<f64> {
        share(self.right, self.examples)
    }
}

impl Quality {
    /// Share of suggestions that are right.
    pub fn precision(&self) -> Option<f64> {
        share(self.right, self.suggested)
    }

    /// Share of pairs of a sentence and a code that were suggested.
    pub fn recall(&self) -> Option<f64> {
        share(self.right, self.findable)
    }

    /// Share of coded sentences whose likeliest code is right.
    pub fn first(&self) -> Option<f64> {
        share(self.first_right, self.coded)
    }

    /// Share of coded sentences for which the most frequent code is right.
    pub fn baseline(&self) -> Option<f64> {
        share(self.baseline_right, self.coded)
    }
}

/// Cross-validates: the documents are split into `folds` parts, and each part is judged by a model trained on the others.
///
/// Whole documents are held out, because sentences of one interview resemble each other. With fewer documents than parts,
/// each document is a part; a single document can't be judged.
/// `progress` is called before each document and each part, with the number done and of all; it cancels by returning false,
/// and the result is then `None`.
pub fn evaluate(
    project: &Project,
    coder: Option<CoderId>,
    load: &Loader<'_>,
    folds: usize,
    progress: &mut dyn FnMut(usize, usize) -> bool,
) -> Option<Quality> {
    let documents = sentences_of_coded_documents(project, coder, load, progress)?;
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
        if !progress(fold, folds) {
            return None;
        }
        let mut training: Vec<&CodedSentence> = Vec::new();
        let mut held_out: Vec<&CodedSentence> = Vec::new();
        for (number, sentences) in &documents {
            if number % folds == fold {
                held_out.extend(sentences);
            } else {
                training.extend(sentences);
            }
        }
        let model = Model::of(&training, &codebook);
        let most = frequencies(&training)
            .into_iter()
            .max_by_key(|(code, count)| (*count, std::cmp::Reverse(*code)))
            .map(|(code, _)| code);
        judge(&model, most, &held_out, &mut quality);
    }
    Some(quality)
}

/// Adds the counts of sentences that the model hasn't seen; `most` is the most frequent code of its training data.
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
