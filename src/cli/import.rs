//! `tain import`: transcripts and other programs' projects, imported or only previewed.

use crate::cli::values;
use std::{collections::BTreeMap, path::PathBuf};

use clap::builder::PossibleValuesParser;
use regex::Regex;
use serde_json::{Value, json};

use super::{
    Context, DONE, Ended, SOME_REFUSED,
    failure::Failure,
    open,
    output::{Output, new_table},
    study,
};
use crate::{
    app::{
        Done,
        export::report::default_language,
        import::labels::{LabelSummary, LabelWarning, survey, unknown_labels},
        import::plan::{Disposition, NameTaken, PlanOptions, PlannedDocument, PlannedSpeaker},
        import::speaker_mapping::{LabelChoice, Person, PersonChoice, SpeakerMapping},
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
    message::{Message, explain::Explain as _, language::UiLanguage, text::Text},
    model::{Project, document::SpeakerRole},
    table::data::{CellValue, DataTable},
};

/// Import transcripts, and projects of other programs
///
/// Files and folders of text, Word, OpenDocument, RTF, PDF, HTML, EPUB, subtitles, ELAN, Praat and sheets
///
/// Example: tain import study.tain interviews/ --case-pattern '(?<case>F\d+)' --map-speakers family --dry-run
#[derive(Debug, clap::Args)]
pub(super) struct ImportArgs {
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
    /// Labels that are not speakers; the text behind them belongs to the turn before
    #[arg(long, value_name = "LABEL,..", value_delimiter = ',')]
    ignore_speakers: Vec<String>,
    /// What happens to a document whose name another one has
    #[arg(long, value_parser = values::name_taken(), default_value = "retitle")]
    names_taken: NameTaken,
    /// Only list what would be imported, and change nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    losses: study::LossReport,
    #[command(flatten)]
    output: Output,
}

/// The format of Word files in whose comments codes stand.
const COMMENTED: &str = "word-comments";

/// `auto`, and the formats by name or ending.
fn formats() -> PossibleValuesParser {
    let names = FORMATS
        .iter()
        .flat_map(|info| std::iter::once(info.name).chain(info.endings.iter().copied()));
    let names: std::collections::BTreeSet<&str> = names.collect();
    PossibleValuesParser::new(["auto", COMMENTED].into_iter().chain(names))
}

pub(super) fn run(args: &ImportArgs, context: &Context<'_>) -> Ended {
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
        context.say(
            Text::new(
                "no document has the speaker “{label}”",
                "没有文档有说话人“{label}”",
            )
            .with("label", label),
        );
    }
    let project = std::sync::Arc::clone(session.project());
    if args.dry_run || args.output.is_asked() {
        let plan = placing
            .plan(&project, &documents, &texts, &JobControl::default())
            .unwrap_or_default();
        let preview = Preview {
            project: &project,
            documents: &documents,
            plan: &plan,
            labels: &labels,
            failures: &failures,
        };
        let table = preview.table(args.output.language(context));
        args.output.table_or(&table, || preview.json())?;
        if args.dry_run {
            context.say(
                Text::new("would be imported: {documents}", "将导入：{documents}")
                    .with("documents", preview.coming()),
            );
        }
    }
    if !args.dry_run {
        let read = documents.len();
        let done = session.place_documents(documents, &placing)?;
        say_done(&done, read, context);
        open::close(session)?;
    }
    for failure in &failures {
        context.say_error(failure.explain());
    }
    if failures.is_empty() {
        DONE
    } else {
        SOME_REFUSED
    }
}

