//! What was found, view by view: each answers a question with a table, charts and the segments behind them.

pub mod balance;
pub mod change;
pub mod chart;
pub mod cooccurrence;
pub mod coverage;
pub mod finding;
pub mod framework;
pub mod frequency;
pub mod informants;
pub mod inquiry;
pub mod looking_glass;
pub mod programme;
pub mod saturation;
pub mod scales;
pub mod trace;
pub mod wording;
pub mod words;
