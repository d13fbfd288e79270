//! The sheet: names at the left and heads at the top stay where they are; the keyboard goes from cell to cell.

use std::collections::{BTreeMap, BTreeSet};

use egui::{
    Id, Pos2, Rect, Response, RichText, Role, ScrollArea, Sense, Stroke, Ui, Vec2, WidgetInfo,
    pos2, vec2,
};

use super::{
    CasesPanel,
    cell::{Editing, EditingEnd},
    menu,
    place::{CellPlace, Column},
};
use crate::{
    app::action::Action,
    gui::{
        cached::Cached,
        context::Cx,
        request::Request,
        strings::{self, UiLanguage},
        theme::{self, palette, size},
        widgets::list_row::elided,
    },
    log::change::Holder,
    model::{
        Project,
        attribute::{Attribute, AttributeOf, AttributeValue},
        case::Case,
        ids::{AttributeId, CaseId},
    },
};

const NAME_WIDTH: f32 = 200.0;
const CELL_WIDTH: f32 = 112.0;
/// Where there is room, columns are as wide as this.
const WIDEST_CELL: f32 = 184.0;
pub(super) const HEADS: f32 = 40.0;
pub(super) const ROW: f32 = size::TALL_ROW;

/// A row: a case with its depth.
pub(super) type SheetRow = (usize, CaseId);

/// The rows and columns, for a revision of the project, and the widths that columns were given.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    laid: Cached<u64, (Vec<SheetRow>, Vec<Column>)>,
    /// Columns without a value that are shown all the same.
    shown: BTreeSet<Column>,
    widths: BTreeMap<Column, f32>,
    /// The width of the others.
    usual: f32,
}

impl Sheet {
    fn width(&self, column: Column) -> f32 {
        self.widths.get(&column).copied().unwrap_or(self.usual)
    }

    /// Spreads the columns over the room that there is.
    fn fit(&mut self, columns: &[Column], room: f32) {
        let given: Vec<f32> = columns
            .iter()
            .filter_map(|column| self.widths.get(column).copied())
            .collect();
        let others = columns.len() - given.len();
        let share = (room - given.iter().sum::<f32>()) / times(others.max(1));
        self.usual = share.floor().clamp(CELL_WIDTH, WIDEST_CELL);
    }
}

/// Where the sheet is on screen.
#[derive(Debug, Clone, Copy)]
struct Frame {
    /// The left upper corner of the first cell, which may be scrolled away.
    origin: Pos2,
    /// What is seen of the sheet.
    clip: Rect,
}

