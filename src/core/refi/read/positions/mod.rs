//! How a program counts positions, found by trying all ways of counting on all passages of a project.
//!
//! The standard counts code points, but programs written for Windows count UTF-16 units, and a line end of two characters
//! counts as two in some and as one in others.
//! No file says which, so each way is judged by its results: passages begin and end at the edges of words, and the name of a
//! passage often repeats its words.
//! Only passages whose ranges differ between the ways decide.

use crate::{
    import::positions::{PositionCounting, PositionReading},
    language::words::is_han,
};

/// All ways of counting, the standard's first.
const CANDIDATES: [PositionCounting; 4] = [
    PositionCounting {
        utf_16: false,
        line_end_is_one: false,
    },
    PositionCounting {
        utf_16: false,
        line_end_is_one: true,
    },
    PositionCounting {
        utf_16: true,
        line_end_is_one: false,
    },
    PositionCounting {
        utf_16: true,
        line_end_is_one: true,
    },
];

/// The way of counting that a program is known for.
fn habit_of(origin: &str) -> PositionCounting {
    let origin = origin.to_lowercase();
    let is = |name: &str| origin.contains(name);
    PositionCounting {
        utf_16: is("nvivo") || is("atlas"),
        line_end_is_one: is("atlas") || is("maxqda") || is("qualcoder"),
    }
}

/// A passage as the file describes it.
#[derive(Debug, Clone, Copy)]
pub(super) struct MarkedPassage<'a> {
    /// The first position.
    pub(super) start: u64,
    /// The position after the last.
    pub(super) end: u64,
    /// The name and the description, which may repeat the words of the passage.
    pub(super) quotes: [&'a str; 2],
}

/// A position of the file, found in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ResolvedPosition {
    /// The byte in the text with its own line ends.
    byte: usize,
    /// The code point in the text with line feeds only.
    pub(super) at: u32,
    /// Whether the position is after the end of the text.
    pub(super) beyond: bool,
    /// Whether the position is inside a character or a line end.
    cuts: bool,
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
        let before = after.checked_sub(1).map(|at| self.milestones[at]);
        let milestone = before.unwrap_or_default();
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

/// Returns true if all ways of counting agree on a text.
fn is_plain(raw: &str) -> bool {
    memchr::memchr(b'\r', raw.as_bytes()).is_none() && raw.bytes().all(|byte| byte < 0xf0)
}

/// The way of counting that was chosen, and why.
#[derive(Debug)]
pub(super) struct CountingChoice {
    pub(super) counting: PositionCounting,
    /// How it was found; `None` if there are no passages.
    pub(super) found: Option<PositionReading>,
}

/// The points of a way of counting, and the most it could have.
#[derive(Debug, Clone, Copy, Default)]
struct FitScore {
    points: u64,
    most: u64,
}

impl FitScore {
    fn add(&mut self, fit: Fit, most: u64) {
        self.points += fit.points();
        self.most += most;
    }

    fn percent(self) -> u64 {
        (self.points * 100 + self.most / 2)
            .checked_div(self.most)
            .unwrap_or(0)
    }
}

/// The points for an end at the edge of a word.
const EDGE: u64 = 2;
/// The points for a name that repeats the passage: more than both edges, since it is hardly ever chance.
const NAME: u64 = 6;

/// How well a range fits a passage.
#[derive(Clone, Copy)]
struct Fit {
    /// The points for both ends.
    edges: u64,
    /// Whether the name or description repeats the words.
    repeats: bool,
}

impl Fit {
    fn points(self) -> u64 {
        self.edges + if self.repeats { NAME } else { 0 }
    }
}

/// The range of a passage in one way of counting.
#[derive(Clone, Copy, PartialEq, Eq)]
struct ResolvedRange {
    start: ResolvedPosition,
    end: ResolvedPosition,
}

/// The evidence of all passages.
#[derive(Default)]
struct Evidence {
    /// The scores of [`CANDIDATES`], from the passages on which they differ.
    scores: [FitScore; 4],
    /// The score of the passages on which they agree.
    agreed: FitScore,
    /// The number of passages.
    passages: usize,
    /// The number of those on which the ways differ.
    telling: usize,
}

