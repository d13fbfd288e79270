//! Pure functions from a project to tables, every cell of which keeps the segments behind it; and counts that follow a project as it changes.

pub mod change;
pub mod code_query;
pub mod cooccurrence;
pub mod frequency;
pub mod informants;
pub mod ledger;
mod numbering;
pub mod programme;
pub mod recast;
#[cfg(test)]
mod sample;
pub mod saturation;
pub mod scales;
pub mod suggestion;
pub mod tally;
pub mod trace;
pub mod words;
