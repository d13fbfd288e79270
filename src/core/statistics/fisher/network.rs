//! All tables with given margins as paths through a network (Mehta & Patel, *A Network Algorithm for Performing Fisher's
//! Exact Test in r × c Contingency Tables*, Journal of the American Statistical Association 78, 1983).
//!
//! A table is filled column by column. What the columns so far have left of the row totals is a node; its order
//! doesn't matter, so nodes are kept sorted. Paths to the same node that are equally probable go on as one. A path is
//! taken out as soon as all its completions count or none does: either is seen from the least and the greatest sum of
//! ln k! that the remaining cells can have. The last two columns are filled once for each node, and each path to it
//! looks up which of their fillings count. So far fewer paths are followed than there are tables, and the sum is the same.

use std::collections::BTreeMap;

use statrs::function::factorial::ln_factorial;

use super::whole;
use crate::statistics::{Undefined, count};

/// Most steps that are taken, to bound the time to a few seconds: a step is a filling of a column, or a path that is
/// followed through one.
pub(super) const MOST_STEPS: usize = 10_000_000;
/// Most paths that are kept at a time, to bound the memory; a path takes 16 bytes.
const MOST_PATHS: usize = 4_000_000;
/// How many paths a node counts as, for the memory that it takes.
const NODE: usize = 16;
/// Sums of ln k! that are closer are the same sum, added in another order.
const SAME: f64 = 1e-9;

/// Equally probable paths to a node, or fillings of its remaining columns.
#[derive(Debug, Clone, Copy)]
struct Path {
    /// The sum of ln k! over the cells that were filled.
    ln: f64,
    /// The probability of all of them together.
    chance: f64,
}

/// A node, without the row totals that are its key.
#[derive(Debug, Default)]
struct Node {
    paths: Vec<Path>,
    /// How many paths there were when equal ones were last made one.
    merged: usize,
    /// Between which sums of ln k! all completions are.
    completions: (f64, f64),
    /// ln of the sum of 1 / (product of k!) over all completions.
    ln_total: f64,
}

/// The nodes after as many columns, by what is left of the row totals, ascending.
type Nodes = BTreeMap<Vec<usize>, Node>;

/// The tables with given margins.
pub(super) struct Network {
    rows: Vec<usize>,
    /// Ascending, so that few paths leave the first nodes.
    columns: Vec<usize>,
    /// ln k! for all k up to n.
    ln_factorials: Vec<f64>,
    /// A table counts if the sum of ln k! over its cells is at least this.
    least: f64,
    /// How many steps may still be taken.
    steps: usize,
    /// The probability of the tables that are known to count.
    chance: f64,
}

impl Network {
    /// The tables with these totals, of which those count whose sum of ln k! is at least `least`; `steps` bounds the work.
    pub(super) fn new(rows: Vec<usize>, columns: Vec<usize>, least: f64, steps: usize) -> Self {
        let n: usize = rows.iter().sum();
        // Nodes are told apart by what is left of each row: the fewer rows, the fewer nodes.
        let (mut rows, mut columns) = if rows.len() > columns.len() {
            (columns, rows)
        } else {
            (rows, columns)
        };
        rows.sort_unstable();
        columns.sort_unstable();
        Self {
            rows,
            columns,
            ln_factorials: (0..=n as u64).map(ln_factorial).collect(),
            least,
            steps,
            chance: 0.0,
        }
    }

    /// The probability of all tables that count.
    ///
    /// # Errors
    /// [`Undefined::TooLargeForExact`]: it would take too many steps, or too many paths at a time.
    pub(super) fn probability(mut self) -> Result<f64, Undefined> {
        let columns = std::mem::take(&mut self.columns);
        let rows = std::mem::take(&mut self.rows);
        let mut root = self.node(&rows, &columns);
        root.paths.push(Path {
            ln: 0.0,
            chance: 1.0,
        });
        let mut nodes = Nodes::from([(rows, root)]);
        let mut left = columns.as_slice();
        while let [column, rest @ ..] = left
            && rest.len() > 1
        {
            nodes = self.through(nodes, *column, rest)?;
            left = rest;
        }
        let column = left.first().copied().unwrap_or_default();
        self.spend_on(&nodes, column)?;
        for (rows, node) in nodes {
            self.finish(&rows, column, node);
        }
        Ok(self.chance)
    }

