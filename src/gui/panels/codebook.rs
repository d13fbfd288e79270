//! The codebook as a tree with counts, and the editor of a code.

use std::collections::{BTreeMap, BTreeSet};

use egui::{Align2, Context, Key, RichText, Role, ScrollArea, TextEdit, Ui, Vec2, WidgetInfo, Window};

use super::documents::{elided, row_ui};
use crate::{
    analysis::tally::Tally,
    app::{action::Action, sample},
    gui::{
        dialogs::Purpose,
        icons,
        request::{DeskRequest, Request},
        strings::{Text, Tongue},
        theme::{self, palette, section},
        widgets::buttons,
    },
    model::{
        Project,
        code::{Code, HUES, Hue, Indicator},
        ids::{CodeId, DocumentId},
        localized::{Language, Localized},
        text::TextRange,
    },
};

/// What the panel remembers.
#[derive(Debug, Default)]
pub(in crate::gui) struct CodebookPanel {
    folded: BTreeSet<CodeId>,
    new: Option<NewCode>,
    editing: Option<Editing>,
}

/// A code about to be named.
#[derive(Debug)]
struct NewCode {
    parent: Option<CodeId>,
    name: String,
}

/// A code in the editor, as text.
#[derive(Debug)]
struct Editing {
    code: Code,
    indicators: String,
}

