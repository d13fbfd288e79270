//! The layout of a text: how most of its plausible labels are set off.

use std::collections::BTreeMap;

use super::{
    candidates::Candidates,
    head::{Layout, Mark, SetOff},
    names::{NameId, Names},
};

/// How a label is set off and what follows it; the rest of a layout may vary within a text.
pub(super) type Family = (SetOff, Mark);

/// How often a name comes in a layout.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Tally {
    /// The number of lines outside heads of records.
    pub(super) count: usize,
    /// Those that begin a block.
    pub(super) after_blank: usize,
    /// Those that no blank line follows.
    pub(super) goes_on: usize,
}

/// How often each name comes in each layout.
pub(super) type Tallies = BTreeMap<(NameId, Layout), Tally>;

/// The layout of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct MainLayout {
    /// How labels are set off.
    pub(super) family: Family,
    /// The share of labels with a time stamp, from 0 to 1.
    pub(super) timed: f32,
    /// The share of labels on a line of their own.
    pub(super) alone: f32,
    /// The share of labels with a number before them.
    pub(super) numbered: f32,
    /// The share of paragraphs that have a plausible label.
    pub(super) cover: f32,
    /// The number of plausible labels.
    pub(super) count: usize,
    /// True if labels stand behind blank lines only.
    pub(super) by_blank: bool,
}

/// Counts names by layout.
pub(super) fn tally(candidates: &Candidates<'_>, names: &Names, is_head: &[bool]) -> Tallies {
    // By label first: a text has few layouts, so the list of each label is short.
    let mut by_label: Vec<Vec<(Layout, Tally)>> = vec![Vec::new(); candidates.labels.len()];
    for head in candidates.heads.iter().filter(|head| !is_head[head.line]) {
        let Some((label, layout)) = head.label else {
            continue;
        };
        let own = &mut by_label[label];
        let at = own.iter().position(|(other, _)| *other == layout);
        let at = at.unwrap_or_else(|| {
            own.push((layout, Tally::default()));
            own.len() - 1
        });
        let tally = &mut own[at].1;
        tally.count += 1;
        tally.after_blank += usize::from(candidates.is_after_blank(head.line));
        tally.goes_on += usize::from(!candidates.is_blank(head.line + 1));
    }
    let mut tallies = Tallies::new();
    for (label, layouts) in by_label.into_iter().enumerate() {
        for (layout, own) in layouts {
            let sum = tallies.entry((names.of_label[label], layout)).or_default();
            sum.count += own.count;
            sum.after_blank += own.after_blank;
            sum.goes_on += own.goes_on;
        }
    }
    tallies
}

/// What speaks for a way of setting labels off.
#[derive(Debug, Default, Clone, Copy)]
struct Support {
    all: f32,
    timed: f32,
    alone: f32,
    numbered: f32,
    count: usize,
    after_blank: usize,
    alone_count: usize,
    /// Names that come twice or more.
    recurring: usize,
}

/// The number of lines with words, and of blocks between blank lines.
#[derive(Debug, Clone, Copy)]
struct Extent {
    lines: usize,
    blocks: usize,
}

