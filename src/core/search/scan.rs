//! Searching by reading the texts.
//!
//! Literal and pattern searches always read; queries do so before the index is ready, and for what the index can't decide.
//! Documents are independent, so all cores share the work; results are in the order of the tasks, whichever core did them.

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
    fields::DocumentFields,
    filters::DocumentFilter,
    matcher::Matcher,
    query::{Around, QueryNode},
};

/// The number of the only unit of a document without turns.
pub(super) const WHOLE_TEXT: u32 = u32::MAX;

/// A stretch of text that is matched on its own: what is said in a turn, or the text of a document without turns.
#[derive(Debug, Clone, Copy)]
pub(super) struct TextUnit {
    /// The index of the turn, or [`WHOLE_TEXT`].
    pub number: u32,
    /// What is said, without label and time stamp; never empty.
    pub said: TextRange,
    /// The whole turn.
    pub range: TextRange,
    /// Who says it.
    pub speaker: Option<SpeakerIndex>,
}

impl TextUnit {
    /// The unit with a number; `None` if there is none or nothing is said in it.
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

    /// The index of the turn, as in hits.
    pub(super) fn turn(self) -> Option<usize> {
        (self.number != WHOLE_TEXT).then_some(self.number as usize)
    }
}

/// All units of a document, in order.
pub(super) fn units(content: &Content) -> impl Iterator<Item = TextUnit> {
    let n_turns = content.turns.len();
    let n_turns = u32::try_from(n_turns).expect("a turn has characters, which u32 can count");
    let whole = content.turns.is_empty().then_some(WHOLE_TEXT);
    (0..n_turns)
        .chain(whole)
        .filter_map(|number| TextUnit::of(content, number))
}

/// A document to be searched.
#[derive(Debug)]
pub(super) struct SearchTask<'a> {
    /// The document.
    pub document: &'a Document,
    /// The filters of the request within the document.
    pub filter: DocumentFilter,
    /// The numbers of the units that may match, in order; `None` for all.
    pub units: Option<Vec<u32>>,
}

/// The hits in a document.
#[derive(Debug, Default)]
pub(super) struct DocumentHits {
    /// The number of all hits.
    pub total: usize,
    /// The first hits, up to the limit.
    pub first: Vec<HitLocation>,
    /// True if the text couldn't be loaded.
    pub unreadable: bool,
}

/// Where a hit is.
#[derive(Debug)]
pub(super) enum HitLocation {
    /// The turn, and the range in code points.
    Chars(Option<usize>, TextRange),
    /// The range in bytes; only hits that are shown are converted, since that means counting characters.
    Bytes(std::ops::Range<usize>),
}

impl DocumentHits {
    fn add(&mut self, location: HitLocation, limit: usize) {
        self.total += 1;
        if self.first.len() < limit {
            self.first.push(location);
        }
    }
}

/// The hits of a query in a document, of which the first `limit` are kept.
pub(super) fn words_in(
    matcher: &mut Matcher<'_>,
    fields: &DocumentFields,
    task: &SearchTask<'_>,
    content: &Content,
    limit: usize,
) -> DocumentHits {
    let mut found = DocumentHits::default();
    let near = Nearby::in_document(matcher, fields, content);
    let chosen: Vec<TextUnit> = match &task.units {
        Some(numbers) => {
            let numbers = numbers.iter();
            numbers
                .filter_map(|&number| TextUnit::of(content, number))
                .collect()
        }
        None => units(content).collect(),
    };
    for unit in chosen {
        let Some(text) = content.text.slice(unit.said) else {
            continue;
        };
        let hits = matcher.hits(text, unit.said.start(), &|leaf| {
            near.leaf_holds(leaf, fields, &unit)
        });
        for hit in hits {
            if task.filter.passes(hit, unit.speaker) {
                found.add(HitLocation::Chars(unit.turn(), hit), limit);
            }
        }
    }
    found
}

/// For each NEAR over turns of a query, the units of a document that match it.
#[derive(Debug, Default)]
struct Nearby(Vec<BTreeSet<u32>>);

