//! The codebook: a tree with counts, an editor, a page for each code, and questions before codes are merged or removed.

mod changes;
mod command;
mod dialogs;
mod editor;
mod menu;
mod naming;
mod page;
mod passage_list;
mod passages;
mod pick;
pub(in crate::gui::panels) use menu::hues_ui;
pub(in crate::gui::panels) use pick::CodePick;
mod row;
mod tree;
mod view;

use std::collections::BTreeMap;

use egui::{Context, Id, Key, Role, TextEdit, Ui, WidgetInfo};

use crate::{
    app::{Session, action::Action, drafts::CodeDraft, jobs::Jobs},
    gui::{
        command::Command as WindowCommand,
        context::Cx,
        icons,
        request::{FilePurpose, Removed, Request},
        strings::{self, Text, UiLanguage},
        theme,
        widgets::{aside::AtRight, buttons, leaving::WritingEnd, outline},
    },
    model::{
        Project,
        ids::{CodeId, DocumentId},
        memo::Anchor,
        text::TextRange,
    },
};
use changes::CodeChanges;
use command::Command;
use dialogs::Question;
use editor::Editor;
use naming::Named;
use page::CodePage;
use tree::{Tree, Wish};
use view::{Sorting, TreeSlot};

/// What the panel remembers.
#[derive(Debug, Default)]
pub(in crate::gui) struct CodebookPanel {
    tree: Tree,
    editor: Option<Editor>,
    /// Codes whose changes were put aside.
    drafts: BTreeMap<CodeId, CodeDraft>,
    question: Option<Question>,
    page: Option<CodePage>,
    changes: CodeChanges,
}

/// What the tree's keys do, for the key map.
pub(in crate::gui) fn keys() -> Vec<(Text, String)> {
    let commands = command::MENU.iter().copied().flatten().copied();
    let moves = [
        view::TreeStep::Up,
        view::TreeStep::Down,
        view::TreeStep::Out,
        view::TreeStep::In,
    ]
    .map(Command::Move);
    commands
        .chain(moves)
        .filter_map(|command| Some((command.label().1, command.key()?)))
        .collect()
}

impl CodebookPanel {
    /// Shows the page of a code.
    pub(in crate::gui) fn open_page(&mut self, code: CodeId) {
        if self.page.as_ref().is_none_or(|page| page.code() != code) {
            self.page = Some(CodePage::new(code));
        }
    }

    /// Gives the keyboard to the tree.
    pub(in crate::gui) fn take_keyboard(&mut self) {
        self.tree.take_keyboard();
    }

    /// Whether the page of a code is shown.
    pub(in crate::gui) fn shows_page(&self) -> bool {
        self.page.is_some()
    }

    /// Reads in a job what the page of a code shows of the history.
    pub(in crate::gui) fn keep(&mut self, session: &Session, jobs: &mut Jobs) {
        if self.page.is_some() {
            self.changes.keep(session, jobs);
        }
    }

    /// The code whose page is shown.
    pub(in crate::gui) fn page(&self) -> Option<CodeId> {
        self.page.as_ref().map(CodePage::code)
    }

    /// Leaves the page of a code.
    pub(in crate::gui) fn close_page(&mut self) {
        self.page = None;
    }

    /// Opens the editor of a code.
    pub(in crate::gui) fn open_editor(&mut self, project: &Project, code: CodeId) {
        let draft = self.drafts.remove(&code);
        self.editor = project
            .codebook
            .get(code)
            .map(|code| Editor::new(project, code).with(draft));
    }

    /// The codes that are edited and not saved.
    pub(in crate::gui) fn unsaved(&self) -> Vec<CodeDraft> {
        let open = self.editor.as_ref().and_then(Editor::draft);
        self.drafts.values().cloned().chain(open).collect()
    }

    /// Keeps drafts of codes until their editor is opened.
    pub(in crate::gui) fn restore(&mut self, drafts: Vec<CodeDraft>) {
        let drafts = drafts.into_iter().map(|draft| (draft.code.id, draft));
        self.drafts = drafts.collect();
    }

    /// The first code that has a draft.
    pub(in crate::gui) fn drafted(&self) -> Option<CodeId> {
        self.drafts.keys().next().copied()
    }

