//! What comes from other programs and belongs beside documents and codes: their projects, sets, attached files.

mod attachments;
mod incoming;
mod outgoing;
mod sets;

pub(in crate::gui) use attachments::Attachments;
pub(in crate::gui) use incoming::{Incoming, StudyEnd};
pub(in crate::gui) use outgoing::Outgoing;
pub(in crate::gui) use sets::Sets;
