//! Who speaks in a text: turns with their speakers, found by the labels at the beginning of lines.
//!
//! 1. `head` reads what each line may begin with, in every layout that people and programs use; `above` gathers the
//!    lines around labels that belong to them.
//! 2. `names` finds out which labels are one: with a cue such as `(laughs)`, in another case, with a running number.
//! 3. `layout` finds the layout that most plausible labels of the text share.
//! 4. `evidence` weighs each name by its words, its recurrence and its layout, and decides over the whole text.
//! 5. `turns` builds the turns, and `askers` finds out who asks.
//!
//! A label that isn't believed is named, and the words after it are nobody's.

mod above;
mod askers;
mod candidates;
mod evidence;
mod head;
mod label;
mod layout;
mod legend;
mod names;
mod record;
#[cfg(test)]
mod tests;
mod turns;
mod usual;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use super::{SpeakerOption, stamp};
use candidates::{Candidate, Candidates};
use evidence::{Evidence, Verdict};
use turns::{LineKind, TextLayout, TurnBuilder, note_doubt};

pub(super) use askers::{assign_declared_roles, assign_roles};
pub use label::label_key;
pub use turns::DoubtfulLabel;
pub(super) use turns::{DetectedTurns, speaker_index};

/// What is known of labels before a text is looked at, by their [`label_key`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BelievedLabels {
    /// Those that are speakers of other documents or cases of the project: less has to speak for them.
    pub usual: BTreeSet<String>,
    /// Those that somebody said are speakers.
    pub accepted: BTreeSet<String>,
    /// Those that somebody said are none.
    pub refused: BTreeSet<String>,
}

/// What the beginning of a line is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum LineLabel {
    /// No label.
    None,
    /// A label that isn't believed; the words begin at a byte.
    Doubtful(usize),
    /// The label of a speaker; the words begin at a byte.
    Speaker(String, usize),
}

/// The labels of lines, and those that weren't believed.
#[derive(Debug, Default)]
pub(super) struct LabelledLines {
    pub(super) labels: Vec<LineLabel>,
    pub(super) doubts: Vec<DoubtfulLabel>,
}

/// Finds the turns and speakers of a text.
pub(super) fn find(text: &str, option: &SpeakerOption, believed: &BelievedLabels) -> DetectedTurns {
    let mut found = with_kinds(text, option, believed, |lines, kinds, is_timed| {
        let mut builder = TurnBuilder::new(TextLayout {
            // A text with blank lines may wrap its paragraphs.
            has_blocks: text.contains("\n\n"),
            has_parts: is_divided(lines, kinds, is_timed),
            is_timed,
        });
        for (line, kind) in lines.iter().zip(kinds) {
            builder.add(line, *kind);
        }
        builder.finish()
    });
    assign_roles(text, &found.turns, &mut found.speakers);
    let lines: Vec<&str> = text.split('\n').take(legend::FIRST_LINES).collect();
    for (label, role) in legend::roles(&lines) {
        let speaker = found.speakers.iter_mut().find(|own| own.label == label);
        if let (Some(speaker), Some(role)) = (speaker, role) {
            speaker.role = role;
        }
    }
    found
}

/// Finds the labels of lines that are no text with paragraphs, such as those of subtitles.
pub(super) fn labels_of_lines(
    lines: &[&str],
    option: &SpeakerOption,
    believed: &BelievedLabels,
) -> LabelledLines {
    let text = lines.join("\n");
    with_kinds(&text, option, believed, |lines, kinds, _| {
        let mut found = LabelledLines::default();
        for (line, kind) in lines.iter().zip(kinds) {
            found.labels.push(match kind {
                LineKind::Labelled(label, _, body) => {
                    LineLabel::Speaker((*label).to_owned(), *body)
                }
                LineKind::Doubtful(label, _, body) => {
                    note_doubt(&mut found.doubts, label, line);
                    LineLabel::Doubtful(*body)
                }
                LineKind::Above | LineKind::Stamped(..) | LineKind::Nobodys | LineKind::Words => {
                    LineLabel::None
                }
            });
        }
        found
    })
}

/// Finds out what each line of a text begins; the last argument of `then` says whether labels have time stamps.
fn with_kinds<R>(
    text: &str,
    option: &SpeakerOption,
    believed: &BelievedLabels,
    then: impl FnOnce(&[&str], &[LineKind<'_>], bool) -> R,
) -> R {
    let lines = || text.split('\n').collect::<Vec<_>>();
    match option {
        SpeakerOption::None => {
            let lines = lines();
            then(&lines, &vec![LineKind::Words; lines.len()], false)
        }
        SpeakerOption::Pattern(pattern) => {
            let lines = lines();
            let kinds: Vec<_> = lines.iter().map(|line| by_pattern(pattern, line)).collect();
            then(&lines, &kinds, false)
        }
        SpeakerOption::Auto => {
            let mut candidates = Candidates::of(text);
            above::gather(&mut candidates);
            let explained = legend::roles(first_lines(&candidates.lines));
            let evidence = if explained.is_empty() {
                Evidence::of(&candidates, believed)
            } else {
                let mut believed = believed.clone();
                let labels = explained.keys().map(|label| label_key(label));
                believed.accepted.extend(labels);
                Evidence::of(&candidates, &believed)
            };
            let kinds = by_evidence(text, &candidates, &evidence);
            then(&candidates.lines, &kinds, evidence.is_timed())
        }
    }
}

/// The lines among which a legend may be.
fn first_lines<'a, 'b>(lines: &'b [&'a str]) -> &'b [&'a str] {
    lines.get(..legend::FIRST_LINES).unwrap_or(lines)
}

