//! What a merge could not decide by itself: kept as state, shown, settled by a person.

use serde::{Deserialize, Serialize};

use crate::message::text::Text;

use super::ids::{
    AttributeId, CaseId, CodeId, CoderId, CodingId, DocumentId, EntryId, LinkId, MemoId, PhaseId,
    QueryId, ScaleId, SetId,
};

/// A thing whose fields can be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Subject {
    /// A saved query.
    Query(QueryId),
    /// A scale.
    Scale(ScaleId),
    /// A set.
    Set(SetId),
    /// The project.
    Project,
    /// A coder.
    Coder(CoderId),
    /// A phase.
    Phase(PhaseId),
    /// A document.
    Document(DocumentId),
    /// A code.
    Code(CodeId),
    /// A coding.
    Coding(DocumentId, CodingId),
    /// A case.
    Case(CaseId),
    /// An attribute.
    Attribute(AttributeId),
    /// A memo.
    Memo(MemoId),
    /// A link.
    Link(LinkId),
}

/// One field of one thing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FieldKey {
    /// The thing.
    pub subject: Subject,
    /// The field's name in the log.
    pub field: String,
}

/// Two coders gave one field different values, neither knowing of the other.
///
/// The later value in the log's order counts until somebody settles the conflict by setting the field
/// again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// The earlier value, as JSON.
    pub before: String,
    /// The present value, as JSON.
    pub now: String,
    /// The entry that set the present value.
    pub entry: EntryId,
}

/// A change that made no sense at its place in the order; it is kept and listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    /// The entry it belongs to.
    pub entry: EntryId,
    /// Its number among the entry's changes.
    pub change: u32,
    /// Why it was left out.
    pub reason: SkipReason,
}

/// Why a change was left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum SkipReason {
    /// What it speaks of was removed.
    Gone,
    /// What it adds is there already.
    AlreadyThere,
    /// A move that would make a thing its own ancestor.
    Cycle,
    /// The passage was deleted from the text.
    PassageGone,
    /// Another coder changed the same words.
    TextClash,
    /// Others, whom its author had not seen, have worked on what it removes.
    InUse,
    /// A value that the field can't take.
    BadValue,
    /// The turns that it numbers were replaced by others.
    OtherTurns,
}

impl SkipReason {
    /// The reason in words.
    pub const fn text(self) -> Text {
        match self {
            Self::Gone => Text::new("its target was removed", "所指的内容已被删除"),
            Self::AlreadyThere => Text::new("what it adds already exists", "内容已存在"),
            Self::Cycle => Text::new(
                "it would put something below itself",
                "会使其成为自己的上级",
            ),
            Self::PassageGone => Text::new(
                "its passage was deleted from the text",
                "片段已从文本中删除",
            ),
            Self::TextClash => Text::new(
                "another coder changed the same words",
                "另一位编码员修改了同一处文字",
            ),
            Self::InUse => Text::new(
                "what it removes is used by work that its author had not seen",
                "要删除的内容上有他人尚未见到的工作",
            ),
            Self::BadValue => Text::new("the value doesn't fit the field", "值不适合该字段"),
            Self::OtherTurns => Text::new(
                "the turns of its document have been divided anew since",
                "该文档的话轮此后已重新划分",
            ),
        }
    }
}
