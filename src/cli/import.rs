//! `tain import`: transcripts, looked at before they come in or taken in at once.

use std::{collections::BTreeMap, path::PathBuf};

use clap::{ValueEnum, builder::PossibleValuesParser};
use regex::Regex;
use serde_json::{Value, json};

use super::{
    Context, DONE, Ended, SOME_REFUSED,
    failure::Failure,
    open,
    output::{Output, Table},
    study,
};
use crate::{
    app::{
        Done,
        export::report::default_language,
        import::plan::{Fate, NameTaken, Placing, Planned, PlannedSpeaker},
        import::speaker_mapping::{
            LabelChoice, LabelSeen, Mapping, Odd, Person, Who, survey, unknown_labels,
        },
        import::study::{StudyOptions, is_study, read_commented, read_study},
        import::{Batch, PathPatterns, ReadFailure, SheetError, find_files, read_files},
        jobs::JobControl,
    },
    import::{
        DocumentOptions, ImportedDocument, SpeakerOption, TranscriptFormat,
        loss::{Losses, Lost},
        survey::read_answers,
        table::InputTable,
        text::FORMATS,
    },
    message::language::UiLanguage,
    model::{Project, document::SpeakerRole},
};

/// Import transcripts, and projects of other programs
///
/// Files and folders of text, Word, OpenDocument, RTF, PDF, HTML, EPUB, subtitles, ELAN, Praat and sheets
///
/// Example: tain import study.tain interviews/ --case-pattern '(?<case>F\d+)' --map-speakers family --dry-run
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Path of the .tain file
    project: PathBuf,
    /// Files and folders
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Format, whatever the ending
    #[arg(long = "as", value_name = "FORMAT", default_value = "auto", value_parser = formats())]
    read_as: String,
    /// Encoding, such as GB18030 or Big5
    #[arg(long, default_value = "auto")]
    encoding: String,
    /// Pattern on the path, with a group `case`
    #[arg(long, value_name = "REGEX")]
    case_pattern: Option<String>,
    /// Pattern on the path, with a group `phase`
    #[arg(long, value_name = "REGEX")]
    phase_pattern: Option<String>,
    /// auto, none, or a pattern on the line's start with a group `speaker` (and `time`)
    #[arg(long, default_value = "auto")]
    speakers: String,
    /// Columns of a sheet whose cells are documents, by commas: each row is a case, the other columns its attributes
    #[arg(
        long,
        value_name = "COLUMNS",
        value_delimiter = ',',
        conflicts_with = "losses"
    )]
    answers: Vec<String>,
    /// Column that names the case of each answer, by default the first
    #[arg(long, value_name = "COLUMN", requires = "answers")]
    key: Option<String>,
    /// Persons that speakers are: none, name (the case of the label's name), family (the person below the document's case), or a pattern on the label with a group `case`
    #[arg(long, value_name = "none|name|family|REGEX", default_value = "none")]
    map_speakers: String,
    /// The person of a label, whatever --map-speakers says; an empty one is nobody; may be repeated
    #[arg(long = "person", value_name = "LABEL=CASE")]
    persons: Vec<String>,
    /// Labels of those who ask
    #[arg(long, value_name = "LABEL,..", value_delimiter = ',')]
    interviewer: Vec<String>,
    /// Labels of those who answer
    #[arg(long, value_name = "LABEL,..", value_delimiter = ',')]
    participant: Vec<String>,
    /// Labels that are no speakers; what stands behind them goes on with the turn before
    #[arg(long, value_name = "LABEL,..", value_delimiter = ',')]
    ignore_speakers: Vec<String>,
    /// A document whose name is taken: another title, or left out
    #[arg(long, value_enum, default_value = "retitle")]
    names_taken: Taken,
    /// Read and say what would be taken in, and change nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    losses: study::LossReport,
    #[command(flatten)]
    output: Output,
}

/// What is done with a document whose name is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Taken {
    /// It gets its folder or a number with it
    Retitle,
    /// It is left out
    LeaveOut,
}

/// The format of Word files in whose comments codes stand.
const COMMENTED: &str = "word-comments";

/// `auto`, and the formats by name or ending.
fn formats() -> PossibleValuesParser {
    let names = FORMATS
        .iter()
        .flat_map(|(_, name, endings)| std::iter::once(*name).chain(endings.iter().copied()));
    let names: std::collections::BTreeSet<&str> = names.collect();
    PossibleValuesParser::new(["auto", COMMENTED].into_iter().chain(names))
}

