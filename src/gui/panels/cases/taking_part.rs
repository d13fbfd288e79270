//! Who took part: persons and families by phase, ticked cell by cell.

use egui::{
    Align2, EventFilter, Id, Key, Modifiers, Pos2, Rect, Role, ScrollArea, Sense, Stroke, Ui, Vec2,
    WidgetInfo, pos2,
    text::{LayoutJob, TextWrapping},
    vec2,
};

use crate::{
    analysis::participation::{Presence, presence, settable},
    app::action::Action,
    gui::{
        cached::Cached,
        context::Cx,
        strings,
        theme::{medium, palette, regular, semibold, small},
        widgets::{buttons, keys::take_key},
    },
    model::{
        Project,
        ids::{CaseId, PhaseId},
    },
};

const NAME_WIDTH: f32 = 170.0;
const HEADS: f32 = 30.0;
const ROW: f32 = 30.0;
const WIDEST: f32 = 96.0;
const NARROWEST: f32 = 44.0;

/// A line of the grid: how deep the case is in the tree, and whether it took part in each phase.
#[derive(Debug, Clone)]
struct GridRow {
    depth: usize,
    case: CaseId,
    cells: Vec<Presence>,
}

/// The grid.
#[derive(Debug, Default)]
pub(super) struct TakingPart {
    rows: Cached<u64, Vec<GridRow>>,
    /// The cell with the keyboard, by row and column.
    cursor: (usize, usize),
    /// What dragging sets.
    drags: Option<bool>,
}

impl TakingPart {
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, project: &Project) {
        let phases: Vec<PhaseId> = project
            .phases_in_order()
            .into_iter()
            .map(|phase| phase.id)
            .collect();
        if project.cases.is_empty() || phases.is_empty() {
            buttons::empty(ui, cx.language.say(strings::NO_GRID));
            return;
        }
        ui.label(small(ui, cx.language.say(strings::GRID_EXPLAINED)));
        ui.add_space(8.0);
        self.rows.refresh(cx.revision, |_| grid(project, &phases));
        let rows = self.rows.value().cloned().unwrap_or_default();
        let room = ui.available_width() - NAME_WIDTH - 16.0;
        let columns = f32::from(u16::try_from(phases.len()).unwrap_or(u16::MAX));
        let width = (room / columns).clamp(NARROWEST, WIDEST);
        let height = f32::from(u16::try_from(rows.len()).unwrap_or(u16::MAX)) * ROW;
        ScrollArea::both()
            .auto_shrink([false, false])
            .show(ui, |ui| {
                let size = vec2(NAME_WIDTH + columns * width, HEADS + height + 40.0);
                let (area, _) = ui.allocate_exact_size(size, Sense::hover());
                let origin = area.min + vec2(NAME_WIDTH, HEADS);
                heads_ui(ui, cx, project, &phases, origin, width);
                for (number, row) in rows.iter().enumerate() {
                    name_ui(ui, project, row, area.min, number);
                    for (column, phase) in phases.iter().enumerate() {
                        let rect = cell_rect(origin, width, number, column);
                        self.cell_ui(ui, cx, project, row, (number, column), *phase, rect);
                    }
                }
                let below = pos2(area.left(), origin.y + height + 8.0);
                let says = cx.language.say(strings::GRID_COUNTS);
                let galley = ui.painter().layout(
                    says.to_owned(),
                    regular(12.5),
                    palette(ui.visuals()).ink_2,
                    area.width().max(room),
                );
                ui.painter()
                    .galley(below, galley, palette(ui.visuals()).ink_2);
            });
        if !ui.input(|input| input.pointer.primary_down()) {
            self.drags = None;
        }
        self.keys(ui, cx, project, &rows, &phases);
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "a cell is painted from all of these"
    )]
    fn cell_ui(
        &mut self,
        ui: &mut Ui,
        cx: &mut Cx<'_>,
        project: &Project,
        row: &GridRow,
        place: (usize, usize),
        phase: PhaseId,
        rect: Rect,
    ) {
        let state = row.cells[place.1];
        let response = ui.interact(rect, cell_id(place), Sense::click_and_drag());
        let name = project.cases.get(&row.case).map_or("", |case| &case.name);
        let head = project.phases.get(&phase);
        let head = head.map_or("", |phase| phase.name_in(&cx.language.tag()));
        response.widget_info(|| {
            let says = strings::presence(cx.language, state);
            let label = format!("{name} {head} {says}");
            let ticked = matches!(state, Presence::There | Presence::Speaking);
            WidgetInfo::selected(Role::CheckBox, state != Presence::NoDocument, ticked, label)
        });
        paint(ui, rect, state, response.has_focus());
        let has_pointer = ui
            .input(|input| input.pointer.interact_pos())
            .is_some_and(|pointer| rect.contains(pointer));
        if response.clicked() || response.drag_started() {
            self.cursor = place;
            response.request_focus();
            let there = state == Presence::Absent;
            self.drags = Some(there);
            set(cx, project, row.case, phase, state, there);
        } else if let Some(there) = self.drags.filter(|_| has_pointer) {
            set(cx, project, row.case, phase, state, there);
        }
    }

    /// Arrows move, Space ticks.
    fn keys(
        &mut self,
        ui: &Ui,
        cx: &mut Cx<'_>,
        project: &Project,
        rows: &[GridRow],
        phases: &[PhaseId],
    ) {
        let (row, column) = self.cursor;
        let id = cell_id(self.cursor);
        if !ui.memory(|memory| memory.has_focus(id)) {
            return;
        }
        let arrows = EventFilter {
            horizontal_arrows: true,
            vertical_arrows: true,
            ..EventFilter::default()
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, arrows));
        let ctx = ui.ctx();
        let steps = [
            (Key::ArrowDown, 1, 0),
            (Key::ArrowUp, -1, 0),
            (Key::ArrowRight, 0, 1),
            (Key::ArrowLeft, 0, -1),
        ];
        for (key, down, right) in steps {
            if take_key(ctx, Modifiers::NONE, key) {
                let step = |at: usize, by: isize, all: usize| {
                    at.saturating_add_signed(by).min(all.saturating_sub(1))
                };
                self.cursor = (
                    step(row, down, rows.len()),
                    step(column, right, phases.len()),
                );
                let next = cell_id(self.cursor);
                ui.memory_mut(|memory| memory.request_focus(next));
                return;
            }
        }
        if take_key(ctx, Modifiers::NONE, Key::Space)
            && let (Some(own), Some(phase)) = (rows.get(row), phases.get(column))
        {
            let state = own.cells[column];
            set(
                cx,
                project,
                own.case,
                *phase,
                state,
                state == Presence::Absent,
            );
        }
    }
}

