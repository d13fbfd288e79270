//! Messages, one line each, until they are dismissed.

use crate::gui::strings;
use egui::{Align2, Area, Context, Frame, Id, ScrollArea, Ui};

use crate::gui::{icons, request::Request, strings::UiLanguage, theme::palette, widgets::buttons};

pub(in crate::gui) fn ui(
    ctx: &Context,
    language: UiLanguage,
    notices: &[String],
    requests: &mut Vec<Request>,
) {
    if notices.is_empty() {
        return;
    }
    Area::new(Id::unique("notices"))
        .anchor(Align2::CENTER_BOTTOM, [0.0, -44.0])
        .show(ctx, |ui| {
            Frame::popup(ui.style()).inner_margin(12).show(ui, |ui| {
                ui.set_max_width(720.0);
                ui.horizontal_top(|ui| {
                    ui.label(
                        egui::RichText::new(icons::WARNING).color(palette(ui.visuals()).accent),
                    );
                    ScrollArea::vertical()
                        .max_height(160.0)
                        .show(ui, |ui| ui.vertical(|ui| lines_ui(ui, notices)));
                    if buttons::quiet(ui, icons::CLOSE, language.say(strings::CLOSE)).clicked() {
                        requests.push(Request::DismissNotices);
                    }
                });
            });
        });
}

fn lines_ui(ui: &mut Ui, notices: &[String]) {
    for notice in notices {
        ui.label(notice);
    }
}
