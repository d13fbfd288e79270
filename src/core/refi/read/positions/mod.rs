//! How a program counts positions, found by trying all ways of counting on all passages of a project.
//!
//! The standard counts code points, but programs written for Windows count UTF-16 units, and a line end of two characters
//! counts as two in some and as one in others.
//! No file says which, so each way is judged by its results: passages begin and end at the edges of words, and the name of a
//! passage often repeats its words.
//! Only passages whose ranges differ between the ways decide.

mod fit;
mod index;

pub(super) use fit::repeats;
pub(super) use index::CountedPositions;

use crate::import::positions::{PositionCounting, PositionReading};
use fit::{EDGE, Fit, FitScore, NAME, ResolvedRange, fit};
use index::PositionIndex;

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
    PositionCounting {
        utf_16: contains_any(&origin, &["nvivo", "atlas"]),
        line_end_is_one: contains_any(&origin, &["atlas", "maxqda", "qualcoder"]),
    }
}

fn contains_any(text: &str, parts: &[&str]) -> bool {
    parts.iter().any(|part| text.contains(part))
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

/// The evidence of all passages.
#[derive(Default)]
struct CountingEvidence {
    /// The scores of [`CANDIDATES`], from the passages on which they differ.
    scores: [FitScore; 4],
    /// The score of the passages on which they agree.
    agreed: FitScore,
    /// The number of passages.
    passages: usize,
    /// The number of those on which the ways differ.
    telling: usize,
}

impl CountingEvidence {
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
    let mut evidence = CountingEvidence::default();
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
        CountingEvidence { passages: 0, .. } => None,
        CountingEvidence {
            telling: 0,
            passages,
            agreed,
            ..
        } => Some(PositionReading::AllAlike {
            passages,
            percent: agreed.percent(),
        }),
        CountingEvidence {
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

#[cfg(test)]
mod tests {
    use super::{index::ResolvedPosition, *};

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
