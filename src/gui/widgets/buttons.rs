//! Buttons of the house: the one to press, quiet ones, a row of alternatives, a key cap.

use egui::{
    Align, Button, Color32, CornerRadius, IntoAtoms, Layout, Rect, Response, RichText, Role, Sense,
    Stroke, TextStyle, TextWrapMode, Ui, UiBuilder, Vec2, WidgetInfo,
};

use crate::gui::theme::{self, palette};

/// The one button to press.
pub(crate) fn primary(ui: &mut Ui, text: &str) -> Response {
    let colors = palette(ui.visuals());
    let button = Button::new(
        RichText::new(text)
            .font(theme::medium(13.0))
            .color(colors.on_accent),
    )
    .fill(colors.accent)
    .stroke(Stroke::NONE);
    ui.add(button)
}

/// A button without outline, of an icon (with a name for those who don't see it) or a word.
pub(crate) fn quiet(ui: &mut Ui, icon: &str, name: &str) -> Response {
    let response = ui.add(Button::new(icon).frame_when_inactive(false));
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    response.on_hover_text(name)
}

/// A word that acts.
pub(crate) fn word(ui: &mut Ui, text: &str) -> Response {
    let color = palette(ui.visuals()).accent;
    ui.add(Button::new(RichText::new(text).color(color)).frame_when_inactive(false))
}

/// A word that acts, in a row that goes on in lines: where it begins one, it shares the left edge of what is above it.
pub(crate) fn word_in_row(ui: &mut Ui, text: &str) -> Response {
    let font = TextStyle::Button.resolve(ui.style());
    let layout = ui
        .painter()
        .layout_no_wrap(text.to_owned(), font, Color32::PLACEHOLDER);
    let padding = ui.spacing().button_padding.x;
    if layout.size().x + 2.0 * padding > ui.available_size_before_wrap().x {
        ui.end_row();
    }
    if ui.cursor().left() > ui.max_rect().left() + 1.0 {
        return word(ui, text);
    }
    word_in_column(ui, text)
}

/// A word that acts, in a column of texts whose left edge it shares; only what shows that it can be pressed stands out.
pub(crate) fn word_in_column(ui: &mut Ui, text: &str) -> Response {
    words_in_column(ui, |ui| word(ui, text))
}

/// A row of words that act, of which the first shares the left edge of the texts above it.
pub(crate) fn words_in_column<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    let column = ui.available_rect_before_wrap();
    // The frame that shows that the first can be pressed is beside the column. What follows must not begin there, too,
    // so the column hears nothing of it.
    let padding = Vec2::new(ui.spacing().button_padding.x, 0.0);
    let size = Vec2::new(column.width() + padding.x, ui.spacing().interact_size.y);
    let space = Rect::from_min_size(column.min - padding, size);
    let layout = Layout::left_to_right(Align::Center);
    let mut row = ui.new_child(UiBuilder::new().max_rect(space).layout(layout));
    let shown = add(&mut row);
    let taken = row.min_rect();
    ui.advance_cursor_after_rect(taken.with_min_x(taken.left().max(column.left())));
    shown
}

/// One of several choices in a row, filled while it is chosen; screen readers hear its name, not the digit before it.
pub(crate) fn choice(ui: &mut Ui, text: &str, name: &str, on: bool, role: Role) -> Response {
    let colors = palette(ui.visuals());
    let (ink, fill) = if on {
        (colors.on_accent, colors.accent)
    } else {
        (colors.ink, colors.page)
    };
    let button = Button::new(RichText::new(text).color(ink))
        .fill(fill)
        .stroke(Stroke::new(1.0, colors.strong_line))
        .corner_radius(6);
    let response = ui.add(button);
    response.widget_info(|| WidgetInfo::selected(role, true, on, name));
    response
}

/// A box to tick.
pub(crate) fn check<'a>(ui: &mut Ui, on: &'a mut bool, text: impl IntoAtoms<'a>) -> Response {
    to_tick(ui, |ui| ui.checkbox(on, text))
}

