//! The mouse in the transcript: selects by grains, drags a selection to a code, drops codes on text, and moves the edges of codings.

use egui::{
    CursorIcon, DragAndDrop, Id, Pos2, Rect, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2,
};

use super::{
    Drag, Gesture, Goal, ShownDocument, TranscriptView, marks::Mark, motion::Grain,
    page::VisibleBlocks,
};
use crate::{
    gui::{
        dragging::Dragged,
        theme::{self, palette},
        widgets::buttons,
    },
    model::{ids::CodingId, text::TextRange},
};

/// Clicks in quick succession at one place, counted from 1 to 4 and then from 1 again.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Clicks {
    count: u8,
    at: Pos2,
    seconds: f64,
}

/// Longest time between two clicks of a series, and how far apart they may be.
const SERIES_SECONDS: f64 = 0.4;
const SERIES_POINTS: f32 = 6.0;

impl Clicks {
    /// Counts a click; returns the grain that it selects.
    fn press(&mut self, at: Pos2, seconds: f64) -> Grain {
        let continues =
            seconds - self.seconds < SERIES_SECONDS && at.distance(self.at) < SERIES_POINTS;
        self.count = if continues { self.count % 4 + 1 } else { 1 };
        (self.at, self.seconds) = (at, seconds);
        match self.count {
            2 => Grain::Word,
            3 => Grain::Sentence,
            4 => Grain::Turn,
            _ => Grain::Character,
        }
    }
}

impl TranscriptView {
    pub(super) fn pointer(
        &mut self,
        ui: &Ui,
        shown: &ShownDocument<'_>,
        response: &Response,
        page: &VisibleBlocks,
        gestures: &mut Vec<Gesture>,
    ) {
        let only_chosen = shown
            .chosen
            .iter()
            .next()
            .copied()
            .filter(|_| shown.chosen.len() == 1);
        let hover = response.hover_pos().and_then(|at| page.character(at));
        // Beside the end of a line, the pointer is on no word.
        let on_text = response
            .hover_pos()
            .filter(|at| page.is_on_text(*at))
            .and(hover);
        self.hovered = on_text
            .and_then(|at| shown.marks.at(at, None))
            .map(|mark| mark.coding);
        if response.hovered() {
            ui.ctx().set_cursor_icon(CursorIcon::Text);
        }
        self.take_dropped_codes(shown, response, hover, gestures);
        if let Some(at) = hover.filter(|_| self.hovered.is_some() && self.drag == Drag::Nothing) {
            name_codings(ui, shown, response, at);
        }
        let (primary, secondary) = ui.input(|input| {
            (
                input.pointer.primary_pressed(),
                input.pointer.secondary_pressed(),
            )
        });
        if response.contains_pointer() && (primary || secondary) {
            gestures.push(Gesture::Touched);
        }
        let Some(pointer) = response.interact_pointer_pos() else {
            if !matches!(self.drag, Drag::Edge(..)) {
                self.drag = Drag::Nothing;
            }
            return;
        };
        let Some(at) = page.position(pointer) else {
            return;
        };
        let at = self.whole(shown, at);
        // egui reports a drag only once the pointer has moved; the selection begins where the button was pressed.
        if response.contains_pointer() && primary {
            response.request_focus();
            self.press(ui, shown, page, pointer, at);
        } else if response.contains_pointer() && secondary {
            self.press_secondary(shown, page.character(pointer).unwrap_or(at), gestures);
        } else if response.dragged_by(egui::PointerButton::Primary) {
            self.drag_on(ui, shown, page, at, pointer);
        }
        if response.drag_stopped() {
            self.released(shown, gestures);
        } else if response.clicked() {
            let under = page.character(pointer).unwrap_or(at);
            self.clicked(ui, shown, at, under, only_chosen, gestures);
        }
    }

    fn press(
        &mut self,
        ui: &Ui,
        shown: &ShownDocument<'_>,
        page: &VisibleBlocks,
        pointer: Pos2,
        at: u32,
    ) {
        let (seconds, shift) = ui.input(|input| (input.time, input.modifiers.shift));
        let grain = self.clicks.press(pointer, seconds);
        self.aim = None;
        let inside = self
            .selected()
            .is_some_and(|range| range.start() <= at && at < range.end());
        if inside && grain == Grain::Character && !shift {
            self.drag = Drag::Carrying;
            return;
        }
        let Some(laid) = &self.laid else { return };
        let ground = laid.ground(shown);
        let first = if shift {
            let anchor = self.selection.map_or(at, |(anchor, _)| anchor);
            TextRange::between(anchor, anchor)
        } else if grain == Grain::Character {
            TextRange::between(at, at)
        } else {
            ground.around(page.character(pointer).unwrap_or(at), grain)
        };
        self.drag = Drag::Selecting { grain, first };
        self.selection = if shift {
            Some((first.start(), at))
        } else {
            Some((first.start(), first.end()))
        };
    }

