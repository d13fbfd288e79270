//! Turns similar to the selected passage, with the words they share.

use egui::{Frame, Label, RichText, Role, Sense, Stroke, Ui, WidgetInfo};

use crate::{
    app::search::similar::{Similar, similar},
    gui::{
        context::Cx,
        request::Request,
        strings,
        theme::{self, palette, small},
        typeset,
        widgets::buttons,
    },
    model::{ids::DocumentId, text::TextRange},
};

/// The most turns shown.
const MOST: usize = 8;

/// The turns that are similar to a passage.
#[derive(Debug)]
struct SimilarTo {
    document: DocumentId,
    range: TextRange,
    turns: Vec<Similar>,
}

/// The last turns found; they are shown as long as the same passage is selected.
#[derive(Debug, Default)]
pub(super) struct SimilarPassages {
    found: Option<SimilarTo>,
}

impl SimilarPassages {
    /// Shows the button that searches for similar turns, and those found for this passage.
    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        cx: &mut Cx<'_>,
        document: DocumentId,
        range: TextRange,
    ) {
        let Some(index) = cx.index else { return };
        ui.add_space(8.0);
        if buttons::word_in_column(ui, cx.language.say(strings::SIMILAR_PASSAGES)).clicked() {
            // If the index can't be read, nothing is found; it is built again at the next start.
            let turns = similar(cx.session, index, document, range, MOST).unwrap_or_default();
            self.found = Some(SimilarTo {
                document,
                range,
                turns,
            });
        }
        let Some(found) = self
            .found
            .as_ref()
            .filter(|found| (found.document, found.range) == (document, range))
        else {
            return;
        };
        if found.turns.is_empty() {
            ui.label(small(ui, cx.language.say(strings::NO_SIMILAR)));
        }
        for one in &found.turns {
            card_ui(ui, cx, one);
        }
    }
}

fn card_ui(ui: &mut Ui, cx: &mut Cx<'_>, one: &Similar) {
    let colors = palette(ui.visuals());
    let Some(document) = cx.session.project().documents.get(&one.document) else {
        return;
    };
    let Ok(content) = cx.session.content(document) else {
        return;
    };
    let words = content
        .text
        .slice(one.range)
        .unwrap_or_default()
        .replace('\n', " ");
    let card = Frame::new()
        .fill(colors.page)
        .stroke(Stroke::new(1.0, colors.line))
        .corner_radius(8)
        .inner_margin(10)
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            let room = ui.available_width();
            let mut job = typeset::job(ui.ctx(), &words, theme::regular(13.0), colors.ink, room);
            job.wrap.max_rows = 3;
            ui.label(job);
            let shared: Vec<&str> = one.shared.iter().take(6).map(String::as_str).collect();
            ui.add(
                Label::new(
                    RichText::new(&document.title)
                        .font(theme::regular(11.5))
                        .color(colors.ink_2),
                )
                .truncate(),
            );
            ui.label(small(
                ui,
                format!(
                    "{} {}",
                    cx.language.say(strings::BECAUSE),
                    shared.join(" · ")
                ),
            ));
        });
    let response = card
        .response
        .interact(Sense::click())
        .on_hover_cursor(egui::CursorIcon::PointingHand);
    response.widget_info(|| {
        WidgetInfo::labeled(Role::Button, true, format!("{}: {words}", document.title))
    });
    if response.clicked() {
        cx.ask(Request::OpenDocument(one.document, Some(one.range)));
    }
    ui.add_space(6.0);
}
