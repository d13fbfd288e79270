//! The coding desk: one document or two side by side, their codings, and the palette at the selection.

mod coding;
mod commands;
mod correcting;
mod find;
mod header;
mod menu;
mod pane;
mod replace;
mod view;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use egui::{CentralPanel, Frame, Panel, Ui};

use super::palette::{CodePalette, PalettePurpose};
use crate::{
    app::{
        Session,
        action::Action,
        export::quotation::Quotation,
        fuzzy::PickList,
        names::code_below,
        settings::{Face, Reading, Snap, WorkPlace},
    },
    gui::{
        cached::Cached,
        context::Cx,
        dragging::{Dragged, ghost_ui},
        request::Request,
        strings,
        theme::{palette, small},
        widgets::{
            aside::{Aside, Share},
            transcript::{Gesture, Style, TranscriptView, motion::Grain},
        },
    },
    language::segment::Segmenter,
    model::{
        Project,
        codebook::Codebook,
        coding::Origin,
        document::{Content, Document},
        ids::{CaseId, CodeId, CodingId, DocumentId},
        text::TextRange,
    },
};
use correcting::TurnEditor;
use find::Find;
pub(in crate::gui) use pane::Pane;
use view::CodingFilter;

/// Most codes remembered as used lately.
const MOST_RECENT: usize = 9;
/// The least width of a document beside another.
const LEAST_PANE: f32 = 280.0;

/// A revision of the project, a document and a passage.
type LikelyKey = (u64, DocumentId, TextRange);

/// What the desk remembers.
#[derive(Debug)]
pub(in crate::gui) struct ReadPanel {
    panes: Vec<Pane>,
    active: usize,
    /// The share of the width that the second pane has.
    second: f32,
    share: Share,
    filter: CodingFilter,
    palette: Option<CodePalette>,
    correcting: Option<TurnEditor>,
    find: Option<Find>,
    /// Whether a document was opened and its text wants the keyboard.
    opened: bool,
    recent: Vec<CodeId>,
    /// The code that was asked for and isn't there yet: below which one, and its name.
    awaited: Option<(Option<CodeId>, String)>,
    favourites: BTreeSet<CodeId>,
    /// Whom the selection may be about, the most likely first.
    likely: Cached<LikelyKey, Vec<CaseId>>,
    /// Memos being written in the inspector, by the coding they are about.
    pub(in crate::gui) memos: BTreeMap<CodingId, String>,
    style: Style,
    snap: Grain,
    codebook: Codebook,
    list: PickList,
    segmenter: Segmenter,
    /// Of how many cases and documents the segmenter knows the names.
    named: (usize, usize),
}

impl Default for ReadPanel {
    fn default() -> Self {
        Self {
            panes: vec![Pane::default()],
            active: 0,
            second: 0.5,
            share: Share::default(),
            filter: CodingFilter::default(),
            palette: None,
            correcting: None,
            find: None,
            opened: false,
            recent: Vec::new(),
            awaited: None,
            favourites: BTreeSet::new(),
            likely: Cached::default(),
            memos: BTreeMap::new(),
            style: Style {
                face: Face::Inter,
                size: 16.0,
                line: 27.0,
                column: 560.0,
                below: 14.0,
            },
            snap: Grain::Character,
            codebook: Codebook::default(),
            list: PickList::new(&Project::default()),
            segmenter: Segmenter::new(Vec::new()),
            named: (0, 0),
        }
    }
}

impl ReadPanel {
    /// The document that is worked in.
    pub(in crate::gui) fn document(&self) -> Option<DocumentId> {
        self.panes.get(self.active)?.document
    }

    /// Opens a document where the work is, at a passage.
    pub(in crate::gui) fn open(&mut self, document: DocumentId, range: Option<TextRange>) {
        self.palette = None;
        self.correcting = None;
        self.opened = true;
        if let Some(pane) = self.panes.get_mut(self.active) {
            pane.open(document, range);
        }
    }

    /// Opens a document where the work is, with a position at the top.
    pub(in crate::gui) fn open_at(&mut self, document: DocumentId, position: u32) {
        self.open(document, None);
        if let Some(pane) = self.panes.get_mut(self.active) {
            pane.view.scroll_to_top(position);
        }
    }

    /// Goes where the work was; gives whether that is still there.
    pub(in crate::gui) fn restore(&mut self, project: &Project, place: WorkPlace) -> bool {
        let known = |code: &CodeId| project.codebook.get(*code).is_some();
        self.recent = place.recent.into_iter().filter(known).collect();
        self.favourites = place.favourites.into_iter().filter(known).collect();
        let Some(document) = place.document.and_then(|id| project.documents.get(&id)) else {
            return false;
        };
        let within = |position: u32| position <= document.len_chars();
        self.open_at(document.id, if within(place.top) { place.top } else { 0 });
        if let Some(pane) = self.panes.get_mut(self.active)
            && let Some(selection) = place.selection.filter(|range| within(range.end()))
        {
            pane.view.select(selection);
        }
        true
    }

