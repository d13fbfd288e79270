//! The network itself: from characters to the best sequence of labels.

use super::{
    Tagger,
    weights::{GATES, LABELS, Units, WIDTH, Weights, embedding},
};

impl Tagger {
    /// The label of each character: twice the place of its kind, plus one if it goes on with a word.
    pub(super) fn labels(&mut self, piece: &[char]) -> Vec<usize> {
        let rows: Vec<u16> = piece.iter().map(|c| self.weights.row_of(*c)).collect();
        for row in &rows {
            if !self.seen.contains_key(row) {
                let gates = self.weights.layers[0]
                    .each_ref()
                    .map(|units| into_gates(units, &embedding(*row)));
                self.seen.insert(*row, gates);
            }
        }
        let first: Vec<[&[f32]; 2]> = rows
            .iter()
            .filter_map(|row| self.seen.get(row))
            .map(|gates| gates.each_ref().map(Vec::as_slice))
            .collect();
        let out = both_ways(&self.weights.layers[0], &first);
        let second: Vec<[Vec<f32>; 2]> = out
            .iter()
            .map(|numbers| {
                self.weights.layers[1]
                    .each_ref()
                    .map(|units| into_gates(units, numbers))
            })
            .collect();
        let second: Vec<[&[f32]; 2]> = second
            .iter()
            .map(|gates| gates.each_ref().map(Vec::as_slice))
            .collect();
        let out = both_ways(&self.weights.layers[1], &second);
        let scores: Vec<Vec<f32>> = out
            .iter()
            .map(|numbers| {
                let mut scores = self.weights.label_bias.clone();
                self.weights.labels.add_product(numbers, &mut scores);
                scores
            })
            .collect();
        best_path(&self.weights, &scores)
    }
}

fn into_gates(units: &Units, numbers: &[f32]) -> Vec<f32> {
    let mut gates = units.bias.clone();
    units.into.add_product(numbers, &mut gates);
    debug_assert_eq!(gates.len(), GATES);
    gates
}

/// What a layer makes of a text: for each character, the state of the units that read forwards and of those that read backwards.
fn both_ways(layer: &[Units; 2], gates: &[[&[f32]; 2]]) -> Vec<Vec<f32>> {
    let mut out = vec![Vec::with_capacity(2 * WIDTH); gates.len()];
    let mut state = vec![0.0; WIDTH];
    for (out, [gates, _]) in out.iter_mut().zip(gates) {
        step(&layer[0], gates, &mut state);
        out.extend_from_slice(&state);
    }
    state.fill(0.0);
    for (out, [_, gates]) in out.iter_mut().zip(gates).rev() {
        step(&layer[1], gates, &mut state);
        out.extend_from_slice(&state);
    }
    out
}

/// One step of gated recurrent units: `h = (1 − u) h + u tanh(x + (r h) W)`, with the gates u and r.
fn step(units: &Units, into: &[f32], state: &mut [f32]) {
    let (gates_in, state_in) = into.split_at(2 * WIDTH);
    let mut gates = gates_in.to_vec();
    units.gates.add_product(state, &mut gates);
    let (update, reset) = gates.split_at(WIDTH);
    let kept: Vec<f32> = state
        .iter()
        .zip(reset)
        .map(|(state, gate)| state * logistic(*gate))
        .collect();
    let mut new = state_in.to_vec();
    units.state.add_product(&kept, &mut new);
    for ((state, new), gate) in state.iter_mut().zip(new).zip(update) {
        let gate = logistic(*gate);
        *state = (1.0 - gate) * *state + gate * new.tanh();
    }
}

fn logistic(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

/// The sequence of labels with the highest sum of scores and transitions (Viterbi 1967).
fn best_path(weights: &Weights, scores: &[Vec<f32>]) -> Vec<usize> {
    let transitions = &weights.transitions;
    let Some((first, rest)) = scores.split_first() else {
        return Vec::new();
    };
    let mut sums: Vec<f32> = first
        .iter()
        .zip(transitions.row(0))
        .map(|(a, b)| a + b)
        .collect();
    let mut came_from: Vec<Vec<usize>> = Vec::with_capacity(rest.len());
    for scores in rest {
        let mut best = [f32::NEG_INFINITY; LABELS];
        let mut from = vec![0; LABELS];
        for (label, sum) in sums.iter().enumerate() {
            for (next, step) in transitions.row(label + 2).iter().enumerate() {
                let through = sum + step;
                if through > best[next] {
                    best[next] = through;
                    from[next] = label;
                }
            }
        }
        sums = best.iter().zip(scores).map(|(a, b)| a + b).collect();
        came_from.push(from);
    }
    let last = sums.iter().zip(transitions.row(1)).map(|(a, b)| a + b);
    let mut at = 0;
    let mut highest = f32::NEG_INFINITY;
    for (label, sum) in last.enumerate() {
        if sum > highest {
            (at, highest) = (label, sum);
        }
    }
    let mut path = vec![at];
    for from in came_from.iter().rev() {
        at = from[at];
        path.push(at);
    }
    path.reverse();
    path
}
