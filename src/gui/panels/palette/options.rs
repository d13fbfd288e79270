//! The first stage: a field to type in and the codes that fit, the best first.

use egui::{
    Align2, Context, Key, Modifiers, Rect, Response, RichText, Role, ScrollArea, Sense, TextEdit,
    Ui, UiBuilder, Vec2, WidgetInfo, pos2,
};

use super::{Choice, PaletteChoice, PalettePurpose, WIDTH, hint_ui};
use crate::{
    gui::{
        announcer, icons,
        key_names::keys,
        strings::{self, UiLanguage},
        theme::{self, palette as colors_of, size},
        widgets::list_row::{elided, list_row},
    },
    model::{code::Code, ids::CodeId},
};

/// Rows shown without scrolling.
const ROWS: f32 = 7.0;
/// Most codes offered at once.
const MOST: usize = 60;

/// What was typed and what is chosen by now.
#[derive(Debug, Default)]
pub(super) struct Options {
    pub(super) query: String,
    cursor: usize,
    ticked: Vec<CodeId>,
    moved: bool,
    /// Whether the present code was reached by arrows; screen readers then follow it as they follow the keyboard.
    by_arrow: bool,
}

impl Options {
    fn fitting(&self, choice: &Choice<'_>) -> Vec<CodeId> {
        let mut codes = choice
            .list
            .pick(&self.query, choice.recent, choice.favourites);
        codes.truncate(MOST);
        codes
    }

    /// The code that Enter would take.
    pub(super) fn present(&self, choice: &Choice<'_>) -> Option<CodeId> {
        self.fitting(choice).get(self.cursor).copied()
    }

    /// What the ticked codes and the present one come to.
    fn taken(&self, present: Option<CodeId>) -> Vec<CodeId> {
        if self.ticked.is_empty() {
            present.into_iter().collect()
        } else {
            self.ticked.clone()
        }
    }

    fn tick(&mut self, code: CodeId) {
        match self.ticked.iter().position(|other| *other == code) {
            Some(at) => drop(self.ticked.remove(at)),
            None => self.ticked.push(code),
        }
    }

    /// Says that a code was ticked, or is no longer.
    fn say_ticked(&self, ctx: &Context, choice: &Choice<'_>, code: CodeId) {
        let Some(name) = choice.project.codebook.get(code) else {
            return;
        };
        let name = name.name.get(&choice.language.tag());
        let is_ticked = self.ticked.contains(&code);
        announcer::say(ctx, strings::ticked(choice.language, name, is_ticked));
    }

