//! Attachments: pictures, recordings and other files that belong to a project but aren't read as text.

use serde::{Deserialize, Serialize};

use super::{ids::AttachmentId, text::ContentHash};

/// A file kept beside the documents.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Attachment {
    /// Identity.
    pub id: AttachmentId,
    /// Name.
    pub name: String,
    /// Its kind.
    pub kind: AttachmentKind,
    /// Name of the file.
    pub file: String,
    /// Its bytes; `None` when the file wasn't there, and only its name is known.
    pub content: Option<ContentHash>,
    /// Length in bytes; 0 when the file wasn't there.
    pub len_bytes: u64,
}

/// The kind of an attached file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttachmentKind {
    /// A picture.
    Picture,
    /// A recording of sound.
    Audio,
    /// A recording of sound and picture.
    Video,
    /// A PDF without text of its own.
    Pdf,
}
