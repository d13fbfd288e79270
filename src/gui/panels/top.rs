//! The bar at the top of the window: title, history, pages, coder, theme and language.

use egui::{Button, Color32, Response, RichText, Role, Stroke, Ui, WidgetInfo};

use crate::{
    app::settings::View,
    gui::{
        command::Command,
        context::Cx,
        history::Reach,
        icons,
        own_keys::OwnKeys,
        panels::menu,
        request::Request,
        strings,
        strings::Text,
        theme::{self, palette},
        widgets::{aside::AtRight, buttons},
    },
};

const PAGES: [(View, Text); 6] = [
    (View::Read, strings::READ),
    (View::Search, strings::SEARCH),
    (View::Themes, strings::THEMES),
    (View::Cases, strings::CASES),
    (View::Memos, strings::MEMOS),
    (View::History, strings::HISTORY),
];

/// The name of a page.
pub(in crate::gui) fn page_name(page: View) -> Text {
    let named = PAGES.iter().find(|(view, _)| *view == page);
    named.map_or(strings::READ, |(_, name)| *name)
}

/// Where the bar is narrower, in points, what the menu has as well is left to the menu.
const NARROW: f32 = 960.0;

/// Shows the bar; `view` is the page on screen, `reach` which ways of the history are open.
pub(in crate::gui) fn ui(ui: &mut Ui, cx: &mut Cx<'_>, view: View, reach: Reach) {
    let is_narrow = ui.available_width() < NARROW;
    let title_width = if is_narrow {
        (ui.available_width() * 0.16).clamp(96.0, 150.0)
    } else {
        (ui.available_width() * 0.15).clamp(172.0, 320.0)
    };
    ui.horizontal_centered(|ui| {
        menu::ui(ui, cx);
        // The width of the title is that of the window's alone, so that the buttons are in the same place for every project.
        ui.scope(|ui| {
            ui.set_width(title_width);
            let title = RichText::new(&cx.project.title).font(theme::semibold(13.0));
            if ui
                .add(Button::new(title).frame_when_inactive(false).truncate())
                .on_hover_text(cx.session.path().display().to_string())
                .clicked()
            {
                cx.ask(Request::Command(Command::ProjectSettings));
            }
        });
        for (icon, on, command) in [
            (icons::ARROW_LEFT, reach.back, Command::Back),
            (icons::ARROW_RIGHT, reach.forward, Command::Forward),
        ] {
            let pressed = ui
                .add_enabled_ui(on, |ui| {
                    buttons::quiet(ui, icon, strings::command(cx.language, command)).clicked()
                })
                .inner;
            if pressed {
                cx.ask(Request::Command(command));
            }
        }
        ui.add_space(4.0);
        for (page, text) in PAGES {
            if page_button(ui, cx.language.say(text), page == view).clicked() {
                cx.ask(Request::Go(page));
            }
        }
        AtRight("tools of the window").show(ui, |ui| {
            if is_narrow {
                // The rest is in the menu, too.
                coder_ui(ui, cx);
            } else {
                tools_ui(ui, cx);
            }
        });
    });
}

/// The button of a page; that of the page on screen is raised.
fn page_button(ui: &mut Ui, name: &str, on: bool) -> Response {
    let colors = palette(ui.visuals());
    let button = if on {
        let words = RichText::new(name)
            .font(theme::semibold(13.0))
            .color(colors.ink);
        Button::new(words)
            .fill(colors.page)
            .stroke(Stroke::new(1.0, colors.line))
    } else {
        let words = RichText::new(name)
            .font(theme::regular(13.0))
            .color(colors.ink_2);
        Button::new(words)
            .fill(Color32::TRANSPARENT)
            .stroke(Stroke::NONE)
    };
    let response = ui.add(button);
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, on, name));
    response
}

/// The finder, the coder, the theme and the language.
fn tools_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    let keys = OwnKeys::of(ui.ctx()).names(Command::Finder);
    let finder_key = keys.first().map_or(icons::LIST, String::as_str).to_owned();
    if buttons::quiet(
        ui,
        &finder_key,
        strings::command(cx.language, Command::Finder),
    )
    .clicked()
    {
        cx.ask(Request::Command(Command::Finder));
    }
    coder_ui(ui, cx);
    // The icon is that of the theme that a click leads to.
    let theme = if ui.visuals().dark_mode {
        icons::SUN
    } else {
        icons::MOON
    };
    if buttons::quiet(ui, theme, cx.language.say(strings::THEME)).clicked() {
        cx.ask(Request::SwitchTheme);
    }
    let languages = cx.language.say(strings::LANGUAGE_NAME);
    if buttons::quiet(ui, languages, cx.language.say(strings::SWITCH)).clicked() {
        cx.ask(Request::SwitchLanguage);
    }
}

/// The coder whose name edits carry, with a menu of the others.
fn coder_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    let project = cx.project;
    let acting = cx
        .session
        .coder()
        .and_then(|id| project.coders.get(&id))
        .map_or(cx.language.say(strings::WHO_CODES), |coder| {
            coder.name.as_str()
        });
    ui.menu_button(
        strings::labelled(cx.language, cx.language.say(strings::CODER), acting),
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
