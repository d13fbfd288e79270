//! Which columns there are, and under which of them a code's codings count.

use std::sync::Arc;

use crate::{
    analysis::numbering::{Numbering, dense},
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
    /// For each number of a ledger, the number here; the last is for codes that the codebook doesn't have.
    of_ledger: Vec<u32>,
    /// For each code, the start and end of its columns in `links`; the last, an empty one, is for codes that the codebook doesn't have.
    chains: Vec<(u32, u32)>,
    /// The columns that codes count in, code by code.
    links: Vec<u32>,
}

impl Layout {
    /// Lays the columns out.
    pub(super) fn new(book: &Codebook, options: &FrequencyOptions) -> Self {
        let tree = book.in_order();
        let mut layout = Self {
            columns: Vec::new(),
            codes: Numbering::new(tree.iter().map(|(_, code)| code.id)),
            of_ledger: Vec::new(),
            chains: Vec::new(),
            links: Vec::new(),
        };
        layout.of_ledger = book.codes.keys().map(|code| layout.number(*code)).collect();
        layout.of_ledger.push(layout.codes.len());
        // The codes from the top down to the present one: whether the filter lets each through, and its column.
        let mut above: Vec<(bool, Option<u32>)> = Vec::new();
        for (at, (depth, code)) in tree.iter().enumerate() {
            above.truncate(*depth);
            let inherited = options.roll_up && above.last().is_some_and(|(passes, _)| *passes);
            let through = inherited || options.filter.admits_code(code.id);
            let shown = match options.columns {
                Columns::Codes => through,
                // Rolled up, a theme is shown for the sake of a subcode, even if its own codings don't count.
                Columns::Themes => {
                    *depth == 0
                        && (through
                            || options.roll_up && subcode_is_named(&tree[at + 1..], options))
                }
            };
            let column = shown.then(|| dense(layout.columns.len()));
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
        self.codes.get_or_len(code)
    }

    /// The number here of a code by its number in a ledger of the same project.
    pub(super) fn of_ledger(&self, number: u32) -> u32 {
        self.of_ledger[number as usize]
    }

    /// Returns true if a row's total counts the codings of this column, because no other column includes them.
    pub(super) fn is_topmost(&self, column: u32) -> bool {
        self.columns[column as usize].topmost
    }

    /// The columns that codings with the code of this number count in, from its own to the topmost; none when it isn't counted.
    pub(super) fn chain(&self, number: u32) -> &[u32] {
        let (start, end) = self.chains[number as usize];
        &self.links[start as usize..end as usize]
    }

    /// Adds the columns of the next code.
    fn link(&mut self, columns: impl Iterator<Item = u32>) {
        let start = dense(self.links.len());
        self.links.extend(columns);
        self.chains.push((start, dense(self.links.len())));
    }
}

/// Returns true if the filter names a code below a top-level code; `rest` is what follows that code in the tree.
fn subcode_is_named(rest: &[(usize, &Arc<Code>)], options: &FrequencyOptions) -> bool {
    rest.iter()
        .take_while(|(depth, _)| *depth > 0)
        .any(|(_, code)| options.filter.codes.contains(&code.id))
}