/// A circle to choose, one of several in a column.
pub(crate) fn radio<'a>(ui: &mut Ui, on: bool, text: impl IntoAtoms<'a>) -> Response {
    to_tick(ui, |ui| ui.radio(on, text))
}

/// Shows what is to be ticked with an outline that stands out.
pub(crate) fn to_tick<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    // Not in a scope of its own, which could not go to the next line of a row that is full.
    let before = std::sync::Arc::clone(ui.style());
    let colors = palette(ui.visuals());
    let inactive = &mut ui.visuals_mut().widgets.inactive;
    inactive.bg_stroke.color = colors.tick_line;
    inactive.bg_fill = colors.page;
    if ui.layout().is_horizontal() {
        ui.style_mut().wrap_mode = Some(TextWrapMode::Extend);
    }
    let shown = add(ui);
    ui.set_style(before);
    shown
}

/// A row of alternatives, one of them chosen.
pub(crate) fn segmented<T: Copy + PartialEq>(
    ui: &mut Ui,
    chosen: &mut T,
    options: &[(T, &str)],
) -> bool {
    let colors = palette(ui.visuals());
    let mut changed = false;
    let goes_on_below = start_row_for(ui, options.iter().map(|(_, text)| *text));
    let mut show = |ui: &mut Ui| {
        let last = options.len().saturating_sub(1);
        for (index, (value, text)) in options.iter().enumerate() {
            let on = *chosen == *value;
            let (ink, fill) = if on {
                (colors.accent, colors.accent_soft)
            } else {
                (colors.ink_2, colors.page)
            };
            let font = if on {
                theme::medium(13.0)
            } else {
                theme::regular(13.0)
            };
            let side = |first: bool| if first || goes_on_below { 6 } else { 0 };
            let corners = CornerRadius {
                nw: side(index == 0),
                sw: side(index == 0),
                ne: side(index == last),
                se: side(index == last),
            };
            let button = Button::new(RichText::new(*text).font(font).color(ink))
                .fill(fill)
                .corner_radius(corners);
            let response = ui.add(button.stroke(Stroke::new(1.0, colors.strong_line)));
            response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, on, *text));
            if response.clicked() && !on {
                *chosen = *value;
                changed = true;
            }
        }
    };
    if goes_on_below {
        // Straight into the row that is there, which alone can go on in the next line.
        let before = std::mem::replace(&mut ui.spacing_mut().item_spacing.x, 4.0);
        show(ui);
        ui.spacing_mut().item_spacing.x = before;
    } else {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            show(ui);
        });
    }
    changed
}

/// Starts the next line of a row that goes on in lines, where what is left of this one is too narrow for all buttons.
///
/// Returns true if even a whole line is too narrow for them.
fn start_row_for<'a>(ui: &mut Ui, texts: impl Iterator<Item = &'a str>) -> bool {
    if !(ui.layout().is_horizontal() && ui.layout().main_wrap()) {
        return false;
    }
    let padding = 2.0 * ui.spacing().button_padding.x;
    let width: f32 = texts
        .map(|text| {
            let text = text.to_owned();
            let layout =
                ui.painter()
                    .layout_no_wrap(text, theme::medium(13.0), Color32::PLACEHOLDER);
            layout.size().x + padding
        })
        .sum();
    let begins = ui.cursor().left() <= ui.max_rect().left() + 1.0;
    if !begins && width > ui.available_size_before_wrap().x {
        ui.end_row();
    }
    width > ui.max_rect().width()
}

/// A code's colour as a small square.
pub(crate) fn chip(ui: &mut Ui, color: egui::Color32) {
    let (rect, _) = ui.allocate_exact_size(Vec2::splat(9.0), Sense::hover());
    ui.painter().rect_filled(rect, 3.0, color);
}

/// A sentence for an empty place.
pub(crate) fn empty(ui: &mut Ui, text: &str) {
    let text = theme::small(ui, text);
    ui.add_space(8.0);
    ui.label(text);
}
