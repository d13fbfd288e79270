//! Speakers over the whole project: who is called how, in how many documents; one label becomes another everywhere.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use egui::{ComboBox, Context, Key, Role, ScrollArea, TextEdit, Ui, WidgetInfo, Window};

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
    model::{Project, document::SpeakerRole, ids::CaseId, natural_key},
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
    /// The persons that the speakers of this label are; `None` is nobody.
    persons: BTreeSet<Option<CaseId>>,
}

/// The labels of a project, in order.
fn rows(project: &Project) -> Vec<SpeakerRow> {
    let mut labels: BTreeMap<&str, (usize, bool, BTreeSet<Option<CaseId>>)> = BTreeMap::new();
    for speaker in project
        .documents
        .values()
        .flat_map(|document| &document.speakers)
    {
        let (documents, asks, persons) = labels.entry(&speaker.label).or_default();
        *documents += 1;
        persons.insert(speaker.case);
        *asks |= speaker.role == SpeakerRole::Interviewer;
    }
    let mut rows: Vec<SpeakerRow> = labels
        .into_iter()
        .map(|(label, (documents, asks, persons))| SpeakerRow {
            label: label.to_owned(),
            documents,
            asks,
            persons,
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
        let title = strings::command(cx.language, Command::Speakers).trim_end_matches('…');
        let window = Window::new(title)
            .id(egui::Id::unique("speakers"))
            .resizable(false);
        let window = window.anchor(egui::Align2::CENTER_CENTER, [0.0, -40.0]);
        let stays = dialog::show(ctx, title, window, |ui| {
            ui.set_width(400.0);
            ScrollArea::vertical()
                .max_height((ctx.content_rect().height() - 360.0).clamp(200.0, 640.0))
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
            self.person_ui(ui, cx);
        });
        stays && !dialog::escaped(ctx)
    }

    /// Whether the speakers of the chosen label ask, and which person they are, in every document.
    fn person_ui(&self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let rows = self.rows.value().into_iter().flatten();
        let chosen = self.chosen.as_deref();
        let Some(row) = rows.into_iter().find(|row| Some(&*row.label) == chosen) else {
            return;
        };
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            let mut asks = row.asks;
            if buttons::check(ui, &mut asks, cx.language.say(strings::ASKS)).clicked() {
                let role = if asks {
                    SpeakerRole::Interviewer
                } else {
                    SpeakerRole::Participant
                };
                cx.edit(Action::SetSpeakerRoles {
                    label: row.label.clone(),
                    role,
                });
            }
            let none = cx.language.say(strings::NOBODY_KNOWN);
            let project = Arc::clone(cx.project);
            let name = |person: Option<CaseId>| {
                let case = person.and_then(|id| project.cases.get(&id));
                case.map_or(none, |case| case.name.as_str())
            };
            let shown = match row.persons.first() {
                Some(one) if row.persons.len() == 1 => name(*one),
                _ => cx.language.say(strings::DIFFERENT),
            };
            let combo = ComboBox::from_id_salt("person of a label")
                .width(200.0)
                .selected_text(shown)
                .show_ui(ui, |ui| {
                    let cases = project.cases_in_order().into_iter();
                    let persons = cases.map(|(_, case)| Some(case.id));
                    for person in std::iter::once(None).chain(persons) {
                        let is_it = row.persons.len() == 1 && row.persons.contains(&person);
                        if ui.selectable_label(is_it, name(person)).clicked() {
                            cx.edit(Action::LinkSpeakers {
                                label: row.label.clone(),
                                case: person,
                            });
                        }
                    }
                });
            let says = format!("{} {}", cx.language.say(strings::WHO_IS), row.label);
            let combo = combo.response;
            combo.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, &says));
        });
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
