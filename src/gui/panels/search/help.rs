//! The query language on one page.

use egui::{Align2, Context, Grid, RichText, ScrollArea, Window};

use crate::gui::{
    strings::{self, QUERY_LANGUAGE, UiLanguage},
    theme::{self, palette},
    widgets::dialog,
};

/// Shows the page; gives whether it stays open.
pub(super) fn ui(ctx: &Context, language: UiLanguage) -> bool {
    let title = language.say(strings::HOW_TO_ASK);
    let window = Window::new(title)
        .id(egui::Id::unique("how to ask"))
        .resizable(false)
        .default_width(760.0_f32.min(ctx.content_rect().width() - 48.0));
    let window = window.anchor(Align2::CENTER_CENTER, [0.0, 0.0]);
    let height = (ctx.content_rect().height() - 110.0).clamp(160.0, 620.0);
    let stays = dialog::show(ctx, title, window, |ui| {
        ScrollArea::vertical()
            .max_height(height)
            .min_scrolled_height(height)
            .auto_shrink([false, true])
            .show(ui, |ui| {
                Grid::new("query language")
                    .num_columns(2)
                    .spacing([24.0, 7.0])
                    .show(ui, |ui| {
                        let colors = palette(ui.visuals());
                        for (query, meaning) in QUERY_LANGUAGE {
                            ui.label(
                                RichText::new(*query)
                                    .font(theme::medium(13.0))
                                    .color(colors.ink),
                            );
                            ui.add(
                                egui::Label::new(
                                    RichText::new(language.say(*meaning)).color(colors.ink_2),
                                )
                                .wrap(),
                            );
                            ui.end_row();
                        }
                    });
            });
    });
    stays && !dialog::escaped(ctx)
}
