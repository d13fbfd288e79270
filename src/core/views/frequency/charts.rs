//! Frequencies as charts: a heat map, presence with intervals, and the make-up of each row.

use super::FrequencyFinding;
use crate::{
    analysis::frequency::Measure,
    message::{language::UiLanguage, text::Text},
    model::Project,
    picture::Picture,
    table::{Head, Table},
    views::{
        chart::{dots, heat, shares},
        finding::Finding as _,
        wording,
    },
};

/// More parts than this can't be told apart in a stacked bar.
const MOST_PARTS: usize = 12;

pub(super) fn charts(
    finding: &FrequencyFinding,
    project: &Project,
    language: UiLanguage,
) -> Vec<Picture> {
    let mut table = finding.table(project, language);
    // The last column is the total, which has no place beside its parts.
    table.columns.pop();
    for row in &mut table.rows {
        row.cells.pop();
    }
    let mut charts = vec![heat::picture(&table)];
    charts.extend(presence(finding, &table, language));
    charts.extend(make_up(finding, &table, language));
    charts
}

/// In what share of the rows each code is present.
fn presence(finding: &FrequencyFinding, table: &Table, language: UiLanguage) -> Option<Picture> {
    let columns = finding.table.columns.iter().zip(&table.columns);
    let dots: Vec<dots::Dot> = columns
        .zip(&finding.table.with_it)
        .filter(|((column, _), of_n)| {
            // Rolled up, a theme is present wherever one of its codes is, and says little.
            let is_told = column.depth > 0 || column.topmost && !finding.options.roll_up;
            is_told && of_n.with > 0
        })
        .map(|((_, head), of_n)| dots::Dot {
            name: head.text.clone(),
            hue: head.hue,
            share: of_n.with as f64 / of_n.of as f64,
            interval: of_n.interval(),
            said: wording::of(of_n.with, of_n.of, language),
        })
        .collect();
    if dots.is_empty() {
        return None;
    }
    let rows = table.corner.to_lowercase();
    let title = Text::new(
        "Share of rows in which each comes up (by {rows}), with exact 95 % intervals",
        "各项出现的比例（按{rows}），附精确的 95 % 区间",
    )
    .with("rows", rows)
    .say(language);
    Some(dots::picture(&title, &dots))
}

/// What each row is made up of.
fn make_up(finding: &FrequencyFinding, table: &Table, language: UiLanguage) -> Option<Picture> {
    let parts: Vec<usize> = (0..finding.table.columns.len())
        .filter(|&column| finding.table.columns[column].topmost)
        .collect();
    let is_whole = finding.options.measure == Measure::Codings;
    if !is_whole || !(2..=MOST_PARTS).contains(&parts.len()) {
        return None;
    }
    let heads: Vec<Head> = parts
        .iter()
        .map(|&column| table.columns[column].clone())
        .collect();
    let rows: Vec<(String, Vec<f64>)> = table
        .rows
        .iter()
        .map(|row| {
            let values = parts.iter().map(|&column| row.cells[column].amount());
            (row.head.text.clone(), values.collect())
        })
        .collect();
    let title = format!(
        "{}{}",
        table.title,
        language.say(Text::new(": shares of each row", "：各行的构成"))
    );
    Some(shares::picture(&title, &heads, &rows))
}
