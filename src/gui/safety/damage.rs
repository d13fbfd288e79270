//! The bar over every page of a damaged project: nothing is shown without saying that something is missing.

use egui::{Frame, Margin, Panel, RichText, Ui};

use crate::gui::{
    command::Command,
    context::Cx,
    icons,
    request::{Request, SafetyRequest},
    strings,
    theme::palette,
};

/// Says what is damaged, and what can be done.
pub(in crate::gui) fn bar(ui: &mut Ui, cx: &mut Cx<'_>) {
    let damage = cx.session.damage();
    let Some(first) = damage.first() else {
        return;
    };
    let colors = palette(ui.visuals());
    let frame = Frame::new()
        .fill(colors.accent_soft)
        .inner_margin(Margin::symmetric(16, 6));
    Panel::top("damage").frame(frame).show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(icons::WARNING).color(colors.bad));
            let more = damage.len() - 1;
            let said = strings::damaged(cx.language, &first.say(cx.language), more);
            let all: Vec<String> = damage.iter().map(|line| line.say(cx.language)).collect();
            ui.label(said).on_hover_text(all.join("\n"));
            if ui.button(cx.language.say(strings::REPAIR)).clicked() {
                cx.ask(Request::Safety(SafetyRequest::Repair));
            }
            if ui.button(cx.language.say(strings::BACKUPS)).clicked() {
                cx.ask(Request::Command(Command::Backups));
            }
        });
    });
}
