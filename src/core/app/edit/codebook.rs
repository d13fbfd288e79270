//! Edits of the codebook: add, set, move and sort codes.

use std::{collections::BTreeSet, sync::Arc};

use super::{lookup, required_name, transaction::Transaction};
use crate::{
    app::{names::is_same_name, refusal::Refusal},
    language::fold::fold,
    log::change::{Change, CodeEdit, Edit},
    model::{
        Project,
        code::{Code, CodePlace, HUES, Hue},
        codebook::PATH_SEPARATOR,
        ids::{CodeId, FacetId},
        localized::Localized,
        natural_key,
        rank::Rank,
    },
};

/// The identity of a facet that is not in the project yet.
pub const NEW_FACET: FacetId = FacetId::from_u128(0);

/// Adds a code below another, or at the top.
///
/// # Errors
/// When the name is empty, has a slash, or a sibling has it.
pub(crate) fn add_code(
    tx: &mut Transaction<'_>,
    parent: Option<CodeId>,
    name: &str,
) -> Result<CodeId, Refusal> {
    let code = new_code(tx, parent, name)?;
    let id = code.id;
    tx.record(Change::CodeAdded(Box::new(code)));
    Ok(id)
}

/// Returns a new last code below another, not recorded yet.
pub(super) fn new_code(
    tx: &mut Transaction<'_>,
    parent: Option<CodeId>,
    name: &str,
) -> Result<Code, Refusal> {
    let project = tx.project();
    let name = free_name(project, parent, name, None)?;
    lookup::parent_code(project, parent)?;
    let place = project.codebook.last_place(parent);
    let hue = next_hue(project, parent);
    Ok(Code::new(tx.id(), place, Localized::plain(name), hue))
}

/// A name as a code can have it.
///
/// # Errors
/// When it is empty, or looks like a path.
pub(super) fn name_of_code(name: &str) -> Result<String, Refusal> {
    let name = required_name(name)?;
    if name.contains(PATH_SEPARATOR) {
        return Err(Refusal::NameWithSlash(name));
    }
    Ok(name)
}

/// Returns a trimmed name that a code below `parent` can have.
pub(super) fn free_name(
    project: &Project,
    parent: Option<CodeId>,
    name: &str,
    own: Option<CodeId>,
) -> Result<String, Refusal> {
    let name = name_of_code(name)?;
    let own = own.and_then(|own| project.codebook.get(own));
    if own.is_some_and(|own| own.name.text == name) {
        // Older projects can have siblings whose names differ only in case.
        return Ok(name);
    }
    let taken = project
        .codebook
        .children(parent)
        .into_iter()
        .filter(|code| own.is_none_or(|own| own.id != code.id))
        .find(|code| is_same_name(&code.name.text, &name));
    match taken {
        Some(code) => Err(Refusal::NameTaken(project.codebook.path(code.id))),
        None => Ok(name),
    }
}

/// The hue that the siblings use least.
pub fn next_hue(project: &Project, parent: Option<CodeId>) -> Hue {
    let siblings = project.codebook.children(parent);
    (0..HUES)
        .map(Hue::new)
        .min_by_key(|hue| siblings.iter().filter(|code| code.hue == *hue).count())
        .expect("there is at least one hue")
}

/// Sets whatever differs between a code and a new version of it, except its place.
///
/// Facets with the identity [`NEW_FACET`] get one of their own.
///
/// # Errors
/// When the code doesn't exist, its new name can't be used, or its key is taken.
pub(crate) fn set_code(tx: &mut Transaction<'_>, mut new: Code) -> Result<(), Refusal> {
    let project = tx.project();
    let old = lookup::code(project, new.id)?.clone();
    free_name(project, old.place.parent, &new.name.text, Some(new.id))?;
    if let Some(key) = new.key
        && let Some(other) = code_with_key(project, key).filter(|other| other.id != new.id)
    {
        return Err(Refusal::KeyTaken {
            key,
            code: project.codebook.path(other.id),
        });
    }
    for facet in new.facets.iter_mut().filter(|facet| facet.id == NEW_FACET) {
        facet.id = tx.id();
    }
    tx.record_all(edits_of(&old, &new));
    Ok(())
}

/// The code that a key applies.
pub(super) fn code_with_key(project: &Project, key: char) -> Option<&Arc<Code>> {
    let mut codes = project.codebook.codes.values();
    codes.find(|code| code.key == Some(key))
}

/// The changes that turn a code into its new version, except its place.
pub(super) fn edits_of(old: &Code, new: &Code) -> Vec<Change> {
    // Destructured, so that a new field can't be forgotten here.
    let Code {
        id: _,
        place: _,
        name,
        hue,
        definition,
        apply_when,
        not_when,
        examples,
        indicators,
        facets,
        key,
    } = new.clone();
    let edits = [
        Edit::if_different(&old.name, name).map(CodeEdit::Name),
        Edit::if_different(&old.hue, hue).map(CodeEdit::Hue),
        Edit::if_different(&old.definition, definition).map(CodeEdit::Definition),
        Edit::if_different(&old.apply_when, apply_when).map(CodeEdit::ApplyWhen),
        Edit::if_different(&old.not_when, not_when).map(CodeEdit::NotWhen),
        Edit::if_different(&old.examples, examples).map(CodeEdit::Examples),
        Edit::if_different(&old.indicators, indicators).map(CodeEdit::Indicators),
        Edit::if_different(&old.facets, facets).map(CodeEdit::Facets),
        Edit::if_different(&old.key, key).map(CodeEdit::Key),
    ];
    let edits = edits.into_iter().flatten();
    edits
        .map(|edit| Change::CodeEdited { code: old.id, edit })
        .collect()
}

