//! Commands of the reading page: each becomes a request, or moves the cursor or the selection.

use std::{collections::BTreeSet, sync::Arc};

use egui::{Context, Ui};

use super::{ReadPanel, view::uncoded};
use crate::{
    app::{
        action::Action,
        edit::{coding::in_vivo_name, reshape::touching},
        names::code_below,
    },
    gui::{
        command::{Command, CommandScope},
        context::Cx,
        own_keys,
        panels::palette::{CodePalette, PalettePurpose},
        request::Request,
        widgets::transcript::{TranscriptView, marks::MarkPosition, motion::Grain},
    },
    model::{
        document::{Content, Document, TurnIndex},
        ids::{CodeId, CodingId},
        memo::Anchor,
        text::TextRange,
    },
};

/// An edge of a coding's range.
#[derive(Clone, Copy)]
enum Edge {
    Start,
    End,
}

impl ReadPanel {
    /// Runs the shortcuts of the page while a transcript has the keyboard.
    pub(super) fn keys(&mut self, ui: &Ui, cx: &mut Cx<'_>) {
        let focused = ui.memory(|memory| memory.focused());
        if !(0..self.panes.len()).any(|pane| focused == Some(TranscriptView::id(pane))) {
            return;
        }
        if let Some(command) = own_keys::pressed(ui.ctx(), CommandScope::Transcript) {
            self.command(ui.ctx(), cx, command);
        }
        // A letter that a code has as its key applies that code.
        if self.selection().is_some() {
            let typed = ui.input(|input| {
                input
                    .events
                    .iter()
                    .filter_map(|event| {
                        if let egui::Event::Text(text) = event {
                            text.chars().next()
                        } else {
                            None
                        }
                    })
                    .collect::<Vec<_>>()
            });
            for letter in typed {
                if let Some(code) = cx
                    .project
                    .codebook
                    .codes
                    .values()
                    .find(|code| code.key == Some(letter))
                {
                    self.apply_or_ask(cx, code.id);
                }
            }
        }
    }

    /// Applies a code to the selection, asking for its facets where it has some.
    pub(super) fn apply_or_ask(&mut self, cx: &mut Cx<'_>, code: CodeId) {
        if cx
            .project
            .codebook
            .get(code)
            .is_some_and(|code| !code.facets.is_empty())
        {
            self.palette = Some(CodePalette::for_facets(code));
        } else {
            self.apply(cx, vec![code], false, BTreeSet::new());
        }
    }

    /// Runs a command of the reading page.
    pub(in crate::gui) fn command(&mut self, ctx: &Context, cx: &mut Cx<'_>, command: Command) {
        let Some((document, content)) = self.open_document(cx) else {
            return;
        };
        match command {
            Command::ApplyCode => {
                let open = |_| CodePalette::open(PalettePurpose::Apply);
                self.palette = self.selection().map(open);
            }
            Command::NewCodeHere => {
                self.palette = self.selection().map(|_| CodePalette::for_new_code(None));
            }
            Command::InVivo => self.in_vivo(cx, &content),
            Command::SameCodeAgain => {
                if let Some(code) = self
                    .recent
                    .first()
                    .copied()
                    .filter(|_| self.selection().is_some())
                {
                    self.apply_or_ask(cx, code);
                }
            }
            Command::RemoveCoding if !self.chosen().is_empty() => {
                cx.edit(Action::RemoveCodings(self.chosen()));
            }
            Command::NextCoding | Command::PreviousCoding => {
                self.go_to_coding(command == Command::NextCoding, None);
            }
            Command::NextSameCode | Command::PreviousSameCode => {
                let code = self
                    .chosen_mark()
                    .map(|(_, code)| code)
                    .or(self.recent.first().copied());
                if code.is_some() {
                    self.go_to_coding(command == Command::NextSameCode, code);
                }
            }
            Command::NextUncoded | Command::PreviousUncoded => {
                self.go_to_uncoded(document, &content, command == Command::NextUncoded);
            }
            Command::SelectWord => self.select_grain(document, &content, Grain::Word),
            Command::SelectSentence => self.select_grain(document, &content, Grain::Sentence),
            Command::SelectTurn => self.select_grain(document, &content, Grain::Turn),
            Command::GrowCodingEnd => self.move_edge(cx, document, &content, Edge::End, true),
            Command::ShrinkCodingEnd => self.move_edge(cx, document, &content, Edge::End, false),
            Command::GrowCodingStart => self.move_edge(cx, document, &content, Edge::Start, false),
            Command::ShrinkCodingStart => self.move_edge(cx, document, &content, Edge::Start, true),
            Command::SplitCoding => self.split(cx),
            Command::JoinCodings => self.join(cx),
            Command::AboutWhom if !self.chosen().is_empty() => {
                cx.ask(Request::AskAbout(vec![self.chosen()]));
            }
            Command::Recode if !self.chosen().is_empty() => self.ask_code(PalettePurpose::Recode),
            Command::CopyCoding if !self.chosen().is_empty() => self.ask_code(PalettePurpose::Copy),
            Command::SideBySide => self.side_by_side(),
            Command::OtherPane => {
                self.active = (self.active + 1) % self.panes.len().max(1);
                ctx.memory_mut(|memory| memory.request_focus(TranscriptView::id(self.active)));
            }
            Command::HideOthers => self.toggle_others(cx),
            Command::ClearSelection => self.clear(),
            Command::FindInDocument => self.find(cx),
            Command::FindAndReplace => self.find_and_replace(cx),
            Command::FindNext | Command::FindPrevious => {
                self.find_next(cx, command == Command::FindNext);
            }
            Command::MemoHere => self.memo_here(cx, document),
            Command::CorrectTurn => self.correct(document, &content),
            Command::TurnSpeaker
            | Command::BeginTurn
            | Command::JoinTurn
            | Command::SpeakersAgain => self.turn_command(cx, document, &content, command),
            Command::NextSuggestion
            | Command::PreviousSuggestion
            | Command::AcceptSuggestion
            | Command::RejectSuggestion => {
                cx.ask(Request::Command(command));
            }
            // All others belong to the window or to other pages.
            _ => {}
        }
    }

