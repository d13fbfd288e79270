//! Edits of kept queries.

use super::{Edited, name_of};
use crate::{
    app::{identity::Identities, refusal::Refusal},
    log::change::{Change, Edit},
    model::{
        Project,
        ids::QueryId,
        query::{QueryKind, SavedQuery},
    },
};

/// Keeps a query under a name that no other of its kind has.
///
/// # Errors
/// When name or text is empty, or the name is taken.
pub fn add_query(
    project: &Project,
    ids: &mut Identities,
    kind: QueryKind,
    name: &str,
    text: &str,
) -> Edited {
    let query = SavedQuery {
        id: ids.id(),
        name: name_of(name)?,
        kind,
        text: name_of(text)?,
    };
    check_name(project, &query)?;
    Ok(vec![Change::QueryAdded(query)])
}

/// Gives a kept query another name and text.
///
/// # Errors
/// As [`add_query`], and when it isn't there or nothing changes.
pub fn set_query(project: &Project, id: QueryId, name: &str, text: &str) -> Edited {
    let from = project.queries.get(&id).ok_or(Refusal::NoQuery)?.clone();
    let to = SavedQuery {
        name: name_of(name)?,
        text: name_of(text)?,
        ..from.clone()
    };
    check_name(project, &to)?;
    super::some(if from == to {
        Vec::new()
    } else {
        vec![Change::QueryEdited {
            query: id,
            edit: Edit::new(from, to),
        }]
    })
}

/// Removes a kept query.
///
/// # Errors
/// When it isn't there.
pub fn remove_query(project: &Project, id: QueryId) -> Edited {
    let query = project.queries.get(&id).ok_or(Refusal::NoQuery)?;
    Ok(vec![Change::QueryRemoved(query.clone())])
}

fn check_name(project: &Project, query: &SavedQuery) -> Result<(), Refusal> {
    let same = |other: &SavedQuery| {
        other.id != query.id && other.kind == query.kind && other.name == query.name
    };
    if project.queries.values().any(same) {
        Err(Refusal::NameTaken(query.name.clone()))
    } else {
        Ok(())
    }
}
