//! The looking-glass as a table: persons before and after by appraiser and judgement, and the feelings in words.

use std::{cmp::Reverse, collections::BTreeMap};

use super::{FEELING, LookingGlass, PersonLine, codings_in};
use crate::{
    analysis::frequency::Rows,
    message::{
        language::UiLanguage,
        text::{COMMA, Text},
    },
    model::Project,
    table::{Cell, Head, Row, Table},
    views::{
        cells::{frequency_cell, row_name},
        wording,
    },
};

const TITLE: Text = Text::new(
    "Looking-glass: whose eyes, which judgement",
    "镜中自我：谁的眼光，怎样的评判",
);
const NO_FACETS: Text = Text::new(
    "The codebook asks for no facets called appraiser and judgement (评价者, 评判), so there is nothing to set side by side.",
    "编码本没有名为“评价者”和“评判”（appraiser、judgement）的维度，没有可以并列的内容。",
);

pub(super) fn table(found: &LookingGlass, project: &Project, language: UiLanguage) -> Table {
    let columns = found.columns.iter().map(|&column| Head {
        text: format!(
            "{} · {}",
            found.appraiser(column, language),
            found.judgement(column, language)
        ),
        depth: 0,
        hue: Some(found.before.table.columns[column].hue),
    });
    let note = (found.facets.len() < 2).then_some(NO_FACETS);
    let mut table = Table {
        title: language.say(TITLE).to_owned(),
        rule: rule(found, project, language),
        corner: language
            .say(Text::new("Person · phase", "个人 · 阶段"))
            .to_owned(),
        columns: columns
            .chain([Head::plain(language.say(Text::new("Feelings", "感受")))])
            .collect(),
        rows: found
            .lines
            .iter()
            .map(|line| table_row(found, *line, project, language))
            .collect(),
        notes: note
            .into_iter()
            .map(|note| language.say(note).to_owned())
            .collect(),
        ..Table::default()
    };
    table.tint();
    table
}

fn rule(found: &LookingGlass, project: &Project, language: UiLanguage) -> String {
    let filter = wording::filter(project, &found.filter, language);
    let facets = found.facets.iter();
    let facets: Vec<&str> = facets.map(|name| name.get(&language.tag())).collect();
    Text::new("Counted: codings that carry the facets {facets} on passages that the person speaks, at two phases ({filter}).", "统计的是：本人所说片段上带有维度“{facets}”的编码片段，两个阶段（{filter}）。").with("facets", facets.as_slice()).with("filter", filter).say(language)
}

fn table_row(
    found: &LookingGlass,
    line: PersonLine,
    project: &Project,
    language: UiLanguage,
) -> Row {
    let counted = found.phase_of(line);
    let name = row_name(
        &counted.table.rows[line.row],
        Rows::Person,
        project,
        language,
    );
    let mut cells: Vec<Cell> = found
        .columns
        .iter()
        .filter_map(|&column| counted.table.cell(line.row, column))
        .map(|figure| frequency_cell(figure.value, language))
        .collect();
    cells.push(Cell::words(feelings(found, line, language)));
    Row::new(
        format!(
            "{name} · {}",
            wording::phase(project, counted.phase, language)
        ),
        cells,
    )
}

/// The feelings of a line, the most frequent first.
fn feelings(found: &LookingGlass, line: PersonLine, language: UiLanguage) -> String {
    let table = &found.phase_of(line).table;
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (at, column) in table.columns.iter().enumerate() {
        // A coding whose facet was left open counts under a value of this name, which is no feeling.
        let is_given = found
            .project
            .codebook
            .get(column.code)
            .is_some_and(|code| code.name.text != "not given");
        let n = codings_in(table, line.row, at);
        if column.depth == FEELING && is_given && n > 0 {
            // The same feeling can be below several judgements.
            *counts
                .entry(found.value_name(column.code, language))
                .or_default() += n;
        }
    }
    let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
    // Stable, so that feelings of one frequency stay by name.
    counts.sort_by_key(|(_, n)| Reverse(*n));
    let named: Vec<String> = counts
        .iter()
        .map(|(name, n)| format!("{name} {n}"))
        .collect();
    named.join(language.say(COMMA))
}
