//! Find and replace: the same words replaced wherever they are said, in one step, and a preview of it.
//!
//! Labels of speakers stand in the text and in the list of speakers; they are replaced in both, or not at all.

use std::sync::Arc;

use super::{
    correcting::{CorrectionPreview, namesake, relabel},
    text::{Replacement, replacing},
    transaction::Transaction,
};
use crate::{
    app::{AppError, action::WordReplacement, jobs::JobControl, refusal::Refusal, texts::Texts},
    language::occurrences::{Comparison, Sought},
    log::change::Change,
    model::{
        Project,
        document::{Content, Document, SpeakerIndex},
        ids::DocumentId,
        text::TextRange,
    },
    search::{
        Hit,
        context::{KeywordInContext, context},
    },
};

/// Code points of context that a place is shown with on each side.
const CONTEXT: u32 = 24;

/// What a replacement would do.
#[derive(Debug, Default)]
pub struct ReplacementPreview {
    /// The places in the texts, by document and position.
    pub places: Vec<ReplacedPlace>,
    /// The labels that speakers get.
    pub labels: Vec<LabelChange>,
    /// In how many documents there is something to replace.
    pub documents: usize,
    /// What becomes of the codings and memos on the replaced words.
    pub codings: CorrectionPreview,
}

impl ReplacementPreview {
    /// How many places are in what is said, and how many in labels.
    pub fn counts(&self) -> (usize, usize) {
        let in_labels = self.places.iter().filter(|place| place.in_label).count();
        (self.places.len() - in_labels, in_labels)
    }
}

/// A place where words would be replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplacedPlace {
    /// The document.
    pub document: DocumentId,
    /// The words.
    pub range: TextRange,
    /// Whether they are in the label of a turn.
    pub in_label: bool,
    /// The words with the text around them.
    pub context: KeywordInContext,
}

/// A speaker's label that would be replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabelChange {
    /// The document.
    pub document: DocumentId,
    /// The label.
    pub from: String,
    /// The new one.
    pub to: String,
    /// Whether another speaker has it, so that the two become one.
    pub merges: bool,
}

impl WordReplacement {
    fn sought(&self) -> Result<Sought, Refusal> {
        if self.from.is_empty() {
            return Err(Refusal::WordsMissing);
        }
        if self.from == self.to {
            return Err(Refusal::SameWords);
        }
        Sought::new(&self.from, self.how).ok_or_else(|| self.nowhere())
    }

    fn nowhere(&self) -> Refusal {
        Refusal::NotInTexts(self.from.clone())
    }

    /// The documents it is about, in order.
    fn documents<'p>(&self, project: &'p Project) -> Vec<&'p Arc<Document>> {
        let mut documents = project.documents_in_order();
        documents.retain(|document| {
            let chosen = self.documents.as_ref();
            chosen.is_none_or(|chosen| chosen.contains(&document.id))
        });
        documents
    }

    /// The places in the text of a document.
    fn places(&self, sought: &Sought, content: &Content) -> Vec<Place> {
        let found = sought.places(content.text.as_str()).into_iter();
        let placed = found.filter_map(|range| Place::of(content, range));
        let mut places: Vec<Place> = placed
            .filter(|place| self.labels || !place.in_label)
            .collect();
        // In another case, the words can be there already.
        places.retain(|place| content.text.slice(place.range) != Some(&self.to));
        places
    }

    /// The new labels of a document's speakers.
    fn labels(
        &self,
        sought: &Sought,
        document: &Document,
    ) -> Result<Vec<(SpeakerIndex, String)>, Refusal> {
        let mut labels = Vec::new();
        for (index, speaker) in (0..).zip(&document.speakers).filter(|_| self.labels) {
            let Some(label) = sought.replaced(&speaker.label, &self.to) else {
                continue;
            };
            let label = label.trim();
            if label.is_empty() {
                return Err(Refusal::LabelEmptied(speaker.label.clone()));
            }
            if label != speaker.label {
                labels.push((index, label.to_owned()));
            }
        }
        Ok(labels)
    }

    /// The changes of the text in these places.
    fn changes(
        &self,
        project: &Project,
        document: DocumentId,
        content: &Content,
        places: &[Place],
    ) -> Result<Vec<Change>, Refusal> {
        let replacements: Vec<Replacement> = places
            .iter()
            .map(|place| Replacement {
                range: place.range,
                to: self.to.clone(),
            })
            .collect();
        replacing(project, document, content, &replacements)
    }
}

