//! Notices at the foot of the window, the latest at the bottom.

use std::time::Duration;

use egui::{Align2, Area, Context, Frame, Id, Order, RichText, ScrollArea, Ui, accesskit::Live};

use crate::gui::{
    icons,
    notice::{Notice, Notices, Offer},
    request::Request,
    strings::{self, UiLanguage},
    theme::palette,
    widgets::buttons,
};

/// Shows the notices; `revision` is the open project's.
pub(in crate::gui) fn ui(
    ctx: &Context,
    language: UiLanguage,
    notices: &mut Notices,
    revision: Option<u64>,
    requests: &mut Vec<Request>,
) {
    if notices.all().is_empty() {
        return;
    }
    let shown = Area::new(Id::unique("notices"))
        .anchor(Align2::CENTER_BOTTOM, [0.0, -44.0])
        .order(Order::Foreground)
        .show(ctx, |ui| {
            Frame::popup(ui.style()).inner_margin(12).show(ui, |ui| {
                let width = 720.0_f32.min(ctx.content_rect().width() - 64.0);
                ui.set_max_width(width);
                ScrollArea::vertical()
                    .max_height(180.0)
                    .stick_to_bottom(true)
                    .show(ui, |ui| {
                        for (number, notice) in notices.all().iter().enumerate() {
                            notice_ui(ui, language, number, notice, revision, requests);
                        }
                    });
            });
        });
    let is_read = shown.response.contains_pointer();
    let now = ctx.input(|input| input.time);
    if let Some(seconds) = notices.expire(now, is_read) {
        ctx.request_repaint_after(Duration::from_secs_f64(seconds));
    }
}

fn notice_ui(
    ui: &mut Ui,
    language: UiLanguage,
    number: usize,
    notice: &Notice,
    revision: Option<u64>,
    requests: &mut Vec<Request>,
) {
    let colors = palette(ui.visuals());
    ui.horizontal(|ui| {
        let icon = if notice.is_problem() {
            RichText::new(icons::WARNING).color(colors.bad)
        } else {
            RichText::new(icons::CHECK).color(colors.good)
        };
        ui.label(icon);
        if buttons::quiet(ui, icons::CLOSE, language.say(strings::CLOSE)).clicked() {
            requests.push(Request::CloseNotice(number));
        }
        if let Some((offer, request)) = notice.offer(revision) {
            let says = language.say(match offer {
                Offer::Undo { .. } => strings::UNDO,
                Offer::ShowDrafts => strings::SHOW,
                Offer::SaveCopy => strings::SAVE_COPY,
            });
            if buttons::word(ui, says).clicked() {
                requests.push(request);
                requests.push(Request::CloseNotice(number));
            }
        }
        let text = ui.add(egui::Label::new(notice.say(language)).wrap());
        let urgency = if notice.is_problem() {
            Live::Assertive
        } else {
            Live::Polite
        };
        ui.ctx()
            .accesskit_node_builder(text.id, |node| node.set_live(urgency));
    });
}
