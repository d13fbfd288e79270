//! The bar above: title, pages, language and theme.

use egui::{Button, RichText, Role, Stroke, Ui, WidgetInfo};

use crate::{
    app::settings::View,
    gui::{
        command::Command,
        context::Cx,
        history::Reach,
        icons,
        request::Request,
        strings::Text,
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

pub(in crate::gui) fn ui(ui: &mut Ui, cx: &mut Cx<'_>, view: View, reach: Reach) {
    let colors = palette(ui.visuals());
    ui.horizontal_centered(|ui| {
        ui.scope(|ui| {
            ui.set_width(196.0);
            let title = RichText::new(&cx.project.title).font(theme::semibold(13.0));
            if ui
                .add(Button::new(title).frame_when_inactive(false).truncate())
                .on_hover_text(cx.session.path().display().to_string())
                .clicked()
            {
                cx.ask(Request::CloseProject);
            }
        });
        for (icon, on, command) in [
            (icons::ARROW_LEFT, reach.back, Command::Back),
            (icons::ARROW_RIGHT, reach.forward, Command::Forward),
        ] {
            let pressed = ui
                .add_enabled_ui(on, |ui| {
                    buttons::quiet(ui, icon, cx.language.command(command)).clicked()
                })
                .inner;
            if pressed {
                cx.ask(Request::Command(command));
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
            let name = cx.language.say(text);
            let response = ui.add(
                Button::new(RichText::new(name).font(font).color(ink))
                    .fill(fill)
                    .stroke(line),
            );
            response.widget_info(|| WidgetInfo::selected(Role::Button, true, on, name));
            if response.clicked() {
                cx.ask(Request::Go(page));
            }
        }
        AtRight("tools of the window").show(ui, |ui| {
            if buttons::quiet(ui, icons::COMMAND, cx.language.command(Command::Finder)).clicked() {
                cx.ask(Request::Command(Command::Finder));
            }
            coder_ui(ui, cx);
            if buttons::quiet(
                ui,
                if ui.visuals().dark_mode {
                    icons::SUN
                } else {
                    icons::MOON
                },
                cx.language.say(Text::THEME),
            )
            .clicked()
            {
                cx.ask(Request::SwitchTheme);
            }
            if buttons::quiet(
                ui,
                cx.language.say(Text::LANGUAGE_NAME),
                cx.language.say(Text::SWITCH),
            )
            .clicked()
            {
                cx.ask(Request::SwitchLanguage);
            }
        });
    });
}

/// Who acts, and who could.
fn coder_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    let project = cx.project;
    let acting = cx
        .session
        .coder()
        .and_then(|id| project.coders.get(&id))
        .map_or(cx.language.say(Text::WHO_CODES), |coder| {
            coder.name.as_str()
        });
    ui.menu_button(
        cx.language.labelled(cx.language.say(Text::CODER), acting),
        |ui| {
            for coder in project.coders.values() {
                if ui.button(&coder.name).clicked() {
                    cx.ask(Request::ActAs(coder.name.clone()));
                    ui.close();
                }
            }
        },
    );
}
