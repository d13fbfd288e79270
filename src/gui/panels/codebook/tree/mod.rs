//! The codebook as a tree: its rows, which of them are chosen, and names typed in place.

mod dragging;
mod keys;

use std::collections::BTreeSet;

use egui::{
    Id, Popup, Rect, Response, Role, ScrollArea, Sense, SetOpenCommand, Ui, Vec2, WidgetInfo, pos2,
    vec2,
};

use self::dragging::scroll_while_dragging;

use super::{
    command::Command,
    menu, naming, row,
    view::{self, CodeRow, Look, Sorting, TreeRow, TreeSlot},
};
use crate::{
    gui::{
        context::Cx,
        strings::{self, UiLanguage},
        theme::size,
        widgets::outline::landmark,
    },
    message::text::COMMA,
    model::{Project, ids::CodeId},
};

/// The state of the tree between frames.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// The filter; empty shows every code.
    pub(super) query: String,
    pub(super) sorting: Sorting,
    /// True if counts leave out the codings of subcodes.
    pub(super) own_counts: bool,
    folded: BTreeSet<CodeId>,
    chosen: BTreeSet<CodeId>,
    /// The row that keys act on.
    cursor: Option<CodeId>,
    /// The row that a range starts from.
    anchor: Option<CodeId>,
    /// A new code that is being named.
    pub(super) naming: Option<naming::NewCode>,
    /// A code that is being renamed.
    pub(super) renaming: Option<naming::Renaming>,
    rows: Vec<TreeRow>,
    /// The row that the Tab key stops at.
    tab_stop: Option<CodeId>,
    /// The revision and language that `rows` are for; `None` if they have to be prepared again.
    prepared: Option<(u64, UiLanguage)>,
    /// True if the next frame scrolls to the cursor's row and gives it the keyboard.
    reveal: bool,
    /// Offset and height of what is on screen.
    viewport: (f32, f32),
    /// The row whose menu was opened by key; true until the frame that opens it.
    menu_of: Option<(CodeId, bool)>,
}

/// What the user did in the tree.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Wish {
    /// A command for the chosen codes.
    Command(Command),
    /// A code was clicked: it is applied if text is selected, and otherwise shown.
    Clicked(CodeId),
    /// Codes were dropped at a slot.
    Move(Vec<CodeId>, TreeSlot),
    /// The selected passage was dropped on a code.
    Apply(CodeId),
    /// A name was typed.
    Named(naming::Named),
}

/// The id of a code's row; it doesn't depend on the row's position, so the keyboard stays with the code.
fn row_id(code: CodeId) -> Id {
    Id::unique(("code row", code))
}

impl Tree {
    /// Has the rows prepared again in the next frame.
    pub(super) fn changed(&mut self) {
        self.prepared = None;
    }

    /// The codes that a command is for: all chosen ones in the order of the tree, or the one at the cursor.
    pub(super) fn targets(&self, project: &Project) -> Vec<CodeId> {
        let chosen = project
            .codebook
            .in_order()
            .into_iter()
            .map(|(_, code)| code.id)
            .filter(|id| self.chosen.contains(id));
        let chosen: Vec<CodeId> = chosen.collect();
        if chosen.is_empty() {
            self.cursor
                .filter(|id| project.codebook.get(*id).is_some())
                .into_iter()
                .collect()
        } else {
            chosen
        }
    }

    /// The code at the cursor.
    pub(super) fn cursor(&self) -> Option<CodeId> {
        self.cursor
    }

    /// Chooses one code, scrolls to it and gives it the keyboard.
    pub(super) fn choose(&mut self, code: CodeId) {
        (self.chosen, self.cursor, self.anchor) = ([code].into(), Some(code), Some(code));
        self.reveal = true;
    }

    /// Unfolds a code.
    pub(super) fn unfold(&mut self, code: CodeId) {
        self.folded.remove(&code);
        self.changed();
    }