    /// Keys, before the field gets them: up and down, Tab ticks, Enter takes.
    pub(super) fn keys(&mut self, ctx: &Context, choice: &Choice<'_>) -> Option<PaletteChoice> {
        let codes = self.fitting(choice);
        let pressed = |modifiers: Modifiers, key: Key| {
            ctx.input_mut(|input| input.consume_key(modifiers, key))
        };
        let last = codes.len().saturating_sub(1);
        let from = self.cursor;
        if pressed(Modifiers::NONE, Key::ArrowDown) {
            self.cursor = (self.cursor + 1).min(last);
        }
        if pressed(Modifiers::NONE, Key::ArrowUp) {
            self.cursor = self.cursor.saturating_sub(1);
        }
        self.moved |= from != self.cursor;
        self.by_arrow |= from != self.cursor;
        let present = codes.get(self.cursor).copied();
        if pressed(Modifiers::NONE, Key::Tab)
            && let Some(code) = present
        {
            self.tick(code);
            self.say_ticked(ctx, choice, code);
        }
        if pressed(Modifiers::COMMAND, Key::B) {
            return present.map(PaletteChoice::Starred);
        }
        let new = || PaletteChoice::New {
            parent: None,
            name: self.query.trim().to_owned(),
            definition: String::new(),
        };
        if pressed(Modifiers::COMMAND, Key::Enter) {
            return Some(new());
        }
        let stays = pressed(Modifiers::SHIFT, Key::Enter);
        if stays || pressed(Modifiers::NONE, Key::Enter) {
            let taken = self.taken(present);
            return if taken.is_empty() {
                (!self.query.trim().is_empty()).then(new)
            } else {
                Some(PaletteChoice::Codes(taken, stays))
            };
        }
        None
    }

    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        choice: &Choice<'_>,
        purpose: PalettePurpose,
        fresh: bool,
    ) -> Option<PaletteChoice> {
        let hint = match purpose {
            PalettePurpose::Apply => strings::FILTER_CODES,
            PalettePurpose::Recode => strings::RECODE_TO,
            PalettePurpose::Copy => strings::COPY_TO,
        };
        let field = TextEdit::singleline(&mut self.query)
            .hint_text(choice.language.say(hint))
            .desired_width(WIDTH)
            .lock_focus(true);
        let field = ui.add(field);
        field.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, choice.language.say(hint)));
        if fresh {
            field.request_focus();
        }
        let codes = if field.changed() {
            self.cursor = 0;
            self.moved = true;
            self.by_arrow = false;
            let codes = self.fitting(choice);
            say_first(ui, choice, &codes);
            codes
        } else {
            self.fitting(choice)
        };
        ui.add_space(4.0);
        let mut picked = None;
        let list = UiBuilder::new()
            .accessibility_role(Role::ListBox)
            .accessibility_label(choice.language.say(strings::CODEBOOK));
        ui.scope_builder(list, |ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            ScrollArea::vertical()
                .max_height(ROWS * (size::TALL_ROW + 1.0))
                .auto_shrink([false, true])
                .show(ui, |ui| {
                    for (index, id) in codes.iter().enumerate() {
                        let option = self.option_ui(ui, choice, *id, index, field.id);
                        picked = option.or(picked.take());
                    }
                });
        });
        self.moved = false;
        let name = self.query.trim();
        if purpose == PalettePurpose::Apply && !name.is_empty() && new_ui(ui, name, choice.language)
        {
            picked = Some(PaletteChoice::New {
                parent: None,
                name: name.to_owned(),
                definition: String::new(),
            });
        }
        if let Some(code) = codes
            .get(self.cursor)
            .and_then(|id| choice.project.codebook.get(*id))
        {
            rule_ui(ui, code, choice.language);
        }
        hint_ui(
            ui,
            choice.language,
            if purpose == PalettePurpose::Apply {
                strings::PALETTE_KEYS
            } else {
                strings::PICKER_KEYS
            },
        );
        picked
    }

    fn option_ui(
        &mut self,
        ui: &mut Ui,
        choice: &Choice<'_>,
        id: CodeId,
        index: usize,
        field: egui::Id,
    ) -> Option<PaletteChoice> {
        let code = choice.project.codebook.get(id)?;
        let present = index == self.cursor;
        let row = Vec2::new(WIDTH - 8.0, size::TALL_ROW);
        let (rect, response) = list_row(ui, row, present, 6.0);
        let colors = colors_of(ui.visuals());
        let ticked = self.ticked.contains(&id);
        let chip =
            Rect::from_center_size(rect.left_center() + Vec2::new(14.0, 0.0), Vec2::splat(9.0));
        ui.painter().rect_filled(chip, 3.0, colors.code(code.hue));
        if ticked {
            ui.painter().text(
                chip.center(),
                Align2::CENTER_CENTER,
                icons::CHECK,
                theme::regular(14.0),
                colors.ink,
            );
        }
        let name = code.name.get(&choice.language.tag());
        names_ui(ui, choice, code, rect);
        let starred = choice.favourites.contains(&id);
        let key = if present {
            Some("Enter".to_owned())
        } else {
            code.key.map(String::from)
        };
        if let Some(key) = key {
            let at = rect.right_center() - Vec2::new(26.0, 0.0);
            ui.painter().text(
                at,
                Align2::RIGHT_CENTER,
                key,
                theme::regular(11.0),
                colors.ink_2,
            );
        }
        let label = format!("{} {name}", choice.language.say(strings::FAVOURITE));
        let star_response = star_ui(ui, rect, &response, starred, present, &label);
        response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, ticked, name));
        let above = code
            .place
            .parent
            .and_then(|id| choice.project.codebook.get(id));
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_selected(present);
            node.set_position_in_set(index);
            if let Some(above) = above {
                node.set_description(above.name.get(&choice.language.tag()));
            }
        });
        if present && self.by_arrow {
            let option = response.id.accesskit_id();
            ui.ctx()
                .accesskit_node_builder(field, |node| node.set_active_descendant(option));
        }
        if present && self.moved {
            response.scroll_to_me(None);
        }
        if star_response.clicked() {
            return Some(PaletteChoice::Starred(id));
        }
        if !response.clicked() {
            return None;
        }
        if ui.input(|input| input.modifiers.command) {
            self.tick(id);
            return None;
        }
        Some(PaletteChoice::Codes(
            self.taken(Some(id)),
            ui.input(|input| input.modifiers.shift),
        ))
    }
}

