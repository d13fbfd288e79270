//! Coding the selection by the palette.

use std::collections::BTreeSet;

use egui::Ui;

use super::{MOST_RECENT, ReadPanel, copy};
use crate::{
    analysis::candidates::likely,
    app::action::Action,
    gui::{
        context::Cx,
        panels::palette::{Choice, CodePalette, PaletteChoice, PalettePurpose},
        request::Request,
        widgets::transcript::TranscriptView,
    },
    model::{
        coding::Origin,
        ids::{CaseId, CodeId},
        text::TextRange,
    },
};

impl ReadPanel {
    pub(super) fn palette_ui(&mut self, ui: &Ui, cx: &mut Cx<'_>) {
        let Some(pane) = self.panes.get(self.active) else {
            return;
        };
        let Some(mut open) = self.palette.take() else {
            return;
        };
        let Some(at) = pane.palette_place(ui) else {
            return;
        };
        if open.purpose == PalettePurpose::Apply && pane.view.selected().is_none() {
            return;
        }
        self.copy_below_palette(ui, cx, &open);
        self.find_likely(cx);
        let choice = Choice {
            project: cx.project,
            people: self.likely.value().map_or(&[], Vec::as_slice),
            list: &self.list,
            recent: &self.recent,
            favourites: &self.favourites,
            language: cx.language,
        };
        match open.ui(ui.ctx(), &choice, at) {
            None => self.palette = Some(open),
            Some(PaletteChoice::Starred(code)) => {
                if !self.favourites.remove(&code) {
                    self.favourites.insert(code);
                }
                self.palette = Some(open);
            }
            Some(picked) => {
                self.picked(cx, open.purpose, picked, open.about);
                ui.memory_mut(|memory| memory.request_focus(TranscriptView::id(self.active)));
            }
        }
    }

    /// Finds out whom the selection may be about, where there is anybody.
    fn find_likely(&mut self, cx: &Cx<'_>) {
        let Some((id, range)) = self.selection() else {
            return;
        };
        let (project, session) = (cx.project, cx.session);
        self.likely.refresh((cx.revision, id, range), |_| {
            let document = project.documents.get(&id);
            let content = document.and_then(|document| session.content(document).ok());
            document
                .zip(content)
                .map(|(document, content)| likely(project, document, &content, range))
                .unwrap_or_default()
        });
    }

    /// Copying means the passage while nothing is typed in the palette.
    fn copy_below_palette(&self, ui: &Ui, cx: &mut Cx<'_>, open: &CodePalette) {
        let copies = ui.input(|input| input.events.contains(&egui::Event::Copy));
        let Some((id, range)) = self.selection().filter(|_| copies && open.is_blank()) else {
            return;
        };
        copy(cx, id, range);
    }

    /// Does what was chosen in the palette.
    fn picked(
        &mut self,
        cx: &mut Cx<'_>,
        purpose: PalettePurpose,
        picked: PaletteChoice,
        about: BTreeSet<CaseId>,
    ) {
        let chosen = self.chosen();
        match (purpose, picked) {
            (PalettePurpose::Apply, PaletteChoice::Codes(codes, stays)) => {
                self.apply(cx, codes, stays, about);
            }
            (PalettePurpose::Recode, PaletteChoice::Codes(codes, _)) => {
                cx.requests.extend(
                    codes
                        .first()
                        .map(|code| Request::edit(Action::RecodeCodings(chosen, *code))),
                );
            }
            (PalettePurpose::Copy, PaletteChoice::Codes(codes, _)) => {
                cx.requests.extend(
                    codes
                        .first()
                        .map(|code| Request::edit(Action::CopyCodings(chosen, *code))),
                );
            }
            (_, PaletteChoice::Faceted(code, facets, stays)) => {
                let Some((document, range)) = self.selection() else {
                    return;
                };
                self.used(code);
                cx.edit(Action::ApplyCode {
                    document,
                    range,
                    code,
                    facets,
                    about: about.clone(),
                });
                self.leave(range, stays, about);
            }
            (
                _,
                PaletteChoice::New {
                    parent,
                    name,
                    definition,
                },
            ) => {
                let Some((document, range)) = self.selection() else {
                    return;
                };
                self.awaited = Some((parent, name.clone()));
                cx.edit(Action::ApplyNewCode {
                    document,
                    range,
                    parent,
                    about: about.clone(),
                    name,
                    definition,
                });
                self.leave(range, false, about);
            }
            (_, PaletteChoice::Starred(_) | PaletteChoice::Closed) => {}
        }
    }

    /// Tags the selection with codes.
    pub(super) fn apply(
        &mut self,
        cx: &mut Cx<'_>,
        codes: Vec<CodeId>,
        stays: bool,
        about: BTreeSet<CaseId>,
    ) {
        let Some((document, range)) = self.selection() else {
            return;
        };
        codes.iter().for_each(|code| self.used(*code));
        cx.edit(Action::ApplyCodes {
            passages: vec![(document, range)],
            codes,
            about: about.clone(),
            origin: Origin::Hand,
        });
        self.leave(range, stays, about);
    }

    /// After coding the selection goes, unless it is to stay: then the palette opens again, on the same people.
    pub(super) fn leave(&mut self, range: TextRange, stays: bool, about: BTreeSet<CaseId>) {
        if stays {
            let mut palette = CodePalette::open(PalettePurpose::Apply);
            palette.about = about;
            self.palette = Some(palette);
        } else if let Some(pane) = self.panes.get_mut(self.active) {
            pane.view
                .select(TextRange::between(range.end(), range.end()));
        }
    }

    pub(super) fn used(&mut self, code: CodeId) {
        self.recent.retain(|other| *other != code);
        self.recent.insert(0, code);
        self.recent.truncate(MOST_RECENT);
    }
}
