//! The table of cases: a row for each case, with its attributes.

use std::collections::BTreeSet;

use crate::{
    message::language::UiLanguage,
    model::{
        Project,
        attribute::{Attribute, AttributeOf, AttributeValue},
        case::CaseKind,
        ids::{AttributeId, PhaseId},
        phase::Phase,
        scale::Scale,
    },
    table::{Cell, Head, Row, Table},
};

/// A column of the table of cases: an attribute, in a phase if it is given per phase.
struct AttributeColumn {
    attribute: AttributeId,
    phase: Option<PhaseId>,
    head: Head,
}

/// All cases with their attributes; the items of scales are left out, as their scores are reported.
pub(super) fn cases_table(
    project: &Project,
    is_pseudonymised: bool,
    language: UiLanguage,
) -> Table {
    let items: BTreeSet<AttributeId> = project
        .scales
        .values()
        .flat_map(Scale::attributes)
        .collect();
    let columns: Vec<AttributeColumn> = project
        .attributes_in_order()
        .into_iter()
        .filter(|attribute| attribute.of == AttributeOf::Cases && !items.contains(&attribute.id))
        .filter(|attribute| !(is_pseudonymised && holds_names(&attribute.name)))
        .flat_map(|attribute| attribute_columns(attribute, project))
        .collect();
    let rows = project.cases_in_order().into_iter().map(|(depth, case)| {
        let mut cells = vec![Cell::words(kind_of_case(&case.kind, language))];
        cells.extend(columns.iter().map(|column| {
            match case.values.get(&(column.attribute, column.phase)) {
                Some(value) => Cell::words(value_in_words(value, language)),
                None => Cell::default(),
            }
        }));
        Row {
            head: Head::at_depth(&case.name, depth),
            cells,
        }
    });
    let title = language.pick("Cases and their attributes", "个案及其属性");
    let mut table = Table {
        title: title.to_owned(),
        corner: language.pick("Case", "个案").to_owned(),
        rows: rows.collect(),
        columns: vec![Head::plain(language.pick("Kind", "类型"))],
        ..Table::default()
    };
    table
        .columns
        .extend(columns.into_iter().map(|column| column.head));
    table
}

/// Returns true if an attribute of this name holds the names that references stand for.
fn holds_names(attribute: &str) -> bool {
    matches!(attribute.to_lowercase().as_str(), "name" | "姓名" | "名字")
}

/// The columns of an attribute: one, or one for each phase in which a case has a value.
fn attribute_columns(attribute: &Attribute, project: &Project) -> Vec<AttributeColumn> {
    if !attribute.per_phase {
        return vec![AttributeColumn {
            attribute: attribute.id,
            phase: None,
            head: Head::plain(&attribute.name),
        }];
    }
    let is_used = |phase: &Phase| {
        let value = (attribute.id, Some(phase.id));
        project
            .cases
            .values()
            .any(|case| case.values.contains_key(&value))
    };
    let phases = project.phases_in_order().into_iter();
    phases
        .filter(|phase| is_used(phase))
        .map(|phase| AttributeColumn {
            attribute: attribute.id,
            phase: Some(phase.id),
            head: Head::plain(format!("{} · {}", attribute.name, phase.name)),
        })
        .collect()
}

/// The kind of a case in words; a kind that the program doesn't know stays as it was written.
fn kind_of_case(kind: &CaseKind, language: UiLanguage) -> String {
    match kind {
        kind if *kind == CaseKind::family() => language.pick("family", "家庭").to_owned(),
        kind if *kind == CaseKind::person() => language.pick("person", "个人").to_owned(),
        CaseKind(other) => other.clone(),
    }
}

/// A value of an attribute; yes, no and what is not known are in the language of the report.
fn value_in_words(value: &AttributeValue, language: UiLanguage) -> String {
    match value {
        AttributeValue::YesNo(yes) => if *yes {
            language.pick("yes", "是")
        } else {
            language.pick("no", "否")
        }
        .to_owned(),
        AttributeValue::NotAsked => language.pick("not asked", "未询问").to_owned(),
        AttributeValue::Missing => language.pick("missing", "缺失").to_owned(),
        other => other.to_text(),
    }
}
