//! What programs count when they say where a passage begins and ends: found by trying all ways on all passages of a project.
//!
//! The standard says code points, but a program that was written for Windows counts UTF-16 units, and a line end of two characters
//! counts as two here and as one there. No file says which. So each way is judged by what it gives: passages begin and end at the
//! edges of words, and a passage's name often repeats its words. Only passages that lie elsewhere under another way decide.

use crate::{
    import::positions::{PositionCounting, PositionReading},
    language::words::is_han,
};

/// All ways, the standard's first.
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

/// What the program that wrote a file is known to do.
fn habit_of(origin: &str) -> PositionCounting {
    let origin = origin.to_lowercase();
    let (utf_16, line_end_is_one) = match () {
        () if origin.contains("nvivo") => (true, false),
        () if origin.contains("atlas") => (true, true),
        () if origin.contains("maxqda") || origin.contains("qualcoder") => (false, true),
        () => (false, false),
    };
    PositionCounting {
        utf_16,
        line_end_is_one,
    }
}

/// A passage as the file says it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Marked<'a> {
    /// First position.
    pub(super) start: u64,
    /// One after the last.
    pub(super) end: u64,
    /// What may repeat its words: name and description.
    pub(super) quotes: [&'a str; 2],
}

/// Where a position lies in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// Byte of the text as it is written.
    byte: usize,
    /// Code point of the text with line feeds only.
    pub(super) at: u32,
    /// Whether it lies beyond the end.
    pub(super) beyond: bool,
    /// Whether it cuts a character in two.
    cuts: bool,
}

/// Bytes between two marks of a text.
const MARK_BYTES: usize = 128;

/// What lies before a byte.
#[derive(Debug, Clone, Copy, Default)]
struct Mark {
    byte: usize,
    /// Code points.
    chars: u32,
    /// Those beyond the Basic Multilingual Plane.
    astral: u32,
    /// Carriage returns with their line feeds.
    pairs: u32,
}

impl Mark {
    /// The position of this place in a way of counting.
    fn count(&self, counting: PositionCounting) -> u64 {
        let units = u64::from(self.chars)
            + if counting.utf_16 {
                u64::from(self.astral)
            } else {
                0
            };
        units
            - if counting.line_end_is_one {
                u64::from(self.pairs)
            } else {
                0
            }
    }
}

/// Finds places of positions in a text without byte-order mark.
#[derive(Debug)]
pub(super) struct Places<'a> {
    raw: &'a str,
    marks: Vec<Mark>,
}

impl<'a> Places<'a> {
    /// Goes through a text once.
    pub(super) fn new(raw: &'a str) -> Self {
        let mut marks = Vec::with_capacity(raw.len() / MARK_BYTES + 1);
        let (bytes, mut mark) = (raw.as_bytes(), Mark::default());
        let has_returns = memchr::memchr(b'\r', bytes).is_some();
        loop {
            marks.push(mark);
            let mut end = (mark.byte + MARK_BYTES).min(bytes.len());
            while !raw.is_char_boundary(end) {
                end += 1;
            }
            let Some(block) = bytes.get(mark.byte..end).filter(|block| !block.is_empty()) else {
                break;
            };
            // Sums without branches, several bytes at once.
            mark.chars += block
                .iter()
                .map(|byte| u32::from(byte & 0xc0 != 0x80))
                .sum::<u32>();
            mark.astral += block
                .iter()
                .map(|byte| u32::from(*byte >= 0xf0))
                .sum::<u32>();
            if has_returns {
                let ends_in_one = block.last() == Some(&b'\r') && bytes.get(end) == Some(&b'\n');
                // A pair counts where its carriage return stands.
                let pairs = block
                    .windows(2)
                    .map(|two| u32::from(two == b"\r\n"))
                    .sum::<u32>();
                mark.pairs += pairs + u32::from(ends_in_one);
            }
            mark.byte = end;
        }
        Self { raw, marks }
    }

    /// The place of a position.
    pub(super) fn of(&self, counting: PositionCounting, position: u64) -> Place {
        let after = self
            .marks
            .partition_point(|mark| mark.count(counting) < position);
        let mark = after
            .checked_sub(1)
            .and_then(|at| self.marks.get(at))
            .copied()
            .unwrap_or_default();
        let (mut count, mut at) = (mark.count(counting), mark.chars - mark.pairs);
        let mut chars = self
            .raw
            .get(mark.byte..)
            .unwrap_or_default()
            .char_indices()
            .peekable();
        while let Some((byte, c)) = chars.next() {
            if position <= count {
                return Place {
                    byte: mark.byte + byte,
                    at,
                    beyond: false,
                    cuts: position < count,
                };
            }
            let paired = c == '\r' && chars.peek().is_some_and(|(_, next)| *next == '\n');
            at += u32::from(!paired);
            count += match () {
                () if paired => u64::from(!counting.line_end_is_one),
                () if counting.utf_16 => u64::try_from(c.len_utf16()).unwrap_or(1),
                () => 1,
            };
        }
        Place {
            byte: self.raw.len(),
            at,
            beyond: position > count,
            cuts: position < count,
        }
    }
}

/// Whether all ways of counting agree on a text.
fn is_plain(raw: &str) -> bool {
    memchr::memchr(b'\r', raw.as_bytes()).is_none() && raw.bytes().all(|byte| byte < 0xf0)
}

