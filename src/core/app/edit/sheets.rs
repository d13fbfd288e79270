//! Imports of sheets of cases and documents: rows become changes, and what they name for the first
//! time is added and reported.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    attributes::{bad_value, values_of},
    document,
    find_or_add::{self, AddedKind, AddedNames},
    lookup,
    transaction::Transaction,
};
use crate::{
    app::{names::is_same_name, refusal::Refusal},
    import::{
        cases::{AttributeColumn, CaseRow, CaseSheet},
        documents::{DocumentRow, DocumentSheet},
    },
    language::fold::fold,
    log::change::{AttributeEdit, CaseEdit, Change, Edit, Holder},
    message::text::Text,
    model::{
        Project,
        attribute::{Attribute, AttributeOf, AttributeValue},
        case::{Case, CaseKind},
        ids::{AttributeId, CaseId, DocumentId, PhaseId},
        rank::Rank,
    },
};

/// What importing a sheet did beside recording changes.
#[derive(Debug, Default)]
pub struct SheetReport {
    /// What was added because the rows named it, by kind and name.
    pub added: AddedNames,
    /// Number of rows that the project had already.
    pub unchanged: usize,
    /// Number of rows that are new or changed something.
    pub rows: usize,
}

impl SheetReport {
    pub(super) fn count(&mut self, is_changed: bool) {
        if is_changed {
            self.rows += 1;
        } else {
            self.unchanged += 1;
        }
    }
}

const NAME_AND_KIND: Text = Text::new("{name} ({kind})", "{name}（{kind}）");

/// What a sheet's rows and columns name, looked up by name, so that long and wide sheets aren't compared with all there is.
struct KnownNames<I>(BTreeMap<String, Vec<I>>);

impl<I: Copy> KnownNames<I> {
    fn of<'a>(names: impl Iterator<Item = (&'a str, I)>) -> Self {
        let mut known = Self(BTreeMap::new());
        names.for_each(|(name, id)| known.add(name, id));
        known
    }

    fn add(&mut self, name: &str, id: I) {
        self.0.entry(fold(name)).or_default().push(id);
    }

    /// What has this name, or one that people may take for the same, in their order.
    fn like(&self, name: &str) -> &[I] {
        self.0.get(&fold(name)).map_or(&[], Vec::as_slice)
    }
}

impl KnownNames<CaseId> {
    /// The case of a name, as [`crate::app::names::case`] finds it.
    fn case<'p>(&self, project: &'p Project, name: &str) -> Option<&'p Case> {
        let ids = self.like(name).iter();
        let cases = ids.filter_map(|id| project.cases.get(id).map(AsRef::as_ref));
        let exact = cases.clone().find(|case: &&Case| case.name == name);
        exact.or_else(|| cases.clone().find(|case| is_same_name(&case.name, name)))
    }
}

impl KnownNames<AttributeId> {
    /// The attribute of a name in any language, as [`crate::app::names::attribute`] finds it.
    fn attribute<'p>(&self, project: &'p Project, name: &str) -> Option<&'p Attribute> {
        let ids = self.like(name).iter();
        let own = ids.filter_map(|id| project.attributes.get(id));
        let exact = own.clone().find(|own| own.name == name);
        let in_any = || own.clone().find(|own| own.names().any(|own| own == name));
        let same = || {
            own.clone()
                .find(|own| own.names().any(|own| is_same_name(own, name)))
        };
        exact.or_else(in_any).or_else(same)
    }
}

/// A column of attribute values: the attribute and, if it is given per phase, the phase.
type ColumnTarget = (AttributeId, Option<PhaseId>);

/// Says in which row of a sheet something was refused.
pub(super) fn in_row<T>(result: Result<T, Refusal>, file: &str, row: usize) -> Result<T, Refusal> {
    result.map_err(|reason| Refusal::Row {
        file: file.to_owned(),
        row,
        reason: Box::new(reason),
    })
}

