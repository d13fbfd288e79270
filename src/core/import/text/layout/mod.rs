//! Text of PDF pages: glyphs become lines and lines become paragraphs.
//!
//! A PDF only says where each glyph is. Reading order, columns, spaces, headers and footers, numbers in the margin, paragraphs and hyphens
//! are all inferred from positions and sizes, by rules of thumb that were tried on real transcripts.

mod margins;
mod paragraphs;

use margins::{drop_edges, drop_margin_numbers};
use paragraphs::paragraphs;

/// A character on a page; lengths are in points, and y grows upwards.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Glyph {
    pub(super) c: char,
    pub(super) x: f32,
    /// Its baseline.
    pub(super) y: f32,
    pub(super) width: f32,
    pub(super) size: f32,
}

/// The text of all pages.
#[derive(Debug, Default, PartialEq)]
pub(super) struct PageText {
    pub(super) text: String,
    /// Number of lines of headers, footers and page numbers that were left out.
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
    /// True if the line had the number of a paragraph in the margin, which is no longer in its text.
    numbered: bool,
}

/// The column of a page that a line belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum PdfColumn {
    Whole,
    Left,
    Right,
}

/// A gap wider than this share of the font size is a space: many PDFs have no glyphs for spaces.
const SPACE: f32 = 0.22;
/// Returns the paragraphs of pages, separated by blank lines.
pub(super) fn text(pages: Vec<Vec<Glyph>>) -> PageText {
    let mut pages: Vec<Vec<PdfLine>> = pages.into_iter().map(lines).collect();
    // The numbers go first: one at the foot of a page may stand in the line of the page number.
    drop_margin_numbers(&mut pages);
    let dropped = drop_edges(&mut pages);
    let numbered: Vec<Vec<bool>> = pages
        .iter()
        .map(|lines| lines.iter().map(|line| line.numbered).collect())
        .collect();
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
            // Compared with the first glyph of the row, or else a slanted row could creep down the page.
            // Superscripts and other fonts move the baseline by less than half the size.
            Some(row) if (row[0].y - glyph.y).abs() <= 0.45 * row[0].size.max(glyph.size) => {
                row.push(glyph);
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
        Some(gutter) => side(&rows, gutter, PdfColumn::Left)
            .chain(side(&rows, gutter, PdfColumn::Right))
            .collect(),
    }
}

/// The lines of one of two columns.
fn side(rows: &[Vec<Glyph>], gutter: f32, column: PdfColumn) -> impl Iterator<Item = PdfLine> + '_ {
    rows.iter().filter_map(move |row| {
        let own: Vec<Glyph> = row
            .iter()
            .copied()
            .filter(|glyph| (glyph.x < gutter) == (column == PdfColumn::Left))
            .collect();
        line(&own, column)
    })
}

fn line(row: &[Glyph], column: PdfColumn) -> Option<PdfLine> {
    let mut text = String::new();
    let mut end: Option<f32> = None;
    for glyph in row {
        // Kerning moves letters by a few hundredths of the size, a space by a fourth.
        let apart = end.is_some_and(|end| glyph.x - end > SPACE * glyph.size);
        if apart
            && glyph.c != ' '
            && !text.ends_with(' ')
            // Chinese is often set with wide gaps, which aren't spaces.
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
        numbered: false,
    })
}

/// The x at which two columns of running text are separated: a strip near the middle that hardly any row crosses, with much text on both sides.
fn gutter(rows: &[Vec<Glyph>]) -> Option<f32> {
    let (mut left, mut right) = (f32::INFINITY, f32::NEG_INFINITY);
    for glyph in rows.iter().flatten().filter(|glyph| glyph.c != ' ') {
        left = left.min(glyph.x);
        right = right.max(glyph.x + glyph.width);
    }
    let width = right - left;
    // A few rows side by side are a table rather than columns.
    if rows.len() < 8 || width <= 0.0 {
        return None;
    }
    (8..=12)
        .map(|step| left + width * step as f32 / 20.0)
        .find(|at| separates(rows, *at, width))
}

fn separates(rows: &[Vec<Glyph>], at: f32, width: f32) -> bool {
    let crossing = rows.iter().filter(|row| crosses(row, at)).count();
    let full = rows
        .iter()
        .filter(|row| {
            let (before, behind) = covered(row, at);
            before > 0.25 * width && behind > 0.25 * width
        })
        .count();
    // Headings over both columns may cross.
    crossing * 12 <= rows.len() && full * 2 > rows.len()
}

/// Returns true if a row has a glyph or a gap between words at an x.
fn crosses(row: &[Glyph], at: f32) -> bool {
    row.windows(2).any(|two| {
        two[0].x < at && two[1].x > at && two[1].x - (two[0].x + two[0].width) < two[1].size
    }) || row
        .iter()
        .any(|glyph| glyph.c != ' ' && glyph.x < at && glyph.x + glyph.width > at)
}

/// The width of the glyphs before and behind an x.
fn covered(row: &[Glyph], at: f32) -> (f32, f32) {
    let (mut before, mut behind) = (0.0, 0.0);
    for glyph in row.iter().filter(|glyph| glyph.c != ' ') {
        if glyph.x < at {
            before += glyph.width;
        } else {
            behind += glyph.width;
        }
    }
    (before, behind)
}

/// Returns true for Chinese characters and their punctuation.
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

    /// A word for a number: lines that differ in figures only are those of headers and footers.
    fn word(number: u16) -> String {
        let letter = |place: u16| char::from(b"abcdefghij"[usize::from(place % 10)]);
        [letter(number / 10), letter(number)].iter().collect()
    }

    #[test]
    fn a_number_at_the_foot_of_a_page_is_that_of_the_next_one() {
        let page = |page: u16| {
            let mut glyphs = Vec::new();
            for row in 0..10u16 {
                let (y, number) = (800.0 - 40.0 * f32::from(row), page * 10 + row + 1);
                write(&mut glyphs, 20.0, y, &number.to_string());
                write(
                    &mut glyphs,
                    50.0,
                    y,
                    &format!("Dan: question {}", word(number)),
                );
                let end = format!("that goes on to {}", word(number));
                write(&mut glyphs, 50.0, y - 12.0, &end);
            }
            // The next page begins with this number, too.
            write(&mut glyphs, 20.0, 15.0, &(page * 10 + 11).to_string());
            write(&mut glyphs, 500.0, 14.0, &format!("{}/3", page + 1));
            glyphs
        };
        let laid = text((0..3).map(page).collect());
        let expected: Vec<String> = (1..=30)
            .map(word)
            .map(|word| format!("Dan: question {word} that goes on to {word}"))
            .collect();
        assert_eq!(
            (laid.text.trim_end(), laid.dropped),
            (expected.join("\n\n").as_str(), 3)
        );
    }

    #[test]
    fn numbers_of_pages_are_no_numbers_of_paragraphs() {
        let page = |number: u16| {
            let mut page = Vec::new();
            for row in 0..4u16 {
                let y = 700.0 - 12.0 * f32::from(row);
                let words = format!("Words {} fill the whole width", word(4 * number + row));
                write(&mut page, 50.0, y, &words);
            }
            write(&mut page, 290.0, 40.0, &(number + 1).to_string());
            page
        };
        let laid = text((0..12).map(page).collect());
        assert_eq!(laid.dropped, 12);
        assert!(
            laid.text
                .starts_with("Words aa fill the whole width Words ab"),
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
