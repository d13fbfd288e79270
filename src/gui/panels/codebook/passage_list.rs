//! The list of a code's passages: only those on screen are read and laid out.

use std::collections::BTreeSet;

use egui::{
    Align2, EventFilter, Id, Key, Modifiers, Rect, Response, RichText, Role, ScrollArea, Sense,
    Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2,
};

use super::passages::{DocumentHeading, Passage, PassageLine, Passages};
use crate::{
    gui::{
        context::Cx,
        icons,
        request::Request,
        strings,
        theme::{self, palette},
        typeset,
        widgets::{heights::Heights, keys::take_key, list_row::elided},
    },
    model::ids::{CodingId, DocumentId},
};

/// Left of the text: tick and speaker. Right of it: coder.
const GUTTER: f32 = 148.0;
const MARGIN: f32 = 116.0;
const TEXT_SIZE: f32 = 14.0;
const LINE_HEIGHT: f32 = 22.0;
const HEADING: f32 = 38.0;
/// Longer passages are cut; Read shows the whole text.
const MOST_LINES: usize = 8;

/// The state of the list between frames.
#[derive(Debug, Default)]
pub(super) struct PassageList {
    ticked: BTreeSet<CodingId>,
    /// The line that has the keyboard.
    cursor: Option<usize>,
    /// The line that a range of ticks starts from.
    anchor: Option<usize>,
    /// Heights of the lines, and the bits of the text's width that they were laid out for.
    laid: Option<(Heights, u32)>,
    /// True if the next frame scrolls to the cursor's line and gives it the keyboard.
    reveal: bool,
    /// Offset and height of what is on screen.
    viewport: (f32, f32),
}

/// A passage with its position in the list.
#[derive(Clone, Copy)]
struct PassageRow<'a> {
    at: usize,
    passage: &'a Passage,
    all: &'a Passages,
}

fn row_id(coding: CodingId) -> Id {
    Id::unique(("passage", coding))
}

impl PassageList {
    /// Resets the list for other passages; those that are still there stay ticked.
    pub(super) fn follow(&mut self, passages: &Passages) {
        let there: BTreeSet<CodingId> = passages
            .lines
            .iter()
            .filter_map(PassageLine::coding)
            .map(|(_, coding)| coding)
            .collect();
        self.ticked.retain(|coding| there.contains(coding));
        (self.laid, self.cursor, self.anchor) = (None, None, None);
    }

    /// The number of ticked passages.
    pub(super) fn n_ticked(&self) -> usize {
        self.ticked.len()
    }

    /// The ticked passages.
    pub(super) fn ticked(&self, passages: &Passages) -> Vec<(DocumentId, CodingId)> {
        passages
            .lines
            .iter()
            .filter_map(PassageLine::coding)
            .filter(|(_, coding)| self.ticked.contains(coding))
            .collect()
    }

