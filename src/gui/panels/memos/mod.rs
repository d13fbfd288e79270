//! The memos: a list to filter and search, and the selected one with its subject.

mod drafts;
pub(in crate::gui::panels) mod view;
mod writer;

use std::collections::BTreeSet;

use egui::{
    CentralPanel, ComboBox, Frame, Key, Margin, Modifiers, Panel, RichText, Role, ScrollArea,
    TextEdit, Ui, Vec2, WidgetInfo,
};
use egui_commonmark::{CommonMarkCache, CommonMarkViewer};

use crate::{
    app::{
        action::Action,
        drafts::MemoDraft,
        export::memos::{day_of, quoted},
    },
    gui::{
        cached::Cached,
        context::Cx,
        icons,
        request::{FilePurpose, Request},
        strings::{self, UiLanguage},
        theme::{self, palette, size, small},
        typeset,
        widgets::{
            buttons,
            leaving::WritingEnd,
            list_row::{elided, list_row},
            outline,
        },
    },
    model::{
        Project,
        ids::MemoId,
        memo::{Anchor, Memo, MemoKind},
    },
};
pub(in crate::gui) use drafts::MemoDrafts;
use view::{Filter, MemoRow, On, kind_name, place, title_of};
pub(in crate::gui) use writer::Writer;

const ROW: f32 = 62.0;

/// What the page remembers.
#[derive(Default)]
pub(in crate::gui) struct MemosPanel {
    filter: Filter,
    rows: Cached<(u64, Filter, UiLanguage), Vec<MemoRow>>,
    chosen: Option<MemoId>,
    editing: Option<Writer>,
    /// What was begun and put aside.
    pub(in crate::gui) drafts: MemoDrafts,
    reveal: bool,
    searching: bool,
    markdown: CommonMarkCache,
}

impl MemosPanel {
    /// Shows a memo.
    pub(in crate::gui) fn choose(&mut self, memo: MemoId) {
        self.put_aside();
        (self.chosen, self.reveal) = (Some(memo), true);
        self.filter = Filter::default();
    }

