//! The pages and side panels: each reads the project, paints, and adds requests.

pub(super) mod about;
mod attribute_values;
pub(super) mod cases;
pub(super) mod codebook;
pub(super) mod documents;
pub(super) mod exchange;
pub(super) mod finder;
pub(super) mod importing;
pub(super) mod inspector;
pub(super) mod keymap;
pub(super) mod memos;
pub(super) mod menu;
pub(super) mod notices;
pub(super) mod palette;
pub(super) mod past;
pub(super) mod project;
pub(super) mod read;
pub(super) mod removal;
pub(super) mod search;
pub(super) mod settings;
pub(super) mod sheet_question;
pub(super) mod speakers;
pub(super) mod starters;
pub(super) mod status;
pub(super) mod themes;
pub(super) mod top;
pub(super) mod welcome;
