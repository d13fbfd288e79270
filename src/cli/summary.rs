//! `tain summary`: the frequency table of themes.

use std::{collections::BTreeSet, path::PathBuf, sync::Arc};

use clap::ValueEnum;
use serde_json::{Value, json};

use super::{
    CommandResult, Context, DONE,
    failure::Failure,
    filters::{Figures, Filters, Find, rows},
    heads::head,
    output::{Format, Output, new_table},
    values,
};
use crate::{
    analysis::{
        frequency::{
            self, Columns, FrequencyOptions, Measure, Rows, frequency, name_of_role, name_of_value,
            table::{FrequencyRow, FrequencyTable, RowKey},
        },
        recast,
    },
    app::{Session, refusal::Refusal, search::smart_codes::Keeping},
    export::counts::{measured, no_row},
    message::{
        Message,
        language::UiLanguage,
        text::{LIST_COMMA, SEMICOLON, Text},
    },
    model::{Project, document::Document, ids::CoderId},
    statistics::{Undefined, contingency::ChiSquare, fisher},
    table::data::{CellValue, DataTable},
    views::{
        Source,
        frequency::{Across, FrequencyFinding, count_frequencies},
        wording,
    },
};

/// Count how often themes come up: rows by columns, with totals
///
/// Example: tain summary study.tain --rows family --columns themes --rollup --format json
#[derive(Debug, clap::Args)]
pub(super) struct SummaryArgs {
    /// Path of the .tain file
    project: PathBuf,
    /// case, family, person, role, document, speaker, coder, phase, or attr:NAME
    #[arg(long, default_value = "family")]
    rows: String,
    /// codes, themes, facet:CODE.NAME (or facet:NAME), or attr:NAME
    #[arg(long, default_value = "codes")]
    columns: String,
    /// What is counted
    #[arg(long, value_parser = values::measure(), default_value = "codings")]
    measure: Measure,
    /// A code's figure includes its subcodes; a passage counts once
    #[arg(long)]
    rollup: bool,
    /// Smart codes (kept queries over codes) in place of codes
    #[arg(long)]
    smart: bool,
    /// Whether rows and columns go together: chi2, or fisher (exact)
    #[arg(long, value_enum)]
    test: Option<SignificanceTest>,
    #[command(flatten)]
    filters: Filters,
    #[command(flatten)]
    output: Output,
}

/// Random tables drawn where an exact test would have to look at too many, and the seed of the draws.
const DRAWS: (usize, u64) = (20_000, 1);

const EXPECTED_BELOW_5: Text = Text::new(
    "{cells} cells expect less than 5; --test fisher is exact",
    "{cells} 个单元格的期望频数小于 5；--test fisher 是精确检验",
);
const NOT_INDEPENDENT: Text = Text::new(
    "codings of one case are not independent of one another; --measure cases is the safer table",
    "同一个案的编码片段并不相互独立；用 --measure cases 更稳妥",
);
const EMPTY: Text = Text::new(
    "rows and columns with nothing in them are left out: {names}",
    "没有内容的行和列不计入检验：{names}",
);

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum SignificanceTest {
    Chi2,
    Fisher,
}

pub(super) fn run(args: &SummaryArgs, context: &Context<'_>) -> CommandResult {
    let session = context.read(&args.project)?;
    let project = if args.smart {
        session.with_smart_codes(Keeping::SmartAlone)
    } else {
        Arc::clone(session.project())
    };
    let (columns, across) = columns(&project, &args.columns)?;
    // Values of a facet or an attribute have none below them.
    let roll_up = args.rollup && across == Across::Codes;
    let rows = rows(&project, &args.rows)?;
    let options = FrequencyOptions {
        rows,
        columns,
        measure: args.measure,
        roll_up,
        filter: args.filters.filter(&project)?,
    };
    let load = |document: &Document| session.content(document).ok();
    let source = Source::new(&project, &load);
    let counted = count_frequencies(&source, &options, &across);
    session.texts().whole()?;
    let language = args.output.language(context);
    let test = args.test.map(|test| tested(&counted, test, language));
    if let (Some(test), true) = (&test, args.output.format() != Format::Json) {
        context.say_line(&test.to_string());
    }
    args.output.table_or(
        &flat(&counted.project, &counted.table, rows, language),
        || {
            let mut shape = shape(&counted.project, &counted.table, &counted.options);
            if let Some(test) = test {
                shape["test"] = test;
            }
            shape
        },
    )?;
    if args.output.format() != Format::Json {
        let table = &counted.table;
        if table.coders.len() > 1 {
            let said = wording::counting(&project, table.counting, &table.coders, language);
            context.say_line(&said);
        }
        if table.mixes_languages {
            context.say_line(language.say(wording::MIXED_LANGUAGES));
        }
    }
    DONE
}

