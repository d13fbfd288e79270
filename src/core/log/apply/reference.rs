//! Changes of things that refer to others: memos, links, queries, scales, sets.

use std::sync::Arc;

use super::{ApplyResult, Author, add, add_shared, coding::current_range, ensure, is_referred_to};
use crate::{
    log::change::{Edit, MemoEdit},
    model::{
        Project,
        conflict::{SkipReason, Subject},
        ids::{MemoId, QueryId, ScaleId, SetId},
        memo::{Anchor, Link, Memo},
        query::SavedQuery,
        scale::Scale,
        set::Set,
    },
};

/// An anchor with a segment's range in the current text.
///
/// # Errors
/// When the thing that it names doesn't exist.
fn current_anchor(
    project: &Project,
    author: &Author,
    anchor: Anchor,
) -> Result<Anchor, SkipReason> {
    let anchor = match anchor {
        Anchor::Segment(id, range) => {
            let document = project.documents.get(&id).ok_or(SkipReason::Gone)?;
            Anchor::Segment(id, current_range(document, author, range)?)
        }
        other => other,
    };
    ensure(project.has(anchor), SkipReason::Gone)?;
    Ok(anchor)
}

pub(super) fn memo_added(project: &mut Project, author: &Author, memo: &Memo) -> ApplyResult {
    let anchor = current_anchor(project, author, memo.anchor)?;
    ensure(project.coders.contains_key(&memo.coder), SkipReason::Gone)?;
    ensure(anchor != Anchor::Memo(memo.id), SkipReason::Cycle)?;
    let memo = Memo {
        anchor,
        ..memo.clone()
    };
    add_shared(&mut project.memos, memo.id, &memo)
}

pub(super) fn memo_edited(
    project: &mut Project,
    author: &Author,
    id: MemoId,
    edit: &MemoEdit,
) -> ApplyResult {
    let anchors = match edit {
        MemoEdit::Anchor(edit) => {
            ensure(edit.to != Anchor::Memo(id), SkipReason::Cycle)?;
            let to = current_anchor(project, author, edit.to)?;
            // What the memo was on can be gone meanwhile; then the old value is compared as it is.
            let from = current_anchor(project, author, edit.from).unwrap_or(edit.from);
            Some(Edit::new(from, to))
        }
        MemoEdit::Title(_) | MemoEdit::Body(_) | MemoEdit::Kind(_) => None,
    };
    let memo = Arc::make_mut(project.memos.get_mut(&id).ok_or(SkipReason::Gone)?);
    let setter = author.setter(&mut project.conflicts, Subject::Memo(id));
    match (edit, anchors) {
        (MemoEdit::Title(edit), _) => setter.set("title", &mut memo.title, edit),
        (MemoEdit::Body(edit), _) => setter.set("body", &mut memo.body, edit),
        (MemoEdit::Kind(edit), _) => setter.set("kind", &mut memo.kind, edit),
        (MemoEdit::Anchor(_), Some(edit)) => setter.set("anchor", &mut memo.anchor, &edit),
        (MemoEdit::Anchor(_), None) => Ok(()),
    }
}

pub(super) fn memo_removed(project: &mut Project, id: MemoId) -> ApplyResult {
    ensure(project.memos.contains_key(&id), SkipReason::Gone)?;
    let is_used = is_referred_to(project, |anchor| anchor == Anchor::Memo(id));
    ensure(!is_used, SkipReason::InUse)?;
    project.memos.remove(&id);
    Ok(())
}

pub(super) fn link_added(project: &mut Project, author: &Author, link: &Link) -> ApplyResult {
    let link = Link {
        from: current_anchor(project, author, link.from)?,
        to: current_anchor(project, author, link.to)?,
        ..link.clone()
    };
    add(&mut project.links, link.id, &link)
}

pub(super) fn query_edited(
    project: &mut Project,
    author: &Author,
    id: QueryId,
    edit: &Edit<SavedQuery>,
) -> ApplyResult {
    ensure(edit.to.id == id, SkipReason::BadValue)?;
    let query = project.queries.get_mut(&id).ok_or(SkipReason::Gone)?;
    let setter = author.setter(&mut project.conflicts, Subject::Query(id));
    setter.set("query", query, edit)
}

pub(super) fn scale_added(project: &mut Project, scale: &Scale) -> ApplyResult {
    scale_fits(project, scale)?;
    add(&mut project.scales, scale.id, scale)
}

fn scale_fits(project: &Project, scale: &Scale) -> ApplyResult {
    ensure(scale.is_sound(), SkipReason::BadValue)?;
    ensure(scale.stands_on(&project.attributes), SkipReason::Gone)
}

pub(super) fn scale_edited(
    project: &mut Project,
    author: &Author,
    id: ScaleId,
    edit: &Edit<Scale>,
) -> ApplyResult {
    ensure(edit.to.id == id, SkipReason::BadValue)?;
    scale_fits(project, &edit.to)?;
    let scale = project.scales.get_mut(&id).ok_or(SkipReason::Gone)?;
    let setter = author.setter(&mut project.conflicts, Subject::Scale(id));
    setter.set("scale", scale, edit)
}

pub(super) fn set_added(project: &mut Project, set: &Set) -> ApplyResult {
    ensure(set.stands_in(project), SkipReason::Gone)?;
    add(&mut project.sets, set.id, set)
}

pub(super) fn set_edited(
    project: &mut Project,
    author: &Author,
    id: SetId,
    edit: &Edit<Set>,
) -> ApplyResult {
    ensure(edit.to.id == id, SkipReason::BadValue)?;
    ensure(edit.to.stands_in(project), SkipReason::Gone)?;
    let set = project.sets.get_mut(&id).ok_or(SkipReason::Gone)?;
    let setter = author.setter(&mut project.conflicts, Subject::Set(id));
    setter.set("set", set, edit)
}
