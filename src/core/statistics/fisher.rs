//! Fisher's exact test for tables of any size (Freeman & Halton, Biometrika 38, 1951).

use statrs::function::factorial::ln_factorial;

use super::{Figure, Undefined, chance::Chance, contingency::NonEmptyTable};

/// Most tables that are enumerated, to bound the time.
const MOST_TABLES: u64 = 10_000_000;
/// How much more probable a table may be, in log probability, and still count as no more probable than the observed one.
///
/// Equally probable tables differ in the last digits, because their logarithms are added in different orders.
const SLACK: f64 = 1e-7;

/// The exact p value: the probability of all tables with the same margins that are no more probable than the observed one.
///
/// # Errors
/// There are no counts, too few rows or columns, or more than 10 million possible tables; then use [`monte_carlo`].
pub fn exact(table: &[Vec<u64>]) -> Figure {
    let kept = NonEmptyTable::of(table)?;
    let mut walk = Walk::new(&kept);
    walk.row(0, 0.0)?;
    Ok((walk.sum * (walk.constant).exp()).min(1.0))
}

/// A Monte Carlo estimate of the same p value, (1 + tables as improbable) / (1 + draws) (Davison & Hinkley 1997, 4.2).
///
/// Each draw shuffles which observation belongs to which column; the same seed gives the same estimate.
///
/// # Errors
/// There are no counts, or too few rows or columns.
pub fn monte_carlo(table: &[Vec<u64>], draws: usize, seed: u64) -> Figure {
    let kept = NonEmptyTable::of(table)?;
    let least = sum_of_ln_factorials(&kept.counts) - SLACK;
    let (rows, mut columns) = (labels(&kept.row_totals), labels(&kept.column_totals));
    let mut chance = Chance::new(seed);
    let mut as_improbable = 0usize;
    for _ in 0..draws {
        chance.shuffle(&mut columns);
        let mut counts = vec![vec![0.0; kept.column_totals.len()]; kept.row_totals.len()];
        rows.iter()
            .zip(&columns)
            .for_each(|(&row, &column)| counts[row][column] += 1.0);
        as_improbable += usize::from(sum_of_ln_factorials(&counts) >= least);
    }
    Ok(super::count(as_improbable + 1) / super::count(draws + 1))
}

/// The row or column of each observation: every index as often as its total says.
fn labels(totals: &[f64]) -> Vec<usize> {
    let numbered = totals.iter().enumerate();
    numbered
        .flat_map(|(at, &total)| std::iter::repeat_n(at, whole(total)))
        .collect()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the number was a count before"
)]
fn whole(count: f64) -> usize {
    count as usize
}

/// The sum of ln k! over all cells; the larger it is, the less probable is the table among those with the same margins.
fn sum_of_ln_factorials(counts: &[Vec<f64>]) -> f64 {
    let cells = counts.iter().flatten();
    cells.map(|&count| ln_factorial(whole(count) as u64)).sum()
}

/// A depth-first walk over all tables with given margins, cell by cell.
///
/// The last row and the last column follow from the other cells, so they aren't enumerated.
struct Walk {
    rows: Vec<usize>,
    /// The part of each column's total that the rows above haven't used.
    left: Vec<usize>,
    /// ln k! for all k up to n.
    ln_factorials: Vec<f64>,
    /// ln of (product of the factorials of all totals / n!).
    constant: f64,
    /// A table counts if the sum of ln k! over its cells is at least this.
    least: f64,
    /// The sum of 1 / (product of k!) over the tables that count.
    sum: f64,
    /// How many tables were enumerated.
    tables: u64,
}

impl Walk {
    fn new(kept: &NonEmptyTable) -> Self {
        let rows: Vec<usize> = kept.row_totals.iter().copied().map(whole).collect();
        let left: Vec<usize> = kept.column_totals.iter().copied().map(whole).collect();
        let ln_factorials: Vec<f64> = (0..=kept.n).map(ln_factorial).collect();
        let margins = rows
            .iter()
            .chain(&left)
            .map(|&total| ln_factorials[total])
            .sum::<f64>();
        Self {
            constant: margins - ln_factorial(kept.n),
            least: sum_of_ln_factorials(&kept.counts) - SLACK,
            rows,
            left,
            ln_factorials,
            sum: 0.0,
            tables: 0,
        }
    }

    /// Enumerates the rows from `row` on; `ln` is the sum of ln k! over the cells above.
    fn row(&mut self, row: usize, ln: f64) -> Result<(), Undefined> {
        if row + 1 == self.rows.len() {
            let ln = ln
                + self
                    .left
                    .iter()
                    .map(|&count| self.ln_factorials[count])
                    .sum::<f64>();
            self.tables += 1;
            if ln >= self.least {
                self.sum += (-ln).exp();
            }
            return if self.tables > MOST_TABLES {
                Err(Undefined::TooLargeForExact)
            } else {
                Ok(())
            };
        }
        self.cell(row, 0, self.rows[row], ln)
    }

    /// Enumerates the cells of a row from `column` on, which share the remaining total `rest`.
    fn cell(&mut self, row: usize, column: usize, rest: usize, ln: f64) -> Result<(), Undefined> {
        let left = self.left[column];
        if column + 1 == self.left.len() {
            if rest > left {
                return Ok(());
            }
            self.left[column] -= rest;
            let done = self.row(row + 1, ln + self.ln_factorials[rest]);
            self.left[column] = left;
            return done;
        }
        // The columns to the right must be able to take what this cell leaves of the row's total.
        let beyond: usize = self.left.iter().skip(column + 1).sum();
        for count in rest.saturating_sub(beyond)..=rest.min(left) {
            self.left[column] = left - count;
            let done = self.cell(
                row,
                column + 1,
                rest - count,
                ln + self.ln_factorials[count],
            );
            self.left[column] = left;
            done?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lady_tasting_tea() {
        assert!((exact(&[vec![3, 1], vec![1, 3]]).unwrap() - 0.485_714_285_714).abs() < 1e-12);
        assert!((exact(&[vec![2, 15], vec![10, 3]]).unwrap() - 0.000_536_724_119).abs() < 1e-12);
    }

    #[test]
    fn what_is_too_large_is_estimated() {
        let large: Vec<Vec<u64>> = (0..8)
            .map(|row| (0..8).map(|column| 10 + (row * column) % 7).collect())
            .collect();
        assert_eq!(exact(&large), Err(Undefined::TooLargeForExact));
        let small = [vec![5, 1, 0], vec![2, 6, 1], vec![0, 2, 7], vec![1, 1, 2]];
        let (exact, estimate) = (
            exact(&small).unwrap(),
            monte_carlo(&small, 20_000, 1).unwrap(),
        );
        assert!((exact - estimate).abs() < 0.001, "{exact} {estimate}");
        assert_eq!(monte_carlo(&small, 500, 3), monte_carlo(&small, 500, 3));
    }
}
