//! What panels are built of; knows colours and shapes, decides nothing.

pub(super) mod aside;
pub(super) mod buttons;
pub(super) mod drawing;
pub(super) mod grid;
pub(super) mod heights;
pub(super) mod list_row;
pub(super) mod ring;
pub(super) mod transcript;
