//! Speakers over the whole project: who is called how, in how many documents; one label becomes another everywhere.

use std::collections::BTreeMap;

use egui::{Context, Key, Modifiers, Role, ScrollArea, TextEdit, Ui, WidgetInfo, Window};

use crate::{
    app::{
        action::Action,
        edit::correcting::{SpeakersPreview, speakers_preview},
    },
    gui::{
        command::Command,
        request::Request,
        strings::{Text, UiLanguage},
        theme::{palette, small},
        widgets::buttons,
    },
    model::{Project, document::SpeakerRole, natural_key},
};

/// The open dialog.
#[derive(Debug, Default)]
pub(in crate::gui) struct Speakers {
    rows: Vec<Row>,
    prepared: Option<u64>,
    chosen: Option<String>,
    new: String,
    /// What renaming comes to, and for which labels.
    preview: Option<(String, String, SpeakersPreview)>,
}

/// A label of the project.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    label: String,
    documents: usize,
    asks: bool,
}

/// The labels of a project, in order.
fn rows(project: &Project) -> Vec<Row> {
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
    let mut rows: Vec<Row> = labels
        .into_iter()
        .map(|(label, (documents, asks))| Row {
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
    pub(in crate::gui) fn ui(
        &mut self,
        ctx: &Context,
        (project, revision): (&Project, u64),
        language: UiLanguage,
        requests: &mut Vec<Request>,
    ) -> bool {
        if self.prepared != Some(revision) {
            self.rows = rows(project);
            self.prepared = Some(revision);
            self.preview = None;
            self.chosen = self
                .chosen
                .take()
                .filter(|label| self.rows.iter().any(|row| row.label == *label));
        }
        let mut stays = true;
        let window = Window::new(language.command(Command::Speakers).trim_end_matches('…'))
            .id(egui::Id::unique("speakers"))
            .collapsible(false)
            .resizable(false);
        window
            .open(&mut stays)
            .anchor(egui::Align2::CENTER_CENTER, [0.0, -40.0])
            .show(ctx, |ui| {
                ui.set_width(400.0);
                ScrollArea::vertical()
                    .max_height(320.0)
                    .min_scrolled_height(200.0)
                    .auto_shrink([false, true])
                    .show(ui, |ui| {
                        let rows = std::mem::take(&mut self.rows);
                        rows.iter().for_each(|row| self.row_ui(ui, row, language));
                        self.rows = rows;
                    });
                ui.separator();
                self.rename_ui(ui, project, language, requests);
            });
        stays && !ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape))
    }

    fn row_ui(&mut self, ui: &mut Ui, row: &Row, language: UiLanguage) {
        let chosen = self.chosen.as_deref() == Some(&row.label);
        ui.horizontal(|ui| {
            let ink = if row.asks {
                palette(ui.visuals()).ink_2
            } else {
                palette(ui.visuals()).ink
            };
            let label = ui.selectable_label(chosen, egui::RichText::new(&row.label).color(ink));
            if label.clicked() {
                self.chosen = Some(row.label.clone());
                row.label.clone_into(&mut self.new);
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                ui.label(small(ui, language.n_documents(row.documents)));
            });
        });
    }

    fn rename_ui(
        &mut self,
        ui: &mut Ui,
        project: &Project,
        language: UiLanguage,
        requests: &mut Vec<Request>,
    ) {
        let Some(from) = self.chosen.clone() else {
            ui.label(small(ui, language.say(Text::CHOOSE_SPEAKER)));
            return;
        };
        let field = ui.add(TextEdit::singleline(&mut self.new).desired_width(f32::INFINITY));
        field.widget_info(|| {
            WidgetInfo::labeled(Role::TextInput, true, language.say(Text::NEW_LABEL))
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
                speakers_preview(project, &from, &self.new),
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
                language.renaming(preview.documents, preview.merged),
            ));
        }
        ui.add_space(4.0);
        let pressed = ui
            .add_enabled_ui(changes, |ui| {
                buttons::primary(ui, language.say(Text::RENAME_EVERYWHERE)).clicked()
            })
            .inner;
        if (pressed || entered) && changes {
            requests.push(Request::act(Action::RenameSpeakers {
                from,
                to: self.new.trim().to_owned(),
            }));
            self.chosen = Some(self.new.trim().to_owned());
        }
    }
}
