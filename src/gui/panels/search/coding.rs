//! Coding what was found: which code, how much of the text, which passages; nothing happens before the button, and all of it is one step.

use std::collections::BTreeSet;

use egui::{Key, Label, RichText, Role, ScrollArea, Ui, WidgetInfo};

use super::SearchPanel;
use crate::{
    app::{
        action::Action,
        search::autocode::{PassageUnit, Proposal},
    },
    gui::{
        context::Cx,
        icons,
        panels::codebook::CodePick,
        strings::Text,
        theme::{self, palette, section, small},
        widgets::buttons,
    },
    model::{
        coding::Origin,
        ids::{CodeId, DocumentId},
        text::TextRange,
    },
};

/// A passage, by its place.
type Passage = (DocumentId, TextRange);

/// The coding of hits in the making.
#[derive(Debug, Default)]
pub(super) struct Coding {
    pub(super) unit: PassageUnit,
    code: Option<CodeId>,
    pick: CodePick,
    /// Passages that are left out.
    out: BTreeSet<Passage>,
}

impl Coding {
    /// One with a code that is chosen already.
    pub(super) fn with(code: CodeId) -> Self {
        Self {
            code: Some(code),
            ..Self::default()
        }
    }

    pub(super) fn code(&self) -> Option<CodeId> {
        self.code
    }

    /// Whether a code is being chosen, which takes the arrow keys.
    pub(super) fn is_picking(&self) -> bool {
        self.code.is_none()
    }

    /// Forgets passages that aren't there any more.
    pub(super) fn follow(&mut self, proposals: &[Proposal]) {
        let there: BTreeSet<Passage> = proposals
            .iter()
            .map(|proposal| (proposal.document, proposal.range))
            .collect();
        self.out.retain(|passage| there.contains(passage));
    }

    /// The passages that would be coded.
    fn passages(&self, proposals: &[Proposal]) -> Vec<Passage> {
        let wanted = proposals
            .iter()
            .filter(|proposal| !proposal.is_coded)
            .map(|proposal| (proposal.document, proposal.range));
        wanted
            .filter(|passage| !self.out.contains(passage))
            .collect()
    }
}

impl SearchPanel {
    pub(super) fn coding_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let language = cx.language;
        let Some(mut coding) = self.coding.take() else {
            return;
        };
        let mut closes = false;
        ui.horizontal(|ui| {
            ui.label(section(ui, language.say(Text::CODE_HITS)));
            crate::gui::widgets::aside::AtRight("close the coding of hits").show(ui, |ui| {
                closes = buttons::quiet(ui, icons::CLOSE, language.say(Text::CLOSE)).clicked();
            });
        });
        ui.add_space(8.0);
        code_ui(ui, cx, &mut coding);
        ui.add_space(8.0);
        let units = [
            (PassageUnit::Hit, Text::UNIT_HIT),
            (PassageUnit::Sentence, Text::UNIT_SENTENCE),
            (PassageUnit::Turn, Text::UNIT_TURN),
        ];
        buttons::segmented(
            ui,
            &mut coding.unit,
            &units.map(|(unit, text)| (unit, language.say(text))),
        );
        ui.add_space(10.0);
        let found = self.found.take();
        let proposals = match &found {
            Some(found) if found.question.coding.is_some() => found
                .answer
                .as_ref()
                .map(|answer| answer.proposals.as_slice())
                .unwrap_or_default(),
            _ => &[],
        };
        let passages = coding.passages(proposals);
        let known = proposals
            .iter()
            .filter(|proposal| proposal.is_coded)
            .count();
        let possible = proposals.len() - known;
        ui.label(small(
            ui,
            language.passages_to_code(passages.len(), possible, known),
        ));
        ui.horizontal(|ui| {
            if buttons::word(ui, language.say(Text::TICK_ALL)).clicked() {
                coding.out.clear();
            }
            if buttons::word(ui, language.say(Text::TICK_NONE)).clicked() {
                coding.out = proposals
                    .iter()
                    .map(|proposal| (proposal.document, proposal.range))
                    .collect();
            }
        });
        ui.add_space(4.0);
        let ready = coding.code.is_some() && !passages.is_empty();
        let foot = 44.0;
        let list = ScrollArea::vertical()
            .max_height((ui.available_height() - foot).max(80.0))
            .auto_shrink([false, false]);
        list.show_rows(ui, ROW, proposals.len(), |ui, visible| {
            for proposal in proposals.get(visible).unwrap_or_default() {
                proposal_ui(ui, cx, &mut coding, proposal);
            }
        });
        ui.add_space(6.0);
        let does = language.code_passages(passages.len());
        if ui
            .add_enabled_ui(ready, |ui| buttons::primary(ui, &does).clicked())
            .inner
            && let Some(code) = coding.code
        {
            let asked = found
                .as_ref()
                .map(|found| found.question.request.text.as_str())
                .unwrap_or_default();
            cx.edit(Action::ApplyCodes {
                passages,
                codes: vec![code],
                origin: Origin::Search(asked.into()),
            });
        }
        self.found = found;
        self.coding = (!closes).then_some(coding);
    }
}

