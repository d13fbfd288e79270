//! Everything a user can ask of an open project: window, command line and tests say it in these words.

use std::collections::BTreeMap;

use crate::{
    log::change::Holder,
    model::{
        attribute::{AttributeKind, AttributeOf},
        case::CaseKind,
        code::{Code, Hue},
        coding::Origin,
        document::{SpeakerIndex, SpeakerRole, TurnEdit, TurnIndex},
        facet::FacetValue,
        ids::{
            AttachmentId, AttributeId, CaseId, CodeId, CoderId, CodingId, DocumentId, FacetId,
            LinkId, MemoId, PhaseId, QueryId, ScaleId, SetId,
        },
        localized::Language,
        memo::{Anchor, MemoKind},
        query::QueryKind,
        text::TextRange,
    },
};

use super::edit::{scale::Definition, set::SetDraft};

/// Who says a turn that is corrected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TurnSpeaker {
    /// Nobody: a heading, a note.
    Nobody,
    /// A speaker of the document.
    Known(SpeakerIndex),
    /// A label that may be new in the document.
    New(String),
}

/// One request. Running it makes at most one entry of the log.
#[derive(Debug, Clone)]
pub enum Action {
    /// Set the project's title.
    SetTitle(String),
    /// Set what the study is about.
    SetDescription(String),
    /// Set the codebook's main language.
    SetLanguage(Language),
    /// Add a coder.
    AddCoder(String),
    /// Rename a coder.
    RenameCoder(CoderId, String),
    /// Add a phase after the others.
    AddPhase(String),
    /// Rename a phase.
    RenamePhase(PhaseId, String),
    /// Put a phase before another, or last.
    MovePhase(PhaseId, Option<PhaseId>),
    /// Remove an unused phase.
    RemovePhase(PhaseId),
    /// Remove a coder who has coded and written nothing.
    RemoveCoder(CoderId),
    /// Remove documents with their codings.
    RemoveDocuments(Vec<DocumentId>),
    /// Rename a document.
    RenameDocument(DocumentId, String),
    /// Set a document's phase.
    SetDocumentPhase(DocumentId, Option<PhaseId>),
    /// Set whether a document belongs to a case.
    SetDocumentCase {
        /// Which document.
        document: DocumentId,
        /// Which case.
        case: CaseId,
        /// Whether it belongs there.
        belongs: bool,
    },
    /// Say which person a speaker is.
    SetSpeakerCase(DocumentId, SpeakerIndex, Option<CaseId>),
    /// Rename a speaker.
    RenameSpeaker(DocumentId, SpeakerIndex, String),
    /// Say whether a speaker asks or answers.
    SetSpeakerRole(DocumentId, SpeakerIndex, SpeakerRole),
    /// Correct a turn's speaker or time.
    SetTurn(DocumentId, TurnIndex, TurnEdit),
    /// Replace words of a text.
    ReplaceText {
        /// In which document.
        document: DocumentId,
        /// Which words.
        range: TextRange,
        /// By which.
        to: String,
    },
    /// Correct what a turn says, who says it and when, at once.
    CorrectTurn {
        /// In which document.
        document: DocumentId,
        /// Which turn.
        turn: TurnIndex,
        /// What it says.
        text: String,
        /// Who says it.
        speaker: TurnSpeaker,
        /// When, in milliseconds from the recording's start.
        at_millis: Option<u32>,
    },
    /// Give a speaker another label in every document; where that label is another speaker's, the two become one.
    RenameSpeakers {
        /// The label.
        from: String,
        /// The new one.
        to: String,
    },
    /// Add a code.
    AddCode {
        /// Below which.
        parent: Option<CodeId>,
        /// Its name.
        name: String,
    },
    /// Set whatever differs between a code and this version of it; new facets bear [`NEW_FACET`](super::edit::codebook::NEW_FACET).
    SetCode(Box<Code>),
    /// Move codes in the tree; those below one of them stay there.
    MoveCodes {
        /// Which.
        codes: Vec<CodeId>,
        /// Below which.
        parent: Option<CodeId>,
        /// Before which sibling; `None` is last.
        before: Option<CodeId>,
    },
    /// Give codes a colour.
    SetHues(Vec<CodeId>, Hue),
    /// Put the codes below a code in the order of their names.
    SortCodes {
        /// Below which; `None` is at the top.
        parent: Option<CodeId>,
    },
    /// Make codes one: all that was said under them is said under another.
    MergeCodes {
        /// Those that go.
        codes: Vec<CodeId>,
        /// The one that stays.
        into: CodeId,
    },
    /// Give some codings a new code beside an old one.
    SplitCode {
        /// Beside which.
        code: CodeId,
        /// The new code's name.
        name: String,
        /// The codings that get it.
        codings: Vec<(DocumentId, CodingId)>,
    },
    /// Remove codes with their subcodes and codings.
    RemoveCodes(Vec<CodeId>),
    /// Tag a passage with a code.
    ApplyCode {
        /// In which document.
        document: DocumentId,
        /// Which passage.
        range: TextRange,
        /// With which code.
        code: CodeId,
        /// Values of its facets.
        facets: BTreeMap<FacetId, FacetValue>,
    },
    /// Tag passages with several codes; what the acting coder has tagged so already is left as it is.
    ApplyCodes {
        /// Which passages.
        passages: Vec<(DocumentId, TextRange)>,
        /// With which codes.
        codes: Vec<CodeId>,
        /// How it came about.
        origin: Origin,
    },
    /// Make a code and tag a passage with it.
    ApplyNewCode {
        /// In which document.
        document: DocumentId,
        /// Which passage.
        range: TextRange,
        /// Below which code.
        parent: Option<CodeId>,
        /// The new code's name.
        name: String,
        /// What it means; may be empty.
        definition: String,
    },
    /// Take tags off.
    RemoveCodings(Vec<(DocumentId, CodingId)>),
    /// Give a coding another passage.
    SetCodingRange(DocumentId, CodingId, TextRange),
    /// Give codings another code.
    RecodeCodings(Vec<(DocumentId, CodingId)>, CodeId),
    /// Tag the passages of codings with another code as well.
    CopyCodings(Vec<(DocumentId, CodingId)>, CodeId),
    /// Make two codings of one, at a position inside it.
    SplitCoding(DocumentId, CodingId, u32),
    /// Make one coding of several by one coder with one code.
    JoinCodings(DocumentId, Vec<CodingId>),
    /// Set or clear a facet of codings.
    SetFacet {
        /// Which codings; those whose code lacks the facet stay as they are.
        codings: Vec<(DocumentId, CodingId)>,
        /// Which facet.
        facet: FacetId,
        /// The value; `None` clears it.
        value: Option<FacetValue>,
    },
    /// Add a case.
    AddCase {
        /// Its name.
        name: String,
        /// Its kind.
        kind: CaseKind,
        /// The case it belongs to.
        parent: Option<CaseId>,
    },
    /// Set a case's name, kind and parent.
    SetCase {
        /// Which.
        case: CaseId,
        /// Its name.
        name: String,
        /// Its kind.
        kind: CaseKind,
        /// The case it belongs to.
        parent: Option<CaseId>,
    },
    /// Remove a case.
    RemoveCase(CaseId),
    /// Add an attribute.
    AddAttribute {
        /// Its name.
        name: String,
        /// What has it.
        of: AttributeOf,
        /// What values it takes.
        kind: AttributeKind,
        /// Whether a value is given for each phase.
        per_phase: bool,
    },
    /// Set an attribute's name and definition.
    SetAttribute {
        /// Which.
        attribute: AttributeId,
        /// Its name.
        name: String,
        /// What it says.
        definition: String,
    },
    /// Remove an attribute with its values.
    RemoveAttribute(AttributeId),
    /// Set or clear (empty text) a value.
    SetValue {
        /// Whose.
        holder: Holder,
        /// Of which attribute.
        attribute: AttributeId,
        /// In which phase.
        phase: Option<PhaseId>,
        /// As people write it.
        text: String,
    },
    /// Write a memo.
    AddMemo {
        /// On what.
        anchor: Anchor,
        /// What for.
        kind: MemoKind,
        /// Title.
        title: String,
        /// Text.
        body: String,
    },
    /// Set a memo's title, text and kind.
    SetMemo {
        /// Which.
        memo: MemoId,
        /// What for.
        kind: MemoKind,
        /// Title.
        title: String,
        /// Text.
        body: String,
    },
    /// Remove a memo.
    RemoveMemo(MemoId),
    /// Join two things.
    AddLink {
        /// The relation's name.
        name: String,
        /// From.
        from: Anchor,
        /// To.
        to: Anchor,
    },
    /// Remove a link.
    RemoveLink(LinkId),
    /// Keep a query.
    AddQuery {
        /// What it is asked of.
        kind: QueryKind,
        /// What it is called.
        name: String,
        /// The question.
        text: String,
    },
    /// Give a kept query another name and text.
    SetQuery {
        /// Which.
        query: QueryId,
        /// What it is called.
        name: String,
        /// The question.
        text: String,
    },
    /// Remove a kept query.
    RemoveQuery(QueryId),
    /// Define a scale, or define it otherwise: the id says which.
    SetScale(Option<ScaleId>, Definition),
    /// Remove a scale; its items stay.
    RemoveScale(ScaleId),
    /// Make a set, or change one: the id says which.
    SetSet(Option<SetId>, SetDraft),
    /// Remove a set; its members stay.
    RemoveSet(SetId),
    /// Remove an attached file.
    RemoveAttachment(AttachmentId),
    /// Take the acting coder's last step back.
    Undo,
    /// Take the acting coder's last undo back.
    Redo,
}

