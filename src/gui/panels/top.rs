//! The bar above: title, pages, language and theme.

use egui::{Button, RichText, Role, Stroke, Ui, WidgetInfo};

use crate::{
    app::Session,
    gui::{
        View,
        command::Command,
        icons,
        request::{DeskRequest, Request},
        strings::{Text, UiLanguage},
        theme::{self, palette},
        widgets::{aside::AtRight, buttons},
    },
};

const PAGES: [(View, Text); 5] = [
    (View::Read, Text::READ),
    (View::Search, Text::SEARCH),
    (View::Themes, Text::THEMES),
    (View::Cases, Text::CASES),
    (View::Memos, Text::MEMOS),
];

pub(in crate::gui) fn ui(
    ui: &mut Ui,
    session: &Session,
    (view, (behind, ahead)): (View, (bool, bool)),
    language: UiLanguage,
    dark: bool,
    requests: &mut Vec<Request>,
) {
    let colors = palette(ui.visuals());
    ui.horizontal_centered(|ui| {
        ui.scope(|ui| {
            ui.set_width(196.0);
            let title = RichText::new(&session.project().title).font(theme::semibold(13.0));
            if ui
                .add(Button::new(title).frame_when_inactive(false).truncate())
                .on_hover_text(session.path().display().to_string())
                .clicked()
            {
                requests.push(Request::CloseProject);
            }
        });
        for (icon, on, command) in [
            (icons::ARROW_LEFT, behind, Command::Back),
            (icons::ARROW_RIGHT, ahead, Command::Forward),
        ] {
            let pressed = ui
                .add_enabled_ui(on, |ui| {
                    buttons::quiet(ui, icon, language.command(command)).clicked()
                })
                .inner;
            if pressed {
                requests.push(Request::Command(command));
            }
        }
        ui.add_space(4.0);
        for (page, text) in PAGES {
            let on = page == view;
            let (font, ink) = if on {
                (theme::semibold(13.0), colors.ink)
            } else {
                (theme::regular(13.0), colors.ink_2)
            };
            let fill = if on {
                colors.page
            } else {
                egui::Color32::TRANSPARENT
            };
            let line = if on {
                Stroke::new(1.0, colors.line)
            } else {
                Stroke::NONE
            };
            let name = language.say(text);
            let response = ui.add(
                Button::new(RichText::new(name).font(font).color(ink))
                    .fill(fill)
                    .stroke(line),
            );
            response.widget_info(|| WidgetInfo::selected(Role::Button, true, on, name));
            if response.clicked() {
                requests.push(Request::Desk(DeskRequest::Go(page)));
            }
        }
        AtRight("tools of the window").show(ui, |ui| {
            if buttons::quiet(ui, icons::COMMAND, language.command(Command::Finder)).clicked() {
                requests.push(Request::Command(Command::Finder));
            }
            coder_ui(ui, session, language, requests);
            if buttons::quiet(
                ui,
                if dark { icons::SUN } else { icons::MOON },
                language.say(Text::THEME),
            )
            .clicked()
            {
                requests.push(Request::SwitchTheme);
            }
            if buttons::quiet(
                ui,
                language.say(Text::LANGUAGE_NAME),
                language.say(Text::SWITCH),
            )
            .clicked()
            {
                requests.push(Request::SwitchTongue);
            }
        });
    });
}

/// Who acts, and who could.
fn coder_ui(ui: &mut Ui, session: &Session, language: UiLanguage, requests: &mut Vec<Request>) {
    let project = session.project();
    let acting = session
        .coder()
        .and_then(|id| project.coders.get(&id))
        .map_or(language.say(Text::WHO_CODES), |coder| coder.name.as_str());
    ui.menu_button(language.labelled(language.say(Text::CODER), acting), |ui| {
        for coder in project.coders.values() {
            if ui.button(&coder.name).clicked() {
                requests.push(Request::Desk(DeskRequest::ActAs(coder.name.clone())));
                ui.close();
            }
        }
    });
}
