//! Who speaks: in a turn, from a place in a turn on, or after words that are a label; in all turns like it if that is wanted.

use egui::{
    Align, Align2, Context, Id, Key, Layout, Modifiers, Role, TextEdit, Ui, WidgetInfo, Window,
    vec2,
};

use crate::{
    app::{
        action::{Action, TurnSpeaker},
        edit::turns::{labels_like, turns_like},
    },
    gui::{
        context::Cx,
        strings,
        theme::{self, palette, small},
        typeset,
        widgets::{
            buttons, dialog,
            keys::{DIGITS, take_key},
        },
    },
    model::{
        document::{Content, Document, SpeakerIndex, TurnIndex},
        ids::DocumentId,
        text::TextRange,
    },
};

/// Most characters of a turn that are shown.
const MOST_CHARS: usize = 200;
/// The longest selection that is taken for a label at first, in characters.
const LABEL_CHARS: u32 = 30;

/// What is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    /// A turn as it is.
    Turn(TurnIndex),
    /// A turn that shall begin at a position.
    From(u32),
    /// A turn that shall begin with a selection, which may be its label.
    Selection { range: TextRange, is_label: bool },
}

/// The open dialog.
#[derive(Debug)]
pub(in crate::gui) struct TurnQuestion {
    document: DocumentId,
    asked: Asked,
    speaker: Option<TurnSpeaker>,
    alike: bool,
    /// True until the first speaker was chosen for the user.
    fresh: bool,
}

impl TurnQuestion {
    /// Asks who speaks in the turn at a position; `None` if none is there.
    pub(in crate::gui) fn of_turn(
        document: &Document,
        content: &Content,
        position: u32,
    ) -> Option<Self> {
        let (index, _) = content.turn_at(position)?;
        let asked = Asked::Turn(TurnIndex::try_from(index).ok()?);
        Some(Self::new(document.id, asked))
    }

    /// Asks who speaks from a position on, or with a selection.
    pub(in crate::gui) fn of_beginning(
        document: &Document,
        content: &Content,
        position: u32,
        selection: Option<TextRange>,
    ) -> Self {
        let Some(range) = selection else {
            return Self::new(document.id, Asked::From(position));
        };
        let words = content.text.slice(range).unwrap_or_default();
        let is_label = range.len_chars() <= LABEL_CHARS && !words.contains('\n');
        Self::new(document.id, Asked::Selection { range, is_label })
    }

    fn new(document: DocumentId, asked: Asked) -> Self {
        Self {
            document,
            asked,
            speaker: None,
            alike: false,
            fresh: true,
        }
    }

    /// Shows the dialog; returns true if it stays open.
    pub(in crate::gui) fn ui(&mut self, ctx: &Context, cx: &mut Cx<'_>) -> bool {
        let project = std::sync::Arc::clone(cx.project);
        let Some(document) = project.documents.get(&self.document) else {
            return false;
        };
        let Ok(content) = cx.session.content(document) else {
            return false;
        };
        if std::mem::take(&mut self.fresh) {
            self.speaker = self.likely(document, &content);
        }
        let title = cx.language.say(match self.asked {
            Asked::Turn(_) => strings::WHO_SPEAKS,
            Asked::From(_) | Asked::Selection { .. } => strings::TURN_BEGINS,
        });
        let window = Window::new(title)
            .id(Id::unique("who speaks"))
            .resizable(false)
            .anchor(Align2::CENTER_CENTER, [0.0, -20.0]);
        let room = 480.0_f32.min(ctx.content_rect().width() - 48.0);
        let mut goes_on = true;
        let stays = dialog::show(ctx, title, window, |ui| {
            ui.set_width(room);
            self.words_ui(ui, &content);
            ui.add_space(8.0);
            self.speakers_ui(ui, cx, document);
            self.more_ui(ui, cx, &content);
            ui.add_space(6.0);
            ui.label(small(ui, cx.language.say(strings::WHO_SPEAKS_KEYS)));
            ui.add_space(10.0);
            goes_on = self.answer_ui(ui, cx);
        });
        stays && goes_on && !dialog::escaped(ctx)
    }

