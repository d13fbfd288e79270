//! What can happen to a project: a closed set of changes, in the past tense, each keeping what it overwrites.
//!
//! `Change` is the log's stored form too: golden files under `tests/data/log` pin how it is written.

use serde::{Deserialize, Serialize};

use crate::model::{
    attachment::Attachment,
    attribute::{Attribute, AttributeKind, AttributeValue},
    case::{Case, CaseKind},
    code::{Code, Hue, Indicator, Place},
    coder::Coder,
    coding::Coding,
    document::{Document, SpeakerIndex, SpeakerRole, TurnEdit, TurnIndex},
    facet::{Facet, FacetValue},
    ids::{
        AttributeId, CaseId, CodeId, CoderId, CodingId, DocumentId, FacetId, MemoId, PhaseId,
        QueryId, ScaleId, SetId,
    },
    localized::{Language, Localized},
    memo::{Anchor, Link, Memo, MemoKind},
    phase::Phase,
    query::SavedQuery,
    rank::Rank,
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

    /// The edit that takes this one back.
    pub fn inverse(self) -> Self {
        Self {
            from: self.to,
            to: self.from,
        }
    }
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// A field of the project was set.
    ProjectEdited(ProjectEdit),
    /// A coder joined.
    CoderAdded(Coder),
    /// A coder got another name.
    CoderRenamed {
        /// Whom.
        coder: CoderId,
        /// The name.
        name: Edit<String>,
    },
    /// A coder without codings left.
    CoderRemoved(Coder),
    /// A phase was added.
    PhaseAdded(Phase),
    /// A field of a phase was set.
    PhaseEdited {
        /// Which.
        phase: PhaseId,
        /// What.
        edit: PhaseEdit,
    },
    /// An unused phase was removed.
    PhaseRemoved(Phase),
    /// A document was imported, or came back.
    DocumentAdded(Box<Document>),
    /// A field of a document was set.
    DocumentEdited {
        /// Which.
        document: DocumentId,
        /// What.
        edit: DocumentEdit,
    },
    /// A document was removed, with its codings.
    DocumentRemoved(Box<Document>),
    /// Words of a text were replaced; the range is of the text that the author saw.
    TextReplaced {
        /// In which document.
        document: DocumentId,
        /// Which words.
        range: TextRange,
        /// The words themselves.
        words: Edit<String>,
        /// Words of the whole text before and after.
        count: Edit<u32>,
    },
    /// A code was added.
    CodeAdded(Box<Code>),
    /// A field of a code was set.
    CodeEdited {
        /// Which.
        code: CodeId,
        /// What.
        edit: CodeEdit,
    },
    /// A code without subcodes and codings was removed.
    CodeRemoved(Box<Code>),
    /// A passage was tagged.
    CodingAdded {
        /// In which document.
        document: DocumentId,
        /// How.
        coding: Coding,
    },
    /// A field of a coding was set.
    CodingEdited {
        /// In which document.
        document: DocumentId,
        /// Which.
        coding: CodingId,
        /// What.
        edit: CodingEdit,
    },
    /// A tag was taken off.
    CodingRemoved {
        /// In which document.
        document: DocumentId,
        /// What it was.
        coding: Coding,
    },
    /// A case was added.
    CaseAdded(Box<Case>),
    /// A field of a case was set.
    CaseEdited {
        /// Which.
        case: CaseId,
        /// What.
        edit: CaseEdit,
    },
    /// A case that nothing refers to was removed.
    CaseRemoved(Box<Case>),
    /// An attribute was added.
    AttributeAdded(Attribute),
    /// A field of an attribute was set.
    AttributeEdited {
        /// Which.
        attribute: AttributeId,
        /// What.
        edit: AttributeEdit,
    },
    /// An attribute without values was removed.
    AttributeRemoved(Attribute),
    /// A value of an attribute was set or cleared.
    ValueSet {
        /// Whose.
        holder: Holder,
        /// Of which attribute.
        attribute: AttributeId,
        /// In which phase, for attributes given per phase.
        phase: Option<PhaseId>,
        /// The value; `None` is "no value yet".
        value: Edit<Option<AttributeValue>>,
    },
    /// A memo was written.
    MemoAdded(Box<Memo>),
    /// A field of a memo was set.
    MemoEdited {
        /// Which.
        memo: MemoId,
        /// What.
        edit: MemoEdit,
    },
    /// A memo was removed.
    MemoRemoved(Box<Memo>),
    /// Two things were joined.
    LinkAdded(Link),
    /// A link was removed.
    LinkRemoved(Link),
    /// A query was kept.
    QueryAdded(SavedQuery),
    /// A kept query got another name or text.
    QueryEdited {
        /// Which.
        query: QueryId,
        /// What.
        edit: Edit<SavedQuery>,
    },
    /// A kept query was removed.
    QueryRemoved(SavedQuery),
    /// A scale was defined.
    ScaleAdded(Scale),
    /// A scale was defined otherwise.
    ScaleEdited {
        /// Which.
        scale: ScaleId,
        /// What.
        edit: Edit<Scale>,
    },
    /// A scale was removed; its items stay.
    ScaleRemoved(Scale),
    /// A set was made.
    SetAdded(Set),
    /// A set got another name, description or other members.
    SetEdited {
        /// Which.
        set: SetId,
        /// What.
        edit: Edit<Set>,
    },
    /// A set was removed; its members stay.
    SetRemoved(Set),
    /// A file was attached.
    AttachmentAdded(Attachment),
    /// An attached file was removed.
    AttachmentRemoved(Attachment),
}

