//! The question what the rows of a sheet are, where its columns don't tell.

use egui::{Align2, Context, Id, Window};

use crate::{
    app::import::sheet_kind::SheetKind,
    gui::{context::Cx, request::Request, strings, theme::small, widgets::dialog},
};

/// The open question, with the file that was read.
#[derive(Debug)]
pub(in crate::gui) struct SheetQuestion {
    name: String,
    bytes: Vec<u8>,
}

impl SheetQuestion {
    pub(in crate::gui) fn new(name: String, bytes: Vec<u8>) -> Self {
        Self { name, bytes }
    }

    /// Shows the question; returns true if it stays open.
    pub(in crate::gui) fn ui(&mut self, ctx: &Context, cx: &mut Cx<'_>) -> bool {
        let title = &self.name;
        let window = Window::new(title)
            .id(Id::unique("what a sheet is about"))
            .resizable(false)
            .anchor(Align2::CENTER_CENTER, [0.0, -60.0]);
        let mut chosen = None;
        let stays = dialog::show(ctx, title, window, |ui| {
            ui.set_width(360.0);
            ui.label(cx.language.say(strings::WHAT_ARE_ROWS));
            ui.label(small(ui, cx.language.say(strings::ROWS_NOTE)));
            ui.add_space(8.0);
            for (kind, text) in [
                (SheetKind::Cases, strings::ROWS_CASES),
                (SheetKind::Documents, strings::ROWS_DOCUMENTS),
                (SheetKind::Codings, strings::ROWS_CODINGS),
                (SheetKind::Codes, strings::ROWS_CODES),
            ] {
                if ui.button(cx.language.say(text)).clicked() {
                    chosen = Some(kind);
                }
            }
            ui.add_space(8.0);
            if ui.button(cx.language.say(strings::CANCEL)).clicked() {
                ui.close();
            }
        });
        if let Some(kind) = chosen {
            let (name, bytes) = (self.name.clone(), std::mem::take(&mut self.bytes));
            cx.ask(Request::ImportSheet { kind, name, bytes });
        }
        stays && chosen.is_none() && !dialog::escaped(ctx)
    }
}