    /// Shows the list.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, passages: &Passages) {
        let width = (ui.available_width() - GUTTER - MARGIN)
            .clamp(160.0, 640.0)
            .round();
        self.lay(passages, width);
        self.keys(ui, passages);
        let mut area = ScrollArea::vertical()
            .id_salt("passages of a code")
            .auto_shrink([false, false]);
        if let Some(offset) = self.offset_to_reveal() {
            area = area.vertical_scroll_offset(offset);
        }
        let output = area.show_viewport(ui, |ui, viewport| {
            let Some((mut heights, key)) = self.laid.take() else {
                return;
            };
            ui.set_height(heights.total() + 40.0);
            ui.set_width(ui.available_width());
            let origin = ui.min_rect().min;
            let mut at = heights.at(viewport.min.y);
            let mut y = heights.top(at);
            while let Some(line) = passages.lines.get(at).filter(|_| y < viewport.max.y) {
                let top = origin + vec2(0.0, y);
                let height = match line {
                    PassageLine::Document(heading) => heading_ui(ui, cx, top, heading),
                    PassageLine::Passage(passage) => {
                        let row = PassageRow {
                            at,
                            passage,
                            all: passages,
                        };
                        self.passage_ui(ui, cx, top, width, row)
                    }
                };
                // Heights are estimates until a line is painted, so each frame corrects those it shows.
                heights.set(at, height);
                y += height;
                at += 1;
            }
            self.laid = Some((heights, key));
        });
        self.viewport = (output.state.clamped_offset().y, output.inner_rect.height());
    }

    /// Estimates the heights of all lines if the passages or the width have changed.
    fn lay(&mut self, passages: &Passages, width: f32) {
        if self
            .laid
            .as_ref()
            .is_some_and(|(_, key)| *key == width.to_bits())
        {
            return;
        }
        let per_line = f64::from(width / (TEXT_SIZE * 0.6));
        let heights = passages
            .lines
            .iter()
            .map(|line| estimated_height(line, per_line))
            .collect();
        self.laid = Some((Heights::new(heights), width.to_bits()));
    }

    /// The offset that brings the cursor's line on screen; `None` if it needn't move.
    fn offset_to_reveal(&self) -> Option<f32> {
        let (heights, _) = self.laid.as_ref().filter(|_| self.reveal)?;
        let at = self.cursor?;
        let (top, bottom) = (heights.top(at), heights.top(at + 1));
        let (offset, height) = self.viewport;
        if top < offset {
            Some(top)
        } else {
            (bottom > offset + height).then_some(bottom - height)
        }
    }

    fn passage_ui(
        &mut self,
        ui: &Ui,
        cx: &mut Cx<'_>,
        top: egui::Pos2,
        width: f32,
        row: PassageRow<'_>,
    ) -> f32 {
        let PassageRow { at, passage, .. } = row;
        let colors = palette(ui.visuals());
        let (speaker, words) = words_of(cx, passage);
        let font = theme::regular(TEXT_SIZE);
        let mut job = typeset::job(ui.ctx(), &words, font, colors.ink, width);
        job.wrap.max_rows = MOST_LINES;
        for section in &mut job.sections {
            section.format.line_height = Some(LINE_HEIGHT);
        }
        let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
        let height = galley.size().y.max(LINE_HEIGHT) + 10.0;
        let rect = Rect::from_min_size(top, vec2(ui.max_rect().width(), height));
        let mut sense = Sense::CLICK;
        // The Tab key stops at one line only: the cursor's, or else the first passage, which follows a heading.
        if self.cursor == Some(at) || (self.cursor.is_none() && at == 1) {
            sense |= Sense::FOCUSABLE;
        }
        let response = ui.interact(rect, row_id(passage.coding), sense);
        if self.cursor == Some(at) && std::mem::take(&mut self.reveal) {
            response.request_focus();
        }
        let ticked = self.ticked.contains(&passage.coding);
        response.widget_info(|| {
            WidgetInfo::selected(
                Role::ListBoxOption,
                true,
                ticked,
                format!("{speaker} {words}"),
            )
        });
        paint_back(ui, rect, ticked, &response);
        self.tick_ui(ui, cx, rect, row, &words);
        let line = top.y + 5.0 + LINE_HEIGHT / 2.0;
        let right = rect.left() + GUTTER - 14.0;
        let label = ui
            .painter()
            .layout_no_wrap(speaker, theme::regular(12.0), colors.ink_2);
        let label_left = (right - label.size().x).max(rect.left() + 52.0);
        ui.painter()
            .with_clip_rect(
                Rect::from_min_max(rect.min, pos2(right, rect.bottom())).intersect(ui.clip_rect()),
            )
            .galley(
                pos2(label_left, line - label.size().y / 2.0),
                label,
                colors.ink_2,
            );
        let bar = Rect::from_min_size(top + vec2(GUTTER - 8.0, 7.0), vec2(3.0, height - 14.0));
        let hue = cx
            .project
            .codebook
            .get(passage.code)
            .map(|code| code.hue)
            .unwrap_or_default();
        ui.painter().rect_filled(bar, 1.5, colors.code(hue));
        ui.painter()
            .galley(top + vec2(GUTTER, 5.0), galley, colors.ink);
        coder_ui(
            ui,
            cx,
            pos2(rect.left() + GUTTER + width + 12.0, line),
            rect.right() - 12.0,
            passage,
        );
        self.clicked(ui, cx, row, &response);
        height
    }

    fn tick_ui(&mut self, ui: &Ui, cx: &Cx<'_>, rect: Rect, row: PassageRow<'_>, words: &str) {
        let PassageRow { at, passage, all } = row;
        let colors = palette(ui.visuals());
        let place = Rect::from_center_size(
            pos2(rect.left() + 32.0, rect.top() + 5.0 + LINE_HEIGHT / 2.0),
            Vec2::splat(15.0),
        );
        let response = ui.interact(
            place.expand(6.0),
            row_id(passage.coding).with("tick"),
            Sense::CLICK,
        );
        let ticked = self.ticked.contains(&passage.coding);
        let name = format!("{} {words}", cx.language.say(strings::TICK));
        response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, ticked, &name));
        if ticked {
            ui.painter().rect_filled(place, 4.0, colors.accent);
            ui.painter().text(
                place.center(),
                Align2::CENTER_CENTER,
                icons::CHECK,
                theme::regular(11.0),
                colors.on_accent,
            );
        } else {
            let line = if response.hovered() {
                colors.accent
            } else {
                colors.strong_line
            };
            ui.painter()
                .rect_stroke(place, 4.0, Stroke::new(1.0, line), StrokeKind::Inside);
        }
        if response.clicked() {
            self.tick(at, ui.input(|input| input.modifiers.shift), all);
        }
    }

    /// Toggles the tick of a line, or ticks all lines from the anchor to it.
    fn tick(&mut self, at: usize, range: bool, passages: &Passages) {
        let anchor = self.anchor.filter(|_| range).unwrap_or(at);
        if range {
            let lines = passages
                .lines
                .get(anchor.min(at)..=anchor.max(at))
                .unwrap_or_default();
            self.ticked.extend(
                lines
                    .iter()
                    .filter_map(PassageLine::coding)
                    .map(|(_, coding)| coding),
            );
        } else if let Some((_, coding)) = passages.lines.get(at).and_then(PassageLine::coding)
            && !self.ticked.remove(&coding)
        {
            self.ticked.insert(coding);
        }
        (self.cursor, self.anchor) = (Some(at), Some(anchor));
    }

    fn clicked(&mut self, ui: &Ui, cx: &mut Cx<'_>, row: PassageRow<'_>, response: &Response) {
        let PassageRow { at, passage, all } = row;
        if !response.clicked() {
            return;
        }
        let modifiers = ui.input(|input| input.modifiers);
        if modifiers.command || modifiers.shift {
            self.tick(at, modifiers.shift, all);
            response.request_focus();
        } else {
            cx.ask(Request::OpenDocument(passage.document, Some(passage.range)));
        }
    }

    /// Keys while a passage has the keyboard: arrows move, Space ticks, Ctrl+A ticks all; egui turns Enter into a click.
    fn keys(&mut self, ui: &Ui, passages: &Passages) {
        let focused = ui.memory(|memory| memory.focused());
        // Without a cursor, the Tab key stops at line 1, the first passage.
        let at = self.cursor.unwrap_or(1);
        let Some(id) = passages
            .lines
            .get(at)
            .and_then(PassageLine::coding)
            .map(|(_, coding)| row_id(coding))
            .filter(|id| focused == Some(*id))
        else {
            return;
        };
        let filter = EventFilter {
            tab: false,
            horizontal_arrows: false,
            vertical_arrows: true,
            escape: true,
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        let is_passage = |at: &usize| {
            passages
                .lines
                .get(*at)
                .and_then(PassageLine::coding)
                .is_some()
        };
        let shift = ui.input(|input| input.modifiers.shift);
        let next = if take_key(ui.ctx(), Modifiers::NONE, Key::ArrowDown) {
            (at + 1..passages.lines.len()).find(is_passage)
        } else if take_key(ui.ctx(), Modifiers::NONE, Key::ArrowUp) {
            (0..at).rev().find(is_passage)
        } else {
            None
        };
        if let Some(next) = next {
            if shift {
                self.anchor = self.anchor.or(Some(at));
                self.tick(next, true, passages);
            }
            (self.cursor, self.reveal) = (Some(next), true);
        } else if take_key(ui.ctx(), Modifiers::NONE, Key::Space) {
            self.tick(at, false, passages);
        } else if take_key(ui.ctx(), Modifiers::COMMAND, Key::A) {
            self.ticked = passages
                .lines
                .iter()
                .filter_map(PassageLine::coding)
                .map(|(_, coding)| coding)
                .collect();
        }
    }
}

