//! The transcript: turns with their speakers, highlights and stripes, and a selection across turns.
//!
//! Only the blocks on screen are laid out, in each frame through egui's own cache: a galley that we kept would be wrong once egui empties its glyph atlas.
//! Heights are estimated first, and some are measured in each frame, so that the scroll bar becomes exact without a pause.

mod blocks;
mod keys;
pub(crate) mod marks;
pub(crate) mod memo_marks;
pub(crate) mod motion;
mod page;
pub(crate) mod paint;
mod pointer;
pub(crate) mod portrait;
mod spoken;
mod stripes;

use std::{collections::BTreeSet, sync::Arc};

use egui::{
    Galley, Id, Rangef, Rect, Response, Role, ScrollArea, Sense, TextFormat, Ui, WidgetInfo, pos2,
    vec2,
};

use super::heights::Heights;
use crate::{
    app::settings::Face,
    gui::{
        strings::UiLanguage,
        theme::{self, palette},
        typeset,
    },
    language::segment::Segmenter,
    model::{
        document::{Content, Document, SpeakerRole},
        ids::{CodeId, CodingId},
        text::TextRange,
    },
};
use blocks::{TextBlock, block_at, blocks};
use marks::Marks;
use memo_marks::PassageMemo;
use motion::{Grain, Ground};
use page::{PlacedBlock, VisibleBlocks};

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

/// A document and how to show it.
pub(crate) struct ShownDocument<'a> {
    /// The document.
    pub(crate) document: &'a Document,
    /// Its text and turns.
    pub(crate) content: &'a Arc<Content>,
    /// Its codings as they are drawn.
    pub(crate) marks: &'a Marks,
    /// The chosen codings.
    pub(crate) chosen: &'a BTreeSet<CodingId>,
    /// The memos on passages.
    pub(crate) memos: &'a [PassageMemo],
    /// What a memo is called, for who doesn't see its icon.
    pub(crate) memo_name: &'a str,
    /// What was looked for in the document, where it was found.
    pub(crate) found: &'a [TextRange],
    /// Finds the words.
    pub(crate) segmenter: &'a Segmenter,
    /// Sizes of the text.
    pub(crate) style: Style,
    /// The grain that a selection made by mouse grows to.
    pub(crate) snap: Grain,
    /// The window's name for the text.
    pub(crate) name: &'a str,
    /// The window's language.
    pub(crate) language: UiLanguage,
    /// The number of the pane, which distinguishes two transcripts side by side.
    pub(crate) pane: usize,
}

/// What the user did.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Gesture {
    /// A click on a coding; true if it is added to those chosen already.
    Chose(CodingId, bool),
    /// A click on text without coding.
    ChoseNothing,
    /// A click on the mark of a memo on this passage.
    ChoseMemo(TextRange),
    /// A selection was made.
    Selected,
    /// An edge of a coding was dragged.
    Resized(CodingId, TextRange),
    /// Codes were dropped on a passage.
    Dropped(TextRange, Vec<CodeId>),
    /// A passage was copied.
    Copied(TextRange),
    /// A mouse button was pressed here, which makes this transcript the active one.
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
    /// Scroll by so many points.
    By(f32),
}

/// What a transcript remembers from frame to frame.
#[derive(Debug, Default)]
pub(crate) struct TranscriptView {
    laid: Option<Laid>,
    /// Anchor and focus of the selection, in code points.
    selection: Option<(u32, u32)>,
    goal: Option<Goal>,
    drag: Drag,
    clicks: pointer::Clicks,
    /// The column, in points on screen, that moving up and down keeps to.
    aim: Option<f32>,
    hovered: Option<CodingId>,
    /// The passage that dragged codes would be applied to.
    target: Option<TextRange>,
    top: u32,
    bottom: u32,
    /// The rectangle of the selection on screen, as last painted.
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
    blocks: Vec<TextBlock>,
    heights: Heights,
    measured: Vec<bool>,
    /// The first block that may not be measured yet; all before it are.
    next: usize,
}

/// The least width of the text, in which a line still has a few words.
const LEAST_TEXT: f32 = 96.0;

/// Widths of the columns: where there is little room, margin and speakers give way to the text.
#[derive(Debug, Clone, Copy)]
struct Columns {
    margin: f32,
    gutter: f32,
    text: f32,
}

impl Columns {
    fn of(available: f32, most: f32) -> Self {
        let (margin, gutter, beside) = match available {
            // Two documents side by side in a small window.
            ..320.0 => (4.0, 44.0, 24.0),
            ..560.0 => (8.0, 56.0, 64.0),
            _ => (24.0, 84.0, (available * 0.25).clamp(72.0, 220.0)),
        };
        Self {
            margin,
            gutter,
            text: (available - margin - gutter - GAP * 2.0 - beside)
                .clamp(LEAST_TEXT.min(most), most)
                .round(),
        }
    }
}

