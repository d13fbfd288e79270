//! The editor of a code: every field, both languages side by side. Saving is one step.

use egui::{ComboBox, Context, Id, Role, ScrollArea, TextEdit, Ui, WidgetInfo, Window, vec2};

use super::menu::hues_ui;
use crate::{
    app::{action::Action, drafts::CodeDraft, edit::codebook::NEW_FACET},
    gui::{
        context::Cx,
        icons,
        key_names::with_keys,
        strings::{self, Text, UiLanguage},
        theme::small,
        typeset,
        widgets::{
            buttons, dialog,
            leaving::{Leaving, WritingEnd},
            outline,
        },
    },
    model::{
        Project,
        code::{Code, Indicator},
        facet::{Facet, FacetKind},
        localized::{Language, Localized},
    },
};

/// Width of the window's content.
const WIDTH: f32 = 640.0;
/// Space between the two languages.
const GAP: f32 = 12.0;

/// A code in the editor; what is a list in the code is text here.
#[derive(Debug)]
pub(super) struct Editor {
    code: Code,
    /// The project's main language, and the other column's.
    languages: [Language; 2],
    indicators: String,
    key: String,
    /// The categories of each facet, a line each.
    categories: Vec<String>,
    /// What the fields had when they were opened.
    stored: Option<CodeDraft>,
    leaving: Leaving,
}

impl Editor {
    /// Opens a code.
    pub(super) fn new(project: &Project, code: &Code) -> Self {
        let main = project.language.clone();
        let other = if main == Language::EN {
            Language::ZH
        } else {
            Language::EN
        };
        let line =
            |indicator: &Indicator| format!("{}: {}", indicator.language, indicator.expression);
        let categories = code
            .facets
            .iter()
            .map(|facet| categories_text(&facet.kind, &other))
            .collect();
        let mut editor = Self {
            indicators: code
                .indicators
                .iter()
                .map(line)
                .collect::<Vec<_>>()
                .join("\n"),
            key: code.key.map(String::from).unwrap_or_default(),
            code: code.clone(),
            languages: [main, other],
            categories,
            stored: None,
            leaving: Leaving::default(),
        };
        editor.stored = Some(editor.fields());
        editor
    }

    /// The same with what a draft has.
    #[must_use]
    pub(super) fn with(self, draft: Option<CodeDraft>) -> Self {
        let Some(draft) = draft else { return self };
        Self {
            code: draft.code,
            indicators: draft.indicators,
            key: draft.key,
            categories: draft.categories,
            ..self
        }
    }

    /// What is written and not saved.
    pub(super) fn draft(&self) -> Option<CodeDraft> {
        let fields = self.fields();
        (self.stored.as_ref() != Some(&fields)).then_some(fields)
    }

    fn fields(&self) -> CodeDraft {
        let mut code = self.code.clone();
        // A field of the other language is there, and empty, as soon as it is shown.
        tidy_texts(&mut code);
        CodeDraft {
            code,
            indicators: self.indicators.clone(),
            key: self.key.clone(),
            categories: self.categories.clone(),
        }
    }

    /// Shows the window; returns how editing ended, once it has.
    pub(super) fn ui(&mut self, ctx: &Context, cx: &mut Cx<'_>) -> Option<WritingEnd> {
        if cx.project.codebook.get(self.code.id).is_none() {
            return Some(WritingEnd::Discarded);
        }
        let mut end = None;
        let title = cx
            .project
            .codebook
            .path_in(self.code.id, &cx.language.tag())
            .replace('/', " / ");
        let window = Window::new(title.as_str())
            .id(Id::unique("code editor"))
            .resizable(false)
            .anchor(egui::Align2::CENTER_CENTER, [0.0, 0.0]);
        let stays = dialog::show(ctx, &title, window, |ui| {
            ui.set_width(WIDTH);
            let height = ui.ctx().content_rect().height() - 220.0;
            ScrollArea::vertical()
                .max_height(height.max(200.0))
                .show(ui, |ui| self.fields_ui(ui, cx.language));
            ui.add_space(10.0);
            let is_changed = self.draft().is_some();
            end = self
                .leaving
                .buttons_ui(ui, cx.language, true, is_changed, |ui| {
                    ui.label(small(ui, with_keys(cx.language, strings::SAVE_HINT)));
                });
        });
        if end == Some(WritingEnd::Saved) {
            cx.edit(Action::SetCode(Box::new(self.finished())));
        }
        end.or((!stays).then_some(WritingEnd::Left))
    }

