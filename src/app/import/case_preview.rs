//! What taking in a sheet of cases would do, before it is done: types of columns, and which rows are new, changed or the same.

use std::{collections::BTreeMap, sync::Arc};

use crate::app::{Session, edit::sheets, import::SheetError};
use crate::{
    import::{cases::read_cases, table::InputTable},
    log::change::{CaseEdit, Change, Holder},
    message::{Message, text::Text},
    model::{
        Project,
        attribute::{AttributeKind, AttributeOf, AttributeValue},
        ids::{AttributeId, CaseId, PhaseId},
    },
};

/// What a sheet of cases would do.
#[derive(Debug, Clone, PartialEq)]
pub struct CasePreview {
    /// Its columns.
    pub columns: Vec<ColumnPreview>,
    /// Its rows.
    pub rows: Vec<RowPreview>,
}

/// A column of values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnPreview {
    /// The header.
    pub name: String,
    /// The type that its values have, with the categories where it has any.
    pub inferred: Message,
    /// The type that the project has it as; `None` where it is new.
    pub known: Option<Message>,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowPreview {
    /// Its number, the header being 1.
    pub row: usize,
    /// The case.
    pub case: String,
    /// Whether the case is new.
    pub new: bool,
    /// What would be set; of a case that is there already, none means that the row says nothing new.
    pub fields: Vec<FieldPreview>,
}

/// A field that would be set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldPreview {
    /// Its name, as a header has it.
    pub field: String,
    /// The value now.
    pub from: Option<String>,
    /// The value then.
    pub to: Option<String>,
}

impl Session {
    /// Looks at a sheet of cases as [`Self::import_cases`] would take it in, and changes nothing.
    ///
    /// # Errors
    /// With file and row, as when it is taken in.
    pub fn preview_cases(
        &mut self,
        file: &str,
        bytes: Vec<u8>,
        key: Option<&str>,
        parent: Option<&str>,
        kind: Option<&str>,
    ) -> Result<CasePreview, SheetError> {
        let sheet = read_cases(&InputTable::read(file, bytes)?, key, parent, kind)?;
        // A transaction that is never committed: what it records is what the import would change.
        let mut tx = self.transaction("import cases");
        sheets::import_cases(&mut tx, &sheet)?;
        let project = Arc::clone(tx.base());
        let names = Names::new(&project, tx.changes());
        let column = |column: &crate::import::cases::AttributeColumn| ColumnPreview {
            name: column.phase.as_ref().map_or_else(
                || column.name.clone(),
                |phase| format!("{}@{phase}", column.name),
            ),
            inferred: typed(&column.kind),
            known: project
                .attribute_by_name(AttributeOf::Cases, &column.name)
                .map(|attribute| typed(&attribute.kind)),
        };
        let mut fields = names.fields(tx.changes());
        let row = |row: &crate::import::cases::CaseRow| {
            let known = project.case_by_name(&row.name).map(|case| case.id);
            let id = known.or_else(|| names.added.get(row.name.as_str()).copied());
            let fields = id.and_then(|id| fields.remove(&id)).unwrap_or_default();
            RowPreview {
                row: row.row,
                case: row.name.clone(),
                new: known.is_none(),
                fields,
            }
        };
        let rows = sheet.rows.iter().map(row).collect();
        Ok(CasePreview {
            columns: sheet.columns.iter().map(column).collect(),
            rows,
        })
    }
}

/// The name of a type, with its categories.
fn typed(kind: &AttributeKind) -> Message {
    match kind {
        AttributeKind::Category(values) => Text::new("{kind}: {values}", "{kind}：{values}")
            .with("kind", kind.name())
            .with("values", values.as_slice()),
        other => other.name().into(),
    }
}

/// Names of what is there and what would be.
struct Names<'a> {
    cases: BTreeMap<CaseId, &'a str>,
    added: BTreeMap<&'a str, CaseId>,
    attributes: BTreeMap<AttributeId, &'a str>,
    phases: BTreeMap<PhaseId, &'a str>,
}

impl<'a> Names<'a> {
    fn new(project: &'a Project, changes: &'a [Change]) -> Self {
        let mut names = Self {
            cases: project
                .cases
                .values()
                .map(|case| (case.id, case.name.as_str()))
                .collect(),
            added: BTreeMap::new(),
            attributes: project
                .attributes
                .values()
                .map(|attribute| (attribute.id, attribute.name.as_str()))
                .collect(),
            phases: project
                .phases
                .values()
                .map(|phase| (phase.id, phase.name.as_str()))
                .collect(),
        };
        for change in changes {
            if let Change::CaseAdded(case) = change {
                names.cases.insert(case.id, &case.name);
                names.added.insert(&case.name, case.id);
            } else if let Change::AttributeAdded(attribute) = change {
                names.attributes.insert(attribute.id, &attribute.name);
            } else if let Change::PhaseAdded(phase) = change {
                names.phases.insert(phase.id, &phase.name);
            }
        }
        names
    }

    fn case(&self, id: Option<CaseId>) -> Option<String> {
        id.and_then(|id| self.cases.get(&id))
            .map(|name| (*name).to_owned())
    }

    /// What is set of each case.
    fn fields(&self, changes: &[Change]) -> BTreeMap<CaseId, Vec<FieldPreview>> {
        let mut fields: BTreeMap<CaseId, Vec<FieldPreview>> = BTreeMap::new();
        let mut add = |case: CaseId, field: &str, from: Option<String>, to: Option<String>| {
            fields.entry(case).or_default().push(FieldPreview {
                field: field.to_owned(),
                from,
                to,
            });
        };
        let text = |value: &Option<AttributeValue>| value.as_ref().map(AttributeValue::to_text);
        for change in changes {
            if let Change::CaseAdded(case) = change {
                add(case.id, "kind", None, Some(case.kind.0.clone()));
            } else if let Change::CaseEdited { case, edit } = change {
                match edit {
                    CaseEdit::Name(edit) => add(
                        *case,
                        "case",
                        Some(edit.from.clone()),
                        Some(edit.to.clone()),
                    ),
                    CaseEdit::Kind(edit) => add(
                        *case,
                        "kind",
                        Some(edit.from.0.clone()),
                        Some(edit.to.0.clone()),
                    ),
                    CaseEdit::Parent(edit) => {
                        add(*case, "parent", self.case(edit.from), self.case(edit.to))
                    }
                }
            } else if let Change::ValueSet {
                holder: Holder::Case(case),
                attribute,
                phase,
                value,
            } = change
            {
                let name = self.attributes.get(attribute).copied().unwrap_or_default();
                let phase = phase
                    .and_then(|phase| self.phases.get(&phase))
                    .map(|phase| format!("@{phase}"))
                    .unwrap_or_default();
                add(
                    *case,
                    &format!("{name}{phase}"),
                    text(&value.from),
                    text(&value.to),
                );
            }
        }
        fields
    }
}
