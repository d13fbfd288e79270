//! Lines above a label that belong to it.
//!
//! Who copies the transcript out of the window of Teams or Stream gets more than is seen: the initials of a picture,
//! the name, the time as it is read aloud and as it is shown, and then name and time once more, above the words.
//!
//! ```text
//! ML
//!
//! Maya Lind
//! 0 minutes 4 seconds0:04
//! Maya Lind 0 minutes 4 seconds
//! Hello.
//! ```

use std::cmp::Reverse;

use super::{
    candidates::{Candidate, Candidates},
    head::Mark,
};

/// The longest initials, in characters.
const INITIALS: usize = 3;
/// How often initials come where they are shown; a single line such as `OK` is what somebody said.
const OFTEN: usize = 2;

/// Gives labels the lines around them: those above that belong to them, which are no lines of their own then, and a time
/// stamp below a name.
pub(super) fn gather(candidates: &mut Candidates<'_>) {
    let around = Around { candidates };
    // Nearly all texts have no stamps on lines of their own.
    if !candidates.heads.iter().any(|head| around.is_stamp(head)) {
        return;
    }
    let above = around.lines_above();
    let timed: Vec<usize> = (0..candidates.heads.len())
        .filter(|at| around.is_above_stamp(&candidates.heads[*at]))
        .collect();
    for at in timed {
        if let Some((_, layout)) = &mut candidates.heads[at].label {
            layout.timed = true;
        }
    }
    candidates.set_above(above);
}

/// The lines of a text, each to be read with its neighbours.
struct Around<'a, 'b> {
    candidates: &'a Candidates<'b>,
}

impl Around<'_, '_> {
    /// Returns true if the words of a head are below it.
    fn is_alone(&self, head: &Candidate) -> bool {
        head.body >= self.candidates.lines[head.line].trim_end().len()
    }

    fn is_stamp(&self, head: &Candidate) -> bool {
        head.label.is_none() && self.is_alone(head)
    }

    fn is_stamp_line(&self, line: usize) -> bool {
        let heads = &self.candidates.heads;
        let at = heads.partition_point(|head| head.line < line);
        heads
            .get(at)
            .is_some_and(|head| head.line == line && self.is_stamp(head))
    }

    /// Returns true for a name with a stamp on the line below, and words below that.
    fn is_above_stamp(&self, head: &Candidate) -> bool {
        let is_name = head
            .label
            .is_some_and(|(_, layout)| layout.mark == Mark::LineEnd);
        is_name && self.is_stamp_line(head.line + 1) && !self.candidates.is_blank(head.line + 2)
    }

    /// The lines that belong to a label below, each with the label's line; in order.
    fn lines_above(&self) -> Vec<(usize, usize)> {
        let (mut names, mut initials) = (Vec::new(), Vec::new());
        for head in &self.candidates.heads {
            let Some(label) = head.label.filter(|_| self.is_alone(head)) else {
                continue;
            };
            let label = self.candidates.labels[label.0];
            let top = if self.is_above_stamp(head) {
                head.line
            } else if let Some(top) = self.name_above(head, label) {
                names.extend((top..head.line).map(|line| (line, head.line)));
                top
            } else {
                continue;
            };
            let mut above = (top.saturating_sub(2)..top).rev();
            let above = above.find(|line| !self.candidates.is_blank(*line));
            let line = above.filter(|line| are_initials(self.candidates.lines[*line], label));
            initials.extend(line.map(|line| (line, head.line)));
        }
        if in_order(&mut initials).len() >= OFTEN {
            names.extend(initials);
        }
        in_order(&mut names);
        names
    }

    /// The line above a stamp above a label with a stamp, if it has the same name.
    fn name_above(&self, head: &Candidate, label: &str) -> Option<usize> {
        let (_, layout) = head.label?;
        let mut top = head.line;
        while top > 0 && self.is_stamp_line(top - 1) {
            top -= 1;
        }
        let is_below_stamp = layout.mark == Mark::Stamp && top < head.line;
        let name = top.checked_sub(1).filter(|_| is_below_stamp)?;
        (self.candidates.lines[name].trim() == label).then_some(name)
    }
}

/// Puts lines in order, each once. The name above a label may be read as a label above a stamp, too; what comes last is
/// the label.
fn in_order(lines: &mut Vec<(usize, usize)>) -> &mut Vec<(usize, usize)> {
    lines.sort_unstable_by_key(|(line, label)| (*line, Reverse(*label)));
    lines.dedup_by_key(|(line, _)| *line);
    lines
}

/// Returns true for capitals that begin words of a name: `ML` or `LM` of `Maya Lind`.
fn are_initials(text: &str, name: &str) -> bool {
    let text = text.trim();
    let begins_word = |initial: char| {
        let mut words = name.split(|c: char| !c.is_alphanumeric());
        words.any(|word| {
            word.chars()
                .next()
                .is_some_and(|first| first.to_uppercase().eq([initial]))
        })
    };
    !text.is_empty()
        && text.chars().nth(INITIALS).is_none()
        && text.chars().all(|c| c.is_uppercase() && begins_word(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_begin_words_of_the_name() {
        assert!(are_initials("ML", "Maya Lind"));
        assert!(are_initials("TR", "Reed, Tom (Guest)"));
        assert!(are_initials("É", "élodie"));
        for (text, name) in [
            ("OK", "Maya Lind"),
            ("ml", "Maya Lind"),
            ("", "Maya"),
            ("MLML", "Maya Lind"),
        ] {
            assert!(!are_initials(text, name), "{text}");
        }
    }
}