    fn fields_ui(&mut self, ui: &mut Ui, language: UiLanguage) {
        let Self {
            code, languages, ..
        } = self;
        ui.spacing_mut().item_spacing.y = 4.0;
        let (half, left) = (column(ui), ui.cursor().left());
        ui.horizontal(|ui| {
            outline::section(ui, language_name(&languages[0]));
            ui.add_space((left + half + GAP - ui.cursor().left()).max(0.0));
            outline::section(ui, language_name(&languages[1]));
        });
        both_ui(
            ui,
            language.say(strings::CODE_NAME),
            &mut code.name,
            languages,
            1,
        );
        both_ui(
            ui,
            language.say(strings::DEFINITION),
            &mut code.definition,
            languages,
            2,
        );
        both_ui(
            ui,
            language.say(strings::APPLY_WHEN),
            &mut code.apply_when,
            languages,
            2,
        );
        both_ui(
            ui,
            language.say(strings::NOT_WHEN),
            &mut code.not_when,
            languages,
            2,
        );
        ui.add_space(6.0);
        examples_ui(ui, &mut code.examples, languages, language);
        ui.add_space(6.0);
        let label = ui.label(small(
            ui,
            format!(
                "{} · {}",
                language.say(strings::INDICATORS),
                language.say(strings::INDICATORS_HINT)
            ),
        ));
        ui.add(
            TextEdit::multiline(&mut self.indicators)
                .desired_rows(2)
                .desired_width(f32::INFINITY),
        )
        .labelled_by(label.id);
        ui.add_space(6.0);
        self.facets_ui(ui, language);
        ui.add_space(6.0);
        self.looks_ui(ui, language);
    }

    /// Colour and key.
    fn looks_ui(&mut self, ui: &mut Ui, language: UiLanguage) {
        ui.horizontal_top(|ui| {
            ui.vertical(|ui| {
                ui.label(small(ui, language.say(strings::COLOUR)));
                if let Some(hue) = hues_ui(ui, self.code.hue, language) {
                    self.code.hue = hue;
                }
            });
            ui.add_space(24.0);
            ui.vertical(|ui| {
                let label = ui.label(small(ui, language.say(strings::KEY_OF_CODE)));
                ui.add(
                    TextEdit::singleline(&mut self.key)
                        .char_limit(1)
                        .desired_width(32.0),
                )
                .labelled_by(label.id);
            });
        });
    }

    fn facets_ui(&mut self, ui: &mut Ui, language: UiLanguage) {
        ui.label(small(ui, language.say(strings::FACETS)));
        let mut removed = None;
        let other = self.languages[1].clone();
        for (number, (facet, categories)) in self
            .code
            .facets
            .iter_mut()
            .zip(&mut self.categories)
            .enumerate()
        {
            ui.push_id(("facet", number), |ui| {
                if facet_ui(ui, facet, categories, &self.languages, language) {
                    removed = Some(number);
                }
            });
        }
        if let Some(number) = removed {
            self.code.facets.remove(number);
            self.categories.remove(number);
        }
        if buttons::word_in_column(ui, language.say(strings::ADD_FACET)).clicked() {
            let facet = Facet {
                id: NEW_FACET,
                name: Localized::default(),
                kind: FacetKind::Category(Vec::new()),
            };
            self.categories.push(categories_text(&facet.kind, &other));
            self.code.facets.push(facet);
        }
    }

    /// The code as it is to be.
    fn finished(&self) -> Code {
        let mut code = self.code.clone();
        let other = &self.languages[1];
        code.indicators = read_indicators(&self.indicators);
        code.key = self.key.trim().chars().next();
        for (facet, text) in code.facets.iter_mut().zip(&self.categories) {
            if let FacetKind::Category(values) = &mut facet.kind {
                *values = read_categories(text, values, other);
            }
        }
        tidy_texts(&mut code);
        code.facets.retain(|facet| !facet.name.is_empty());
        code.examples.retain(|example| !example.is_empty());
        code
    }
}

/// Takes empty translations out of all texts of a code.
fn tidy_texts(code: &mut Code) {
    let facets = code.facets.iter_mut().map(|facet| &mut facet.name);
    [
        &mut code.name,
        &mut code.definition,
        &mut code.apply_when,
        &mut code.not_when,
    ]
    .into_iter()
    .chain(&mut code.examples)
    .chain(facets)
    .for_each(tidy);
}

