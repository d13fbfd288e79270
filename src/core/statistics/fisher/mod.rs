//! Fisher's exact test for tables of any size (Freeman & Halton, Biometrika 38, 1951).

mod network;

use statrs::function::factorial::ln_factorial;

use self::network::{MOST_STEPS, Network};
use super::{Figure, chance::Chance, contingency::NonEmptyTable};

/// How much more probable a table may be, in log probability, and still count as no more probable than the observed one.
///
/// Equally probable tables differ in the last digits, because their logarithms are added in different orders.
const SLACK: f64 = 1e-7;

/// The exact p value: the probability of all tables with the same margins that are no more probable than the observed one.
///
/// # Errors
/// There are no counts, too few rows or columns, or the margins allow so many tables that going through them, even
/// many at a time, would take more than a few seconds ([`Undefined::TooLargeForExact`](super::Undefined::TooLargeForExact)); then use [`monte_carlo`].
pub fn exact(table: &[Vec<u64>]) -> Figure {
    exact_within(MOST_STEPS, table)
}

fn exact_within(steps: usize, table: &[Vec<u64>]) -> Figure {
    let kept = NonEmptyTable::of(table)?;
    let totals = |of: &[f64]| of.iter().copied().map(whole).collect();
    let least = sum_of_ln_factorials(&kept.counts) - SLACK;
    let (rows, columns) = (totals(&kept.row_totals), totals(&kept.column_totals));
    let network = Network::new(rows, columns, least, steps);
    // Rounding errors can carry the sum past 1.
    Ok(network.probability()?.min(1.0))
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::statistics::Undefined;

    /// The p value by its definition, over all tables written out.
    fn written_out(table: &[Vec<u64>]) -> Figure {
        let kept = NonEmptyTable::of(table)?;
        let mut tables = vec![Vec::new()];
        let (rows, columns) = (kept.row_totals.len(), kept.column_totals.len());
        for cell in 0..rows * columns {
            let (row, column) = (cell / columns, cell % columns);
            let mut longer = Vec::new();
            for table in &tables {
                let in_row: f64 = table[row * columns..].iter().sum();
                let in_column: f64 = table.iter().skip(column).step_by(columns).sum();
                let row_left = kept.row_totals[row] - in_row;
                let column_left = kept.column_totals[column] - in_column;
                for count in 0..=whole(row_left.min(column_left)) {
                    let count = crate::statistics::count(count);
                    // The last cell of a row or column takes what is left of it.
                    if (column + 1 == columns && count < row_left)
                        || (row + 1 == rows && count < column_left)
                    {
                        continue;
                    }
                    longer.push([table.as_slice(), &[count]].concat());
                }
            }
            tables = longer;
        }
        let lns = tables
            .into_iter()
            .map(|table| sum_of_ln_factorials(&[table]));
        let lns: Vec<f64> = lns.collect();
        let least = sum_of_ln_factorials(&kept.counts) - SLACK;
        let all: f64 = lns.iter().map(|ln| (-ln).exp()).sum();
        let counting: f64 = lns
            .iter()
            .filter(|ln| **ln >= least)
            .map(|ln| (-ln).exp())
            .sum();
        Ok(counting / all)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(100))]
        #[test]
        fn the_network_has_the_tables_that_can_be_written_out(
            table in (2usize..=4, 2usize..=4).prop_flat_map(|(rows, columns)| {
                let most: u64 = if rows * columns > 9 { 2 } else { 4 };
                prop::collection::vec(prop::collection::vec(0..=most, columns), rows)
            })
        ) {
            match (exact(&table), written_out(&table)) {
                (Ok(found), Ok(expected)) => prop_assert!((found - expected).abs() < 1e-9, "{found} {expected}"),
                (found, expected) => prop_assert_eq!(found, expected),
            }
        }
    }

    /// Values that were published, or that whole numbers of any size give.
    #[test]
    fn known_tables_have_their_known_values() {
        let near = |table: &[Vec<u64>], p: f64, within: f64| {
            let found = exact(table).unwrap();
            assert!((found - p).abs() < within, "{found} {p}");
        };
        // The lady tasting tea, and the twins of convicts (Fisher 1962).
        near(&[vec![3, 1], vec![1, 3]], 17.0 / 35.0, 1e-12);
        near(&[vec![2, 15], vec![10, 3]], 0.000_536_724_119, 1e-12);
        // Job satisfaction by income (Agresti 2002, p. 57), as in R's help of fisher.test.
        let job = [
            vec![1, 2, 1, 0],
            vec![3, 3, 6, 1],
            vec![10, 10, 14, 9],
            vec![6, 7, 12, 11],
        ];
        near(&job, 0.7827, 5e-5);
        // Products of factorials beyond what a number can hold.
        near(&[vec![200, 150], vec![180, 210]], 0.003_207_061_487, 1e-9);
    }

    #[test]
    fn what_is_too_large_is_told_and_estimated() {
        let large: Vec<Vec<u64>> = (0..8)
            .map(|row| (0..8).map(|column| 10 + (row * column) % 7).collect())
            .collect();
        assert_eq!(exact(&large), Err(Undefined::TooLargeForExact));
        let small = [vec![5, 1, 0], vec![2, 6, 1], vec![0, 2, 7], vec![1, 1, 2]];
        assert_eq!(exact_within(800, &small), Err(Undefined::TooLargeForExact));
        let (exact, estimate) = (
            exact(&small).unwrap(),
            monte_carlo(&small, 20_000, 1).unwrap(),
        );
        assert!((exact - estimate).abs() < 0.001, "{exact} {estimate}");
        assert_eq!(monte_carlo(&small, 500, 3), monte_carlo(&small, 500, 3));
    }
}
