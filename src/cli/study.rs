//! Another program's project on the command line: what is in it, what came in, what didn't survive.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::{Context, failure::Failure};
use crate::{
    app::{
        Session,
        edit::study::{Count, Counts},
        export::whole_file::write_whole,
    },
    import::{loss::Losses, positions::PositionReading, study::Study},
    message::language::UiLanguage,
    store::Access,
};

/// Where every thing that didn't survive is written.
#[derive(Debug, clap::Args)]
pub(super) struct LossReport {
    /// File for everything that isn't carried over, by name, as Markdown
    #[arg(long, value_name = "FILE")]
    losses: Option<PathBuf>,
}

impl LossReport {
    /// Whether it is wanted.
    pub(super) fn is_asked(&self) -> bool {
        self.losses.is_some()
    }

    /// Writes what is to be said of each file, where it is wanted.
    pub(super) fn write(&self, files: impl IntoIterator<Item = String>) -> Result<(), Failure> {
        let Some(path) = &self.losses else {
            return Ok(());
        };
        let reports: Vec<String> = files.into_iter().collect();
        write_whole(path, reports.join("\n").as_bytes()).map_err(|error| Failure::io(path, error))
    }
}

/// A file that was looked at or taken in.
pub(super) struct Seen {
    /// Its name.
    pub(super) file: String,
    /// What of it doesn't survive.
    pub(super) losses: Losses,
    /// What is printed as JSON.
    pub(super) json: Value,
}

/// Opens a project to take another program's in: the coders are the file's own, so that nobody needs to act.
pub(super) fn writer(project: &Path, context: &Context<'_>) -> Result<Session, Failure> {
    let mut session = Session::open(project, Access::Write, (context.world)())?;
    if let Some(name) = context
        .coder
        .as_ref()
        .filter(|name| session.project().coder_by_name(name).is_some())
    {
        session.act_as(name)?;
    }
    Ok(session)
}

/// Takes a project in.
pub(super) fn take_in(
    session: &mut Session,
    study: Study,
    context: &Context<'_>,
) -> Result<Seen, Failure> {
    let file = study.file.clone();
    let done = session.import_study(study)?;
    say_program(context, &file, &done.program, done.positions.as_ref());
    for (what, count) in counted(&done.counts)
        .into_iter()
        .filter(|(_, count)| *count != Count::default())
    {
        let known = if count.known > 0 {
            format!(", {} there already", count.known)
        } else {
            String::new()
        };
        context.say(&format!("{file}: {} {what} taken in{known}", count.added));
    }
    say_losses(context, &file, &done.losses);
    let counts = counted(&done.counts).into_iter().map(|(what, count)| {
        (
            what.to_owned(),
            json!({"added": count.added, "known": count.known}),
        )
    });
    let json = json!({
        "file": file,
        "program": done.program,
        "positions": done.positions.map(|positions| positions.words(UiLanguage::English)),
        "counts": Value::Object(counts.collect()),
        "losses": losses(&done.losses),
    });
    Ok(Seen {
        file,
        losses: done.losses,
        json,
    })
}

/// Says what is in a project; nothing is taken in.
pub(super) fn look_at(study: Study, context: &Context<'_>) -> Seen {
    say_program(
        context,
        &study.file,
        &study.program,
        study.positions.as_ref(),
    );
    let counts = contents(&study);
    for (what, count) in counts.iter().filter(|(_, count)| *count > 0) {
        context.say(&format!("{}: {count} {what}", study.file));
    }
    say_losses(context, &study.file, &study.losses);
    let json = json!({
        "file": study.file,
        "program": study.program,
        "positions": study.positions.as_ref().map(|positions| positions.words(UiLanguage::English)),
        "counts": Value::Object(counts.into_iter().map(|(what, count)| (what.to_owned(), json!(count))).collect()),
        "losses": losses(&study.losses),
    });
    Seen {
        file: study.file,
        losses: study.losses,
        json,
    }
}

fn say_program(
    context: &Context<'_>,
    file: &str,
    program: &str,
    positions: Option<&PositionReading>,
) {
    if !program.is_empty() {
        context.say(&format!("{file}: written by {program}"));
    }
    if let Some(positions) = positions {
        context.say(&format!("{file}: {}", positions.words(UiLanguage::English)));
    }
}

/// Says what didn't survive, a line for each kind.
pub(super) fn say_losses(context: &Context<'_>, file: &str, losses: &Losses) {
    for line in losses.lines(UiLanguage::English) {
        context.say(&format!("{file}: not carried: {line}"));
    }
}

/// What didn't survive, every thing by name.
pub(super) fn losses(losses: &Losses) -> Value {
    let rows = losses.iter().map(|(kind, places)| json!({"what": kind.name(UiLanguage::English), "count": places.len(), "where": places}));
    Value::Array(rows.collect())
}

fn counted(counts: &Counts) -> [(&'static str, Count); 10] {
    let Counts {
        coders,
        codes,
        attributes,
        cases,
        documents,
        codings,
        memos,
        links,
        sets,
        attachments,
    } = *counts;
    [
        ("documents", documents),
        ("codings", codings),
        ("codes", codes),
        ("coders", coders),
        ("cases", cases),
        ("attributes", attributes),
        ("memos", memos),
        ("links", links),
        ("sets", sets),
        ("attachments", attachments),
    ]
}

fn contents(study: &Study) -> [(&'static str, usize); 10] {
    [
        ("documents", study.documents.len()),
        (
            "codings",
            study
                .documents
                .iter()
                .map(|document| document.codings.len())
                .sum(),
        ),
        ("codes", study.codes.len()),
        ("coders", study.coders.len()),
        ("cases", study.cases.len()),
        ("attributes", study.attributes.len()),
        ("memos", study.memos.len()),
        ("links", study.links.len()),
        ("sets", study.sets.len()),
        ("attachments", study.attachments.len()),
    ]
}
