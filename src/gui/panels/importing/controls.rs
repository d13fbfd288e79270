//! The column of choices, each with a label, a control, and a sentence that explains it or what is wrong with it.

use egui::{Color32, ComboBox, Label, RichText, Role, TextEdit, Ui, WidgetInfo};

use super::choices::{
    CASES, Choices, ENCODINGS, PHASES, PathChoice, PatternFault, Persons, Ready, SpeakerDetection,
    pattern,
};
use crate::{
    app::import::plan::NameTaken,
    gui::{
        strings::{self, Text, UiLanguage},
        theme::{self, palette, small},
        widgets::buttons,
    },
    import::Tier,
};

/// Space between two choices.
const GAP: f32 = 16.0;

/// The control of a pattern that is matched with the paths of files.
struct PathControl {
    title: Text,
    /// The name of the field for a pattern of one's own.
    pattern_name: Text,
    /// The group of the pattern that matches the name of the case or phase.
    group: &'static str,
    /// The patterns that are offered.
    ready: &'static [Ready],
}

const CASE_ON_PATH: PathControl = PathControl {
    title: strings::CASE_ON_PATH,
    pattern_name: strings::CASE_PATTERN,
    group: "case",
    ready: CASES,
};

const PHASE_ON_PATH: PathControl = PathControl {
    title: strings::PHASE_ON_PATH,
    pattern_name: strings::PHASE_PATTERN,
    group: "phase",
    ready: PHASES,
};

/// Shows the column.
pub(super) fn ui(ui: &mut Ui, choices: &mut Choices, tiers: &[Tier], language: UiLanguage) {
    detection_ui(ui, choices, language);
    ui.add_space(GAP);
    if !tiers.is_empty() {
        tiers_ui(ui, choices, tiers, language);
        ui.add_space(GAP);
    }
    path_ui(ui, &mut choices.case, &CASE_ON_PATH, language);
    ui.add_space(GAP);
    path_ui(ui, &mut choices.phase, &PHASE_ON_PATH, language);
    ui.add_space(GAP);
    persons_ui(ui, choices, language);
    ui.add_space(GAP);
    heading(ui, language.say(strings::NAMES_TAKEN));
    let options = [NameTaken::Retitle, NameTaken::LeaveOut].map(|taken| {
        let text = match taken {
            NameTaken::Retitle => strings::RETITLE,
            NameTaken::LeaveOut => strings::LEAVE_OUT,
        };
        (taken, language.say(text).to_owned())
    });
    combo(
        ui,
        language.say(strings::NAMES_TAKEN),
        &mut choices.taken,
        &options,
    );
    ui.add_space(GAP);
    heading(ui, language.say(strings::ENCODING));
    let auto = (None, language.say(strings::ENCODING_AUTO).to_owned());
    let options: Vec<_> = std::iter::once(auto)
        .chain(
            ENCODINGS
                .iter()
                .map(|name| (Some(*name), (*name).to_owned())),
        )
        .collect();
    combo(
        ui,
        language.say(strings::ENCODING),
        &mut choices.encoding,
        &options,
    );
}

fn heading(ui: &mut Ui, text: &str) {
    let ink = palette(ui.visuals()).ink;
    ui.label(RichText::new(text).font(theme::medium(13.0)).color(ink));
    ui.add_space(2.0);
}

fn note(ui: &mut Ui, text: &str) {
    ui.add_space(2.0);
    let text = small(ui, text);
    ui.label(text);
}

fn detection_ui(ui: &mut Ui, choices: &mut Choices, language: UiLanguage) {
    heading(ui, language.say(strings::FINDING));
    let options = [
        (SpeakerDetection::Auto, language.say(strings::FIND_AUTO)),
        (SpeakerDetection::None, language.say(strings::FIND_NONE)),
        (
            SpeakerDetection::Pattern,
            language.say(strings::FIND_PATTERN),
        ),
    ];
    buttons::segmented(ui, &mut choices.detection, &options);
    if choices.detection == SpeakerDetection::Pattern {
        if choices.speakers.is_empty() {
            r"(?<speaker>[^:：\s]+)[:：]\s*".clone_into(&mut choices.speakers);
        }
        ui.add_space(4.0);
        pattern_ui(
            ui,
            &mut choices.speakers,
            strings::SPEAKERS_PATTERN,
            "speaker",
            language,
        );
        note(ui, language.say(strings::PATTERN_HINT));
    }
}

/// The tiers of the files, ticked if they are words, each with its annotations and an example.
fn tiers_ui(ui: &mut Ui, choices: &mut Choices, tiers: &[Tier], language: UiLanguage) {
    heading(ui, language.say(strings::TIERS));
    for tier in tiers {
        let chosen = choices.tiers.get(&tier.name).copied();
        let mut taken = chosen.unwrap_or(tier.guessed);
        let response = buttons::check(ui, &mut taken, &tier.name);
        let name = format!("{} {}", tier.name, language.say(strings::HAS_WORDS));
        response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, taken, &name));
        if response.changed() {
            choices.set_tier(tier, taken);
        }
        let example = strings::tier_example(language, tier.annotations, &tier.example);
        ui.scope(|ui| {
            ui.visuals_mut().indent_has_left_vline = false;
            ui.indent(&tier.name, |ui| {
                let text = small(ui, &example);
                ui.add(Label::new(text).truncate());
            });
        });
    }
    note(ui, language.say(strings::TIERS_HINT));
}

