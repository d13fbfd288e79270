//! Choosing one code in a dialog: type a few letters, arrows choose.

use egui::{
    Id, Key, Modifiers, Rect, RichText, Role, ScrollArea, TextEdit, Ui, Vec2, WidgetInfo, vec2,
};

use crate::{
    app::fuzzy::pick_codes,
    gui::{
        context::Cx,
        strings,
        theme::{self, palette, size},
        widgets::list_row::{elided, list_row},
    },
    model::{code::Code, ids::CodeId},
};

/// A choice in the making.
#[derive(Debug, Default)]
pub(in crate::gui::panels) struct CodePick {
    query: String,
    chosen: Option<CodeId>,
    begun: bool,
    /// The codes on offer, and what they were found for.
    found: Vec<CodeId>,
    prepared: Option<(u64, String)>,
    clicked: bool,
}

impl CodePick {
    /// A choice that begins with a query.
    pub(super) fn searching(query: &str) -> Self {
        Self {
            query: query.to_owned(),
            ..Self::default()
        }
    }

    /// The code chosen so far.
    pub(in crate::gui::panels) fn chosen(&self) -> Option<CodeId> {
        self.chosen
    }

    /// Whether a code was clicked in the last frame.
    pub(in crate::gui::panels) fn was_clicked(&self) -> bool {
        self.clicked
    }

    /// The field and the list; those that `admits` doesn't know are left out.
    pub(in crate::gui::panels) fn ui(
        &mut self,
        ui: &mut Ui,
        cx: &Cx<'_>,
        first: &[CodeId],
        admits: impl Fn(CodeId) -> bool,
    ) {
        let field = TextEdit::singleline(&mut self.query)
            .id(Id::unique("pick a code"))
            .hint_text(cx.language.say(strings::FILTER_CODES));
        let response = ui.add(field.desired_width(f32::INFINITY));
        response.widget_info(|| {
            WidgetInfo::labeled(
                Role::SearchInput,
                true,
                cx.language.say(strings::FILTER_CODES),
            )
        });
        if !self.begun {
            response.request_focus();
            self.begun = true;
        }
        self.prepare(cx, first, admits);
        self.keys(ui);
        ui.add_space(4.0);
        let found = std::mem::take(&mut self.found);
        self.clicked = false;
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            let list = ScrollArea::vertical()
                .id_salt("codes on offer")
                .max_height(size::ROW * 6.0)
                .min_scrolled_height(size::ROW * 6.0);
            list.auto_shrink([false, true]).show_rows(
                ui,
                size::ROW,
                found.len(),
                |ui, on_screen| {
                    for id in found.get(on_screen).unwrap_or_default() {
                        if let Some(code) = cx.project.codebook.get(*id)
                            && option_ui(ui, cx, code, self.chosen == Some(*id))
                        {
                            (self.chosen, self.clicked) = (Some(*id), true);
                        }
                    }
                },
            );
        });
        self.found = found;
    }

    fn prepare(&mut self, cx: &Cx<'_>, first: &[CodeId], admits: impl Fn(CodeId) -> bool) {
        let now = (cx.revision, self.query.clone());
        if self.prepared.as_ref() == Some(&now) {
            return;
        }
        self.found = pick_codes(
            cx.project,
            &self.query,
            first,
            &std::collections::BTreeSet::new(),
        );
        self.found.retain(|id| admits(*id));
        if self
            .chosen
            .is_none_or(|chosen| !self.found.contains(&chosen))
        {
            let typed = !self.query.trim().is_empty();
            self.chosen = self.found.first().copied().filter(|_| typed);
        }
        self.prepared = Some(now);
    }

    fn keys(&mut self, ui: &Ui) {
        let pressed = |key: Key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let at = self
            .chosen
            .and_then(|chosen| self.found.iter().position(|id| *id == chosen));
        if pressed(Key::ArrowDown) {
            self.chosen = self
                .found
                .get(at.map_or(0, |at| at + 1))
                .copied()
                .or(self.chosen);
        }
        if pressed(Key::ArrowUp) {
            self.chosen = at
                .and_then(|at| self.found.get(at.checked_sub(1)?))
                .copied()
                .or(self.chosen);
        }
    }
}

fn option_ui(ui: &mut Ui, cx: &Cx<'_>, code: &Code, chosen: bool) -> bool {
    let colors = palette(ui.visuals());
    let row = vec2(ui.available_width(), size::ROW);
    let (rect, response) = list_row(ui, row, chosen, 6.0);
    let chip = Rect::from_center_size(rect.left_center() + vec2(14.0, 0.0), Vec2::splat(9.0));
    ui.painter().rect_filled(chip, 3.0, colors.code(code.hue));
    let path = cx
        .project
        .codebook
        .path_in(code.id, &cx.language.tag())
        .replace('/', " / ");
    elided(
        ui,
        rect.left() + 26.0,
        rect.right() - 8.0,
        rect.center().y,
        RichText::new(&path)
            .font(theme::regular(13.0))
            .color(colors.ink),
    );
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, chosen, &path));
    response.clicked()
}