    pub(in crate::gui) fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let project = cx.project;
        let key = (cx.session.revision(), self.filter.clone(), cx.language);
        let made = self.rows.refresh(key, |(_, filter, language)| {
            view::rows(project, filter, *language)
        });
        if made {
            self.chosen = self
                .chosen
                .filter(|id| project.memos.contains_key(id))
                .or(self.rows().first().map(|row| row.id));
        }
        let colors = palette(ui.visuals());
        let side = Frame::new().fill(colors.panel).inner_margin(Margin {
            left: 16,
            right: 8,
            top: 14,
            bottom: 8,
        });
        Panel::left("memos")
            .default_size(400.0)
            .size_range(280.0..=560.0)
            .frame(side)
            .show(ui, |ui| self.list_ui(ui, cx));
        let page = Frame::new()
            .fill(colors.page)
            .inner_margin(Margin::symmetric(36, 24));
        CentralPanel::default().frame(page).show(ui, |ui| {
            ScrollArea::vertical()
                .auto_shrink([false, false])
                .show(ui, |ui| {
                    ui.set_max_width(ui.available_width().min(680.0));
                    self.chosen_ui(ui, cx);
                });
        });
    }

    /// The memos that the filter lets through.
    fn rows(&self) -> &[MemoRow] {
        self.rows.value().map_or(&[], Vec::as_slice)
    }

    fn list_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        ui.horizontal(|ui| {
            outline::section(ui, cx.language.say(strings::MEMOS));
            ui.label(small(ui, self.rows().len().to_string()));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if buttons::quiet(ui, icons::PLUS, cx.language.say(strings::NEW_MEMO)).clicked() {
                    cx.ask(Request::WriteMemo(Anchor::Project));
                }
                if buttons::quiet(ui, icons::DOWNLOAD, cx.language.say(strings::EXPORT_MEMOS))
                    .clicked()
                {
                    cx.ask(Request::OpenDialog(FilePurpose::ExportMemos));
                }
            });
        });
        ui.add_space(4.0);
        let field = TextEdit::singleline(&mut self.filter.words)
            .hint_text(cx.language.say(strings::SEARCH_MEMOS))
            .desired_width(f32::INFINITY);
        let field = ui.add(field);
        field.widget_info(|| {
            WidgetInfo::labeled(
                Role::TextInput,
                true,
                cx.language.say(strings::SEARCH_MEMOS),
            )
        });
        if std::mem::take(&mut self.searching) {
            field.request_focus();
        }
        ui.add_space(6.0);
        let all = cx.language.say(strings::ANY_OF_THEM);
        let name = |kind| (Some(kind), cx.language.say(kind_name(kind)));
        let kinds = [
            (None, all),
            name(MemoKind::Analytic),
            name(MemoKind::Method),
            name(MemoKind::Reflexive),
        ];
        buttons::segmented(ui, &mut self.filter.kind, &kinds);
        ui.add_space(6.0);
        self.filters_ui(ui, cx);
        ui.add_space(8.0);
        if self.rows().is_empty() {
            buttons::empty(
                ui,
                cx.language.say(if cx.project.memos.is_empty() {
                    strings::NO_MEMOS
                } else {
                    strings::NOTHING_FOUND
                }),
            );
            return;
        }
        self.rows_ui(ui, cx);
    }

    fn filters_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        ui.horizontal(|ui| {
            let on = |on: On| {
                cx.language.say(match on {
                    On::Anything => strings::ON_ANYTHING,
                    On::Project => strings::THE_PROJECT,
                    On::Documents => strings::DOCUMENTS,
                    On::Passages => strings::PASSAGES,
                    On::Codes => strings::CODES,
                    On::Cases => strings::CASES,
                    On::Memos => strings::MEMOS,
                })
            };
            let combo = ComboBox::from_id_salt("memos on")
                .selected_text(on(self.filter.on))
                .show_ui(ui, |ui| {
                    for choice in [
                        On::Anything,
                        On::Project,
                        On::Documents,
                        On::Passages,
                        On::Codes,
                        On::Cases,
                        On::Memos,
                    ] {
                        ui.selectable_value(&mut self.filter.on, choice, on(choice));
                    }
                });
            combo.response.widget_info(|| {
                WidgetInfo::labeled(Role::ComboBox, true, cx.language.say(strings::ON_ANYTHING))
            });
            let coder = self
                .filter
                .coder
                .and_then(|id| cx.project.coders.get(&id))
                .map_or(cx.language.say(strings::ALL_CODERS), |coder| {
                    coder.name.as_str()
                });
            let combo = ComboBox::from_id_salt("memos by")
                .selected_text(coder)
                .show_ui(ui, |ui| {
                    ui.selectable_value(
                        &mut self.filter.coder,
                        None,
                        cx.language.say(strings::ALL_CODERS),
                    );
                    for coder in cx.project.coders.values() {
                        ui.selectable_value(&mut self.filter.coder, Some(coder.id), &coder.name);
                    }
                });
            combo.response.widget_info(|| {
                WidgetInfo::labeled(Role::ComboBox, true, cx.language.say(strings::CODER))
            });
        });
    }

    fn rows_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let at = self
            .rows()
            .iter()
            .position(|row| Some(row.id) == self.chosen);
        let mut area = ScrollArea::vertical().auto_shrink([false, false]);
        if let Some(at) = at.filter(|_| std::mem::take(&mut self.reveal)) {
            #[expect(clippy::cast_precision_loss, reason = "the row of a list on screen")]
            let offset = (at as f32 - 2.0).max(0.0) * ROW;
            area = area.vertical_scroll_offset(offset);
        }
        let mut clicked = None;
        ui.spacing_mut().item_spacing.y = 0.0;
        area.show_rows(ui, ROW, self.rows().len(), |ui, shown| {
            for row in self.rows().get(shown).unwrap_or_default() {
                if self.row_ui(ui, cx, row) {
                    clicked = Some(row.id);
                }
            }
        });
        if let Some(id) = clicked {
            self.put_aside();
            self.chosen = Some(id);
        }
        self.keys(ui, cx, at);
    }

    fn row_ui(&self, ui: &mut Ui, cx: &mut Cx<'_>, row: &MemoRow) -> bool {
        let colors = palette(ui.visuals());
        let row_size = Vec2::new(ui.available_width(), ROW);
        let chosen = self.chosen == Some(row.id);
        let (rect, response) = list_row(ui, row_size, chosen, size::ROW_CORNER);
        let (left, right) = (rect.left() + 10.0, rect.right() - 10.0);
        elided(
            ui,
            left,
            right,
            rect.top() + 14.0,
            RichText::new(&row.title)
                .font(theme::medium(13.0))
                .color(colors.ink),
        );
        elided(
            ui,
            left,
            right,
            rect.top() + 31.0,
            RichText::new(&row.about)
                .font(theme::regular(11.5))
                .color(colors.ink_2),
        );
        elided(
            ui,
            left,
            right,
            rect.top() + 48.0,
            RichText::new(&row.snippet)
                .font(theme::regular(12.0))
                .color(colors.ink_2),
        );
        response
            .widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, chosen, &row.title));
        response.context_menu(|ui| {
            if ui
                .button(format!(
                    "{}  {}",
                    icons::TRASH,
                    cx.language.say(strings::REMOVE_MEMO)
                ))
                .clicked()
            {
                cx.edit(Action::RemoveMemo(row.id));
                ui.close();
            }
        });
        response.clicked()
    }

    /// Keys of the list: up and down, Enter edits, n writes, Delete removes, Ctrl F searches.
    fn keys(&mut self, ui: &Ui, cx: &mut Cx<'_>, at: Option<usize>) {
        if ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::F)) {
            self.searching = true;
        }
        if self.editing.is_some() || ui.ctx().text_edit_focused() {
            return;
        }
        let pressed = |key: Key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let step = if pressed(Key::ArrowDown) {
            at.map_or(Some(0), |at| at.checked_add(1))
        } else {
            None
        };
        let step = step.or_else(|| {
            if pressed(Key::ArrowUp) {
                at.and_then(|at| at.checked_sub(1))
            } else {
                None
            }
        });
        if let Some(row) = step.and_then(|at| self.rows().get(at)) {
            (self.chosen, self.reveal) = (Some(row.id), true);
        }
        if pressed(Key::N) {
            cx.ask(Request::WriteMemo(Anchor::Project));
        }
        if pressed(Key::Enter) || pressed(Key::F2) {
            cx.requests.extend(self.chosen.map(Request::EditMemo));
        }
        if pressed(Key::Delete) {
            cx.requests.extend(
                self.chosen
                    .map(|memo| Request::edit(Action::RemoveMemo(memo))),
            );
        }
    }

    /// Opens the editor of a memo.
    pub(in crate::gui) fn edit(&mut self, project: &Project, memo: MemoId) {
        self.put_aside();
        self.editing = project.memos.get(&memo).map(|memo| {
            let draft = self.drafts.take(Some(memo.id), memo.anchor);
            Writer::of(memo).with(draft)
        });
        self.chosen = Some(memo);
    }

    /// Closes the editor; what isn't saved becomes a draft.
    fn put_aside(&mut self) {
        let draft = self.editing.take().and_then(|writer| writer.draft());
        self.drafts.add(draft);
    }

    /// The memo that is being changed, if something is changed.
    pub(in crate::gui) fn unsaved(&self) -> Option<MemoDraft> {
        self.editing.as_ref()?.draft()
    }

    fn chosen_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let project = cx.project;
        let Some(memo) = self.chosen.and_then(|id| project.memos.get(&id)) else {
            // The list says what an empty one is for.
            return;
        };
        if let Some(writer) = &mut self.editing {
            match writer.ui(ui, cx) {
                None => {}
                Some(WritingEnd::Left) => self.put_aside(),
                Some(WritingEnd::Saved | WritingEnd::Discarded) => self.editing = None,
            }
            return;
        }
        ui.horizontal(|ui| {
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if buttons::quiet(ui, icons::TRASH, cx.language.say(strings::REMOVE_MEMO)).clicked()
                {
                    cx.edit(Action::RemoveMemo(memo.id));
                }
                if buttons::quiet(ui, icons::PENCIL, cx.language.say(strings::EDIT_MEMO)).clicked()
                {
                    cx.ask(Request::EditMemo(memo.id));
                }
                ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                    let title = title_of(project, memo, cx.language);
                    let label = ui.add(egui::Label::new(theme::title(title.as_str())).truncate());
                    outline::head(&label, &title);
                });
            });
        });
        let coder = project
            .coders
            .get(&memo.coder)
            .map_or("", |coder| coder.name.as_str());
        let day = memo.id.made_millis().map(day_of).unwrap_or_default();
        let about: Vec<&str> = [cx.language.say(kind_name(memo.kind)), coder, &day]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect();
        ui.label(small(ui, about.join("  ·  ")));
        ui.add_space(10.0);
        anchor_ui(ui, cx, memo);
        ui.add_space(14.0);
        CommonMarkViewer::new().show(ui, &mut self.markdown, &memo.body);
        ui.add_space(18.0);
        related_ui(ui, cx, memo);
    }
}

