//! The two tables of a batch: its files, and the speakers' labels with the persons they stand for.

use std::collections::BTreeMap;

use egui::{
    Align, Button, ComboBox, Layout, PopupCloseBehavior, Rect, Response, RichText, Role,
    ScrollArea, Sense, TextEdit, Ui, UiBuilder, Vec2, WidgetInfo,
};

use super::{
    choices::Choices,
    view::{FileRow, FileState, PersonsOf, PreparedImport},
};
use crate::{
    app::import::{
        labels::{LabelSummary, LabelWarning},
        speaker_mapping::PersonChoice,
    },
    gui::{
        icons,
        strings::{self, Text, UiLanguage, grouped},
        theme::{self, palette, small},
        widgets::{
            buttons,
            list_row::{elided, list_row},
            outline,
        },
    },
    language::fold::fold,
    message::explain::Explain as _,
    model::{document::SpeakerRole, ids::CaseId},
};

/// Heights of a row of files, and of a row of labels with its controls.
const FILE_ROW: f32 = 26.0;
const LABEL_ROW: f32 = 30.0;

/// Space at both sides of a row.
const SIDE: f32 = 20.0;

/// The most cases that a list offers at once; the filter above it finds the others.
const OFFERED: usize = 100;

/// The width of a row of files below which its format and its number of turns give way to its name.
const NARROW: f32 = 680.0;
/// The width below which its number of speakers does, too.
const NARROWEST: f32 = 460.0;

/// The columns of a row of files, from the right; the name takes the rest. A column without room has no width.
fn file_columns(rect: Rect) -> [Rect; 7] {
    let widths = if rect.width() < NARROWEST {
        [52.0, 0.0, 0.0, 72.0, 56.0, 0.0]
    } else if rect.width() < NARROW {
        [56.0, 0.0, 60.0, 80.0, 68.0, 0.0]
    } else {
        [60.0, 56.0, 64.0, 88.0, 72.0, 84.0]
    };
    let mut right = rect.right() - SIDE;
    let mut columns = [rect; 7];
    for (column, width) in columns.iter_mut().zip(widths) {
        *column = Rect::from_x_y_ranges(right - width..=right, rect.y_range());
        right -= if width > 0.0 { width + 12.0 } else { 0.0 };
    }
    columns[6] = Rect::from_x_y_ranges(rect.left() + SIDE..=right, rect.y_range());
    let [words, turns, speakers, phase, case, read_as, name] = columns;
    [name, read_as, case, phase, speakers, turns, words]
}

/// The heading of a part of the page.
pub(super) fn heading(ui: &mut Ui, title: &str, count: usize) {
    ui.add_space(7.0);
    ui.horizontal(|ui| {
        ui.add_space(SIDE);
        outline::section(ui, title);
        ui.label(small(ui, grouped(count)));
    });
}

fn cell(ui: &Ui, rect: Rect, text: &str, ink: egui::Color32) {
    if rect.width() <= 0.0 {
        return;
    }
    elided(
        ui,
        rect.left(),
        rect.right(),
        rect.center().y,
        RichText::new(text).font(theme::regular(13.0)).color(ink),
    );
}

fn figure(ui: &Ui, rect: Rect, text: impl ToString, ink: egui::Color32) {
    if rect.width() <= 0.0 {
        return;
    }
    ui.painter().text(
        rect.right_center(),
        egui::Align2::RIGHT_CENTER,
        text,
        theme::regular(13.0),
        ink,
    );
}

/// The caption of a column.
struct Caption {
    text: Text,
    /// True for a column of figures, which are aligned to the right.
    figures: bool,
}

impl Caption {
    const fn words(text: Text) -> Self {
        Self {
            text,
            figures: false,
        }
    }

    const fn figures(text: Text) -> Self {
        Self {
            text,
            figures: true,
        }
    }
}

