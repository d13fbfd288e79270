//! Erasing a participant who withdraws: the words go for good, from the log, the texts and everything beside the file;
//! identities, counts and the fact stay.
//!
//! Nothing is edited in place. A new file is written whose log says the same but for the words, and the old one is
//! overwritten. What is undone, removed or merged later can't bring the words back, since they are nowhere any more.

mod certificate;
mod mask;
mod plan;
mod preview;
mod quotes;
mod reading;
mod request;
mod rewriting;
mod scope;
mod told;
mod writing;

pub use certificate::certificate;
pub use plan::ErasurePlan;
pub use preview::{ErasurePreview, TextLoss};
pub use request::{ERASE, ErasureRequest};
pub use writing::{Erased, erase};

use crate::app::{AppError, Session};

/// What erasing would do; nothing is changed.
///
/// # Errors
/// When there is nothing to erase, or the log or a text can't be read.
pub fn preview(session: &Session, request: &ErasureRequest) -> Result<ErasurePreview, AppError> {
    Ok(ErasurePlan::of(&session.file(), request)?.preview)
}
