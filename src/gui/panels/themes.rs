//! Themes across families: a heat map whose every cell opens the segments behind it.

use std::sync::Arc;

use egui::{Align2, Frame, Margin, Panel, Pos2, Rect, Role, ScrollArea, Sense, Shape, Stroke, Ui, Vec2, WidgetInfo, pos2};

use crate::{
    analysis::frequency::{
        Columns, Filter, Measure, Options, Rows, frequency,
        table::{RowKey, Segment, Table, Value},
    },
    app::{Session, smart::Keeping},
    gui::{
        request::{DeskRequest, Request},
        strings::{Text, Tongue, grouped},
        theme::{self, palette, small},
        widgets::{aside::Aside, buttons},
    },
    model::{
        Project,
        document::Document,
        ids::{CoderId, PhaseId},
        query::QueryKind,
    },
};

const LABELS: f32 = 180.0;
const CELL: Vec2 = Vec2::new(78.0, 32.0);
const HEADER: f32 = 128.0;
const TOTALS: f32 = 64.0;
/// Most segments listed beside the table.
const MOST_SEGMENTS: usize = 200;

/// What the page remembers.
#[derive(Debug)]
pub(in crate::gui) struct ThemesPanel {
    rows: Rows,
    columns: Columns,
    measure: Measure,
    roll_up: bool,
    phase: Option<PhaseId>,
    coder: Option<CoderId>,
    /// Whether smart codes are counted in place of codes.
    smart: bool,
    chosen: Option<Chosen>,
    shown: Option<Shown>,
}

/// A table with what it was made of.
#[derive(Debug, Clone)]
struct Shown {
    options: Options,
    smart: bool,
    revision: u64,
    /// The project that was counted: with smart codes, a copy.
    project: Arc<Project>,
    table: Arc<Table>,
}

impl Default for ThemesPanel {
    fn default() -> Self {
        let (rows, columns) = (Rows::Family, Columns::Codes);
        Self { rows, columns, measure: Measure::Codings, roll_up: true, phase: None, coder: None, smart: false, chosen: None, shown: None }
    }
}

/// What is opened beside the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Chosen {
    Cell(usize, usize),
    Row(usize),
    Column(usize),
}

impl ThemesPanel {
    pub(in crate::gui) fn ui(&mut self, ui: &mut Ui, session: &Session, tongue: Tongue, requests: &mut Vec<Request>) {
        let Shown { project, table, .. } = self.table(session);
        let colors = palette(ui.visuals());
        let aside = Aside::right("segments", 372.0);
        let chosen = self.chosen;
        let mut room = if chosen.is_some() { aside.page(ui) } else { ui.new_child(egui::UiBuilder::new()) };
        let page = Frame::new().fill(colors.page).inner_margin(Margin { left: 28, right: 16, top: 20, bottom: 12 });
        egui::CentralPanel::default().frame(page).show(&mut room, |ui| {
            ui.label(theme::title(tongue.say(Text::ThemesTitle)));
            let families = table.rows.iter().filter(|row| row.documents > 0 && row.key != RowKey::None).count();
            let counted = if self.rows == Rows::Family { tongue.n_families(families) } else { tongue.n_rows(table.rows.len()) };
            let codings = project.coding_count();
            ui.label(small(ui, format!("{counted} · {} · {}", tongue.n_documents(table.documents), tongue.n_codings(codings))));
            ui.add_space(10.0);
            self.controls_ui(ui, session.project(), tongue);
            ui.add_space(6.0);
            if codings == 0 {
                buttons::empty(ui, tongue.say(Text::NoCodings));
                return;
            }
            self.heat_ui(ui, &project, &table, tongue);
        });
        if let Some(chosen) = chosen {
            let side = Frame::new().fill(colors.panel).inner_margin(Margin::same(18));
            let dress = |panel: Panel| panel.size_range(260.0..=520.0).frame(side);
            aside.show(ui, dress, |ui| segments_ui(ui, (session, &project), &table, chosen, tongue, requests));
        }
    }

