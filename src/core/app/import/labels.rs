//! The speakers' labels of an import, and which of them may be misspelt or no speakers at all.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use crate::{
    import::ImportedDocument,
    language::{fold::fold, words::is_han},
    model::{document::SpeakerRole, natural_key},
};

/// A label over all documents of an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabelSummary {
    /// The label.
    pub label: String,
    /// The number of documents that have it.
    pub documents: usize,
    /// The number of its turns.
    pub turns: usize,
    /// The role that the import found.
    pub role: SpeakerRole,
    /// The beginning of a turn.
    pub example: String,
    /// Why it may be misspelt or no speaker.
    pub warning: Option<LabelWarning>,
}

/// Why a label deserves a look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LabelWarning {
    /// It has one turn in all documents.
    Once,
    /// It is in one document only, while most labels are in several.
    OneDocument,
    /// It differs little from this more frequent one.
    Like(String),
    /// It may be a speaker's and wasn't believed, so that the words behind it are nobody's.
    Doubtful,
}

/// The length of an example, in characters.
const EXAMPLE_CHARS: usize = 120;

/// The number of labels that are compared with each other, beginning with the most frequent.
///
/// Comparing takes time by the square of the number; a batch with more labels has other problems.
const COMPARED: usize = 1_500;

/// Summarizes the labels of an import, the most frequent first.
pub fn survey(documents: &[ImportedDocument]) -> Vec<LabelSummary> {
    let mut by_label: BTreeMap<&str, LabelSummary> = BTreeMap::new();
    for document in documents {
        let speakers = document.speakers.iter().zip(turns_by_speaker(document));
        for (index, (speaker, turns)) in speakers.enumerate() {
            let summary = by_label
                .entry(&speaker.label)
                .or_insert_with(|| LabelSummary {
                    label: speaker.label.clone(),
                    documents: 0,
                    turns: 0,
                    role: speaker.role,
                    example: example(document, index),
                    warning: None,
                });
            summary.documents += 1;
            summary.turns += turns;
        }
    }
    let mut labels: Vec<LabelSummary> = by_label.into_values().collect();
    labels.sort_by_cached_key(|label| (Reverse(label.turns), natural_key(&label.label)));
    let warnings = warnings(&labels, documents.len());
    for (label, warning) in labels.iter_mut().zip(warnings) {
        label.warning = warning;
    }
    labels.extend(doubtful(documents));
    labels
}

/// The labels that weren't believed, the most frequent first.
fn doubtful(documents: &[ImportedDocument]) -> Vec<LabelSummary> {
    let mut by_label: BTreeMap<&str, LabelSummary> = BTreeMap::new();
    for doubt in documents.iter().flat_map(|document| &document.doubts) {
        let summary = by_label
            .entry(&doubt.label)
            .or_insert_with(|| LabelSummary {
                label: doubt.label.clone(),
                documents: 0,
                turns: 0,
                role: SpeakerRole::Participant,
                example: doubt.example.clone(),
                warning: Some(LabelWarning::Doubtful),
            });
        summary.documents += 1;
        summary.turns += doubt.count;
    }
    let mut labels: Vec<LabelSummary> = by_label.into_values().collect();
    labels.sort_by_cached_key(|label| (Reverse(label.turns), natural_key(&label.label)));
    labels
}

/// The number of turns of each speaker of a document.
pub(super) fn turns_by_speaker(document: &ImportedDocument) -> Vec<usize> {
    let mut counts = vec![0; document.speakers.len()];
    for speaker in document.turns.iter().filter_map(|turn| turn.speaker) {
        if let Some(count) = counts.get_mut(usize::from(speaker)) {
            *count += 1;
        }
    }
    counts
}

/// The beginning of the first turn of a speaker that has any words.
fn example(document: &ImportedDocument, speaker: usize) -> String {
    let said = document
        .turns
        .iter()
        .filter(|turn| turn.speaker.is_some_and(|own| usize::from(own) == speaker))
        .filter_map(|turn| document.text.slice(turn.said()))
        .find(|said| !said.trim().is_empty())
        .unwrap_or_default();
    let words: Vec<&str> = said.split_whitespace().collect();
    words.join(" ").chars().take(EXAMPLE_CHARS).collect()
}