impl CodebookPanel {
    pub(in crate::gui) fn ui(
        &mut self,
        ui: &mut Ui,
        project: &Project,
        tally: &Tally,
        tongue: Tongue,
        selection: Option<(DocumentId, TextRange)>,
        requests: &mut Vec<Request>,
    ) {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            ui.add_space(16.0);
            ui.label(section(ui, tongue.say(Text::Codebook)));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                ui.add_space(8.0);
                if buttons::quiet(ui, icons::PLUS, tongue.say(Text::AddCode)).clicked() {
                    self.new = Some(NewCode { parent: None, name: String::new() });
                }
                if buttons::quiet(ui, icons::UPLOAD, tongue.say(Text::ImportCodebook)).clicked() {
                    requests.push(Request::Ask(Purpose::Codebook));
                }
                ui.label(theme::small(ui, project.codebook.codes.len().to_string()));
            });
        });
        self.new_ui(ui, None, tongue, requests);
        if project.codebook.codes.is_empty() {
            starters_ui(ui, tongue, requests);
            return;
        }
        ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
            let mut folded_below: Option<usize> = None;
            for (depth, code) in project.codebook.in_order() {
                if folded_below.is_some_and(|level| depth > level) {
                    continue;
                }
                folded_below = self.folded.contains(&code.id).then_some(depth);
                let has_children = project.codebook.codes.values().any(|other| other.place.parent == Some(code.id));
                let count = tally.with_subcodes(code.id);
                self.code_ui(ui, code, (depth, has_children, count), tongue, selection, requests);
                self.new_ui(ui, Some(code.id), tongue, requests);
            }
        });
    }

    fn code_ui(
        &mut self,
        ui: &mut Ui,
        code: &Code,
        (depth, has_children, count): (usize, bool, usize),
        tongue: Tongue,
        selection: Option<(DocumentId, TextRange)>,
        requests: &mut Vec<Request>,
    ) {
        let (rect, response) = row_ui(ui, self.editing.as_ref().is_some_and(|editing| editing.code.id == code.id));
        let colors = palette(ui.visuals());
        #[expect(clippy::cast_precision_loss, reason = "the depth of a tree of codes")]
        let left = rect.left() + 14.0 + depth as f32 * 16.0;
        if has_children {
            let caret = if self.folded.contains(&code.id) { icons::CARET_RIGHT } else { icons::CARET_DOWN };
            ui.painter().text(egui::pos2(left, rect.center().y), Align2::LEFT_CENTER, caret, theme::regular(10.0), colors.ink_2);
        }
        let chip = egui::Rect::from_center_size(egui::pos2(left + 22.0, rect.center().y), Vec2::splat(9.0));
        ui.painter().rect_filled(chip, 3.0, colors.code(code.hue));
        let name = code.name.get(&tongue.language());
        let font = if has_children { theme::medium(13.0) } else { theme::regular(13.0) };
        elided(ui, left + 34.0, rect.right() - 52.0, rect.center().y, RichText::new(name).font(font).color(colors.ink));
        let at = rect.right_center() - Vec2::new(16.0, 0.0);
        ui.painter().text(at, Align2::RIGHT_CENTER, count, theme::regular(12.0), colors.ink_2);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
        let response = if code.definition.is_empty() { response } else { response.on_hover_text(code.definition.get(&tongue.language())) };
        response.context_menu(|ui| self.menu_ui(ui, code, tongue, requests));
        if !response.clicked() {
            return;
        }
        let on_caret = response.interact_pointer_pos().is_some_and(|at| at.x < left + 14.0);
        if has_children && on_caret {
            if !self.folded.remove(&code.id) {
                self.folded.insert(code.id);
            }
        } else if let Some((document, range)) = selection {
            requests.push(Request::act(Action::ApplyCode { document, range, code: code.id, facets: BTreeMap::new() }));
        } else {
            self.edit(code);
        }
    }

    fn menu_ui(&mut self, ui: &mut Ui, code: &Code, tongue: Tongue, requests: &mut Vec<Request>) {
        if ui.button(format!("{} {}", icons::PENCIL, tongue.say(Text::EditCode))).clicked() {
            self.edit(code);
            ui.close();
        }
        if ui.button(format!("{} {}", icons::PLUS, tongue.say(Text::AddSubcode))).clicked() {
            self.new = Some(NewCode { parent: Some(code.id), name: String::new() });
            self.folded.remove(&code.id);
            ui.close();
        }
        if ui.button(format!("{} {}", icons::TRASH, tongue.say(Text::RemoveCode))).clicked() {
            requests.push(Request::act(Action::RemoveCodes(vec![code.id])));
            ui.close();
        }
    }

    /// The line to name a new code in, below its parent.
    fn new_ui(&mut self, ui: &mut Ui, parent: Option<CodeId>, tongue: Tongue, requests: &mut Vec<Request>) {
        let Some(new) = self.new.as_mut().filter(|new| new.parent == parent) else { return };
        let mut done = false;
        ui.horizontal(|ui| {
            ui.add_space(32.0);
            let field = TextEdit::singleline(&mut new.name).hint_text(tongue.say(Text::CodeName)).desired_width(150.0);
            let response = ui.add(field);
            response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, tongue.say(Text::CodeName)));
            let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            if ui.button(tongue.say(Text::Create)).clicked() || entered {
                requests.push(Request::act(Action::AddCode { parent, name: new.name.clone() }));
                done = true;
            } else if ui.input(|input| input.key_pressed(Key::Escape)) {
                done = true;
            } else if !entered && new.name.is_empty() {
                response.request_focus();
            }
        });
        if done {
            self.new = None;
        }
    }

    fn edit(&mut self, code: &Code) {
        let lines: Vec<String> =
            code.indicators.iter().map(|indicator| format!("{}: {}", indicator.language, indicator.expression)).collect();
        self.editing = Some(Editing { code: code.clone(), indicators: lines.join("\n") });
    }

    /// The editor of a code, in a window of its own.
    pub(in crate::gui) fn editor_ui(&mut self, ctx: &Context, project: &Project, tongue: Tongue, requests: &mut Vec<Request>) {
        let Some(editing) = &mut self.editing else { return };
        if project.codebook.get(editing.code.id).is_none() {
            self.editing = None;
            return;
        }
        let (mut stays, mut done) = (true, false);
        let title = project.codebook.path_in(editing.code.id, &tongue.language());
        let window =
            Window::new(title).id(egui::Id::unique("code editor")).collapsible(false).default_width(460.0).default_pos([300.0, 120.0]);
        window.open(&mut stays).show(ctx, |ui| {
            fields_ui(ui, editing, tongue);
            ui.add_space(8.0);
            ui.horizontal(|ui| {
                if buttons::primary(ui, tongue.say(Text::Save)).clicked() {
                    editing.code.indicators = read_indicators(&editing.indicators);
                    requests.push(Request::act(Action::SetCode(Box::new(editing.code.clone()))));
                    done = true;
                }
                done |= ui.button(tongue.say(Text::Cancel)).clicked();
            });
        });
        if done || !stays {
            self.editing = None;
        }
    }
}

