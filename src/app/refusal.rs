//! What the user asked for and can't have, in words that say what to do instead.

use crate::model::{codebook::CodeNotFound, conflict::SkipReason};

/// A request that is refused; the project is as it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// An import is still being stored.
    #[error("an import is being stored; wait until it is in, or cancel it")]
    Storing,
    /// A name is wanted.
    #[error("a name is needed")]
    NameMissing,
    /// A name that contains what paths use.
    #[error("`{0}`: a code's name can't contain `/`, which separates the names of a path")]
    NameWithSlash(String),
    /// Something of that name is there.
    #[error("`{0}` exists already; choose another name")]
    NameTaken(String),
    /// A code that isn't there, or isn't one alone.
    #[error(transparent)]
    Code(#[from] CodeNotFound),
    /// A document that isn't there.
    #[error("there is no document `{0}`")]
    NoDocument(String),
    /// A case that isn't there.
    #[error("there is no case `{0}`")]
    NoCase(String),
    /// A phase that isn't there.
    #[error("there is no phase `{0}`")]
    NoPhase(String),
    /// An attribute that isn't there.
    #[error("there is no attribute `{0}`")]
    NoAttribute(String),
    /// A coder who isn't there.
    #[error("there is no coder `{0}`")]
    NoCoder(String),
    /// Nobody is named as the one who acts.
    #[error("who codes? name one of: {}", .0.join(", "))]
    WhoCodes(Vec<String>),
    /// A facet the code doesn't ask for.
    #[error("the code `{code}` has no facet `{facet}`")]
    NoFacet {
        /// Path of the code.
        code: String,
        /// What was given.
        facet: String,
    },
    /// A value the field can't take.
    #[error("`{value}` doesn't fit {field}; it takes {takes}")]
    BadValue {
        /// The facet or attribute.
        field: String,
        /// What was given.
        value: String,
        /// What it takes.
        takes: String,
    },
    /// A value given for the wrong side of a per-phase attribute.
    #[error("`{0}` is given per phase: write `{0}@phase`")]
    PhaseWanted(String),
    /// A phase named for an attribute that has none.
    #[error("`{0}` isn't given per phase")]
    PhaseUnwanted(String),
    /// A passage that isn't in the text.
    #[error("{start}..{end} is no passage of `{document}`, which has {chars} characters")]
    OutOfText {
        /// Title of the document.
        document: String,
        /// Start asked for.
        start: u32,
        /// End asked for.
        end: u32,
        /// Length of the text.
        chars: u32,
    },
    /// The same coding by the same coder is there.
    #[error("this passage has the code already")]
    AlreadyCoded,
    /// Nothing is selected or coded there.
    #[error("there is no such coding")]
    NoCoding,
    /// A kept query that isn't there.
    #[error("there is no such query; it may have been removed")]
    NoQuery,
    /// A scale that isn't there.
    #[error("there is no scale `{0}`")]
    NoScale(String),
    /// No set of this name.
    #[error("there is no set `{0}`")]
    NoSet(String),
    /// No attached file of this name.
    #[error("there is no attached file `{0}`")]
    NoAttachment(String),
    /// A member that can't be in a set, or isn't there.
    #[error("only codes, documents, cases and memos of the project can be in a set")]
    BadMember,
    /// A scale that can't be scored.
    #[error(
        "a scale needs items, its lowest answer below its highest, and between 1 and all of its items answered for a score"
    )]
    BadScale,
    /// An item that isn't a number per phase.
    #[error("`{0}` can't be an item: items are numbers that cases have per phase")]
    BadItem(String),
    /// A position to split at that isn't inside the coding.
    #[error("put the cursor inside the coding to split it there")]
    NoSplit,
    /// Codings that can't become one.
    #[error(
        "only codings of one document with the same code and coder can be joined; choose two or more"
    )]
    NoJoin,
    /// A thing that others refer to.
    #[error("`{name}` is used: {by}; remove that first")]
    InUse {
        /// What was to go.
        name: String,
        /// What refers to it.
        by: String,
    },
    /// A move into itself.
    #[error("`{0}` can't be put below itself")]
    Cycle(String),
    /// A merge of a code into itself or its own subcode.
    #[error("`{0}` can't take in itself or a code above it; merge into another code")]
    MergeIntoItself(String),
    /// Two codes want one key.
    #[error("the key {key} belongs to `{code}` already")]
    KeyTaken {
        /// The key.
        key: char,
        /// The code that has it.
        code: String,
    },
    /// Nothing changes.
    #[error("nothing to change")]
    NothingToDo,
    /// Nothing to undo.
    #[error("nothing to undo")]
    NothingToUndo,
    /// Nothing to redo.
    #[error("nothing to redo")]
    NothingToRedo,
    /// What would be taken back has been built upon since.
    #[error("this step can't be taken back any more: {0}")]
    CannotTakeBack(SkipReason),
    /// The project is open for reading.
    #[error("the project is open for reading only; close it in the other window first")]
    ReadOnly,
    /// A memo that isn't there.
    #[error("there is no memo `{0}`")]
    NoMemo(String),
    /// A row of a sheet that can't be taken in.
    #[error("{file}, row {row}: {reason}")]
    Row {
        /// The file.
        file: String,
        /// Its row, the header being 1.
        row: usize,
        /// Why.
        reason: Box<Self>,
    },
    /// A category the attribute lacks, or a sheet whose type clashes.
    #[error("`{name}` is {has} in the project but {given} in the sheet")]
    KindClash {
        /// The attribute.
        name: String,
        /// Its kind.
        has: String,
        /// The sheet's kind.
        given: String,
    },
}
