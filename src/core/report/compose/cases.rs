//! The table of cases: a row for each case, with its attributes.

use std::collections::BTreeSet;

use crate::{
    message::{language::UiLanguage, text::Text},
    model::{
        Project,
        attribute::{Attribute, AttributeOf},
        ids::{AttributeId, PhaseId},
        phase::Phase,
        scale::Scale,
    },
    table::{Cell, Head, Row, Table},
};

/// A column of the table of cases: an attribute, in a phase if it is given per phase.
struct CaseColumn {
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
    let columns: Vec<CaseColumn> = project
        .attributes_in_order()
        .into_iter()
        .filter(|attribute| attribute.of == AttributeOf::Cases && !items.contains(&attribute.id))
        .filter(|attribute| !(is_pseudonymised && attribute.names().any(holds_names)))
        .flat_map(|attribute| attribute_columns(attribute, project, language))
        .collect();
    let rows = project.cases_in_order().into_iter().map(|(depth, case)| {
        let mut cells = vec![Cell::words(case.kind.say(language))];
        cells.extend(columns.iter().map(|column| {
            match case.values.get(&(column.attribute, column.phase)) {
                Some(value) => Cell::words(match project.attributes.get(&column.attribute) {
                    Some(attribute) => attribute.say(value, language),
                    None => value.to_text(),
                }),
                None => Cell::default(),
            }
        }));
        Row {
            head: Head::at_depth(&case.name, depth),
            cells,
        }
    });
    let title = language.say(Text::new("Cases and their attributes", "个案及其属性"));
    let mut table = Table {
        title: title.to_owned(),
        corner: language.say(Text::new("Case", "个案")).to_owned(),
        rows: rows.collect(),
        columns: vec![Head::plain(language.say(Text::new("Kind", "类型")))],
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
fn attribute_columns(
    attribute: &Attribute,
    project: &Project,
    language: UiLanguage,
) -> Vec<CaseColumn> {
    let name = attribute.name_in(&language.tag());
    if !attribute.per_phase {
        return vec![CaseColumn {
            attribute: attribute.id,
            phase: None,
            head: Head::plain(name),
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
        .map(|phase| CaseColumn {
            attribute: attribute.id,
            phase: Some(phase.id),
            head: Head::plain(format!("{name} · {}", phase.name_in(&language.tag()))),
        })
        .collect()
}
