//! The dialog for sets of documents, codes and cases: creates them, and adds and removes members.

use std::collections::BTreeSet;

use egui::{Align2, Context, Role, ScrollArea, TextEdit, Ui, WidgetInfo, Window};

use crate::{
    app::{action::Action, edit::set::SetDraft},
    gui::{
        context::Cx,
        icons, strings,
        theme::small,
        widgets::{buttons, dialog, outline},
    },
    language::fold::fold,
    model::{Project, ids::SetId, memo::Anchor},
};

/// The most things that a search for members lists.
const MOST_FOUND: usize = 12;

/// The open dialog.
#[derive(Debug, Default)]
pub(in crate::gui) struct Sets {
    chosen: Option<SetId>,
    draft: Option<SetDraft>,
    /// What is typed to find members.
    query: String,
}

impl Sets {
    /// Shows the dialog; returns true if it stays open.
    pub(in crate::gui) fn ui(&mut self, ctx: &Context, cx: &mut Cx<'_>) -> bool {
        let title = cx.language.say(strings::SETS);
        let window = Window::new(title)
            .id(egui::Id::unique("sets"))
            .resizable(false);
        let window = window.anchor(Align2::CENTER_CENTER, [0.0, -40.0]);
        let stays = dialog::show(ctx, title, window, |ui| {
            ui.set_width(560.0);
            ui.set_max_height((ctx.content_rect().height() - 200.0).clamp(200.0, 440.0));
            ui.horizontal_top(|ui| {
                ui.vertical(|ui| {
                    ui.set_width(190.0);
                    self.list_ui(ui, cx);
                });
                ui.separator();
                ui.vertical(|ui| {
                    ui.set_width(340.0);
                    self.draft_ui(ui, cx);
                });
            });
        });
        stays && !dialog::escaped(ctx)
    }

    fn list_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        ScrollArea::vertical()
            .id_salt("list of sets")
            .max_height((ui.available_height() - 40.0).clamp(100.0, 360.0))
            .auto_shrink([false, true])
            .show(ui, |ui| {
                for set in cx.project.sets_in_order() {
                    let text = format!("{}  {}", set.name, set.members.len());
                    if ui
                        .selectable_label(self.chosen == Some(set.id), text)
                        .clicked()
                    {
                        self.chosen = Some(set.id);
                        self.draft = Some(SetDraft {
                            name: set.name.clone(),
                            description: set.description.clone(),
                            members: set.members.clone(),
                        });
                    }
                }
            });
        ui.add_space(6.0);
        if buttons::word(
            ui,
            &format!("{}  {}", icons::PLUS, cx.language.say(strings::NEW_SET)),
        )
        .clicked()
        {
            (self.chosen, self.draft) = (None, Some(SetDraft::default()));
        }
    }

    fn draft_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let Some(draft) = &mut self.draft else {
            buttons::empty(ui, cx.language.say(strings::NO_SETS));
            return;
        };
        field_ui(ui, cx.language.say(strings::SET_NAME), &mut draft.name);
        field_ui(
            ui,
            cx.language.say(strings::SET_FOR),
            &mut draft.description,
        );
        ui.add_space(6.0);
        outline::section(ui, cx.language.say(strings::MEMBERS));
        ScrollArea::vertical()
            .id_salt("members")
            .max_height(160.0)
            .auto_shrink([false, true])
            .show(ui, |ui| {
                let mut goes = None;
                for member in &draft.members {
                    ui.horizontal(|ui| {
                        if buttons::quiet(
                            ui,
                            icons::CLOSE,
                            cx.language.say(strings::EXCHANGE_REMOVE),
                        )
                        .clicked()
                        {
                            goes = Some(*member);
                        }
                        ui.label(name_of(cx.project, *member));
                    });
                }
                draft.members.retain(|member| Some(*member) != goes);
            });
        field_ui(ui, cx.language.say(strings::ADD_MEMBER), &mut self.query);
        for (anchor, name) in found(cx.project, &self.query, &draft.members) {
            if buttons::word(ui, &format!("{}  {name}", icons::PLUS)).clicked() {
                draft.members.insert(anchor);
            }
        }
        ui.add_space(8.0);
        let chosen = self.chosen;
        let action = ui.horizontal(|ui| {
            let named = !draft.name.trim().is_empty();
            let saves = ui
                .add_enabled_ui(named, |ui| {
                    buttons::primary(ui, cx.language.say(strings::SAVE_SET)).clicked()
                })
                .inner;
            let goes = chosen.filter(|_| ui.button(cx.language.say(strings::REMOVE_SET)).clicked());
            let saved = saves.then(|| Action::SetSet(chosen, draft.clone()));
            saved.or_else(|| goes.map(Action::RemoveSet))
        });
        if let Some(action) = action.inner {
            cx.edit(action);
            (self.chosen, self.draft) = (None, None);
        }
    }
}

fn field_ui(ui: &mut Ui, name: &str, text: &mut String) {
    ui.label(small(ui, name));
    let field = ui.add(TextEdit::singleline(text).desired_width(f32::INFINITY));
    field.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, name));
}

/// The name of a member.
fn name_of(project: &Project, member: Anchor) -> String {
    match member {
        Anchor::Code(id) => project.codebook.path(id),
        Anchor::Document(id) => project
            .documents
            .get(&id)
            .map_or_else(String::new, |document| document.title.clone()),
        Anchor::Case(id) => project
            .cases
            .get(&id)
            .map_or_else(String::new, |case| case.name.clone()),
        Anchor::Memo(id) => project
            .memos
            .get(&id)
            .map_or_else(String::new, |memo| memo.title.clone()),
        Anchor::Project | Anchor::Segment(..) | Anchor::Coding(..) | Anchor::Cell(..) => {
            String::new()
        }
    }
}

/// Documents, codes and cases whose name contains the query, without those that are members already.
fn found(project: &Project, query: &str, members: &BTreeSet<Anchor>) -> Vec<(Anchor, String)> {
    let query = fold(query.trim());
    if query.is_empty() {
        return Vec::new();
    }
    let documents = project
        .documents_in_order()
        .into_iter()
        .map(|document| Anchor::Document(document.id));
    let codes = project
        .codebook
        .in_order()
        .into_iter()
        .map(|(_, code)| Anchor::Code(code.id));
    let cases = project
        .cases_in_order()
        .into_iter()
        .map(|(_, case)| Anchor::Case(case.id));
    let named = documents
        .chain(codes)
        .chain(cases)
        .map(|anchor| (anchor, name_of(project, anchor)));
    named
        .filter(|(anchor, name)| !members.contains(anchor) && fold(name).contains(&query))
        .take(MOST_FOUND)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        case::{Case, CaseKind},
        ids::CaseId,
    };

    #[test]
    fn what_is_typed_finds_names_in_any_case_but_not_members() {
        let mut project = Project::default();
        for (number, name) in [(1, "Reed"), (2, "林家")] {
            let case = Case {
                id: CaseId::from_u128(number),
                name: name.to_owned(),
                kind: CaseKind::family(),
                parent: None,
                values: Default::default(),
            };
            project.cases.insert(case.id, std::sync::Arc::new(case));
        }
        let none = BTreeSet::new();
        assert_eq!(found(&project, "rEE", &none).len(), 1);
        assert_eq!(
            found(&project, "林", &[Anchor::Case(CaseId::from_u128(2))].into()),
            []
        );
        assert_eq!(found(&project, "  ", &none), []);
    }
}
