//! The codebook: a tree with counts, an editor, a page for each code, and questions before codes are merged or removed.

mod command;
mod dialogs;
mod editor;
mod menu;
mod naming;
mod page;
mod passage_list;
mod passages;
mod pick;
pub(in crate::gui::panels) use pick::CodePick;
mod row;
mod tree;
mod view;

use std::collections::BTreeMap;

use egui::{Context, Id, Key, Role, TextEdit, Ui, WidgetInfo};

use crate::{
    analysis::tally::Tally,
    app::{Session, action::Action, sample},
    gui::{
        dialogs::Purpose,
        icons,
        request::{DeskRequest, Request},
        strings::{Text, UiLanguage},
        theme::{self, section},
        widgets::{aside::AtRight, buttons},
    },
    model::{
        Project,
        ids::{CodeId, DocumentId},
        memo::Anchor,
        text::TextRange,
    },
};
use command::Command;
use dialogs::Question;
use editor::Editor;
use naming::Named;
use page::CodePage;
use tree::{Tree, Wish};
use view::{CellRef, Sorting};

/// What the panel is shown.
#[derive(Debug, Clone, Copy)]
pub(in crate::gui) struct Shown<'a> {
    /// The project.
    pub(in crate::gui) project: &'a Project,
    /// Its revision.
    pub(in crate::gui) revision: u64,
    /// Its counts.
    pub(in crate::gui) tally: &'a Tally,
    /// Language of the window.
    pub(in crate::gui) language: UiLanguage,
    /// The selected passage.
    pub(in crate::gui) selection: Option<(DocumentId, TextRange)>,
}

impl Shown<'_> {
    /// A code's name, or how many codes these are.
    fn names(&self, codes: &[CodeId]) -> String {
        let name = |id: CodeId| {
            self.project
                .codebook
                .get(id)
                .map(|code| code.name.get(&self.language.tag()).to_owned())
        };
        match codes {
            [one] => name(*one).unwrap_or_default(),
            several => self.language.n_codes(several.len()),
        }
    }
}

/// What the panel remembers.
#[derive(Debug, Default)]
pub(in crate::gui) struct CodebookPanel {
    tree: Tree,
    editor: Option<Editor>,
    question: Option<Question>,
    page: Option<CodePage>,
}

