//! A report laid out on pages, which a PDF then has: text is broken into lines, tables are cut between rows with their heads repeated.

use super::{
    columns::{Setting, is_words},
    document::{Block, ReportDocument, numbered},
};
use crate::picture::{Paint, Picture, Stroke, TextAnchor, TextStyle, Weight, face::Faces};
use crate::table::{CellKind, Row, Table};

/// A4.
const PAGE: [f32; 2] = [595.0, 842.0];
const MARGIN: f32 = 60.0;
const FOOT: f32 = 64.0;
const WIDTH: f32 = PAGE[0] - 2.0 * MARGIN;
const BODY: TextStyle = TextStyle::new(10.0, Paint::Ink);
const SMALL: TextStyle = TextStyle::new(8.5, Paint::Faint);
const TABLE: TextStyle = TextStyle::new(8.5, Paint::Ink);
/// Charts below this width are legible at half the page's.
const NARROW: f32 = 400.0;
/// Room between two charts.
const GAP: f32 = 14.0;
/// Room at both sides of a cell.
const PAD: f32 = 4.0;
/// How tables are set.
const SETTING: Setting = Setting {
    face: TABLE,
    pad: PAD,
    step: 9.0,
    width: WIDTH,
};

/// Lays a report out.
pub fn pages(report: &ReportDocument) -> Vec<Picture> {
    let mut press = Press {
        faces: Faces::new(),
        pages: Vec::new(),
        y: 0.0,
    };
    press.turn();
    press.space(30.0);
    press.text(
        &report.title,
        TextStyle::new(22.0, Paint::Ink).weight(Weight::Semibold),
        30.0,
        0.0,
    );
    press.text(&report.subtitle, SMALL, 13.0, 0.0);
    press.space(16.0);
    let mut blocks = numbered(report).peekable();
    while let Some((label, block)) = blocks.next() {
        let label = label.unwrap_or_default();
        match block {
            Block::Heading(level, text) => press.heading(*level, text),
            Block::Text(text) => {
                press.text(text, BODY, 15.5, 0.0);
                press.space(6.0);
            }
            Block::Note(text) => {
                press.text(text, SMALL, 12.5, 0.0);
                press.space(6.0);
            }
            Block::Table(sheet) => press.table(sheet, &label),
            Block::Chart(picture) => {
                match blocks.next_if(|(_, next)| is_narrow(block) && is_narrow(next)) {
                    Some((beside, Block::Chart(other))) => {
                        press.pair([(picture, &label), (other, &beside.unwrap_or_default())]);
                    }
                    _ => press.chart(picture, &label),
                }
            }
            Block::Quote { words, reference } => press.quote(words, reference),
        }
    }
    press.number();
    press.pages
}

/// Whether two such charts may stand side by side.
fn is_narrow(block: &Block) -> bool {
    matches!(block, Block::Chart(picture) if picture.width < NARROW)
}

/// Pages being filled.
struct Press {
    faces: Faces,
    pages: Vec<Picture>,
    /// Where the next line goes on the last page.
    y: f32,
}

impl Press {
    /// Begins a page.
    fn turn(&mut self) {
        self.pages.push(Picture::new(PAGE[0], PAGE[1], ""));
        self.y = MARGIN;
    }

    /// Begins a page where the last has less room than this.
    fn need(&mut self, height: f32) {
        if self.y + height > PAGE[1] - FOOT && self.y > MARGIN {
            self.turn();
        }
    }

    fn space(&mut self, height: f32) {
        self.y += height;
    }

    fn page(&mut self) -> Option<&mut Picture> {
        self.pages.last_mut()
    }

    /// A paragraph, so far from the left.
    fn text(&mut self, text: &str, face: TextStyle, leading: f32, indent: f32) {
        if text.is_empty() {
            return;
        }
        for line in self
            .faces
            .lines(text, face.size, face.weight, WIDTH - indent)
        {
            self.need(leading);
            let at = [MARGIN + indent, self.y + leading / 2.0];
            if let Some(page) = self.page() {
                page.text(at, line, face, TextAnchor::Start);
            }
            self.y += leading;
        }
    }

    fn heading(&mut self, level: u8, text: &str) {
        let (size, before, after) = match level {
            1 => (16.0, 22.0, 8.0),
            2 => (12.5, 14.0, 4.0),
            _ => (10.5, 8.0, 2.0),
        };
        // A heading stays with what follows it.
        self.need(before + size + after + 70.0);
        self.space(if self.y > MARGIN { before } else { 0.0 });
        self.text(
            text,
            TextStyle::new(size, Paint::Ink).weight(Weight::Semibold),
            size * 1.4,
            0.0,
        );
        self.space(after);
    }

