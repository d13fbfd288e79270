//! `tain take-back`, `back-to`: a chosen step is taken back, or all after one.

use std::path::PathBuf;

use super::{CommandResult, Context, DONE, SOME_REFUSED, failure::Failure, history::entry_id};
use crate::{
    app::{
        Session,
        action::Action,
        edit::take_back::{Reversal, plan_back_to, plan_step},
        history::{HistoryStep, history},
        refusal::Refusal,
    },
    message::text::Text,
    model::ids::EntryId,
};

/// Take back a step, whoever made it and whatever was done since
///
/// What came later stays. Where later work depends on the step, it isn't taken back, and the reason is said.
///
/// Example: tain take-back study.tain 01a21d51-57a3-7a4a-8c84-6d52a39b3bcb --dry-run
#[derive(Debug, clap::Args)]
pub(super) struct TakeBackArgs {
    #[command(flatten)]
    chosen: Chosen,
}

/// Take back all steps after one, as far as they can be
///
/// That is one step, which undo takes back. Steps that later work depends on stay and are named.
///
/// Example: tain back-to study.tain 01a21d51-57a3-7a4a-8c84-6d52a39b3bcb --dry-run
#[derive(Debug, clap::Args)]
pub(super) struct BackToArgs {
    #[command(flatten)]
    chosen: Chosen,
}

#[derive(Debug, clap::Args)]
struct Chosen {
    /// Path of the .tain file
    project: PathBuf,
    /// The entry of the step, as `tain history` lists it
    entry: String,
    /// Only say what would happen, and what stands in the way
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(args: &TakeBackArgs, context: &Context<'_>) -> CommandResult {
    const WOULD: Text = Text::new("can be taken back: {step}", "可以收回：{step}");
    const TAKEN_BACK: Text = Text::new("taken back: {step}", "已收回：{step}");
    let (mut session, id) = open(&args.chosen, context)?;
    let step = said(&history(&session.file())?, id, context)?;
    let text = if args.chosen.dry_run {
        plan_step(&session.file(), session.project(), session.coder(), id)?;
        WOULD
    } else {
        session.run(Action::TakeBack(id))?;
        TAKEN_BACK
    };
    context.say(text.with("step", step));
    DONE
}

pub(super) fn run_back_to(args: &BackToArgs, context: &Context<'_>) -> CommandResult {
    const WOULD: Text = Text::new(
        "{count} {count|step|steps} can be taken back",
        "可以收回 {count} 个步骤",
    );
    const TAKEN_BACK: Text = Text::new(
        "took back {count} {count|step|steps}",
        "已收回 {count} 个步骤",
    );
    const STAYS: Text = Text::new("stays: {step} ({reason})", "保留：{step}（{reason}）");
    let (mut session, id) = open(&args.chosen, context)?;
    let Reversal { taken, stays, .. } =
        plan_back_to(&session.file(), session.project(), session.coder(), id)?;
    let steps = history(&session.file())?;
    let text = if args.chosen.dry_run {
        WOULD
    } else {
        session.run(Action::BackTo(id))?;
        TAKEN_BACK
    };
    context.say(text.count("count", taken));
    let outcome = if stays.is_empty() { DONE } else { SOME_REFUSED };
    for staying in stays {
        let step = said(&steps, staying.entry, context)?;
        context.say(STAYS.with("step", step).with("reason", staying.reason));
    }
    outcome
}

/// Opens the project, for reading if nothing is to be done.
fn open(chosen: &Chosen, context: &Context<'_>) -> Result<(Session, EntryId), Failure> {
    let id = entry_id(&chosen.entry)?;
    if !chosen.dry_run {
        return Ok((context.act(&chosen.project)?, id));
    }
    let mut session = context.read(&chosen.project)?;
    if let Some(coder) = &context.coder {
        session.act_as(coder)?;
    }
    Ok((session, id))
}

/// What a step did, in words.
fn said(steps: &[HistoryStep], id: EntryId, context: &Context<'_>) -> Result<String, Failure> {
    let step = steps.iter().find(|step| step.id == id);
    let step = step.ok_or(Refusal::NoEntry)?;
    Ok(step.says(context.language))
}
