//! Links between codes: the row of controls that joins two codes by a named link.

use egui::{ComboBox, Role, TextEdit, Ui, WidgetInfo};

use crate::{
    app::action::Action,
    gui::{context::Cx, strings},
    model::{ids::CodeId, memo::Anchor},
};

/// A link that is being made.
#[derive(Debug, Clone, Default)]
struct LinkDraft {
    from: Option<CodeId>,
    name: String,
    to: Option<CodeId>,
}

/// Joins two codes by a named link.
pub(super) fn link_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    let memory = egui::Id::unique("link between codes");
    let mut draft: LinkDraft = ui.data(|data| data.get_temp(memory)).unwrap_or_default();
    ui.horizontal_wrapped(|ui| {
        code_ui(ui, cx, "from", &mut draft.from);
        let name = ui.add(
            TextEdit::singleline(&mut draft.name)
                .desired_width(140.0)
                .hint_text(cx.language.say(strings::LINK_NAME)),
        );
        name.widget_info(|| {
            WidgetInfo::labeled(Role::TextInput, true, cx.language.say(strings::ADD_LINK))
        });
        code_ui(ui, cx, "to", &mut draft.to);
        let ready = draft.from.zip(draft.to).filter(|(from, to)| from != to);
        let button = ui.add_enabled(
            ready.is_some(),
            egui::Button::new(cx.language.say(strings::ADD_LINK)),
        );
        if let (true, Some((from, to))) = (button.clicked(), ready) {
            let name = if draft.name.trim().is_empty() {
                cx.language.say(strings::LINK_NAME).to_owned()
            } else {
                draft.name.trim().to_owned()
            };
            cx.edit(Action::AddLink {
                name,
                from: Anchor::Code(from),
                to: Anchor::Code(to),
            });
            draft = LinkDraft {
                from: draft.to,
                ..LinkDraft::default()
            };
        }
    });
    ui.data_mut(|data| data.insert_temp(memory, draft));
}

fn code_ui(ui: &mut Ui, cx: &Cx<'_>, name: &str, chosen: &mut Option<CodeId>) {
    let tag = cx.language.tag();
    let shown = chosen
        .and_then(|id| cx.project.codebook.get(id))
        .map_or(cx.language.say(strings::CODE).to_owned(), |code| {
            code.name.get(&tag).to_owned()
        });
    let combo = ComboBox::from_id_salt(("link", name))
        .selected_text(shown)
        .height(420.0)
        .show_ui(ui, |ui| {
            for (depth, code) in cx.project.codebook.in_order() {
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
            format!("{} {name}", cx.language.say(strings::CODE)),
        )
    });
}
