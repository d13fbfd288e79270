//! Glyphs on pages to lines, and lines to paragraphs: reading order, columns, headers and footers, numbers in the margin, hyphens.

use std::collections::{BTreeMap, BTreeSet};

use crate::import::head::{self, LabelLayout};

/// A character where it stands on its page; lengths in points, y upwards.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Glyph {
    pub(super) c: char,
    pub(super) x: f32,
    /// Of the baseline.
    pub(super) y: f32,
    pub(super) width: f32,
    pub(super) size: f32,
}

/// The text of pages.
#[derive(Debug, Default, PartialEq)]
pub(super) struct PageText {
    pub(super) text: String,
    /// Lines of headers, footers and page numbers that were left out.
    pub(super) dropped: usize,
}

/// A line of a page, or of one of its columns.
#[derive(Debug, Clone, PartialEq)]
struct PdfLine {
    text: String,
    left: f32,
    right: f32,
    y: f32,
    size: f32,
    column: PdfColumn,
}

/// Which part of the page's width a line belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum PdfColumn {
    Whole,
    Left,
    Right,
}

/// A gap wider than this share of the letters' size is a space.
const SPACE: f32 = 0.22;
/// Lines at the head and foot of a page that may be headers and footers.
const EDGE: usize = 2;

/// The paragraphs of pages, a line each.
pub(super) fn text(pages: Vec<Vec<Glyph>>) -> PageText {
    let mut pages: Vec<Vec<PdfLine>> = pages.into_iter().map(lines).collect();
    let dropped = drop_edges(&mut pages);
    let numbered = drop_margin_numbers(&mut pages);
    PageText {
        text: paragraphs(&pages, &numbered),
        dropped,
    }
}

/// The lines of a page in reading order: from the top, column after column.
fn lines(mut glyphs: Vec<Glyph>) -> Vec<PdfLine> {
    glyphs.retain(|glyph| {
        glyph.x.is_finite() && glyph.y.is_finite() && glyph.width.is_finite() && glyph.size > 0.0
    });
    glyphs.sort_by(|a, b| b.y.total_cmp(&a.y));
    let mut rows: Vec<Vec<Glyph>> = Vec::new();
    for glyph in glyphs {
        match rows.last_mut() {
            // Against the row's first glyph, lest a row creep down the page.
            Some(row) if (row[0].y - glyph.y).abs() <= 0.45 * row[0].size.max(glyph.size) => {
                row.push(glyph)
            }
            _ => rows.push(vec![glyph]),
        }
    }
    for row in &mut rows {
        row.sort_by(|a, b| a.x.total_cmp(&b.x));
    }
    match gutter(&rows) {
        None => rows
            .iter()
            .filter_map(|row| line(row, PdfColumn::Whole))
            .collect(),
        Some(gutter) => {
            let side = |column: PdfColumn| {
                let belongs = move |own: &Glyph| (own.x < gutter) == (column == PdfColumn::Left);
                rows.iter().filter_map(move |row| {
                    line(
                        &row.iter().copied().filter(belongs).collect::<Vec<_>>(),
                        column,
                    )
                })
            };
            side(PdfColumn::Left)
                .chain(side(PdfColumn::Right))
                .collect()
        }
    }
}

fn line(row: &[Glyph], column: PdfColumn) -> Option<PdfLine> {
    let mut text = String::new();
    let mut end: Option<f32> = None;
    for glyph in row {
        let apart = end.is_some_and(|end| glyph.x - end > SPACE * glyph.size);
        if apart
            && glyph.c != ' '
            && !text.ends_with(' ')
            && !(text.ends_with(is_wide) && is_wide(glyph.c))
        {
            text.push(' ');
        }
        if glyph.c != ' ' || !text.ends_with(' ') {
            text.push(glyph.c);
        }
        end = Some(glyph.x + glyph.width);
    }
    let seen: Vec<&Glyph> = row.iter().filter(|glyph| glyph.c != ' ').collect();
    let (first, last) = (seen.first()?, seen.last()?);
    let size = seen.iter().map(|glyph| glyph.size).fold(0.0, f32::max);
    Some(PdfLine {
        text: text.trim().to_owned(),
        left: first.x,
        right: last.x + last.width,
        y: first.y,
        size,
        column,
    })
}

