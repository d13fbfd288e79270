//! `tain saturation`: new codes per interview.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::{
    CommandResult, Context, DONE,
    failure::Failure,
    filters::{Figures, Filters},
    output::{Output, new_table},
    values,
};
use crate::{
    analysis::saturation::{Band, Course, InterviewOrder, course},
    message::text::Text,
    model::document::Document,
    statistics::saturation::Rule,
    views::saturation::verdict,
};

/// The number of random orders of the interviews from which the band is made.
const ORDERS: usize = 1_000;
/// The seed of these orders, so that the same project has the same band each time.
const SEED: u64 = 1;

/// Measure code saturation: how many codes each interview adds (Guest, Namey & Chen 2020)
///
/// Example: tain saturation study.tain --base 4 --run 2 --threshold 0.05
#[derive(Debug, clap::Args)]
pub(super) struct SaturationArgs {
    /// Path of the .tain file
    project: PathBuf,
    /// Interviews whose codes are the base
    #[arg(long, default_value_t = 4, value_name = "N")]
    base: usize,
    /// Interviews of a run
    #[arg(long, default_value_t = 2, value_name = "N")]
    run: usize,
    /// Share of the base's codes that a run may add, 0 to 1
    #[arg(long, default_value_t = 0.05, value_name = "S")]
    threshold: f64,
    /// In which order interviews count
    #[arg(long, value_parser = values::interview_order(), default_value = "date")]
    order: InterviewOrder,
    #[command(flatten)]
    filters: Filters,
    #[command(flatten)]
    output: Output,
}

/// Said where somebody asks how several coders count.
const ANY_CODER: Text = Text::new(
    "an interview has the codes that any of its coders gave; how several count makes no difference",
    "任一编码员用过的编码都算作该次访谈的编码；如何计算多名编码员没有区别",
);

pub(super) fn run(args: &SaturationArgs, context: &Context<'_>) -> CommandResult {
    if args.base == 0 || args.run == 0 || !(0.0..=1.0).contains(&args.threshold) {
        return Err(Failure::usage(Text::new(
            "base and run must be at least 1, and the threshold between 0 and 1",
            "基数和一轮至少为 1，阈值在 0 与 1 之间",
        )));
    }
    let session = context.read(&args.project)?;
    let project = session.project();
    let rule = Rule {
        base: args.base,
        run: args.run,
        threshold: args.threshold,
    };
    let load = |document: &Document| session.content(document).ok();
    let filter = args.filters.filter(project)?;
    if filter.counting.is_some() {
        context.say(ANY_CODER);
    }
    let found = course(project, &filter, args.order, rule, &load);
    session.texts().whole()?;
    let band = found.band(ORDERS, SEED);
    let heads = [
        "interview",
        "document",
        "new_codes",
        "codes",
        "run_new",
        "run_ratio",
        "at_or_below",
        "low",
        "high",
    ];
    let mut table = new_table(&heads, args.output.language(context));
    for (at, id) in found.documents.iter().enumerate() {
        let run = found.judged.runs.iter().find(|run| run.from == at + 1);
        table.rows.push(vec![
            (at + 1).into(),
            (project
                .documents
                .get(id)
                .map(|document| document.title.as_str()))
            .into(),
            (found.new[at]).into(),
            (found.seen[at]).into(),
            run.map(|run| run.new).into(),
            run.map(|run| run.ratio).into(),
            run.map(|run| run.at_or_below).into(),
            band.low.get(at).copied().into(),
            band.high.get(at).copied().into(),
        ]);
    }
    context.say_line(&verdict(&found, context.language));
    args.output
        .table_or(&table, || shape(&found, &band, rule))?;
    DONE
}

/// The shape that scripts rely on.
fn shape(found: &Course, band: &Band, rule: Rule) -> Value {
    let judged = &found.judged;
    let runs = judged.runs.iter();
    let runs: Vec<Value> = runs
        .map(|run| {
            json!({ "from": run.from, "to": run.to, "new": run.new, "ratio": run.ratio, "at_or_below": run.at_or_below })
        })
        .collect();
    #[expect(clippy::cast_precision_loss, reason = "a number of interviews")]
    let saturated_at = judged.saturated_at.map(|at| at as f64);
    // In the notation of Guest, Namey and Chen: saturated at 6, by a run of 2, is 6+2.
    let notation = judged
        .saturated_at
        .ok()
        .map(|at| format!("{at}+{}", rule.run));
    let mut object = Figures::default();
    object
        .set("n_interviews", found.documents.len())
        .set("base_codes", judged.base_codes)
        .set("new_codes", found.new.clone())
        .set("codes", found.seen.clone())
        .set("runs", runs)
        .figure("saturated_at", saturated_at)
        .set("notation", notation)
        .set("band", json!({ "orders": ORDERS, "seed": SEED, "low": band.low, "middle": band.middle, "high": band.high, "reached_in": band.reached.0 }));
    object.into_value()
}
