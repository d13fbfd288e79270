//! `tain import`: transcripts and other programs' projects, imported or only previewed.

mod preview;
mod sources;

use std::{collections::BTreeMap, path::PathBuf};

use self::preview::Preview;
pub(super) use self::preview::doubt_json;
use super::{
    CommandResult, Context, DONE, SOME_REFUSED, failure::Failure, open, output::Output, study,
};
use crate::{
    app::{
        Done,
        export::report::default_language,
        import::{
            Batch, PathPatterns, find_files,
            labels::{LabelSummary, survey, unknown_labels},
            labels_of,
            plan::{NameTaken, PlanOptions},
            read_files,
            speaker_mapping::{LabelChoice, PersonChoice, SpeakerMapping},
            study::is_study,
            tiers::unknown_tiers,
        },
        jobs::JobControl,
    },
    cli::values,
    import::{
        BelievedLabels, DocumentOptions, DoubtfulLabel, ImportedDocument, SpeakerOption,
        TierChoice, TranscriptFormat, label_key,
        loss::{Losses, Lost},
        text::FORMATS,
    },
    message::{explain::Explain as _, language::UiLanguage, text::Text},
    model::document::SpeakerRole,
};
use clap::builder::PossibleValuesParser;
use regex::Regex;

/// Import transcripts, and projects of other programs
///
/// Files and folders of text, Word, OpenDocument, RTF, PDF, HTML, EPUB, subtitles, JSON, ELAN, CHAT, EXMARaLDA, Praat and sheets
///
/// Example: tain import study.tain interviews/ --case-pattern '(?<case>F\d+)' --map-speakers family --dry-run
#[derive(Debug, clap::Args)]
pub(super) struct ImportArgs {
    /// Path of the .tain file
    project: PathBuf,
    /// Files and folders to import
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Format of the files
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
    /// Labels of interviewers
    #[arg(long, value_name = "LABEL,..", value_delimiter = ',')]
    interviewer: Vec<String>,
    /// Labels of participants
    #[arg(long, value_name = "LABEL,..", value_delimiter = ',')]
    participant: Vec<String>,
    /// Labels that are speakers though they weren't believed
    #[arg(long, value_name = "LABEL,..", value_delimiter = ',')]
    accept_speakers: Vec<String>,
    /// Labels that are not speakers; the text behind them belongs to the turn before
    #[arg(long, value_name = "LABEL,..", value_delimiter = ',')]
    ignore_speakers: Vec<String>,
    /// Tiers of ELAN that are words, by their names; no others are
    #[arg(long, value_name = "NAME,..", value_delimiter = ',')]
    tiers: Vec<String>,
    /// What to do with a document whose name is taken
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

/// The format of Word files whose comments name codes.
const COMMENTED: &str = "word-comments";

/// A command ends with its process; nobody holds the control that could cancel it.
const NEVER_CANCELLED: &str = "nobody can cancel a command";

/// `auto`, and the formats by name or ending.
fn formats() -> PossibleValuesParser {
    let names = FORMATS
        .iter()
        .flat_map(|info| std::iter::once(info.name).chain(info.endings.iter().copied()));
    let names: std::collections::BTreeSet<&str> = names.collect();
    PossibleValuesParser::new(["auto", COMMENTED].into_iter().chain(names))
}

pub(super) fn run(args: &ImportArgs, context: &Context<'_>) -> CommandResult {
    // What would be refused is refused before anything is imported.
    args.output.check()?;
    args.losses.check(args.output.replace)?;
    if !args.answers.is_empty() {
        return sources::answers(args, context);
    }
    if args.read_as == COMMENTED || args.paths.iter().any(|path| is_study(path)) {
        return sources::studies(args, context);
    }
    let mut options = options(args)?;
    let plan_options = plan_options(args)?;
    let mut session = if args.dry_run {
        context.read(&args.project)?
    } else {
        context.write(&args.project)?
    };
    options.believed.usual = labels_of(session.project());
    let (files, mut failures) = find_files(&args.paths);
    let Batch {
        documents,
        texts,
        failures: unread,
    } = read_files(&files, &options, &JobControl::default()).expect(NEVER_CANCELLED);
    failures.extend(unread);
    let labels = survey(&documents);
    say_notes(&documents, context);
    say_doubts(&documents, context);
    args.losses.write(
        args.output.replace,
        documents
            .iter()
            .map(|document| left_out(document, default_language(session.project()))),
    )?;
    say_unknown_labels(&plan_options, &labels, context);
    say_unknown_tiers(&options.tiers, &documents, context);
    let project = std::sync::Arc::clone(session.project());
    if args.dry_run || args.output.is_given() {
        let plan = plan_options
            .plan(&project, &documents, &texts, &JobControl::default())
            .expect(NEVER_CANCELLED);
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
        let done = session.place_documents(documents, &plan_options)?;
        say_done(&done, read, context);
        open::close(session);
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
        speakers: speaker_option(&args.speakers)?,
        believed: BelievedLabels {
            accepted: args
                .accept_speakers
                .iter()
                .map(|label| label_key(label))
                .collect(),
            ..BelievedLabels::default()
        },
        tiers: TierChoice::only(&args.tiers),
    })
}