/// Takes empty translations out.
fn tidy(text: &mut Localized) {
    text.translations.retain(|_, words| !words.is_empty());
}

fn language_name(tag: &Language) -> &str {
    match &*tag.0 {
        "en" => "English",
        "zh" => "中文",
        tag => tag,
    }
}

fn column(ui: &Ui) -> f32 {
    (ui.available_width().min(WIDTH) - GAP) / 2.0
}

/// The words of a text in a language: its translation, or the main text in the main language.
fn slot<'a>(text: &'a mut Localized, tag: &Language, main: &Language) -> &'a mut String {
    if tag == main && !text.translations.contains_key(tag) {
        &mut text.text
    } else {
        text.translations.entry(tag.clone()).or_default()
    }
}

/// A text in both languages side by side.
fn both_ui(ui: &mut Ui, label: &str, text: &mut Localized, languages: &[Language; 2], rows: usize) {
    ui.label(small(ui, label));
    fields_ui(ui, label, text, languages, rows);
}

fn fields_ui(
    ui: &mut Ui,
    label: &str,
    text: &mut Localized,
    languages: &[Language; 2],
    rows: usize,
) {
    let width = column(ui);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        for tag in languages {
            let words = slot(text, tag, &languages[0]);
            let field = if rows == 1 {
                TextEdit::singleline(words)
            } else {
                TextEdit::multiline(words).desired_rows(rows)
            };
            let mut set = typeset::in_field(ui);
            let field = field.layouter(&mut set).desired_width(width - 8.0);
            let response = ui.add(field.min_size(vec2(width, 0.0)));
            response.widget_info(|| {
                WidgetInfo::labeled(
                    Role::TextInput,
                    true,
                    format!("{label} ({})", language_name(tag)),
                )
            });
        }
    });
}

fn examples_ui(
    ui: &mut Ui,
    examples: &mut Vec<Localized>,
    languages: &[Language; 2],
    language: UiLanguage,
) {
    ui.label(small(ui, language.say(strings::EXAMPLES)));
    for (number, example) in examples.iter_mut().enumerate() {
        ui.push_id(("example", number), |ui| {
            fields_ui(
                ui,
                &format!("{} {}", language.say(strings::EXAMPLES), number + 1),
                example,
                languages,
                1,
            );
        });
    }
    if buttons::word_in_column(ui, language.say(strings::ADD_EXAMPLE)).clicked() {
        examples.push(Localized::default());
    }
}

/// A facet: name in both languages, kind, categories; whether it is to go.
fn facet_ui(
    ui: &mut Ui,
    facet: &mut Facet,
    categories: &mut String,
    languages: &[Language; 2],
    language: UiLanguage,
) -> bool {
    fields_ui(
        ui,
        language.say(strings::FACET_NAME),
        &mut facet.name,
        languages,
        1,
    );
    let mut removed = false;
    ui.horizontal_top(|ui| {
        let shown = language.say(kind_name(&facet.kind));
        let combo = ComboBox::from_id_salt("kind")
            .width(120.0)
            .selected_text(shown);
        let combo = combo.show_ui(ui, |ui| {
            for kind in [
                FacetKind::Category(Vec::new()),
                FacetKind::Intensity,
                FacetKind::Text,
                FacetKind::YesNo,
            ] {
                let name = kind_name(&kind);
                if ui
                    .selectable_label(kind_name(&facet.kind) == name, language.say(name))
                    .clicked()
                    && kind_name(&facet.kind) != name
                {
                    facet.kind = kind;
                }
            }
        });
        combo.response.widget_info(|| {
            WidgetInfo::labeled(Role::ComboBox, true, language.say(strings::FACET_KIND))
        });
        if let FacetKind::Category(_) = facet.kind {
            let hint = language.say(strings::CATEGORIES_HINT);
            let field = TextEdit::multiline(categories)
                .desired_rows(2)
                .hint_text(hint)
                .desired_width(ui.available_width() - 44.0);
            ui.add(field).widget_info(|| {
                WidgetInfo::labeled(
                    Role::MultilineTextInput,
                    true,
                    language.say(strings::CATEGORIES),
                )
            });
        }
        removed = buttons::quiet(ui, icons::TRASH, language.say(strings::REMOVE_FACET)).clicked();
    });
    ui.add_space(4.0);
    removed
}

