//! Actions: everything that a user can do to an open project, from the window, the command line or a
//! test.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    language::occurrences::Comparison,
    log::{change::Holder, undo},
    model::{
        attribute::{AttributeKind, AttributeOf},
        case::CaseKind,
        code::{Code, Hue},
        coding::Origin,
        document::{SpeakerIndex, SpeakerRole, TurnEdit, TurnIndex},
        facet::FacetValue,
        ids::{
            AttachmentId, AttributeId, CaseId, CodeId, CoderId, CodingId, DocumentId, EntryId,
            FacetId, LinkId, MemoId, PhaseId, QueryId, ScaleId, SetId,
        },
        localized::Language,
        memo::{Anchor, MemoKind},
        query::QueryKind,
        text::TextRange,
    },
    names::Substitutes,
};

use super::edit::{new_turns::NewTurns, scale::Definition, set::SetDraft};

/// The speaker that a corrected turn gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TurnSpeaker {
    /// No speaker, as for a heading or a note.
    Nobody,
    /// A speaker of the document.
    Known(SpeakerIndex),
    /// A label, which is added if the document has no such speaker.
    New(String),
}

/// What is replaced by what, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordReplacement {
    /// The words.
    pub from: String,
    /// The words in their place; may be empty.
    pub to: String,
    /// How they are compared with the texts.
    pub how: Comparison,
    /// Whether labels of speakers are replaced, too.
    pub labels: bool,
    /// The documents; `None` is all.
    pub documents: Option<BTreeSet<DocumentId>>,
}