/// Shows the captions of columns, which `columns` places within a line.
///
/// Returns the horizontal range of the line: rows are laid out in it too, since a scroll bar would make them narrower.
fn captions<const N: usize>(
    ui: &mut Ui,
    columns: impl FnOnce(Rect) -> [Rect; N],
    captions: [Option<Caption>; N],
    language: UiLanguage,
) -> egui::Rangef {
    let (rect, _) = ui.allocate_exact_size(Vec2::new(ui.available_width(), 24.0), Sense::hover());
    let colors = palette(ui.visuals());
    for (column, caption) in columns(rect).into_iter().zip(captions) {
        let Some(Caption { text, figures }) = caption.filter(|_| column.width() > 0.0) else {
            continue;
        };
        let (at, align) = if figures {
            (column.right_center(), egui::Align2::RIGHT_CENTER)
        } else {
            (column.left_center(), egui::Align2::LEFT_CENTER)
        };
        ui.painter().text(
            at,
            align,
            language.say(text),
            theme::regular(12.0),
            colors.ink_2,
        );
    }
    ui.painter().hline(
        rect.left() + SIDE..=rect.right() - SIDE,
        rect.bottom(),
        egui::Stroke::new(1.0, colors.line),
    );
    ui.add_space(2.0);
    rect.x_range()
}

/// The files; a click chooses the one that is shown as a sample.
pub(super) fn files_ui(
    ui: &mut Ui,
    shown: &PreparedImport,
    chosen: &mut usize,
    language: UiLanguage,
) {
    ui.spacing_mut().item_spacing.y = 0.0;
    heading(ui, language.say(strings::FILES), shown.rows.len());
    let columns = [
        Caption::words(strings::NAME),
        Caption::words(strings::READ_AS),
        Caption::words(strings::CASE),
        Caption::words(strings::PHASE_LABEL),
        Caption::figures(strings::SPEAKERS),
        Caption::figures(strings::TURNS),
        Caption::figures(strings::IMPORT_WORDS),
    ];
    let across = captions(ui, file_columns, columns.map(Some), language);
    ScrollArea::vertical()
        .id_salt("files")
        .auto_shrink([false, false])
        .show_rows(ui, FILE_ROW, shown.rows.len(), |ui, visible| {
            let first = visible.start;
            for (at, row) in shown
                .rows
                .get(visible)
                .unwrap_or_default()
                .iter()
                .enumerate()
            {
                let is_chosen = *chosen == first + at;
                let problem = problem(row, shown, language);
                let response = file_ui(ui, row, across, problem.as_deref(), is_chosen, language);
                if response.clicked() {
                    *chosen = first + at;
                }
            }
        });
}

/// A row of files, painted within the horizontal range `across`; `problem` is why the file isn't imported.
fn file_ui(
    ui: &mut Ui,
    row: &FileRow,
    across: egui::Rangef,
    problem: Option<&str>,
    chosen: bool,
    language: UiLanguage,
) -> Response {
    let row_size = Vec2::new(ui.available_width(), FILE_ROW);
    let (rect, response) = list_row(ui, row_size, chosen, 0.0);
    let columns = file_columns(Rect::from_x_y_ranges(across, rect.y_range()));
    match problem {
        Some(problem) => problem_cells(ui, columns, row, problem),
        None => file_cells(ui, columns, row, language),
    }
    response.widget_info(|| {
        let description = problem.map_or_else(|| in_words(row, language), str::to_owned);
        WidgetInfo::selected(
            Role::Button,
            true,
            chosen,
            format!("{}: {description}", row.title),
        )
    });
    let notes = row.notes.iter().map(|note| note.message().say(language));
    let notes = notes.collect::<Vec<_>>().join(" · ");
    let lines = [Some(row.file.as_str()), problem, Some(notes.as_str())];
    response.on_hover_text(
        lines
            .into_iter()
            .flatten()
            .filter(|line| !line.is_empty())
            .collect::<Vec<_>>()
            .join("\n"),
    )
}

/// The cells of a file that is imported.
fn file_cells(ui: &Ui, columns: [Rect; 7], row: &FileRow, language: UiLanguage) {
    let colors = palette(ui.visuals());
    let [name, read_as, case, phase, speakers, turns, words] = columns;
    cell(ui, name, &row.title, colors.ink);
    let format = strings::read_as(language, &row.read_as);
    cell(ui, read_as, &format, colors.ink_2);
    cell(ui, case, &row.case, colors.ink);
    cell(ui, phase, &row.phase, colors.ink);
    let ink = if row.speakers == 0 {
        colors.ink_2
    } else {
        colors.ink
    };
    figure(ui, speakers, grouped(row.speakers), ink);
    figure(ui, turns, grouped(row.turns), colors.ink);
    figure(ui, words, grouped(row.words), colors.ink);
}

