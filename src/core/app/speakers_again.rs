//! Reading the speakers of documents again: with another layout, a pattern, or what is known of labels by now.
//!
//! The file is read again, as it is in the project. Where its text is no longer the document's, because it was
//! corrected or the reader has become better, the labels are looked for in the text itself. Nothing is changed here:
//! what comes out is shown first, and then put in place by one action.

use std::collections::BTreeSet;

use super::{
    edit::new_turns::{NewTurns, corrections_of},
    import::{
        labels_of,
        speaker_mapping::{People, Person, SpeakerMapping},
    },
    jobs::{Cancelled, JobControl},
    texts::Texts,
};
use crate::{
    import::{
        self, DocumentOptions, DoubtfulLabel, ImportedDocument, SourceFile, Tier, TierChoice,
        TranscriptFormat,
    },
    message::{
        explain::{Explain, Explanation},
        text::Text,
    },
    model::{
        Project,
        case::CaseKind,
        document::{Content, Document, Speaker, SpeakerIndex, SpeakerRole, Turn},
        ids::{CaseId, DocumentId},
        text::{ContentHash, DocumentText, TextRange, chars_of},
    },
    store::StoreError,
};

/// What reading the speakers of one document again comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct SpeakersAgain {
    /// The turns to be put in place; `None` if they are the present ones.
    pub turns: Option<NewTurns>,
    /// The document.
    pub document: DocumentId,
    /// Who speaks now.
    pub before: Vec<SpeakerShare>,
    /// Who would speak.
    pub after: Vec<SpeakerShare>,
    /// Passages whose speaker would be another, in order.
    pub passages: Vec<ChangedPassage>,
    /// Codings that touch one of these passages.
    pub codings: usize,
    /// Labels that weren't believed.
    pub doubts: Vec<DoubtfulLabel>,
}

/// What a speaker has of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpeakerShare {
    /// The label; `None` for what nobody says.
    pub label: Option<String>,
    /// Whether the speaker asks or answers.
    pub role: SpeakerRole,
    /// Turns.
    pub turns: usize,
    /// Characters that are said.
    pub chars: u64,
}

/// A passage whose speaker would be another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedPassage {
    /// The passage, in the current text.
    pub range: TextRange,
    /// The label of who says it now.
    pub from: Option<String>,
    /// The label of who would say it.
    pub to: Option<String>,
}

/// Why speakers couldn't be read again.
#[derive(Debug, thiserror::Error)]
pub enum SpeakersAgainError {
    /// It was cancelled.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
    /// A text can't be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Explain for SpeakersAgainError {
    fn explain(&self) -> Explanation {
        match self {
            Self::Cancelled(_) => {
                Explanation::refused(Text::new("reading was cancelled", "识别已取消"))
            }
            Self::Store(error) => error.explain(),
        }
    }
}

/// Reads the speakers of documents again, and finds out what would change.
///
/// # Errors
/// When it is cancelled, or a document's text can't be read.
pub fn read_again(
    project: &Project,
    texts: &Texts,
    documents: &[DocumentId],
    options: &DocumentOptions,
    control: &JobControl,
) -> Result<Vec<SpeakersAgain>, SpeakersAgainError> {
    let people = People::of(project);
    let mut options = options.clone();
    options.believed.usual = labels_of(project);
    let mut all = Vec::with_capacity(documents.len());
    for (done, id) in documents.iter().enumerate() {
        control.progress(done as u64, documents.len() as u64)?;
        if let Some(document) = project.documents.get(id) {
            let content = texts.content_once(document)?;
            all.push(read_one(
                project, &people, texts, document, &content, &options,
            )?);
        }
    }
    Ok(all)
}

fn read_one(
    project: &Project,
    people: &People,
    texts: &Texts,
    document: &Document,
    content: &Content,
    options: &DocumentOptions,
) -> Result<SpeakersAgain, StoreError> {
    let Found {
        turns,
        speakers,
        doubts,
        is_of_file,
    } = find(texts, document, content, options)?;
    let mut new = NewTurns {
        document: document.id,
        turns,
        speakers,
        known: if is_of_file {
            Vec::new()
        } else {
            corrections_of(document)
        },
        from: document.turn_state(),
    };
    for speaker in &mut new.speakers {
        keep_what_is_known(project, people, document, speaker);
    }
    let placed = document.placed_turns(new.turns.clone(), &new.known);
    let passages = changes(document, content, &new.speakers, &placed);
    let after = shares(&placed, &new.speakers);
    let before = shares(&content.turns, &document.speakers);
    let is_same = placed == content.turns && same_labels(&new.speakers, &document.speakers);
    let codings = document.codings.iter();
    let codings = codings
        .filter(|coding| {
            passages
                .iter()
                .any(|passage| passage.range.overlaps(coding.range))
        })
        .count();
    Ok(SpeakersAgain {
        turns: (!is_same).then_some(new),
        document: document.id,
        before,
        after,
        passages,
        codings,
        doubts,
    })
}