fn by_pattern<'a>(pattern: &regex::Regex, line: &'a str) -> LineKind<'a> {
    let captures = pattern.captures(line);
    let labelled = captures.as_ref().and_then(|captures| {
        let whole = captures.get(0).filter(|whole| whole.start() == 0)?;
        let label = captures.name("speaker")?.as_str().trim();
        let time = captures.name("time");
        let time = time.and_then(|time| stamp::parse(time.as_str()));
        (!label.is_empty()).then_some(LineKind::Labelled(label, time, whole.end()))
    });
    labelled.unwrap_or(LineKind::Words)
}

fn by_evidence<'a>(
    text: &str,
    candidates: &Candidates<'a>,
    evidence: &'a Evidence,
) -> Vec<LineKind<'a>> {
    let names_of_cues = names_below_times(text, candidates);
    let mut heads = candidates.heads.iter().peekable();
    let mut kinds = Vec::with_capacity(candidates.lines.len());
    for line in 0..candidates.lines.len() {
        let mut kind = LineKind::Words;
        while let Some(head) = heads.next_if(|head| head.line == line) {
            kind = better(kind, kind_of(evidence, head));
        }
        if evidence.is_head(line) {
            kind = LineKind::Nobodys;
        }
        if let Some(label) = names_of_cues.get(&line) {
            kind = LineKind::Labelled(label, None, candidates.lines[line].len());
        }
        kinds.push(kind);
    }
    for (line, label) in &candidates.above {
        if matches!(
            kinds[*label],
            LineKind::Labelled(..) | LineKind::Doubtful(..)
        ) {
            kinds[*line] = LineKind::Above;
        }
    }
    kinds
}

fn kind_of<'a>(evidence: &'a Evidence, head: &Candidate) -> LineKind<'a> {
    match evidence.verdict(head) {
        Verdict::Speaker(name) => {
            LineKind::Labelled(evidence.name(name), head.at_millis, head.body)
        }
        Verdict::Doubtful(name) => {
            LineKind::Doubtful(evidence.name(name), head.at_millis, head.body)
        }
        Verdict::Stamp => LineKind::Stamped(head.at_millis, head.body),
        Verdict::Words => LineKind::Words,
    }
}

/// Of two readings of a line, the one that says more.
const fn better<'a>(one: LineKind<'a>, other: LineKind<'a>) -> LineKind<'a> {
    match (&one, &other) {
        (LineKind::Words, _)
        | (LineKind::Stamped(..) | LineKind::Doubtful(..), LineKind::Labelled(..)) => other,
        _ => one,
    }
}

/// Returns true if headings of Markdown divide what is said from what is told, as in the record of a session: one of them
/// stands between turns, or above words of nobody. A recording's transcript may have such a heading above its details.
fn is_divided(lines: &[&str], kinds: &[LineKind<'_>], is_timed: bool) -> bool {
    let mut has_turns = false;
    let mut is_below_heading = false;
    for (line, kind) in lines.iter().zip(kinds) {
        let is_labelled = matches!(kind, LineKind::Labelled(..));
        if line.starts_with("## ") && !is_labelled {
            if has_turns {
                return true;
            }
            is_below_heading = true;
        } else if is_labelled {
            has_turns = true;
            is_below_heading = false;
        } else if is_below_heading && !is_timed && is_words(line, *kind) {
            return true;
        }
    }
    false
}

/// The label at the head of a line, before a colon or between brackets.
pub(super) fn label_before_words(line: &str) -> Option<&str> {
    let label = head::read(line).strong?.label?;
    matches!(label.layout.mark, head::Mark::Colon | head::Mark::Close).then_some(label.text)
}

fn is_words(line: &str, kind: LineKind<'_>) -> bool {
    matches!(kind, LineKind::Words) && !line.trim().is_empty()
}

/// Names on lines of their own between the times of a cue and its words, as Teams writes them; none unless most of them recur.
fn names_below_times<'a>(text: &str, candidates: &Candidates<'a>) -> BTreeMap<usize, &'a str> {
    let mut names = BTreeMap::new();
    // Nearly all texts have no cues; searching for the arrow is much faster than looking at each line.
    if memchr::memmem::find(text.as_bytes(), b"-->").is_none() {
        return names;
    }
    let lines = &candidates.lines;
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut cues = 0usize;
    for (at, _) in lines
        .iter()
        .enumerate()
        .filter(|(_, times)| stamp::is_cue(times))
    {
        cues += 1;
        let (Some(name), Some(words)) = (lines.get(at + 1), lines.get(at + 2)) else {
            continue;
        };
        if let Some(name) = head::whole_line(name).filter(|_| !words.trim().is_empty()) {
            *counts.entry(name).or_default() += 1;
            names.insert(at + 1, name);
        }
    }
    let named: usize = counts.values().sum();
    let recurring: usize = counts.values().filter(|count| **count > 1).sum();
    // In other subtitles the first of two lines of text would be taken for a name; speakers recur, text hardly does.
    if cues >= 3 && named == cues && recurring * 2 >= cues {
        names
    } else {
        BTreeMap::new()
    }
}
