//! Fisher's exact test for tables of any size (Freeman & Halton, Biometrika 38, 1951).

use statrs::function::factorial::ln_factorial;

use super::{Figure, Undefined, chance::Chance, contingency::NonEmptyTable};

/// Most tables that are looked at one by one.
const MOST_TABLES: u64 = 10_000_000;
/// Tables this little more probable than the one observed count as no more probable: sums of logarithms differ in their last digits.
const SLACK: f64 = 1e-7;

/// The probability of a table with these margins that is no more probable than the one observed, by going through all of them.
///
/// # Errors
/// There are no counts or too few rows or columns, or more than 10 million tables are possible: then see [`monte_carlo`].
pub fn exact(table: &[Vec<u64>]) -> Figure {
    let kept = NonEmptyTable::of(table)?;
    let mut walk = Walk::new(&kept);
    walk.row(0, 0.0)?;
    Ok((walk.sum * (walk.constant).exp()).min(1.0))
}

/// An estimate of the same probability, by shuffling who is in which column, with the seed that makes it repeatable: (1 + as improbable) / (1 + draws)
/// (Davison & Hinkley 1997, 4.2).
///
/// # Errors
/// There are no counts, or too few rows or columns.
pub fn monte_carlo(table: &[Vec<u64>], draws: usize, seed: u64) -> Figure {
    let kept = NonEmptyTable::of(table)?;
    let ln =
        |counts: &[Vec<f64>]| -> f64 { counts.iter().flatten().map(|&count| ln_of(count)).sum() };
    let least = ln(&kept.counts) - SLACK;
    let labels = |totals: &[f64]| -> Vec<usize> {
        let of_one = |(at, &total): (usize, &f64)| std::iter::repeat_n(at, whole(total));
        totals.iter().enumerate().flat_map(of_one).collect()
    };
    let (rows, mut columns) = (labels(&kept.row_totals), labels(&kept.column_totals));
    let mut chance = Chance::new(seed);
    let mut as_improbable = 0usize;
    for _ in 0..draws {
        chance.shuffle(&mut columns);
        let mut counts = vec![vec![0.0; kept.column_totals.len()]; kept.row_totals.len()];
        rows.iter()
            .zip(&columns)
            .for_each(|(&row, &column)| counts[row][column] += 1.0);
        as_improbable += usize::from(ln(&counts) >= least);
    }
    Ok(super::count(as_improbable + 1) / super::count(draws + 1))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a count that was made a number"
)]
fn whole(count: f64) -> usize {
    count as usize
}

fn ln_of(count: f64) -> f64 {
    ln_factorial(whole(count) as u64)
}

/// A walk over all tables with the margins of one, cell by cell; the last row and the last column follow from the rest.
struct Walk {
    rows: Vec<usize>,
    /// What is left of each column's total.
    left: Vec<usize>,
    /// ln k! for all k up to n.
    ln_factorials: Vec<f64>,
    /// ln of (product of all totals' factorials / n!).
    constant: f64,
    /// The sum of ln k! over the cells, from which on a table counts.
    least: f64,
    /// Sum of 1 / product of k! over the tables that count.
    sum: f64,
    tables: u64,
}

impl Walk {
    fn new(kept: &NonEmptyTable) -> Self {
        let counts = |totals: &[f64]| totals.iter().map(|&total| whole(total)).collect::<Vec<_>>();
        let (rows, left) = (counts(&kept.row_totals), counts(&kept.column_totals));
        let ln_factorials: Vec<f64> = (0..=kept.n).map(ln_factorial).collect();
        let margins = rows
            .iter()
            .chain(&left)
            .map(|&total| ln_factorials[total])
            .sum::<f64>();
        Self {
            constant: margins - ln_factorial(kept.n),
            least: kept
                .counts
                .iter()
                .flatten()
                .map(|&count| ln_of(count))
                .sum::<f64>()
                - SLACK,
            rows,
            left,
            ln_factorials,
            sum: 0.0,
            tables: 0,
        }
    }

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