/// Imports a sheet of cases: new ones are added, those of the same name get the values that differ.
///
/// # Errors
/// When a row can't be imported, with its number.
pub(crate) fn import_cases(
    tx: &mut Transaction<'_>,
    sheet: &CaseSheet,
) -> Result<SheetReport, Refusal> {
    let mut report = SheetReport::default();
    let columns = columns(tx, &mut report, &sheet.columns, AttributeOf::Cases)?;
    let parents: BTreeSet<&str> = sheet
        .rows
        .iter()
        .filter_map(|row| row.parent.as_deref())
        .collect();
    // All cases first, since a row can name a parent of a later row.
    let mut rows = Vec::with_capacity(sheet.rows.len());
    let cases = tx.project().cases.values();
    let mut known = KnownNames::of(cases.map(|case| (case.name.as_str(), case.id)));
    for row in &sheet.rows {
        let is_parent = parents.contains(row.name.as_str());
        let before = tx.changes().len();
        let id = find_or_add_row(tx, &mut known, row, is_parent);
        rows.push((id, row, tx.changes().len() > before));
    }
    for (id, row, is_changed) in rows {
        let before = tx.changes().len();
        if let Some(parent) = &row.parent {
            let parent = match known.case(tx.project(), parent) {
                Some(case) => case.id,
                None => {
                    let added = (AddedKind::Case, parent.clone().into());
                    report.added.push(added);
                    let kind = CaseKind::family();
                    let id = super::cases::append_case(tx, parent.clone(), kind, None);
                    known.add(parent, id);
                    id
                }
            };
            in_row(set_parent(tx, id, parent), &sheet.file, row.row)?;
        }
        let values = set_values(tx, Holder::Case(id), &columns, &row.values);
        in_row(values, &sheet.file, row.row)?;
        report.count(is_changed || tx.changes().len() > before);
    }
    Ok(report)
}

/// The case of a row, added if there is none of its name; the kind is set if the row has one.
fn find_or_add_row(
    tx: &mut Transaction<'_>,
    cases: &mut KnownNames<CaseId>,
    row: &CaseRow,
    is_parent: bool,
) -> CaseId {
    let Some(known) = cases.case(tx.project(), &row.name) else {
        // Without a kind, a case below another one is taken for a person of a family.
        let default = if row.parent.is_some() && !is_parent {
            CaseKind::person()
        } else {
            CaseKind::family()
        };
        let kind = row
            .kind
            .clone()
            .map_or(default, |kind| CaseKind::named(&kind));
        let id = super::cases::append_case(tx, row.name.clone(), kind, None);
        cases.add(&row.name, id);
        return id;
    };
    let id = known.id;
    if let Some(kind) = &row.kind {
        let edit = Edit::if_different(&known.kind, CaseKind::named(kind)).map(CaseEdit::Kind);
        tx.record_all(edit.map(|edit| Change::CaseEdited { case: id, edit }));
    }
    id
}

fn set_parent(tx: &mut Transaction<'_>, id: CaseId, parent: CaseId) -> Result<(), Refusal> {
    let case = lookup::case(tx.project(), id)?;
    let edit = Edit::if_different(&case.parent, Some(parent));
    if edit.is_some() && tx.project().case_is_within(parent, id) {
        return Err(Refusal::Cycle(case.name.clone()));
    }
    let edit = edit.map(CaseEdit::Parent);
    tx.record_all(edit.map(|edit| Change::CaseEdited { case: id, edit }));
    Ok(())
}

/// Imports a sheet of documents: cases, phases, speakers and attributes of documents that the project
/// has already.
///
/// # Errors
/// When a row can't be imported, with its number.
pub(crate) fn import_documents(
    tx: &mut Transaction<'_>,
    sheet: &DocumentSheet,
) -> Result<SheetReport, Refusal> {
    let mut report = SheetReport::default();
    let columns = columns(tx, &mut report, &sheet.columns, AttributeOf::Documents)?;
    let titles: BTreeMap<String, DocumentId> = tx
        .project()
        .documents
        .values()
        .map(|document| (document.title.clone(), document.id))
        .collect();
    for row in &sheet.rows {
        let before = tx.changes().len();
        let id = titles.get(&row.document).copied();
        let id = id.ok_or_else(|| Refusal::NoDocument(row.document.clone()));
        let imported = id.and_then(|id| import_document(tx, &mut report, &columns, row, id));
        in_row(imported, &sheet.file, row.row)?;
        report.count(tx.changes().len() > before);
    }
    Ok(report)
}

