//! Co-occurrence: how often two codes are used on the same words, or in the same turn, document or case.
//!
//! By overlap, codings are compared: n1 and n2 are the numbers of codings of each code, and n12 is the number of pairs of
//! codings, one of each, that share at least one character; touching is not sharing.
//! By turn, document or case, those units are compared: n1 and n2 units have a coding of each code, and n12 units have both.
//! A case has the codings that are given to it ([`Attribution`](super::attribution::Attribution)).
//!
//! Both codings of a pair are one coder's: what two coders called differently is disagreement, no co-occurrence. Merged,
//! pairs of the same two codes by several coders on overlapping words are one pair. Only where it is asked for, codings of
//! different coders are pairs too.
//! If themes are compared, each includes the codes below it, and two subcodes of one theme are not a pair.

mod sweep;
#[cfg(test)]
mod tests;
mod units;

use crate::{
    model::{
        Project,
        coding::Coding,
        document::Document,
        ids::{CodeId, CoderId, OfCode},
        text::TextRange,
    },
    statistics::{Figure, association},
};

use super::{
    Loader,
    admission::Admission,
    frequency::{
        Filter,
        table::{CodeColumn, Segment},
    },
    merging::CoderCount,
    numbering::Numbering,
};

/// What two codes must share to co-occur.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum CooccurrenceUnit {
    /// At least one character.
    #[default]
    Overlap,
    /// A turn.
    Turn,
    /// A document.
    Document,
    /// A case, by any of its documents.
    Case,
}

/// Which codes are compared, and how.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CooccurrenceOptions {
    /// What two codes must share.
    pub by: CooccurrenceUnit,
    /// Whether themes, each with all codes below it, are compared in place of codes.
    pub themes: bool,
    /// Whether codings of different coders are pairs too.
    pub between_coders: bool,
    /// Whether shared characters are measured too; for overlaps only.
    pub characters: bool,
    /// Which documents and codings count.
    pub filter: Filter,
}

impl CooccurrenceOptions {
    /// How codings of several coders are counted; pairs have no mean.
    pub fn counting(&self) -> CoderCount {
        match self.filter.counting {
            Some(CoderCount::All) => CoderCount::All,
            Some(CoderCount::Merged | CoderCount::Average) | None => CoderCount::Merged,
        }
    }
}

/// A table of how often each two codes co-occur.
#[derive(Debug, Clone, PartialEq)]
pub struct CoOccurrence {
    /// The codes or themes, in the order of the tree.
    pub codes: Vec<CodeColumn>,
    /// What was compared.
    pub options: CooccurrenceOptions,
    /// The number of codings, or units, of each code.
    own: Vec<usize>,
    /// The number of pairs of codings, or units, of each two codes; see [`Self::at`].
    both: Vec<usize>,
    /// The number of characters that each code covers; 0 unless options ask for it.
    own_chars: Vec<usize>,
    /// The number of characters that each two codes both cover; see [`Self::at`].
    both_chars: Vec<usize>,
    /// The number of characters, or units, that have both codes, whoever gave them; see [`Self::at`].
    met: Vec<usize>,
}

/// Counts how often codes co-occur; in a document whose turns `load` can't read, no turn has a code.
pub fn cooccurrence(
    project: &Project,
    options: &CooccurrenceOptions,
    load: &Loader<'_>,
) -> CoOccurrence {
    let groups = CodeGroups::new(project, options);
    let n = groups.columns.len();
    let mut table = CoOccurrence {
        codes: groups.columns.clone(),
        options: options.clone(),
        own: vec![0; n],
        both: vec![0; n * n],
        own_chars: vec![0; n],
        both_chars: vec![0; n * n],
        met: vec![0; n * n],
    };
    match options.by {
        CooccurrenceUnit::Overlap => sweep::count(project, &groups, load, &mut table),
        CooccurrenceUnit::Turn | CooccurrenceUnit::Document | CooccurrenceUnit::Case => {
            units::count(project, &groups, load, &mut table);
        }
    }
    table
}

impl CoOccurrence {
    /// The number of codings, or units, of a code.
    pub fn own(&self, code: usize) -> usize {
        self.own[code]
    }

    /// The number of pairs of codings, or of units with both codes.
    pub fn both(&self, a: usize, b: usize) -> usize {
        self.both[self.at(a, b)]
    }

    /// The share of what either code has that both have: of characters by overlap, else of units.
    ///
    /// # Errors
    /// Neither code is used.
    pub fn jaccard(&self, a: usize, b: usize) -> Figure {
        // By overlap, n12 counts pairs, which is no part of n1 + n2; characters have an intersection and a union.
        let (own, both) = match self.options.by {
            CooccurrenceUnit::Overlap => (&self.own_chars, &self.both_chars),
            CooccurrenceUnit::Turn | CooccurrenceUnit::Document | CooccurrenceUnit::Case => {
                (&self.own, &self.both)
            }
        };
        let at = self.at(a, b);
        association::jaccard(both[at], own[a] + own[b] - self.met[at])
    }

