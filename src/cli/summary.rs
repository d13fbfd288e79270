//! `tain summary`: the frequency table of themes.

use std::{path::PathBuf, sync::Arc};

use clap::ValueEnum;
use serde_json::{Value, json};

use super::{
    Context, DONE, Ended,
    failure::Failure,
    filters::{Figures, Filters, attribute, rows},
    output::{Output, Table},
};
use crate::{
    analysis::{
        frequency::{
            self, Columns, Measure, Options, frequency,
            table::{RowKey, Table as Frequencies},
        },
        recast,
    },
    app::{Session, refusal::Refusal, search::smart_codes::Keeping},
    model::{Project, document::Document},
    report::{
        finding::Finding,
        frequency::Counted,
        inquiry::{Across, Inquiry, answer},
    },
    statistics::{Undefined, contingency::ChiSquare, fisher},
};

/// How often themes come up: rows by columns, with totals
///
/// Example: tain summary study.tain --rows family --columns themes --rollup --format json
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Path of the .tain file
    project: PathBuf,
    /// case, family, person, role, document, speaker, coder, phase, or attr:NAME
    #[arg(long, default_value = "family")]
    rows: String,
    /// codes, themes, facet:CODE.NAME (or facet:NAME), or attr:NAME
    #[arg(long, default_value = "codes")]
    columns: String,
    /// What is counted
    #[arg(long, value_enum, default_value = "codings")]
    measure: MeasureArg,
    /// A code's figure includes its subcodes; a passage counts once
    #[arg(long)]
    rollup: bool,
    /// Smart codes (kept queries over codes) in place of codes
    #[arg(long)]
    smart: bool,
    /// Whether rows and columns go together: chi2, or fisher (exact)
    #[arg(long, value_enum)]
    test: Option<TestArg>,
    #[command(flatten)]
    filters: Filters,
    #[command(flatten)]
    output: Output,
}

/// Draws of a test whose tables are too many to be gone through, and their seed.
const DRAWS: (usize, u64) = (20_000, 1);

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum TestArg {
    Chi2,
    Fisher,
}

/// What a cell says.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum MeasureArg {
    Codings,
    Documents,
    Characters,
    Share,
    Presence,
    Per1000,
    Cases,
    Words,
    RowShare,
    ColumnShare,
}

impl MeasureArg {
    /// The measure.
    pub(super) fn measure(self) -> Measure {
        match self {
            Self::Codings => Measure::Codings,
            Self::Documents => Measure::Documents,
            Self::Characters => Measure::Characters,
            Self::Share => Measure::Share,
            Self::Presence => Measure::Presence,
            Self::Per1000 => Measure::Per1000,
            Self::Cases => Measure::Cases,
            Self::Words => Measure::Words,
            Self::RowShare => Measure::RowShare,
            Self::ColumnShare => Measure::ColumnShare,
        }
    }
}

pub(super) fn run(args: &Args, context: &Context<'_>) -> Ended {
    let session = context.read(&args.project)?;
    let project = if args.smart {
        session.with_smart_codes(Keeping::SmartAlone)
    } else {
        Arc::clone(session.project())
    };
    let (columns, across) = columns(&project, &args.columns)?;
    let roll_up = args.rollup && across == Across::Codes;
    let rows = rows(&project, &args.rows)?;
    let options = Options {
        rows,
        columns,
        measure: args.measure.measure(),
        roll_up,
        filter: args.filters.filter(&project)?,
    };
    let load = |document: &Document| session.content(document).ok();
    let found = answer(
        &project,
        &Inquiry::Frequency(options, across),
        &load,
        &mut |_, _| true,
    );
    let Some(Finding::Frequency(counted)) = found else {
        return DONE;
    };
    let test = args.test.map(|test| tested(&counted, test));
    if let (Some(test), true) = (&test, args.output.format() != super::output::Format::Json) {
        context.say(&test.to_string());
    }
    args.output.table_or(&flat(&counted.table), || {
        let mut shape = shape(&counted.table, counted.options.measure);
        if let Some(test) = test {
            shape["test"] = test;
        }
        shape
    })?;
    DONE
}

