//! `tain import`: transcripts.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use regex::Regex;

use super::{Context, DONE, Ended, SOME_REFUSED, failure::Failure, open};
use crate::{
    app::{
        importing::{PathPatterns, SheetError, find_files, read_files},
        jobs::JobControl,
    },
    import::{DocumentOptions, Format, SpeakerOption, survey::read_answers, table::Table, text::FORMATS},
};

/// Import transcripts: files and folders of text, Word, OpenDocument, RTF, PDF, HTML, EPUB, subtitles, ELAN, Praat and sheets
///
/// Example: tain import study.tain interviews/ --phase-pattern '(?<phase>baseline|follow-up)'
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
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',')]
    answers: Vec<String>,
    /// Column that names the case of each answer, by default the first
    #[arg(long, value_name = "COLUMN", requires = "answers")]
    key: Option<String>,
    /// Read and say what would be taken in, and change nothing
    #[arg(long)]
    dry_run: bool,
}

/// `auto`, and the formats by name or ending.
fn formats() -> PossibleValuesParser {
    let names = FORMATS.iter().flat_map(|(_, name, endings)| std::iter::once(*name).chain(endings.iter().copied()));
    let names: std::collections::BTreeSet<&str> = names.collect();
    PossibleValuesParser::new(std::iter::once("auto").chain(names))
}

pub(super) fn run(args: Args, context: &Context<'_>) -> Ended {
    if !args.answers.is_empty() {
        return answers(&args, context);
    }
    let options = DocumentOptions {
        encoding: Some(args.encoding).filter(|name| !name.eq_ignore_ascii_case("auto")),
        format: format_of(&args.read_as),
        speakers: match args.speakers.as_str() {
            "auto" => SpeakerOption::Auto,
            "none" => SpeakerOption::None,
            pattern => SpeakerOption::Pattern(with_group(pattern, "speaker")?),
        },
    };
    let patterns = PathPatterns {
        case: args.case_pattern.map(|pattern| with_group(&pattern, "case")).transpose()?,
        phase: args.phase_pattern.map(|pattern| with_group(&pattern, "phase")).transpose()?,
    };
    let mut session = if args.dry_run { context.read(&args.project)? } else { context.write(&args.project)? };
    let (files, mut failures) = find_files(&args.paths);
    let batch = read_files(&files, &options, &JobControl::default()).unwrap_or_default();
    failures.extend(batch.failures);
    for document in &batch.documents {
        for note in &document.notes {
            context.say(&format!("{}: {note}", document.file));
        }
    }
    let read = batch.documents.len();
    if args.dry_run {
        for document in &batch.documents {
            let speakers: Vec<&str> = document.speakers.iter().map(|speaker| speaker.label.as_str()).collect();
            context.say(&format!(
                "{}: {}, {} turns, speakers: {}",
                document.file,
                document.read_as,
                document.turns.len(),
                speakers.join(", ")
            ));
        }
        context.say(&format!("would be taken in: {read}"));
    } else {
        let done = session.add_documents(batch.documents, &patterns)?;
        for (thing, name) in &done.named {
            context.say(&format!("added {} {name}", format!("{thing:?}").to_lowercase()));
        }
        for (file, title) in &done.known {
            context.say(&format!("{file}: left out, the same text is in as `{title}`"));
        }
        for (file, title) in &done.retitled {
            context.say(&format!("{file}: taken in as `{title}`, since another document has its name"));
        }
        for (file, count) in &done.unwritten {
            context.say(&format!("{file}: {count} comments and notes left out, since nobody acts; name the coder with --coder"));
        }
        context.say(&format!("documents taken in: {}", read - done.known.len()));
        open::close(session)?;
    }
    for failure in &failures {
        context.say(&failure.to_string());
    }
    if failures.is_empty() { DONE } else { SOME_REFUSED }
}

/// Takes in the answers of sheets.
fn answers(args: &Args, context: &Context<'_>) -> Ended {
    let mut session = if args.dry_run { context.read(&args.project)? } else { context.write(&args.project)? };
    for path in &args.paths {
        let (file, bytes) = (open::shown(path), open::read_file(path)?);
        if args.dry_run {
            let table = Table::read(&file, bytes).map_err(SheetError::from)?;
            let read = read_answers(&table, args.key.as_deref(), &args.answers).map_err(SheetError::from)?;
            context.say(&format!("{file}: {} answers of {} cases, {} empty", read.answers.len(), read.cases.rows.len(), read.empty));
            continue;
        }
        let done = session.import_answers(&file, bytes, args.key.as_deref(), &args.answers)?;
        context.say(&format!("{file}: documents taken in: {}, in already: {}, empty answers: {}", done.documents, done.known, done.empty));
    }
    if !args.dry_run {
        open::close(session)?;
    }
    DONE
}

/// The format of a name or ending; none for `auto`.
fn format_of(wanted: &str) -> Option<Format> {
    FORMATS.iter().find(|(_, name, endings)| *name == wanted || endings.contains(&wanted)).map(|(format, ..)| *format)
}

fn with_group(pattern: &str, group: &str) -> Result<Regex, Failure> {
    let regex = Regex::new(pattern).map_err(|error| Failure::Usage(format!("`{pattern}` is no pattern: {error}")))?;
    let named = regex.capture_names().flatten().any(|name| name == group);
    if named { Ok(regex) } else { Err(Failure::Usage(format!("`{pattern}` needs a group: (?<{group}>...)"))) }
}
