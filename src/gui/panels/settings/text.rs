//! How transcripts are set: typeface, sizes, and what selections grow to.

use egui::{Slider, Ui};

use crate::{
    app::settings::{Face, Reading, Snap},
    gui::{
        request::Request,
        strings::{self, UiLanguage},
        theme::small,
        widgets::buttons,
    },
};

/// Shows the settings of transcripts; the text behind the dialog shows every change at once.
pub(super) fn ui(ui: &mut Ui, language: UiLanguage, present: Reading, requests: &mut Vec<Request>) {
    let mut reading = present;
    ui.label(small(ui, language.say(strings::TYPEFACE)));
    buttons::segmented(
        ui,
        &mut reading.face,
        &[
            (Face::Inter, "Inter"),
            (Face::Ubuntu, "Ubuntu"),
            (Face::Hack, "Hack"),
        ],
    );
    ui.add_space(8.0);
    sizes_ui(ui, language, &mut reading);
    ui.add_space(8.0);
    ui.label(small(ui, language.say(strings::SNAP_TO)));
    let options = [
        (Snap::Off, strings::SNAP_OFF),
        (Snap::Word, strings::WORDS),
        (Snap::Sentence, strings::SENTENCES),
        (Snap::Turn, strings::TURNS),
    ];
    buttons::segmented(
        ui,
        &mut reading.snap,
        &options.map(|(snap, text)| (snap, language.say(text))),
    );
    ui.add_space(10.0);
    if buttons::word_in_column(ui, language.say(strings::AS_USUAL)).clicked() {
        reading = Reading::default();
    }
    if reading != present {
        requests.push(Request::SetReading(reading));
    }
}

/// The sizes of the text, each with a slider.
fn sizes_ui(ui: &mut Ui, language: UiLanguage, reading: &mut Reading) {
    slider_ui(
        ui,
        language.say(strings::LETTER_SIZE),
        Slider::new(&mut reading.size, 13.0..=24.0)
            .step_by(1.0)
            .fixed_decimals(0),
    );
    slider_ui(
        ui,
        language.say(strings::LINE_HEIGHT),
        Slider::new(&mut reading.line_percent, 120..=220).suffix(" %"),
    );
    slider_ui(
        ui,
        language.say(strings::COLUMN_WIDTH),
        Slider::new(&mut reading.column_chars, 40..=120),
    );
    slider_ui(
        ui,
        language.say(strings::TURN_SPACE),
        Slider::new(&mut reading.turn_space, 4..=40),
    );
}

fn slider_ui(ui: &mut Ui, name: &str, slider: Slider<'_>) {
    let label = ui.label(small(ui, name));
    ui.spacing_mut().slider_width = 190.0;
    ui.add(slider).labelled_by(label.id);
    ui.add_space(4.0);
}
