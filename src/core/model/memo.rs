//! Memos: titled notes on anything. Links: named relations between two things.

use serde::{Deserialize, Serialize};

use super::{
    ids::{CaseId, CodeId, CoderId, CodingId, DocumentId, LinkId, MemoId},
    text::TextRange,
};
use crate::message::text::Text;

/// What a memo is about, or a link connects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Anchor {
    /// The project as a whole.
    Project,
    /// A document.
    Document(DocumentId),
    /// A passage, in code points of the document's current text.
    Segment(DocumentId, TextRange),
    /// A case.
    Case(CaseId),
    /// A code.
    Code(CodeId),
    /// A coding, with its document.
    Coding(DocumentId, CodingId),
    /// A memo.
    Memo(MemoId),
    /// What a case says to a theme: a cell of the framework matrix.
    Cell(CaseId, CodeId),
}

impl Anchor {
    /// Returns true if it is this code, or a cell of it.
    pub fn is_of_code(self, code: CodeId) -> bool {
        matches!(self, Self::Code(own) | Self::Cell(_, own) if own == code)
    }

    /// Returns true if it is this case, or a cell of it.
    pub fn is_of_case(self, case: CaseId) -> bool {
        matches!(self, Self::Case(own) | Self::Cell(own, _) if own == case)
    }

    /// The document that it is, or that contains it.
    pub const fn document(self) -> Option<DocumentId> {
        match self {
            Self::Document(document) | Self::Segment(document, _) | Self::Coding(document, _) => {
                Some(document)
            }
            Self::Project | Self::Code(_) | Self::Case(_) | Self::Memo(_) | Self::Cell(..) => None,
        }
    }
}

/// What a memo is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum MemoKind {
    /// What the material may mean.
    #[default]
    Analytic,
    /// How the study is done.
    Method,
    /// The researcher's own part in it.
    Reflexive,
}

impl MemoKind {
    /// Its name, within a sentence or a table.
    pub const fn name(self) -> Text {
        match self {
            Self::Analytic => Text::new("analytic", "分析"),
            Self::Method => Text::new("method", "方法"),
            Self::Reflexive => Text::new("reflexive", "反思"),
        }
    }
}

/// A titled note.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Memo {
    /// Identity.
    pub id: MemoId,
    /// Title; may be empty on a coding.
    pub title: String,
    /// Text, in Markdown.
    pub body: String,
    /// What it is for.
    pub kind: MemoKind,
    /// What it is about.
    pub anchor: Anchor,
    /// Who wrote it.
    pub coder: CoderId,
}

/// A named, directed relation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Link {
    /// Identity.
    pub id: LinkId,
    /// Such as *is met by*.
    pub name: String,
    /// The start.
    pub from: Anchor,
    /// The target.
    pub to: Anchor,
}
