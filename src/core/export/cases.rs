//! Tables of cases and of documents with their attributes, as the import reads them again.

use super::ExportMaterial;
use crate::{
    message::text::Text,
    model::{
        Project,
        attribute::{AttributeOf, Values},
        document::Document,
        ids::{AttributeId, CaseId, PhaseId},
    },
    table::data::{CellValue, DataTable},
};

/// A column of values: an attribute, or an attribute in one phase.
pub(super) struct ValueColumn {
    /// The key of the values.
    pub(super) key: (AttributeId, Option<PhaseId>),
    /// The header: `income`, or `self_esteem@baseline` for a phase.
    pub(super) name: String,
}

impl ValueColumn {
    /// The value of the column; empty if there is none.
    pub(super) fn value(&self, values: &Values) -> CellValue {
        values
            .get(&self.key)
            .map_or(CellValue::Empty, CellValue::attribute)
    }
}

/// The columns of cases, documents or coders, in the order of the attributes.
///
/// A phase has a column only if there is a value in it; an attribute without phases always has one.
pub(super) fn value_columns(project: &Project, of: AttributeOf) -> Vec<ValueColumn> {
    let mut columns = Vec::new();
    for attribute in project.attributes_in_order() {
        if attribute.of != of {
            continue;
        }
        if !attribute.per_phase {
            columns.push(ValueColumn {
                key: (attribute.id, None),
                name: attribute.name.clone(),
            });
            continue;
        }
        for phase in project.phases_in_order() {
            let key = (attribute.id, Some(phase.id));
            if has_value(project, of, &key) {
                columns.push(ValueColumn {
                    key,
                    name: format!("{}@{}", attribute.name, phase.name),
                });
            }
        }
    }
    columns
}

fn has_value(project: &Project, of: AttributeOf, key: &(AttributeId, Option<PhaseId>)) -> bool {
    match of {
        AttributeOf::Cases => project
            .cases
            .values()
            .any(|case| case.values.contains_key(key)),
        AttributeOf::Documents => project
            .documents
            .values()
            .any(|document| document.values.contains_key(key)),
        AttributeOf::Coders => project
            .coders
            .values()
            .any(|coder| coder.values.contains_key(key)),
    }
}

/// The names of cases, joined by semicolons.
pub(super) fn case_names<'a>(
    project: &Project,
    cases: impl IntoIterator<Item = &'a CaseId>,
) -> String {
    let names = cases
        .into_iter()
        .filter_map(|id| project.cases.get(id))
        .map(|case| case.name.as_str());
    names.collect::<Vec<_>>().join("; ")
}

/// The main name of the phase that a document belongs to, by which sheets know it; empty if it has none.
pub(super) fn phase_name<'a>(project: &'a Project, document: &Document) -> &'a str {
    document
        .phase
        .and_then(|id| project.phases.get(&id))
        .map_or("", |phase| &phase.name)
}

/// The table of cases: `case`, `kind`, `parent`, and a column for each attribute.
pub fn cases(material: ExportMaterial<'_>) -> DataTable {
    let project = material.project;
    let mut table = DataTable::new(
        material.language.say(Text::new("cases", "个案")),
        &["case", "kind", "parent"],
    );
    let columns = value_columns(project, AttributeOf::Cases);
    for column in &columns {
        table.add_column(&column.name, "attribute");
    }
    for (_, case) in project.cases_in_order() {
        let parent = case.parent.and_then(|id| project.cases.get(&id));
        let mut row = vec![
            CellValue::text(&case.name),
            CellValue::text(&case.kind.0),
            CellValue::text(parent.map_or("", |parent| &parent.name)),
        ];
        row.extend(columns.iter().map(|column| column.value(&case.values)));
        table.rows.push(row);
    }
    table
}

/// The table of documents: `document`, `case`, `phase`, `speakers`, and a column for each attribute.
pub fn documents(material: ExportMaterial<'_>) -> DataTable {
    let project = material.project;
    let mut table = DataTable::new(
        material.language.say(Text::new("documents", "文档")),
        &["document", "case", "phase", "speakers"],
    );
    let columns = value_columns(project, AttributeOf::Documents);
    for column in &columns {
        table.add_column(&column.name, "attribute");
    }
    for document in project.documents_in_order() {
        let mut row = vec![
            CellValue::text(&document.title),
            CellValue::text(case_names(project, &document.cases)),
            CellValue::text(phase_name(project, document)),
            CellValue::text(speakers(project, document)),
        ];
        row.extend(columns.iter().map(|column| column.value(&document.values)));
        table.rows.push(row);
    }
    table
}

/// The speakers that are persons, as `label=person`.
fn speakers(project: &Project, document: &Document) -> String {
    let persons = document.speakers.iter().filter_map(|speaker| {
        let person = project.cases.get(&speaker.case?)?;
        Some(format!("{}={}", speaker.label, person.name))
    });
    persons.collect::<Vec<_>>().join("; ")
}
