//! The table of presence: how often each code comes up, and in how many families.
//!
//! It is the table of frequencies turned, with codes as rows, so that any number of them fits a page.

use crate::{
    message::{language::UiLanguage, text::Text},
    table::{Cell, CellKind, Head, Row, Table},
    views::wording,
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

/// Turns a table of frequencies: its foot has the totals, in how many rows each code is present, and the intervals,
/// whose cells have the share itself as their value.
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
    let share = match interval.value {
        Some(share) => Cell::number(share, wording::percent(share)),
        None => Cell::absent(&*present.why),
    };
    vec![total, present, share, as_figure(interval)]
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_is_the_figure_of_the_interval_whatever_is_said_of_it() {
        let present = |why: &str| Cell {
            why: why.to_owned(),
            ..Cell::number(3.0, "3 of 4")
        };
        let interval = Cell {
            value: Some(0.75),
            ..Cell::words("19–99 %")
        };
        let code = |name: &str| Head {
            hue: Some(crate::model::code::Hue::default()),
            ..Head::plain(name)
        };
        let frequencies = Table {
            columns: vec![code("Belonging"), code("Esteem")],
            foot: vec![
                Row::new("All", vec![Cell::count(5), Cell::count(0)]),
                Row::new(
                    "Rows with it",
                    vec![
                        present("in 3 families, which are many"),
                        Cell::absent("no row has a document"),
                    ],
                ),
                Row::new("95 % interval", vec![interval, Cell::absent("")]),
            ],
            ..Table::default()
        };
        let table = presence_table(&frequencies, UiLanguage::English);
        let of = |row: usize| -> Vec<&str> {
            let cells = table.rows[row].cells.iter();
            cells.map(|cell| cell.text.as_str()).collect()
        };
        assert_eq!(of(0), ["5", "3 of 4", "75 %", "19–99 %"]);
        assert_eq!(of(1), ["0", "–", "–", "–"]);
    }
}
