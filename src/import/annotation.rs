//! What people wrote beside a text: comments and notes of a word processor.

use crate::model::text::TextRange;

/// A remark on a passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annotation {
    /// The passage, in code points; empty where it stands on no words.
    pub range: TextRange,
    /// Who wrote it; empty where nobody is named.
    pub author: String,
    /// What it says.
    pub text: String,
    /// What it is.
    pub kind: AnnotationKind,
}

/// A kind of remark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AnnotationKind {
    /// Beside a passage.
    Comment,
    /// At the foot of a page.
    Footnote,
    /// At the end of the text.
    Endnote,
}

impl AnnotationKind {
    /// Its name, as titles of memos have it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Comment => "Comment",
            Self::Footnote => "Footnote",
            Self::Endnote => "Endnote",
        }
    }
}
