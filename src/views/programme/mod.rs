//! A theme over the programme: a line for each case, and one for all.

use super::{
    chart::lines,
    frequency::{cell, row_name},
    wording,
};
use crate::table::CellRef;
use crate::table::{Head, Row, Table};
use crate::{
    analysis::{change::number, frequency::table::Segment, programme::Programme},
    message::language::UiLanguage,
    model::Project,
    picture::Picture,
};

/// Cases by phases; below, all documents of each phase.
pub fn sheet(found: &Programme, project: &Project, language: UiLanguage) -> Table {
    let name = wording::code(project, found.question.code, language);
    let hue = project
        .codebook
        .get(found.question.code)
        .map(|code| code.hue);
    let (measure, filter) = (
        wording::measure(found.question.measure, language),
        wording::filter(project, &found.question.filter, language),
    );
    let line = |(row, values): (&crate::analysis::frequency::table::FrequencyRow, &Vec<_>)| Row {
        head: Head::plain(row_name(row, language)),
        cells: values.iter().map(|value| cell(*value, language)).collect(),
    };
    let mut sheet = Table {
        title: match language {
            UiLanguage::English => format!("{name} over the programme"),
            UiLanguage::Chinese => format!("{name}：各阶段变化"),
        },
        rule: match language {
            UiLanguage::English => format!(
                "Counted: {measure} with \"{name}\" or a code below it ({filter}). A dash says that there is no document, which is not 0."
            ),
            UiLanguage::Chinese => format!(
                "统计的是：{measure}，编码为“{name}”或其下级（{filter}）。横线表示没有文档，不是 0。"
            ),
        },
        corner: wording::rows(found.question.rows, project, language),
        columns: found
            .phases
            .iter()
            .filter_map(|id| project.phases.get(id))
            .map(|phase| Head {
                text: phase.name.clone(),
                depth: 1,
                hue,
            })
            .collect(),
        rows: found.rows.iter().zip(&found.values).map(line).collect(),
        foot: vec![Row {
            head: Head::plain(language.pick("All", "合计")),
            cells: found
                .all
                .iter()
                .map(|value| cell(*value, language))
                .collect(),
        }],
        notes: Vec::new(),
        heat: true,
    };
    sheet.tint();
    sheet
}

/// A faint line for each case, a strong one for all.
pub fn picture(found: &Programme, project: &Project, language: UiLanguage) -> Picture {
    let phases: Vec<String> = found
        .phases
        .iter()
        .filter_map(|id| project.phases.get(id))
        .map(|phase| phase.name.clone())
        .collect();
    let points = |values: &Vec<_>| {
        values
            .iter()
            .map(|value| number(*value))
            .collect::<Vec<Option<f64>>>()
    };
    let hue = project
        .codebook
        .get(found.question.code)
        .map(|code| code.hue);
    let mut series: Vec<lines::Series> = found
        .rows
        .iter()
        .zip(&found.values)
        .map(|(row, values)| lines::Series {
            name: row_name(row, language),
            points: points(values),
            strong: false,
            hue,
        })
        .collect();
    series.push(lines::Series {
        name: language.pick("All", "合计").to_owned(),
        points: points(&found.all),
        strong: true,
        hue,
    });
    let name = wording::code(project, found.question.code, language);
    let title = match language {
        UiLanguage::English => format!("{name} over the programme"),
        UiLanguage::Chinese => format!("{name}：各阶段变化"),
    };
    lines::picture(
        &title,
        wording::measure(found.question.measure, language),
        &phases,
        &series,
    )
}

/// The segments behind a place.
pub fn segments(found: &Programme, project: &Project, spot: CellRef) -> Vec<Segment> {
    match spot {
        CellRef::Cell(row, phase) if row < found.rows.len() => found.segments(project, row, phase),
        CellRef::Cell(_, phase) | CellRef::Column(phase) => found.phase_segments(project, phase),
        CellRef::Row(row) => (0..found.phases.len())
            .flat_map(|phase| found.segments(project, row, phase))
            .collect(),
    }
}
