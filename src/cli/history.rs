//! `tain history`, `undo`, `redo`: the audit trail.

use std::path::PathBuf;

use super::{CommandResult, Context, DONE, failure::Failure, open::ReadArgs, output::new_table};
use crate::{
    app::{
        Session,
        action::Action,
        action_names::{action_argument, action_name},
        history::{HistoryStep, history, page::history_page, step::changes_of},
        refusal::Refusal,
        session::checkpoint::as_of,
    },
    message::{language::UiLanguage, text::Text},
    model::{Project, clock::Stamp, ids::EntryId, localized::Localized},
    table::data::DataTable,
};
use jiff::{Timestamp, tz::TimeZone};

/// Who did what, when and where
///
/// Into a file that ends in .html, a page is written for the appendix on ethics.
/// It quotes no participant.
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
    /// The changes of one entry, by the id that the list has for it
    #[arg(long, value_name = "ID", conflicts_with_all = ["since", "at"])]
    entry: Option<String>,
}

/// Undo the last step
///
/// Example: tain undo study.tain --coder An
#[derive(Debug, clap::Args)]
pub(super) struct UndoArgs {
    /// Path of the .tain file
    project: PathBuf,
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
    if let Some(id) = &args.entry {
        return show_entry(args, &session, id, context);
    }
    let project = session.project();
    let all = history(&session.file())?;
    let steps: Vec<&HistoryStep> = all
        .iter()
        .filter(|step| {
            // A coder may have had another name at the time.
            let now = step.coder.and_then(|id| project.coders.get(&id));
            let by = now.map_or(step.by.as_str(), |coder| coder.name.as_str());
            context.coder.as_deref().is_none_or(|name| by == name)
                && since.is_none_or(|since| step.stamp >= since)
        })
        .collect();
    if args.reading.output.ends_in("html") {
        let page = history_page(&steps, all.len(), &project.title, context.language);
        args.reading.output.bytes(page.as_bytes())?;
    } else {
        let language = args.reading.output.language(context);
        args.reading.output.table(&table_of(&steps, language))?;
    }
    say_what_is_unsettled(project, context);
    DONE
}

fn table_of(steps: &[&HistoryStep], language: UiLanguage) -> DataTable {
    let heads = [
        "time", "coder", "action", "entry", "undoes", "what", "where",
    ];
    let mut table = new_table(&heads, language);
    for step in steps {
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
    table
}

/// The changes of one entry.
fn show_entry(
    args: &HistoryArgs,
    session: &Session,
    id: &str,
    context: &Context<'_>,
) -> CommandResult {
    let id = entry_id(id)?;
    let file = session.file();
    file.entry(id)?.ok_or(Refusal::NoEntry)?;
    let language = args.reading.output.language(context);
    let tag = language.tag();
    let mut table = new_table(&["what", "where", "start", "end", "from", "to"], language);
    for change in changes_of(&file, id)? {
        let said =
            |words: &Option<Localized>| words.as_ref().map(|words| words.get(&tag).to_owned());
        table.rows.push(vec![
            said(&change.thing).into(),
            Some(change.title).filter(|title| !title.is_empty()).into(),
            change.range.map(|range| range.start()).into(),
            change.range.map(|range| range.end()).into(),
            said(&change.from).into(),
            said(&change.to).into(),
        ]);
    }
    args.reading.output.table(&table)?;
    DONE
}

/// The entry of an id, as `tain history` prints them.
pub(super) fn entry_id(text: &str) -> Result<EntryId, Failure> {
    text.parse().map_err(|_syntax| {
        Failure::usage(
            Text::new(
                "“{text}” is not the id of an entry; tain history lists them",
                "“{text}”不是记录的标识；tain history 会列出它们",
            )
            .with("text", text),
        )
    })
}

fn say_what_is_unsettled(project: &Project, context: &Context<'_>) {
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
pub(super) fn time_of(stamp: Stamp) -> String {
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
