//! A coding as a card: code, coder, facets and memos.

use egui::{Align, Frame, Id, Label, Layout, RichText, Role, Stroke, TextEdit, Ui, WidgetInfo};

use crate::{
    analysis::attribution::{Ground, People},
    app::action::Action,
    gui::{
        context::Cx,
        icons,
        panels::{
            about::names,
            read::{ReadPanel, coding_at},
        },
        request::Request,
        strings::{self, UiLanguage},
        theme::{self, palette, small},
        typeset,
        widgets::{buttons, transcript::marks::Mark},
    },
    model::{
        coding::{Coding, Origin},
        document::Document,
        facet::{Facet, FacetKind, FacetValue},
        ids::{CodingId, DocumentId},
        memo::{Anchor, MemoKind},
    },
};

/// Shows the card of a coding; the controls of the chosen codings act on all of them.
pub(super) fn ui(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    document: &Document,
    mark: &Mark,
    read: &mut ReadPanel,
) {
    let Some(coding) = coding_at(document, mark.range, mark.coding) else {
        return;
    };
    let Some(code) = cx.project.codebook.get(coding.code) else {
        return;
    };
    let colors = palette(ui.visuals());
    let chosen = read.chosen();
    let forward = chosen.iter().any(|(_, id)| *id == coding.id);
    let line = if forward { colors.accent } else { colors.line };
    Frame::new()
        .fill(colors.page)
        .stroke(Stroke::new(1.0, line))
        .corner_radius(8)
        .inner_margin(12)
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal(|ui| {
                buttons::chip(ui, colors.code(code.hue));
                header_ui(ui, cx, document.id, mark, read);
            });
            origin_ui(ui, &coding.origin, cx.language);
            // A facet set on one of several chosen codings is set on all that have it.
            let targets = if forward {
                chosen
            } else {
                vec![(document.id, coding.id)]
            };
            for facet in &code.facets {
                facet_ui(ui, cx, &targets, coding, facet);
            }
            about_ui(ui, cx, document, coding, &targets);
            let anchor = Anchor::Coding(document.id, coding.id);
            if mark.memo.is_some() {
                for memo in cx.project.memos_on(anchor) {
                    ui.add_space(4.0);
                    ui.label(
                        RichText::new(format!("{} {}", icons::NOTE, memo.body))
                            .font(theme::regular(12.5))
                            .color(colors.ink_2),
                    );
                }
            }
            if forward && targets.len() == 1 {
                memo_ui(ui, cx, anchor, read.memos.entry(coding.id).or_default());
            }
        });
    ui.add_space(4.0);
}

/// The name of the code, its coder, and the button that removes the coding.
fn header_ui(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    document: DocumentId,
    mark: &Mark,
    read: &mut ReadPanel,
) {
    // The name comes last, since it is cut to the width that button and coder leave.
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        let remove = format!("{} {}", cx.language.say(strings::REMOVE), mark.name);
        if buttons::quiet(ui, icons::TRASH, &remove).clicked() {
            cx.edit(Action::RemoveCodings(vec![(document, mark.coding)]));
        }
        ui.label(small(ui, &*mark.by));
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            let name = egui::Button::new(theme::strong(&*mark.name))
                .frame_when_inactive(false)
                .truncate();
            if ui.add(name).clicked() {
                read.choose(mark.coding, ui.input(|input| input.modifiers.command));
            }
        });
    });
}

/// Whom a coding is given to and why, and the button that asks whom it is about.
fn about_ui(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    document: &Document,
    coding: &Coding,
    targets: &[(DocumentId, CodingId)],
) {
    // In a project without cases nothing can be given to anybody.
    if cx.project.cases.is_empty() {
        return;
    }
    let Ok(content) = cx.session.content(document) else {
        return;
    };
    let people = People::of(cx.project, document);
    let (given, ground) = people.concerned(&coding.about, &content.turns, coding.range);
    let language = cx.language;
    let about = language.say(strings::ABOUT);
    let says = match ground {
        Ground::None => language.say(strings::NOT_ATTRIBUTED).to_owned(),
        _ => names(cx.project, &given),
    };
    ui.horizontal(|ui| {
        name_ui(ui, about);
        let button = egui::Button::new(theme::strong(&*says))
            .frame_when_inactive(false)
            .truncate();
        let button = ui
            .add(button)
            .on_hover_text(language.say(strings::ground(ground)));
        let label = strings::labelled(language, about, &says);
        button.widget_info(|| WidgetInfo::labeled(Role::Button, true, label.as_str()));
        if button.clicked() {
            cx.ask(Request::AskAbout(vec![targets.to_vec()]));
        }
    });
}

/// Says where a coding comes from, unless a person has made it by hand.
fn origin_ui(ui: &mut Ui, origin: &Origin, language: UiLanguage) {
    let words = match origin {
        Origin::Hand => return,
        Origin::Search(query) => format!("{} {query}", language.say(strings::BY_SEARCH)),
        Origin::Suggestion => language.say(strings::BY_SUGGESTION).to_owned(),
        Origin::Import(_) => language.say(strings::BY_IMPORT).to_owned(),
    };
    ui.add(Label::new(small(ui, words)).truncate());
}

/// The name of what a coding has, in a column.
fn name_ui(ui: &mut Ui, name: &str) -> egui::Response {
    const WIDTH: f32 = 84.0;
    let layout = egui::Layout::left_to_right(Align::Center);
    let label = ui.allocate_ui_with_layout(egui::vec2(WIDTH, 20.0), layout, |ui| {
        ui.set_width(WIDTH);
        ui.add(Label::new(small(ui, name)).truncate())
    });
    label.inner
}