impl Action {
    /// The stable name that the log keeps; windows translate it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::SetTitle(_) => "set title",
            Self::SetDescription(_) => "set description",
            Self::SetLanguage(_) => "set language",
            Self::AddCoder(_) => "add coder",
            Self::RenameCoder(..) => "rename coder",
            Self::AddPhase(_) => "add phase",
            Self::RenamePhase(..) => "rename phase",
            Self::MovePhase(..) => "move phase",
            Self::RemovePhase(_) => "remove phase",
            Self::RemoveCoder(_) => "remove coder",
            Self::RemoveDocuments(_) => "remove documents",
            Self::RenameDocument(..) => "rename document",
            Self::SetDocumentPhase(..) => "set phase of document",
            Self::SetDocumentCase { .. } => "link document to case",
            Self::SetSpeakerCase(..) => "link speaker to person",
            Self::RenameSpeaker(..) => "rename speaker",
            Self::SetSpeakerRole(..) => "set role of speaker",
            Self::ReplaceText { .. } => "correct text",
            Self::SetTurn(..) | Self::CorrectTurn { .. } => "correct turn",
            Self::RenameSpeakers { .. } => "rename speakers",
            Self::AddCode { .. } => "add code",
            Self::SetCode(_) => "edit code",
            Self::MoveCodes { .. } => "move code",
            Self::SetHues(..) => "recolour code",
            Self::SortCodes { .. } => "sort codes",
            Self::MergeCodes { .. } => "merge codes",
            Self::SplitCode { .. } => "split code",
            Self::RemoveCodes(_) => "remove code",
            Self::ApplyCode { .. } => "apply code",
            Self::ApplyCodes { origin, .. } => match origin {
                Origin::Hand | Origin::Import(_) => "apply codes",
                Origin::Search(_) => "code by search",
                Origin::Suggestion => "accept suggestion",
            },
            Self::AddQuery { .. } => "keep query",
            Self::SetQuery { .. } => "set query",
            Self::RemoveQuery(_) => "remove query",
            Self::SetScale(None, _) => "add scale",
            Self::SetScale(Some(_), _) => "edit scale",
            Self::RemoveScale(_) => "remove scale",
            Self::SetSet(None, _) => "add set",
            Self::SetSet(Some(_), _) => "edit set",
            Self::RemoveSet(_) => "remove set",
            Self::RemoveAttachment(_) => "remove attachment",
            Self::ApplyNewCode { .. } => "apply new code",
            Self::RemoveCodings(_) => "remove coding",
            Self::SetCodingRange(..) => "move coding",
            Self::RecodeCodings(..) => "change code of coding",
            Self::CopyCodings(..) => "copy coding",
            Self::SplitCoding(..) => "split coding",
            Self::JoinCodings(..) => "join codings",
            Self::SetFacet { .. } => "set facet",
            Self::AddCase { .. } => "add case",
            Self::SetCase { .. } => "edit case",
            Self::RemoveCase(_) => "remove case",
            Self::AddAttribute { .. } => "add attribute",
            Self::SetAttribute { .. } => "edit attribute",
            Self::RemoveAttribute(_) => "remove attribute",
            Self::SetValue { .. } => "set value",
            Self::AddMemo { .. } => "write memo",
            Self::SetMemo { .. } => "edit memo",
            Self::RemoveMemo(_) => "remove memo",
            Self::AddLink { .. } => "add link",
            Self::RemoveLink(_) => "remove link",
            Self::Undo => "undo",
            Self::Redo => "redo",
        }
    }
}
