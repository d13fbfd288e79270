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
pub mod wording;
pub mod words;

use std::{fmt::Debug, sync::Arc};

use crate::{
    analysis::{frequency::Loader, ledger::Ledger},
    message::text::Text,
    model::Project,
};
use control::{Control, ControlContext};
use finding::Finding;
use settings::{QuestionSettings, ViewSettings};

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

/// Reports progress as steps done and steps in all; returns false when the answer is no longer needed.
pub type Progress<'a> = dyn FnMut(usize, usize) -> bool + 'a;

/// What a view answers from.
pub struct Source<'a> {
    /// The project that is counted.
    pub project: &'a Arc<Project>,
    /// Loads the text and turns of a document.
    pub load: &'a Loader<'a>,
    /// A ledger that follows the project, for views whose figures it can count.
    pub ledger: Option<&'a Ledger>,
}

impl<'a> Source<'a> {
    /// A source without a ledger.
    pub const fn new(project: &'a Arc<Project>, load: &'a Loader<'a>) -> Self {
        Self {
            project,
            load,
            ledger: None,
        }
    }
}

/// An editor that the window shows with a view, for what the view is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ViewEditor {
    /// Defines scales.
    Scales,
    /// Links codes with one another.
    Links,
}

/// A view of the codings.
pub trait AnalysisView: Debug + Sync {
    /// A fixed word for it, by which commands and tests open it.
    fn id(&self) -> &'static str;

    /// Its name in the window's list.
    fn name(&self) -> Text;

    /// The controls that state its question, as they are set now.
    fn controls(&self, settings: &ViewSettings, context: &ControlContext<'_>) -> Vec<Control>;

    /// What the project lacks for this question, as advice to the user; `None` if it can be answered.
    fn missing(&self, _project: &Project, _question: &QuestionSettings) -> Option<Text> {
        None
    }

    /// Answers the question; `None` if something is missing or `progress` returned false.
    fn answer(
        &self,
        question: &QuestionSettings,
        source: &Source<'_>,
        progress: &mut Progress<'_>,
    ) -> Option<Arc<dyn Finding>>;

    /// Returns true if an answer can take longer than a frame even in a small project.
    fn is_slow(&self) -> bool {
        false
    }

    /// Returns true if a ledger alone answers the question, without codings or texts.
    fn is_counted_by_ledger(&self, _question: &QuestionSettings) -> bool {
        false
    }

    /// Returns false if the view has something to show before anything is coded.
    fn needs_codings(&self) -> bool {
        true
    }

    /// The editor that belongs to the view, if any.
    fn editor(&self) -> Option<ViewEditor> {
        None
    }
}