/// An action, which adds one entry to the log.
#[derive(Debug, Clone)]
pub enum Action {
    /// Set the project's title.
    SetTitle(String),
    /// Set what the study is about.
    SetDescription(String),
    /// Set the codebook's main language.
    SetLanguage(Language),
    /// Set those of title, description and language that are given.
    SetProject {
        /// The title.
        title: Option<String>,
        /// What the study is about.
        description: Option<String>,
        /// The main language of the codebook.
        language: Option<Language>,
    },
    /// Add a coder.
    AddCoder(String),
    /// Rename a coder.
    RenameCoder(CoderId, String),
    /// Set or clear the colour of a coder.
    SetCoderHue(CoderId, Option<Hue>),
    /// Add a phase after the others.
    AddPhase(String),
    /// Rename a phase.
    RenamePhase(PhaseId, String),
    /// Set the name of a phase in another language; an empty one removes it.
    TranslatePhase(PhaseId, Language, String),
    /// Move a phase before another, or to the end.
    MovePhase(PhaseId, Option<PhaseId>),
    /// Remove an unused phase.
    RemovePhase(PhaseId),
    /// Remove a coder who has no codings and memos.
    RemoveCoder(CoderId),
    /// Remove documents with their codings.
    RemoveDocuments(Vec<DocumentId>),
    /// Rename a document.
    RenameDocument(DocumentId, String),
    /// Put documents in an order of their own among those of their families.
    OrderDocuments(Vec<DocumentId>),
    /// Put documents in the usual order again.
    UsualOrder(Vec<DocumentId>),
    /// Set the phase of documents.
    SetDocumentsPhase(Vec<DocumentId>, Option<PhaseId>),
    /// Set whether documents belong to a case.
    SetDocumentsCase {
        /// The documents.
        documents: Vec<DocumentId>,
        /// The case.
        case: CaseId,
        /// Whether they belong to the case.
        belongs: bool,
    },
    /// Set whether documents belong to cases, in the order that is given.
    SetDocumentsCases {
        /// The documents.
        documents: Vec<DocumentId>,
        /// The cases, each with whether the documents belong to it.
        cases: Vec<(CaseId, bool)>,
    },
    /// Set the person a speaker is.
    SetSpeakerCase(DocumentId, SpeakerIndex, Option<CaseId>),
    /// Set the person that the speakers of a label are, in every document.
    LinkSpeakers {
        /// The label.
        label: String,
        /// The person; `None` is nobody.
        case: Option<CaseId>,
    },
    /// Rename a speaker; where another speaker of the document has the label, the two are merged.
    RenameSpeaker(DocumentId, SpeakerIndex, String),
    /// Set whether a speaker asks or answers.
    SetSpeakerRole(DocumentId, SpeakerIndex, SpeakerRole),
    /// Set whether the speakers of a label ask or answer, in every document.
    SetSpeakerRoles {
        /// The label.
        label: String,
        /// The role.
        role: SpeakerRole,
    },
    /// Correct a turn's speaker or time.
    SetTurn(DocumentId, TurnIndex, TurnEdit),
    /// Replace words of a text.
    ReplaceText {
        /// The document.
        document: DocumentId,
        /// The range.
        range: TextRange,
        /// The new words.
        to: String,
    },
    /// Replace the same words in chosen documents, or in all.
    ReplaceWords(Box<WordReplacement>),
    /// Replace names by pseudonyms in all texts and labels.
    Pseudonymise(Box<Substitutes>),
    /// Correct a turn's words, speaker and time.
    CorrectTurn {
        /// The document.
        document: DocumentId,
        /// The turn.
        turn: TurnIndex,
        /// What it says.
        text: String,
        /// Its speaker.
        speaker: TurnSpeaker,
        /// Its time, in milliseconds from the start of the recording.
        at_millis: Option<u32>,
    },
    /// Say who speaks in a turn, or in all turns of its document that begin with the same label.
    SetTurnSpeaker {
        /// The document.
        document: DocumentId,
        /// The turn.
        turn: TurnIndex,
        /// The speaker.
        speaker: TurnSpeaker,
        /// Whether all turns with the same label are meant.
        alike: bool,
    },
    /// Begin a turn within another.
    SplitTurn {
        /// The document.
        document: DocumentId,
        /// Where it begins.
        at: u32,
        /// Its speaker.
        speaker: TurnSpeaker,
    },
    /// Make one turn of a turn and the one before it.
    JoinTurn(DocumentId, TurnIndex),
    /// Take a passage for the label of a speaker, whose turn begins with it.
    MarkLabel {
        /// The document.
        document: DocumentId,
        /// The passage.
        label: TextRange,
        /// The speaker.
        speaker: TurnSpeaker,
        /// Whether all lines that begin with the same words are meant.
        alike: bool,
    },
    /// Put turns whose speakers were read again in place of the present ones.
    ReadSpeakers(Vec<NewTurns>),
    /// Rename a speaker in every document; where another speaker has the new label, the two are merged.
    RenameSpeakers {
        /// The label.
        from: String,
        /// The new one.
        to: String,
    },
    /// Add a code.
    AddCode {
        /// The code above; `None` is the top.
        parent: Option<CodeId>,
        /// Its name.
        name: String,
    },
    /// Set whatever differs between a code and this version of it, except its place.
    ///
    /// New facets have the identity [`NEW_FACET`](super::edit::codebook::NEW_FACET).
    SetCode(Box<Code>),
    /// Move codes in the tree; a code below another moved one stays below it.
    MoveCodes {
        /// The codes.
        codes: Vec<CodeId>,
        /// The code above; `None` is the top.
        parent: Option<CodeId>,
        /// The sibling before which they are put; `None` is the end.
        before: Option<CodeId>,
    },
    /// Set the colour of codes.
    SetHues(Vec<CodeId>, Hue),
    /// Sort the codes below a code by name.
    SortCodes {
        /// The code above; `None` is the top.
        parent: Option<CodeId>,
    },
    /// Merge codes into another.
    MergeCodes {
        /// The codes that are removed.
        codes: Vec<CodeId>,
        /// The code that remains.
        into: CodeId,
    },
    /// Give some codings a new code beside the old one.
    SplitCode {
        /// The code beside the new one.
        code: CodeId,
        /// The new code's name.
        name: String,
        /// The codings that get it.
        codings: Vec<(DocumentId, CodingId)>,
    },
    /// Remove codes with their subcodes and codings.
    RemoveCodes(Vec<CodeId>),
    /// Code a passage.
    ApplyCode {
        /// The document.
        document: DocumentId,
        /// The range.
        range: TextRange,
        /// The code.
        code: CodeId,
        /// Values of its facets.
        facets: BTreeMap<FacetId, FacetValue>,
        /// Whom the passage is about; empty leaves it to who speaks.
        about: BTreeSet<CaseId>,
    },
    /// Code passages with several codes, where the acting coder has not coded them so already.
    ApplyCodes {
        /// The passages.
        passages: Vec<(DocumentId, TextRange)>,
        /// The codes.
        codes: Vec<CodeId>,
        /// Whom the passages are about; empty leaves it to who speaks.
        about: BTreeSet<CaseId>,
        /// How the codings came about.
        origin: Origin,
    },
    /// Add a code and code a passage with it.
    ApplyNewCode {
        /// The document.
        document: DocumentId,
        /// The range.
        range: TextRange,
        /// The code above; `None` is the top.
        parent: Option<CodeId>,
        /// Whom the passage is about; empty leaves it to who speaks.
        about: BTreeSet<CaseId>,
        /// The new code's name.
        name: String,
        /// What it means; may be empty.
        definition: String,
    },
    /// Remove codings.
    RemoveCodings(Vec<(DocumentId, CodingId)>),
    /// Move a coding to another passage.
    SetCodingRange(DocumentId, CodingId, TextRange),
    /// Give codings another code.
    RecodeCodings(Vec<(DocumentId, CodingId)>, CodeId),
    /// Code the passages of codings with another code as well.
    CopyCodings(Vec<(DocumentId, CodingId)>, CodeId),
    /// Split a coding at a position inside it.
    SplitCoding(DocumentId, CodingId, u32),
    /// Join codings of one coder with one code.
    JoinCodings(DocumentId, Vec<CodingId>),
    /// Set or clear a facet of codings.
    SetFacet {
        /// The codings; those whose code lacks the facet stay as they are.
        codings: Vec<(DocumentId, CodingId)>,
        /// The facet.
        facet: FacetId,
        /// The value; `None` clears it.
        value: Option<FacetValue>,
    },
    /// Say whom codings are about; an empty set leaves it to who speaks.
    SetAbout {
        /// The codings.
        codings: Vec<(DocumentId, CodingId)>,
        /// The persons, families or other cases.
        about: BTreeSet<CaseId>,
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
        /// The case.
        case: CaseId,
        /// Its name.
        name: String,
        /// Its kind.
        kind: CaseKind,
        /// The case it belongs to.
        parent: Option<CaseId>,
    },
    /// Merge cases into another, which keeps its name, kind and values.
    MergeCases {
        /// The cases that are removed.
        cases: Vec<CaseId>,
        /// The case that remains.
        into: CaseId,
    },
    /// Remove cases; those below them move up.
    RemoveCases(Vec<CaseId>),
    /// Add an attribute.
    AddAttribute {
        /// Its name.
        name: String,
        /// What has it.
        of: AttributeOf,
        /// What values it takes.
        kind: AttributeKind,
        /// Whether there is a value for each phase.
        per_phase: bool,
    },
    /// Set an attribute's name and definition.
    SetAttribute {
        /// The attribute.
        attribute: AttributeId,
        /// Its name.
        name: String,
        /// What it means.
        definition: String,
    },
    /// Set the name of an attribute in another language; an empty one removes it.
    TranslateAttribute(AttributeId, Language, String),
    /// Set the name of a category in another language; an empty one removes it.
    TranslateCategory {
        /// The attribute.
        attribute: AttributeId,
        /// The category.
        category: String,
        /// The language.
        language: Language,
        /// The name.
        name: String,
    },
    /// Move an attribute before another, or to the end.
    MoveAttribute(AttributeId, Option<AttributeId>),
    /// Set what values an attribute takes, and convert those that there are.
    SetAttributeKind {
        /// The attribute.
        attribute: AttributeId,
        /// The kind; categories that present values need are added to it.
        kind: AttributeKind,
        /// Whether values that can't be converted may be lost.
        lose: bool,
    },
    /// Rename a category; where there is one of the new name, the two are merged.
    RenameCategory {
        /// The attribute.
        attribute: AttributeId,
        /// The category.
        from: String,
        /// Its new name.
        to: String,
    },
    /// Set the categories of an attribute in their order; only unused ones can be left out.
    SetCategories {
        /// The attribute.
        attribute: AttributeId,
        /// The categories.
        categories: Vec<String>,
    },
    /// Remove an attribute with its values.
    RemoveAttribute(AttributeId),
    /// Set or clear (empty text) values of one case or document.
    SetValues {
        /// The case or document.
        holder: Holder,
        /// The values, in the order in which they are set.
        values: Vec<NewValue>,
    },
    /// Set or clear (empty text) a value.
    SetValue {
        /// The case, document or coder.
        holder: Holder,
        /// The attribute.
        attribute: AttributeId,
        /// The phase.
        phase: Option<PhaseId>,
        /// The value, as people write it.
        text: String,
    },
    /// Add a memo.
    AddMemo {
        /// What it is about.
        anchor: Anchor,
        /// Its kind.
        kind: MemoKind,
        /// Title.
        title: String,
        /// Text.
        body: String,
    },
    /// Set a memo's title, text and kind.
    SetMemo {
        /// The memo.
        memo: MemoId,
        /// Its kind.
        kind: MemoKind,
        /// Title.
        title: String,
        /// Text.
        body: String,
    },
    /// Remove a memo.
    RemoveMemo(MemoId),
    /// Add a link between two things.
    AddLink {
        /// The relation's name.
        name: String,
        /// The start.
        from: Anchor,
        /// The target.
        to: Anchor,
    },
    /// Remove a link.
    RemoveLink(LinkId),
    /// Save a query.
    AddQuery {
        /// What it searches.
        kind: QueryKind,
        /// Its name.
        name: String,
        /// The query.
        text: String,
    },
    /// Set name and text of a saved query.
    SetQuery {
        /// The query.
        query: QueryId,
        /// Its name.
        name: String,
        /// The query.
        text: String,
    },
    /// Remove a saved query.
    RemoveQuery(QueryId),
    /// Add a scale, or set the definition of one.
    SetScale(Option<ScaleId>, Definition),
    /// Remove a scale; its items stay.
    RemoveScale(ScaleId),
    /// Add a set, or set name, description and members of one.
    SetSet(Option<SetId>, SetDraft),
    /// Remove a set; its members stay.
    RemoveSet(SetId),
    /// Remove an attached file.
    RemoveAttachment(AttachmentId),
    /// Take back a chosen entry, whoever made it, if nothing later depends on it.
    TakeBack(EntryId),
    /// Take back all entries after one, as far as they can be.
    BackTo(EntryId),
    /// Undo the acting coder's last action.
    Undo,
    /// Redo the acting coder's last undone action.
    Redo,
}

