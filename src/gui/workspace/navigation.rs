//! Navigation: opens pages, documents and codes, and goes back and forward in the history.

use super::pages::Pages;
use crate::{
    app::settings::View,
    gui::{history::Location, request::Request},
    model::{
        Project,
        ids::{CodeId, DocumentId},
        text::TextRange,
    },
};

/// The parts of the reading page that F6 goes through: text, documents, codes.
const PARTS: usize = 3;

impl Pages {
    /// Shows another page, which the history remembers.
    pub(super) fn go(&mut self, view: View) {
        if self.view != view {
            self.history.leave(self.location());
            self.view = view;
        }
    }

    /// Opens a document, at a passage.
    pub(super) fn open_document(&mut self, document: DocumentId, range: Option<TextRange>) {
        let here = self.location();
        // Opening what is already on screen would fill the history with locations that look the same.
        if here.view != View::Read
            || here.code.is_some()
            || here.document != Some(document)
            || range.is_some()
        {
            self.history.leave(here);
        }
        self.view = View::Read;
        self.codebook.close_page();
        self.read.open(document, range);
    }

    /// Opens the page of a code.
    pub(super) fn open_code(&mut self, code: CodeId) {
        if self.view != View::Read || self.codebook.page() != Some(code) {
            self.history.leave(self.location());
        }
        self.view = View::Read;
        self.codebook.open_page(code);
    }

    /// Goes back or forward in the history.
    pub(super) fn travel(&mut self, forward: bool, project: &Project) {
        let here = self.location();
        let location = if forward {
            self.history.forward(here)
        } else {
            self.history.back(here)
        };
        let Some(Location {
            view,
            code,
            document,
            position,
        }) = location
        else {
            return;
        };
        self.view = view;
        self.codebook.close_page();
        // What was visited may have been removed since.
        if let Some(code) = code.filter(|code| project.codebook.get(*code).is_some()) {
            self.codebook.open_page(code);
        }
        if let Some(document) = document.filter(|document| project.documents.contains_key(document))
            && (here.document, here.position) != (Some(document), position)
        {
            self.read.open_at(document, position);
        }
    }

    /// Where the work is, for the history.
    fn location(&self) -> Location {
        Location {
            view: self.view,
            code: self.codebook.page(),
            document: self.read.document(),
            position: self.read.top(),
        }
    }

    /// Asks for the document after or before the open one, in the order of the list.
    pub(super) fn open_neighbour(&self, after: bool, requests: &mut Vec<Request>) {
        let order = self.documents.order();
        let at = self
            .read
            .document()
            .and_then(|open| order.iter().position(|id| *id == open));
        let next = match at {
            Some(at) if after => order.get(at + 1),
            Some(at) => at.checked_sub(1).and_then(|before| order.get(before)),
            None => order.first(),
        };
        requests.extend(next.map(|id| Request::OpenDocument(*id, None)));
    }

    /// Gives the keyboard to the next part of the reading page.
    pub(super) fn focus_next_part(&mut self, forward: bool) {
        // Other pages have one part, which takes the keyboard back from the bar.
        match self.view {
            View::Read => {}
            View::Search => return self.search.take_keyboard(),
            _ => return,
        }
        let step = if forward { 1 } else { PARTS - 1 };
        self.part = (self.part + step) % PARTS;
        match self.part {
            0 => self.read.take_keyboard(),
            1 => self.documents.take_keyboard(),
            _ => self.codebook.take_keyboard(),
        }
    }
}
