//! What can happen to a project: a closed set of changes, named in the past tense.
//!
//! Each change keeps the value that it overwrites. So its inverse needs nothing else, the audit trail
//! can be read by itself, and a value that isn't the one overwritten reveals a conflict.
//!
//! A [`Change`] is also the stored form of the log: golden files under `tests/data/log` pin how it is
//! written. Names of variants and fields can't be changed.

mod fields;

use serde::{Deserialize, Serialize};

pub use fields::{
    AttributeEdit, CaseEdit, CodeEdit, CoderEdit, CodingEdit, DocumentEdit, MemoEdit, PhaseEdit,
    ProjectEdit,
};

use crate::model::{
    attachment::Attachment,
    attribute::{Attribute, AttributeOf, AttributeValue},
    case::Case,
    code::Code,
    coder::Coder,
    coding::Coding,
    document::Document,
    erasure::Erasure,
    ids::{
        AttributeId, CaseId, CodeId, CoderId, CodingId, DocumentId, MemoId, PhaseId, QueryId,
        ScaleId, SetId,
    },
    memo::{Link, Memo},
    phase::Phase,
    query::SavedQuery,
    scale::Scale,
    set::Set,
    text::TextRange,
};

/// A field's value before and after.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Edit<T> {
    /// The value that was overwritten.
    pub from: T,
    /// The new value.
    pub to: T,
}

impl<T> Edit<T> {
    /// From one value to another.
    pub fn new(from: T, to: T) -> Self {
        Self { from, to }
    }

    /// The edit from a value to another, or `None` if they are equal.
    pub fn if_different(from: &T, to: T) -> Option<Self>
    where
        T: Clone + PartialEq,
    {
        (*from != to).then(|| Self::new(from.clone(), to))
    }

    /// Makes this the edit that takes it back.
    fn swap(&mut self) {
        std::mem::swap(&mut self.from, &mut self.to);
    }
}

