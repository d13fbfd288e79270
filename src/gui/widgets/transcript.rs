//! The transcript: turns with their speakers, highlights and stripes, and a selection across turns.
//!
//! Only the turns on screen are laid out, each frame anew through egui's own cache (a galley kept by us would go stale when the glyph atlas is emptied).

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use egui::{
    Align2, Color32, CursorIcon, Event, EventFilter, Galley, Id, Key, Modifiers, Pos2, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2,
    text::{CCursor, CharIndex, LayoutJob},
    vec2,
};

use super::{heights::Heights, lanes};
use crate::{
    gui::theme::{self, palette},
    model::{
        document::{Content, Document, SpeakerRole, Turn},
        ids::{CodeId, CodingId},
        text::TextRange,
    },
};

/// Width of the speakers' column, of the text at most, and of a lane of stripes.
const GUTTER: f32 = 84.0;
const GAP: f32 = 16.0;
const TEXT_WIDTH: f32 = 560.0;
const LANE: f32 = 8.0;
/// Height of a line of text, and space below a turn.
const TEXT_SIZE: f32 = 16.0;
const LINE_HEIGHT: f32 = 27.0;
const BELOW_TURN: f32 = 14.0;

/// What is shown.
pub(crate) struct Shown<'a> {
    /// The document with its codings.
    pub(crate) document: &'a Document,
    /// Its text and turns.
    pub(crate) content: &'a Content,
    /// Colour and name of every code.
    pub(crate) codes: &'a BTreeMap<CodeId, (Color32, Color32, String)>,
    /// The coding that is brought forward.
    pub(crate) chosen: Option<CodingId>,
    /// The window's name for the whole text.
    pub(crate) name: &'a str,
}

/// What the user did.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Gesture {
    /// A click on a coding.
    Chose(CodingId),
    /// A click on text without coding.
    ChoseNothing,
    /// The selection is done (mouse released, or Enter).
    Selected,
}

/// The view's memory.
#[derive(Debug, Default)]
pub(crate) struct TranscriptView {
    layout: Option<Laid>,
    /// Anchor and focus of the selection, in code points.
    pub(crate) selection: Option<(u32, u32)>,
    /// A position to bring on screen.
    pub(crate) scroll_to: Option<u32>,
    /// Where the selection's end stood on screen in the last frame.
    pub(crate) selection_rect: Option<Rect>,
    hovered: Option<CodingId>,
}

/// Estimated and measured heights for one document at one width.
#[derive(Debug)]
struct Laid {
    key: (crate::model::ids::DocumentId, usize, u32),
    heights: Heights,
}

/// A turn on screen.
struct Placed {
    turn: usize,
    origin: Pos2,
    galley: Arc<Galley>,
    said: TextRange,
}

impl TranscriptView {
    /// The selection as a range.
    pub(crate) fn selected(&self) -> Option<TextRange> {
        self.selection.map(|(anchor, focus)| TextRange::between(anchor, focus)).filter(|range| !range.is_empty())
    }

    /// Shows a document; gestures are added to `out`.
    pub(crate) fn show(&mut self, ui: &mut Ui, shown: &Shown<'_>, out: &mut Vec<Gesture>) {
        let width = (ui.available_width() - GUTTER - GAP - 184.0).clamp(200.0, TEXT_WIDTH).round();
        self.lay(shown, width);
        let mut area = ScrollArea::vertical().id_salt(("transcript", shown.document.id)).auto_shrink([false, false]);
        let height = ui.available_height();
        if let (Some(position), Some(laid)) = (self.scroll_to.take(), &self.layout)
            && let Some((turn, _)) = shown.content.turn_at(position)
        {
            area = area.vertical_scroll_offset((laid.heights.top(turn) - height / 3.0).max(0.0));
        }
        area.show_viewport(ui, |ui, viewport| self.viewport(ui, shown, viewport, width, out));
    }

    /// Estimates heights when the document or the width is new.
    fn lay(&mut self, shown: &Shown<'_>, width: f32) {
        let key = (shown.document.id, shown.document.history.edits().len(), width.to_bits());
        if self.layout.as_ref().is_some_and(|laid| laid.key == key) {
            return;
        }
        if self.layout.as_ref().is_some_and(|laid| laid.key.0 != key.0) {
            self.selection = None;
        }
        let per_line = (width / (TEXT_SIZE * 0.62)).max(1.0);
        let estimate = |turn: &Turn| {
            let lines = (f64::from(turn.said().len_chars()) / f64::from(per_line)).ceil().max(1.0);
            #[expect(clippy::cast_possible_truncation, reason = "an estimate of a height on screen")]
            let lines = lines as f32;
            lines * LINE_HEIGHT + BELOW_TURN
        };
        let heights = Heights::new(shown.content.turns.iter().map(estimate).collect());
        self.layout = Some(Laid { key, heights });
    }

