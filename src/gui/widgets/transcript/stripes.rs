//! Stripes: one for each coding, beside the text in its lane, with labels that never overlap.

use std::collections::BTreeMap;

use egui::{Color32, Id, Rect, Role, Sense, Ui, WidgetInfo, pos2, text::LayoutJob, vec2};

use super::{Frame, GAP, Gesture, ShownDocument, TranscriptView, marks::Mark, page::VisibleBlocks};
use crate::{
    gui::theme::{self, palette},
    model::{
        ids::{CodeId, CodingId},
        text::TextRange,
    },
};

/// Distance between lanes if there are few of them, and if there are many.
const WIDE: f32 = 8.0;
const NARROW: f32 = 5.0;
const FEW_LANES: u8 = 6;

/// The most characters of a passage that its coding is named with.
const MOST_WORDS: usize = 80;

const LABEL_HEIGHT: f32 = 17.0;
/// In a narrower column labels are left out: they would be little more than an ellipsis.
const NARROWEST_LABEL: f32 = 44.0;

/// A label, which overlapping codings of one code share.
#[derive(Debug, Clone, PartialEq)]
struct StripeLabel {
    index: usize,
    n: usize,
    top: f32,
    bottom: f32,
    end: u32,
}

/// Places labels beside the tops of their stripes, or below the label before; also returns the number of those left out.
///
/// A label too far below its stripe would seem to belong to another one, so it is left out.
fn placed_labels(
    labels: Vec<StripeLabel>,
    height: f32,
    clip: Rect,
) -> (Vec<(StripeLabel, f32)>, usize) {
    let (mut placed, mut bottom, mut dropped) = (Vec::new(), f32::MIN, 0);
    for label in labels {
        let y = label.top.max(bottom).max(clip.top());
        if y > label.bottom.max(label.top + height * 2.5) || y + height > clip.bottom() {
            dropped += usize::from(label.top < clip.bottom());
            continue;
        }
        bottom = y + height;
        placed.push((label, y));
    }
    (placed, dropped)
}

impl TranscriptView {
    /// Shows the stripes and labels of the codings on screen.
    pub(super) fn stripes(
        &mut self,
        ui: &Ui,
        shown: &ShownDocument<'_>,
        page: &VisibleBlocks,
        frame: Frame,
        out: &mut Vec<Gesture>,
    ) {
        let Some(range) = page.range() else { return };
        let colors = palette(ui.visuals());
        let x = frame.origin.x + frame.width + GAP;
        let pitch = if shown.marks.width() > FEW_LANES {
            NARROW
        } else {
            WIDE
        };
        let visible = shown.marks.within(TextRange::between(
            range.start(),
            range.end().max(range.start() + 1),
        ));
        let widest = visible
            .iter()
            .filter_map(|index| shown.marks.lane(*index))
            .max()
            .map_or(0.0, |lane| f32::from(lane) + 1.0);
        let crowded = visible
            .iter()
            .any(|index| shown.marks.lane(*index).is_none());
        let labels_x = x + (widest + if crowded { 1.0 } else { 0.0 }) * pitch + 8.0;
        let mut labels: Vec<StripeLabel> = Vec::new();
        let mut of_code: BTreeMap<CodeId, usize> = BTreeMap::new();
        for index in visible {
            let mark = &shown.marks.all()[index];
            let (top, bottom) = page.span(mark.range, frame.clip);
            // Where lanes run out, the rest share a thin bar.
            let (left, across, color) = match shown.marks.lane(index) {
                Some(lane) => (x + f32::from(lane) * pitch, pitch, mark.color),
                None => (x + widest * pitch, NARROW, colors.ink_3),
            };
            let rect = Rect::from_min_max(pos2(left, top + 3.0), pos2(left + across, bottom - 3.0));
            self.stripe_ui(ui, shown, mark, color, rect, out);
            // A label covers all codings of its code that overlap one another, and counts them.
            match of_code
                .get(&mark.code)
                .and_then(|at| labels.get_mut(*at))
                .filter(|label| mark.range.start() < label.end)
            {
                Some(label) => {
                    label.n += 1;
                    label.end = label.end.max(mark.range.end());
                    label.bottom = label.bottom.max(bottom);
                }
                None => {
                    of_code.insert(mark.code, labels.len());
                    labels.push(StripeLabel {
                        index,
                        n: 1,
                        top,
                        bottom,
                        end: mark.range.end(),
                    });
                }
            }
        }
        self.labels_ui(ui, shown, labels, labels_x, frame.clip, out);
    }

    /// Shows the labels in the column that begins at `left`, if it is wide enough to be read.
    fn labels_ui(
        &mut self,
        ui: &Ui,
        shown: &ShownDocument<'_>,
        labels: Vec<StripeLabel>,
        left: f32,
        clip: Rect,
        out: &mut Vec<Gesture>,
    ) {
        let width = clip.right() - left - 8.0;
        if width <= NARROWEST_LABEL {
            return;
        }
        let (placed, dropped) = placed_labels(labels, LABEL_HEIGHT, clip);
        for (label, y) in &placed {
            let mark = &shown.marks.all()[label.index];
            let rect = Rect::from_min_size(pos2(left, *y), vec2(width, LABEL_HEIGHT));
            self.label_ui(ui, shown, mark, label.n, rect, out);
        }
        if dropped > 0 {
            ui.painter().text(
                pos2(clip.right() - 8.0, clip.bottom() - 6.0),
                egui::Align2::RIGHT_BOTTOM,
                format!("+ {dropped}"),
                theme::regular(11.5),
                palette(ui.visuals()).ink_2,
            );
        }
    }