/// One change of a project.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// A field of the project was set.
    ProjectEdited(ProjectEdit),
    /// A coder joined.
    CoderAdded(Coder),
    /// A coder was renamed.
    CoderRenamed {
        /// The coder.
        coder: CoderId,
        /// The name.
        name: Edit<String>,
    },
    /// Another field of a coder than the name was set.
    CoderEdited {
        /// The coder.
        coder: CoderId,
        /// The edit.
        edit: CoderEdit,
    },
    /// A coder without codings and memos was removed.
    CoderRemoved(Coder),
    /// A phase was added.
    PhaseAdded(Phase),
    /// A field of a phase was set.
    PhaseEdited {
        /// The phase.
        phase: PhaseId,
        /// The edit.
        edit: PhaseEdit,
    },
    /// An unused phase was removed.
    PhaseRemoved(Phase),
    /// A document was added.
    DocumentAdded(Box<Document>),
    /// A field of a document was set.
    DocumentEdited {
        /// The document.
        document: DocumentId,
        /// The edit.
        edit: DocumentEdit,
    },
    /// A document was removed with its codings.
    DocumentRemoved(Box<Document>),
    /// Words of a text were replaced; the range is in the text that the author saw.
    TextReplaced {
        /// The document.
        document: DocumentId,
        /// The passage.
        range: TextRange,
        /// The words themselves.
        words: Edit<String>,
        /// The number of words in the whole text.
        count: Edit<u32>,
    },
    /// A code was added.
    CodeAdded(Box<Code>),
    /// A field of a code was set.
    CodeEdited {
        /// The code.
        code: CodeId,
        /// The edit.
        edit: CodeEdit,
    },
    /// A code without subcodes and codings was removed.
    CodeRemoved(Box<Code>),
    /// A passage was coded.
    CodingAdded {
        /// The document.
        document: DocumentId,
        /// The coding.
        coding: Coding,
    },
    /// A field of a coding was set.
    CodingEdited {
        /// The document.
        document: DocumentId,
        /// The coding.
        coding: CodingId,
        /// The edit.
        edit: CodingEdit,
    },
    /// A coding was removed.
    CodingRemoved {
        /// The document.
        document: DocumentId,
        /// The coding.
        coding: Coding,
    },
    /// A case was added.
    CaseAdded(Box<Case>),
    /// A field of a case was set.
    CaseEdited {
        /// The case.
        case: CaseId,
        /// The edit.
        edit: CaseEdit,
    },
    /// A case that nothing refers to was removed.
    CaseRemoved(Box<Case>),
    /// An attribute was added.
    AttributeAdded(Attribute),
    /// A field of an attribute was set.
    AttributeEdited {
        /// The attribute.
        attribute: AttributeId,
        /// The edit.
        edit: AttributeEdit,
    },
    /// An attribute without values was removed.
    AttributeRemoved(Attribute),
    /// A value of an attribute was set or cleared.
    ValueSet {
        /// The case, document or coder.
        holder: Holder,
        /// The attribute.
        attribute: AttributeId,
        /// The phase, for attributes given per phase.
        phase: Option<PhaseId>,
        /// The value; `None` is "no value yet".
        value: Edit<Option<AttributeValue>>,
    },
    /// A memo was added.
    MemoAdded(Box<Memo>),
    /// A field of a memo was set.
    MemoEdited {
        /// The memo.
        memo: MemoId,
        /// The edit.
        edit: MemoEdit,
    },
    /// A memo was removed.
    MemoRemoved(Box<Memo>),
    /// A link was added.
    LinkAdded(Link),
    /// A link was removed.
    LinkRemoved(Link),
    /// A query was saved.
    QueryAdded(SavedQuery),
    /// A saved query was edited.
    QueryEdited {
        /// The query.
        query: QueryId,
        /// The edit.
        edit: Edit<SavedQuery>,
    },
    /// A saved query was removed.
    QueryRemoved(SavedQuery),
    /// A scale was defined.
    ScaleAdded(Scale),
    /// A scale was edited.
    ScaleEdited {
        /// The scale.
        scale: ScaleId,
        /// The edit.
        edit: Edit<Scale>,
    },
    /// A scale was removed; its items stay.
    ScaleRemoved(Scale),
    /// A set was added.
    SetAdded(Set),
    /// A set was edited.
    SetEdited {
        /// The set.
        set: SetId,
        /// The edit.
        edit: Edit<Set>,
    },
    /// A set was removed; its members stay.
    SetRemoved(Set),
    /// A file was attached.
    AttachmentAdded(Attachment),
    /// An attached file was removed.
    AttachmentRemoved(Attachment),
    /// Words of a participant were erased for good, from the log too; nothing takes this back.
    Erased(Box<Erasure>),
}

impl Change {
    /// The change that takes this one back, right after it.
    pub fn inverse(mut self) -> Self {
        self.swap_values();
        match self {
            Self::CoderAdded(coder) => Self::CoderRemoved(coder),
            Self::CoderRemoved(coder) => Self::CoderAdded(coder),
            Self::PhaseAdded(phase) => Self::PhaseRemoved(phase),
            Self::PhaseRemoved(phase) => Self::PhaseAdded(phase),
            Self::DocumentAdded(document) => Self::DocumentRemoved(document),
            Self::DocumentRemoved(document) => Self::DocumentAdded(document),
            Self::CodeAdded(code) => Self::CodeRemoved(code),
            Self::CodeRemoved(code) => Self::CodeAdded(code),
            Self::CaseAdded(case) => Self::CaseRemoved(case),
            Self::CaseRemoved(case) => Self::CaseAdded(case),
            Self::AttributeAdded(attribute) => Self::AttributeRemoved(attribute),
            Self::AttributeRemoved(attribute) => Self::AttributeAdded(attribute),
            Self::MemoAdded(memo) => Self::MemoRemoved(memo),
            Self::MemoRemoved(memo) => Self::MemoAdded(memo),
            Self::LinkAdded(link) => Self::LinkRemoved(link),
            Self::LinkRemoved(link) => Self::LinkAdded(link),
            Self::QueryAdded(query) => Self::QueryRemoved(query),
            Self::QueryRemoved(query) => Self::QueryAdded(query),
            Self::ScaleAdded(scale) => Self::ScaleRemoved(scale),
            Self::ScaleRemoved(scale) => Self::ScaleAdded(scale),
            Self::SetAdded(set) => Self::SetRemoved(set),
            Self::SetRemoved(set) => Self::SetAdded(set),
            Self::AttachmentAdded(attachment) => Self::AttachmentRemoved(attachment),
            Self::AttachmentRemoved(attachment) => Self::AttachmentAdded(attachment),
            Self::CodingAdded { document, coding } => Self::CodingRemoved { document, coding },
            Self::CodingRemoved { document, coding } => Self::CodingAdded { document, coding },
            edited @ (Self::ProjectEdited(_)
            | Self::CoderRenamed { .. }
            | Self::CoderEdited { .. }
            | Self::PhaseEdited { .. }
            | Self::DocumentEdited { .. }
            | Self::CodeEdited { .. }
            | Self::CodingEdited { .. }
            | Self::CaseEdited { .. }
            | Self::AttributeEdited { .. }
            | Self::MemoEdited { .. }
            | Self::QueryEdited { .. }
            | Self::ScaleEdited { .. }
            | Self::SetEdited { .. }
            | Self::TextReplaced { .. }
            | Self::ValueSet { .. }
            // There is nothing to bring back: an edit that would do so is refused before.
            | Self::Erased(_)) => edited,
        }
    }

