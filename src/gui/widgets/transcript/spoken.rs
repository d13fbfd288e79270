//! The transcript as screen readers get it: its text on screen with lines, words and a caret, and what is coded at the caret.
//!
//! Lines are text runs of AccessKit, which egui makes from a galley; words are ours, since egui takes a run of Chinese for one word.
//! Nothing is done unless a screen reader listens.

use std::collections::BTreeSet;

use egui::{
    Event, Id, Rect, Response, Role, Sense, Ui, UiBuilder, WidgetInfo,
    accesskit::{self, Action, ActionData, ActionRequest, TextPosition, TextSelection},
    emath::TSTransform,
    pos2,
    text::{CCursor, CharIndex},
    text_selection::accesskit_text::update_accesskit_for_text_widget,
};

use super::{
    GAP, ShownDocument, TranscriptView,
    page::{PlacedBlock, VisibleBlocks},
};
use crate::{gui::strings, message::text::COLON, model::text::TextRange};

/// The most characters of a run; AccessKit counts them in a byte, and egui cuts longer lines.
const MOST_CHARS: usize = 255;

/// The most characters of a speaker's label that are read out before what is said.
const MOST_OF_LABEL: usize = 80;

/// The node of a block.
fn block_id(shown: &ShownDocument<'_>, placed: &PlacedBlock) -> Id {
    let start = placed.block.range.start();
    Id::unique(("turn", shown.pane, shown.document.id, start))
}

/// The node of a part of a line, as egui names it.
fn run_id(block: Id, line: usize, part: usize) -> Id {
    block.with(line).with(part)
}

/// The label of who speaks in a block.
fn speaker<'a>(shown: &ShownDocument<'a>, turn: usize) -> &'a str {
    let turn = shown.content.turns.get(turn);
    turn.and_then(|turn| turn.speaker)
        .and_then(|index| shown.document.speakers.get(usize::from(index)))
        .map_or("", |speaker| speaker.label.as_str())
}

impl TranscriptView {
    /// Describes the text on screen to screen readers.
    pub(super) fn tell(
        &self,
        ui: &mut Ui,
        shown: &ShownDocument<'_>,
        response: &Response,
        page: &VisibleBlocks,
        gutter: f32,
    ) {
        if !ui.ctx().has_accesskit_node(response.id) {
            return;
        }
        let inside = ui.new_child(
            UiBuilder::new()
                .id_salt("what is said")
                .accessibility_parent(response.id),
        );
        let mut value = String::new();
        for placed in &page.placed {
            block_for_screen_readers(&inside, shown, placed, gutter, &mut value);
        }
        let selection = self.selection.and_then(|(anchor, focus)| {
            Some(TextSelection {
                anchor: text_position(shown, page, anchor)?,
                focus: text_position(shown, page, focus)?,
            })
        });
        let description = self.description(shown);
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_read_only();
            node.set_value(value);
            node.set_description(description);
            node.add_action(Action::SetTextSelection);
            if let Some(selection) = selection {
                node.set_text_selection(selection);
            }
        });
    }

    /// Says who speaks at the caret and which codes the passage there has.
    fn description(&self, shown: &ShownDocument<'_>) -> String {
        let Some(caret) = self.cursor() else {
            return String::new();
        };
        let place = TextRange::between(caret, caret + 1);
        let passage = self.selected().unwrap_or(place);
        let codes: BTreeSet<&str> = shown.marks.here(passage).map(|mark| &*mark.name).collect();
        let before = TextRange::between(caret.saturating_sub(1), caret);
        let ending = shown.marks.here(before);
        let ending = ending.filter(|mark| mark.range.end() == caret);
        let ending: BTreeSet<&str> = ending.map(|mark| &*mark.name).collect();
        let turn = self.laid.as_ref().and_then(|laid| {
            let block = laid.blocks.get(super::block_at(&laid.blocks, caret))?;
            Some(block.turn)
        });
        let speaker = turn.map_or("", |turn| speaker(shown, turn));
        let codes: Vec<&str> = codes.into_iter().collect();
        let ending: Vec<&str> = ending.into_iter().collect();
        strings::at_caret(shown.language, speaker, &codes, &ending)
    }

    /// Moves caret and selection to where a screen reader asks for them.
    pub(super) fn move_as_asked(
        &mut self,
        ui: &Ui,
        shown: &ShownDocument<'_>,
        response: &Response,
        page: &VisibleBlocks,
    ) {
        let own = response.id.accesskit_id();
        let asked = ui.input(|input| {
            let mut events = input.events.iter().rev();
            events.find_map(|event| match event {
                Event::AccessKitActionRequest(ActionRequest {
                    action: Action::SetTextSelection,
                    target_node,
                    data: Some(ActionData::SetTextSelection(selection)),
                    ..
                }) if *target_node == own => Some(*selection),
                _ => None,
            })
        });
        let Some(asked) = asked else { return };
        let anchor = position_of(shown, page, &asked.anchor);
        let focus = position_of(shown, page, &asked.focus);
        if let (Some(anchor), Some(focus)) = (anchor, focus) {
            self.selection = Some((anchor, focus));
            self.reveal(focus);
        }
    }
}