/// The height of a line, estimated from the number of its characters.
fn estimated_height(line: &PassageLine, chars_per_line: f64) -> f32 {
    match line {
        PassageLine::Document(_) => HEADING,
        PassageLine::Passage(passage) => {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "an estimate of a height on screen"
            )]
            let lines = (f64::from(passage.range.len_chars()) / chars_per_line)
                .ceil()
                .clamp(1.0, 8.0) as f32;
            lines * LINE_HEIGHT + 10.0
        }
    }
}

fn paint_back(ui: &Ui, rect: Rect, ticked: bool, response: &Response) {
    let colors = palette(ui.visuals());
    if ticked {
        ui.painter().rect_filled(rect, 0.0, colors.accent_soft);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, 0.0, colors.panel);
    }
}

/// The speaker and the words of a passage, with line breaks replaced by spaces.
fn words_of(cx: &Cx<'_>, passage: &Passage) -> (String, String) {
    let Some(document) = cx.project.documents.get(&passage.document) else {
        return Default::default();
    };
    let Ok(content) = cx.session.content(document) else {
        return Default::default();
    };
    let speaker = content
        .turn_at(passage.range.start())
        .and_then(|(_, turn)| turn.speaker);
    let label = speaker
        .and_then(|index| document.speakers.get(usize::from(index)))
        .map_or("", |speaker| speaker.label.as_str());
    let words = content.text.slice(passage.range).unwrap_or_default();
    (
        label.to_owned(),
        words.split_whitespace().collect::<Vec<_>>().join(" "),
    )
}

