//! The command palette: one field for every command, document, code, case and memo.

use std::sync::Arc;

use egui::{
    Align2, Area, Context, Frame, Id, Key, Modifiers, Order, Rect, RichText, Role, ScrollArea,
    TextEdit, Ui, Vec2, WidgetInfo, pos2,
};

use crate::{
    app::fuzzy::NameList,
    gui::{
        command::Command,
        context::Cx,
        request::Request,
        strings,
        strings::{Text, UiLanguage},
        theme::{self, palette, size},
        widgets::list_row::{elided, list_row},
    },
    model::{
        Project,
        ids::{CaseId, CodeId, DocumentId, MemoId, QueryId},
    },
};

const WIDTH: f32 = 560.0;
/// Most things remembered as found lately.
const MOST_RECENT: usize = 20;

/// What was found lately, the last first.
#[derive(Debug, Default)]
pub(in crate::gui) struct Recent(Vec<Found>);

impl Recent {
    /// Remembers what was found.
    fn add(&mut self, found: Found) {
        self.0.retain(|other| *other != found);
        self.0.insert(0, found);
        self.0.truncate(MOST_RECENT);
    }

    fn rank(&self, found: Found) -> usize {
        self.0
            .iter()
            .position(|other| *other == found)
            .unwrap_or(MOST_RECENT)
    }
}

/// Something that can be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::gui) enum Found {
    Command(Command),
    Document(DocumentId),
    Code(CodeId),
    Case(CaseId),
    Memo(MemoId),
    Query(QueryId),
}

/// A row of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    found: Found,
    name: String,
    /// Its names in other languages.
    others: Vec<String>,
    /// What it belongs to.
    about: String,
}

impl Entry {
    fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.others.iter().map(String::as_str))
    }
}

/// The open palette.
#[derive(Debug)]
pub(in crate::gui) struct Finder {
    query: String,
    cursor: usize,
    fresh: bool,
    moved: bool,
    entries: Vec<Entry>,
    names: NameList<usize>,
    /// The row that Enter took.
    taken: Option<usize>,
    left: bool,
    /// The rows on offer, and the query they were found for.
    shown: (String, Vec<usize>),
}

impl Finder {
    /// Lists what can be found in a project.
    pub(in crate::gui) fn open(project: &Project, language: UiLanguage, recent: &Recent) -> Self {
        let mut entries = entries(project, language);
        entries.sort_by_key(|entry| recent.rank(entry.found));
        let names = NameList::new(
            entries
                .iter()
                .enumerate()
                .map(|(index, entry)| (index, entry.names())),
        );
        let all = (0..entries.len()).collect();
        Self {
            query: String::new(),
            cursor: 0,
            fresh: true,
            moved: true,
            entries,
            names,
            taken: None,
            left: false,
            shown: (String::new(), all),
        }
    }

    /// The rows that fit: `>` keeps commands, `#` codes, `@` documents.
    fn refresh(&mut self) {
        if self.shown.0 == self.query {
            return;
        }
        let (kind, words) = match self.query.chars().next() {
            Some(mark @ ('>' | '#' | '@')) => {
                (Some(mark), self.query.chars().skip(1).collect::<String>())
            }
            _ => (None, self.query.clone()),
        };
        let wanted = |index: &usize| match kind {
            Some('>') => matches!(self.entries[*index].found, Found::Command(_)),
            Some('#') => matches!(self.entries[*index].found, Found::Code(_)),
            Some(_) => matches!(self.entries[*index].found, Found::Document(_)),
            None => true,
        };
        let rows = self
            .names
            .pick(words.trim())
            .into_iter()
            .filter(wanted)
            .collect();
        (self.shown, self.cursor, self.moved) = ((self.query.clone(), rows), 0, true);
    }