    /// A click with the other button: on text that isn't selected it selects the word, so that the menu has something to act on.
    fn press_secondary(&mut self, shown: &ShownDocument<'_>, at: u32, gestures: &mut Vec<Gesture>) {
        if self
            .selected()
            .is_some_and(|range| range.start() <= at && at <= range.end())
        {
            return;
        }
        match shown.marks.at(at, None) {
            Some(mark) if shown.chosen.contains(&mark.coding) => {}
            Some(mark) => {
                self.selection = Some((at, at));
                gestures.push(Gesture::Chose(mark.coding, false));
            }
            None => {
                self.selection = Some((at, at));
                self.select_grain(shown, Grain::Word);
            }
        }
    }

    fn drag_on(
        &mut self,
        ui: &Ui,
        shown: &ShownDocument<'_>,
        page: &VisibleBlocks,
        at: u32,
        pointer: Pos2,
    ) {
        match self.drag {
            Drag::Selecting { grain, first } => {
                let Some(laid) = &self.laid else { return };
                let ground = laid.ground(shown);
                let under = if grain == Grain::Character {
                    at
                } else {
                    page.character(pointer).unwrap_or(at)
                };
                let here = ground.around(under, grain);
                self.selection = Some(if at < first.start() {
                    (first.end(), here.start())
                } else {
                    (first.start(), here.end().max(first.end()))
                });
                self.scroll_at_edge(ui, pointer);
            }
            Drag::Carrying => DragAndDrop::set_payload(ui.ctx(), Dragged::Passage),
            Drag::Nothing | Drag::Edge(..) => {}
        }
    }

    /// Scrolls while something is dragged beyond the edge, the faster the further.
    fn scroll_at_edge(&mut self, ui: &Ui, pointer: Pos2) {
        let clip = ui.clip_rect();
        let beyond = pointer.y - pointer.y.clamp(clip.top() + 12.0, clip.bottom() - 12.0);
        if beyond.abs() > 0.0 {
            self.goal = Some(Goal::By(beyond * 0.6));
            ui.ctx().request_repaint();
        }
    }

    fn released(&mut self, shown: &ShownDocument<'_>, gestures: &mut Vec<Gesture>) {
        if let Drag::Selecting { .. } = self.drag
            && let Some(selected) = self.selected()
        {
            if let Some(laid) = &self.laid {
                let ground = laid.ground(shown);
                self.select(ground.snapped(selected, shown.snap));
            }
            gestures.push(Gesture::Selected);
        }
        self.drag = Drag::Nothing;
    }

    fn clicked(
        &mut self,
        ui: &Ui,
        shown: &ShownDocument<'_>,
        at: u32,
        under: u32,
        only_chosen: Option<CodingId>,
        gestures: &mut Vec<Gesture>,
    ) {
        let was = std::mem::take(&mut self.drag);
        if self.clicks.count > 1 {
            if self.selected().is_some() {
                gestures.push(Gesture::Selected);
            }
            return;
        }
        let (shift, add) = ui.input(|input| (input.modifiers.shift, input.modifiers.command));
        if shift && was != Drag::Carrying {
            return;
        }
        self.selection = Some((at, at));
        gestures.push(match shown.marks.at(under, only_chosen.filter(|_| !add)) {
            Some(mark) => Gesture::Chose(mark.coding, add),
            None => Gesture::ChoseNothing,
        });
    }

    /// Applies dragged codes to the selection, or to the sentence below them.
    fn take_dropped_codes(
        &mut self,
        shown: &ShownDocument<'_>,
        response: &Response,
        hover: Option<u32>,
        gestures: &mut Vec<Gesture>,
    ) {
        self.target = None;
        let codes = response.dnd_hover_payload::<Dragged>();
        let Some(Dragged::Codes(codes)) = codes.as_deref() else {
            return;
        };
        let Some(laid) = &self.laid else { return };
        let ground = laid.ground(shown);
        let below = hover
            .map(|at| ground.around(at, Grain::Sentence))
            .filter(|range| !range.is_empty());
        self.target = self.selected().or(below);
        if let Some(target) = self
            .target
            .filter(|_| response.ctx.input(|input| input.pointer.any_released()))
        {
            gestures.push(Gesture::Dropped(target, codes.clone()));
        }
    }

