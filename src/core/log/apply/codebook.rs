//! Changes of codes.

use std::sync::Arc;

use super::{ApplyResult, Author, add_shared, ensure, is_referred_to};
use crate::{
    log::change::CodeEdit,
    model::{
        Project,
        code::Code,
        conflict::{SkipReason, Subject},
        ids::CodeId,
    },
};

pub(super) fn code_added(project: &mut Project, code: &Code) -> ApplyResult {
    ensure(has_parent(project, code.place.parent), SkipReason::Gone)?;
    ensure(code.place.parent != Some(code.id), SkipReason::Cycle)?;
    add_shared(&mut project.codebook.codes, code.id, code)
}

fn has_parent(project: &Project, parent: Option<CodeId>) -> bool {
    parent.is_none_or(|parent| project.codebook.get(parent).is_some())
}

pub(super) fn code_edited(
    project: &mut Project,
    author: &Author,
    id: CodeId,
    edit: &CodeEdit,
) -> ApplyResult {
    if let CodeEdit::Place(place) = edit {
        let parent = place.to.parent;
        ensure(project.codebook.get(id).is_some(), SkipReason::Gone)?;
        ensure(has_parent(project, parent), SkipReason::Gone)?;
        let would_cycle = project.codebook.would_cycle(id, parent);
        ensure(!would_cycle, SkipReason::Cycle)?;
    }
    let code = project.codebook.codes.get_mut(&id);
    let code = Arc::make_mut(code.ok_or(SkipReason::Gone)?);
    let setter = author.setter(&mut project.conflicts, Subject::Code(id));
    match edit {
        CodeEdit::Place(edit) => setter.set("place", &mut code.place, edit),
        CodeEdit::Name(edit) => setter.set("name", &mut code.name, edit),
        CodeEdit::Hue(edit) => setter.set("hue", &mut code.hue, edit),
        CodeEdit::Definition(edit) => setter.set("definition", &mut code.definition, edit),
        CodeEdit::ApplyWhen(edit) => setter.set("apply_when", &mut code.apply_when, edit),
        CodeEdit::NotWhen(edit) => setter.set("not_when", &mut code.not_when, edit),
        CodeEdit::Examples(edit) => setter.set("examples", &mut code.examples, edit),
        CodeEdit::Indicators(edit) => setter.set("indicators", &mut code.indicators, edit),
        CodeEdit::Facets(edit) => setter.set("facets", &mut code.facets, edit),
        CodeEdit::Key(edit) => setter.set("key", &mut code.key, edit),
    }
}

pub(super) fn code_removed(project: &mut Project, id: CodeId) -> ApplyResult {
    ensure(project.codebook.get(id).is_some(), SkipReason::Gone)?;
    let mut codes = project.codebook.codes.values();
    let mut codings = project
        .documents
        .values()
        .flat_map(|document| &document.codings);
    let is_used = codes.any(|code| code.place.parent == Some(id))
        || codings.any(|coding| coding.code == id)
        || is_referred_to(project, |anchor| anchor.is_of_code(id));
    ensure(!is_used, SkipReason::InUse)?;
    project.codebook.codes.remove(&id);
    Ok(())
}