/// Describes a block: its speaker, its lines and their words; adds its text to `value`.
fn block_for_screen_readers(
    ui: &Ui,
    shown: &ShownDocument<'_>,
    placed: &PlacedBlock,
    gutter: f32,
    value: &mut String,
) {
    let id = block_id(shown, placed);
    let label = speaker(shown, placed.block.turn);
    let text = shown.content.text.slice(placed.block.range);
    let text = text.unwrap_or_default();
    let is_named = placed.block.first && !label.is_empty();
    if is_named {
        let short: String = label.chars().take(MOST_OF_LABEL).collect();
        let said = format!("{short}{}", shown.language.say(COLON));
        value.push_str(&said);
        speaker_for_screen_readers(ui, id, placed, gutter, said);
    }
    let rect = Rect::from_min_size(placed.origin, placed.galley.size());
    ui.interact(rect, id, Sense::hover())
        .widget_info(|| WidgetInfo::labeled(Role::Paragraph, true, format!("{label} {text}")));
    value.push_str(text);
    value.push('\n');
    let on_screen = TSTransform::from_translation(placed.origin.to_vec2());
    update_accesskit_for_text_widget(ui.ctx(), id, None, on_screen, &placed.galley);
    let words = shown.segmenter.words(text);
    let mut first = 0;
    let last = placed.galley.rows.len().saturating_sub(1);
    for (line, row) in placed.galley.rows.iter().enumerate() {
        let length = row.glyphs.len() + usize::from(row.ends_with_newline);
        let parts = length.div_ceil(MOST_CHARS).max(1);
        for part in 0..parts {
            let from = first + part * MOST_CHARS;
            let to = (from + MOST_CHARS).min(first + length);
            let starts = words
                .iter()
                .map(|word| word.start() as usize)
                .filter(|start| (from..to).contains(start))
                .filter_map(|start| u8::try_from(start - from).ok());
            ui.ctx()
                .accesskit_node_builder(run_id(id, line, part), |node| {
                    node.set_word_starts(starts.collect::<Vec<u8>>());
                    if is_named && line == 0 && part == 0 {
                        node.set_previous_on_line(id.with("speaker").accesskit_id());
                    }
                    if line == last && part + 1 == parts {
                        end_line(node);
                    }
                });
        }
        first += length;
    }
}

/// Ends a run with a line break, as the next block begins a paragraph of its own.
fn end_line(node: &mut accesskit::Node) {
    let Some(mut text) = node.value().map(str::to_owned) else {
        return;
    };
    let mut lengths = node.character_lengths().to_vec();
    let mut positions = node.character_positions().unwrap_or_default().to_vec();
    let mut widths = node.character_widths().unwrap_or_default().to_vec();
    // A run that is full has no room for it.
    if lengths.len() == MOST_CHARS {
        return;
    }
    let end = positions.last().copied().unwrap_or_default();
    positions.push(end + widths.last().copied().unwrap_or_default());
    widths.push(0.0);
    lengths.push(1);
    text.push('\n');
    node.set_value(text);
    node.set_character_lengths(lengths);
    node.set_character_positions(positions);
    node.set_character_widths(widths);
}

