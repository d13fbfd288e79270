//! Searching by reading the texts: the way of literal and pattern search, of all queries before the index is ready, and of what the index can't decide.
//!
//! Documents are independent, so that the cores share them; the results stand in the order of the tasks whoever did them.

use std::{
    collections::BTreeSet,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use regex::Regex;

use crate::model::{
    document::{Content, Document, SpeakerIndex},
    text::TextRange,
};

use super::{
    Corpus,
    fields::{DocumentFields, DocumentFilter},
    matcher::Matcher,
    query::{Around, QueryNode},
};

/// Number of the unit of a document without turns: its whole text.
pub(super) const WHOLE_TEXT: u32 = u32::MAX;

/// A stretch of text that is matched as one: what is said in a turn.
#[derive(Debug, Clone, Copy)]
pub(super) struct TextUnit {
    /// The turn's number, or [`WHOLE_TEXT`].
    pub number: u32,
    /// What is said; never empty.
    pub said: TextRange,
    /// The same with label and time stamp.
    pub range: TextRange,
    /// Who says it.
    pub speaker: Option<SpeakerIndex>,
}

impl TextUnit {
    /// The unit of a number, or `None` when there is none or nothing is said in it.
    pub(super) fn of(content: &Content, number: u32) -> Option<Self> {
        let unit = if number == WHOLE_TEXT {
            let range = content.turns.is_empty().then(|| content.text.range())?;
            Self {
                number,
                said: range,
                range,
                speaker: None,
            }
        } else {
            let turn = content.turns.get(number as usize)?;
            Self {
                number,
                said: turn.said(),
                range: turn.range,
                speaker: turn.speaker,
            }
        };
        (!unit.said.is_empty()).then_some(unit)
    }

    /// The turn's number as hits give it.
    pub(super) fn turn(self) -> Option<usize> {
        (self.number != WHOLE_TEXT).then_some(self.number as usize)
    }
}

/// All units of a document, in order.
pub(super) fn units(content: &Content) -> impl Iterator<Item = TextUnit> {
    let n_turns = u32::try_from(content.turns.len()).unwrap_or(u32::MAX);
    let whole = content.turns.is_empty().then_some(WHOLE_TEXT);
    (0..n_turns)
        .chain(whole)
        .filter_map(|number| TextUnit::of(content, number))
}

/// A document to look through.
#[derive(Debug)]
pub(super) struct Task<'a> {
    /// The document.
    pub document: &'a Document,
    /// What may pass there.
    pub filter: DocumentFilter,
    /// The units that may match, in order; `None` for all.
    pub units: Option<Vec<u32>>,
}

/// What a document holds.
#[derive(Debug, Default)]
pub(super) struct DocumentHits {
    /// All hits.
    pub total: usize,
    /// The first of them.
    pub places: Vec<HitLocation>,
    /// Whether the text was there to be read.
    pub unreadable: bool,
}

/// Where a hit is.
#[derive(Debug)]
pub(super) enum HitLocation {
    /// In a turn, by code points.
    Chars(Option<usize>, TextRange),
    /// By bytes of the text, not yet converted.
    Bytes(std::ops::Range<usize>),
}

impl DocumentHits {
    fn add(&mut self, place: HitLocation, limit: usize) {
        self.total += 1;
        if self.places.len() < limit {
            self.places.push(place);
        }
    }
}

/// Hits of a query in a document, at most `limit` of them.
pub(super) fn words_in(
    matcher: &mut Matcher<'_>,
    fields: &DocumentFields,
    task: &Task<'_>,
    content: &Content,
    limit: usize,
) -> DocumentHits {
    let mut found = DocumentHits::default();
    let near = Nearby::in_document(matcher, fields, content);
    let mut look = |unit: TextUnit| {
        let Some(text) = content.text.slice(unit.said) else {
            return;
        };
        let elsewhere = |leaf: &QueryNode| match leaf {
            QueryNode::Field(field) => fields.hold(*field, unit.range, unit.speaker),
            QueryNode::Around(around) => near.matches(*around, unit.number),
            _ => false,
        };
        for hit in matcher.hits(text, unit.said.start(), &elsewhere) {
            if task.filter.passes(hit, unit.speaker) {
                found.add(HitLocation::Chars(unit.turn(), hit), limit);
            }
        }
    };
    match &task.units {
        Some(numbers) => numbers
            .iter()
            .filter_map(|&number| TextUnit::of(content, number))
            .for_each(&mut look),
        None => units(content).for_each(&mut look),
    }
    found
}

/// Which units of a document match each of a query's parts about turns near each other.
#[derive(Debug, Default)]
struct Nearby(Vec<BTreeSet<u32>>);

