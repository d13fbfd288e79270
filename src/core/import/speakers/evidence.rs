//! Which labels of a text name speakers.
//!
//! `Note: …` and `She said: …` have the layout of `Ann: …`. So each name is weighed by its own words, by how often it
//! comes, and by whether it is laid out as the labels of this text are. A name in the text's layout that comes once is
//! believed where the layout is regular; one in another layout is believed only if it is known from the text's own.

use std::collections::BTreeSet;

use super::{
    BelievedLabels,
    candidates::{Candidate, Candidates},
    head::{Layout, Mark, SetOff},
    layout::{MainLayout, Tallies, Tally, is_weak, main_layout, tally},
    names::{NameId, Names},
    record::heads_of_records,
};

/// The weight from which a name is believed.
const BELIEVED: f32 = 2.0;
/// The weight from which a name that isn't believed is worth a question.
const DOUBTFUL: f32 = 0.0;
/// Lines that consist of a stamp, from which on they are no clock times within the text.
const STAMPS: usize = 3;

/// What a head is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It begins the turn of this speaker.
    Speaker(NameId),
    /// It may begin a turn of somebody of this name.
    Doubtful(NameId),
    /// It is a time stamp.
    Stamp,
    /// It is part of the words.
    Words,
}

/// What a text says about its labels.
#[derive(Debug)]
pub(super) struct Evidence {
    names: Names,
    main: Option<MainLayout>,
    /// Names that are speakers.
    speakers: BTreeSet<NameId>,
    /// Names that may be speakers, in the text's layout.
    doubtful: BTreeSet<(NameId, Layout)>,
    is_head: Vec<bool>,
    has_stamps: bool,
}

impl Evidence {
    /// Weighs the labels of a text.
    pub(super) fn of(candidates: &Candidates<'_>, believed: &BelievedLabels) -> Self {
        let names = Names::of(candidates);
        let is_head = heads_of_records(candidates);
        let tallies = tally(candidates, &names, &is_head);
        let stamps = candidates.heads.iter().filter(|head| head.label.is_none());
        let mut evidence = Self {
            main: main_layout(candidates, &names, &tallies),
            names,
            speakers: BTreeSet::new(),
            doubtful: BTreeSet::new(),
            is_head,
            has_stamps: stamps.take(STAMPS).count() == STAMPS,
        };
        if let Some(main) = evidence.main {
            evidence.weigh(main, &tallies, believed);
        }
        evidence
    }

    fn weigh(&mut self, main: MainLayout, tallies: &Tallies, believed: &BelievedLabels) {
        let mut counts = vec![0usize; self.names.all.len()];
        let in_main = |layout: &Layout| (layout.set_off, layout.mark) == main.family;
        for ((name, layout), tally) in tallies {
            counts[*name] += if in_main(layout) { tally.count } else { 0 };
        }
        let recurring = counts
            .iter()
            .zip(&self.names.all)
            .filter(|(count, name)| **count >= 2 && name.plausibility > -2.0)
            .count();
        // A few lines such as `Milk: two` are a list, unless somebody is sure to be a person.
        let is_list = main.count < 6
            && main.timed < 0.8
            && main.family.0 == SetOff::Plain
            && counts
                .iter()
                .zip(&self.names.all)
                .all(|(count, name)| *count == 0 || name.plausibility < 1.5);
        for ((name, layout), tally) in tallies {
            let own = &self.names.all[*name];
            if believed.refused.contains(&own.key) {
                continue;
            }
            if believed.accepted.contains(&own.key) {
                self.speakers.insert(*name);
                continue;
            }
            if !in_main(layout) {
                continue;
            }
            let mut weight = own.plausibility + of_recurrence(counts[*name]) + of_cover(main);
            weight += of_layout(main, *layout, *tally, counts[*name]);
            let in_brackets = matches!(
                layout.set_off,
                SetOff::Square | SetOff::Round | SetOff::Angle
            );
            if own.is_cue && in_brackets {
                weight -= 6.0;
            }
            if recurring < 2 {
                weight -= 0.5;
            }
            if is_list {
                weight -= 2.0;
            }
            // It begins a seventh of all turns.
            if counts[*name] >= 3 && counts[*name] * 7 >= main.count {
                weight += 0.5;
            }
            if believed.usual.contains(&own.key) {
                weight += 2.0;
            }
            if weight >= BELIEVED {
                self.speakers.insert(*name);
            } else if weight >= DOUBTFUL && (!is_weak(main.family) || counts[*name] >= 2) {
                self.doubtful.insert((*name, *layout));
            }
        }
    }

