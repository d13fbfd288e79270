//! Identities: 128-bit numbers, time-ordered when made here, foreign GUIDs when imported.
//!
//! One generic [`Id`] carries a marker for what it names, so that a code's id can't be used as a case's.

use std::{fmt, marker::PhantomData, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// The identity of one thing of kind `K`, written as a hyphenated UUID.
#[derive(PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id<K>(u128, PhantomData<K>);

impl<K> Clone for Id<K> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K> Copy for Id<K> {}

/// Marks ids of documents.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OfDocument {}
/// Marks ids of codes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OfCode {}
/// Marks ids of codings.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OfCoding {}
/// Marks ids of cases.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OfCase {}
/// Marks ids of attributes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OfAttribute {}
/// Marks ids of phases.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OfPhase {}
/// Marks ids of memos.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OfMemo {}
/// Marks ids of links.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OfLink {}
/// Marks ids of coders.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OfCoder {}
/// Marks ids of facets.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OfFacet {}
/// Marks ids of saved queries.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OfQuery {}
/// Marks ids of scales.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OfScale {}
/// Marks ids of sets.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OfSet {}
/// Marks ids of attachments.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OfAttachment {}
/// Marks ids of passages in other programs' files.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OfSelection {}
/// Marks ids of turn tables made after the import.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OfTurnRevision {}
/// Marks ids of log entries.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OfEntry {}
/// Marks ids of devices: one installation's copy of one project.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OfDevice {}

/// Names a document.
pub type DocumentId = Id<OfDocument>;
/// Names a code.
pub type CodeId = Id<OfCode>;
/// Names a coding.
pub type CodingId = Id<OfCoding>;
/// Names a case.
pub type CaseId = Id<OfCase>;
/// Names an attribute.
pub type AttributeId = Id<OfAttribute>;
/// Names a phase.
pub type PhaseId = Id<OfPhase>;
/// Names a memo.
pub type MemoId = Id<OfMemo>;
/// Names a link.
pub type LinkId = Id<OfLink>;
/// Names a coder.
pub type CoderId = Id<OfCoder>;
/// Names a facet of a code.
pub type FacetId = Id<OfFacet>;
/// Names a saved query.
pub type QueryId = Id<OfQuery>;
/// Names a scale.
pub type ScaleId = Id<OfScale>;
/// Names a set.
pub type SetId = Id<OfSet>;
/// Names an attachment.
pub type AttachmentId = Id<OfAttachment>;
/// Names a passage in another program's file.
pub type SelectionId = Id<OfSelection>;
/// Names a turn table made after the import.
pub type TurnRevisionId = Id<OfTurnRevision>;
/// Names an entry of the log.
pub type EntryId = Id<OfEntry>;
/// Names a device.
pub type DeviceId = Id<OfDevice>;

impl<K> Id<K> {
    /// Takes the number as it is.
    pub const fn from_u128(value: u128) -> Self {
        Self(value, PhantomData)
    }

    /// The number itself.
    pub const fn as_u128(&self) -> u128 {
        self.0
    }

    /// When it was made, in milliseconds from 1970 in UTC: what an id of ours (a UUID of version 7, RFC 9562) begins with; `None` for another's.
    pub fn made_millis(&self) -> Option<u64> {
        let version = (self.0 >> 76) & 0xf;
        if version == 7 {
            u64::try_from(self.0 >> 80).ok()
        } else {
            None
        }
    }
}

impl<K> fmt::Display for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // By hand: a large entry writes a million of them.
        let mut text = [b'-'; 36];
        let places = (0..36).filter(|place| !matches!(place, 8 | 13 | 18 | 23));
        let digits = self
            .0
            .to_be_bytes()
            .into_iter()
            .flat_map(|byte| [byte >> 4, byte & 0xf]);
        for (place, digit) in places.zip(digits) {
            text[place] = b"0123456789abcdef"[usize::from(digit)];
        }
        f.write_str(std::str::from_utf8(&text).map_err(|_not_ascii| fmt::Error)?)
    }
}

impl<K> fmt::Debug for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A text that is not a 128-bit id in hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an id (32 hexadecimal digits, hyphens allowed)")]
pub struct IdSyntax(pub String);

impl<K> FromStr for Id<K> {
    type Err = IdSyntax;

    /// Reads a UUID in any case, with or without hyphens or braces.
    fn from_str(text: &str) -> Result<Self, IdSyntax> {
        let mut value = 0u128;
        let mut digits = 0;
        for byte in text
            .bytes()
            .filter(|byte| !matches!(byte, b'-' | b'{' | b'}'))
        {
            let digit = char::from(byte)
                .to_digit(16)
                .ok_or_else(|| IdSyntax(text.to_owned()))?;
            value = (value << 4) | u128::from(digit);
            digits += 1;
        }
        if digits == 32 {
            Ok(Self::from_u128(value))
        } else {
            Err(IdSyntax(text.to_owned()))
        }
    }
}

impl<K> Serialize for Id<K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_str(self)
        } else {
            self.0.to_le_bytes().serialize(serializer)
        }
    }
}

impl<'de, K> Deserialize<'de> for Id<K> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
            text.parse().map_err(D::Error::custom)
        } else {
            Ok(Self::from_u128(u128::from_le_bytes(
                <[u8; 16]>::deserialize(deserializer)?,
            )))
        }
    }
}
