//! Edits of saved queries.

use super::{lookup, required_name, transaction::Transaction};
use crate::{
    app::refusal::Refusal,
    log::change::{Change, Edit},
    model::{
        Project,
        ids::QueryId,
        query::{QueryKind, SavedQuery},
    },
};

/// Saves a query under a name that no other of its kind has.
///
/// # Errors
/// When name or text is empty, or the name is taken.
pub(crate) fn add_query(
    tx: &mut Transaction<'_>,
    kind: QueryKind,
    name: &str,
    text: &str,
) -> Result<(), Refusal> {
    let query = SavedQuery {
        id: tx.id(),
        name: required_name(name)?,
        kind,
        text: required_name(text)?,
    };
    check_name(tx.project(), &query)?;
    tx.record(Change::QueryAdded(query));
    Ok(())
}

/// Sets name and text of a saved query.
///
/// # Errors
/// As [`add_query`], and when it doesn't exist.
pub(crate) fn set_query(
    tx: &mut Transaction<'_>,
    id: QueryId,
    name: &str,
    text: &str,
) -> Result<(), Refusal> {
    let query = lookup::query(tx.project(), id)?;
    let to = SavedQuery {
        name: required_name(name)?,
        text: required_name(text)?,
        ..query.clone()
    };
    check_name(tx.project(), &to)?;
    let edit = Edit::if_different(query, to);
    tx.record_all(edit.map(|edit| Change::QueryEdited { query: id, edit }));
    Ok(())
}

/// Removes a saved query.
///
/// # Errors
/// When it doesn't exist.
pub(crate) fn remove_query(tx: &mut Transaction<'_>, id: QueryId) -> Result<(), Refusal> {
    let removed = lookup::query(tx.project(), id)?.clone();
    tx.record(Change::QueryRemoved(removed));
    Ok(())
}

fn check_name(project: &Project, query: &SavedQuery) -> Result<(), Refusal> {
    let taken = project
        .queries
        .values()
        .any(|other| other.id != query.id && other.kind == query.kind && other.name == query.name);
    if taken {
        Err(Refusal::NameTaken(query.name.clone()))
    } else {
        Ok(())
    }
}