    /// The table in force: made anew when the question or the project has changed.
    fn table(&mut self, session: &Session) -> Shown {
        let filter = Filter { phases: self.phase.into_iter().collect(), coders: self.coder.into_iter().collect(), ..Filter::default() };
        let options = Options { rows: self.rows, columns: self.columns, measure: self.measure, roll_up: self.roll_up, filter };
        let (smart, revision) = (self.smart, session.revision());
        let same = |shown: &&Shown| shown.options == options && shown.smart == smart && shown.revision == revision;
        if let Some(shown) = self.shown.as_ref().filter(same) {
            return shown.clone();
        }
        let of_other_kind =
            |shown: &Shown| shown.options.rows != options.rows || shown.options.columns != options.columns || shown.smart != smart;
        if self.shown.as_ref().is_some_and(of_other_kind) {
            self.chosen = None;
        }
        let load = |document: &Document| session.content(document).ok();
        let project = if smart { session.with_smart_codes(Keeping::SmartAlone) } else { Arc::clone(session.project()) };
        let table = Arc::new(frequency(&project, &options, &load));
        let shown = Shown { options, smart, revision, project, table };
        self.shown = Some(shown.clone());
        shown
    }

    fn controls_ui(&mut self, ui: &mut Ui, project: &Project, tongue: Tongue) {
        ui.horizontal_wrapped(|ui| {
            let rows = [
                (Rows::Family, Text::Families),
                (Rows::Person, Text::Persons),
                (Rows::Phase, Text::Phases),
                (Rows::Document, Text::DocumentsRows),
                (Rows::Speaker, Text::Speakers),
                (Rows::Coder, Text::Coders),
            ];
            buttons::segmented(ui, &mut self.rows, &rows.map(|(value, text)| (value, tongue.say(text))));
            let columns = [(Columns::Codes, Text::Codes), (Columns::Themes, Text::Themes)];
            buttons::segmented(ui, &mut self.columns, &columns.map(|(value, text)| (value, tongue.say(text))));
            let measures = [
                (Measure::Codings, Text::Codings),
                (Measure::Documents, Text::DocumentsMeasure),
                (Measure::Characters, Text::Characters),
                (Measure::Share, Text::Share),
                (Measure::Presence, Text::Present),
            ];
            buttons::segmented(ui, &mut self.measure, &measures.map(|(value, text)| (value, tongue.say(text))));
        });
        ui.add_space(4.0);
        ui.horizontal(|ui| {
            let phase = self.phase.and_then(|id| project.phases.get(&id)).map_or(tongue.say(Text::AllPhases), |phase| phase.name.as_str());
            let combo = egui::ComboBox::from_id_salt("phases counted").selected_text(phase).show_ui(ui, |ui| {
                ui.selectable_value(&mut self.phase, None, tongue.say(Text::AllPhases));
                for phase in project.phases_in_order() {
                    ui.selectable_value(&mut self.phase, Some(phase.id), &phase.name);
                }
            });
            combo.response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, tongue.say(Text::PhaseLabel)));
            let coder = self.coder.and_then(|id| project.coders.get(&id)).map_or(tongue.say(Text::AllCoders), |coder| coder.name.as_str());
            let combo = egui::ComboBox::from_id_salt("coders counted").selected_text(coder).show_ui(ui, |ui| {
                ui.selectable_value(&mut self.coder, None, tongue.say(Text::AllCoders));
                for coder in project.coders.values() {
                    ui.selectable_value(&mut self.coder, Some(coder.id), &coder.name);
                }
            });
            combo.response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, tongue.say(Text::Coder)));
            ui.checkbox(&mut self.roll_up, tongue.say(Text::RollUp));
            if self.smart || project.queries.values().any(|query| query.kind == QueryKind::Codes) {
                ui.checkbox(&mut self.smart, tongue.say(Text::SmartCodes));
            }
        });
    }

    fn heat_ui(&mut self, ui: &mut Ui, project: &Project, table: &Table, tongue: Tongue) {
        let size = Vec2::new(LABELS + width(table.columns.len()) + TOTALS, HEADER + height(table.rows.len() + 1) + 8.0);
        ScrollArea::both().auto_shrink([false, false]).show_viewport(ui, |ui, viewport| {
            ui.set_min_size(size);
            let origin = ui.min_rect().min;
            let strongest = strongest(table);
            let first = row_at(viewport.min.y - HEADER);
            let last = (row_at(viewport.max.y - HEADER) + 1).min(table.rows.len());
            let columns = visible_columns(table, viewport);
            for row in first.min(last)..last {
                self.row_ui(ui, table, row, columns.clone(), origin, strongest, tongue);
            }
            self.headers_ui(ui, project, table, columns, origin, tongue);
            foot_ui(ui, table, origin, tongue);
        });
    }

    #[expect(clippy::too_many_arguments, reason = "a row of a table knows its table")]
    fn row_ui(
        &mut self,
        ui: &mut Ui,
        table: &Table,
        row: usize,
        columns: std::ops::Range<usize>,
        origin: Pos2,
        strongest: f64,
        tongue: Tongue,
    ) {
        let colors = palette(ui.visuals());
        let y = origin.y + HEADER + height(row);
        let label = row_label(table, row, tongue);
        let name = Rect::from_min_size(pos2(origin.x, y), Vec2::new(LABELS - 12.0, CELL.y));
        let response = ui.interact(name, ui.scope_id().with(("row", row)), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
        if response.clicked() {
            self.chosen = Some(Chosen::Row(row));
        }
        let galley = egui::WidgetText::from(egui::RichText::new(&label).font(theme::medium(12.5)).color(colors.ink_2)).into_galley(
            ui,
            Some(egui::TextWrapMode::Truncate),
            LABELS - 12.0,
            egui::TextStyle::Body,
        );
        ui.painter().galley(pos2(name.right() - galley.size().x, name.center().y - galley.size().y / 2.0), galley, colors.ink_2);
        for column in columns {
            let Some(cell) = table.cell(row, column) else { continue };
            let rect = Rect::from_min_size(pos2(origin.x + LABELS + width(column), y), CELL).shrink(1.0);
            let response = ui.interact(rect, ui.scope_id().with(("cell", row, column)), Sense::click());
            let spoken = format!("{label} {} {}", table.columns[column].path, text_of(cell.value));
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &spoken));
            if response.clicked() {
                self.chosen = Some(Chosen::Cell(row, column));
            }
            let on = self.chosen == Some(Chosen::Cell(row, column));
            cell_ui(ui, rect, cell.value, strongest, on || response.hovered());
        }
        let right = pos2(origin.x + LABELS + width(table.columns.len()) + TOTALS - 12.0, y + CELL.y / 2.0);
        let total = table.row_totals.get(row).map_or(String::new(), |value| text_of(*value));
        ui.painter().text(right, Align2::RIGHT_CENTER, total, theme::regular(12.5), colors.ink_2);
    }

    fn headers_ui(&mut self, ui: &Ui, project: &Project, table: &Table, columns: std::ops::Range<usize>, origin: Pos2, tongue: Tongue) {
        let colors = palette(ui.visuals());
        let language = tongue.language();
        for column in columns {
            let Some(code) = project.codebook.get(table.columns[column].code) else { continue };
            let x = origin.x + LABELS + width(column) + CELL.x / 2.0;
            let name = code.name.get(&language);
            let font = if table.columns[column].depth == 0 { theme::semibold(12.5) } else { theme::regular(12.5) };
            let mut job = egui::text::LayoutJob::simple_singleline(name.to_owned(), font, colors.ink);
            job.wrap = egui::text::TextWrapping::truncate_at_width(150.0);
            let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
            let foot = pos2(x - 8.0, origin.y + HEADER - 22.0);
            ui.painter().add(egui::epaint::TextShape::new(foot, galley, colors.ink).with_angle(-0.72));
            let chip = Rect::from_center_size(pos2(x, origin.y + HEADER - 6.0), Vec2::new(CELL.x - 2.0, 3.0));
            ui.painter().rect_filled(chip, 1.5, colors.code(code.hue));
            let hit = Rect::from_min_max(pos2(x - CELL.x / 2.0, origin.y + 30.0), pos2(x + CELL.x / 2.0, origin.y + HEADER));
            let response = ui.interact(hit, ui.scope_id().with(("column", column)), Sense::click());
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
            if response.clicked() {
                self.chosen = Some(Chosen::Column(column));
            }
            let path = project.codebook.path_in(code.id, &language);
            response.on_hover_text(path);
        }
        let right = pos2(origin.x + LABELS + width(table.columns.len()) + TOTALS - 12.0, origin.y + HEADER - 18.0);
        ui.painter().text(right, Align2::RIGHT_CENTER, tongue.say(Text::All), theme::medium(12.0), colors.ink_2);
    }
}

