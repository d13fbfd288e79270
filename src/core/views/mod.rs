//! The views of the page of themes: each asks one thing of the codings and shows the answer as a table, as charts and as the passages behind its figures.
//!
//! Everything that belongs to a view is in its folder: its name, its controls as values that the window paints, its table and its charts.
//! To add a view, add its folder here and a line to [`VIEWS`]; the window, the exports and the tests find it there.

pub mod balance;
pub(crate) mod cells;
pub mod change;
pub mod chart;
pub mod control;
pub mod cooccurrence;
pub mod coverage;
pub mod finding;
pub mod framework;
pub mod frequency;
pub mod informants;
pub mod looking_glass;
pub mod programme;
pub mod saturation;
pub mod scales;
mod segments;
pub mod settings;
pub mod trace;
mod view;
pub mod wording;
pub mod words;

pub use view::{AnalysisView, Progress, Source, ViewEditor};

/// All views, in the order of the window's list.
pub static VIEWS: [&dyn AnalysisView; 13] = [
    &frequency::FrequencyView,
    &programme::ProgrammeView,
    &change::ChangeView,
    &scales::ScalesView,
    &looking_glass::LookingGlassView,
    &cooccurrence::CooccurrenceView,
    &informants::InformantsView,
    &balance::BalanceView,
    &framework::FrameworkView,
    &trace::TraceView,
    &saturation::SaturationView,
    &words::WordsView,
    &coverage::CoverageView,
];

/// The view with this id, such as `frequencies`.
pub fn view_by_id(id: &str) -> Option<&'static dyn AnalysisView> {
    VIEWS.into_iter().find(|view| view.id() == id)
}
