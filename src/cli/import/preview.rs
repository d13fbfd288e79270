//! What `tain import --dry-run` lists: the files with what would become of them, as a table and as JSON.

use serde_json::{Value, json};

use super::{ALREADY_PRESENT, NAME_IS_TAKEN};
use crate::{
    app::import::{
        ReadFailure,
        labels::{LabelSummary, LabelWarning},
        plan::{Disposition, PlannedDocument, PlannedSpeaker},
        speaker_mapping::Person,
    },
    cli::output::new_table,
    import::{DoubtfulLabel, ImportedDocument, Tier},
    message::{Message, explain::Explain as _, language::UiLanguage, text::Text},
    model::{Project, document::SpeakerRole},
    table::data::{CellValue, DataTable},
};

/// What would be imported.
pub(super) struct Preview<'a> {
    pub(super) project: &'a Project,
    pub(super) documents: &'a [ImportedDocument],
    pub(super) plan: &'a [PlannedDocument],
    pub(super) labels: &'a [LabelSummary],
    pub(super) failures: &'a [ReadFailure],
}

/// A person that a speaker would be.
struct PreviewedPerson<'a> {
    name: &'a str,
    /// Whether its case would be added.
    is_new: bool,
}

impl Preview<'_> {
    /// The number of documents that would be imported.
    pub(super) fn coming(&self) -> usize {
        self.plan
            .iter()
            .filter(|planned| matches!(planned.disposition, Disposition::Added(_)))
            .count()
    }

    /// The person that a speaker would be; `None` if it would be nobody.
    fn person<'a>(&'a self, speaker: &'a PlannedSpeaker) -> Option<PreviewedPerson<'a>> {
        match speaker.person.as_ref()? {
            Person::Known(id) => Some(PreviewedPerson {
                name: &self.project.cases.get(id)?.name,
                is_new: false,
            }),
            Person::New { name, .. } => Some(PreviewedPerson { name, is_new: true }),
        }
    }

    /// A row for each file, and one for each that can't be read.
    pub(super) fn table(&self, language: UiLanguage) -> DataTable {
        let heads = [
            "file", "read_as", "turns", "speakers", "case", "phase", "persons", "notes",
        ];
        let mut table = new_table(&heads, language);
        for (document, planned) in self.documents.iter().zip(self.plan) {
            let mut speakers = Vec::new();
            let mut persons = Vec::new();
            for speaker in &planned.speakers {
                let asks = match speaker.role {
                    SpeakerRole::Interviewer => language.say(Text::new(" (asks)", "（提问）")),
                    SpeakerRole::Participant => "",
                };
                speakers.push(format!("{} {}{asks}", speaker.label, speaker.turns));
                if let Some(PreviewedPerson { name, is_new }) = self.person(speaker) {
                    let new = if is_new {
                        language.say(Text::new(" (new)", "（新）"))
                    } else {
                        ""
                    };
                    persons.push(format!("{} = {name}{new}", speaker.label));
                }
            }
            let notes: Vec<String> = disposition_note(document, &planned.disposition)
                .map(|note| note.say(language))
                .into_iter()
                .chain(notes_of(document, language))
                .collect();
            table.rows.push(vec![
                document.file.as_str().into(),
                document.read_as.as_str().into(),
                planned.turns.into(),
                speakers.join("; ").into(),
                planned.case.as_deref().into(),
                planned.phase.as_deref().into(),
                persons.join("; ").into(),
                notes.join("; ").into(),
            ]);
        }
        for failure in self.failures {
            let mut row = vec![CellValue::Empty; heads.len()];
            row[0] = failure.file().into();
            row[heads.len() - 1] = failure.say(language).into();
            table.rows.push(row);
        }
        table
    }

    /// The shape that scripts rely on.
    pub(super) fn json(&self) -> Value {
        let files = self.documents.iter().zip(self.plan);
        let files: Vec<Value> = files
            .map(|(document, planned)| self.file_json(document, planned))
            .collect();
        json!({
            "documents": self.coming(),
            "files": files,
            "labels": self.labels.iter().map(label_json).collect::<Vec<_>>(),
            "failures": self.failures.iter().map(|failure| json!({ "file": failure.file(), "error": failure.to_string() })).collect::<Vec<_>>(),
        })
    }

    fn file_json(&self, document: &ImportedDocument, planned: &PlannedDocument) -> Value {
        let (fate, title) = match &planned.disposition {
            Disposition::Added(title) => ("comes", title),
            Disposition::AlreadyPresent(title) => ("known", title),
            Disposition::NameTaken(title) => ("name_taken", title),
        };
        let speakers = planned.speakers.iter();
        let speakers: Vec<Value> = speakers.map(|speaker| self.speaker_json(speaker)).collect();
        let notes: Vec<String> = notes_of(document, UiLanguage::English).collect();
        json!({
            "file": document.file, "fate": fate, "title": title, "read_as": document.read_as, "turns": planned.turns,
            "words": document.words, "characters": document.text.len_chars(), "case": planned.case, "phase": planned.phase,
            "speakers": speakers, "notes": notes,
            "doubtful": document.doubts.iter().map(doubt_json).collect::<Vec<_>>(),
            "tiers": document.tiers.iter().map(tier_json).collect::<Vec<_>>(),
        })
    }

    fn speaker_json(&self, speaker: &PlannedSpeaker) -> Value {
        let person = self.person(speaker);
        json!({
            "label": speaker.label, "turns": speaker.turns, "role": role_name(speaker.role),
            "person": person.as_ref().map(|person| person.name),
            "new": person.is_some_and(|person| person.is_new),
        })
    }
}

/// A label that may be a speaker's and wasn't believed.
pub(in crate::cli) fn doubt_json(doubt: &DoubtfulLabel) -> Value {
    json!({ "label": doubt.label, "count": doubt.count, "example": doubt.example })
}

fn tier_json(tier: &Tier) -> Value {
    json!({ "name": tier.name, "annotations": tier.annotations, "example": tier.example, "taken": tier.taken })
}

fn label_json(label: &LabelSummary) -> Value {
    let (odd, like) = match &label.warning {
        None => (None, None),
        Some(LabelWarning::Once) => (Some("once"), None),
        Some(LabelWarning::OneDocument) => (Some("one_document"), None),
        Some(LabelWarning::Like(other)) => (Some("like"), Some(other)),
        Some(LabelWarning::Doubtful) => (Some("doubtful"), None),
    };
    json!({
        "label": label.label, "documents": label.documents, "turns": label.turns, "role": role_name(label.role),
        "odd": odd, "like": like, "example": label.example,
    })
}

/// What was left out or guessed.
fn notes_of(document: &ImportedDocument, language: UiLanguage) -> impl Iterator<Item = String> {
    document
        .notes
        .iter()
        .map(move |note| note.message().say(language))
}

fn role_name(role: SpeakerRole) -> &'static str {
    match role {
        SpeakerRole::Interviewer => "interviewer",
        SpeakerRole::Participant => "participant",
    }
}

fn disposition_note(document: &ImportedDocument, disposition: &Disposition) -> Option<Message> {
    const COMES_AS: Text = Text::new("imported as “{title}”", "导入为“{title}”");
    match disposition {
        Disposition::Added(title) if *title == document.title => None,
        Disposition::Added(title) => Some(COMES_AS.with("title", title)),
        Disposition::AlreadyPresent(title) => Some(ALREADY_PRESENT.with("title", title)),
        Disposition::NameTaken(title) => Some(NAME_IS_TAKEN.with("title", title)),
    }
}