    /// Swaps the values before and after; an addition or removal has none.
    fn swap_values(&mut self) {
        match self {
            Self::ProjectEdited(edit) => edit.swap(),
            Self::CoderRenamed { name, .. } => name.swap(),
            Self::CoderEdited { edit, .. } => edit.swap(),
            Self::PhaseEdited { edit, .. } => edit.swap(),
            Self::DocumentEdited { edit, .. } => edit.swap(),
            Self::TextReplaced {
                range,
                words,
                count,
                ..
            } => {
                // The new words are where the old ones were, and as long as they are.
                let new_chars = u32::try_from(words.to.chars().count())
                    .expect("positions in a text are 32 bits wide");
                *range = TextRange::between(range.start(), range.start().saturating_add(new_chars));
                words.swap();
                count.swap();
            }
            Self::CodeEdited { edit, .. } => edit.swap(),
            Self::CodingEdited { edit, .. } => edit.swap(),
            Self::CaseEdited { edit, .. } => edit.swap(),
            Self::AttributeEdited { edit, .. } => edit.swap(),
            Self::MemoEdited { edit, .. } => edit.swap(),
            Self::QueryEdited { edit, .. } => edit.swap(),
            Self::ScaleEdited { edit, .. } => edit.swap(),
            Self::SetEdited { edit, .. } => edit.swap(),
            Self::ValueSet { value, .. } => value.swap(),
            Self::CoderAdded(_)
            | Self::CoderRemoved(_)
            | Self::PhaseAdded(_)
            | Self::PhaseRemoved(_)
            | Self::DocumentAdded(_)
            | Self::DocumentRemoved(_)
            | Self::CodeAdded(_)
            | Self::CodeRemoved(_)
            | Self::CaseAdded(_)
            | Self::CaseRemoved(_)
            | Self::AttributeAdded(_)
            | Self::AttributeRemoved(_)
            | Self::MemoAdded(_)
            | Self::MemoRemoved(_)
            | Self::LinkAdded(_)
            | Self::LinkRemoved(_)
            | Self::QueryAdded(_)
            | Self::QueryRemoved(_)
            | Self::ScaleAdded(_)
            | Self::ScaleRemoved(_)
            | Self::SetAdded(_)
            | Self::SetRemoved(_)
            | Self::AttachmentAdded(_)
            | Self::AttachmentRemoved(_)
            | Self::CodingAdded { .. }
            | Self::CodingRemoved { .. }
            | Self::Erased(_) => {}
        }
    }
}

/// What has a value of an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holder {
    /// A case.
    Case(CaseId),
    /// A document.
    Document(DocumentId),
    /// A coder.
    Coder(CoderId),
}

impl Holder {
    /// Whose attributes it has.
    pub const fn of(self) -> AttributeOf {
        match self {
            Self::Case(_) => AttributeOf::Cases,
            Self::Document(_) => AttributeOf::Documents,
            Self::Coder(_) => AttributeOf::Coders,
        }
    }
}
