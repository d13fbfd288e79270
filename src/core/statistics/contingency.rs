//! Contingency tables: the chi-square test, Cramér's V, expected counts and residuals.

use super::{Figure, Undefined, ratio, tails};

/// A test of independence between the rows and columns of a table, with the figures to judge it.
///
/// Empty rows and columns are dropped and listed, because their expected counts would be 0; all tables below have only
/// the remaining rows and columns.
#[derive(Debug, Clone, PartialEq)]
pub struct ChiSquare {
    /// Sum of all counts.
    pub n: u64,
    /// Indexes of the dropped rows.
    pub dropped_rows: Vec<usize>,
    /// Indexes of the dropped columns.
    pub dropped_columns: Vec<usize>,
    /// Pearson's X², without correction.
    pub chi2: f64,
    /// Degrees of freedom.
    pub df: usize,
    /// P(X² >= `chi2`) if rows and columns are independent and expected counts large.
    pub p: f64,
    /// Cramér's V = sqrt(X² / (n min(r - 1, c - 1))) (Cramér 1946), 0 to 1.
    pub cramers_v: f64,
    /// V corrected for its bias in small tables (Bergsma, Journal of the Korean Statistical Society 42, 2013).
    ///
    /// # Errors
    /// Its denominator is 0.
    pub cramers_v_bias_corrected: Figure,
    /// Expected counts under independence: row total times column total over n.
    pub expected: Vec<Vec<f64>>,
    /// Smallest expected count.
    pub min_expected: f64,
    /// Number of cells with an expected count below 5.
    ///
    /// With many of them, X² is only roughly chi-square distributed (Cochran 1954), and an exact test is preferable.
    pub cells_expected_below_5: usize,
    /// (O - E) / sqrt(E).
    pub pearson_residuals: Vec<Vec<f64>>,
    /// (O - E) / sqrt(E (1 - row share) (1 - column share)) (Haberman 1973); beyond ±2 a cell departs from independence.
    pub adjusted_residuals: Vec<Vec<f64>>,
    /// X² with Yates's correction and its p value; only for two rows and two columns.
    pub yates: Option<(f64, f64)>,
}

/// Tests whether rows and columns of a table are independent (Pearson 1900; Agresti, *An Introduction to Categorical Data Analysis*, 2007, 2.4).
///
/// # Errors
/// There are no counts, or fewer than two rows or columns with any.
pub fn chi_square(table: &[Vec<u64>]) -> Result<ChiSquare, Undefined> {
    let kept = NonEmptyTable::of(table)?;
    let (rows, columns, n) = (&kept.row_totals, &kept.column_totals, kept.n as f64);
    let expected: Vec<Vec<f64>> = rows
        .iter()
        .map(|row| columns.iter().map(|column| row * column / n).collect())
        .collect();
    let pearson_residuals = kept.map_cells(|observed, r, c| {
        let expected = expected[r][c];
        (observed - expected) / expected.sqrt()
    });
    let adjusted_residuals = kept.map_cells(|observed, r, c| {
        let expected = expected[r][c];
        (observed - expected) / (expected * (1.0 - rows[r] / n) * (1.0 - columns[c] / n)).sqrt()
    });
    let chi2: f64 = pearson_residuals
        .iter()
        .flatten()
        .map(|residual| residual * residual)
        .sum();
    let (r, c) = (super::count(rows.len()), super::count(columns.len()));
    let df = (rows.len() - 1) * (columns.len() - 1);
    let yates = match kept.counts.as_slice() {
        [top, bottom] if columns.len() == 2 => {
            // The correction must not carry the difference past 0, or independent tables would get a positive X².
            let off = ((top[0] * bottom[1] - top[1] * bottom[0]).abs() - n / 2.0).max(0.0);
            let corrected = n * off * off / (rows[0] * rows[1] * columns[0] * columns[1]);
            Some((corrected, tails::chi_square(corrected, 1.0)))
        }
        _ => None,
    };
    Ok(ChiSquare {
        n: kept.n,
        chi2,
        df,
        p: tails::chi_square(chi2, super::count(df)),
        cramers_v: (chi2 / (n * (r.min(c) - 1.0))).sqrt(),
        cramers_v_bias_corrected: bias_corrected(chi2 / n, r, c, n),
        min_expected: expected
            .iter()
            .flatten()
            .copied()
            .fold(f64::INFINITY, f64::min),
        cells_expected_below_5: expected
            .iter()
            .flatten()
            .filter(|expected| **expected < 5.0)
            .count(),
        expected,
        pearson_residuals,
        adjusted_residuals,
        yates,
        dropped_rows: kept.dropped_rows,
        dropped_columns: kept.dropped_columns,
    })
}