/// How files are read.
fn options(args: &ImportArgs) -> Result<DocumentOptions, Failure> {
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

/// What happens to the documents that were read.
fn placing(args: &ImportArgs) -> Result<PlanOptions, Failure> {
    let mut labels: BTreeMap<String, LabelChoice> = BTreeMap::new();
    for (names, role) in [
        (&args.interviewer, SpeakerRole::Interviewer),
        (&args.participant, SpeakerRole::Participant),
    ] {
        for label in names {
            labels.entry(label.trim().to_owned()).or_default().role = Some(role);
        }
    }
    for label in &args.ignore_speakers {
        labels.entry(label.trim().to_owned()).or_default().ignored = true;
    }
    for person in &args.persons {
        let (label, case) = person.rsplit_once('=').ok_or_else(|| {
            Failure::usage(
                Text::new(
                    "“{person}” names no person; write the label, “=” and the name of a case",
                    "“{person}”没有指明个人；请写说话人、“=”和个案名称",
                )
                .with("person", person),
            )
        })?;
        let who = if case.trim().is_empty() {
            PersonChoice::Nobody
        } else {
            PersonChoice::Named(case.trim().to_owned())
        };
        labels.entry(label.trim().to_owned()).or_default().person = who;
    }
    Ok(PlanOptions {
        patterns: PathPatterns {
            case: optional_pattern(args.case_pattern.as_deref(), "case")?,
            phase: optional_pattern(args.phase_pattern.as_deref(), "phase")?,
        },
        mapping: match args.map_speakers.as_str() {
            "none" => SpeakerMapping::Nobody,
            "name" => SpeakerMapping::ByName,
            "family" => SpeakerMapping::ByFamily,
            pattern => SpeakerMapping::ByPattern(with_group(pattern, "case")?),
        },
        labels,
        taken: args.names_taken,
    })
}

/// Tells what was left out or guessed.
fn say_notes(documents: &[ImportedDocument], context: &Context<'_>) {
    for document in documents {
        for note in &document.notes {
            context.say(
                Text::new("{file}: {note}", "{file}：{note}")
                    .with("file", &document.file)
                    .with("note", note.message()),
            );
        }
    }
}

/// What a reader left out of a transcript, as the list of losses has it.
fn left_out(document: &ImportedDocument, language: UiLanguage) -> String {
    let mut losses = Losses::default();
    for note in &document.notes {
        losses.note(Lost::Reader, note.message().say(language));
    }
    losses.report(&document.file, language)
}

fn say_done(done: &Done, read: usize, context: &Context<'_>) {
    context.say_added(&done.named);
    for (file, title) in &done.known {
        say_fate(file, IN_AS, title, context);
    }
    for (file, title) in &done.left_out {
        say_fate(file, NAME_IS_TAKEN, title, context);
    }
    for (file, title) in &done.retitled {
        let retitled = Text::new(
            "imported as “{title}”, since another document has its name",
            "导入为“{title}”，因为已有同名文档",
        );
        say_fate(file, retitled, title, context);
    }
    for (file, count) in &done.unwritten {
        context.say(
            Text::new(
                "{file}: {count} {count|comment or note|comments and notes} left out, since no coder acts; name one with --coder",
                "{file}：略去 {count} 条批注与脚注，因为没有指定编码员；请用 --coder 指定",
            )
            .with("file", file)
            .with("count", *count),
        );
    }
    context.say(
        Text::new("documents imported: {documents}", "已导入文档：{documents}")
            .with("documents", read - done.known.len() - done.left_out.len()),
    );
}

const IN_AS: Text = Text::new(
    "left out: the same text is already there as “{title}”",
    "不导入：文本已导入，即“{title}”",
);
const NAME_IS_TAKEN: Text = Text::new(
    "left out: another document is called “{title}”",
    "不导入：已有名为“{title}”的文档",
);

fn say_fate(file: &str, fate: Text, title: &str, context: &Context<'_>) {
    context.say(
        Text::new("{file}: {fate}", "{file}：{fate}")
            .with("file", file)
            .with("fate", fate.with("title", title)),
    );
}

/// What would be imported.
struct Preview<'a> {
    project: &'a Project,
    documents: &'a [ImportedDocument],
    plan: &'a [PlannedDocument],
    labels: &'a [LabelSummary],
    failures: &'a [ReadFailure],
}