fn grid(project: &Project, phases: &[PhaseId]) -> Vec<GridRow> {
    let cases = project.cases_in_order().into_iter();
    cases
        .map(|(depth, case)| GridRow {
            depth,
            case: case.id,
            cells: phases
                .iter()
                .map(|phase| presence(project, case.id, *phase))
                .collect(),
        })
        .collect()
}

/// Sets whether a case took part, where that can be set and differs.
fn set(
    cx: &mut Cx<'_>,
    project: &Project,
    case: CaseId,
    phase: PhaseId,
    state: Presence,
    there: bool,
) {
    let differs = match state {
        Presence::Absent => there,
        Presence::There => !there,
        // Who speaks is there, and what has no document can't be attended.
        Presence::Speaking | Presence::NoDocument => false,
    };
    let documents = settable(project, case, phase);
    if differs && !documents.is_empty() {
        cx.edit(Action::SetDocumentsCase {
            documents,
            case,
            belongs: there,
        });
    }
}

fn heads_ui(ui: &Ui, cx: &Cx<'_>, project: &Project, phases: &[PhaseId], origin: Pos2, width: f32) {
    let colors = palette(ui.visuals());
    for (column, phase) in phases.iter().enumerate() {
        let phase = project.phases.get(phase);
        let name = phase.map_or("", |phase| phase.name_in(&cx.language.tag()));
        let cell = cell_rect(origin - vec2(0.0, HEADS), width, 0, column);
        let mut job = LayoutJob::simple_singleline(name.to_owned(), medium(12.5), colors.ink_2);
        job.wrap = TextWrapping::truncate_at_width(cell.width() - 4.0);
        let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
        let at = cell.center() - galley.size() / 2.0;
        ui.painter().galley(at, galley, colors.ink_2);
    }
}

fn name_ui(ui: &Ui, project: &Project, row: &GridRow, start: Pos2, number: usize) {
    let colors = palette(ui.visuals());
    let top = start.y + HEADS + f32::from(u16::try_from(number).unwrap_or(u16::MAX)) * ROW;
    let indent = if row.depth == 0 { 0.0 } else { 18.0 };
    let rect = Rect::from_min_size(pos2(start.x, top), vec2(NAME_WIDTH - 8.0, ROW - 2.0));
    let name = project.cases.get(&row.case).map_or("", |case| &case.name);
    let (font, ink) = if row.depth == 0 {
        (semibold(13.0), colors.ink)
    } else {
        (regular(13.0), colors.ink_2)
    };
    ui.painter().with_clip_rect(rect).text(
        rect.left_center() + vec2(indent, 0.0),
        Align2::LEFT_CENTER,
        name,
        font,
        ink,
    );
}

fn cell_rect(origin: Pos2, width: f32, row: usize, column: usize) -> Rect {
    let at = |number: usize| f32::from(u16::try_from(number).unwrap_or(u16::MAX));
    Rect::from_min_size(
        origin + vec2(at(column) * width, at(row) * ROW),
        Vec2::new(width - 2.0, ROW - 2.0),
    )
}

fn paint(ui: &Ui, rect: Rect, state: Presence, has_keyboard: bool) {
    let colors = palette(ui.visuals());
    let painter = ui.painter();
    let fill = match state {
        Presence::Speaking => colors.accent.gamma_multiply(0.32),
        Presence::There => colors.accent_soft,
        Presence::Absent | Presence::NoDocument => colors.track(),
    };
    painter.rect_filled(rect, 4.0, fill);
    match state {
        Presence::Speaking | Presence::There => {
            let ink = if state == Presence::Speaking {
                colors.ink
            } else {
                colors.accent
            };
            let center = rect.center();
            let tick = vec![
                center + vec2(-4.0, 0.0),
                center + vec2(-1.0, 3.0),
                center + vec2(4.0, -4.0),
            ];
            painter.line(tick, Stroke::new(1.5, ink));
        }
        Presence::NoDocument => {
            let clipped = painter.with_clip_rect(rect);
            let mut x = rect.left() - rect.height();
            while x < rect.right() {
                let line = [pos2(x, rect.bottom()), pos2(x + rect.height(), rect.top())];
                clipped.line_segment(line, Stroke::new(1.0, colors.strong_line));
                x += 8.0;
            }
        }
        Presence::Absent => {}
    }
    if has_keyboard {
        painter.rect_stroke(
            rect,
            4.0,
            Stroke::new(2.0, colors.accent),
            egui::StrokeKind::Inside,
        );
    }
}

fn cell_id((row, column): (usize, usize)) -> Id {
    Id::unique(("taking part", row, column))
}
