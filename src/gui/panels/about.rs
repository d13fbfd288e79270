//! Whom codings are about: the likely ones by digit, others by name; one passage after another where several are asked about.

use std::collections::BTreeSet;

use egui::{
    Align, Align2, Context, Id, Key, Layout, Modifiers, RichText, Role, TextEdit, Ui, WidgetInfo,
    Window, vec2,
};

use crate::{
    analysis::{
        attribution::{Ground, People},
        candidates::candidates,
    },
    app::{Session, action::Action},
    gui::{
        context::Cx,
        strings,
        theme::{self, palette, small},
        typeset,
        widgets::{
            buttons, dialog,
            keys::{DIGITS, take_key},
        },
    },
    language::fold::fold,
    model::{
        Project,
        coding::Coding,
        document::Document,
        ids::{CaseId, CodingId, DocumentId},
    },
};

/// Most characters of a passage that are shown.
const MOST_CHARS: usize = 240;

/// Codings that are about the same people.
pub(in crate::gui) type Alike = Vec<(DocumentId, CodingId)>;

/// The open dialog.
#[derive(Debug)]
pub(in crate::gui) struct AboutQuestion {
    /// What is asked about, one after the other.
    passages: Vec<Alike>,
    at: usize,
    chosen: BTreeSet<CaseId>,
    /// Whether what is chosen was taken from the coding that is asked about.
    begun: bool,
    /// What is typed to find others.
    other: String,
}

impl AboutQuestion {
    pub(in crate::gui) fn new(passages: Vec<Alike>) -> Self {
        Self {
            passages,
            at: 0,
            chosen: BTreeSet::new(),
            begun: false,
            other: String::new(),
        }
    }

    /// Asks about all codings that are not attributed, one after the other.
    pub(in crate::gui) fn of_unattributed(session: &Session) -> Self {
        let project = session.project();
        let mut passages = Vec::new();
        for document in project.documents_in_order() {
            let Ok(content) = session.content(document) else {
                continue;
            };
            let people = People::of(project, document);
            for own in &document.codings {
                let (_, ground) = people.concerned(&own.about, &content.turns, own.range);
                if ground == Ground::None {
                    passages.push(vec![(document.id, own.id)]);
                }
            }
        }
        Self::new(passages)
    }

    /// Shows the dialog; returns true if it stays open.
    pub(in crate::gui) fn ui(&mut self, ctx: &Context, cx: &mut Cx<'_>) -> bool {
        let title = cx.language.say(strings::WHOM_ABOUT);
        let window = Window::new(title)
            .id(Id::unique("whom a coding is about"))
            .resizable(false)
            .anchor(Align2::CENTER_CENTER, [0.0, -20.0]);
        let space = ctx.content_rect();
        let mut goes_on = true;
        let stays = dialog::show(ctx, title, window, |ui| {
            ui.set_width(520.0_f32.min(space.width() - 48.0));
            goes_on = self.contents_ui(ui, cx);
        });
        stays && goes_on && !dialog::escaped(ctx)
    }

