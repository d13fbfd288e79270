//! The command palette: one field for every command, document, code, case and memo.

use egui::{
    Align2, Area, Context, Frame, Id, Key, Modifiers, Order, Rect, RichText, Role, ScrollArea,
    TextEdit, Ui, Vec2, WidgetInfo, pos2,
};

use crate::{
    app::fuzzy::NameList,
    gui::{
        command::Command,
        context::Cx,
        own_keys::OwnKeys,
        request::Request,
        strings::{self, Text, UiLanguage},
        theme::{self, palette, size},
        widgets::{
            keys::take_key,
            list_row::{elided, list_row},
        },
    },
    model::{
        Project,
        document::Document,
        ids::{CaseId, CodeId, DocumentId, MemoId, QueryId},
        memo::Memo,
    },
};

const WIDTH: f32 = 560.0;
/// The number of recent finds that are listed first.
const MOST_RECENT: usize = 20;

/// The last finds, the newest first.
#[derive(Debug, Default)]
pub(in crate::gui) struct RecentFinds(Vec<Findable>);

impl RecentFinds {
    /// Moves a find to the front.
    fn add(&mut self, found: Findable) {
        self.0.retain(|other| *other != found);
        self.0.insert(0, found);
        self.0.truncate(MOST_RECENT);
    }

    /// The position of a find; all that aren't recent are equal, so a stable sort keeps their order.
    fn rank(&self, found: Findable) -> usize {
        self.0
            .iter()
            .position(|other| *other == found)
            .unwrap_or(MOST_RECENT)
    }
}

/// Something that the palette can find.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::gui) enum Findable {
    Command(Command),
    Document(DocumentId),
    Code(CodeId),
    Case(CaseId),
    Memo(MemoId),
    Query(QueryId),
}

/// A row of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
struct FinderEntry {
    found: Findable,
    name: String,
    /// Other names by which it is found.
    others: Vec<String>,
    /// A note at the right of its row, such as the family of a document.
    about: String,
}

impl FinderEntry {
    fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.others.iter().map(String::as_str))
    }
}

/// The open palette.
#[derive(Debug)]
pub(in crate::gui) struct Finder {
    query: String,
    cursor: usize,
    /// True until the field has been given the keyboard.
    fresh: bool,
    /// True if the cursor has moved and has to be scrolled to.
    moved: bool,
    /// Whether the present row was reached by arrows; screen readers then follow it as they follow the keyboard.
    by_arrow: bool,
    entries: Vec<FinderEntry>,
    names: NameList<usize>,
    /// The row that Enter took.
    taken: Option<usize>,
    /// True if Escape was pressed.
    left: bool,
    /// The query that `rows` are for.
    rows_for: String,
    /// The rows that match, as indices of `entries`.
    rows: Vec<usize>,
}

impl Finder {
    /// Lists what can be found in a project.
    pub(in crate::gui) fn open(
        project: &Project,
        language: UiLanguage,
        recent: &RecentFinds,
    ) -> Self {
        let mut entries = entries(project, language);
        entries.sort_by_key(|entry| recent.rank(entry.found));
        let names = NameList::new(
            entries
                .iter()
                .enumerate()
                .map(|(index, entry)| (index, entry.names())),
        );
        let rows = (0..entries.len()).collect();
        Self {
            query: String::new(),
            cursor: 0,
            fresh: true,
            moved: true,
            by_arrow: false,
            entries,
            names,
            taken: None,
            left: false,
            rows_for: String::new(),
            rows,
        }
    }

    /// Finds the rows that match the query; a first `>` keeps commands, `#` codes, `@` documents.
    fn refresh(&mut self) {
        if self.rows_for == self.query {
            return;
        }
        let kind = self
            .query
            .chars()
            .next()
            .filter(|mark| ">#@".contains(*mark));
        let words: String = self
            .query
            .chars()
            .skip(usize::from(kind.is_some()))
            .collect();
        self.rows = self
            .names
            .pick(words.trim())
            .into_iter()
            .filter(|index| self.entries[*index].found.has_mark(kind))
            .collect();
        self.rows_for.clone_from(&self.query);
        (self.cursor, self.moved) = (0, true);
        self.by_arrow = false;
    }

