//! The transcript: turns with their speakers, highlights and stripes, and a selection across turns.
//!
//! Only the blocks on screen are laid out, each frame anew through egui's own cache (a galley kept by us would go stale when the glyph atlas is emptied).
//! Heights are estimated first and measured a little each frame, so that the scroll bar comes true without a pause.

mod blocks;
mod keys;
pub(crate) mod marks;
pub(crate) mod motion;
mod page;
pub(crate) mod paint;
mod pointer;
pub(crate) mod portrait;
mod stripes;

use std::{collections::BTreeSet, sync::Arc};

use egui::{
    Galley, Id, Rect, Response, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, text::LayoutJob,
    vec2,
};

use super::heights::Heights;
use crate::{
    app::settings::Face,
    gui::theme::{self, palette},
    language::segment::Segmenter,
    model::{
        document::{Content, Document, SpeakerRole},
        ids::{CodeId, CodingId},
        text::TextRange,
    },
};
use blocks::{Block, block_at, blocks};
use marks::Marks;
use motion::{Grain, Ground};
use page::{Page, Placed};

/// Space between the columns.
const GAP: f32 = 16.0;
/// Space above the first line.
const ABOVE: f32 = 16.0;
/// Characters measured in one frame, well below what a frame has time for.
const MEASURED_A_FRAME: u32 = 6_000;

/// Sizes of the text, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Style {
    /// The typeface.
    pub(crate) face: Face,
    /// Height of the letters.
    pub(crate) size: f32,
    /// Height of a line.
    pub(crate) line: f32,
    /// Width of the column at most.
    pub(crate) column: f32,
    /// Space below a turn.
    pub(crate) below: f32,
}

/// What is shown.
pub(crate) struct Shown<'a> {
    /// The document.
    pub(crate) document: &'a Document,
    /// Its text and turns.
    pub(crate) content: &'a Arc<Content>,
    /// Its codings as they are drawn.
    pub(crate) marks: &'a Marks,
    /// The codings that are chosen.
    pub(crate) chosen: &'a BTreeSet<CodingId>,
    /// What a word is.
    pub(crate) segmenter: &'a Segmenter,
    /// Sizes of the text.
    pub(crate) style: Style,
    /// What a selection made by mouse grows to.
    pub(crate) snap: Grain,
    /// The window's name for the text.
    pub(crate) name: &'a str,
    /// Tells two transcripts side by side apart.
    pub(crate) pane: usize,
}

/// What the user did.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Gesture {
    /// A click on a coding; whether it joins those chosen already.
    Chose(CodingId, bool),
    /// A click on text without coding.
    ChoseNothing,
    /// A selection was made.
    Selected,
    /// An edge of a coding was dragged.
    Resized(CodingId, TextRange),
    /// Codes were dropped on a passage.
    Dropped(TextRange, Vec<CodeId>),
    /// The mouse came down here: this transcript is the one worked in.
    Touched,
}

/// What is being dragged in the text.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
enum Drag {
    #[default]
    Nothing,
    /// A selection, from a first grain.
    Selecting { grain: Grain, first: TextRange },
    /// The selected passage itself, towards a code.
    Carrying,
    /// An edge of a coding: the range it has by now.
    Edge(CodingId, TextRange),
}

/// Where the text is to be scrolled to.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Goal {
    /// Bring a position to a third of the height.
    Show(u32),
    /// Bring a position on screen, no further than need be.
    Reveal(u32),
    /// Put a position at the top.
    Top(u32),
    /// Go on by so many points.
    By(f32),
}

/// The view's memory.
#[derive(Debug, Default)]
pub(crate) struct TranscriptView {
    laid: Option<Laid>,
    /// Anchor and focus of the selection, in code points.
    selection: Option<(u32, u32)>,
    goal: Option<Goal>,
    drag: Drag,
    clicks: pointer::Clicks,
    /// Where up and down aim at.
    aim: Option<f32>,
    hovered: Option<CodingId>,
    /// Passage that codes being dragged would fall on.
    target: Option<TextRange>,
    top: u32,
    bottom: u32,
    /// Where the selection stands on screen, of what was painted last.
    selection_rect: Option<Rect>,
    cursor_turn: Option<Rect>,
    offset: f32,
    height: f32,
}

