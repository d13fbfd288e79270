//! The page of a code: what it means at the right, all its passages in the middle, to be read, ticked, recoded or split off.

use egui::{
    Align, CentralPanel, Frame, Layout, Margin, Panel, Rect, RichText, ScrollArea, Sense, Stroke,
    Ui, Vec2, vec2,
};

use super::{changes::CodeChanges, passage_list::PassageList, passages::Passages};
use crate::{
    gui::{
        context::Cx,
        icons,
        strings::{self, Text, UiLanguage},
        theme::{self, palette, small},
        widgets::{
            aside::{Aside, AtRight},
            buttons, dialog,
            list_row::elided,
            outline,
        },
    },
    model::{
        code::Code,
        ids::{CodeId, CodingId, DocumentId},
    },
};

/// The width of the page below which its rules are left to the editor, and the passages have it all.
const WITH_RULES: f32 = 640.0;
/// The width below which the tools have a line of their own, below the counts.
const TOOLS_BESIDE: f32 = 660.0;
/// Most families listed beside the passages.
const MOST_FAMILIES: usize = 40;

/// The page of a code.
#[derive(Debug)]
pub(super) struct CodePage {
    code: CodeId,
    with_subcodes: bool,
    passages: Passages,
    list: PassageList,
    /// The revision that the passages were gathered from.
    prepared: Option<(u64, bool)>,
}

/// What the user wants from the page.
#[derive(Debug)]
pub(super) enum Wish {
    /// Back to the text.
    Close,
    /// The editor.
    Edit(CodeId),
    /// A code of their own for these.
    Split(CodeId, Vec<(DocumentId, CodingId)>),
    /// Another code for these.
    Recode(Vec<(DocumentId, CodingId)>),
}

impl CodePage {
    /// The page of a code, with its subcodes' passages.
    pub(super) fn new(code: CodeId) -> Self {
        Self {
            code,
            with_subcodes: true,
            passages: Passages::default(),
            list: PassageList::default(),
            prepared: None,
        }
    }

    /// Whose page it is.
    pub(super) fn code(&self) -> CodeId {
        self.code
    }

    /// Shows it in place of the text.
    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        cx: &mut Cx<'_>,
        changes: &CodeChanges,
    ) -> Option<Wish> {
        let code = cx.project.codebook.get(self.code)?;
        if self.prepared != Some((cx.revision, self.with_subcodes)) {
            self.passages = Passages::new(cx.project, self.code, self.with_subcodes);
            self.list.follow(&self.passages);
            self.prepared = Some((cx.revision, self.with_subcodes));
        }
        let colors = palette(ui.visuals());
        let side = Frame::new()
            .fill(colors.panel)
            .inner_margin(Margin::same(16));
        let aside = Aside::right("rules of a code", 300.0, 220.0, 460.0);
        let passages = CentralPanel::default().frame(Frame::new().fill(colors.page));
        if ui.available_width() < WITH_RULES {
            return passages.show(ui, |ui| self.passages_ui(ui, cx, code)).inner;
        }
        let wish = passages
            .show(&mut aside.page(ui), |ui| self.passages_ui(ui, cx, code))
            .inner;
        let rules = |panel: Panel| panel.frame(side);
        aside.show(ui, rules, |ui| {
            ScrollArea::vertical()
                .auto_shrink([false, false])
                .show(ui, |ui| {
                    rules_ui(ui, code, cx.language);
                    changes.ui(ui, code.id, cx.language);
                    families_ui(ui, &self.passages, cx.language);
                });
        });
        wish
    }

    fn passages_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, code: &Code) -> Option<Wish> {
        let head = Frame::new().inner_margin(Margin {
            left: 24,
            right: 24,
            top: 14,
            bottom: 10,
        });
        let head = head.show(ui, |ui| {
            let wish = self.title_ui(ui, cx, code);
            ui.add_space(6.0);
            self.tools_ui(ui, cx).or(wish)
        });
        ui.painter().hline(
            ui.max_rect().x_range(),
            head.response.rect.bottom(),
            Stroke::new(1.0, palette(ui.visuals()).line),
        );
        if self.passages.count == 0 {
            ui.add_space(24.0);
            ui.vertical_centered(|ui| buttons::empty(ui, cx.language.say(strings::NO_PASSAGES)));
        } else {
            self.list.ui(ui, cx, &self.passages);
        }
        // Escape in a field or a dialog means the field or the dialog.
        let is_elsewhere = ui.ctx().text_edit_focused() || dialog::is_open(ui.ctx());
        let left = !is_elsewhere
            && ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Escape));
        head.inner.or(left.then_some(Wish::Close))
    }

    fn title_ui(&self, ui: &mut Ui, cx: &Cx<'_>, code: &Code) -> Option<Wish> {
        let mut wish = None;
        let tag = cx.language.tag();
        ui.horizontal(|ui| {
            if buttons::quiet(
                ui,
                icons::ARROW_LEFT,
                cx.language.say(strings::BACK_TO_READING),
            )
            .clicked()
            {
                wish = Some(Wish::Close);
            }
            buttons::chip(ui, palette(ui.visuals()).code(code.hue));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if ui
                    .button(format!(
                        "{}  {}",
                        icons::PENCIL,
                        cx.language.say(strings::EDIT_CODE)
                    ))
                    .clicked()
                {
                    wish = Some(Wish::Edit(code.id));
                }
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    outline::title(ui, code.name.get(&tag));
                    let others = code
                        .name
                        .all()
                        .filter(|name| !name.is_empty() && *name != code.name.get(&tag));
                    let above = code.place.parent.map(|parent| {
                        cx.project
                            .codebook
                            .path_in(parent, &tag)
                            .replace('/', " / ")
                    });
                    let second: Vec<String> = others.map(str::to_owned).chain(above).collect();
                    ui.add(egui::Label::new(small(ui, second.join("  ·  "))).truncate());
                });
            });
        });
        wish
    }

    /// Counts, what is counted, and what to do with ticked passages.
    fn tools_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) -> Option<Wish> {
        let is_narrow = ui.available_width() < TOOLS_BESIDE;
        let wish = ui.horizontal(|ui| {
            self.counts_ui(ui, cx.language);
            (!is_narrow).then(|| {
                AtRight("tools of a code's passages").show(ui, |ui| self.ticked_ui(ui, cx.language))
            })
        });
        let below = is_narrow.then(|| {
            ui.horizontal_wrapped(|ui| self.ticked_ui(ui, cx.language))
                .inner
        });
        wish.inner.or(below).flatten()
    }

    fn counts_ui(&mut self, ui: &mut Ui, language: UiLanguage) {
        let counts = strings::codings_in(language, self.passages.count, self.passages.documents);
        let families = self.passages.n_families;
        let spread = (families > 0)
            .then(|| strings::of_families(language, self.passages.families.len(), families));
        let words: Vec<String> = [Some(counts), spread].into_iter().flatten().collect();
        ui.label(small(ui, words.join("  ·  ")));
        if self.passages.has_subcodes {
            let options = [
                (true, language.say(strings::COUNTS_WITH_SUBCODES)),
                (false, language.say(strings::COUNTS_OWN)),
            ];
            buttons::segmented(ui, &mut self.with_subcodes, &options);
        }
    }

    /// What to do with ticked passages.
    fn ticked_ui(&self, ui: &mut Ui, language: UiLanguage) -> Option<Wish> {
        let n_ticked = self.list.n_ticked();
        let some = n_ticked > 0;
        if some {
            ui.label(small(ui, strings::n_ticked(language, n_ticked)));
        }
        let mut does = |text: Text| {
            let button = ui.add_enabled(some, egui::Button::new(language.say(text)));
            button
                .on_disabled_hover_text(language.say(strings::TICK_HINT))
                .clicked()
        };
        let (recodes, splits) = (
            does(strings::RECODE_TICKED),
            does(strings::SPLIT_OFF_TICKED),
        );
        match (splits, recodes) {
            (true, _) => Some(Wish::Split(self.code, self.list.ticked(&self.passages))),
            (_, true) => Some(Wish::Recode(self.list.ticked(&self.passages))),
            (false, false) => None,
        }
    }
}