/// A way of counting, with why.
#[derive(Debug)]
pub(super) struct Choice {
    /// The way.
    pub(super) counting: PositionCounting,
    /// How it was found; `None` when there was nothing to count.
    pub(super) found: Option<PositionReading>,
}

/// Points of a way, and of the most there could be.
#[derive(Debug, Clone, Copy, Default)]
struct Score {
    points: u64,
    most: u64,
}

impl Score {
    fn percent(self) -> u64 {
        (self.points * 100 + self.most / 2)
            .checked_div(self.most)
            .unwrap_or(0)
    }
}

/// Points for an edge at the edge of a word.
const EDGE: u64 = 2;
/// Points for a name that repeats the passage.
const NAME: u64 = 6;

/// The way that fits the passages of all texts best; where several do as well, what the program is known for.
pub(super) fn choose<'a>(
    texts: impl Iterator<Item = (&'a str, Vec<Marked<'a>>)>,
    origin: &str,
) -> Choice {
    let mut scores = [Score::default(); 4];
    let mut same = Score::default();
    let (mut passages, mut telling) = (0usize, 0usize);
    for (raw, marked) in texts {
        if marked.is_empty() {
            continue;
        }
        passages += marked.len();
        let ways: &[PositionCounting] = if is_plain(raw) {
            CANDIDATES.split_at(1).0
        } else {
            &CANDIDATES
        };
        let places = Places::new(raw);
        for own in &marked {
            let found: Vec<(Place, Place)> = ways
                .iter()
                .map(|way| (places.of(*way, own.start), places.of(*way, own.end)))
                .collect();
            let agreed = found.windows(2).all(|two| two.first() == two.last());
            let looked: Vec<(u64, bool)> = found
                .iter()
                .map(|ends| judge(raw, *ends, &own.quotes))
                .collect();
            let named = looked.iter().any(|(_, repeats)| *repeats);
            let most = 2 * EDGE + if named { NAME } else { 0 };
            let points = |(edges, repeats): &(u64, bool)| edges + if *repeats { NAME } else { 0 };
            if agreed {
                same.points += looked.first().map_or(0, points);
                same.most += most;
                continue;
            }
            telling += 1;
            for (score, looked) in scores.iter_mut().zip(&looked) {
                score.points += points(looked);
                score.most += most;
            }
        }
    }
    let habit = habit_of(origin);
    let best = scores.iter().map(|score| score.points).max().unwrap_or(0);
    let of = |way: PositionCounting| {
        CANDIDATES
            .iter()
            .position(|own| *own == way)
            .and_then(|at| scores.get(at))
            .copied()
            .unwrap_or_default()
    };
    // A fiftieth less than the best is no evidence against what the program is known for.
    let counting = if of(habit).points * 50 >= best * 49 {
        habit
    } else {
        CANDIDATES
            .into_iter()
            .find(|way| of(*way).points == best)
            .unwrap_or(habit)
    };
    let found = (passages > 0).then(|| {
        if telling == 0 {
            return PositionReading::AllAlike {
                passages,
                percent: same.percent(),
            };
        }
        let others = CANDIDATES
            .into_iter()
            .filter(|way| *way != counting)
            .map(|way| (way, of(way).percent()))
            .collect();
        PositionReading::Best {
            way: counting,
            percent: of(counting).percent(),
            telling,
            passages,
            others,
        }
    });
    Choice { counting, found }
}

/// Points for the edges of a passage, and whether a name repeats it.
fn judge(raw: &str, (start, end): (Place, Place), quotes: &[&str; 2]) -> (u64, bool) {
    let slice = if start.beyond {
        None
    } else {
        raw.get(start.byte..end.byte)
    };
    let repeats = slice.is_some_and(|slice| quotes.iter().any(|quote| repeats(quote, slice)));
    (edge(raw, start, true) + edge(raw, end, false), repeats)
}

fn edge(raw: &str, place: Place, begins: bool) -> u64 {
    if place.beyond || place.cuts {
        return 0;
    }
    let before = raw
        .get(..place.byte)
        .and_then(|text| text.chars().next_back());
    let after = raw.get(place.byte..).and_then(|text| text.chars().next());
    let Some((before, after)) = before.zip(after) else {
        return EDGE;
    };
    if before.is_alphanumeric() && after.is_alphanumeric() {
        // Chinese words have no gaps: inside a run of characters nothing speaks for or against.
        return u64::from(is_east_asian(before) && is_east_asian(after));
    }
    let loose = if begins {
        after.is_whitespace() && before != '\n'
    } else {
        before.is_whitespace() && before != '\n'
    };
    if loose { 1 } else { EDGE }
}

fn is_east_asian(c: char) -> bool {
    is_han(c) || ('\u{3040}'..='\u{30ff}').contains(&c)
}

/// How many characters of a longer passage are enough.
const ENOUGH: usize = 30;

/// Whether a name repeats the words of a passage, as far as it goes: spaces and line ends don't count, and long ones are cut.
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
            Some(Places::new(raw).of(way, position)).map(|place| (place.at, place.beyond))
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
            let places = Places::new(&raw);
            for way in CANDIDATES {
                let (mut count, mut at) = (0u64, 0u32);
                for (byte, c) in raw.char_indices() {
                    let paired = raw.get(byte..).unwrap().starts_with("\r\n");
                    let place = places.of(way, count);
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
                    places.of(way, count),
                    Place {
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
    ) -> Choice {
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
            Marked {
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
