//! The history in words: who did what, when, to which things and in which documents.
//!
//! Things are called as they were at the time, so that what was renamed or removed since can still be read.

pub mod code_changes;
mod last;
pub mod moment;
mod names;
pub mod page;
pub mod step;
mod taken_back;
mod thing_kind;
mod told;

use std::collections::BTreeSet;

use super::{
    AppError,
    action_names::{FOUNDING, action_name},
};
use crate::{
    message::{labelled, language::UiLanguage, text::Text},
    model::{
        clock::Stamp,
        ids::{CoderId, DocumentId, EntryId},
        localized::Localized,
    },
    store::{ProjectFile, Source, StoreError},
};
use names::Names;
pub use thing_kind::ThingKind;
pub use told::ToldChange;

/// What is between the names of a list.
const BETWEEN: Text = Text::new(", ", "、");

/// The most things that a step names; the rest are counted.
const NAMED: usize = 4;

/// One step of the history.
#[derive(Debug, Clone, PartialEq)]
pub struct HistoryStep {
    /// Its entry.
    pub id: EntryId,
    /// When it was done.
    pub stamp: Stamp,
    /// Who did it; `None` before there was a coder.
    pub coder: Option<CoderId>,
    /// The name of the coder at the time.
    pub by: String,
    /// The stable name of the action.
    pub action: String,
    /// The step that it takes back.
    pub undoes: Option<EntryId>,
    /// When it was taken back itself, if it was and hasn't been done again.
    pub undone: Option<Stamp>,
    /// The first things that it is about.
    pub things: Vec<Localized>,
    /// How many things it is about.
    pub n_things: usize,
    /// The titles of the first documents in which it is.
    pub documents: Vec<String>,
    /// In how many documents it is.
    pub n_documents: usize,
    /// The kinds of things that it is about.
    pub kinds: BTreeSet<ThingKind>,
}

impl HistoryStep {
    /// The things, as a list in a language.
    pub fn what(&self, language: UiLanguage) -> String {
        let tag = language.tag();
        let names = self.things.iter().map(|name| name.get(&tag).to_owned());
        listed(&names.collect::<Vec<_>>(), self.n_things, language)
    }

    /// What was done, such as "apply code: Belonging".
    pub fn says(&self, language: UiLanguage) -> String {
        say_done(&self.action, &self.what(language), language)
    }

    /// The documents, as a list in a language.
    pub fn place(&self, language: UiLanguage) -> String {
        listed(&self.documents, self.n_documents, language)
    }
}

/// An action with the things that it is about, if there are any.
fn say_done(action: &str, things: &str, language: UiLanguage) -> String {
    let name = action_name(action, language);
    if things.is_empty() {
        return name.to_owned();
    }
    // A project is created with its first coder, who isn't what was created.
    if action == FOUNDING {
        let text = Text::new("{name}; coder {things}", "{name}；编码员：{things}");
        return text.with("name", name).with("things", things).say(language);
    }
    labelled(language, name, things)
}

/// The first names of a list, with how many more there are.
fn listed(names: &[String], of: usize, language: UiLanguage) -> String {
    let more = of - names.len();
    let mut list = names.join(language.say(BETWEEN));
    if more > 0 {
        list.push_str(&format!(" +{more}"));
    }
    list
}

/// Reads the whole history of a project, for a job: it opens the file once more, for reading.
///
/// # Errors
/// When the file can't be opened or read.
pub fn history_at(source: &Source) -> Result<Vec<HistoryStep>, AppError> {
    Ok(history(&source.read()?)?)
}

/// Reads the whole history, in order.
///
/// # Errors
/// When the file can't be read.
pub fn history(file: &ProjectFile) -> Result<Vec<HistoryStep>, StoreError> {
    let mut names = Names::default();
    let mut steps: Vec<HistoryStep> = Vec::new();
    file.for_each_entry(0, |_, entry| {
        let mut things: Vec<Localized> = Vec::new();
        let mut known: BTreeSet<Localized> = BTreeSet::new();
        let mut documents: BTreeSet<DocumentId> = BTreeSet::new();
        let mut kinds = BTreeSet::new();
        for change in &entry.changes {
            kinds.insert(ThingKind::of(change));
            let told = told::tell(change, &names);
            names.see(change);
            documents.extend(told.document);
            if let Some(thing) = told.thing.filter(|thing| known.insert(thing.clone()))
                && things.len() < NAMED
            {
                things.push(thing);
            }
        }
        let by = entry.coder.map(|coder| names.coder(coder));
        steps.push(HistoryStep {
            id: entry.id,
            stamp: entry.stamp,
            coder: entry.coder,
            by: by.unwrap_or_default(),
            action: entry.action,
            undoes: entry.undoes,
            undone: None,
            things,
            n_things: known.len(),
            documents: documents
                .iter()
                .take(NAMED)
                .map(|id| names.document(*id))
                .collect(),
            n_documents: documents.len(),
            kinds,
        });
    })?;
    taken_back::mark(file, &mut steps)?;
    Ok(steps)
}
