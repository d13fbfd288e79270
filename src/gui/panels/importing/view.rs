//! A batch prepared for the page: rows of files, labels with their persons, and the turns of a sample.
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
    import::{ImportedDocument, Note, Tier},
    model::{Project, document::SpeakerRole, phase::Phase, text::ContentHash},
};

use super::choices::ReadKey;

/// The files of a batch, read.
#[derive(Debug)]
pub(super) struct ReadFiles {
    /// The choices they were read by.
    pub(super) key: ReadKey,
    pub(super) documents: Vec<ImportedDocument>,
    pub(super) texts: Vec<ContentHash>,
    /// Files that can't be read, and paths that don't exist.
    pub(super) failures: Vec<ReadFailure>,
    pub(super) labels: Vec<LabelSummary>,
    pub(super) tiers: Vec<Tier>,
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
    pub(super) state: FileState,
    /// What the reader dropped or guessed.
    pub(super) notes: Vec<Note>,
}

/// What the import does with a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum FileState {
    /// It is imported, as the document with this index.
    Imported(usize),
    /// The project contains it already, under this title.
    Known(usize, String),
    /// Another document has its title.
    NameTaken(usize, String),
    /// It can't be read, for the failure with this index.
    Failed(usize),
}

impl FileState {
    /// The document of a file that could be read.
    pub(super) fn document(&self) -> Option<usize> {
        match self {
            Self::Imported(at) | Self::Known(at, _) | Self::NameTaken(at, _) => Some(*at),
            Self::Failed(_) => None,
        }
    }
}

/// The totals of a batch.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct ImportTotals {
    pub(super) files: usize,
    /// Documents that are imported.
    pub(super) imported: usize,
    pub(super) left_out: usize,
    pub(super) failed: usize,
    pub(super) new_cases: usize,
    pub(super) new_phases: usize,
    pub(super) new_persons: usize,
}

/// The persons that a label stands for in all documents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct PersonsOf {
    /// The name of the person if there is only one, and true if it is new.
    pub(super) one: Option<(String, bool)>,
    pub(super) all: usize,
    pub(super) new: usize,
}

/// Everything that a job has prepared for the page.
#[derive(Debug)]
pub(super) struct PreparedImport {
    pub(super) read: std::sync::Arc<ReadFiles>,
    /// The options that the plan was made with.
    pub(super) options: PlanOptions,
    pub(super) rows: Vec<FileRow>,
    pub(super) persons: BTreeMap<String, PersonsOf>,
    pub(super) totals: ImportTotals,
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
            state: FileState::Failed(at),
            notes: Vec::new(),
        });
    let planned = read.documents.iter().zip(plan).enumerate();
    let planned = planned.map(|(at, (document, planned))| {
        let (title, state) = match &planned.disposition {
            Disposition::Added(title) => (title, FileState::Imported(at)),
            Disposition::AlreadyPresent(title) => {
                (&document.title, FileState::Known(at, title.clone()))
            }
            Disposition::NameTaken(title) => {
                (&document.title, FileState::NameTaken(at, title.clone()))
            }
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
    });
    failed.chain(planned).collect()
}

/// Returns the totals of a plan.
pub(super) fn totals(
    project: &Project,
    read: &ReadFiles,
    plan: &[PlannedDocument],
) -> ImportTotals {
    let known: BTreeSet<&str> = project
        .cases
        .values()
        .map(|case| case.name.as_str())
        .collect();
    let phases: BTreeSet<&str> = project.phases.values().flat_map(Phase::names).collect();
    let (mut cases, mut new_phases, mut persons) =
        (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let mut imported = 0;
    for planned in plan
        .iter()
        .filter(|planned| matches!(planned.disposition, Disposition::Added(_)))
    {
        imported += 1;
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
    ImportTotals {
        files: plan.len() + read.failures.len(),
        imported,
        left_out: plan.len() - imported,
        failed: read.failures.len(),
        new_cases: cases.len(),
        new_phases: new_phases.len(),
        // A person that is also the case of a file is created once, and counted as a case.
        new_persons: persons.difference(&cases).count(),
    }
}

/// Returns the persons that each label stands for in the documents that are imported.
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

/// The first turns of a document.
#[derive(Debug)]
pub(super) struct Sample {
    pub(super) turns: Vec<SampleTurn>,
    /// True if the document has further turns.
    pub(super) has_more: bool,
}

/// Returns the first turns of a document as they will be imported.
pub(super) fn sample(document: &ImportedDocument, options: &PlanOptions) -> Sample {
    let mut turns: Vec<SampleTurn> = Vec::new();
    for turn in &document.turns {
        let speaker = turn
            .speaker
            .and_then(|speaker| document.speakers.get(usize::from(speaker)));
        let ignored = speaker.is_some_and(|speaker| options.ignores(&speaker.label));
        // What may be a label of nobody's words is shown with them.
        let is_whole = ignored || speaker.is_none();
        let range = if is_whole { turn.range } else { turn.said() };
        let said = document.text.slice(range).unwrap_or_default().trim();
        // A label that is ignored is plain text of the turn before.
        if let Some(last) = turns.last_mut().filter(|_| ignored) {
            last.text = shortened(&format!("{}\n{said}", last.text));
            continue;
        }
        if turns.len() == SAMPLE_TURNS {
            return Sample {
                turns,
                has_more: true,
            };
        }
        let speaker = speaker.filter(|_| !ignored).map(|speaker| {
            (
                speaker.label.clone(),
                options.role(&speaker.label, speaker.role),
            )
        });
        turns.push(SampleTurn {
            speaker,
            at_millis: turn.at_millis.filter(|_| !ignored),
            text: shortened(said),
        });
    }
    Sample {
        turns,
        has_more: false,
    }
}

fn shortened(text: &str) -> String {
    let mut short: String = text.chars().take(SAMPLE_CHARS).collect();
    if short.len() < text.len() && !short.ends_with('…') {
        short.push('…');
    }
    short
}