impl Preview<'_> {
    fn coming(&self) -> usize {
        self.plan
            .iter()
            .filter(|planned| matches!(planned.disposition, Disposition::Added(_)))
            .count()
    }

    /// The name of a person, and whether it would be added.
    fn person(&self, speaker: &PlannedSpeaker) -> Option<(String, bool)> {
        match speaker.person.as_ref()? {
            Person::Known(id) => Some((self.project.cases.get(id)?.name.clone(), false)),
            Person::New { name, .. } => Some((name.clone(), true)),
        }
    }

    fn table(&self, language: UiLanguage) -> DataTable {
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
                if let Some((name, is_new)) = self.person(speaker) {
                    let new = if is_new {
                        language.say(Text::new(" (new)", "（新）"))
                    } else {
                        ""
                    };
                    persons.push(format!("{} = {name}{new}", speaker.label));
                }
            }
            let notes: Vec<String> = fate_note(document, &planned.disposition)
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
    fn json(&self) -> Value {
        let speaker = |speaker: &PlannedSpeaker| {
            let (person, new) = self
                .person(speaker)
                .map_or((None, false), |(name, new)| (Some(name), new));
            json!({ "label": speaker.label, "turns": speaker.turns, "role": role_name(speaker.role), "person": person, "new": new })
        };
        let file = |(document, planned): (&ImportedDocument, &PlannedDocument)| {
            let (fate, title) = match &planned.disposition {
                Disposition::Added(title) => ("comes", title),
                Disposition::AlreadyPresent(title) => ("known", title),
                Disposition::NameTaken(title) => ("name_taken", title),
            };
            json!({
                "file": document.file, "fate": fate, "title": title, "read_as": document.read_as, "turns": planned.turns,
                "words": document.words, "characters": document.text.len_chars(), "case": planned.case, "phase": planned.phase,
                "speakers": planned.speakers.iter().map(speaker).collect::<Vec<_>>(), "notes": notes_of(document, UiLanguage::English).collect::<Vec<_>>(),
            })
        };
        let label = |label: &LabelSummary| {
            let (odd, like) = match &label.warning {
                None => (None, None),
                Some(LabelWarning::Once) => (Some("once"), None),
                Some(LabelWarning::OneDocument) => (Some("one_document"), None),
                Some(LabelWarning::Like(other)) => (Some("like"), Some(other)),
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

fn fate_note(document: &ImportedDocument, disposition: &Disposition) -> Option<Message> {
    const COMES_AS: Text = Text::new("imported as “{title}”", "导入为“{title}”");
    match disposition {
        Disposition::Added(title) if *title == document.title => None,
        Disposition::Added(title) => Some(COMES_AS.with("title", title)),
        Disposition::AlreadyPresent(title) => Some(IN_AS.with("title", title)),
        Disposition::NameTaken(title) => Some(NAME_IS_TAKEN.with("title", title)),
    }
}

/// The format of a name or ending; none for `auto`.
fn format_of(wanted: &str) -> Option<TranscriptFormat> {
    FORMATS
        .iter()
        .find(|info| info.name == wanted || info.endings.contains(&wanted))
        .map(|info| info.format)
}

fn optional_pattern(pattern: Option<&str>, group: &'static str) -> Result<Option<Regex>, Failure> {
    pattern
        .map(|pattern| with_group(pattern, group))
        .transpose()
}

/// The regular expression of a pattern that has to have a named group.
fn with_group(pattern: &str, group: &'static str) -> Result<Regex, Failure> {
    let regex = Regex::new(pattern).map_err(|error| {
        Failure::usage(
            Text::new(
                "“{pattern}” is not a regular expression: {reason}",
                "“{pattern}”不是正则表达式：{reason}",
            )
            .with("pattern", pattern)
            .with("reason", error.to_string()),
        )
    })?;
    let named = regex.capture_names().flatten().any(|name| name == group);
    if named {
        Ok(regex)
    } else {
        Err(Failure::usage(
            Text::new(
                "“{pattern}” needs a group (?<{group}>…)",
                "“{pattern}”缺少分组 (?<{group}>…)",
            )
            .with("pattern", pattern)
            .with("group", group),
        ))
    }
}

/// Imports other programs' projects; transcripts have to be imported by themselves.
fn studies(args: &ImportArgs, context: &Context<'_>) -> Ended {
    let commented = args.read_as == COMMENTED;
    if let Some(other) = args
        .paths
        .iter()
        .find(|path| !commented && path.exists() && !is_study(path))
    {
        return Err(Failure::usage(
            Text::new(
                "{file} is a transcript; import it apart from other programs' projects",
                "{file} 是访谈文本；请与其他软件的项目分开导入",
            )
            .with("file", other.as_path()),
        ));
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
                context.say_error(error);
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
        let seen = Value::Array(done.into_iter().map(|seen| seen.json).collect());
        args.output.object(&seen, context)?;
    }
    if refused { SOME_REFUSED } else { DONE }
}

/// Imports the answers in sheets as documents.
fn answers(args: &ImportArgs, context: &Context<'_>) -> Ended {
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
            context.say(
                Text::new(
                    "{file}: {answers} answers of {cases} cases, {empty} empty",
                    "{file}：{cases} 个个案的 {answers} 个回答，{empty} 个空白",
                )
                .with("file", &file)
                .with("answers", read.answers.len())
                .with("cases", read.cases.rows.len())
                .with("empty", read.empty),
            );
            continue;
        }
        let done = session.import_answers(&file, bytes, args.key.as_deref(), &args.answers)?;
        context.say(
            Text::new(
                "{file}: documents imported: {documents}, already there: {known}, empty answers: {empty}",
                "{file}：已导入文档 {documents} 份，已存在 {known} 份，空白回答 {empty} 个",
            )
            .with("file", &file)
            .with("documents", done.documents)
            .with("known", done.known)
            .with("empty", done.empty),
        );
    }
    if !args.dry_run {
        open::close(session)?;
    }
    DONE
}
