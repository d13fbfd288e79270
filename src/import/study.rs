//! Another program's project as plain values of the model, before anything of it is in a project.
//!
//! Every reader of such files (REFI-QDA, Taguette, QualCoder, RQDA, annotations) gives a [`Study`]; one rule takes it in (`app::edit::study`).
//! Identities are the file's own where it has GUIDs; elsewhere they are made from what names a thing there ([`derived`]),
//! so that a file that is imported twice, or by two coders, brings the same things.

use std::collections::BTreeSet;

use super::{ImportedDocument, loss::Losses, positions::PositionReading};
use crate::model::{
    attachment::Attachment,
    attribute::{Attribute, Values},
    case::Case,
    code::{Code, Hue, PALETTE},
    coder::Coder,
    coding::Coding,
    ids::{CaseId, DocumentId, Id, PhaseId},
    memo::{Link, Memo},
    phase::Phase,
    set::Set,
};

/// A whole project of another program.
#[derive(Debug, Clone, Default)]
pub struct Study {
    /// The file, as shown.
    pub file: String,
    /// The program that wrote it, as far as it says so.
    pub program: String,
    /// Title; may be empty.
    pub title: String,
    /// What it is about; may be empty.
    pub description: String,
    /// Who coded.
    pub coders: Vec<Coder>,
    /// Codes, those above before those below.
    pub codes: Vec<Code>,
    /// Phases, in order.
    pub phases: Vec<Phase>,
    /// Attributes of cases and documents.
    pub attributes: Vec<Attribute>,
    /// Cases, those above before those below.
    pub cases: Vec<Case>,
    /// Documents with their codings.
    pub documents: Vec<StudyDocument>,
    /// Memos on any of these.
    pub memos: Vec<Memo>,
    /// Links between any of these.
    pub links: Vec<Link>,
    /// Sets of any of these.
    pub sets: Vec<Set>,
    /// Files that aren't read as text, with their bytes where they are there.
    pub attachments: Vec<(Attachment, Option<Vec<u8>>)>,
    /// How positions in the texts were read, where there are any.
    pub positions: Option<PositionReading>,
    /// What didn't survive the reading.
    pub losses: Losses,
}

/// A document of another program's project.
#[derive(Debug, Clone)]
pub struct StudyDocument {
    /// Identity.
    pub id: DocumentId,
    /// Title, text, turns.
    pub imported: ImportedDocument,
    /// The phase it is of.
    pub phase: Option<PhaseId>,
    /// The cases it belongs to.
    pub cases: BTreeSet<CaseId>,
    /// Values of attributes.
    pub values: Values,
    /// Codings, in any order, in code points of the text.
    pub codings: Vec<Coding>,
}

/// An identity made from what names a thing in a file without GUIDs, such as `["taguette", project, "tag", "7"]`: the same names, the same identity.
///
/// A UUID of version 8 (RFC 9562) whose free bits are the beginning of a BLAKE3 hash.
pub fn derived<K>(names: &[&str]) -> Id<K> {
    let mut hasher = blake3::Hasher::new();
    for name in names {
        hasher.update(&(name.len() as u64).to_le_bytes());
        hasher.update(name.as_bytes());
    }
    let mut bytes = [0u8; 16];
    bytes.copy_from_slice(hasher.finalize().as_bytes().get(..16).unwrap_or(&[0; 16]));
    let number = u128::from_be_bytes(bytes);
    Id::from_u128(number & !(0xf << 76) & !(0b11 << 62) | 0x8 << 76 | 0b10 << 62)
}

/// The hue of the palette that is nearest to a colour, by its angle and, for greys, its first; `None` for what is no `#RGB` or `#RRGGBB`.
pub fn nearest_hue(colour: &str) -> Option<Hue> {
    let [red, green, blue] = rgb(colour)?;
    let distance = |own: &[u8; 3]| {
        let angle = angle_between(hue_angle(*own), hue_angle([red, green, blue]));
        let apart: i32 = own
            .iter()
            .zip([red, green, blue])
            .map(|(a, b)| (i32::from(*a) - i32::from(b)).pow(2))
            .sum();
        (angle, apart)
    };
    let nearest = PALETTE
        .iter()
        .enumerate()
        .min_by_key(|(_, own)| distance(own))?
        .0;
    u8::try_from(nearest).ok().map(Hue::new)
}

/// The parts of `#RGB` or `#RRGGBB`.
pub fn rgb(colour: &str) -> Option<[u8; 3]> {
    let digits: Vec<u8> = colour
        .trim()
        .strip_prefix('#')?
        .chars()
        .map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
        .collect::<Option<_>>()?;
    match digits[..] {
        [r, g, b] => Some([r * 17, g * 17, b * 17]),
        [r1, r0, g1, g0, b1, b0] => Some([r1 * 16 + r0, g1 * 16 + g0, b1 * 16 + b0]),
        _ => None,
    }
}

/// The angle of a colour's hue in degrees; 0 for greys.
fn hue_angle([red, green, blue]: [u8; 3]) -> i32 {
    let (r, g, b) = (i32::from(red), i32::from(green), i32::from(blue));
    let (most, least) = (r.max(g).max(b), r.min(g).min(b));
    let range = most - least;
    if range == 0 {
        return 0;
    }
    let sixth = if most == r {
        60 * (g - b) / range
    } else if most == g {
        120 + 60 * (b - r) / range
    } else {
        240 + 60 * (r - g) / range
    };
    sixth.rem_euclid(360)
}

fn angle_between(a: i32, b: i32) -> i32 {
    let apart = (a - b).rem_euclid(360);
    apart.min(360 - apart)
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

    #[test]
    fn colours_find_the_nearest_hue() {
        for (number, [r, g, b]) in (0u8..).zip(PALETTE) {
            assert_eq!(
                nearest_hue(&format!("#{r:02x}{g:02X}{b:02x}")),
                Some(Hue::new(number))
            );
        }
        assert_eq!(nearest_hue("#f00"), nearest_hue("#FF0000"));
        assert_eq!(nearest_hue("red"), None);
    }
}
