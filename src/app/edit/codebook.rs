//! Edits of the codebook: add, set, move, remove codes.

use std::collections::BTreeSet;

use super::{Edited, name_of, some};
use crate::{
    app::{identity::Identities, refusal::Refusal},
    log::change::{Change, CodeEdit, Edit},
    model::{
        Project,
        code::{Code, HUES, Hue, Place},
        codebook::{CodeNotFound, PATH_SEPARATOR},
        ids::{CodeId, CodingId, DocumentId},
        localized::Localized,
        memo::Anchor,
        rank::Rank,
    },
};

/// Adds a code below another, or at the top.
///
/// # Errors
/// When the name is empty, has a slash, or a sibling has it.
pub fn add_code(project: &Project, ids: &mut Identities, parent: Option<CodeId>, name: &str) -> Edited {
    let name = free_name(project, parent, name, None)?;
    if let Some(parent) = parent {
        code_of(project, parent)?;
    }
    let code = Code::new(ids.id(), project.codebook.last_place(parent), Localized::plain(name), next_hue(project, parent));
    Ok(vec![Change::CodeAdded(Box::new(code))])
}

fn code_of(project: &Project, id: CodeId) -> Result<&Code, Refusal> {
    project.codebook.get(id).map(AsRef::as_ref).ok_or_else(|| Refusal::Code(CodeNotFound::Unknown(id.to_string())))
}

/// A name that a code below `parent` can take.
pub(super) fn free_name(project: &Project, parent: Option<CodeId>, name: &str, own: Option<CodeId>) -> Result<String, Refusal> {
    let name = name_of(name)?;
    if name.contains(PATH_SEPARATOR) {
        return Err(Refusal::NameWithSlash(name));
    }
    let taken = |code: &&std::sync::Arc<Code>| code.name.text == name && Some(code.id) != own;
    match project.codebook.children(parent).into_iter().find(taken) {
        Some(code) => Err(Refusal::NameTaken(project.codebook.path(code.id))),
        None => Ok(name),
    }
}

/// The hue that the siblings use least.
pub fn next_hue(project: &Project, parent: Option<CodeId>) -> Hue {
    let siblings = project.codebook.children(parent);
    let uses = |hue: u8| siblings.iter().filter(|code| code.hue.number() == hue).count();
    (0..HUES).min_by_key(|hue| (uses(*hue), *hue)).map_or_else(Hue::default, Hue::new)
}

/// Sets whatever differs between a code and a new version of it, but its place.
///
/// # Errors
/// When the code isn't there, its new name can't be, its key is taken, or nothing differs.
pub fn set_code(project: &Project, new: &Code) -> Edited {
    let old = code_of(project, new.id)?;
    free_name(project, old.place.parent, &new.name.text, Some(new.id))?;
    if let Some(key) = new.key
        && let Some(other) = project.codebook.codes.values().find(|code| code.key == Some(key) && code.id != new.id)
    {
        return Err(Refusal::KeyTaken { key, code: project.codebook.path(other.id) });
    }
    let Code { id: _, place: _, name, hue, definition, apply_when, not_when, examples, indicators, facets, key } = old;
    let edits = [
        differs(name, &new.name).map(CodeEdit::Name),
        differs(hue, &new.hue).map(CodeEdit::Hue),
        differs(definition, &new.definition).map(CodeEdit::Definition),
        differs(apply_when, &new.apply_when).map(CodeEdit::ApplyWhen),
        differs(not_when, &new.not_when).map(CodeEdit::NotWhen),
        differs(examples, &new.examples).map(CodeEdit::Examples),
        differs(indicators, &new.indicators).map(CodeEdit::Indicators),
        differs(facets, &new.facets).map(CodeEdit::Facets),
        differs(key, &new.key).map(CodeEdit::Key),
    ];
    some(edits.into_iter().flatten().map(|edit| Change::CodeEdited { code: new.id, edit }).collect())
}

fn differs<T: Clone + PartialEq>(from: &T, to: &T) -> Option<Edit<T>> {
    (from != to).then(|| Edit::new(from.clone(), to.clone()))
}

/// Puts a code below another (or at the top), before a sibling or last.
///
/// # Errors
/// When it would lie in itself, or a code of its name lies there.
pub fn move_code(project: &Project, id: CodeId, parent: Option<CodeId>, before: Option<CodeId>) -> Edited {
    let code = code_of(project, id)?;
    if project.codebook.would_cycle(id, parent) {
        return Err(Refusal::Cycle(project.codebook.path(id)));
    }
    free_name(project, parent, &code.name.text, Some(id))?;
    let siblings: Vec<_> = project.codebook.children(parent).into_iter().filter(|sibling| sibling.id != id).collect();
    let at = before.and_then(|before| siblings.iter().position(|sibling| sibling.id == before)).unwrap_or(siblings.len());
    let rank_at = |index: Option<usize>| index.and_then(|index| siblings.get(index)).map(|sibling| &sibling.place.rank);
    let place = Place { parent, rank: Rank::between(rank_at(at.checked_sub(1)), rank_at(Some(at))) };
    let edit = CodeEdit::Place(Edit::new(code.place.clone(), place));
    Ok(vec![Change::CodeEdited { code: id, edit }])
}

/// Removes a code with its subcodes, all their codings, and the memos and links on any of these.
///
/// # Errors
/// When it isn't there.
pub fn remove_code(project: &Project, id: CodeId) -> Edited {
    code_of(project, id)?;
    let codes = project.codebook.with_descendants(id);
    let codings = codings_of(project, &codes);
    let goes: BTreeSet<Anchor> = codings.iter().map(|(document, coding)| Anchor::Coding(*document, *coding)).collect();
    let on_them = |anchor| goes.contains(&anchor) || matches!(anchor, Anchor::Code(code) if codes.contains(&code));
    let mut changes = super::memo::removals_on(project, on_them);
    changes.extend(super::coding::removals(project, &codings)?);
    let mut below: Vec<_> = project.codebook.in_order().into_iter().filter(|(_, code)| codes.contains(&code.id)).collect();
    below.sort_by_key(|(depth, _)| std::cmp::Reverse(*depth));
    changes.extend(below.into_iter().map(|(_, code)| Change::CodeRemoved(Box::new(Code::clone(code)))));
    Ok(changes)
}

/// The codings of any of these codes.
pub fn codings_of(project: &Project, codes: &BTreeSet<CodeId>) -> Vec<(DocumentId, CodingId)> {
    let documents = project.documents.values();
    let in_document = |document: &std::sync::Arc<crate::model::document::Document>| {
        let id = document.id;
        document.codings.iter().filter(|coding| codes.contains(&coding.code)).map(move |coding| (id, coding.id)).collect::<Vec<_>>()
    };
    documents.flat_map(in_document).collect()
}