/// Blocks with estimated and measured heights, for one text at one width and size.
#[derive(Debug)]
struct Laid {
    content: Arc<Content>,
    width: f32,
    style: Style,
    blocks: Vec<Block>,
    heights: Heights,
    measured: Vec<bool>,
    /// Where measuring goes on; all before it are measured.
    next: usize,
}

/// Widths of the columns: where there is little room, margin and speakers give way to the text.
#[derive(Debug, Clone, Copy)]
struct Columns {
    margin: f32,
    gutter: f32,
    text: f32,
}

impl Columns {
    fn of(available: f32, most: f32) -> Self {
        let narrow = available < 560.0;
        let (margin, gutter, beside) = if narrow {
            (8.0, 56.0, 64.0)
        } else {
            (24.0, 84.0, (available * 0.25).clamp(72.0, 220.0))
        };
        Self {
            margin,
            gutter,
            text: (available - margin - gutter - GAP * 2.0 - beside)
                .clamp(160.0, most)
                .round(),
        }
    }
}

/// Places of this frame.
#[derive(Debug, Clone, Copy)]
struct Frame {
    /// Where the text column begins, at the top of the document.
    origin: egui::Pos2,
    /// Width of the text column.
    width: f32,
    /// What is seen of the document, in its own points.
    viewport: Rect,
    /// What is seen, on screen.
    clip: Rect,
}

impl TranscriptView {
    /// The selection as a range.
    pub(crate) fn selected(&self) -> Option<TextRange> {
        self.selection
            .map(|(anchor, focus)| TextRange::between(anchor, focus))
            .filter(|range| !range.is_empty())
    }

    /// The end of the selection that moves: the cursor.
    pub(crate) fn cursor(&self) -> Option<u32> {
        self.selection.map(|(_, focus)| focus)
    }

    /// Selects a passage without scrolling.
    pub(crate) fn select(&mut self, range: TextRange) {
        self.selection = Some((range.start(), range.end()));
    }

    /// Brings a position on screen, to a third of its height.
    pub(crate) fn go_to(&mut self, position: u32) {
        self.goal = Some(Goal::Show(position));
    }

    /// Brings a position on screen, no further than need be.
    pub(crate) fn reveal(&mut self, position: u32) {
        self.goal = Some(Goal::Reveal(position));
    }

    /// Puts a position at the top.
    pub(crate) fn scroll_to_top(&mut self, position: u32) {
        self.goal = Some(Goal::Top(position));
    }

    /// The first position on screen.
    pub(crate) fn top(&self) -> u32 {
        self.top
    }

    /// What is on screen.
    pub(crate) fn seen(&self) -> TextRange {
        TextRange::between(self.top, self.bottom)
    }

    /// Where the turn at the cursor stands on screen; `None` when it isn't there.
    pub(crate) fn cursor_turn(&self) -> Option<Rect> {
        self.cursor_turn
    }

    /// Where the selection stands on screen; `None` when it isn't there.
    pub(crate) fn selection_rect(&self) -> Option<Rect> {
        self.selection_rect
    }

    /// Selects the grain at the cursor, or grows the selection to whole grains.
    pub(crate) fn select_grain(&mut self, shown: &Shown<'_>, grain: Grain) {
        let (Some(laid), Some((anchor, focus))) = (&self.laid, self.selection) else {
            return;
        };
        let ground = Ground {
            content: shown.content,
            blocks: &laid.blocks,
            segmenter: shown.segmenter,
        };
        let range = TextRange::between(anchor, focus);
        self.select(if range.is_empty() {
            ground.around(focus, grain)
        } else {
            ground.snapped(range, grain)
        });
    }

    /// Where a motion from a position ends.
    pub(crate) fn moved(&self, shown: &Shown<'_>, from: u32, grain: Grain, forward: bool) -> u32 {
        let Some(laid) = &self.laid else { return from };
        Ground {
            content: shown.content,
            blocks: &laid.blocks,
            segmenter: shown.segmenter,
        }
        .moved(from, grain, forward)
    }

    /// The identity that has the keyboard when a transcript is worked in.
    pub(crate) fn id(pane: usize) -> Id {
        Id::unique(("transcript", pane))
    }

    /// Whether an identity is a transcript's, which shows its cursor when it has the keyboard.
    pub(crate) fn has_id(id: Id) -> bool {
        (0..2).any(|pane| Self::id(pane) == id)
    }