/// Turns as they were found.
struct Found {
    turns: Vec<Turn>,
    speakers: Vec<Speaker>,
    doubts: Vec<DoubtfulLabel>,
    /// Whether the positions are those of the imported text, not of the current one.
    is_of_file: bool,
}

fn find(
    texts: &Texts,
    document: &Document,
    content: &Content,
    options: &DocumentOptions,
) -> Result<Found, StoreError> {
    let source = &document.source;
    let file = SourceFile {
        path: source.file.clone(),
        bytes: texts.bytes(source.original)?,
    };
    let of_format = names_speakers(&source.file);
    // In a text, a label may have been corrected; in the other formats who speaks isn't said by the text.
    let readings = if document.history.is_untouched() || of_format {
        readings(file, options, &texts.imported_text(document)?)
    } else {
        Vec::new()
    };
    let of_file = |turns: Vec<Turn>, in_file: ImportedDocument| Found {
        turns,
        speakers: in_file.speakers,
        doubts: in_file.doubts,
        is_of_file: true,
    };
    for mut in_file in readings {
        if source.text == ContentHash::of(in_file.text.as_str().as_bytes()) {
            let turns = std::mem::take(&mut in_file.turns);
            return Ok(of_file(turns, in_file));
        }
        // It may have been imported without speakers, whose labels the text then doesn't have.
        let text = texts.imported_text(document)?;
        let turns = Some(&in_file).filter(|_| of_format);
        if let Some(turns) = turns.and_then(|in_file| aligned(in_file, &text)) {
            return Ok(of_file(turns, in_file));
        }
    }
    let (turns, speakers, doubts) = import::speakers_of_text(content.text.as_str(), options);
    Ok(Found {
        turns,
        speakers,
        doubts,
        is_of_file: false,
    })
}

/// The file as it is read now: where it has tiers, first with those that its text has, which may have been chosen.
fn readings(
    file: SourceFile,
    options: &DocumentOptions,
    text: &DocumentText,
) -> Vec<ImportedDocument> {
    let Ok(guessed) = import::read_document(file.clone(), options) else {
        return Vec::new();
    };
    let is_in_text = |tier: &Tier| text.as_str().contains(&tier.example);
    let tiers = guessed.tiers.iter();
    let named = tiers.map(|tier| (tier.name.clone(), is_in_text(tier)));
    let chosen = DocumentOptions {
        tiers: TierChoice {
            named: named.collect(),
            only: false,
        },
        ..options.clone()
    };
    let differs = guessed
        .tiers
        .iter()
        .any(|tier| tier.taken != is_in_text(tier));
    let chosen = differs.then(|| import::read_document(file, &chosen).ok());
    chosen.flatten().into_iter().chain([guessed]).collect()
}

/// The turns of a file at the places where a text has their words; `None` if it hasn't all of them in order.
fn aligned(in_file: &ImportedDocument, text: &DocumentText) -> Option<Vec<Turn>> {
    let mut rest = text.as_str();
    let mut at = 0u32;
    let mut turns = Vec::with_capacity(in_file.turns.len());
    for turn in &in_file.turns {
        let words = in_file.text.slice(turn.said())?.trim();
        let (before, after) = rest.split_once(words)?;
        let start = at + chars_of(before);
        at = start + chars_of(words);
        rest = after;
        turns.push(Turn {
            range: TextRange::between(start, at),
            body: start,
            ..turn.clone()
        });
    }
    Some(turns)
}

/// Returns true for files whose format says itself who speaks, by something else than words of the text.
fn names_speakers(file: &str) -> bool {
    import::text::format_of(file).is_ok_and(TranscriptFormat::names_speakers)
}

/// A speaker of a label that the document had keeps role and person. Another one is the person that the label is in
/// the document's family; nobody is added for it.
fn keep_what_is_known(
    project: &Project,
    people: &People,
    document: &Document,
    speaker: &mut Speaker,
) {
    let mut own = document.speakers.iter();
    if let Some(known) = own.find(|known| known.label == speaker.label) {
        speaker.role = known.role;
        speaker.case = known.case;
    } else if speaker.role == SpeakerRole::Participant {
        speaker.case = person_of(project, people, document, &speaker.label);
    }
}