    /// Shows the palette; returns true while it stays open.
    pub(in crate::gui) fn ui(
        &mut self,
        ctx: &Context,
        cx: &mut Cx<'_>,
        recent: &mut RecentFinds,
    ) -> bool {
        let mut chosen = self.taken.take();
        let space = ctx.content_rect();
        let at = pos2(
            space.center().x - WIDTH / 2.0,
            space.top() + space.height() * 0.14,
        );
        let area = Area::new(Id::unique("command palette"))
            .order(Order::Foreground)
            .fixed_pos(at)
            .constrain_to(space);
        // Below the list there is a line of help, and some of the page.
        let low = ctx.content_rect().height() - 220.0;
        let shown = area.show(ctx, |ui| {
            Frame::popup(ui.style())
                .inner_margin(10)
                .corner_radius(10)
                .show(ui, |ui| {
                    ui.set_width(WIDTH);
                    let field = self.query_ui(ui, cx.language);
                    self.refresh();
                    ui.add_space(6.0);
                    ui.spacing_mut().item_spacing.y = 1.0;
                    let (count, cursor) = (self.rows.len(), self.cursor);
                    let list = ScrollArea::vertical()
                        .max_height((size::TALL_ROW * 12.0).min(low))
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
                            .filter(|at| self.row_ui(ui, *at, cx.language, field))
                            .last();
                        chosen = clicked.or(chosen);
                    });
                    self.moved = false;
                    if self.rows.is_empty() {
                        ui.label(theme::small(ui, cx.language.say(strings::NOTHING_FOUND)));
                    }
                    ui.add_space(4.0);
                    ui.label(theme::small(ui, cx.language.say(strings::FINDER_HINT)));
                });
        });
        if let Some(entry) = chosen.and_then(|at| self.entries.get(*self.rows.get(at)?)) {
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
        let last = self.rows.len().saturating_sub(1);
        if take_key(ctx, Modifiers::NONE, Key::ArrowDown) {
            (self.cursor, self.moved) = ((self.cursor + 1).min(last), true);
            self.by_arrow = true;
        }
        if take_key(ctx, Modifiers::NONE, Key::ArrowUp) {
            (self.cursor, self.moved) = (self.cursor.saturating_sub(1), true);
            self.by_arrow = true;
        }
        self.left = take_key(ctx, Modifiers::NONE, Key::Escape);
        self.taken = (take_key(ctx, Modifiers::NONE, Key::Enter) && !self.rows.is_empty())
            .then_some(self.cursor);
    }

    fn query_ui(&mut self, ui: &mut Ui, language: UiLanguage) -> Id {
        let name = language.say(strings::FIND_ANYTHING);
        let field = ui.add(
            TextEdit::singleline(&mut self.query)
                .hint_text(name)
                .desired_width(WIDTH),
        );
        field.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, name));
        if std::mem::take(&mut self.fresh) {
            field.request_focus();
        }
        field.id
    }

    /// A row of the list; returns true if it was clicked.
    fn row_ui(&self, ui: &mut Ui, at: usize, language: UiLanguage, field: Id) -> bool {
        let Some(entry) = self.rows.get(at).and_then(|index| self.entries.get(*index)) else {
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
            Findable::Command(command) => {
                let keys = OwnKeys::of(ui.ctx()).names(command);
                keys.into_iter().next().unwrap_or_default()
            }
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
        response
            .widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, present, &entry.name));
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_description(kind);
            node.set_position_in_set(at);
        });
        if present && self.by_arrow {
            let option = response.id.accesskit_id();
            ui.ctx()
                .accesskit_node_builder(field, |node| node.set_active_descendant(option));
        }
        response.clicked()
    }
}

impl Findable {
    /// Returns true if a find is of the kind that a mark before the query stands for; without a mark all are.
    const fn has_mark(self, mark: Option<char>) -> bool {
        match mark {
            Some('>') => matches!(self, Self::Command(_)),
            Some('#') => matches!(self, Self::Code(_)),
            Some(_) => matches!(self, Self::Document(_)),
            None => true,
        }
    }

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

    /// The request that choosing it makes.
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

/// The name of the family of a document's first case; empty without a case.
fn family_name(project: &Project, document: &Document) -> String {
    document
        .cases
        .first()
        .and_then(|case| project.cases.get(&project.family_of(*case)))
        .map_or_else(String::new, |family| family.name.clone())
}

/// The title of a memo, or else the beginning of its text.
fn memo_title(memo: &Memo) -> String {
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
}

fn entries(project: &Project, language: UiLanguage) -> Vec<FinderEntry> {
    let tag = language.tag();
    let mut entries: Vec<FinderEntry> = Command::all()
        .filter(|command| *command != Command::Finder)
        .map(|command| FinderEntry {
            found: Findable::Command(command),
            name: strings::command(language, command).to_owned(),
            others: vec![strings::command(language.other(), command).to_owned()],
            about: String::new(),
        })
        .collect();
    entries.extend(
        project
            .documents_in_order()
            .into_iter()
            .map(|document| FinderEntry {
                found: Findable::Document(document.id),
                name: document.title.clone(),
                others: Vec::new(),
                about: family_name(project, document),
            }),
    );
    entries.extend(
        project
            .codebook
            .in_order()
            .into_iter()
            .map(|(_, code)| FinderEntry {
                found: Findable::Code(code.id),
                name: project.codebook.path_in(code.id, &tag),
                others: code.name.all().map(str::to_owned).collect(),
                about: code.key.map(String::from).unwrap_or_default(),
            }),
    );
    entries.extend(
        project
            .cases_in_order()
            .into_iter()
            .map(|(_, case)| FinderEntry {
                found: Findable::Case(case.id),
                name: case.name.clone(),
                others: Vec::new(),
                about: case.kind.0.to_string(),
            }),
    );
    entries.extend(project.queries.values().map(|query| FinderEntry {
        found: Findable::Query(query.id),
        name: query.name.clone(),
        others: vec![query.text.clone()],
        about: query.text.chars().take(40).collect(),
    }));
    entries.extend(project.memos.values().map(|memo| FinderEntry {
        found: Findable::Memo(memo.id),
        name: memo_title(memo),
        others: Vec::new(),
        about: String::new(),
    }));
    entries
}