/// Where two columns of running text part: a strip near the middle that hardly any row crosses, with much text on both sides.
fn gutter(rows: &[Vec<Glyph>]) -> Option<f32> {
    let seen = || rows.iter().flatten().filter(|glyph| glyph.c != ' ');
    let left = seen().map(|glyph| glyph.x).fold(f32::INFINITY, f32::min);
    let right = seen()
        .map(|glyph| glyph.x + glyph.width)
        .fold(f32::NEG_INFINITY, f32::max);
    let width = right - left;
    if rows.len() < 8 || width <= 0.0 {
        return None;
    }
    let fits = |at: f32| {
        let crosses = |row: &Vec<Glyph>| {
            row.windows(2).any(|two| {
                two[0].x < at && two[1].x > at && two[1].x - (two[0].x + two[0].width) < two[1].size
            }) || row
                .iter()
                .any(|glyph| glyph.c != ' ' && glyph.x < at && glyph.x + glyph.width > at)
        };
        let covered = |row: &Vec<Glyph>, before: bool| {
            row.iter()
                .filter(|own| own.c != ' ' && (own.x < at) == before)
                .map(|own| own.width)
                .sum::<f32>()
        };
        let full = |row: &&Vec<Glyph>| {
            covered(row, true) > 0.25 * width && covered(row, false) > 0.25 * width
        };
        let crossing = rows.iter().filter(|row| crosses(row)).count();
        crossing * 12 <= rows.len() && rows.iter().filter(full).count() * 2 > rows.len()
    };
    (8..=12)
        .map(|step| left + width * step as f32 / 20.0)
        .find(|at| fits(*at))
}

/// Leaves out what recurs at the heads and feet of pages, digits aside; gives how many lines.
fn drop_edges(pages: &mut [Vec<PdfLine>]) -> usize {
    let mut counts: BTreeMap<(String, i32), usize> = BTreeMap::new();
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a place on a page, rounded"
    )]
    let key = |line: &PdfLine| (masked(&line.text), (line.y / 6.0).round() as i32);
    let edge = |lines: &[PdfLine], at: usize| at < EDGE || at + EDGE >= lines.len();
    for lines in pages.iter() {
        for (at, line) in lines.iter().enumerate().filter(|(at, _)| edge(lines, *at)) {
            let _ = at;
            *counts.entry(key(line)).or_default() += 1;
        }
    }
    let enough = (pages.len() * 3).div_ceil(5).max(3);
    let number = |line: &PdfLine| {
        let masked = masked(&line.text);
        let bare: String = masked.chars().filter(|c| !c.is_whitespace()).collect();
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
    };
    let numbered = pages
        .iter()
        .filter(|lines| lines.last().is_some_and(&number) || lines.first().is_some_and(&number))
        .count();
    let mut dropped = 0;
    let many = pages.len();
    for lines in pages.iter_mut() {
        let last = lines.len().saturating_sub(1);
        let total = lines.len();
        let mut at = 0;
        lines.retain(|line| {
            let here = at;
            at += 1;
            let recurs = (here < EDGE || here + EDGE >= total)
                && counts.get(&key(line)).is_some_and(|count| *count >= enough);
            let page_number =
                many > 1 && numbered * 2 > many && (here == last || here == 0) && number(line);
            dropped += usize::from(recurs || page_number);
            !(recurs || page_number)
        });
    }
    dropped
}

/// A line with its numbers all alike.
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

