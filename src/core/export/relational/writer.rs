//! The order of the tables, and the row numbers by which they refer to each other.

use std::collections::BTreeMap;

use rusqlite::{Connection, Result};

use crate::{
    export::ExportMaterial,
    model::{
        Project,
        ids::{
            AttributeId, CaseId, CodeId, CoderId, CodingId, DocumentId, FacetId, Id, MemoId,
            PhaseId,
        },
        memo::Anchor,
    },
};

/// The row number of each thing in its table, from 1.
type RowNumbers<K> = BTreeMap<Id<K>, i64>;

/// Writes a project's rows; each kind of table has a file.
pub(super) struct RowWriter<'a> {
    into: &'a Connection,
    pub(super) project: &'a Project,
    pub(super) phases: BTreeMap<PhaseId, i64>,
    pub(super) coders: BTreeMap<CoderId, i64>,
    pub(super) cases: BTreeMap<CaseId, i64>,
    pub(super) attributes: BTreeMap<AttributeId, i64>,
    pub(super) documents: BTreeMap<DocumentId, i64>,
    pub(super) codes: BTreeMap<CodeId, i64>,
    pub(super) facets: BTreeMap<FacetId, i64>,
    pub(super) codings: BTreeMap<CodingId, i64>,
    pub(super) memos: BTreeMap<MemoId, i64>,
    /// The anchors that are written already.
    pub(super) anchors: BTreeMap<Anchor, i64>,
    /// The last row number of `speakers`, over all documents.
    pub(super) last_speaker: i64,
    /// The last row number of `turns`, over all documents.
    pub(super) last_turn: i64,
}

fn row_numbers<K>(ids: impl Iterator<Item = Id<K>>) -> RowNumbers<K>
where
    Id<K>: Ord,
{
    ids.zip(1i64..).collect()
}

impl<'a> RowWriter<'a> {
    /// Numbers everything, so that rows can refer to later ones.
    pub(super) fn new(into: &'a Connection, project: &'a Project) -> Self {
        let phases = project.phases_in_order();
        let cases = project.cases_in_order();
        let attributes = project.attributes_in_order();
        let documents = project.documents_in_order();
        let codes = project.codebook.in_order();
        let facets = codes.iter().flat_map(|(_, code)| &code.facets);
        let codings = documents.iter().flat_map(|document| &document.codings);
        Self {
            into,
            project,
            phases: row_numbers(phases.iter().map(|phase| phase.id)),
            coders: row_numbers(project.coders.keys().copied()),
            cases: row_numbers(cases.iter().map(|(_, case)| case.id)),
            attributes: row_numbers(attributes.iter().map(|attribute| attribute.id)),
            documents: row_numbers(documents.iter().map(|document| document.id)),
            codes: row_numbers(codes.iter().map(|(_, code)| code.id)),
            facets: row_numbers(facets.map(|facet| facet.id)),
            codings: row_numbers(codings.map(|coding| coding.id)),
            memos: row_numbers(project.memos.keys().copied()),
            anchors: BTreeMap::new(),
            last_speaker: 0,
            last_turn: 0,
        }
    }

    /// Fills all tables.
    pub(super) fn write_all(mut self, material: ExportMaterial<'_>) -> Result<()> {
        self.meta()?;
        self.phases()?;
        self.coders()?;
        self.cases()?;
        self.attributes()?;
        self.case_values()?;
        self.coder_values()?;
        for (_, code) in self.project.codebook.in_order() {
            self.code(code)?;
        }
        for document in self.project.documents_in_order() {
            self.document(document, &material.content(document))?;
        }
        self.memos()?;
        self.links()?;
        self.sets()?;
        self.attachments()
    }

    /// Inserts a row; the statement is prepared once for all rows of its table.
    pub(super) fn run(&self, sql: &str, values: impl rusqlite::Params) -> Result<()> {
        self.into.prepare_cached(sql)?.execute(values).map(drop)
    }
}
