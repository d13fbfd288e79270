//! What is selected, the codings there with facets and memos, and the rules of the chosen code.

use egui::{Frame, RichText, Role, ScrollArea, Stroke, TextEdit, Ui, WidgetInfo};

use super::read::ReadPanel;
use crate::{
    app::{Session, action::Action},
    gui::{
        icons,
        request::Request,
        strings::{Text, Tongue},
        theme::{self, palette, section, small},
        widgets::buttons,
    },
    model::{
        Project,
        code::Code,
        coding::Coding,
        document::Document,
        facet::{Facet, FacetKind, FacetValue},
        memo::{Anchor, MemoKind},
    },
};

pub(in crate::gui) fn ui(ui: &mut Ui, session: &Session, read: &mut ReadPanel, tongue: Tongue, requests: &mut Vec<Request>) {
    let project = session.project();
    let Some(document) = read.document.and_then(|id| project.documents.get(&id)) else { return };
    let Ok(content) = session.content(document) else { return };
    let chosen = read.chosen.and_then(|id| document.coding(id));
    let range = read.selection().map(|(_, range)| range).or(chosen.map(|coding| coding.range));
    ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
        ui.label(section(ui, tongue.say(Text::Selection)));
        ui.add_space(4.0);
        let Some(range) = range else {
            ui.label(small(ui, tongue.say(Text::NoSelection)));
            ui.add_space(8.0);
            ui.label(small(ui, tongue.say(Text::Shortcuts)));
            return;
        };
        quote_ui(ui, content.text.slice(range).unwrap_or_default());
        let speaker = content.turn_at(range.start()).and_then(|(_, turn)| turn.speaker);
        let label = speaker.and_then(|index| document.speakers.get(usize::from(index))).map_or("", |speaker| speaker.label.as_str());
        let length = tongue.n_characters(usize::try_from(range.len_chars()).unwrap_or(0));
        ui.label(small(ui, if label.is_empty() { length } else { format!("{label} · {length}") }));
        ui.add_space(16.0);
        ui.label(section(ui, tongue.say(Text::CodingsHere)));
        ui.add_space(4.0);
        let here: Vec<&Coding> = document.codings.iter().filter(|coding| coding.range.overlaps(range)).collect();
        for coding in &here {
            coding_ui(ui, project, document, coding, read, tongue, requests);
        }
        let rules = chosen.or(here.first().copied()).and_then(|coding| project.codebook.get(coding.code));
        if let Some(code) = rules {
            rules_ui(ui, code, tongue);
        }
    });
}

/// The words of a passage, with a bar before them.
fn quote_ui(ui: &mut Ui, words: &str) {
    let colors = palette(ui.visuals());
    let short: String = words.chars().take(280).collect();
    let short = if short.len() < words.len() { format!("{short}…") } else { short };
    let response =
        Frame::new().inner_margin(egui::Margin { left: 12, right: 0, top: 2, bottom: 2 }).show(ui, |ui| ui.label(short)).response;
    let bar = egui::Rect::from_min_size(response.rect.min, egui::vec2(3.0, response.rect.height()));
    ui.painter().rect_filled(bar, 1.5, colors.strong_line);
}

fn coding_ui(
    ui: &mut Ui,
    project: &Project,
    document: &Document,
    coding: &Coding,
    read: &mut ReadPanel,
    tongue: Tongue,
    requests: &mut Vec<Request>,
) {
    let Some(code) = project.codebook.get(coding.code) else { return };
    let colors = palette(ui.visuals());
    let forward = read.chosen == Some(coding.id);
    let line = if forward { colors.accent } else { colors.line };
    Frame::new().fill(colors.page).stroke(Stroke::new(1.0, line)).corner_radius(8).inner_margin(12).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal(|ui| {
            buttons::chip(ui, colors.code(code.hue));
            let name = code.name.get(&tongue.language());
            if ui.add(egui::Button::new(theme::strong(name)).frame_when_inactive(false).truncate()).clicked() {
                read.chosen = Some(coding.id);
                read.memo.clear();
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let remove = format!("{} {name}", tongue.say(Text::Remove));
                if buttons::quiet(ui, icons::TRASH, &remove).clicked() {
                    requests.push(Request::act(Action::RemoveCodings(vec![(document.id, coding.id)])));
                }
                let coder = project.coders.get(&coding.coder).map_or("", |coder| coder.name.as_str());
                ui.label(small(ui, coder));
            });
        });
        for facet in &code.facets {
            facet_ui(ui, document, coding, facet, tongue, requests);
        }
        let anchor = Anchor::Coding(document.id, coding.id);
        for memo in project.memos_on(anchor) {
            ui.add_space(4.0);
            ui.label(RichText::new(format!("{} {}", icons::NOTE, memo.body)).font(theme::regular(12.5)).color(colors.ink_2));
        }
        if forward {
            memo_ui(ui, anchor, read, tongue, requests);
        }
    });
    ui.add_space(4.0);
}

