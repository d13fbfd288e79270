//! What all parts of a file share while it is written.

use super::{
    Variant,
    codes::NotesOn,
    guids::{Guids, Kind},
    passages::Named,
    variables::Variables,
};
use crate::{
    import::loss::{Losses, Lost},
    model::{
        Project,
        coding::Origin,
        document::Document,
        memo::{Anchor, MemoKind},
    },
};

/// A project on its way into a file.
pub(super) struct Plan<'a> {
    pub(super) project: &'a Project,
    pub(super) variant: Variant,
    pub(super) guids: Guids,
    pub(super) variables: Variables<'a>,
    pub(super) named: Named<'a>,
    /// Memos by what refers to them.
    pub(super) notes: NotesOn,
    pub(super) losses: Losses,
}

impl<'a> Plan<'a> {
    /// Identities, variables and memos of a project, and what of it no file can have.
    pub(super) fn new(project: &'a Project, variant: Variant) -> Self {
        let mut losses = Losses::default();
        let mut guids = Guids::of_project(project, &mut losses);
        let variables = Variables::new(project, &mut guids, &mut losses);
        let mut notes = NotesOn::new();
        for memo in project.memos.values() {
            notes
                .entry(memo.anchor)
                .or_default()
                .push(guids.of(Kind::Memo, memo.id));
        }
        note_losses(project, &mut losses);
        Self {
            project,
            variant,
            guids,
            variables,
            named: Named::new(project),
            notes,
            losses,
        }
    }
}

/// Notes what no part of a file stands for, except what is noted where its neighbours are written.
fn note_losses(project: &Project, losses: &mut Losses) {
    losses.note(Lost::History, project.title.clone());
    for query in project.queries.values() {
        losses.note(Lost::Queries, query.name.clone());
    }
    for (_, scale) in project.scales_in_order() {
        losses.note(Lost::Scales, scale.name.clone());
    }
    for memo in project.memos.values() {
        if memo.kind != MemoKind::default() {
            losses.note(Lost::MemoKind, memo.title.clone());
        }
        if matches!(memo.anchor, Anchor::Cell(..)) {
            losses.note(Lost::Cell, memo.title.clone());
        }
    }
    for document in project.documents_in_order() {
        note_codings(document, losses);
    }
}

fn note_codings(document: &Document, losses: &mut Losses) {
    for coding in &document.codings {
        if !coding.facets.is_empty() {
            losses.note(Lost::Facets, document.title.clone());
        }
        match coding.origin {
            Origin::Search(_) | Origin::Suggestion => {
                losses.note(Lost::Origin, document.title.clone())
            }
            Origin::Hand | Origin::Import(_) => {}
        }
    }
}