impl CasesPanel {
    pub(super) fn sheet_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, project: &Project) {
        let Sheet { laid, shown, .. } = &mut self.sheet;
        laid.refresh(cx.revision, |_| {
            let rows = project.cases_in_order().into_iter();
            let rows = rows.map(|(depth, case)| (depth, case.id)).collect();
            (rows, columns(project, shown))
        });
        let (rows, columns) = self.sheet.laid.value().cloned().unwrap_or_default();
        let room = ui.available_width() - NAME_WIDTH - ui.spacing().scroll.bar_width - 8.0;
        self.sheet.fit(&columns, room);
        let across: f32 = columns.iter().map(|column| self.sheet.width(*column)).sum();
        ui.spacing_mut().item_spacing = Vec2::ZERO;
        let mut area = ScrollArea::both().auto_shrink([false, false]);
        let reveal = self.reveal.take();
        if let Some(at) = reveal.and_then(|id| rows.iter().position(|(_, case)| *case == id)) {
            area = area.vertical_scroll_offset((times(at) - 3.0).max(0.0) * ROW);
        }
        area.show_viewport(ui, |ui, viewport| {
            ui.set_min_size(vec2(
                NAME_WIDTH + across,
                HEADS + times(rows.len()) * ROW + 8.0,
            ));
            let start = ui.min_rect().min;
            let frame = Frame {
                origin: start + vec2(NAME_WIDTH, HEADS),
                clip: Rect::from_min_size(start + viewport.min.to_vec2(), viewport.size()),
            };
            let seen = rows_in(viewport, rows.len());
            for (number, (_, case)) in rows.iter().enumerate().take(seen.end).skip(seen.start) {
                if let Some(case) = project.cases.get(case) {
                    self.cells_ui(ui, cx, project, frame, number, case, &columns);
                }
            }
            for (number, (depth, case)) in rows.iter().enumerate().take(seen.end).skip(seen.start) {
                if let Some(case) = project.cases.get(case) {
                    self.name_ui(ui, cx, project, frame, number, case, *depth);
                }
            }
            self.heads_ui(ui, cx, project, frame, &columns);
        });
        self.keys(ui, cx, project, &rows, &columns);
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "a row is painted from all of these"
    )]
    fn cells_ui(
        &mut self,
        ui: &mut Ui,
        cx: &mut Cx<'_>,
        project: &Project,
        frame: Frame,
        number: usize,
        case: &Case,
        columns: &[Column],
    ) {
        let top = frame.origin.y + times(number) * ROW;
        let mut left = frame.origin.x;
        for column in columns {
            let width = self.sheet.width(*column);
            let rect = Rect::from_min_size(pos2(left, top), vec2(width, ROW));
            left += width;
            if rect.intersects(frame.clip) {
                self.cell_ui(ui, cx, project, rect, case, *column);
            }
        }
    }

    fn cell_ui(
        &mut self,
        ui: &mut Ui,
        cx: &mut Cx<'_>,
        project: &Project,
        rect: Rect,
        case: &Case,
        column: Column,
    ) {
        let place = CellPlace {
            case: case.id,
            column: Some(column),
        };
        let attribute = project.attributes.get(&column.0);
        let tag = cx.language.tag();
        let head = attribute.map_or("", |attribute| attribute.name_in(&tag));
        let name = format!("{head} {}", case.name);
        let value = case.values.get(&column);
        let words = words(project, place, cx.language);
        if self
            .editing
            .as_ref()
            .is_some_and(|editing| editing.place == place)
        {
            self.editing_ui(ui, cx, rect, &name, &words, attribute);
            return;
        }
        let response = ui.interact(rect, cell_id(place), Sense::click());
        response.widget_info(|| {
            let value = if words.is_empty() {
                cx.language.say(strings::NO_VALUE)
            } else {
                &words
            };
            let says = strings::labelled(cx.language, &name, value);
            WidgetInfo::labeled(Role::Cell, true, says)
        });
        self.ground_ui(ui, rect, &response, place);
        let colors = palette(ui.visuals());
        let is_absent = matches!(
            value,
            Some(AttributeValue::NotAsked | AttributeValue::Missing)
        );
        let ink = if is_absent { colors.ink_2 } else { colors.ink };
        let text = RichText::new(&words).color(ink);
        elided(
            ui,
            rect.left() + 6.0,
            rect.right() - 6.0,
            rect.center().y,
            text,
        );
        if response.clicked() {
            self.cursor = Some(place);
            self.editing = Some(Editing::new(place, words));
        }
    }

    /// The name of a case, which stays at the left.
    #[expect(
        clippy::too_many_arguments,
        reason = "a row is painted from all of these"
    )]
    fn name_ui(
        &mut self,
        ui: &mut Ui,
        cx: &mut Cx<'_>,
        project: &Project,
        frame: Frame,
        number: usize,
        case: &Case,
        depth: usize,
    ) {
        let place = CellPlace {
            case: case.id,
            column: None,
        };
        let top = frame.origin.y + times(number) * ROW;
        let rect = Rect::from_min_size(pos2(frame.clip.left(), top), vec2(NAME_WIDTH, ROW));
        let colors = palette(ui.visuals());
        // The line below the name above belongs to it.
        let ground = rect.with_min_y(rect.top() + 1.0);
        ui.painter().rect_filled(ground, 0.0, colors.page);
        if self
            .editing
            .as_ref()
            .is_some_and(|editing| editing.place == place)
        {
            let says = strings::labelled(cx.language, cx.language.say(strings::CASE), &case.name);
            self.editing_ui(ui, cx, rect, &says, &case.name, None);
            return;
        }
        let response = ui.interact(rect, cell_id(place), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::RowHeader, true, &case.name));
        if self.chosen.contains(&case.id) {
            ui.painter().rect_filled(rect, 4.0, colors.selection);
        }
        self.ground_ui(ui, rect, &response, place);
        let font = if depth == 0 {
            theme::medium(13.0)
        } else {
            theme::regular(13.0)
        };
        let text = RichText::new(&case.name).font(font).color(colors.ink);
        let left = rect.left() + times(depth) * 18.0;
        elided(ui, left + 4.0, rect.right() - 8.0, rect.center().y, text);
        let meant = self.meant(case.id);
        let mut renames = false;
        response.context_menu(|ui| renames = menu::ui(ui, cx, project, &meant));
        if renames {
            self.editing = Some(Editing::new(place, case.name.clone()));
        }
        if response.clicked() {
            let adds = ui.input(|input| input.modifiers.command);
            if !adds {
                self.chosen.clear();
            }
            if !self.chosen.remove(&case.id) {
                self.chosen.insert(case.id);
            }
            self.cursor = Some(place);
            response.request_focus();
        }
    }

    /// What an action on a case is for: all that are chosen, if it is one of them.
    pub(super) fn meant(&self, case: CaseId) -> Vec<CaseId> {
        if self.chosen.contains(&case) {
            self.chosen.iter().copied().collect()
        } else {
            vec![case]
        }
    }

    /// The line below a cell, and its ground under the pointer or with the keyboard.
    fn ground_ui(&self, ui: &Ui, rect: Rect, response: &Response, place: CellPlace) {
        let colors = palette(ui.visuals());
        let line = Stroke::new(1.0, colors.line);
        ui.painter().hline(rect.x_range(), rect.bottom(), line);
        let has_keyboard = response.has_focus() && self.cursor == Some(place);
        if response.hovered() || has_keyboard {
            let ground = rect.shrink(1.0);
            ui.painter().rect_filled(ground, 4.0, colors.accent_soft);
        }
    }

    fn editing_ui(
        &mut self,
        ui: &mut Ui,
        cx: &mut Cx<'_>,
        rect: Rect,
        name: &str,
        stored: &str,
        attribute: Option<&Attribute>,
    ) {
        let Some(editing) = &mut self.editing else {
            return;
        };
        let place = editing.place;
        let Some(end) = editing.ui(ui, rect, name, attribute, cx.language) else {
            return;
        };
        self.editing = None;
        self.cursor = Some(place);
        let mut step = (0, 0);
        if let EditingEnd::Typed(text, on) = end {
            step = on;
            if text != stored {
                cx.requests.extend(edit(cx.project, place, text));
            }
        }
        if let Some((rows, columns)) = self.sheet.laid.value().cloned() {
            self.step(&rows, &columns, step);
        }
        self.take_keyboard(ui);
    }

    /// The heads, which stay at the top: the attribute, and below it the phase.
    fn heads_ui(
        &mut self,
        ui: &mut Ui,
        cx: &mut Cx<'_>,
        project: &Project,
        frame: Frame,
        columns: &[Column],
    ) {
        let colors = palette(ui.visuals());
        let top = frame.clip.top();
        let bar = Rect::from_min_size(frame.clip.min, vec2(frame.clip.width(), HEADS));
        ui.painter().rect_filled(bar, 0.0, colors.page);
        let mut left = frame.origin.x;
        for column in columns {
            let width = self.sheet.width(*column);
            let rect = Rect::from_min_size(pos2(left, top), vec2(width, HEADS));
            left += width;
            if rect.right() > frame.clip.left() + NAME_WIDTH && rect.intersects(frame.clip) {
                self.head_ui(ui, cx, project, rect, *column);
            }
        }
        // As long as the lines of the rows.
        let end = left.min(bar.right());
        let line = Stroke::new(1.0, colors.strong_line);
        ui.painter().hline(bar.left()..=end, bar.bottom(), line);
        let corner = Rect::from_min_size(bar.min, vec2(NAME_WIDTH, HEADS - 1.0));
        ui.painter().rect_filled(corner, 0.0, colors.page);
        let name = head_text(cx.language.say(strings::CASE), colors.ink_2);
        elided(
            ui,
            corner.left() + 4.0,
            corner.right(),
            corner.center().y,
            name,
        );
    }

    fn head_ui(
        &mut self,
        ui: &mut Ui,
        cx: &mut Cx<'_>,
        project: &Project,
        rect: Rect,
        column: Column,
    ) {
        let Some(attribute) = project.attributes.get(&column.0) else {
            return;
        };
        let colors = palette(ui.visuals());
        let tag = cx.language.tag();
        let name = attribute.name_in(&tag);
        let phase = column.1.and_then(|id| project.phases.get(&id));
        let phase = phase.map(|phase| phase.name_in(&tag));
        let id = Id::unique(("head", column));
        let response = ui.interact(rect, id, Sense::click());
        let says = phase.map_or_else(|| name.to_owned(), |phase| format!("{name} · {phase}"));
        response.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, &says));
        let ink = if response.hovered() {
            colors.accent
        } else {
            colors.ink_2
        };
        let (left, right) = (rect.left() + 6.0, rect.right() - 6.0);
        match phase {
            Some(phase) => {
                elided(ui, left, right, rect.top() + 13.0, head_text(name, ink));
                let phase = RichText::new(phase).font(theme::regular(11.5)).color(ink);
                elided(ui, left, right, rect.top() + 28.0, phase);
            }
            None => elided(ui, left, right, rect.center().y, head_text(name, ink)),
        }
        if response.clicked() {
            cx.ask(Request::ShowAttribute(Some(attribute.id)));
        }
        if attribute.per_phase {
            response.context_menu(|ui| self.phases_ui(ui, cx, project, column.0));
        }
        response.on_hover_text(&says);
        let edge = Rect::from_x_y_ranges(rect.right() - 3.0..=rect.right() + 3.0, rect.y_range());
        let edge = ui.interact(edge, id.with("edge"), Sense::drag());
        if edge.hovered() || edge.dragged() {
            ui.ctx().set_cursor_icon(egui::CursorIcon::ResizeColumn);
            let stroke = Stroke::new(1.5, colors.accent);
            ui.painter().vline(rect.right(), rect.y_range(), stroke);
        }
        if edge.dragged() {
            let width = (rect.width() + edge.drag_delta().x).clamp(48.0, 480.0);
            self.sheet.widths.insert(column, width);
        }
    }
}