    fn viewport(&mut self, ui: &mut Ui, shown: &Shown<'_>, viewport: Rect, width: f32, out: &mut Vec<Gesture>) {
        let Some(mut laid) = self.layout.take() else { return };
        ui.set_height(laid.heights.total() + 80.0);
        ui.set_width(ui.available_width());
        let left = ui.min_rect().left() + 24.0;
        let origin = pos2(left + GUTTER + GAP, ui.min_rect().top());
        let full = Rect::from_min_size(pos2(left, origin.y + viewport.min.y), vec2(ui.available_width() - 24.0, viewport.height()));
        let area = ui.interact(full, Id::unique("transcript text"), Sense::click_and_drag());
        area.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, shown.name));
        let placed = self.place(ui, shown, viewport, origin, width, &mut laid);
        let reach = lanes::reach(&shown.document.codings);
        self.pointer(ui, shown, &area, &placed, &reach, out);
        self.keys(ui, shown, &area, out);
        self.selection_rect = None;
        for turn in &placed {
            self.turn_ui(ui, shown, turn, &reach);
        }
        stripes_ui(ui, shown, &placed, &reach, origin.x + width + GAP, self.hovered);
        self.layout = Some(laid);
    }

    /// Lays out the turns on screen and corrects their heights.
    fn place(&self, ui: &Ui, shown: &Shown<'_>, viewport: Rect, origin: Pos2, width: f32, laid: &mut Laid) -> Vec<Placed> {
        let colors = palette(ui.visuals());
        let mut placed = Vec::new();
        let mut turn = laid.heights.at(viewport.min.y);
        let mut y = laid.heights.top(turn);
        while turn < laid.heights.len() && y < viewport.max.y {
            let shown_turn = &shown.content.turns[turn];
            let said = shown_turn.said();
            let text = shown.content.text.slice(said).unwrap_or_default();
            let speaker = shown_turn.speaker.and_then(|index| shown.document.speakers.get(usize::from(index)));
            let asks = speaker.is_some_and(|speaker| speaker.role == SpeakerRole::Interviewer);
            let ink = if asks || speaker.is_none() { colors.ink_2 } else { colors.ink };
            let mut job = LayoutJob::simple(text.to_owned(), theme::regular(TEXT_SIZE), ink, width);
            for section in &mut job.sections {
                section.format.line_height = Some(LINE_HEIGHT);
            }
            let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
            let below = if shown_turn.at_millis.is_some() { 44.0 } else { LINE_HEIGHT };
            let height = galley.size().y.max(below) + BELOW_TURN;
            laid.heights.set(turn, height);
            placed.push(Placed { turn, origin: pos2(origin.x, origin.y + y + 16.0), galley, said });
            y += height;
            turn += 1;
        }
        placed
    }

    fn pointer(&mut self, ui: &Ui, shown: &Shown<'_>, area: &egui::Response, placed: &[Placed], reach: &[u32], out: &mut Vec<Gesture>) {
        let position = |pointer: Pos2| position_at(placed, pointer);
        self.hovered = area.hover_pos().and_then(position).and_then(|at| coding_at(shown.document, reach, at));
        if area.hovered() {
            ui.ctx().set_cursor_icon(CursorIcon::Text);
        }
        let Some(pointer) = area.interact_pointer_pos() else { return };
        let Some(at) = position(pointer) else { return };
        let (pressed, shift) = ui.input(|input| (input.pointer.primary_pressed(), input.modifiers.shift));
        if pressed {
            area.request_focus();
            let anchor = if shift { self.selection.map_or(at, |(anchor, _)| anchor) } else { at };
            self.selection = Some((anchor, at));
        } else if area.dragged() {
            if let Some((_, focus)) = &mut self.selection {
                *focus = at;
            }
            let beyond = pointer.y - pointer.y.clamp(ui.clip_rect().top(), ui.clip_rect().bottom());
            if beyond.abs() > 0.0 {
                ui.scroll_with_delta(vec2(0.0, -beyond * 0.5));
                ui.ctx().request_repaint();
            }
        }
        if area.triple_clicked() {
            self.select_turn(shown, at);
        } else if area.double_clicked() {
            self.select_word(shown, at);
        }
        if area.drag_stopped() || area.double_clicked() || area.triple_clicked() {
            if self.selected().is_some() {
                out.push(Gesture::Selected);
            }
        } else if area.clicked() {
            self.selection = Some((at, at));
            out.push(coding_at(shown.document, reach, at).map_or(Gesture::ChoseNothing, Gesture::Chose));
        }
    }

    fn select_turn(&mut self, shown: &Shown<'_>, at: u32) {
        if let Some((_, turn)) = shown.content.turn_at(at) {
            self.selection = Some((turn.body, turn.range.end()));
        }
    }

    fn select_word(&mut self, shown: &Shown<'_>, at: u32) {
        let Some((_, turn)) = shown.content.turn_at(at) else { return };
        let said = turn.said();
        let text = shown.content.text.slice(said).unwrap_or_default();
        let word = word_at(text, at.saturating_sub(said.start()));
        self.selection = Some((said.start() + word.start(), said.start() + word.end()));
    }

    fn keys(&mut self, ui: &Ui, shown: &Shown<'_>, area: &egui::Response, out: &mut Vec<Gesture>) {
        if !area.has_focus() {
            return;
        }
        let filter = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: false };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(area.id, filter));
        // Taken out of the events, or the palette that opens would take it for a choice.
        if self.selected().is_some() && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter)) {
            out.push(Gesture::Selected);
        }
        let end = shown.content.text.len_chars();
        for event in ui.input(|input| input.events.clone()) {
            match event {
                Event::Key { key: key @ (Key::ArrowLeft | Key::ArrowRight), pressed: true, modifiers, .. } => {
                    let (anchor, focus) = self.selection.unwrap_or((0, 0));
                    let next = step(shown.content, focus, key == Key::ArrowRight, modifiers.command).min(end);
                    self.selection = Some((if modifiers.shift { anchor } else { next }, next));
                    self.scroll_into_view(shown, next);
                }
                Event::Key { key: key @ (Key::ArrowUp | Key::ArrowDown), pressed: true, modifiers, .. } => {
                    let (anchor, focus) = self.selection.unwrap_or((0, 0));
                    let next = neighbour_turn(shown.content, focus, key == Key::ArrowDown);
                    self.selection = Some((if modifiers.shift { anchor } else { next }, next));
                    self.scroll_into_view(shown, next);
                }
                Event::Copy => {
                    if let Some(words) = self.selected().and_then(|range| shown.content.text.slice(range)) {
                        ui.ctx().copy_text(words.to_owned());
                    }
                }
                _ => {}
            }
        }
    }

    fn scroll_into_view(&mut self, shown: &Shown<'_>, position: u32) {
        if self.selection_rect.is_none() && shown.content.turn_at(position).is_some() {
            self.scroll_to = Some(position);
        }
    }

    fn turn_ui(&mut self, ui: &Ui, shown: &Shown<'_>, placed: &Placed, reach: &[u32]) {
        let colors = palette(ui.visuals());
        let painter = ui.painter();
        let offset = placed.origin.to_vec2();
        let (start, end) = (placed.said.start(), placed.said.end());
        for index in lanes::within(&shown.document.codings, reach, start, end) {
            let coding = &shown.document.codings[index];
            let Some((_, highlight, _)) = shown.codes.get(&coding.code) else { continue };
            let forward = shown.chosen == Some(coding.id) || self.hovered == Some(coding.id);
            let fill = if forward { highlight.gamma_multiply(1.7) } else { *highlight };
            let from = coding.range.start().max(start) - start;
            let to = coding.range.end().min(end) - start;
            rows(&placed.galley, from, to, |rect| {
                painter.rect_filled(rect.translate(offset).shrink2(vec2(0.0, 2.0)), 2.0, fill);
            });
        }
        if let Some(selected) = self.selected().and_then(|selected| selected.intersection(placed.said)) {
            rows(&placed.galley, selected.start() - start, selected.end() - start, |rect| {
                let rect = rect.translate(offset).shrink2(vec2(0.0, 1.0));
                painter.rect_filled(rect, 2.0, colors.selection);
                self.selection_rect = Some(self.selection_rect.map_or(rect, |all| all.union(rect)));
            });
        }
        painter.galley(placed.origin, Arc::clone(&placed.galley), colors.ink);
        let turn = &shown.content.turns[placed.turn];
        let label =
            turn.speaker.and_then(|index| shown.document.speakers.get(usize::from(index))).map_or("", |speaker| speaker.label.as_str());
        gutter_ui(ui, placed.origin, label, turn.at_millis);
        let rect = Rect::from_min_size(placed.origin, placed.galley.size());
        let response = ui.interact(rect, Id::unique(("turn", shown.document.id, placed.turn)), Sense::hover());
        let words = shown.content.text.slice(placed.said).unwrap_or_default();
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{label} {words}")));
    }
}