    /// Who speaks now; at a label, whom it names; where a turn begins, whoever spoke before the present speaker.
    fn likely(&self, document: &Document, content: &Content) -> Option<TurnSpeaker> {
        let known =
            |speaker: Option<SpeakerIndex>| speaker.map_or(TurnSpeaker::Nobody, TurnSpeaker::Known);
        match self.asked {
            Asked::Turn(index) => {
                let turn = content.turns.get(usize::try_from(index).ok()?)?;
                Some(known(turn.speaker))
            }
            Asked::Selection {
                range,
                is_label: true,
            } => {
                let words = content.text.slice(range)?;
                let label = words.trim_matches(|char: char| !char.is_alphanumeric());
                let mut speakers = (0..).zip(&document.speakers);
                let own = speakers.find(|(_, speaker)| speaker.label == label);
                Some(own.map_or_else(
                    || TurnSpeaker::New(label.to_owned()),
                    |(index, _)| TurnSpeaker::Known(index),
                ))
            }
            Asked::From(at) => Self::other(content, at),
            Asked::Selection { range, .. } => Self::other(content, range.start()),
        }
    }

    /// Whoever spoke last before the speaker at a position.
    fn other(content: &Content, at: u32) -> Option<TurnSpeaker> {
        let (index, turn) = content.turn_at(at)?;
        let mut before = content.turns.iter().take(index).rev();
        let other = before.find(|other| other.speaker.is_some() && other.speaker != turn.speaker);
        other?.speaker.map(TurnSpeaker::Known)
    }

    /// The words that are asked about.
    fn words_ui(&self, ui: &mut Ui, content: &Content) {
        let range = match self.asked {
            Asked::Turn(index) => usize::try_from(index)
                .ok()
                .and_then(|index| content.turns.get(index))
                .map(|turn| turn.range),
            Asked::From(at) => Some(TextRange::between(at, at)),
            Asked::Selection { range, .. } => Some(range),
        };
        let Some(range) = range else { return };
        let end = content
            .turn_at(range.start())
            .map(|(_, turn)| turn.range.end());
        let range = TextRange::between(range.start(), end.unwrap_or(0).max(range.end()));
        let words = content.text.slice(range).unwrap_or_default();
        let shown: String = words.chars().take(MOST_CHARS).collect();
        let shown = if shown.len() < words.len() {
            format!("{shown}…")
        } else {
            shown
        };
        let (room, ink) = (ui.available_width(), palette(ui.visuals()).ink);
        let letters = theme::regular(13.5);
        ui.label(typeset::job(ui.ctx(), &shown, letters, ink, room));
    }

