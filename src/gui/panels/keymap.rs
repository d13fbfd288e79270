//! The key map: every command with its keys, by group.

use egui::{
    Context, Key, KeyboardShortcut, Modifiers, RichText, Role, ScrollArea, TextEdit, Ui,
    WidgetInfo, Window, accesskit::Live,
};

use crate::{
    gui::{
        command::{Command, Group, taken},
        context::Cx,
        icons,
        key_names::{key_name, with_keys},
        own_keys::{OwnKeys, can_have},
        panels::codebook,
        request::Request,
        strings::{self, UiLanguage},
        theme::{self, palette, small},
        widgets::{buttons, dialog, keys::take_key, outline},
    },
    language::fold::fold,
};

/// The open key map.
#[derive(Debug, Default)]
pub(in crate::gui) struct KeyMap {
    filter: String,
    begun: bool,
    /// The command that gets the next key.
    changing: Option<Command>,
    /// What came of the last change.
    said: Option<String>,
}

impl KeyMap {
    /// Shows the window; gives whether it stays open.
    pub(in crate::gui) fn ui(&mut self, ctx: &Context, cx: &mut Cx<'_>) -> bool {
        self.take_key(ctx, cx);
        let own = &OwnKeys::of(ctx);
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
            self.change_ui(ui, cx, own);
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
                        self.group_ui(ui, cx, group, own);
                    }
                    self.codebook_ui(ui, cx.language);
                    ui.add_space(8.0);
                    ui.label(small(ui, with_keys(cx.language, strings::KEY_MAP_NOTE)));
                });
        });
        stays && !dialog::escaped(ctx) && !take_key(ctx, Modifiers::NONE, Key::F1)
    }

    /// Takes the key that is to be a command's.
    fn take_key(&mut self, ctx: &Context, cx: &mut Cx<'_>) {
        let Some(command) = self.changing else { return };
        let Some((key, modifiers)) = taken(ctx, |key, modifiers| Some((key, modifiers))) else {
            return;
        };
        let language = cx.language;
        if key == Key::Escape {
            self.changing = None;
            return;
        }
        if !can_have(command, key, modifiers) {
            self.said = Some(with_keys(language, strings::KEY_NOT_POSSIBLE));
            return;
        }
        let asked = Modifiers {
            command: modifiers.command,
            alt: modifiers.alt,
            shift: modifiers.shift,
            ..Modifiers::NONE
        };
        let key = KeyboardShortcut::new(asked, key);
        let mut own = OwnKeys::clone(&OwnKeys::of(ctx));
        let loses = own.give(command, key);
        self.said = loses.map(|loses| {
            strings::key_taken(language, &key_name(key), strings::command(language, loses))
        });
        self.changing = None;
        cx.ask(Request::SetKeys(own));
    }

    /// What is to be pressed, what came of it, and the way back to the usual keys.
    fn change_ui(&self, ui: &mut Ui, cx: &mut Cx<'_>, own: &OwnKeys) {
        let language = cx.language;
        if self.changing.is_some() {
            ui.label(language.say(strings::PRESS_NEW_KEY));
        }
        if let Some(said) = &self.said {
            let said = ui.label(small(ui, said));
            ui.ctx()
                .accesskit_node_builder(said.id, |node| node.set_live(Live::Polite));
        }
        if !own.is_empty() && buttons::word(ui, language.say(strings::ALL_USUAL_KEYS)).clicked() {
            cx.ask(Request::SetKeys(OwnKeys::default()));
        }
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

    fn group_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, group: Group, own: &OwnKeys) {
        let wanted = fold(&self.filter);
        let fits = |command: &Command| {
            let keys: Vec<String> = own.names(*command);
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
                    self.keys_ui(ui, cx, command, own);
                });
            });
        }
    }

    /// The keys of a command, and what changes them.
    fn keys_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, command: Command, own: &OwnKeys) {
        let language = cx.language;
        let name = strings::command(language, command);
        let change = strings::change_key(language, name);
        if buttons::quiet(ui, icons::PENCIL, &change).clicked() {
            (self.changing, self.said) = (Some(command), None);
            // The key that comes next is no text of a field.
            ui.memory_mut(|memory| {
                memory
                    .focused()
                    .into_iter()
                    .for_each(|id| memory.surrender_focus(id));
            });
        }
        if self.changing == Some(command) {
            cap_ui(ui, "…");
            return;
        }
        let keys = own.names(command);
        if keys.is_empty() && own.has(command) {
            ui.label(small(ui, language.say(strings::NO_KEY)));
        }
        for key in keys.iter().rev() {
            cap_ui(ui, key);
        }
        if own.has(command) && buttons::word(ui, language.say(strings::USUAL_KEY)).clicked() {
            let mut own = own.clone();
            own.reset(command);
            self.said = None;
            cx.ask(Request::SetKeys(own));
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
