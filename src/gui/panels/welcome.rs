//! The first page: the sample project, a new one, an old one, and those opened lately.

use egui::{
    Align, Align2, CentralPanel, CornerRadius, Frame, Key, Layout, Pos2, Rect, RichText, Role,
    Sense, Shape, Stroke, Ui, Vec2, WidgetInfo,
};

use crate::{
    app::settings::Settings,
    gui::{
        key_names::keys,
        request::{FilePurpose, Request},
        strings::{self, UiLanguage},
        theme::{self, palette, small},
        widgets::{buttons, list_row::list_row, outline},
    },
};

/// The height of the line at the foot, and of all that there is to choose.
const FOOT: f32 = 52.0;
const CHOICES: f32 = 400.0;

pub(in crate::gui) fn ui(
    ui: &mut Ui,
    language: UiLanguage,
    dark: bool,
    settings: &Settings,
    requests: &mut Vec<Request>,
) {
    let colors = palette(ui.visuals());
    CentralPanel::default()
        .frame(Frame::new().fill(colors.page))
        .show(ui, |ui| {
            let space = ui.max_rect();
            let width = 860.0_f32.min(space.width() - 64.0);
            let left = space.center().x - width / 2.0;
            // In the upper third, and lower in a high window.
            let top = (space.height() * 0.22)
                .max(120.0)
                .min(space.height() / 2.0 - 220.0)
                .max(32.0);
            let top = space.top() + top;
            let column = |x: f32, width: f32| {
                Rect::from_min_size(
                    Pos2::new(x, top),
                    Vec2::new(width, space.bottom() - top - 60.0),
                )
            };
            ui.scope_builder(egui::UiBuilder::new().max_rect(column(left, 360.0)), |ui| {
                start_ui(ui, language, requests);
            });
            ui.scope_builder(
                egui::UiBuilder::new().max_rect(column(left + 432.0, width - 432.0)),
                |ui| {
                    ui.add_space(72.0);
                    recent_ui(ui, language, settings, requests);
                },
            );
            // In a low window the choices reach down to the foot, which is then beside them.
            let is_low = space.bottom() - FOOT < top + CHOICES;
            let foot_left = if is_low { left + 432.0 } else { space.left() };
            let foot = Rect::from_min_max(Pos2::new(foot_left, space.bottom() - FOOT), space.max);
            ui.scope_builder(
                egui::UiBuilder::new()
                    .max_rect(foot)
                    .layout(Layout::top_down(Align::Center)),
                |ui| {
                    ui.horizontal(|ui| {
                        let before = (space.width() - 220.0) / 2.0;
                        ui.add_space(if is_low { 0.0 } else { before });
                        if buttons::quiet(ui, "中文 / English", language.say(strings::SWITCH))
                            .clicked()
                        {
                            requests.push(Request::SwitchLanguage);
                        }
                        let icon = if dark {
                            crate::gui::icons::SUN
                        } else {
                            crate::gui::icons::MOON
                        };
                        if buttons::quiet(ui, icon, language.say(strings::THEME)).clicked() {
                            requests.push(Request::SwitchTheme);
                        }
                    });
                },
            );
        });
    let pressed = |key: Key| ui.input(|input| input.modifiers.command && input.key_pressed(key));
    if pressed(Key::N) {
        requests.push(Request::OpenDialog(FilePurpose::NewProject));
    }
    if pressed(Key::O) {
        requests.push(Request::OpenDialog(FilePurpose::OpenProject));
    }
    if pressed(Key::I) {
        requests.push(Request::OpenDialog(FilePurpose::OtherProject));
    }
}

fn start_ui(ui: &mut Ui, language: UiLanguage, requests: &mut Vec<Request>) {
    let colors = palette(ui.visuals());
    mark_ui(ui);
    ui.add_space(16.0);
    ui.label(
        RichText::new("Tain")
            .font(theme::semibold(40.0))
            .color(colors.ink),
    );
    ui.add_space(4.0);
    ui.label(
        RichText::new(language.say(strings::SLOGAN))
            .font(theme::regular(15.0))
            .color(colors.ink_2),
    );
    ui.add_space(24.0);
    ui.spacing_mut().item_spacing.y = 8.0;
    if choice_ui(ui, language.say(strings::OPEN_SAMPLE), "", true) {
        requests.push(Request::OpenSample);
    }
    if choice_ui(
        ui,
        language.say(strings::NEW_PROJECT),
        &keys("Ctrl N"),
        false,
    ) {
        requests.push(Request::OpenDialog(FilePurpose::NewProject));
    }
    if choice_ui(
        ui,
        language.say(strings::OPEN_PROJECT),
        &keys("Ctrl O"),
        false,
    ) {
        requests.push(Request::OpenDialog(FilePurpose::OpenProject));
    }
    if choice_ui(
        ui,
        language.say(strings::FROM_ELSEWHERE),
        &keys("Ctrl I"),
        false,
    ) {
        requests.push(Request::OpenDialog(FilePurpose::OtherProject));
    }
    ui.add_space(4.0);
    ui.label(small(ui, language.say(strings::DROP_HINT)));
}

