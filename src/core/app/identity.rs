//! New identities and stamps. `main` passes clock and randomness in, so that the same calls write the
//! same log.

use std::fmt;

use crate::model::{clock::Stamp, ids::Id};

/// What a session needs from the machine that it runs on.
pub struct Host {
    /// Milliseconds since 1970-01-01 UTC.
    pub now_millis: Box<dyn Fn() -> u64 + Send>,
    /// A random number.
    pub chance: u128,
    /// Bytes that nobody can guess, for keys and salts; `None` where the system has none.
    pub random: fn() -> Option<[u8; 64]>,
    /// The name of this installation, by which a copied project file is recognised as a copy.
    pub installation: String,
}

impl fmt::Debug for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Host")
    }
}

/// The source of new identities and stamps.
#[derive(Debug)]
pub struct Identities {
    host: Host,
    counter: u128,
    last: Stamp,
}

const DAY_MILLIS: u64 = 24 * 60 * 60 * 1000;
/// The latest time that a stamp takes from the clock: the year 2200.
const LATEST_MILLIS: u64 = 7_258_118_400_000;

/// Bits of a version 7 UUID (RFC 9562) that are not time, version or variant.
const FREE_BITS: u32 = 74;

impl Identities {
    /// A source whose stamps come after `last`.
    pub fn new(host: Host, last: Stamp) -> Self {
        let counter = host.chance % (1 << FREE_BITS);
        Self {
            host,
            counter,
            last,
        }
    }

    /// The time of the wall clock.
    pub fn now_millis(&self) -> u64 {
        (self.host.now_millis)()
    }

    /// Bytes that nobody can guess; `None` where the system has none.
    pub fn random(&self) -> Option<[u8; 64]> {
        (self.host.random)()
    }

    /// The name of this installation.
    pub fn installation(&self) -> &str {
        &self.host.installation
    }

    /// A new identity: a version 7 UUID whose free bits count up from a random number.
    ///
    /// Counting keeps identities of one millisecond in the order in which they were made.
    pub fn id<K>(&mut self) -> Id<K> {
        let millis = u128::from(self.now_millis()) & 0xffff_ffff_ffff;
        self.counter = (self.counter + 1) % (1 << FREE_BITS);
        let (high, low) = (self.counter >> 62, self.counter & ((1 << 62) - 1));
        Id::from_u128(millis << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low)
    }

    /// The next stamp.
    pub fn stamp(&mut self) -> Stamp {
        // A clock that is set to a far future would take all room from the stamps after it.
        self.last = self.last.next(self.now_millis().min(LATEST_MILLIS));
        self.last
    }

    /// The last stamp, if it is more than a day ahead of the clock: one of the two is wrong.
    pub fn ahead_of_clock(&self) -> Option<Stamp> {
        let limit = self.now_millis().saturating_add(DAY_MILLIS);
        (self.last.millis() > limit).then_some(self.last)
    }

    /// Notes a stamp of another device: the next one comes after it.
    pub fn observe(&mut self, stamp: Stamp) {
        self.last = self.last.max(stamp);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ids::OfCode;

    #[test]
    fn ids_are_uuids_of_version_seven_in_order() {
        let host = Host {
            now_millis: Box::new(|| 1_700_000_000_000),
            chance: u128::MAX,
            random: || None,
            installation: String::new(),
        };
        let mut identities = Identities::new(host, Stamp::default());
        let (first, second): (Id<OfCode>, Id<OfCode>) = (identities.id(), identities.id());
        assert_ne!(first, second);
        let text = first.to_string();
        assert_eq!(text.as_bytes()[14], b'7', "{text}");
        assert!(
            matches!(text.as_bytes()[19], b'8' | b'9' | b'a' | b'b'),
            "{text}"
        );
        assert!(identities.stamp() < identities.stamp());
    }

    #[test]
    fn a_clock_that_jumps_is_noticed_and_keeps_the_order() {
        let at = |now: u64, last: Stamp| {
            let host = Host {
                now_millis: Box::new(move || now),
                chance: 1,
                random: || None,
                installation: String::new(),
            };
            Identities::new(host, last)
        };
        let (now, in_2035) = (1_795_000_000_000, Stamp::at_millis(2_065_000_000_000));
        let mut back = at(now, in_2035);
        assert_eq!(back.ahead_of_clock(), Some(in_2035));
        assert!(back.stamp() > in_2035);
        assert_eq!(at(now, Stamp::at_millis(now)).ahead_of_clock(), None);
        let in_9999 = at(253_402_300_799_000, Stamp::default()).stamp();
        assert!(
            in_9999.as_u64().cast_signed() > 0,
            "stamps keep their order as signed numbers"
        );
        assert!(in_9999.millis() <= LATEST_MILLIS);
    }
}
