//! The fields of things that changes set.

use serde::{Deserialize, Serialize};

use super::Edit;
use crate::model::{
    attribute::AttributeKind,
    case::CaseKind,
    code::{CodePlace, Hue, Indicator},
    document::{SpeakerIndex, SpeakerRole, TurnEdit, TurnIndex},
    facet::{Facet, FacetValue},
    ids::{CaseId, CodeId, FacetId, PhaseId, TurnRevisionId},
    localized::{Language, Localized},
    memo::{Anchor, MemoKind},
    rank::Rank,
    text::TextRange,
    turn::TurnState,
};

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

impl ProjectEdit {
    pub(super) fn swap(&mut self) {
        match self {
            Self::Title(edit) | Self::Description(edit) => edit.swap(),
            Self::Language(edit) => edit.swap(),
        }
    }
}

/// Fields of a coder, apart from the name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CoderEdit {
    /// Colour; `None` where nobody has chosen one.
    Hue(Edit<Option<Hue>>),
}

impl CoderEdit {
    pub(super) fn swap(&mut self) {
        match self {
            Self::Hue(edit) => edit.swap(),
        }
    }
}

/// Fields of a phase.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhaseEdit {
    /// Name.
    Name(Edit<String>),
    /// Place in the order.
    Rank(Edit<Rank>),
    /// The name in another language.
    Translation {
        /// The language.
        language: Language,
        /// The name; `None` is none of its own.
        name: Edit<Option<String>>,
    },
}

impl PhaseEdit {
    pub(super) fn swap(&mut self) {
        match self {
            Self::Name(edit) => edit.swap(),
            Self::Rank(edit) => edit.swap(),
            Self::Translation { name, .. } => name.swap(),
        }
    }
}

/// Fields of a document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentEdit {
    /// Title.
    Title(Edit<String>),
    /// Phase.
    Phase(Edit<Option<PhaseId>>),
    /// Its own place among the documents of its families.
    Rank(Edit<Option<Rank>>),
    /// Whether it belongs to a case.
    Case {
        /// The case.
        case: CaseId,
        /// Whether it belongs there.
        belongs: Edit<bool>,
    },
    /// Whether the document has one more speaker, the last of the list, whom the file doesn't name.
    Speaker {
        /// The speaker.
        speaker: SpeakerIndex,
        /// The label.
        label: String,
        /// Whether the speaker is there.
        present: Edit<bool>,
        /// The turns that number speakers; `None` are the imported ones.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        of: Option<TurnRevisionId>,
    },
    /// A speaker's label.
    SpeakerLabel {
        /// The speaker.
        speaker: SpeakerIndex,
        /// The label.
        label: Edit<String>,
        /// The turns that number speakers; `None` are the imported ones.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        of: Option<TurnRevisionId>,
    },
    /// Whether a speaker asks or answers.
    SpeakerRole {
        /// The speaker.
        speaker: SpeakerIndex,
        /// The role.
        role: Edit<SpeakerRole>,
        /// The turns that number speakers; `None` are the imported ones.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        of: Option<TurnRevisionId>,
    },
    /// The person a speaker is.
    SpeakerCase {
        /// The speaker.
        speaker: SpeakerIndex,
        /// The person.
        case: Edit<Option<CaseId>>,
        /// The turns that number speakers; `None` are the imported ones.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        of: Option<TurnRevisionId>,
    },
    /// A correction of a turn's speaker or time.
    Turn {
        /// The turn, by its index.
        turn: TurnIndex,
        /// The correction.
        edit: Edit<TurnEdit>,
        /// The turns that number it; `None` are the imported ones.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        of: Option<TurnRevisionId>,
    },
    /// Turns took the place of others, with the speakers that they name.
    Turns(Box<Edit<TurnState>>),
}

