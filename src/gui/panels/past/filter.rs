//! Which steps are listed: whose, about what kind of thing, and with which words.

use egui::{ComboBox, Role, TextEdit, Ui, WidgetInfo};

use crate::{
    app::history::{HistoryStep, ThingKind},
    gui::{
        context::Cx,
        strings::{self, UiLanguage},
    },
    language::fold::fold,
    model::ids::CoderId,
};

/// Lets steps through; by default all of them.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Filter {
    coder: Option<CoderId>,
    kind: Option<ThingKind>,
    words: String,
}

impl Filter {
    /// Returns true if a step is listed.
    pub(super) fn keeps(&self, step: &HistoryStep, language: UiLanguage) -> bool {
        if self.coder.is_some_and(|coder| step.coder != Some(coder))
            || self.kind.is_some_and(|kind| !step.kinds.contains(&kind))
        {
            return false;
        }
        let wanted = fold(&self.words);
        wanted.is_empty()
            || fold(&step.says(language)).contains(&wanted)
            || fold(&step.place(language)).contains(&wanted)
    }

    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let language = cx.language;
        let everyone = language.say(strings::ALL_CODERS);
        let coder = self.coder.and_then(|id| cx.project.coders.get(&id));
        let combo = ComboBox::from_id_salt("steps by")
            .selected_text(coder.map_or(everyone, |coder| &coder.name))
            .show_ui(ui, |ui| {
                ui.selectable_value(&mut self.coder, None, everyone);
                for coder in cx.project.coders.values() {
                    ui.selectable_value(&mut self.coder, Some(coder.id), &coder.name);
                }
            });
        let says = language.say(strings::CODER);
        combo
            .response
            .widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, says));
        let everything = language.say(strings::EVERYTHING);
        let kind = self.kind.map(|kind| language.say(kind.name()));
        let combo = ComboBox::from_id_salt("steps about")
            .selected_text(kind.unwrap_or(everything))
            .show_ui(ui, |ui| {
                ui.selectable_value(&mut self.kind, None, everything);
                for kind in ThingKind::ALL {
                    let name = language.say(kind.name());
                    ui.selectable_value(&mut self.kind, Some(kind), name);
                }
            });
        let says = language.say(strings::STEPS_ABOUT);
        combo
            .response
            .widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, says));
        let name = language.say(strings::FIND_IN_HISTORY);
        let field = TextEdit::singleline(&mut self.words).hint_text(name);
        let field = ui.add(field.desired_width(200.0));
        field.widget_info(|| WidgetInfo::labeled(Role::SearchInput, true, name));
    }
}