impl CasesPanel {
    /// The phases for which an attribute has a column; one with values keeps it.
    fn phases_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, project: &Project, attribute: AttributeId) {
        ui.label(theme::small(ui, cx.language.say(strings::PHASES)));
        let tag = cx.language.tag();
        let (_, laid) = self.sheet.laid.value().cloned().unwrap_or_default();
        for phase in project.phases_in_order() {
            let column = (attribute, Some(phase.id));
            let mut is_shown = laid.contains(&column);
            let is_free = !has_values(project, column);
            let check = egui::Checkbox::new(&mut is_shown, phase.name_in(&tag));
            if ui.add_enabled(is_free, check).clicked() {
                if is_shown {
                    self.sheet.shown.insert(column);
                } else {
                    self.sheet.shown.remove(&column);
                }
                self.sheet.laid.clear();
            }
        }
    }
}

fn head_text(name: &str, ink: egui::Color32) -> RichText {
    RichText::new(name).font(theme::medium(12.0)).color(ink)
}

pub(super) fn cell_id(place: CellPlace) -> Id {
    Id::unique(("cell of cases", place.case, place.column))
}

/// The rows on screen.
fn rows_in(viewport: Rect, n: usize) -> std::ops::Range<usize> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a row on screen, not below 0"
    )]
    let at = |y: f32| ((y - HEADS) / ROW).max(0.0) as usize;
    at(viewport.min.y).min(n)..(at(viewport.max.y) + 1).min(n)
}

