//! REFI-QDA, the exchange standard of qualitative analysis: codebooks (`.qdc`) and projects (`.qdpx`).
//!
//! | REFI-QDA | here |
//! |---|---|
//! | `User` | coder |
//! | `Code` | code |
//! | `Variable`, `VariableValue` | attribute, value |
//! | `Case` | case |
//! | `TextSource`, `PDFSource` with its `Representation`, `Transcript` | document |
//! | `PictureSource`, `AudioSource`, `VideoSource` | attachment |
//! | `PlainTextSelection` with a `Coding` | coding |
//! | `Note` | memo |
//! | `Link` | link |
//! | `Set` | set |
//!
//! What REFI-QDA has no element for is written as links and variables with names that reader and writer share, below.

pub mod read;
pub mod write;

/// The name of links from a case to its passages, which REFI-QDA writes as the `SelectionRef`s of the case.
pub const CASE_PASSAGE: &str = "speaks in";

/// The name of links from a `Note` to what its memo is about, for things that can't have a `NoteRef`.
///
/// These are cases and other notes; a cell of the framework matrix has a link to its case and one to its code.
pub const MEMO_ON: &str = "memo on";

/// The variable of sources that names the phase of a document; its description names all phases in order, a line each.
pub const PHASE_VARIABLE: &str = "Phase";

/// The variable of cases that names their kind, such as family or person.
pub const KIND_VARIABLE: &str = "Kind";

/// The variable of cases that names their parent.
pub const PARENT_VARIABLE: &str = "Part of";

/// The GUID of one of these variables, by which the reader recognizes it: another program's variable can have its name.
fn guid_of(variable: &str) -> u128 {
    crate::import::study::derived::<()>(&["variable", variable]).as_u128()
}

/// The kind of cases from files that name none.
const KIND: &str = "case";

/// The character between attribute and phase in the name of a variable, as in `esteem@baseline`.
pub const AT_PHASE: char = '@';
