//! The coders: who codes now, and coders added, renamed, described by attributes and removed.

use std::collections::BTreeMap;

use egui::{Button, RichText, Role, Ui, WidgetInfo, containers::menu::MenuButton};

use super::{new_ui, remove_ui};
use crate::{
    app::action::Action,
    gui::{
        context::Cx,
        panels::{attribute_values::values_ui, codebook::hues_ui},
        request::Request,
        strings,
        theme::{palette, small},
        widgets::{buttons, name_field::name_field},
    },
    log::change::Holder,
    model::{Project, attribute::AttributeOf, coder::Coder, ids::CoderId},
};

/// How far the values of a coder are below the name rather than the radio button.
const INDENT: f32 = 75.0;

pub(super) fn ui(ui: &mut Ui, cx: &mut Cx<'_>, new_name: &mut String) {
    let project = cx.project.clone();
    let work = work(&project);
    for coder in project.coders.values() {
        coder_ui(
            ui,
            cx,
            coder,
            work.get(&coder.id).copied().unwrap_or_default(),
        );
        attributes_ui(ui, cx, coder);
    }
    ui.add_space(8.0);
    if let Some(name) = new_ui(ui, cx, strings::NEW_CODER, new_name) {
        cx.edit(Action::AddCoder(name));
    }
}

/// What each coder has done: codings and memos.
fn work(project: &Project) -> BTreeMap<CoderId, (usize, usize)> {
    let mut work: BTreeMap<CoderId, (usize, usize)> = BTreeMap::new();
    let documents = project.documents.values();
    for coding in documents.flat_map(|document| &document.codings) {
        work.entry(coding.coder).or_default().0 += 1;
    }
    for memo in project.memos.values() {
        work.entry(memo.coder).or_default().1 += 1;
    }
    work
}

fn coder_ui(ui: &mut Ui, cx: &mut Cx<'_>, coder: &Coder, (codings, memos): (usize, usize)) {
    ui.horizontal(|ui| {
        let acts = cx.session.coder() == Some(coder.id);
        let says = format!("{} {}", cx.language.say(strings::CODE_AS), coder.name);
        let radio = buttons::radio(ui, acts, "");
        radio
            .widget_info(|| egui::WidgetInfo::selected(egui::Role::RadioButton, true, acts, &says));
        if radio.on_hover_text(&says).clicked() && !acts {
            cx.ask(Request::ActAs(coder.name.clone()));
        }
        hue_ui(ui, cx, coder);
        let label = strings::labelled(cx.language, cx.language.say(strings::CODER), &coder.name);
        if let Some(name) = name_field(ui, coder.id, &label, &coder.name, 190.0) {
            cx.edit(Action::RenameCoder(coder.id, name));
        }
        let mut done = vec![
            strings::n_codings(cx.language, codings),
            strings::n_memos(cx.language, memos),
        ];
        if acts {
            done.push(cx.language.say(strings::WHO_CODES_NOW).to_owned());
        }
        ui.label(small(ui, done.join(" · ")));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if remove_ui(ui, cx, &coder.name, !acts && codings + memos == 0) {
                cx.edit(Action::RemoveCoder(coder.id));
            }
        });
    });
}

/// The attributes of coders with this coder's values.
fn attributes_ui(ui: &mut Ui, cx: &mut Cx<'_>, coder: &Coder) {
    if cx.project.attributes_of(AttributeOf::Coders).is_empty() {
        return;
    }
    ui.horizontal(|ui| {
        ui.add_space(INDENT);
        // Every coder has these fields, so each says whose it is.
        let says = |attribute: &str| format!("{attribute} {}", coder.name);
        values_ui(ui, cx, Holder::Coder(coder.id), &coder.values, None, says);
    });
    ui.add_space(8.0);
}

/// The colour of a coder's codings, which a click changes.
fn hue_ui(ui: &mut Ui, cx: &mut Cx<'_>, coder: &Coder) {
    let hue = cx.project.hue_of_coder(coder.id);
    let color = palette(ui.visuals()).code(hue);
    let square = RichText::new("■").color(color);
    let button = Button::new(square).frame_when_inactive(false);
    let (button, _) = MenuButton::from_button(button).ui(ui, |ui| {
        if let Some(hue) = hues_ui(ui, hue, cx.language) {
            cx.edit(Action::SetCoderHue(coder.id, Some(hue)));
            ui.close();
        }
    });
    let says = format!("{} {}", cx.language.say(strings::COLOUR), coder.name);
    button.widget_info(|| WidgetInfo::labeled(Role::Button, true, &says));
}