    fn quote(&mut self, words: &str, reference: &str) {
        let lines = self
            .faces
            .lines(words, BODY.size, BODY.weight, WIDTH - 16.0)
            .len();
        self.need(lines_height(lines) + 20.0);
        let top = self.y;
        self.text(words, BODY, 15.5, 16.0);
        self.text(&format!("— {reference}"), SMALL, 13.0, 16.0);
        let bottom = self.y;
        if let Some(page) = self.page().filter(|_| bottom > top) {
            page.line(
                [[MARGIN + 4.0, top + 2.0], [MARGIN + 4.0, bottom - 2.0]],
                Stroke::new(1.5, Paint::Line),
            );
        }
        self.space(8.0);
    }

    fn chart(&mut self, picture: &Picture, label: &str) {
        let room = PAGE[1] - MARGIN - FOOT - 40.0;
        let scale = (WIDTH / picture.width).min(room / picture.height).min(0.9);
        let height = picture.height * scale;
        self.need(height + 26.0);
        let at = [MARGIN + (WIDTH - picture.width * scale) / 2.0, self.y];
        if let Some(page) = self.page() {
            page.place(picture, at, scale);
        }
        self.space(height + 4.0);
        self.text(label, SMALL, 12.5, 0.0);
        self.space(12.0);
    }

    /// Two narrow charts side by side, each with its caption below it.
    fn pair(&mut self, charts: [(&Picture, &str); 2]) {
        let column = (WIDTH - GAP) / 2.0;
        let scale = charts
            .iter()
            .map(|(picture, _)| column / picture.width)
            .fold(0.9, f32::min);
        let height = charts
            .iter()
            .map(|(picture, _)| picture.height * scale)
            .fold(0.0, f32::max)
            + 4.0;
        let captions =
            charts.map(|(_, label)| self.faces.lines(label, SMALL.size, SMALL.weight, column));
        let lines = captions.iter().map(Vec::len).max().unwrap_or(0) as f32;
        self.need(height + lines * 12.5);
        let top = self.y;
        for (((picture, _), caption), x) in charts
            .iter()
            .zip(captions)
            .zip([MARGIN, MARGIN + column + GAP])
        {
            let Some(page) = self.page() else { return };
            page.place(
                picture,
                [x + (column - picture.width * scale) / 2.0, top],
                scale,
            );
            for (number, line) in caption.into_iter().enumerate() {
                page.text(
                    [x, top + height + (number as f32 + 0.5) * 12.5],
                    line,
                    SMALL,
                    TextAnchor::Start,
                );
            }
        }
        self.space(height + lines * 12.5 + 12.0);
    }

    fn table(&mut self, sheet: &Table, label: &str) {
        let cut = SETTING.fitting(&self.faces, sheet);
        for (number, (part, widths)) in cut.iter().enumerate() {
            let label = if cut.len() > 1 {
                format!("{label} ({}/{})", number + 1, cut.len())
            } else {
                label.to_owned()
            };
            self.part(part, widths, &label);
        }
        for note in std::iter::once(&sheet.rule)
            .chain(&sheet.notes)
            .filter(|note| !note.is_empty())
        {
            self.text(note, SMALL, 12.0, 0.0);
        }
        self.space(12.0);
    }

    fn part(&mut self, sheet: &Table, widths: &[f32], label: &str) {
        self.need(110.0);
        self.text(
            label,
            TextStyle::new(9.5, Paint::Ink).weight(Weight::Semibold),
            15.0,
            0.0,
        );
        self.space(3.0);
        self.heads(sheet, widths);
        for (number, line) in sheet.rows.iter().chain(&sheet.foot).enumerate() {
            let cells = self.broken(line, widths);
            let height = row_height(&cells);
            if self.y + height > PAGE[1] - FOOT {
                self.rule(1.2);
                self.turn();
                self.heads(sheet, widths);
            }
            if number == sheet.rows.len() {
                self.rule(0.4);
            }
            self.row(line, sheet, &cells, widths, height);
        }
        self.rule(1.2);
        self.space(8.0);
    }

    /// A line across the page.
    fn rule(&mut self, width: f32) {
        let y = self.y;
        if let Some(page) = self.page() {
            page.line(
                [[MARGIN, y], [MARGIN + WIDTH, y]],
                Stroke::new(width, Paint::Ink),
            );
        }
    }

    fn heads(&mut self, sheet: &Table, widths: &[f32]) {
        self.rule(1.2);
        let face = TABLE.weight(Weight::Medium);
        let texts =
            std::iter::once(&sheet.corner).chain(sheet.columns.iter().map(|head| &head.text));
        let cells: Vec<Vec<String>> = texts
            .zip(widths)
            .map(|(text, width)| {
                self.faces
                    .lines(text, face.size, face.weight, width - 2.0 * PAD)
            })
            .collect();
        let height = row_height(&cells);
        let mut x = MARGIN;
        for (number, (lines, width)) in cells.iter().zip(widths).enumerate() {
            let left = number == 0 || is_words(sheet, number - 1);
            // Heads stand on the line below them.
            let top = self.y + height - 4.0 - lines.len() as f32 * 11.5;
            self.cell(lines, [x, top], *width, left, face);
            x += width;
        }
        self.y += height;
        self.rule(0.6);
        self.space(1.0);
    }

