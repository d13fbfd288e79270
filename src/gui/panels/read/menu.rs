//! The menu at a place in the text: what can be done with the selection, and with the chosen codings.

use std::sync::Arc;

use egui::{Button, Ui};

use super::{ReadPanel, Scene};
use crate::{
    app::{action::Action, quoting::quotation},
    gui::{
        command::Command,
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
            ui.label(small(ui, scene.tongue.say(Text::NoSelection)));
        }
        ui.separator();
        for (text, command) in [(Text::SelectSentence, Command::SelectSentence), (Text::SelectTurn, Command::SelectTurn)] {
            self.item(ui, scene, text, command, requests);
        }
        if let Some(range) = selected
            && ui.add(Button::new(scene.tongue.say(Text::CopyQuotation)).shortcut_text("Ctrl C")).clicked()
        {
            ui.ctx().copy_text(quotation(document, content, range));
            ui.close();
        }
    }

    /// A line that does what a command does, with its key.
    fn item(&mut self, ui: &mut Ui, scene: &Scene<'_>, text: Text, command: Command, requests: &mut Vec<Request>) {
        let key = command.shortcuts().first().map(|shortcut| ui.ctx().format_shortcut(shortcut)).unwrap_or_default();
        if ui.add(Button::new(scene.tongue.say(text)).shortcut_text(key)).clicked() {
            self.command(command, ui, scene, requests);
            ui.close();
        }
    }

    fn selection_menu(&mut self, ui: &mut Ui, scene: &Scene<'_>, requests: &mut Vec<Request>) {
        self.item(ui, scene, Text::ApplyACode, Command::ApplyCode, requests);
        let language = scene.tongue.language();
        let recent: Vec<_> = self.recent.iter().take(MOST_RECENT).filter_map(|id| scene.project.codebook.get(*id)).cloned().collect();
        for code in recent {
            let color = palette(ui.visuals()).code(code.hue);
            let response = ui.horizontal(|ui| {
                crate::gui::widgets::buttons::chip(ui, color);
                ui.button(code.name.get(&language)).clicked()
            });
            if response.inner {
                self.apply_or_ask(scene, code.id, requests);
                ui.close();
            }
        }
        self.item(ui, scene, Text::InVivo, Command::InVivo, requests);
        self.item(ui, scene, Text::NewCodeHere, Command::NewCodeHere, requests);
    }

    fn chosen_menu(&mut self, ui: &mut Ui, scene: &Scene<'_>, document: &Document, content: &Content, requests: &mut Vec<Request>) {
        let chosen = self.chosen();
        ui.label(small(ui, scene.tongue.n_codings(chosen.len())));
        let lines = [
            (Text::MoveToCode, Command::Recode),
            (Text::CopyCoding, Command::CopyCoding),
            (Text::SplitCoding, Command::SplitCoding),
            (Text::JoinCodings, Command::JoinCodings),
            (Text::RemoveCoding, Command::RemoveCoding),
        ];
        for (text, command) in lines {
            self.item(ui, scene, text, command, requests);
        }
        let Some(mark) = self.pane().and_then(|pane| pane.marks()?.get(chosen.first()?.1)).cloned() else { return };
        if ui.button(scene.tongue.say(Text::SelectPassage)).clicked() {
            self.open(document.id, Some(mark.range));
            ui.close();
        }
        let cursor = self.pane().and_then(|pane| pane.view.cursor());
        if let Some(selected) =
            self.selection().map(|(_, range)| range).or(cursor.map(|at| TextRange::between(at, at))).filter(|range| !range.is_empty())
            && selected != mark.range
            && content.text.slice(selected).is_some()
            && ui.button(scene.tongue.say(Text::FitToSelection)).clicked()
        {
            requests.push(Request::act(Action::SetCodingRange(document.id, mark.coding, selected)));
            ui.close();
        }
    }
}