impl Nearby {
    /// Looks at all units of a document, where the query asks for such turns.
    fn in_document(matcher: &mut Matcher<'_>, fields: &DocumentFields, content: &Content) -> Self {
        let mut nearby = Self::default();
        for Around { one, other, turns } in &matcher.query().arounds {
            let (mut with_one, mut with_other) = (Vec::new(), Vec::new());
            for unit in units(content) {
                let Some(text) = content.text.slice(unit.said) else {
                    continue;
                };
                matcher.read(text);
                let elsewhere = |leaf: &QueryNode| match leaf {
                    QueryNode::Field(field) => fields.hold(*field, unit.range, unit.speaker),
                    QueryNode::Around(before) => nearby.matches(*before, unit.number),
                    _ => false,
                };
                if matcher.holds(one, &elsewhere) {
                    with_one.push(unit.number);
                }
                if matcher.holds(other, &elsewhere) {
                    with_other.push(unit.number);
                }
            }
            let reach = turns.unwrap_or(u32::MAX);
            let beside = |units: &[u32], others: &[u32]| {
                units
                    .iter()
                    .copied()
                    .filter(|&unit| has_near(others, unit, reach))
                    .collect::<Vec<_>>()
            };
            nearby.0.push(
                beside(&with_one, &with_other)
                    .into_iter()
                    .chain(beside(&with_other, &with_one))
                    .collect(),
            );
        }
        nearby
    }

    fn matches(&self, around: usize, unit: u32) -> bool {
        self.0
            .get(around)
            .is_some_and(|units| units.contains(&unit))
    }
}

/// Whether one of the sorted units is at most so many turns away.
fn has_near(units: &[u32], unit: u32, reach: u32) -> bool {
    let next = units.partition_point(|&other| other < unit);
    let near = |other: Option<&u32>| other.is_some_and(|other| other.abs_diff(unit) <= reach);
    near(units.get(next)) || near(next.checked_sub(1).and_then(|before| units.get(before)))
}

/// Matches of a pattern in a document's whole text, at most `limit` of them; turns aren't looked at where no filter asks for them.
pub(super) fn pattern_in(
    pattern: &Regex,
    task: &Task<'_>,
    content: &Content,
    limit: usize,
) -> DocumentHits {
    let mut found = DocumentHits::default();
    for hit in pattern
        .find_iter(content.text.as_str())
        .filter(|hit| !hit.is_empty())
    {
        if task.filter.is_open() {
            found.add(HitLocation::Bytes(hit.range()), limit);
            continue;
        }
        let range = content.text.range_of_bytes(hit.range());
        let turn = turn_of(content, range);
        let speaker = turn.and_then(|turn| content.turns[turn].speaker);
        if task.filter.passes(range, speaker) {
            found.add(HitLocation::Chars(turn, range), limit);
        }
    }
    found
}

/// The turn in which a range begins.
pub(super) fn turn_of(content: &Content, range: TextRange) -> Option<usize> {
    let (number, turn) = content.turn_at(range.start())?;
    (range.start() < turn.range.end()).then_some(number)
}

/// Fewer documents than this are looked through by one core.
const WORTH_SHARING: usize = 16;

/// Looks through documents; `ready` makes what one core needs, `look` uses it.
pub(super) fn run<W>(
    corpus: &Corpus<'_>,
    tasks: &[&Task<'_>],
    ready: &(dyn Fn() -> W + Sync),
    look: &(dyn Fn(&mut W, &Task<'_>, &Content) -> DocumentHits + Sync),
) -> Vec<DocumentHits> {
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, DocumentHits)>> = Mutex::new(Vec::with_capacity(tasks.len()));
    let work = || {
        let (mut tools, mut own) = (ready(), Vec::new());
        while let number = next.fetch_add(1, Ordering::Relaxed)
            && let Some(task) = tasks.get(number)
        {
            let found =
                (corpus.load)(task.document).map(|content| look(&mut tools, task, &content));
            own.push((
                number,
                found.unwrap_or(DocumentHits {
                    unreadable: true,
                    ..DocumentHits::default()
                }),
            ));
        }
        done.lock()
            .unwrap_or_else(PoisonError::into_inner)
            .append(&mut own);
    };
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let helpers = if tasks.len() < WORTH_SHARING {
        0
    } else {
        cores - 1
    };
    std::thread::scope(|scope| {
        for _ in 0..helpers {
            scope.spawn(work);
        }
        work();
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_unstable_by_key(|(number, _)| *number);
    done.into_iter().map(|(_, found)| found).collect()
}