/// Where words stand in a text.
struct Place {
    range: TextRange,
    in_label: bool,
}

impl Place {
    /// Words that are all in what is said, all in a label, or all outside of turns; `None` for others.
    fn of(content: &Content, range: TextRange) -> Option<Self> {
        let at = content.turn_at(range.start());
        let next = at.map_or(0, |(index, _)| index + 1);
        let next = content.turns.get(next).map(|turn| turn.range.start());
        let in_turn = at
            .map(|(_, turn)| turn)
            .filter(|turn| range.start() < turn.range.end());
        let (in_label, fits) = match in_turn {
            // What separates a label from what is said stays, as it is what tells the two apart.
            Some(turn) if range.start() < turn.body => (true, range.end() < turn.body),
            Some(turn) => (false, range.end() <= turn.range.end()),
            None => (false, next.is_none_or(|next| range.end() <= next)),
        };
        fits.then_some(Self { range, in_label })
    }
}

/// The places where words are said in a document, and can be replaced; none for no words.
pub fn places_said(content: &Content, words: &str, how: Comparison) -> Vec<TextRange> {
    let places = Sought::new(words, how).map(|sought| sought.places(content.text.as_str()));
    let places = places.unwrap_or_default().into_iter();
    places
        .filter_map(|range| Place::of(content, range))
        .filter(|place| !place.in_label)
        .map(|place| place.range)
        .collect()
}

/// Replaces words in what is said, and in labels if they are meant, too.
///
/// # Errors
/// When there is nothing to replace, a label would be empty, or a text can't be read.
pub(crate) fn replace_words(
    tx: &mut Transaction<'_>,
    texts: &Texts,
    what: &WordReplacement,
) -> Result<(), AppError> {
    let sought = what.sought()?;
    let base = Arc::clone(tx.base());
    for document in what.documents(&base) {
        let content = texts.content_once(document)?;
        let labels = what.labels(&sought, document)?;
        let places = what.places(&sought, &content);
        let changes = what.changes(tx.project(), document.id, &content, &places)?;
        tx.record_all(changes);
        relabel(tx, document.id, &labels, || Some(Arc::clone(&content)))?;
    }
    if tx.changes().is_empty() {
        return Err(what.nowhere().into());
    }
    Ok(())
}

/// Says what a replacement would do.
///
/// # Errors
/// As [`replace_words`], or when it is cancelled.
pub fn replacement_preview(
    project: &Project,
    texts: &Texts,
    what: &WordReplacement,
    control: &JobControl,
) -> Result<ReplacementPreview, AppError> {
    let sought = what.sought()?;
    let documents = what.documents(project);
    let total = documents.len() as u64;
    let mut preview = ReplacementPreview::default();
    for (done, document) in (0..).zip(documents) {
        control
            .progress(done, total)
            .map_err(|_cancelled| AppError::Cancelled)?;
        let content = texts.content_once(document)?;
        let labels = what.labels(&sought, document)?;
        let places = what.places(&sought, &content);
        let changes = what.changes(project, document.id, &content, &places)?;
        preview.codings.count(&changes);
        preview.documents += usize::from(!(labels.is_empty() && places.is_empty()));
        for (index, to) in &labels {
            preview.labels.push(LabelChange {
                document: document.id,
                from: document.speakers[usize::from(*index)].label.clone(),
                to: to.clone(),
                merges: namesake(document, &labels, *index, to).is_some(),
            });
        }
        preview.places.extend(places.into_iter().map(|place| {
            let hit = Hit {
                document: document.id,
                turn: content.turn_at(place.range.start()).map(|(turn, _)| turn),
                range: place.range,
            };
            ReplacedPlace {
                document: document.id,
                range: place.range,
                in_label: place.in_label,
                context: context(&content, &hit, CONTEXT),
            }
        }));
    }
    if preview.documents == 0 {
        return Err(what.nowhere().into());
    }
    Ok(preview)
}
