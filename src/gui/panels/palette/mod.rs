//! The code palette at the selection: type a few letters, Enter applies.
//!
//! It asks in up to three stages, never in a dialog: which codes, what a new code is, and what the code's facets are.

mod about;
mod facets;
mod new_code;
mod options;

use std::collections::{BTreeMap, BTreeSet};

use egui::{Area, Context, Frame, Id, Key, Modifiers, Order, Rect, Role, Ui, pos2};

use crate::{
    app::fuzzy::PickList,
    gui::{
        command::Command,
        key_names::with_keys,
        strings::{self, Text, UiLanguage},
    },
    model::{
        Project,
        facet::FacetValue,
        ids::{CaseId, CodeId, FacetId},
    },
};
use facets::Asking;
use new_code::NewCode;
use options::Options;

const WIDTH: f32 = 372.0;
const HEIGHT: f32 = 380.0;

/// What the chosen codes are for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::gui) enum PalettePurpose {
    /// To tag the selection.
    #[default]
    Apply,
    /// To take the place of the chosen codings' code.
    Recode,
    /// To tag the passages of the chosen codings as well.
    Copy,
}

/// The open palette.
#[derive(Debug)]
pub(in crate::gui) struct CodePalette {
    pub(in crate::gui) purpose: PalettePurpose,
    /// Whom the passage is about; empty leaves it to who speaks.
    pub(in crate::gui) about: BTreeSet<CaseId>,
    stage: Stage,
    fresh: bool,
}

#[derive(Debug)]
enum Stage {
    Pick(Options),
    New(NewCode),
    Facets(Asking),
}

/// What was chosen.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::gui) enum PaletteChoice {
    /// Codes; whether the selection stays.
    Codes(Vec<CodeId>, bool),
    /// A code with the values of its facets; whether the selection stays.
    Faceted(CodeId, BTreeMap<FacetId, FacetValue>, bool),
    /// A code to be made.
    New {
        /// Below which code.
        parent: Option<CodeId>,
        /// Its name.
        name: String,
        /// What it means.
        definition: String,
    },
    /// A code becomes a favourite, or is one no more; the palette stays.
    Starred(CodeId),
    /// Nothing after all.
    Closed,
}

/// What the palette chooses from.
pub(in crate::gui) struct Choice<'a> {
    pub(in crate::gui) project: &'a Project,
    /// Whom the passage may be about, the most likely first.
    pub(in crate::gui) people: &'a [CaseId],
    pub(in crate::gui) list: &'a PickList,
    pub(in crate::gui) recent: &'a [CodeId],
    pub(in crate::gui) favourites: &'a BTreeSet<CodeId>,
    pub(in crate::gui) language: UiLanguage,
}

impl CodePalette {
    /// A palette that takes the keyboard at once.
    pub(in crate::gui) fn open(purpose: PalettePurpose) -> Self {
        Self {
            purpose,
            about: BTreeSet::new(),
            stage: Stage::Pick(Options::default()),
            fresh: true,
        }
    }

    /// A palette that asks for a new code.
    pub(in crate::gui) fn for_new_code(parent: Option<CodeId>) -> Self {
        Self {
            purpose: PalettePurpose::Apply,
            about: BTreeSet::new(),
            stage: Stage::New(NewCode::named(String::new(), parent)),
            fresh: true,
        }
    }

    /// A palette that asks for the facets of a code.
    pub(in crate::gui) fn for_facets(code: CodeId) -> Self {
        Self {
            purpose: PalettePurpose::Apply,
            about: BTreeSet::new(),
            stage: Stage::Facets(Asking::new(code, false)),
            fresh: true,
        }
    }

    /// Whether a text field of the palette has words in it, which copying then means.
    pub(in crate::gui) fn is_blank(&self) -> bool {
        matches!(&self.stage, Stage::Pick(options) if options.query.is_empty())
    }

