//! A cell being edited: a field in its place, and below it the values to choose from.

use egui::{Area, Frame, Id, Key, Modifiers, Order, Rect, Role, TextEdit, Ui, WidgetInfo};

use super::place::CellPlace;
use crate::{
    gui::{
        strings::{self, UiLanguage},
        widgets::keys::take_key,
    },
    language::fold::fold,
    model::attribute::{Attribute, AttributeKind},
};

/// The field of a cell.
#[derive(Debug)]
pub(super) struct Editing {
    pub(super) place: CellPlace,
    text: String,
    begun: bool,
}

/// How editing ended, and where the keyboard goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum EditingEnd {
    /// The text counts, and the keyboard goes on by rows and columns.
    Typed(String, (isize, isize)),
    /// The cell stays as it was.
    Left,
}

impl Editing {
    /// Begins with a text.
    pub(super) fn new(place: CellPlace, text: String) -> Self {
        Self {
            place,
            text,
            begun: false,
        }
    }

    /// Shows the field; returns how editing ended, once it has.
    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        rect: Rect,
        name: &str,
        attribute: Option<&Attribute>,
        language: UiLanguage,
    ) -> Option<EditingEnd> {
        let id = Id::unique(("cell being edited", self.place.case, self.place.column));
        // Tab goes to the next cell of the sheet rather than to whatever is painted next.
        let tab = |back: Modifiers| take_key(ui.ctx(), back, Key::Tab);
        let by_tab = if tab(Modifiers::SHIFT) {
            Some((0, -1))
        } else {
            tab(Modifiers::NONE).then_some((0, 1))
        };
        let field = ui.put(
            rect.shrink(2.0),
            TextEdit::singleline(&mut self.text).id(id),
        );
        field.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, name));
        if !std::mem::replace(&mut self.begun, true) {
            field.request_focus();
            let end = egui::text::CCursor::new(egui::text::CharIndex(self.text.chars().count()));
            let mut state = egui::text_edit::TextEditState::load(ui.ctx(), id).unwrap_or_default();
            let range = egui::text::CCursorRange::one(end);
            state.cursor.set_char_range(Some(range));
            state.store(ui.ctx(), id);
            return None;
        }
        if let Some(value) = self.values_ui(ui, rect, attribute, language) {
            return Some(EditingEnd::Typed(value, (1, 0)));
        }
        if let Some(step) = by_tab {
            return Some(EditingEnd::Typed(std::mem::take(&mut self.text), step));
        }
        if !field.lost_focus() {
            return None;
        }
        if take_key(ui.ctx(), Modifiers::NONE, Key::Escape) {
            return Some(EditingEnd::Left);
        }
        let entered = take_key(ui.ctx(), Modifiers::NONE, Key::Enter);
        let step = if entered { (1, 0) } else { (0, 0) };
        Some(EditingEnd::Typed(std::mem::take(&mut self.text), step))
    }

    /// The values of a category, or yes and no, that go with what is typed; returns the one clicked.
    fn values_ui(
        &self,
        ui: &Ui,
        rect: Rect,
        attribute: Option<&Attribute>,
        language: UiLanguage,
    ) -> Option<String> {
        let attribute = attribute?;
        let values: Vec<String> = match &attribute.kind {
            AttributeKind::Category(_) => attribute.categories_in(language),
            AttributeKind::YesNo => [strings::YES, strings::NO]
                .map(|text| language.say(text).to_owned())
                .to_vec(),
            AttributeKind::Text | AttributeKind::Number | AttributeKind::Date => return None,
        };
        let wanted = fold(&self.text);
        let is_whole = values.contains(&self.text);
        let fits = |value: &String| is_whole || fold(value).contains(&wanted);
        let fitting: Vec<String> = values.into_iter().filter(fits).collect();
        if fitting.is_empty() {
            return None;
        }
        let mut chosen = None;
        Area::new(Id::unique("values of a cell"))
            .order(Order::Foreground)
            .fixed_pos(rect.left_bottom())
            .show(ui.ctx(), |ui| {
                Frame::popup(ui.style()).show(ui, |ui| {
                    ui.set_min_width(rect.width());
                    for value in fitting {
                        // What is pressed counts, as the field has lost the keyboard by the time it is let go.
                        let item = ui.selectable_label(value == self.text, &value);
                        if item.is_pointer_button_down_on() || item.clicked() {
                            chosen = Some(value);
                        }
                    }
                });
            });
        chosen
    }
}
