//! Sets with their members, and graphs, of which only the names are reported.

use std::collections::BTreeSet;

use super::{
    reader::ProjectReader,
    values::{self, with_line_feeds},
};
use crate::{
    import::loss::Lost,
    model::{ids::SetId, memo::Anchor, set::Set},
};

/// Reads the sets, once everything else is known.
pub(super) fn sets(reader: &mut ProjectReader<'_>) {
    // Empty notes have become no memos, so a set can't have them as members.
    let memos: BTreeSet<_> = reader.study.memos.iter().map(|memo| memo.id).collect();
    let mut ids = BTreeSet::new();
    for element in reader.root.listed("Sets", "Set") {
        let name = element.title();
        let mut members = BTreeSet::new();
        for member in element.children() {
            if !member.name().starts_with("Member") {
                continue;
            }
            match reader.target(member) {
                Some(Anchor::Memo(memo)) if !memos.contains(&memo) => {
                    reader.study.losses.note(Lost::SetMember, name);
                }
                Some(thing) if Set::takes(thing) => {
                    members.insert(thing);
                }
                _ => reader.study.losses.note(Lost::SetMember, name),
            }
        }
        let guid = values::identity(element);
        let id: SetId = reader.claim(guid, "set", |_, guid| ids.contains(&guid));
        ids.insert(id.as_u128());
        reader.study.sets.push(Set {
            id,
            name: name.to_owned(),
            description: with_line_feeds(element.description()),
            members,
        });
    }
}

/// Reports the graphs by name.
pub(super) fn graphs(reader: &mut ProjectReader<'_>) {
    for graph in reader.root.listed("Graphs", "Graph") {
        let name = graph.some("name").unwrap_or("–");
        reader.study.losses.note(Lost::Graph, name);
    }
}
