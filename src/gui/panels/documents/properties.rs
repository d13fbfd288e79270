//! What is known of documents: title, phase, cases, speakers and attributes, of one or of several at once.

use std::{collections::BTreeSet, sync::Arc};

use egui::{Align2, ComboBox, Context, Id, Role, ScrollArea, TextEdit, Ui, WidgetInfo, Window};

use super::menu::all_belong;
use crate::{
    app::action::Action,
    gui::{
        context::Cx,
        panels::attribute_values::values_ui,
        strings,
        theme::small,
        widgets::{buttons, dialog, name_field::name_field, outline},
    },
    language::fold::fold,
    log::change::Holder,
    model::{
        Project,
        attribute::AttributeOf,
        document::{Document, SpeakerIndex, SpeakerRole},
        ids::{DocumentId, PhaseId},
    },
};

/// The open dialog.
#[derive(Debug)]
pub(in crate::gui) struct Properties {
    documents: Vec<DocumentId>,
    /// What is typed to find cases.
    query: String,
}

impl Properties {
    pub(in crate::gui) fn new(documents: Vec<DocumentId>) -> Self {
        Self {
            documents,
            query: String::new(),
        }
    }

    /// Shows the dialog; returns true if it stays open.
    pub(in crate::gui) fn ui(&mut self, ctx: &Context, cx: &mut Cx<'_>) -> bool {
        let project = Arc::clone(cx.project);
        let documents = self.documents.iter();
        let documents: Vec<&Arc<Document>> = documents
            .filter_map(|id| project.documents.get(id))
            .collect();
        let title = match documents[..] {
            [] => return false,
            [one] => one.title.clone(),
            _ => strings::n_documents(cx.language, documents.len()),
        };
        let window = Window::new(title.as_str())
            .id(Id::unique("properties of documents"))
            .resizable(false)
            .anchor(Align2::CENTER_CENTER, [0.0, -20.0]);
        let stays = dialog::show(ctx, &title, window, |ui| {
            ui.set_width(560.0_f32.min(ctx.content_rect().width() - 48.0));
            let height = (ctx.content_rect().height() - 140.0).min(560.0);
            ScrollArea::vertical()
                .max_height(height)
                .min_scrolled_height(height)
                .auto_shrink([false, true])
                .show(ui, |ui| {
                    if let [one] = documents[..] {
                        self::title_ui(ui, cx, one);
                    }
                    self.phase_ui(ui, cx, &documents);
                    self.cases_ui(ui, cx);
                    if let [one] = documents[..] {
                        speakers_ui(ui, cx, one);
                        attributes_ui(ui, cx, one);
                        source_ui(ui, cx, one);
                    }
                });
        });
        stays && !dialog::escaped(ctx)
    }

    fn phase_ui(&self, ui: &mut Ui, cx: &mut Cx<'_>, documents: &[&Arc<Document>]) {
        let name = cx.language.say(strings::PHASE_LABEL);
        let phases: BTreeSet<Option<PhaseId>> =
            documents.iter().map(|document| document.phase).collect();
        let is_mixed = phases.len() > 1;
        let tag = cx.language.tag();
        let none = cx.language.say(strings::NO_PHASE);
        let of = |project: &Project, phase: Option<PhaseId>| {
            let phase = phase.and_then(|id| project.phases.get(&id));
            phase.map_or(none.to_owned(), |phase| phase.name_in(&tag).to_owned())
        };
        let project = Arc::clone(cx.project);
        let shown = match phases.first() {
            Some(one) if !is_mixed => of(&project, *one),
            _ => cx.language.say(strings::DIFFERENT).to_owned(),
        };
        ui.label(small(ui, name));
        let combo = ComboBox::from_id_salt("phase of documents")
            .width(240.0)
            .selected_text(shown)
            .show_ui(ui, |ui| {
                let all = project.phases_in_order().into_iter();
                for phase in std::iter::once(None).chain(all.map(|phase| Some(phase.id))) {
                    let is_on = !is_mixed && phases.contains(&phase);
                    if ui.selectable_label(is_on, of(&project, phase)).clicked() {
                        cx.edit(Action::SetDocumentsPhase(self.documents.clone(), phase));
                    }
                }
            });
        let combo = combo.response;
        combo.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, name));
        ui.add_space(10.0);
    }

    fn cases_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        outline::section(ui, cx.language.say(strings::CASES));
        let project = Arc::clone(cx.project);
        if project.cases.len() > 12 {
            let name = cx.language.say(strings::CASE_NAME);
            let field = TextEdit::singleline(&mut self.query).hint_text(name);
            let field = ui.add(field.desired_width(240.0));
            field.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, name));
        }
        let wanted = fold(&self.query);
        ScrollArea::vertical()
            .id_salt("cases of documents")
            .max_height((ui.ctx().content_rect().height() - 620.0).clamp(140.0, 480.0))
            .auto_shrink([false, true])
            .show(ui, |ui| {
                for (depth, case) in project.cases_in_order() {
                    if !fold(&case.name).contains(&wanted) {
                        continue;
                    }
                    ui.horizontal(|ui| {
                        #[expect(clippy::cast_precision_loss, reason = "the depth of a tree")]
                        ui.add_space(depth as f32 * 16.0);
                        let mut belongs = all_belong(&project, &self.documents, case.id);
                        if buttons::check(ui, &mut belongs, &case.name).clicked() {
                            cx.edit(Action::SetDocumentsCase {
                                documents: self.documents.clone(),
                                case: case.id,
                                belongs,
                            });
                        }
                    });
                }
            });
        if project.cases.is_empty() {
            ui.label(small(ui, cx.language.say(strings::NO_CASES)));
        }
        ui.add_space(10.0);
    }
}

