//! Putting one wrong byte right: the hash of what was there tells when it is.
//!
//! BLAKE3 is a tree over pieces of 1,024 bytes, so a trial hashes one piece anew and then only the nodes above it.

use blake3::hazmat::{self, HasherExt as _, Mode};

use super::super::hashes::Sum;

/// The pieces that BLAKE3 hashes its input in.
const PIECE: usize = 1024;

/// How much work may still be spent on trying, in hashed bytes; about a minute.
#[derive(Debug)]
pub(super) struct Budget(u64);

impl Default for Budget {
    fn default() -> Self {
        Self(40 << 30)
    }
}

impl Budget {
    fn spend(&mut self, bytes: usize) -> bool {
        match self.0.checked_sub(bytes as u64) {
            Some(left) => {
                self.0 = left;
                true
            }
            None => false,
        }
    }
}

/// The bytes with the one byte put right that gives them this hash; `None` if none does, or the search takes too long.
///
/// A single wrong bit is looked for first, everywhere.
pub(super) fn mend(bytes: &[u8], wanted: Sum, budget: &mut Budget) -> Option<Vec<u8>> {
    let mut tree = Tree::new(bytes);
    let bits: Vec<u8> = (0..8).map(|bit| 1 << bit).collect();
    let others: Vec<u8> = (1..=255).filter(|mask| !bits.contains(mask)).collect();
    for masks in [bits, others] {
        for at in 0..bytes.len() {
            for mask in &masks {
                if !budget.spend(PIECE + 64 * 20) {
                    return None;
                }
                if tree.hash_with(at, *mask) == wanted {
                    let mut mended = bytes.to_vec();
                    mended[at] ^= mask;
                    return Some(mended);
                }
            }
        }
    }
    None
}

/// The tree of hashes over some bytes: what each level has, from the pieces up to the two below the root.
struct Tree {
    bytes: Vec<u8>,
    levels: Vec<Vec<Sum>>,
}

impl Tree {
    fn new(bytes: &[u8]) -> Self {
        let mut levels = Vec::new();
        if bytes.len() > PIECE {
            let pieces = bytes.chunks(PIECE).enumerate();
            let mut level: Vec<Sum> = pieces.map(|(number, piece)| leaf(number, piece)).collect();
            while level.len() > 2 {
                let above = pairs(&level);
                levels.push(level);
                level = above;
            }
            levels.push(level);
        }
        Self {
            bytes: bytes.to_vec(),
            levels,
        }
    }

    /// The hash of all bytes, one of them changed by a mask.
    fn hash_with(&mut self, at: usize, mask: u8) -> Sum {
        self.bytes[at] ^= mask;
        let number = at / PIECE;
        let end = self.bytes.len().min((number + 1) * PIECE);
        let piece = &self.bytes[number * PIECE..end];
        let hash = match self.levels.split_last() {
            None => *blake3::hash(piece).as_bytes(),
            Some((top, below)) => {
                let (mut index, mut value) = (number, leaf(number, piece));
                for level in below {
                    value = match level.get(index ^ 1) {
                        // The last node of a level with an odd number goes up as it is.
                        None => value,
                        Some(other) if index % 2 == 0 => merge(&value, other),
                        Some(other) => merge(other, &value),
                    };
                    index /= 2;
                }
                let (left, right) = if index == 0 {
                    (value, top[1])
                } else {
                    (top[0], value)
                };
                *hazmat::merge_subtrees_root(&left, &right, Mode::Hash).as_bytes()
            }
        };
        self.bytes[at] ^= mask;
        hash
    }
}

fn leaf(number: usize, piece: &[u8]) -> Sum {
    let mut hasher = blake3::Hasher::new();
    hasher
        .set_input_offset((number * PIECE) as u64)
        .update(piece)
        .finalize_non_root()
}

fn pairs(level: &[Sum]) -> Vec<Sum> {
    level
        .chunks(2)
        .map(|pair| match pair {
            [left, right] => merge(left, right),
            one => one[0],
        })
        .collect()
}

fn merge(left: &Sum, right: &Sum) -> Sum {
    hazmat::merge_subtrees_non_root(left, right, Mode::Hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tree_hashes_as_blake3_does() {
        for length in [1, 1023, 1024, 1025, 2048, 3000, 5000, 9 * 1024 + 1] {
            let bytes: Vec<u8> = (0..length)
                .map(|at: usize| at.to_le_bytes()[0] / 3)
                .collect();
            let mut tree = Tree::new(&bytes);
            for at in [0, length / 2, length - 1] {
                let mut changed = bytes.clone();
                changed[at] ^= 5;
                assert_eq!(
                    tree.hash_with(at, 5),
                    *blake3::hash(&changed).as_bytes(),
                    "{length} bytes, byte {at}"
                );
            }
        }
    }

    #[test]
    fn one_wrong_byte_is_found_and_two_are_not() {
        let bytes: Vec<u8> = "她说她能行。".repeat(40).into_bytes();
        let wanted = *blake3::hash(&bytes).as_bytes();
        let mut wrong = bytes.clone();
        wrong[333] = 0;
        assert_eq!(
            mend(&wrong, wanted, &mut Budget::default()),
            Some(bytes.clone())
        );
        wrong[7] ^= 3;
        assert_eq!(mend(&wrong, wanted, &mut Budget::default()), None);
        wrong[7] ^= 3;
        assert_eq!(mend(&wrong, wanted, &mut Budget(5000)), None, "too long");
    }
}
