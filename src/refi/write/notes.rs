//! Memos, links and sets: what stands on other things and joins them.

use super::{
    cases::passage_of_case,
    codes::description,
    files::link_to,
    guids::Kind,
    plan::Plan,
    sources::{by, made},
    xml::Xml,
};
use crate::{
    import::{loss::Lost, study::derived},
    model::{ids::Id, memo::Anchor},
    refi::MEMO_ON,
};

/// Writes all memos.
pub(super) fn notes(xml: &mut Xml, plan: &Plan<'_>) {
    if plan.project.memos.is_empty() {
        return;
    }
    xml.start("Notes");
    for memo in plan.project.memos.values() {
        let guid = plan.guids.of(Kind::Memo, memo.id);
        xml.start("Note")
            .guid("guid", guid)
            .attribute("name", &memo.title)
            .attribute("plainTextPath", &link_to(guid, "txt"));
        by(xml, plan, memo.coder, made(memo.id));
        xml.end();
    }
    xml.end();
}

/// A relation with a GUID, a name and two ends.
struct Relation<'a> {
    guid: u128,
    name: &'a str,
    ends: [u128; 2],
}

/// Writes links, and those from memos to what can't refer to a note.
pub(super) fn links(xml: &mut Xml, plan: &mut Plan<'_>) {
    let project = plan.project;
    let mut relations = Vec::new();
    for link in project
        .links
        .values()
        .filter(|link| passage_of_case(link).is_none())
    {
        match end(plan, link.from).zip(end(plan, link.to)) {
            Some((from, to)) => relations.push(Relation {
                guid: plan.guids.of(Kind::Link, link.id),
                name: &link.name,
                ends: [from, to],
            }),
            None => plan.losses.note(Lost::LinkEnd, link.name.clone()),
        }
    }
    for memo in project.memos.values() {
        let from = plan.guids.of(Kind::Memo, memo.id);
        let on: &[Anchor] = match memo.anchor {
            Anchor::Case(_) | Anchor::Memo(_) => &[memo.anchor],
            Anchor::Cell(case, code) => &[Anchor::Case(case), Anchor::Code(code)],
            Anchor::Project
            | Anchor::Document(_)
            | Anchor::Segment(..)
            | Anchor::Code(_)
            | Anchor::Coding(..) => &[],
        };
        for on in on {
            let Some(to) = plan.guids.of_anchor(*on) else {
                continue;
            };
            let id: Id<()> = derived(&["memo on", &format!("{from:032x}"), &format!("{to:032x}")]);
            let guid = plan
                .guids
                .claim((Kind::Link, 0, id.as_u128()), &mut plan.losses);
            relations.push(Relation {
                guid,
                name: MEMO_ON,
                ends: [from, to],
            });
        }
    }
    if relations.is_empty() {
        return;
    }
    xml.start("Links");
    for Relation {
        guid,
        name,
        ends: [from, to],
    } in relations
    {
        xml.start("Link")
            .guid("guid", guid)
            .attribute("name", name)
            .attribute("direction", "OneWay");
        xml.guid("originGUID", from).guid("targetGUID", to);
        xml.end();
    }
    xml.end();
}

/// The GUID of a link's end; `None` for the project and for cells, which have none.
fn end(plan: &Plan<'_>, anchor: Anchor) -> Option<u128> {
    match anchor {
        Anchor::Segment(document, range) => plan.named.guid(document, range),
        _ => plan.guids.of_anchor(anchor),
    }
}

/// Writes sets; cases can't be in one.
pub(super) fn sets(xml: &mut Xml, plan: &mut Plan<'_>) {
    let sets = plan.project.sets_in_order();
    if sets.is_empty() {
        return;
    }
    xml.start("Sets");
    for set in sets {
        xml.start("Set")
            .guid("guid", plan.guids.of(Kind::Set, set.id))
            .attribute("name", &set.name);
        description(xml, &set.description);
        let members = |element: &'static str, of: fn(&Anchor) -> bool| {
            set.members
                .iter()
                .filter(move |member| of(member))
                .map(move |member| (element, *member))
        };
        let all = members("MemberCode", |member| matches!(member, Anchor::Code(_)))
            .chain(members("MemberSource", |member| {
                matches!(member, Anchor::Document(_))
            }))
            .chain(members("MemberNote", |member| {
                matches!(member, Anchor::Memo(_))
            }));
        for (element, member) in all {
            if let Some(guid) = plan.guids.of_anchor(member) {
                xml.reference(element, guid);
            }
        }
        for _ in set.members.iter().filter(|member| {
            !matches!(
                member,
                Anchor::Code(_) | Anchor::Document(_) | Anchor::Memo(_)
            )
        }) {
            plan.losses.note(Lost::SetMember, set.name.clone());
        }
        xml.end();
    }
    xml.end();
}
