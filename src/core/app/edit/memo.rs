//! Edits of memos and links.

use std::collections::BTreeMap;

use super::{lookup, required_name, transaction::Transaction};
use crate::{
    app::refusal::Refusal,
    log::change::{Change, Edit, MemoEdit},
    model::{
        Project,
        ids::{LinkId, MemoId},
        memo::{Anchor, Link, Memo, MemoKind},
        set::Set,
    },
};

/// Adds a memo by the acting coder.
///
/// # Errors
/// When what it is about doesn't exist, it has neither title nor text, or no coder is acting.
pub(crate) fn add_memo(
    tx: &mut Transaction<'_>,
    anchor: Anchor,
    kind: MemoKind,
    title: &str,
    body: String,
) -> Result<(), Refusal> {
    let coder = tx.acting()?;
    if title.trim().is_empty() && body.trim().is_empty() {
        return Err(Refusal::NameMissing);
    }
    if !tx.project().has(anchor) {
        return Err(Refusal::TargetGone);
    }
    let memo = Memo {
        id: tx.id(),
        title: title.trim().to_owned(),
        body,
        kind,
        anchor,
        coder,
    };
    tx.record(Change::MemoAdded(Box::new(memo)));
    Ok(())
}

/// Sets title, text and kind of a memo.
///
/// # Errors
/// When it doesn't exist.
pub(crate) fn set_memo(
    tx: &mut Transaction<'_>,
    id: MemoId,
    kind: MemoKind,
    title: String,
    body: String,
) -> Result<(), Refusal> {
    let memo = lookup::memo(tx.project(), id)?;
    let edits = [
        Edit::if_different(&memo.title, title).map(MemoEdit::Title),
        Edit::if_different(&memo.body, body).map(MemoEdit::Body),
        Edit::if_different(&memo.kind, kind).map(MemoEdit::Kind),
    ];
    let edits = edits.into_iter().flatten();
    tx.record_all(edits.map(|edit| Change::MemoEdited { memo: id, edit }));
    Ok(())
}

/// Removes a memo with the memos and links on it.
///
/// # Errors
/// When it doesn't exist.
pub(crate) fn remove_memo(tx: &mut Transaction<'_>, id: MemoId) -> Result<(), Refusal> {
    let removed = Change::MemoRemoved(Box::new(lookup::memo(tx.project(), id)?.clone()));
    tx.record_all(removals_on(tx.project(), |anchor| {
        anchor == Anchor::Memo(id)
    }));
    tx.record(removed);
    Ok(())
}

/// Adds a named link between two things.
///
/// # Errors
/// When the name is empty or an end doesn't exist.
pub(crate) fn add_link(
    tx: &mut Transaction<'_>,
    name: &str,
    from: Anchor,
    to: Anchor,
) -> Result<(), Refusal> {
    if !tx.project().has(from) || !tx.project().has(to) {
        return Err(Refusal::TargetGone);
    }
    let link = Link {
        id: tx.id(),
        name: required_name(name)?,
        from,
        to,
    };
    tx.record(Change::LinkAdded(link));
    Ok(())
}

/// Removes a link.
///
/// # Errors
/// When it doesn't exist.
pub(crate) fn remove_link(tx: &mut Transaction<'_>, id: LinkId) -> Result<(), Refusal> {
    let removed = lookup::link(tx.project(), id)?.clone();
    tx.record(Change::LinkRemoved(removed));
    Ok(())
}

/// The changes that move memos, links and memberships of sets from the keys of a map to its values.
pub(super) fn rehang(project: &Project, moves: &BTreeMap<Anchor, Anchor>) -> Vec<Change> {
    let mut changes = Vec::new();
    for memo in project.memos.values() {
        if let Some(to) = moves.get(&memo.anchor) {
            changes.push(Change::MemoEdited {
                memo: memo.id,
                edit: MemoEdit::Anchor(Edit::new(memo.anchor, *to)),
            });
        }
    }
    for link in project.links.values() {
        let moved = Link {
            from: moved(moves, link.from),
            to: moved(moves, link.to),
            ..link.clone()
        };
        // The ends of a link can't be edited, so a new one of the same identity replaces it.
        if moved != *link {
            changes.extend([Change::LinkRemoved(link.clone()), Change::LinkAdded(moved)]);
        }
    }
    for set in project.sets.values() {
        let members = set.members.iter().map(|member| moved(moves, *member));
        let to = Set {
            members: members.collect(),
            ..set.clone()
        };
        let edit = Edit::if_different(set, to);
        changes.extend(edit.map(|edit| Change::SetEdited { set: set.id, edit }));
    }
    changes
}

fn moved(moves: &BTreeMap<Anchor, Anchor>, anchor: Anchor) -> Anchor {
    moves.get(&anchor).copied().unwrap_or(anchor)
}

/// The changes that remove the memos and links on what `is_removed` names, and take it out of sets.
///
/// Memos and links on these memos go too.
pub(super) fn removals_on(project: &Project, is_removed: impl Fn(Anchor) -> bool) -> Vec<Change> {
    let memos = memos_to_remove(project, &is_removed);
    let goes = |anchor: Anchor| {
        is_removed(anchor) || memos.iter().any(|memo| anchor == Anchor::Memo(memo.id))
    };
    let mut changes = Vec::new();
    for set in project.sets.values() {
        if set.members.iter().any(|member| goes(*member)) {
            let members = set.members.iter().copied();
            let to = Set {
                members: members.filter(|member| !goes(*member)).collect(),
                ..set.clone()
            };
            let edit = Edit::new(set.clone(), to);
            changes.push(Change::SetEdited { set: set.id, edit });
        }
    }
    let links = project.links.values();
    let links = links.filter(|link| goes(link.from) || goes(link.to));
    changes.extend(links.cloned().map(Change::LinkRemoved));
    // The memos on a memo come after it in the list, and have to go before it.
    let last_first = memos.into_iter().rev();
    changes.extend(last_first.map(|memo| Change::MemoRemoved(Box::new(memo.clone()))));
    changes
}

/// The memos on what `is_removed` names, the memos on these, and so on.
fn memos_to_remove(project: &Project, is_removed: impl Fn(Anchor) -> bool) -> Vec<&Memo> {
    let memos = project.memos.values().map(AsRef::as_ref);
    let mut found: Vec<&Memo> = memos.filter(|memo| is_removed(memo.anchor)).collect();
    let mut next = 0;
    // The list grows while it is walked through: memos can be on memos that are on memos.
    while let Some(id) = found.get(next).map(|memo| memo.id) {
        for memo in project.memos_on(Anchor::Memo(id)) {
            if found.iter().all(|known| known.id != memo.id) {
                found.push(memo);
            }
        }
        next += 1;
    }
    found
}
