//! The categories of an attribute in their order: renamed, merged by taking another's name, moved, added and removed.

use egui::Ui;

use super::{new_ui, remove_ui, translation::translation_ui};
use crate::{
    app::action::Action,
    gui::{
        context::Cx,
        icons, strings,
        theme::small,
        widgets::{buttons, name_field::name_field},
    },
    model::{
        Project,
        attribute::{Attribute, AttributeValue, Values},
        ids::AttributeId,
        localized::Translations,
    },
};

pub(super) fn ui(ui: &mut Ui, cx: &mut Cx<'_>, attribute: &Attribute, typed: &mut String) {
    let categories = attribute.kind.categories();
    let none = Translations::new();
    let translations = &attribute.category_translations;
    let attribute = attribute.id;
    ui.label(small(ui, cx.language.say(strings::CATEGORIES_MERGE)));
    let set = |categories: Vec<String>| Action::SetCategories {
        attribute,
        categories,
    };
    for (at, category) in categories.iter().enumerate() {
        ui.horizontal(|ui| {
            let says = strings::labelled(cx.language, cx.language.say(strings::CATEGORY), category);
            let key = ("category", attribute, category);
            if let Some(to) = name_field(ui, key, &says, category, 160.0) {
                cx.edit(Action::RenameCategory {
                    attribute,
                    from: category.clone(),
                    to,
                });
            }
            let names = translations.get(category).unwrap_or(&none);
            let key = ("category", attribute, category);
            if let Some((language, name)) = translation_ui(ui, cx, key, category, names) {
                cx.edit(Action::TranslateCategory {
                    attribute,
                    category: category.clone(),
                    language,
                    name,
                });
            }
            let used = n_values(cx.project, attribute, category);
            ui.label(small(ui, used.to_string()));
            let says = format!("{} {category}", cx.language.say(strings::MOVE_UP));
            let up = ui
                .add_enabled_ui(at > 0, |ui| {
                    buttons::quiet(ui, icons::CARET_UP, &says).clicked()
                })
                .inner;
            if up {
                let mut moved = categories.to_vec();
                moved.swap(at, at - 1);
                cx.edit(set(moved));
            }
            if remove_ui(ui, cx, category, used == 0) {
                let mut left = categories.to_vec();
                left.remove(at);
                cx.edit(set(left));
            }
        });
    }
    if let Some(name) = new_ui(ui, cx, strings::NEW_CATEGORY, typed) {
        let mut with = categories.to_vec();
        with.push(name);
        cx.edit(set(with));
    }
}

/// How many values are of a category.
fn n_values(project: &Project, attribute: AttributeId, category: &str) -> usize {
    let count = |values: &Values| {
        values
            .iter()
            .filter(|((of, _), value)| {
                *of == attribute
                    && matches!(value, AttributeValue::Category(name) if name == category)
            })
            .count()
    };
    project.all_values().map(count).sum()
}