/// Moves codes below another (or to the top), before a sibling or to the end, in the order of the
/// tree; a code below another moved one stays below it.
///
/// # Errors
/// When a code doesn't exist or would be below itself, or a sibling there has its name.
pub(crate) fn move_codes(
    tx: &mut Transaction<'_>,
    codes: &[CodeId],
    parent: Option<CodeId>,
    before: Option<CodeId>,
) -> Result<(), Refusal> {
    let project = tx.project();
    let moved = topmost(project, codes)?;
    lookup::parent_code(project, parent)?;
    let ids: BTreeSet<CodeId> = moved.iter().map(|code| code.id).collect();
    let children = project.codebook.children(parent);
    let mut siblings = children.clone();
    siblings.retain(|code| !ids.contains(&code.id));
    check_moves(project, &moved, parent, &siblings)?;
    // `before` may be one of the moved codes itself: then the next one that stays counts.
    let before = children
        .iter()
        .skip_while(|code| before != Some(code.id))
        .find(|code| !ids.contains(&code.id));
    let at = siblings
        .iter()
        .position(|sibling| before.is_some_and(|before| before.id == sibling.id))
        .unwrap_or(siblings.len());
    let (earlier, later) = siblings.split_at(at);
    let order = earlier
        .iter()
        .map(|code| code.id)
        .chain(moved.iter().map(|code| code.id))
        .chain(later.iter().map(|code| code.id));
    if order.eq(children.iter().map(|code| code.id)) {
        return Ok(());
    }
    let mut low = earlier.last().map(|sibling| sibling.place.rank.clone());
    let high = later.first().map(|sibling| &sibling.place.rank);
    let mut changes = Vec::new();
    for code in moved {
        let rank = Rank::between(low.as_ref(), high);
        low = Some(rank.clone());
        changes.push(placed(code, CodePlace { parent, rank }));
    }
    tx.record_all(changes);
    Ok(())
}

/// Checks that codes can be below `parent` beside these siblings.
fn check_moves(
    project: &Project,
    moved: &[&Code],
    parent: Option<CodeId>,
    siblings: &[&Arc<Code>],
) -> Result<(), Refusal> {
    // Those that are below `parent` already meet nobody new.
    let mut names: BTreeSet<String> = siblings
        .iter()
        .map(|code| &***code)
        .chain(
            moved
                .iter()
                .copied()
                .filter(|code| code.place.parent == parent),
        )
        .map(|code| fold(&code.name.text))
        .collect();
    for code in moved {
        if project.codebook.would_cycle(code.id, parent) {
            return Err(Refusal::Cycle(project.codebook.path(code.id)));
        }
        if code.place.parent != parent && !names.insert(fold(&code.name.text)) {
            return Err(Refusal::NameTaken(code.name.text.clone()));
        }
    }
    Ok(())
}

fn placed(code: &Code, place: CodePlace) -> Change {
    Change::CodeEdited {
        code: code.id,
        edit: CodeEdit::Place(Edit::new(code.place.clone(), place)),
    }
}

/// Those of the codes that are below no other of them, in the order of the tree.
fn topmost<'a>(project: &'a Project, codes: &[CodeId]) -> Result<Vec<&'a Code>, Refusal> {
    for id in codes {
        lookup::code(project, *id)?;
    }
    let codebook = &project.codebook;
    let is_topmost = |code: &Arc<Code>| {
        codes.contains(&code.id)
            && !codebook
                .ancestors(code.id)
                .any(|above| codes.contains(&above.id))
    };
    Ok(codebook
        .in_order()
        .into_iter()
        .filter(|(_, code)| is_topmost(code))
        .map(|(_, code)| &**code)
        .collect())
}

/// Sets the colour of codes.
///
/// # Errors
/// When one of them doesn't exist.
pub(crate) fn set_hues(
    tx: &mut Transaction<'_>,
    codes: &[CodeId],
    hue: Hue,
) -> Result<(), Refusal> {
    for &code in codes {
        let old = lookup::code(tx.project(), code)?;
        let edit = Edit::if_different(&old.hue, hue).map(CodeEdit::Hue);
        tx.record_all(edit.map(|edit| Change::CodeEdited { code, edit }));
    }
    Ok(())
}

/// Sorts the codes below a code (`None`: at the top) by name, numbers in names by their value.
///
/// # Errors
/// When the code doesn't exist.
pub(crate) fn sort_codes(tx: &mut Transaction<'_>, parent: Option<CodeId>) -> Result<(), Refusal> {
    let codebook = &tx.project().codebook;
    lookup::parent_code(tx.project(), parent)?;
    let children = codebook.children(parent);
    let mut sorted = children.clone();
    sorted.sort_by_cached_key(|code| natural_key(&code.name.text));
    let mut ranks: Vec<Rank> = children
        .iter()
        .map(|code| code.place.rank.clone())
        .collect();
    // The present ranks are dealt out anew, so that a code already in its place has no change. Two
    // coders can have given the same rank, though: then all ranks are new.
    if !ranks.is_sorted_by(|a, b| a < b) {
        let fresh = std::iter::successors(Some(Rank::between(None, None)), |rank| {
            Some(Rank::between(Some(rank), None))
        });
        ranks = fresh.take(children.len()).collect();
    }
    let changes: Vec<Change> = sorted
        .into_iter()
        .zip(ranks)
        .filter(|(code, rank)| code.place.rank != *rank)
        .map(|(code, rank)| placed(code, CodePlace { parent, rank }))
        .collect();
    tx.record_all(changes);
    Ok(())
}
