//! What was found in memos, codes and cases.

use egui::{Frame, RichText, ScrollArea, Sense, Ui, WidgetInfo, text::LayoutJob};

use crate::{
    app::search::SearchAnswer,
    gui::{
        context::Cx,
        panels::memos::view::title_of,
        request::Request,
        strings,
        theme::{self, palette, small},
        typeset,
    },
    model::memo::Anchor,
    search::elsewhere::{Elsewhere, Part},
};

/// Code points shown around the first hit of a long text.
const AROUND: usize = 160;

pub(super) fn ui(ui: &mut Ui, cx: &mut Cx<'_>, answer: &SearchAnswer) {
    ScrollArea::vertical()
        .auto_shrink([false, false])
        .show(ui, |ui| {
            for found in answer.elsewhere.iter().take(500) {
                row_ui(ui, cx, found);
            }
        });
}

fn row_ui(ui: &mut Ui, cx: &mut Cx<'_>, found: &Elsewhere) {
    let colors = palette(ui.visuals());
    let kind = cx.language.say(match found.of {
        Anchor::Code(_) => strings::CODE,
        Anchor::Case(_) => strings::CASE,
        _ => strings::MEMO,
    });
    let part = match &found.part {
        Part::Name => cx.language.say(strings::NAME_PART).to_owned(),
        Part::Body => cx.language.say(strings::BODY_PART).to_owned(),
        Part::Definition => cx.language.say(strings::DEFINITION).to_owned(),
        Part::ApplyWhen => cx.language.say(strings::APPLY).to_owned(),
        Part::NotWhen => cx.language.say(strings::NOT).to_owned(),
        Part::Example => cx.language.say(strings::EXAMPLES).to_owned(),
        Part::Indicator => cx.language.say(strings::INDICATORS).to_owned(),
        Part::Value(attribute) => attribute.get(&cx.language.tag()).to_owned(),
    };
    let name = match found.of {
        Anchor::Code(code) => {
            let path = cx.project.codebook.path_in(code, &cx.language.tag());
            path.replace('/', " / ")
        }
        Anchor::Memo(id) if found.name.is_empty() => {
            let memo = cx.project.memos.get(&id);
            memo.map_or_else(String::new, |memo| title_of(cx.project, memo, cx.language))
        }
        _ => found.name.clone(),
    };
    let card = Frame::new()
        .inner_margin(8)
        .corner_radius(6)
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal(|ui| {
                ui.label(small(ui, kind));
                ui.label(
                    RichText::new(if name.is_empty() { "–" } else { &name })
                        .font(theme::medium(13.0)),
                );
                ui.label(small(ui, part));
            });
            ui.label(marked(ui, found));
        });
    let response = card
        .response
        .interact(Sense::click())
        .on_hover_cursor(egui::CursorIcon::PointingHand);
    if response.hovered() {
        ui.painter().rect_stroke(
            response.rect,
            6.0,
            egui::Stroke::new(1.0, colors.line),
            egui::StrokeKind::Inside,
        );
    }
    response.widget_info(|| {
        WidgetInfo::labeled(
            egui::Role::Button,
            true,
            format!("{kind} {name} {}", found.text),
        )
    });
    if response.clicked() {
        cx.ask(Request::OpenAnchor(found.of));
    }
}

/// The words with the hits marked, cut around the first of them.
fn marked(ui: &Ui, found: &Elsewhere) -> LayoutJob {
    let colors = palette(ui.visuals());
    let first = found.hits.first().map_or(0, |hit| hit.start() as usize);
    let start = first.saturating_sub(AROUND / 2);
    let mut job = LayoutJob {
        wrap: egui::text::TextWrapping {
            max_width: ui.available_width(),
            max_rows: 2,
            ..Default::default()
        },
        ..Default::default()
    };
    let plain = egui::TextFormat {
        font_id: theme::regular(13.0),
        color: colors.ink_2,
        ..Default::default()
    };
    let hit = egui::TextFormat {
        font_id: theme::medium(13.0),
        color: colors.ink,
        background: colors.hit,
        ..Default::default()
    };
    let before = if start > 0 { "…" } else { "" };
    let words = found.text.chars().skip(start).take(AROUND * 2);
    let words = words.map(|c| if c == '\n' { ' ' } else { c });
    let shown: String = before.chars().chain(words).collect();
    let is_hit = |at: usize| {
        let mut hits = found.hits.iter();
        hits.any(|hit| (hit.start() as usize..hit.end() as usize).contains(&at))
    };
    let (mut from, mut in_hit) = (0, false);
    let mut end = |to: usize, in_hit: bool| {
        let format = if in_hit { &hit } else { &plain };
        typeset::append(ui.ctx(), &mut job, &shown, from..to, format.clone());
        from = to;
    };
    for (number, (at, _)) in shown
        .char_indices()
        .skip(before.chars().count())
        .enumerate()
    {
        if is_hit(start + number) != in_hit {
            end(at, in_hit);
            in_hit = !in_hit;
        }
    }
    end(shown.len(), in_hit);
    job
}