fn title_ui(ui: &mut Ui, cx: &mut Cx<'_>, document: &Document) {
    let name = cx.language.say(strings::MEMO_TITLE);
    ui.label(small(ui, name));
    let key = ("title", document.id);
    if let Some(title) = name_field(ui, key, name, &document.title, f32::INFINITY) {
        cx.edit(Action::RenameDocument(document.id, title));
    }
    ui.add_space(10.0);
}

/// Who speaks: label, whether that is who asks, and which person it is.
fn speakers_ui(ui: &mut Ui, cx: &mut Cx<'_>, document: &Document) {
    if document.speakers.is_empty() {
        return;
    }
    outline::section(ui, cx.language.say(strings::SPEAKERS_HERE));
    let project = Arc::clone(cx.project);
    for (number, speaker) in (0..).zip(&document.speakers) {
        let number: SpeakerIndex = number;
        ui.horizontal(|ui| {
            let key = ("speaker", document.id, number);
            let label = strings::labelled(
                cx.language,
                cx.language.say(strings::SPEAKER_LABEL),
                &speaker.label,
            );
            if let Some(label) = name_field(ui, key, &label, &speaker.label, 140.0) {
                cx.edit(Action::RenameSpeaker(document.id, number, label));
            }
            let mut asks = speaker.role == SpeakerRole::Interviewer;
            let says = cx.language.say(strings::ASKS);
            let check = buttons::check(ui, &mut asks, says);
            if check.clicked() {
                let role = if asks {
                    SpeakerRole::Interviewer
                } else {
                    SpeakerRole::Participant
                };
                cx.edit(Action::SetSpeakerRole(document.id, number, role));
            }
            let none = cx.language.say(strings::NOBODY_KNOWN);
            let person = speaker.case.and_then(|id| project.cases.get(&id));
            let combo = ComboBox::from_id_salt(("person of speaker", number))
                .width(180.0)
                .selected_text(person.map_or(none, |case| case.name.as_str()))
                .show_ui(ui, |ui| {
                    if ui.selectable_label(person.is_none(), none).clicked() {
                        cx.edit(Action::SetSpeakerCase(document.id, number, None));
                    }
                    for (_, case) in project.cases_in_order() {
                        let is_it = speaker.case == Some(case.id);
                        if ui.selectable_label(is_it, &case.name).clicked() {
                            let person = Some(case.id);
                            cx.edit(Action::SetSpeakerCase(document.id, number, person));
                        }
                    }
                });
            let says = format!("{} {}", cx.language.say(strings::WHO_IS), speaker.label);
            let combo = combo.response;
            combo.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, &says));
        });
    }
    ui.add_space(10.0);
}

/// The attributes of documents with their values.
fn attributes_ui(ui: &mut Ui, cx: &mut Cx<'_>, document: &Document) {
    if cx.project.attributes_of(AttributeOf::Documents).is_empty() {
        return;
    }
    outline::section(ui, cx.language.say(strings::ATTRIBUTES_TAB));
    // A document has one phase, so a value for each phase is that of its own.
    let (holder, phase) = (Holder::Document(document.id), document.phase);
    values_ui(ui, cx, holder, &document.values, phase, str::to_owned);
    ui.add_space(10.0);
}

/// The file it was imported from.
fn source_ui(ui: &mut Ui, cx: &Cx<'_>, document: &Document) {
    outline::section(ui, cx.language.say(strings::PROJECT_FILE));
    let chars = usize::try_from(document.len_chars()).unwrap_or(usize::MAX);
    let turns = usize::try_from(document.n_turns()).unwrap_or(usize::MAX);
    let about = [
        document.source.file.clone(),
        document.source.read_as.clone(),
        strings::n_characters(cx.language, chars),
        strings::n_turns(cx.language, turns),
    ];
    ui.label(small(ui, about.join("  ·  ")));
}
