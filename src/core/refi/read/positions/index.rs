//! Positions of a file, found in its text.
//!
//! A long interview has thousands of passages, and each is looked up in every way of counting. So the counts at every 128th
//! byte are kept, and only the text after the nearest one is walked through.

use crate::import::positions::PositionCounting;

/// A position of the file, found in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::refi::read) struct ResolvedPosition {
    /// The byte in the text with its own line ends.
    pub(super) byte: usize,
    /// The code point in the text with line feeds only.
    pub(in crate::refi::read) at: u32,
    /// Whether the position is after the end of the text.
    pub(in crate::refi::read) beyond: bool,
    /// Whether the position is inside a character or a line end.
    pub(super) cuts: bool,
}

/// The number of bytes between two milestones.
const MILESTONE_BYTES: usize = 128;

/// The counts up to a byte of a text.
#[derive(Debug, Clone, Copy, Default)]
struct Milestone {
    byte: usize,
    /// Code points.
    chars: u32,
    /// Code points outside the Basic Multilingual Plane, which are two UTF-16 units.
    astral: u32,
    /// Line ends of two characters.
    pairs: u32,
}

impl Milestone {
    /// The position in a way of counting.
    fn count(&self, counting: PositionCounting) -> u64 {
        let mut count = u64::from(self.chars);
        if counting.utf_16 {
            count += u64::from(self.astral);
        }
        if counting.line_end_is_one {
            count -= u64::from(self.pairs);
        }
        count
    }
}

/// Resolves positions in a text, in any way of counting.
#[derive(Debug)]
pub(super) struct PositionIndex<'a> {
    raw: &'a str,
    milestones: Vec<Milestone>,
}

impl<'a> PositionIndex<'a> {
    /// Indexes a text without byte-order mark.
    pub(super) fn new(raw: &'a str) -> Self {
        let bytes = raw.as_bytes();
        let has_returns = memchr::memchr(b'\r', bytes).is_some();
        let mut milestones = Vec::with_capacity(raw.len() / MILESTONE_BYTES + 1);
        let mut milestone = Milestone::default();
        loop {
            milestones.push(milestone);
            let mut end = (milestone.byte + MILESTONE_BYTES).min(bytes.len());
            while !raw.is_char_boundary(end) {
                end += 1;
            }
            let Some(block) = bytes
                .get(milestone.byte..end)
                .filter(|block| !block.is_empty())
            else {
                break;
            };
            // Sums without branches, which the compiler turns into instructions for many bytes at once.
            // All bytes but continuation bytes begin a character, and those from F0 on an astral one.
            milestone.chars += block
                .iter()
                .map(|byte| u32::from(byte & 0xc0 != 0x80))
                .sum::<u32>();
            milestone.astral += block
                .iter()
                .map(|byte| u32::from(*byte >= 0xf0))
                .sum::<u32>();
            if has_returns {
                // A pair counts where its carriage return is, even if the line feed is in the next block.
                let crosses_end = block.last() == Some(&b'\r') && bytes.get(end) == Some(&b'\n');
                let pairs = block
                    .windows(2)
                    .map(|two| u32::from(two == b"\r\n"))
                    .sum::<u32>();
                milestone.pairs += pairs + u32::from(crosses_end);
            }
            milestone.byte = end;
        }
        Self { raw, milestones }
    }

    /// Finds a position of the file in the text.
    pub(super) fn resolve(&self, counting: PositionCounting, position: u64) -> ResolvedPosition {
        let after = self
            .milestones
            .partition_point(|milestone| milestone.count(counting) < position);
        // The first milestone counts 0, so position 0 is the only one without a milestone before it.
        let milestone = self.milestones[after.saturating_sub(1)];
        let mut count = milestone.count(counting);
        let mut at = milestone.chars - milestone.pairs;
        let rest = self.raw.get(milestone.byte..);
        let rest = rest.expect("a milestone is at the edge of a character");
        let mut chars = rest.char_indices().peekable();
        while let Some((byte, c)) = chars.next() {
            if position <= count {
                return ResolvedPosition {
                    byte: milestone.byte + byte,
                    at,
                    beyond: false,
                    cuts: position < count,
                };
            }
            let is_paired = c == '\r' && chars.peek().is_some_and(|(_, next)| *next == '\n');
            if is_paired {
                // The line feed that follows counts for the pair.
                count += u64::from(!counting.line_end_is_one);
                continue;
            }
            at += 1;
            count += if counting.utf_16 {
                c.len_utf16() as u64
            } else {
                1
            };
        }
        ResolvedPosition {
            byte: self.raw.len(),
            at,
            beyond: position > count,
            cuts: position < count,
        }
    }
}

/// The positions of a text, as the file counts them.
#[derive(Debug)]
pub(in crate::refi::read) struct CountedPositions<'a> {
    index: PositionIndex<'a>,
    counting: PositionCounting,
}

impl<'a> CountedPositions<'a> {
    /// Indexes a text without byte-order mark.
    pub(in crate::refi::read) fn new(raw: &'a str, counting: PositionCounting) -> Self {
        Self {
            index: PositionIndex::new(raw),
            counting,
        }
    }

    /// Finds a position of the file in the text.
    pub(in crate::refi::read) fn resolve(&self, position: u64) -> ResolvedPosition {
        self.index.resolve(self.counting, position)
    }
}
