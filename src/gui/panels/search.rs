//! Search: a query, filters, and a concordance by family; a hit opens in Read.

use std::{collections::BTreeSet, sync::Arc};

use egui::{Align2, Key, Rect, Role, ScrollArea, Sense, Stroke, TextEdit, Ui, Vec2, WidgetInfo, pos2, text::LayoutJob};

use crate::{
    app::Session,
    gui::{
        messages::Message as _,
        request::{DeskRequest, Request},
        strings::{Text, Tongue},
        theme::{self, palette, small},
        widgets::buttons,
    },
    model::{
        Project,
        document::Document,
        ids::{CaseId, PhaseId},
        natural_key,
    },
    search::{self, Context, Filters, Hit, Index, Mode, Outcome},
};

/// Most hits shown; all are counted.
const LIMIT: usize = 2000;
const ROW: f32 = 32.0;
/// Characters of context on each side.
const AROUND: u32 = 60;

/// What the page remembers.
#[derive(Debug, Default)]
pub(in crate::gui) struct SearchPanel {
    pub(in crate::gui) query: String,
    mode: Mode,
    phase: Option<PhaseId>,
    not_coded: bool,
    chosen: Option<Hit>,
    asked: Option<(search::Request, u64, Tongue)>,
    found: Found,
    focused: bool,
}

/// The answer to the last query.
#[derive(Debug, Default)]
struct Found {
    outcome: Outcome,
    error: Option<String>,
    rows: Vec<Line>,
}

/// A line of the concordance.
#[derive(Debug)]
enum Line {
    /// A family and how many hits it has.
    Family(String, usize),
    /// A hit with who says it.
    Hit(Hit, String, Context),
}

impl SearchPanel {
    /// Gives the keyboard to the query.
    pub(in crate::gui) fn take_keyboard(&mut self) {
        self.focused = false;
    }

    pub(in crate::gui) fn ui(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        index: Option<&Arc<Index>>,
        tongue: Tongue,
        requests: &mut Vec<Request>,
    ) {
        self.query_ui(ui, tongue);
        ui.add_space(8.0);
        self.filters_ui(ui, session.project(), tongue);
        ui.add_space(12.0);
        self.ask(session, index, tongue);
        self.keys(ui, requests);
        if let Some(error) = &self.found.error {
            ui.label(egui::RichText::new(error).color(palette(ui.visuals()).bad));
            return;
        }
        if self.query.trim().is_empty() {
            buttons::empty(ui, tongue.say(Text::SearchHint));
            return;
        }
        if self.found.rows.is_empty() {
            buttons::empty(ui, tongue.say(Text::NoHits));
            return;
        }
        let mut opened = None;
        ui.spacing_mut().item_spacing = Vec2::ZERO;
        ScrollArea::vertical().auto_shrink([false, false]).show_rows(ui, ROW, self.found.rows.len(), |ui, visible| {
            for line in self.found.rows.get(visible).unwrap_or_default() {
                match line {
                    Line::Family(name, hits) => family_ui(ui, name, &tongue.n_hits(*hits)),
                    Line::Hit(hit, who, words) => {
                        if hit_ui(ui, who, words, self.chosen == Some(*hit)) {
                            opened = Some(*hit);
                        }
                    }
                }
            }
        });
        if let Some(hit) = opened {
            self.chosen = Some(hit);
            requests.push(Request::Desk(DeskRequest::OpenDocument(hit.document, Some(hit.range))));
        }
    }