#[expect(clippy::cast_precision_loss, reason = "a few hundred columns at most")]
fn width(columns: usize) -> f32 {
    columns as f32 * CELL.x
}

#[expect(clippy::cast_precision_loss, reason = "a few thousand rows at most")]
fn height(rows: usize) -> f32 {
    rows as f32 * CELL.y
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a row on screen, not below 0")]
fn row_at(y: f32) -> usize {
    (y / CELL.y).max(0.0) as usize
}

/// The columns in sight; headers lean to the right, so two more at the left.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a column on screen, not below 0")]
fn visible_columns(table: &Table, viewport: Rect) -> std::ops::Range<usize> {
    let at = |x: f32| ((x - LABELS) / CELL.x).max(0.0) as usize;
    let last = (at(viewport.max.x) + 1).min(table.columns.len());
    at(viewport.min.x).saturating_sub(2).min(last)..last
}

/// The figure that is painted strongest.
fn strongest(table: &Table) -> f64 {
    table.cells.iter().filter_map(|cell| number_of(cell.value)).fold(0.0, f64::max)
}

fn number_of(value: Value) -> Option<f64> {
    match value {
        #[expect(clippy::cast_precision_loss, reason = "a tone of a heat map")]
        Value::Count(count) => Some(count as f64),
        Value::Share(share) => Some(share),
        Value::Rate(rate) => Some(rate),
        Value::Present(present) => Some(f64::from(u8::from(present))),
        Value::NoDocument | Value::Undefined(_) => None,
    }
}

/// A figure as it is written in a cell.
fn text_of(value: Value) -> String {
    match value {
        Value::NoDocument => "–".to_owned(),
        Value::Count(count) => grouped(usize::try_from(count).unwrap_or(usize::MAX)),
        Value::Share(share) => format!("{:.1} %", share * 100.0),
        Value::Rate(rate) => format!("{rate:.1}"),
        Value::Present(true) => "✓".to_owned(),
        Value::Present(false) => "0".to_owned(),
        Value::Undefined(_) => "?".to_owned(),
    }
}

fn cell_ui(ui: &Ui, rect: Rect, value: Value, strongest: f64, forward: bool) {
    let colors = palette(ui.visuals());
    let number = number_of(value);
    let nothing = number.is_some_and(|number| number <= 0.0);
    #[expect(clippy::cast_possible_truncation, reason = "a tone of a heat map")]
    let share = number.map_or(0.0, |number| if strongest > 0.0 { (number / strongest) as f32 } else { 0.0 });
    let (fill, ink) = if nothing || number.is_none() { (colors.panel, colors.ink_3) } else { colors.heat(share) };
    ui.painter().rect_filled(rect, 4.0, fill);
    if number.is_none() {
        hatch(ui, rect);
    }
    ui.painter().text(rect.center(), Align2::CENTER_CENTER, text_of(value), theme::regular(12.5), ink);
    if forward {
        ui.painter().rect_stroke(rect, 4.0, Stroke::new(2.0, colors.accent), egui::StrokeKind::Outside);
    }
}

/// Slanted lines: there is no document, so nothing is known.
fn hatch(ui: &Ui, rect: Rect) {
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    let stroke = Stroke::new(1.0, palette(ui.visuals()).line);
    let mut x = rect.left() - rect.height();
    while x < rect.right() {
        painter.add(Shape::line_segment([pos2(x, rect.bottom()), pos2(x + rect.height(), rect.top())], stroke));
        x += 7.0;
    }
}

/// In how many rows each code is present, and the totals.
fn foot_ui(ui: &Ui, table: &Table, origin: Pos2, tongue: Tongue) {
    let colors = palette(ui.visuals());
    let y = origin.y + HEADER + height(table.rows.len()) + CELL.y / 2.0;
    ui.painter().text(pos2(origin.x + LABELS - 12.0, y), Align2::RIGHT_CENTER, tongue.say(Text::WithIt), theme::medium(12.5), colors.ink_2);
    for (column, of_n) in table.with_it.iter().enumerate() {
        let x = origin.x + LABELS + width(column) + CELL.x / 2.0;
        ui.painter().text(pos2(x, y), Align2::CENTER_CENTER, tongue.of(of_n.with, of_n.of), theme::regular(12.0), colors.ink_2);
    }
    let right = pos2(origin.x + LABELS + width(table.columns.len()) + TOTALS - 12.0, y);
    ui.painter().text(right, Align2::RIGHT_CENTER, text_of(table.total), theme::semibold(12.5), colors.ink);
}

fn row_label(table: &Table, row: usize, tongue: Tongue) -> String {
    match table.rows.get(row) {
        Some(row) if row.key == RowKey::None => tongue.say(Text::NoneOfThem).to_owned(),
        Some(row) => row.label.clone(),
        None => String::new(),
    }
}

/// The segments behind what was chosen; each opens in Read.
fn segments_ui(
    ui: &mut Ui,
    (session, project): (&Session, &Project),
    table: &Table,
    chosen: Chosen,
    tongue: Tongue,
    requests: &mut Vec<Request>,
) {
    let name = |column: usize| {
        let code = table.columns.get(column).and_then(|column| project.codebook.get(column.code));
        code.map_or(String::new(), |code| code.name.get(&tongue.language()).to_owned())
    };
    let (title, segments): (String, Vec<Segment>) = match chosen {
        Chosen::Cell(row, column) => {
            (format!("{} · {}", name(column), row_label(table, row, tongue)), table.segments(project, row, column))
        }
        Chosen::Row(row) => (row_label(table, row, tongue), table.row_segments(project, row)),
        Chosen::Column(column) => (name(column), table.column_segments(project, column)),
    };
    ui.label(egui::RichText::new(title).font(theme::semibold(15.0)));
    ui.label(small(ui, tongue.n_segments(segments.len())));
    ui.add_space(8.0);
    ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
        for segment in segments.iter().take(MOST_SEGMENTS) {
            segment_ui(ui, (session, project), segment, tongue, requests);
        }
        ui.add_space(8.0);
        let rule = format!("{} {}", tongue.say(Text::WhatIsCounted), tongue.say(Text::CountedRule));
        ui.label(small(ui, rule));
    });
}

