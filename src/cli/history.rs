//! `tain history`, `undo`, `redo`: the audit trail.

use std::path::PathBuf;

use super::{CommandResult, Context, DONE, failure::Failure, open::ReadArgs, output::new_table};
use crate::{
    app::refusal::Refusal,
    app::{
        action::Action,
        action_names::{action_argument, action_name},
        history::history,
        session::checkpoint::as_of,
    },
    message::text::Text,
    model::{clock::Stamp, ids::EntryId},
};
use jiff::{Timestamp, tz::TimeZone};

/// Who did what, and when
///
/// Example: tain history study.tain --coder An --since 2025-03-01
#[derive(Debug, clap::Args)]
pub(super) struct HistoryArgs {
    #[command(flatten)]
    reading: ReadArgs,
    /// Only entries since this day or moment (2025-03-01, 2025-03-01T14:00:00Z)
    #[arg(long, value_name = "TIME")]
    since: Option<String>,
    /// The project as it was at this moment: its counts instead of the entries
    #[arg(long, value_name = "TIME", conflicts_with = "since")]
    at: Option<String>,
}

/// Undo the last step
///
/// Example: tain undo study.tain --coder An
#[derive(Debug, clap::Args)]
pub(super) struct UndoArgs {
    /// Path of the .tain file
    project: PathBuf,
}

/// Take back one of your steps, whatever you did since
///
/// It is refused where a later step changed the same, or depends on it.
///
/// Example: tain take-back study.tain 01a21d51-57a3-7a4a-8c84-6d52a39b3bcb --coder An
#[derive(Debug, clap::Args)]
pub(super) struct TakeBackArgs {
    /// Path of the .tain file
    project: PathBuf,
    /// The entry of the step, as `tain history` lists it
    entry: String,
}

/// Redo the last step that was undone
///
/// Example: tain redo study.tain --coder An
#[derive(Debug, clap::Args)]
pub(super) struct RedoArgs {
    /// Path of the .tain file
    project: PathBuf,
}

pub(super) fn run(args: &HistoryArgs, context: &Context<'_>) -> CommandResult {
    let since = args.since.as_deref().map(moment).transpose()?;
    let session = context.read(&args.reading.project)?;
    if let Some(at) = args.at.as_deref().map(moment).transpose()? {
        let (project, entries) = as_of(&session.file(), at)?;
        let counts = super::info::counts(&project, entries, session.file().file_bytes());
        args.reading.output.object(&counts, context)?;
        return DONE;
    }
    let project = session.project();
    let language = args.reading.output.language(context);
    let heads = [
        "time", "coder", "action", "entry", "undoes", "what", "where",
    ];
    let mut table = new_table(&heads, language);
    for step in history(&session.file())? {
        // A coder may have had another name at the time.
        let now = step.coder.and_then(|id| project.coders.get(&id));
        let is_by_coder = context
            .coder
            .as_deref()
            .is_none_or(|name| now.map_or(step.by.as_str(), |coder| coder.name.as_str()) == name);
        if !is_by_coder || since.is_some_and(|since| step.stamp < since) {
            continue;
        }
        table.rows.push(vec![
            time_of(step.stamp).into(),
            Some(step.by.as_str()).filter(|by| !by.is_empty()).into(),
            action_name(&step.action, language).into(),
            step.id.to_string().into(),
            step.undoes.map(|id| id.to_string()).into(),
            step.what(language).into(),
            step.place(language).into(),
        ]);
    }
    args.reading.output.table(&table)?;
    for skipped in &project.skipped {
        context.say(
            Text::new(
                "left out of entry {entry}: change {change}, since {reason}",
                "记录 {entry} 的第 {change} 项改动未生效：{reason}",
            )
            .with("entry", skipped.entry.to_string())
            .with("change", skipped.change + 1)
            .with("reason", skipped.reason.text()),
        );
    }
    if !project.conflicts.is_empty() {
        context.say(
            Text::new(
                "two coders set {count} {count|field|fields} differently; the later value was kept",
                "有 {count} 个字段两位编码员设置不同；保留较晚的值",
            )
            .with("count", project.conflicts.len()),
        );
    }
    DONE
}

pub(super) fn run_undo(args: &UndoArgs, context: &Context<'_>) -> CommandResult {
    let mut session = context.act(&args.project)?;
    let done = session.run(Action::Undo)?;
    context.say(
        Text::new("undone: {action}", "已撤销：{action}")
            .with("action", action_argument(&done.action)),
    );
    DONE
}

pub(super) fn run_take_back(args: &TakeBackArgs, context: &Context<'_>) -> CommandResult {
    let mut session = context.act(&args.project)?;
    let no_step = || Refusal::NoStep(args.entry.clone());
    let entry: EntryId = args.entry.parse().map_err(|_unreadable| no_step())?;
    let done = session.run(Action::TakeBack(entry))?;
    context.say(
        Text::new("taken back: {action}", "已收回：{action}")
            .with("action", action_argument(&done.action)),
    );
    DONE
}

pub(super) fn run_redo(args: &RedoArgs, context: &Context<'_>) -> CommandResult {
    let mut session = context.act(&args.project)?;
    let done = session.run(Action::Redo)?;
    context.say(
        Text::new("redone: {action}", "已重做：{action}")
            .with("action", action_argument(&done.action)),
    );
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
        Failure::usage(
            Text::new(
                "“{text}” is not a time; write 2025-03-01 or 2025-03-01T14:00:00Z",
                "“{text}”不是时间；请写 2025-03-01 或 2025-03-01T14:00:00Z",
            )
            .with("text", text),
        )
    })?;
    Ok(Stamp::at_millis(
        u64::try_from(time.as_millisecond()).unwrap_or(0),
    ))
}
