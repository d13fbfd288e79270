//! Sheets of figures: themes by families, codes by cases, and the matrix of cases and codes.

use super::{
    Material,
    grid::{Grid, Value},
};
use crate::analysis::frequency::{
    Columns, Filter, Measure, Options, Rows, frequency,
    table::{RowKey, Value as Figure},
};

/// Codings by family and theme, each with the codes below it.
pub fn themes_by_family(material: Material<'_>) -> Grid {
    counted(
        material,
        material.language.pick("themes by family", "主题与家庭"),
        (Rows::Family, Columns::Themes, Measure::Codings),
        true,
    )
}

/// Codings by case and code, each code by itself.
pub fn codes_by_case(material: Material<'_>) -> Grid {
    counted(
        material,
        material.language.pick("codes by case", "编码与个案"),
        (Rows::Case, Columns::Codes, Measure::Codings),
        false,
    )
}

/// Whether a code, or one below it, comes up in a case: 1 or 0; a case without documents has neither.
pub fn matrix(material: Material<'_>) -> Grid {
    counted(
        material,
        material.language.pick("case x code", "个案编码矩阵"),
        (Rows::Case, Columns::Codes, Measure::Presence),
        true,
    )
}

fn counted(
    material: Material<'_>,
    name: &str,
    (rows, columns, measure): (Rows, Columns, Measure),
    roll_up: bool,
) -> Grid {
    let options = Options {
        rows,
        columns,
        measure,
        roll_up,
        filter: Filter::default(),
    };
    let table = frequency(material.project, &options, material.load);
    let mut grid = Grid::new(
        name,
        &[if rows == Rows::Family {
            "family"
        } else {
            "case"
        }],
    );
    table
        .columns
        .iter()
        .for_each(|column| grid.add_column(&column.path, "code"));
    for (at, row) in table.rows.iter().enumerate() {
        // What belongs to no case has no place in a matrix of cases.
        if row.key == RowKey::None && measure == Measure::Presence {
            continue;
        }
        let label = if row.key == RowKey::None {
            material.language.pick("(none)", "（无）")
        } else {
            row.label.as_str()
        };
        let cells = (0..table.columns.len()).map(|column| {
            table
                .cell(at, column)
                .map_or(Value::Empty, |cell| value(cell.value))
        });
        grid.rows
            .push(std::iter::once(Value::text(label)).chain(cells).collect());
    }
    grid
}

fn value(figure: Figure) -> Value {
    match figure {
        Figure::NoDocument | Figure::Undefined(_) => Value::Empty,
        Figure::Count(n) => Value::count(n),
        Figure::Share(share) | Figure::Rate(share) => Value::Number(share),
        Figure::Present(present) => Value::Number(if present { 1.0 } else { 0.0 }),
    }
}