    /// The lines of each cell of a row, the name first.
    fn broken(&self, line: &Row, widths: &[f32]) -> Vec<Vec<String>> {
        let texts = std::iter::once((&line.head.text, SETTING.indent(line)))
            .chain(line.cells.iter().map(|cell| (&cell.text, 0.0)));
        texts
            .zip(widths)
            .map(|((text, indent), width)| {
                self.faces
                    .lines(text, TABLE.size, TABLE.weight, width - 2.0 * PAD - indent)
            })
            .collect()
    }

    fn row(
        &mut self,
        line: &Row,
        sheet: &Table,
        cells: &[Vec<String>],
        widths: &[f32],
        height: f32,
    ) {
        let mut x = MARGIN;
        for (number, (lines, width)) in cells.iter().zip(widths).enumerate() {
            let left = number == 0 || is_words(sheet, number - 1);
            let shift = if number == 0 {
                SETTING.indent(line)
            } else {
                0.0
            };
            let faint = number > 0
                && line.cells.get(number - 1).is_some_and(|cell| {
                    matches!(cell.kind, CellKind::Absent | CellKind::Undefined)
                });
            let face = if faint {
                TextStyle {
                    paint: Paint::Faint,
                    ..TABLE
                }
            } else {
                TABLE
            };
            self.cell(lines, [x + shift, self.y + 2.0], *width - shift, left, face);
            x += width;
        }
        self.y += height;
    }

    fn cell(
        &mut self,
        lines: &[String],
        [x, y]: [f32; 2],
        width: f32,
        left: bool,
        face: TextStyle,
    ) {
        let Some(page) = self.pages.last_mut() else {
            return;
        };
        for (number, line) in lines.iter().enumerate() {
            let y = y + 6.5 + number as f32 * 11.5;
            let (x, anchor) = if left {
                (x + PAD, TextAnchor::Start)
            } else {
                (x + width - PAD, TextAnchor::End)
            };
            page.text([x, y], line, face, anchor);
        }
    }

    /// Numbers the pages.
    fn number(&mut self) {
        for (at, page) in self.pages.iter_mut().enumerate() {
            page.text(
                [PAGE[0] / 2.0, PAGE[1] - 34.0],
                (at + 1).to_string(),
                SMALL,
                TextAnchor::Middle,
            );
        }
    }
}

fn row_height(cells: &[Vec<String>]) -> f32 {
    lines_height_of(cells.iter().map(Vec::len).max().unwrap_or(1))
}

fn lines_height_of(lines: usize) -> f32 {
    lines.max(1) as f32 * 11.5 + 5.0
}

fn lines_height(lines: usize) -> f32 {
    lines as f32 * 15.5
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        message::language::UiLanguage,
        picture::Shape,
        table::{Cell, Head},
    };

    #[test]
    fn long_tables_go_on_with_their_heads_and_nothing_leaves_the_page() {
        let line = |n: usize| Row {
            head: Head::plain(format!("家庭 {n}")),
            cells: vec![Cell::count(n), Cell::words("很长的一句话 ".repeat(9))],
        };
        let sheet = Table {
            corner: "Case".to_owned(),
            columns: vec![Head::plain("n"), Head::plain("Summary")],
            rows: (0..60).map(line).collect(),
            ..Table::default()
        };
        let blocks = vec![
            Block::Heading(1, "一".to_owned()),
            Block::Table(sheet),
            Block::Quote {
                words: "I believe I can. ".repeat(20),
                reference: "x".to_owned(),
            },
        ];
        let pages = pages(&ReportDocument {
            title: "T".to_owned(),
            subtitle: String::new(),
            language: UiLanguage::English,
            blocks,
        });
        assert!(pages.len() > 3);
        let texts = |page: &Picture| {
            page.shapes
                .iter()
                .filter_map(|shape| {
                    if let Shape::Text { text, at, .. } = shape {
                        Some((text.clone(), *at))
                    } else {
                        None
                    }
                })
                .collect::<Vec<_>>()
        };
        assert!(texts(&pages[1]).iter().any(|(text, _)| text == "Summary"));
        let all: Vec<_> = pages.iter().flat_map(texts).collect();
        assert!(all.iter().all(|(_, [x, y])| *x >= MARGIN - 1.0
            && *x <= PAGE[0] - MARGIN + 1.0
            && *y > 0.0
            && *y < PAGE[1]));
        assert!((0..60).all(|n| all.iter().any(|(text, _)| *text == format!("家庭 {n}"))));
    }
}