/// A memo's subject, with a link to it.
fn anchor_ui(ui: &mut Ui, cx: &mut Cx<'_>, memo: &Memo) {
    if memo.anchor == Anchor::Project {
        return;
    }
    let place = place(cx.session.project(), memo.anchor, cx.language);
    if buttons::word_in_column(ui, &format!("{} {place}", icons::ARROW_RIGHT)).clicked() {
        cx.ask(Request::OpenAnchor(memo.anchor));
    }
    if let Some(words) = quoted(cx.session, memo.anchor, cx.language) {
        let response = Frame::new()
            .inner_margin(Margin {
                left: 12,
                right: 0,
                top: 4,
                bottom: 4,
            })
            .show(ui, |ui| {
                let (room, ink) = (ui.available_width(), palette(ui.visuals()).ink_2);
                ui.label(typeset::job(
                    ui.ctx(),
                    &words,
                    theme::regular(12.0),
                    ink,
                    room,
                ))
            })
            .response;
        let bar =
            egui::Rect::from_min_size(response.rect.min, egui::vec2(3.0, response.rect.height()));
        ui.painter()
            .rect_filled(bar, 1.5, palette(ui.visuals()).strong_line);
    }
}

/// Memos upon a memo and named links of it and of its subject.
fn related_ui(ui: &mut Ui, cx: &mut Cx<'_>, memo: &Memo) {
    let upon: Vec<_> = cx.project.memos_on(Anchor::Memo(memo.id)).collect();
    if !upon.is_empty() {
        outline::section(ui, cx.language.say(strings::MEMOS_UPON));
        for other in upon {
            if buttons::word_in_column(ui, &title_of(cx.project, other, cx.language)).clicked() {
                cx.ask(Request::OpenMemo(other.id));
            }
        }
    }
    if buttons::word_in_column(ui, cx.language.say(strings::WRITE_UPON)).clicked() {
        cx.ask(Request::WriteMemo(Anchor::Memo(memo.id)));
    }
    let ends: BTreeSet<Anchor> = [Anchor::Memo(memo.id), memo.anchor]
        .into_iter()
        .filter(|end| *end != Anchor::Project)
        .collect();
    let links: Vec<_> = cx
        .project
        .links
        .values()
        .filter(|link| ends.contains(&link.from) || ends.contains(&link.to))
        .collect();
    if links.is_empty() {
        return;
    }
    ui.add_space(10.0);
    outline::section(ui, cx.language.say(strings::LINKS));
    for link in links {
        ui.horizontal(|ui| {
            if buttons::word(ui, &place(cx.project, link.from, cx.language)).clicked() {
                cx.ask(Request::OpenAnchor(link.from));
            }
            ui.label(small(ui, &link.name));
            if buttons::word(ui, &place(cx.project, link.to, cx.language)).clicked() {
                cx.ask(Request::OpenAnchor(link.to));
            }
            if buttons::quiet(ui, icons::CLOSE, cx.language.say(strings::REMOVE)).clicked() {
                cx.edit(Action::RemoveLink(link.id));
            }
        });
    }
}
