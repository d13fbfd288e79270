//! The editor of a turn: its words, speaker and time are corrected in place, and the effect on codings is previewed.

use std::sync::Arc;

use egui::{
    Area, ComboBox, Frame, Id, Key, Modifiers, Order, Rect, Role, TextEdit, Ui, WidgetInfo, vec2,
};

use super::ReadPanel;
use crate::{
    app::{
        action::{Action, TurnSpeaker},
        edit::correcting::{CorrectionPreview, correction_preview},
    },
    gui::{
        context::Cx,
        strings,
        theme::{self, small},
        typeset,
        widgets::{buttons, keys::take_key, transcript::paint::clock},
    },
    model::{
        document::{Content, Document, SpeakerIndex, TurnIndex},
        ids::DocumentId,
    },
};

/// A turn under correction.
#[derive(Debug)]
pub(super) struct TurnEditor {
    document: DocumentId,
    turn: TurnIndex,
    text: String,
    speaker: TurnSpeaker,
    time: String,
    /// The time before the correction, which is more precise than the field shows.
    at_millis: Option<u32>,
    /// True until the field has been given the keyboard.
    fresh: bool,
    /// The effect on codings, and the text that it is for.
    preview: (String, CorrectionPreview),
}

/// The state of the editor at the end of a frame.
enum EditorAnswer {
    Open,
    Saved,
    Cancelled,
}

/// Parses `mm:ss` or `h:mm:ss` to milliseconds.
///
/// The outer `None` means that the text isn't a time, the inner one that it is empty.
#[expect(
    clippy::option_option,
    reason = "the outer says whether it can be read, the inner whether there is a time"
)]
fn read_time(text: &str) -> Option<Option<u32>> {
    let text = text.trim();
    if text.is_empty() {
        return Some(None);
    }
    let parts = text
        .split([':', '：'])
        .map(|part| part.trim().parse::<u32>().ok())
        .collect::<Option<Vec<u32>>>()?;
    let (hours, minutes, seconds) = match parts[..] {
        [minutes, seconds] => (0, minutes, seconds),
        [hours, minutes, seconds] => (hours, minutes, seconds),
        _ => return None,
    };
    if seconds > 59 || (parts.len() == 3 && minutes > 59) {
        return None;
    }
    let all = hours
        .checked_mul(3600)?
        .checked_add(minutes.checked_mul(60)?)?
        .checked_add(seconds)?;
    all.checked_mul(1000).map(Some)
}

impl TurnEditor {
    pub(super) fn open(document: &Document, content: &Content, position: u32) -> Option<Self> {
        let (index, turn) = content.turn_at(position)?;
        let text = content.text.slice(turn.said())?.to_owned();
        let time = turn.at_millis.map(clock).unwrap_or_default();
        let preview = (text.clone(), CorrectionPreview::default());
        Some(Self {
            document: document.id,
            turn: TurnIndex::try_from(index).ok()?,
            text,
            speaker: turn.speaker.map_or(TurnSpeaker::Nobody, TurnSpeaker::Known),
            time,
            at_millis: turn.at_millis,
            fresh: true,
            preview,
        })
    }

