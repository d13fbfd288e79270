//! Dialogs that ask before codes are merged, recoded, split or removed, and preview the effect.

use egui::{Align, Context, Id, Key, Layout, Modifiers, RichText, Role, TextEdit, Ui, WidgetInfo};

use super::pick::CodePick;
use crate::{
    app::{
        action::Action,
        edit::codebook_merge::{MergePreview, merge_preview},
    },
    gui::{
        context::Cx,
        strings,
        theme::{self, small},
        widgets::{buttons, dialog},
    },
    model::{
        Project,
        ids::{CodeId, CodingId, DocumentId},
    },
};

/// Codings, each with the document that contains it.
type Codings = Vec<(DocumentId, CodingId)>;

/// A question about codes.
#[derive(Debug)]
pub(super) enum Question {
    /// Asks which code the chosen codes are merged into.
    Merge {
        /// The chosen codes; one of them may be the one that stays.
        codes: Vec<CodeId>,
        pick: CodePick,
        /// The last preview, with the target code and the revision that it is for.
        preview: Option<((CodeId, u64), MergePreview)>,
    },
    /// Asks which code replaces the present one of the codings.
    Recode { codings: Codings, pick: CodePick },
    /// Asks for the name of a new code that takes over the codings.
    Split {
        /// The code that has the codings now; the new one becomes its sibling.
        code: CodeId,
        codings: Codings,
        name: String,
        /// True once the field has been given the keyboard.
        begun: bool,
    },
}

/// The state of a question at the end of a frame.
enum Answer {
    Open,
    Cancelled,
    Action(Action),
}

impl Question {
    /// Asks which code the chosen codes are merged into; `into` is the beginning of its name.
    pub(super) fn merge(codes: Vec<CodeId>, into: &str) -> Self {
        Self::Merge {
            codes,
            pick: CodePick::searching(into),
            preview: None,
        }
    }

    /// Asks which code replaces the present one of the codings.
    pub(super) fn recode(codings: Codings) -> Self {
        Self::Recode {
            codings,
            pick: CodePick::default(),
        }
    }

    /// Asks for the name of a new code that takes over the codings.
    pub(super) fn split(code: CodeId, codings: Codings) -> Self {
        Self::Split {
            code,
            codings,
            name: String::new(),
            begun: false,
        }
    }

    /// What is asked.
    fn title(&self, cx: &Cx<'_>) -> String {
        match self {
            Self::Merge { codes, .. } => strings::merge_title(cx.language, &cx.code_names(codes)),
            Self::Recode { codings, .. } => strings::recode_title(cx.language, codings.len()),
            Self::Split { code, codings, .. } => {
                let name = cx.code_names(&[*code]);
                strings::split_title(cx.language, codings.len(), &name)
            }
        }
    }

    /// Shows the dialog; returns true once it is answered or dismissed.
    pub(super) fn ui(&mut self, ctx: &Context, cx: &mut Cx<'_>) -> bool {
        let title = self.title(cx);
        let shows = dialog::question(ctx, "question about codes", &title, |ui| {
            ui.set_width(420.0);
            match self {
                Self::Merge {
                    codes,
                    pick,
                    preview,
                } => merge_ui(ui, cx, codes, pick, preview),
                Self::Recode { codings, pick } => recode_ui(ui, cx, codings, pick),
                Self::Split {
                    code,
                    codings,
                    name,
                    begun,
                } => split_ui(ui, cx, *code, codings, name, begun),
            }
        });
        let dismissed = shows.should_close();
        match shows.inner {
            Answer::Action(action) => {
                cx.edit(action);
                true
            }
            Answer::Cancelled => true,
            Answer::Open => dismissed,
        }
    }
}

/// The buttons at the foot, with their answer; Enter is the answer that the dialog is for.
fn buttons_ui(ui: &mut Ui, cx: &Cx<'_>, does: &str, enabled: bool) -> Option<bool> {
    ui.add_space(14.0);
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        let primary = ui
            .add_enabled_ui(enabled, |ui| buttons::primary(ui, does))
            .inner;
        let cancel = ui.button(cx.language.say(strings::CANCEL));
        let entered =
            enabled && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
        if cancel.clicked() {
            Some(false)
        } else {
            (primary.clicked() || entered).then_some(true)
        }
    })
    .inner
}

fn answer(pressed: Option<bool>, action: impl FnOnce() -> Option<Action>) -> Answer {
    match pressed {
        Some(true) => action().map_or(Answer::Open, Answer::Action),
        Some(false) => Answer::Cancelled,
        None => Answer::Open,
    }
}

