//! The code palette at the selection: type a few letters, Enter applies.

use std::collections::BTreeSet;

use egui::{Area, Color32, Context, Frame, Id, Key, Modifiers, Order, Rect, RichText, Role, Sense, TextEdit, Ui, Vec2, WidgetInfo, pos2};

use super::documents::elided;
use crate::{
    app::picking::PickList,
    gui::{
        strings::{Text, Tongue},
        theme::{self, palette as colors_of},
    },
    model::{Project, code::Code, ids::CodeId},
};

const WIDTH: f32 = 372.0;
/// Most codes shown at once.
const MOST: usize = 7;

/// The open palette.
#[derive(Debug, Default)]
pub(in crate::gui) struct CodePalette {
    query: String,
    chosen: usize,
    fresh: bool,
    list: Option<PickList>,
    /// What was last typed, with the codes it fits.
    found: Option<(String, Vec<CodeId>)>,
}

/// What was chosen.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::gui) enum Picked {
    /// A code; whether the selection stays.
    Code(CodeId, bool),
    /// A code to be made.
    New(String),
    /// Nothing after all.
    Closed,
}

impl CodePalette {
    /// A palette that takes the keyboard at once.
    pub(in crate::gui) fn open() -> Self {
        Self { fresh: true, ..Self::default() }
    }

    /// Shows the palette below the selection, or above where there is no room.
    pub(in crate::gui) fn ui(&mut self, ctx: &Context, project: &Project, tongue: Tongue, at: Rect, recent: &[CodeId]) -> Option<Picked> {
        let codes = self.codes(project, recent);
        let mut picked = self.keys(ctx, &codes);
        let space = ctx.content_rect();
        let height = 330.0;
        let y = if at.bottom() + height < space.bottom() { at.bottom() + 6.0 } else { (at.top() - height).max(space.top() + 8.0) };
        let x = at.center().x.min(space.right() - WIDTH - 24.0).max(space.left() + 8.0);
        let area = Area::new(Id::unique("code palette")).order(Order::Foreground).fixed_pos(pos2(x, y)).constrain_to(space);
        let shown = area.show(ctx, |ui| {
            Frame::popup(ui.style()).inner_margin(8).corner_radius(10).show(ui, |ui| {
                ui.set_width(WIDTH);
                let field = TextEdit::singleline(&mut self.query).hint_text(tongue.say(Text::FilterCodes)).desired_width(WIDTH);
                let field = ui.add(field);
                field.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, tongue.say(Text::FilterCodes)));
                if self.fresh {
                    field.request_focus();
                    self.fresh = false;
                }
                if field.changed() {
                    self.chosen = 0;
                }
                ui.add_space(4.0);
                ui.spacing_mut().item_spacing.y = 1.0;
                for (index, id) in codes.iter().take(MOST).enumerate() {
                    let Some(code) = project.codebook.get(*id) else { continue };
                    if option_ui(ui, project, code, tongue, index == self.chosen).clicked() {
                        picked = Some(Picked::Code(*id, false));
                    }
                }
                if !self.query.trim().is_empty() && new_ui(ui, self.query.trim(), tongue) {
                    picked = Some(Picked::New(self.query.trim().to_owned()));
                }
                if let Some(code) = codes.get(self.chosen).and_then(|id| project.codebook.get(*id)) {
                    rule_ui(ui, code, tongue);
                }
            });
        });
        let elsewhere = ctx
            .input(|input| input.pointer.any_pressed() && input.pointer.interact_pos().is_some_and(|at| !shown.response.rect.contains(at)));
        picked.or(elsewhere.then_some(Picked::Closed))
    }

    /// The codes that fit what is typed, looked for again only when that has changed.
    fn codes(&mut self, project: &Project, recent: &[CodeId]) -> Vec<CodeId> {
        let list = self.list.get_or_insert_with(|| PickList::new(project));
        match &self.found {
            Some((query, codes)) if *query == self.query => codes.clone(),
            _ => {
                let codes = list.pick(&self.query, recent, &BTreeSet::new());
                self.found = Some((self.query.clone(), codes.clone()));
                codes
            }
        }
    }

    fn keys(&mut self, ctx: &Context, codes: &[CodeId]) -> Option<Picked> {
        let pressed = |modifiers: Modifiers, key: Key| ctx.input_mut(|input| input.consume_key(modifiers, key));
        let last = codes.len().min(MOST).saturating_sub(1);
        if pressed(Modifiers::NONE, Key::ArrowDown) {
            self.chosen = (self.chosen + 1).min(last);
        }
        if pressed(Modifiers::NONE, Key::ArrowUp) {
            self.chosen = self.chosen.saturating_sub(1);
        }
        if pressed(Modifiers::NONE, Key::Escape) {
            return Some(Picked::Closed);
        }
        if pressed(Modifiers::COMMAND, Key::Enter) {
            let name = self.query.trim().to_owned();
            return (!name.is_empty()).then_some(Picked::New(name));
        }
        let stay = pressed(Modifiers::SHIFT, Key::Enter);
        if stay || pressed(Modifiers::NONE, Key::Enter) {
            let code = codes.get(self.chosen).copied();
            return match code {
                Some(code) => Some(Picked::Code(code, stay)),
                None if !self.query.trim().is_empty() => Some(Picked::New(self.query.trim().to_owned())),
                None => None,
            };
        }
        None
    }
}

