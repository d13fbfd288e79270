//! Rows of RQDA's tables that aren't deleted.

use super::database::{Database, DatabaseRow};
use crate::import::ImportError;

/// Returns false for a deleted row, whose status is 0 or -1.
pub(super) fn is_current(row: &DatabaseRow) -> bool {
    row.number("status").is_none_or(|status| status == 1)
}

/// The rows of a table that aren't deleted.
pub(super) fn current_rows(
    database: &Database<'_>,
    table: &str,
    columns: &[&'static str],
) -> Result<Vec<DatabaseRow>, ImportError> {
    let mut rows = database.rows(table, columns)?;
    rows.retain(is_current);
    Ok(rows)
}
