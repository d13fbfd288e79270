//! Speakers over the whole project: who is called how, in how many documents; one label becomes another everywhere.

use std::collections::BTreeMap;

use egui::{Context, Key, Role, ScrollArea, TextEdit, Ui, WidgetInfo, Window};

use crate::{
    app::{
        action::Action,
        edit::correcting::{SpeakersPreview, speakers_preview},
    },
    gui::{
        cached::Cached,
        command::Command,
        context::Cx,
        strings::{self, UiLanguage},
        theme::{palette, small},
        widgets::{buttons, dialog},
    },
    model::{Project, document::SpeakerRole, natural_key},
};

/// The open dialog.
#[derive(Debug, Default)]
pub(in crate::gui) struct Speakers {
    rows: Cached<u64, Vec<SpeakerRow>>,
    chosen: Option<String>,
    new: String,
    /// What renaming comes to, and for which labels.
    preview: Option<(String, String, SpeakersPreview)>,
}

/// A label of the project.
#[derive(Debug, Clone, PartialEq, Eq)]
struct SpeakerRow {
    label: String,
    documents: usize,
    asks: bool,
}

/// The labels of a project, in order.
fn rows(project: &Project) -> Vec<SpeakerRow> {
    let mut labels: BTreeMap<&str, (usize, bool)> = BTreeMap::new();
    for speaker in project
        .documents
        .values()
        .flat_map(|document| &document.speakers)
    {
        let (documents, asks) = labels.entry(&speaker.label).or_default();
        *documents += 1;
        *asks |= speaker.role == SpeakerRole::Interviewer;
    }
    let mut rows: Vec<SpeakerRow> = labels
        .into_iter()
        .map(|(label, (documents, asks))| SpeakerRow {
            label: label.to_owned(),
            documents,
            asks,
        })
        .collect();
    rows.sort_by_cached_key(|row| natural_key(&row.label));
    rows
}

impl Speakers {
    /// Shows the dialog; gives whether it stays open.
    pub(in crate::gui) fn ui(&mut self, ctx: &Context, cx: &mut Cx<'_>) -> bool {
        if self.rows.refresh(cx.revision, |_| rows(cx.project)) {
            let rows = self.rows.value();
            let known = |label: &String| {
                rows.iter()
                    .copied()
                    .flatten()
                    .any(|row| row.label == *label)
            };
            self.preview = None;
            self.chosen = self.chosen.take().filter(known);
        }
        let window =
            Window::new(strings::command(cx.language, Command::Speakers).trim_end_matches('…'))
                .id(egui::Id::unique("speakers"))
                .resizable(false);
        let window = window.anchor(egui::Align2::CENTER_CENTER, [0.0, -40.0]);
        let stays = dialog::show(ctx, window, |ui| {
            ui.set_width(400.0);
            ScrollArea::vertical()
                .max_height(320.0)
                .min_scrolled_height(200.0)
                .auto_shrink([false, true])
                .show(ui, |ui| {
                    for row in self.rows.value().into_iter().flatten() {
                        let chosen = self.chosen.as_deref() == Some(&row.label);
                        if row_ui(ui, row, chosen, cx.language) {
                            self.chosen = Some(row.label.clone());
                            row.label.clone_into(&mut self.new);
                        }
                    }
                });
            ui.separator();
            self.rename_ui(ui, cx);
        });
        stays && !dialog::escaped(ctx)
    }

    fn rename_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let Some(from) = self.chosen.clone() else {
            ui.label(small(ui, cx.language.say(strings::CHOOSE_SPEAKER)));
            return;
        };
        let field = ui.add(TextEdit::singleline(&mut self.new).desired_width(f32::INFINITY));
        field.widget_info(|| {
            WidgetInfo::labeled(Role::TextInput, true, cx.language.say(strings::NEW_LABEL))
        });
        let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        if self
            .preview
            .as_ref()
            .is_none_or(|(old, new, _)| (old, new) != (&from, &self.new))
        {
            self.preview = Some((
                from.clone(),
                self.new.clone(),
                speakers_preview(cx.project, &from, &self.new),
            ));
        }
        let preview = self
            .preview
            .as_ref()
            .map(|(.., preview)| *preview)
            .unwrap_or_default();
        let changes = !self.new.trim().is_empty() && self.new.trim() != from;
        ui.add_space(4.0);
        if changes {
            ui.label(small(
                ui,
                strings::renaming(cx.language, preview.documents, preview.merged),
            ));
        }
        ui.add_space(4.0);
        let pressed = ui
            .add_enabled_ui(changes, |ui| {
                buttons::primary(ui, cx.language.say(strings::RENAME_EVERYWHERE)).clicked()
            })
            .inner;
        if (pressed || entered) && changes {
            cx.edit(Action::RenameSpeakers {
                from,
                to: self.new.trim().to_owned(),
            });
            self.chosen = Some(self.new.trim().to_owned());
        }
    }
}

/// A row of the list; returns true if it was clicked.
fn row_ui(ui: &mut Ui, row: &SpeakerRow, chosen: bool, language: UiLanguage) -> bool {
    ui.horizontal(|ui| {
        let colors = palette(ui.visuals());
        let ink = if row.asks { colors.ink_2 } else { colors.ink };
        let label = ui.selectable_label(chosen, egui::RichText::new(&row.label).color(ink));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.label(small(ui, strings::n_documents(language, row.documents)));
        });
        label.clicked()
    })
    .inner
}