/// The cells of a file that isn't imported: its name, and the reason across all other columns.
fn problem_cells(ui: &Ui, columns: [Rect; 7], row: &FileRow, problem: &str) {
    let colors = palette(ui.visuals());
    let [name, read_as, .., words] = columns;
    // The first column that has room beside the name.
    let beside = columns.iter().skip(1).find(|column| column.width() > 0.0);
    let beside = beside.unwrap_or(&read_as);
    let (name_ink, ink) = if matches!(row.state, FileState::Failed(_)) {
        (colors.ink, colors.bad)
    } else {
        (colors.ink_2, colors.ink_2)
    };
    cell(ui, name, &row.title, name_ink);
    let rest = Rect::from_x_y_ranges(beside.left()..=words.right(), name.y_range());
    cell(ui, rest, problem, ink);
}

/// The cells of a row in words, for screen readers.
fn in_words(row: &FileRow, language: UiLanguage) -> String {
    [
        strings::read_as(language, &row.read_as),
        row.case.clone(),
        row.phase.clone(),
    ]
    .into_iter()
    .filter(|part| !part.is_empty())
    .chain([strings::n_turns(language, row.turns)])
    .collect::<Vec<_>>()
    .join(", ")
}

/// Returns why a file isn't imported.
fn problem(row: &FileRow, shown: &PreparedImport, language: UiLanguage) -> Option<String> {
    match &row.state {
        FileState::Imported(_) => None,
        FileState::Known(_, title) => Some(strings::known_as(language, title)),
        FileState::NameTaken(_, title) => Some(strings::name_is_taken(language, title)),
        FileState::Failed(at) => {
            let message = shown.read.failures.get(*at)?.say(language);
            // The column beside shows the file's name, so the message needn't repeat it.
            let bare = message.strip_prefix(row.file.as_str()).map(|rest| {
                rest.trim_start_matches([':', '：', ' ', ',', '，'])
                    .to_owned()
            });
            Some(bare.unwrap_or(message))
        }
    }
}

/// The columns of a row of labels: tick, label, role, person, example, documents, turns.
fn label_columns(rect: Rect) -> [Rect; 7] {
    let (left, right) = (rect.left() + SIDE, rect.right() - SIDE);
    let column = |from: f32, to: f32| Rect::from_x_y_ranges(from..=to.max(from), rect.y_range());
    let person = ((right - left) * 0.24).clamp(100.0, 220.0);
    let label = ((right - left) * 0.22).clamp(90.0, 220.0);
    let role = left + 28.0 + label + 8.0;
    let who = role + 76.0;
    let example = who + person + 12.0;
    [
        column(left, left + 24.0),
        column(left + 28.0, role - 8.0),
        column(role, role + 68.0),
        column(who, who + person),
        // Less than a word is no example.
        if right - 116.0 - example < 40.0 {
            column(example, example)
        } else {
            column(example, right - 116.0)
        },
        column(right - 108.0, right - 60.0),
        column(right - 52.0, right),
    ]
}

/// The contents of the table of labels.
pub(super) struct Labels<'a> {
    pub(super) seen: &'a [LabelSummary],
    pub(super) persons: &'a BTreeMap<String, PersonsOf>,
    pub(super) cases: &'a [(CaseId, String)],
    pub(super) filter: &'a mut String,
}

