//! `tain scale`: scores made of several items.

use std::path::{Path, PathBuf};

use super::{
    CommandResult, Context, DONE,
    failure::Failure,
    filters::{Find, figure_cell},
    open,
    open::ReadArgs,
    output::new_table,
};
use crate::{
    analysis::scales::{first_phase, reliability},
    app::{action::Action, edit::scale::Definition, refusal::Refusal},
    message::{language::UiLanguage, text::Text},
    model::{
        Project,
        ids::{PhaseId, ScaleId},
        scale::{Item, Scale},
    },
    statistics::{mean_of, scale::Scoring, standard_deviation},
    table::data::{CellValue, DataTable},
};

/// Define scales of several items: reversed items, missing answers, subscales, Cronbach's alpha
///
/// A score is the sum of its items; a reversed answer x counts lowest + highest - x. A subscale is a scale whose items are among those of another.
///
/// Example: tain scale add study.tain "Self-esteem" --items se1,se2,se3 --reversed se3 --min 1 --max 4
#[derive(Debug, clap::Args)]
pub(super) struct ScaleArgs {
    #[command(subcommand)]
    command: ScaleCommand,
}

#[derive(Debug, clap::Subcommand)]
enum ScaleCommand {
    /// Define a scale
    Add {
        /// Path of the .tain file
        project: PathBuf,
        /// Name of the scale
        name: String,
        #[command(flatten)]
        given: ScaleItemsArgs,
    },
    /// Redefine a scale
    Set {
        /// Path of the .tain file
        project: PathBuf,
        /// Name of the scale
        name: String,
        #[command(flatten)]
        given: ScaleItemsArgs,
    },
    /// Remove a scale; its items stay
    Remove {
        /// Path of the .tain file
        project: PathBuf,
        /// Name of the scale
        name: String,
    },
    /// List the scales with their items and reliability in a phase
    List {
        #[command(flatten)]
        reading: ReadArgs,
        /// In which phase; by default the first with answers
        #[arg(long)]
        phase: Option<String>,
    },
}

/// A scale as the command line gives it.
#[derive(Debug, clap::Args)]
struct ScaleItemsArgs {
    /// The items: numbers that cases have per phase, in the order of the questionnaire
    #[arg(long, required = true, value_delimiter = ',', value_name = "ATTR")]
    items: Vec<String>,
    /// Items that count backwards
    #[arg(
        long,
        value_delimiter = ',',
        value_name = "ATTR",
        conflicts_with = "rosenberg"
    )]
    reversed: Vec<String>,
    /// Ten items of Rosenberg's Self-Esteem Scale: those that count backwards in the order of 1965, or in the other one
    #[arg(long, value_enum)]
    rosenberg: Option<Rosenberg>,
    /// Lowest answer to an item
    #[arg(
        long,
        default_value_t = 1.0,
        value_name = "X",
        allow_negative_numbers = true
    )]
    min: f64,
    /// Highest answer to an item
    #[arg(
        long,
        default_value_t = 4.0,
        value_name = "X",
        allow_negative_numbers = true
    )]
    max: f64,
    /// Fewest answers that give a score; the others count as the mean of those given; by default all
    #[arg(long, value_name = "N")]
    fewest: Option<u32>,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Rosenberg {
    /// Items 3, 5, 8, 9 and 10
    Original,
    /// Items 2, 5, 6, 8 and 9
    Other,
}

impl ScaleItemsArgs {
    fn definition(&self, project: &Project, name: &str) -> Result<Definition, Failure> {
        if let Some(stray) = self.reversed.iter().find(|name| !self.items.contains(name)) {
            return Err(Failure::usage(
                Text::new(
                    "“{name}” is reversed but isn't an item; name it in --items too",
                    "“{name}”是反向题，却不在题目之中；请在 --items 中也写上",
                )
                .with("name", stray),
            ));
        }
        if self.rosenberg.is_some() && self.items.len() != 10 {
            return Err(Failure::usage(
                Text::new(
                    "Rosenberg's scale has 10 items, not {count}",
                    "Rosenberg 量表有 10 题，而不是 {count} 题",
                )
                .with("count", self.items.len()),
            ));
        }
        let backwards = match self.rosenberg {
            Some(Rosenberg::Original) => Scoring::ROSENBERG.as_slice(),
            Some(Rosenberg::Other) => Scoring::ROSENBERG_OTHER_ORDER.as_slice(),
            None => &[],
        };
        let items = (1..)
            .zip(&self.items)
            .map(|(number, name)| {
                Ok(Item {
                    attribute: Find(project).attribute(name)?,
                    reversed: self.reversed.contains(name) || backwards.contains(&number),
                })
            })
            .collect::<Result<_, Refusal>>()?;
        Ok(Definition {
            name: name.to_owned(),
            items,
            range: (self.min, self.max),
            fewest: self.fewest,
        })
    }
}

