//! Names typed in the tree: a new code's, and another for an old one.

use egui::{Id, Key, Rect, Role, TextEdit, Ui, UiBuilder, WidgetInfo};

use crate::{
    gui::{
        context::Cx,
        strings::{self, UiLanguage},
    },
    model::{code::Code, ids::CodeId},
};

/// A code about to be named.
#[derive(Debug, Default)]
pub(super) struct NewCode {
    /// Below which.
    pub(super) parent: Option<CodeId>,
    name: String,
    /// Whether the field has had the keyboard.
    begun: bool,
}

impl NewCode {
    /// Below a code, or at the top.
    pub(super) fn below(parent: Option<CodeId>) -> Self {
        Self {
            parent,
            ..Self::default()
        }
    }
}

/// A code being named anew.
#[derive(Debug)]
pub(super) struct Renaming {
    /// Which.
    pub(super) code: CodeId,
    name: String,
    begun: bool,
}

impl Renaming {
    /// Begins with the name in the window's language.
    pub(super) fn new(code: &Code, language: UiLanguage) -> Self {
        Self {
            code: code.id,
            name: code.name.get(&language.tag()).to_owned(),
            begun: false,
        }
    }
}

/// What came of a field.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Named {
    /// A new code.
    New(Option<CodeId>, String),
    /// Another name.
    Renamed(Box<Code>),
    /// Nothing after all.
    Left,
}

/// The field for a new code's name.
pub(super) fn new_ui(
    ui: &mut Ui,
    rect: Rect,
    new: &mut NewCode,
    language: UiLanguage,
) -> Option<Named> {
    let mut named = None;
    ui.scope_builder(
        UiBuilder::new()
            .max_rect(rect)
            .layout(egui::Layout::right_to_left(egui::Align::Center)),
        |ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            let created = ui.button(language.say(strings::CREATE)).clicked();
            let done = field_ui(ui, &mut new.name, &mut new.begun, language);
            let name = || (!new.name.trim().is_empty()).then(|| new.name.clone());
            named = match done {
                _ if created => name().map(|name| Named::New(new.parent, name)),
                Some(Done::Entered) => {
                    Some(name().map_or(Named::Left, |name| Named::New(new.parent, name)))
                }
                Some(Done::Left) => Some(Named::Left),
                // The button beside it takes the keyboard away as well.
                Some(Done::Elsewhere) | None => None,
            };
        },
    );
    named
}

/// The field for another name, in place of the old one.
pub(super) fn renaming_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    rect: Rect,
    renaming: &mut Renaming,
) -> Option<Named> {
    let field = UiBuilder::new()
        .max_rect(rect)
        .layout(egui::Layout::left_to_right(egui::Align::Center));
    let done = ui
        .scope_builder(field, |ui| {
            field_ui(ui, &mut renaming.name, &mut renaming.begun, cx.language)
        })
        .inner?;
    let code = cx.project.codebook.get(renaming.code)?;
    let name = renaming.name.trim();
    let tag = cx.language.tag();
    if done == Done::Left || name.is_empty() || name == code.name.get(&tag) {
        return Some(Named::Left);
    }
    let mut new = Code::clone(code);
    match new
        .name
        .translations
        .get_mut(&tag)
        .filter(|text| !text.is_empty())
    {
        Some(translation) => name.clone_into(translation),
        None => name.clone_into(&mut new.name.text),
    }
    Some(Named::Renamed(Box::new(new)))
}

/// How a field was left.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Done {
    /// By Enter.
    Entered,
    /// By Escape.
    Left,
    /// By a click elsewhere.
    Elsewhere,
}

fn field_ui(
    ui: &mut Ui,
    name: &mut String,
    begun: &mut bool,
    language: UiLanguage,
) -> Option<Done> {
    let field = TextEdit::singleline(name)
        .id(Id::unique("name of a code"))
        .hint_text(language.say(strings::CODE_NAME))
        .desired_width(ui.available_width());
    let response = ui.add(field);
    response.widget_info(|| {
        WidgetInfo::labeled(Role::TextInput, true, language.say(strings::CODE_NAME))
    });
    if !*begun {
        response.request_focus();
        *begun = true;
        return None;
    }
    let pressed = |key: Key| ui.input(|input| input.key_pressed(key));
    match () {
        () if pressed(Key::Escape) => Some(Done::Left),
        () if response.lost_focus() && pressed(Key::Enter) => Some(Done::Entered),
        () if response.lost_focus() => Some(Done::Elsewhere),
        () => None,
    }
}