    /// The c-coefficient, n12 / (n1 + n2 - n12).
    ///
    /// # Errors
    /// See [`association::c_coefficient`].
    pub fn c_coefficient(&self, a: usize, b: usize) -> Figure {
        association::c_coefficient(self.own(a), self.own(b), self.both(a, b))
    }

    /// Returns true if there are more pairs than codings of one of the codes, so that the c-coefficient isn't a share.
    pub fn is_out_of_range(&self, a: usize, b: usize) -> bool {
        association::is_out_of_range(self.own(a), self.own(b), self.both(a, b))
    }

    /// The number of characters that both codes cover; measured only where options ask for it.
    pub fn shared_characters(&self, a: usize, b: usize) -> usize {
        self.both_chars[self.at(a, b)]
    }

    /// The codings behind a pair of codes, by document title and place in the text.
    pub fn pair_segments(
        &self,
        project: &Project,
        load: &Loader<'_>,
        a: usize,
        b: usize,
    ) -> Vec<Segment> {
        let groups = CodeGroups::new(project, &self.options);
        match self.options.by {
            CooccurrenceUnit::Overlap => {
                sweep::segments(project, &groups, &self.options, load, a, b)
            }
            CooccurrenceUnit::Turn | CooccurrenceUnit::Document | CooccurrenceUnit::Case => {
                units::segments(project, &groups, &self.options, load, a, b)
            }
        }
    }

    /// How codings of several coders are counted.
    pub fn counting(&self) -> CoderCount {
        self.options.counting()
    }

    /// The codings behind a code's own number, by document title and place in the text.
    pub fn own_segments(&self, project: &Project, load: &Loader<'_>, code: usize) -> Vec<Segment> {
        let groups = CodeGroups::new(project, &self.options);
        sweep::own_segments(project, &groups, &self.options, load, code)
    }

    /// The index of a pair in a matrix; only the half below the diagonal is used, so the order of the codes doesn't matter.
    fn at(&self, a: usize, b: usize) -> usize {
        a.max(b) * self.codes.len() + a.min(b)
    }

    /// Counts a pair of codings, or a unit with both codes.
    fn add(&mut self, a: usize, b: usize) {
        let at = self.at(a, b);
        self.both[at] += 1;
    }
}

/// The columns of the table, and the column that each code counts in.
struct CodeGroups {
    columns: Vec<CodeColumn>,
    codes: Numbering<OfCode>,
    /// The column of each code, by its number.
    of: Vec<Option<usize>>,
}

impl CodeGroups {
    fn new(project: &Project, options: &CooccurrenceOptions) -> Self {
        let book = &project.codebook;
        let tree = book.in_order();
        let mut groups = Self {
            columns: Vec::new(),
            codes: Numbering::new(tree.iter().map(|(_, code)| code.id)),
            of: Vec::new(),
        };
        for (depth, code) in &tree {
            let is_column = if options.themes {
                *depth == 0
            } else {
                options.filter.admits_code(code.id)
            };
            if is_column {
                let column = CodeColumn::of_code(book, code, *depth, true);
                groups.columns.push(column);
            }
            // In the order of the tree, a theme's subcodes follow it, so the last column is theirs.
            let counts = is_column || options.themes;
            let last = groups.columns.len().checked_sub(1);
            groups.of.push(last.filter(|_| counts));
        }
        groups
    }

    /// The column of a code; `None` for one that isn't compared, or that the codebook doesn't have.
    fn of(&self, code: CodeId) -> Option<usize> {
        self.of[self.codes.get(code)? as usize]
    }
}

/// A coding that counts.
#[derive(Debug, Clone, Copy)]
struct GroupedCoding {
    range: TextRange,
    group: usize,
    code: CodeId,
    coder: CoderId,
    /// Its index in the document's list.
    at: usize,
}

/// The codings of a document that count, by start.
fn grouped_codings(
    document: &Document,
    groups: &CodeGroups,
    admission: &Admission<'_>,
) -> Vec<GroupedCoding> {
    let admitted = admission.admitted(document).into_iter();
    admitted
        .filter_map(|at| {
            let coding = &document.codings[at];
            Some(GroupedCoding {
                range: coding.range,
                group: groups.of(coding.code)?,
                code: coding.code,
                coder: coding.coder,
                at,
            })
        })
        .collect()
}

/// The segment of a coding, or of a part of it.
fn segment(document: &Document, coding: &Coding, range: TextRange) -> Segment {
    Segment {
        document: document.id,
        coding: coding.id,
        range,
    }
}
