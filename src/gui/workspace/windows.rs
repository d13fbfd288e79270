//! The windows and dialogs above the pages.

use crate::gui::strings;
use std::sync::Arc;

use egui::{Context, Id, Window};

use crate::app::drafts::MemoDraft;
use crate::gui::{
    context::Cx,
    panels::{
        about::AboutQuestion,
        documents::Properties,
        exchange::{Attachments, Incoming, Outgoing, Sets},
        finder::{Finder, RecentFinds},
        keymap::KeyMap,
        memos::Writer,
        project::ProjectSettings,
        pseudonyms::PseudonymsDialog,
        removal::RemovalQuestion,
        replacing::ReplaceQuestion,
        sheet_question::SheetQuestion,
        speakers::Speakers,
        starters::Starters,
        turns::{SpeakersAgainDialog, TurnQuestion},
    },
    widgets::leaving::WritingEnd,
};
use crate::names::table::PseudonymTable;

/// The windows; those that are open are there.
#[derive(Default)]
pub(super) struct Windows {
    pub(super) finder: Option<Finder>,
    /// What was chosen in the finder lately.
    pub(super) recent: RecentFinds,
    pub(super) keymap: Option<KeyMap>,
    pub(super) speakers: Option<Speakers>,
    /// The memo being written.
    pub(super) writer: Option<Writer>,
    /// Whether the writer was left by now without saving.
    is_left: bool,
    /// Another program's project that is being imported.
    pub(super) incoming: Option<Incoming>,
    /// The export that is being set up.
    pub(super) outgoing: Option<Outgoing>,
    pub(super) properties: Option<Properties>,
    pub(super) removal: Option<RemovalQuestion>,
    /// Words that are to be replaced in many places.
    pub(super) replacing: Option<ReplaceQuestion>,
    /// Whom codings are about.
    pub(super) about: Option<AboutQuestion>,
    /// Who speaks in a turn.
    pub(super) who_speaks: Option<TurnQuestion>,
    /// Documents whose speakers are being read again.
    pub(super) speakers_again: Option<SpeakersAgainDialog>,
    /// What a sheet is about that is being imported.
    pub(super) sheet: Option<SheetQuestion>,
    /// The table of pseudonyms.
    pub(super) pseudonyms: Option<PseudonymsDialog>,
    /// The table as it was last open, for exports and reports.
    pub(super) table: Option<Arc<PseudonymTable>>,
    pub(super) starters: Option<Starters>,
    pub(super) sets: Option<Sets>,
    pub(super) project: Option<ProjectSettings>,
    pub(super) attachments: bool,
}

impl Windows {
    /// Takes the keys of the finder before the pages below it can.
    pub(super) fn take_keys(&mut self, ctx: &Context) {
        if let Some(finder) = &mut self.finder {
            finder.keys(ctx);
        }
    }

    /// Shows the open windows; returns true if the finder or the writer was closed, so that the text gets the keyboard back.
    pub(super) fn ui(&mut self, ctx: &Context, cx: &mut Cx<'_>) -> bool {
        let recent = &mut self.recent;
        let before = (self.finder.is_some(), self.writer.is_some());
        keep_open(&mut self.finder, |finder| finder.ui(ctx, cx, recent));
        keep_open(&mut self.keymap, |keymap| keymap.ui(ctx, cx));
        keep_open(&mut self.speakers, |speakers| speakers.ui(ctx, cx));
        self.writer_ui(ctx, cx);
        keep_open(&mut self.incoming, |incoming| incoming.ui(ctx, cx));
        keep_open(&mut self.outgoing, |outgoing| outgoing.ui(ctx, cx));
        keep_open(&mut self.sets, |sets| sets.ui(ctx, cx));
        keep_open(&mut self.sheet, |sheet| sheet.ui(ctx, cx));
        keep_open(&mut self.starters, |starters| starters.ui(ctx, cx));
        keep_open(&mut self.project, |project| project.ui(ctx, cx));
        keep_open(&mut self.properties, |properties| properties.ui(ctx, cx));
        keep_open(&mut self.about, |about| about.ui(ctx, cx));
        keep_open(&mut self.who_speaks, |question| question.ui(ctx, cx));
        keep_open(&mut self.speakers_again, |again| again.ui(ctx, cx));
        keep_open(&mut self.replacing, |replacing| replacing.ui(ctx, cx));
        let table = &mut self.table;
        keep_open(&mut self.pseudonyms, |pseudonyms| {
            let stays = pseudonyms.ui(ctx, cx);
            if !stays {
                *table = pseudonyms.table().or_else(|| table.take());
            }
            stays
        });
        // Above the dialogs that ask it.
        keep_open(&mut self.removal, |removal| removal.ui(ctx, cx));
        self.attachments = self.attachments && Attachments::ui(ctx, cx);
        let closed = |before: bool, is_open: bool| before && !is_open;
        closed(before.0, self.finder.is_some())
            || closed(before.1, self.writer.is_some() && !self.is_left)
    }

    /// Opens the window for a new memo; returns what was written in it before and isn't saved.
    pub(super) fn write(&mut self, writer: Writer) -> Option<MemoDraft> {
        self.writer.replace(writer)?.draft()
    }

    /// The memo that was left without saving it.
    pub(super) fn take_left(&mut self) -> Option<MemoDraft> {
        std::mem::take(&mut self.is_left)
            .then(|| self.writer.take()?.draft())
            .flatten()
    }

    /// Shows the window in which a new memo is written; unlike dialogs, it lets one read on meanwhile.
    fn writer_ui(&mut self, ctx: &Context, cx: &mut Cx<'_>) {
        let Some(writer) = &mut self.writer else {
            return;
        };
        let mut stays = true;
        let shown = Window::new(cx.language.say(strings::MEMO))
            .id(Id::unique("memo writer"))
            .collapsible(false)
            .default_width(460.0)
            .open(&mut stays)
            .default_pos([420.0, 140.0])
            .show(ctx, |ui| writer.ui(ui, cx));
        // A window that shows no contents in this frame is still open.
        match shown.and_then(|shown| shown.inner).flatten() {
            Some(WritingEnd::Saved | WritingEnd::Discarded) => self.writer = None,
            Some(WritingEnd::Left) => self.is_left = true,
            None => self.is_left = !stays,
        }
    }
}

/// Shows a window if it is open, and closes it unless `ui` returns true.
fn keep_open<T>(window: &mut Option<T>, ui: impl FnOnce(&mut T) -> bool) {
    if window.as_mut().is_some_and(|window| !ui(window)) {
        *window = None;
    }
}