pub(super) fn run(args: &Args, context: &Context<'_>) -> Ended {
    if !args.answers.is_empty() {
        return answers(args, context);
    }
    if args.read_as == COMMENTED || args.paths.iter().any(|path| is_study(path)) {
        return studies(args, context);
    }
    let options = options(args)?;
    let placing = placing(args)?;
    let mut session = if args.dry_run {
        context.read(&args.project)?
    } else {
        context.write(&args.project)?
    };
    let (files, mut failures) = find_files(&args.paths);
    let Batch {
        documents,
        texts,
        failures: unread,
    } = read_files(&files, &options, &JobControl::default()).unwrap_or_default();
    failures.extend(unread);
    let labels = survey(&documents);
    say_notes(&documents, context);
    args.losses.write(
        documents
            .iter()
            .map(|document| left_out(document, default_language(session.project()))),
    )?;
    for label in unknown_labels(placing.labels.keys(), &labels) {
        context.say(&format!("no document has the speaker `{label}`"));
    }
    let project = std::sync::Arc::clone(session.project());
    if args.dry_run || args.output.is_asked() {
        let plan = placing
            .plan(&project, (&documents, &texts), &JobControl::default())
            .unwrap_or_default();
        let preview = Preview {
            project: &project,
            documents: &documents,
            plan: &plan,
            labels: &labels,
            failures: &failures,
        };
        args.output.table_or(&preview.table(), || preview.json())?;
        if args.dry_run {
            context.say(&format!("would be taken in: {}", preview.coming()));
        }
    }
    if !args.dry_run {
        let read = documents.len();
        let done = session.place_documents(documents, &placing)?;
        say_done(&done, read, context);
        open::close(session)?;
    }
    for failure in &failures {
        context.say(&failure.to_string());
    }
    if failures.is_empty() {
        DONE
    } else {
        SOME_REFUSED
    }
}

/// How files are to be read.
fn options(args: &Args) -> Result<DocumentOptions, Failure> {
    Ok(DocumentOptions {
        encoding: Some(args.encoding.clone()).filter(|name| !name.eq_ignore_ascii_case("auto")),
        format: format_of(&args.read_as),
        speakers: match args.speakers.as_str() {
            "auto" => SpeakerOption::Auto,
            "none" => SpeakerOption::None,
            pattern => SpeakerOption::Pattern(with_group(pattern, "speaker")?),
        },
    })
}

/// What is to become of what was read.
fn placing(args: &Args) -> Result<Placing, Failure> {
    let pattern = |pattern: &Option<String>, group| {
        pattern
            .as_deref()
            .map(|pattern| with_group(pattern, group))
            .transpose()
    };
    let mut labels: BTreeMap<String, LabelChoice> = BTreeMap::new();
    for (names, role) in [
        (&args.interviewer, SpeakerRole::Interviewer),
        (&args.participant, SpeakerRole::Participant),
    ] {
        names
            .iter()
            .for_each(|label| labels.entry(label.trim().to_owned()).or_default().role = Some(role));
    }
    args.ignore_speakers
        .iter()
        .for_each(|label| labels.entry(label.trim().to_owned()).or_default().ignored = true);
    for person in &args.persons {
        let (label, case) = person.rsplit_once('=').ok_or_else(|| {
            Failure::Usage(format!(
                "`{person}` names no person: write the label, `=` and the name of a case"
            ))
        })?;
        let who = if case.trim().is_empty() {
            Who::Nobody
        } else {
            Who::Named(case.trim().to_owned())
        };
        labels.entry(label.trim().to_owned()).or_default().who = who;
    }
    Ok(Placing {
        patterns: PathPatterns {
            case: pattern(&args.case_pattern, "case")?,
            phase: pattern(&args.phase_pattern, "phase")?,
        },
        mapping: match args.map_speakers.as_str() {
            "none" => Mapping::Nobody,
            "name" => Mapping::ByName,
            "family" => Mapping::ByFamily,
            pattern => Mapping::ByPattern(with_group(pattern, "case")?),
        },
        labels,
        taken: match args.names_taken {
            Taken::Retitle => NameTaken::Retitle,
            Taken::LeaveOut => NameTaken::LeaveOut,
        },
    })
}

/// What was dropped or guessed.
fn say_notes(documents: &[ImportedDocument], context: &Context<'_>) {
    for document in documents {
        for note in &document.notes {
            context.say(&format!(
                "{}: {}",
                document.file,
                note.words(UiLanguage::English)
            ));
        }
    }
}

/// What a reader left out of a transcript, as the list of losses has it.
fn left_out(document: &ImportedDocument, language: UiLanguage) -> String {
    let mut losses = Losses::default();
    document
        .notes
        .iter()
        .for_each(|note| losses.note(Lost::Reader, note.words(language)));
    losses.report(&document.file, language)
}

