//! The table of presence: how often each code comes up, and in how many families.
//!
//! It is the table of frequencies turned, with codes as rows, so that any number of them fits a page.

use crate::{
    message::{language::UiLanguage, text::Text},
    table::{Cell, CellKind, Head, Row, Table},
};

const TITLE: Text = Text::new(
    "How often each code comes up, and in how many families",
    "各编码出现的次数和家庭数",
);
const COLUMNS: [Text; 4] = [
    Text::new("codings", "编码片段"),
    Text::new("families with it", "出现的家庭"),
    Text::new("share", "比例"),
    Text::new("95 % interval", "95 % 区间"),
];
const SOURCE: Text = Text::new(
    "Intervals are exact (Clopper & Pearson).",
    "区间为精确区间（Clopper & Pearson）。",
);

/// Turns a table of frequencies: its foot has the totals, in how many rows each code is present, and the intervals.
pub(super) fn presence_table(frequencies: &Table, language: UiLanguage) -> Table {
    let codes = frequencies.columns.iter().enumerate();
    Table {
        title: language.say(TITLE).to_owned(),
        corner: language.say(Text::new("Code", "编码")).to_owned(),
        columns: COLUMNS.map(|text| Head::plain(language.say(text))).to_vec(),
        // The column of all codes together has no colour.
        rows: codes
            .filter(|(_, head)| head.hue.is_some())
            .map(|(column, head)| Row {
                head: head.clone(),
                cells: cells_of_code(frequencies, column),
            })
            .collect(),
        rule: frequencies.rule.clone(),
        notes: vec![language.say(SOURCE).to_owned()],
        ..Table::default()
    }
}

fn cells_of_code(frequencies: &Table, column: usize) -> Vec<Cell> {
    let [total, present, interval] =
        [0, 1, 2].map(|row| frequencies.foot[row].cells[column].clone());
    // The reason of the cell begins with the share: "75 %, 95 % CI [50 %, 90 %]".
    let share = match present.why.split_once([',', '，']) {
        Some((share, _)) => share.to_owned(),
        None => present.why.clone(),
    };
    vec![
        total,
        present,
        as_figure(Cell::words(share)),
        as_figure(interval),
    ]
}

/// Words among figures, set flush right like them.
fn as_figure(cell: Cell) -> Cell {
    match cell.kind {
        CellKind::Words => Cell {
            kind: CellKind::Figure,
            ..cell
        },
        _ => cell,
    }
}