/// Prints a table of frequencies.
pub(super) fn print(
    session: &Session,
    options: &FrequencyOptions,
    output: &Output,
    context: &Context<'_>,
) -> Result<(), Failure> {
    let project = session.project();
    let load = |document: &Document| session.content(document).ok();
    let table = frequency(project, options, &load);
    session.texts().whole()?;
    let printed = flat(project, &table, options.rows, output.language(context));
    output.table_or(&printed, || shape(project, &table, options))
}

/// What the columns are: codes, or values of a facet or an attribute in their place.
fn columns(project: &Project, word: &str) -> Result<(Columns, Across), Failure> {
    if let Some(name) = word.strip_prefix("attr:") {
        return Ok((
            Columns::Codes,
            Across::Attribute(Find(project).attribute(name)?),
        ));
    }
    let Some(name) = word.strip_prefix("facet:") else {
        return match word {
            "codes" => Ok((Columns::Codes, Across::Codes)),
            "themes" => Ok((Columns::Themes, Across::Codes)),
            other => Err(Failure::usage(
                Text::new(
                    "there are no columns “{name}”; see tain summary --help",
                    "没有“{name}”这种列；见 tain summary --help",
                )
                .with("name", other),
            )),
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
        None => Err(Failure::from(Refusal::NoFacet {
            code: code.unwrap_or("*").to_owned(),
            facet: facet.to_owned(),
        })),
    }
}

/// The figures of a test, with the numbers that it is computed from.
fn tested(counted: &FrequencyFinding, test: SignificanceTest, language: UiLanguage) -> Value {
    let mut object = Figures::default();
    let found = counted.test();
    match test {
        SignificanceTest::Chi2 => {
            chi_square_object(&mut object, found.as_ref().map_err(|why| *why));
        }
        SignificanceTest::Fisher => {
            let exact = fisher::exact(&counted.counts());
            object.set("test", "fisher").figure("p", exact);
            if exact == Err(Undefined::TooLargeForExact) {
                object.figure(
                    "p_monte_carlo",
                    fisher::monte_carlo(&counted.counts(), DRAWS.0, DRAWS.1),
                );
                object.set("draws", DRAWS.0).set("seed", DRAWS.1);
            }
        }
    }
    let left = counted.left_out_of_test();
    object.set(
        "left_out",
        json!({ "not_attributed": left.unattributed, "several": left.several }),
    );
    let (rows, columns) = empty(counted, UiLanguage::English);
    if found.is_ok() {
        object.set("empty", json!({ "rows": rows, "columns": columns }));
    }
    let (rows, columns) = empty(counted, language);
    let names = [rows, columns].concat();
    let rough = found.map_or(0, |found| found.cells_expected_below_5);
    let warnings = [
        (!names.is_empty()).then(|| EMPTY.with("names", names.join(language.say(LIST_COMMA)))),
        (rough > 0 && test == SignificanceTest::Chi2)
            .then(|| EXPECTED_BELOW_5.with("cells", rough)),
        (counted.options.measure == Measure::Codings).then(|| NOT_INDEPENDENT.into()),
    ];
    let warnings: Vec<String> = warnings
        .into_iter()
        .flatten()
        .map(|warning: Message| warning.say(language))
        .collect();
    if !warnings.is_empty() {
        object.set("warning", warnings.join(language.say(SEMICOLON)));
    }
    object.into_value()
}

/// The names of the rows and of the columns that a test leaves out as empty, as the table has them.
fn empty(counted: &FrequencyFinding, language: UiLanguage) -> (Vec<String>, Vec<String>) {
    let (project, table) = (&counted.project, &counted.table);
    let (rows, columns) = counted.empty_in_test();
    let rows = rows.into_iter().map(|row| {
        let row = &table.rows[row];
        label(project, row, counted.options.rows, language)
    });
    let columns = columns
        .into_iter()
        .map(|column| Find(project).code_path(table.columns[column].code, language));
    (rows.collect(), columns.collect())
}

/// The figures of a chi-square test, or why there are none.
fn chi_square_object(object: &mut Figures, found: Result<&ChiSquare, Undefined>) {
    object
        .set("test", "chi2")
        .figure("chi2", found.map(|found| found.chi2))
        .figure("p", found.map(|found| found.p))
        .figure("cramers_v", found.map(|found| found.cramers_v))
        .figure(
            "cramers_v_bias_corrected",
            found.and_then(|found| found.cramers_v_bias_corrected),
        );
    if let Ok(found) = found {
        object
            .set("df", found.df)
            .set("n", found.n)
            .set("min_expected", found.min_expected)
            .set("cells_expected_below_5", found.cells_expected_below_5)
            .set("adjusted_residuals", json!(found.adjusted_residuals))
            .set("dropped_rows", json!(found.dropped_rows))
            .set("dropped_columns", json!(found.dropped_columns));
    }
}

/// The names of coders, for programs.
pub(super) fn names_of(project: &Project, coders: &BTreeSet<CoderId>) -> Vec<String> {
    let coders = coders.iter().filter_map(|coder| project.coders.get(coder));
    coders.map(|coder| coder.name.clone()).collect()
}

/// Why a figure is null.
fn why(value: frequency::table::Measured) -> Option<String> {
    match value {
        frequency::table::Measured::NoDocument => Some("no document in the filter".to_owned()),
        frequency::table::Measured::Undefined(reason) => Some(reason.to_string()),
        _ => None,
    }
}

fn label(project: &Project, row: &FrequencyRow, rows: Rows, language: UiLanguage) -> String {
    match &row.key {
        RowKey::None => language.say(no_row(rows)).to_owned(),
        RowKey::Value(value) => name_of_value(project, rows, value, language),
        RowKey::Phase(phase) => Find(project).phase_name(*phase, language).to_owned(),
        _ if rows == Rows::Role => name_of_role(project, &row.label, language),
        _ => row.label.clone(),
    }
}

/// Rows and columns of a project whose codes are the columns as they are, totals at the right and below, and in how many rows a code is present.
fn flat(project: &Project, table: &FrequencyTable, rows: Rows, language: UiLanguage) -> DataTable {
    let mut out = new_table(&["row"], language);
    let names = table
        .columns
        .iter()
        .map(|column| Find(project).code_path(column.code, language));
    out.columns.extend(names);
    out.columns.push(head("total", language));
    for (at, (row, total)) in table.rows.iter().zip(&table.row_totals).enumerate() {
        let mut cells = vec![label(project, row, rows, language).into()];
        cells.extend((0..table.columns.len()).map(|column| {
            table
                .cell(at, column)
                .map_or(CellValue::Empty, |cell| measured(cell.value))
        }));
        cells.push(measured(*total));
        out.rows.push(cells);
    }
    let mut total = vec![head("total", language).into()];
    total.extend(table.column_totals.iter().map(|figure| measured(*figure)));
    total.push(measured(table.total));
    out.rows.push(total);
    let mut with = vec![head("rows with it", language).into()];
    with.extend(table.with_it.iter().map(|of_n| {
        let share = Text::new("{with} of {of}", "{of} 之 {with}")
            .with("with", of_n.with)
            .with("of", of_n.of);
        share.say(language).into()
    }));
    with.push(CellValue::Empty);
    out.rows.push(with);
    out
}

/// The shape that scripts rely on.
fn shape(project: &Project, table: &FrequencyTable, options: &FrequencyOptions) -> Value {
    let name = |row: &FrequencyRow| label(project, row, options.rows, UiLanguage::English);
    let rows: Vec<String> = table.rows.iter().map(name).collect();
    let cells: Vec<Vec<Value>> = (0..table.rows.len())
        .map(|row| {
            (0..table.columns.len())
                .map(|column| {
                    table
                        .cell(row, column)
                        .map_or(Value::Null, |cell| measured(cell.value).json())
                })
                .collect()
        })
        .collect();
    let undefined = table.rows.iter().zip(&table.row_totals);
    let undefined = undefined.filter_map(|(row, total)| {
        let why = why(*total)?;
        Some(json!({ "row": name(row), "why": why }))
    });
    json!({
        "measure": options.measure.facts().key,
        "rows": rows,
        "columns": table.columns.iter().map(|column| column.path.as_str()).collect::<Vec<_>>(),
        "cells": cells,
        "row_totals": table.row_totals.iter().map(|total| measured(*total).json()).collect::<Vec<_>>(),
        "column_totals": table.column_totals.iter().map(|total| measured(*total).json()).collect::<Vec<_>>(),
        "total": measured(table.total).json(),
        "rows_with_it": table.with_it.iter().map(|of_n| json!({ "with": of_n.with, "of": of_n.of })).collect::<Vec<_>>(),
        "documents_in_rows": table.rows.iter().map(|row| row.documents).collect::<Vec<_>>(),
        "coders": names_of(project, &table.coders),
        "counting": table.counting.key(),
        "attribution": options.filter.by.key(),
        "in_several_rows": table.several,
        "why": undefined.collect::<Vec<_>>(),
    })
}