/// Puts the speaker's label before the first line of a turn.
fn speaker_for_screen_readers(ui: &Ui, block: Id, placed: &PlacedBlock, gutter: f32, said: String) {
    let id = block.with("speaker");
    let line = placed.galley.rows.first().map_or(0.0, |row| row.size.y);
    let right = placed.origin.x - GAP;
    let rect = Rect::from_min_max(
        pos2(right - gutter, placed.origin.y),
        pos2(right, placed.origin.y + line),
    );
    ui.interact(rect, id, Sense::hover());
    let lengths: Vec<u8> = said
        .chars()
        .filter_map(|c| u8::try_from(c.len_utf8()).ok())
        .collect();
    // The label is painted with its right end at the text; where its letters are exactly matters to nobody.
    #[expect(
        clippy::cast_precision_loss,
        reason = "the letters of a label, of which there are few"
    )]
    let positions = (0..lengths.len()).map(|n| gutter * n as f32 / lengths.len() as f32);
    let positions: Vec<f32> = positions.collect();
    let widths = vec![positions.get(1).copied().unwrap_or(gutter); lengths.len()];
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_role(Role::TextRun);
        node.set_text_direction(accesskit::TextDirection::LeftToRight);
        node.set_bounds(accesskit::Rect {
            x0: rect.min.x.into(),
            y0: rect.min.y.into(),
            x1: rect.max.x.into(),
            y1: rect.max.y.into(),
        });
        node.set_value(said);
        node.set_character_lengths(lengths);
        node.set_character_positions(positions);
        node.set_character_widths(widths);
        node.set_word_starts(vec![0]);
        node.set_next_on_line(run_id(block, 0, 0).accesskit_id());
    });
}

/// Where a position of the document is among the runs; the nearest place on screen, if it is elsewhere.
fn text_position(
    shown: &ShownDocument<'_>,
    page: &VisibleBlocks,
    position: u32,
) -> Option<TextPosition> {
    let range = page.range()?;
    let position = position.clamp(range.start(), range.end());
    let placed = page.showing(position)?;
    let block = placed.block.range;
    let offset = position.clamp(block.start(), block.end()) - block.start();
    let cursor = CCursor::new(CharIndex(offset as usize));
    let place = placed.galley.layout_from_cursor(cursor);
    let column = place.column.0;
    // A place between two runs is the end of the first, as egui has it.
    let part = column.saturating_sub(1) / MOST_CHARS;
    Some(TextPosition {
        node: run_id(block_id(shown, placed), place.row, part).accesskit_id(),
        character_index: column - part * MOST_CHARS,
    })
}

/// The position of the document that a place among the runs is.
fn position_of(
    shown: &ShownDocument<'_>,
    page: &VisibleBlocks,
    place: &TextPosition,
) -> Option<u32> {
    for placed in &page.placed {
        let (id, range) = (block_id(shown, placed), placed.block.range);
        if id.with("speaker").accesskit_id() == place.node {
            return Some(range.start());
        }
        let mut first = 0;
        for (line, row) in placed.galley.rows.iter().enumerate() {
            let length = row.glyphs.len() + usize::from(row.ends_with_newline);
            for part in 0..length.div_ceil(MOST_CHARS).max(1) {
                if run_id(id, line, part).accesskit_id() == place.node {
                    let offset = first + part * MOST_CHARS + place.character_index;
                    let offset = u32::try_from(offset).unwrap_or(u32::MAX);
                    return Some(range.start().saturating_add(offset).min(range.end()));
                }
            }
            first += length;
        }
    }
    None
}
