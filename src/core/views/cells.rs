//! Names and cells that several views write alike.

use super::wording;
use crate::{
    analysis::frequency::{
        Rows, name_of_role, name_of_value,
        table::{FrequencyRow, Measured, RowKey},
    },
    message::{language::UiLanguage, text::Text},
    model::{Project, ids::CodeId},
    statistics::{Figure, Undefined},
    table::{Cell, CellKind, Head},
};

/// The cell of a value of a table of frequencies.
pub(super) fn frequency_cell(value: Measured, language: UiLanguage) -> Cell {
    match value {
        Measured::NoDocument => no_document(language),
        Measured::Undefined(why) => undefined(why, language),
        known => {
            let text = wording::value(known, language);
            let cell = Cell {
                text,
                value: known.number(),
                ..Cell::default()
            };
            match cell.value {
                Some(n) if n > 0.0 => cell,
                _ => Cell {
                    kind: CellKind::Zero,
                    ..cell
                },
            }
        }
    }
}

/// The cell of a row that has no document, so that nothing is known of it.
pub(super) fn no_document(language: UiLanguage) -> Cell {
    Cell::absent(language.say(Text::new("no document", "没有文档")))
}

/// The cell of a figure that does not exist, with the reason.
pub(super) fn undefined(why: Undefined, language: UiLanguage) -> Cell {
    Cell::undefined(language.say(why.text()))
}

/// The cell of a figure; `written` says how it is written if it exists.
pub(super) fn figure_cell(
    figure: Figure,
    written: fn(f64) -> String,
    language: UiLanguage,
) -> Cell {
    match figure {
        Ok(value) => Cell::number(value, written(value)),
        Err(why) => undefined(why, language),
    }
}

/// A number with two decimals.
pub(super) fn two_decimals(value: f64) -> String {
    format!("{value:.2}")
}

/// The name of a row of a table of frequencies; `rows` says what its rows stand for.
pub(super) fn row_name(
    row: &FrequencyRow,
    rows: Rows,
    project: &Project,
    language: UiLanguage,
) -> String {
    match &row.key {
        RowKey::None => language.say(in_none(rows)).to_owned(),
        RowKey::Value(value) => name_of_value(project, rows, value, language),
        _ if rows == Rows::Role => name_of_role(project, &row.label, language),
        RowKey::Phase(phase) => wording::phase(project, *phase, language),
        _ => row.label.clone(),
    }
}

/// Chinese has no "none of them": it names what the row is not in.
const fn in_none(rows: Rows) -> Text {
    const NONE: &str = "none of them";
    match rows {
        Rows::Case | Rows::Family => Text::new("not attributed", "未归属"),
        Rows::Person => Text::new("no one person", "未归属到个人"),
        Rows::Role => Text::new(NONE, "未归入任何角色"),
        Rows::Document => Text::new(NONE, "未归入任何文档"),
        Rows::Speaker => Text::new(NONE, "未归入任何说话人"),
        Rows::Phase => Text::new(NONE, "未归入任何阶段"),
        Rows::Coder => Text::new(NONE, "未归入任何编码员"),
        Rows::Attribute(_) => Text::new(NONE, "没有属性值"),
    }
}

/// The head of a code: its name and colour, without its depth in the tree.
pub(super) fn code_head(project: &Project, code: CodeId, language: UiLanguage) -> Head {
    Head {
        text: wording::code(project, code, language),
        depth: 0,
        hue: project.codebook.get(code).map(|code| code.hue),
    }
}

/// Plain heads.
pub(super) fn heads(texts: &[Text], language: UiLanguage) -> Vec<Head> {
    texts
        .iter()
        .map(|text| Head::plain(language.say(*text)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        attribute::AttributeValue, ids::PhaseId, localized::Language, phase::Phase, rank::Rank,
    };

    #[test]
    fn rows_are_named_in_the_language_of_the_table() {
        let row = |key: RowKey, label: &str| FrequencyRow {
            key,
            label: label.to_owned(),
            documents: 1,
            chars: 0,
            words: 0,
            cases: 0,
        };
        let mut project = Project::default();
        let mut phase = Phase::new(
            PhaseId::from_u128(1),
            "baseline".to_owned(),
            Rank::after(std::iter::empty()),
        );
        phase.translations.insert(Language::ZH, "前测".to_owned());
        let rows = [
            (
                row(RowKey::Value(AttributeValue::NotAsked), "not asked"),
                Rows::Case,
            ),
            (row(RowKey::None, ""), Rows::Case),
            (row(RowKey::Phase(phase.id), "baseline"), Rows::Phase),
        ];
        project.phases.insert(phase.id, phase);
        let named = |language| {
            rows.each_ref()
                .map(|(row, rows)| row_name(row, *rows, &project, language))
        };
        assert_eq!(
            named(UiLanguage::English),
            ["not asked", "not attributed", "baseline"]
        );
        assert_eq!(named(UiLanguage::Chinese), ["未询问", "未归属", "前测"]);
    }
}