/// Finds the layout that most plausible labels share; `None` if there are none.
pub(super) fn main_layout(
    candidates: &Candidates<'_>,
    names: &Names,
    tallies: &Tallies,
) -> Option<MainLayout> {
    let filled = (0..candidates.lines.len()).filter(|line| !candidates.is_blank(*line));
    let blocks = filled
        .clone()
        .filter(|line| candidates.is_after_blank(*line))
        .count();
    // A stamp on a line of its own is part of the turn below.
    let stamps = candidates.heads.iter().filter(|head| {
        head.label.is_none() && head.body >= candidates.lines[head.line].trim_end().len()
    });
    let extent = Extent {
        lines: filled
            .count()
            .saturating_sub(stamps.count() + candidates.above.len()),
        blocks,
    };
    let mut supports: BTreeMap<Family, Support> = BTreeMap::new();
    let mut by_name: BTreeMap<(Family, NameId), usize> = BTreeMap::new();
    for ((name, layout), tally) in tallies {
        let weight = weight(names, *name, *layout, *tally, extent);
        if weight <= 0.0 {
            continue;
        }
        let family = (layout.set_off, layout.mark);
        let all = weight * count(tally.count);
        let support = supports.entry(family).or_default();
        support.all += all;
        support.timed += if layout.timed { all } else { 0.0 };
        support.alone += if layout.alone { all } else { 0.0 };
        support.numbered += if layout.numbered { all } else { 0.0 };
        support.count += tally.count;
        support.after_blank += tally.after_blank;
        support.alone_count += if layout.alone { tally.count } else { 0 };
        *by_name.entry((family, *name)).or_default() += tally.count;
    }
    for ((family, _), count) in by_name {
        if let Some(support) = supports.get_mut(&family).filter(|_| count >= 2) {
            support.recurring += 1;
        }
    }
    let (family, best) = supports
        .iter()
        .filter(|(family, own)| {
            !is_weak(**family) || own.recurring >= 2 && own.cover(extent) >= 0.5
        })
        .max_by(|one, other| one.1.all.total_cmp(&other.1.all))?;
    Some(MainLayout {
        family: *family,
        timed: best.timed / best.all,
        alone: best.alone / best.all,
        numbered: best.numbered / best.all,
        cover: best.cover(extent),
        count: best.count,
        by_blank: extent.blocks >= 4 && best.count >= 4 && best.after_blank * 20 >= best.count * 19,
    })
}

/// Marks that are common within sentences.
pub(super) fn is_weak((_, mark): Family) -> bool {
    matches!(mark, Mark::Dash | Mark::Stop | Mark::Gap | Mark::LineEnd)
}

/// How much one line with a label supports its layout.
fn weight(names: &Names, name: NameId, layout: Layout, tally: Tally, extent: Extent) -> f32 {
    let name = &names.all[name];
    let in_brackets = matches!(
        layout.set_off,
        SetOff::Square | SetOff::Round | SetOff::Angle
    );
    let recurs = tally.count >= 2;
    let is_known = name.plausibility >= 2.5;
    let is_alone_above = tally.goes_on * 10 >= tally.count * 9 && name.plausibility >= 1.0;
    if name.is_cue && in_brackets
        || layout.mark == Mark::LineEnd && !is_alone_above
        || is_weak((layout.set_off, layout.mark)) && !is_known && tally.count < 2
    {
        return 0.0;
    }
    // A phrase that begins an eighth of all lines is none.
    let is_everywhere = tally.count >= 4 && tally.count * 8 >= extent.lines;
    let weight = match name.plausibility {
        own if own >= 2.5 => 1.0,
        own if own >= 1.0 && recurs => 1.0,
        own if own >= 1.0 => 0.5,
        own if own > -1.0 && recurs => 0.7,
        own if own > -1.0 => 0.1,
        own if own > -4.0 && is_everywhere => 0.6,
        _ => 0.0,
    };
    // Stamps are set on purpose.
    if layout.timed { weight * 1.5 } else { weight }
}

impl Support {
    /// The share of paragraphs that have a label; without blank lines, every line is a paragraph.
    fn cover(&self, extent: Extent) -> f32 {
        let lines = extent.lines.saturating_sub(self.alone_count).max(1);
        let by_blank = extent.blocks >= 3 && self.after_blank * 10 >= self.count * 9;
        let paragraphs = if by_blank {
            extent.blocks.min(lines)
        } else {
            lines
        };
        (count(self.count) / count(paragraphs)).min(1.0)
    }
}

/// A number of lines as a weight.
#[expect(
    clippy::cast_precision_loss,
    reason = "weights of millions of lines needn't be exact"
)]
fn count(lines: usize) -> f32 {
    lines as f32
}
