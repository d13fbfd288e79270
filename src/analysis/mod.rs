//! Pure functions from a project to tables, every cell of which keeps the segments behind it; and counts that follow a project as it changes.

pub mod code_query;
pub mod cooccurrence;
pub mod frequency;
mod numbering;
#[cfg(test)]
mod sample;
pub mod suggestion;
pub mod tally;
