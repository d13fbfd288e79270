//! `tain history`, `undo`, `redo`: the audit trail.

use std::path::PathBuf;

use jiff::{Timestamp, tz::TimeZone};
use serde_json::json;

use super::{Context, DONE, Ended, failure::Failure, open::Reading, output::Table};
use crate::{
    app::{action::Action, checkpoint::as_of},
    model::clock::Stamp,
};

/// Who did what, and when
///
/// Example: tain history study.tain --coder An --since 2025-03-01
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    reading: Reading,
    /// Only entries since this day or moment (2025-03-01, 2025-03-01T14:00:00Z)
    #[arg(long, value_name = "TIME")]
    since: Option<String>,
    /// The project as it was at this moment: its counts instead of the entries
    #[arg(long, value_name = "TIME", conflicts_with = "since")]
    at: Option<String>,
}

/// Take the last step back
///
/// Example: tain undo study.tain --coder An
#[derive(Debug, clap::Args)]
pub(super) struct Undo {
    /// Path of the .tain file
    project: PathBuf,
}

/// Take the last undo back
///
/// Example: tain redo study.tain --coder An
#[derive(Debug, clap::Args)]
pub(super) struct Redo {
    /// Path of the .tain file
    project: PathBuf,
}

pub(super) fn run(args: &Args, context: &Context<'_>) -> Ended {
    let since = args.since.as_deref().map(moment).transpose()?;
    let session = context.read(&args.reading.project)?;
    if let Some(at) = args.at.as_deref().map(moment).transpose()? {
        let (project, entries) = as_of(&session.file(), at)?;
        args.reading.output.object(&super::info::counts(
            &project,
            entries,
            session.file().file_bytes(),
        ))?;
        return DONE;
    }
    let project = session.project();
    let mut table = Table::new(&["time", "coder", "action", "entry", "undoes"]);
    for head in session.file().heads()? {
        let coder = head
            .step
            .coder
            .and_then(|id| project.coders.get(&id))
            .map(|coder| coder.name.as_str());
        let wanted = context
            .coder
            .as_deref()
            .is_none_or(|name| coder == Some(name));
        if !wanted || since.is_some_and(|since| head.stamp < since) {
            continue;
        }
        table.rows.push(vec![
            json!(time_of(head.stamp)),
            json!(coder),
            json!(head.step.action),
            json!(head.step.id.to_string()),
            json!(head.step.undoes.map(|id| id.to_string())),
        ]);
    }
    args.reading.output.table(&table)?;
    for skipped in &project.skipped {
        context.say(&format!(
            "left out of entry {}: change {}, since {}",
            skipped.entry,
            skipped.change + 1,
            skipped.reason
        ));
    }
    if !project.conflicts.is_empty() {
        context.say(&format!(
            "{} fields were set differently by two coders; the later value stands",
            project.conflicts.len()
        ));
    }
    DONE
}

pub(super) fn run_undo(args: &Undo, context: &Context<'_>) -> Ended {
    let mut session = context.act(&args.project)?;
    let done = session.run(Action::Undo)?;
    context.say(&format!("undone: {}", done.action));
    DONE
}

pub(super) fn run_redo(args: &Redo, context: &Context<'_>) -> Ended {
    let mut session = context.act(&args.project)?;
    let done = session.run(Action::Redo)?;
    context.say(&format!("redone: {}", done.action));
    DONE
}

/// A stamp's moment in UTC.
fn time_of(stamp: Stamp) -> String {
    let millis = i64::try_from(stamp.millis()).unwrap_or(i64::MAX);
    Timestamp::from_millisecond(millis).map_or_else(|_| String::new(), |time| time.to_string())
}

fn moment(text: &str) -> Result<Stamp, Failure> {
    let time = text.parse::<Timestamp>().ok().or_else(|| {
        let day: jiff::civil::Date = text.parse().ok()?;
        Some(day.to_zoned(TimeZone::UTC).ok()?.timestamp())
    });
    let time = time.ok_or_else(|| {
        Failure::Usage(format!(
            "`{text}` is no time; write 2025-03-01 or 2025-03-01T14:00:00Z"
        ))
    })?;
    Ok(Stamp::at_millis(
        u64::try_from(time.as_millisecond()).unwrap_or(0),
    ))
}