fn import_document(
    tx: &mut Transaction<'_>,
    report: &mut SheetReport,
    columns: &[ColumnTarget],
    row: &DocumentRow,
    id: DocumentId,
) -> Result<(), Refusal> {
    for name in &row.cases {
        let case = find_or_add::case(tx, &mut report.added, name, &CaseKind::family());
        document::set_case(tx, id, case, true)?;
    }
    if let Some(name) = &row.phase {
        let phase = find_or_add::phase(tx, &mut report.added, name);
        document::set_phase(tx, id, Some(phase))?;
    }
    for (label, name) in &row.speakers {
        let speakers = &lookup::document(tx.project(), id)?.speakers;
        let known = (0..)
            .zip(speakers)
            .find(|(_, speaker)| speaker.label == *label);
        let Some((index, _)) = known else {
            let labels: Vec<&str> = speakers
                .iter()
                .map(|speaker| speaker.label.as_str())
                .collect();
            return Err(Refusal::BadValue {
                field: "speakers".into(),
                value: label.clone(),
                takes: labels.into(),
            });
        };
        let case = find_or_add::case(tx, &mut report.added, name, &CaseKind::person());
        document::set_speaker_case(tx, id, index, Some(case))?;
    }
    set_values(tx, Holder::Document(id), columns, &row.values)
}

/// The attributes of a sheet's columns with their phases; new ones are added, categories widened.
fn columns(
    tx: &mut Transaction<'_>,
    report: &mut SheetReport,
    columns: &[AttributeColumn],
    of: AttributeOf,
) -> Result<Vec<ColumnTarget>, Refusal> {
    let mut targets = Vec::with_capacity(columns.len());
    let own = tx.project().attributes.values().filter(|own| own.of == of);
    let mut attributes = KnownNames::of(own.flat_map(|own| own.names().map(|name| (name, own.id))));
    let ranks = tx.project().attributes.values().map(|own| &own.rank);
    let mut last = ranks.max().cloned();
    for column in columns {
        let phase = column
            .phase
            .as_ref()
            .map(|name| find_or_add::phase(tx, &mut report.added, name));
        let known = attributes.attribute(tx.project(), &column.name);
        let id = match known.map(|attribute| attribute.id) {
            Some(id) => {
                widen(tx, id, column)?;
                id
            }
            None => {
                let (name, kind) = (column.name.clone(), column.kind.clone());
                let shown = NAME_AND_KIND.with("name", &name).with("kind", kind.name());
                report.added.push((AddedKind::Attribute, shown));
                let rank = Rank::between(last.as_ref(), None);
                last = Some(rank.clone());
                let id = tx.id();
                attributes.add(&name, id);
                let attribute = Attribute::new(id, name, of, kind, phase.is_some(), rank);
                tx.record(Change::AttributeAdded(attribute));
                id
            }
        };
        targets.push((id, phase));
    }
    Ok(targets)
}

/// Adds the categories that a column has and the attribute lacks.
///
/// # Errors
/// When the attribute can't have the column's values.
fn widen(
    tx: &mut Transaction<'_>,
    id: AttributeId,
    column: &AttributeColumn,
) -> Result<(), Refusal> {
    let attribute = lookup::attribute(tx.project(), id)?;
    match (attribute.per_phase, column.phase.is_some()) {
        (true, false) => return Err(Refusal::PhaseWanted((&attribute.localized()).into())),
        (false, true) => return Err(Refusal::PhaseUnwanted((&attribute.localized()).into())),
        (true, true) | (false, false) => {}
    }
    let Some(wider) = attribute.widened_by(&column.kind) else {
        return Err(Refusal::KindClash {
            name: (&attribute.localized()).into(),
            has: attribute.kind.name(),
            given: column.kind.name(),
        });
    };
    let edit = Edit::if_different(&attribute.kind, wider).map(AttributeEdit::Kind);
    tx.record_all(edit.map(|edit| Change::AttributeEdited {
        attribute: id,
        edit,
    }));
    Ok(())
}

/// Sets the values of a row that differ from those of the project; empty cells change nothing.
fn set_values(
    tx: &mut Transaction<'_>,
    holder: Holder,
    columns: &[ColumnTarget],
    values: &[Option<AttributeValue>],
) -> Result<(), Refusal> {
    for (&(id, phase), value) in columns.iter().zip(values) {
        let Some(value) = value else { continue };
        let attribute = lookup::attribute(tx.project(), id)?;
        // The sheet's column may be of another kind than the attribute: its text decides.
        let text = value.to_text();
        let value = attribute.parse(&text);
        let value = value.ok_or_else(|| bad_value(attribute, &text))?;
        let from = values_of(tx.project(), holder)?.get(&(id, phase)).cloned();
        tx.record_all(
            Edit::if_different(&from, Some(value)).map(|value| Change::ValueSet {
                holder,
                attribute: id,
                phase,
                value,
            }),
        );
    }
    Ok(())
}
