//! Heads of records: lines that say when, where and who was there. They have the layout of labels and are nobody's.

use std::collections::BTreeSet;

use super::{
    candidates::{Candidates, LabelId},
    head::{Layout, SetOff},
    label::LabelParts,
    usual::{Usual, usual},
};
use crate::language::fold::fold;

/// Lines that may stand between two lines of a head, such as a title.
const LINES_BETWEEN: usize = 2;
/// Where a text's own head has begun, if it has one.
const FIRST_LINES: usize = 30;
/// The longest value of a head, such as a name behind `Chair:`, in characters of the line.
const SHORT: usize = 32;

/// Marks the lines that belong to the head of a record: at the beginning of a text or, where it is the record of several
/// meetings, of a part.
pub(super) fn heads_of_records(candidates: &Candidates<'_>) -> Vec<bool> {
    let n_lines = candidates.lines.len();
    let mut is_head = vec![false; n_lines];
    let notes = note_lines(candidates);
    let mut at = 0;
    while let Some(&begin) = notes.get(at) {
        let mut last = begin;
        let mut count = 1;
        while let Some(&next) = notes.get(at + count) {
            let between = last + 1..next;
            let is_near = next - last <= LINES_BETWEEN + 1;
            if !is_near
                || between
                    .clone()
                    .any(|line| is_speech(candidates.lines[line]))
            {
                break;
            }
            last = next;
            count += 1;
        }
        at += count;
        // One line such as `Note: …` within a text isn't a head.
        if count >= 2 || begin < FIRST_LINES && is_at_the_beginning(candidates, begin) {
            let from = first_line(candidates, begin);
            let to = end_of_block(candidates, last);
            is_head[from..to].fill(true);
        }
    }
    is_head
}

/// The lines whose label is that of a note.
fn note_lines(candidates: &Candidates<'_>) -> Vec<usize> {
    let is_note: Vec<bool> = candidates
        .labels
        .iter()
        .map(|label| usual(&fold(LabelParts::of(label).base)) == Some(Usual::Note))
        .collect();
    // A heading divides the text; what has a time stamp was said.
    let can_be = |layout: Layout| layout.set_off != SetOff::Heading && !layout.timed;
    let strong = candidates.heads.iter().filter(|head| !head.is_weak);
    strong
        .filter(|head| {
            let label = head.label;
            label.is_some_and(|(label, layout)| is_note[label] && can_be(layout))
        })
        .map(|head| head.line)
        .collect()
}

/// Returns true if no label stands above a line that comes again below it.
fn is_at_the_beginning(candidates: &Candidates<'_>, line: usize) -> bool {
    let strong = candidates.heads.iter().filter(|head| !head.is_weak);
    let labels = strong.filter_map(|head| Some((head.line, head.label?.0)));
    let above: BTreeSet<LabelId> = labels
        .clone()
        .take_while(|(own, _)| *own < line)
        .map(|(_, label)| label)
        .collect();
    let mut below = labels.skip_while(|(own, _)| *own < line);
    !below.any(|(_, label)| above.contains(&label))
}

/// The first line of a head: `Chair: Ann` may stand above the time of a meeting.
fn first_line(candidates: &Candidates<'_>, note: usize) -> usize {
    let mut from = note;
    while from > 0 && !candidates.is_after_blank(from) && is_short(candidates.lines[from - 1]) {
        from -= 1;
    }
    from
}

/// The end of the block of a head: what is short and no speech behind its last note.
fn end_of_block(candidates: &Candidates<'_>, last: usize) -> usize {
    let n_lines = candidates.lines.len();
    let Some(blank) = (last..n_lines).find(|line| candidates.is_blank(*line)) else {
        return last + 1;
    };
    let mut to = last + 1;
    while to < blank && is_short(candidates.lines[to]) {
        to += 1;
    }
    to
}

/// Returns true if a line is as short as a name behind its label.
fn is_short(line: &str) -> bool {
    line.chars().nth(SHORT).is_none() && !is_speech(line)
}

/// Returns true if a line ends as speech does.
fn is_speech(line: &str) -> bool {
    let ends = ['.', '?', '!', '。', '？', '！', '…', '”', '"'];
    line.trim_end().ends_with(ends) && line.chars().nth(12).is_some()
}