    /// Shows a document; gestures are added to `out`. Gives the response of the text, to hang a menu on.
    pub(crate) fn show(
        &mut self,
        ui: &mut Ui,
        shown: &Shown<'_>,
        out: &mut Vec<Gesture>,
    ) -> Response {
        let columns = Columns::of(ui.available_width(), shown.style.column);
        self.lay(shown, columns.text);
        self.height = ui.available_height();
        let mut area = ScrollArea::vertical()
            .id_salt(("transcript", shown.pane, shown.document.id))
            .auto_shrink([false, false]);
        if let Some(offset) = self.aimed_offset(ui, shown) {
            area = area.vertical_scroll_offset(offset);
        }
        area.show_viewport(ui, |ui, viewport| {
            self.viewport(ui, shown, viewport, columns, out)
        })
        .inner
    }

    /// Cuts the text into blocks and estimates their heights, when text, width or size is new.
    fn lay(&mut self, shown: &Shown<'_>, width: f32) {
        let style = shown.style;
        let same = |laid: &Laid| {
            Arc::ptr_eq(&laid.content, shown.content)
                && laid.width.to_bits() == width.to_bits()
                && laid.style == style
        };
        if self.laid.as_ref().is_some_and(same) {
            return;
        }
        let known = self
            .laid
            .take()
            .filter(|laid| Arc::ptr_eq(&laid.content, shown.content))
            .map(|laid| laid.blocks);
        if known.is_some() && self.goal.is_none() {
            self.goal = Some(Goal::Top(self.top));
        }
        let blocks = known.unwrap_or_else(|| blocks(shown.content));
        let per_line = (width / (style.size * 0.62)).max(1.0);
        let estimate = |block: &Block| {
            let lines = (f64::from(block.range.len_chars()) / f64::from(per_line))
                .ceil()
                .max(1.0);
            #[expect(
                clippy::cast_possible_truncation,
                reason = "an estimate of a height on screen"
            )]
            let lines = lines as f32;
            lines * style.line + if block.last { style.below } else { 0.0 }
        };
        let heights = Heights::new(blocks.iter().map(estimate).collect());
        let measured = vec![false; blocks.len()];
        self.laid = Some(Laid {
            content: Arc::clone(shown.content),
            width,
            style,
            blocks,
            heights,
            measured,
            next: 0,
        });
    }

    /// The offset that meets the goal, if there is one.
    fn aimed_offset(&mut self, ui: &Ui, shown: &Shown<'_>) -> Option<f32> {
        let goal = self.goal.take()?;
        let (offset, height) = (self.offset, self.height);
        let laid = self.laid.as_mut()?;
        let line = |position: u32| {
            let index = block_at(&laid.blocks, position);
            let top = laid.heights.top(index);
            let block = *laid.blocks.get(index)?;
            let placed = Placed {
                block,
                origin: pos2(0.0, top),
                galley: galley(ui, shown, block, laid.width),
            };
            Some((
                placed.caret(position).top(),
                placed.caret(position).bottom(),
            ))
        };
        let aimed = match goal {
            Goal::Show(position) => line(position)?.0 - height / 3.0,
            Goal::Top(position) => line(position)?.0,
            Goal::By(points) => offset + points,
            Goal::Reveal(position) => {
                let (top, bottom) = line(position)?;
                let margin = shown.style.line;
                if top < offset {
                    top - margin
                } else if bottom + ABOVE > offset + height {
                    bottom + ABOVE - height + margin
                } else {
                    return None;
                }
            }
        };
        Some(aimed.max(0.0))
    }

    fn viewport(
        &mut self,
        ui: &mut Ui,
        shown: &Shown<'_>,
        viewport: Rect,
        columns: Columns,
        out: &mut Vec<Gesture>,
    ) -> Response {
        let total = self.laid.as_ref().map_or(0.0, |laid| laid.heights.total());
        ui.set_height(total + ABOVE + self.height * 0.4);
        ui.set_width(ui.available_width());
        self.offset = viewport.min.y;
        let left = ui.min_rect().left();
        let origin = pos2(
            left + columns.margin + columns.gutter + GAP,
            ui.min_rect().top(),
        );
        let clip = Rect::from_min_size(
            pos2(left, origin.y + viewport.min.y),
            vec2(ui.available_width(), viewport.height()),
        );
        let frame = Frame {
            origin,
            width: columns.text,
            viewport,
            clip,
        };
        let response = ui.interact(clip, Self::id(shown.pane), Sense::click_and_drag());
        response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, shown.name));
        let page = self.place(ui, shown, frame);
        self.top = page
            .placed
            .iter()
            .find(|placed| placed.origin.y + placed.galley.size().y > clip.top())
            .map_or(0, |placed| placed.block.range.start());
        self.bottom = page.range().map_or(0, TextRange::end);
        self.pointer(ui, shown, &response, &page, out);
        self.keys(ui, shown, &response, &page);
        self.paint(ui, shown, &response, &page, columns.gutter);
        self.handles(ui, shown, &page, out);
        self.stripes(ui, shown, &page, frame, out);
        self.measure(ui, shown, frame);
        response
    }

    /// Lays out the blocks on screen and corrects their heights.
    fn place(&mut self, ui: &Ui, shown: &Shown<'_>, frame: Frame) -> Page {
        let mut placed = Vec::new();
        let Some(laid) = &mut self.laid else {
            return Page { placed };
        };
        let mut index = laid.heights.at(frame.viewport.min.y - ABOVE);
        let mut y = laid.heights.top(index);
        while index < laid.heights.len() && y < frame.viewport.max.y {
            let block = laid.blocks[index];
            let galley = galley(ui, shown, block, frame.width);
            let height = laid.set(index, galley.size().y, shown);
            placed.push(Placed {
                block,
                origin: pos2(frame.origin.x, frame.origin.y + y + ABOVE),
                galley,
            });
            y += height;
            index += 1;
        }
        Page { placed }
    }

    /// Measures some blocks that are not on screen, those near first; what stands on screen stays where it is.
    fn measure(&mut self, ui: &Ui, shown: &Shown<'_>, frame: Frame) {
        let Some(laid) = &mut self.laid else { return };
        let here = laid.heights.at(frame.viewport.min.y - ABOVE);
        let mut left = MEASURED_A_FRAME;
        let mut shift = 0.0;
        let near: Vec<usize> = (here.saturating_sub(24)..(here + 48).min(laid.blocks.len()))
            .filter(|index| !laid.measured[*index])
            .collect();
        let mut near = near.into_iter();
        while left > 0 {
            while laid
                .measured
                .get(laid.next)
                .is_some_and(|measured| *measured)
            {
                laid.next += 1;
            }
            let Some(index) = near
                .next()
                .or((laid.next < laid.blocks.len()).then_some(laid.next))
            else {
                break;
            };
            let block = laid.blocks[index];
            let before = laid.heights.height(index);
            let height = laid.set(index, galley(ui, shown, block, frame.width).size().y, shown);
            if index < here {
                shift += height - before;
            }
            left = left.saturating_sub(block.range.len_chars().max(60));
        }
        if shift.abs() > 0.1 && self.goal.is_none() {
            self.goal = Some(Goal::By(shift));
        }
        if laid.next < laid.blocks.len() || self.goal.is_some() {
            ui.ctx().request_repaint();
        }
    }
}

