//! Other programs' projects on the command line: what they contain, what was imported, and what couldn't be carried over.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::{Context, failure::Failure, output::Replace};
use crate::{
    app::{
        Session,
        edit::study::{Count, Counts},
        names,
    },
    import::{loss::Losses, positions::PositionReading, study::Study},
    message::{language::UiLanguage, text::Text},
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
    /// Returns true if the option is given.
    pub(super) fn is_given(&self) -> bool {
        self.losses.is_some()
    }

    /// Returns a failure if the report would replace a file that may not be replaced.
    pub(super) fn check(&self, replace: Replace) -> Result<(), Failure> {
        self.losses
            .as_deref()
            .map_or(Ok(()), |path| replace.check(path))
    }

    /// Writes the report of each file, if the option is given.
    pub(super) fn write(
        &self,
        replace: Replace,
        files: impl IntoIterator<Item = String>,
    ) -> Result<(), Failure> {
        let Some(path) = &self.losses else {
            return Ok(());
        };
        let reports: Vec<String> = files.into_iter().collect();
        replace.write(path, reports.join("\n").as_bytes())
    }
}

/// A file that was previewed or imported.
pub(super) struct StudySummary {
    /// Its name.
    pub(super) file: String,
    /// What of it doesn't survive.
    pub(super) losses: Losses,
    /// What is printed as JSON.
    pub(super) json: Value,
}

/// Opens a project to import another program's into it.
///
/// The coders are those of the file, so nobody needs to act, and a name that the project doesn't know yet is no mistake.
pub(super) fn writer(project: &Path, context: &Context<'_>) -> Result<Session, Failure> {
    let mut session = Session::open(project, Access::Write, (context.host)())?;
    if let Some(name) = context
        .coder
        .as_ref()
        .filter(|name| names::coder(session.project(), name).is_some())
    {
        session.act_as(name)?;
    }
    Ok(session)
}

/// Imports another program's project.
pub(super) fn import(
    session: &mut Session,
    study: Study,
    context: &Context<'_>,
) -> Result<StudySummary, Failure> {
    let file = study.file.clone();
    let done = session.import_study(study)?;
    say_program(context, &file, &done.program, done.positions.as_ref());
    for (what, count) in counted(&done.counts).filter(|(_, count)| *count != Count::default()) {
        let text = if count.known > 0 {
            Text::new(
                "{file}: {added} {what} imported, {known} already there",
                "{file}：已导入{what} {added}，{known} 已存在",
            )
        } else {
            Text::new(
                "{file}: {added} {what} imported",
                "{file}：已导入{what} {added}",
            )
        };
        let mut message = text
            .with("file", &file)
            .with("added", count.added)
            .with("what", what.text());
        if count.known > 0 {
            message = message.with("known", count.known);
        }
        context.say(message);
    }
    say_losses(context, &file, &done.losses);
    let counts = counted(&done.counts).map(|(what, count)| {
        (
            what.key().to_owned(),
            json!({"added": count.added, "known": count.known}),
        )
    });
    let json = json!({
        "file": file,
        "program": done.program,
        "positions": done.positions.map(|positions| positions.message().say(UiLanguage::English)),
        "counts": Value::Object(counts.collect()),
        "losses": losses(&done.losses),
    });
    Ok(StudySummary {
        file,
        losses: done.losses,
        json,
    })
}

/// Says what is in another program's project, and imports nothing.
pub(super) fn preview(study: Study, context: &Context<'_>) -> StudySummary {
    say_program(
        context,
        &study.file,
        &study.program,
        study.positions.as_ref(),
    );
    let counts: Vec<_> = contents(&study).collect();
    for (what, count) in counts.iter().filter(|(_, count)| *count > 0) {
        context.say(
            Text::new("{file}: {count} {what}", "{file}：{what} {count}")
                .with("file", &study.file)
                .with("count", *count)
                .with("what", what.text()),
        );
    }
    say_losses(context, &study.file, &study.losses);
    let json = json!({
        "file": study.file,
        "program": study.program,
        "positions": study.positions.as_ref().map(|positions| positions.message().say(UiLanguage::English)),
        "counts": Value::Object(counts.into_iter().map(|(what, count)| (what.key().to_owned(), json!(count))).collect()),
        "losses": losses(&study.losses),
    });
    StudySummary {
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
        context.say(
            Text::new("{file}: written by {program}", "{file}：来自 {program}")
                .with("file", file)
                .with("program", program),
        );
    }
    if let Some(positions) = positions {
        context.say(
            Text::new("{file}: {positions}", "{file}：{positions}")
                .with("file", file)
                .with("positions", positions.message()),
        );
    }
}

/// Says what didn't survive, a line for each kind.
pub(super) fn say_losses(context: &Context<'_>, file: &str, losses: &Losses) {
    for line in losses.lines(context.language) {
        context.say(
            Text::new(
                "{file}: not carried over: {line}",
                "{file}：未能带入：{line}",
            )
            .with("file", file)
            .with("line", line),
        );
    }
}

/// What didn't survive, every thing by name.
pub(super) fn losses(losses: &Losses) -> Value {
    let rows = losses.iter().map(|(kind, places)| json!({"what": kind.name(UiLanguage::English), "count": places.len(), "where": places}));
    Value::Array(rows.collect())
}

/// A kind of thing in a project, for counts.
#[derive(Debug, Clone, Copy)]
struct Counted {
    english: &'static str,
    chinese: &'static str,
}

impl Counted {
    /// Its key in JSON.
    const fn key(self) -> &'static str {
        self.english
    }

    const fn text(self) -> Text {
        Text::new(self.english, self.chinese)
    }
}

/// The kinds of things that projects contain, in the order in which they are told.
const COUNTED: [Counted; 10] = {
    const fn of(english: &'static str, chinese: &'static str) -> Counted {
        Counted { english, chinese }
    }
    [
        of("documents", "文档"),
        of("codings", "编码片段"),
        of("codes", "编码"),
        of("coders", "编码员"),
        of("cases", "个案"),
        of("attributes", "属性"),
        of("memos", "备忘"),
        of("links", "关联"),
        of("sets", "集合"),
        of("attachments", "附件"),
    ]
};

fn counted(counts: &Counts) -> impl Iterator<Item = (Counted, Count)> {
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
    COUNTED.into_iter().zip([
        documents,
        codings,
        codes,
        coders,
        cases,
        attributes,
        memos,
        links,
        sets,
        attachments,
    ])
}

fn contents(study: &Study) -> impl Iterator<Item = (Counted, usize)> {
    let codings = study
        .documents
        .iter()
        .map(|document| document.codings.len())
        .sum();
    COUNTED.into_iter().zip([
        study.documents.len(),
        codings,
        study.codes.len(),
        study.coders.len(),
        study.cases.len(),
        study.attributes.len(),
        study.memos.len(),
        study.links.len(),
        study.sets.len(),
        study.attachments.len(),
    ])
}
