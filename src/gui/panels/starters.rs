//! The starter codebooks: what is in each, and a button that adds it to the project.

use egui::{Align2, Context, Id, RichText, Role, ScrollArea, Ui, WidgetInfo, Window};

use crate::{
    app::sample::{Starter, starters},
    gui::{
        command::Command,
        context::Cx,
        request::Request,
        strings,
        theme::{medium, palette, regular, small},
        widgets::{buttons, dialog, list_row::side_row, outline},
    },
    language::fold::fold,
};

/// The open dialog.
#[derive(Debug)]
pub(in crate::gui) struct Starters {
    starters: Vec<Starter>,
    chosen: usize,
}

impl Starters {
    /// Reads the codebooks, which are part of the program.
    pub(in crate::gui) fn open() -> Self {
        Self {
            starters: starters().expect("tests read every starter codebook"),
            chosen: 0,
        }
    }

    /// Shows the dialog; returns true if it stays open.
    pub(in crate::gui) fn ui(&mut self, ctx: &Context, cx: &mut Cx<'_>) -> bool {
        let name = strings::command(cx.language, Command::StarterCodebooks);
        let title = name.trim_end_matches('…');
        let window = Window::new(title)
            .id(Id::unique("starter codebooks"))
            .resizable(false)
            .anchor(Align2::CENTER_CENTER, [0.0, -20.0]);
        let space = ctx.content_rect();
        let stays = dialog::show(ctx, title, window, |ui| {
            ui.set_width(680.0_f32.min(space.width() - 48.0));
            ui.set_height(440.0_f32.min(space.height() - 140.0));
            ui.horizontal_top(|ui| {
                ui.vertical(|ui| {
                    ui.set_width(200.0);
                    self.list_ui(ui, cx);
                });
                ui.separator();
                ui.vertical(|ui| {
                    if let Some(starter) = self.starters.get(self.chosen) {
                        starter_ui(ui, cx, starter);
                    }
                });
            });
        });
        stays && !dialog::escaped(ctx)
    }

    fn list_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        ui.spacing_mut().item_spacing.y = 0.0;
        let tag = cx.language.tag();
        for (number, starter) in self.starters.iter().enumerate() {
            let chosen = number == self.chosen;
            let (rect, row) = side_row(ui, chosen);
            let name = starter.title.get(&tag);
            let ink = palette(ui.visuals()).ink;
            let at = rect.left_center() + egui::vec2(8.0, 0.0);
            ui.painter()
                .text(at, Align2::LEFT_CENTER, name, regular(13.0), ink);
            row.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, chosen, name));
            if row.clicked() {
                self.chosen = number;
            }
        }
    }
}

/// What is in a codebook, and which of its codes the project has by name.
fn starter_ui(ui: &mut Ui, cx: &mut Cx<'_>, starter: &Starter) {
    let tag = cx.language.tag();
    outline::title(ui, starter.title.get(&tag));
    ui.label(small(
        ui,
        strings::n_codes(cx.language, starter.outline.len()),
    ));
    ui.add_space(6.0);
    let room = ui.available_height() - 44.0;
    ScrollArea::vertical()
        .max_height(room)
        .min_scrolled_height(room)
        .auto_shrink([false, false])
        .show(ui, |ui| {
            ui.label(starter.description.get(&tag));
            ui.add_space(8.0);
            for code in &starter.outline {
                ui.horizontal_top(|ui| {
                    #[expect(clippy::cast_precision_loss, reason = "the depth of a tree")]
                    ui.add_space(code.depth as f32 * 18.0);
                    ui.vertical(|ui| {
                        ui.label(RichText::new(code.name.get(&tag)).font(medium(13.0)));
                        ui.label(small(ui, code.definition.get(&tag)));
                    });
                });
                ui.add_space(4.0);
            }
        });
    ui.add_space(8.0);
    let is_there = cx.project.codebook.children(None).into_iter().any(|code| {
        starter
            .outline
            .first()
            .is_some_and(|first| fold(&code.name.text) == fold(&first.name.text))
    });
    ui.horizontal(|ui| {
        if buttons::primary(ui, cx.language.say(strings::ADD_TO_CODEBOOK)).clicked() {
            cx.ask(Request::ImportStarterCodebook(starter.file));
        }
        if is_there {
            ui.label(small(ui, cx.language.say(strings::STARTER_IS_THERE)));
        }
    });
}
