//! Dialogs on turns after the import: who speaks in one, where one begins, and reading speakers again.

mod again;
mod question;

pub(in crate::gui) use self::{again::SpeakersAgainDialog, question::TurnQuestion};
