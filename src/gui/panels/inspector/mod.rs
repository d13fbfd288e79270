//! The inspector: the selected passage, its codings with facets and memos, and the rules of the chosen code.

mod coding;
mod memos;
mod rules;
mod similar;
mod suggestions;

use egui::{Frame, ScrollArea, Ui};

pub(in crate::gui) use suggestions::Suggestions;

use super::{
    palette::PalettePurpose,
    read::{ReadPanel, speaker_at},
};
use crate::{
    app::action::Action,
    gui::{
        command::Command,
        context::Cx,
        icons,
        key_names::with_keys,
        strings::{self, UiLanguage},
        theme::{palette, small},
        widgets::{aside::Aside, buttons, outline, transcript::marks::Mark},
    },
    model::{
        document::{Content, Document},
        text::TextRange,
    },
};

/// The most codings shown as cards: each is a frame of widgets, which egui lays out even where it is scrolled away.
const MOST: usize = 40;

/// Shows the inspector, with the suggestions at its foot.
pub(in crate::gui) fn ui(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    read: &mut ReadPanel,
    suggestions: &mut Suggestions,
) {
    // egui remembers the height of a panel by its name, so each of the two heights has one.
    let foot = Aside::below(
        if suggestions.is_on() {
            "suggestions"
        } else {
            "no suggestions"
        },
        suggestions.height(),
    );
    let mut above = foot.page(ui);
    ScrollArea::vertical()
        .auto_shrink([false, false])
        .show(&mut above, |ui| {
            selected_ui(ui, cx, read);
            if let Some((document, range)) = read.selection() {
                suggestions.similar.ui(ui, cx, document, range);
            }
        });
    let frame = Frame::new().inner_margin(egui::Margin {
        left: 0,
        right: 0,
        top: 10,
        bottom: 0,
    });
    foot.show(
        ui,
        |panel| panel.frame(frame),
        |ui| suggestions.ui(ui, cx, read),
    );
}

/// The passage selected or chosen, with its codings and the rules of the first one's code.
fn selected_ui(ui: &mut Ui, cx: &mut Cx<'_>, read: &mut ReadPanel) {
    let project = cx.project;
    let Some(document) = read.document().and_then(|id| project.documents.get(&id)) else {
        return;
    };
    let Ok(content) = cx.session.content(document) else {
        return;
    };
    let chosen = chosen_marks(read);
    let selected = read.selection().map(|(_, range)| range);
    outline::section(ui, cx.language.say(strings::SELECTION));
    ui.add_space(4.0);
    let Some(range) = selected.or(chosen.first().map(|mark| mark.range)) else {
        ui.label(small(ui, cx.language.say(strings::NO_SELECTION)));
        ui.add_space(8.0);
        ui.label(small(ui, with_keys(cx.language, strings::SHORTCUTS)));
        ui.add_space(16.0);
        memos::on_document(ui, cx, document.id);
        return;
    };
    passage_ui(ui, document, &content, range, cx.language);
    memos::on_passage(ui, cx, document.id, range);
    ui.add_space(16.0);
    if chosen.len() > 1 {
        batch_ui(ui, cx, &chosen, read);
    }
    outline::section(
        ui,
        cx.language.say(if chosen.len() > 1 {
            strings::CHOSEN_CODINGS
        } else {
            strings::CODINGS_HERE
        }),
    );
    ui.add_space(4.0);
    let here = if chosen.len() > 1 {
        chosen.clone()
    } else {
        marks_here(read, range, &chosen)
    };
    for mark in here.iter().take(MOST) {
        coding::ui(ui, cx, document, mark, read);
    }
    if here.len() > MOST {
        ui.label(small(
            ui,
            format!("+ {}", strings::n_codings(cx.language, here.len() - MOST)),
        ));
    }
    let code = chosen
        .first()
        .or(here.first())
        .and_then(|mark| project.codebook.get(mark.code));
    if let Some(code) = code {
        rules::ui(ui, code, cx.language);
    }
}

/// The marks of the chosen codings, in the order of the text.
fn chosen_marks(read: &ReadPanel) -> Vec<Mark> {
    let Some(pane) = read.pane() else {
        return Vec::new();
    };
    let Some(marks) = pane.marks() else {
        return Vec::new();
    };
    let mut chosen: Vec<Mark> = pane
        .chosen
        .iter()
        .filter_map(|id| marks.get(*id))
        .cloned()
        .collect();
    chosen.sort_by_key(|mark| (mark.range.start(), mark.range.end()));
    chosen
}

/// The codings at a passage, the chosen one first.
fn marks_here(read: &ReadPanel, range: TextRange, chosen: &[Mark]) -> Vec<Mark> {
    let Some(marks) = read.pane().and_then(|pane| pane.marks()) else {
        return Vec::new();
    };
    let first = chosen.first().map(|mark| mark.coding);
    let mut here: Vec<Mark> = marks.here(range).cloned().collect();
    here.sort_by_key(|mark| Some(mark.coding) != first);
    here
}

/// The words of a passage with a bar before them, who says them and how long they are.
fn passage_ui(
    ui: &mut Ui,
    document: &Document,
    content: &Content,
    range: TextRange,
    language: UiLanguage,
) {
    let colors = palette(ui.visuals());
    let words = content.text.slice(range).unwrap_or_default();
    let short: String = words.chars().take(280).collect();
    let short = if short.len() < words.len() {
        format!("{short}…")
    } else {
        short
    };
    let response = Frame::new()
        .inner_margin(egui::Margin {
            left: 12,
            right: 0,
            top: 2,
            bottom: 2,
        })
        .show(ui, |ui| ui.label(short))
        .response;
    let bar = egui::Rect::from_min_size(response.rect.min, egui::vec2(3.0, response.rect.height()));
    ui.painter().rect_filled(bar, 1.5, colors.strong_line);
    let label = speaker_at(document, content, range.start());
    let length = strings::n_characters(language, usize::try_from(range.len_chars()).unwrap_or(0));
    ui.label(small(
        ui,
        if label.is_empty() {
            length
        } else {
            format!("{label} · {length}")
        },
    ));
}

/// What can be done with several codings at once.
fn batch_ui(ui: &mut Ui, cx: &mut Cx<'_>, chosen: &[Mark], read: &mut ReadPanel) {
    let codings = read.chosen();
    ui.label(small(ui, strings::n_codings(cx.language, chosen.len())));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        if ui
            .button(strings::command(cx.language, Command::Recode))
            .clicked()
        {
            read.ask_code(PalettePurpose::Recode);
        }
        if ui
            .button(strings::command(cx.language, Command::CopyCoding))
            .clicked()
        {
            read.ask_code(PalettePurpose::Copy);
        }
        let alike = chosen
            .windows(2)
            .all(|pair| (pair[0].code, pair[0].coder) == (pair[1].code, pair[1].coder));
        if ui
            .add_enabled(
                alike,
                egui::Button::new(strings::command(cx.language, Command::JoinCodings)),
            )
            .clicked()
            && let Some((document, _)) = codings.first()
        {
            cx.edit(Action::JoinCodings(
                *document,
                codings.iter().map(|(_, coding)| *coding).collect(),
            ));
        }
        if ui
            .button(format!(
                "{} {}",
                icons::TRASH,
                strings::command(cx.language, Command::RemoveCoding)
            ))
            .clicked()
        {
            cx.edit(Action::RemoveCodings(codings.clone()));
        }
        if buttons::word(ui, cx.language.say(strings::LET_GO)).clicked() {
            read.let_go();
        }
    });
    ui.add_space(12.0);
}
