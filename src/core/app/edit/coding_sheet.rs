//! Import of a sheet of codings.

use std::{collections::BTreeSet, sync::Arc};

use super::{
    coding::{new_coding, passage, read_facets, set_about},
    find_or_add::{self, CreateCodes},
    sheets::{SheetReport, in_row},
    transaction::Transaction,
};
use crate::{
    app::{names, refusal::Refusal},
    import::codings::{CodingRow, CodingSheet},
    log::change::Change,
    model::{
        coding::Coding,
        document::Document,
        ids::{CaseId, CodeId, CoderId, DocumentId},
        memo::{Anchor, Memo, MemoKind},
        text::TextRange,
    },
};

/// Imports a sheet of codings; unknown coders are added, unknown codes only if that is allowed.
///
/// # Errors
/// When a row can't be imported, with its number.
pub(crate) fn import_codings(
    tx: &mut Transaction<'_>,
    sheet: &CodingSheet,
    create: CreateCodes,
) -> Result<SheetReport, Refusal> {
    let mut report = SheetReport::default();
    let mut about = Vec::with_capacity(sheet.about.len());
    for (index, name) in sheet.about.iter().enumerate() {
        let case = names::case(tx.project(), name).map(|case| case.id);
        let row = first_row(sheet, |row| row.about.contains(&index));
        let case = case.ok_or_else(|| Refusal::NoCase(name.clone()));
        about.push(in_row(case, &sheet.file, row)?);
    }
    let mut names = SheetNames::new(tx, &mut report, sheet, create)?;
    for row in &sheet.rows {
        let about = row.about.iter().map(|&index| about[index]).collect();
        let imported = import_coding(tx, &mut names, sheet, row, about);
        report.count(in_row(imported, &sheet.file, row.row)?);
    }
    Ok(report)
}

/// What makes two codings of a document the same.
type CodingKey = (TextRange, CodeId, CoderId);

/// What the names in a sheet refer to, by their index in the sheet.
struct SheetNames {
    coders: Vec<CoderId>,
    codes: Vec<CodeId>,
    documents: Vec<Arc<Document>>,
    /// The codings of each document. A set, since looking through the codings of a long document
    /// for each of its rows would take the square of their number.
    codings: Vec<BTreeSet<CodingKey>>,
}

impl SheetNames {
    fn new(
        tx: &mut Transaction<'_>,
        report: &mut SheetReport,
        sheet: &CodingSheet,
        create: CreateCodes,
    ) -> Result<Self, Refusal> {
        let named = &mut report.added;
        let coders = sheet.coders.iter();
        let coders = coders
            .map(|name| find_or_add::coder(tx, named, name))
            .collect();
        let mut codes = Vec::with_capacity(sheet.codes.len());
        for (index, name) in sheet.codes.iter().enumerate() {
            let code = find_or_add::code(tx, named, name, create);
            let row = first_row(sheet, |row| row.code == index);
            codes.push(in_row(code, &sheet.file, row)?);
        }
        let titles: std::collections::BTreeMap<&str, &Arc<Document>> = tx
            .project()
            .documents
            .values()
            .map(|document| (document.title.as_str(), document))
            .collect();
        let mut documents = Vec::with_capacity(sheet.documents.len());
        for (index, title) in sheet.documents.iter().enumerate() {
            let document = titles.get(title.as_str()).copied().cloned();
            let document = document.ok_or_else(|| Refusal::NoDocument(title.clone()));
            let row = first_row(sheet, |row| row.document == index);
            documents.push(in_row(document, &sheet.file, row)?);
        }
        let codings = documents
            .iter()
            .map(|document| document.codings.iter().map(same_coding).collect())
            .collect();
        Ok(Self {
            coders,
            codes,
            documents,
            codings,
        })
    }
}

fn same_coding(coding: &Coding) -> CodingKey {
    (coding.range, coding.code, coding.coder)
}

/// The number of the first row for which `test` returns true; the header's if there is none.
fn first_row(sheet: &CodingSheet, test: impl Fn(&CodingRow) -> bool) -> usize {
    sheet
        .rows
        .iter()
        .find(|row| test(row))
        .map_or(1, |row| row.row)
}

/// Imports a row, and returns false if the project has its coding already, about the same cases.
fn import_coding(
    tx: &mut Transaction<'_>,
    names: &mut SheetNames,
    sheet: &CodingSheet,
    row: &CodingRow,
    about: BTreeSet<CaseId>,
) -> Result<bool, Refusal> {
    let (code, coder) = (names.codes[row.code], names.coders[row.coder]);
    let document = &names.documents[row.document];
    let range = passage(document, row.range.start(), row.range.end())?;
    if !names.codings[row.document].insert((range, code, coder)) {
        return say_about(tx, document.id, (range, code, coder), &about);
    }
    let given = row.facets.iter();
    let given = given.map(|(facet, value)| (sheet.facets[*facet].as_str(), &**value));
    let coding = Coding {
        facets: read_facets(tx.project(), code, given)?,
        about,
        ..new_coding(tx, range, code, coder)
    };
    let anchor = Anchor::Coding(document.id, coding.id);
    tx.record(Change::CodingAdded {
        document: document.id,
        coding,
    });
    if let Some(body) = &row.memo {
        let memo = Memo {
            id: tx.id(),
            title: String::new(),
            body: body.to_string(),
            kind: MemoKind::Analytic,
            anchor,
            coder,
        };
        tx.record(Change::MemoAdded(Box::new(memo)));
    }
    Ok(true)
}

/// Says of a coding that the project has whom it is about; an empty cell says nothing. Returns false if nothing changes.
fn say_about(
    tx: &mut Transaction<'_>,
    id: DocumentId,
    key: CodingKey,
    about: &BTreeSet<CaseId>,
) -> Result<bool, Refusal> {
    let document = tx.project().documents.get(&id);
    let known = document.and_then(|own| own.codings.iter().find(|own| same_coding(own) == key));
    let Some(known) = known.filter(|known| !about.is_empty() && known.about != *about) else {
        return Ok(false);
    };
    let coding = known.id;
    set_about(tx, &[(id, coding)], about)?;
    Ok(true)
}