fn merge_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    codes: &[CodeId],
    pick: &mut CodePick,
    preview: &mut Option<((CodeId, u64), MergePreview)>,
) -> Answer {
    pick.ui(ui, cx, codes, |into| can_merge(cx.project, codes, into));
    ui.add_space(10.0);
    let into = pick.chosen();
    if let Some(into) = into {
        let key = (into, cx.revision);
        if preview.as_ref().is_none_or(|(of, _)| *of != key) {
            *preview = merge_preview(cx.project, &merged(codes, into), into)
                .ok()
                .map(|preview| (key, preview));
        }
        if let Some((_, preview)) = preview {
            preview_ui(ui, cx, &merged(codes, into), into, preview);
        }
    } else {
        ui.label(small(ui, cx.language.say(strings::CHOOSE_WHAT_STAYS)));
    }
    let pressed = buttons_ui(ui, cx, cx.language.say(strings::MERGE), into.is_some());
    answer(pressed, || {
        into.map(|into| Action::MergeCodes {
            codes: merged(codes, into),
            into,
        })
    })
}

/// The codes that disappear in a merge: all chosen ones but the target, which may be among them.
fn merged(codes: &[CodeId], into: CodeId) -> Vec<CodeId> {
    codes.iter().copied().filter(|code| *code != into).collect()
}

/// Returns true if there is something to merge and the target isn't below any of it.
fn can_merge(project: &Project, codes: &[CodeId], into: CodeId) -> bool {
    let merged = merged(codes, into);
    !merged.is_empty()
        && !merged
            .iter()
            .any(|code| project.codebook.would_cycle(*code, Some(into)))
}

/// Lists how many things of each kind the merge moves.
fn preview_ui(ui: &mut Ui, cx: &Cx<'_>, merged: &[CodeId], into: CodeId, preview: &MergePreview) {
    let language = cx.language;
    ui.label(theme::strong(strings::merge_sentence(
        language,
        &cx.code_names(merged),
        &cx.code_names(&[into]),
    )));
    ui.add_space(4.0);
    let MergePreview {
        codings,
        documents,
        duplicates,
        subcodes,
        memos,
        links,
        indicators,
        examples,
    } = *preview;
    let rows = [
        (
            strings::MERGED_CODINGS,
            codings,
            Some(strings::in_documents(language, documents)).filter(|_| documents > 0),
        ),
        (strings::FALL_TOGETHER, duplicates, None),
        (strings::SUBCODES_MOVE, subcodes, None),
        (strings::MERGED_MEMOS, memos, None),
        (strings::MERGED_LINKS, links, None),
        (strings::MERGED_INDICATORS, indicators, None),
        (strings::MERGED_EXAMPLES, examples, None),
    ];
    ui.spacing_mut().interact_size.y = 20.0;
    egui::Grid::new("what merges")
        .num_columns(3)
        .spacing([12.0, 2.0])
        .show(ui, |ui| {
            for (text, n, note) in rows
                .into_iter()
                .filter(|(text, n, _)| *n > 0 || *text == strings::MERGED_CODINGS)
            {
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    ui.set_min_width(44.0);
                    ui.label(
                        RichText::new(crate::gui::strings::grouped(n)).font(theme::medium(13.0)),
                    );
                });
                ui.label(text.count("n", n).say(language));
                ui.label(small(ui, note.unwrap_or_default()));
                ui.end_row();
            }
        });
    ui.add_space(4.0);
    ui.label(small(ui, language.say(strings::NOTHING_IS_LOST)));
}

fn recode_ui(ui: &mut Ui, cx: &Cx<'_>, codings: &Codings, pick: &mut CodePick) -> Answer {
    pick.ui(ui, cx, &[], |_| true);
    let into = pick.chosen();
    let pressed = buttons_ui(ui, cx, cx.language.say(strings::RECODE), into.is_some());
    answer(pressed, || {
        into.map(|into| Action::RecodeCodings(codings.clone(), into))
    })
}

fn split_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    code: CodeId,
    codings: &Codings,
    name: &mut String,
    begun: &mut bool,
) -> Answer {
    let field = TextEdit::singleline(name)
        .id(Id::unique("split name"))
        .hint_text(cx.language.say(strings::CODE_NAME));
    let response = ui.add(field.desired_width(f32::INFINITY));
    response.widget_info(|| {
        WidgetInfo::labeled(Role::TextInput, true, cx.language.say(strings::CODE_NAME))
    });
    if !*begun {
        response.request_focus();
        *begun = true;
    }
    ui.add_space(4.0);
    ui.label(small(ui, cx.language.say(strings::SPLIT_HINT)));
    let pressed = buttons_ui(
        ui,
        cx,
        cx.language.say(strings::SPLIT_OFF),
        !name.trim().is_empty(),
    );
    answer(pressed, || {
        Some(Action::SplitCode {
            code,
            name: name.trim().to_owned(),
            codings: codings.clone(),
        })
    })
}
