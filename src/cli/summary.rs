//! `tain summary`: the frequency table of themes.

use std::{collections::BTreeSet, path::PathBuf, sync::Arc};

use clap::ValueEnum;
use serde_json::{Value, json};

use super::{
    Context, DONE, Ended,
    failure::Failure,
    output::{Output, Table},
};
use crate::{
    analysis::frequency::{
        self, Columns, Filter, Measure, Options, Rows, frequency,
        table::{RowKey, Table as Frequencies},
    },
    app::{Session, refusal::Refusal, smart::Keeping},
    model::{Project, attribute::AttributeOf, document::Document},
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
    /// What the columns are
    #[arg(long, value_enum, default_value = "codes")]
    columns: ColumnsArg,
    /// What is counted
    #[arg(long, value_enum, default_value = "codings")]
    measure: MeasureArg,
    /// A code's figure includes its subcodes; a passage counts once
    #[arg(long)]
    rollup: bool,
    /// Smart codes (kept queries over codes) in place of codes
    #[arg(long)]
    smart: bool,
    /// Only documents of this phase
    #[arg(long)]
    phase: Vec<String>,
    /// Only codings by this coder
    #[arg(long, value_delimiter = ',', value_name = "NAME")]
    coders: Vec<String>,
    /// Only documents of this case (or cases below)
    #[arg(long)]
    case: Vec<String>,
    /// Only this document
    #[arg(long)]
    document: Vec<String>,
    /// Only these codes
    #[arg(long, value_delimiter = ',')]
    code: Vec<String>,
    /// Only what this speaker says
    #[arg(long)]
    speaker: Vec<String>,
    #[command(flatten)]
    output: Output,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ColumnsArg {
    Codes,
    Themes,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum MeasureArg {
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
    fn measure(self) -> Measure {
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
    let project = if args.smart { session.with_smart_codes(Keeping::SmartAlone) } else { Arc::clone(session.project()) };
    print(&session, &project, &options(args, &project)?, &args.output)?;
    DONE
}

/// Prints a table of frequencies.
pub(super) fn print(session: &Session, project: &Project, options: &Options, output: &Output) -> Result<(), Failure> {
    let load = |document: &Document| session.content(document).ok();
    let table = frequency(project, options, &load);
    output.table_or(&flat(&table), || shape(&table, options.measure))
}

fn options(args: &Args, project: &Project) -> Result<Options, Failure> {
    let rows = match args.rows.as_str() {
        "case" => Rows::Case,
        "family" => Rows::Family,
        "person" => Rows::Person,
        "role" => Rows::Role,
        "document" => Rows::Document,
        "speaker" => Rows::Speaker,
        "coder" => Rows::Coder,
        "phase" => Rows::Phase,
        other => match other.strip_prefix("attr:") {
            Some(name) => {
                let found =
                    project.attribute_by_name(AttributeOf::Cases, name).or_else(|| project.attribute_by_name(AttributeOf::Documents, name));
                Rows::Attribute(found.ok_or_else(|| Refusal::NoAttribute(name.to_owned()))?.id)
            }
            None => return Err(Failure::Usage(format!("there are no rows `{other}`; see `tain summary --help`"))),
        },
    };
    let columns = match args.columns {
        ColumnsArg::Codes => Columns::Codes,
        ColumnsArg::Themes => Columns::Themes,
    };
    let phase = |name: &String| project.phase_by_name(name).map(|phase| phase.id).ok_or_else(|| Refusal::NoPhase(name.clone()));
    let coder = |name: &String| project.coder_by_name(name).map(|coder| coder.id).ok_or_else(|| Refusal::NoCoder(name.clone()));
    let case = |name: &String| project.case_by_name(name).map(|case| case.id).ok_or_else(|| Refusal::NoCase(name.clone()));
    let document = |name: &String| project.document_by_title(name).map(|found| found.id).ok_or_else(|| Refusal::NoDocument(name.clone()));
    let filter = Filter {
        phases: args.phase.iter().map(phase).collect::<Result<_, _>>()?,
        coders: args.coders.iter().map(coder).collect::<Result<_, _>>()?,
        cases: args.case.iter().map(case).collect::<Result<_, _>>()?,
        documents: args.document.iter().map(document).collect::<Result<_, _>>()?,
        codes: args.code.iter().map(|name| project.codebook.find(name).map_err(Refusal::from)).collect::<Result<BTreeSet<_>, _>>()?,
        speakers: args.speaker.iter().cloned().collect(),
    };
    Ok(Options { rows, columns, measure: args.measure.measure(), roll_up: args.rollup, filter })
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
    out.columns.extend(table.columns.iter().map(|column| column.path.clone()));
    out.columns.push("total".to_owned());
    for row in 0..table.rows.len() {
        let mut cells = vec![json!(label(table, row))];
        cells.extend((0..table.columns.len()).map(|column| table.cell(row, column).map_or(Value::Null, |cell| value(cell.value))));
        cells.push(table.row_totals.get(row).map_or(Value::Null, |total| value(*total)));
        out.rows.push(cells);
    }
    let mut total = vec![json!("total")];
    total.extend(table.column_totals.iter().map(|figure| value(*figure)));
    total.push(value(table.total));
    out.rows.push(total);
    let mut with = vec![json!("rows with it")];
    with.extend(table.with_it.iter().map(|of_n| json!(format!("{} of {}", of_n.with, of_n.of))));
    with.push(Value::Null);
    out.rows.push(with);
    out
}

/// The shape that scripts rely on.
fn shape(table: &Frequencies, measure: Measure) -> Value {
    let rows: Vec<String> = (0..table.rows.len()).map(|row| label(table, row)).collect();
    let cells: Vec<Vec<Value>> = (0..table.rows.len())
        .map(|row| (0..table.columns.len()).map(|column| table.cell(row, column).map_or(Value::Null, |cell| value(cell.value))).collect())
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
    let undefined = table.rows.iter().enumerate().filter_map(|(row, _)| Some((label(table, row), why(*table.row_totals.get(row)?)?)));
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
