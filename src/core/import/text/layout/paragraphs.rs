//! Joining lines into paragraphs.

use std::collections::{BTreeMap, BTreeSet};

use super::{PdfColumn, PdfLine, is_wide};
use crate::import::speakers::label_before_words;

/// Joins lines into paragraphs.
pub(super) fn paragraphs(pages: &[Vec<PdfLine>], numbered: &[Vec<bool>]) -> String {
    let by_number = numbered.iter().flatten().any(|own| *own);
    let mut rights: BTreeMap<PdfColumn, f32> = BTreeMap::new();
    for line in pages.iter().flatten() {
        let right = rights.entry(line.column).or_default();
        *right = right.max(line.right);
    }
    let step = usual_step(pages);
    let labels = labels(pages);
    let mut out = String::new();
    let mut before: Option<&PdfLine> = None;
    for (lines, numbers) in pages.iter().zip(numbered) {
        for (at, line) in lines.iter().enumerate() {
            let begins = match before {
                None => true,
                Some(_) if by_number => numbers[at],
                Some(_) if label_of(line).is_some_and(|label| labels.contains(label)) => true,
                Some(last) => begins_paragraph(last, line, rights[&last.column], step),
            };
            before = Some(line);
            // A line that consisted of its number in the margin.
            if line.text.is_empty() && !begins {
                continue;
            }
            if begins {
                if !out.is_empty() && !out.ends_with("\n\n") {
                    out.push_str("\n\n");
                }
                out.push_str(&line.text);
            } else {
                join(&mut out, &line.text);
            }
        }
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

/// Labels that begin lines again and again: such a line begins a paragraph, however full the line above is.
fn labels(pages: &[Vec<PdfLine>]) -> BTreeSet<&str> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for label in pages.iter().flatten().filter_map(label_of) {
        *counts.entry(label).or_default() += 1;
    }
    counts
        .into_iter()
        .filter(|(_, count)| *count >= 3)
        .map(|(label, _)| label)
        .collect()
}

/// The label at the head of a line, before a colon or between brackets, if it reads as a name.
fn label_of(line: &PdfLine) -> Option<&str> {
    let label = label_before_words(&line.text)?;
    let named = label.split_whitespace().count() <= 3 && !label.starts_with(char::is_lowercase);
    named.then_some(label)
}

/// The usual distance between lines of a paragraph.
fn usual_step(pages: &[Vec<PdfLine>]) -> f32 {
    let mut steps: Vec<f32> = pages
        .iter()
        .flat_map(|lines| lines.windows(2).map(|two| two[0].y - two[1].y))
        .filter(|step| *step > 1.0)
        .collect();
    steps.sort_by(f32::total_cmp);
    // The lower quartile, since lines are closest within paragraphs. A page of one line has no distance: 12 points are usual.
    steps.get(steps.len() / 4).copied().unwrap_or(12.0)
}

/// Returns true if a line begins a paragraph: farther below than usual, in another size, indented, or below a line that ends early.
fn begins_paragraph(last: &PdfLine, line: &PdfLine, right: f32, step: f32) -> bool {
    let down = last.y - line.y;
    // Headings are larger; sizes within a line of text differ by less.
    let other_size = (last.size - line.size).abs() > 0.12 * last.size.max(line.size);
    let apart = down > 1.35 * step;
    let short = last.right < right - 0.15 * (right - last.left).max(1.0) - 2.0 * last.size;
    let indented = line.left > last.left + 0.9 * line.size;
    // At the top of a page or column the distance says nothing, and an indent may be that of the whole page.
    if down <= 0.0 {
        short || other_size || ends_sentence(&last.text) && indented
    } else {
        apart || other_size || short || indented
    }
}

fn ends_sentence(text: &str) -> bool {
    text.ends_with(['.', '!', '?', '。', '！', '？', '”', '"', ':', '：'])
}

/// Adds a line to a paragraph, without the hyphen at the end of the line above; Chinese needs no space.
fn join(out: &mut String, line: &str) {
    let lower = line.starts_with(char::is_lowercase);
    let hyphenated = out
        .strip_suffix(['-', '\u{ad}', '‐'])
        .is_some_and(|word| word.ends_with(char::is_alphabetic));
    // Before a capital the hyphen is part of the word, as in `Anglo-Saxon`.
    if hyphenated && (lower || out.ends_with('\u{ad}')) {
        out.pop();
    } else if !(out.ends_with(is_wide) || out.ends_with([' ', '\n']) || line.starts_with(is_wide)) {
        out.push(' ');
    }
    out.push_str(line);
}