    /// Shows what a window is to start with, such as `page:NAME`.
    pub(in crate::gui) fn start(&mut self, project: &Project, what: &str) {
        let Some((how, name)) = what.split_once(':') else {
            return;
        };
        let (name, into) = name.split_once('>').unwrap_or((name, ""));
        let Ok(code) = project.codebook.find(name) else {
            return;
        };
        self.tree.choose(code);
        match how {
            "page" => self.open_page(code),
            "edit" => self.open_editor(project, code),
            "merge" => self.question = Some(Question::merge(vec![code], into)),
            _ => {}
        }
    }

    /// The side panel.
    pub(in crate::gui) fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.add_space(8.0);
        self.header_ui(ui, cx);
        if cx.project.codebook.codes.is_empty() && self.tree.naming.is_none() {
            starters_ui(ui, cx);
            return;
        }
        self.filter_ui(ui, cx.language);
        let mut wishes = Vec::new();
        self.tree.ui(ui, cx, &mut wishes);
        for wish in wishes {
            self.run(cx, wish);
        }
    }

    fn header_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let language = cx.language;
        ui.horizontal(|ui| {
            ui.add_space(16.0);
            outline::section(ui, language.say(strings::CODEBOOK));
            ui.spacing_mut().item_spacing.x = 2.0;
            AtRight("tools of the codebook").show(ui, |ui| {
                ui.label(theme::small(
                    ui,
                    cx.project.codebook.codes.len().to_string(),
                ));
                ui.add_space(4.0);
                self.sort_ui(ui, cx);
                if buttons::quiet(ui, icons::UPLOAD, language.say(strings::IMPORT_CODEBOOK))
                    .clicked()
                {
                    cx.ask(Request::OpenDialog(FilePurpose::Codebook));
                }
                if buttons::quiet(ui, icons::PLUS, language.say(strings::ADD_CODE)).clicked() {
                    self.tree.name_new(None);
                }
                ui.add_space(8.0);
            });
        });
    }

    /// Order, counts and folding of the tree.
    fn sort_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let language = cx.language;
        let button = buttons::quiet(ui, icons::SORT, language.say(strings::SORT_AND_COUNT));
        egui::Popup::menu(&button).show(|ui| {
            ui.set_min_width(200.0);
            for (sorting, text) in [
                (Sorting::Own, strings::OWN_ORDER),
                (Sorting::Name, strings::BY_NAME),
                (Sorting::Use, strings::BY_USE),
            ] {
                if buttons::radio(ui, self.tree.sorting == sorting, language.say(text)).clicked() {
                    self.tree.sorting = sorting;
                    self.tree.changed();
                }
            }
            ui.separator();
            for (own, text) in [
                (false, strings::COUNTS_WITH_SUBCODES),
                (true, strings::COUNTS_OWN),
            ] {
                if buttons::radio(ui, self.tree.own_counts == own, language.say(text)).clicked() {
                    self.tree.own_counts = own;
                }
            }
            ui.separator();
            for (fold, text) in [(true, strings::FOLD_ALL), (false, strings::UNFOLD_ALL)] {
                if ui
                    .add(egui::Button::new(language.say(text)).frame_when_inactive(false))
                    .clicked()
                {
                    self.tree.fold_all(cx.project, fold);
                }
            }
            if ui
                .add(
                    egui::Button::new(language.say(strings::SORT_TOP_CODES))
                        .frame_when_inactive(false),
                )
                .clicked()
            {
                cx.edit(Action::SortCodes { parent: None });
            }
        });
    }

    fn filter_ui(&mut self, ui: &mut Ui, language: UiLanguage) {
        ui.horizontal(|ui| {
            ui.add_space(14.0);
            let width = ui.available_width() - 14.0;
            let field = TextEdit::singleline(&mut self.tree.query)
                .id(Id::unique("codebook filter"))
                .hint_text(language.say(strings::FILTER_TREE));
            let response = ui.add(field.desired_width(width - 8.0));
            response.widget_info(|| {
                WidgetInfo::labeled(Role::SearchInput, true, language.say(strings::FILTER_TREE))
            });
            if response.has_focus() && ui.input(|input| input.key_pressed(Key::Escape)) {
                self.tree.query.clear();
                self.tree.changed();
            }
            if response.changed() {
                self.tree.changed();
            }
        });
        ui.add_space(6.0);
    }

    fn run(&mut self, cx: &mut Cx<'_>, wish: Wish) {
        match wish {
            Wish::Command(command) => self.command(cx, command),
            Wish::Clicked(code) => match cx.selection {
                Some((document, range)) => cx.ask(apply(document, range, code)),
                None if self.page.is_some() => self.open_page(code),
                None => {}
            },
            Wish::Apply(code) => cx.requests.extend(
                cx.selection
                    .map(|(document, range)| apply(document, range, code)),
            ),
            Wish::Move(codes, spot) => self.move_to(cx, codes, spot),
            Wish::Named(Named::New(parent, name)) => cx.edit(Action::AddCode { parent, name }),
            Wish::Named(Named::Renamed(code)) => cx.edit(Action::SetCode(code)),
            Wish::Named(Named::Left) => {}
        }
    }

    fn move_to(
        &mut self,
        cx: &mut Cx<'_>,
        codes: Vec<CodeId>,
        TreeSlot { parent, before }: TreeSlot,
    ) {
        if let Some(parent) = parent {
            self.tree.unfold(parent);
        }
        cx.edit(Action::MoveCodes {
            codes,
            parent,
            before,
        });
    }

    fn command(&mut self, cx: &mut Cx<'_>, command: Command) {
        let project = cx.project;
        let Some(cursor) = self.tree.cursor().and_then(|id| project.codebook.get(id)) else {
            return;
        };
        let targets = self.tree.targets(project);
        match command {
            Command::Edit => self.open_editor(project, cursor.id),
            Command::Rename => self.tree.rename(project, cursor.id, cx.language),
            Command::Page | Command::Split => cx.ask(Request::OpenCode(cursor.id)),
            Command::AddSibling => self.tree.name_new(cursor.place.parent),
            Command::AddSubcode => {
                self.tree.unfold(cursor.id);
                self.tree.name_new(Some(cursor.id));
            }
            Command::Recolour(hue) => cx.edit(Action::SetHues(targets, hue)),
            Command::Move(step) => {
                if let Some(spot) = view::stepped(project, cursor.id, step) {
                    self.move_to(cx, vec![cursor.id], spot);
                }
            }
            Command::SortSubcodes => cx.edit(Action::SortCodes {
                parent: Some(cursor.id),
            }),
            Command::Merge => self.question = Some(Question::merge(targets, "")),
            Command::Memo => cx.ask(Request::WriteMemo(Anchor::Code(cursor.id))),
            Command::Remove => cx.ask(Request::AskToRemove(Removed::Codes(targets))),
        }
    }

    /// The page of a code, where one is shown; whether it is.
    pub(in crate::gui) fn page_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) -> bool {
        let Some(page) = &mut self.page else {
            return false;
        };
        if cx.project.codebook.get(page.code()).is_none() {
            self.page = None;
            return false;
        }
        match page.ui(ui, cx, &self.changes) {
            Some(page::Wish::Close) => self.page = None,
            Some(page::Wish::Edit(code)) => self.open_editor(cx.project, code),
            Some(page::Wish::Split(code, codings)) => {
                self.question = Some(Question::split(code, codings));
            }
            Some(page::Wish::Recode(codings)) => self.question = Some(Question::recode(codings)),
            None => {}
        }
        true
    }

    /// The editor and the questions, in windows of their own.
    pub(in crate::gui) fn windows_ui(&mut self, ctx: &Context, cx: &mut Cx<'_>) {
        if let Some(end) = self.editor.as_mut().and_then(|editor| editor.ui(ctx, cx)) {
            let editor = self.editor.take();
            if end == WritingEnd::Left {
                let draft = editor.and_then(|editor| editor.draft());
                self.drafts
                    .extend(draft.map(|draft| (draft.code.id, draft)));
            }
        }
        if self
            .question
            .as_mut()
            .is_some_and(|question| question.ui(ctx, cx))
        {
            self.question = None;
        }
    }
}

fn apply(document: DocumentId, range: TextRange, code: CodeId) -> Request {
    Request::edit(Action::ApplyCode {
        document,
        range,
        code,
        facets: BTreeMap::new(),
        about: Default::default(),
    })
}

fn starters_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    ui.horizontal(|ui| {
        ui.add_space(16.0);
        ui.vertical(|ui| {
            buttons::empty(ui, cx.language.say(strings::NO_CODES));
            ui.add_space(8.0);
            if buttons::word(ui, cx.language.say(strings::BROWSE_STARTERS)).clicked() {
                cx.ask(Request::Command(WindowCommand::StarterCodebooks));
            }
        });
    });
}