/// The labels: each can be marked as no speaker, as asking or answering, and be matched with a person.
pub(super) fn labels_ui(
    ui: &mut Ui,
    labels: &mut Labels<'_>,
    choices: &mut Choices,
    language: UiLanguage,
) {
    ui.spacing_mut().item_spacing.y = 0.0;
    heading(ui, language.say(strings::SPEAKERS), labels.seen.len());
    if labels.seen.is_empty() {
        ui.horizontal(|ui| {
            ui.add_space(SIDE);
            buttons::empty(ui, language.say(strings::NO_SPEAKERS));
        });
        return;
    }
    let columns = [
        None,
        Some(Caption::words(strings::NAME)),
        None,
        Some(Caption::words(strings::PERSON)),
        Some(Caption::words(strings::EXAMPLE)),
        Some(Caption::figures(strings::FILES)),
        Some(Caption::figures(strings::TURNS)),
    ];
    let across = captions(ui, label_columns, columns, language);
    let all = labels.seen;
    ScrollArea::vertical()
        .id_salt("labels")
        .auto_shrink([false, false])
        .show_rows(ui, LABEL_ROW, labels.seen.len(), |ui, visible| {
            for seen in all.get(visible).unwrap_or_default() {
                let (rect, _) = ui.allocate_exact_size(
                    Vec2::new(ui.available_width(), LABEL_ROW),
                    Sense::hover(),
                );
                let rect = Rect::from_x_y_ranges(across, rect.y_range());
                let mut row = ui.new_child(UiBuilder::new().id_salt(&seen.label).max_rect(rect));
                label_ui(&mut row, seen, labels, choices, language);
            }
        });
}

fn label_ui(
    ui: &mut Ui,
    seen: &LabelSummary,
    labels: &mut Labels<'_>,
    choices: &mut Choices,
    language: UiLanguage,
) {
    let colors = palette(ui.visuals());
    let [tick, label, role, person, example, documents, turns] = label_columns(ui.max_rect());
    let choice = choices.labels.get(&seen.label).cloned().unwrap_or_default();
    let is_doubtful = seen.warning == Some(LabelWarning::Doubtful);
    let ink = if choice.ignored || is_doubtful {
        colors.ink_2
    } else {
        colors.ink
    };
    let mut speaks = !choice.ignored && !is_doubtful;
    let response = within(ui, tick, |ui| buttons::check(ui, &mut speaks, ""));
    response.widget_info(|| {
        WidgetInfo::selected(
            Role::CheckBox,
            true,
            speaks,
            format!("{} {}", seen.label, language.say(strings::IS_SPEAKER)),
        )
    });
    if response
        .on_hover_text(format!(
            "{} {}",
            seen.label,
            language.say(strings::IS_SPEAKER)
        ))
        .changed()
    {
        choices.set_speaks(&seen.label, speaks, is_doubtful);
    }
    let is_speaker = !choice.ignored && !is_doubtful;
    // What is no speaker has neither role nor person, so its warning has their room.
    let label = if is_speaker {
        label
    } else {
        label.with_max_x(person.right())
    };
    name_ui(ui, seen, label, ink, language);
    if is_speaker {
        role_ui(ui, seen, role, choices, language);
        within(ui, person, |ui| {
            person_ui(ui, seen, labels, choices, language);
        });
    }
    cell(ui, example, &seen.example, colors.ink_2);
    figure(ui, documents, grouped(seen.documents), ink);
    figure(ui, turns, grouped(seen.turns), ink);
}

/// The label, with a warning if it looks like a mistake.
fn name_ui(ui: &mut Ui, seen: &LabelSummary, rect: Rect, ink: egui::Color32, language: UiLanguage) {
    let colors = palette(ui.visuals());
    let why = seen.warning.as_ref().map(|odd| match odd {
        LabelWarning::Once => language.say(strings::ONCE).to_owned(),
        LabelWarning::OneDocument => language.say(strings::ONE_DOCUMENT).to_owned(),
        LabelWarning::Like(other) => strings::like_label(language, other),
        LabelWarning::Doubtful => language.say(strings::DOUBTFUL_LABEL).to_owned(),
    });
    let font = theme::medium(13.0);
    let Some(why) = why else {
        elided(
            ui,
            rect.left(),
            rect.right(),
            rect.center().y,
            RichText::new(&seen.label).font(font).color(ink),
        );
        return;
    };
    let width = ui
        .painter()
        .layout_no_wrap(seen.label.clone(), font.clone(), ink)
        .size()
        .x
        .min(rect.width() * 0.6);
    elided(
        ui,
        rect.left(),
        rect.left() + width + 1.0,
        rect.center().y,
        RichText::new(&seen.label).font(font).color(ink),
    );
    let left = rect.left() + width + 8.0;
    elided(
        ui,
        left,
        rect.right(),
        rect.center().y,
        RichText::new(&why)
            .font(theme::regular(12.0))
            .color(colors.bad),
    );
    let response = ui.interact(rect, ui.unique_id().with("odd"), Sense::hover());
    response.on_hover_text(format!("{}  {}: {why}", icons::WARNING, seen.label));
}

