//! Tables of counts: themes by families, codes by cases, and the matrix of cases and codes.

use super::{
    ExportMaterial,
    table::{CellValue, ExportTable},
};
use crate::analysis::frequency::{
    Columns, Filter, FrequencyOptions, Measure, Rows, frequency,
    table::{Measured as Count, RowKey},
};

/// Codings by family and theme; a theme includes the codes below it.
pub fn themes_by_family(material: ExportMaterial<'_>) -> ExportTable {
    let name = material.language.pick("themes by family", "主题与家庭");
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
pub fn codes_by_case(material: ExportMaterial<'_>) -> ExportTable {
    let name = material.language.pick("codes by case", "编码与个案");
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
pub fn matrix(material: ExportMaterial<'_>) -> ExportTable {
    let name = material.language.pick("case x code", "个案编码矩阵");
    let options = FrequencyOptions {
        rows: Rows::Case,
        columns: Columns::Codes,
        measure: Measure::Presence,
        roll_up: true,
        filter: Filter::default(),
    };
    counted(material, name, &options)
}

fn counted(material: ExportMaterial<'_>, name: &str, options: &FrequencyOptions) -> ExportTable {
    let counts = frequency(material.project, options, material.load);
    let row_header = match options.rows {
        Rows::Family => "family",
        _ => "case",
    };
    let mut table = ExportTable::new(name, &[row_header]);
    for column in &counts.columns {
        table.add_column(&column.path, "code");
    }
    for (at, row) in counts.rows.iter().enumerate() {
        let label = match row.key {
            // Programs that read the matrix take each row for a case, so codings without one are left out.
            RowKey::None if options.measure == Measure::Presence => continue,
            RowKey::None => material.language.pick("(none)", "（无）"),
            _ => row.label.as_str(),
        };
        let mut cells = vec![CellValue::text(label)];
        cells.extend((0..counts.columns.len()).map(|column| {
            counts
                .cell(at, column)
                .map_or(CellValue::Empty, |cell| cell_value(cell.value))
        }));
        table.rows.push(cells);
    }
    table
}

fn cell_value(count: Count) -> CellValue {
    match count {
        Count::NoDocument | Count::Undefined(_) => CellValue::Empty,
        Count::Count(n) => CellValue::count(n),
        Count::Share(share) | Count::Rate(share) => CellValue::Number(share),
        Count::Present(present) => CellValue::Number(if present { 1.0 } else { 0.0 }),
    }
}