    /// Returns true if a coding is chosen or under the pointer.
    pub(super) fn is_forward(&self, shown: &ShownDocument<'_>, coding: CodingId) -> bool {
        shown.chosen.contains(&coding) || self.hovered == Some(coding)
    }

    fn stripe_ui(
        &mut self,
        ui: &Ui,
        shown: &ShownDocument<'_>,
        mark: &Mark,
        color: Color32,
        rect: Rect,
        out: &mut Vec<Gesture>,
    ) {
        let response = ui.interact(
            rect,
            Id::unique(("stripe", shown.pane, mark.coding)),
            Sense::click(),
        );
        let forward = self.is_forward(shown, mark.coding);
        let bar = Rect::from_min_size(
            rect.min,
            vec2(
                (rect.width() - 2.0).min(4.0) + if forward { 1.5 } else { 0.0 },
                rect.height().max(4.0),
            ),
        );
        ui.painter().rect_filled(bar, 2.0, color);
        response.widget_info(|| {
            let chosen = shown.chosen.contains(&mark.coding);
            let words = shown.content.text.slice(mark.range).unwrap_or_default();
            let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
            let shown_words: String = words.chars().take(MOST_WORDS).collect();
            let more = if shown_words.len() < words.len() {
                "…"
            } else {
                ""
            };
            let says = format!("{}, {}: {shown_words}{more}", mark.name, mark.by);
            WidgetInfo::selected(Role::Button, true, chosen, says)
        });
        self.mark_response(ui, mark, response, out);
    }

    fn label_ui(
        &mut self,
        ui: &Ui,
        shown: &ShownDocument<'_>,
        mark: &Mark,
        n: usize,
        rect: Rect,
        out: &mut Vec<Gesture>,
    ) {
        let colors = palette(ui.visuals());
        let forward = self.is_forward(shown, mark.coding);
        let ink = if forward { colors.ink } else { colors.ink_2 };
        let memo = if mark.memo.is_some() {
            format!(" {}", crate::gui::icons::NOTE)
        } else {
            String::new()
        };
        let text = if n > 1 {
            format!("{} ×{n}{memo}", mark.name)
        } else {
            format!("{}{memo}", mark.name)
        };
        let mut job = LayoutJob::simple_singleline(text, theme::medium(11.5), ink);
        job.wrap = egui::text::TextWrapping::truncate_at_width(rect.width() - 11.0);
        let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
        let rect = Rect::from_min_size(rect.min, vec2(galley.size().x + 13.0, rect.height()));
        ui.painter().rect_filled(
            Rect::from_min_size(rect.min + vec2(0.0, 6.0), vec2(6.0, 6.0)),
            2.0,
            mark.color,
        );
        ui.painter().galley(rect.min + vec2(11.0, 1.0), galley, ink);
        let response = ui.interact(
            rect,
            Id::unique(("label", shown.pane, mark.coding)),
            Sense::CLICK,
        );
        // The stripe is named; its label would say the same again.
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &*mark.name));
        ui.ctx()
            .accesskit_node_builder(response.id, |node| node.set_hidden());
        self.mark_response(ui, mark, response, out);
    }

    /// Handles hovering over a stripe or its label, and clicks on it.
    fn mark_response(
        &mut self,
        ui: &Ui,
        mark: &Mark,
        response: egui::Response,
        out: &mut Vec<Gesture>,
    ) {
        if response.hovered() {
            self.hovered = Some(mark.coding);
            // The text was painted before the stripes, so it shows what is hovered in the next frame.
            ui.ctx().request_repaint();
        }
        if response.clicked() {
            out.push(Gesture::Touched);
            out.push(Gesture::Chose(
                mark.coding,
                ui.input(|input| input.modifiers.command),
            ));
        }
        let memo = mark
            .memo
            .as_ref()
            .map(|memo| format!("\n\n{memo}"))
            .unwrap_or_default();
        response.on_hover_text(format!("{} · {}{memo}", mark.name, mark.by));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_never_overlap_and_what_has_no_place_is_counted() {
        let label = |index: usize, top: f32, bottom: f32| StripeLabel {
            index,
            n: 1,
            top,
            bottom,
            end: 0,
        };
        let clip = Rect::from_min_max(pos2(0.0, 0.0), pos2(100.0, 100.0));
        let labels = vec![
            label(0, -50.0, 90.0),
            label(1, 5.0, 20.0),
            label(2, 6.0, 10.0),
            label(3, 7.0, 12.0),
            label(4, 7.0, 12.0),
            label(5, 200.0, 210.0),
        ];
        let (placed, dropped) = placed_labels(labels, 17.0, clip);
        let ys: Vec<(usize, f32)> = placed.iter().map(|(label, y)| (label.index, *y)).collect();
        assert_eq!(ys, [(0, 0.0), (1, 17.0), (2, 34.0)]);
        assert!(ys.windows(2).all(|pair| pair[1].1 - pair[0].1 >= 17.0));
        assert_eq!(dropped, 2, "what is below the screen isn't missing");
    }
}