    /// Where the work is.
    pub(in crate::gui) fn place(&self) -> WorkPlace {
        let pane = self.panes.get(self.active);
        WorkPlace {
            document: self.document(),
            top: self.top(),
            selection: pane.and_then(|pane| pane.view.selected()),
            favourites: self.favourites.clone(),
            recent: self.recent.clone(),
            ..WorkPlace::default()
        }
    }

    /// The first position on screen.
    pub(in crate::gui) fn top(&self) -> u32 {
        self.panes
            .get(self.active)
            .map_or(0, |pane| pane.view.top())
    }

    /// Chooses the second coding; also opens the palette on it, or corrects its turn.
    pub(in crate::gui) fn show_first_coding(&mut self, session: &Session, what: &str) {
        let Some(document) = self
            .document()
            .and_then(|id| session.project().documents.get(&id))
        else {
            return;
        };
        let Some(coding) = document.codings.get(1).or(document.codings.first()) else {
            return;
        };
        self.choose(coding.id, false);
        if what == "coding" {
            return;
        }
        self.open(document.id, Some(coding.range));
        if what == "palette" {
            self.palette = Some(CodePalette::open(PalettePurpose::Apply));
        } else if let Ok(content) = session.content(document) {
            self.correct(document, &content);
        }
    }

    /// Gives the keyboard to the text.
    pub(in crate::gui) fn take_keyboard(&mut self) {
        self.opened = true;
    }

    /// Sets how transcripts are set.
    pub(in crate::gui) fn set(&mut self, reading: Reading) {
        let size = reading.size;
        self.style = Style {
            face: reading.face,
            size,
            line: (size * f32::from(reading.line_percent) / 100.0).round(),
            column: (size * f32::from(reading.column_chars) / 2.0).round(),
            below: f32::from(reading.turn_space),
        };
        self.snap = match reading.snap {
            Snap::Off => Grain::Character,
            Snap::Word => Grain::Word,
            Snap::Sentence => Grain::Sentence,
            Snap::Turn => Grain::Turn,
        };
    }

    /// The selected passage.
    pub(in crate::gui) fn selection(&self) -> Option<(DocumentId, TextRange)> {
        let pane = self.panes.get(self.active)?;
        Some((pane.document?, pane.view.selected()?))
    }

    /// The pane that is worked in.
    pub(in crate::gui) fn pane(&self) -> Option<&Pane> {
        self.panes.get(self.active)
    }

    /// Chooses a coding in the pane that is worked in.
    pub(in crate::gui) fn choose(&mut self, coding: CodingId, add: bool) {
        if let Some(pane) = self.panes.get_mut(self.active) {
            pane.choose(coding, add);
        }
    }

    /// Lets go of the chosen codings.
    pub(in crate::gui) fn let_go(&mut self) {
        if let Some(pane) = self.panes.get_mut(self.active) {
            pane.chosen.clear();
        }
    }

    /// The codings that are chosen, with their document.
    pub(in crate::gui) fn chosen(&self) -> Vec<(DocumentId, CodingId)> {
        let Some(pane) = self.panes.get(self.active) else {
            return Vec::new();
        };
        let Some(document) = pane.document else {
            return Vec::new();
        };
        pane.chosen
            .iter()
            .map(|coding| (document, *coding))
            .collect()
    }

    /// Opens the palette for the chosen codings.
    pub(in crate::gui) fn ask_code(&mut self, purpose: PalettePurpose) {
        self.palette = Some(CodePalette::open(purpose));
    }

