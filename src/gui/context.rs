//! What a panel gets in a frame: the project to read, how to show it, and a list for its requests.

use std::sync::Arc;

use super::{request::Request, strings::UiLanguage};
use crate::{
    analysis::tally::Tally,
    app::{Session, action::Action, settings::Reading},
    gui::strings,
    model::{
        Project,
        ids::{CodeId, DocumentId},
        text::TextRange,
    },
    search::Index,
};

/// How the window looks and speaks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Appearance {
    /// Language of the window.
    pub(super) language: UiLanguage,
    /// How transcripts are typeset.
    pub(super) reading: Reading,
}

/// The context of a panel.
///
/// A panel reads it and adds requests to it; the workspace runs the requests when the frame is painted.
/// So all panels of a frame show the same revision, and only one place changes the project.
pub(super) struct Cx<'a> {
    /// The open project with its texts.
    pub(super) session: &'a Session,
    /// The project as it is in this frame.
    pub(super) project: &'a Arc<Project>,
    /// The project's revision, a key for what panels prepare from it.
    pub(super) revision: u64,
    /// Counts of codings by code and document.
    pub(super) tally: &'a Tally,
    /// The search index, once it is built.
    pub(super) index: Option<&'a Index>,
    /// The passage that is selected in the text on screen.
    pub(super) selection: Option<(DocumentId, TextRange)>,
    /// Language of the window.
    pub(super) language: UiLanguage,
    /// What the panels of this frame ask for, in order.
    pub(super) requests: &'a mut Vec<Request>,
}

impl Cx<'_> {
    /// Adds a request.
    pub(super) fn ask(&mut self, request: Request) {
        self.requests.push(request);
    }

    /// Adds a request for an edit of the project.
    pub(super) fn edit(&mut self, action: Action) {
        self.ask(Request::edit(action));
    }

    /// Returns the name of one code, or how many codes there are.
    pub(super) fn code_names(&self, codes: &[CodeId]) -> String {
        match codes {
            [code] => self
                .project
                .codebook
                .get(*code)
                .map(|code| code.name.get(&self.language.tag()).to_owned())
                .unwrap_or_default(),
            several => strings::n_codes(self.language, several.len()),
        }
    }
}
