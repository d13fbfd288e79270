//! Requests of the panels that concern the open project.

use super::Workspace;
use crate::{
    app::{
        AppError, action::Action, export::memos::passage_of, import::SheetError, sample,
        settings::View,
    },
    gui::{
        panels::{
            about::AboutQuestion,
            documents::Properties,
            project::ProjectSettings,
            removal::RemovalQuestion,
            replacing::ReplaceQuestion,
            turns::{SpeakersAgainDialog, TurnQuestion},
        },
        request::Request,
    },
    model::{
        coding::Origin,
        ids::{CodeId, DocumentId, QueryId},
        memo::Anchor,
        text::TextRange,
    },
};

impl Workspace {
    /// Runs a request.
    ///
    /// # Errors
    /// If the session refuses an edit or can't store it.
    #[expect(clippy::too_many_lines, reason = "one arm for each request")]
    pub(in crate::gui) fn run(&mut self, request: Request) -> Result<(), AppError> {
        let project = self.session.project();
        match request {
            Request::Edit(action) => return self.edit(*action),
            Request::Go(view) => self.pages.go(view),
            Request::OpenDocument(document, range) => self.pages.open_document(document, range),
            Request::OpenCode(code) => self.pages.open_code(code),
            Request::UseCode(code) => return self.use_code(code),
            Request::OpenCase(case) => {
                self.pages.go(View::Cases);
                self.pages.cases.choose(case);
            }
            Request::OpenMemo(memo) => {
                self.pages.go(View::Memos);
                self.pages.memos.choose(memo);
            }
            Request::EditMemo(memo) => {
                self.pages.go(View::Memos);
                self.pages.memos.edit(project, memo);
            }
            Request::ShowProperties(documents) => {
                self.windows.properties = Some(Properties::new(documents));
            }
            Request::ShowAttribute(attribute) => {
                self.windows.project = Some(ProjectSettings::of_attribute(attribute));
            }
            Request::AskAbout(passages) => {
                self.windows.about = Some(AboutQuestion::new(passages));
            }
            Request::AskWhoSpeaks {
                document,
                at,
                begins,
                selected,
            } => self.ask_who_speaks(document, at, begins, selected)?,
            Request::ReadSpeakersAgain(documents) => {
                self.windows.speakers_again = Some(SpeakersAgainDialog::new(documents));
            }
            Request::AskToReplace(what) => {
                self.windows.replacing = Some(ReplaceQuestion::new(*what));
            }
            Request::AskToRemove(removed) => {
                self.windows.removal = Some(RemovalQuestion::new(removed));
            }
            Request::ShowDrafts => self.show_drafts(),
            Request::WriteMemo(anchor) => self.write_memo(anchor),
            Request::OpenAnchor(anchor) => self.open_anchor(anchor),
            Request::SearchFor(words) => {
                self.pages.go(View::Search);
                self.pages.search.ask_literal(words);
            }
            Request::OpenQuery(query) => self.open_query(query),
            Request::ImportStarterCodebook(name) => return self.import_starter_codebook(name),
            Request::ActAs(name) => {
                self.session.act_as(&name)?;
                // Undo is for each coder, so the next action to undo is another one now.
                self.counts.revision = None;
            }
            // The window runs these itself.
            Request::Open(_)
            | Request::OpenAsOf(_)
            | Request::OpenNow
            | Request::SetKeys(_)
            | Request::OpenSample
            | Request::Create { .. }
            | Request::SwitchLanguage
            | Request::SwitchTheme
            | Request::OpenDialog(_)
            | Request::Browse(_)
            | Request::PathsChosen(..)
            | Request::LookInto(_)
            | Request::SetLockMinutes(_)
            | Request::Safety(_)
            | Request::CloseNotice(_)
            | Request::CancelJob(_)
            | Request::Copy(_)
            | Request::Command(_)
            | Request::SetReading(_)
            | Request::SetUsualCoder(_)
            | Request::SetProjectsFolder(_)
            | Request::RememberProjects(_)
            | Request::ImportSheet { .. }
            | Request::ConfirmImport
            | Request::CancelImport
            | Request::ConfirmStudy
            | Request::Export(_) => {}
        }
        Ok(())
    }

    fn ask_who_speaks(
        &mut self,
        id: DocumentId,
        at: u32,
        begins: bool,
        selected: Option<TextRange>,
    ) -> Result<(), AppError> {
        let Some(document) = self.session.project().documents.get(&id) else {
            return Ok(());
        };
        let content = self.session.content(document)?;
        self.windows.who_speaks = if begins {
            let question = TurnQuestion::of_beginning(document, &content, at, selected);
            Some(question)
        } else {
            TurnQuestion::of_turn(document, &content, at)
        };
        Ok(())
    }

    /// Edits the project.
    ///
    /// # Errors
    /// If the session refuses the edit or can't store it.
    pub(in crate::gui) fn edit(&mut self, action: Action) -> Result<(), AppError> {
        self.session.run(action).map(|_done| ())
    }

    /// Applies a code to the selection; without one, opens the code's page.
    fn use_code(&mut self, code: CodeId) -> Result<(), AppError> {
        let Some(passage) = self.pages.read.selection() else {
            self.pages.open_code(code);
            return Ok(());
        };
        self.edit(Action::ApplyCodes {
            passages: vec![passage],
            codes: vec![code],
            about: Default::default(),
            origin: Origin::Hand,
        })
    }

    /// Shows what a memo or a link is about.
    fn open_anchor(&mut self, anchor: Anchor) {
        let passage = passage_of(self.session.project(), anchor);
        match anchor {
            Anchor::Document(document)
            | Anchor::Segment(document, _)
            | Anchor::Coding(document, _) => self
                .pages
                .open_document(document, passage.map(|(_, range)| range)),
            Anchor::Code(code) => self.pages.open_code(code),
            Anchor::Case(case) => {
                self.pages.go(View::Cases);
                self.pages.cases.choose(case);
            }
            Anchor::Memo(memo) => {
                self.pages.go(View::Memos);
                self.pages.memos.choose(memo);
            }
            Anchor::Cell(..) => self.pages.go(View::Themes),
            Anchor::Project => {}
        }
    }

    /// Runs a saved query.
    fn open_query(&mut self, query: QueryId) {
        self.pages.go(View::Search);
        if let Some(query) = self.session.project().queries.get(&query) {
            self.pages.search.ask_kept(query);
        }
    }

    /// Imports the starter codebook of a file name.
    fn import_starter_codebook(&mut self, name: &str) -> Result<(), AppError> {
        let starter = sample::codebooks()
            .into_iter()
            .find(|(own, _)| *own == name);
        let Some((name, bytes)) = starter else {
            return Ok(());
        };
        match self.session.import_codebook(name, bytes.to_vec()) {
            // The starters are part of the program, and tests read them all.
            Ok(_) | Err(SheetError::Import(_) | SheetError::WrongKind { .. }) => Ok(()),
            Err(SheetError::App(error)) => Err(error),
        }
    }
}