    /// Takes the steps for filling a column of all nodes, before it is done: what is too large is told at once.
    fn spend_on(&mut self, nodes: &Nodes, column: usize) -> Result<(), Undefined> {
        let fillings: f64 = nodes.keys().map(|rows| fillings(rows, column)).sum();
        if fillings.is_finite() && fillings <= count(self.steps) {
            self.spend(whole(fillings))
        } else {
            Err(Undefined::TooLargeForExact)
        }
    }

    fn spend(&mut self, steps: usize) -> Result<(), Undefined> {
        let left = self.steps.checked_sub(steps);
        self.steps = left.ok_or(Undefined::TooLargeForExact)?;
        Ok(())
    }

    /// The nodes after a column, with the paths that are still open: some of their completions count and some don't.
    fn through(&mut self, nodes: Nodes, column: usize, rest: &[usize]) -> Result<Nodes, Undefined> {
        self.spend_on(&nodes, column)?;
        let mut next = Nodes::new();
        let (mut kept, mut key) = (0, Vec::new());
        for (rows, mut node) in nodes {
            merge(&mut node.paths);
            let tails = tails(&node.paths);
            let mut filling = Filling::new(&rows, column);
            while let Some(left) = filling.advance() {
                key.clear();
                key.extend_from_slice(left);
                key.sort_unstable();
                if !next.contains_key(&key) {
                    next.insert(key.clone(), self.node(&key, rest));
                    kept += NODE;
                }
                let Some(child) = next.get_mut(&key) else {
                    continue;
                };
                let ln = self.ln_of(&rows, left);
                let (lowest, highest) = child.completions;
                let below = |most: f64| {
                    let paths = &node.paths;
                    paths.partition_point(|path| path.ln + ln + most < self.least)
                };
                let open = below(highest)..below(lowest);
                let share = (child.ln_total - ln - node.ln_total).exp();
                self.chance += share * tails[open.end];
                self.spend(open.len())?;
                kept += open.len();
                child.paths.extend(node.paths[open].iter().map(|path| Path {
                    ln: path.ln + ln,
                    chance: path.chance * share,
                }));
                kept -= child.merge_if_long();
                if kept > MOST_PATHS {
                    return Err(Undefined::TooLargeForExact);
                }
            }
        }
        next.retain(|_, node| !node.paths.is_empty());
        Ok(next)
    }

    /// Fills the last two columns of a node in all ways, and adds what of them counts on each path.
    fn finish(&mut self, rows: &[usize], column: usize, mut node: Node) {
        merge(&mut node.paths);
        let mut ways = Vec::new();
        let mut filling = Filling::new(rows, column);
        while let Some(left) = filling.advance() {
            let ln = self.ln_of(rows, left) + self.sum_of_ln_factorials(left);
            ways.push(Path {
                ln,
                chance: (-ln - node.ln_total).exp(),
            });
        }
        merge(&mut ways);
        let tails = tails(&ways);
        for path in &node.paths {
            let first = ways.partition_point(|way| path.ln + way.ln < self.least);
            self.chance += path.chance * tails[first];
        }
    }

    /// The sum of ln k! over the cells of a column that takes the row totals from `rows` to `left`.
    fn ln_of(&self, rows: &[usize], left: &[usize]) -> f64 {
        let cells = rows.iter().zip(left).map(|(row, left)| row - left);
        cells.map(|cell| self.ln_factorials[cell]).sum()
    }

    fn sum_of_ln_factorials(&self, counts: &[usize]) -> f64 {
        counts.iter().map(|&k| self.ln_factorials[k]).sum()
    }

    /// A node to which no path leads yet.
    fn node(&self, rows: &[usize], columns: &[usize]) -> Node {
        let n: usize = rows.iter().sum();
        let highest = self.highest(rows, columns).min(self.highest(columns, rows));
        Node {
            // Where there is one completion, both are its sum, added in another order.
            completions: (self.lowest(rows, columns).min(highest), highest),
            ln_total: self.ln_factorials[n]
                - self.sum_of_ln_factorials(rows)
                - self.sum_of_ln_factorials(columns),
            ..Node::default()
        }
    }