    /// Shows the palette; gives whether it stays open.
    pub(in crate::gui) fn ui(
        &mut self,
        ctx: &Context,
        cx: &mut Cx<'_>,
        recent: &mut Recent,
    ) -> bool {
        let mut chosen = self.taken.take();
        let space = ctx.content_rect();
        let at = pos2(
            space.center().x - WIDTH / 2.0,
            space.top() + space.height() * 0.14,
        );
        let fresh = std::mem::take(&mut self.fresh);
        let area = Area::new(Id::unique("command palette"))
            .order(Order::Foreground)
            .fixed_pos(at)
            .constrain_to(space);
        let shown = area.show(ctx, |ui| {
            Frame::popup(ui.style())
                .inner_margin(10)
                .corner_radius(10)
                .show(ui, |ui| {
                    ui.set_width(WIDTH);
                    let field = TextEdit::singleline(&mut self.query)
                        .hint_text(cx.language.say(strings::FIND_ANYTHING))
                        .desired_width(WIDTH);
                    let field = ui.add(field);
                    field.widget_info(|| {
                        WidgetInfo::labeled(
                            Role::TextInput,
                            true,
                            cx.language.say(strings::FIND_ANYTHING),
                        )
                    });
                    if fresh {
                        field.request_focus();
                    }
                    self.refresh();
                    ui.add_space(6.0);
                    ui.spacing_mut().item_spacing.y = 1.0;
                    let (count, cursor) = (self.shown.1.len(), self.cursor);
                    let list = ScrollArea::vertical()
                        .max_height(size::TALL_ROW * 12.0)
                        .auto_shrink([false, true]);
                    list.show_rows(ui, size::TALL_ROW, count, |ui, visible| {
                        if self.moved {
                            #[expect(clippy::cast_precision_loss, reason = "a row of a list")]
                            let rows = cursor as f32 - visible.start as f32;
                            let top = ui.min_rect().top() + rows * (size::TALL_ROW + 1.0);
                            ui.scroll_to_rect(
                                Rect::from_x_y_ranges(
                                    ui.max_rect().x_range(),
                                    top..=top + size::TALL_ROW,
                                ),
                                None,
                            );
                        }
                        let clicked = visible
                            .filter(|at| self.row_ui(ui, *at, cx.language))
                            .last();
                        chosen = clicked.or(chosen);
                    });
                    self.moved = false;
                    if self.shown.1.is_empty() {
                        ui.label(theme::small(ui, cx.language.say(strings::NOTHING_FOUND)));
                    }
                    ui.add_space(4.0);
                    ui.label(theme::small(ui, cx.language.say(strings::FINDER_HINT)));
                });
        });
        if let Some(entry) = chosen.and_then(|at| self.entries.get(*self.shown.1.get(at)?)) {
            recent.add(entry.found);
            cx.ask(entry.found.request());
            return false;
        }
        let elsewhere = ctx.input(|input| {
            input.pointer.any_pressed()
                && input
                    .pointer
                    .interact_pos()
                    .is_some_and(|at| !shown.response.rect.contains(at))
        });
        !elsewhere && !self.left
    }

    /// Takes its keys before the panels below can: up and down move, Enter takes, Escape leaves.
    pub(in crate::gui) fn keys(&mut self, ctx: &Context) {
        let pressed = |key: Key| ctx.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let last = self.shown.1.len().saturating_sub(1);
        if pressed(Key::ArrowDown) {
            (self.cursor, self.moved) = ((self.cursor + 1).min(last), true);
        }
        if pressed(Key::ArrowUp) {
            (self.cursor, self.moved) = (self.cursor.saturating_sub(1), true);
        }
        self.left = pressed(Key::Escape);
        self.taken = (pressed(Key::Enter) && !self.shown.1.is_empty()).then_some(self.cursor);
    }