fn say_done(done: &Done, read: usize, context: &Context<'_>) {
    for (thing, name) in &done.named {
        context.say(&format!(
            "added {} {name}",
            format!("{thing:?}").to_lowercase()
        ));
    }
    for (file, title) in &done.known {
        context.say(&format!(
            "{file}: left out, the same text is in as `{title}`"
        ));
    }
    for (file, title) in &done.left_out {
        context.say(&format!(
            "{file}: left out, another document is called `{title}`"
        ));
    }
    for (file, title) in &done.retitled {
        context.say(&format!(
            "{file}: taken in as `{title}`, since another document has its name"
        ));
    }
    for (file, count) in &done.unwritten {
        context.say(&format!("{file}: {count} comments and notes left out, since nobody acts; name the coder with --coder"));
    }
    context.say(&format!(
        "documents taken in: {}",
        read - done.known.len() - done.left_out.len()
    ));
}

/// What would come in.
struct Preview<'a> {
    project: &'a Project,
    documents: &'a [ImportedDocument],
    plan: &'a [Planned],
    labels: &'a [LabelSeen],
    failures: &'a [ReadFailure],
}

impl Preview<'_> {
    fn coming(&self) -> usize {
        self.plan
            .iter()
            .filter(|planned| matches!(planned.fate, Fate::Comes(_)))
            .count()
    }

    /// The name of a person, and whether it would be added.
    fn person(&self, speaker: &PlannedSpeaker) -> Option<(String, bool)> {
        match speaker.person.as_ref()? {
            Person::Known(id) => Some((self.project.cases.get(id)?.name.clone(), false)),
            Person::New { name, .. } => Some((name.clone(), true)),
        }
    }

    fn table(&self) -> Table {
        let mut table = Table::new(&[
            "file", "read_as", "turns", "speakers", "case", "phase", "persons", "notes",
        ]);
        for (document, planned) in self.documents.iter().zip(self.plan) {
            let asks = |speaker: &PlannedSpeaker| {
                if speaker.role == SpeakerRole::Interviewer {
                    " (asks)"
                } else {
                    ""
                }
            };
            let speaker = |speaker: &PlannedSpeaker| {
                format!("{} {}{}", speaker.label, speaker.turns, asks(speaker))
            };
            let speakers: Vec<String> = planned.speakers.iter().map(speaker).collect();
            let person = |speaker: &PlannedSpeaker| {
                let (name, new) = self.person(speaker)?;
                Some(format!(
                    "{} = {name}{}",
                    speaker.label,
                    if new { " (new)" } else { "" }
                ))
            };
            let persons: Vec<String> = planned.speakers.iter().filter_map(person).collect();
            let notes: Vec<String> = fate_note(document, &planned.fate)
                .into_iter()
                .chain(in_words(document))
                .collect();
            table.rows.push(vec![
                json!(document.file),
                json!(document.read_as),
                json!(planned.turns),
                json!(speakers.join("; ")),
                json!(planned.case),
                json!(planned.phase),
                json!(persons.join("; ")),
                json!(notes.join("; ")),
            ]);
        }
        for failure in self.failures {
            let (file, nothing) = (json!(failure.file()), Value::Null);
            let error = json!(failure.to_string());
            table.rows.push(
                [file]
                    .into_iter()
                    .chain(std::iter::repeat_n(nothing, 6))
                    .chain([error])
                    .collect(),
            );
        }
        table
    }

    /// The shape that scripts rely on.
    fn json(&self) -> Value {
        let speaker = |speaker: &PlannedSpeaker| {
            let (person, new) = self
                .person(speaker)
                .map_or((None, false), |(name, new)| (Some(name), new));
            json!({ "label": speaker.label, "turns": speaker.turns, "role": role_name(speaker.role), "person": person, "new": new })
        };
        let file = |(document, planned): (&ImportedDocument, &Planned)| {
            let (fate, title) = match &planned.fate {
                Fate::Comes(title) => ("comes", title),
                Fate::Known(title) => ("known", title),
                Fate::NameTaken(title) => ("name_taken", title),
            };
            json!({
                "file": document.file, "fate": fate, "title": title, "read_as": document.read_as, "turns": planned.turns,
                "words": document.words, "characters": document.text.len_chars(), "case": planned.case, "phase": planned.phase,
                "speakers": planned.speakers.iter().map(speaker).collect::<Vec<_>>(), "notes": in_words(document).collect::<Vec<_>>(),
            })
        };
        let label = |label: &LabelSeen| {
            let (odd, like) = match &label.odd {
                None => (None, None),
                Some(Odd::Once) => (Some("once"), None),
                Some(Odd::OneDocument) => (Some("one_document"), None),
                Some(Odd::Like(other)) => (Some("like"), Some(other)),
            };
            json!({
                "label": label.label, "documents": label.documents, "turns": label.turns, "role": role_name(label.role),
                "odd": odd, "like": like, "example": label.example,
            })
        };
        json!({
            "documents": self.coming(),
            "files": self.documents.iter().zip(self.plan).map(file).collect::<Vec<_>>(),
            "labels": self.labels.iter().map(label).collect::<Vec<_>>(),
            "failures": self.failures.iter().map(|failure| json!({ "file": failure.file(), "error": failure.to_string() })).collect::<Vec<_>>(),
        })
    }
}