pub(super) fn run(args: ScaleArgs, context: &Context<'_>) -> CommandResult {
    match args.command {
        ScaleCommand::Add {
            project,
            name,
            given,
        } => change(&project, context, |project| {
            Ok(Action::SetScale(None, given.definition(project, &name)?))
        }),
        ScaleCommand::Set {
            project,
            name,
            given,
        } => change(&project, context, |project| {
            let scale = named(project, &name)?;
            let definition = given.definition(project, &name)?;
            Ok(Action::SetScale(Some(scale), definition))
        }),
        ScaleCommand::Remove { project, name } => change(&project, context, |project| {
            Ok(Action::RemoveScale(named(project, &name)?))
        }),
        ScaleCommand::List { reading, phase } => list(&reading, phase.as_deref(), context),
    }
}

/// Runs an action that needs the project to look up what its arguments name.
fn change(
    path: &Path,
    context: &Context<'_>,
    action: impl FnOnce(&Project) -> Result<Action, Failure>,
) -> CommandResult {
    let mut session = context.write(path)?;
    let action = action(session.project())?;
    session.run(action)?;
    open::close(session);
    DONE
}

fn named(project: &Project, name: &str) -> Result<ScaleId, Refusal> {
    project
        .scale_by_name(name)
        .map(|scale| scale.id)
        .ok_or_else(|| Refusal::NoScale(name.to_owned()))
}

fn list(reading: &ReadArgs, phase: Option<&str>, context: &Context<'_>) -> CommandResult {
    let session = context.read(&reading.project)?;
    let project = session.project();
    let phase = match phase {
        Some(name) => Some(Find(project).phase(name)?),
        None => first_phase(project),
    };
    let heads = [
        "scale",
        "item",
        "reversed",
        "n",
        "prorated",
        "mean",
        "sd",
        "alpha",
        "ci_low",
        "ci_high",
        "alpha_standardized",
        "item_rest",
        "alpha_without",
    ];
    let language = reading.output.language(context);
    let mut table = new_table(&heads, language);
    if let Some(phase) = phase {
        let name = Find(project).phase_name(phase, context.language);
        context.say(Text::new("at {phase}", "阶段：{phase}").with("phase", name));
        for (_, scale) in project.scales_in_order() {
            rows(project, scale, phase, language, &mut table);
        }
    }
    reading.output.table(&table)?;
    DONE
}

/// A row of the scale and one of each item.
fn rows(
    project: &Project,
    scale: &Scale,
    phase: PhaseId,
    language: UiLanguage,
    table: &mut DataTable,
) {
    let found = reliability(project, scale, phase);
    let totals = found.scores();
    let alpha = &found.cronbach;
    table.rows.push(vec![
        scale.name.as_str().into(),
        CellValue::Empty,
        CellValue::Empty,
        totals.len().into(),
        found.prorated().into(),
        figure_cell(mean_of(&totals)),
        figure_cell(standard_deviation(&totals)),
        figure_cell(alpha.alpha),
        figure_cell(alpha.feldt.map(|interval| interval.low)),
        figure_cell(alpha.feldt.map(|interval| interval.high)),
        figure_cell(alpha.standardized),
        CellValue::Empty,
        CellValue::Empty,
    ]);
    for (at, item) in scale.items.iter().enumerate() {
        let given = found.given.get(at).map_or(&[][..], Vec::as_slice);
        let statistics = alpha.items.get(at);
        table.rows.push(vec![
            scale.name.as_str().into(),
            Find(project)
                .attribute_name(item.attribute, language)
                .into(),
            item.reversed.into(),
            given.len().into(),
            CellValue::Empty,
            figure_cell(mean_of(given)),
            figure_cell(standard_deviation(given)),
            CellValue::Empty,
            CellValue::Empty,
            CellValue::Empty,
            CellValue::Empty,
            statistics
                .map(|item| figure_cell(item.corrected_item_total))
                .into(),
            statistics
                .map(|item| figure_cell(item.alpha_if_dropped))
                .into(),
        ]);
    }
}
