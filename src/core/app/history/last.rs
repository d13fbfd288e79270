//! The step that was done last, as one sentence, for who doesn't see what it changed.

use std::collections::BTreeSet;

use super::{NAMED, listed, names::Names, say_done, told};
use crate::{
    app::Session,
    log::{change::Change, undo::UndoableStep},
    message::{language::UiLanguage, text::Text},
    model::localized::Localized,
};

const CODED: Text = Text::new("Coded as {things}", "已编码为{things}");
const UNCODED: Text = Text::new("No longer coded as {things}", "不再编码为{things}");
const UNDONE: Text = Text::new("Undone: {step}", "已撤销：{step}");
const REDONE: Text = Text::new("Redone: {step}", "已重做：{step}");
const DONE: Text = Text::new("Done: {step}", "已完成：{step}");
const UNREAD: Text = Text::new(
    "{said}. What it was about can't be read from the project",
    "{said}。无法从项目中读取其具体内容",
);

impl Session {
    /// Says what was done last, such as "Coded as Belonging"; `None` before anything was done.
    ///
    /// It reads the last entry alone, whatever the length of the log. If that can't be read, the step is still said
    /// by its name, which is known without the file.
    pub fn say_last_step(&self, language: UiLanguage) -> Option<String> {
        let step = self.steps().last()?;
        let Ok(Some(entry)) = self.file().entry(step.id) else {
            let said = self.say_step(step, &[], language);
            return Some(UNREAD.with("said", said).say(language));
        };
        Some(self.say_step(step, &entry.changes, language))
    }

    /// Says what a step did by its changes, if they are known.
    fn say_step(&self, step: &UndoableStep, changes: &[Change], language: UiLanguage) -> String {
        let done = self.what_was_done(step);
        let things = self.things_of(changes, language);
        let text = match (step.action.as_str(), done) {
            ("apply code" | "apply codes" | "accept suggestion", _) if !things.is_empty() => CODED,
            ("remove coding", _) if !things.is_empty() => UNCODED,
            ("redo", _) => REDONE,
            (_, Some(_)) => UNDONE,
            _ => DONE,
        };
        if text == CODED || text == UNCODED {
            return text.with("things", things).say(language);
        }
        let action = done.map_or(step.action.as_str(), |done| &done.action);
        let step = say_done(action, &things, language);
        text.with("step", step).say(language)
    }

    /// The step that an undo, or the redo of one, is about in the end.
    fn what_was_done(&self, step: &UndoableStep) -> Option<&UndoableStep> {
        let target = step.undoes?;
        let steps = self.steps().iter().rev();
        let undone = steps.into_iter().find(|other| other.id == target)?;
        self.what_was_done(undone).or(Some(undone))
    }

    /// The names of what changes are about, as a list.
    fn things_of(&self, changes: &[Change], language: UiLanguage) -> String {
        let names = Names::in_project(self.project(), changes);
        let told = changes
            .iter()
            .filter_map(|change| told::tell(change, &names).thing)
            .filter(|thing| !thing.get(&language.tag()).is_empty());
        let mut known: BTreeSet<Localized> = BTreeSet::new();
        let mut first = Vec::new();
        for thing in told {
            if known.insert(thing.clone()) && first.len() < NAMED {
                first.push(thing.get(&language.tag()).to_owned());
            }
        }
        listed(&first, known.len(), language)
    }
}
