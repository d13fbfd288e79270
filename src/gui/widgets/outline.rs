//! The outline of the window for screen readers: its parts, which they jump between, and the heads of sections.

use egui::{Response, Role, Ui, WidgetInfo};

use crate::gui::theme;

/// Names what is shown in `ui` as a part of the window, such as its navigation or its main part.
pub(crate) fn landmark(ui: &Ui, role: Role, name: &str) {
    ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
        node.set_role(role);
        node.set_label(name);
    });
}

/// Shows the small label above a section.
pub(crate) fn section(ui: &mut Ui, text: impl Into<String>) -> Response {
    let text = text.into();
    let label = ui.label(theme::section(ui, text.as_str()));
    head(&label, &text);
    label
}

/// Makes a label a head that screen readers jump to; they read the words as they are, not as they are painted.
pub(crate) fn head(label: &Response, text: &str) {
    label.widget_info(|| WidgetInfo::labeled(Role::Heading, true, text));
}

/// Shows the title of a page or dialog.
pub(crate) fn title(ui: &mut Ui, text: impl Into<String>) -> Response {
    let text = text.into();
    let label = ui.label(theme::title(text.as_str()));
    head(&label, &text);
    label
}