/// How speakers are detected: `auto`, `none`, or a pattern.
pub(super) fn speaker_option(text: &str) -> Result<SpeakerOption, Failure> {
    Ok(match text {
        "auto" => SpeakerOption::Auto,
        "none" => SpeakerOption::None,
        pattern => SpeakerOption::Pattern(with_group(pattern, "speaker")?),
    })
}

/// What happens to the documents that were read.
fn plan_options(args: &ImportArgs) -> Result<PlanOptions, Failure> {
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

/// Tells which labels look like those of speakers and weren't believed.
fn say_doubts(documents: &[ImportedDocument], context: &Context<'_>) {
    for document in documents {
        say_doubts_of(&document.file, &document.doubts, context);
    }
}

/// Tells which labels of a document look like those of speakers and weren't believed.
pub(super) fn say_doubts_of(document: &str, doubts: &[DoubtfulLabel], context: &Context<'_>) {
    for doubt in doubts {
        context.say(
            Text::new(
                "{document}: “{label}” ({count}) may be a speaker; what follows it is nobody's: {example} (--accept-speakers \"{label}\" believes it)",
                "{document}：“{label}”（{count} 次）可能是说话人，其后的话不归任何人：{example}（--accept-speakers \"{label}\" 可将其认作说话人）",
            )
            .with("document", document)
            .with("label", &doubt.label)
            .with("count", doubt.count)
            .with("example", &doubt.example),
        );
    }
}

/// Tells which labels of the arguments no document has.
fn say_unknown_labels(options: &PlanOptions, labels: &[LabelSummary], context: &Context<'_>) {
    for label in unknown_labels(options.labels.keys(), labels) {
        context.say(
            Text::new(
                "no document has the speaker “{label}”",
                "没有文档有说话人“{label}”",
            )
            .with("label", label),
        );
    }
}

/// Tells which tiers of the arguments no file has.
fn say_unknown_tiers(choice: &TierChoice, documents: &[ImportedDocument], context: &Context<'_>) {
    for tier in unknown_tiers(choice, documents) {
        context.say(
            Text::new("no file has the tier “{tier}”", "没有文件有“{tier}”层").with("tier", tier),
        );
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
        say_disposition(file, ALREADY_PRESENT, title, context);
    }
    for (file, title) in &done.left_out {
        say_disposition(file, NAME_IS_TAKEN, title, context);
    }
    for (file, title) in &done.retitled {
        let retitled = Text::new(
            "imported as “{title}”, since another document has its name",
            "导入为“{title}”，因为已有同名文档",
        );
        say_disposition(file, retitled, title, context);
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

const ALREADY_PRESENT: Text = Text::new(
    "left out: the same text is already there as “{title}”",
    "不导入：文本已导入，即“{title}”",
);
const NAME_IS_TAKEN: Text = Text::new(
    "left out: another document is called “{title}”",
    "不导入：已有名为“{title}”的文档",
);

fn say_disposition(file: &str, disposition: Text, title: &str, context: &Context<'_>) {
    context.say(
        Text::new("{file}: {disposition}", "{file}：{disposition}")
            .with("file", file)
            .with("disposition", disposition.with("title", title)),
    );
}

/// The format of a name or ending; none for `auto`.
fn format_of(name: &str) -> Option<TranscriptFormat> {
    FORMATS
        .iter()
        .find(|info| info.name == name || info.endings.contains(&name))
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