/// What has a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holder {
    /// A case.
    Case(CaseId),
    /// A document.
    Document(DocumentId),
}

/// Fields of the project.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProjectEdit {
    /// Title.
    Title(Edit<String>),
    /// What the study is about.
    Description(Edit<String>),
    /// Main language.
    Language(Edit<Language>),
}

/// Fields of a phase.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhaseEdit {
    /// Name.
    Name(Edit<String>),
    /// Place in the order.
    Rank(Edit<Rank>),
}

/// Fields of a document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentEdit {
    /// Title.
    Title(Edit<String>),
    /// Phase.
    Phase(Edit<Option<PhaseId>>),
    /// Whether it belongs to a case.
    Case {
        /// Which.
        case: CaseId,
        /// Whether.
        belongs: Edit<bool>,
    },
    /// Whether there is one more speaker, whom the file doesn't name; the last of the list.
    Speaker {
        /// Which.
        speaker: SpeakerIndex,
        /// The label.
        label: String,
        /// Whether.
        present: Edit<bool>,
    },
    /// A speaker's label.
    SpeakerLabel {
        /// Which.
        speaker: SpeakerIndex,
        /// The label.
        label: Edit<String>,
    },
    /// Whether a speaker asks or answers.
    SpeakerRole {
        /// Which.
        speaker: SpeakerIndex,
        /// The role.
        role: Edit<SpeakerRole>,
    },
    /// The person a speaker is.
    SpeakerCase {
        /// Which.
        speaker: SpeakerIndex,
        /// The person.
        case: Edit<Option<CaseId>>,
    },
    /// A correction of a turn's speaker or time.
    Turn {
        /// Which, as imported.
        turn: TurnIndex,
        /// The correction.
        edit: Edit<TurnEdit>,
    },
}

/// Fields of a code.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CodeEdit {
    /// Place in the tree.
    Place(Edit<Place>),
    /// Name.
    Name(Edit<Localized>),
    /// Colour.
    Hue(Edit<Hue>),
    /// What it means.
    Definition(Edit<Localized>),
    /// When to apply it.
    ApplyWhen(Edit<Localized>),
    /// When not to.
    NotWhen(Edit<Localized>),
    /// Typical passages.
    Examples(Edit<Vec<Localized>>),
    /// Expressions that point to it.
    Indicators(Edit<Vec<Indicator>>),
    /// What it asks of its codings.
    Facets(Edit<Vec<Facet>>),
    /// The key that applies it.
    Key(Edit<Option<char>>),
}

/// Fields of a coding.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CodingEdit {
    /// The passage, in the text that the author saw.
    Range(Edit<TextRange>),
    /// The code.
    Code(Edit<CodeId>),
    /// A facet's value.
    Facet {
        /// Which.
        facet: FacetId,
        /// The value.
        value: Edit<Option<FacetValue>>,
    },
}

/// Fields of a case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseEdit {
    /// Name.
    Name(Edit<String>),
    /// Kind.
    Kind(Edit<CaseKind>),
    /// The case it belongs to.
    Parent(Edit<Option<CaseId>>),
}

/// Fields of an attribute.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttributeEdit {
    /// Name.
    Name(Edit<String>),
    /// What it says.
    Definition(Edit<String>),
    /// Place in the order.
    Rank(Edit<Rank>),
    /// What values it takes; those it has must fit.
    Kind(Edit<AttributeKind>),
}

/// Fields of a memo.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MemoEdit {
    /// Title.
    Title(Edit<String>),
    /// Text.
    Body(Edit<String>),
    /// What it is for.
    Kind(Edit<MemoKind>),
    /// What it stands on.
    Anchor(Edit<Anchor>),
}
