//! Which characters of a text go, wherever they stand: in the imported text or in the words of a correction, shown or
//! deleted since.

use std::collections::BTreeMap;

use crate::model::{
    document::Document,
    erasure::{blanked, blanked_in},
    revision::{RunSource, TextRun},
    text::{TextRange, chars_of},
};

/// Which characters of a document go.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Mask {
    /// All.
    Whole,
    /// Some.
    Passages(Passages),
}

/// Characters of the imported text and of the words of corrections.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Passages {
    /// In the imported text, in order.
    pub(super) base: Vec<TextRange>,
    /// In the words of each correction, by its number.
    edits: BTreeMap<u32, Vec<TextRange>>,
}

/// A text's runs; an untouched text is one run.
fn runs(document: &Document) -> Vec<TextRun> {
    if document.history.is_untouched() {
        return vec![TextRun {
            source: RunSource::Base,
            start: 0,
            len: document.source.chars,
            deleted_by: None,
        }];
    }
    document.history.runs().to_vec()
}

impl Passages {
    /// The characters of passages of the current text, with those that were deleted there, and of passages of the
    /// imported text.
    ///
    /// Words of a correction go if they stand beside characters of the imported text that go: they were put among them.
    pub(super) fn of(document: &Document, now: &[TextRange], imported: &[TextRange]) -> Self {
        let mut found = Self {
            base: imported.to_vec(),
            edits: BTreeMap::new(),
        };
        let runs = runs(document);
        let mut position = 0;
        for run in &runs {
            if run.deleted_by.is_some() {
                let touches =
                    |range: &&TextRange| range.start() <= position && position <= range.end();
                if now.iter().any(|range| touches(&range)) {
                    found.add(
                        run.source,
                        TextRange::between(run.start, run.start + run.len),
                    );
                }
                continue;
            }
            let place = TextRange::between(position, position + run.len);
            for part in now.iter().filter_map(|range| range.intersection(place)) {
                let start = run.start + part.start() - position;
                found.add(
                    run.source,
                    TextRange::between(start, start + part.len_chars()),
                );
            }
            position += run.len;
        }
        found.base = joined(std::mem::take(&mut found.base));
        found.add_neighbours(&runs);
        for ranges in found.edits.values_mut() {
            *ranges = joined(std::mem::take(ranges));
        }
        found
    }

    fn add(&mut self, source: RunSource, range: TextRange) {
        match source {
            RunSource::Base => self.base.push(range),
            RunSource::Edit(number) => self.edits.entry(number).or_default().push(range),
        }
    }

    fn add_neighbours(&mut self, runs: &[TextRun]) {
        let goes = |run: Option<&TextRun>, last: bool| {
            run.is_some_and(|run| {
                let at = if last {
                    run.start + run.len - 1
                } else {
                    run.start
                };
                run.len > 0 && is_within(&self.base, at)
            })
        };
        let is_base = |run: &&TextRun| run.source == RunSource::Base;
        let mut added = Vec::new();
        for (at, run) in runs.iter().enumerate() {
            let before = runs[..at].iter().rev().find(is_base);
            let after = runs[at + 1..].iter().find(is_base);
            if run.source != RunSource::Base && (goes(before, true) || goes(after, false)) {
                added.push((
                    run.source,
                    TextRange::between(run.start, run.start + run.len),
                ));
            }
        }
        for (source, range) in added {
            self.add(source, range);
        }
    }

    fn of_source(&self, source: RunSource) -> &[TextRange] {
        match source {
            RunSource::Base => &self.base,
            RunSource::Edit(number) => self.edits.get(&number).map_or(&[], Vec::as_slice),
        }
    }
}

fn is_within(ranges: &[TextRange], at: u32) -> bool {
    ranges
        .iter()
        .any(|range| range.start() <= at && at < range.end())
}

/// Ranges in order, those that touch as one.
fn joined(mut ranges: Vec<TextRange>) -> Vec<TextRange> {
    ranges.retain(|range| !range.is_empty());
    ranges.sort();
    let mut out: Vec<TextRange> = Vec::new();
    for range in ranges {
        match out.last_mut() {
            Some(last) if range.start() <= last.end() => {
                *last = TextRange::between(last.start(), last.end().max(range.end()));
            }
            _ => out.push(range),
        }
    }
    out
}

impl Mask {
    /// The imported text without what goes.
    pub(super) fn imported(&self, text: &str) -> String {
        match self {
            Self::Whole => blanked(text),
            Self::Passages(passages) => blanked_in(text, &passages.base),
        }
    }

    /// The words of a correction without what goes.
    pub(super) fn words(&self, number: Option<u32>, words: &str) -> String {
        match (self, number) {
            (Self::Passages(passages), Some(number)) => {
                blanked_in(words, passages.of_source(RunSource::Edit(number)))
            }
            // Words that are in no text can't be told apart.
            _ => blanked(words),
        }
    }

    /// The words that a correction deleted, without what goes.
    pub(super) fn deleted(&self, document: &Document, number: Option<u32>, words: &str) -> String {
        let (Self::Passages(passages), Some(_)) = (self, number) else {
            return blanked(words);
        };
        let (mut at, mut ranges) = (0, Vec::new());
        let history = document.history.runs().iter();
        for run in history.filter(|run| run.deleted_by == number) {
            let place = TextRange::between(run.start, run.start + run.len);
            for own in passages.of_source(run.source) {
                if let Some(part) = own.intersection(place) {
                    let start = at + part.start() - run.start;
                    ranges.push(TextRange::between(start, start + part.len_chars()));
                }
            }
            at += run.len;
        }
        if at == chars_of(words) {
            blanked_in(words, &ranges)
        } else {
            blanked(words)
        }
    }

    /// What goes, in the text of a document as it is at some moment.
    pub(super) fn ranges_in(&self, document: &Document) -> Vec<TextRange> {
        let Self::Passages(passages) = self else {
            return vec![TextRange::between(0, document.len_chars())];
        };
        let mut position = 0;
        let mut ranges = Vec::new();
        for run in runs(document) {
            if run.deleted_by.is_some() {
                continue;
            }
            let place = TextRange::between(run.start, run.start + run.len);
            for own in passages.of_source(run.source) {
                if let Some(part) = own.intersection(place) {
                    let start = position + part.start() - run.start;
                    ranges.push(TextRange::between(start, start + part.len_chars()));
                }
            }
            position += run.len;
        }
        joined(ranges)
    }
}