    /// Handles at both ends of the one coding that is chosen.
    pub(super) fn handles(
        &mut self,
        ui: &Ui,
        shown: &ShownDocument<'_>,
        page: &VisibleBlocks,
        gestures: &mut Vec<Gesture>,
    ) {
        let Some(mark) = shown
            .chosen
            .iter()
            .next()
            .filter(|_| shown.chosen.len() == 1)
            .and_then(|id| shown.marks.get(*id))
        else {
            return;
        };
        let range = match self.drag {
            Drag::Edge(coding, range) if coding == mark.coding => range,
            _ => mark.range,
        };
        for (end, position) in [(false, range.start()), (true, range.end())] {
            let Some(placed) = page.showing(position) else {
                continue;
            };
            let caret = placed.caret(position);
            let knob = if end {
                caret.center_bottom()
            } else {
                caret.center_top()
            };
            let rect = Rect::from_center_size(knob, vec2(14.0, 16.0));
            let response = ui.interact(
                rect,
                Id::unique(("edge", shown.pane, mark.coding, end)),
                Sense::drag(),
            );
            let name = format!("{} {}", if end { "⟧" } else { "⟦" }, mark.name);
            response.widget_info(|| WidgetInfo::labeled(Role::Splitter, true, &name));
            let colors = palette(ui.visuals());
            ui.painter().vline(
                caret.center().x,
                caret.y_range(),
                egui::Stroke::new(1.5, mark.color),
            );
            ui.painter()
                .circle(knob, 4.5, colors.page, egui::Stroke::new(2.0, mark.color));
            if response.hovered() || response.dragged() {
                ui.ctx().set_cursor_icon(CursorIcon::ResizeHorizontal);
            }
            let edge = CodingEdge {
                coding: mark.coding,
                range,
                end,
            };
            self.drag_edge(ui, shown, page, edge, &response, gestures);
        }
    }

    fn drag_edge(
        &mut self,
        ui: &Ui,
        shown: &ShownDocument<'_>,
        page: &VisibleBlocks,
        edge: CodingEdge,
        response: &Response,
        gestures: &mut Vec<Gesture>,
    ) {
        let CodingEdge { coding, range, end } = edge;
        if let Some(pointer) = response
            .interact_pointer_pos()
            .filter(|_| response.dragged())
        {
            // The knobs are at the top of the first line and the bottom of the last; their lines are aimed at instead.
            let position = if end { range.end() } else { range.start() };
            let line = page
                .showing(position)
                .map_or(0.0, |placed| placed.caret(position).height() * 0.5);
            let at = pos2(
                pointer.x,
                pointer.y + if end { -line * 0.6 } else { line * 0.6 },
            );
            if let Some(at) = page.position(at).map(|at| self.whole(shown, at)) {
                let new = if end {
                    TextRange::new(range.start(), at)
                } else {
                    TextRange::new(at, range.end())
                };
                self.drag = Drag::Edge(coding, new.filter(|new| !new.is_empty()).unwrap_or(range));
            }
            self.scroll_at_edge(ui, pointer);
        }
        if response.drag_stopped()
            && let Drag::Edge(dragged, new) = std::mem::take(&mut self.drag)
            && dragged == coding
            && shown
                .marks
                .get(coding)
                .is_some_and(|mark| mark.range != new)
        {
            gestures.push(Gesture::Resized(coding, new));
        }
    }
}

/// The beginning or end of a coding that can be dragged.
#[derive(Debug, Clone, Copy)]
struct CodingEdge {
    coding: CodingId,
    /// The passage as it is now, with what was dragged so far.
    range: TextRange,
    /// True for the end.
    end: bool,
}

/// The most codings named at the pointer.
const MOST_NAMED: usize = 8;

/// Names the codings under the pointer while it rests.
fn name_codings(ui: &Ui, shown: &ShownDocument<'_>, response: &Response, at: u32) {
    let named: Vec<&Mark> = shown.marks.here(TextRange::between(at, at + 1)).collect();
    let colors = palette(ui.visuals());
    response.clone().on_hover_ui_at_pointer(|ui| {
        for mark in named.iter().take(MOST_NAMED) {
            ui.horizontal(|ui| {
                buttons::chip(ui, mark.color);
                ui.label(
                    egui::RichText::new(&*mark.name)
                        .font(theme::medium(12.0))
                        .color(colors.ink),
                );
                ui.label(theme::small(ui, &*mark.by));
            });
        }
        if let Some(more) = named.len().checked_sub(MOST_NAMED).filter(|more| *more > 0) {
            ui.label(theme::small(ui, format!("+ {more}")));
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_clicks_select_ever_more_and_a_fifth_starts_again() {
        let mut clicks = Clicks::default();
        let at = pos2(10.0, 10.0);
        let grains: Vec<Grain> = (1..=5)
            .map(|n| clicks.press(at, f64::from(n) * 0.2))
            .collect();
        assert_eq!(
            grains,
            [
                Grain::Character,
                Grain::Word,
                Grain::Sentence,
                Grain::Turn,
                Grain::Character
            ]
        );
        assert_eq!(
            clicks.press(pos2(90.0, 10.0), 1.1),
            Grain::Character,
            "elsewhere"
        );
        assert_eq!(
            clicks.press(pos2(90.0, 10.0), 3.0),
            Grain::Character,
            "later"
        );
    }
}
