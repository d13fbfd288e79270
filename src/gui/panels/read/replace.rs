//! Find and replace: the second row above the text, which replaces the hit that is selected, or asks about all.

use egui::{Key, Modifiers, Response, Role, TextEdit, Ui, WidgetInfo};

use super::ReadPanel;
use crate::{
    app::action::{Action, WordReplacement},
    gui::{
        context::Cx,
        request::Request,
        strings::{self, UiLanguage},
        widgets::{buttons, keys::take_key},
    },
    language::occurrences::Comparison,
    model::document::Document,
};

/// The open row.
#[derive(Debug, Default)]
pub(super) struct ReplaceRow {
    to: String,
    /// Whether the field is to be given the keyboard.
    wants_keyboard: bool,
    pub(super) how: Comparison,
    labels: bool,
    /// Whether all documents are meant.
    everywhere: bool,
    /// Where the next hit is looked for once a replacement is done.
    go_on: Option<u32>,
}

/// What is asked for in the row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RowAnswer {
    Replace,
    ReplaceAll,
    Close,
}

impl ReplaceRow {
    /// Shows the row; gives what is asked for.
    pub(super) fn ui(&mut self, ui: &mut Ui, language: UiLanguage) -> Option<RowAnswer> {
        let mut answer = None;
        ui.horizontal_wrapped(|ui| {
            let name = language.say(strings::REPLACE_WITH);
            let width = (ui.available_width() - 350.0).clamp(120.0, 280.0);
            let field = ui.add(
                TextEdit::singleline(&mut self.to)
                    .hint_text(name)
                    .return_key(None)
                    .desired_width(width),
            );
            field.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, name));
            answer = self.keys(ui, &field);
            if ui.button(language.say(strings::REPLACE)).clicked() {
                answer = Some(RowAnswer::Replace);
            }
            if ui.button(language.say(strings::REPLACE_ALL)).clicked() {
                answer = Some(RowAnswer::ReplaceAll);
            }
            let how = &mut self.how;
            let options = [
                (
                    &mut how.whole_words,
                    strings::WHOLE_WORDS,
                    Some(strings::WHOLE_WORDS_HINT),
                ),
                (&mut how.ignore_case, strings::IGNORE_CASE, None),
                (
                    &mut self.labels,
                    strings::LABELS_TOO,
                    Some(strings::LABELS_TOO_HINT),
                ),
                (&mut self.everywhere, strings::EVERY_DOCUMENT, None),
            ];
            for (on, text, hint) in options {
                let tick = buttons::check(ui, on, language.say(text));
                if let Some(hint) = hint {
                    tick.on_hover_text(language.say(hint));
                }
            }
        });
        answer
    }

    fn keys(&mut self, ui: &Ui, field: &Response) -> Option<RowAnswer> {
        if std::mem::take(&mut self.wants_keyboard) {
            field.request_focus();
        }
        if field.has_focus() && take_key(ui.ctx(), Modifiers::NONE, Key::Enter) {
            return Some(RowAnswer::Replace);
        }
        let escaped = field.lost_focus() && take_key(ui.ctx(), Modifiers::NONE, Key::Escape);
        escaped.then_some(RowAnswer::Close)
    }

    /// Where to look for the next hit, once after a replacement.
    pub(super) fn take_next_place(&mut self) -> Option<u32> {
        self.go_on.take()
    }

    /// The replacement that the row describes, begun in a document.
    fn wanted(&self, from: &str, document: &Document) -> WordReplacement {
        WordReplacement {
            from: from.to_owned(),
            to: self.to.clone(),
            how: self.how,
            labels: self.labels,
            documents: (!self.everywhere).then(|| [document.id].into()),
        }
    }
}

impl ReadPanel {
    /// Opens the fields, or gives the keyboard to the first that is to be filled in.
    pub(super) fn find_and_replace(&mut self, cx: &Cx<'_>) {
        let row = self.find.as_mut().and_then(|find| find.replace.take());
        self.find(cx);
        if let Some(find) = &mut self.find {
            let knows_what = !find.text.is_empty();
            find.begun = knows_what;
            find.replace = Some(ReplaceRow {
                wants_keyboard: knows_what,
                ..row.unwrap_or_default()
            });
        }
    }

    /// Opens the fields with these words; returns what would replace them everywhere.
    pub(in crate::gui) fn start_replacing(&mut self, from: &str, to: &str) -> WordReplacement {
        self.start_find(from);
        let row = ReplaceRow {
            to: to.to_owned(),
            ..ReplaceRow::default()
        };
        if let Some(find) = &mut self.find {
            find.replace = Some(row);
        }
        WordReplacement {
            from: from.to_owned(),
            to: to.to_owned(),
            how: Comparison::default(),
            labels: true,
            documents: None,
        }
    }

    /// Does what was asked for in the row.
    pub(super) fn take_answer(&mut self, cx: &mut Cx<'_>, document: &Document, answer: RowAnswer) {
        let Some(find) = &mut self.find else { return };
        let Some(row) = &find.replace else { return };
        match answer {
            RowAnswer::Replace => self.replace_here(cx, document),
            RowAnswer::ReplaceAll => {
                let what = row.wanted(&find.text, document);
                cx.ask(Request::AskToReplace(Box::new(what)));
            }
            RowAnswer::Close => self.close_find(),
        }
    }

    /// Replaces the hit that is selected; where none is, selects the next.
    fn replace_here(&mut self, cx: &mut Cx<'_>, document: &Document) {
        let Some(find) = &mut self.find else { return };
        let selected = self.panes[self.active].view.selected();
        let hit = selected.filter(|range| find.hits().contains(range));
        let content = cx.session.content(document).ok();
        let words = hit.and_then(|hit| content.as_ref()?.text.slice(hit));
        let (Some(hit), Some(row), Some(words)) = (hit, &mut find.replace, words) else {
            return self.find_next(cx, true);
        };
        // In another case, the words can be there already.
        if *words == *row.to {
            return self.find_next(cx, true);
        }
        let len = u32::try_from(row.to.chars().count()).unwrap_or(u32::MAX);
        row.go_on = Some(hit.start().saturating_add(len));
        cx.edit(Action::ReplaceText {
            document: document.id,
            range: hit,
            to: row.to.clone(),
        });
    }
}