    fn ui(
        &mut self,
        ui: &Ui,
        cx: &Cx<'_>,
        document: &Document,
        content: &Content,
        at: Rect,
        text_size: f32,
    ) -> EditorAnswer {
        let mut answer = EditorAnswer::Open;
        // Taken before the field is shown, so that Enter saves; Shift with Enter breaks the line.
        let ctx = ui.ctx();
        if take_key(ctx, Modifiers::NONE, Key::Escape) {
            return EditorAnswer::Cancelled;
        }
        if take_key(ctx, Modifiers::COMMAND, Key::Enter)
            || take_key(ctx, Modifiers::NONE, Key::Enter)
        {
            answer = EditorAnswer::Saved;
        }
        if self.preview.0 != self.text {
            self.preview = (
                self.text.clone(),
                correction_preview(cx.project, self.document, content, self.turn, &self.text),
            );
        }
        let area = Area::new(Id::unique("turn editor"))
            .order(Order::Foreground)
            .fixed_pos(at.min - vec2(11.0, 42.0));
        area.constrain_to(ui.ctx().content_rect()).show(ui.ctx(), |ui| {
            Frame::popup(ui.style()).inner_margin(10).corner_radius(10).show(ui, |ui| {
                ui.set_width(at.width().max(420.0));
                self.who_ui(ui, cx, document);
                ui.add_space(6.0);
                let letters = theme::regular(text_size);
                let mut set = typeset::in_field_of(letters.clone());
                let field = TextEdit::multiline(&mut self.text).font(letters).layouter(&mut set).desired_rows(2).desired_width(f32::INFINITY);
                let field = ui.add(field.return_key(egui::KeyboardShortcut::new(Modifiers::SHIFT, Key::Enter)));
                field.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, cx.language.say(strings::TURN_WORDS)));
                if std::mem::take(&mut self.fresh) {
                    field.request_focus();
                }
                ui.add_space(6.0);
                ui.label(small(ui, strings::correction(cx.language, self.preview.1.resized, self.preview.1.removed, self.preview.1.memos)));
                ui.add_space(6.0);
                ui.horizontal(|ui| {
                    let named = !matches!(&self.speaker, TurnSpeaker::New(name) if name.trim().is_empty());
                    let readable = named && read_time(&self.time).is_some();
                    if ui.add_enabled_ui(readable, |ui| buttons::primary(ui, cx.language.say(strings::SAVE)).clicked()).inner {
                        answer = EditorAnswer::Saved;
                    }
                    if ui.button(cx.language.say(strings::CANCEL)).clicked() {
                        answer = EditorAnswer::Cancelled;
                    }
                    ui.label(small(ui, cx.language.say(strings::TURN_KEYS)));
                });
            });
        });
        answer
    }

    /// The fields for speaker and time.
    fn who_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, document: &Document) {
        ui.horizontal(|ui| {
            let label = |index: SpeakerIndex| {
                document
                    .speakers
                    .get(usize::from(index))
                    .map_or("–", |speaker| speaker.label.as_str())
            };
            let shown = match &self.speaker {
                TurnSpeaker::Nobody => "–",
                TurnSpeaker::Known(index) => label(*index),
                TurnSpeaker::New(_) => cx.language.say(strings::NEW_SPEAKER),
            };
            let combo = ComboBox::from_id_salt("speaker of the turn")
                .selected_text(shown)
                .show_ui(ui, |ui| {
                    ui.selectable_value(&mut self.speaker, TurnSpeaker::Nobody, "–");
                    for index in (0..document.speakers.len())
                        .filter_map(|index| SpeakerIndex::try_from(index).ok())
                    {
                        ui.selectable_value(
                            &mut self.speaker,
                            TurnSpeaker::Known(index),
                            label(index),
                        );
                    }
                    let is_new = matches!(self.speaker, TurnSpeaker::New(_));
                    if ui
                        .selectable_label(is_new, cx.language.say(strings::NEW_SPEAKER))
                        .clicked()
                        && !is_new
                    {
                        self.speaker = TurnSpeaker::New(String::new());
                    }
                });
            combo.response.widget_info(|| {
                WidgetInfo::labeled(Role::ComboBox, true, cx.language.say(strings::SPEAKER))
            });
            if let TurnSpeaker::New(name) = &mut self.speaker {
                let field = ui.add(
                    TextEdit::singleline(name)
                        .hint_text(cx.language.say(strings::NEW_LABEL))
                        .desired_width(120.0),
                );
                field.widget_info(|| {
                    WidgetInfo::labeled(Role::TextInput, true, cx.language.say(strings::NEW_LABEL))
                });
                if field.gained_focus() || name.is_empty() && !ui.ctx().text_edit_focused() {
                    field.request_focus();
                }
            }
            let time = ui.add(
                TextEdit::singleline(&mut self.time)
                    .hint_text("mm:ss")
                    .desired_width(72.0),
            );
            time.widget_info(|| {
                WidgetInfo::labeled(Role::TextInput, true, cx.language.say(strings::TIME_STAMP))
            });
            if read_time(&self.time).is_none() {
                ui.label(
                    small(ui, cx.language.say(strings::NO_TIME))
                        .color(theme::palette(ui.visuals()).bad),
                );
            }
        });
    }

    fn action(&self) -> Option<Action> {
        if matches!(&self.speaker, TurnSpeaker::New(name) if name.trim().is_empty()) {
            return None;
        }
        // A time that wasn't edited keeps its milliseconds, which the field doesn't show.
        let untouched = self.time.trim() == self.at_millis.map(clock).unwrap_or_default();
        let at_millis = if untouched {
            self.at_millis
        } else {
            read_time(&self.time)?
        };
        Some(Action::CorrectTurn {
            document: self.document,
            turn: self.turn,
            text: self.text.clone(),
            speaker: self.speaker.clone(),
            at_millis,
        })
    }

    /// Returns true if nothing was changed.
    fn is_unchanged(&self, content: &Content) -> bool {
        let turn = usize::try_from(self.turn)
            .ok()
            .and_then(|index| content.turns.get(index));
        turn.is_some_and(|turn| {
            let same_time = self.time.trim() == turn.at_millis.map(clock).unwrap_or_default();
            same_time
                && turn.speaker.map_or(TurnSpeaker::Nobody, TurnSpeaker::Known) == self.speaker
                && content.text.slice(turn.said()) == Some(&self.text)
        })
    }
}

impl ReadPanel {
    /// Opens the editor of the turn at the cursor.
    pub(super) fn correct(&mut self, document: &Document, content: &Content) {
        let cursor = self.pane().and_then(|pane| pane.view.cursor()).unwrap_or(0);
        self.correcting = TurnEditor::open(document, content, cursor);
        self.palette = None;
    }

    /// Shows the turn that is being corrected.
    pub(super) fn correcting_ui(&mut self, ui: &Ui, cx: &mut Cx<'_>) {
        let Some(mut editor) = self.correcting.take() else {
            return;
        };
        let Some(document) = cx
            .project
            .documents
            .get(&editor.document)
            .filter(|_| self.document() == Some(editor.document))
        else {
            return;
        };
        let Ok(content): Result<Arc<Content>, _> = cx.session.content(document) else {
            return;
        };
        let at = self
            .pane()
            .and_then(|pane| pane.view.cursor_turn())
            .unwrap_or_else(|| Rect::from_center_size(ui.max_rect().center(), vec2(480.0, 80.0)));
        match editor.ui(ui, cx, document, &content, at, self.style.size) {
            EditorAnswer::Open => self.correcting = Some(editor),
            EditorAnswer::Saved if editor.is_unchanged(&content) => self.take_keyboard(),
            EditorAnswer::Saved => match editor.action() {
                Some(action) => {
                    cx.edit(action);
                    self.take_keyboard();
                }
                None => self.correcting = Some(editor),
            },
            EditorAnswer::Cancelled => self.take_keyboard(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_they_are_shown() {
        for (text, expected) in [
            ("", Some(None)),
            ("12:34", Some(Some(754_000))),
            ("1:01:01", Some(Some(3_661_000))),
            ("90：05", Some(Some(5_405_000))),
        ] {
            assert_eq!(read_time(text), expected, "{text}");
        }
        for text in ["12", "1:75", "1:99:00", "a:b", "99999999:00:00", "1:2:3:4"] {
            assert_eq!(read_time(text), None, "{text}");
        }
    }
}