    /// What a head is taken for.
    pub(super) fn verdict(&self, head: &Candidate) -> Verdict {
        let Some((label, layout)) = head.label else {
            return if self.has_stamps {
                Verdict::Stamp
            } else {
                Verdict::Words
            };
        };
        let Some(main) = self.main.filter(|_| !self.is_head[head.line]) else {
            return Verdict::Words;
        };
        let name = self.names.of_label[label];
        let in_main = (layout.set_off, layout.mark) == main.family;
        if self.speakers.contains(&name) {
            // A colon may be missing behind `[03:37] PARTICIPANT 18`; a dash behind a known name is one in a sentence.
            let is_marked =
                layout.timed || layout.mark == Mark::Colon || layout.set_off != SetOff::Plain;
            return if in_main || !head.is_weak && is_marked {
                Verdict::Speaker(name)
            } else {
                Verdict::Words
            };
        }
        if in_main && self.doubtful.contains(&(name, layout)) {
            Verdict::Doubtful(name)
        } else {
            Verdict::Words
        }
    }

    /// Returns true if a line belongs to the head of a record.
    pub(super) fn is_head(&self, line: usize) -> bool {
        self.is_head[line]
    }

    /// Returns true if most labels have a time stamp.
    pub(super) fn is_timed(&self) -> bool {
        self.main.is_some_and(|main| main.timed >= 0.8)
    }

    /// A name as most labels have it.
    pub(super) fn name(&self, name: NameId) -> &str {
        &self.names.all[name].shown
    }
}

/// What recurrence adds: people speak again, phrases hardly do.
const fn of_recurrence(count: usize) -> f32 {
    match count {
        0 | 1 => 0.0,
        2 => 1.0,
        3 => 1.5,
        4 | 5 => 2.0,
        6..=9 => 2.5,
        _ => 3.0,
    }
}

/// What the regularity of the text adds.
fn of_cover(main: MainLayout) -> f32 {
    let is_set_off = matches!(
        main.family.0,
        SetOff::Bold | SetOff::Heading | SetOff::Square | SetOff::Chevrons
    );
    // Bold type and brackets around the beginning of a line hardly set off anything but speakers.
    let set_off = if is_set_off && main.count >= 3 {
        1.0
    } else {
        0.0
    };
    set_off
        + match main.cover {
            cover if cover >= 0.8 => 1.5,
            cover if cover >= 0.45 => 1.0,
            cover if cover >= 0.2 => 0.5,
            cover if cover >= 0.05 => 0.0,
            _ => -1.0,
        }
}

/// What it adds that a label has the stamps, numbers and place that the others have.
fn of_layout(main: MainLayout, layout: Layout, tally: Tally, count: usize) -> f32 {
    let mut weight = 0.0;
    if main.timed >= 0.8 {
        weight += if layout.timed { 1.0 } else { -2.5 };
    }
    if main.alone >= 0.8 && !layout.alone {
        weight -= 2.5;
    }
    if main.alone <= 0.1 && layout.alone && count < 2 {
        weight -= 1.5;
    }
    if main.numbered >= 0.8 && !layout.numbered {
        weight -= 1.5;
    }
    if main.by_blank && tally.after_blank == 0 {
        weight -= 3.0;
    }
    weight
}