/// Speaker and time stamp, right-aligned before the text.
fn gutter_ui(ui: &Ui, origin: Pos2, label: &str, at_millis: Option<u32>) {
    let colors = palette(ui.visuals());
    let right = origin.x - GAP;
    let mut job = LayoutJob::simple_singleline(label.to_owned(), theme::regular(13.0), colors.ink_2);
    job.wrap = egui::text::TextWrapping::truncate_at_width(GUTTER);
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    ui.painter().galley(pos2(right - galley.size().x, origin.y + 5.0), galley, colors.ink_2);
    if let Some(millis) = at_millis {
        ui.painter().text(pos2(right, origin.y + 25.0), Align2::RIGHT_TOP, clock(millis), theme::regular(11.5), colors.ink_2);
    }
}

/// Minutes and seconds, with hours where there are any.
fn clock(millis: u32) -> String {
    let seconds = millis / 1000;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes:02}:{seconds:02}") }
}

/// Stripes beside the text, with a label at the top of each that never covers another.
fn stripes_ui(ui: &Ui, shown: &Shown<'_>, placed: &[Placed], reach: &[u32], x: f32, hovered: Option<CodingId>) {
    let (Some(first), Some(last)) = (placed.first(), placed.last()) else { return };
    let colors = palette(ui.visuals());
    let codings = &shown.document.codings;
    let lanes = lanes::lanes(codings);
    let visible: Vec<usize> = lanes::within(codings, reach, first.said.start(), last.said.end().max(first.said.start() + 1)).collect();
    let widest = visible.iter().map(|index| lanes[*index]).max().map_or(0.0, |lane| f32::from(lane) + 1.0);
    let labels_x = x + widest * LANE + 8.0;
    let mut label_bottom = f32::MIN;
    let mut labelled: BTreeSet<(u32, CodeId)> = BTreeSet::new();
    for index in visible {
        let coding = &codings[index];
        let Some((color, _, name)) = shown.codes.get(&coding.code) else { continue };
        let top = y_of(placed, coding.range.start(), false).unwrap_or_else(|| ui.clip_rect().top());
        let bottom = y_of(placed, coding.range.end().saturating_sub(1), true).unwrap_or_else(|| ui.clip_rect().bottom());
        let left = x + f32::from(lanes[index]) * LANE;
        let forward = shown.chosen == Some(coding.id) || hovered == Some(coding.id);
        let width = if forward { 5.0 } else { 4.0 };
        ui.painter().rect_filled(Rect::from_min_max(pos2(left, top + 3.0), pos2(left + width, bottom - 3.0)), 2.0, *color);
        if !labelled.insert((coding.range.start() / 40, coding.code)) {
            continue;
        }
        let y = top.max(label_bottom).max(ui.clip_rect().top());
        if y > bottom.max(top + 60.0) {
            continue;
        }
        let ink = if forward { colors.ink } else { colors.ink_2 };
        let mut job = LayoutJob::simple_singleline(name.clone(), theme::medium(11.5), ink);
        job.wrap = egui::text::TextWrapping::truncate_at_width((ui.max_rect().right() - labels_x - 13.0).max(20.0));
        let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
        label_bottom = y + galley.size().y + 2.0;
        ui.painter().rect_filled(Rect::from_min_size(pos2(labels_x, y + 6.0), vec2(6.0, 6.0)), 2.0, *color);
        ui.painter().galley(pos2(labels_x + 11.0, y + 1.0), galley, ink);
    }
}

