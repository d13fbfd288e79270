//! Links between codes: the row of controls that joins two codes by a named link.

use egui::{ComboBox, Role, TextEdit, Ui, WidgetInfo};

use crate::{
    app::action::Action,
    gui::{
        request::Request,
        strings::{Text, UiLanguage},
    },
    model::{Project, ids::CodeId, memo::Anchor},
};

/// A link that is being made.
#[derive(Debug, Clone, Default)]
struct LinkDraft {
    from: Option<CodeId>,
    name: String,
    to: Option<CodeId>,
}

/// Joins two codes by a named link.
pub(super) fn link_ui(
    ui: &mut Ui,
    project: &Project,
    language: UiLanguage,
    requests: &mut Vec<Request>,
) {
    let memory = egui::Id::unique("link between codes");
    let mut draft: LinkDraft = ui.data(|data| data.get_temp(memory)).unwrap_or_default();
    ui.horizontal_wrapped(|ui| {
        code_ui(ui, project, language, "from", &mut draft.from);
        let name = ui.add(
            TextEdit::singleline(&mut draft.name)
                .desired_width(140.0)
                .hint_text(language.say(Text::LINK_NAME)),
        );
        name.widget_info(|| {
            WidgetInfo::labeled(Role::TextInput, true, language.say(Text::ADD_LINK))
        });
        code_ui(ui, project, language, "to", &mut draft.to);
        let ready = draft.from.zip(draft.to).filter(|(from, to)| from != to);
        let button = ui.add_enabled(
            ready.is_some(),
            egui::Button::new(language.say(Text::ADD_LINK)),
        );
        if let (true, Some((from, to))) = (button.clicked(), ready) {
            let name = if draft.name.trim().is_empty() {
                language.say(Text::LINK_NAME).to_owned()
            } else {
                draft.name.trim().to_owned()
            };
            requests.push(Request::act(Action::AddLink {
                name,
                from: Anchor::Code(from),
                to: Anchor::Code(to),
            }));
            draft = LinkDraft {
                from: draft.to,
                ..LinkDraft::default()
            };
        }
    });
    ui.data_mut(|data| data.insert_temp(memory, draft));
}

fn code_ui(
    ui: &mut Ui,
    project: &Project,
    language: UiLanguage,
    name: &str,
    chosen: &mut Option<CodeId>,
) {
    let tag = language.tag();
    let shown = chosen
        .and_then(|id| project.codebook.get(id))
        .map_or(language.say(Text::CODE).to_owned(), |code| {
            code.name.get(&tag).to_owned()
        });
    let combo = ComboBox::from_id_salt(("link", name))
        .selected_text(shown)
        .height(420.0)
        .show_ui(ui, |ui| {
            for (depth, code) in project.codebook.in_order() {
                ui.selectable_value(
                    chosen,
                    Some(code.id),
                    format!("{}{}", "    ".repeat(depth), code.name.get(&tag)),
                );
            }
        });
    combo.response.widget_info(|| {
        WidgetInfo::labeled(
            Role::ComboBox,
            true,
            format!("{} {name}", language.say(Text::CODE)),
        )
    });
}