/// Definition, rules, examples, indicators and facets.
fn rules_ui(ui: &mut Ui, code: &Code, language: UiLanguage) {
    let tag = language.tag();
    let texts = [
        (strings::DEFINITION, &code.definition),
        (strings::APPLY_WHEN, &code.apply_when),
        (strings::NOT_WHEN, &code.not_when),
    ];
    for (label, text) in texts {
        let words = text.get(&tag);
        if !words.is_empty() {
            part_ui(ui, language.say(label), words);
        }
    }
    if texts.iter().all(|(_, text)| text.is_empty()) {
        ui.label(small(ui, language.say(strings::WITHOUT_DEFINITION)));
        ui.add_space(12.0);
    }
    let examples: Vec<&str> = code
        .examples
        .iter()
        .map(|example| example.get(&tag))
        .collect();
    let indicators: Vec<&str> = code
        .indicators
        .iter()
        .map(|indicator| indicator.expression.as_str())
        .collect();
    let facets: Vec<&str> = code
        .facets
        .iter()
        .map(|facet| facet.name.get(&tag))
        .collect();
    for (label, words) in [
        (strings::EXAMPLES, examples.join("\n")),
        (strings::INDICATORS, indicators.join(" · ")),
        (strings::FACETS, facets.join(" · ")),
    ] {
        if !words.is_empty() {
            part_ui(ui, language.say(label), &words);
        }
    }
}

fn part_ui(ui: &mut Ui, label: &str, words: &str) {
    outline::section(ui, label);
    ui.label(RichText::new(words).font(theme::regular(13.0)));
    ui.add_space(12.0);
}

/// How the passages spread over families, with bars.
fn families_ui(ui: &mut Ui, passages: &Passages, language: UiLanguage) {
    let Some(most) = passages.families.first().map(|(_, _, n)| *n) else {
        return;
    };
    let colors = palette(ui.visuals());
    outline::section(ui, language.say(strings::FAMILIES));
    ui.spacing_mut().item_spacing.y = 0.0;
    for (_, name, n) in passages.families.iter().take(MOST_FAMILIES) {
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 24.0), Sense::hover());
        #[expect(clippy::cast_precision_loss, reason = "the length of a bar on screen")]
        let share = *n as f32 / most.max(1) as f32;
        let bar = Rect::from_min_size(
            egui::pos2(rect.right() - 96.0, rect.center().y - 2.0),
            vec2(64.0, 4.0),
        );
        ui.painter().rect_filled(bar, 2.0, colors.line);
        ui.painter().rect_filled(
            Rect::from_min_size(bar.min, Vec2::new(bar.width() * share, 4.0)),
            2.0,
            colors.accent,
        );
        let name = RichText::new(name)
            .font(theme::regular(13.0))
            .color(colors.ink);
        elided(ui, rect.left(), bar.left() - 8.0, rect.center().y, name);
        ui.painter().text(
            rect.right_center(),
            egui::Align2::RIGHT_CENTER,
            n,
            theme::regular(12.0),
            colors.ink_2,
        );
    }
    let more = passages.families.len().saturating_sub(MOST_FAMILIES);
    if more > 0 {
        ui.label(small(
            ui,
            format!("+ {}", strings::n_families(language, more)),
        ));
    }
}