/// The sign: a pane of glass, half silvered.
fn mark_ui(ui: &mut Ui) {
    let colors = palette(ui.visuals());
    let (rect, _) = ui.allocate_exact_size(Vec2::splat(52.0), Sense::hover());
    let painter = ui.painter();
    painter.rect_filled(rect, 12.0, colors.accent);
    let at = |x: f32, y: f32| rect.min + Vec2::new(52.0 * x, 52.0 * y);
    let silver = vec![
        at(0.72, 0.0),
        at(0.78, 0.0),
        at(1.0, 0.23),
        at(1.0, 0.77),
        at(0.77, 1.0),
        at(0.27, 1.0),
    ];
    painter.add(Shape::convex_polygon(
        silver,
        colors.accent_soft,
        Stroke::NONE,
    ));
    painter.rect_filled(
        Rect::from_min_max(at(0.77, 0.0), at(1.0, 0.23)),
        CornerRadius {
            ne: 12,
            ..CornerRadius::ZERO
        },
        colors.accent_soft,
    );
    painter.rect_filled(
        Rect::from_min_max(at(0.77, 0.77), at(1.0, 1.0)),
        CornerRadius {
            se: 12,
            ..CornerRadius::ZERO
        },
        colors.accent_soft,
    );
}

/// A wide button with its key at the right.
fn choice_ui(ui: &mut Ui, text: &str, key: &str, first: bool) -> bool {
    let colors = palette(ui.visuals());
    let (rect, response) = ui.allocate_exact_size(Vec2::new(360.0, 40.0), Sense::click());
    let (fill, ink, line) = match (first, response.hovered() || response.has_focus()) {
        (true, false) => (colors.accent, colors.on_accent, colors.accent),
        (true, true) => (
            colors.accent.gamma_multiply(0.9),
            colors.on_accent,
            colors.accent,
        ),
        (false, false) => (colors.page, colors.ink, colors.strong_line),
        (false, true) => (colors.accent_soft, colors.ink, colors.accent),
    };
    ui.painter().rect(
        rect,
        8.0,
        fill,
        Stroke::new(1.0, line),
        egui::StrokeKind::Inside,
    );
    let font = if first {
        theme::medium(14.0)
    } else {
        theme::regular(14.0)
    };
    ui.painter().text(
        rect.left_center() + Vec2::new(14.0, 0.0),
        Align2::LEFT_CENTER,
        text,
        font,
        ink,
    );
    let key_ink = if first {
        colors.on_accent
    } else {
        colors.ink_2
    };
    ui.painter().text(
        rect.right_center() - Vec2::new(14.0, 0.0),
        Align2::RIGHT_CENTER,
        key,
        theme::regular(11.5),
        key_ink,
    );
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, text));
    response.clicked()
}

fn recent_ui(ui: &mut Ui, language: UiLanguage, settings: &Settings, requests: &mut Vec<Request>) {
    let colors = palette(ui.visuals());
    outline::section(ui, language.say(strings::RECENT));
    ui.add_space(8.0);
    if settings.recent.is_empty() {
        let why = if settings.forgets_projects {
            strings::NONE_REMEMBERED
        } else {
            strings::NO_RECENT
        };
        ui.label(small(ui, language.say(why)));
    }
    for recent in settings.recent.iter().take(6) {
        let row = Vec2::new(ui.available_width(), 56.0);
        let (rect, response) = list_row(ui, row, false, 6.0);
        let at = rect.left_top() + Vec2::new(4.0, 8.0);
        ui.painter().text(
            at,
            Align2::LEFT_TOP,
            recent.name(),
            theme::semibold(14.0),
            colors.ink,
        );
        ui.painter().text(
            at + Vec2::new(0.0, 22.0),
            Align2::LEFT_TOP,
            recent.path.display(),
            theme::regular(12.0),
            colors.ink_2,
        );
        ui.painter()
            .hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, colors.line));
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, recent.name()));
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_description(recent.path.display().to_string());
        });
        if response.clicked() {
            requests.push(Request::Open(recent.path.clone()));
        }
    }
    ui.add_space(12.0);
    ui.label(small(ui, language.say(strings::STAYS_HERE)));
}
