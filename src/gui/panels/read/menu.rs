//! The menu at a place in the text: what can be done with the selection, and with the chosen codings.

use std::sync::Arc;

use egui::{Button, Ui};

use super::ReadPanel;
use crate::{
    app::{action::Action, export::quotation::Quotation},
    gui::{
        command::Command,
        context::Cx,
        key_names::keys,
        own_keys::OwnKeys,
        request::Request,
        strings,
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
        cx: &mut Cx<'_>,
        document: &Document,
        content: &Arc<Content>,
        index: usize,
    ) {
        self.active = index;
        ui.set_min_width(220.0);
        let selected = self.selection().map(|(_, range)| range);
        let chosen = self.chosen();
        if selected.is_some() {
            self.selection_menu(ui, cx);
        }
        if !chosen.is_empty() {
            if selected.is_some() {
                ui.separator();
            }
            self.chosen_menu(ui, cx, document, content);
        }
        if selected.is_none() && chosen.is_empty() {
            ui.label(small(ui, cx.language.say(strings::NO_SELECTION)));
        }
        ui.separator();
        for command in [
            Command::SelectSentence,
            Command::SelectTurn,
            Command::CorrectTurn,
            Command::TurnSpeaker,
            Command::BeginTurn,
            Command::JoinTurn,
            Command::MemoHere,
        ] {
            self.item(ui, cx, command);
        }
        if let Some(range) = selected
            && ui
                .add(
                    Button::new(cx.language.say(strings::COPY_QUOTATION))
                        .shortcut_text(keys("Ctrl C")),
                )
                .clicked()
        {
            cx.ask(Request::Copy(Quotation::of(
                document,
                content,
                range,
                cx.language,
            )));
            ui.close();
        }
    }

    /// A line that does what a command does, with its key.
    fn item(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, command: Command) {
        let key = OwnKeys::of(ui.ctx())
            .names(command)
            .into_iter()
            .next()
            .unwrap_or_default();
        if ui
            .add(Button::new(strings::command(cx.language, command)).shortcut_text(key))
            .clicked()
        {
            self.command(ui.ctx(), cx, command);
            ui.close();
        }
    }

    fn selection_menu(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        self.item(ui, cx, Command::ApplyCode);
        let tag = cx.language.tag();
        let recent: Vec<_> = self
            .recent
            .iter()
            .take(MOST_RECENT)
            .filter_map(|id| cx.project.codebook.get(*id))
            .cloned()
            .collect();
        for code in recent {
            let color = palette(ui.visuals()).code(code.hue);
            let response = ui.horizontal(|ui| {
                crate::gui::widgets::buttons::chip(ui, color);
                ui.button(code.name.get(&tag)).clicked()
            });
            if response.inner {
                self.apply_or_ask(cx, code.id);
                ui.close();
            }
        }
        self.item(ui, cx, Command::InVivo);
        self.item(ui, cx, Command::NewCodeHere);
    }

    fn chosen_menu(
        &mut self,
        ui: &mut Ui,
        cx: &mut Cx<'_>,
        document: &Document,
        content: &Content,
    ) {
        let chosen = self.chosen();
        ui.label(small(ui, strings::n_codings(cx.language, chosen.len())));
        let lines = [
            Command::Recode,
            Command::CopyCoding,
            Command::SplitCoding,
            Command::JoinCodings,
            Command::RemoveCoding,
        ];
        for command in lines {
            self.item(ui, cx, command);
        }
        let Some(mark) = self
            .pane()
            .and_then(|pane| pane.marks()?.get(chosen.first()?.1))
            .cloned()
        else {
            return;
        };
        if ui
            .button(cx.language.say(strings::SELECT_PASSAGE))
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
                .button(cx.language.say(strings::FIT_TO_SELECTION))
                .clicked()
        {
            cx.edit(Action::SetCodingRange(document.id, mark.coding, selected));
            ui.close();
        }
    }
}