/// Takes numbers of paragraphs out of the margin, where they count on from line to line; gives the lines that they began, by page.
fn drop_margin_numbers(pages: &mut [Vec<PdfLine>]) -> Vec<Vec<bool>> {
    let mut numbered: Vec<Vec<bool>> = pages.iter().map(|lines| vec![false; lines.len()]).collect();
    let mut next = None;
    let mut found = Vec::new();
    for (page, lines) in pages.iter().enumerate() {
        for (at, line) in lines.iter().enumerate() {
            let (number, rest) = line.text.split_once(' ').unwrap_or((&line.text, ""));
            let Ok(number) = number.parse::<u32>() else {
                continue;
            };
            if next.is_none_or(|next| number == next) {
                found.push((page, at, rest.to_owned()));
                next = number.checked_add(1);
            }
        }
    }
    let total: usize = pages.iter().map(Vec::len).sum();
    if found.len() < 8 || found.len() * 12 < total {
        return numbered;
    }
    for (page, at, rest) in found {
        pages[page][at].text = rest;
        numbered[page][at] = true;
    }
    numbered
}

/// Lines joined into paragraphs.
fn paragraphs(pages: &[Vec<PdfLine>], numbered: &[Vec<bool>]) -> String {
    let by_number = numbered.iter().flatten().any(|own| *own);
    let mut rights: BTreeMap<PdfColumn, f32> = BTreeMap::new();
    for line in pages.iter().flatten() {
        let right = rights.entry(line.column).or_default();
        *right = right.max(line.right);
    }
    let step = usual_step(pages);
    let labels = labels(pages);
    let speaks = |line: &PdfLine| label_of(line).is_some_and(|label| labels.contains(label));
    let mut out = String::new();
    let mut before: Option<&PdfLine> = None;
    for (lines, numbers) in pages.iter().zip(numbered) {
        for (at, line) in lines.iter().enumerate() {
            let begins = match before {
                None => true,
                Some(_) if by_number => numbers[at],
                Some(_) if speaks(line) => true,
                Some(last) => begins_paragraph(
                    last,
                    line,
                    rights.get(&last.column).copied().unwrap_or(0.0),
                    step,
                ),
            };
            before = Some(line);
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

/// Labels that open lines again and again: a line of somebody else is no end of the line above, however long that is.
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

/// The label at the head of a line, before a colon or between brackets, where it reads as a name.
fn label_of(line: &PdfLine) -> Option<&str> {
    let (label, layout) = head::parse(&line.text)?.label?;
    let named = label.split_whitespace().count() <= 3 && !label.starts_with(char::is_lowercase);
    (named && matches!(layout, LabelLayout::Colon | LabelLayout::Bracket)).then_some(label)
}

/// The distance of lines that occurs most.
fn usual_step(pages: &[Vec<PdfLine>]) -> f32 {
    let mut steps: Vec<f32> = pages
        .iter()
        .flat_map(|lines| lines.windows(2).map(|two| two[0].y - two[1].y))
        .filter(|step| *step > 1.0)
        .collect();
    steps.sort_by(f32::total_cmp);
    // The lower quartile: within paragraphs lines stand closest.
    steps.get(steps.len() / 4).copied().unwrap_or(12.0)
}

fn begins_paragraph(last: &PdfLine, line: &PdfLine, right: f32, step: f32) -> bool {
    let down = last.y - line.y;
    let other_size = (last.size - line.size).abs() > 0.12 * last.size.max(line.size);
    let apart = down > 1.35 * step;
    let short = last.right < right - 0.15 * (right - last.left).max(1.0) - 2.0 * last.size;
    let indented = line.left > last.left + 0.9 * line.size;
    // At the head of a page the distance says nothing.
    if down <= 0.0 {
        short || other_size || ends_sentence(&last.text) && indented
    } else {
        apart || other_size || short || indented
    }
}

fn ends_sentence(text: &str) -> bool {
    text.ends_with(['.', '!', '?', '。', '！', '？', '”', '"', ':', '：'])
}

/// Goes on with a paragraph: a hyphen at the line's end goes, Chinese needs no space.
fn join(out: &mut String, line: &str) {
    let lower = line.starts_with(char::is_lowercase);
    let hyphenated = out
        .strip_suffix(['-', '\u{ad}', '‐'])
        .is_some_and(|word| word.ends_with(char::is_alphabetic));
    if hyphenated && (lower || out.ends_with('\u{ad}')) {
        out.pop();
    } else if !(out.ends_with(is_wide) || out.ends_with([' ', '\n']) || line.starts_with(is_wide)) {
        out.push(' ');
    }
    out.push_str(line);
}

/// Chinese characters and the punctuation that stands with them.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}' | '“' | '”' | '…')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Letters of 10 points that are 5 wide, Chinese ones 10.
    fn write(page: &mut Vec<Glyph>, x: f32, y: f32, text: &str) {
        let mut at = x;
        for c in text.chars() {
            let width = if is_wide(c) { 10.0 } else { 5.0 };
            page.push(Glyph {
                c,
                x: at,
                y,
                width,
                size: 10.0,
            });
            at += width;
        }
    }

    #[test]
    fn lines_become_paragraphs_and_hyphens_go() {
        let mut page = Vec::new();
        write(&mut page, 50.0, 700.0, "A line that runs to the right mar-");
        write(&mut page, 50.0, 688.0, "gin and ends here.");
        write(
            &mut page,
            50.0,
            676.0,
            "妈妈说一行很长很长的话到页面右边为止",
        );
        write(&mut page, 50.0, 664.0, "接着说。");
        write(&mut page, 50.0, 630.0, "Apart.");
        assert_eq!(
            text(vec![page]).text,
            "A line that runs to the right margin and ends here.\n\n妈妈说一行很长很长的话到页面右边为止接着说。\n\nApart.\n"
        );
    }

    #[test]
    fn headers_and_page_numbers_are_left_out() {
        let page = |number: usize| {
            let mut page = Vec::new();
            write(
                &mut page,
                50.0,
                800.0,
                &format!("Interview F0{number} · confidential"),
            );
            let word = ["one", "two", "six", "ten"][number];
            write(
                &mut page,
                50.0,
                700.0,
                &format!("Words of {word} that fill the whole width of it"),
            );
            write(&mut page, 50.0, 688.0, &format!("up to {word}."));
            write(&mut page, 290.0, 40.0, &format!("{}", number + 1));
            page
        };
        let laid = text((0..4).map(page).collect());
        let paragraphs = ["one", "two", "six", "ten"]
            .map(|word| format!("Words of {word} that fill the whole width of it up to {word}."));
        assert_eq!(
            (laid.text.trim_end(), laid.dropped),
            (paragraphs.join("\n\n").as_str(), 8)
        );
    }

    #[test]
    fn numbers_in_the_margin_begin_paragraphs_and_go() {
        let mut page = Vec::new();
        for number in 1..=10u16 {
            let y = 800.0 - 40.0 * f32::from(number);
            write(&mut page, 20.0, y, &number.to_string());
            write(&mut page, 50.0, y, "Dan: a question");
            write(&mut page, 50.0, y - 12.0, "that goes on");
        }
        let laid = text(vec![page]);
        assert_eq!(
            laid.text
                .lines()
                .filter(|line| *line == "Dan: a question that goes on")
                .count(),
            10,
            "{}",
            laid.text
        );
    }

    #[test]
    fn columns_are_read_one_after_the_other() {
        let mut page = Vec::new();
        for row in 0..12u8 {
            let y = 700.0 - 12.0 * f32::from(row);
            write(&mut page, 50.0, y, "left column words fill it");
            write(&mut page, 200.0, y, "right column words fill it");
        }
        let laid = text(vec![page]);
        assert!(
            laid.text.starts_with("left column words fill it left"),
            "{}",
            laid.text
        );
        assert!(laid.text.rfind("left").unwrap() < laid.text.find("right").unwrap());
    }
}
