//! Files that aren't read as text: what they are, whether they are there, and a copy of each.

use egui::{Align2, Context, ScrollArea, Ui, Window};

use crate::{
    app::action::Action,
    gui::{
        context::Cx,
        request::{FilePurpose, Request},
        strings,
        theme::{self, small},
        widgets::{buttons, dialog},
    },
    model::attachment::{Attachment, AttachmentKind},
};

/// The dialog; it remembers nothing.
pub(in crate::gui) struct Attachments;

impl Attachments {
    /// Shows the dialog; gives whether it stays open.
    pub(in crate::gui) fn ui(ctx: &Context, cx: &mut Cx<'_>) -> bool {
        let title = cx.language.say(strings::ATTACHMENTS);
        let window = Window::new(title).id(egui::Id::unique("attached files"));
        let window = window
            .resizable(false)
            .anchor(Align2::CENTER_CENTER, [0.0, -40.0]);
        let stays = dialog::show(ctx, title, window, |ui| {
            ui.set_width(460.0);
            if cx.project.attachments.is_empty() {
                buttons::empty(ui, cx.language.say(strings::NO_ATTACHMENTS));
            }
            ScrollArea::vertical()
                .max_height(380.0)
                .auto_shrink([false, true])
                .show(ui, |ui| {
                    for attachment in cx.project.attachments.values() {
                        row_ui(ui, cx, attachment);
                    }
                });
        });
        stays && !dialog::escaped(ctx)
    }
}

fn row_ui(ui: &mut Ui, cx: &mut Cx<'_>, attachment: &Attachment) {
    let kind = match attachment.kind {
        AttachmentKind::Picture => strings::PICTURE,
        AttachmentKind::Audio => strings::AUDIO,
        AttachmentKind::Video => strings::VIDEO,
        AttachmentKind::Pdf => strings::PDF,
    };
    ui.horizontal(|ui| {
        let name = egui::RichText::new(&attachment.name).font(theme::medium(13.0));
        ui.add_sized(
            [180.0, 22.0],
            egui::Label::new(name).truncate().halign(egui::Align::LEFT),
        );
        let size = if attachment.content.is_some() {
            bytes(attachment.len_bytes)
        } else {
            cx.language.say(strings::NOT_THERE).to_owned()
        };
        ui.label(small(ui, format!("{} · {size}", cx.language.say(kind))));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if buttons::word(ui, cx.language.say(strings::EXCHANGE_REMOVE)).clicked() {
                cx.edit(Action::RemoveAttachment(attachment.id));
            }
            if attachment.content.is_some()
                && buttons::word(ui, cx.language.say(strings::SAVE_AS)).clicked()
            {
                cx.ask(Request::OpenDialog(FilePurpose::SaveAttachment(
                    attachment.id,
                )));
            }
        });
    });
}

/// A length in bytes as people read it.
fn bytes(count: u64) -> String {
    match count {
        0..1_000 => format!("{count} B"),
        1_000..1_000_000 => format!("{} kB", count / 1_000),
        _ => format!("{}.{} MB", count / 1_000_000, count % 1_000_000 / 100_000),
    }
}
