//! Pseudonyms: the table of who and what is named, with what stands in their place, and what it changes in the texts.

mod jobs;
mod list;
mod lock;
mod row;

use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

use egui::{Align, Align2, Context, Id, Layout, ScrollArea, Ui, Window};

use self::{jobs::Work, lock::Lock};
use crate::{
    app::{
        Session,
        action::Action,
        jobs::Jobs,
        pseudonyms::{
            places::NamePlace,
            vault::{has_table, table_path},
        },
    },
    gui::{
        context::Cx,
        strings,
        theme::{palette, small},
        widgets::{buttons, dialog},
    },
    message::{Message, text::Text},
    names::table::{PseudonymTable, RowState},
    seal::Passphrase,
};

/// What the right side of the dialog shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Shown {
    /// The chosen row with its passages.
    #[default]
    Row,
    /// What looks like a name and isn't replaced.
    Left,
}

/// The open dialog.
#[derive(Debug)]
pub(in crate::gui) struct PseudonymsDialog {
    path: PathBuf,
    lock: Lock,
    open: Option<OpenTable>,
    work: Work,
    /// What went wrong last.
    fault: Option<Message>,
    /// Whether the dialog closes once the table is kept.
    closing: bool,
}

/// The table, once its passphrase is known.
#[derive(Debug)]
struct OpenTable {
    passphrase: Passphrase,
    table: PseudonymTable,
    /// The name that the chosen row is shown by.
    chosen: Option<String>,
    /// What is typed as a stand-in.
    typed: String,
    shown: Shown,
    /// The passages of each name, of the last scan.
    passages: BTreeMap<String, Vec<NamePlace>>,
    /// What is left, for the table as it is now.
    left: Option<Vec<NamePlace>>,
    /// Whether the list gets the keyboard.
    takes_keyboard: bool,
}

impl OpenTable {
    fn new(table: PseudonymTable, passphrase: Passphrase) -> Self {
        let mut own = Self {
            passphrase,
            table,
            chosen: None,
            typed: String::new(),
            shown: Shown::Row,
            passages: BTreeMap::new(),
            left: None,
            takes_keyboard: true,
        };
        own.choose(0);
        own
    }

    fn chosen(&self) -> Option<usize> {
        self.table.row_of(self.chosen.as_deref()?)
    }

    /// Chooses a row by its place, or the last one.
    fn choose(&mut self, at: usize) {
        let last = self.table.rows.len().checked_sub(1);
        let row = last.and_then(|last| self.table.rows.get(at.min(last)));
        self.chosen = row.map(|row| row.text().to_owned());
        self.typed = row.map_or_else(String::new, |row| row.stand_in().to_owned());
        self.shown = Shown::Row;
    }
}

impl PseudonymsDialog {
    pub(in crate::gui) fn new(session: &Session) -> Self {
        let path = session.path().to_owned();
        Self {
            lock: Lock::new(!has_table(&path)),
            path,
            open: None,
            work: Work::default(),
            fault: None,
            closing: false,
        }
    }

    /// The table, for exports and reports; `None` while it is locked.
    pub(in crate::gui) fn table(&self) -> Option<Arc<PseudonymTable>> {
        let open = self.open.as_ref();
        open.map(|open| Arc::new(open.table.clone()))
    }

    /// Starts the jobs that it needs.
    pub(in crate::gui) fn keep(&mut self, session: &Session, jobs: &mut Jobs) {
        let Self {
            path,
            open,
            work,
            lock,
            ..
        } = self;
        work.keep(path, open.as_ref(), lock, session, jobs);
    }

    /// Takes what the jobs have done.
    pub(in crate::gui) fn poll(&mut self) {
        let Self {
            open,
            work,
            lock,
            fault,
            ..
        } = self;
        if let Some(said) = work.poll(open, lock) {
            *fault = Some(said);
            self.closing = false;
        }
    }

