//! Sheets of cases and of documents with their attributes, as import reads them again.

use super::{
    ExportMaterial,
    table::{CellValue, ExportTable},
};
use crate::model::{
    Project,
    attribute::{AttributeOf, Values},
    ids::{AttributeId, CaseId, PhaseId},
};

/// A column of values: an attribute and, where it has one for each phase, the phase.
pub(super) struct Field {
    /// What the values are stored under.
    pub(super) key: (AttributeId, Option<PhaseId>),
    /// `income`, or `self_esteem@baseline`.
    pub(super) name: String,
}

/// The columns of cases or documents in the order of the attributes; those of phases only where there is a value.
pub(super) fn fields(project: &Project, of: AttributeOf) -> Vec<Field> {
    let has = |key: &(AttributeId, Option<PhaseId>)| match of {
        AttributeOf::Cases => project
            .cases
            .values()
            .any(|case| case.values.contains_key(key)),
        AttributeOf::Documents => project
            .documents
            .values()
            .any(|document| document.values.contains_key(key)),
    };
    let mut fields = Vec::new();
    for attribute in project
        .attributes_in_order()
        .into_iter()
        .filter(|attribute| attribute.of == of)
    {
        if attribute.per_phase {
            for phase in project.phases_in_order() {
                let key = (attribute.id, Some(phase.id));
                if has(&key) {
                    fields.push(Field {
                        key,
                        name: format!("{}@{}", attribute.name, phase.name),
                    });
                }
            }
        } else {
            fields.push(Field {
                key: (attribute.id, None),
                name: attribute.name.clone(),
            });
        }
    }
    fields
}

/// The value of a field, empty where there is none.
pub(super) fn value(values: &Values, field: &Field) -> CellValue {
    values
        .get(&field.key)
        .map_or(CellValue::Empty, CellValue::attribute)
}

/// Names of cases, joined.
pub(super) fn names<'a>(project: &Project, cases: impl IntoIterator<Item = &'a CaseId>) -> String {
    let names = cases
        .into_iter()
        .filter_map(|id| project.cases.get(id))
        .map(|case| case.name.as_str());
    names.collect::<Vec<_>>().join("; ")
}

/// The sheet of cases: `case`, `kind`, `parent`, and a column for each attribute.
pub fn cases(material: ExportMaterial<'_>) -> ExportTable {
    let project = material.project;
    let mut table = ExportTable::new(
        material.language.pick("cases", "个案"),
        &["case", "kind", "parent"],
    );
    let fields = fields(project, AttributeOf::Cases);
    fields
        .iter()
        .for_each(|field| table.add_column(&field.name, "attribute"));
    for (_, case) in project.cases_in_order() {
        let parent = case
            .parent
            .and_then(|id| project.cases.get(&id))
            .map(|parent| parent.name.as_str());
        let mut row = vec![
            CellValue::text(&case.name),
            CellValue::text(&case.kind.0),
            CellValue::text(parent.unwrap_or_default()),
        ];
        row.extend(fields.iter().map(|field| value(&case.values, field)));
        table.rows.push(row);
    }
    table
}

/// The sheet of documents: `document`, `case`, `phase`, `speakers`, and a column for each attribute.
pub fn documents(material: ExportMaterial<'_>) -> ExportTable {
    let project = material.project;
    let mut table = ExportTable::new(
        material.language.pick("documents", "文档"),
        &["document", "case", "phase", "speakers"],
    );
    let fields = fields(project, AttributeOf::Documents);
    fields
        .iter()
        .for_each(|field| table.add_column(&field.name, "attribute"));
    for document in project.documents_in_order() {
        let phase = document
            .phase
            .and_then(|phase| project.phases.get(&phase))
            .map(|phase| phase.name.as_str());
        let speakers: Vec<String> = document
            .speakers
            .iter()
            .filter_map(|speaker| {
                Some(format!(
                    "{}={}",
                    speaker.label,
                    project.cases.get(&speaker.case?)?.name
                ))
            })
            .collect();
        let mut row = vec![
            CellValue::text(&document.title),
            CellValue::text(names(project, &document.cases)),
            CellValue::text(phase.unwrap_or_default()),
            CellValue::text(speakers.join("; ")),
        ];
        row.extend(fields.iter().map(|field| value(&document.values, field)));
        table.rows.push(row);
    }
    table
}
