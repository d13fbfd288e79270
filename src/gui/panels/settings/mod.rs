//! The user's settings: language, light or dark, sizes, the coder and the folder of new projects, and how transcripts are set.

mod text;

use egui::{Context, DragValue, Id, ScrollArea, Ui, Window};

use crate::{
    app::settings::Settings,
    gui::{
        command::Command,
        icons,
        request::Request,
        strings::{self, UiLanguage},
        theme::small,
        widgets::{buttons, dialog, name_field::hinted_field},
    },
};

/// A part of the dialog, which is open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::gui) enum SettingsPart {
    #[default]
    General,
    Text,
}

/// How the window is shown.
#[derive(Debug, Clone, Copy)]
pub(in crate::gui) struct Look {
    pub(in crate::gui) language: UiLanguage,
    pub(in crate::gui) dark: bool,
    /// Whether a project is open, over which the list of keys is shown.
    pub(in crate::gui) has_project: bool,
}

/// Shows the dialog at a part; returns the part that stays open.
pub(in crate::gui) fn ui(
    ctx: &Context,
    part: SettingsPart,
    look: Look,
    settings: &Settings,
    requests: &mut Vec<Request>,
) -> Option<SettingsPart> {
    let language = look.language;
    let name = strings::command(language, Command::ReadingSettings);
    let title = name.trim_end_matches('…');
    let window = Window::new(title)
        .id(Id::unique("settings"))
        .resizable(false)
        .default_pos([ctx.content_rect().right() - 380.0, 72.0]);
    let mut part = part;
    let stays = dialog::show(ctx, title, window, |ui| {
        ui.set_width(320.0);
        let parts = [
            (SettingsPart::General, strings::GENERAL),
            (SettingsPart::Text, strings::TRANSCRIPTS_TAB),
        ]
        .map(|(part, text)| (part, language.say(text)));
        buttons::segmented(ui, &mut part, &parts);
        ui.add_space(12.0);
        let height = (ctx.content_rect().height() - 130.0).max(160.0);
        ScrollArea::vertical()
            .id_salt(("settings", part as u8))
            .max_height(height)
            .min_scrolled_height(height)
            .auto_shrink([false, true])
            .show(ui, |ui| match part {
                SettingsPart::General => general_ui(ui, look, settings, requests),
                SettingsPart::Text => text::ui(ui, language, settings.reading, requests),
            });
    });
    (stays && !dialog::escaped(ctx)).then_some(part)
}

fn general_ui(ui: &mut Ui, look: Look, settings: &Settings, requests: &mut Vec<Request>) {
    let language = look.language;
    ui.label(small(ui, language.say(strings::LANGUAGE_OF_WINDOW)));
    ui.horizontal(|ui| {
        for (option, name) in [
            (UiLanguage::English, "English"),
            (UiLanguage::Chinese, "简体中文"),
        ] {
            if buttons::radio(ui, language == option, name).clicked() && language != option {
                requests.push(Request::SwitchLanguage);
            }
        }
    });
    ui.add_space(10.0);
    ui.label(small(ui, language.say(strings::THEME)));
    ui.horizontal(|ui| {
        for (dark, text) in [(false, strings::LIGHT), (true, strings::DARK)] {
            let is_on = look.dark == dark;
            if buttons::radio(ui, is_on, language.say(text)).clicked() && !is_on {
                requests.push(Request::SwitchTheme);
            }
        }
    });
    ui.add_space(10.0);
    ui.label(small(ui, language.say(strings::WHOLE_WINDOW)));
    ui.horizontal(|ui| zoom_ui(ui, language, requests));
    ui.add_space(10.0);
    let coder = language.say(strings::USUAL_CODER);
    ui.label(small(ui, coder));
    if let Some(name) = hinted_field(ui, "usual coder", coder, &settings.coder, "", f32::INFINITY) {
        requests.push(Request::SetUsualCoder(name.trim().to_owned()));
    }
    ui.add_space(10.0);
    let folder = language.say(strings::PROJECTS_FOLDER);
    ui.label(small(ui, folder));
    let usual = crate::app::settings::projects_folder();
    let usual = usual.map_or_else(String::new, |path| path.display().to_string());
    let own = settings.projects.as_ref();
    let own = own.map_or_else(String::new, |path| path.display().to_string());
    if let Some(path) = hinted_field(ui, "projects", folder, &own, &usual, f32::INFINITY) {
        requests.push(Request::SetProjectsFolder(path.trim().into()));
    }
    ui.add_space(10.0);
    let mut remembers = !settings.forgets_projects;
    if buttons::check(ui, &mut remembers, language.say(strings::REMEMBER_PROJECTS)).changed() {
        requests.push(Request::RememberProjects(remembers));
    }
    ui.label(small(ui, language.say(strings::REMEMBER_PROJECTS_HINT)));
    ui.add_space(10.0);
    ui.horizontal_wrapped(|ui| {
        let label = ui.label(language.say(strings::LOCK_AFTER));
        let mut minutes = settings.lock_minutes.0;
        let field = DragValue::new(&mut minutes).range(0..=600);
        if ui.add(field).labelled_by(label.id).changed() {
            requests.push(Request::SetLockMinutes(minutes));
        }
    });
    ui.label(small(ui, language.say(strings::LOCK_HINT)));
    if look.has_project {
        ui.add_space(10.0);
        if buttons::word_in_column(ui, language.say(strings::CHANGE_KEYS)).clicked() {
            requests.push(Request::Command(Command::ReadingSettings));
            requests.push(Request::Command(Command::KeyMap));
        }
    }
}

/// The scale of the whole window, with buttons that step it.
fn zoom_ui(ui: &mut Ui, language: UiLanguage, requests: &mut Vec<Request>) {
    for (icon, command) in [
        (icons::MINUS, Command::AllSmaller),
        (icons::PLUS, Command::AllLarger),
    ] {
        if buttons::quiet(ui, icon, strings::command(language, command)).clicked() {
            requests.push(Request::Command(command));
        }
    }
    ui.label(format!("{:.0} %", ui.ctx().zoom_factor() * 100.0));
}
