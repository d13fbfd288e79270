//! Dense numbers for ids, looked up in a hash table with open addressing.
//!
//! A table of frequencies looks up the code of every coding; 300,000 look-ups in a tree would take longer than all the counting.

use crate::model::ids::Id;

/// Numbers of ids, in the order of the ids it was made from.
pub(super) struct Numbering<K> {
    ids: Vec<Id<K>>,
    /// The number + 1 of the id in each slot, 0 if the slot is free. At most a quarter are taken, so that a search ends soon.
    slots: Vec<u32>,
}

impl<K: PartialEq> Numbering<K> {
    /// Numbers ids from 0; an id that occurs twice has the number of the first.
    pub(super) fn new(ids: impl IntoIterator<Item = Id<K>>) -> Self {
        let ids: Vec<_> = ids.into_iter().collect();
        let mut numbering = Self {
            slots: vec![0; (ids.len() * 4 + 4).next_power_of_two()],
            ids,
        };
        for (number, &id) in (1u32..).zip(&numbering.ids) {
            let mut slot = start(id, numbering.slots.len());
            while numbering.slots[slot] != 0 {
                slot = (slot + 1) % numbering.slots.len();
            }
            numbering.slots[slot] = number;
        }
        numbering
    }

    /// The number of an id, if it has one.
    pub(super) fn get(&self, id: Id<K>) -> Option<u32> {
        let mask = self.slots.len() - 1;
        let mut slot = start(id, self.slots.len());
        loop {
            let number = self.slots[slot].checked_sub(1)?;
            if self.ids[number as usize] == id {
                return Some(number);
            }
            slot = (slot + 1) & mask;
        }
    }

    /// The number of an id, or [`Self::len`] if it has none, so that arrays need one more entry for all unknown ids.
    pub(super) fn get_or_len(&self, id: Id<K>) -> u32 {
        self.get(id).unwrap_or_else(|| self.len())
    }

    /// The number of ids, which is the first number that no id has.
    pub(super) fn len(&self) -> u32 {
        dense(self.ids.len())
    }
}

/// An index as a dense number, which takes half the memory.
pub(super) fn dense(index: usize) -> u32 {
    u32::try_from(index).expect("a project in memory has fewer than 2^32 of anything")
}

/// The slot where the search for an id begins, by multiplying with the golden ratio (Knuth, *The Art of Computer Programming* 3, section 6.4).
fn start<K>(id: Id<K>, slots: usize) -> usize {
    let value = id.as_u128();
    let folded = (value >> 64) as u64 ^ (value & 0xFFFF_FFFF_FFFF_FFFF) as u64;
    let spread = (folded.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as u32;
    spread as usize & (slots - 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ids::CodeId;

    #[test]
    fn every_id_is_found_again_and_no_other() {
        for step in [1u128, 1 << 32, 1 << 64, (1 << 96) + 7] {
            let ids: Vec<CodeId> = (0..500)
                .map(|number| CodeId::from_u128(number * step))
                .collect();
            let numbering = Numbering::new(ids.iter().copied());
            assert_eq!(numbering.len(), 500);
            for (number, &id) in (0u32..).zip(&ids) {
                assert_eq!(numbering.get(id), Some(number));
            }
            assert_eq!(numbering.get(CodeId::from_u128(501 * step)), None);
        }
        assert_eq!(Numbering::new([]).get(CodeId::from_u128(1)), None);
    }
}
