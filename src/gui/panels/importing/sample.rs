//! The beginning of a document as it will be imported, with the speakers in a gutter beside their words.

use egui::{Align, Label, Layout, RichText, ScrollArea, Ui, Vec2};

use super::view::{FileRow, Sample, SampleTurn};
use crate::{
    gui::{
        strings::{self, UiLanguage},
        theme::{self, palette, small},
        widgets::{outline, transcript::paint::clock},
    },
    model::document::SpeakerRole,
};

/// Width of the gutter with the speakers' names.
const GUTTER: f32 = 84.0;

/// Shows the turns of a document, below what its reader left out.
pub(super) fn ui(ui: &mut Ui, row: &FileRow, sample: &Sample, language: UiLanguage) {
    outline::section(ui, language.say(strings::SAMPLE));
    ui.add_space(2.0);
    ui.add(Label::new(RichText::new(&row.title).font(theme::medium(13.0))).truncate());
    for note in &row.notes {
        let note = small(ui, note.message().say(language));
        ui.add(Label::new(note).wrap());
    }
    ui.add_space(10.0);
    ScrollArea::vertical()
        .id_salt("sample")
        .auto_shrink([false, false])
        .show(ui, |ui| {
            for turn in &sample.turns {
                turn_ui(ui, turn);
                ui.add_space(9.0);
            }
            if sample.has_more {
                ui.label(small(ui, language.say(strings::SAMPLE_GOES_ON)));
            }
        });
}

fn turn_ui(ui: &mut Ui, turn: &SampleTurn) {
    let colors = palette(ui.visuals());
    let asks = turn
        .speaker
        .as_ref()
        .is_some_and(|(_, role)| *role == SpeakerRole::Interviewer);
    let ink = if asks { colors.ink_2 } else { colors.ink };
    ui.horizontal_top(|ui| {
        ui.allocate_ui_with_layout(
            Vec2::new(GUTTER, 20.0),
            Layout::top_down(Align::Max),
            |ui| {
                ui.set_width(GUTTER);
                ui.spacing_mut().item_spacing.y = 0.0;
                if let Some((label, _)) = &turn.speaker {
                    let label = RichText::new(label)
                        .font(theme::medium(12.0))
                        .color(ink)
                        .line_height(Some(21.0));
                    ui.add(Label::new(label).truncate());
                }
                if let Some(at) = turn.at_millis {
                    ui.label(
                        RichText::new(clock(at))
                            .font(theme::regular(11.0))
                            .color(colors.ink_2),
                    );
                }
            },
        );
        ui.add_space(6.0);
        let text = RichText::new(&turn.text)
            .font(theme::regular(14.0))
            .color(ink)
            .line_height(Some(21.0));
        ui.vertical(|ui| ui.add(Label::new(text).wrap()));
    });
}