    /// The document's speakers, nobody, and a new one.
    fn speakers_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, document: &Document) {
        let speakers = (0..).zip(&document.speakers);
        let known: Vec<(TurnSpeaker, String)> = speakers
            .map(|(index, speaker)| (TurnSpeaker::Known(index), speaker.label.clone()))
            .collect();
        if !ui.ctx().text_edit_focused() {
            for (key, (speaker, _)) in DIGITS.iter().zip(&known) {
                if take_key(ui.ctx(), Modifiers::NONE, *key) {
                    self.speaker = Some(speaker.clone());
                }
            }
            if take_key(ui.ctx(), Modifiers::NONE, Key::Num0) {
                self.speaker = Some(TurnSpeaker::Nobody);
            }
        }
        ui.horizontal_wrapped(|ui| {
            for (number, (speaker, label)) in (1..).zip(known) {
                let digit = (number <= DIGITS.len()).then_some(number);
                self.speaker_ui(ui, speaker, &label, digit);
            }
            let nobody = cx.language.say(strings::NOBODY_SPEAKS);
            self.speaker_ui(ui, TurnSpeaker::Nobody, nobody, Some(0));
        });
        ui.add_space(4.0);
        let mut label = match &self.speaker {
            Some(TurnSpeaker::New(label)) => label.clone(),
            _ => String::new(),
        };
        let name = cx.language.say(strings::NEW_SPEAKER);
        let field = TextEdit::singleline(&mut label)
            .hint_text(name)
            .desired_width(220.0);
        let field = ui.add(field);
        field.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, name));
        if field.changed() {
            self.speaker = Some(TurnSpeaker::New(label));
        }
    }

    fn speaker_ui(&mut self, ui: &mut Ui, speaker: TurnSpeaker, label: &str, digit: Option<usize>) {
        let is_chosen = self.speaker.as_ref() == Some(&speaker);
        let text = digit.map_or_else(|| label.to_owned(), |digit| format!("{digit}  {label}"));
        let button = buttons::choice(ui, &text, label, is_chosen, Role::RadioButton);
        if button.clicked() {
            self.speaker = Some(speaker);
        }
    }

    /// Whether the selection is a label, and whether others like it are meant, too.
    fn more_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, content: &Content) {
        if let Asked::Selection { is_label, .. } = &mut self.asked {
            ui.add_space(6.0);
            buttons::check(ui, is_label, cx.language.say(strings::SELECTION_IS_LABEL));
        }
        let (label, others) = self.alike(content);
        if others == 0 {
            self.alike = false;
            return;
        }
        ui.add_space(6.0);
        let all = strings::all_alike(cx.language, &label, others);
        buttons::check(ui, &mut self.alike, all);
    }

    /// The label, and how many others are like it.
    fn alike(&self, content: &Content) -> (String, usize) {
        match self.asked {
            Asked::Turn(index) => {
                let alike = turns_like(content, index);
                let turn = usize::try_from(index)
                    .ok()
                    .and_then(|index| content.turns.get(index));
                let label = turn.and_then(|turn| {
                    let before = TextRange::between(turn.range.start(), turn.body);
                    content.text.slice(before)
                });
                let label = label.unwrap_or_default().trim().to_owned();
                (label, alike.len().saturating_sub(1))
            }
            Asked::Selection {
                range,
                is_label: true,
            } => {
                let label = content.text.slice(range).unwrap_or_default();
                (label.trim().to_owned(), labels_like(content, range).len())
            }
            Asked::From(_) | Asked::Selection { .. } => (String::new(), 0),
        }
    }

    /// The buttons; returns false once the question is answered.
    fn answer_ui(&self, ui: &mut Ui, cx: &mut Cx<'_>) -> bool {
        let language = cx.language;
        let action = self.action();
        let entered = take_key(ui.ctx(), Modifiers::NONE, Key::Enter);
        let room = vec2(ui.available_width(), ui.spacing().interact_size.y);
        let layout = Layout::right_to_left(Align::Center);
        let row = ui.allocate_ui_with_layout(room, layout, |ui| {
            let saves = ui.add_enabled_ui(action.is_some(), |ui| {
                buttons::primary(ui, language.say(strings::SAVE)).clicked()
            });
            let cancels = ui.button(language.say(strings::CANCEL)).clicked();
            (saves.inner || entered, cancels)
        });
        let (saves, cancels) = row.inner;
        match action {
            Some(action) if saves => {
                cx.edit(action);
                false
            }
            _ => !cancels,
        }
    }

    /// The edit that the answer is; `None` while nobody is chosen.
    fn action(&self) -> Option<Action> {
        let speaker = self.speaker.clone()?;
        if matches!(&speaker, TurnSpeaker::New(label) if label.trim().is_empty()) {
            return None;
        }
        let document = self.document;
        Some(match self.asked {
            Asked::Turn(turn) => Action::SetTurnSpeaker {
                document,
                turn,
                speaker,
                alike: self.alike,
            },
            Asked::Selection {
                range,
                is_label: true,
            } => Action::MarkLabel {
                document,
                label: range,
                speaker,
                alike: self.alike,
            },
            Asked::From(at) => Action::SplitTurn {
                document,
                at,
                speaker,
            },
            Asked::Selection { range, .. } => Action::SplitTurn {
                document,
                at: range.start(),
                speaker,
            },
        })
    }
}
