//! Tables of counts: themes by families, codes by cases, and the matrix of cases and codes.

use super::ExportMaterial;
use crate::{
    analysis::frequency::{
        Columns, Filter, FrequencyOptions, Measure, Rows, frequency, name_of_value,
        table::{Measured, RowKey},
    },
    message::text::Text,
    table::data::{CellValue, DataTable},
};

/// The row of what belongs to none of the others.
pub const fn no_row(rows: Rows) -> Text {
    match rows {
        Rows::Case | Rows::Family => Text::new("(not attributed)", "（未归属）"),
        _ => Text::new("(none)", "（无）"),
    }
}

/// Codings by family and theme; a theme includes the codes below it.
pub fn themes_by_family(material: ExportMaterial<'_>) -> DataTable {
    let name = material
        .language
        .say(Text::new("themes by family", "主题与家庭"));
    let options = FrequencyOptions {
        rows: Rows::Family,
        columns: Columns::Themes,
        measure: Measure::Codings,
        roll_up: true,
        filter: Filter::default(),
    };
    counted(material, name, &options)
}

/// Codings by case and code, each code without those below it.
pub fn codes_by_case(material: ExportMaterial<'_>) -> DataTable {
    let name = material
        .language
        .say(Text::new("codes by case", "编码与个案"));
    let options = FrequencyOptions {
        rows: Rows::Case,
        columns: Columns::Codes,
        measure: Measure::Codings,
        roll_up: false,
        filter: Filter::default(),
    };
    counted(material, name, &options)
}

/// Whether a case has a code or one below it: 1 or 0, and empty for a case without documents.
pub fn matrix(material: ExportMaterial<'_>) -> DataTable {
    let name = material
        .language
        .say(Text::new("case x code", "个案编码矩阵"));
    let options = FrequencyOptions {
        rows: Rows::Case,
        columns: Columns::Codes,
        measure: Measure::Presence,
        roll_up: true,
        filter: Filter::default(),
    };
    counted(material, name, &options)
}

fn counted(material: ExportMaterial<'_>, name: &str, options: &FrequencyOptions) -> DataTable {
    let counts = frequency(material.project, options, material.load);
    let language = material.language;
    let row_header = match options.rows {
        Rows::Family => "family",
        _ => "case",
    };
    let mut table = DataTable::new(name, &[row_header]);
    for column in &counts.columns {
        table.add_column(&column.path, "code");
    }
    for (at, row) in counts.rows.iter().enumerate() {
        let label = match row.key {
            // Programs that read the matrix take each row for a case, so codings without one are left out.
            RowKey::None if options.measure == Measure::Presence => continue,
            RowKey::None => language.say(no_row(options.rows)).into(),
            RowKey::Value(ref value) => {
                name_of_value(material.project, options.rows, value, language).into()
            }
            _ => CellValue::text(&row.label),
        };
        let mut cells = vec![label];
        cells.extend((0..counts.columns.len()).map(|column| {
            counts
                .cell(at, column)
                .map_or(CellValue::Empty, |cell| measured(cell.value))
        }));
        table.rows.push(cells);
    }
    table
}

/// The value of a measure: empty where nothing is known or the figure doesn't exist.
pub fn measured(value: Measured) -> CellValue {
    match value {
        Measured::NoDocument | Measured::Undefined(_) => CellValue::Empty,
        Measured::Count(n) => n.into(),
        Measured::Share(figure) | Measured::Rate(figure) | Measured::Mean(figure) => {
            CellValue::figure(figure)
        }
        Measured::Present(present) => u32::from(present).into(),
    }
}
