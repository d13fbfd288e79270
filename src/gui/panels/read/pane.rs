//! One of the documents on the desk: its text, what is chosen in it, and its portrait.

use std::{collections::BTreeSet, sync::Arc};

use egui::{Frame, Panel, Rect, Response, Ui};

use super::{
    ReadPanel,
    find::Find,
    view::{DocumentView, ViewKey},
};
use crate::{
    gui::{
        context::Cx,
        strings,
        theme::palette,
        widgets::{
            aside::Aside,
            transcript::{
                Gesture, ShownDocument, TranscriptView,
                marks::Marks,
                portrait::{self, Portrait},
            },
        },
    },
    model::{
        document::{Content, Document},
        ids::{CodingId, DocumentId},
        text::TextRange,
    },
};

/// A document on the desk.
#[derive(Debug, Default)]
pub(in crate::gui) struct Pane {
    pub(in crate::gui) document: Option<DocumentId>,
    pub(in crate::gui) chosen: BTreeSet<CodingId>,
    pub(super) view: TranscriptView,
    pub(super) shown: Option<DocumentView>,
    portrait: Portrait,
    versions: u64,
}

impl Pane {
    /// Opens a document at a passage.
    pub(super) fn open(&mut self, document: DocumentId, range: Option<TextRange>) {
        if self.document != Some(document) {
            *self = Self {
                document: Some(document),
                versions: self.versions,
                ..Self::default()
            };
        }
        if let Some(range) = range {
            self.view.select(range);
            self.view.go_to(range.start());
        }
    }

    /// Selects a hit and brings all of it on screen, its start above all.
    pub(super) fn show_hit(&mut self, hit: TextRange) {
        self.view.select(hit);
        self.view.reveal(hit.end());
        self.view.reveal(hit.start());
    }

    /// Chooses a coding, alone or beside those chosen already.
    pub(super) fn choose(&mut self, coding: CodingId, add: bool) {
        if !add {
            self.chosen.clear();
            self.chosen.insert(coding);
        } else if !self.chosen.remove(&coding) {
            self.chosen.insert(coding);
        }
    }

    /// The codings as they are drawn.
    pub(in crate::gui) fn marks(&self) -> Option<&Marks> {
        self.shown.as_ref().map(|shown| &shown.marks)
    }

    /// Where the palette opens: at the selection, else in the middle of the window.
    pub(super) fn palette_place(&self, ui: &Ui) -> Option<Rect> {
        let middle = Rect::from_center_size(ui.max_rect().center(), egui::Vec2::ZERO);
        Some(self.view.selection_rect().unwrap_or(middle))
    }
}

impl ReadPanel {
    /// Makes the view of a pane's document anew, where something it depends on has changed.
    pub(super) fn refresh(&mut self, ui: &Ui, cx: &Cx<'_>, document: &Document, index: usize) {
        let key = ViewKey {
            document: document.id,
            revision: cx.session.revision(),
            language: cx.language,
            dark: ui.visuals().dark_mode,
            filter: self.filter.clone(),
        };
        let Some(pane) = self.panes.get_mut(index) else {
            return;
        };
        if pane.shown.as_ref().is_some_and(|shown| shown.key == key) {
            return;
        }
        pane.versions += 1;
        let smart = self
            .filter
            .smart
            .iter()
            .filter_map(|id| cx.project.queries.get(id));
        let smart = smart
            .flat_map(|query| cx.session.codings_of_smart(query, document))
            .collect();
        let view = DocumentView::new(
            cx.project,
            document,
            &smart,
            key,
            pane.versions,
            palette(ui.visuals()),
        );
        pane.chosen
            .retain(|coding| view.marks.get(*coding).is_some());
        pane.shown = Some(view);
    }

    /// The text with its portrait.
    pub(super) fn transcript_ui(
        &mut self,
        ui: &mut Ui,
        cx: &Cx<'_>,
        document: &Document,
        content: &Arc<Content>,
        index: usize,
        out: &mut Vec<Gesture>,
    ) -> Response {
        let strip = Frame::new().fill(palette(ui.visuals()).panel);
        let aside = Aside::right(
            if index == 0 {
                "portrait"
            } else {
                "second portrait"
            },
            portrait::WIDTH,
            portrait::WIDTH,
            portrait::WIDTH,
        );
        let mut text = aside.page(ui);
        let response = self.with_text(document, content, index, |view, shown| {
            view.show(&mut text, shown, out)
        });
        if let Some(Pane {
            view,
            shown: Some(shown),
            portrait,
            ..
        }) = self.panes.get_mut(index)
        {
            let dress = |panel: Panel| {
                panel
                    .resizable(false)
                    .show_separator_line(false)
                    .frame(strip)
            };
            aside.show(ui, dress, |ui| {
                let seen = view.seen();
                let name = cx.language.say(strings::PORTRAIT);
                if let Some(position) = portrait.ui(
                    ui,
                    &shown.marks,
                    shown.version,
                    document.len_chars(),
                    seen,
                    name,
                ) {
                    view.go_to(position);
                }
            });
        }
        response.unwrap_or_else(|| ui.response())
    }

    /// Does something with a pane's text that needs all it is shown with.
    pub(super) fn with_text<R>(
        &mut self,
        document: &Document,
        content: &Arc<Content>,
        index: usize,
        act: impl FnOnce(&mut TranscriptView, &ShownDocument<'_>) -> R,
    ) -> Option<R> {
        let Pane {
            view,
            shown: Some(shown),
            chosen,
            ..
        } = self.panes.get_mut(index)?
        else {
            return None;
        };
        let shown = ShownDocument {
            document,
            content,
            marks: &shown.marks,
            chosen,
            memos: &shown.memos,
            memo_name: shown.key.language.say(strings::MEMO),
            found: self
                .find
                .as_ref()
                .filter(|_| index == self.active)
                .map_or(&[], Find::hits),
            segmenter: &self.segmenter,
            style: self.style,
            snap: self.snap,
            name: &document.title,
            language: shown.key.language,
            pane: index,
        };
        Some(act(view, &shown))
    }
}
