//! A project of another program, as plain values of the model that don't belong to any project yet.
//!
//! Every reader of such files (REFI-QDA, Taguette, QualCoder, RQDA, annotations) returns a [`Study`], and `app::import::study` merges it into the open project.
//! Ids are the file's own GUIDs where it has them. Elsewhere they are derived from whatever identifies a thing in the file ([`derived`]),
//! so that importing a file twice, or by two coders, yields the same things.

use std::collections::BTreeSet;

use super::{ImportedDocument, loss::Losses, positions::PositionReading};
use crate::model::{
    attachment::Attachment,
    attribute::{Attribute, Values},
    case::Case,
    code::Code,
    coder::Coder,
    coding::Coding,
    ids::{CaseId, DocumentId, Id, PhaseId},
    memo::{Link, Memo},
    phase::Phase,
    set::Set,
};

/// A project of another program.
#[derive(Debug, Clone, Default)]
pub struct Study {
    /// The file's name, as shown.
    pub file: String,
    /// The program that wrote it, as far as the file says so.
    pub program: String,
    /// Title; may be empty.
    pub title: String,
    /// Description; may be empty.
    pub description: String,
    /// The coders.
    pub coders: Vec<Coder>,
    /// Codes, parents before children.
    pub codes: Vec<Code>,
    /// Phases, in order.
    pub phases: Vec<Phase>,
    /// Attributes of cases and documents.
    pub attributes: Vec<Attribute>,
    /// Cases, parents before children.
    pub cases: Vec<Case>,
    /// Documents with their codings.
    pub documents: Vec<StudyDocument>,
    /// Memos on any of these.
    pub memos: Vec<Memo>,
    /// Links between any of these.
    pub links: Vec<Link>,
    /// Sets of any of these.
    pub sets: Vec<Set>,
    /// Files that aren't read as text, with their bytes unless they are missing.
    pub attachments: Vec<(Attachment, Option<Vec<u8>>)>,
    /// How positions in the texts were read, if there are any.
    pub positions: Option<PositionReading>,
    /// What the import left out.
    pub losses: Losses,
}

/// A document of another program's project.
#[derive(Debug, Clone)]
pub struct StudyDocument {
    /// Id.
    pub id: DocumentId,
    /// Title, text and turns.
    pub imported: ImportedDocument,
    /// The phase it belongs to.
    pub phase: Option<PhaseId>,
    /// The cases it belongs to.
    pub cases: BTreeSet<CaseId>,
    /// Values of attributes.
    pub values: Values,
    /// Codings, in any order, in code points of the text.
    pub codings: Vec<Coding>,
}

/// Returns the id derived from the names that identify a thing in a file without GUIDs, such as `["taguette", project, "tag", "7"]`.
///
/// The same names always give the same id: a UUID of version 8 (RFC 9562), whose free bits are the beginning of a BLAKE3 hash.
pub fn derived<K>(names: &[&str]) -> Id<K> {
    let mut hasher = blake3::Hasher::new();
    for name in names {
        // Lengths keep ["a", "bc"] apart from ["ab", "c"].
        hasher.update(&(name.len() as u64).to_le_bytes());
        hasher.update(name.as_bytes());
    }
    let hash = hasher.finalize();
    let (bytes, _) = hash
        .as_bytes()
        .split_first_chunk::<16>()
        .expect("a BLAKE3 hash has 32 bytes");
    let number = u128::from_be_bytes(*bytes);
    Id::from_u128(number & !(0xf << 76) & !(0b11 << 62) | 0x8 << 76 | 0b10 << 62)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ids::OfCode;

    #[test]
    fn the_same_names_give_the_same_identity() {
        let id: Id<OfCode> = derived(&["taguette", "tag", "7"]);
        assert_eq!(id, derived(&["taguette", "tag", "7"]));
        assert_ne!(id, derived(&["taguette", "tag7", ""]));
        assert_eq!(id.to_string().as_bytes()[14], b'8');
    }
}