impl Evidence {
    fn add_text(&mut self, raw: &str, passages: &[MarkedPassage<'_>]) {
        if passages.is_empty() {
            return;
        }
        self.passages += passages.len();
        // One way is enough for a text on which all agree, as they do on most.
        let ways: &[PositionCounting] = if is_plain(raw) {
            &CANDIDATES[..1]
        } else {
            &CANDIDATES
        };
        let index = PositionIndex::new(raw);
        for passage in passages {
            let ranges: Vec<ResolvedRange> = ways
                .iter()
                .map(|way| ResolvedRange {
                    start: index.resolve(*way, passage.start),
                    end: index.resolve(*way, passage.end),
                })
                .collect();
            let fits: Vec<Fit> = ranges
                .iter()
                .map(|range| fit(raw, *range, &passage.quotes))
                .collect();
            // A name counts only if one of the ways makes it repeat the words: most names are something else.
            let any_repeats = fits.iter().any(|fit| fit.repeats);
            let most = 2 * EDGE + if any_repeats { NAME } else { 0 };
            if ranges.windows(2).all(|two| two[0] == two[1]) {
                self.agreed.add(fits[0], most);
                continue;
            }
            self.telling += 1;
            for (score, fit) in self.scores.iter_mut().zip(fits) {
                score.add(fit, most);
            }
        }
    }

    fn score(&self, way: PositionCounting) -> FitScore {
        let at = CANDIDATES.iter().position(|own| *own == way);
        self.scores[at.expect("every way of counting is a candidate")]
    }
}

/// Chooses the way of counting that fits the passages of all texts best; among equals, the program's habit.
pub(super) fn choose<'a>(
    texts: impl Iterator<Item = (&'a str, Vec<MarkedPassage<'a>>)>,
    origin: &str,
) -> CountingChoice {
    let mut evidence = Evidence::default();
    for (raw, passages) in texts {
        evidence.add_text(raw, &passages);
    }
    let habit = habit_of(origin);
    let best = CANDIDATES
        .into_iter()
        // The last of several equal ones is returned, which is to be the standard's.
        .rev()
        .max_by_key(|way| evidence.score(*way).points)
        .expect("there are four ways");
    // A difference of less than a fiftieth is no evidence against the habit.
    let counting = if evidence.score(habit).points * 50 >= evidence.score(best).points * 49 {
        habit
    } else {
        best
    };
    let found = match evidence {
        Evidence { passages: 0, .. } => None,
        Evidence {
            telling: 0,
            passages,
            agreed,
            ..
        } => Some(PositionReading::AllAlike {
            passages,
            percent: agreed.percent(),
        }),
        Evidence {
            telling, passages, ..
        } => Some(PositionReading::Best {
            way: counting,
            percent: evidence.score(counting).percent(),
            telling,
            passages,
            others: CANDIDATES
                .into_iter()
                .filter(|way| *way != counting)
                .map(|way| (way, evidence.score(way).percent()))
                .collect(),
        }),
    };
    CountingChoice { counting, found }
}

/// Judges a range by the edges of its words and by the names of its passage.
fn fit(raw: &str, range: ResolvedRange, quotes: &[&str; 2]) -> Fit {
    let ResolvedRange { start, end } = range;
    let words = if start.beyond {
        None
    } else {
        raw.get(start.byte..end.byte)
    };
    Fit {
        edges: edge(raw, start, true) + edge(raw, end, false),
        repeats: words.is_some_and(|words| quotes.iter().any(|quote| repeats(quote, words))),
    }
}

/// The points for an end of a passage.
fn edge(raw: &str, position: ResolvedPosition, is_start: bool) -> u64 {
    if position.beyond || position.cuts {
        return 0;
    }
    let Some((before, after)) = raw.split_at_checked(position.byte) else {
        return 0;
    };
    let (Some(before), Some(after)) = (before.chars().next_back(), after.chars().next()) else {
        // The start and the end of a text are edges.
        return EDGE;
    };
    if before.is_alphanumeric() && after.is_alphanumeric() {
        // Chinese has no spaces between words: inside a run of characters nothing speaks for or against an edge.
        return u64::from(is_east_asian(before) && is_east_asian(after));
    }
    // People select words without the spaces around them, but often whole lines.
    let inner = if is_start { after } else { before };
    if inner.is_whitespace() && before != '\n' {
        1
    } else {
        EDGE
    }
}

fn is_east_asian(c: char) -> bool {
    // Hiragana and katakana.
    is_han(c) || ('\u{3040}'..='\u{30ff}').contains(&c)
}

/// The number of characters after which a quote need not continue.
const ENOUGH: usize = 30;

