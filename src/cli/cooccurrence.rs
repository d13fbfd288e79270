//! `tain cooccurrence`: which codes occur together.

use std::path::PathBuf;

use clap::ValueEnum;
use serde_json::{Value, json};

use super::{
    CommandResult, Context, DONE,
    filters::{Figures, Filters, Find, figure_cell},
    output::{Output, new_table},
    values,
};
use crate::{
    analysis::cooccurrence::{CoOccurrence, CooccurrenceOptions, CooccurrenceUnit, cooccurrence},
    model::document::Document,
    table::data::CellValue,
};

/// Count codes that come up together: on the same words, or in the same turn, document or case
///
/// count: pairs of codings that share a character, or units with both. c: n12 / (n1 + n2 - n12). jaccard: what both cover of what either
/// covers, in characters or units. The diagonal has each code's own number.
///
/// Example: tain cooccurrence study.tain --by turn --measure jaccard --format csv
#[derive(Debug, clap::Args)]
pub(super) struct CooccurrenceArgs {
    /// Path of the .tain file
    project: PathBuf,
    /// Where both codes must be
    #[arg(long, value_parser = values::cooccurrence_unit(), default_value = "overlap")]
    by: CooccurrenceUnit,
    /// What a cell shows
    #[arg(long, value_enum, default_value = "count")]
    measure: PairMeasure,
    /// Themes with all their subcodes in place of codes
    #[arg(long)]
    themes: bool,
    /// Codings of different coders are pairs too; by default both are one coder's
    #[arg(long)]
    between_coders: bool,
    /// What is done anyway; kept for scripts
    #[arg(long, hide = true, conflicts_with = "between_coders")]
    within_coder: bool,
    #[command(flatten)]
    filters: Filters,
    #[command(flatten)]
    output: Output,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum PairMeasure {
    Count,
    Jaccard,
    C,
}

pub(super) fn run(args: &CooccurrenceArgs, context: &Context<'_>) -> CommandResult {
    let session = context.read(&args.project)?;
    let project = session.project();
    let characters = args.by == CooccurrenceUnit::Overlap && args.measure == PairMeasure::Jaccard;
    let options = CooccurrenceOptions {
        by: args.by,
        themes: args.themes,
        between_coders: args.between_coders,
        characters,
        filter: args.filters.filter(project)?,
    };
    let load = |document: &Document| session.content(document).ok();
    let found = cooccurrence(project, &options, &load);
    session.texts().whole()?;
    let language = args.output.language(context);
    let mut table = new_table(&["code"], language);
    let names: Vec<String> = found
        .codes
        .iter()
        .map(|code| Find(project).code_path(code.code, language))
        .collect();
    table.columns.extend(names.iter().cloned());
    for (a, name) in names.iter().enumerate() {
        let cells = (0..found.codes.len()).map(|b| pair_cell(&found, args.measure, a, b));
        table
            .rows
            .push(std::iter::once(name.into()).chain(cells).collect());
    }
    args.output
        .table_or(&table, || shape(&found, args.measure))?;
    DONE
}

/// The figure of a pair; on the diagonal the code's own number.
fn pair_cell(found: &CoOccurrence, measure: PairMeasure, a: usize, b: usize) -> CellValue {
    match measure {
        _ if a == b => found.own(a).into(),
        PairMeasure::Count => found.both(a, b).into(),
        PairMeasure::Jaccard => figure_cell(found.jaccard(a, b)),
        PairMeasure::C => figure_cell(found.c_coefficient(a, b)),
    }
}

/// Codes with their numbers, and every pair that comes up together or has no figure.
fn shape(found: &CoOccurrence, measure: PairMeasure) -> Value {
    let n = found.codes.len();
    // Each pair once, since the table is symmetric.
    let pairs = (0..n)
        .flat_map(|b| (0..b).map(move |a| (a, b)))
        .filter(|&(a, b)| found.both(a, b) > 0)
        .map(|(a, b)| {
            let mut object = Figures::default();
            object
                .set("code_1", found.codes[a].path.clone())
                .set("code_2", found.codes[b].path.clone());
            object
                .set("n1", found.own(a))
                .set("n2", found.own(b))
                .set("n12", found.both(a, b));
            object
                .figure("c_coefficient", found.c_coefficient(a, b))
                .set("out_of_range", found.is_out_of_range(a, b));
            if measure == PairMeasure::Jaccard {
                object.figure("jaccard", found.jaccard(a, b));
            }
            object.into_value()
        });
    let cells: Vec<Vec<Value>> = (0..n)
        .map(|a| {
            (0..n)
                .map(|b| pair_cell(found, measure, a, b).json())
                .collect()
        })
        .collect();
    json!({
        "measure": match measure { PairMeasure::Count => "count", PairMeasure::Jaccard => "jaccard", PairMeasure::C => "c" },
        "codes": found.codes.iter().map(|code| code.path.as_str()).collect::<Vec<_>>(),
        "cells": cells,
        "pairs": pairs.collect::<Vec<_>>(),
    })
}