/// The bias-corrected V of Bergsma 2013, equation 5, for `r` rows and `c` columns; `phi2` is X² / n.
fn bias_corrected(phi2: f64, r: f64, c: f64, n: f64) -> Figure {
    let phi2 = (phi2 - (r - 1.0) * (c - 1.0) / (n - 1.0)).max(0.0);
    let rows = r - (r - 1.0).powi(2) / (n - 1.0);
    let columns = c - (c - 1.0).powi(2) / (n - 1.0);
    let divisor = rows.min(columns) - 1.0;
    if divisor > 0.0 {
        ratio(phi2, divisor, Undefined::DivisionByZero).map(f64::sqrt)
    } else {
        Err(Undefined::DivisionByZero)
    }
}

/// A table without its empty rows and columns.
pub(super) struct NonEmptyTable {
    pub(super) n: u64,
    pub(super) counts: Vec<Vec<f64>>,
    pub(super) row_totals: Vec<f64>,
    pub(super) column_totals: Vec<f64>,
    dropped_rows: Vec<usize>,
    dropped_columns: Vec<usize>,
}

impl NonEmptyTable {
    /// Drops the empty rows and columns of a table; rows that are shorter than others are filled up with 0.
    ///
    /// # Errors
    /// There are no counts, or fewer than two rows or columns remain.
    pub(super) fn of(table: &[Vec<u64>]) -> Result<Self, Undefined> {
        let row_totals: Vec<u64> = table.iter().map(|row| row.iter().sum()).collect();
        let mut column_totals: Vec<u64> = Vec::new();
        for row in table {
            column_totals.resize(column_totals.len().max(row.len()), 0);
            for (total, count) in column_totals.iter_mut().zip(row) {
                *total += count;
            }
        }
        let n: u64 = row_totals.iter().sum();
        if n == 0 {
            return Err(Undefined::NoData);
        }
        let (rows, dropped_rows) = split_at_zero(&row_totals);
        let (columns, dropped_columns) = split_at_zero(&column_totals);
        if rows.len() < 2 || columns.len() < 2 {
            return Err(Undefined::FewerThanTwoRowsOrColumns);
        }
        let counts = rows
            .iter()
            .map(|&row| {
                columns
                    .iter()
                    .map(|&column| table[row].get(column).map_or(0.0, |&count| count as f64))
                    .collect()
            })
            .collect();
        Ok(Self {
            n,
            counts,
            row_totals: rows.iter().map(|&row| row_totals[row] as f64).collect(),
            column_totals: columns
                .iter()
                .map(|&column| column_totals[column] as f64)
                .collect(),
            dropped_rows,
            dropped_columns,
        })
    }

    /// A table of the same shape: `figure` computes each cell from its count, row and column.
    fn map_cells(&self, figure: impl Fn(f64, usize, usize) -> f64) -> Vec<Vec<f64>> {
        let mut table = Vec::with_capacity(self.counts.len());
        for (row, counts) in self.counts.iter().enumerate() {
            let cells = counts.iter().enumerate();
            table.push(
                cells
                    .map(|(column, &count)| figure(count, row, column))
                    .collect(),
            );
        }
        table
    }
}

/// The indexes of the positive totals, and of those that are 0.
fn split_at_zero(totals: &[u64]) -> (Vec<usize>, Vec<usize>) {
    (0..totals.len()).partition(|&at| totals[at] > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_that_departs_is_told_where() {
        let found = chi_square(&[vec![12, 5], vec![4, 11]]).unwrap();
        assert!((found.chi2 - 6.149_02).abs() < 1e-5 && found.df == 1);
        assert!(found.adjusted_residuals[0][0] > 2.0 && found.adjusted_residuals[0][1] < -2.0);
        assert_eq!(
            chi_square(&[vec![4], vec![6]]).unwrap_err(),
            Undefined::FewerThanTwoRowsOrColumns
        );
        assert_eq!(chi_square(&[]).unwrap_err(), Undefined::NoData);
        assert_eq!(
            chi_square(&[vec![1, 0], vec![0, 1]])
                .unwrap()
                .cramers_v_bias_corrected,
            Err(Undefined::DivisionByZero)
        );
    }
}
