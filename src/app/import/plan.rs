//! What becomes of documents that were read: title, case, phase, speakers and persons, said before it is done and done as it was said.

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;

use crate::app::{
    edit::document::{Placed, free_title},
    import::speaker_mapping::{
        LabelChoice, Mapping, People, Person, Who, turns_by_speaker, without_labels,
    },
    jobs::{Cancelled, JobControl},
};
use crate::{
    import::ImportedDocument,
    model::{Project, document::SpeakerRole, text::ContentHash},
};

/// Patterns that take a document's case and phase from its path, by the groups `case` and `phase`.
#[derive(Debug, Clone, Default)]
pub struct PathPatterns {
    /// Has a group `case`.
    pub case: Option<Regex>,
    /// Has a group `phase`.
    pub phase: Option<Regex>,
}

/// What is done with a document whose name another one has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum NameTaken {
    /// It gets its folder or a number with it.
    #[default]
    Retitle,
    /// It is left out.
    LeaveOut,
}

/// What is wanted for documents that were read.
#[derive(Debug, Clone, Default)]
pub struct Placing {
    /// Where their cases and phases stand.
    pub patterns: PathPatterns,
    /// Which persons their speakers are.
    pub mapping: Mapping,
    /// What was chosen label by label.
    pub labels: BTreeMap<String, LabelChoice>,
    /// What is done with names that are taken.
    pub taken: NameTaken,
}

/// What becomes of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It comes in under this title.
    Comes(String),
    /// It is left out: its text is in under this title.
    Known(String),
    /// It is left out: another document has its title.
    NameTaken(String),
}

/// A document as it would come in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// Whether it comes in.
    pub fate: Fate,
    /// Name of its case.
    pub case: Option<String>,
    /// Name of its phase.
    pub phase: Option<String>,
    /// Its speakers, those taken for none left out.
    pub speakers: Vec<PlannedSpeaker>,
    /// How many turns it has then.
    pub turns: usize,
}

/// A speaker as it would come in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedSpeaker {
    /// The label.
    pub label: String,
    /// How many turns.
    pub turns: usize,
    /// Asks or answers.
    pub role: SpeakerRole,
    /// The person.
    pub person: Option<Person>,
}

impl Placing {
    /// The name that a pattern's group finds in a path.
    fn find(pattern: Option<&Regex>, group: &str, file: &str) -> Option<String> {
        let captures = pattern?.captures(file)?;
        Some(captures.name(group)?.as_str().trim().to_owned()).filter(|name| !name.is_empty())
    }

    /// The case and phase that the patterns find in a path.
    pub fn places(&self, file: &str) -> (Option<String>, Option<String>) {
        (
            Self::find(self.patterns.case.as_ref(), "case", file),
            Self::find(self.patterns.phase.as_ref(), "phase", file),
        )
    }

    /// Whether a label is to be no speaker.
    pub fn ignores(&self, label: &str) -> bool {
        self.labels.get(label).is_some_and(|choice| choice.ignored)
    }

    /// Whether a label asks or answers.
    pub fn role(&self, label: &str, found: SpeakerRole) -> SpeakerRole {
        self.labels
            .get(label)
            .and_then(|choice| choice.role)
            .unwrap_or(found)
    }

    /// The person that a label is in a document of a case.
    pub fn person(
        &self,
        people: &People,
        (label, role): (&str, SpeakerRole),
        case: Option<&str>,
    ) -> Option<Person> {
        match self
            .labels
            .get(label)
            .map_or(&Who::ByRule, |choice| &choice.who)
        {
            Who::ByRule if role == SpeakerRole::Interviewer => None,
            Who::ByRule => people.person(&self.mapping, label, case),
            Who::Nobody => None,
            Who::Case(id) => Some(Person::Known(*id)),
            Who::Named(name) => Some(people.named(name, case.filter(|case| case != name))),
        }
    }

    /// A document without the labels that are no speakers, with roles, persons, case and phase.
    pub fn place(&self, people: &People, mut document: ImportedDocument) -> Placed {
        let (case, phase) = self.places(&document.file);
        without_labels(&mut document, |label| self.ignores(label));
        let mut persons = Vec::with_capacity(document.speakers.len());
        for speaker in &mut document.speakers {
            speaker.role = self.role(&speaker.label, speaker.role);
            persons.push(self.person(people, (&speaker.label, speaker.role), case.as_deref()));
        }
        Placed {
            document,
            case,
            phase,
            persons,
        }
    }

    fn planned(&self, people: &People, document: &ImportedDocument, fate: Fate) -> Planned {
        let (case, phase) = self.places(&document.file);
        let counts = turns_by_speaker(document);
        let mut speakers = Vec::with_capacity(counts.len());
        let mut turns = document.turns.len();
        for (speaker, count) in document.speakers.iter().zip(counts) {
            if self.ignores(&speaker.label) {
                turns -= count;
                continue;
            }
            let role = self.role(&speaker.label, speaker.role);
            let person = self.person(people, (&speaker.label, role), case.as_deref());
            speakers.push(PlannedSpeaker {
                label: speaker.label.clone(),
                turns: count,
                role,
                person,
            });
        }
        // What stands before the first turn that stays is a turn of its own.
        let first = document
            .turns
            .first()
            .and_then(|turn| document.speakers.get(usize::from(turn.speaker?)));
        turns += usize::from(first.is_some_and(|speaker| self.ignores(&speaker.label)));
        Planned {
            fate,
            case,
            phase,
            speakers,
            turns,
        }
    }

    /// What would become of documents; `texts` are the hashes of their texts.
    ///
    /// # Errors
    /// [`Cancelled`] when nobody wants to know any more.
    pub fn plan(
        &self,
        project: &Project,
        (documents, texts): (&[ImportedDocument], &[ContentHash]),
        control: &JobControl,
    ) -> Result<Vec<Planned>, Cancelled> {
        let people = People::of(project);
        let mut titles: BTreeSet<String> = project
            .documents
            .values()
            .map(|document| document.title.clone())
            .collect();
        let mut known: BTreeMap<ContentHash, String> = project
            .documents
            .values()
            .map(|document| (document.source.text, document.title.clone()))
            .collect();
        let mut plan = Vec::with_capacity(documents.len());
        for (document, text) in documents.iter().zip(texts) {
            if control.is_cancelled() {
                return Err(Cancelled);
            }
            let fate = match known.get(text) {
                Some(title) => Fate::Known(title.clone()),
                None if self.taken == NameTaken::LeaveOut && titles.contains(&document.title) => {
                    Fate::NameTaken(document.title.clone())
                }
                None => Fate::Comes(free_title(&titles, document)),
            };
            if let Fate::Comes(title) = &fate {
                titles.insert(title.clone());
                known.insert(*text, title.clone());
            }
            plan.push(self.planned(&people, document, fate));
        }
        Ok(plan)
    }
}