/// Prints a table of frequencies.
pub(super) fn print(
    session: &Session,
    project: &Project,
    options: &Options,
    output: &Output,
) -> Result<(), Failure> {
    let load = |document: &Document| session.content(document).ok();
    let table = frequency(project, options, &load);
    output.table_or(&flat(&table), || shape(&table, options.measure))
}

/// What stands in the columns.
fn columns(project: &Project, word: &str) -> Result<(Columns, Across), Failure> {
    if let Some(name) = word.strip_prefix("attr:") {
        return Ok((Columns::Codes, Across::Attribute(attribute(project, name)?)));
    }
    let Some(name) = word.strip_prefix("facet:") else {
        return match word {
            "codes" => Ok((Columns::Codes, Across::Codes)),
            "themes" => Ok((Columns::Themes, Across::Codes)),
            other => Err(Failure::Usage(format!(
                "there are no columns `{other}`; see `tain summary --help`"
            ))),
        };
    };
    // A facet of this code, or of any.
    let (code, facet) = name
        .rsplit_once('.')
        .map_or((None, name), |(code, facet)| (Some(code), facet));
    let id = code
        .map(|code| project.codebook.find(code).map_err(Refusal::from))
        .transpose()?;
    let facets = recast::facets(&project.codebook, id);
    match recast::facet_named(&facets, facet) {
        Some(found) => Ok((Columns::Codes, Across::Facet(found.name.text.clone()))),
        None => Err(Failure::App(
            Refusal::NoFacet {
                code: code.unwrap_or("*").to_owned(),
                facet: facet.to_owned(),
            }
            .into(),
        )),
    }
}

/// The test asked for, with what it rests on.
fn tested(counted: &Counted, test: TestArg) -> Value {
    let mut object = Figures::default();
    let found = counted.test();
    let of = |part: &dyn Fn(&ChiSquare) -> f64| found.as_ref().map(part).map_err(|why| *why);
    match test {
        TestArg::Chi2 => {
            object
                .set("test", "chi2")
                .figure("chi2", of(&|found| found.chi2))
                .figure("p", of(&|found| found.p));
            object.figure("cramers_v", of(&|found| found.cramers_v));
            object.figure(
                "cramers_v_bias_corrected",
                found
                    .as_ref()
                    .map_err(|why| *why)
                    .and_then(|found| found.cramers_v_bias_corrected),
            );
            if let Ok(found) = &found {
                object
                    .set("df", found.df)
                    .set("n", found.n)
                    .set("min_expected", found.min_expected);
                object
                    .set("cells_expected_below_5", found.cells_expected_below_5)
                    .set("adjusted_residuals", json!(found.adjusted_residuals));
                object
                    .set("dropped_rows", json!(found.dropped_rows))
                    .set("dropped_columns", json!(found.dropped_columns));
            }
        }
        TestArg::Fisher => {
            let exact = fisher::exact(&counted.tested());
            object.set("test", "fisher").figure("p", exact);
            if exact == Err(Undefined::TooLargeForExact) {
                object.figure(
                    "p_monte_carlo",
                    fisher::monte_carlo(&counted.tested(), DRAWS.0, DRAWS.1),
                );
                object.set("draws", DRAWS.0).set("seed", DRAWS.1);
            }
        }
    }
    let rough = found
        .as_ref()
        .map_or(0, |found| found.cells_expected_below_5);
    let warnings = [
        (rough > 0 && matches!(test, TestArg::Chi2)).then(|| format!("{rough} cells expect less than 5; --test fisher is exact")),
        (counted.options.measure == Measure::Codings)
            .then(|| "codings of one case are not independent of one another; --measure cases is the safer table".to_owned()),
    ];
    let warnings: Vec<String> = warnings.into_iter().flatten().collect();
    if !warnings.is_empty() {
        object.set("warning", warnings.join("; "));
    }
    object.into_value()
}

