//! `tain phases`: what changed between two phases.

use std::path::PathBuf;

use clap::ValueEnum;
use serde_json::{Value, json};

use super::{
    CommandResult, Context, DONE,
    filters::{Figures, Filters, Find, figure_cell, listed},
    output::{Format, Output, new_table},
    summary::names_of,
    values,
};
use crate::{
    analysis::{
        change::{ChangeLine, ChangeQuestion, ChangeSubject, Changes, changes},
        frequency::{Columns, Measure, Rows},
        scales::{Score, name_of, scores},
    },
    app::refusal::Refusal,
    message::language::UiLanguage,
    model::{Project, document::Document, ids::PhaseId},
    statistics::{Figure, Undefined, interval::Interval, paired::TTest},
    table::data::CellValue,
    views::change::coder_warning,
};

/// Compare themes and scales before and after, pair by pair, with exact tests and effect sizes
///
/// A pair is a person, case or family that has documents (or answers) in both phases. Wilcoxon, sign and McNemar tests are exact; the middle
/// change is Hodges and Lehmann's with its interval. Numbers given per phase are compared too, or those that --scale names.
///
/// Example: tain phases study.tain --from baseline --to follow-up --by person --measure per1000 --coders An
#[derive(Debug, clap::Args)]
pub(super) struct PhasesArgs {
    /// Path of the .tain file
    project: PathBuf,
    /// The phase before
    #[arg(long, value_name = "PHASE")]
    from: String,
    /// The phase after
    #[arg(long, value_name = "PHASE")]
    to: String,
    /// What a pair is
    #[arg(long, value_enum, default_value = "person")]
    by: PairOf,
    /// What is measured of themes
    #[arg(long, value_parser = values::measure(), default_value = "per1000")]
    measure: Measure,
    /// Only themes at the top, with their subcodes
    #[arg(long)]
    themes: bool,
    /// A scale, or a number given per phase; by default all that aren't items
    #[arg(long, value_name = "NAME")]
    scale: Vec<String>,
    #[command(flatten)]
    filters: Filters,
    #[command(flatten)]
    output: Output,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum PairOf {
    Case,
    Family,
    Person,
}

pub(super) fn run(args: &PhasesArgs, context: &Context<'_>) -> CommandResult {
    let session = context.read(&args.project)?;
    let project = session.project();
    let rows = match args.by {
        PairOf::Case => Rows::Case,
        PairOf::Family => Rows::Family,
        PairOf::Person => Rows::Person,
    };
    let scores = if args.scale.is_empty() {
        scores(project)
    } else {
        args.scale
            .iter()
            .map(|name| score(project, name))
            .collect::<Result<_, _>>()?
    };
    let question = ChangeQuestion {
        from: Find(project).phase(&args.from)?,
        to: Find(project).phase(&args.to)?,
        rows,
        measure: args.measure,
        columns: if args.themes {
            Columns::Themes
        } else {
            Columns::Codes
        },
        scores,
        filter: args.filters.filter(project)?,
    };
    let load = |document: &Document| session.content(document).ok();
    let found = changes(project, &question, &load);
    session.texts().whole()?;
    let columns = [
        "what",
        "n",
        "dropped",
        "mean_before",
        "mean_after",
        "up",
        "down",
        "same",
        "middle_change",
        "ci_low",
        "ci_high",
    ];
    let tests = [
        "wilcoxon_p",
        "rank_biserial",
        "sign_p",
        "mcnemar_p",
        "lost",
        "gained",
        "mean_change",
        "t",
        "t_p",
        "cohen_dz",
        "hedges_gz",
    ];
    let language = args.output.language(context);
    let mut table = new_table(&[columns, tests].concat(), language);
    for line in &found.lines {
        table.rows.push(row(project, line, language));
    }
    if args.output.format() != Format::Json
        && let Some(warning) = coder_warning(&found, project, language)
    {
        context.say_line(&warning);
    }
    args.output.table_or(&table, || shape(project, &found))?;
    DONE
}

/// The scale, or else the number, of a name.
fn score(project: &Project, name: &str) -> Result<Score, Refusal> {
    match project.scale_by_name(name) {
        Some(scale) => Ok(Score::Scale(scale.id)),
        None => Find(project).attribute(name).map(Score::Number),
    }
}

fn name(project: &Project, line: &ChangeLine, language: UiLanguage) -> String {
    match line.subject {
        ChangeSubject::Code(_, code) => Find(project).code_path(code, language),
        ChangeSubject::Score(score) => listed(&name_of(project, score), language).to_owned(),
    }
}

/// Every figure of a line.
struct Tests {
    middle: Figure,
    interval: Result<Interval, Undefined>,
    wilcoxon: Figure,
    biserial: Figure,
    t: Result<TTest, Undefined>,
    mean_change: Figure,
}

impl Tests {
    fn of(line: &ChangeLine) -> Self {
        let none = Undefined::NoCompletePairs;
        Self {
            middle: line.middle.map(|middle| middle.estimate).ok_or(none),
            interval: line.middle.map_or(Err(none), |middle| middle.interval),
            wilcoxon: line
                .wilcoxon
                .as_ref()
                .map(|test| test.p_two_sided)
                .map_err(|why| *why),
            biserial: line
                .wilcoxon
                .as_ref()
                .map(|test| test.rank_biserial)
                .map_err(|why| *why),
            t: line.t.as_ref().map_err(|why| *why).and_then(|t| t.test),
            mean_change: line
                .t
                .as_ref()
                .map(|t| t.mean_difference)
                .map_err(|why| *why),
        }
    }
}

/// A mean; empty without complete pairs.
fn mean_cell(mean: Option<f64>) -> CellValue {
    mean.map(|mean| figure_cell(Ok(mean))).into()
}

fn row(project: &Project, line: &ChangeLine, language: UiLanguage) -> Vec<CellValue> {
    let tests = Tests::of(line);
    // Scores have no McNemar test: they are neither present nor absent.
    let mcnemar = line.mcnemar.as_ref();
    vec![
        name(project, line, language).into(),
        line.n().into(),
        line.differences.dropped.into(),
        mean_cell(line.mean_before),
        mean_cell(line.mean_after),
        line.signs.n_positive.into(),
        line.signs.n_negative.into(),
        line.signs.n_zero.into(),
        figure_cell(tests.middle),
        figure_cell(tests.interval.map(|interval| interval.low)),
        figure_cell(tests.interval.map(|interval| interval.high)),
        figure_cell(tests.wilcoxon),
        figure_cell(tests.biserial),
        figure_cell(line.signs.p_two_sided),
        mcnemar.map(|test| figure_cell(test.p_exact)).into(),
        mcnemar.map(|test| test.lost).into(),
        mcnemar.map(|test| test.gained).into(),
        figure_cell(tests.mean_change),
        figure_cell(tests.t.map(|t| t.t)),
        figure_cell(tests.t.map(|t| t.p_two_sided)),
        figure_cell(tests.t.map(|t| t.cohen_dz)),
        figure_cell(tests.t.and_then(|t| t.hedges_gz)),
    ]
}

/// The shape that scripts rely on.
fn shape(project: &Project, found: &Changes) -> Value {
    let coders = found.coders();
    json!({
        "from": phase_name(project, found.question.from),
        "to": phase_name(project, found.question.to),
        "lines": found.lines.iter().map(|line| line_object(project, found, line)).collect::<Vec<_>>(),
        "counting": found.counting().key(),
        "attribution": found.question.filter.by.key(),
        "coders": {
            "before": names_of(project, &coders.before),
            "after": names_of(project, &coders.after),
            "pairs": coders.pairs,
            "pairs_with_other_coders": coders.differing(),
        },
    })
}

fn phase_name(project: &Project, id: PhaseId) -> &str {
    project
        .phases
        .get(&id)
        .map_or("", |phase| phase.name.as_str())
}

/// A line with all its figures and the pairs behind them.
fn line_object(project: &Project, found: &Changes, line: &ChangeLine) -> Value {
    let tests = Tests::of(line);
    let mut object = Figures::default();
    let kind = if matches!(line.subject, ChangeSubject::Code(..)) {
        "code"
    } else {
        "scale"
    };
    object
        .set("what", name(project, line, UiLanguage::English))
        .set("kind", kind)
        .set("n", line.n())
        .set("dropped", line.differences.dropped);
    object
        .set("mean_before", json!(line.mean_before))
        .set("mean_after", json!(line.mean_after));
    object
        .set("up", line.signs.n_positive)
        .set("down", line.signs.n_negative)
        .set("same", line.signs.n_zero);
    object
        .figure("middle_change", tests.middle)
        .figure("ci_low", tests.interval.map(|interval| interval.low));
    object
        .figure("ci_high", tests.interval.map(|interval| interval.high))
        .figure("wilcoxon_p", tests.wilcoxon);
    object
        .figure("rank_biserial", tests.biserial)
        .figure("sign_p", line.signs.p_two_sided)
        .figure("mean_change", tests.mean_change);
    object
        .figure("t", tests.t.map(|t| t.t))
        .figure("t_p", tests.t.map(|t| t.p_two_sided));
    object
        .figure("cohen_dz", tests.t.map(|t| t.cohen_dz))
        .figure("hedges_gz", tests.t.and_then(|t| t.hedges_gz));
    if let Some(test) = line.mcnemar {
        object
            .set("lost", test.lost)
            .set("gained", test.gained)
            .figure("mcnemar_p", test.p_exact)
            .figure("mcnemar_mid_p", test.p_mid);
    }
    let pairs: Vec<Value> = found
        .cases
        .iter()
        .zip(&line.pairs)
        .filter(|(_, pair)| pair.0.is_some() || pair.1.is_some())
        .map(|(case, pair)| json!({ "case": case.label, "before": pair.0, "after": pair.1 }))
        .collect();
    object.set("pairs", pairs);
    object.into_value()
}