    fn row_ui(&self, ui: &mut Ui, at: usize, language: UiLanguage) -> bool {
        let Some(entry) = self
            .shown
            .1
            .get(at)
            .and_then(|index| self.entries.get(*index))
        else {
            return false;
        };
        let colors = palette(ui.visuals());
        let present = at == self.cursor;
        let row = Vec2::new(WIDTH - 8.0, size::TALL_ROW);
        let (rect, response) = list_row(ui, row, present, size::ROW_CORNER);
        let kind = language.say(entry.found.kind());
        ui.painter().text(
            rect.left_center() + Vec2::new(10.0, 0.0),
            Align2::LEFT_CENTER,
            kind,
            theme::regular(11.5),
            colors.ink_2,
        );
        let key = match entry.found {
            Found::Command(command) => command.key_names().first().cloned().unwrap_or_default(),
            _ => entry.about.clone(),
        };
        let key = ui
            .painter()
            .layout_no_wrap(key, theme::regular(11.5), colors.ink_2);
        let key_width = key.size().x.min(220.0);
        ui.painter().galley(
            pos2(
                rect.right() - 10.0 - key_width,
                rect.center().y - key.size().y / 2.0,
            ),
            key,
            colors.ink_2,
        );
        let name = RichText::new(&entry.name)
            .font(theme::regular(13.0))
            .color(colors.ink);
        elided(
            ui,
            rect.left() + 84.0,
            rect.right() - 22.0 - key_width,
            rect.center().y,
            name,
        );
        response.widget_info(|| WidgetInfo::selected(Role::Button, true, present, &entry.name));
        response.clicked()
    }
}

impl Found {
    const fn kind(self) -> Text {
        match self {
            Self::Command(_) => strings::COMMAND,
            Self::Document(_) => strings::DOCUMENT,
            Self::Code(_) => strings::CODE,
            Self::Case(_) => strings::CASE,
            Self::Memo(_) => strings::MEMO,
            Self::Query(_) => strings::KEPT_QUERY,
        }
    }

    /// What choosing it asks for.
    fn request(self) -> Request {
        match self {
            Self::Command(command) => Request::Command(command),
            Self::Document(document) => Request::OpenDocument(document, None),
            Self::Code(code) => Request::UseCode(code),
            Self::Case(case) => Request::OpenCase(case),
            Self::Memo(memo) => Request::OpenMemo(memo),
            Self::Query(query) => Request::OpenQuery(query),
        }
    }
}

fn entries(project: &Project, language: UiLanguage) -> Vec<Entry> {
    let tag = language.tag();
    let mut entries: Vec<Entry> = Command::all()
        .filter(|command| *command != Command::Finder)
        .map(|command| Entry {
            found: Found::Command(command),
            name: strings::command(language, command).to_owned(),
            others: vec![strings::command(language.other(), command).to_owned()],
            about: String::new(),
        })
        .collect();
    let family = |document: &crate::model::document::Document| {
        let case = document
            .cases
            .first()
            .map(|case| project.family_of(*case))
            .and_then(|id| project.cases.get(&id));
        case.map(|case| case.name.clone()).unwrap_or_default()
    };
    entries.extend(
        project
            .documents_in_order()
            .into_iter()
            .map(|document| Entry {
                found: Found::Document(document.id),
                name: document.title.clone(),
                others: Vec::new(),
                about: family(document),
            }),
    );
    entries.extend(
        project
            .codebook
            .in_order()
            .into_iter()
            .map(|(_, code)| Entry {
                found: Found::Code(code.id),
                name: project.codebook.path_in(code.id, &tag),
                others: code.name.all().map(str::to_owned).collect(),
                about: code.key.map(String::from).unwrap_or_default(),
            }),
    );
    entries.extend(project.cases_in_order().into_iter().map(|(_, case)| Entry {
        found: Found::Case(case.id),
        name: case.name.clone(),
        others: Vec::new(),
        about: case.kind.0.to_string(),
    }));
    entries.extend(project.queries.values().map(|query| Entry {
        found: Found::Query(query.id),
        name: query.name.clone(),
        others: vec![query.text.clone()],
        about: query.text.chars().take(40).collect(),
    }));
    let title = |memo: &Arc<crate::model::memo::Memo>| {
        let words = if memo.title.is_empty() {
            &memo.body
        } else {
            &memo.title
        };
        words
            .chars()
            .take(80)
            .collect::<String>()
            .replace('\n', " ")
    };
    entries.extend(project.memos.values().map(|memo| Entry {
        found: Found::Memo(memo.id),
        name: title(memo),
        others: Vec::new(),
        about: String::new(),
    }));
    entries
}