/// What was dropped or guessed, in words.
fn in_words(document: &ImportedDocument) -> impl Iterator<Item = String> {
    document
        .notes
        .iter()
        .map(|note| note.words(UiLanguage::English))
}

fn role_name(role: SpeakerRole) -> &'static str {
    match role {
        SpeakerRole::Interviewer => "interviewer",
        SpeakerRole::Participant => "participant",
    }
}

fn fate_note(document: &ImportedDocument, fate: &Fate) -> Option<String> {
    match fate {
        Fate::Comes(title) if *title == document.title => None,
        Fate::Comes(title) => Some(format!("taken in as `{title}`")),
        Fate::Known(title) => Some(format!("left out: the same text is in as `{title}`")),
        Fate::NameTaken(title) => Some(format!("left out: another document is called `{title}`")),
    }
}

/// The format of a name or ending; none for `auto`.
fn format_of(wanted: &str) -> Option<TranscriptFormat> {
    FORMATS
        .iter()
        .find(|(_, name, endings)| *name == wanted || endings.contains(&wanted))
        .map(|(format, ..)| *format)
}

fn with_group(pattern: &str, group: &str) -> Result<Regex, Failure> {
    let regex = Regex::new(pattern)
        .map_err(|error| Failure::Usage(format!("`{pattern}` is no pattern: {error}")))?;
    let named = regex.capture_names().flatten().any(|name| name == group);
    if named {
        Ok(regex)
    } else {
        Err(Failure::Usage(format!(
            "`{pattern}` needs a group: (?<{group}>...)"
        )))
    }
}

/// Takes in other programs' projects; transcripts among them are imported by themselves.
fn studies(args: &Args, context: &Context<'_>) -> Ended {
    let commented = args.read_as == COMMENTED;
    if let Some(other) = args
        .paths
        .iter()
        .find(|path| !commented && path.exists() && !is_study(path))
    {
        return Err(Failure::Usage(format!(
            "{} is a transcript; import it apart from other programs' projects",
            other.display()
        )));
    }
    let mut session = if args.dry_run {
        context.read(&args.project)?
    } else {
        study::writer(&args.project, context)?
    };
    let mut done = Vec::new();
    let mut refused = false;
    let options = |known| StudyOptions {
        coder: context.coder.clone(),
        known,
    };
    let read: Vec<_> = if commented {
        vec![read_commented(&args.paths, &options(Vec::new()))]
    } else {
        args.paths
            .iter()
            .map(|path| read_study(path, &options(session.texts_for(path))))
            .collect()
    };
    for study in read {
        match study {
            Ok(study) if args.dry_run => done.push(study::look_at(study, context)),
            Ok(study) => done.push(study::take_in(&mut session, study, context)?),
            Err(error) => {
                context.say(&error.to_string());
                refused = true;
            }
        }
    }
    let language = default_language(session.project());
    if !args.dry_run {
        open::close(session)?;
    }
    args.losses.write(
        done.iter()
            .map(|seen| seen.losses.report(&seen.file, language)),
    )?;
    if args.output.is_asked() {
        args.output.object(&Value::Array(
            done.into_iter().map(|seen| seen.json).collect(),
        ))?;
    }
    if refused { SOME_REFUSED } else { DONE }
}

/// Takes in the answers of sheets.
fn answers(args: &Args, context: &Context<'_>) -> Ended {
    let mut session = if args.dry_run {
        context.read(&args.project)?
    } else {
        context.write(&args.project)?
    };
    for path in &args.paths {
        let (file, bytes) = (open::shown(path), open::read_file(path)?);
        if args.dry_run {
            let table = InputTable::read(&file, bytes).map_err(SheetError::from)?;
            let read = read_answers(&table, args.key.as_deref(), &args.answers)
                .map_err(SheetError::from)?;
            context.say(&format!(
                "{file}: {} answers of {} cases, {} empty",
                read.answers.len(),
                read.cases.rows.len(),
                read.empty
            ));
            continue;
        }
        let done = session.import_answers(&file, bytes, args.key.as_deref(), &args.answers)?;
        context.say(&format!(
            "{file}: documents taken in: {}, in already: {}, empty answers: {}",
            done.documents, done.known, done.empty
        ));
    }
    if !args.dry_run {
        open::close(session)?;
    }
    DONE
}
