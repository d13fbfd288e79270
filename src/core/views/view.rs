//! What a view is, and what it answers from.

use std::{fmt::Debug, sync::Arc};

use super::control::{Control, ControlContext};
use super::finding::Finding;
use super::settings::{QuestionSettings, ViewSettings};
use crate::{
    analysis::{frequency::Loader, ledger::Ledger},
    message::text::Text,
    model::Project,
};

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
    fn is_slow(&self, _question: &QuestionSettings) -> bool {
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
