//! Painting of a transcript: highlights that blend, the selection, the text, the cursor, speakers and times.

use egui::{
    Align2, Color32, CornerRadius, Pos2, Rect, Response, Stroke, StrokeKind, Ui, pos2,
    text::LayoutJob, vec2,
};

use super::{
    Drag, GAP, ShownDocument, TranscriptView,
    page::{PlacedBlock, VisibleBlocks},
};
use crate::{
    gui::theme::{self, palette},
    model::text::TextRange,
};

impl TranscriptView {
    pub(super) fn paint(
        &mut self,
        ui: &Ui,
        shown: &ShownDocument<'_>,
        response: &Response,
        page: &VisibleBlocks,
        gutter: f32,
    ) {
        self.selection_rect = None;
        let turn = self
            .cursor()
            .and_then(|cursor| page.showing(cursor))
            .map(|placed| placed.block.turn);
        let rects = page
            .placed
            .iter()
            .filter(|placed| Some(placed.block.turn) == turn);
        let rects = rects.map(|placed| Rect::from_min_size(placed.origin, placed.galley.size()));
        self.cursor_turn = rects.reduce(|all, rect| all.union(rect));
        for placed in &page.placed {
            self.block_ui(ui, shown, placed, gutter);
        }
        self.cursor_ui(ui, response, page);
    }

    fn block_ui(&mut self, ui: &Ui, shown: &ShownDocument<'_>, placed: &PlacedBlock, gutter: f32) {
        let colors = palette(ui.visuals());
        let painter = ui.painter();
        let first = shown
            .found
            .partition_point(|hit| hit.end() <= placed.block.range.start());
        for hit in shown.found.iter().skip(first) {
            if hit.start() >= placed.block.range.end() {
                break;
            }
            placed.rows(*hit, |rect| {
                painter.rect_filled(rect, 2.0, colors.hit);
            });
        }
        // In this order, so that the colours of codings stay visible over a selection and the text over both.
        if let Some(selected) = self.selected() {
            placed.rows(selected, |rect| {
                painter.rect_filled(rect, 2.0, colors.selection);
                self.selection_rect = Some(self.selection_rect.map_or(rect, |all| all.union(rect)));
            });
        }
        self.highlights(ui, shown, placed);
        if let Some(target) = self.target {
            placed.rows(target, |rect| {
                painter.rect_stroke(
                    rect,
                    2.0,
                    Stroke::new(1.5, colors.accent),
                    StrokeKind::Outside,
                );
            });
        }
        painter.galley(
            placed.origin,
            std::sync::Arc::clone(&placed.galley),
            colors.ink,
        );
        let Some(turn) = shown.content.turns.get(placed.block.turn) else {
            return;
        };
        let label = turn
            .speaker
            .and_then(|index| shown.document.speakers.get(usize::from(index)))
            .map_or("", |speaker| speaker.label.as_str());
        if placed.block.first {
            gutter_ui(
                ui,
                placed.origin,
                label,
                gutter,
                turn.at_millis,
                shown.style.size,
            );
        }
    }

    /// Colours the coded passages of a block: where codings overlap, their colours blend.
    fn highlights(&self, ui: &Ui, shown: &ShownDocument<'_>, placed: &PlacedBlock) {
        let colors = palette(ui.visuals());
        let range = placed.block.range;
        let mut pile = Pile::default();
        for mark in shown.marks.here(range) {
            // A coding whose edge is being dragged is painted as it will be.
            let extent = match self.drag {
                Drag::Edge(coding, dragged) if coding == mark.coding => dragged,
                _ => mark.range,
            };
            pile.add(extent, mark.color, self.is_forward(shown, mark.coding));
        }
        pile.each(range, |part, layer| {
            let fill = match layer.forward {
                Some(color) => colors.forward(color),
                None => colors.highlight(layer.mean(), layer.n),
            };
            placed.rows(part, |rect| {
                let rect = rect.shrink2(vec2(0.0, 2.0));
                ui.painter().rect_filled(rect, CornerRadius::same(2), fill);
                if let Some(color) = layer.forward {
                    ui.painter().hline(
                        rect.x_range(),
                        rect.bottom() - 0.75,
                        Stroke::new(1.5, color),
                    );
                }
            });
        });
    }

    /// Paints the cursor, unless something is selected.
    fn cursor_ui(&self, ui: &Ui, response: &Response, page: &VisibleBlocks) {
        if !response.has_focus() || self.selected().is_some() {
            return;
        }
        let Some(placed) = self.cursor().and_then(|cursor| page.showing(cursor)) else {
            return;
        };
        let caret = self
            .cursor()
            .map_or(Rect::NOTHING, |cursor| placed.caret(cursor));
        let colors = palette(ui.visuals());
        ui.painter().vline(
            caret.center().x,
            caret.shrink2(vec2(0.0, 2.0)).y_range(),
            Stroke::new(2.0, colors.accent),
        );
    }
}

