//! The coding desk: a document, its codings, and the palette at the selection.

use std::{collections::BTreeMap, sync::Arc};

use egui::{Color32, Frame, Key, Margin, Panel, Stroke, Ui};

use super::palette::{CodePalette, Picked};
use crate::{
    app::{Session, action::Action},
    gui::{
        messages::Message as _,
        request::Request,
        strings::{Text, Tongue},
        theme::{self, palette, small},
        widgets::{
            portrait,
            transcript::{Gesture, Shown, TranscriptView},
        },
    },
    model::{
        Project,
        document::{Content, Document},
        ids::{CodeId, CodingId, DocumentId},
        text::TextRange,
    },
};

/// Most codes remembered as used lately.
const MOST_RECENT: usize = 9;

/// What the desk remembers.
#[derive(Debug, Default)]
pub(in crate::gui) struct ReadPanel {
    pub(in crate::gui) document: Option<DocumentId>,
    pub(in crate::gui) chosen: Option<CodingId>,
    pub(in crate::gui) memo: String,
    view: TranscriptView,
    palette: Option<CodePalette>,
    recent: Vec<CodeId>,
}

impl ReadPanel {
    /// Opens a document, at a passage.
    pub(in crate::gui) fn open(&mut self, document: DocumentId, range: Option<TextRange>) {
        if self.document != Some(document) {
            *self = Self { document: Some(document), recent: std::mem::take(&mut self.recent), ..Self::default() };
        }
        if let Some(range) = range {
            self.view.selection = Some((range.start(), range.end()));
            self.view.scroll_to = Some(range.start());
        }
    }

    /// The selected passage.
    pub(in crate::gui) fn selection(&self) -> Option<(DocumentId, TextRange)> {
        Some((self.document?, self.view.selected()?))
    }

    pub(in crate::gui) fn ui(&mut self, ui: &mut Ui, session: &Session, tongue: Tongue, requests: &mut Vec<Request>) {
        let project = Arc::clone(session.project());
        let Some(document) = self.document.and_then(|id| project.documents.get(&id)) else {
            ui.centered_and_justified(|ui| ui.label(small(ui, tongue.say(Text::NoDocumentOpen))));
            return;
        };
        let content = match session.content(document) {
            Ok(content) => content,
            Err(error) => {
                ui.label(error.say(tongue));
                return;
            }
        };
        header_ui(ui, &project, document, tongue);
        let codes = code_looks(ui, &project, tongue);
        let strip = Frame::new().fill(palette(ui.visuals()).panel);
        let clicked = Panel::right("portrait")
            .exact_size(portrait::WIDTH)
            .resizable(false)
            .show_separator_line(false)
            .frame(strip)
            .show(ui, |ui| portrait::ui(ui, document, &codes, tongue.say(Text::Portrait)));
        self.view.scroll_to = clicked.inner.or(self.view.scroll_to);
        let mut gestures = Vec::new();
        let shown = Shown { document, content: &content, codes: &codes, chosen: self.chosen, name: &document.title };
        self.view.show(ui, &shown, &mut gestures);
        for gesture in gestures {
            match gesture {
                Gesture::Chose(coding) => self.chosen = Some(coding),
                Gesture::ChoseNothing => self.chosen = None,
                Gesture::Selected => self.palette = Some(CodePalette::open()),
            }
        }
        self.palette_ui(ui, &project, document, tongue, requests);
        if self.palette.is_none() {
            self.keys(ui, &project, document, &content, requests);
        }
    }

    fn palette_ui(&mut self, ui: &Ui, project: &Project, document: &Document, tongue: Tongue, requests: &mut Vec<Request>) {
        let (Some(range), Some(rect)) = (self.view.selected(), self.view.selection_rect) else {
            self.palette = None;
            return;
        };
        let Some(open) = &mut self.palette else { return };
        let Some(picked) = open.ui(ui.ctx(), project, tongue, rect, &self.recent) else { return };
        match picked {
            Picked::Code(code, stays) => {
                self.apply(document.id, range, code, requests);
                if stays {
                    self.palette = Some(CodePalette::open());
                    return;
                }
                self.view.selection = Some((range.end(), range.end()));
            }
            Picked::New(name) => {
                requests.push(Request::act(Action::ApplyNewCode {
                    document: document.id,
                    range,
                    parent: None,
                    name,
                    definition: String::new(),
                }));
                self.view.selection = Some((range.end(), range.end()));
            }
            Picked::Closed => {}
        }
        self.palette = None;
    }