    /// Gives a turn to a speaker, begins or joins one, or reads the speakers again.
    fn turn_command(
        &self,
        cx: &mut Cx<'_>,
        document: &Document,
        content: &Content,
        command: Command,
    ) {
        let at = self.cursor();
        match command {
            Command::SpeakersAgain => cx.ask(Request::ReadSpeakersAgain(vec![document.id])),
            Command::JoinTurn => {
                let turn = content.turn_at(at);
                let turn = turn.and_then(|(index, _)| TurnIndex::try_from(index).ok());
                if let Some(turn) = turn {
                    cx.edit(Action::JoinTurn(document.id, turn));
                }
            }
            _ => cx.ask(Request::AskWhoSpeaks {
                document: document.id,
                at,
                begins: command == Command::BeginTurn,
                selected: self.selection().map(|(_, range)| range),
            }),
        }
    }

    /// The position of the cursor; the beginning where there is none.
    fn cursor(&self) -> u32 {
        self.pane().and_then(|pane| pane.view.cursor()).unwrap_or(0)
    }

    /// The document of the active pane, with its text.
    fn open_document<'a>(&self, cx: &Cx<'a>) -> Option<(&'a Document, Arc<Content>)> {
        let document = cx.project.documents.get(&self.document()?)?;
        Some((document, cx.session.content(document).ok()?))
    }

    /// The first chosen coding, with its range and its code.
    fn chosen_mark(&self) -> Option<((TextRange, CodingId), CodeId)> {
        let pane = self.panes.get(self.active)?;
        let mark = pane
            .chosen
            .iter()
            .next()
            .and_then(|id| pane.marks()?.get(*id))?;
        Some(((mark.range, mark.coding), mark.code))
    }

    /// Applies a new code that is named by the selected words.
    fn in_vivo(&mut self, cx: &mut Cx<'_>, content: &Content) {
        let Some((document, range)) = self.selection() else {
            return;
        };
        let name = in_vivo_name(content.text.slice(range).unwrap_or_default());
        if let Some(code) = code_below(cx.project, None, &name) {
            // The same words again mean the code that they gave its name.
            self.apply(cx, vec![code.id], false, BTreeSet::new());
            return;
        }
        self.awaited = Some((None, name.clone()));
        cx.edit(Action::ApplyNewCode {
            document,
            range,
            parent: None,
            about: BTreeSet::new(),
            name,
            definition: String::new(),
        });
        self.leave(range, false, BTreeSet::new());
    }

    fn go_to_coding(&mut self, forward: bool, code: Option<CodeId>) {
        let from = self.chosen_mark().map(|(place, _)| place);
        let Some(pane) = self.panes.get_mut(self.active) else {
            return;
        };
        let cursor = pane.view.cursor().unwrap_or_else(|| pane.view.top());
        // From the bare cursor, a coding that starts right at it counts as the next, or as the previous one.
        let outermost = CodingId::from_u128(if forward { 0 } else { u128::MAX });
        let from = from.map_or(
            MarkPosition {
                start: cursor,
                coding: outermost,
            },
            |(range, coding)| MarkPosition {
                start: range.start(),
                coding,
            },
        );
        let found = pane.marks().and_then(|marks| {
            marks.next(from, forward, |mark| {
                code.is_none_or(|code| mark.code == code)
            })
        });
        let Some((id, start)) = found.map(|mark| (mark.coding, mark.range.start())) else {
            return;
        };
        pane.choose(id, false);
        pane.view.select(TextRange::between(start, start));
        pane.view.reveal(start);
    }

    /// Selects the next stretch that isn't coded, ready for the palette.
    fn go_to_uncoded(&mut self, document: &Document, content: &Content, forward: bool) {
        let Some(pane) = self.panes.get_mut(self.active) else {
            return;
        };
        let selected = pane.view.selected();
        let cursor = pane.view.cursor().unwrap_or_else(|| pane.view.top());
        let from = selected.map_or(
            cursor,
            |range| if forward { range.end() } else { range.start() },
        );
        let coded = pane.marks().map_or(&[][..], |marks| marks.coded());
        let wrapped = if forward { 0 } else { document.len_chars() };
        let found = uncoded(document, content, coded, from, forward)
            .or_else(|| uncoded(document, content, coded, wrapped, forward));
        if let Some(range) = found {
            pane.chosen.clear();
            pane.view.select(range);
            // Revealed last, the start is on screen even if the stretch is longer than the page.
            pane.view.reveal(range.end());
            pane.view.reveal(range.start());
        }
    }

    fn select_grain(&mut self, document: &Document, content: &Arc<Content>, grain: Grain) {
        self.with_text(document, content, self.active, |view, shown| {
            view.select_grain(shown, grain);
        });
    }

    /// Moves an edge of the chosen coding by a word.
    fn move_edge(
        &mut self,
        cx: &mut Cx<'_>,
        document: &Document,
        content: &Arc<Content>,
        edge: Edge,
        forward: bool,
    ) {
        let Some(((range, coding), _)) = self.chosen_mark() else {
            return;
        };
        let from = match edge {
            Edge::Start => range.start(),
            Edge::End => range.end(),
        };
        let Some(to) = self.with_text(document, content, self.active, |view, shown| {
            view.moved(shown, from, Grain::Word, forward)
        }) else {
            return;
        };
        let new = match edge {
            Edge::Start => TextRange::new(to, range.end()),
            Edge::End => TextRange::new(range.start(), to),
        };
        // An edge that would pass the other one stays where it is.
        if let Some(new) = new.filter(|new| !new.is_empty()) {
            cx.edit(Action::SetCodingRange(document.id, coding, new));
        }
    }

    /// Splits the chosen coding at the cursor.
    fn split(&mut self, cx: &mut Cx<'_>) {
        let Some(((_, coding), _)) = self.chosen_mark() else {
            return;
        };
        let (Some(document), Some(at)) = (
            self.document(),
            self.pane().and_then(|pane| pane.view.cursor()),
        ) else {
            return;
        };
        cx.edit(Action::SplitCoding(document, coding, at));
    }

    /// Joins the chosen codings. A single one is joined with those of its code and coder that overlap or touch it.
    fn join(&mut self, cx: &mut Cx<'_>) {
        let Some(document) = self.document() else {
            return;
        };
        let mut codings: Vec<CodingId> = self
            .chosen()
            .into_iter()
            .map(|(_, coding)| coding)
            .collect();
        if let [one] = codings[..]
            && let Some(document) = self.document().and_then(|id| cx.project.documents.get(&id))
        {
            codings = touching(document, one);
        }
        if !codings.is_empty() {
            cx.edit(Action::JoinCodings(document, codings));
        }
    }

    /// A memo on the chosen coding, on the selected passage, or else on the document.
    fn memo_here(&self, cx: &mut Cx<'_>, document: &Document) {
        let selection = self.selection().map(|(_, range)| range);
        let anchor = match (self.chosen().first(), selection) {
            (Some((document, coding)), None) => Anchor::Coding(*document, *coding),
            (_, Some(range)) => Anchor::Segment(document.id, range),
            (None, None) => Anchor::Document(document.id),
        };
        cx.ask(Request::WriteMemo(anchor));
    }

    /// Clears the selection and the chosen codings.
    fn clear(&mut self) {
        if let Some(pane) = self.panes.get_mut(self.active) {
            pane.chosen.clear();
            let cursor = pane.view.cursor().unwrap_or(0);
            pane.view.select(TextRange::between(cursor, cursor));
        }
    }
}