impl Nearby {
    /// Matches all units of a document, if the query has a NEAR over turns.
    fn in_document(matcher: &mut Matcher<'_>, fields: &DocumentFields, content: &Content) -> Self {
        let mut nearby = Self::default();
        for Around { one, other, turns } in &matcher.query().arounds {
            let (mut with_one, mut with_other) = (Vec::new(), Vec::new());
            for unit in units(content) {
                let Some(text) = content.text.slice(unit.said) else {
                    continue;
                };
                matcher.read(text);
                // A NEAR within this one precedes it in the query, so its units are known by now.
                if matcher.holds(one, &|leaf| nearby.leaf_holds(leaf, fields, &unit)) {
                    with_one.push(unit.number);
                }
                if matcher.holds(other, &|leaf| nearby.leaf_holds(leaf, fields, &unit)) {
                    with_other.push(unit.number);
                }
            }
            let reach = turns.unwrap_or(u32::MAX);
            let ones = with_one
                .iter()
                .filter(|&&unit| has_near(&with_other, unit, reach));
            let others = with_other
                .iter()
                .filter(|&&unit| has_near(&with_one, unit, reach));
            nearby.0.push(ones.chain(others).copied().collect());
        }
        nearby
    }

    /// Returns true if a leaf that the words of a unit don't decide holds there.
    fn leaf_holds(&self, leaf: &QueryNode, fields: &DocumentFields, unit: &TextUnit) -> bool {
        match leaf {
            QueryNode::Field(field) => fields.hold(*field, unit.range, unit.speaker),
            QueryNode::Around(around) => {
                let units = self.0.get(*around);
                units.is_some_and(|units| units.contains(&unit.number))
            }
            _ => false,
        }
    }
}

/// Returns true if one of the sorted units is at most `reach` turns away from a unit.
fn has_near(units: &[u32], unit: u32, reach: u32) -> bool {
    let next = units.partition_point(|&other| other < unit);
    // The nearest units are the one before this place and the one after it.
    let nearest = next.saturating_sub(1)..units.len().min(next + 1);
    units[nearest]
        .iter()
        .any(|other| other.abs_diff(unit) <= reach)
}

/// The matches of a pattern in the whole text of a document, of which the first `limit` are kept.
pub(super) fn pattern_in(
    pattern: &Regex,
    task: &SearchTask<'_>,
    content: &Content,
    limit: usize,
) -> DocumentHits {
    let mut found = DocumentHits::default();
    for hit in pattern
        .find_iter(content.text.as_str())
        .filter(|hit| !hit.is_empty())
    {
        // Without a filter, neither turns nor code points matter for counting.
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

/// The index of the turn in which a range begins.
pub(super) fn turn_of(content: &Content, range: TextRange) -> Option<usize> {
    let (number, turn) = content.turn_at(range.start())?;
    (range.start() < turn.range.end()).then_some(number)
}

/// Fewer documents than this are searched by one core: starting threads would take longer.
const WORTH_SHARING: usize = 16;

/// Searches documents on all cores; `prepare` makes the working state of one core, `search` uses it.
pub(super) fn run<W>(
    corpus: &Corpus<'_>,
    tasks: &[&SearchTask<'_>],
    prepare: &(dyn Fn() -> W + Sync),
    search: &(dyn Fn(&mut W, &SearchTask<'_>, &Content) -> DocumentHits + Sync),
) -> Vec<DocumentHits> {
    // Each core takes the next document when it is done with one, since their lengths differ widely.
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, DocumentHits)>> = Mutex::new(Vec::with_capacity(tasks.len()));
    let work = || {
        let (mut state, mut own) = (prepare(), Vec::new());
        while let number = next.fetch_add(1, Ordering::Relaxed)
            && let Some(task) = tasks.get(number)
        {
            let hits = match (corpus.load)(task.document) {
                Some(content) => search(&mut state, task, &content),
                None => DocumentHits {
                    unreadable: true,
                    ..DocumentHits::default()
                },
            };
            own.push((number, hits));
        }
        // A panic of another thread is passed on when the scope ends; until then the results remain usable.
        let mut done = done.lock().unwrap_or_else(PoisonError::into_inner);
        done.append(&mut own);
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
