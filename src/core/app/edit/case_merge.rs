//! Merging cases into one: whatever belonged to the merged cases belongs to the one that remains.

use std::collections::{BTreeMap, BTreeSet};

use super::{cases::about_edit, lookup, memo::rehang, transaction::Transaction};
use crate::{
    app::refusal::Refusal,
    log::change::{CaseEdit, Change, DocumentEdit, Edit, Holder},
    model::{Project, case::Case, document::Document, ids::CaseId, memo::Anchor},
};

/// Merges cases: their documents, speakers, codings about them, subcases, memos, links and memberships of sets go to `into`, which keeps
/// its name, kind and values, and takes over values that it lacks.
///
/// # Errors
/// When a case doesn't exist, or `into` is among `cases` or below one of them.
pub(crate) fn merge_cases(
    tx: &mut Transaction<'_>,
    cases: &[CaseId],
    into: CaseId,
) -> Result<(), Refusal> {
    // All changes are worked out on the project as it was.
    let base = std::sync::Arc::clone(tx.base());
    let merge = Merge::new(&base, cases, into)?;
    for document in base.documents.values() {
        tx.record_all(merge.document_edits(document).into_iter().map(|edit| {
            Change::DocumentEdited {
                document: document.id,
                edit,
            }
        }));
        tx.record_all(merge.coding_edits(document));
    }
    tx.record_all(merge.moved_subcases());
    tx.record_all(rehang(&base, &merge.anchors()));
    tx.record_all(merge.values_taken_over());
    for id in merge.deepest_first() {
        // The removal keeps the case as it is now, so that undo brings it back as a whole.
        let case = lookup::case(tx.project(), id)?.clone();
        tx.record(Change::CaseRemoved(Box::new(case)));
    }
    Ok(())
}

/// A merge that has been checked.
struct Merge<'a> {
    project: &'a Project,
    /// The cases that are merged, in the order in which they were given.
    merged: Vec<&'a Case>,
    ids: BTreeSet<CaseId>,
    into: &'a Case,
}

impl<'a> Merge<'a> {
    fn new(project: &'a Project, cases: &[CaseId], into: CaseId) -> Result<Self, Refusal> {
        let into = lookup::case(project, into)?;
        let mut ids = BTreeSet::new();
        let mut merged = Vec::new();
        for id in cases {
            let case = lookup::case(project, *id)?;
            if project.case_is_within(into.id, *id) {
                return Err(Refusal::MergeIntoItself(into.name.clone()));
            }
            if ids.insert(*id) {
                merged.push(case);
            }
        }
        if merged.is_empty() {
            return Err(Refusal::NothingToDo);
        }
        Ok(Self {
            project,
            merged,
            ids,
            into,
        })
    }

    fn document_edits(&self, document: &Document) -> Vec<DocumentEdit> {
        let into = self.into.id;
        let belonged = document.cases.intersection(&self.ids);
        let mut edits: Vec<DocumentEdit> = belonged
            .map(|case| DocumentEdit::Case {
                case: *case,
                belongs: Edit::new(true, false),
            })
            .collect();
        if !edits.is_empty() && !document.cases.contains(&into) {
            edits.push(DocumentEdit::Case {
                case: into,
                belongs: Edit::new(false, true),
            });
        }
        for (speaker, own) in (0u16..).zip(&document.speakers) {
            if own.case.is_some_and(|case| self.ids.contains(&case)) {
                edits.push(DocumentEdit::SpeakerCase {
                    speaker,
                    case: Edit::new(own.case, Some(into)),
                    of: document.turn_revision(),
                });
            }
        }
        edits
    }

    /// Codings about the merged cases are about the one that remains.
    fn coding_edits(&self, document: &Document) -> Vec<Change> {
        let mut edits = Vec::new();
        for coding in &document.codings {
            let merged: Vec<&CaseId> = coding.about.intersection(&self.ids).collect();
            let edit = |case, is_about| about_edit(document.id, coding.id, case, is_about);
            edits.extend(merged.iter().map(|case| edit(**case, false)));
            if !merged.is_empty() && !coding.about.contains(&self.into.id) {
                edits.push(edit(self.into.id, true));
            }
        }
        edits
    }

    /// Cases below a merged one that aren't merged themselves.
    fn moved_subcases(&self) -> Vec<Change> {
        let cases = self.project.cases.values();
        let below = cases.filter(|case| {
            case.parent.is_some_and(|parent| self.ids.contains(&parent))
                && !self.ids.contains(&case.id)
        });
        below
            .map(|case| Change::CaseEdited {
                case: case.id,
                edit: CaseEdit::Parent(Edit::new(case.parent, Some(self.into.id))),
            })
            .collect()
    }

    /// What memos, links and members of sets on the merged cases are on afterwards.
    fn anchors(&self) -> BTreeMap<Anchor, Anchor> {
        let into = self.into.id;
        let mut moves: BTreeMap<Anchor, Anchor> = self
            .ids
            .iter()
            .map(|id| (Anchor::Case(*id), Anchor::Case(into)))
            .collect();
        // A cell of the framework matrix is a case and a code.
        let memos = self.project.memos.values().map(|memo| memo.anchor);
        let links = self.project.links.values();
        let links = links.flat_map(|link| [link.from, link.to]);
        for anchor in memos.chain(links) {
            if let Anchor::Cell(case, code) = anchor
                && self.ids.contains(&case)
            {
                moves.insert(anchor, Anchor::Cell(into, code));
            }
        }
        moves
    }

    /// The values that the case that remains lacks, from the first merged case that has them.
    fn values_taken_over(&self) -> Vec<Change> {
        let mut known = self.into.values.clone();
        let mut changes = Vec::new();
        for ((attribute, phase), value) in self.merged.iter().flat_map(|case| &case.values) {
            let key = (*attribute, *phase);
            if let std::collections::btree_map::Entry::Vacant(free) = known.entry(key) {
                free.insert(value.clone());
                changes.push(Change::ValueSet {
                    holder: Holder::Case(self.into.id),
                    attribute: *attribute,
                    phase: *phase,
                    value: Edit::new(None, Some(value.clone())),
                });
            }
        }
        changes
    }

    /// The merged cases in the order of their removal: the log refuses to remove a case that has others below it.
    fn deepest_first(&self) -> Vec<CaseId> {
        let in_order = self.project.cases_in_order().into_iter().rev();
        in_order
            .map(|(_, case)| case.id)
            .filter(|id| self.ids.contains(id))
            .collect()
    }
}