fn coder_ui(ui: &Ui, cx: &Cx<'_>, left: egui::Pos2, right: f32, passage: &Passage) {
    let colors = palette(ui.visuals());
    let coder = cx
        .project
        .coders
        .get(&passage.coder)
        .map_or("", |coder| coder.name.as_str());
    let mark = if passage.memo {
        format!("{coder}  {}", icons::NOTE)
    } else {
        coder.to_owned()
    };
    elided(
        ui,
        left.x,
        right,
        left.y,
        RichText::new(mark)
            .font(theme::regular(12.0))
            .color(colors.ink_2),
    );
}

/// A document's line; a click opens it. Returns its height.
fn heading_ui(ui: &Ui, cx: &mut Cx<'_>, top: egui::Pos2, heading: &DocumentHeading) -> f32 {
    let DocumentHeading {
        id,
        title,
        families,
        count,
    } = heading;
    let colors = palette(ui.visuals());
    let rect = Rect::from_min_size(top, vec2(ui.max_rect().width(), HEADING));
    let response = ui.interact(rect, Id::unique(("document of passages", id)), Sense::CLICK);
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, format!("{title} {count}")));
    let middle = rect.bottom() - 14.0;
    let title = RichText::new(title)
        .font(theme::semibold(13.0))
        .color(colors.ink);
    let galley = egui::WidgetText::from(title).into_galley(
        ui,
        Some(egui::TextWrapMode::Extend),
        f32::INFINITY,
        egui::TextStyle::Body,
    );
    let left = rect.left() + 24.0;
    let after = left + galley.size().x + 10.0;
    ui.painter().galley(
        pos2(left, middle - galley.size().y / 2.0),
        galley,
        colors.ink,
    );
    let second = [families.as_str(), &count.to_string()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("  ·  ");
    elided(
        ui,
        after,
        rect.right() - 24.0,
        middle,
        RichText::new(second)
            .font(theme::regular(12.0))
            .color(colors.ink_2),
    );
    if response.clicked() {
        cx.ask(Request::OpenDocument(*id, None));
    }
    HEADING
}