/// Codings over one stretch of text.
#[derive(Debug, Clone, Copy, Default)]
struct Layer {
    n: usize,
    sum: [u32; 3],
    forward: Option<Color32>,
}

impl Layer {
    /// The mean of the colours.
    fn mean(&self) -> Color32 {
        let n = u32::try_from(self.n).unwrap_or(u32::MAX).max(1);
        let [red, green, blue] = self.sum.map(|sum| u8::try_from(sum / n).unwrap_or(u8::MAX));
        theme::mixed(red, green, blue)
    }
}

/// The beginning or end of a coding.
#[derive(Debug)]
struct MarkEdge {
    at: u32,
    begins: bool,
    color: Color32,
    /// True if the coding is chosen or under the pointer.
    forward: bool,
}

/// Codings piled up over a text, taken apart where one begins or ends.
#[derive(Debug, Default)]
struct Pile {
    edges: Vec<MarkEdge>,
}

impl Pile {
    fn add(&mut self, range: TextRange, color: Color32, forward: bool) {
        for (at, begins) in [(range.start(), true), (range.end(), false)] {
            self.edges.push(MarkEdge {
                at,
                begins,
                color,
                forward,
            });
        }
    }

    /// Every stretch of a passage that something covers, with what covers it.
    fn each(mut self, passage: TextRange, mut each: impl FnMut(TextRange, Layer)) {
        self.edges.sort_by_key(|edge| edge.at);
        let (mut layer, mut from) = (Layer::default(), 0);
        let mut forward: Vec<Color32> = Vec::new();
        for edge in self.edges {
            let MarkEdge {
                at, begins, color, ..
            } = edge;
            let part = TextRange::between(from, at).intersection(passage);
            if let Some(part) = part.filter(|_| layer.n > 0 && at > from) {
                each(
                    part,
                    Layer {
                        forward: forward.last().copied(),
                        ..layer
                    },
                );
            }
            let rgb = [color.r(), color.g(), color.b()];
            for (sum, channel) in layer.sum.iter_mut().zip(rgb) {
                *sum = if begins {
                    *sum + u32::from(channel)
                } else {
                    sum.saturating_sub(u32::from(channel))
                };
            }
            layer.n = if begins {
                layer.n + 1
            } else {
                layer.n.saturating_sub(1)
            };
            if edge.forward && begins {
                forward.push(color);
            } else if edge.forward
                && let Some(index) = forward.iter().position(|other| *other == color)
            {
                forward.remove(index);
            }
            from = at;
        }
    }
}

/// Speaker and time stamp, right-aligned before the text.
fn gutter_ui(ui: &Ui, origin: Pos2, label: &str, width: f32, at_millis: Option<u32>, size: f32) {
    let colors = palette(ui.visuals());
    let right = origin.x - GAP;
    let small = (size * 0.82).max(11.0);
    let mut job =
        LayoutJob::simple_singleline(label.to_owned(), theme::regular(small), colors.ink_2);
    job.wrap = egui::text::TextWrapping::truncate_at_width(width);
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    ui.painter().galley(
        pos2(right - galley.size().x, origin.y + 5.0),
        galley,
        colors.ink_2,
    );
    if let Some(millis) = at_millis {
        ui.painter().text(
            pos2(right, origin.y + 9.0 + small * 1.25),
            Align2::RIGHT_TOP,
            clock(millis),
            theme::regular(small * 0.88),
            colors.ink_2,
        );
    }
}

/// Minutes and seconds, with hours where there are any.
pub(crate) fn clock(millis: u32) -> String {
    let seconds = millis / 1000;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes:02}:{seconds:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlapping_codings_are_taken_apart_and_counted() {
        let mut pile = Pile::default();
        pile.add(TextRange::between(0, 10), Color32::RED, false);
        pile.add(TextRange::between(5, 20), Color32::BLUE, true);
        pile.add(TextRange::between(8, 9), Color32::RED, false);
        let mut parts = Vec::new();
        pile.each(TextRange::between(2, 15), |part, layer| {
            parts.push((part.start(), part.end(), layer.n, layer.forward.is_some()));
        });
        assert_eq!(
            parts,
            [
                (2, 5, 1, false),
                (5, 8, 2, true),
                (8, 9, 3, true),
                (9, 10, 2, true),
                (10, 15, 1, true)
            ]
        );
    }

    #[test]
    fn times_are_written_as_recorders_show_them() {
        assert_eq!(
            [clock(0), clock(754_000), clock(3_661_000)],
            ["00:00", "12:34", "1:01:01"]
        );
    }
}
