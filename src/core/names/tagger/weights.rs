//! The weights of the tagger, as `assets/names` has them: numbers of 16 bits, one matrix after another.

/// Numbers for each character: the width of the first layer's input, and of each direction of both layers.
pub(super) const WIDTH: usize = 128;
/// The three gates of a unit.
pub(super) const GATES: usize = 3 * WIDTH;
/// How many labels there are.
pub(super) const LABELS: usize = 49;

const WEIGHTS: &[u8] = include_bytes!("../../../../assets/names/lac-weights.f16");
/// One line for each row of the table of characters but the first, which stands for all others.
const CHARACTERS: &str = include_str!("../../../../assets/names/lac-characters.txt");

/// A matrix, row after row: a row for each number that comes in.
#[derive(Debug)]
pub(super) struct Matrix {
    /// The numbers.
    pub(super) cells: Vec<f32>,
    /// How many numbers come out.
    pub(super) columns: usize,
}

impl Matrix {
    /// Adds the product of some numbers and the matrix to `sums`.
    ///
    /// Eight columns at a time: a compiler that optimises makes one instruction of them, and one that doesn't has fewer
    /// steps to go.
    pub(super) fn add_product(&self, numbers: &[f32], sums: &mut [f32]) {
        for (number, row) in numbers.iter().zip(self.cells.chunks_exact(self.columns)) {
            add_scaled(*number, row, sums);
        }
    }

    /// A row of the matrix.
    pub(super) fn row(&self, row: usize) -> &[f32] {
        let from = row * self.columns;
        self.cells.get(from..from + self.columns).unwrap_or(&[])
    }
}

fn add_scaled(number: f32, row: &[f32], sums: &mut [f32]) {
    let (eights, rest) = row.as_chunks::<8>();
    let (sum_eights, sum_rest) = sums.as_chunks_mut::<8>();
    for (sum, cell) in sum_eights.iter_mut().zip(eights) {
        sum[0] += number * cell[0];
        sum[1] += number * cell[1];
        sum[2] += number * cell[2];
        sum[3] += number * cell[3];
        sum[4] += number * cell[4];
        sum[5] += number * cell[5];
        sum[6] += number * cell[6];
        sum[7] += number * cell[7];
    }
    for (sum, cell) in sum_rest.iter_mut().zip(rest) {
        *sum += number * cell;
    }
}

/// One direction of one layer: gated recurrent units behind a product.
#[derive(Debug)]
pub(super) struct Units {
    /// From what comes in to the gates.
    pub(super) into: Matrix,
    /// Added to what comes in.
    pub(super) bias: Vec<f32>,
    /// From the state before to the gates that update and reset it.
    pub(super) gates: Matrix,
    /// From the reset state to the new one.
    pub(super) state: Matrix,
}

/// All weights.
#[derive(Debug)]
pub(super) struct Weights {
    /// The layers in order, each forwards and backwards.
    pub(super) layers: [[Units; 2]; 2],
    /// From the last layer to the labels.
    pub(super) labels: Matrix,
    /// Added to the labels.
    pub(super) label_bias: Vec<f32>,
    /// How well labels begin (row 0), end (row 1) and follow each other (from the row's label, row 2 being the first).
    pub(super) transitions: Matrix,
    /// Characters with their rows, in order of characters.
    rows: Vec<(char, u16)>,
}

impl Weights {
    /// Reads the weights that are part of the program.
    pub(super) fn read() -> Self {
        let mut rest = Halves(WEIGHTS);
        let rows = characters();
        let known = CHARACTERS.lines().count() + 1;
        rest.skip(known * WIDTH);
        let first = [rest.units(WIDTH), rest.units(WIDTH)];
        let second = [rest.units(2 * WIDTH), rest.units(2 * WIDTH)];
        let weights = Self {
            layers: [first, second],
            labels: rest.matrix(2 * WIDTH, LABELS),
            label_bias: rest.numbers(LABELS),
            transitions: rest.matrix(LABELS + 2, LABELS),
            rows,
        };
        debug_assert!(
            rest.0.is_empty(),
            "the weights are longer than their shapes"
        );
        weights
    }