/// The edit that gives a cell a text.
pub(super) fn edit(project: &Project, place: CellPlace, text: String) -> Option<Request> {
    let case = project.cases.get(&place.case)?;
    Some(Request::edit(match place.column {
        Some((attribute, phase)) => Action::SetValue {
            holder: Holder::Case(case.id),
            attribute,
            phase,
            text,
        },
        None => menu::changed(case, &text, case.kind.clone(), case.parent),
    }))
}

/// What is in a cell.
pub(super) fn words(project: &Project, place: CellPlace, language: UiLanguage) -> String {
    let Some(case) = project.cases.get(&place.case) else {
        return String::new();
    };
    match place.column {
        Some(column) => project
            .attributes
            .get(&column.0)
            .zip(case.values.get(&column))
            .map_or_else(String::new, |(attribute, value)| {
                attribute.say(value, language)
            }),
        None => case.name.clone(),
    }
}

/// The attributes of cases in order; those given per phase once for each phase.
fn columns(project: &Project, shown: &BTreeSet<Column>) -> Vec<Column> {
    let mut columns = Vec::new();
    let all = project.attributes_in_order().into_iter();
    for attribute in all.filter(|attribute| attribute.of == AttributeOf::Cases) {
        if !attribute.per_phase {
            columns.push((attribute.id, None));
            continue;
        }
        let phases = project.phases_in_order().into_iter();
        let phases: Vec<Column> = phases.map(|phase| (attribute.id, Some(phase.id))).collect();
        let is_wanted = |column: &Column| shown.contains(column) || has_values(project, *column);
        let used: Vec<Column> = phases.iter().copied().filter(is_wanted).collect();
        // Before the first value, any phase may get one.
        columns.extend(if used.is_empty() { phases } else { used });
    }
    columns
}

fn has_values(project: &Project, column: Column) -> bool {
    let mut cases = project.cases.values();
    cases.any(|case| case.values.contains_key(&column))
}

#[expect(clippy::cast_precision_loss, reason = "rows of a sheet on screen")]
pub(super) const fn times(n: usize) -> f32 {
    n as f32
}
