//! Ranks: the order among siblings, as keys between which there is always room for another.
//!
//! So moving one thing changes only that thing's rank, and two coders can move things at once.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A place in an order, compared as text: a fraction whose digits are `0-9a-z`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Rank(String);

const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";

impl Rank {
    /// A rank strictly between two (`None` is the beginning or the end).
    ///
    /// Returns a rank after the first one if the two are equal or crossed, as a merge can leave them.
    pub fn between(before: Option<&Self>, after: Option<&Self>) -> Self {
        let low = before.map_or(&[][..], |rank| rank.0.as_bytes());
        let high = after
            .map(|rank| rank.0.as_bytes())
            .filter(|high| *high > low);
        let mut digits = Vec::new();
        let mut bounded = high;
        for position in 0.. {
            let floor = low.get(position).map_or(0, |&byte| value_of(byte));
            let ceiling = bounded.map_or(36, |high| {
                high.get(position).map_or(0, |&byte| value_of(byte))
            });
            // There is a digit between the two: it ends the rank. Things are mostly appended; going half
            // of the way to the end each time would make ranks long, so from the second digit on an
            // append only counts up.
            if ceiling > floor + 1 {
                digits.push(
                    DIGITS[if bounded.is_none() && position >= 1 {
                        floor + 1
                    } else {
                        usize::midpoint(floor, ceiling)
                    }],
                );
                break;
            }
            digits.push(DIGITS[floor.min(35)]);
            // With a smaller digit here, whatever follows is below the upper rank.
            if ceiling > floor {
                bounded = None;
            }
        }
        Self(digits.into_iter().map(char::from).collect())
    }

    /// The rank after all of these.
    pub fn after<'a>(ranks: impl Iterator<Item = &'a Self>) -> Self {
        Self::between(ranks.max(), None)
    }
}

fn value_of(byte: u8) -> usize {
    DIGITS.iter().position(|&digit| digit == byte).unwrap_or(0)
}

impl fmt::Debug for Rank {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_always_room_between() {
        let mut ranks = vec![Rank::between(None, None)];
        for step in 0..400usize {
            let at = (step * 7919) % (ranks.len() + 1);
            let before = at.checked_sub(1).map(|i| &ranks[i]);
            let rank = Rank::between(before, ranks.get(at));
            assert!(before.is_none_or(|b| *b < rank), "{before:?} < {rank:?}");
            assert!(
                ranks.get(at).is_none_or(|a| rank < *a),
                "{rank:?} < {:?}",
                ranks.get(at)
            );
            ranks.insert(at, rank);
        }
    }

    #[test]
    fn appending_stays_short() {
        let mut last = Rank::between(None, None);
        for _ in 0..1000 {
            let next = Rank::between(Some(&last), None);
            assert!(next > last);
            last = next;
        }
        assert!(last.0.len() < 60, "{last:?}");
    }

    #[test]
    fn prepending_works() {
        let mut first = Rank::between(None, None);
        for _ in 0..300 {
            let next = Rank::between(None, Some(&first));
            assert!(next < first, "{next:?} < {first:?}");
            first = next;
        }
    }
}
