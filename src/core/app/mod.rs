//! The application without its window: an open project and everything that can be done to it.
//!
//! [`Session`] is the only writer. An [`action::Action`] or an import runs as a function of [`edit`]
//! that records changes in a [`edit::transaction::Transaction`]; the session stores the recorded
//! changes as one entry of the log and then shows the project after it.

pub mod action;
pub mod action_names;
pub mod backups;
pub mod drafts;
pub mod edit;
pub mod encryption;
pub mod erasure;
pub mod export;
pub mod fuzzy;
pub mod history;
pub mod identity;
pub mod import;
pub mod input_file;
pub mod integrity;
pub mod jobs;
pub mod names;
pub mod output_file;
pub(crate) mod private_folder;
pub mod pseudonyms;
pub mod refusal;
pub mod sample;
pub mod search;
pub mod session;
pub mod settings;
pub mod speakers_again;
pub mod surroundings;
pub mod texts;

pub use session::{AppError, Done, Session};
