//! The column of choices: each a label, a control, and a sentence that says what it does or what is wrong.

use egui::{Color32, ComboBox, RichText, Role, TextEdit, Ui, WidgetInfo};

use super::choices::{
    CASES, Choices, ENCODINGS, Fault, Finding, PHASES, PathChoice, Persons, Ready, pattern,
};
use crate::{
    app::placing::NameTaken,
    gui::{
        strings::{Import, Tongue},
        theme::{self, palette, small},
        widgets::buttons,
    },
};

/// Space between two choices.
const GAP: f32 = 16.0;

pub(super) fn ui(ui: &mut Ui, choices: &mut Choices, tongue: Tongue) {
    finding_ui(ui, choices, tongue);
    ui.add_space(GAP);
    path_ui(
        ui,
        &mut choices.case,
        (Import::CaseOnPath, Import::CasePattern, "case"),
        CASES,
        tongue,
    );
    ui.add_space(GAP);
    path_ui(
        ui,
        &mut choices.phase,
        (Import::PhaseOnPath, Import::PhasePattern, "phase"),
        PHASES,
        tongue,
    );
    ui.add_space(GAP);
    persons_ui(ui, choices, tongue);
    ui.add_space(GAP);
    heading(ui, tongue.importing(Import::NamesTaken));
    let options = [NameTaken::Retitle, NameTaken::LeaveOut].map(|taken| {
        let text = match taken {
            NameTaken::Retitle => Import::Retitle,
            NameTaken::LeaveOut => Import::LeaveOut,
        };
        (taken, tongue.importing(text).to_owned())
    });
    combo(
        ui,
        tongue.importing(Import::NamesTaken),
        &mut choices.taken,
        &options,
    );
    ui.add_space(GAP);
    heading(ui, tongue.importing(Import::Encoding));
    let auto = (None, tongue.importing(Import::EncodingAuto).to_owned());
    let options: Vec<_> = std::iter::once(auto)
        .chain(
            ENCODINGS
                .iter()
                .map(|name| (Some(*name), (*name).to_owned())),
        )
        .collect();
    combo(
        ui,
        tongue.importing(Import::Encoding),
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

fn finding_ui(ui: &mut Ui, choices: &mut Choices, tongue: Tongue) {
    heading(ui, tongue.importing(Import::Finding));
    let option = |finding, text| (finding, tongue.importing(text));
    let options = [
        option(Finding::Auto, Import::FindAuto),
        option(Finding::None, Import::FindNone),
        option(Finding::Pattern, Import::FindPattern),
    ];
    buttons::segmented(ui, &mut choices.finding, &options);
    if choices.finding == Finding::Pattern {
        if choices.speakers.is_empty() {
            r"(?<speaker>[^:：\s]+)[:：]\s*".clone_into(&mut choices.speakers);
        }
        ui.add_space(4.0);
        pattern_ui(
            ui,
            &mut choices.speakers,
            (Import::SpeakersPattern, "speaker"),
            tongue,
        );
        note(ui, tongue.importing(Import::PatternHint));
    }
}

/// A pattern on the path: one that is offered, or one's own.
fn path_ui(
    ui: &mut Ui,
    choice: &mut PathChoice,
    (title, name, group): (Import, Import, &'static str),
    ready: &[Ready],
    tongue: Tongue,
) {
    heading(ui, tongue.importing(title));
    let chosen = ready.iter().find(|(_, text)| *text == choice.text);
    let shown = match (choice.on, chosen) {
        (false, _) => Import::NoPattern,
        (true, Some((name, _))) => *name,
        (true, None) => Import::OwnPattern,
    };
    let list = ComboBox::from_id_salt(name as usize)
        .selected_text(tongue.importing(shown))
        .truncate()
        .width(ui.available_width())
        .show_ui(ui, |ui| {
            if ui
                .selectable_label(!choice.on, tongue.importing(Import::NoPattern))
                .clicked()
            {
                choice.on = false;
            }
            for (name, text) in ready {
                if ui
                    .selectable_label(choice.on && choice.text == *text, tongue.importing(*name))
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
                    shown == Import::OwnPattern,
                    tongue.importing(Import::OwnPattern),
                )
                .clicked()
            {
                let text = if choice.text.is_empty() {
                    format!("(?<{group}>F\\d+)")
                } else {
                    format!("{} ", choice.text.trim_end())
                };
                *choice = PathChoice { on: true, text };
            }
        });
    list.response
        .widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, tongue.importing(title)));
    if choice.on {
        ui.add_space(4.0);
        pattern_ui(ui, &mut choice.text, (name, group), tongue);
    }
}

fn persons_ui(ui: &mut Ui, choices: &mut Choices, tongue: Tongue) {
    heading(ui, tongue.importing(Import::Persons));
    let options = [
        (Persons::Nobody, Import::PersonsNobody),
        (Persons::ByName, Import::PersonsByName),
        (Persons::ByFamily, Import::PersonsByFamily),
        (Persons::ByPattern, Import::PersonsByPattern),
    ];
    let named = options.map(|(persons, text)| (persons, tongue.importing(text).to_owned()));
    combo(
        ui,
        tongue.importing(Import::Persons),
        &mut choices.persons,
        &named,
    );
    let hint = match choices.persons {
        Persons::Nobody => Import::PersonsNobodyHint,
        Persons::ByName => Import::PersonsByNameHint,
        Persons::ByFamily => Import::PersonsByFamilyHint,
        Persons::ByPattern => {
            if choices.person.is_empty() {
                r"(?<case>F\d+) .*".clone_into(&mut choices.person);
            }
            ui.add_space(4.0);
            pattern_ui(
                ui,
                &mut choices.person,
                (Import::PersonPattern, "case"),
                tongue,
            );
            Import::PersonsByPatternHint
        }
    };
    note(ui, tongue.importing(hint));
}

/// A field for a pattern, with what is wrong with it below.
fn pattern_ui(
    ui: &mut Ui,
    text: &mut String,
    (name, group): (Import, &'static str),
    tongue: Tongue,
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
    field.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, tongue.importing(name)));
    if let Some(fault) = fault {
        ui.add_space(2.0);
        ui.label(small(ui, fault_text(&fault, tongue)).color(colors.bad));
    }
}

/// What is wrong with a pattern, in a line.
pub(super) fn fault_text(fault: &Fault, tongue: Tongue) -> String {
    match fault {
        Fault::Unreadable(reason) => format!("{}: {reason}", tongue.importing(Import::BadPattern)),
        Fault::NoGroup(group) => tongue.group_wanted(group),
    }
}

/// A list to choose from, as wide as the column.
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
