//! Which columns there are, and under which of them a code's codings count.

use std::sync::Arc;

use crate::model::{
    code::Code,
    codebook::Codebook,
    ids::{CodeId, OfCode},
};

use super::{Columns, Options, numbering::Numbering, table::Column};

/// The columns, and where each code counts.
pub(super) struct Layout {
    /// The columns, in the order of the tree.
    pub(super) columns: Vec<Column>,
    codes: Numbering<OfCode>,
    /// For each code, the columns it counts in, from its own to the topmost; empty when it isn't counted.
    chains: Vec<Vec<u32>>,
}

impl Layout {
    /// Lays the columns out.
    pub(super) fn new(book: &Codebook, options: &Options) -> Self {
        let tree = book.in_order();
        let wanted = &options.filter.codes;
        let mut layout = Self { columns: Vec::new(), codes: Numbering::new(tree.iter().map(|(_, code)| code.id)), chains: Vec::new() };
        // The codes from the top down to the present one: whether the filter lets each through, and its column.
        let mut above: Vec<(bool, Option<u32>)> = Vec::new();
        for (at, (depth, code)) in tree.iter().enumerate() {
            above.truncate(*depth);
            let inherited = options.roll_up && above.last().is_some_and(|(passes, _)| *passes);
            let through = wanted.is_empty() || wanted.contains(&code.id) || inherited;
            let shown = match options.columns {
                Columns::Codes => through,
                Columns::Themes => {
                    *depth == 0 && (through || options.roll_up && subcode_is_wanted(tree.get(at + 1..).unwrap_or_default(), options))
                }
            };
            let column = if shown { u32::try_from(layout.columns.len()).ok() } else { None };
            let included = options.roll_up && above.iter().any(|(_, column)| column.is_some());
            if column.is_some() {
                layout.columns.push(Column { code: code.id, path: book.path(code.id), depth: *depth, hue: code.hue, topmost: !included });
            }
            above.push((through, column));
            let mut chain: Vec<u32> = column.into_iter().collect();
            if options.roll_up {
                chain = above.iter().rev().filter_map(|(_, column)| *column).collect();
            }
            if !through {
                chain.clear();
            }
            layout.chains.push(chain);
        }
        layout
    }

    /// The columns that a coding with this code counts in, from its own to the topmost.
    pub(super) fn chain(&self, code: CodeId) -> &[u32] {
        self.codes.get(code).and_then(|number| self.chains.get(number as usize)).map_or(&[], Vec::as_slice)
    }
}

/// Whether the filter names a code below the top-level code that stands before these.
fn subcode_is_wanted(rest: &[(usize, &Arc<Code>)], options: &Options) -> bool {
    rest.iter().take_while(|(depth, _)| *depth > 0).any(|(_, code)| options.filter.codes.contains(&code.id))
}
