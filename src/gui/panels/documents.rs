//! Documents by family, each with how much of it is coded.

use std::collections::BTreeSet;

use egui::{Modifiers, Rect, RichText, Role, ScrollArea, Ui, Vec2, WidgetInfo};

use crate::{
    gui::{
        cached::Cached,
        context::Cx,
        icons,
        request::{FilePurpose, Request},
        strings::{self, UiLanguage},
        theme::{self, palette, size},
        widgets::{
            buttons,
            list_row::{elided, side_row},
            outline::{self, landmark},
        },
    },
    message::text::COMMA,
    model::{Families, ids::DocumentId},
};
pub(in crate::gui) use properties::Properties;
use view::{DocumentRow, FamilyRow, ListRow};

mod menu;
mod properties;
mod view;

/// The list of documents at the side of the window.
#[derive(Debug, Default)]
pub(in crate::gui) struct DocumentsPanel {
    /// The families whose documents are folded away.
    folded: BTreeSet<Families>,
    /// The rows that are chosen, to do something with all of them.
    chosen: BTreeSet<DocumentId>,
    /// The row from which Shift chooses to another.
    anchor: Option<DocumentId>,
    /// The rows, for a revision of the project.
    rows: Cached<u64, Vec<ListRow>>,
    wants_keyboard: bool,
    /// The document that was open in the last frame.
    open: Option<DocumentId>,
}

impl DocumentsPanel {
    /// The documents in the order of the list, without those folded away.
    pub(in crate::gui) fn order(&self) -> Vec<DocumentId> {
        self.rows
            .value()
            .into_iter()
            .flatten()
            .filter_map(|row| match row {
                ListRow::Document(row) => Some(row.id),
                ListRow::Family(_) => None,
            })
            .collect()
    }

    /// Gives the keyboard to the open document's row.
    pub(in crate::gui) fn take_keyboard(&mut self) {
        self.wants_keyboard = true;
    }

    pub(in crate::gui) fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, open: Option<DocumentId>) {
        // Rows follow one another without gaps, as `show_rows` below counts on.
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.add_space(10.0);
        heading_ui(ui, cx);
        if cx.project.documents.is_empty() {
            no_documents_ui(ui, cx);
            return;
        }
        let rows = self
            .rows
            .get(cx.revision, |_| view::rows(cx.project, &self.folded));
        let mut clicked = None;
        let mut chosen = None;
        self.chosen
            .retain(|id| cx.project.documents.contains_key(id));
        let wants_keyboard = std::mem::take(&mut self.wants_keyboard);
        // One that was opened from elsewhere comes into sight.
        let is_new = std::mem::replace(&mut self.open, open) != open;
        let opened = rows.iter().position(
            |row| matches!(row, ListRow::Document(row) if is_new && Some(row.id) == open),
        );
        ScrollArea::vertical()
            .auto_shrink([false, false])
            .show_rows(ui, size::ROW, rows.len(), |ui, shown| {
                landmark(ui, Role::Tree, cx.language.say(strings::DOCUMENTS));
                if let Some(opened) = opened {
                    #[expect(clippy::cast_precision_loss, reason = "a row of a list")]
                    let below = opened as f32 - shown.start as f32;
                    let top = ui.min_rect().top() + below * size::ROW;
                    // With a row before and after it, it isn't below the fade of the list's edge.
                    let rows = top - size::ROW..=top + size::ROW * 2.0;
                    let row = Rect::from_x_y_ranges(ui.max_rect().x_range(), rows);
                    ui.scroll_to_rect(row, None);
                }
                for row in rows.get(shown).unwrap_or_default() {
                    match row {
                        ListRow::Family(row) => {
                            if family_ui(ui, row, cx.language) {
                                clicked = Some(row.case);
                            }
                        }
                        ListRow::Document(row) => {
                            let is_open = open == Some(row.id);
                            let is_lit = is_open || self.chosen.contains(&row.id);
                            let percent = cx.tally.percent_coded(row.id);
                            let response = document_ui(ui, row, is_lit, percent);
                            if wants_keyboard && is_open {
                                response.request_focus();
                            }
                            let meant = meant(&self.chosen, row.id);
                            response.context_menu(|ui| menu::ui(ui, cx, &meant));
                            if response.has_focus() {
                                menu::keys(ui, cx, &meant);
                            }
                            if response.clicked() {
                                chosen = Some((row.id, ui.input(|input| input.modifiers)));
                            }
                        }
                    }
                }
            });
        if let Some(case) = clicked {
            self.fold(case);
        }
        if let Some((document, modifiers)) = chosen {
            self.choose(cx, document, modifiers);
        }
    }

    /// Opens a document; with Ctrl it is added to those chosen or taken out, with Shift all from the last one are chosen.
    fn choose(&mut self, cx: &mut Cx<'_>, document: DocumentId, modifiers: Modifiers) {
        if modifiers.command {
            if !self.chosen.remove(&document) {
                self.chosen.insert(document);
            }
            self.anchor = Some(document);
            return;
        }
        let order = self.order();
        let place = |id: DocumentId| order.iter().position(|other| *other == id);
        if modifiers.shift
            && let Some(from) = self.anchor.and_then(place)
            && let Some(to) = place(document)
        {
            let range = from.min(to)..=from.max(to);
            self.chosen = order
                .get(range)
                .unwrap_or_default()
                .iter()
                .copied()
                .collect();
            return;
        }
        self.chosen = BTreeSet::from([document]);
        self.anchor = Some(document);
        cx.ask(Request::OpenDocument(document, None));
    }

    fn fold(&mut self, case: Families) {
        if !self.folded.remove(&case) {
            self.folded.insert(case);
        }
        self.rows.clear();
    }
}

