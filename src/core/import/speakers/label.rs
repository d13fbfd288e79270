//! The parts of a label: a name, what follows it in brackets, and a running number.

use std::collections::BTreeMap;

use super::usual::{is_cue, stem};
use crate::language::fold::fold;

/// The longest words in brackets that can belong to a label.
const ASIDE_CHARS: usize = 40;

/// A label with its brackets told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LabelParts<'a> {
    /// The name before all brackets: `P1` of `P1 (F, 34) (laughs)`.
    pub(super) base: &'a str,
    /// The label without cues: `P1 (F, 34)`.
    pub(super) kept: &'a str,
}

impl<'a> LabelParts<'a> {
    /// Tells the parts of a label apart; cues such as `(laughs)` are set aside.
    pub(super) fn of(label: &'a str) -> Self {
        // `Mother?` is the mother as far as could be heard.
        let mut kept = label.trim().trim_end_matches(['?', '？']).trim_end();
        let mut base = kept;
        while let Some((before, inside)) =
            last_bracket(base).filter(|(before, _)| !before.is_empty())
        {
            // A cue before another bracket can't be cut out of the label.
            if kept == base && is_cue(&fold(inside)) {
                kept = before;
            }
            base = before;
        }
        Self { base, kept }
    }

    /// Returns true if brackets are part of what is kept.
    pub(super) fn has_brackets(self) -> bool {
        self.base.len() < self.kept.len()
    }
}

/// The text before the bracket at its end, and what is inside.
fn last_bracket(text: &str) -> Option<(&str, &str)> {
    let close = text.chars().next_back()?;
    let opens = match close {
        ')' | '）' => ['(', '（'],
        ']' | '］' => ['[', '［'],
        '】' => ['【', '【'],
        _ => return None,
    };
    let (before, inside) = text.split_at(text.rfind(opens)?);
    let inside = inside.trim_start_matches(opens).strip_suffix(close)?;
    let is_short = inside.chars().nth(ASIDE_CHARS).is_none();
    is_short.then_some((before.trim_end(), inside.trim()))
}

/// The form in which the labels of one person agree: without regard to case, width, or a full stop at the end.
pub fn label_key(label: &str) -> String {
    let folded = fold(label);
    let words: Vec<&str> = folded.split_whitespace().collect();
    words.join(" ").trim_end_matches('.').replace(" (", "(")
}

/// The stems of labels that number questions and answers, `Q1`, `A1`, `Q2`, rather than people.
///
/// `keys` are those of all labels, and `order` says in which order they come in the text.
pub(super) fn numbered_through(keys: &[String], order: &[usize]) -> Vec<String> {
    // A text has few labels and many lines, so each label is looked at once.
    let mut of_stem: BTreeMap<&str, usize> = BTreeMap::new();
    let mut numbered: Vec<(usize, u32)> = Vec::with_capacity(keys.len());
    for key in keys {
        let stem = stem(key);
        let number = key.get(stem.len()..);
        let number = number.and_then(|number| number.trim().parse().ok());
        let next = of_stem.len();
        let at = *of_stem.entry(stem).or_insert(next);
        numbered.push((at, number.unwrap_or(0)));
    }
    let mut numbers_of_stem: Vec<Vec<u32>> = vec![Vec::new(); of_stem.len()];
    for label in order {
        let (at, number) = numbered[*label];
        numbers_of_stem[at].push(number);
    }
    let mut series: BTreeMap<&str, Vec<u32>> = of_stem
        .into_iter()
        .map(|(stem, at)| (stem, std::mem::take(&mut numbers_of_stem[at])))
        .collect();
    let rises = |numbers: &[u32]| {
        numbers.len() >= 2 && numbers[0] > 0 && numbers.windows(2).all(|two| two[0] < two[1])
    };
    series.retain(|_, numbers| rises(numbers));
    // `P1`, `P2`, `P3` who speak once each are people; questions and answers are numbered in step.
    let numbers: Vec<&Vec<u32>> = series.values().collect();
    let in_step = numbers.len() >= 2
        && numbers
            .windows(2)
            .all(|two| two[0].iter().zip(two[1]).all(|(one, other)| one == other));
    let is_question =
        |stem: &str| matches!(stem, "q" | "a" | "问" | "答" | "問" | "question" | "answer");
    let stems = series.keys().filter(|stem| in_step || is_question(stem));
    stems.map(|stem| (*stem).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cues_are_set_aside_and_what_tells_people_apart_is_kept() {
        for (label, kept, base) in [
            ("Mother (laughs)", "Mother", "Mother"),
            ("妈妈（笑）", "妈妈", "妈妈"),
            ("P1 (F, 34) [quietly]", "P1 (F, 34)", "P1"),
            ("受访者（母亲）", "受访者（母亲）", "受访者"),
            ("Mother (Sam)", "Mother (Sam)", "Mother"),
            ("Child?", "Child", "Child"),
            ("(laughs)", "(laughs)", "(laughs)"),
        ] {
            let parts = LabelParts::of(label);
            assert_eq!((parts.kept, parts.base), (kept, base), "{label}");
        }
    }

    #[test]
    fn running_numbers_are_told_from_numbered_people() {
        let of = |labels: &[&str]| {
            let mut keys: Vec<String> = Vec::new();
            let mut id = |label: &&str| {
                let known = keys.iter().position(|key| key == label);
                known.unwrap_or_else(|| {
                    keys.push((*label).to_owned());
                    keys.len() - 1
                })
            };
            let order: Vec<usize> = labels.iter().map(&mut id).collect();
            numbered_through(&keys, &order)
        };
        assert_eq!(of(&["q1", "a1", "q2", "a2", "q3"]), ["a", "q"]);
        assert_eq!(of(&["i", "p1", "i", "p2", "i", "p3"]), [""; 0]);
        assert_eq!(of(&["i1", "r1", "i2", "r2"]), ["i", "r"]);
        assert_eq!(of(&["p1", "p2", "p1"]), [""; 0]);
    }
}