/// What the tree's keys do, for the key map.
pub(in crate::gui) fn keys() -> Vec<(Text, String)> {
    let commands = command::MENU.iter().copied().flatten().copied();
    let moves = [
        view::Step::Up,
        view::Step::Down,
        view::Step::Out,
        view::Step::In,
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
        self.editor = project
            .codebook
            .get(code)
            .map(|code| Editor::new(project, code));
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
            "remove" => self.question = Some(Question::remove(project, vec![code])),
            _ => {}
        }
    }

    /// The side panel.
    pub(in crate::gui) fn ui(
        &mut self,
        ui: &mut Ui,
        shown: &Shown<'_>,
        requests: &mut Vec<Request>,
    ) {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.add_space(8.0);
        self.header_ui(ui, shown, requests);
        if shown.project.codebook.codes.is_empty() && self.tree.naming.is_none() {
            starters_ui(ui, shown.language, requests);
            return;
        }
        self.filter_ui(ui, shown.language);
        let mut wishes = Vec::new();
        self.tree.ui(ui, shown, &mut wishes);
        for wish in wishes {
            self.run(wish, shown, requests);
        }
    }

    fn header_ui(&mut self, ui: &mut Ui, shown: &Shown<'_>, requests: &mut Vec<Request>) {
        let language = shown.language;
        ui.horizontal(|ui| {
            ui.add_space(16.0);
            ui.label(section(ui, language.say(Text::CODEBOOK)));
            ui.spacing_mut().item_spacing.x = 2.0;
            AtRight("tools of the codebook").show(ui, |ui| {
                ui.label(theme::small(
                    ui,
                    shown.project.codebook.codes.len().to_string(),
                ));
                ui.add_space(4.0);
                self.sort_ui(ui, shown, requests);
                if buttons::quiet(ui, icons::UPLOAD, language.say(Text::IMPORT_CODEBOOK)).clicked()
                {
                    requests.push(Request::Ask(Purpose::Codebook));
                }
                if buttons::quiet(ui, icons::PLUS, language.say(Text::ADD_CODE)).clicked() {
                    self.tree.name_new(None);
                }
                ui.add_space(8.0);
            });
        });
    }

    /// Order, counts and folding of the tree.
    fn sort_ui(&mut self, ui: &mut Ui, shown: &Shown<'_>, requests: &mut Vec<Request>) {
        let language = shown.language;
        let button = buttons::quiet(ui, icons::SORT, language.say(Text::SORT_AND_COUNT));
        egui::Popup::menu(&button).show(|ui| {
            ui.set_min_width(200.0);
            for (sorting, text) in [
                (Sorting::Own, Text::OWN_ORDER),
                (Sorting::Name, Text::BY_NAME),
                (Sorting::Use, Text::BY_USE),
            ] {
                if buttons::radio(ui, self.tree.sorting == sorting, language.say(text)).clicked() {
                    self.tree.sorting = sorting;
                    self.tree.changed();
                }
            }
            ui.separator();
            for (own, text) in [
                (false, Text::COUNTS_WITH_SUBCODES),
                (true, Text::COUNTS_OWN),
            ] {
                if buttons::radio(ui, self.tree.own_counts == own, language.say(text)).clicked() {
                    self.tree.own_counts = own;
                }
            }
            ui.separator();
            for (fold, text) in [(true, Text::FOLD_ALL), (false, Text::UNFOLD_ALL)] {
                if ui
                    .add(egui::Button::new(language.say(text)).frame_when_inactive(false))
                    .clicked()
                {
                    self.tree.fold_all(shown.project, fold);
                }
            }
            if ui
                .add(
                    egui::Button::new(language.say(Text::SORT_TOP_CODES))
                        .frame_when_inactive(false),
                )
                .clicked()
            {
                requests.push(Request::act(Action::SortCodes { parent: None }));
            }
        });
    }

    fn filter_ui(&mut self, ui: &mut Ui, language: UiLanguage) {
        ui.horizontal(|ui| {
            ui.add_space(14.0);
            let width = ui.available_width() - 14.0;
            let field = TextEdit::singleline(&mut self.tree.query)
                .id(Id::unique("codebook filter"))
                .hint_text(language.say(Text::FILTER_TREE));
            let response = ui.add(field.desired_width(width - 8.0));
            response.widget_info(|| {
                WidgetInfo::labeled(Role::SearchInput, true, language.say(Text::FILTER_TREE))
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

    fn run(&mut self, wish: Wish, shown: &Shown<'_>, requests: &mut Vec<Request>) {
        match wish {
            Wish::Command(command) => self.command(command, shown, requests),
            Wish::Clicked(code) => match shown.selection {
                Some((document, range)) => requests.push(apply(document, range, code)),
                None if self.page.is_some() => self.open_page(code),
                None => {}
            },
            Wish::Apply(code) => requests.extend(
                shown
                    .selection
                    .map(|(document, range)| apply(document, range, code)),
            ),
            Wish::Move(codes, spot) => self.move_to(codes, spot, requests),
            Wish::Named(Named::New(parent, name)) => {
                requests.push(Request::act(Action::AddCode { parent, name }))
            }
            Wish::Named(Named::Renamed(code)) => requests.push(Request::act(Action::SetCode(code))),
            Wish::Named(Named::Left) => {}
        }
    }

    fn move_to(
        &mut self,
        codes: Vec<CodeId>,
        CellRef { parent, before }: CellRef,
        requests: &mut Vec<Request>,
    ) {
        if let Some(parent) = parent {
            self.tree.unfold(parent);
        }
        requests.push(Request::act(Action::MoveCodes {
            codes,
            parent,
            before,
        }));
    }

    fn command(&mut self, command: Command, shown: &Shown<'_>, requests: &mut Vec<Request>) {
        let project = shown.project;
        let Some(cursor) = self.tree.cursor().and_then(|id| project.codebook.get(id)) else {
            return;
        };
        let targets = self.tree.targets(project);
        match command {
            Command::Edit => self.open_editor(project, cursor.id),
            Command::Rename => self.tree.rename(project, cursor.id, shown.language),
            Command::Page | Command::Split => {
                requests.push(Request::Desk(DeskRequest::CodePage(cursor.id)))
            }
            Command::AddSibling => self.tree.name_new(cursor.place.parent),
            Command::AddSubcode => {
                self.tree.unfold(cursor.id);
                self.tree.name_new(Some(cursor.id));
            }
            Command::Recolour(hue) => requests.push(Request::act(Action::SetHues(targets, hue))),
            Command::Move(step) => {
                if let Some(spot) = view::stepped(project, cursor.id, step) {
                    self.move_to(vec![cursor.id], spot, requests);
                }
            }
            Command::SortSubcodes => requests.push(Request::act(Action::SortCodes {
                parent: Some(cursor.id),
            })),
            Command::Merge => self.question = Some(Question::merge(targets, "")),
            Command::Memo => requests.push(Request::Desk(DeskRequest::WriteMemo(Anchor::Code(
                cursor.id,
            )))),
            Command::Remove => self.question = Some(Question::remove(project, targets)),
        }
    }

    /// The page of a code, where one is shown; whether it is.
    pub(in crate::gui) fn page_ui(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        shown: &Shown<'_>,
        requests: &mut Vec<Request>,
    ) -> bool {
        let Some(page) = &mut self.page else {
            return false;
        };
        if shown.project.codebook.get(page.code()).is_none() {
            self.page = None;
            return false;
        }
        match page.ui(ui, session, shown, requests) {
            Some(page::Wish::Close) => self.page = None,
            Some(page::Wish::Edit(code)) => self.open_editor(shown.project, code),
            Some(page::Wish::Split(code, codings)) => {
                self.question = Some(Question::split(code, codings))
            }
            Some(page::Wish::Recode(codings)) => self.question = Some(Question::recode(codings)),
            None => {}
        }
        true
    }

    /// The editor and the questions, in windows of their own.
    pub(in crate::gui) fn windows_ui(
        &mut self,
        ctx: &Context,
        shown: &Shown<'_>,
        requests: &mut Vec<Request>,
    ) {
        if self
            .editor
            .as_mut()
            .is_some_and(|editor| editor.ui(ctx, shown, requests))
        {
            self.editor = None;
        }
        if self
            .question
            .as_mut()
            .is_some_and(|question| question.ui(ctx, shown, requests))
        {
            self.question = None;
        }
    }
}

fn apply(document: DocumentId, range: TextRange, code: CodeId) -> Request {
    Request::act(Action::ApplyCode {
        document,
        range,
        code,
        facets: BTreeMap::new(),
    })
}

fn starters_ui(ui: &mut Ui, language: UiLanguage, requests: &mut Vec<Request>) {
    ui.horizontal(|ui| {
        ui.add_space(16.0);
        ui.vertical(|ui| {
            buttons::empty(ui, language.say(Text::NO_CODES));
            ui.add_space(8.0);
            for (name, _) in sample::codebooks() {
                if buttons::word(ui, name.trim_end_matches(".ron")).clicked() {
                    requests.push(Request::Desk(DeskRequest::TakeStarter(name)));
                }
            }
        });
    });
}
