//! The controls of a view, painted from the values that describe them.

use egui::{ComboBox, DragValue, Role, Ui, WidgetInfo};

use crate::{
    analysis::words::default_stop_words,
    gui::{
        strings::{self, UiLanguage},
        theme::small,
        widgets::buttons,
    },
    views::{
        control::{Control, ControlOption},
        settings::ViewSettings,
    },
};

/// The list of words that are not counted, while it is edited.
#[derive(Debug, Default)]
pub(super) struct StopWordEditor {
    text: Option<String>,
}

/// Paints controls and applies what is chosen to the settings.
pub(super) fn controls_ui(
    ui: &mut Ui,
    controls: Vec<Control>,
    settings: &mut ViewSettings,
    stop_words: &mut StopWordEditor,
    language: UiLanguage,
) {
    ui.horizontal_wrapped(|ui| {
        // A control that doesn't fit goes to the next line as a whole.
        ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Extend);
        for control in controls {
            match control {
                Control::List { name, options } => list_ui(ui, &name, &options, settings),
                Control::Segmented(options) => segmented_ui(ui, &options, settings),
                Control::Check {
                    name,
                    hint,
                    mut on,
                    set,
                } => {
                    room_for(ui, name);
                    let mut response = buttons::check(ui, &mut on, name);
                    if let Some(hint) = hint {
                        response = response.on_hover_text(hint);
                    }
                    if response.changed() {
                        set(settings, on);
                    }
                }
                Control::Number {
                    name,
                    mut value,
                    range,
                    set,
                } => {
                    if number_ui(ui, name, DragValue::new(&mut value).range(range)) {
                        set(settings, value);
                    }
                }
                Control::Percent {
                    name,
                    share,
                    range,
                    set,
                } => {
                    let mut percent = share * 100.0;
                    let field = DragValue::new(&mut percent).range(range).speed(0.5);
                    if number_ui(ui, name, field) {
                        set(settings, percent / 100.0);
                    }
                }
                Control::Sign(sign) => {
                    ui.label(sign);
                }
                Control::StopWords => stop_words.button_ui(ui, settings, language),
            }
        }
    });
}

/// Goes to the next line, where a box with this name doesn't fit in what is left of this one.
fn room_for(ui: &mut Ui, name: &str) {
    let font = egui::TextStyle::Button.resolve(ui.style());
    let text = ui.fonts_mut(|fonts| {
        let galley = fonts.layout_no_wrap(name.to_owned(), font, egui::Color32::PLACEHOLDER);
        galley.size().x
    });
    if ui.available_size_before_wrap().x < text + ui.spacing().icon_width + 12.0 {
        ui.end_row();
    }
}

fn list_ui(ui: &mut Ui, name: &str, options: &[ControlOption], settings: &mut ViewSettings) {
    let chosen = options.iter().find(|option| option.chosen);
    let shown = chosen.map_or("", |option| option.text.as_str());
    let combo = ComboBox::from_id_salt(name)
        .selected_text(shown)
        .height(420.0)
        .show_ui(ui, |ui| {
            for option in options {
                let clicked = ui.selectable_label(option.chosen, &option.text).clicked();
                if clicked && !option.chosen {
                    (option.choose)(settings);
                }
            }
        });
    combo
        .response
        .widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, format!("{name}: {shown}")));
    combo.response.on_hover_text(name);
}

fn segmented_ui(ui: &mut Ui, options: &[ControlOption], settings: &mut ViewSettings) {
    let mut chosen = options.iter().position(|option| option.chosen);
    let texts: Vec<(Option<usize>, &str)> = options
        .iter()
        .enumerate()
        .map(|(number, option)| (Some(number), option.text.as_str()))
        .collect();
    if buttons::segmented(ui, &mut chosen, &texts)
        && let Some(option) = chosen.and_then(|number| options.get(number))
    {
        (option.choose)(settings);
    }
}

/// A number with its name before it; returns true if it was changed.
fn number_ui(ui: &mut Ui, name: &str, field: DragValue<'_>) -> bool {
    let label = ui.label(name);
    ui.add(field).labelled_by(label.id).changed()
}

impl StopWordEditor {
    /// The button that opens and closes the list.
    fn button_ui(&mut self, ui: &mut Ui, settings: &ViewSettings, language: UiLanguage) {
        let words = &settings.question.words.stop_words;
        let text = format!("{} · {}", language.say(strings::STOP_WORDS), words.len());
        if ui.button(text).clicked() {
            self.text = match self.text {
                Some(_) => None,
                None => Some(Vec::from_iter(words.iter().map(String::as_str)).join(" ")),
            };
        }
    }

    /// The list, while it is open. A change counts when the field is left, since every change reads all texts again.
    pub(super) fn list_ui(
        &mut self,
        ui: &mut Ui,
        settings: &mut ViewSettings,
        language: UiLanguage,
    ) {
        let Some(text) = &mut self.text else { return };
        let label = ui.label(small(ui, language.say(strings::STOP_WORDS_HINT)));
        let edited = ui
            .add(
                egui::TextEdit::multiline(text)
                    .desired_rows(4)
                    .desired_width(f32::INFINITY),
            )
            .labelled_by(label.id);
        let words = &mut settings.question.words.stop_words;
        if edited.lost_focus() {
            *words = text
                .split_whitespace()
                .map(crate::language::fold::fold)
                .collect();
        }
        if ui.button(language.say(strings::USUAL_STOP_WORDS)).clicked() {
            *words = default_stop_words();
            *text = Vec::from_iter(words.iter().map(String::as_str)).join(" ");
        }
    }
}