fn person_of(
    project: &Project,
    people: &People,
    document: &Document,
    label: &str,
) -> Option<CaseId> {
    let mut families = document.cases.iter().filter_map(|id| project.cases.get(id));
    let only = families.next().filter(|_| families.next().is_none());
    let person = match only {
        Some(family) if family.kind == CaseKind::person() => return None,
        Some(family) => people.person(&SpeakerMapping::ByFamily, label, Some(&family.name)),
        None => people.person(&SpeakerMapping::ByName, label, None),
    };
    match person {
        Some(Person::Known(case)) => {
            // A label such as “F01” may be a family's name; a speaker is a person.
            let own = project.cases.get(&case);
            own.filter(|own| own.kind == CaseKind::person())
                .map(|own| own.id)
        }
        Some(Person::New { .. }) | None => None,
    }
}

fn same_labels(one: &[Speaker], other: &[Speaker]) -> bool {
    one.len() == other.len()
        && one
            .iter()
            .zip(other)
            .all(|(a, b)| a.label == b.label && a.role == b.role)
}

fn shares(turns: &[Turn], speakers: &[Speaker]) -> Vec<SpeakerShare> {
    let nobody = SpeakerShare {
        label: None,
        role: SpeakerRole::default(),
        turns: 0,
        chars: 0,
    };
    let mut shares: Vec<_> = speakers
        .iter()
        .map(|speaker| SpeakerShare {
            label: Some(speaker.label.clone()),
            role: speaker.role,
            ..nobody.clone()
        })
        .chain([nobody.clone()])
        .collect();
    for turn in turns {
        let index = turn.speaker.map_or(speakers.len(), usize::from);
        if let Some(share) = shares.get_mut(index) {
            share.turns += 1;
            share.chars += u64::from(turn.said().len_chars());
        }
    }
    shares.retain(|share| share.turns > 0);
    shares
}

/// The passages that are said now and then, and whose speaker is another then; neighbours with the same change are one.
fn changes(
    document: &Document,
    content: &Content,
    speakers: &[Speaker],
    turns: &[Turn],
) -> Vec<ChangedPassage> {
    let edges: BTreeSet<u32> = [content.turns.as_slice(), turns]
        .into_iter()
        .flatten()
        .flat_map(|turn| [turn.body, turn.range.end()])
        .collect();
    let edges: Vec<u32> = edges.into_iter().collect();
    let mut changed: Vec<ChangedPassage> = Vec::new();
    let mut before = Walk::new(&content.turns);
    let mut after = Walk::new(turns);
    for pair in edges.windows(2) {
        let &[start, end] = pair else { continue };
        // A label is nobody's word, before and after.
        let (Some(from), Some(to)) = (before.said_by(start), after.said_by(start)) else {
            continue;
        };
        let from = from.and_then(|index| label(&document.speakers, index));
        let to = to.and_then(|index| label(speakers, index));
        if from == to {
            continue;
        }
        match changed.last_mut() {
            Some(last) if last.range.end() == start && last.from == from && last.to == to => {
                last.range = TextRange::between(last.range.start(), end);
            }
            _ => changed.push(ChangedPassage {
                range: TextRange::between(start, end),
                from,
                to,
            }),
        }
    }
    changed
}

fn label(speakers: &[Speaker], index: SpeakerIndex) -> Option<String> {
    let speaker = speakers.get(usize::from(index));
    speaker.map(|speaker| speaker.label.clone())
}

/// Goes through turns with positions that only grow.
struct Walk<'a> {
    turns: &'a [Turn],
    at: usize,
}

impl<'a> Walk<'a> {
    const fn new(turns: &'a [Turn]) -> Self {
        Self { turns, at: 0 }
    }

    /// Who says the character at a position, or nobody; `None` if it isn't said, as in a label.
    #[expect(
        clippy::option_option,
        reason = "the outer says whether it is said, the inner whether somebody says it"
    )]
    fn said_by(&mut self, position: u32) -> Option<Option<SpeakerIndex>> {
        let is_before = |turn: &Turn| turn.range.end() <= position;
        while self.turns.get(self.at).is_some_and(is_before) {
            self.at += 1;
        }
        let turn = self.turns.get(self.at)?;
        let said = turn.said();
        (said.start() <= position && position < said.end()).then_some(turn.speaker)
    }
}