/// A figure as JSON: what isn't known is null.
fn value(value: frequency::table::Value) -> Value {
    use frequency::table::Value as Figure;
    match value {
        Figure::NoDocument | Figure::Undefined(_) => Value::Null,
        Figure::Count(count) => json!(count),
        Figure::Share(share) | Figure::Rate(share) => json!(share),
        Figure::Present(present) => json!(u8::from(present)),
    }
}

/// Why a figure is null.
fn why(value: frequency::table::Value) -> Option<String> {
    match value {
        frequency::table::Value::NoDocument => Some("no document in the filter".to_owned()),
        frequency::table::Value::Undefined(reason) => Some(reason.to_string()),
        _ => None,
    }
}

fn label(table: &Frequencies, row: usize) -> String {
    match table.rows.get(row) {
        Some(row) if row.key == RowKey::None => "(none)".to_owned(),
        Some(row) => row.label.clone(),
        None => String::new(),
    }
}

/// Rows and columns as they are, totals at the right and below, and in how many rows a code is present.
fn flat(table: &Frequencies) -> Table {
    let mut out = Table::new(&["row"]);
    out.columns
        .extend(table.columns.iter().map(|column| column.path.clone()));
    out.columns.push("total".to_owned());
    for row in 0..table.rows.len() {
        let mut cells = vec![json!(label(table, row))];
        cells.extend((0..table.columns.len()).map(|column| {
            table
                .cell(row, column)
                .map_or(Value::Null, |cell| value(cell.value))
        }));
        cells.push(
            table
                .row_totals
                .get(row)
                .map_or(Value::Null, |total| value(*total)),
        );
        out.rows.push(cells);
    }
    let mut total = vec![json!("total")];
    total.extend(table.column_totals.iter().map(|figure| value(*figure)));
    total.push(value(table.total));
    out.rows.push(total);
    let mut with = vec![json!("rows with it")];
    with.extend(
        table
            .with_it
            .iter()
            .map(|of_n| json!(format!("{} of {}", of_n.with, of_n.of))),
    );
    with.push(Value::Null);
    out.rows.push(with);
    out
}

/// The shape that scripts rely on.
fn shape(table: &Frequencies, measure: Measure) -> Value {
    let rows: Vec<String> = (0..table.rows.len()).map(|row| label(table, row)).collect();
    let cells: Vec<Vec<Value>> = (0..table.rows.len())
        .map(|row| {
            (0..table.columns.len())
                .map(|column| {
                    table
                        .cell(row, column)
                        .map_or(Value::Null, |cell| value(cell.value))
                })
                .collect()
        })
        .collect();
    let name = match measure {
        Measure::Codings => "codings",
        Measure::Documents => "documents",
        Measure::Characters => "characters",
        Measure::Share => "share",
        Measure::Presence => "presence",
        Measure::Per1000 => "per1000",
        Measure::Cases => "cases",
        Measure::Words => "words",
        Measure::RowShare => "row_share",
        Measure::ColumnShare => "column_share",
    };
    let undefined = table
        .rows
        .iter()
        .enumerate()
        .filter_map(|(row, _)| Some((label(table, row), why(*table.row_totals.get(row)?)?)));
    json!({
        "measure": name,
        "rows": rows,
        "columns": table.columns.iter().map(|column| column.path.as_str()).collect::<Vec<_>>(),
        "cells": cells,
        "row_totals": table.row_totals.iter().map(|total| value(*total)).collect::<Vec<_>>(),
        "column_totals": table.column_totals.iter().map(|total| value(*total)).collect::<Vec<_>>(),
        "total": value(table.total),
        "rows_with_it": table.with_it.iter().map(|of_n| json!({ "with": of_n.with, "of": of_n.of })).collect::<Vec<_>>(),
        "documents_in_rows": table.rows.iter().map(|row| row.documents).collect::<Vec<_>>(),
        "why": undefined.map(|(row, why)| json!({ "row": row, "why": why })).collect::<Vec<_>>(),
    })
}