fn option_ui(ui: &mut Ui, project: &Project, code: &Code, tongue: Tongue, chosen: bool) -> egui::Response {
    let colors = colors_of(ui.visuals());
    let (rect, response) = ui.allocate_exact_size(Vec2::new(WIDTH, 28.0), Sense::click());
    let fill = if chosen {
        colors.selection
    } else if response.hovered() {
        colors.window
    } else {
        Color32::TRANSPARENT
    };
    ui.painter().rect_filled(rect, 6.0, fill);
    ui.painter().rect_filled(
        Rect::from_center_size(rect.left_center() + Vec2::new(14.0, 0.0), Vec2::splat(9.0)),
        3.0,
        colors.code(code.hue),
    );
    let language = tongue.language();
    let name = code.name.get(&language);
    let galley = ui.painter().layout_no_wrap(name.to_owned(), theme::regular(13.0), colors.ink);
    let end = rect.left() + 26.0 + galley.size().x;
    ui.painter().galley(pos2(rect.left() + 26.0, rect.center().y - galley.size().y / 2.0), galley, colors.ink);
    let mut second: Vec<&str> = code.name.all().filter(|other| *other != name && !other.is_empty()).collect();
    let parent = code.place.parent.and_then(|parent| project.codebook.get(parent));
    second.extend(parent.map(|parent| parent.name.get(&language)));
    elided(
        ui,
        end + 8.0,
        rect.right() - 48.0,
        rect.center().y,
        RichText::new(second.join(" · ")).font(theme::regular(12.0)).color(colors.ink_2),
    );
    let key = if chosen { Some("Enter".to_owned()) } else { code.key.map(String::from) };
    if let Some(key) = key {
        ui.painter().text(rect.right_center() - Vec2::new(8.0, 0.0), egui::Align2::RIGHT_CENTER, key, theme::regular(11.0), colors.ink_2);
    }
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, chosen, name));
    response
}

fn new_ui(ui: &mut Ui, name: &str, tongue: Tongue) -> bool {
    let colors = colors_of(ui.visuals());
    let (rect, response) = ui.allocate_exact_size(Vec2::new(WIDTH, 28.0), Sense::click());
    if response.hovered() {
        ui.painter().rect_filled(rect, 6.0, colors.window);
    }
    let text = format!("{} “{name}”", tongue.say(Text::NewCodeCalled));
    elided(ui, rect.left() + 10.0, rect.right() - 80.0, rect.center().y, RichText::new(&text).color(colors.ink_2));
    ui.painter().text(
        rect.right_center() - Vec2::new(8.0, 0.0),
        egui::Align2::RIGHT_CENTER,
        "Ctrl Enter",
        theme::regular(11.0),
        colors.ink_2,
    );
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &text));
    response.clicked()
}

/// When to apply the chosen code and when not, at the foot.
fn rule_ui(ui: &mut Ui, code: &Code, tongue: Tongue) {
    let language = tongue.language();
    let (apply, not) = (code.apply_when.get(&language), code.not_when.get(&language));
    if apply.is_empty() && not.is_empty() {
        return;
    }
    ui.separator();
    for (label, text) in [(Text::Apply, apply), (Text::Not, not)] {
        if !text.is_empty() {
            let mut job = egui::text::LayoutJob::default();
            let colors = colors_of(ui.visuals());
            let format = |font, color| egui::TextFormat { font_id: font, color, ..Default::default() };
            job.append(&format!("{} ", tongue.say(label)), 0.0, format(theme::semibold(12.0), colors.ink));
            job.append(text, 0.0, format(theme::regular(12.0), colors.ink_2));
            job.wrap.max_width = WIDTH;
            job.wrap.max_rows = 2;
            ui.label(job);
        }
    }
}