impl Laid {
    /// Sets a block's measured height, with the space below it; gives it.
    fn set(&mut self, index: usize, text: f32, shown: &Shown<'_>) -> f32 {
        let block = self.blocks[index];
        let stamped = block.first
            && shown
                .content
                .turns
                .get(block.turn)
                .is_some_and(|turn| turn.at_millis.is_some());
        let least = if stamped && block.last {
            44.0
        } else {
            self.style.line
        };
        let height = text.max(least) + if block.last { self.style.below } else { 0.0 };
        self.heights.set(index, height);
        self.measured[index] = true;
        height
    }
}

/// A block laid out; an interviewer's words are in the second ink, unless they are coded.
fn galley(ui: &Ui, shown: &Shown<'_>, block: Block, width: f32) -> Arc<Galley> {
    let colors = palette(ui.visuals());
    let text = shown.content.text.slice(block.range).unwrap_or_default();
    let speaker = shown
        .content
        .turns
        .get(block.turn)
        .and_then(|turn| turn.speaker);
    let asks = speaker
        .and_then(|index| shown.document.speakers.get(usize::from(index)))
        .is_none_or(|speaker| speaker.role == SpeakerRole::Interviewer);
    let plain = shown.document.speakers.is_empty()
        || !asks
        || shown.marks.here(block.range).next().is_some();
    let mut job = LayoutJob::simple(
        text.to_owned(),
        theme::reading(shown.style.face, shown.style.size),
        if plain { colors.ink } else { colors.ink_2 },
        width,
    );
    for section in &mut job.sections {
        section.format.line_height = Some(shown.style.line);
    }
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}
