//! The last stage, for a code that asks something of its codings: one facet after the other, each value by its key.

use std::collections::BTreeMap;

use egui::{Align2, Context, Id, Key, Modifiers, Role, Sense, TextEdit, Ui, Vec2, WidgetInfo};

use super::{Choice, PaletteChoice, WIDTH, hint_ui};
use crate::{
    gui::{
        strings::{self, UiLanguage},
        theme::{self, palette as colors_of, small, strong},
        widgets::{buttons::chip, list_row::list_row},
    },
    message::text::SEMICOLON,
    model::{
        Project,
        code::Code,
        facet::{Facet, FacetKind, FacetValue},
        ids::{CodeId, FacetId},
    },
};

/// The facets of a code, asked one by one.
#[derive(Debug)]
pub(super) struct Asking {
    code: CodeId,
    stays: bool,
    index: usize,
    values: BTreeMap<FacetId, FacetValue>,
    typed: String,
}

/// The values of a facet that have keys, each with its words.
fn answers(facet: &Facet, language: UiLanguage) -> Vec<(FacetValue, String)> {
    let tag = language.tag();
    match &facet.kind {
        FacetKind::Category(values) => values
            .iter()
            .map(|value| {
                (
                    FacetValue::Category(value.text.clone()),
                    value.get(&tag).to_owned(),
                )
            })
            .collect(),
        FacetKind::YesNo => [(true, strings::YES), (false, strings::NO)]
            .map(|(value, text)| (FacetValue::YesNo(value), language.say(text).to_owned()))
            .into(),
        FacetKind::Intensity => [10u8, 20, 30, 40, 50, 60, 70, 80, 90]
            .map(|value| (FacetValue::Intensity(value), value.to_string()))
            .into(),
        FacetKind::Text => Vec::new(),
    }
}

/// The key of the answer of this number: 1 to 9, then letters.
fn key_of(index: usize) -> Option<char> {
    "123456789abcdefghijklmnopqrstuvwxyz".chars().nth(index)
}

impl Asking {
    pub(super) fn new(code: CodeId, stays: bool) -> Self {
        Self {
            code,
            stays,
            index: 0,
            values: BTreeMap::new(),
            typed: String::new(),
        }
    }

    fn done(&self) -> PaletteChoice {
        PaletteChoice::Faceted(self.code, self.values.clone(), self.stays)
    }

    /// Takes an answer and moves on to the next facet; after the last one returns the result.
    fn answer(
        &mut self,
        code: &Code,
        facet: FacetId,
        value: Option<FacetValue>,
    ) -> Option<PaletteChoice> {
        match value {
            Some(value) => drop(self.values.insert(facet, value)),
            None => drop(self.values.remove(&facet)),
        }
        self.typed.clear();
        self.index += 1;
        (self.index >= code.facets.len()).then(|| self.done())
    }

    /// Keys: the answers' own, Space goes on without an answer, Backspace goes back, Enter is done.
    pub(super) fn keys(&mut self, ctx: &Context, project: &Project) -> Option<PaletteChoice> {
        let code = project.codebook.get(self.code)?;
        let Some(facet) = code.facets.get(self.index) else {
            return Some(self.done());
        };
        if facet.kind == FacetKind::Text {
            let entered = ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
            return if entered {
                self.answer(code, facet.id, facet.kind.parse(&self.typed))
            } else {
                None
            };
        }
        if ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter)) {
            return Some(self.done());
        }
        if ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Backspace)) {
            self.index = self.index.saturating_sub(1);
            return None;
        }
        let typed: Vec<char> = ctx.input_mut(|input| {
            let mut typed = Vec::new();
            input.events.retain(|event| match event {
                egui::Event::Text(text) => {
                    typed.extend(text.chars().next());
                    false
                }
                _ => true,
            });
            typed
        });
        let values = answers(facet, UiLanguage::English);
        for letter in typed {
            if letter == ' ' {
                return self.answer(code, facet.id, None);
            }
            let index =
                (0..values.len()).find(|index| key_of(*index) == Some(letter.to_ascii_lowercase()));
            if let Some((value, _)) = index.and_then(|index| values.get(index)) {
                return self.answer(code, facet.id, Some(value.clone()));
            }
        }
        None
    }

    /// Gives the keyboard to the question: letters are answers, not text of a field, and a screen reader reads what is asked.
    fn take_keyboard(&self, ui: &Ui, choice: &Choice<'_>, code: &Code, facet: &Facet, fresh: bool) {
        let language = choice.language;
        let tag = language.tag();
        let id = Id::unique(("question", self.code, self.index));
        let question = ui.interact(ui.max_rect(), id, Sense::focusable_noninteractive());
        let asks = strings::labelled(language, code.name.get(&tag), facet.name.get(&tag));
        question.widget_info(|| WidgetInfo::labeled(Role::RadioGroup, true, &asks));
        let keyed = answers(facet, language).into_iter().enumerate();
        let keyed =
            keyed.filter_map(|(index, (_, words))| Some(format!("{} {words}", key_of(index)?)));
        let keyed: Vec<String> = keyed.collect();
        ui.ctx().accesskit_node_builder(id, |node| {
            node.set_description(keyed.join(language.say(SEMICOLON)));
        });
        if fresh || ui.memory(|memory| memory.focused().is_none()) {
            question.request_focus();
        }
    }

    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        choice: &Choice<'_>,
        fresh: bool,
    ) -> Option<PaletteChoice> {
        let language = choice.language;
        let tag = language.tag();
        let code = choice.project.codebook.get(self.code)?;
        let facet = code.facets.get(self.index)?;
        if facet.kind != FacetKind::Text {
            self.take_keyboard(ui, choice, code, facet, fresh);
        }
        ui.horizontal(|ui| {
            chip(ui, colors_of(ui.visuals()).code(code.hue));
            ui.label(strong(code.name.get(&tag)));
            ui.label(small(
                ui,
                format!(
                    "{} · {}/{}",
                    facet.name.get(&tag),
                    self.index + 1,
                    code.facets.len()
                ),
            ));
        });
        ui.add_space(4.0);
        let mut picked = None;
        if facet.kind == FacetKind::Text {
            let field = ui.add(
                TextEdit::singleline(&mut self.typed)
                    .hint_text(facet.name.get(&tag))
                    .desired_width(WIDTH),
            );
            field.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, facet.name.get(&tag)));
            field.request_focus();
        }
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            for (index, (value, words)) in answers(facet, language).into_iter().enumerate() {
                let chosen = self.values.get(&facet.id) == Some(&value);
                if answer_ui(ui, &words, key_of(index), chosen) {
                    picked = self.answer(code, facet.id, Some(value)).or(picked.take());
                    break;
                }
            }
        });
        hint_ui(ui, language, strings::FACET_KEYS);
        picked
    }
}

fn answer_ui(ui: &mut Ui, words: &str, key: Option<char>, chosen: bool) -> bool {
    let colors = colors_of(ui.visuals());
    let (rect, response) = list_row(ui, Vec2::new(WIDTH, 26.0), chosen, 6.0);
    if let Some(key) = key {
        ui.painter().text(
            rect.left_center() + Vec2::new(14.0, 0.0),
            Align2::CENTER_CENTER,
            key,
            theme::medium(12.0),
            colors.accent,
        );
    }
    ui.painter().text(
        rect.left_center() + Vec2::new(30.0, 0.0),
        Align2::LEFT_CENTER,
        words,
        theme::regular(13.0),
        colors.ink,
    );
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, chosen, words));
    response.clicked()
}
