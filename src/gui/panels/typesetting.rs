//! The settings of reading: typeface, sizes, and what selections grow to.
//!
//! A window without an own preview: the transcript beside it shows every change at once.

use egui::{Context, Slider, Ui, Window};

use crate::{
    app::settings::{Face, Reading, Snap},
    gui::{
        command::Command,
        context::Cx,
        icons,
        request::Request,
        strings::{self, UiLanguage},
        theme::small,
        widgets::{buttons, dialog},
    },
};

/// Shows the window; returns true if it stays open.
pub(in crate::gui) fn ui(ctx: &Context, cx: &mut Cx<'_>) -> bool {
    let mut reading = cx.reading;
    let window =
        Window::new(strings::command(cx.language, Command::ReadingSettings).trim_end_matches('…'))
            .id(egui::Id::unique("typesetting"))
            .resizable(false);
    let window = window.default_pos([ctx.content_rect().right() - 340.0, 96.0]);
    let stays = dialog::show(ctx, window, |ui| {
        ui.set_width(280.0);
        ui.label(small(ui, cx.language.say(strings::TYPEFACE)));
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
        sizes_ui(ui, cx.language, &mut reading);
        ui.add_space(8.0);
        ui.label(small(ui, cx.language.say(strings::SNAP_TO)));
        let options = [
            (Snap::Off, strings::SNAP_OFF),
            (Snap::Word, strings::WORDS),
            (Snap::Sentence, strings::SENTENCES),
            (Snap::Turn, strings::TURNS),
        ];
        buttons::segmented(
            ui,
            &mut reading.snap,
            &options.map(|(snap, text)| (snap, cx.language.say(text))),
        );
        ui.add_space(8.0);
        ui.label(small(ui, cx.language.say(strings::WHOLE_WINDOW)));
        ui.horizontal(|ui| zoom_ui(ui, cx));
        ui.add_space(10.0);
        if buttons::word(ui, cx.language.say(strings::AS_USUAL)).clicked() {
            reading = Reading::default();
            cx.ask(Request::Command(Command::AllReset));
        }
    });
    if reading != cx.reading {
        cx.ask(Request::SetReading(reading));
    }
    stays && !dialog::escaped(ctx)
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

/// The scale of the whole window, with buttons that step it.
fn zoom_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    for (icon, command) in [
        (icons::MINUS, Command::AllSmaller),
        (icons::PLUS, Command::AllLarger),
    ] {
        if buttons::quiet(ui, icon, strings::command(cx.language, command)).clicked() {
            cx.ask(Request::Command(command));
        }
    }
    ui.label(format!("{:.0} %", ui.ctx().zoom_factor() * 100.0));
}

fn slider_ui(ui: &mut Ui, name: &str, slider: Slider<'_>) {
    let label = ui.label(small(ui, name));
    ui.spacing_mut().slider_width = 190.0;
    ui.add(slider).labelled_by(label.id);
    ui.add_space(4.0);
}
