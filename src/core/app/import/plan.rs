//! The plan of an import: what becomes of each document that was read, shown before it is done and then done as shown.

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;

use crate::app::{
    edit::document_import::{Placed, free_title},
    import::{
        labels::turns_by_speaker,
        speaker_mapping::{
            LabelChoice, People, Person, PersonChoice, SpeakerMapping, without_labels,
        },
    },
    jobs::{Cancelled, JobControl},
};
use crate::{
    import::ImportedDocument,
    model::{Project, document::SpeakerRole, text::ContentHash},
};

/// Patterns that find the case and phase of a document in its path.
#[derive(Debug, Clone, Default)]
pub struct PathPatterns {
    /// A pattern with a group `case`.
    pub case: Option<Regex>,
    /// A pattern with a group `phase`.
    pub phase: Option<Regex>,
}

impl PathPatterns {
    fn case(&self, file: &str) -> Option<String> {
        find_group(self.case.as_ref()?, "case", file)
    }

    fn phase(&self, file: &str) -> Option<String> {
        find_group(self.phase.as_ref()?, "phase", file)
    }
}

fn find_group(pattern: &Regex, group: &str, file: &str) -> Option<String> {
    let captures = pattern.captures(file)?;
    let name = captures.name(group)?.as_str().trim();
    (!name.is_empty()).then(|| name.to_owned())
}

/// What happens to a document whose title another document has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum NameTaken {
    /// Its folder or a number is added to its title.
    #[default]
    Retitle,
    /// It is left out.
    LeaveOut,
}

/// What the user chose for the documents of an import.
#[derive(Debug, Clone, Default)]
pub struct PlanOptions {
    /// How cases and phases are found.
    pub patterns: PathPatterns,
    /// How speakers become persons.
    pub mapping: SpeakerMapping,
    /// The choices for single labels.
    pub labels: BTreeMap<String, LabelChoice>,
    /// What happens to documents whose title is taken.
    pub taken: NameTaken,
}

/// What becomes of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Disposition {
    /// It is added under this title.
    Added(String),
    /// It is left out because its text is in the project, under this title.
    AlreadyPresent(String),
    /// It is left out because another document has this title.
    NameTaken(String),
}

/// A document as it would be imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedDocument {
    /// Whether it is added.
    pub disposition: Disposition,
    /// The name of its case.
    pub case: Option<String>,
    /// The name of its phase.
    pub phase: Option<String>,
    /// Its speakers, without labels that are ignored.
    pub speakers: Vec<PlannedSpeaker>,
    /// The number of its turns.
    pub turns: usize,
}

/// A speaker as it would be imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedSpeaker {
    /// The label.
    pub label: String,
    /// The number of turns.
    pub turns: usize,
    /// Whether the speaker asks or answers.
    pub role: SpeakerRole,
    /// The person.
    pub person: Option<Person>,
}

impl PlanOptions {
    /// Returns true if a label is to be no speaker.
    pub fn ignores(&self, label: &str) -> bool {
        self.labels.get(label).is_some_and(|choice| choice.ignored)
    }

    /// The role of a label: the chosen one, or that which the import found.
    pub fn role(&self, label: &str, found: SpeakerRole) -> SpeakerRole {
        self.labels
            .get(label)
            .and_then(|choice| choice.role)
            .unwrap_or(found)
    }

    /// The person of a label in a document of a case.
    fn person(
        &self,
        people: &People,
        label: &str,
        role: SpeakerRole,
        case: Option<&str>,
    ) -> Option<Person> {
        let by_rule = PersonChoice::ByRule;
        let choice = self.labels.get(label);
        match choice.map_or(&by_rule, |choice| &choice.person) {
            // Interviewers are no cases of the study.
            PersonChoice::ByRule if role == SpeakerRole::Interviewer => None,
            PersonChoice::ByRule => people.person(&self.mapping, label, case),
            PersonChoice::Nobody => None,
            PersonChoice::Case(id) => Some(Person::Known(*id)),
            PersonChoice::Named(name) => Some(people.named(name, case.filter(|case| case != name))),
        }
    }

    /// Applies the options to a document.
    pub fn place(&self, people: &People, mut document: ImportedDocument) -> Placed {
        let case = self.patterns.case(&document.file);
        let phase = self.patterns.phase(&document.file);
        without_labels(&mut document, |label| self.ignores(label));
        let mut persons = Vec::with_capacity(document.speakers.len());
        for speaker in &mut document.speakers {
            speaker.role = self.role(&speaker.label, speaker.role);
            persons.push(self.person(people, &speaker.label, speaker.role, case.as_deref()));
        }
        Placed {
            document,
            case,
            phase,
            persons,
        }
    }

    fn planned(
        &self,
        people: &People,
        document: &ImportedDocument,
        disposition: Disposition,
    ) -> PlannedDocument {
        let case = self.patterns.case(&document.file);
        let counts = turns_by_speaker(document);
        let mut speakers = Vec::with_capacity(counts.len());
        let mut turns = document.turns.len();
        for (speaker, count) in document.speakers.iter().zip(counts) {
            if self.ignores(&speaker.label) {
                turns -= count;
                continue;
            }
            let role = self.role(&speaker.label, speaker.role);
            speakers.push(PlannedSpeaker {
                label: speaker.label.clone(),
                turns: count,
                role,
                person: self.person(people, &speaker.label, role, case.as_deref()),
            });
        }
        // The text of an ignored label joins the turn before; at the start of a document it is a turn without speaker.
        let first = document
            .turns
            .first()
            .and_then(|turn| document.speakers.get(usize::from(turn.speaker?)));
        turns += usize::from(first.is_some_and(|speaker| self.ignores(&speaker.label)));
        PlannedDocument {
            disposition,
            case,
            phase: self.patterns.phase(&document.file),
            speakers,
            turns,
        }
    }

    /// Plans what would become of documents; `texts` are the hashes of their texts.
    ///
    /// # Errors
    /// [`Cancelled`] if the user cancels.
    pub fn plan(
        &self,
        project: &Project,
        documents: &[ImportedDocument],
        texts: &[ContentHash],
        control: &JobControl,
    ) -> Result<Vec<PlannedDocument>, Cancelled> {
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
            let title = &document.title;
            let disposition = match known.get(text) {
                Some(title) => Disposition::AlreadyPresent(title.clone()),
                None if self.taken == NameTaken::LeaveOut && titles.contains(title) => {
                    Disposition::NameTaken(title.clone())
                }
                None => Disposition::Added(free_title(&titles, document)),
            };
            // Later files of the same import can repeat this one.
            if let Disposition::Added(title) = &disposition {
                titles.insert(title.clone());
                known.insert(*text, title.clone());
            }
            plan.push(self.planned(&people, document, disposition));
        }
        Ok(plan)
    }
}
