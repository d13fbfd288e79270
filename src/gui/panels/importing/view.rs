//! A batch prepared for the page: rows of files, labels with the persons they become, and the turns of a sample.
//!
//! Prepared by a job, so that a frame only paints rows however many files there are.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    app::{
        import::ReadFailure,
        import::labels::LabelSummary,
        import::plan::{Disposition, PlanOptions, PlannedDocument},
        import::speaker_mapping::Person,
    },
    import::{ImportedDocument, Note},
    model::{Project, document::SpeakerRole, text::ContentHash},
};

use super::choices::ReadKey;

/// Files that were read.
#[derive(Debug)]
pub(super) struct ReadFiles {
    /// The choices they were read by.
    pub(super) key: ReadKey,
    pub(super) documents: Vec<ImportedDocument>,
    pub(super) texts: Vec<ContentHash>,
    /// Files that can't be read, and paths that aren't there.
    pub(super) failures: Vec<ReadFailure>,
    pub(super) labels: Vec<LabelSummary>,
}

/// A row of the table of files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FileRow {
    /// Its title, or the file's name.
    pub(super) title: String,
    /// Its path.
    pub(super) file: String,
    pub(super) read_as: String,
    pub(super) turns: usize,
    pub(super) speakers: usize,
    pub(super) words: usize,
    pub(super) case: String,
    pub(super) phase: String,
    pub(super) state: State,
    /// What the reader has dropped or guessed.
    pub(super) notes: Vec<Note>,
}

/// What becomes of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum State {
    /// It is imported, as the document with this index.
    Comes(usize),
    /// The project contains it already, under this title.
    Known(usize, String),
    /// Another document has its title.
    NameTaken(usize, String),
    /// It can't be read, for the failure with this index.
    Failed(usize),
}

impl State {
    /// The document of a file that could be read.
    pub(super) fn document(&self) -> Option<usize> {
        match self {
            Self::Comes(at) | Self::Known(at, _) | Self::NameTaken(at, _) => Some(*at),
            Self::Failed(_) => None,
        }
    }
}

/// The figures of a batch.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Sums {
    pub(super) files: usize,
    pub(super) coming: usize,
    pub(super) left_out: usize,
    pub(super) failed: usize,
    pub(super) new_cases: usize,
    pub(super) new_phases: usize,
    pub(super) new_persons: usize,
}

/// The persons that a label becomes in all documents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct PersonsOf {
    /// The only one: its name, and whether it is new.
    pub(super) one: Option<(String, bool)>,
    pub(super) all: usize,
    pub(super) new: usize,
}

/// Everything that a job has prepared for the page.
#[derive(Debug)]
pub(super) struct Shown {
    pub(super) read: std::sync::Arc<ReadFiles>,
    pub(super) placing: PlanOptions,
    pub(super) rows: Vec<FileRow>,
    pub(super) persons: BTreeMap<String, PersonsOf>,
    pub(super) sums: Sums,
}

/// The rows of files: those that can't be read first, then in their order.
pub(super) fn files(read: &ReadFiles, plan: &[PlannedDocument]) -> Vec<FileRow> {
    let failed = read
        .failures
        .iter()
        .enumerate()
        .map(|(at, failure)| FileRow {
            title: failure.file(),
            file: failure.file(),
            read_as: String::new(),
            turns: 0,
            speakers: 0,
            words: 0,
            case: String::new(),
            phase: String::new(),
            state: State::Failed(at),
            notes: Vec::new(),
        });
    let row = |(at, (document, planned)): (usize, (&ImportedDocument, &PlannedDocument))| {
        let (title, state) = match &planned.disposition {
            Disposition::Added(title) => (title, State::Comes(at)),
            Disposition::AlreadyPresent(title) => {
                (&document.title, State::Known(at, title.clone()))
            }
            Disposition::NameTaken(title) => (&document.title, State::NameTaken(at, title.clone())),
        };
        FileRow {
            title: title.clone(),
            file: document.file.clone(),
            read_as: document.read_as.clone(),
            turns: planned.turns,
            speakers: planned.speakers.len(),
            words: usize::try_from(document.words).unwrap_or(usize::MAX),
            case: planned.case.clone().unwrap_or_default(),
            phase: planned.phase.clone().unwrap_or_default(),
            state,
            notes: document.notes.clone(),
        }
    };
    failed
        .chain(read.documents.iter().zip(plan).enumerate().map(row))
        .collect()
}

