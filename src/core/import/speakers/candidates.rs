//! The candidates of a text: every head that one of its lines may have, and every label once.

use std::collections::BTreeMap;

use super::head::{self, Layout, LineHead};

/// A label's number among those of the text.
pub(super) type LabelId = usize;

/// A head that a line may have.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    /// The line.
    pub(super) line: usize,
    /// The label with its layout; `None` for a stamp alone.
    pub(super) label: Option<(LabelId, Layout)>,
    /// Milliseconds from the recording's start.
    pub(super) at_millis: Option<u32>,
    /// Where the words begin, in bytes of the line.
    pub(super) body: usize,
    /// True if it is read by a weak mark.
    pub(super) is_weak: bool,
}

/// The lines of a text with the heads they may have.
#[derive(Debug, Default)]
pub(super) struct Candidates<'a> {
    /// The lines without their line feeds.
    pub(super) lines: Vec<&'a str>,
    /// Whether a line has no words.
    is_blank: Vec<bool>,
    /// In the order of the lines; the strong one of a line comes first.
    pub(super) heads: Vec<Candidate>,
    /// Each label as the text has it.
    pub(super) labels: Vec<&'a str>,
    /// Lines that belong to a label below, and the label's line; they have no heads.
    pub(super) above: Vec<(usize, usize)>,
}

impl<'a> Candidates<'a> {
    /// Reads the heads of all lines.
    pub(super) fn of(text: &'a str) -> Self {
        let lines = lines(text);
        let mut candidates = Self {
            heads: Vec::with_capacity(lines.len()),
            lines,
            ..Self::default()
        };
        let blank = candidates
            .lines
            .iter()
            .map(|line| line.trim_start().is_empty());
        candidates.is_blank = blank.collect();
        let mut labels = LabelIds::default();
        for (line, words) in candidates.lines.iter().enumerate() {
            let readings = head::read(words);
            for (head, is_weak) in [(readings.strong, false), (readings.weak, true)] {
                let Some(LineHead {
                    label,
                    at_millis,
                    body,
                }) = head
                else {
                    continue;
                };
                candidates.heads.push(Candidate {
                    line,
                    label: label.map(|label| (labels.id(label.text), label.layout)),
                    at_millis,
                    body,
                    is_weak,
                });
            }
        }
        candidates.labels = labels.texts;
        candidates
    }

    /// Takes lines that belong to a label below, in order, for no lines of their own.
    pub(super) fn set_above(&mut self, above: Vec<(usize, usize)>) {
        let is_above = |line: usize| above.binary_search_by_key(&line, |own| own.0).is_ok();
        if !above.is_empty() {
            self.heads.retain(|head| !is_above(head.line));
        }
        self.above = above;
    }

    /// Returns true if a line has no words.
    pub(super) fn is_blank(&self, line: usize) -> bool {
        self.is_blank.get(line).is_none_or(|blank| *blank)
    }

    /// Returns true if a line is the first of its block.
    pub(super) fn is_after_blank(&self, line: usize) -> bool {
        line == 0 || self.is_blank(line - 1)
    }
}

/// The lines of a text without their line feeds; an empty text is one line.
fn lines(text: &str) -> Vec<&str> {
    // Faster than `split` where lines are short.
    let ends = || memchr::memchr_iter(b'\n', text.as_bytes());
    let mut lines = Vec::with_capacity(ends().count() + 1);
    let mut start = 0;
    for end in ends() {
        lines.push(text.get(start..end).unwrap_or_default());
        start = end + 1;
    }
    lines.push(text.get(start..).unwrap_or_default());
    lines
}

/// The numbers of labels.
#[derive(Default)]
struct LabelIds<'a> {
    ids: BTreeMap<&'a str, LabelId>,
    texts: Vec<&'a str>,
    /// The last ones: people take turns, so most labels are one of these.
    recent: [Option<LabelId>; 4],
    next: usize,
}

impl<'a> LabelIds<'a> {
    fn id(&mut self, text: &'a str) -> LabelId {
        let mut recent = self.recent.iter().flatten();
        if let Some(id) = recent.find(|id| self.texts[**id] == text) {
            return *id;
        }
        let id = *self.ids.entry(text).or_insert_with(|| {
            self.texts.push(text);
            self.texts.len() - 1
        });
        self.recent[self.next] = Some(id);
        self.next = (self.next + 1) % self.recent.len();
        id
    }
}