    fn query_ui(&mut self, ui: &mut Ui, tongue: Tongue) {
        let colors = palette(ui.visuals());
        let field = TextEdit::singleline(&mut self.query).hint_text(tongue.say(Text::QueryHint)).font(theme::regular(15.0));
        let response = ui.add(field.desired_width(f32::INFINITY).margin(egui::Margin::symmetric(14, 9)));
        response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, tongue.say(Text::Query)));
        if !self.focused {
            response.request_focus();
            self.focused = true;
        }
        if !self.query.trim().is_empty() && self.found.error.is_none() {
            let outcome = &self.found.outcome;
            let text = format!("{} · {}", tongue.n_hits(outcome.total), tongue.n_documents(outcome.documents));
            let at = response.rect.right_center() - Vec2::new(14.0, 0.0);
            ui.painter().text(at, Align2::RIGHT_CENTER, text, theme::regular(12.0), colors.ink_2);
        }
    }

    fn filters_ui(&mut self, ui: &mut Ui, project: &Project, tongue: Tongue) {
        ui.horizontal(|ui| {
            let modes = [(Mode::Words, Text::Words), (Mode::Literal, Text::Literal), (Mode::Regex, Text::Pattern)];
            buttons::segmented(ui, &mut self.mode, &modes.map(|(mode, text)| (mode, tongue.say(text))));
            let phase = self.phase.and_then(|id| project.phases.get(&id)).map_or(tongue.say(Text::AllPhases), |phase| phase.name.as_str());
            let combo = egui::ComboBox::from_id_salt("phase of the hits").selected_text(phase).show_ui(ui, |ui| {
                ui.selectable_value(&mut self.phase, None, tongue.say(Text::AllPhases));
                for phase in project.phases_in_order() {
                    ui.selectable_value(&mut self.phase, Some(phase.id), &phase.name);
                }
            });
            combo.response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, tongue.say(Text::PhaseLabel)));
            ui.checkbox(&mut self.not_coded, tongue.say(Text::NotYetCoded));
        });
    }

    /// Asks again when the question or the project has changed.
    fn ask(&mut self, session: &Session, index: Option<&Arc<Index>>, tongue: Tongue) {
        let project = session.project();
        let not_in_codes: BTreeSet<_> = if self.not_coded { project.codebook.codes.keys().copied().collect() } else { BTreeSet::new() };
        let filters = Filters { phases: self.phase.into_iter().collect(), not_in_codes, ..Filters::default() };
        let request = search::Request { text: self.query.trim().to_owned(), mode: self.mode, exact_forms: false, filters, limit: LIMIT };
        if request.text.is_empty() {
            self.found = Found::default();
            self.asked = None;
            return;
        }
        let asked = Some((request.clone(), session.revision(), tongue));
        if self.asked == asked {
            return;
        }
        self.asked = asked;
        self.found = match session.search(index.map(AsRef::as_ref), &request) {
            Ok(outcome) => Found { rows: lines(session, &outcome, tongue), outcome, error: None },
            Err(error) => Found { error: Some(error.say(tongue)), ..Found::default() },
        };
    }

    /// Arrow keys walk through the hits, Enter opens one.
    fn keys(&mut self, ui: &Ui, requests: &mut Vec<Request>) {
        let pressed = |key: Key| ui.input(|input| input.key_pressed(key));
        let hits: Vec<Hit> =
            self.found.rows.iter().filter_map(|line| if let Line::Hit(hit, ..) = line { Some(*hit) } else { None }).collect();
        let at = self.chosen.and_then(|chosen| hits.iter().position(|hit| *hit == chosen));
        if pressed(Key::ArrowDown) {
            self.chosen = hits.get(at.map_or(0, |at| at + 1)).copied().or(self.chosen);
        } else if pressed(Key::ArrowUp) {
            self.chosen = at.and_then(|at| hits.get(at.saturating_sub(1))).copied().or(self.chosen);
        } else if pressed(Key::Enter)
            && let Some(hit) = self.chosen.filter(|chosen| hits.contains(chosen))
        {
            requests.push(Request::Desk(DeskRequest::OpenDocument(hit.document, Some(hit.range))));
        }
    }
}