fn fields_ui(ui: &mut Ui, editing: &mut Editing, tongue: Tongue) {
    let code = &mut editing.code;
    let other = if tongue == Tongue::English { Language::ZH } else { Language::EN };
    line_ui(ui, tongue.say(Text::CodeName), &mut code.name.text);
    let key = if code.name.translations.contains_key(&other) { other } else { Language::ZH };
    line_ui(ui, &format!("{} ({key})", tongue.say(Text::Translation)), code.name.translations.entry(key).or_default());
    for (label, text) in
        [(Text::Definition, &mut code.definition), (Text::ApplyWhen, &mut code.apply_when), (Text::NotWhen, &mut code.not_when)]
    {
        lines_ui(ui, tongue.say(label), slot(text, tongue), 2);
    }
    lines_ui(ui, tongue.say(Text::Indicators), &mut editing.indicators, 3);
    ui.label(theme::small(ui, tongue.say(Text::Colour)));
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        for number in 0..HUES {
            let hue = Hue::new(number);
            let (rect, response) = ui.allocate_exact_size(Vec2::splat(20.0), egui::Sense::click());
            let colors = palette(ui.visuals());
            ui.painter().rect_filled(rect.shrink(2.0), 4.0, colors.code(hue));
            if code.hue == hue {
                ui.painter().rect_stroke(rect, 5.0, egui::Stroke::new(2.0, colors.ink), egui::StrokeKind::Inside);
            }
            response.widget_info(|| {
                WidgetInfo::selected(Role::RadioButton, true, code.hue == hue, format!("{} {number}", tongue.say(Text::Colour)))
            });
            if response.clicked() {
                code.hue = hue;
            }
        }
    });
}

/// The text in the window's language where there is one, else the main text.
fn slot(text: &mut Localized, tongue: Tongue) -> &mut String {
    let language = tongue.language();
    if text.translations.contains_key(&language) { text.translations.entry(language).or_default() } else { &mut text.text }
}

fn line_ui(ui: &mut Ui, label: &str, text: &mut String) {
    let label = ui.label(theme::small(ui, label));
    ui.add(TextEdit::singleline(text).desired_width(f32::INFINITY)).labelled_by(label.id);
}

fn lines_ui(ui: &mut Ui, label: &str, text: &mut String, rows: usize) {
    let label = ui.label(theme::small(ui, label));
    ui.add(TextEdit::multiline(text).desired_rows(rows).desired_width(f32::INFINITY)).labelled_by(label.id);
}

/// `zh: 自信` a line; without a language, English.
fn read_indicators(text: &str) -> Vec<Indicator> {
    let line = |line: &str| match line.split_once(':') {
        Some((tag, rest)) if tag.len() <= 3 && !tag.is_empty() => {
            Indicator { language: Language(tag.trim().to_owned().into()), expression: rest.trim().to_owned() }
        }
        _ => Indicator { language: Language::EN, expression: line.trim().to_owned() },
    };
    text.lines().filter(|text| !text.trim().is_empty()).map(line).collect()
}

fn starters_ui(ui: &mut Ui, tongue: Tongue, requests: &mut Vec<Request>) {
    ui.horizontal(|ui| {
        ui.add_space(16.0);
        ui.vertical(|ui| {
            buttons::empty(ui, tongue.say(Text::NoCodes));
            ui.add_space(8.0);
            for (name, _) in sample::codebooks() {
                if buttons::word(ui, name.trim_end_matches(".ron")).clicked() {
                    requests.push(Request::Desk(DeskRequest::TakeStarter(name)));
                }
            }
        });
    });
}