fn segment_ui(ui: &mut Ui, (session, project): (&Session, &Project), segment: &Segment, tongue: Tongue, requests: &mut Vec<Request>) {
    let Some(document) = project.documents.get(&segment.document) else { return };
    let (Ok(content), Some(coding)) = (session.content(document), document.coding(segment.coding)) else { return };
    let colors = palette(ui.visuals());
    let words: String = content.text.slice(segment.range).unwrap_or_default().chars().take(240).collect();
    let speaker = content.turn_at(segment.range.start()).and_then(|(_, turn)| document.speakers.get(usize::from(turn.speaker?)));
    let mut about: Vec<String> = speaker.map(|speaker| speaker.label.clone()).into_iter().collect();
    about.push(document.title.clone());
    about.extend(project.coders.get(&coding.coder).map(|coder| coder.name.clone()));
    about.extend(coding.facets.values().map(crate::model::facet::FacetValue::to_text));
    let card = Frame::new().fill(colors.page).stroke(Stroke::new(1.0, colors.line)).corner_radius(8).inner_margin(12).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.label(egui::RichText::new(&words).font(theme::regular(13.5)));
        ui.label(small(ui, about.join(" · ")));
    });
    let response = card.response.interact(Sense::click()).on_hover_cursor(egui::CursorIcon::PointingHand);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{} {words}", tongue.say(Text::Open))));
    if response.clicked() {
        requests.push(Request::Desk(DeskRequest::OpenDocument(segment.document, Some(segment.range))));
    }
    ui.add_space(2.0);
}
