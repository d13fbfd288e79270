//! Which columns there are, and under which of them a code's codings count.

use std::sync::Arc;

use crate::{
    analysis::numbering::Numbering,
    model::{
        code::Code,
        codebook::Codebook,
        ids::{CodeId, OfCode},
    },
};

use super::{Columns, FrequencyOptions, table::CodeColumn};

/// The columns, and where each code counts.
pub(super) struct Layout {
    /// The columns, in the order of the tree.
    pub(super) columns: Vec<CodeColumn>,
    codes: Numbering<OfCode>,
    /// For each number of a ledger, the number here.
    of_ledger: Vec<u32>,
    /// For each code, its stretch of `links`; the last, an empty one, is for codes the codebook doesn't have.
    chains: Vec<(u32, u32)>,
    /// The columns that codes count in, code by code.
    links: Vec<u32>,
}

impl Layout {
    /// Lays the columns out.
    pub(super) fn new(book: &Codebook, options: &FrequencyOptions) -> Self {
        let tree = book.in_order();
        let wanted = &options.filter.codes;
        let mut layout = Self {
            columns: Vec::new(),
            codes: Numbering::new(tree.iter().map(|(_, code)| code.id)),
            of_ledger: Vec::new(),
            chains: Vec::new(),
            links: Vec::new(),
        };
        layout.of_ledger = book.codes.keys().map(|code| layout.number(*code)).collect();
        // The codes from the top down to the present one: whether the filter lets each through, and its column.
        let mut above: Vec<(bool, Option<u32>)> = Vec::new();
        for (at, (depth, code)) in tree.iter().enumerate() {
            above.truncate(*depth);
            let inherited = options.roll_up && above.last().is_some_and(|(passes, _)| *passes);
            let through = wanted.is_empty() || wanted.contains(&code.id) || inherited;
            let shown = match options.columns {
                Columns::Codes => through,
                Columns::Themes => {
                    *depth == 0
                        && (through
                            || options.roll_up
                                && subcode_is_wanted(
                                    tree.get(at + 1..).unwrap_or_default(),
                                    options,
                                ))
                }
            };
            let column = if shown {
                u32::try_from(layout.columns.len()).ok()
            } else {
                None
            };
            let included = options.roll_up && above.iter().any(|(_, column)| column.is_some());
            if column.is_some() {
                layout
                    .columns
                    .push(CodeColumn::of_code(book, code, *depth, !included));
            }
            above.push((through, column));
            let reach = match (through, options.roll_up) {
                (false, _) => 0,
                (true, false) => 1,
                (true, true) => above.len(),
            };
            layout.link(
                above
                    .iter()
                    .rev()
                    .take(reach)
                    .filter_map(|(_, column)| *column),
            );
        }
        layout.link(std::iter::empty());
        layout
    }

    /// The number of a code, for [`Self::chain`].
    pub(super) fn number(&self, code: CodeId) -> u32 {
        self.codes.get(code).unwrap_or(self.codes.len())
    }

    /// The number here of a code by its number in a ledger of the same project.
    pub(super) fn of_ledger(&self, number: u32) -> u32 {
        self.of_ledger
            .get(number as usize)
            .copied()
            .unwrap_or(self.codes.len())
    }

    /// The columns that codings with the code of this number count in, from its own to the topmost; none when it isn't counted.
    pub(super) fn chain(&self, number: u32) -> &[u32] {
        let (start, end) = self.chains[number as usize];
        &self.links[start as usize..end as usize]
    }

    fn link(&mut self, columns: impl Iterator<Item = u32>) {
        let end = |links: &Vec<u32>| u32::try_from(links.len()).unwrap_or(u32::MAX);
        let start = end(&self.links);
        self.links.extend(columns);
        self.chains.push((start, end(&self.links)));
    }
}

/// Whether the filter names a code below the top-level code that stands before these.
fn subcode_is_wanted(rest: &[(usize, &Arc<Code>)], options: &FrequencyOptions) -> bool {
    rest.iter()
        .take_while(|(depth, _)| *depth > 0)
        .any(|(_, code)| options.filter.codes.contains(&code.id))
}