/// Says which code the typed letters lead to.
fn say_first(ui: &Ui, choice: &Choice<'_>, codes: &[CodeId]) {
    let first = codes
        .first()
        .and_then(|id| choice.project.codebook.get(*id));
    let name = first.map(|code| code.name.get(&choice.language.tag()));
    announcer::say(
        ui.ctx(),
        strings::first_fitting(choice.language, name, codes.len()),
    );
}

/// The name of a code, then its other names and its parent.
fn names_ui(ui: &Ui, choice: &Choice<'_>, code: &Code, rect: Rect) {
    let colors = colors_of(ui.visuals());
    let tag = choice.language.tag();
    let name = code.name.get(&tag);
    let galley = ui
        .painter()
        .layout_no_wrap(name.to_owned(), theme::regular(13.0), colors.ink);
    let end = rect.left() + 26.0 + galley.size().x;
    ui.painter().galley(
        pos2(rect.left() + 26.0, rect.center().y - galley.size().y / 2.0),
        galley,
        colors.ink,
    );
    let mut others: Vec<&str> = code
        .name
        .all()
        .filter(|other| *other != name && !other.is_empty())
        .collect();
    let parent = code
        .place
        .parent
        .and_then(|parent| choice.project.codebook.get(parent));
    others.extend(parent.map(|parent| parent.name.get(&tag)));
    let others = RichText::new(others.join(" · "))
        .font(theme::regular(12.0))
        .color(colors.ink_2);
    elided(ui, end + 8.0, rect.right() - 62.0, rect.center().y, others);
}

/// The star at the end of a row, which makes a code a favourite; it is hidden until it is of use.
fn star_ui(
    ui: &Ui,
    rect: Rect,
    row: &Response,
    starred: bool,
    present: bool,
    label: &str,
) -> Response {
    let colors = colors_of(ui.visuals());
    let star = Rect::from_center_size(
        rect.right_center() - Vec2::new(12.0, 0.0),
        Vec2::splat(20.0),
    );
    let response = ui.interact(star, row.id.with("star"), Sense::click());
    if starred || present || row.hovered() || response.hovered() {
        let ink = if starred { colors.accent } else { colors.ink_3 };
        ui.painter().text(
            star.center(),
            Align2::CENTER_CENTER,
            icons::STAR,
            theme::regular(13.0),
            ink,
        );
    }
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, starred, label));
    response
}

fn new_ui(ui: &mut Ui, name: &str, language: UiLanguage) -> bool {
    let colors = colors_of(ui.visuals());
    let (rect, response) = list_row(ui, Vec2::new(WIDTH, size::TALL_ROW), false, 6.0);
    let text = format!("{} “{name}”", language.say(strings::NEW_CODE_CALLED));
    elided(
        ui,
        rect.left() + 10.0,
        rect.right() - 80.0,
        rect.center().y,
        RichText::new(&text).color(colors.ink_2),
    );
    let at = rect.right_center() - Vec2::new(8.0, 0.0);
    ui.painter().text(
        at,
        Align2::RIGHT_CENTER,
        keys("Ctrl Enter"),
        theme::regular(11.0),
        colors.ink_2,
    );
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &text));
    response.clicked()
}

/// When to apply the chosen code and when not, at the foot.
pub(super) fn rule_ui(ui: &mut Ui, code: &Code, language: UiLanguage) {
    let tag = language.tag();
    let rules = [
        (None, code.definition.get(&tag)),
        (Some(strings::APPLY), code.apply_when.get(&tag)),
        (Some(strings::NOT), code.not_when.get(&tag)),
    ];
    let ruled = rules.iter().skip(1).any(|(_, text)| !text.is_empty());
    let shown = rules
        .into_iter()
        .filter(|(label, text)| !text.is_empty() && (label.is_some() || !ruled));
    for (index, (label, text)) in shown.enumerate() {
        if index == 0 {
            ui.separator();
        }
        let mut job = egui::text::LayoutJob::default();
        let colors = colors_of(ui.visuals());
        let format = |font, color| egui::TextFormat {
            font_id: font,
            color,
            ..Default::default()
        };
        if let Some(label) = label {
            job.append(
                &format!("{} ", language.say(label)),
                0.0,
                format(theme::semibold(12.0), colors.ink),
            );
        }
        job.append(text, 0.0, format(theme::regular(12.0), colors.ink_2));
        job.wrap.max_width = WIDTH;
        job.wrap.max_rows = 2;
        ui.label(job);
    }
}
