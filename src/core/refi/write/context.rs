//! What all parts of a file share while it is written.

use super::{
    codes::NotesOn,
    guids::{GuidKind, Guids},
    passages::NamedPassages,
    positions::Variant,
    variables::VariableDeclarations,
};
use crate::{
    import::loss::{Losses, Lost},
    model::{
        Project,
        attribute::{Attribute, AttributeOf},
        coding::Origin,
        document::Document,
        memo::{Anchor, MemoKind},
    },
};

/// The state of writing a project.
pub(super) struct WriteContext<'a> {
    pub(super) project: &'a Project,
    pub(super) variant: Variant,
    pub(super) guids: Guids,
    pub(super) variables: VariableDeclarations<'a>,
    pub(super) named: NamedPassages<'a>,
    /// The memos on each thing, by GUID.
    pub(super) notes: NotesOn,
    pub(super) losses: Losses,
}

impl<'a> WriteContext<'a> {
    /// Prepares a project: identities, variables and memos, and what no file can hold.
    pub(super) fn new(project: &'a Project, variant: Variant) -> Self {
        let mut losses = Losses::default();
        let mut guids = Guids::of_project(project, &mut losses);
        let variables = VariableDeclarations::new(project, &mut guids, &mut losses);
        let mut notes = NotesOn::new();
        for memo in project.memos.values() {
            notes
                .entry(memo.anchor)
                .or_default()
                .push(guids.of(GuidKind::Memo, memo.id));
        }
        report_losses(project, &mut losses);
        Self {
            project,
            variant,
            guids,
            variables,
            named: NamedPassages::new(project),
            notes,
            losses,
        }
    }
}

/// Reports what REFI-QDA has no element for; losses of single things are reported where the things are written.
fn report_losses(project: &Project, losses: &mut Losses) {
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
    for attribute in project.attributes_of(AttributeOf::Coders) {
        losses.note(Lost::CoderAttributes, coder_attribute(project, attribute));
    }
    for document in project.documents_in_order() {
        report_codings(document, losses);
    }
}

/// An attribute of coders with those who have a value of it: `training (An, Bo)`.
fn coder_attribute(project: &Project, attribute: &Attribute) -> String {
    let coders = project.coders.values();
    let coders = coders.filter(|coder| coder.values.contains_key(&(attribute.id, None)));
    let coders: Vec<&str> = coders.map(|coder| coder.name.as_str()).collect();
    if coders.is_empty() {
        return attribute.name.clone();
    }
    format!("{} ({})", attribute.name, coders.join(", "))
}

fn report_codings(document: &Document, losses: &mut Losses) {
    for coding in &document.codings {
        if !coding.facets.is_empty() {
            losses.note(Lost::Facets, document.title.clone());
        }
        if !coding.about.is_empty() {
            losses.note(Lost::About, document.title.clone());
        }
        match coding.origin {
            Origin::Search(_) | Origin::Suggestion => {
                losses.note(Lost::Origin, document.title.clone());
            }
            Origin::Hand | Origin::Import(_) => {}
        }
    }
}
