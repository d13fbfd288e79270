//! The settings of the project: what it is called and about, its phases, its coders, and the attributes of its cases, documents and coders.

mod about;
mod attribute;
mod attributes;
mod categories;
mod coders;
mod phases;
mod translation;

use egui::{Align2, Context, Id, ScrollArea, Ui, Window};

use crate::gui::{
    command::Command,
    context::Cx,
    icons,
    strings::{self, Text},
    widgets::{buttons, dialog},
};
use crate::model::ids::AttributeId;
use attributes::Attributes;

/// The height that the parts have on an ordinary window.
const HEIGHT: f32 = 380.0;

/// A part of the dialog.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::gui) enum Part {
    #[default]
    About,
    Phases,
    Coders,
    Attributes,
}

/// The open dialog.
#[derive(Debug, Default)]
pub(in crate::gui) struct ProjectSettings {
    part: Part,
    /// The name being typed of a phase or coder to add.
    new_name: String,
    attributes: Attributes,
}

impl ProjectSettings {
    /// The dialog at one of its parts.
    pub(in crate::gui) fn at(part: Part) -> Self {
        Self {
            part,
            ..Self::default()
        }
    }

    /// The dialog at an attribute of cases, or at what adds one.
    pub(in crate::gui) fn of_attribute(attribute: Option<AttributeId>) -> Self {
        Self {
            part: Part::Attributes,
            attributes: Attributes::at(attribute),
            ..Self::default()
        }
    }

    /// Shows the dialog; returns true if it stays open.
    pub(in crate::gui) fn ui(&mut self, ctx: &Context, cx: &mut Cx<'_>) -> bool {
        let title = strings::command(cx.language, Command::ProjectSettings);
        let title = title.trim_end_matches('…');
        let window = Window::new(title)
            .id(Id::unique("project settings"))
            .resizable(false)
            .anchor(Align2::CENTER_CENTER, [0.0, -20.0]);
        let stays = dialog::show(ctx, title, window, |ui| {
            ui.set_width(620.0_f32.min(ctx.content_rect().width() - 48.0));
            let parts = [
                (Part::About, strings::ABOUT_PROJECT),
                (Part::Phases, strings::PHASES),
                (Part::Coders, strings::CODERS_TAB),
                (Part::Attributes, strings::ATTRIBUTES_TAB),
            ]
            .map(|(part, text)| (part, cx.language.say(text)));
            if buttons::segmented(ui, &mut self.part, &parts) {
                self.new_name.clear();
            }
            ui.add_space(12.0);
            let height = HEIGHT.min(ctx.content_rect().height() - 140.0);
            ScrollArea::vertical()
                .id_salt(("part", self.part as u8))
                .max_height(height)
                .min_scrolled_height(height)
                .auto_shrink([false, false])
                .show(ui, |ui| match self.part {
                    Part::About => about::ui(ui, cx),
                    Part::Phases => phases::ui(ui, cx, &mut self.new_name),
                    Part::Coders => coders::ui(ui, cx, &mut self.new_name),
                    Part::Attributes => self.attributes.ui(ui, cx),
                });
        });
        stays && !dialog::escaped(ctx)
    }
}

/// A line with a field for a new name and a button; gives the name once it is complete.
fn new_ui(ui: &mut Ui, cx: &Cx<'_>, name: Text, typed: &mut String) -> Option<String> {
    let name = cx.language.say(name);
    ui.horizontal(|ui| {
        let field = ui.add(
            egui::TextEdit::singleline(typed)
                .hint_text(name)
                .desired_width(240.0),
        );
        field.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, name));
        let entered = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        if entered {
            // The next name can be typed at once.
            field.request_focus();
        }
        let is_named = !typed.trim().is_empty();
        let add = ui.add_enabled(is_named, egui::Button::new(cx.language.say(strings::ADD)));
        (is_named && (entered || add.clicked())).then(|| std::mem::take(typed))
    })
    .inner
}

/// The button that removes a thing of this name; greyed while something refers to it.
fn remove_ui(ui: &mut Ui, cx: &Cx<'_>, name: &str, is_free: bool) -> bool {
    let button = ui
        .add_enabled_ui(is_free, |ui| {
            let says = format!("{} {name}", cx.language.say(strings::REMOVE));
            buttons::quiet(ui, icons::TRASH, &says)
        })
        .inner;
    button
        .on_disabled_hover_text(cx.language.say(strings::CANT_UNUSED_ONLY))
        .clicked()
}