    /// The row of a character in the table.
    pub(super) fn row_of(&self, c: char) -> u16 {
        let found = self.rows.binary_search_by_key(&c, |(own, _)| *own);
        found.map_or(0, |at| self.rows[at].1)
    }
}

/// The numbers that stand for a character, by its row.
pub(super) fn embedding(row: u16) -> Vec<f32> {
    let mut rest = Halves(WEIGHTS);
    rest.skip(usize::from(row) * WIDTH);
    rest.numbers(WIDTH)
}

fn characters() -> Vec<(char, u16)> {
    let mut rows: Vec<(char, u16)> = (1..)
        .zip(CHARACTERS.lines())
        .flat_map(|(row, line)| line.chars().map(move |c| (c, row)))
        .collect();
    rows.sort_unstable();
    rows
}

/// Numbers of 16 bits that haven't been read yet.
struct Halves(&'static [u8]);

impl Halves {
    fn skip(&mut self, count: usize) {
        self.0 = self.0.get(2 * count..).unwrap_or(&[]);
    }

    fn numbers(&mut self, count: usize) -> Vec<f32> {
        let (pairs, _) = self.0.as_chunks::<2>();
        let numbers = pairs.iter().take(count);
        let numbers: Vec<f32> = numbers
            .map(|pair| single(u16::from_le_bytes(*pair)))
            .collect();
        debug_assert_eq!(
            numbers.len(),
            count,
            "the weights are shorter than their shapes"
        );
        self.skip(count);
        numbers
    }

    fn matrix(&mut self, rows: usize, columns: usize) -> Matrix {
        Matrix {
            cells: self.numbers(rows * columns),
            columns,
        }
    }

    fn units(&mut self, width: usize) -> Units {
        let into = self.matrix(width, GATES);
        let mut bias = self.numbers(GATES);
        let gates = self.matrix(WIDTH, 2 * WIDTH);
        let state = self.matrix(WIDTH, WIDTH);
        for (sum, own) in bias.iter_mut().zip(self.numbers(GATES)) {
            *sum += own;
        }
        Units {
            into,
            bias,
            gates,
            state,
        }
    }
}

/// A number of 16 bits (IEEE 754 binary16) as one of 32.
fn single(half: u16) -> f32 {
    let sign = u32::from(half >> 15) << 31;
    let exponent = u32::from(half >> 10) & 0x1F;
    let fraction = u32::from(half) & 0x3FF;
    match exponent {
        // Zero and the numbers below the smallest normal one, 2^-24 apart.
        0 => {
            let size = f32::from(half & 0x3FF) / 16_777_216.0;
            if sign == 0 { size } else { -size }
        }
        31 => f32::from_bits(sign | 0x7F80_0000 | (fraction << 13)),
        _ => f32::from_bits(sign | ((exponent + 112) << 23) | (fraction << 13)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_read_as_the_standard_says() {
        for (half, expected) in [
            (0x0000, 0.0),
            (0x0001, 5.960_464_5e-8),
            (0x03FF, 6.097_555e-5),
            (0x0400, 6.103_515_6e-5),
            (0x3555, 0.333_251_95),
            (0x3C00, 1.0),
            (0xC000, -2.0),
            (0x7BFF, 65_504.0),
        ] {
            assert!(
                (single(half) - expected).abs() <= expected.abs() * 1e-7,
                "{half:x}"
            );
        }
        assert!(single(0x7C00).is_infinite());
    }

    #[test]
    fn traditional_characters_have_the_rows_of_simplified_ones() {
        let weights = Weights::read();
        assert_ne!(weights.row_of('东'), 0);
        assert_eq!(weights.row_of('東'), weights.row_of('东'));
        assert_eq!(weights.row_of('，'), weights.row_of(','));
        assert_eq!(weights.row_of('\u{1F600}'), 0);
    }
}