/// Top (or bottom) of the line that holds a position, when it is on screen.
fn y_of(placed: &[Placed], position: u32, bottom: bool) -> Option<f32> {
    let at = placed.partition_point(|turn| turn.said.start() <= position).checked_sub(1)?;
    let turn = &placed[at];
    if at + 1 == placed.len() && position >= turn.said.end() {
        return None;
    }
    let offset = position.min(turn.said.end()).saturating_sub(turn.said.start());
    let rect = turn.galley.pos_from_cursor(CCursor::new(CharIndex(offset as usize)));
    Some(turn.origin.y + if bottom { rect.bottom() } else { rect.top() })
}

/// The position in the text under the pointer.
fn position_at(placed: &[Placed], pointer: Pos2) -> Option<u32> {
    let at = placed.partition_point(|turn| turn.origin.y <= pointer.y).saturating_sub(1);
    let turn = placed.get(at)?;
    let cursor = turn.galley.cursor_from_pos(pointer - turn.origin);
    Some((turn.said.start() + u32::try_from(cursor.index.0).ok()?).min(turn.said.end()))
}

/// The shortest coding at a position: of nested ones the inner.
fn coding_at(document: &Document, reach: &[u32], at: u32) -> Option<CodingId> {
    let here = lanes::within(&document.codings, reach, at, at + 1).map(|index| &document.codings[index]);
    here.min_by_key(|coding| coding.range.len_chars()).map(|coding| coding.id)
}

