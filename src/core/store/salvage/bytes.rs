//! An entry that is in memory as bytes, as its hash is made of them.

use super::super::{hashes::Sum, row::StoredEntry};

/// An entry with its own strings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct OwnedEntry {
    pub(super) seq: i64,
    pub(super) id: [u8; 16],
    pub(super) stamp: i64,
    pub(super) device: [u8; 16],
    pub(super) coder: Option<[u8; 16]>,
    pub(super) action: Vec<u8>,
    pub(super) undoes: Option<[u8; 16]>,
    pub(super) seen: Vec<u8>,
    pub(super) changes: Vec<u8>,
}

impl OwnedEntry {
    pub(super) fn numbered(self, seq: i64) -> Self {
        Self { seq, ..self }
    }

    /// All fields, each preceded by its length: what the hash of an entry is of.
    pub(super) fn serialized(&self) -> Vec<u8> {
        let optional = |id: &Option<[u8; 16]>| id.map_or_else(Vec::new, Vec::from);
        let mut bytes = Vec::new();
        for field in [
            &self.id[..],
            &self.stamp.to_be_bytes(),
            &self.device,
            &optional(&self.coder),
            &self.action,
            &optional(&self.undoes),
            &self.seen,
            &self.changes,
        ] {
            bytes.extend((field.len() as u64).to_le_bytes());
            bytes.extend(field);
        }
        bytes
    }

    /// The entry of such bytes.
    pub(super) fn parse(seq: i64, bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes;
        let mut field = || -> Option<Vec<u8>> {
            let (length, after) = rest.split_first_chunk::<8>()?;
            let (field, after) =
                after.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
            rest = after;
            Some(field.to_owned())
        };
        let optional = |field: Vec<u8>| match field.len() {
            0 => Some(None),
            _ => Some(Some(<[u8; 16]>::try_from(field).ok()?)),
        };
        Some(Self {
            seq,
            id: field()?.try_into().ok()?,
            stamp: i64::from_be_bytes(field()?.try_into().ok()?),
            device: field()?.try_into().ok()?,
            coder: optional(field()?)?,
            action: field()?,
            undoes: optional(field()?)?,
            seen: field()?,
            changes: field()?,
        })
    }

    pub(super) fn hash(&self) -> Sum {
        *blake3::hash(&self.serialized()).as_bytes()
    }

    /// Returns true if the log can be folded with it.
    pub(super) fn is_readable(&self) -> bool {
        let texts = [&self.action, &self.seen, &self.changes];
        texts.iter().all(|text| std::str::from_utf8(text).is_ok()) && self.stored().decode().is_ok()
    }

    /// The entry as a row; texts that aren't UTF-8 are empty, which no readable entry has.
    pub(super) fn stored(&self) -> StoredEntry<'_> {
        let text = |bytes| std::str::from_utf8(bytes).unwrap_or_default();
        StoredEntry {
            seq: self.seq,
            id: self.id,
            stamp: self.stamp,
            device: self.device,
            coder: self.coder,
            action: text(&self.action),
            undoes: self.undoes,
            seen: text(&self.seen),
            changes: text(&self.changes),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_has_the_hash_of_its_row_and_comes_back_from_its_bytes() {
        let entry = OwnedEntry {
            seq: 4,
            id: [1; 16],
            stamp: 77,
            device: [2; 16],
            coder: Some([3; 16]),
            action: b"apply_code".to_vec(),
            undoes: None,
            seen: b"{}".to_vec(),
            changes: "[\"自信\"]".as_bytes().to_vec(),
        };
        assert_eq!(entry.hash(), entry.stored().hash());
        assert_eq!(OwnedEntry::parse(4, &entry.serialized()), Some(entry));
    }
}