fn kind_name(kind: &FacetKind) -> Text {
    match kind {
        FacetKind::Category(_) => strings::CATEGORY,
        FacetKind::Intensity => strings::INTENSITY,
        FacetKind::Text => strings::FREE_WORDS,
        FacetKind::YesNo => strings::YES_NO,
    }
}

/// `pride = 自豪`, a line for each category.
fn categories_text(kind: &FacetKind, other: &Language) -> String {
    let FacetKind::Category(values) = kind else {
        return String::new();
    };
    let line = |value: &Localized| match value.translations.get(other) {
        Some(translation) if !translation.is_empty() => format!("{} = {translation}", value.text),
        _ => value.text.clone(),
    };
    values.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The categories of such lines; translations into further languages stay.
fn read_categories(text: &str, before: &[Localized], other: &Language) -> Vec<Localized> {
    let read = |line: &str| {
        let (name, translation) = line.split_once('=').unwrap_or((line, ""));
        let known = before
            .iter()
            .find(|value| value.text == name.trim())
            .cloned();
        let mut value = known.unwrap_or_else(|| Localized::plain(name.trim()));
        value
            .translations
            .insert(other.clone(), translation.trim().to_owned());
        tidy(&mut value);
        value
    };
    text.lines()
        .map(read)
        .filter(|value| !value.text.is_empty())
        .collect()
}

/// `zh: 自信` a line; without a language, English.
fn read_indicators(text: &str) -> Vec<Indicator> {
    let line = |line: &str| match line.split_once(':') {
        Some((tag, rest)) if tag.len() <= 3 && !tag.is_empty() => Indicator {
            language: Language(tag.trim().to_owned().into()),
            expression: rest.trim().to_owned(),
        },
        _ => Indicator {
            language: Language::EN,
            expression: line.trim().to_owned(),
        },
    };
    text.lines()
        .filter(|text| !text.trim().is_empty())
        .map(line)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        code::{CodePlace, Hue},
        ids::{CodeId, FacetId},
        rank::Rank,
    };

    fn code() -> Code {
        let name = Localized {
            text: "Feeling".to_owned(),
            translations: [(Language::ZH, "感受".to_owned())].into(),
        };
        let mut code = Code::new(
            CodeId::from_u128(1),
            CodePlace {
                parent: None,
                rank: Rank::between(None, None),
            },
            name,
            Hue::new(2),
        );
        let french = Language("fr".into());
        let pride = Localized {
            text: "pride".to_owned(),
            translations: [
                (Language::ZH, "自豪".to_owned()),
                (french, "fierté".to_owned()),
            ]
            .into(),
        };
        let kind = FacetKind::Category(vec![pride, Localized::plain("shame")]);
        code.facets.push(Facet {
            id: FacetId::from_u128(3),
            name: Localized::plain("which"),
            kind,
        });
        code.indicators = vec![Indicator {
            language: Language::ZH,
            expression: "自信: 有".to_owned(),
        }];
        code.examples = vec![Localized::plain("I did it.")];
        code.key = Some('3');
        code
    }

    #[test]
    fn a_code_that_nobody_touches_stays_as_it_is() {
        for tag in [Language::EN, Language::ZH, Language("fr".into())] {
            let mut editor = Editor::new(
                &Project {
                    language: tag,
                    ..Project::default()
                },
                &code(),
            );
            for tag in editor.languages.clone() {
                slot(&mut editor.code.definition, &tag, &editor.languages[0]);
            }
            assert_eq!(editor.finished(), code());
        }
    }

    #[test]
    fn categories_keep_translations_that_are_not_shown() {
        let mut editor = Editor::new(&Project::default(), &code());
        assert_eq!(editor.categories, ["pride = 自豪\nshame"]);
        editor.categories[0] = "shame = 羞愧\n\npride = 骄傲\njoy".to_owned();
        let FacetKind::Category(values) = editor.finished().facets.remove(0).kind else {
            panic!("a category")
        };
        let names: Vec<&str> = values
            .iter()
            .map(|value| value.get(&Language::ZH))
            .collect();
        assert_eq!(names, ["羞愧", "骄傲", "joy"]);
        assert_eq!(values[1].get(&Language("fr".into())), "fierté");
    }
}
