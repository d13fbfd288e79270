//! The pages of a project, and how the parts of a page are laid out.

use egui::{CentralPanel, Frame, Margin, Role, Ui};

use super::beside::{Beside, Lists};

use crate::{
    app::settings::View,
    gui::{
        context::Cx,
        history::History,
        panels::{
            cases::CasesPanel,
            codebook::CodebookPanel,
            documents::DocumentsPanel,
            inspector::{self, Suggestions},
            memos::MemosPanel,
            past::PastPanel,
            read::ReadPanel,
            search::SearchPanel,
            themes::ThemesPanel,
            top::page_name,
        },
        strings,
        theme::palette,
        widgets::{aside::Aside, outline::landmark},
    },
    model::{Project, ids::DocumentId, text::TextRange},
};

/// The pages, each with what it remembers, and which of them is shown.
#[derive(Default)]
pub(in crate::gui) struct Pages {
    pub(in crate::gui) view: View,
    pub(super) read: ReadPanel,
    pub(super) documents: DocumentsPanel,
    pub(super) codebook: CodebookPanel,
    pub(super) suggestions: Suggestions,
    pub(in crate::gui) search: SearchPanel,
    pub(in crate::gui) themes: ThemesPanel,
    pub(super) cases: CasesPanel,
    pub(super) memos: MemosPanel,
    pub(super) past: PastPanel,
    pub(super) history: History,
    /// The panels beside the text.
    pub(in crate::gui) beside: Beside,
    /// The part of the reading page that F6 last gave the keyboard to.
    pub(super) part: usize,
}

impl Pages {
    /// The passage that is selected on screen.
    pub(super) fn selection(&self) -> Option<(DocumentId, TextRange)> {
        // What is selected in a text that the page of a code hides isn't acted on.
        self.read
            .selection()
            .filter(|_| !self.codebook.shows_page())
    }

    /// Returns true if a document is on screen.
    pub(super) fn shows_text(&self) -> bool {
        self.view == View::Read && !self.codebook.shows_page() && self.read.document().is_some()
    }

    /// Opens the first document, where none is open.
    pub(super) fn read_first(&mut self, project: &Project) {
        if let Some(first) = project.documents_in_order().first() {
            self.read.open(first.id, None);
        }
    }

    /// Paints the page that is shown.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        landmark(ui, Role::Main, cx.language.say(page_name(self.view)));
        match self.view {
            View::Read => self.read_ui(ui, cx),
            View::Search => self.search.ui(ui, cx),
            View::Memos => self.memos.ui(ui, cx),
            View::History => self.past.ui(ui, cx),
            View::Themes => self.themes.ui(ui, cx),
            View::Cases => {
                let page = Frame::new()
                    .fill(palette(ui.visuals()).page)
                    .inner_margin(Margin::symmetric(28, 20));
                CentralPanel::default()
                    .frame(page)
                    .show(ui, |ui| self.cases.ui(ui, cx));
            }
        }
    }

    /// Documents and codebook at the left, the text or the page of a code, the inspector at the right.
    fn read_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let colors = palette(ui.visuals());
        let side = Frame::new().fill(colors.panel);
        let shown = self.beside.fit(ui.available_width());
        if shown.lists {
            self.beside.lists_ui(ui, side, |ui, part| match part {
                Lists::Documents => {
                    landmark(ui, Role::Region, cx.language.say(strings::DOCUMENTS));
                    self.documents.ui(ui, cx, self.read.document());
                }
                Lists::Codebook => {
                    landmark(ui, Role::Region, cx.language.say(strings::CODEBOOK));
                    self.codebook.ui(ui, cx);
                }
            });
        }
        if !self.codebook.page_ui(ui, cx) {
            let page = Frame::new().fill(colors.page);
            let text = CentralPanel::default().frame(page);
            if shown.inspector {
                let aside = Aside::right(
                    "inspector",
                    self.beside.panels.inspector_width,
                    220.0,
                    460.0,
                );
                text.show(&mut aside.page(ui), |ui| self.read.ui(ui, cx));
                let width = aside.show(
                    ui,
                    |panel| panel.frame(side.inner_margin(Margin::same(16))),
                    |ui| {
                        landmark(ui, Role::Complementary, cx.language.say(strings::INSPECTOR));
                        inspector::ui(ui, cx, &mut self.read, &mut self.suggestions);
                    },
                );
                self.beside.panels.inspector_width = width;
            } else {
                text.show(ui, |ui| self.read.ui(ui, cx));
            }
        }
        self.codebook.windows_ui(ui.ctx(), cx);
    }
}