/// The warning for each label; `labels` are sorted by frequency.
fn warnings(labels: &[LabelSummary], documents: usize) -> Vec<Option<LabelWarning>> {
    let all_turns: usize = labels.iter().map(|label| label.turns).sum();
    let recurring_turns: usize = labels
        .iter()
        .filter(|label| label.documents > 1)
        .map(|label| label.turns)
        .sum();
    // Where labels are people's own names, most of them are in one document, which is nothing to warn of.
    let labels_are_roles = documents > 2 && recurring_turns * 2 >= all_turns;
    let folded: Vec<String> = labels.iter().map(|label| fold(&label.label)).collect();
    let mut warnings = Vec::with_capacity(labels.len());
    for (index, label) in labels.iter().enumerate() {
        let similar = if index <= COMPARED {
            folded[..index]
                .iter()
                .position(|other| is_like(&folded[index], other))
        } else {
            None
        };
        // Of two labels that are equally frequent, neither is the misspelt one.
        let similar = similar
            .map(|other| &labels[other])
            .filter(|other| other.turns > label.turns);
        warnings.push(match similar {
            Some(other) => Some(LabelWarning::Like(other.label.clone())),
            None if label.turns <= 1 => Some(LabelWarning::Once),
            None if labels_are_roles && label.documents == 1 => Some(LabelWarning::OneDocument),
            None => None,
        });
    }
    warnings
}

/// Returns true if two folded labels are likely the same, one of them misspelt.
///
/// They may differ in spaces and punctuation, in one letter of four or more, and in two of eight or more.
/// Numbers must be the same: `speaker 1` and `speaker 2` are two people.
fn is_like(a: &str, b: &str) -> bool {
    let a: Vec<char> = a.chars().filter(|c| c.is_alphanumeric()).collect();
    let b: Vec<char> = b.chars().filter(|c| c.is_alphanumeric()).collect();
    if a == b {
        return true;
    }
    let is_chinese = a.iter().chain(&b).all(|c| is_han(*c));
    let allowed = match a.len().min(b.len()) {
        0..=2 => 0,
        // Three Chinese characters say as much as a longer word, but `mum` and `mom` may be two people.
        3 if !is_chinese => 0,
        3..=7 => 1,
        _ => 2,
    };
    let digits_of_a = a.iter().filter(|c| c.is_numeric());
    let digits_of_b = b.iter().filter(|c| c.is_numeric());
    allowed > 0
        && a.len().abs_diff(b.len()) <= allowed
        && digits_of_a.eq(digits_of_b)
        && strsim::generic_damerau_levenshtein(&a, &b) <= allowed
}

/// The labels that a choice names and no document has.
pub fn unknown_labels<'a>(
    chosen: impl IntoIterator<Item = &'a String>,
    seen: &[LabelSummary],
) -> Vec<&'a str> {
    let known: BTreeSet<&str> = seen.iter().map(|label| label.label.as_str()).collect();
    chosen
        .into_iter()
        .map(String::as_str)
        .filter(|label| !known.contains(label))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::{DocumentOptions, SourceFile, read_document};

    fn transcript(text: &str) -> ImportedDocument {
        read_document(
            SourceFile {
                path: "F01 child.txt".to_owned(),
                bytes: text.as_bytes().to_vec(),
            },
            &DocumentOptions::default(),
        )
        .unwrap()
    }

    #[test]
    fn odd_labels_are_marked() {
        let turns = |who: [&str; 2]| {
            format!(
                "{0}: Hm\n\n{1}: Yes\n\n{0}: So\n\n{1}: No\n\n{0}: And\n\n{1}: Well\n",
                who[0], who[1]
            )
        };
        let mut documents: Vec<_> = (0..4)
            .map(|n| transcript(&(turns(["Interviewer", "Child"]) + &format!("{n}\n"))))
            .collect();
        documents.push(transcript(&turns(["Interveiwer", "Neighbour"])));
        let labels = survey(&documents);
        let odd = |name: &str| {
            labels
                .iter()
                .find(|label| label.label == name)
                .and_then(|label| label.warning.clone())
        };
        assert_eq!(
            (
                labels[0].documents,
                labels[0].turns,
                labels[0].example.as_str()
            ),
            (4, 12, "Yes")
        );
        assert_eq!(
            odd("Interveiwer"),
            Some(LabelWarning::Like("Interviewer".to_owned()))
        );
        assert_eq!(odd("Neighbour"), Some(LabelWarning::OneDocument));
        assert_eq!((odd("Child"), odd("Interviewer")), (None, None));
        assert!(
            is_like("访谈者", "访淡者")
                && is_like("speaker1", "speaker 1")
                && is_like("grandmother", "grandmotter")
        );
        assert!(
            !is_like("speaker 1", "speaker 2")
                && !is_like("小明", "小红")
                && !is_like("mum", "mom")
                && !is_like("", "a")
        );
    }
}
