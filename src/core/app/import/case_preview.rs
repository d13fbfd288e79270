//! A preview of importing a table of cases: the types of its columns, and which rows are new, changed or the same.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    app::{
        Session,
        edit::sheets,
        import::{SheetError, case_table},
        names,
    },
    import::cases::{AttributeColumn, read_cases},
    log::change::{CaseEdit, Change, Holder},
    message::{Message, text::Text},
    model::{
        Project,
        attribute::{AttributeKind, AttributeOf, AttributeValue},
        ids::{AttributeId, CaseId, PhaseId},
        localized::Localized,
    },
};

/// What importing a table of cases would do.
#[derive(Debug, Clone, PartialEq)]
pub struct CasePreview {
    /// The columns with values.
    pub columns: Vec<ColumnPreview>,
    /// The rows.
    pub rows: Vec<RowPreview>,
}

/// A column of values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnPreview {
    /// The header.
    pub name: String,
    /// The type of its values, with the categories if it has any.
    pub inferred: Message,
    /// The type of the attribute in the project; `None` if it is new.
    pub known: Option<Message>,
}

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowPreview {
    /// The number of the row; the header is 1.
    pub row: usize,
    /// The name of the case.
    pub case: String,
    /// Whether the case is new.
    pub new: bool,
    /// What would be set; nothing if the row changes nothing of a known case.
    pub fields: Vec<FieldPreview>,
}

/// A field that would be set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldPreview {
    /// The name of the field, as in a header.
    pub field: String,
    /// The present value.
    pub from: Option<Localized>,
    /// The new value.
    pub to: Option<Localized>,
}

impl Session {
    /// Previews what [`Self::import_cases`] would do; changes nothing.
    ///
    /// # Errors
    /// One line with file and row, as for the import.
    pub fn preview_cases(
        &mut self,
        file: &str,
        bytes: Vec<u8>,
        key: Option<&str>,
        parent: Option<&str>,
        kind: Option<&str>,
    ) -> Result<CasePreview, SheetError> {
        let sheet = read_cases(&case_table(file, bytes, key)?, key, parent, kind)?;
        // A transaction that is never committed: what it records is what the import would change.
        let mut tx = self.transaction("import cases");
        sheets::import_cases(&mut tx, &sheet)?;
        let project = Arc::clone(tx.base());
        let names = ChangedNames::new(&project, tx.changes());
        let columns = sheet.columns.iter();
        let columns = columns.map(|column| preview_column(&project, column));
        let mut fields = names.fields(tx.changes());
        let mut rows = Vec::with_capacity(sheet.rows.len());
        for row in &sheet.rows {
            let known = names::case(&project, &row.name).map(|case| case.id);
            let id = known.or_else(|| names.added.get(row.name.as_str()).copied());
            rows.push(RowPreview {
                row: row.row,
                case: row.name.clone(),
                new: known.is_none(),
                // A case that has two rows shows its changes in the first.
                fields: id.and_then(|id| fields.remove(&id)).unwrap_or_default(),
            });
        }
        Ok(CasePreview {
            columns: columns.collect(),
            rows,
        })
    }
}

fn preview_column(project: &Project, column: &AttributeColumn) -> ColumnPreview {
    let name = match &column.phase {
        Some(phase) => format!("{}@{phase}", column.name),
        None => column.name.clone(),
    };
    let known = names::attribute(project, AttributeOf::Cases, &column.name);
    ColumnPreview {
        name,
        inferred: typed(&column.kind),
        known: known.map(|attribute| typed(&attribute.kind)),
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

/// The names of the things that are there and of those that would be added.
struct ChangedNames<'a> {
    cases: BTreeMap<CaseId, &'a str>,
    added: BTreeMap<&'a str, CaseId>,
    attributes: BTreeMap<AttributeId, &'a str>,
    phases: BTreeMap<PhaseId, &'a str>,
}

impl<'a> ChangedNames<'a> {
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

    fn case(&self, id: Option<CaseId>) -> Option<Localized> {
        id.and_then(|id| self.cases.get(&id))
            .map(|name| Localized::plain(*name))
    }

    /// The fields of each case that changes set.
    fn fields(&self, changes: &[Change]) -> BTreeMap<CaseId, Vec<FieldPreview>> {
        let mut fields: BTreeMap<CaseId, Vec<FieldPreview>> = BTreeMap::new();
        for change in changes {
            if let Some((case, field)) = self.field(change) {
                fields.entry(case).or_default().push(field);
            }
        }
        fields
    }

    /// The field that a change sets, and its case.
    fn field(&self, change: &Change) -> Option<(CaseId, FieldPreview)> {
        let (case, field, from, to) = match change {
            Change::CaseAdded(case) => (
                case.id,
                "kind".to_owned(),
                None,
                Some(case.kind.localized()),
            ),
            Change::CaseEdited { case, edit } => {
                let (field, from, to) = match edit {
                    CaseEdit::Name(edit) => (
                        "case",
                        Some(Localized::plain(&*edit.from)),
                        Some(Localized::plain(&*edit.to)),
                    ),
                    CaseEdit::Kind(edit) => (
                        "kind",
                        Some(edit.from.localized()),
                        Some(edit.to.localized()),
                    ),
                    CaseEdit::Parent(edit) => ("parent", self.case(edit.from), self.case(edit.to)),
                };
                (*case, field.to_owned(), from, to)
            }
            Change::ValueSet {
                holder: Holder::Case(case),
                attribute,
                phase,
                value,
            } => {
                let from = value.from.as_ref().map(AttributeValue::localized);
                let to = value.to.as_ref().map(AttributeValue::localized);
                (*case, self.value_name(*attribute, *phase), from, to)
            }
            _ => return None,
        };
        Some((case, FieldPreview { field, from, to }))
    }

    /// The name of an attribute, with that of a phase, as in a header.
    fn value_name(&self, attribute: AttributeId, phase: Option<PhaseId>) -> String {
        let name = self.attributes.get(&attribute).copied().unwrap_or_default();
        match phase.and_then(|phase| self.phases.get(&phase)) {
            Some(phase) => format!("{name}@{phase}"),
            None => name.to_owned(),
        }
    }
}
