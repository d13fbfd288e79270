//! Coding the hits of a search: the code, how much of the text around a hit, and which passages.
//!
//! Nothing is coded before the button is pressed, and all passages are one step to undo.

use std::collections::BTreeSet;

use egui::{Key, Label, Modifiers, RichText, Role, ScrollArea, Ui, WidgetInfo};

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
        strings::{self, UiLanguage},
        theme::{self, palette, small},
        typeset,
        widgets::{buttons, keys::take_key, outline},
    },
    model::{
        coding::Origin,
        ids::{CodeId, DocumentId},
        text::TextRange,
    },
};

/// A passage that can be coded.
type HitPassage = (DocumentId, TextRange);

/// The coding of hits while it is set up.
#[derive(Debug, Default)]
pub(super) struct HitCoding {
    pub(super) unit: PassageUnit,
    code: Option<CodeId>,
    pick: CodePick,
    /// The passages without a tick.
    out: BTreeSet<HitPassage>,
}

impl HitCoding {
    /// Returns one whose code is already chosen.
    pub(super) fn with(code: CodeId) -> Self {
        Self {
            code: Some(code),
            ..Self::default()
        }
    }

    pub(super) fn code(&self) -> Option<CodeId> {
        self.code
    }

    /// Returns true while a code is being chosen, which takes the arrow keys.
    pub(super) fn is_picking(&self) -> bool {
        self.code.is_none()
    }

    /// Forgets passages that are no longer proposed.
    pub(super) fn follow(&mut self, proposals: &[Proposal]) {
        let proposed: BTreeSet<HitPassage> = proposals
            .iter()
            .map(|proposal| (proposal.document, proposal.range))
            .collect();
        self.out.retain(|passage| proposed.contains(passage));
    }

    /// The passages that would be coded.
    fn passages(&self, proposals: &[Proposal]) -> Vec<HitPassage> {
        proposals
            .iter()
            .filter(|proposal| !proposal.is_coded)
            .map(|proposal| (proposal.document, proposal.range))
            .filter(|passage| !self.out.contains(passage))
            .collect()
    }
}

impl SearchPanel {
    /// Shows the coding of the hits, if it is open.
    pub(super) fn coding_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let language = cx.language;
        // Coding and answer are taken out for the frame, since the parts below borrow both at once.
        let Some(mut coding) = self.coding.take() else {
            return;
        };
        let mut closes = false;
        ui.horizontal(|ui| {
            outline::section(ui, language.say(strings::CODE_HITS));
            crate::gui::widgets::aside::AtRight("close the coding of hits").show(ui, |ui| {
                closes = buttons::quiet(ui, icons::CLOSE, language.say(strings::CLOSE)).clicked();
            });
        });
        ui.add_space(8.0);
        code_ui(ui, cx, &mut coding);
        ui.add_space(8.0);
        unit_ui(ui, language, &mut coding.unit);
        ui.add_space(10.0);
        let found = self.found.take();
        // An answer to a question that was asked before the coding began has no proposals yet.
        let proposals = match &found {
            Some(found) if found.question.coding.is_some() => found
                .answer
                .as_ref()
                .map_or(&[][..], |answer| answer.proposals.as_slice()),
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
            strings::passages_to_code(language, passages.len(), possible, known),
        ));
        proposals_ui(ui, cx, &mut coding, proposals);
        ui.add_space(6.0);
        let ready = coding.code.is_some() && !passages.is_empty();
        let label = strings::code_passages(language, passages.len());
        let pressed = ui
            .add_enabled_ui(ready, |ui| buttons::primary(ui, &label).clicked())
            .inner;
        let by_key = ready && take_key(ui.ctx(), Modifiers::COMMAND, Key::Enter);
        if (pressed || by_key)
            && let Some(code) = coding.code
        {
            let query = found
                .as_ref()
                .map_or("", |found| found.question.request.text.as_str());
            cx.edit(Action::ApplyCodes {
                passages,
                codes: vec![code],
                about: Default::default(),
                origin: Origin::Search(query.into()),
            });
        }
        self.found = found;
        self.coding = (!closes).then_some(coding);
    }
}

/// Height of a passage with its document.
const ROW: f32 = 62.0;

/// Height below the list that is left for the button.
const FOOT: f32 = 44.0;

/// How much of the text around a hit is coded.
fn unit_ui(ui: &mut Ui, language: UiLanguage, unit: &mut PassageUnit) {
    let units = [
        (PassageUnit::Hit, strings::UNIT_HIT),
        (PassageUnit::Sentence, strings::UNIT_SENTENCE),
        (PassageUnit::Turn, strings::UNIT_TURN),
    ];
    buttons::segmented(
        ui,
        unit,
        &units.map(|(unit, text)| (unit, language.say(text))),
    );
}

/// The list of passages with their ticks, below the buttons that tick all or none.
fn proposals_ui(ui: &mut Ui, cx: &Cx<'_>, coding: &mut HitCoding, proposals: &[Proposal]) {
    buttons::words_in_column(ui, |ui| {
        if buttons::word(ui, cx.language.say(strings::TICK_ALL)).clicked() {
            coding.out.clear();
        }
        if buttons::word(ui, cx.language.say(strings::TICK_NONE)).clicked() {
            coding.out = proposals
                .iter()
                .map(|proposal| (proposal.document, proposal.range))
                .collect();
        }
    });
    ui.add_space(4.0);
    let list = ScrollArea::vertical()
        .max_height((ui.available_height() - FOOT).max(80.0))
        .auto_shrink([false, false]);
    list.show_rows(ui, ROW, proposals.len(), |ui, visible| {
        for proposal in proposals.get(visible).unwrap_or_default() {
            proposal_ui(ui, cx, coding, proposal);
        }
    });
}

/// The code chosen, or the choice of one.
fn code_ui(ui: &mut Ui, cx: &Cx<'_>, coding: &mut HitCoding) {
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
                if buttons::word(ui, cx.language.say(strings::OTHER_CODE)).clicked() {
                    (coding.code, coding.pick) = (None, CodePick::default());
                }
            });
        }
        None => {
            coding.pick.ui(ui, cx, &[], |_| true);
            let entered = ui.input(|input| input.key_pressed(Key::Enter));
            let clicked = buttons::word(ui, cx.language.say(strings::TAKE_CODE)).clicked();
            if entered || clicked || coding.pick.was_clicked() {
                coding.code = coding.pick.chosen();
            }
        }
    }
}

/// A passage with its tick; one that already has the code can't be ticked.
fn proposal_ui(ui: &mut Ui, cx: &Cx<'_>, coding: &mut HitCoding, proposal: &Proposal) {
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
                    colors.ink_2
                } else {
                    colors.ink
                };
                let room = ui.available_width();
                let mut job = typeset::job(ui.ctx(), &words, theme::regular(13.0), ink, room);
                job.wrap.max_rows = 2;
                ui.add(Label::new(job));
                let note = if proposal.is_coded {
                    format!(
                        "{} · {}",
                        document.title,
                        cx.language.say(strings::CODED_ALREADY)
                    )
                } else {
                    document.title.clone()
                };
                ui.add(Label::new(small(ui, note)).truncate());
            });
        });
    });
}
