//! The chosen step: when and by whom, what it changed, and taking it back.

use egui::{RichText, ScrollArea, Ui};

use super::PastPanel;
use crate::{
    app::{
        AppError,
        action::Action,
        history::{
            HistoryStep, ToldChange,
            moment::{day, time},
            step::StepDetails,
        },
    },
    gui::{
        context::Cx,
        request::Request,
        strings,
        theme::{self, palette, small},
        widgets::{buttons, outline},
    },
    message::explain::Explain as _,
    model::localized::Localized,
    store::Access,
};

/// The most changes that are shown one by one.
const MOST: usize = 40;

/// The most steps that stay when going back that are named.
const MOST_STAYING: usize = 12;

impl PastPanel {
    pub(super) fn step_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, steps: Option<&[HistoryStep]>) {
        let chosen = self.chosen;
        let step = steps
            .into_iter()
            .flatten()
            .find(|step| Some(step.id) == chosen);
        let Some(step) = step else {
            ui.label(small(ui, cx.language.say(strings::CHOOSE_STEP)));
            return;
        };
        let language = cx.language;
        let title = step.says(language);
        let label = ui.add(egui::Label::new(theme::title(title.as_str())).wrap());
        outline::head(&label, &title);
        let when = [day(step.stamp, language), time(step.stamp)].join("  ");
        ui.label(small(ui, format!("{when}  ·  {}", step.by)));
        ui.add_space(10.0);
        self.take_back_ui(ui, cx, step);
        ui.add_space(12.0);
        outline::section(ui, language.say(strings::WHAT_CHANGED));
        ui.add_space(4.0);
        match self.details() {
            None => buttons::empty(ui, language.say(strings::WORKING)),
            Some(Err(error)) => {
                ui.colored_label(palette(ui.visuals()).bad, error.say(language));
            }
            Some(Ok(details)) => changes_ui(ui, cx, &details.changes),
        }
    }

    /// What the job has read of the chosen step.
    fn details(&self) -> Option<&Result<StepDetails, AppError>> {
        let details = self.details.as_ref()?;
        details
            .read
            .as_ref()
            .filter(|_| Some(details.key.0) == self.chosen)
    }

    fn take_back_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, step: &HistoryStep) {
        let language = cx.language;
        let is_now = cx.session.access() == Access::Write;
        let in_the_way = match (step.undone, self.details()) {
            (Some(_), _) => Some(language.say(strings::IS_TAKEN_BACK).to_owned()),
            (None, Some(Ok(details))) => details
                .in_the_way
                .as_ref()
                .map(|reason| strings::in_the_way(language, reason)),
            _ => None,
        };
        let can = is_now && in_the_way.is_none() && matches!(self.details(), Some(Ok(_)));
        ui.horizontal_wrapped(|ui| {
            let take_back = ui.add_enabled_ui(can, |ui| {
                buttons::primary(ui, language.say(strings::TAKE_BACK)).clicked()
            });
            if take_back.inner {
                cx.ask(Request::edit(Action::TakeBack(step.id)));
            }
            if ui.button(language.say(strings::SHOW_AS_OF)).clicked() {
                cx.ask(Request::OpenAsOf(step.id));
            }
        });
        ui.add_space(4.0);
        if is_now {
            let note = in_the_way.unwrap_or_else(|| language.say(strings::TAKE_BACK_NOTE).into());
            ui.label(small(ui, note));
            self.back_ui(ui, cx, step);
        }
    }

    /// Going back to the step: first what that comes to, then the button that does it.
    fn back_ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, step: &HistoryStep) {
        let language = cx.language;
        let Some(back) = &self.back else {
            if buttons::word_in_column(ui, language.say(strings::BACK_TO_HERE)).clicked() {
                self.wants_back = true;
            }
            return;
        };
        let reversal = match &back.read {
            None => {
                buttons::empty(ui, language.say(strings::WORKING));
                return;
            }
            Some(Err(error)) => {
                ui.colored_label(palette(ui.visuals()).bad, error.say(language));
                return;
            }
            Some(Ok(reversal)) => reversal,
        };
        ui.label(strings::goes_back(language, reversal.taken));
        let steps = match &self.steps {
            Some((_, Ok(steps))) => steps.as_slice(),
            _ => &[],
        };
        if !reversal.stays.is_empty() {
            ui.label(small(
                ui,
                strings::steps_stay(language, reversal.stays.len()),
            ));
        }
        for staying in reversal.stays.iter().take(MOST_STAYING) {
            let stays = steps.iter().find(|step| step.id == staying.entry);
            let stays = stays.map(|step| step.says(language)).unwrap_or_default();
            let reason = staying.reason.say(language);
            ui.label(small(ui, strings::labelled(language, &stays, &reason)));
        }
        let can = reversal.taken > 0;
        let pressed = ui.add_enabled_ui(can, |ui| {
            buttons::primary(ui, language.say(strings::GO_BACK)).clicked()
        });
        if pressed.inner {
            cx.ask(Request::edit(Action::BackTo(step.id)));
        }
    }
}

fn changes_ui(ui: &mut Ui, cx: &mut Cx<'_>, changes: &[ToldChange]) {
    ScrollArea::vertical()
        .auto_shrink([false, false])
        .show(ui, |ui| {
            for change in changes.iter().take(MOST) {
                change_ui(ui, cx, change);
                ui.add_space(6.0);
            }
            if changes.len() > MOST {
                let more = strings::grouped(changes.len() - MOST);
                ui.label(small(ui, format!("+ {more}")));
            }
        });
}

/// One change: what it is about and where, and the value before and after.
fn change_ui(ui: &mut Ui, cx: &mut Cx<'_>, change: &ToldChange) {
    let tag = cx.language.tag();
    let colors = palette(ui.visuals());
    let say = |text: &Localized| text.get(&tag).to_owned();
    let range = change
        .range
        .map(|range| format!("{}–{}", range.start(), range.end()));
    let about: Vec<String> = change
        .thing
        .as_ref()
        .map(say)
        .into_iter()
        .chain((!change.title.is_empty()).then(|| change.title.clone()))
        .chain(range)
        .collect();
    if !about.is_empty() {
        ui.label(RichText::new(about.join("  ·  ")).font(theme::medium(13.0)));
    }
    if let Some(from) = change
        .from
        .as_ref()
        .map(say)
        .filter(|from| !from.is_empty())
    {
        ui.label(RichText::new(from).strikethrough().color(colors.ink_2));
    }
    if let Some(to) = change.to.as_ref().map(say).filter(|to| !to.is_empty()) {
        ui.label(to);
    }
    if let Some(document) = change
        .document
        .filter(|id| cx.project.documents.contains_key(id))
        && buttons::word_in_column(ui, cx.language.say(strings::OPEN)).clicked()
    {
        cx.ask(Request::OpenDocument(document, None));
    }
}
