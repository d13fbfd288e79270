//! Sets with their members; drawings, of which only the names are told.

use std::collections::BTreeSet;

use super::{Reading, lines, values};
use crate::{
    import::loss::Lost,
    model::{ids::SetId, memo::Anchor, set::Set},
};

/// Reads sets, when everything else is known.
pub(super) fn sets(reading: &mut Reading<'_>) {
    let written: BTreeSet<_> = reading.study.memos.iter().map(|memo| memo.id).collect();
    let mut ids = BTreeSet::new();
    for element in reading.root.listed("Sets", "Set") {
        let name = element.get("name").unwrap_or_default().trim();
        let mut members = BTreeSet::new();
        for member in element
            .children()
            .filter(|child| child.name().starts_with("Member"))
        {
            let thing = values::target(member)
                .and_then(|guid| reading.things.get(&guid))
                .copied();
            match thing.filter(|thing| {
                Set::takes(*thing)
                    && !matches!(thing, Anchor::Memo(memo) if !written.contains(memo))
            }) {
                Some(thing) => {
                    members.insert(thing);
                }
                None => reading.study.losses.note(Lost::SetMember, name),
            }
        }
        let id: SetId = reading.claim(values::identity(element), "set", |_, guid| {
            ids.contains(&guid)
        });
        ids.insert(id.as_u128());
        let description = lines(element.description());
        reading.study.sets.push(Set {
            id,
            name: name.to_owned(),
            description,
            members,
        });
    }
}

/// Notes drawings by name.
pub(super) fn graphs(reading: &mut Reading<'_>) {
    for graph in reading.root.listed("Graphs", "Graph") {
        reading
            .study
            .losses
            .note(Lost::Graph, graph.some("name").unwrap_or("–"));
    }
}
