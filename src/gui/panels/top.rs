//! The bar above: title, pages, language and theme.

use egui::{Button, RichText, Role, Stroke, Ui, WidgetInfo};

use crate::{
    app::Session,
    gui::{
        View,
        command::Command,
        icons,
        request::{DeskRequest, Request},
        strings::{Text, Tongue},
        theme::{self, palette},
        widgets::{aside::AtRight, buttons},
    },
};

const PAGES: [(View, Text); 5] = [
    (View::Read, Text::Read),
    (View::Search, Text::Search),
    (View::Themes, Text::Themes),
    (View::Cases, Text::Cases),
    (View::Memos, Text::Memos),
];

pub(in crate::gui) fn ui(
    ui: &mut Ui,
    session: &Session,
    (view, (behind, ahead)): (View, (bool, bool)),
    tongue: Tongue,
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
                    buttons::quiet(ui, icon, tongue.command(command)).clicked()
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
            let name = tongue.say(text);
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
            if buttons::quiet(ui, icons::COMMAND, tongue.command(Command::Finder)).clicked() {
                requests.push(Request::Command(Command::Finder));
            }
            coder_ui(ui, session, tongue, requests);
            if buttons::quiet(
                ui,
                if dark { icons::SUN } else { icons::MOON },
                tongue.say(Text::Theme),
            )
            .clicked()
            {
                requests.push(Request::SwitchTheme);
            }
            if buttons::quiet(ui, tongue.say(Text::LanguageName), tongue.say(Text::Switch))
                .clicked()
            {
                requests.push(Request::SwitchTongue);
            }
        });
    });
}

/// Who acts, and who could.
fn coder_ui(ui: &mut Ui, session: &Session, tongue: Tongue, requests: &mut Vec<Request>) {
    let project = session.project();
    let acting = session
        .coder()
        .and_then(|id| project.coders.get(&id))
        .map_or(tongue.say(Text::WhoCodes), |coder| coder.name.as_str());
    ui.menu_button(format!("{}: {acting}", tongue.say(Text::Coder)), |ui| {
        for coder in project.coders.values() {
            if ui.button(&coder.name).clicked() {
                requests.push(Request::Desk(DeskRequest::ActAs(coder.name.clone())));
                ui.close();
            }
        }
    });
}
