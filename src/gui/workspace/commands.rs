//! Commands that concern the open project, and what a window can be started with.

use std::{path::PathBuf, sync::Arc};

use egui::Context;

use super::{Workspace, beside::Side, context};
use crate::{
    app::settings::View,
    gui::{
        command::Command,
        context::Appearance,
        panels::{
            about::AboutQuestion,
            documents::Properties,
            exchange::{Outgoing, Sets},
            finder::Finder,
            importing::ImportPanel,
            keymap::KeyMap,
            project::{Part, ProjectSettings},
            pseudonyms::PseudonymsDialog,
            removal::RemovalQuestion,
            replacing::ReplaceQuestion,
            speakers::Speakers,
            starters::Starters,
            turns::{SpeakersAgainDialog, TurnQuestion},
        },
        request::{Removed, Request},
        strings::UiLanguage,
    },
    model::document::Document,
};

impl Workspace {
    /// Runs a command.
    pub(in crate::gui) fn command(
        &mut self,
        ctx: &Context,
        command: Command,
        appearance: Appearance,
        requests: &mut Vec<Request>,
    ) {
        let (pages, windows) = (&mut self.pages, &mut self.windows);
        match command {
            Command::GoRead => pages.go(View::Read),
            Command::GoSearch => pages.go(View::Search),
            Command::GoThemes => pages.go(View::Themes),
            Command::GoCases => pages.go(View::Cases),
            Command::GoMemos => pages.go(View::Memos),
            Command::GoHistory => pages.go(View::History),
            // What can be found in one document can be found in all, where none is on screen.
            Command::FindInDocument if !pages.shows_text() => {
                pages.go(View::Search);
                pages.search.take_keyboard();
            }
            Command::FindEverywhere => {
                pages.go(View::Search);
                pages.search.take_keyboard();
            }
            // The fields are above the text, which comes to the front with them.
            Command::FindAndReplace if !pages.shows_text() && pages.read.document().is_some() => {
                pages.go(View::Read);
                pages.codebook.close_page();
                requests.push(Request::Command(command));
            }
            Command::Finder => self.open_finder(appearance.language),
            Command::KeyMap => {
                windows.keymap = match windows.keymap {
                    Some(_) => None,
                    None => Some(KeyMap::default()),
                }
            }
            Command::Speakers => windows.speakers = Some(Speakers::default()),
            Command::Pseudonyms => windows.pseudonyms = Some(PseudonymsDialog::new(&self.session)),
            Command::Export => windows.outgoing = Some(Outgoing::new(appearance.language)),
            Command::StarterCodebooks => windows.starters = Some(Starters::open()),
            Command::ProjectSettings => windows.project = Some(ProjectSettings::default()),
            Command::Sets => windows.sets = Some(Sets::default()),
            Command::Attachments => windows.attachments = true,
            Command::ShowLists => pages.beside.toggle(Side::Lists),
            Command::ShowInspector => pages.beside.toggle(Side::Inspector),
            Command::Back | Command::Forward => {
                pages.travel(command == Command::Forward, self.session.project());
            }
            Command::NextDocument | Command::PreviousDocument => {
                pages.open_neighbour(command == Command::NextDocument, requests);
            }
            Command::FocusNext | Command::FocusPrevious => {
                pages.focus_next_part(command == Command::FocusNext);
            }
            other => {
                let selection = pages.selection();
                let cx = &mut context(
                    &self.session,
                    &self.counts,
                    &self.index,
                    selection,
                    appearance,
                    requests,
                );
                if !pages.suggestions.command(cx, other) {
                    pages.read.command(ctx, cx, other);
                }
            }
        }
    }

    fn open_finder(&mut self, language: UiLanguage) {
        let finder = Finder::open(self.session.project(), language, &self.windows.recent);
        self.windows.finder = Some(finder);
    }

    /// Shows what the window is started with, as [`Start::show`](crate::gui::Start::show) names it.
    pub(in crate::gui) fn show(&mut self, what: &str, language: UiLanguage) {
        let project = self.session.project();
        match what.split_once(':') {
            Some(("import", path)) => self.start_import(vec![PathBuf::from(path)]),
            Some(("study", path)) => self.study_to_read = Some(PathBuf::from(path)),
            Some(("placed-import", path)) => {
                self.import = Some(ImportPanel::placed(vec![PathBuf::from(path)]));
            }
            Some(("remove", code)) => {
                let code = project.codebook.find(code).ok();
                let ask = |code| RemovalQuestion::new(Removed::Codes(vec![code]));
                self.windows.removal = code.map(ask);
            }
            Some(("document", title)) => {
                let document = project.document_by_title(title);
                let open = |document: &Arc<Document>| Properties::new(vec![document.id]);
                self.windows.properties = document.map(open);
            }
            Some(("find", words)) => self.pages.read.start_find(words),
            Some((how @ ("replace" | "replace-all"), words)) => {
                let (from, to) = words.split_once('>').unwrap_or((words, ""));
                let what = self.pages.read.start_replacing(from, to);
                let asks = how == "replace-all";
                self.windows.replacing = asks.then(|| ReplaceQuestion::new(what));
            }
            Some(("suggestions", title)) => {
                if let Some(document) = project.document_by_title(title) {
                    self.pages.read.open(document.id, None);
                }
                self.pages.suggestions.switch();
            }
            _ => match what {
                "finder" => self.open_finder(language),
                "keys" => self.windows.keymap = Some(KeyMap::default()),
                "speakers" => self.windows.speakers = Some(Speakers::default()),
                "export" => self.windows.outgoing = Some(Outgoing::new(language)),
                "project" => self.windows.project = Some(ProjectSettings::default()),
                "phases" => self.windows.project = Some(ProjectSettings::at(Part::Phases)),
                "coders" => self.windows.project = Some(ProjectSettings::at(Part::Coders)),
                "attributes" => {
                    self.windows.project = Some(ProjectSettings::at(Part::Attributes));
                }
                "about" => {
                    self.windows.about = Some(AboutQuestion::of_unattributed(&self.session));
                }
                "who-speaks" => self.show_who_speaks(),
                "speakers-again" => {
                    let documents = self.pages.read.document().into_iter().collect();
                    self.windows.speakers_again = Some(SpeakersAgainDialog::new(documents));
                }
                "taking-part" => self.pages.cases.show_taking_part(),
                "starters" => self.windows.starters = Some(Starters::open()),
                "pseudonyms" => {
                    self.windows.pseudonyms = Some(PseudonymsDialog::new(&self.session));
                }
                "sets" => self.windows.sets = Some(Sets::default()),
                "attachments" => self.windows.attachments = true,
                "suggestions" => self.pages.suggestions.switch(),
                "palette" | "coding" | "correct" => {
                    self.pages.read.show_first_coding(&self.session, what);
                }
                "beside" => self.pages.read.side_by_side(),
                _ => match self.pages.view {
                    View::Themes => self.pages.themes.start(what),
                    View::Search => self.pages.search.start(project, what),
                    View::Read | View::Cases | View::Memos | View::History => {
                        self.pages.codebook.start(project, what);
                    }
                },
            },
        }
    }

    /// Asks who speaks in the third turn of the open document.
    fn show_who_speaks(&mut self) {
        const TURN: usize = 2;
        let document = self.pages.read.document();
        let document = document.and_then(|id| self.session.project().documents.get(&id));
        let Some(document) = document else { return };
        let Ok(content) = self.session.content(document) else {
            return;
        };
        let turn = content.turns.get(TURN);
        self.windows.who_speaks =
            turn.and_then(|turn| TurnQuestion::of_turn(document, &content, turn.body));
    }
}
