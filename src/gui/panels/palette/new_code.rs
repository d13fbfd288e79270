//! The second stage, for a code that doesn't exist yet: its name, its parent, its definition.

use egui::{ComboBox, Context, Key, Modifiers, Role, TextEdit, Ui, WidgetInfo};

use super::{Choice, PaletteChoice, WIDTH, hint_ui};
use crate::{
    app::names::code_below,
    gui::{
        strings::{self, Text},
        theme::{palette, small, strong},
        typeset,
        widgets::buttons,
    },
    model::{Project, codebook::PATH_SEPARATOR, ids::CodeId},
};

/// A code about to be made.
#[derive(Debug, Clone, Default)]
pub(super) struct NewCode {
    name: String,
    parent: Option<CodeId>,
    definition: String,
}

impl NewCode {
    pub(super) fn named(name: String, parent: Option<CodeId>) -> Self {
        Self {
            name,
            parent,
            definition: String::new(),
        }
    }

    /// Where the code goes and what it is called; a path such as `Needs/Hope` names the code above.
    fn place(&self, project: &Project) -> Result<(Option<CodeId>, String), Text> {
        let typed = self.name.trim();
        let (parent, name) = match typed.rsplit_once(PATH_SEPARATOR) {
            Some((above, name)) => {
                let above = project.codebook.find(above);
                let above = above.map_err(|_unknown| strings::NO_SUCH_PARENT)?;
                (Some(above), name.trim())
            }
            None => (self.parent, typed),
        };
        if code_below(project, parent, name).is_some() {
            return Err(strings::CODE_NAME_TAKEN);
        }
        Ok((parent, name.to_owned()))
    }

    /// The code, once it has a name that is free.
    fn done(&self, project: &Project) -> Option<PaletteChoice> {
        let (parent, name) = self.place(project).ok()?;
        (!name.is_empty()).then(|| PaletteChoice::New {
            parent,
            name,
            definition: self.definition.trim().to_owned(),
        })
    }

    pub(super) fn keys(&mut self, ctx: &Context, project: &Project) -> Option<PaletteChoice> {
        let entered = ctx.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter));
        if entered { self.done(project) } else { None }
    }

    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        choice: &Choice<'_>,
        fresh: bool,
    ) -> Option<PaletteChoice> {
        let (language, project) = (choice.language, choice.project);
        ui.label(strong(language.say(strings::NEW_CODE_CALLED)));
        ui.add_space(4.0);
        let field = ui.add(
            TextEdit::singleline(&mut self.name)
                .hint_text(language.say(strings::CODE_NAME))
                .desired_width(WIDTH),
        );
        field.widget_info(|| {
            WidgetInfo::labeled(Role::TextInput, true, language.say(strings::CODE_NAME))
        });
        if fresh {
            field.request_focus();
        }
        let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        ui.add_space(6.0);
        ui.horizontal(|ui| {
            ui.label(small(ui, language.say(strings::BELOW)));
            let tag = language.tag();
            let present = self.parent.map_or_else(
                || language.say(strings::AT_THE_TOP).to_owned(),
                |id| project.codebook.path_in(id, &tag),
            );
            let combo = ComboBox::from_id_salt("parent of the new code")
                .width(WIDTH - 80.0)
                .selected_text(present.clone());
            let response = combo.show_ui(ui, |ui| {
                if ui
                    .selectable_label(self.parent.is_none(), language.say(strings::AT_THE_TOP))
                    .clicked()
                {
                    self.parent = None;
                }
                for (depth, code) in project.codebook.in_order() {
                    let name = format!("{}{}", "    ".repeat(depth), code.name.get(&tag));
                    if ui
                        .selectable_label(self.parent == Some(code.id), name)
                        .clicked()
                    {
                        self.parent = Some(code.id);
                    }
                }
            });
            response.response.widget_info(|| {
                WidgetInfo::labeled(
                    Role::ComboBox,
                    true,
                    format!("{} {present}", language.say(strings::BELOW)),
                )
            });
        });
        ui.add_space(6.0);
        let mut set = typeset::in_field(ui);
        let definition = TextEdit::multiline(&mut self.definition)
            .layouter(&mut set)
            .hint_text(language.say(strings::DEFINITION))
            .desired_rows(3)
            .desired_width(WIDTH);
        let definition = ui.add(definition);
        definition.widget_info(|| {
            WidgetInfo::labeled(Role::TextInput, true, language.say(strings::DEFINITION))
        });
        ui.add_space(6.0);
        let problem = self.place(project).err();
        if let Some(problem) = problem {
            let color = palette(ui.visuals()).bad;
            ui.label(small(ui, language.say(problem)).color(color));
        }
        let is_free = problem.is_none() && !self.name.trim().is_empty();
        let pressed = ui
            .add_enabled_ui(is_free, |ui| {
                buttons::primary(ui, language.say(strings::CREATE_AND_APPLY)).clicked()
            })
            .inner;
        hint_ui(ui, language, strings::NEW_CODE_KEYS);
        if pressed || entered {
            self.done(project)
        } else {
            None
        }
    }
}