/// Returns true if a name repeats the words of a passage, ignoring white space.
///
/// A name that is cut, with `…` or after [`ENOUGH`] characters, may repeat only the beginning.
pub(super) fn repeats(quote: &str, passage: &str) -> bool {
    let trimmed = quote.trim_end().trim_end_matches(['…', '.', ' ']);
    let cut = quote.contains('…') || quote.trim_end().ends_with("...");
    let quote = if cut { trimmed } else { quote };
    let mut passage = passage.chars().filter(|c| !c.is_whitespace());
    let mut length = 0;
    for c in quote.chars().filter(|c| !c.is_whitespace()) {
        if passage.next() != Some(c) {
            return false;
        }
        length += 1;
    }
    length > 0 && (cut || length >= ENOUGH || passage.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(utf_16: bool, line_end_is_one: bool) -> PositionCounting {
        PositionCounting {
            utf_16,
            line_end_is_one,
        }
    }

    #[test]
    fn places_follow_each_way_of_counting() {
        let raw = "a😀\r\nb𠮷c";
        let at = |way, position| {
            Some(PositionIndex::new(raw).resolve(way, position))
                .map(|place| (place.at, place.beyond))
        };
        // a=0 😀=1 \n=2 b=3 𠮷=4 c=5 in the text taken in.
        assert_eq!(at(of(false, false), 4), Some((3, false)));
        assert_eq!(at(of(false, true), 3), Some((3, false)));
        assert_eq!(at(of(true, false), 5), Some((3, false)));
        assert_eq!(at(of(true, true), 4), Some((3, false)));
        assert_eq!(at(of(true, false), 9), Some((6, false)));
        assert_eq!(at(of(true, false), 10), Some((6, true)));
        assert_eq!(at(of(false, false), 0), Some((0, false)));
    }

    #[test]
    fn places_are_the_same_wherever_marks_fall() {
        for shift in 0..6 {
            let raw = "x".repeat(shift) + &"\r\n😀中é\rz".repeat(90);
            let places = PositionIndex::new(&raw);
            for way in CANDIDATES {
                let (mut count, mut at) = (0u64, 0u32);
                for (byte, c) in raw.char_indices() {
                    let paired = raw.get(byte..).unwrap().starts_with("\r\n");
                    let place = places.resolve(way, count);
                    let ended = way.line_end_is_one
                        && c == '\n'
                        && raw.get(..byte).unwrap().ends_with('\r');
                    assert_eq!(
                        (place.byte, place.at),
                        (if ended { byte - 1 } else { byte }, at),
                        "{way:?} {count}"
                    );
                    at += u32::from(!paired);
                    let units = if way.utf_16 { c.len_utf16() as u64 } else { 1 };
                    count += if paired && way.line_end_is_one {
                        0
                    } else {
                        units
                    };
                }
                assert_eq!(
                    places.resolve(way, count),
                    ResolvedPosition {
                        byte: raw.len(),
                        at,
                        beyond: false,
                        cuts: false
                    }
                );
            }
        }
    }

    fn chosen(
        raw: &str,
        words: &[&str],
        way: PositionCounting,
        named: bool,
        origin: &str,
    ) -> CountingChoice {
        let length = |text: &str| {
            let units: usize = text
                .chars()
                .map(|c| if way.utf_16 { c.len_utf16() } else { 1 })
                .sum();
            let pairs = text.matches("\r\n").count();
            u64::try_from(units - if way.line_end_is_one { pairs } else { 0 }).unwrap()
        };
        let marked = words.iter().map(|word| {
            let byte = raw.find(word).unwrap();
            let start = length(raw.get(..byte).unwrap());
            MarkedPassage {
                start,
                end: start + length(word),
                quotes: [if named { word } else { "" }, ""],
            }
        });
        choose(std::iter::once((raw, marked.collect())), origin)
    }

    #[test]
    fn the_way_that_fits_is_found_by_edges_of_words() {
        let raw = "Hello there 😀 my friend\r\nand everybody 👍🏽 else who came\r\nto see the great river\r\n";
        for way in CANDIDATES {
            let choice = chosen(
                raw,
                &["friend", "everybody", "else who", "great river", "came"],
                way,
                false,
                "Other",
            );
            assert_eq!(choice.counting, way, "{:?}", choice.found);
            assert!(
                matches!(choice.found, Some(PositionReading::Best { way: found, .. }) if found == way)
            );
        }
    }

    #[test]
    fn chinese_is_found_by_names_and_lines() {
        let raw = "访谈者：最近怎么样😀？\r\n小远：他们在𠮷祥面馆笑我他们觉得我家没钱\r\n访谈者：后来呢我想知道\r\n小远：我回家念给奶奶听\r\n";
        for way in CANDIDATES {
            let choice = chosen(raw, &["觉得我家", "想知道", "念给奶奶"], way, true, "Other");
            assert_eq!(choice.counting, way, "{:?}", choice.found);
            let choice = chosen(
                raw,
                &[
                    "小远：他们在𠮷祥面馆笑我他们觉得我家没钱",
                    "访谈者：后来呢我想知道",
                ],
                way,
                false,
                "Other",
            );
            assert_eq!(choice.counting, way, "{:?}", choice.found);
        }
    }

    #[test]
    fn where_nothing_tells_the_program_is_believed() {
        let choice = chosen(
            "plain text of one line",
            &["text"],
            of(false, false),
            true,
            "NVivo for Windows 12.6",
        );
        assert_eq!(choice.counting, of(true, false));
        assert_eq!(
            choice.found,
            Some(PositionReading::AllAlike {
                passages: 1,
                percent: 100
            })
        );
        assert!(choose(std::iter::empty(), "x").found.is_none());
    }

    #[test]
    fn names_repeat_passages_whatever_their_spaces_and_length() {
        assert!(repeats("I did it", "I did\nit"));
        assert!(repeats("I did…", "I did it all"));
        assert!(!repeats("I did", "I did it all"));
        assert!(!repeats("", "x"));
        assert!(!repeats("damage done", "The fat was bad"));
    }
}
