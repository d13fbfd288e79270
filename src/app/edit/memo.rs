//! Edits of memos and links.

use std::collections::BTreeMap;

use super::{Edited, name_of, some};
use crate::{
    app::{identity::Identities, refusal::Refusal},
    log::change::{Change, Edit, MemoEdit},
    model::{
        Project,
        ids::{CoderId, LinkId, MemoId},
        memo::{Anchor, Link, Memo, MemoKind},
        set::Set,
    },
};

/// Writes a memo on something.
///
/// # Errors
/// When there is nothing to stand on, or neither title nor text.
pub fn add_memo(
    project: &Project,
    ids: &mut Identities,
    coder: CoderId,
    anchor: Anchor,
    kind: MemoKind,
    title: &str,
    body: &str,
) -> Edited {
    if title.trim().is_empty() && body.trim().is_empty() {
        return Err(Refusal::NameMissing);
    }
    if !project.has(anchor) {
        return Err(Refusal::NoCoding);
    }
    let memo = Memo {
        id: ids.id(),
        title: title.trim().to_owned(),
        body: body.to_owned(),
        kind,
        anchor,
        coder,
    };
    Ok(vec![Change::MemoAdded(Box::new(memo))])
}

/// Sets title, text and kind of a memo.
///
/// # Errors
/// When it isn't there or nothing changes.
pub fn edit_memo(project: &Project, id: MemoId, title: &str, body: &str, kind: MemoKind) -> Edited {
    let memo = project
        .memos
        .get(&id)
        .ok_or_else(|| Refusal::NoMemo(id.to_string()))?;
    let mut edits = Vec::new();
    if memo.title != title {
        edits.push(MemoEdit::Title(Edit::new(
            memo.title.clone(),
            title.to_owned(),
        )));
    }
    if memo.body != body {
        edits.push(MemoEdit::Body(Edit::new(
            memo.body.clone(),
            body.to_owned(),
        )));
    }
    if memo.kind != kind {
        edits.push(MemoEdit::Kind(Edit::new(memo.kind, kind)));
    }
    some(
        edits
            .into_iter()
            .map(|edit| Change::MemoEdited { memo: id, edit })
            .collect(),
    )
}

/// Removes a memo with the memos and links on it.
///
/// # Errors
/// When it isn't there.
pub fn remove_memo(project: &Project, id: MemoId) -> Edited {
    let memo = project
        .memos
        .get(&id)
        .ok_or_else(|| Refusal::NoMemo(id.to_string()))?;
    let mut changes = removals_on(project, |anchor| anchor == Anchor::Memo(id));
    changes.push(Change::MemoRemoved(Box::new(Memo::clone(memo))));
    Ok(changes)
}

/// Joins two things by a named link.
///
/// # Errors
/// When the name is empty or an end isn't there.
pub fn add_link(
    project: &Project,
    ids: &mut Identities,
    name: &str,
    from: Anchor,
    to: Anchor,
) -> Edited {
    if !project.has(from) || !project.has(to) {
        return Err(Refusal::NoCoding);
    }
    Ok(vec![Change::LinkAdded(Link {
        id: ids.id(),
        name: name_of(name)?,
        from,
        to,
    })])
}

/// Removes a link.
///
/// # Errors
/// When it isn't there.
pub fn remove_link(project: &Project, id: LinkId) -> Edited {
    let link = project.links.get(&id).ok_or(Refusal::NoCoding)?;
    Ok(vec![Change::LinkRemoved(link.clone())])
}

/// The changes that hang the memos, links and sets of things upon others: from the keys of a map to its values.
pub(super) fn rehang(project: &Project, moves: &BTreeMap<Anchor, Anchor>) -> Vec<Change> {
    let moved = |anchor: Anchor| moves.get(&anchor).copied().unwrap_or(anchor);
    let memos = project
        .memos
        .values()
        .filter(|memo| moves.contains_key(&memo.anchor))
        .map(|memo| Change::MemoEdited {
            memo: memo.id,
            edit: MemoEdit::Anchor(Edit::new(memo.anchor, moved(memo.anchor))),
        });
    let touched = project
        .links
        .values()
        .filter(|link| moves.contains_key(&link.from) || moves.contains_key(&link.to));
    let links = touched.flat_map(|link| {
        let new = Link {
            from: moved(link.from),
            to: moved(link.to),
            ..link.clone()
        };
        [Change::LinkRemoved(link.clone()), Change::LinkAdded(new)]
    });
    let sets = project
        .sets
        .values()
        .filter(|set| set.members.iter().any(|member| moves.contains_key(member)));
    let sets = sets.map(|set| {
        let to = Set {
            members: set.members.iter().map(|member| moved(*member)).collect(),
            ..set.clone()
        };
        Change::SetEdited {
            set: set.id,
            edit: Edit::new(set.clone(), to),
        }
    });
    memos.chain(links).chain(sets).collect()
}

/// The changes that take what `test` knows out of all sets and remove every memo and link on it, with those on these memos in turn.
pub(super) fn removals_on(project: &Project, test: impl Fn(Anchor) -> bool) -> Vec<Change> {
    let mut memos: Vec<&Memo> = project
        .memos
        .values()
        .map(AsRef::as_ref)
        .filter(|memo| test(memo.anchor))
        .collect();
    let mut next = 0;
    while let Some(memo) = memos.get(next).copied() {
        let upon = project
            .memos
            .values()
            .map(AsRef::as_ref)
            .filter(|other| other.anchor == Anchor::Memo(memo.id));
        let new: Vec<&Memo> = upon
            .filter(|other| memos.iter().all(|known| known.id != other.id))
            .collect();
        memos.extend(new);
        next += 1;
    }
    let goes =
        |anchor: Anchor| test(anchor) || memos.iter().any(|memo| anchor == Anchor::Memo(memo.id));
    let links = project
        .links
        .values()
        .filter(|link| goes(link.from) || goes(link.to))
        .cloned()
        .map(Change::LinkRemoved);
    let memos = memos
        .iter()
        .rev()
        .map(|memo| Change::MemoRemoved(Box::new(Memo::clone(memo))));
    let sets = project
        .sets
        .values()
        .filter(|set| set.members.iter().any(|member| goes(*member)));
    let sets = sets.map(|set| {
        let to = Set {
            members: set
                .members
                .iter()
                .copied()
                .filter(|member| !goes(*member))
                .collect(),
            ..set.clone()
        };
        Change::SetEdited {
            set: set.id,
            edit: Edit::new(set.clone(), to),
        }
    });
    sets.chain(links).chain(memos).collect()
}
