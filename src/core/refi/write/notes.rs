//! Memos, links and sets.

use super::{
    cases::passage_of_case,
    codes::description,
    context::WriteContext,
    files::link_to,
    guids::GuidKind,
    sources::{by, made},
    xml::XmlWriter,
};
use crate::{
    import::{loss::Lost, study::derived},
    model::{ids::Id, memo::Anchor},
    refi::MEMO_ON,
};

/// Writes all memos.
pub(super) fn notes(xml: &mut XmlWriter, context: &WriteContext<'_>) {
    if context.project.memos.is_empty() {
        return;
    }
    xml.start("Notes");
    for memo in context.project.memos.values() {
        let guid = context.guids.of(GuidKind::Memo, memo.id);
        xml.start("Note")
            .guid("guid", guid)
            .attribute("name", &memo.title)
            .attribute("plainTextPath", &link_to(guid, "txt"));
        by(xml, context, memo.coder, made(memo.id));
        xml.end();
    }
    xml.end();
}

/// A link as it is written.
struct LinkElement<'a> {
    guid: u128,
    name: &'a str,
    from: u128,
    to: u128,
}

/// Writes links, and those from memos to things that can't refer to a note.
pub(super) fn links(xml: &mut XmlWriter, context: &mut WriteContext<'_>) {
    let project = context.project;
    let mut links = Vec::new();
    for link in project
        .links
        .values()
        .filter(|link| passage_of_case(link).is_none())
    {
        match end(context, link.from).zip(end(context, link.to)) {
            Some((from, to)) => links.push(LinkElement {
                guid: context.guids.of(GuidKind::Link, link.id),
                name: &link.name,
                from,
                to,
            }),
            None => context.losses.note(Lost::LinkEnd, link.name.clone()),
        }
    }
    for memo in project.memos.values() {
        let from = context.guids.of(GuidKind::Memo, memo.id);
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
            let Some(to) = context.guids.of_anchor(*on) else {
                continue;
            };
            let id: Id<()> = derived(&["memo on", &format!("{from:032x}"), &format!("{to:032x}")]);
            let guid = context
                .guids
                .claim(GuidKind::Link, id.as_u128(), &mut context.losses);
            links.push(LinkElement {
                guid,
                name: MEMO_ON,
                from,
                to,
            });
        }
    }
    if links.is_empty() {
        return;
    }
    xml.start("Links");
    for LinkElement {
        guid,
        name,
        from,
        to,
    } in links
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

/// The GUID of the end of a link; `None` for the project and for cells, which have none.
fn end(context: &WriteContext<'_>, anchor: Anchor) -> Option<u128> {
    match anchor {
        Anchor::Segment(document, range) => context.named.guid(document, range),
        _ => context.guids.of_anchor(anchor),
    }
}

/// Writes sets; members that REFI-QDA doesn't allow, such as cases, are reported.
pub(super) fn sets(xml: &mut XmlWriter, context: &mut WriteContext<'_>) {
    let sets = context.project.sets_in_order();
    if sets.is_empty() {
        return;
    }
    xml.start("Sets");
    for set in sets {
        xml.start("Set")
            .guid("guid", context.guids.of(GuidKind::Set, set.id))
            .attribute("name", &set.name);
        description(xml, &set.description);
        // The schema has members in this order.
        let codes = set
            .members
            .iter()
            .filter(|on| matches!(on, Anchor::Code(_)));
        let sources = set
            .members
            .iter()
            .filter(|on| matches!(on, Anchor::Document(_)));
        let notes = set
            .members
            .iter()
            .filter(|on| matches!(on, Anchor::Memo(_)));
        let members = (codes.map(|member| ("MemberCode", member)))
            .chain(sources.map(|member| ("MemberSource", member)))
            .chain(notes.map(|member| ("MemberNote", member)));
        let mut written = 0;
        for (element, member) in members {
            let guid = context.guids.of_anchor(*member);
            xml.reference(
                element,
                guid.expect("codes, documents and memos have GUIDs"),
            );
            written += 1;
        }
        for _ in written..set.members.len() {
            context.losses.note(Lost::SetMember, set.name.clone());
        }
        xml.end();
    }
    xml.end();
}