/// A facet with the control for its kind of values.
fn facet_ui(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    targets: &[(DocumentId, CodingId)],
    coding: &Coding,
    facet: &Facet,
) {
    let tag = cx.language.tag();
    let name = facet.name.get(&tag);
    let set = |value: Option<FacetValue>| {
        Request::edit(Action::SetFacet {
            codings: targets.to_vec(),
            facet: facet.id,
            value,
        })
    };
    let present = coding.facets.get(&facet.id);
    let salt = Id::unique((coding.id, facet.id));
    ui.horizontal(|ui| {
        let label = name_ui(ui, name);
        match &facet.kind {
            FacetKind::Category(values) => {
                let shown = match present {
                    Some(FacetValue::Category(text)) => values
                        .iter()
                        .find(|value| value.text == *text)
                        .map_or("–", |value| value.get(&tag)),
                    _ => "–",
                };
                let options = values
                    .iter()
                    .map(|value| (value.get(&tag), FacetValue::Category(value.text.clone())))
                    .collect();
                cx.requests
                    .extend(choice_ui(ui, salt, name, shown, options).map(set));
            }
            FacetKind::YesNo => {
                let (yes, no) = (cx.language.say(strings::YES), cx.language.say(strings::NO));
                let shown = match present {
                    Some(FacetValue::YesNo(true)) => yes,
                    Some(FacetValue::YesNo(false)) => no,
                    _ => "–",
                };
                let options = vec![
                    (yes, FacetValue::YesNo(true)),
                    (no, FacetValue::YesNo(false)),
                ];
                cx.requests
                    .extend(choice_ui(ui, salt, name, shown, options).map(set));
            }
            FacetKind::Intensity => {
                let mut value = if let Some(FacetValue::Intensity(value)) = present {
                    *value
                } else {
                    50
                };
                let slider = ui
                    .add(egui::Slider::new(&mut value, 0..=100))
                    .labelled_by(label.id);
                // One action for a whole drag, and one for each change by keyboard.
                if slider.drag_stopped() || (slider.changed() && !slider.dragged()) {
                    cx.ask(set(Some(FacetValue::Intensity(value))));
                }
            }
            FacetKind::Text => cx
                .requests
                .extend(text_ui(ui, present, coding.id, facet, &label).map(set)),
        }
    });
}

/// A list of values with "none" above them; returns what was chosen.
#[expect(
    clippy::option_option,
    reason = "the outer says whether something was chosen, the inner whether it is a value"
)]
fn choice_ui(
    ui: &mut Ui,
    salt: Id,
    name: &str,
    shown: &str,
    options: Vec<(&str, FacetValue)>,
) -> Option<Option<FacetValue>> {
    let mut chosen = None;
    let combo = egui::ComboBox::from_id_salt(salt)
        .width(120.0)
        .selected_text(shown);
    let response = combo.show_ui(ui, |ui| {
        if ui.selectable_label(shown == "–", "–").clicked() {
            chosen = Some(None);
        }
        for (words, value) in options {
            if ui.selectable_label(words == shown, words).clicked() {
                chosen = Some(Some(value));
            }
        }
    });
    response
        .response
        .widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, name));
    chosen
}

/// A field of one line; returns its text once the field is left with another text than it had.
#[expect(
    clippy::option_option,
    reason = "the outer says whether something was written, the inner whether it is a value"
)]
fn text_ui(
    ui: &mut Ui,
    present: Option<&FacetValue>,
    coding: CodingId,
    facet: &Facet,
    label: &egui::Response,
) -> Option<Option<FacetValue>> {
    let id = Id::unique(("facet text", coding, facet.id));
    // What is typed is kept by egui until the field is left, so that typing is one action.
    let stored = present.map(FacetValue::to_text).unwrap_or_default();
    let mut words = ui
        .data(|data| data.get_temp::<String>(id))
        .unwrap_or_else(|| stored.clone());
    let field = ui
        .add(TextEdit::singleline(&mut words).desired_width(120.0))
        .labelled_by(label.id);
    let done = field.lost_focus() && words != stored;
    if field.has_focus() {
        ui.data_mut(|data| data.insert_temp(id, words.clone()));
    } else {
        ui.data_mut(|data| data.remove_temp::<String>(id));
    }
    done.then(|| facet.kind.parse(&words))
}

/// A field for a new memo about the coding.
fn memo_ui(ui: &mut Ui, cx: &mut Cx<'_>, anchor: Anchor, words: &mut String) {
    ui.add_space(6.0);
    let mut set = typeset::in_field(ui);
    let field = TextEdit::multiline(words)
        .layouter(&mut set)
        .desired_rows(2)
        .hint_text(cx.language.say(strings::WRITE_HERE))
        .desired_width(f32::INFINITY);
    let field = ui.add(field);
    field
        .widget_info(|| WidgetInfo::labeled(Role::TextInput, true, cx.language.say(strings::MEMO)));
    if !words.trim().is_empty() && ui.button(cx.language.say(strings::ADD_MEMO)).clicked() {
        cx.edit(Action::AddMemo {
            anchor,
            kind: MemoKind::Analytic,
            title: String::new(),
            body: std::mem::take(words),
        });
    }
}
