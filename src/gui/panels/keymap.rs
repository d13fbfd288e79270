//! The key map: every command with its keys, by group.

use egui::{Context, Key, Modifiers, RichText, Role, ScrollArea, TextEdit, Ui, WidgetInfo, Window};

use crate::{
    gui::{
        command::{Command, Group},
        context::Cx,
        panels::codebook,
        request::Request,
        strings::{self, UiLanguage},
        theme::{self, palette, small},
        widgets::{dialog, keys::take_key, outline},
    },
    language::fold::fold,
};

/// The open key map.
#[derive(Debug, Default)]
pub(in crate::gui) struct KeyMap {
    filter: String,
    begun: bool,
}

impl KeyMap {
    /// Shows the window; gives whether it stays open.
    pub(in crate::gui) fn ui(&mut self, ctx: &Context, cx: &mut Cx<'_>) -> bool {
        let height = (ctx.content_rect().height() - 220.0).clamp(200.0, 620.0);
        let title = strings::command(cx.language, Command::KeyMap);
        let window = Window::new(title)
            .id(egui::Id::unique("key map"))
            .resizable(false);
        let window = window.anchor(egui::Align2::CENTER_CENTER, [0.0, 0.0]);
        let stays = dialog::show(ctx, title, window, |ui| {
            ui.set_width(520.0);
            let field = ui.add(
                TextEdit::singleline(&mut self.filter)
                    .hint_text(cx.language.say(strings::FILTER_COMMANDS))
                    .desired_width(f32::INFINITY),
            );
            field.widget_info(|| {
                WidgetInfo::labeled(
                    Role::TextInput,
                    true,
                    cx.language.say(strings::FILTER_COMMANDS),
                )
            });
            if !std::mem::replace(&mut self.begun, true) {
                field.request_focus();
            }
            ui.add_space(8.0);
            ScrollArea::vertical()
                .max_height(height)
                .min_scrolled_height(height)
                .auto_shrink([false, true])
                .show(ui, |ui| {
                    for group in [
                        Group::Coding,
                        Group::Codings,
                        Group::Moving,
                        Group::View,
                        Group::Project,
                    ] {
                        self.group_ui(ui, cx, group);
                    }
                    self.codebook_ui(ui, cx.language);
                    ui.add_space(8.0);
                    ui.label(small(ui, cx.language.say(strings::KEY_MAP_NOTE)));
                });
        });
        stays && !dialog::escaped(ctx) && !take_key(ctx, Modifiers::NONE, Key::F1)
    }

    /// The keys of the codebook's tree, which count while it has the keyboard.
    fn codebook_ui(&self, ui: &mut Ui, language: UiLanguage) {
        let wanted = fold(&self.filter);
        let keys = codebook::keys();
        let fitting: Vec<_> = keys
            .into_iter()
            .filter(|(text, key)| {
                fold(language.say(*text)).contains(&wanted) || fold(key).contains(&wanted)
            })
            .collect();
        if fitting.is_empty() {
            return;
        }
        ui.add_space(8.0);
        outline::section(ui, language.say(strings::CODEBOOK));
        for (text, key) in fitting {
            line_ui(ui, language.say(text), &[key]);
        }
    }

    fn group_ui(&self, ui: &mut Ui, cx: &mut Cx<'_>, group: Group) {
        let wanted = fold(&self.filter);
        let fits = |command: &Command| {
            let keys: Vec<String> = command.key_names();
            fold(strings::command(cx.language, *command)).contains(&wanted)
                || keys.iter().any(|key| fold(key).contains(&wanted))
        };
        let commands: Vec<Command> = Command::all()
            .filter(|command| command.group() == group)
            .filter(fits)
            .collect();
        if commands.is_empty() {
            return;
        }
        ui.add_space(8.0);
        outline::section(ui, strings::group(cx.language, group));
        for command in commands {
            ui.horizontal(|ui| {
                let name = ui.add(
                    egui::Button::new(strings::command(cx.language, command))
                        .frame_when_inactive(false),
                );
                if name.clicked() {
                    cx.ask(Request::Command(command));
                }
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    for key in command.key_names().iter().rev() {
                        cap_ui(ui, key);
                    }
                });
            });
        }
    }
}

/// A name with its keys at the right.
fn line_ui(ui: &mut Ui, name: &str, keys: &[String]) {
    ui.horizontal(|ui| {
        ui.add_space(10.0);
        ui.label(name);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            for key in keys.iter().rev() {
                cap_ui(ui, key);
            }
        });
    });
}

/// A key as a cap.
pub(in crate::gui) fn cap_ui(ui: &mut Ui, key: &str) {
    let colors = palette(ui.visuals());
    let frame = egui::Frame::new()
        .fill(colors.page)
        .stroke(egui::Stroke::new(1.0, colors.strong_line))
        .corner_radius(4);
    frame
        .inner_margin(egui::Margin::symmetric(6, 1))
        .show(ui, |ui| {
            ui.label(
                RichText::new(key)
                    .font(theme::medium(11.5))
                    .color(colors.ink),
            );
        });
}