/// The hits by family, in the order of the families; several or none at the end.
fn lines(session: &Session, outcome: &Outcome, tongue: Tongue) -> Vec<Line> {
    let project = session.project();
    let family = |document: &Document| -> Option<CaseId> {
        let families: BTreeSet<CaseId> = document.cases.iter().map(|case| project.family_of(*case)).collect();
        if families.len() == 1 { families.first().copied() } else { None }
    };
    let mut groups: Vec<(Option<CaseId>, Vec<Line>)> = Vec::new();
    for hit in &outcome.hits {
        let Some(document) = project.documents.get(&hit.document) else { continue };
        let Ok(content) = session.content(document) else { continue };
        let key = family(document);
        let speaker =
            hit.turn.and_then(|turn| content.turns.get(turn)?.speaker).and_then(|index| document.speakers.get(usize::from(index)));
        let place = document.phase.and_then(|id| project.phases.get(&id)).map_or(document.title.as_str(), |phase| phase.name.as_str());
        let who = speaker.map_or_else(|| place.to_owned(), |speaker| format!("{} · {place}", speaker.label));
        let line = Line::Hit(*hit, who, search::context(&content, hit, AROUND));
        match groups.iter_mut().find(|(own, _)| *own == key) {
            Some((_, lines)) => lines.push(line),
            None => groups.push((key, vec![line])),
        }
    }
    let name = |key: &Option<CaseId>| key.and_then(|id| project.cases.get(&id)).map(|case| case.name.clone());
    groups.sort_by_cached_key(|(key, _)| (key.is_none(), name(key).map(|name| natural_key(&name))));
    let with_head = |(key, lines): (Option<CaseId>, Vec<Line>)| {
        let head = Line::Family(name(&key).unwrap_or_else(|| tongue.say(Text::NoCase).to_owned()), lines.len());
        std::iter::once(head).chain(lines)
    };
    groups.into_iter().flat_map(with_head).collect()
}

fn family_ui(ui: &mut Ui, name: &str, hits: &str) {
    let colors = palette(ui.visuals());
    let (rect, response) = ui.allocate_exact_size(Vec2::new(ui.available_width(), ROW), Sense::hover());
    let galley = ui.painter().layout_no_wrap(name.to_owned(), theme::semibold(13.0), colors.ink);
    let y = rect.bottom() - 8.0;
    let right = rect.left() + galley.size().x;
    ui.painter().galley(pos2(rect.left(), y - galley.size().y), galley, colors.ink);
    ui.painter().text(pos2(right + 10.0, y - 1.0), Align2::LEFT_BOTTOM, hits, theme::regular(12.0), colors.ink_2);
    ui.painter().hline(rect.x_range(), rect.bottom() - 1.0, Stroke::new(1.0, colors.line));
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, name));
}

/// A hit on the axis in the middle, its left context right-aligned to it.
fn hit_ui(ui: &mut Ui, who: &str, words: &Context, chosen: bool) -> bool {
    let colors = palette(ui.visuals());
    let (rect, response) = ui.allocate_exact_size(Vec2::new(ui.available_width(), ROW), Sense::click());
    if chosen || response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, 6.0, if chosen { colors.selection } else { colors.panel });
    }
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    let y = rect.center().y;
    let line = |text: &str, font: egui::FontId, color| {
        let mut job = LayoutJob::simple_singleline(text.to_owned(), font, color);
        job.break_on_newline = false;
        ui.fonts_mut(|fonts| fonts.layout_job(job))
    };
    let margin = 150.0;
    let axis = rect.left() + margin + (rect.width() - margin) * 0.46;
    let hit = line(&words.hit, theme::semibold(14.0), colors.ink);
    let half = hit.size().x / 2.0;
    let put = |galley: Arc<egui::Galley>, x: f32| painter.galley(pos2(x, y - galley.size().y / 2.0), galley, colors.ink);
    let backing = Rect::from_center_size(pos2(axis, y), hit.size() + Vec2::new(8.0, 4.0));
    let contexts = painter.with_clip_rect(Rect::from_min_max(pos2(rect.left() + margin, rect.top()), rect.max).intersect(ui.clip_rect()));
    let left = line(&words.left, theme::regular(14.0), colors.ink_2);
    let right = line(&words.right, theme::regular(14.0), colors.ink_2);
    contexts.galley(pos2(axis - half - 6.0 - left.size().x, y - left.size().y / 2.0), left, colors.ink_2);
    contexts.galley(pos2(axis + half + 6.0, y - right.size().y / 2.0), right, colors.ink_2);
    painter.rect_filled(backing, 3.0, colors.hit);
    put(hit, axis - half);
    super::documents::elided(ui, rect.left() + 8.0, rect.left() + margin - 10.0, y, small(ui, who));
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{}{}{}", words.left, words.hit, words.right)));
    response.clicked()
}
