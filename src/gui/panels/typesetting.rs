//! How transcripts are set: size, lines, column, space, and what selections grow to; the text itself shows the change.

use egui::{Context, Slider, Ui, Window};

use crate::{
    app::settings::{Face, Reading, Snap},
    gui::{
        command::Command, context::Cx, icons, request::Request, strings::Text, theme::small,
        widgets::buttons,
    },
};

/// Shows the window; gives whether it stays open.
pub(in crate::gui) fn ui(ctx: &Context, cx: &mut Cx<'_>) -> bool {
    let mut stays = true;
    let mut reading = cx.reading;
    let window = Window::new(
        cx.language
            .command(Command::ReadingSettings)
            .trim_end_matches('…'),
    )
    .id(egui::Id::unique("typesetting"))
    .collapsible(false)
    .resizable(false);
    window
        .open(&mut stays)
        .default_pos([ctx.content_rect().right() - 340.0, 96.0])
        .show(ctx, |ui| {
            ui.set_width(280.0);
            ui.label(small(ui, cx.language.say(Text::TYPEFACE)));
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
            slider_ui(
                ui,
                cx.language.say(Text::LETTER_SIZE),
                Slider::new(&mut reading.size, 13.0..=24.0)
                    .step_by(1.0)
                    .fixed_decimals(0),
            );
            slider_ui(
                ui,
                cx.language.say(Text::LINE_HEIGHT),
                Slider::new(&mut reading.line_percent, 120..=220).suffix(" %"),
            );
            slider_ui(
                ui,
                cx.language.say(Text::COLUMN_WIDTH),
                Slider::new(&mut reading.column_chars, 40..=120),
            );
            slider_ui(
                ui,
                cx.language.say(Text::TURN_SPACE),
                Slider::new(&mut reading.turn_space, 4..=40),
            );
            ui.add_space(8.0);
            ui.label(small(ui, cx.language.say(Text::SNAP_TO)));
            let options = [
                (Snap::Off, Text::SNAP_OFF),
                (Snap::Word, Text::WORDS),
                (Snap::Sentence, Text::SENTENCES),
                (Snap::Turn, Text::TURNS),
            ];
            buttons::segmented(
                ui,
                &mut reading.snap,
                &options.map(|(snap, text)| (snap, cx.language.say(text))),
            );
            ui.add_space(8.0);
            ui.label(small(ui, cx.language.say(Text::WHOLE_WINDOW)));
            ui.horizontal(|ui| {
                let steps = [
                    (icons::MINUS, Command::AllSmaller),
                    (icons::PLUS, Command::AllLarger),
                ];
                for (icon, command) in steps {
                    if buttons::quiet(ui, icon, cx.language.command(command)).clicked() {
                        cx.ask(Request::Command(command));
                    }
                }
                ui.label(format!("{:.0} %", ctx.zoom_factor() * 100.0));
            });
            ui.add_space(10.0);
            if buttons::word(ui, cx.language.say(Text::AS_USUAL)).clicked() {
                reading = Reading::default();
                cx.ask(Request::Command(Command::AllReset));
            }
        });
    if reading != cx.reading {
        cx.ask(Request::SetReading(reading));
    }
    stays && !ctx.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Escape))
}

fn slider_ui(ui: &mut Ui, name: &str, slider: Slider<'_>) {
    let label = ui.label(small(ui, name));
    ui.spacing_mut().slider_width = 190.0;
    ui.add(slider).labelled_by(label.id);
    ui.add_space(4.0);
}