/// The choice of a pattern for paths: one that is offered, or one's own.
fn path_ui(ui: &mut Ui, choice: &mut PathChoice, control: &PathControl, language: UiLanguage) {
    let PathControl {
        title,
        pattern_name,
        group,
        ready,
    } = *control;
    heading(ui, language.say(title));
    let chosen = ready.iter().find(|(_, text)| *text == choice.text);
    let shown = match (choice.on, chosen) {
        (false, _) => strings::NO_PATTERN,
        (true, Some((name, _))) => *name,
        (true, None) => strings::OWN_PATTERN,
    };
    let list = ComboBox::from_id_salt(group)
        .selected_text(language.say(shown))
        .truncate()
        .width(ui.available_width())
        .show_ui(ui, |ui| {
            if ui
                .selectable_label(!choice.on, language.say(strings::NO_PATTERN))
                .clicked()
            {
                choice.on = false;
            }
            for (name, text) in ready {
                if ui
                    .selectable_label(choice.on && choice.text == *text, language.say(*name))
                    .clicked()
                {
                    *choice = PathChoice {
                        on: true,
                        text: (*text).to_owned(),
                    };
                }
            }
            if ui
                .selectable_label(
                    shown == strings::OWN_PATTERN,
                    language.say(strings::OWN_PATTERN),
                )
                .clicked()
            {
                // With a space added, an offered pattern is no longer one of those in the list but one's own.
                let text = if choice.text.is_empty() {
                    format!("(?<{group}>F\\d+)")
                } else {
                    format!("{} ", choice.text.trim_end())
                };
                *choice = PathChoice { on: true, text };
            }
        });
    list.response
        .widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, language.say(title)));
    if choice.on {
        ui.add_space(4.0);
        pattern_ui(ui, &mut choice.text, pattern_name, group, language);
    }
}

fn persons_ui(ui: &mut Ui, choices: &mut Choices, language: UiLanguage) {
    heading(ui, language.say(strings::IMPORT_PERSONS));
    let options = [
        (Persons::Nobody, strings::PERSONS_NOBODY),
        (Persons::ByName, strings::PERSONS_BY_NAME),
        (Persons::ByFamily, strings::PERSONS_BY_FAMILY),
        (Persons::ByPattern, strings::FIND_PATTERN),
    ];
    let named = options.map(|(persons, text)| (persons, language.say(text).to_owned()));
    combo(
        ui,
        language.say(strings::IMPORT_PERSONS),
        &mut choices.persons,
        &named,
    );
    let hint = match choices.persons {
        Persons::Nobody => strings::PERSONS_NOBODY_HINT,
        Persons::ByName => strings::PERSONS_BY_NAME_HINT,
        Persons::ByFamily => strings::PERSONS_BY_FAMILY_HINT,
        Persons::ByPattern => {
            if choices.person.is_empty() {
                r"(?<case>F\d+) .*".clone_into(&mut choices.person);
            }
            ui.add_space(4.0);
            pattern_ui(
                ui,
                &mut choices.person,
                strings::PERSON_PATTERN,
                "case",
                language,
            );
            strings::PERSONS_BY_PATTERN_HINT
        }
    };
    note(ui, language.say(hint));
}

/// A field for a pattern, which must have the named group, with its error below.
pub(in crate::gui::panels) fn pattern_ui(
    ui: &mut Ui,
    text: &mut String,
    name: Text,
    group: &'static str,
    language: UiLanguage,
) {
    let colors = palette(ui.visuals());
    let fault = pattern(text, group).err();
    let ink: Color32 = if fault.is_some() {
        colors.bad
    } else {
        colors.ink
    };
    let field = TextEdit::singleline(text)
        .font(egui::TextStyle::Monospace)
        .text_color(ink)
        .desired_width(f32::INFINITY);
    let field = ui.add(field);
    field.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, language.say(name)));
    if let Some(fault) = fault {
        ui.add_space(2.0);
        ui.label(small(ui, fault_text(&fault, language)).color(colors.bad));
    }
}

/// The error of a pattern in one line.
pub(in crate::gui::panels) fn fault_text(fault: &PatternFault, language: UiLanguage) -> String {
    match fault {
        PatternFault::Unreadable(reason) => {
            strings::labelled(language, language.say(strings::BAD_PATTERN), reason)
        }
        PatternFault::NoGroup(group) => strings::group_wanted(language, group),
    }
}

/// A list of options, as wide as the column.
fn combo<T: Clone + PartialEq>(ui: &mut Ui, name: &str, chosen: &mut T, options: &[(T, String)]) {
    let shown = options
        .iter()
        .find(|(value, _)| value == chosen)
        .map_or("", |(_, text)| text.as_str());
    let list = ComboBox::from_id_salt(name)
        .selected_text(shown)
        .truncate()
        .width(ui.available_width())
        .show_ui(ui, |ui| {
            for (value, text) in options {
                ui.selectable_value(chosen, value.clone(), text);
            }
        });
    list.response
        .widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, name));
}
