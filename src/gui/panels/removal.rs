//! The question before something is removed: what goes along, and Cancel with the keyboard.

use egui::{Align, Context, Layout, RichText, Ui};

use crate::{
    app::{
        action::Action,
        edit::{code_removal, document},
    },
    gui::{
        context::Cx,
        request::Removed,
        strings::{self, UiLanguage},
        theme::palette,
        widgets::{buttons, dialog},
    },
    model::Project,
};

/// The open question.
#[derive(Debug)]
pub(in crate::gui) struct RemovalQuestion {
    removed: Removed,
    /// True once Cancel has been given the keyboard.
    begun: bool,
}

impl RemovalQuestion {
    pub(in crate::gui) fn new(removed: Removed) -> Self {
        Self {
            removed,
            begun: false,
        }
    }

    /// Shows the question; returns true while it stays open.
    pub(in crate::gui) fn ui(&mut self, ctx: &Context, cx: &mut Cx<'_>) -> bool {
        let title = self.removed.title(cx);
        let shown = dialog::question(ctx, "question before a removal", &title, |ui| {
            ui.set_width(420.0_f32.min(ctx.content_rect().width() - 80.0));
            self.question_ui(ui, cx)
        });
        let answer = shown.inner;
        if answer == Some(true) {
            cx.edit(self.removed.action());
        }
        answer.is_none() && !shown.should_close()
    }

    fn question_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) -> Option<bool> {
        let language = cx.language;
        let along = self.removed.along(cx.project, language);
        let colors = palette(ui.visuals());
        let (says, ink) = if along.is_empty() {
            let nothing = language.say(strings::NOTHING_GOES_ALONG);
            (nothing.to_owned(), colors.ink_2)
        } else {
            (strings::goes_along(language, &along), colors.ink)
        };
        ui.label(RichText::new(says).color(ink));
        if self.removed.keeps_documents() {
            ui.label(RichText::new(language.say(strings::DOCUMENTS_STAY)).color(colors.ink_2));
        }
        ui.label(RichText::new(language.say(strings::CAN_UNDO)).color(colors.ink_2));
        ui.add_space(14.0);
        let row = ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let remove = buttons::primary(ui, language.say(strings::REMOVE));
            let cancel = ui.button(language.say(strings::CANCEL));
            // Enter, meant for something else, would lose too much: so the safe button has the keyboard.
            if !std::mem::replace(&mut self.begun, true) {
                cancel.request_focus();
            }
            match (remove.clicked(), cancel.clicked()) {
                (true, _) => Some(true),
                (_, true) => Some(false),
                _ => None,
            }
        });
        row.inner
    }
}

impl Removed {
    fn action(&self) -> Action {
        match self.clone() {
            Self::Codes(codes) => Action::RemoveCodes(codes),
            Self::Documents(documents) => Action::RemoveDocuments(documents),
            Self::Cases(cases) => Action::RemoveCases(cases),
            Self::Attribute(attribute) => Action::RemoveAttribute(attribute),
        }
    }

    fn title(&self, cx: &Cx<'_>) -> String {
        let (project, language) = (cx.project, cx.language);
        let name = match self {
            Self::Codes(codes) => cx.code_names(codes),
            Self::Documents(documents) => match documents[..] {
                [one] => project
                    .documents
                    .get(&one)
                    .map_or_else(String::new, |document| document.title.clone()),
                _ => strings::n_documents(language, documents.len()),
            },
            Self::Cases(cases) => match cases[..] {
                [one] => project
                    .cases
                    .get(&one)
                    .map_or_else(String::new, |case| case.name.clone()),
                _ => strings::n_cases(language, cases.len()),
            },
            Self::Attribute(attribute) => project
                .attributes
                .get(attribute)
                .map_or_else(String::new, |attribute| {
                    attribute.name_in(&language.tag()).to_owned()
                }),
        };
        strings::remove_title(language, &name)
    }

    /// What goes along, as parts of a sentence.
    fn along(&self, project: &Project, language: UiLanguage) -> Vec<String> {
        type Count = fn(UiLanguage, usize) -> String;
        let counts: Vec<(usize, Count)> = match self {
            Self::Codes(codes) => {
                let found = code_removal::removal_preview(project, codes);
                let codings = strings::codings_in(language, found.codings, found.documents);
                let mut along = Vec::new();
                along.extend(
                    (found.subcodes > 0).then(|| strings::n_subcodes(language, found.subcodes)),
                );
                along.extend((found.codings > 0).then_some(codings));
                along.extend((found.memos > 0).then(|| strings::n_memos(language, found.memos)));
                along.extend((found.links > 0).then(|| strings::n_links(language, found.links)));
                return along;
            }
            // Documents that are gone by now have nothing to lose.
            Self::Documents(documents) => document::removal_preview(project, documents)
                .map(|found| -> Vec<(usize, Count)> {
                    vec![
                        (found.codings, strings::n_codings),
                        (found.memos, strings::n_memos),
                        (found.links, strings::n_links),
                    ]
                })
                .unwrap_or_default(),
            Self::Cases(cases) => {
                let cases = cases.iter().filter_map(|id| project.cases.get(id));
                let values = cases.clone().map(|case| case.values.len()).sum();
                let memos = project.memos.values();
                let memos =
                    memos.filter(|memo| cases.clone().any(|case| memo.anchor.is_of_case(case.id)));
                vec![
                    (values, strings::n_values),
                    (memos.count(), strings::n_memos),
                ]
            }
            Self::Attribute(attribute) => {
                let values = project
                    .all_values()
                    .flat_map(|values| values.keys())
                    .filter(|(of, _)| of == attribute);
                vec![(values.count(), strings::n_values)]
            }
        };
        let counts = counts.into_iter().filter(|(n, _)| *n > 0);
        counts.map(|(n, count)| count(language, n)).collect()
    }

    const fn keeps_documents(&self) -> bool {
        matches!(self, Self::Cases(_))
    }
}