    /// Shows the palette below the selection, or above where there is no room.
    pub(in crate::gui) fn ui(
        &mut self,
        ctx: &Context,
        choice: &Choice<'_>,
        at: Rect,
    ) -> Option<PaletteChoice> {
        let mut picked = self.keys(ctx, choice);
        let space = ctx.content_rect();
        let y = if at.bottom() + HEIGHT < space.bottom() {
            at.bottom() + 6.0
        } else {
            (at.top() - HEIGHT).max(space.top() + 8.0)
        };
        let x = at
            .center()
            .x
            .min(space.right() - WIDTH - 24.0)
            .max(space.left() + 8.0);
        let name = strings::command(choice.language, Command::ApplyCode);
        let area = Area::new(Id::unique("code palette"))
            .role(Role::Dialog)
            .accessible_name(name.trim_end_matches('…'))
            .order(Order::Foreground)
            .fixed_pos(pos2(x, y))
            .constrain_to(space);
        let fresh = std::mem::take(&mut self.fresh);
        let shown = area.show(ctx, |ui| {
            Frame::popup(ui.style())
                .inner_margin(8)
                .corner_radius(10)
                .show(ui, |ui| {
                    ui.set_width(WIDTH);
                    let done = match &mut self.stage {
                        Stage::Pick(options) => options.ui(ui, choice, self.purpose, fresh),
                        Stage::New(new) => new.ui(ui, choice, fresh),
                        Stage::Facets(asking) => asking.ui(ui, choice, fresh),
                    };
                    if self.purpose == PalettePurpose::Apply {
                        about::ui(ui, choice, &mut self.about);
                    }
                    picked = picked.take().or(done);
                });
        });
        let pressed = |rect: Rect| {
            ctx.input(|input| {
                input.pointer.any_pressed()
                    && input
                        .pointer
                        .interact_pos()
                        .is_some_and(|at| !rect.contains(at))
            })
        };
        let elsewhere = pressed(shown.response.rect) && !egui::Popup::is_any_open(ctx);
        let picked = picked.or(elsewhere.then_some(PaletteChoice::Closed))?;
        self.next_stage(choice, picked)
    }

    /// Goes on to the next question where there is one; else gives what was chosen.
    fn next_stage(&mut self, choice: &Choice<'_>, picked: PaletteChoice) -> Option<PaletteChoice> {
        if let Stage::Pick(options) = &self.stage {
            match &picked {
                PaletteChoice::New { name, .. } if self.purpose == PalettePurpose::Apply => {
                    let parent = options
                        .present(choice)
                        .and_then(|code| choice.project.codebook.get(code))
                        .and_then(|code| code.place.parent);
                    self.stage = Stage::New(NewCode::named(name.clone(), parent));
                    self.fresh = true;
                    return None;
                }
                PaletteChoice::New { .. } => return None,
                PaletteChoice::Codes(codes, stays) if self.purpose == PalettePurpose::Apply => {
                    if let [code] = codes[..]
                        && choice
                            .project
                            .codebook
                            .get(code)
                            .is_some_and(|code| !code.facets.is_empty())
                    {
                        self.stage = Stage::Facets(Asking::new(code, *stays));
                        self.fresh = true;
                        return None;
                    }
                }
                _ => {}
            }
        }
        Some(picked)
    }

    fn keys(&mut self, ctx: &Context, choice: &Choice<'_>) -> Option<PaletteChoice> {
        if ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
            return Some(PaletteChoice::Closed);
        }
        if self.purpose == PalettePurpose::Apply {
            about::take_keys(ctx, choice, &mut self.about);
        }
        match &mut self.stage {
            Stage::Pick(options) => options.keys(ctx, choice),
            Stage::New(new) => new.keys(ctx, choice.project),
            Stage::Facets(asking) => asking.keys(ctx, choice.project),
        }
    }
}

/// The keys of a stage, in small type at its foot.
fn hint_ui(ui: &mut Ui, language: UiLanguage, text: Text) {
    ui.add_space(4.0);
    ui.label(crate::gui::theme::small(ui, with_keys(language, text)));
}
