//! The chosen step: when and by whom, what it changed, and taking it back.

use egui::{RichText, ScrollArea, Ui};

use super::PastPanel;
use crate::{
    app::{
        action::Action,
        action_names::action_name,
        history::{
            HistoryStep, ToldChange,
            moment::{day, time},
        },
    },
    gui::{
        context::Cx,
        request::Request,
        strings,
        theme::{self, palette, small},
        widgets::{buttons, outline},
    },
    model::localized::Localized,
};

/// The most changes that are shown one by one.
const MOST: usize = 40;

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
        let action = action_name(&step.action, language);
        let what = step.what(language);
        let title = if what.is_empty() {
            action.to_owned()
        } else {
            strings::labelled(language, action, &what)
        };
        let label = ui.add(egui::Label::new(theme::title(title.as_str())).wrap());
        outline::head(&label, &title);
        let when = format!(
            "{}  {}  ·  {}",
            day(step.stamp, language),
            time(step.stamp),
            step.by
        );
        ui.label(small(ui, when));
        ui.add_space(12.0);
        self.take_back_ui(ui, cx, step);
        ui.add_space(12.0);
        outline::section(ui, language.say(strings::WHAT_CHANGED));
        ui.add_space(4.0);
        let session = cx.session;
        // A step that can't be read any more shows no changes; opening the project said so.
        let changes = self
            .changes
            .get(step.id, |id| session.changes_of(*id).unwrap_or_default());
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

    fn take_back_ui(&self, ui: &mut Ui, cx: &mut Cx<'_>, step: &HistoryStep) {
        let why_not = if step.undone.is_some() {
            Some(cx.language.say(strings::IS_TAKEN_BACK).to_owned())
        } else if step.coder != cx.session.coder() {
            Some(strings::done_by(cx.language, &step.by))
        } else {
            None
        };
        let pressed = ui
            .add_enabled_ui(why_not.is_none(), |ui| {
                buttons::primary(ui, cx.language.say(strings::TAKE_BACK)).clicked()
            })
            .inner;
        if pressed {
            cx.ask(Request::edit(Action::TakeBack(step.id)));
        }
        let note = why_not.unwrap_or(cx.language.say(strings::TAKE_BACK_NOTE).to_owned());
        ui.label(small(ui, note));
    }
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
        && buttons::word(ui, cx.language.say(strings::OPEN)).clicked()
    {
        cx.ask(Request::OpenDocument(document, None));
    }
}
