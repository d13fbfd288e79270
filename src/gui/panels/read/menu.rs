//! The menu at a place in the text: what can be done with the selection, and with the chosen codings.

use std::sync::Arc;

use egui::{Button, Ui};

use super::{ReadPanel, Scene};
use crate::{
    app::{action::Action, export::quotation::quotation},
    gui::{
        command::Command,
        panels::keymap,
        request::Request,
        strings::Text,
        theme::{palette, small},
    },
    model::{
        document::{Content, Document},
        text::TextRange,
    },
};

/// Recent codes offered at once.
const MOST_RECENT: usize = 6;

impl ReadPanel {
    pub(super) fn menu_ui(
        &mut self,
        ui: &mut Ui,
        scene: &Scene<'_>,
        document: &Document,
        content: &Arc<Content>,
        index: usize,
        requests: &mut Vec<Request>,
    ) {
        self.active = index;
        ui.set_min_width(220.0);
        let selected = self.selection().map(|(_, range)| range);
        let chosen = self.chosen();
        if selected.is_some() {
            self.selection_menu(ui, scene, requests);
        }
        if !chosen.is_empty() {
            if selected.is_some() {
                ui.separator();
            }
            self.chosen_menu(ui, scene, document, content, requests);
        }
        if selected.is_none() && chosen.is_empty() {
            ui.label(small(ui, scene.language.say(Text::NO_SELECTION)));
        }
        ui.separator();
        for command in [
            Command::SelectSentence,
            Command::SelectTurn,
            Command::CorrectTurn,
            Command::MemoHere,
        ] {
            self.item(ui, scene, command, requests);
        }
        if let Some(range) = selected
            && ui
                .add(Button::new(scene.language.say(Text::COPY_QUOTATION)).shortcut_text("Ctrl C"))
                .clicked()
        {
            ui.ctx().copy_text(quotation(document, content, range));
            ui.close();
        }
    }

    /// A line that does what a command does, with its key.
    fn item(
        &mut self,
        ui: &mut Ui,
        scene: &Scene<'_>,
        command: Command,
        requests: &mut Vec<Request>,
    ) {
        let key = keymap::keys(command).into_iter().next().unwrap_or_default();
        if ui
            .add(Button::new(scene.language.command(command)).shortcut_text(key))
            .clicked()
        {
            self.command(command, ui.ctx(), scene, requests);
            ui.close();
        }
    }

    fn selection_menu(&mut self, ui: &mut Ui, scene: &Scene<'_>, requests: &mut Vec<Request>) {
        self.item(ui, scene, Command::ApplyCode, requests);
        let tag = scene.language.tag();
        let recent: Vec<_> = self
            .recent
            .iter()
            .take(MOST_RECENT)
            .filter_map(|id| scene.project.codebook.get(*id))
            .cloned()
            .collect();
        for code in recent {
            let color = palette(ui.visuals()).code(code.hue);
            let response = ui.horizontal(|ui| {
                crate::gui::widgets::buttons::chip(ui, color);
                ui.button(code.name.get(&tag)).clicked()
            });
            if response.inner {
                self.apply_or_ask(scene, code.id, requests);
                ui.close();
            }
        }
        self.item(ui, scene, Command::InVivo, requests);
        self.item(ui, scene, Command::NewCodeHere, requests);
    }

    fn chosen_menu(
        &mut self,
        ui: &mut Ui,
        scene: &Scene<'_>,
        document: &Document,
        content: &Content,
        requests: &mut Vec<Request>,
    ) {
        let chosen = self.chosen();
        ui.label(small(ui, scene.language.n_codings(chosen.len())));
        let lines = [
            Command::Recode,
            Command::CopyCoding,
            Command::SplitCoding,
            Command::JoinCodings,
            Command::RemoveCoding,
        ];
        for command in lines {
            self.item(ui, scene, command, requests);
        }
        let Some(mark) = self
            .pane()
            .and_then(|pane| pane.marks()?.get(chosen.first()?.1))
            .cloned()
        else {
            return;
        };
        if ui
            .button(scene.language.say(Text::SELECT_PASSAGE))
            .clicked()
        {
            self.open(document.id, Some(mark.range));
            ui.close();
        }
        let cursor = self.pane().and_then(|pane| pane.view.cursor());
        if let Some(selected) = self
            .selection()
            .map(|(_, range)| range)
            .or(cursor.map(|at| TextRange::between(at, at)))
            .filter(|range| !range.is_empty())
            && selected != mark.range
            && content.text.slice(selected).is_some()
            && ui
                .button(scene.language.say(Text::FIT_TO_SELECTION))
                .clicked()
        {
            requests.push(Request::act(Action::SetCodingRange(
                document.id,
                mark.coding,
                selected,
            )));
            ui.close();
        }
    }
}