/// One rectangle for each line that `from..to` (in characters of the galley) covers.
fn rows(galley: &Galley, from: u32, to: u32, mut each: impl FnMut(Rect)) {
    let (from, to) = (from as usize, to as usize);
    let mut first = 0;
    for row in &galley.rows {
        let length = row.char_count_excluding_newline().0;
        let last = first + length;
        if from < last.max(first + 1) && to > first {
            let left = row.x_offset(CharIndex(from.saturating_sub(first)));
            let right = if to >= last { row.size.x } else { row.x_offset(CharIndex(to - first)) };
            each(Rect::from_min_max(pos2(row.pos.x + left, row.pos.y), pos2(row.pos.x + right.max(left + 2.0), row.pos.y + row.size.y)));
        }
        first = last + usize::from(row.ends_with_newline);
        if first >= to {
            break;
        }
    }
}

/// The word around a position of a text: a run of letters, or one Han character.
fn word_at(text: &str, at: u32) -> TextRange {
    let chars: Vec<char> = text.chars().collect();
    let at = (at as usize).min(chars.len().saturating_sub(1));
    let part = |c: char| (c.is_alphanumeric() || c == '\'' || c == '’') && !crate::language::words::is_han(c);
    let position = |index: usize| u32::try_from(index).unwrap_or(u32::MAX);
    match chars.get(at) {
        Some(c) if part(*c) => {
            let start = chars[..at].iter().rposition(|c| !part(*c)).map_or(0, |index| index + 1);
            let end = chars[at..].iter().position(|c| !part(*c)).map_or(chars.len(), |index| at + index);
            TextRange::between(position(start), position(end))
        }
        Some(_) => TextRange::between(position(at), position(at + 1)),
        None => TextRange::between(0, 0),
    }
}

/// The next position to the left or right: a grapheme, or a word.
fn step(content: &Content, from: u32, right: bool, word: bool) -> u32 {
    use unicode_segmentation::UnicodeSegmentation as _;
    let text = &content.text;
    let length = |piece: &str| u32::try_from(piece.chars().count()).unwrap_or(0);
    if right {
        let rest = text.slice(TextRange::between(from, text.len_chars())).unwrap_or_default();
        let piece = if word { rest.split_word_bounds().find(|word| !word.trim().is_empty()) } else { rest.graphemes(true).next() };
        let skipped = if word { rest.split_word_bounds().take_while(|word| word.trim().is_empty()).map(length).sum() } else { 0 };
        from + skipped + piece.map_or(0, length)
    } else {
        let window = from.saturating_sub(200);
        let before = text.slice(TextRange::between(window, from)).unwrap_or_default();
        let piece =
            if word { before.split_word_bounds().rfind(|word| !word.trim().is_empty()) } else { before.graphemes(true).next_back() };
        let skipped = if word { before.split_word_bounds().rev().take_while(|word| word.trim().is_empty()).map(length).sum() } else { 0 };
        from - skipped - piece.map_or(0, length)
    }
}

/// The beginning of the turn before or after.
fn neighbour_turn(content: &Content, from: u32, down: bool) -> u32 {
    let Some((index, turn)) = content.turn_at(from) else { return 0 };
    let neighbour = if down {
        content.turns.get(index + 1)
    } else if from > turn.body {
        Some(turn)
    } else {
        index.checked_sub(1).and_then(|index| content.turns.get(index))
    };
    neighbour.map_or(from, |turn| turn.body)
}