fn heading_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    ui.horizontal(|ui| {
        ui.add_space(16.0);
        outline::section(ui, cx.language.say(strings::DOCUMENTS));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.add_space(8.0);
            if buttons::quiet(ui, icons::UPLOAD, cx.language.say(strings::IMPORT_FILES)).clicked() {
                cx.ask(Request::OpenDialog(FilePurpose::Transcripts));
            }
            ui.label(theme::small(ui, cx.project.documents.len().to_string()));
        });
    });
}

/// The list of a project without documents, which offers to import some.
fn no_documents_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    ui.horizontal(|ui| {
        ui.add_space(16.0);
        ui.vertical(|ui| {
            ui.set_max_width(ui.available_width() - 12.0);
            buttons::empty(ui, cx.language.say(strings::NO_DOCUMENTS));
            ui.add_space(8.0);
            if buttons::primary(ui, cx.language.say(strings::IMPORT_FILES)).clicked() {
                cx.ask(Request::OpenDialog(FilePurpose::Transcripts));
            }
        });
    });
}

/// A family's row; returns true if it was clicked.
fn family_ui(ui: &mut Ui, row: &FamilyRow, language: UiLanguage) -> bool {
    let FamilyRow {
        case,
        name,
        count,
        folded,
    } = row;
    let folded = *folded;
    let name = match case {
        Families::One(_) => name.as_str(),
        Families::Several => language.say(strings::SEVERAL_CASES),
        Families::None => language.say(strings::NO_CASE),
    };
    let (rect, response) = side_row(ui, false);
    let colors = palette(ui.visuals());
    let caret = if folded {
        icons::CARET_RIGHT
    } else {
        icons::CARET_DOWN
    };
    ui.painter().text(
        rect.left_center() + Vec2::new(14.0, 0.0),
        egui::Align2::LEFT_CENTER,
        caret,
        theme::regular(10.0),
        colors.ink_2,
    );
    let text = RichText::new(name)
        .font(theme::medium(13.0))
        .color(colors.ink);
    elided(
        ui,
        rect.left() + 32.0,
        rect.right() - 40.0,
        rect.center().y,
        text,
    );
    let at = rect.right_center() - Vec2::new(16.0, 0.0);
    ui.painter().text(
        at,
        egui::Align2::RIGHT_CENTER,
        count,
        theme::regular(12.0),
        colors.ink_2,
    );
    response.widget_info(|| WidgetInfo::labeled(Role::TreeItem, true, name));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_level(1);
        node.set_expanded(!folded);
        let state = if folded {
            strings::COLLAPSED
        } else {
            strings::EXPANDED
        };
        let says = [&strings::n_documents(language, *count), language.say(state)];
        node.set_description(says.join(language.say(COMMA)));
    });
    response.clicked()
}

/// A document's row with a bar for how much of it is coded.
fn document_ui(ui: &mut Ui, row: &DocumentRow, open: bool, percent: u32) -> egui::Response {
    let DocumentRow {
        title,
        short,
        memos,
        ..
    } = row;
    let (rect, response) = side_row(ui, open);
    let colors = palette(ui.visuals());
    elided(
        ui,
        rect.left() + 32.0,
        rect.right() - if *memos { 84.0 } else { 72.0 },
        rect.center().y,
        RichText::new(short)
            .font(theme::regular(13.0))
            .color(colors.ink),
    );
    if *memos {
        let at = egui::pos2(rect.right() - 72.0, rect.center().y);
        ui.painter().text(
            at,
            egui::Align2::CENTER_CENTER,
            icons::NOTE,
            theme::regular(11.5),
            colors.ink_2,
        );
    }
    let bar = Rect::from_min_size(
        egui::pos2(rect.right() - 60.0, rect.center().y - 2.0),
        Vec2::new(44.0, 4.0),
    );
    ui.painter().rect_filled(bar, 2.0, colors.line);
    #[expect(clippy::cast_precision_loss, reason = "a percentage")]
    let width = bar.width() * percent as f32 / 100.0;
    ui.painter().rect_filled(
        Rect::from_min_size(bar.min, Vec2::new(width, 4.0)),
        2.0,
        colors.accent,
    );
    response.widget_info(|| WidgetInfo::selected(Role::TreeItem, true, open, title));
    ui.ctx()
        .accesskit_node_builder(response.id, |node| node.set_level(2));
    response.on_hover_text(format!("{title} · {percent} %"))
}

/// What an action on a row is for: all that are chosen, if the row is one of them.
fn meant(chosen: &BTreeSet<DocumentId>, row: DocumentId) -> Vec<DocumentId> {
    if chosen.contains(&row) {
        chosen.iter().copied().collect()
    } else {
        vec![row]
    }
}
