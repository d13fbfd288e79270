//! The looking-glass as a chart: the shares of judgements in each line.

use super::{LookingGlass, table::table};
use crate::{
    message::language::UiLanguage,
    model::{Project, code::Hue},
    picture::Picture,
    table::{Head, Row},
    views::chart::shares,
};

/// Hues of the judgements in their order, far enough apart to be told from one another.
const HUES: [u8; 4] = [1, 9, 3, 10];

pub(super) fn judgements(found: &LookingGlass, project: &Project, language: UiLanguage) -> Picture {
    let table = table(found, project, language);
    let mut judgements: Vec<String> = Vec::new();
    for &column in &found.columns {
        let judgement = found.judgement(column, language);
        if !judgements.contains(&judgement) {
            judgements.push(judgement);
        }
    }
    let rows: Vec<(String, Vec<f64>)> = table
        .rows
        .iter()
        .map(|row| {
            let sums = judgements
                .iter()
                .map(|judgement| sum_over_appraisers(found, row, judgement, language));
            (row.head.text.clone(), sums.collect())
        })
        .collect();
    let heads: Vec<Head> = judgements
        .into_iter()
        .zip(HUES)
        .map(|(text, hue)| Head {
            text,
            depth: 0,
            hue: Some(Hue::new(hue)),
        })
        .collect();
    shares::picture(&table.title, &heads, &rows)
}

fn sum_over_appraisers(
    found: &LookingGlass,
    row: &Row,
    judgement: &str,
    language: UiLanguage,
) -> f64 {
    found
        .columns
        .iter()
        .zip(&row.cells)
        .filter(|(column, _)| found.judgement(**column, language) == judgement)
        .map(|(_, cell)| cell.amount())
        .sum()
}