    /// Shows the dialog; returns true while it stays open.
    pub(in crate::gui) fn ui(&mut self, ctx: &Context, cx: &mut Cx<'_>) -> bool {
        let title = cx.language.say(strings::PSEUDONYMS);
        let window = Window::new(title)
            .id(Id::unique("pseudonyms"))
            .resizable(false)
            .anchor(Align2::CENTER_CENTER, [0.0, 0.0]);
        let space = ctx.content_rect();
        let mut closes = false;
        let stays = dialog::show(ctx, title, window, |ui| {
            let width = if self.open.is_some() {
                960.0
            } else {
                520.0_f32
            };
            ui.set_width(width.min(space.width() - 48.0));
            closes = match &self.open {
                None => self.lock.ui(ui, &table_path(&self.path), cx.language),
                Some(_) => self.table_ui(ui, cx, space.height()),
            };
            if let Some(fault) = &self.fault {
                let bad = palette(ui.visuals()).bad;
                ui.label(small(ui, fault.say(cx.language)).color(bad));
            }
        });
        let leaves = closes || !stays || dialog::escaped(ctx);
        if leaves {
            self.work.cancel_reading();
        }
        self.closing |= leaves;
        // What was decided is on the disk before the dialog goes.
        !self.closing || self.work.is_unsaved()
    }

    /// The table with the chosen row; returns true to close.
    fn table_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, height: f32) -> bool {
        let language = cx.language;
        let room = (height - 240.0).clamp(160.0, 520.0);
        let Some(open) = &mut self.open else {
            return true;
        };
        if let Some((done, total)) = self.work.scanning() {
            ui.horizontal(|ui| {
                ui.spinner();
                ui.label(small(ui, strings::names_looked_for(language, done, total)));
                if buttons::word(ui, language.say(strings::CANCEL)).clicked() {
                    self.work.cancel_reading();
                }
            });
            ui.add_space(4.0);
        }
        let before = open.table.clone();
        if open.table.rows.is_empty() {
            let says = if self.work.scanning().is_some() {
                strings::LOOKING_FOR_NAMES
            } else {
                strings::NO_NAMES_FOUND
            };
            buttons::empty(ui, language.say(says));
        } else {
            ui.horizontal_top(|ui| {
                let half = (ui.available_width() - 16.0) / 2.0;
                ui.allocate_ui_with_layout(
                    [half, room].into(),
                    Layout::top_down(Align::Min),
                    |ui| {
                        list::ui(ui, open, language, room);
                    },
                );
                ui.separator();
                ui.vertical(|ui| {
                    ScrollArea::vertical()
                        .id_salt("pseudonyms beside")
                        .max_height(room)
                        .auto_shrink([false, false])
                        .show(ui, |ui| match open.shown {
                            Shown::Row => row::ui(ui, cx, open),
                            Shown::Left => row::left_ui(ui, cx, open.left.as_deref()),
                        });
                });
            });
        }
        if open.table != before {
            open.left = None;
            self.work.changed();
        }
        ui.separator();
        self.buttons_ui(ui, cx)
    }

    fn buttons_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) -> bool {
        let language = cx.language;
        let Some(open) = &mut self.open else {
            return true;
        };
        let mut closes = false;
        ui.horizontal(|ui| {
            let left = open.shown == Shown::Left;
            let name = if left {
                strings::BACK_TO_ROW
            } else {
                strings::WHAT_IS_LEFT
            };
            if ui.button(language.say(name)).clicked() {
                open.shown = if left { Shown::Row } else { Shown::Left };
            }
            if ui.button(language.say(strings::ACCEPT_ALL)).clicked() {
                for row in &mut open.table.rows {
                    if row.state == RowState::Proposed {
                        row.state = RowState::Accepted;
                    }
                }
                self.work.changed();
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                closes = ui.button(language.say(strings::CLOSE)).clicked();
                let replace = ui
                    .button(language.say(strings::REPLACE_IN_TEXTS))
                    .on_hover_text(language.say(strings::REPLACE_IN_TEXTS_HINT));
                if replace.clicked() {
                    cx.edit(Action::Pseudonymise(Box::new(open.table.substitutes())));
                    closes = true;
                }
                ui.label(small(
                    ui,
                    strings::rows_of_names(language, open.table.rows.len(), open.table.proposed()),
                ));
            });
        });
        closes
    }
}

/// Chinese and English for a state, with a mark that doesn't need colour.
fn state_text(state: RowState) -> Text {
    state.name()
}