/// The figures of a plan.
pub(super) fn sums(project: &Project, read: &ReadFiles, plan: &[PlannedDocument]) -> Sums {
    let known: BTreeSet<&str> = project
        .cases
        .values()
        .map(|case| case.name.as_str())
        .collect();
    let phases: BTreeSet<&str> = project
        .phases
        .values()
        .map(|phase| phase.name.as_str())
        .collect();
    let (mut cases, mut new_phases, mut persons) =
        (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let coming = plan
        .iter()
        .filter(|planned| matches!(planned.disposition, Disposition::Added(_)));
    for planned in coming.clone() {
        cases.extend(planned.case.as_deref().filter(|case| !known.contains(case)));
        new_phases.extend(
            planned
                .phase
                .as_deref()
                .filter(|phase| !phases.contains(phase)),
        );
        persons.extend(planned.speakers.iter().filter_map(
            |speaker| match speaker.person.as_ref()? {
                Person::New { name, .. } => Some(name.as_str()),
                Person::Known(_) => None,
            },
        ));
    }
    let coming = coming.count();
    Sums {
        files: plan.len() + read.failures.len(),
        coming,
        left_out: plan.len() - coming,
        failed: read.failures.len(),
        new_cases: cases.len(),
        new_phases: new_phases.len(),
        // A person that is also the case of a file is created once, and counted as a case.
        new_persons: persons.difference(&cases).count(),
    }
}

/// The persons that each label becomes in the documents that are imported.
pub(super) fn persons(project: &Project, plan: &[PlannedDocument]) -> BTreeMap<String, PersonsOf> {
    let mut persons: BTreeMap<&str, BTreeSet<&Person>> = BTreeMap::new();
    for planned in plan
        .iter()
        .filter(|planned| matches!(planned.disposition, Disposition::Added(_)))
    {
        for speaker in &planned.speakers {
            persons
                .entry(&speaker.label)
                .or_default()
                .extend(&speaker.person);
        }
    }
    persons
        .into_iter()
        .map(|(label, persons)| (label.to_owned(), PersonsOf::new(project, &persons)))
        .collect()
}

impl PersonsOf {
    fn new(project: &Project, persons: &BTreeSet<&Person>) -> Self {
        let one = match persons.first() {
            Some(Person::Known(id)) if persons.len() == 1 => {
                let case = project.cases.get(id);
                Some((
                    case.map_or_else(String::new, |case| case.name.clone()),
                    false,
                ))
            }
            Some(Person::New { name, .. }) if persons.len() == 1 => Some((name.clone(), true)),
            _ => None,
        };
        let new = persons
            .iter()
            .filter(|person| matches!(person, Person::New { .. }))
            .count();
        Self {
            one,
            all: persons.len(),
            new,
        }
    }
}

/// A turn of a sample, as the transcript will show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SampleTurn {
    pub(super) speaker: Option<(String, SpeakerRole)>,
    pub(super) at_millis: Option<u32>,
    pub(super) text: String,
}

/// The most turns of a sample, and the most characters of one.
const SAMPLE_TURNS: usize = 40;
const SAMPLE_CHARS: usize = 480;

/// Returns the first turns of a document as they will be imported, and true if there are more.
pub(super) fn sample(
    document: &ImportedDocument,
    placing: &PlanOptions,
) -> (Vec<SampleTurn>, bool) {
    let mut turns: Vec<SampleTurn> = Vec::new();
    for turn in &document.turns {
        let speaker = turn
            .speaker
            .and_then(|speaker| document.speakers.get(usize::from(speaker)));
        let ignored = speaker.is_some_and(|speaker| placing.ignores(&speaker.label));
        let range = if ignored { turn.range } else { turn.said() };
        let said = document.text.slice(range).unwrap_or_default().trim();
        // A label that is ignored is plain text of the turn before.
        if let Some(last) = turns.last_mut().filter(|_| ignored) {
            last.text = shortened(&format!("{}\n{said}", last.text));
            continue;
        }
        if turns.len() == SAMPLE_TURNS {
            return (turns, true);
        }
        let speaker = speaker.filter(|_| !ignored).map(|speaker| {
            (
                speaker.label.clone(),
                placing.role(&speaker.label, speaker.role),
            )
        });
        turns.push(SampleTurn {
            speaker,
            at_millis: turn.at_millis.filter(|_| !ignored),
            text: shortened(said),
        });
    }
    (turns, false)
}

fn shortened(text: &str) -> String {
    let mut short: String = text.chars().take(SAMPLE_CHARS).collect();
    if short.len() < text.len() && !short.ends_with('…') {
        short.push('…');
    }
    short
}
