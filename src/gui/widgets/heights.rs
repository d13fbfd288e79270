//! Heights of a long list of rows: the position of a row and the row at a position, both in logarithmic time (a Fenwick tree).

/// Heights that can be corrected one by one.
#[derive(Debug, Clone)]
pub(crate) struct Heights {
    tree: Vec<f64>,
    rows: Vec<f32>,
}

impl Heights {
    /// From a first estimate of every row.
    pub(crate) fn new(rows: Vec<f32>) -> Self {
        let mut tree = vec![0.0; rows.len() + 1];
        for index in 1..tree.len() {
            tree[index] += f64::from(rows[index - 1]);
            let above = index + lowest_bit(index);
            if above < tree.len() {
                tree[above] += tree[index];
            }
        }
        Self { tree, rows }
    }

    /// How many rows there are.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// A row's height.
    pub(crate) fn height(&self, row: usize) -> f32 {
        self.rows.get(row).copied().unwrap_or(0.0)
    }

    /// Sets a row's height; gives by how much it differs.
    pub(crate) fn set(&mut self, row: usize, height: f32) -> f32 {
        let Some(slot) = self.rows.get_mut(row) else {
            return 0.0;
        };
        let difference = height - *slot;
        *slot = height;
        let mut index = row + 1;
        while difference.abs() > f32::EPSILON && index < self.tree.len() {
            self.tree[index] += f64::from(difference);
            index += lowest_bit(index);
        }
        difference
    }

    /// Where a row begins: the sum of those before it.
    pub(crate) fn top(&self, row: usize) -> f32 {
        let mut index = row.min(self.rows.len());
        let mut sum = 0.0;
        while index > 0 {
            sum += self.tree[index];
            index -= lowest_bit(index);
        }
        narrow(sum)
    }

    /// All rows together.
    pub(crate) fn total(&self) -> f32 {
        self.top(self.rows.len())
    }

    /// The row at a height; the last for anything below.
    pub(crate) fn at(&self, y: f32) -> usize {
        let mut rest = f64::from(y);
        let mut position = 0;
        let mut bit = self.tree.len().next_power_of_two();
        while bit > 0 {
            let next = position + bit;
            if next < self.tree.len() && self.tree[next] <= rest {
                rest -= self.tree[next];
                position = next;
            }
            bit /= 2;
        }
        position.min(self.rows.len().saturating_sub(1))
    }
}

const fn lowest_bit(index: usize) -> usize {
    index & index.wrapping_neg()
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "heights on screen are far below what f32 holds exactly enough"
)]
const fn narrow(value: f64) -> f32 {
    value as f32
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn sums_and_rows_agree_with_plain_addition(rows in proptest::collection::vec(1u8..60, 1..80), sets in proptest::collection::vec((0usize..80, 1u8..60), 0..20), y in 0u16..3000) {
            let mut plain: Vec<f32> = rows.iter().map(|row| f32::from(*row)).collect();
            let mut heights = Heights::new(plain.clone());
            for (row, height) in sets {
                if row < plain.len() {
                    heights.set(row, f32::from(height));
                    plain[row] = f32::from(height);
                }
            }
            for row in 0..=plain.len() {
                prop_assert!((heights.top(row) - plain[..row].iter().sum::<f32>()).abs() < 0.01);
            }
            let y = f32::from(y);
            let expected = (0..plain.len()).rev().find(|row| plain[..*row].iter().sum::<f32>() <= y).unwrap();
            prop_assert_eq!(heights.at(y), expected);
        }
    }
}
