//! REFI-QDA: codebooks (`.qdc`) and projects (`.qdpx`) exchanged with other programs.
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
//! What REFI-QDA has no element for is told by names that reader and writer share, below.

pub mod read;
pub mod write;

/// The name of links from a case to its passages: REFI-QDA writes them as the case's `SelectionRef`s.
pub const CASE_PASSAGE: &str = "speaks in";

/// The name of links from a `Note` to what its memo stands on, where that can't have a `NoteRef`: a case, another note, and both case and code of a cell.
pub const MEMO_ON: &str = "memo on";

/// The variable of sources that says in which phase a document is; its description names all phases in order, a line each.
pub const PHASE_VARIABLE: &str = "Phase";

/// The variable of cases that says of what kind they are: family, person.
pub const KIND_VARIABLE: &str = "Kind";

/// The variable of cases that names the case they belong to.
pub const PARENT_VARIABLE: &str = "Part of";

/// The GUID of a variable that says what REFI-QDA has no element for, by which this program knows it again.
fn guid_of(variable: &str) -> u128 {
    crate::import::study::derived::<()>(&["variable", variable]).as_u128()
}

/// What all cases of REFI-QDA are: it knows no kinds.
const KIND: &str = "case";

/// Between the name of an attribute and that of the phase in a variable's name: `esteem@baseline`.
pub const AT_PHASE: char = '@';
