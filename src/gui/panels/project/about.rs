//! What the project is called and about, and the language of its codebook.

use egui::Ui;

use crate::{
    app::action::Action,
    gui::{
        context::Cx,
        strings,
        theme::small,
        widgets::{
            buttons,
            name_field::{name_field, text_field},
        },
    },
    model::localized::Language,
};

pub(super) fn ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    let title = cx.language.say(strings::PROJECT_TITLE);
    ui.label(small(ui, title));
    if let Some(title) = name_field(ui, "title", title, &cx.project.title, f32::INFINITY) {
        cx.edit(Action::SetTitle(title));
    }
    ui.add_space(8.0);
    let about = cx.language.say(strings::PROJECT_DESCRIPTION);
    ui.label(small(ui, about));
    if let Some(text) = text_field(ui, "description", about, &cx.project.description, 6) {
        cx.edit(Action::SetDescription(text));
    }
    ui.add_space(8.0);
    ui.label(small(ui, cx.language.say(strings::MAIN_LANGUAGE)));
    let mut language = cx.project.language.clone();
    let options = [(Language::EN, "English"), (Language::ZH, "中文")];
    ui.horizontal(|ui| {
        for (option, name) in options {
            if buttons::radio(ui, language == option, name).clicked() {
                language = option;
            }
        }
    });
    if language != cx.project.language {
        cx.edit(Action::SetLanguage(language));
    }
    ui.add_space(8.0);
    ui.label(small(ui, cx.language.say(strings::PROJECT_FILE)));
    ui.label(cx.session.path().display().to_string());
}