/// Where text and columns are in this frame.
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

    /// The rectangle of the turn at the cursor; `None` if it isn't on screen.
    pub(crate) fn cursor_turn(&self) -> Option<Rect> {
        self.cursor_turn
    }

    /// The rectangle of the selection; `None` if it isn't on screen.
    pub(crate) fn selection_rect(&self) -> Option<Rect> {
        self.selection_rect
    }

    /// Selects the grain at the cursor, or grows the selection to whole grains.
    pub(crate) fn select_grain(&mut self, shown: &ShownDocument<'_>, grain: Grain) {
        let (Some(laid), Some((anchor, focus))) = (&self.laid, self.selection) else {
            return;
        };
        let ground = laid.ground(shown);
        let range = TextRange::between(anchor, focus);
        self.select(if range.is_empty() {
            ground.around(focus, grain)
        } else {
            ground.snapped(range, grain)
        });
    }

    /// Returns where a motion from a position ends.
    pub(crate) fn moved(
        &self,
        shown: &ShownDocument<'_>,
        from: u32,
        grain: Grain,
        forward: bool,
    ) -> u32 {
        let Some(laid) = &self.laid else { return from };
        laid.ground(shown).moved(from, grain, forward)
    }

    /// The id that has the keyboard while a transcript is active.
    pub(crate) fn id(pane: usize) -> Id {
        Id::unique(("transcript", pane))
    }

    /// Returns true if an id is a transcript's, which shows its cursor while it has the keyboard.
    pub(crate) fn has_id(id: Id) -> bool {
        (0..2).any(|pane| Self::id(pane) == id)
    }

    /// Shows a document and adds the user's gestures to `out`; returns the response of the text, for a menu.
    pub(crate) fn show(
        &mut self,
        ui: &mut Ui,
        shown: &ShownDocument<'_>,
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
    fn lay(&mut self, shown: &ShownDocument<'_>, width: f32) {
        let style = shown.style;
        if let Some(laid) = &self.laid
            && Arc::ptr_eq(&laid.content, shown.content)
            && laid.width.to_bits() == width.to_bits()
            && laid.style == style
        {
            return;
        }
        // The blocks depend on the text alone, so they survive a change of width or size.
        let known = self
            .laid
            .take()
            .filter(|laid| Arc::ptr_eq(&laid.content, shown.content))
            .map(|laid| laid.blocks);
        // The same text in another width keeps its first line at the top.
        if known.is_some() && self.goal.is_none() {
            self.goal = Some(Goal::Top(self.top));
        }
        let blocks = known.unwrap_or_else(|| blocks(shown.content));
        let estimates = blocks
            .iter()
            .map(|block| estimated_height(block, style, width));
        let heights = Heights::new(estimates.collect());
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

    /// Returns the offset that meets the goal, if there is one.
    fn aimed_offset(&mut self, ui: &Ui, shown: &ShownDocument<'_>) -> Option<f32> {
        let goal = self.goal.take()?;
        let (offset, height) = (self.offset, self.height);
        let laid = self.laid.as_ref()?;
        let aimed = match goal {
            Goal::Show(position) => laid.line_at(ui, shown, position)?.min - height / 3.0,
            Goal::Top(position) => laid.line_at(ui, shown, position)?.min,
            Goal::By(points) => offset + points,
            Goal::Reveal(position) => {
                let Rangef {
                    min: top,
                    max: bottom,
                } = laid.line_at(ui, shown, position)?;
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

    /// Shows the part of the document that is on screen.
    fn viewport(
        &mut self,
        ui: &mut Ui,
        shown: &ShownDocument<'_>,
        viewport: Rect,
        columns: Columns,
        out: &mut Vec<Gesture>,
    ) -> Response {
        let total = self.laid.as_ref().map_or(0.0, |laid| laid.heights.total());
        // Space after the end lets the last turn be scrolled up to where one reads.
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
        response.widget_info(|| WidgetInfo::labeled(Role::MultilineTextInput, true, shown.name));
        let page = self.place(ui, shown, frame);
        self.top = page
            .placed
            .iter()
            .find(|placed| placed.origin.y + placed.galley.size().y > clip.top())
            .map_or(0, |placed| placed.block.range.start());
        self.bottom = page.range().map_or(0, TextRange::end);
        // Input comes before painting, so that a selection shows in the frame in which it changes.
        self.pointer(ui, shown, &response, &page, out);
        self.move_as_asked(ui, shown, &response, &page);
        self.keys(ui, shown, &response, &page, out);
        self.tell(ui, shown, &response, &page, columns.gutter);
        self.paint(ui, shown, &response, &page, columns.gutter);
        self.handles(ui, shown, &page, out);
        self.stripes(ui, shown, &page, frame, out);
        self.memo_marks(ui, shown, &page, out);
        // Last, since measuring changes the heights that the blocks of this frame were placed by.
        self.measure(ui, shown, frame);
        response
    }

    /// Lays out the blocks on screen and corrects their heights.
    fn place(&mut self, ui: &Ui, shown: &ShownDocument<'_>, frame: Frame) -> VisibleBlocks {
        let mut placed = Vec::new();
        let Some(laid) = &mut self.laid else {
            return VisibleBlocks { placed };
        };
        let mut index = laid.heights.at(frame.viewport.min.y - ABOVE);
        let mut y = laid.heights.top(index);
        while index < laid.heights.len() && y < frame.viewport.max.y {
            let block = laid.blocks[index];
            let galley = galley(ui, shown, block, frame.width);
            let height = laid.set(index, galley.size().y, shown);
            placed.push(PlacedBlock {
                block,
                origin: pos2(frame.origin.x, frame.origin.y + y + ABOVE),
                galley,
            });
            y += height;
            index += 1;
        }
        VisibleBlocks { placed }
    }

    /// Measures some blocks that aren't on screen, those near it first; the text on screen stays where it is.
    fn measure(&mut self, ui: &Ui, shown: &ShownDocument<'_>, frame: Frame) {
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
            // Blocks above that turn out higher or lower would move the text on screen.
            if index < here {
                shift += height - before;
            }
            // A short block costs about as much as a full line.
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
    /// The text as the ground of motions.
    fn ground<'a>(&'a self, shown: &'a ShownDocument<'_>) -> Ground<'a> {
        Ground {
            content: shown.content,
            blocks: &self.blocks,
            segmenter: shown.segmenter,
        }
    }

    /// Top and bottom of the line that contains a position, in points of the document.
    fn line_at(&self, ui: &Ui, shown: &ShownDocument<'_>, position: u32) -> Option<Rangef> {
        let index = block_at(&self.blocks, position);
        let block = *self.blocks.get(index)?;
        let placed = PlacedBlock {
            block,
            origin: pos2(0.0, self.heights.top(index)),
            galley: galley(ui, shown, block, self.width),
        };
        Some(placed.caret(position).y_range())
    }

    /// Sets a block's measured height, with the space below it; returns the height.
    fn set(&mut self, index: usize, text: f32, shown: &ShownDocument<'_>) -> f32 {
        let block = self.blocks[index];
        let stamped = block.first
            && shown
                .content
                .turns
                .get(block.turn)
                .is_some_and(|turn| turn.at_millis.is_some());
        // Speaker and time beside the text are two lines, also where the turn itself has only one.
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

/// Estimates the height of a block that hasn't been laid out yet.
fn estimated_height(block: &TextBlock, style: Style, width: f32) -> f32 {
    // Between Latin letters, about half as wide as high, and Han characters, which are square.
    let per_line = (width / (style.size * 0.62)).max(1.0);
    let lines = (f64::from(block.range.len_chars()) / f64::from(per_line))
        .ceil()
        .max(1.0);
    #[expect(
        clippy::cast_possible_truncation,
        reason = "an estimate of a height on screen"
    )]
    let lines = lines as f32;
    lines * style.line + if block.last { style.below } else { 0.0 }
}

/// A block laid out; an interviewer's words are in the second ink, unless they are coded.
fn galley(ui: &Ui, shown: &ShownDocument<'_>, block: TextBlock, width: f32) -> Arc<Galley> {
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
    let font = theme::reading(shown.style.face, shown.style.size);
    let ink = if plain { colors.ink } else { colors.ink_2 };
    let format = TextFormat {
        line_height: Some(shown.style.line),
        ..TextFormat::simple(font, ink)
    };
    let job = typeset::formatted(ui.ctx(), text, format, width);
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_columns_fit_a_pane_of_any_width() {
        for width in [
            200.0, 241.0, 280.0, 319.0, 320.0, 400.0, 559.0, 560.0, 1400.0,
        ] {
            let columns = Columns::of(width, 700.0);
            let text_ends = columns.margin + columns.gutter + GAP + columns.text;
            assert!(text_ends + GAP < width, "{width}: {columns:?}");
        }
    }
}