/// A value to set, as people write it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewValue {
    /// The attribute.
    pub attribute: AttributeId,
    /// The phase, for attributes given per phase.
    pub phase: Option<PhaseId>,
    /// The value; an empty text clears it.
    pub text: String,
}

impl Action {
    /// The stable name that the log keeps; windows translate it.
    #[expect(clippy::too_many_lines, reason = "one arm for each action")]
    pub fn name(&self) -> &'static str {
        match self {
            Self::SetTitle(_) => "set title",
            Self::SetDescription(_) => "set description",
            Self::SetLanguage(_) => "set language",
            Self::SetProject {
                title,
                description,
                language,
            } => match (title, description, language) {
                (Some(_), None, None) => "set title",
                (None, Some(_), None) => "set description",
                (None, None, Some(_)) => "set language",
                _ => "edit project",
            },
            Self::AddCoder(_) => "add coder",
            Self::RenameCoder(..) => "rename coder",
            Self::SetCoderHue(..) => "recolour coder",
            Self::TranslatePhase(..) => "translate phase",
            Self::AddPhase(_) => "add phase",
            Self::RenamePhase(..) => "rename phase",
            Self::MovePhase(..) => "move phase",
            Self::RemovePhase(_) => "remove phase",
            Self::RemoveCoder(_) => "remove coder",
            Self::RemoveDocuments(_) => "remove documents",
            Self::RenameDocument(..) => "rename document",
            Self::OrderDocuments(_) | Self::UsualOrder(_) => "order documents",
            Self::SetDocumentsPhase(..) => "set phase of document",
            Self::SetDocumentsCase { .. } | Self::SetDocumentsCases { .. } => {
                "link document to case"
            }
            Self::SetSpeakerCase(..) | Self::LinkSpeakers { .. } => "link speaker to person",
            Self::RenameSpeaker(..) => "rename speaker",
            Self::SetSpeakerRole(..) | Self::SetSpeakerRoles { .. } => "set role of speaker",
            Self::ReplaceText { .. } => "correct text",
            Self::ReplaceWords(_) => "replace words",
            Self::Pseudonymise(_) => "replace names by pseudonyms",
            Self::SetTurn(..) | Self::CorrectTurn { .. } => "correct turn",
            Self::SetTurnSpeaker { .. } => "set speaker of turn",
            Self::SplitTurn { .. } => "split turn",
            Self::JoinTurn(..) => "join turns",
            Self::MarkLabel { .. } => "mark speaker label",
            Self::ReadSpeakers(_) => "read speakers again",
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
            Self::ApplyCodes {
                passages,
                codes,
                origin,
                about: _,
            } => match origin {
                Origin::Hand | Origin::Import(_) if passages.len() * codes.len() == 1 => {
                    "apply code"
                }
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
            Self::SetAbout { .. } => "set about",
            Self::AddCase { .. } => "add case",
            Self::SetCase { .. } => "edit case",
            Self::MergeCases { .. } => "merge cases",
            Self::RemoveCases(_) => "remove case",
            Self::AddAttribute { .. } => "add attribute",
            Self::SetAttribute { .. } => "edit attribute",
            Self::TranslateAttribute(..) => "translate attribute",
            Self::TranslateCategory { .. } => "translate category",
            Self::MoveAttribute(..) => "move attribute",
            Self::SetAttributeKind { .. } => "change kind of attribute",
            Self::RenameCategory { .. } => "rename category",
            Self::SetCategories { .. } => "set categories",
            Self::RemoveAttribute(_) => "remove attribute",
            Self::SetValue { .. } | Self::SetValues { .. } => "set value",
            Self::AddMemo { .. } => "write memo",
            Self::SetMemo { .. } => "edit memo",
            Self::RemoveMemo(_) => "remove memo",
            Self::AddLink { .. } => "add link",
            Self::RemoveLink(_) => "remove link",
            Self::TakeBack(_) => undo::TAKE_BACK,
            Self::BackTo(_) => undo::BACK_TO,
            Self::Undo => "undo",
            Self::Redo => "redo",
        }
    }
}