fn role_ui(
    ui: &mut Ui,
    seen: &LabelSummary,
    rect: Rect,
    choices: &mut Choices,
    language: UiLanguage,
) {
    let colors = palette(ui.visuals());
    let role = choices
        .labels
        .get(&seen.label)
        .and_then(|choice| choice.role)
        .unwrap_or(seen.role);
    let (word, ink, other) = match role {
        SpeakerRole::Interviewer => (strings::ASKS, colors.ink_2, SpeakerRole::Participant),
        SpeakerRole::Participant => (strings::ANSWERS, colors.ink, SpeakerRole::Interviewer),
    };
    let word = language.say(word);
    let button = Button::new(RichText::new(word).color(ink)).frame_when_inactive(false);
    let response = within(ui, rect, |ui| ui.add(button));
    response
        .widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{} {word}", seen.label)));
    if response
        .on_hover_text(language.say(strings::CHANGE_ROLE))
        .clicked()
    {
        choices.choose(&seen.label, |choice| {
            choice.role = (other != seen.role).then_some(other);
        });
    }
}

/// The person that a label stands for, and a list of those it could stand for.
fn person_ui(
    ui: &mut Ui,
    seen: &LabelSummary,
    labels: &mut Labels<'_>,
    choices: &mut Choices,
    language: UiLanguage,
) {
    let persons = labels.persons.get(&seen.label);
    let shown = match persons {
        Some(PersonsOf {
            one: Some((name, true)),
            ..
        }) => strings::new_person(language, name),
        Some(PersonsOf {
            one: Some((name, false)),
            ..
        }) => name.clone(),
        Some(PersonsOf { all, new, .. }) if *all > 0 => {
            strings::persons_of_label(language, *all, *new)
        }
        _ => "–".to_owned(),
    };
    let who = choices
        .labels
        .get(&seen.label)
        .map(|choice| choice.person.clone())
        .unwrap_or_default();
    let mut chosen = who.clone();
    let list = ComboBox::from_id_salt("person")
        .selected_text(shown)
        .width(ui.available_width() - 8.0)
        .truncate()
        .height(320.0)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    let list = list.show_ui(ui, |ui| {
        let by_rule = language.say(strings::BY_RULE);
        option_ui(ui, &mut chosen, PersonChoice::ByRule, by_rule);
        let nobody = language.say(strings::NOBODY);
        option_ui(ui, &mut chosen, PersonChoice::Nobody, nobody);
        let named = PersonChoice::Named(seen.label.clone());
        let name = strings::new_person(language, &seen.label);
        option_ui(ui, &mut chosen, named, &name);
        if labels.cases.is_empty() {
            return;
        }
        ui.separator();
        let name = language.say(strings::FILTER_CASES);
        let field = ui.add(
            TextEdit::singleline(labels.filter)
                .hint_text(name)
                .desired_width(180.0),
        );
        field.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, name));
        let query = fold(labels.filter);
        let matching = labels
            .cases
            .iter()
            .filter(|(_, name)| fold(name).contains(&query));
        for (id, name) in matching.take(OFFERED) {
            option_ui(ui, &mut chosen, PersonChoice::Case(*id), name);
        }
    });
    let name = format!("{}: {}", language.say(strings::PERSON), seen.label);
    list.response
        .widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, &name));
    if chosen != who {
        choices.choose(&seen.label, |choice| choice.person = chosen);
    }
}

/// An option of a list; choosing it closes the list, which a click elsewhere in it doesn't.
fn option_ui(ui: &mut Ui, chosen: &mut PersonChoice, value: PersonChoice, text: &str) {
    if ui.selectable_label(*chosen == value, text).clicked() {
        *chosen = value;
        ui.close();
    }
}

/// A control in a cell, in the middle of its height.
fn within<R>(ui: &mut Ui, rect: Rect, contents: impl FnOnce(&mut Ui) -> R) -> R {
    ui.scope_builder(
        UiBuilder::new()
            .max_rect(rect)
            .layout(Layout::left_to_right(Align::Center)),
        contents,
    )
    .inner
}
