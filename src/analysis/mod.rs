//! Pure functions from a project to tables, every cell of which keeps the segments behind it; and counts that follow a project as it changes.

pub mod frequency;
pub mod tally;
