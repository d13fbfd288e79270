//! Widgets that panels are built of. They know colours and shapes, and nothing of the project.

pub(super) mod aside;
pub(super) mod buttons;
pub(super) mod dialog;
pub(super) mod drawing;
pub(super) mod grid;
pub(super) mod heights;
pub(super) mod keys;
pub(super) mod leaving;
pub(super) mod list_row;
pub(super) mod name_field;
pub(super) mod outline;
pub(super) mod replacement;
pub(super) mod ring;
pub(super) mod transcript;
