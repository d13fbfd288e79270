//! Writing: the title, kind and text of a memo, new or old.

use egui::{Key, Modifiers, TextEdit, Ui};

use super::view::{kind_name, place};
use crate::{
    app::action::Action,
    gui::{context::Cx, strings, theme::small, widgets::buttons},
    model::{
        ids::MemoId,
        memo::{Anchor, Memo, MemoKind},
    },
};

/// A memo being written.
#[derive(Debug, Clone)]
pub(in crate::gui) struct Writer {
    /// The memo, if it is there already.
    memo: Option<MemoId>,
    anchor: Anchor,
    kind: MemoKind,
    title: String,
    body: String,
    begun: bool,
}

impl Writer {
    /// A new memo on something.
    pub(in crate::gui) fn new(anchor: Anchor) -> Self {
        Self {
            memo: None,
            anchor,
            kind: MemoKind::Analytic,
            title: String::new(),
            body: String::new(),
            begun: false,
        }
    }

    /// A memo that is there.
    pub(super) fn of(memo: &Memo) -> Self {
        let Memo {
            id,
            title,
            body,
            kind,
            anchor,
            coder: _,
        } = memo.clone();
        Self {
            memo: Some(id),
            anchor,
            kind,
            title,
            body,
            begun: false,
        }
    }

    /// Shows the fields; returns false once the memo is saved or given up.
    pub(in crate::gui) fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) -> bool {
        ui.label(small(
            ui,
            format!(
                "{} {}",
                cx.language.say(strings::MEMO_ON),
                place(cx.project, self.anchor, cx.language)
            ),
        ));
        ui.add_space(6.0);
        let kinds = [MemoKind::Analytic, MemoKind::Method, MemoKind::Reflexive]
            .map(|kind| (kind, cx.language.say(kind_name(kind))));
        buttons::segmented(ui, &mut self.kind, &kinds);
        ui.add_space(8.0);
        let label = ui.label(small(ui, cx.language.say(strings::MEMO_TITLE)));
        ui.add(TextEdit::singleline(&mut self.title).desired_width(f32::INFINITY))
            .labelled_by(label.id);
        ui.add_space(6.0);
        let label = ui.label(small(ui, cx.language.say(strings::MEMO_WORDS)));
        let body = ui
            .add(
                TextEdit::multiline(&mut self.body)
                    .desired_rows(8)
                    .desired_width(f32::INFINITY),
            )
            .labelled_by(label.id);
        if !std::mem::replace(&mut self.begun, true) {
            body.request_focus();
        }
        ui.add_space(8.0);
        let (mut saves, mut leaves) = (false, false);
        ui.horizontal(|ui| {
            let blank = self.title.trim().is_empty() && self.body.trim().is_empty();
            saves = ui
                .add_enabled_ui(!blank, |ui| {
                    buttons::primary(ui, cx.language.say(strings::SAVE)).clicked()
                })
                .inner;
            saves |=
                !blank && ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter));
            leaves = ui.button(cx.language.say(strings::CANCEL)).clicked()
                || ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
            ui.label(small(ui, cx.language.say(strings::MEMO_KEYS)));
        });
        if saves {
            cx.edit(self.action());
        }
        !saves && !leaves
    }

    fn action(&self) -> Action {
        let (title, body, kind) = (self.title.trim().to_owned(), self.body.clone(), self.kind);
        match self.memo {
            Some(memo) => Action::SetMemo {
                memo,
                kind,
                title,
                body,
            },
            None => Action::AddMemo {
                anchor: self.anchor,
                kind,
                title,
                body,
            },
        }
    }
}