fn facet_ui(ui: &mut Ui, document: &Document, coding: &Coding, facet: &Facet, tongue: Tongue, requests: &mut Vec<Request>) {
    let language = tongue.language();
    let name = facet.name.get(&language);
    let set =
        |value: Option<FacetValue>| Request::act(Action::SetFacet { codings: vec![(document.id, coding.id)], facet: facet.id, value });
    let present = coding.facets.get(&facet.id);
    ui.horizontal(|ui| {
        let label = ui.add_sized([84.0, 20.0], egui::Label::new(small(ui, name)).halign(egui::Align::LEFT));
        match &facet.kind {
            FacetKind::Category(values) => {
                let shown = match present {
                    Some(FacetValue::Category(text)) => {
                        values.iter().find(|value| value.text == *text).map_or("–", |value| value.get(&language))
                    }
                    _ => "–",
                };
                let combo = egui::ComboBox::from_id_salt((coding.id, facet.id)).width(120.0).selected_text(shown);
                let response = combo.show_ui(ui, |ui| {
                    if ui.selectable_label(present.is_none(), "–").clicked() {
                        requests.push(set(None));
                    }
                    for value in values {
                        if ui.selectable_label(value.get(&language) == shown, value.get(&language)).clicked() {
                            requests.push(set(Some(FacetValue::Category(value.text.clone()))));
                        }
                    }
                });
                response.response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, name));
            }
            FacetKind::Intensity => {
                let mut value = if let Some(FacetValue::Intensity(value)) = present { *value } else { 50 };
                let slider = ui.add(egui::Slider::new(&mut value, 0..=100)).labelled_by(label.id);
                if slider.drag_stopped() || slider.lost_focus() {
                    requests.push(set(Some(FacetValue::Intensity(value))));
                }
            }
            FacetKind::Text | FacetKind::YesNo => drop(ui.label(present.map_or("–".to_owned(), FacetValue::to_text))),
        }
    });
}

fn memo_ui(ui: &mut Ui, anchor: Anchor, read: &mut ReadPanel, tongue: Tongue, requests: &mut Vec<Request>) {
    ui.add_space(6.0);
    let field = TextEdit::multiline(&mut read.memo).desired_rows(2).hint_text(tongue.say(Text::WriteHere)).desired_width(f32::INFINITY);
    let field = ui.add(field);
    field.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, tongue.say(Text::Memo)));
    if !read.memo.trim().is_empty() && ui.button(tongue.say(Text::AddMemo)).clicked() {
        let body = std::mem::take(&mut read.memo);
        requests.push(Request::act(Action::AddMemo { anchor, kind: MemoKind::Analytic, title: String::new(), body }));
    }
}

/// Definition, rules and indicators of a code.
fn rules_ui(ui: &mut Ui, code: &Code, tongue: Tongue) {
    let language = tongue.language();
    ui.add_space(12.0);
    ui.label(section(ui, code.name.all().collect::<Vec<_>>().join(" ")));
    for (label, text) in [(None, &code.definition), (Some(Text::Apply), &code.apply_when), (Some(Text::Not), &code.not_when)] {
        let words = text.get(&language);
        if !words.is_empty() {
            ui.add_space(4.0);
            let words = label.map_or_else(|| words.to_owned(), |label| format!("{}: {words}", tongue.say(label)));
            ui.label(small(ui, words));
        }
    }
    if !code.indicators.is_empty() {
        let expressions: Vec<&str> = code.indicators.iter().map(|indicator| indicator.expression.as_str()).collect();
        ui.add_space(8.0);
        ui.label(small(ui, format!("{}: {}", tongue.say(Text::Indicators), expressions.join(" · "))));
    }
}