    /// Folds every theme away, or shows all.
    pub(super) fn fold_all(&mut self, project: &Project, fold: bool) {
        let with_subcodes = project
            .codebook
            .codes
            .values()
            .filter_map(|code| code.place.parent);
        self.folded = if fold {
            with_subcodes.collect()
        } else {
            BTreeSet::new()
        };
        self.changed();
    }

    fn prepare(&mut self, cx: &Cx<'_>) {
        if self.prepared == Some((cx.revision, cx.language)) {
            return;
        }
        let naming = self.naming.as_ref().map(|new| new.parent);
        let tag = cx.language.tag();
        let look = Look {
            query: &self.query,
            sorting: self.sorting,
            folded: &self.folded,
            language: tag,
            naming,
        };
        self.rows = view::rows(cx.project, cx.tally, &look);
        let exists = |id: &CodeId| cx.project.codebook.get(*id).is_some();
        self.chosen.retain(exists);
        self.cursor = self.cursor.filter(exists);
        self.prepared = Some((cx.revision, cx.language));
    }

    /// Paints the rows on screen.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, wishes: &mut Vec<Wish>) {
        self.prepare(cx);
        self.keys(ui, wishes);
        // A key may have folded a row, which this frame should show already.
        self.prepare(cx);
        let mut area = ScrollArea::vertical()
            .id_salt("codebook")
            .auto_shrink([false, false]);
        if let Some(offset) = self.offset_to_reveal() {
            area = area.vertical_scroll_offset(offset);
        }
        let on_rows = |id: &CodeId| view::index_of(&self.rows, *id).is_some();
        self.tab_stop = self
            .cursor
            .filter(on_rows)
            .or_else(|| view::codes(&self.rows).next().map(|row| row.id));
        let rows = std::mem::take(&mut self.rows);
        let output = area.show_rows(ui, size::ROW, rows.len(), |ui, on_screen| {
            landmark(ui, Role::Tree, cx.language.say(strings::CODEBOOK));
            for row in rows.get(on_screen.clone()).unwrap_or_default() {
                let (_, rect) = ui.allocate_space(vec2(ui.available_width(), size::ROW));
                match row {
                    TreeRow::Code(code) => self.row_ui(ui, cx, rect, code, wishes),
                    TreeRow::Naming { depth } => {
                        self.naming_ui(ui, rect, *depth, cx.language, wishes);
                    }
                }
            }
            self.keep_keyboard(ui, &rows, on_screen);
        });
        self.rows = rows;
        self.viewport = (output.state.clamped_offset().y, output.inner_rect.height());
        self.drop_below(ui, output.inner_rect, wishes);
        scroll_while_dragging(ui, output.inner_rect);
    }

    /// Keeps the keyboard on the cursor's row while that is off screen.
    ///
    /// egui takes the keyboard from a widget that isn't shown, so arrows would stop working after scrolling.
    fn keep_keyboard(&self, ui: &Ui, rows: &[TreeRow], on_screen: std::ops::Range<usize>) {
        let Some(cursor) = self.cursor else { return };
        if ui.memory(|memory| memory.has_focus(row_id(cursor)))
            && view::index_of(rows, cursor).is_some_and(|at| !on_screen.contains(&at))
        {
            ui.interact(
                Rect::from_min_size(ui.max_rect().min, Vec2::ZERO),
                row_id(cursor),
                Sense::focusable_noninteractive(),
            );
        }
    }

    /// The offset that brings the cursor's row on screen; `None` if it needn't move.
    fn offset_to_reveal(&self) -> Option<f32> {
        let at = view::index_of(&self.rows, self.cursor.filter(|_| self.reveal)?)?;
        #[expect(clippy::cast_precision_loss, reason = "the row of a list on screen")]
        let top = at as f32 * size::ROW;
        let (offset, height) = self.viewport;
        // With a row before and after it, it isn't below the fade of the list's edge.
        if top - size::ROW < offset {
            Some((top - size::ROW).max(0.0)).filter(|to| *to < offset)
        } else {
            let end = top + size::ROW * 2.0;
            (end > offset + height).then_some(end - height)
        }
    }

    /// Gives the keyboard to the row at the cursor, or the first.
    pub(super) fn take_keyboard(&mut self) {
        self.cursor = self
            .cursor
            .or_else(|| view::codes(&self.rows).next().map(|row| row.id));
        self.reveal = true;
    }

    fn row_ui(
        &mut self,
        ui: &mut Ui,
        cx: &Cx<'_>,
        rect: Rect,
        row: &CodeRow,
        wishes: &mut Vec<Wish>,
    ) {
        let is_cursor = self.cursor == Some(row.id);
        let mut sense = Sense::CLICK | Sense::DRAG;
        // One stop for the Tab key: the row that the keyboard was on, or else the first.
        if self.tab_stop == Some(row.id) {
            sense |= Sense::FOCUSABLE;
        }
        let response = ui.interact(rect, row_id(row.id), sense);
        if is_cursor && std::mem::take(&mut self.reveal) {
            response.request_focus();
        }
        row::paint(
            ui,
            rect,
            row,
            self.chosen.contains(&row.id),
            &response,
            row::Usage {
                count: self.count(cx, row),
                used: cx.tally.with_subcodes(row.id) > 0,
            },
        );
        self.name_for_screen_readers(ui, cx, row, &response);
        if self
            .renaming
            .as_ref()
            .is_some_and(|renaming| renaming.code == row.id)
        {
            self.renaming_ui(ui, cx, row::name_rect(rect, row), wishes);
            return;
        }
        if let Some(named) = self.menu_ui(cx, row, &response) {
            wishes.push(named);
        }
        self.dragged_ui(ui, cx, rect, row, &response, wishes);
        self.clicked(ui, cx, rect, row, &response, wishes);
        if !response.dragged() && !response.context_menu_opened() {
            response.on_hover_ui(|ui| {
                ui.set_max_width(320.0);
                ui.label(row::tip(cx, row));
            });
        }
    }

    fn count(&self, cx: &Cx<'_>, row: &CodeRow) -> usize {
        if self.own_counts {
            cx.tally.own(row.id)
        } else {
            cx.tally.with_subcodes(row.id)
        }
    }

    fn name_for_screen_readers(&self, ui: &Ui, cx: &Cx<'_>, row: &CodeRow, response: &Response) {
        response.widget_info(|| {
            WidgetInfo::selected(
                Role::TreeItem,
                true,
                self.chosen.contains(&row.id),
                &row.name,
            )
        });
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_level(row.depth + 1);
            if row.has_subcodes {
                node.set_expanded(!row.folded);
            }
            node.set_description(self.about_row(cx, row));
        });
    }

    /// What a screen reader says after the name of a code. Not every system passes level and state on.
    fn about_row(&self, cx: &Cx<'_>, row: &CodeRow) -> String {
        let language = cx.language;
        let codebook = &cx.project.codebook;
        let parent = codebook.get(row.id).and_then(|code| code.place.parent);
        let parent = parent.and_then(|parent| codebook.get(parent));
        let state = if row.folded {
            strings::COLLAPSED
        } else {
            strings::EXPANDED
        };
        let undefined = (!row.defined).then(|| language.say(strings::WITHOUT_DEFINITION));
        let parts: Vec<String> = [
            Some(strings::n_codings(language, self.count(cx, row))),
            parent.map(|parent| strings::within(language, parent.name.get(&language.tag()))),
            row.has_subcodes.then(|| language.say(state).to_owned()),
            undefined.map(str::to_owned),
        ]
        .into_iter()
        .flatten()
        .collect();
        parts.join(language.say(COMMA))
    }

    fn menu_ui(&mut self, cx: &Cx<'_>, row: &CodeRow, response: &Response) -> Option<Wish> {
        if response.secondary_clicked() {
            self.menu_of = None;
            if !self.chosen.contains(&row.id) {
                self.choose(row.id);
            }
            self.cursor = Some(row.id);
        }
        let by_key = self.menu_of.filter(|(code, _)| *code == row.id);
        let popup = match by_key {
            // Only the first frame opens the menu: later ones leave it to egui, or it could never be closed.
            Some((_, opens)) => {
                Popup::menu(response).open_memory(opens.then_some(SetOpenCommand::Bool(true)))
            }
            None => Popup::context_menu(response),
        };
        let shows =
            popup.show(|ui| menu::ui(ui, row, cx.language, by_key.is_some_and(|(_, opens)| opens)));
        self.menu_of = by_key
            .filter(|_| shows.is_some())
            .map(|(code, _)| (code, false))
            .or(self.menu_of.filter(|_| by_key.is_none()));
        shows?.inner.map(Wish::Command)
    }

    fn clicked(
        &mut self,
        ui: &Ui,
        cx: &Cx<'_>,
        rect: Rect,
        row: &CodeRow,
        response: &Response,
        wishes: &mut Vec<Wish>,
    ) {
        if !response.clicked() {
            return;
        }
        let modifiers = ui.input(|input| input.modifiers);
        let on_caret = response
            .interact_pointer_pos()
            .is_some_and(|at| at.x < row::left_of(rect, row) + 14.0);
        if row.has_subcodes && on_caret {
            self.fold(row.id);
        } else if modifiers.command {
            if !self.chosen.remove(&row.id) {
                self.chosen.insert(row.id);
            }
            (self.cursor, self.anchor) = (Some(row.id), Some(row.id));
            response.request_focus();
        } else if modifiers.shift {
            self.extend_to(row.id);
            response.request_focus();
        } else if cx.selection.is_some() {
            wishes.push(Wish::Clicked(row.id));
        } else {
            self.choose(row.id);
            wishes.push(if response.double_clicked() {
                Wish::Command(Command::Edit)
            } else {
                Wish::Clicked(row.id)
            });
        }
    }

    fn fold(&mut self, code: CodeId) {
        if !self.folded.remove(&code) {
            self.folded.insert(code);
        }
        self.changed();
    }

    fn extend_to(&mut self, code: CodeId) {
        let from = self.anchor.unwrap_or(code);
        self.chosen = view::range_of(&self.rows, from, code);
        (self.cursor, self.anchor) = (Some(code), Some(from));
    }

    /// Starts to rename a code in place.
    pub(super) fn rename(&mut self, project: &Project, code: CodeId, language: UiLanguage) {
        self.renaming = project
            .codebook
            .get(code)
            .map(|code| naming::Renaming::new(code, language));
    }

    /// Starts to name a new code below another, or at the top.
    pub(super) fn name_new(&mut self, parent: Option<CodeId>) {
        self.naming = Some(naming::NewCode::below(parent));
        self.changed();
    }

    fn naming_ui(
        &mut self,
        ui: &mut Ui,
        rect: Rect,
        depth: usize,
        language: UiLanguage,
        wishes: &mut Vec<Wish>,
    ) {
        let Some(new) = &mut self.naming else { return };
        let left = rect.left() + row::indent(depth) + 34.0;
        let rect = Rect::from_min_max(
            pos2(left, rect.top() + 1.0),
            pos2(rect.right() - 8.0, rect.bottom() - 1.0),
        );
        if let Some(named) = naming::new_ui(ui, rect, new, language) {
            self.naming = None;
            self.changed();
            wishes.push(Wish::Named(named));
        }
    }

    fn renaming_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, rect: Rect, wishes: &mut Vec<Wish>) {
        let Some(renaming) = &mut self.renaming else {
            return;
        };
        if let Some(named) = naming::renaming_ui(ui, cx, rect, renaming) {
            self.renaming = None;
            self.reveal = true;
            wishes.push(Wish::Named(named));
        }
    }
}
