//! Text in the margins of a page that is not part of the interview: headers, footers, page numbers and paragraph numbers.

use std::collections::BTreeMap;

use super::PdfLine;

/// Number of lines at the top and bottom of a page that may be headers and footers.
const EDGE: usize = 2;

/// Removes headers, footers and page numbers, which recur at the same place apart from their digits; returns how many lines.
pub(super) fn drop_edges(pages: &mut [Vec<PdfLine>]) -> usize {
    let mut counts: BTreeMap<(String, i32), usize> = BTreeMap::new();
    for lines in pages.iter() {
        for (at, line) in lines.iter().enumerate() {
            if is_edge(at, lines.len()) {
                *counts.entry(edge_key(line)).or_default() += 1;
            }
        }
    }
    // On three pages of five, since chapters may begin without a header.
    let enough = (pages.len() * 3).div_ceil(5).max(3);
    let numbered = pages
        .iter()
        .filter(|lines| {
            lines.last().is_some_and(is_page_number) || lines.first().is_some_and(is_page_number)
        })
        .count();
    let has_page_numbers = pages.len() > 1 && numbered * 2 > pages.len();
    let mut dropped = 0;
    for lines in pages.iter_mut() {
        let total = lines.len();
        let before = std::mem::take(lines);
        for (at, line) in before.into_iter().enumerate() {
            let recurs = is_edge(at, total)
                && counts
                    .get(&edge_key(&line))
                    .is_some_and(|count| *count >= enough);
            let outermost = at == 0 || at + 1 == total;
            if recurs || has_page_numbers && outermost && is_page_number(&line) {
                dropped += 1;
            } else {
                lines.push(line);
            }
        }
    }
    dropped
}

/// Returns true for the lines at the top and bottom of a page.
fn is_edge(at: usize, total: usize) -> bool {
    at < EDGE || at + EDGE >= total
}

/// What a header has in common on all pages: its text without digits, and its height on the page.
fn edge_key(line: &PdfLine) -> (String, i32) {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a place on a page, rounded"
    )]
    let height = (line.y / 6.0).round() as i32;
    (masked(&line.text), height)
}

fn is_page_number(line: &PdfLine) -> bool {
    let bare: String = masked(&line.text)
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    matches!(
        bare.as_str(),
        "0" | "-0-"
            | "–0–"
            | "0/0"
            | "Page0"
            | "Page0of0"
            | "第0页"
            | "第0页共0页"
            | "第0页，共0页"
    )
}

/// A text with `0` for every number.
fn masked(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            c if c.is_ascii_digit() && out.ends_with('0') => {}
            c if c.is_ascii_digit() => out.push('0'),
            c => out.push(c),
        }
    }
    out
}

/// A number at the beginning of a line, which may be that of its paragraph.
struct MarginNumber {
    page: usize,
    line: usize,
    number: u32,
    /// The text of the line without it.
    rest: String,
}

/// Removes paragraph numbers from the margin, as MAXQDA prints them, if they count up through the text, and marks their lines.
pub(super) fn drop_margin_numbers(pages: &mut [Vec<PdfLine>]) {
    /// The text may begin with other numbers, such as a date.
    const MOST_BEGINNINGS: usize = 30;
    let all = numbers(pages);
    let runs = (0..all.len().min(MOST_BEGINNINGS)).map(|from| counting(&all, from));
    let Some(run) = runs.max_by_key(Vec::len) else {
        return;
    };
    let total: usize = pages.iter().map(Vec::len).sum();
    let with_words = run.iter().filter(|own| !own.rest.is_empty()).count();
    // Fewer may be a list within the text; numbers of pages stand alone.
    if with_words < 8 || run.len() * 12 < total {
        return;
    }
    let next: Vec<Option<u32>> = run
        .iter()
        .skip(1)
        .map(|own| Some(own.number))
        .chain([None])
        .collect();
    for (own, next) in run.iter().zip(next) {
        let line = &mut pages[own.page][own.line];
        line.text.clone_from(&own.rest);
        // A number that is repeated on the next page belongs to the line there.
        line.numbered = next != Some(own.number);
    }
    for lines in pages {
        lines.retain(|line| line.numbered || !line.text.is_empty());
    }
}

/// The lines that begin with a number.
fn numbers(pages: &[Vec<PdfLine>]) -> Vec<MarginNumber> {
    let lines = pages.iter().enumerate().flat_map(|(page, lines)| {
        lines
            .iter()
            .enumerate()
            .map(move |(at, line)| (page, at, line))
    });
    lines
        .filter_map(|(page, line, own)| {
            let (number, rest) = match own.text.split_once(' ') {
                Some((number, rest)) => (number, rest),
                None => (own.text.as_str(), ""),
            };
            Some(MarginNumber {
                page,
                line,
                number: number.parse().ok()?,
                rest: rest.to_owned(),
            })
        })
        .collect()
}

/// The numbers that count up from one of them. The last of a page may be repeated on the next.
fn counting(all: &[MarginNumber], from: usize) -> Vec<&MarginNumber> {
    let mut run: Vec<&MarginNumber> = Vec::new();
    for own in all.iter().skip(from) {
        let follows = run.last().is_none_or(|last| {
            last.number.checked_add(1) == Some(own.number)
                || last.number == own.number && own.page == last.page + 1
        });
        if follows {
            run.push(own);
        }
    }
    run
}