    fn apply(&mut self, document: DocumentId, range: TextRange, code: CodeId, requests: &mut Vec<Request>) {
        self.recent.retain(|other| *other != code);
        self.recent.insert(0, code);
        self.recent.truncate(MOST_RECENT);
        requests.push(Request::act(Action::ApplyCode { document, range, code, facets: BTreeMap::new() }));
    }

    /// Keys of the desk, when no field has the keyboard.
    fn keys(&mut self, ui: &Ui, project: &Project, document: &Document, content: &Content, requests: &mut Vec<Request>) {
        if ui.ctx().egui_wants_keyboard_input() && ui.ctx().memory(|memory| memory.focused()) != Some(egui::Id::unique("transcript text")) {
            return;
        }
        let pressed = |key: Key| ui.input(|input| input.modifiers.is_none() && input.key_pressed(key));
        if (pressed(Key::Delete) || pressed(Key::Backspace))
            && let Some(coding) = self.chosen.take()
        {
            requests.push(Request::act(Action::RemoveCodings(vec![(document.id, coding)])));
        }
        let Some(range) = self.view.selected() else { return };
        let typed: Vec<char> = ui.input(|input| {
            let texts =
                input.events.iter().filter_map(|event| if let egui::Event::Text(text) = event { text.chars().next() } else { None });
            texts.collect()
        });
        for letter in typed {
            if let Some(code) = project.codebook.codes.values().find(|code| code.key == Some(letter)) {
                self.apply(document.id, range, code.id, requests);
            } else if letter == 'c' || letter == ' ' {
                self.palette = Some(CodePalette::open());
            } else if letter == 'v' {
                let words: String = content.text.slice(range).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
                let name: String = words.replace('/', " ").chars().take(60).collect();
                requests.push(Request::act(Action::ApplyNewCode {
                    document: document.id,
                    range,
                    parent: None,
                    name,
                    definition: String::new(),
                }));
            }
        }
    }
}

/// Colour, highlight and name of every code, as the transcript wants them.
fn code_looks(ui: &Ui, project: &Project, tongue: Tongue) -> BTreeMap<CodeId, (Color32, Color32, String)> {
    let colors = palette(ui.visuals());
    let language = tongue.language();
    let look =
        |code: &Arc<crate::model::code::Code>| (colors.code(code.hue), colors.highlight(code.hue), code.name.get(&language).to_owned());
    project.codebook.codes.iter().map(|(id, code)| (*id, look(code))).collect()
}

fn header_ui(ui: &mut Ui, project: &Project, document: &Document, tongue: Tongue) {
    let frame = Frame::new().inner_margin(Margin { left: 40, right: 24, top: 18, bottom: 12 });
    let response = frame.show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        ui.label(theme::title(&document.title));
        let mut parts: Vec<String> = Vec::new();
        let cases: Vec<&str> = document.cases.iter().filter_map(|id| project.cases.get(id)).map(|case| case.name.as_str()).collect();
        parts.extend((!cases.is_empty()).then(|| cases.join(", ")));
        parts.extend(document.phase.and_then(|id| project.phases.get(&id)).map(|phase| phase.name.clone()));
        let n_turns = usize::try_from(document.source.n_turns).unwrap_or(0);
        let chars = usize::try_from(document.len_chars()).unwrap_or(0);
        parts.push(format!("{}, {}", tongue.n_characters(chars), tongue.n_turns(n_turns)));
        let by: Vec<String> = project
            .coders
            .values()
            .map(|coder| (coder, document.codings.iter().filter(|coding| coding.coder == coder.id).count()))
            .filter(|(_, n)| *n > 0)
            .map(|(coder, n)| tongue.codings_by(n, &coder.name))
            .collect();
        parts.extend((!by.is_empty()).then(|| by.join(", ")));
        ui.add(egui::Label::new(small(ui, parts.join("  ·  "))).truncate());
        ui.set_width(ui.available_width());
    });
    let rect = response.response.rect;
    ui.painter().hline(ui.max_rect().x_range(), rect.bottom(), Stroke::new(1.0, palette(ui.visuals()).line));
}
