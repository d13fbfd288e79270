//! New ids and stamps. Clock and chance are handed in by `main`, so that the same calls make the same log.

use std::fmt;

use crate::model::{clock::Stamp, ids::Id};

/// What a session takes from the world outside.
pub struct Host {
    /// Milliseconds since 1970-01-01 UTC.
    pub now_millis: Box<dyn Fn() -> u64 + Send>,
    /// A number nobody else draws.
    pub chance: u128,
    /// Names this installation, so that a copied project file knows it is a copy.
    pub installation: String,
}

impl fmt::Debug for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Host")
    }
}

/// Gives out ids and stamps.
#[derive(Debug)]
pub struct Identities {
    world: Host,
    counter: u128,
    last: Stamp,
}

/// Bits of a version 7 UUID (RFC 9562) that aren't time, version or variant.
const FREE_BITS: u32 = 74;

impl Identities {
    /// Ids and stamps after `last`.
    pub fn new(world: Host, last: Stamp) -> Self {
        let counter = world.chance % (1 << FREE_BITS);
        Self {
            world,
            counter,
            last,
        }
    }

    /// The wall clock.
    pub fn now_millis(&self) -> u64 {
        (self.world.now_millis)()
    }

    /// Names this installation.
    pub fn installation(&self) -> &str {
        &self.world.installation
    }

    /// A new id: a version 7 UUID whose free bits count up from chance.
    pub fn id<K>(&mut self) -> Id<K> {
        let millis = u128::from(self.now_millis()) & 0xffff_ffff_ffff;
        self.counter = (self.counter + 1) % (1 << FREE_BITS);
        let (high, low) = (self.counter >> 62, self.counter & ((1 << 62) - 1));
        Id::from_u128(millis << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low)
    }

    /// The next stamp.
    pub fn stamp(&mut self) -> Stamp {
        self.last = self.last.next(self.now_millis());
        self.last
    }

    /// Takes note of a stamp seen elsewhere: the next one comes after it.
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
        let world = Host {
            now_millis: Box::new(|| 1_700_000_000_000),
            chance: u128::MAX,
            installation: String::new(),
        };
        let mut identities = Identities::new(world, Stamp::default());
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
}