    /// The question on the present passage; returns false once there is none left.
    fn contents_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) -> bool {
        let project = std::sync::Arc::clone(cx.project);
        let Some((document, coding)) = self.present(&project) else {
            return false;
        };
        if !std::mem::replace(&mut self.begun, true) {
            self.chosen.clone_from(&coding.about);
        }
        let Ok(content) = cx.session.content(document) else {
            return false;
        };
        self.passage_ui(ui, cx, document, coding);
        let all = candidates(&project, document, &content, coding.range);
        let likely: Vec<CaseId> = all.iter().copied().take(DIGITS.len()).collect();
        self.keys(ui.ctx(), &likely);
        ui.add_space(8.0);
        ui.horizontal_wrapped(|ui| {
            for (number, case) in (1..).zip(&likely) {
                self.case_ui(ui, &project, *case, Some(number));
            }
            let further = self.chosen.iter().filter(|case| !likely.contains(case));
            for case in further.copied().collect::<Vec<_>>() {
                self.case_ui(ui, &project, case, None);
            }
        });
        self.other_ui(ui, cx, &project, &all);
        ui.add_space(6.0);
        ui.label(small(ui, cx.language.say(strings::ABOUT_KEYS)));
        ui.add_space(10.0);
        self.answer_ui(ui, cx)
    }

    /// The first of the codings that are asked about.
    fn present<'a>(&self, project: &'a Project) -> Option<(&'a Document, &'a Coding)> {
        let alike = self.passages.get(self.at)?;
        alike.iter().find_map(|(document, coding)| {
            let document = project.documents.get(document)?;
            Some((document.as_ref(), document.coding(*coding)?))
        })
    }

    fn passage_ui(&self, ui: &mut Ui, cx: &Cx<'_>, document: &Document, coding: &Coding) {
        let Ok(content) = cx.session.content(document) else {
            return;
        };
        let language = cx.language;
        if self.passages.len() > 1 {
            let place = strings::passage_of(language, self.at + 1, self.passages.len());
            ui.label(small(ui, place));
            ui.add_space(4.0);
        }
        let words: String = content
            .text
            .slice(coding.range)
            .unwrap_or_default()
            .chars()
            .take(MOST_CHARS)
            .collect();
        let (room, ink) = (ui.available_width(), palette(ui.visuals()).ink);
        ui.label(typeset::job(
            ui.ctx(),
            &words,
            theme::regular(13.5),
            ink,
            room,
        ));
        let people = People::of(cx.project, document);
        let (given, ground) = people.concerned(&coding.about, &content.turns, coding.range);
        let code = cx.code_names(&[coding.code]);
        let mut says = vec![document.title.clone(), code];
        says.extend(Some(names(cx.project, &given)).filter(|names| !names.is_empty()));
        says.push(language.say(strings::ground(ground)).to_owned());
        ui.label(small(ui, says.join(" · ")));
    }

    /// A case that is chosen or not, with its digit.
    fn case_ui(&mut self, ui: &mut Ui, project: &Project, case: CaseId, digit: Option<usize>) {
        let Some(own) = project.cases.get(&case) else {
            return;
        };
        let is_chosen = self.chosen.contains(&case);
        let text = match digit {
            Some(digit) => format!("{digit}  {}", own.name),
            None => own.name.clone(),
        };
        let button = buttons::choice(ui, &text, &own.name, is_chosen, Role::CheckBox);
        if button.clicked() {
            self.toggle(case);
        }
    }

    fn toggle(&mut self, case: CaseId) {
        if !self.chosen.remove(&case) {
            self.chosen.insert(case);
        }
    }

    /// Finds cases by name.
    fn other_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, project: &Project, all: &[CaseId]) {
        let name = cx.language.say(strings::OTHER_CASE);
        let field = ui.add(
            TextEdit::singleline(&mut self.other)
                .hint_text(name)
                .desired_width(220.0),
        );
        field.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, name));
        let wanted = fold(self.other.trim());
        if wanted.is_empty() {
            return;
        }
        let found = all.iter().copied().filter(|case| {
            let case = project.cases.get(case);
            case.is_some_and(|case| fold(&case.name).contains(&wanted))
        });
        let found: Vec<CaseId> = found.take(DIGITS.len()).collect();
        if field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
            if let [first, ..] = found[..] {
                self.toggle(first);
            }
            self.other.clear();
            return;
        }
        ui.horizontal_wrapped(|ui| {
            for case in found {
                self.case_ui(ui, project, case, None);
            }
        });
    }

    fn keys(&mut self, ctx: &Context, likely: &[CaseId]) {
        // A text field owns its digits.
        if ctx.text_edit_focused() {
            return;
        }
        for (key, case) in DIGITS.iter().zip(likely) {
            if take_key(ctx, Modifiers::NONE, *key) {
                self.toggle(*case);
            }
        }
    }

    /// The buttons; returns false once nothing is left to ask.
    fn answer_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) -> bool {
        let language = cx.language;
        let is_last = self.at + 1 >= self.passages.len();
        let entered =
            !ui.ctx().text_edit_focused() && take_key(ui.ctx(), Modifiers::NONE, Key::Enter);
        let room = vec2(ui.available_width(), ui.spacing().interact_size.y);
        let layout = Layout::right_to_left(Align::Center);
        let row = ui.allocate_ui_with_layout(room, layout, |ui| {
            let save = if is_last {
                strings::SAVE
            } else {
                strings::SAVE_AND_NEXT
            };
            let saves = buttons::primary(ui, language.say(save)).clicked() || entered;
            let cancels = ui.button(language.say(strings::CANCEL)).clicked();
            let skips = !is_last && ui.button(language.say(strings::SKIP)).clicked();
            let clears = RichText::new(language.say(strings::LEAVE_TO_SPEAKER));
            let clears = ui.button(clears).clicked();
            (saves, cancels, skips, clears)
        });
        let (saves, cancels, skips, clears) = row.inner;
        if clears {
            self.chosen.clear();
        }
        if saves || clears {
            self.save(cx);
        }
        if saves || clears || skips {
            self.at += 1;
            self.begun = false;
            self.other.clear();
        }
        !cancels && self.at < self.passages.len()
    }

    fn save(&self, cx: &mut Cx<'_>) {
        let Some(alike) = self.passages.get(self.at) else {
            return;
        };
        let present = alike.iter().filter(|(document, coding)| {
            let document = cx.project.documents.get(document);
            let coding = document.and_then(|own| own.coding(*coding));
            coding.is_some_and(|coding| coding.about != self.chosen)
        });
        let codings: Alike = present.copied().collect();
        if !codings.is_empty() {
            cx.edit(Action::SetAbout {
                codings,
                about: self.chosen.clone(),
            });
        }
    }
}

/// The names of cases in one line.
pub(in crate::gui) fn names(project: &Project, cases: &BTreeSet<CaseId>) -> String {
    let cases = cases.iter().filter_map(|case| project.cases.get(case));
    let names: Vec<&str> = cases.map(|case| case.name.as_str()).collect();
    names.join(" · ")
}
