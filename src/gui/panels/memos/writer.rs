//! Writing: the title, kind and text of a memo, new or old.

use egui::{TextEdit, Ui};

use super::view::{kind_name, place};
use crate::{
    app::{action::Action, drafts::MemoDraft},
    gui::{
        context::Cx,
        key_names::with_keys,
        strings,
        theme::small,
        typeset,
        widgets::{
            buttons,
            leaving::{Leaving, WritingEnd},
        },
    },
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
    /// The memo as it is stored, or an empty one.
    stored: (MemoKind, String, String),
    begun: bool,
    leaving: Leaving,
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
            stored: (MemoKind::Analytic, String::new(), String::new()),
            begun: false,
            leaving: Leaving::default(),
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
            stored: (kind, title.clone(), body.clone()),
            title,
            body,
            begun: false,
            leaving: Leaving::default(),
        }
    }

    /// The same with what a draft has.
    #[must_use]
    pub(in crate::gui) fn with(self, draft: Option<MemoDraft>) -> Self {
        let Some(draft) = draft else { return self };
        Self {
            kind: draft.kind,
            title: draft.title,
            body: draft.body,
            ..self
        }
    }

    /// What is written and not saved.
    pub(in crate::gui) fn draft(&self) -> Option<MemoDraft> {
        let (kind, title, body) = &self.stored;
        let is_changed = self.title != *title || self.body != *body;
        (is_changed || (self.memo.is_some() && self.kind != *kind)).then(|| MemoDraft {
            memo: self.memo,
            anchor: self.anchor,
            kind: self.kind,
            title: self.title.clone(),
            body: self.body.clone(),
        })
    }

    /// Shows the fields; returns how writing ended, once it has.
    pub(in crate::gui) fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) -> Option<WritingEnd> {
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
        let (mut title_set, mut body_set) = (typeset::in_field(ui), typeset::in_field(ui));
        let title = TextEdit::singleline(&mut self.title).layouter(&mut title_set);
        ui.add(title.desired_width(f32::INFINITY))
            .labelled_by(label.id);
        ui.add_space(6.0);
        let label = ui.label(small(ui, cx.language.say(strings::MEMO_WORDS)));
        let body = ui
            .add(
                TextEdit::multiline(&mut self.body)
                    .layouter(&mut body_set)
                    .desired_rows(8)
                    .desired_width(f32::INFINITY),
            )
            .labelled_by(label.id);
        if !std::mem::replace(&mut self.begun, true) {
            body.request_focus();
        }
        ui.add_space(8.0);
        let blank = self.title.trim().is_empty() && self.body.trim().is_empty();
        let is_changed = self.draft().is_some();
        let shown = self
            .leaving
            .buttons_ui(ui, cx.language, !blank, is_changed, |ui| {
                ui.label(small(ui, with_keys(cx.language, strings::MEMO_KEYS)));
            });
        if shown == Some(WritingEnd::Saved) {
            cx.edit(self.action());
        }
        shown
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