    /// A sum of ln k! that no table with these totals is below.
    ///
    /// ln k! is convex in k, so that a table solves a transportation problem, and any weights u of rows and v of columns
    /// bound it: sum of u × row + sum of v × column + sum over cells of min over k of (ln k! - (u + v) k). With the
    /// weights of the expected counts x, u + v = ln x and the minimum is at k = floor(x), which comes near.
    fn lowest(&self, rows: &[usize], columns: &[usize]) -> f64 {
        let n: usize = rows.iter().sum();
        let mut bound = 0.0;
        for row in rows.iter().filter(|row| **row > 0) {
            for column in columns {
                let k = row * column / n;
                let expected = count(*row) * count(*column) / count(n);
                bound += self.ln_factorials[k] + (expected - count(k)) * expected.ln();
            }
        }
        bound
    }

    /// A sum of ln k! that no table with these totals is above: each row by itself fills the largest columns first.
    fn highest(&self, rows: &[usize], columns: &[usize]) -> f64 {
        let of_row = |row: &usize| {
            let mut left = *row;
            // Totals are ascending.
            let cells = columns.iter().rev().map(|column| {
                let cell = left.min(*column);
                left -= cell;
                self.ln_factorials[cell]
            });
            cells.sum::<f64>()
        };
        rows.iter().map(of_row).sum()
    }
}

impl Node {
    /// Makes one of equal paths once there are twice as many as last time; returns how many paths that saves.
    fn merge_if_long(&mut self) -> usize {
        if self.paths.len() < 64.max(2 * self.merged) {
            return 0;
        }
        let before = self.paths.len();
        merge(&mut self.paths);
        self.merged = self.paths.len();
        before - self.merged
    }
}

/// Sorts paths by their sums, and makes one of those with the same sum.
fn merge(paths: &mut Vec<Path>) {
    paths.sort_unstable_by(|a, b| a.ln.total_cmp(&b.ln));
    paths.dedup_by(|path, kept| {
        let same = path.ln - kept.ln < SAME;
        if same {
            kept.chance += path.chance;
        }
        same
    });
}

/// The probability of all paths from each one on, and 0 beyond the last.
fn tails(paths: &[Path]) -> Vec<f64> {
    let mut tails = vec![0.0; paths.len() + 1];
    for (at, path) in paths.iter().enumerate().rev() {
        tails[at] = tails[at + 1] + path.chance;
    }
    tails
}

/// In how many ways rows can give a column its total; the number can be far beyond any integer, even infinite.
///
/// The column has at most half of what is left, since columns are ascending. So no number on the way is larger than the
/// last one, and where that is small nothing is rounded.
fn fillings(rows: &[usize], column: usize) -> f64 {
    let mut ways = vec![0.0; column + 1];
    ways[0] = 1.0;
    for &row in rows {
        // The row gives 0, 1, ... up to its total: a sum over a window of the ways of the rows before it.
        let mut next = Vec::with_capacity(ways.len());
        let mut window = 0.0;
        for at in 0..ways.len() {
            window += ways[at];
            if at > row {
                window -= ways[at - row - 1];
            }
            next.push(window);
        }
        ways = next;
    }
    ways[column]
}

/// All ways in which rows can give a column its total, told by what is left of the rows.
struct Filling<'a> {
    rows: &'a [usize],
    left: Vec<usize>,
    begun: bool,
}

impl<'a> Filling<'a> {
    /// The first way takes all it can from the first rows.
    fn new(rows: &'a [usize], column: usize) -> Self {
        let mut filling = Self {
            rows,
            left: rows.to_vec(),
            begun: false,
        };
        filling.take(0, column);
        filling
    }

    /// Takes as much as possible from the rows from `first` on.
    fn take(&mut self, first: usize, mut total: usize) {
        for (left, row) in self.left.iter_mut().zip(self.rows).skip(first) {
            let cell = total.min(*row);
            *left = row - cell;
            total -= cell;
        }
    }

    /// The next way; a stream rather than an iterator, since there are millions of them.
    fn advance(&mut self) -> Option<&[usize]> {
        if !self.begun {
            self.begun = true;
            return Some(&self.left);
        }
        // The last row that gives something and has a row after it that can give more gives one less, and the rows
        // after it begin anew.
        let (mut taken, mut room) = (0, 0);
        for at in (0..self.rows.len()).rev() {
            let cell = self.rows[at] - self.left[at];
            if cell > 0 && room > 0 {
                self.left[at] += 1;
                self.take(at + 1, taken + 1);
                return Some(&self.left);
            }
            taken += cell;
            room += self.left[at];
        }
        None
    }
}