    pub(in crate::gui) fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        self.prepare(cx.project);
        if self
            .document()
            .is_none_or(|id| !cx.project.documents.contains_key(&id))
            && self.panes.len() == 1
        {
            ui.centered_and_justified(|ui| {
                ui.label(small(ui, cx.language.say(strings::NO_DOCUMENT_OPEN)))
            });
            return;
        }
        let mut gestures = Vec::new();
        if self.panes.len() > 1 {
            let room = ui.available_width();
            let widths = self
                .share
                .sizes(room, self.second, LEAST_PANE.min(room / 2.0));
            let fill = Frame::new().fill(palette(ui.visuals()).page);
            let aside = Aside::second("second document", widths);
            let mut first = aside.page(ui);
            CentralPanel::default()
                .frame(fill)
                .show(&mut first, |ui| self.pane_ui(ui, cx, 0, &mut gestures));
            let second = |panel: Panel| panel.frame(fill);
            let width = aside.show(ui, second, |ui| self.pane_ui(ui, cx, 1, &mut gestures));
            self.second = width / room;
        } else {
            self.pane_ui(ui, cx, 0, &mut gestures);
        }
        for (pane, gesture) in gestures {
            if gesture == Gesture::Touched {
                ui.memory_mut(|memory| memory.request_focus(TranscriptView::id(pane)));
            }
            self.take(cx, pane, gesture);
        }
        if std::mem::take(&mut self.opened) {
            ui.memory_mut(|memory| memory.request_focus(TranscriptView::id(self.active)));
        }
        self.ghost_ui(ui, cx);
        self.palette_ui(ui, cx);
        self.correcting_ui(ui, cx);
        if self.palette.is_none() && self.correcting.is_none() {
            self.keys(ui, cx);
        }
    }

    /// While the selected passage is dragged its first words follow the pointer.
    fn ghost_ui(&self, ui: &Ui, cx: &Cx<'_>) {
        if egui::DragAndDrop::payload::<Dragged>(ui.ctx()).as_deref() != Some(&Dragged::Passage) {
            return;
        }
        let Some((id, range)) = self.selection() else {
            return;
        };
        let content = cx
            .project
            .documents
            .get(&id)
            .and_then(|document| cx.session.content(document).ok());
        let words: String = content
            .iter()
            .filter_map(|content| content.text.slice(range))
            .flat_map(|words| words.chars().take(40))
            .collect();
        ghost_ui(ui.ctx(), &words);
    }

    /// Makes what depends on the codebook and on names anew when they have changed.
    fn prepare(&mut self, project: &Project) {
        let (old, new) = (&self.codebook.codes, &project.codebook.codes);
        let same_codes = old.len() == new.len()
            && old
                .values()
                .zip(new.values())
                .all(|(a, b)| Arc::ptr_eq(a, b));
        let named = (project.cases.len(), project.documents.len());
        if same_codes && self.named == named {
            return;
        }
        self.segmenter = Segmenter::of_project(project);
        self.named = named;
        if !same_codes {
            if let Some((parent, name)) = self.awaited.take()
                && let Some(code) = code_below(project, parent, &name)
            {
                self.used(code.id);
            }
            self.codebook = project.codebook.clone();
            self.list = PickList::new(project);
        }
    }

    fn pane_ui(
        &mut self,
        ui: &mut Ui,
        cx: &mut Cx<'_>,
        index: usize,
        gestures: &mut Vec<(usize, Gesture)>,
    ) {
        let Some(document) = self
            .panes
            .get(index)
            .and_then(|pane| pane.document)
            .and_then(|id| cx.project.documents.get(&id))
        else {
            ui.centered_and_justified(|ui| {
                ui.label(small(ui, cx.language.say(strings::NO_DOCUMENT_OPEN)))
            });
            return;
        };
        let content = match cx.session.content(document) {
            Ok(content) => content,
            Err(error) => {
                use crate::message::explain::Explain as _;
                ui.label(error.say(cx.language));
                return;
            }
        };
        self.refresh(ui, cx, document, index);
        let close = self.header_ui(ui, cx, document, index);
        if index == self.active {
            self.find_ui(ui, cx, document);
        }
        let mut out = Vec::new();
        let response = self.transcript_ui(ui, cx, document, &content, index, &mut out);
        gestures.extend(out.into_iter().map(|gesture| (index, gesture)));
        response.context_menu(|ui| self.menu_ui(ui, cx, document, &content, index));
        if close {
            self.panes.remove(index);
            self.active = 0;
        }
    }

    /// Does what the mouse did in a transcript.
    fn take(&mut self, cx: &mut Cx<'_>, index: usize, gesture: Gesture) {
        let Some(pane) = self.panes.get_mut(index) else {
            return;
        };
        let Some(document) = pane.document else {
            return;
        };
        match gesture {
            Gesture::Touched => self.active = index,
            Gesture::Chose(coding, add) => pane.choose(coding, add),
            Gesture::ChoseNothing => pane.chosen.clear(),
            Gesture::ChoseMemo(range) => pane.view.select(range),
            Gesture::Copied(range) => copy(cx, document, range),
            Gesture::Selected => self.palette = Some(CodePalette::open(PalettePurpose::Apply)),
            Gesture::Resized(coding, range) => {
                cx.edit(Action::SetCodingRange(document, coding, range));
            }
            Gesture::Dropped(range, codes) => {
                codes.iter().for_each(|code| self.used(*code));
                cx.edit(Action::ApplyCodes {
                    passages: vec![(document, range)],
                    codes,
                    about: BTreeSet::new(),
                    origin: Origin::Hand,
                });
            }
        }
    }
}

/// The coding of a document, found by its place.
pub(in crate::gui) fn coding_at(
    document: &Document,
    range: TextRange,
    id: CodingId,
) -> Option<&crate::model::coding::Coding> {
    let at = document
        .codings
        .partition_point(|coding| coding.order() < (range.start(), range.end(), id));
    document.codings.get(at).filter(|coding| coding.id == id)
}

/// The speaker's label of the turn that holds a position.
pub(in crate::gui) fn speaker_at<'a>(
    document: &'a Document,
    content: &Content,
    position: u32,
) -> &'a str {
    let speaker = content.turn_at(position).and_then(|(_, turn)| turn.speaker);
    speaker
        .and_then(|index| document.speakers.get(usize::from(index)))
        .map_or("", |speaker| speaker.label.as_str())
}

/// Copies a passage with its reference.
fn copy(cx: &mut Cx<'_>, document: DocumentId, range: TextRange) {
    if let Some(document) = cx.project.documents.get(&document)
        && let Ok(content) = cx.session.content(document)
    {
        let quotation = Quotation::of(document, &content, range, cx.language);
        cx.ask(Request::Copy(quotation));
    }
}