impl DocumentEdit {
    pub(super) fn swap(&mut self) {
        match self {
            Self::Title(edit) => edit.swap(),
            Self::Phase(edit) => edit.swap(),
            Self::Rank(edit) => edit.swap(),
            Self::Case { belongs, .. } => belongs.swap(),
            Self::Speaker { present, .. } => present.swap(),
            Self::SpeakerLabel { label, .. } => label.swap(),
            Self::SpeakerRole { role, .. } => role.swap(),
            Self::SpeakerCase { case, .. } => case.swap(),
            Self::Turn { edit, .. } => edit.swap(),
            Self::Turns(edit) => edit.swap(),
        }
    }
}

/// Fields of a code.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CodeEdit {
    /// Place in the tree.
    Place(Edit<CodePlace>),
    /// Name.
    Name(Edit<Localized>),
    /// Colour.
    Hue(Edit<Hue>),
    /// What it means.
    Definition(Edit<Localized>),
    /// When to apply it.
    ApplyWhen(Edit<Localized>),
    /// When not to apply it.
    NotWhen(Edit<Localized>),
    /// Typical passages.
    Examples(Edit<Vec<Localized>>),
    /// Expressions that suggest it.
    Indicators(Edit<Vec<Indicator>>),
    /// What it asks of its codings.
    Facets(Edit<Vec<Facet>>),
    /// The key that applies it.
    Key(Edit<Option<char>>),
}

impl CodeEdit {
    pub(super) fn swap(&mut self) {
        match self {
            Self::Place(edit) => edit.swap(),
            Self::Name(edit)
            | Self::Definition(edit)
            | Self::ApplyWhen(edit)
            | Self::NotWhen(edit) => edit.swap(),
            Self::Hue(edit) => edit.swap(),
            Self::Examples(edit) => edit.swap(),
            Self::Indicators(edit) => edit.swap(),
            Self::Facets(edit) => edit.swap(),
            Self::Key(edit) => edit.swap(),
        }
    }
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
        /// The facet.
        facet: FacetId,
        /// The value.
        value: Edit<Option<FacetValue>>,
    },
    /// Whether the passage is about a case.
    About {
        /// The case.
        case: CaseId,
        /// Whether it is.
        is_about: Edit<bool>,
    },
}

impl CodingEdit {
    pub(super) fn swap(&mut self) {
        match self {
            Self::Range(edit) => edit.swap(),
            Self::Code(edit) => edit.swap(),
            Self::Facet { value, .. } => value.swap(),
            Self::About { is_about, .. } => is_about.swap(),
        }
    }
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

impl CaseEdit {
    pub(super) fn swap(&mut self) {
        match self {
            Self::Name(edit) => edit.swap(),
            Self::Kind(edit) => edit.swap(),
            Self::Parent(edit) => edit.swap(),
        }
    }
}

/// Fields of an attribute.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttributeEdit {
    /// Name.
    Name(Edit<String>),
    /// What it means.
    Definition(Edit<String>),
    /// Place in the order.
    Rank(Edit<Rank>),
    /// What values it takes; the present ones have to fit.
    Kind(Edit<AttributeKind>),
    /// The name in another language.
    Translation {
        /// The language.
        language: Language,
        /// The name; `None` is none of its own.
        name: Edit<Option<String>>,
    },
    /// The name of a category in another language.
    CategoryTranslation {
        /// The category.
        category: String,
        /// The language.
        language: Language,
        /// The name; `None` is none of its own.
        name: Edit<Option<String>>,
    },
}

impl AttributeEdit {
    pub(super) fn swap(&mut self) {
        match self {
            Self::Translation { name, .. } | Self::CategoryTranslation { name, .. } => name.swap(),
            Self::Name(edit) | Self::Definition(edit) => edit.swap(),
            Self::Rank(edit) => edit.swap(),
            Self::Kind(edit) => edit.swap(),
        }
    }
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
    /// What it is about.
    Anchor(Edit<Anchor>),
}

impl MemoEdit {
    pub(super) fn swap(&mut self) {
        match self {
            Self::Title(edit) | Self::Body(edit) => edit.swap(),
            Self::Kind(edit) => edit.swap(),
            Self::Anchor(edit) => edit.swap(),
        }
    }
}
