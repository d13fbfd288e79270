//! What is said aloud to who can't see the window: a sentence for each thing done.
//!
//! Screen readers read a live region when it appears or changes. Each sentence is a region of its own,
//! so that the same sentence twice is read twice.

use std::path::PathBuf;

use egui::{
    Context, Id, Role,
    accesskit::{Live, Node},
};

use super::strings::UiLanguage;
use crate::{app::Session, model::clock::Stamp};

/// The sentences that wait to be said in this frame.
#[derive(Debug, Clone, Default)]
struct Waiting(Vec<String>);

fn waiting() -> Id {
    Id::unique("sentences to say")
}

/// Says a sentence at the end of the frame.
pub(super) fn say(ctx: &Context, sentence: String) {
    if is_listened_to(ctx) {
        ctx.data_mut(|data| {
            let waiting: &mut Waiting = data.get_temp_mut_or_default(waiting());
            waiting.0.push(sentence);
        });
    }
}

/// Returns true if a screen reader, or a test, gets the window's contents.
pub(super) fn is_listened_to(ctx: &Context) -> bool {
    ctx.has_accesskit_node(egui::accesskit_root_id())
}

/// What was said last.
#[derive(Debug, Default)]
pub(super) struct Announcer {
    /// The project, and its revision up to which everything was said.
    followed: Option<(PathBuf, Option<Stamp>, u64)>,
    said: String,
    /// How many sentences were said; the live region is named by it.
    number: u64,
}

impl Announcer {
    /// Says what was done in the project since the last frame, and what panels have to say.
    pub(super) fn frame(&mut self, ctx: &Context, session: Option<&Session>, language: UiLanguage) {
        if !is_listened_to(ctx) {
            return;
        }
        let done = session.and_then(|session| self.follow(session, language));
        let panels: Waiting = ctx
            .data_mut(|data| data.remove_temp(waiting()))
            .unwrap_or_default();
        let sentences: Vec<String> = done.into_iter().chain(panels.0).collect();
        if !sentences.is_empty() {
            self.said = sentences.join("\n");
            self.number += 1;
        }
        if self.number > 0 {
            let region = Id::unique(("live region", self.number));
            ctx.accesskit_node_builder(region, |node: &mut Node| {
                node.set_role(Role::Status);
                node.set_live(Live::Polite);
                node.set_label(self.said.as_str());
            });
        }
    }

    /// Returns what was done since the last frame.
    fn follow(&mut self, session: &Session, language: UiLanguage) -> Option<String> {
        // To show the project as of then, or of now again, does nothing.
        let now = (
            session.path().to_owned(),
            session.as_of(),
            session.revision(),
        );
        let before = self.followed.replace(now.clone());
        let is_new = before.is_some_and(|(path, as_of, revision)| {
            path == now.0 && as_of == now.1 && revision != now.2
        });
        // Imports have a notice, which says how much came in.
        let is_import = |action: &str| action.starts_with("import");
        let last = session.steps().last()?;
        if !is_new || is_import(&last.action) {
            return None;
        }
        session.say_last_step(language)
    }
}