/// Height of a passage with its document.
const ROW: f32 = 62.0;

/// The code chosen, or the choice of one.
fn code_ui(ui: &mut Ui, cx: &Cx<'_>, coding: &mut Coding) {
    match coding.code.and_then(|code| cx.project.codebook.get(code)) {
        Some(code) => {
            ui.horizontal(|ui| {
                buttons::chip(ui, palette(ui.visuals()).code(code.hue));
                let path = cx
                    .project
                    .codebook
                    .path_in(code.id, &cx.language.tag())
                    .replace('/', " / ");
                ui.label(RichText::new(path).font(theme::medium(13.0)));
                if buttons::word(ui, cx.language.say(Text::OTHER_CODE)).clicked() {
                    (coding.code, coding.pick) = (None, CodePick::default());
                }
            });
        }
        None => {
            coding.pick.ui(ui, cx, &[], |_| true);
            let entered = ui.input(|input| input.key_pressed(Key::Enter));
            let clicked = buttons::word(ui, cx.language.say(Text::TAKE_CODE)).clicked();
            if entered || clicked || coding.pick.was_clicked() {
                coding.code = coding.pick.chosen();
            }
        }
    }
}

/// A passage with its tick; one that is coded so already can't be ticked.
fn proposal_ui(ui: &mut Ui, cx: &Cx<'_>, coding: &mut Coding, proposal: &Proposal) {
    let Some(document) = cx.project.documents.get(&proposal.document) else {
        return;
    };
    let Ok(content) = cx.session.content(document) else {
        return;
    };
    let words = content
        .text
        .slice(proposal.range)
        .unwrap_or_default()
        .replace('\n', " ");
    let passage = (proposal.document, proposal.range);
    ui.allocate_ui(egui::vec2(ui.available_width(), ROW - 4.0), |ui| {
        ui.set_min_height(ROW - 4.0);
        ui.horizontal_top(|ui| {
            let mut ticked = !proposal.is_coded && !coding.out.contains(&passage);
            let tick = buttons::to_tick(ui, |ui| {
                ui.add_enabled(
                    !proposal.is_coded,
                    egui::Checkbox::without_text(&mut ticked),
                )
            });
            tick.widget_info(|| {
                WidgetInfo::selected(Role::CheckBox, !proposal.is_coded, ticked, &words)
            });
            if tick.changed() {
                if ticked {
                    coding.out.remove(&passage);
                } else {
                    coding.out.insert(passage);
                }
            }
            ui.vertical(|ui| {
                let colors = palette(ui.visuals());
                let ink = if proposal.is_coded {
                    colors.ink_3
                } else {
                    colors.ink
                };
                let mut job = egui::text::LayoutJob::simple(
                    words,
                    theme::regular(13.0),
                    ink,
                    ui.available_width(),
                );
                job.wrap.max_rows = 2;
                ui.add(Label::new(job));
                let note = if proposal.is_coded {
                    format!(
                        "{} · {}",
                        document.title,
                        cx.language.say(Text::CODED_ALREADY)
                    )
                } else {
                    document.title.clone()
                };
                ui.add(Label::new(small(ui, note)).truncate());
            });
        });
    });
}
