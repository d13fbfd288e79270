//! A report laid out on the pages of a PDF: text is broken into lines, charts are scaled to fit, tables continue on the next page.

mod tables;

use super::document::{Block, ReportDocument, numbered};
use crate::picture::{Paint, Picture, Stroke, TextAnchor, TextStyle, Weight, face::Faces};

/// A4.
const PAGE: [f32; 2] = [595.0, 842.0];
const MARGIN: f32 = 60.0;
const FOOT: f32 = 64.0;
const WIDTH: f32 = PAGE[0] - 2.0 * MARGIN;
const BODY: TextStyle = TextStyle::new(10.0, Paint::Ink);
const SMALL: TextStyle = TextStyle::new(8.5, Paint::Faint);
/// Charts below this width are legible at half the page's.
const NARROW: f32 = 400.0;
/// Room between two charts.
const GAP: f32 = 14.0;

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

/// Returns true if two such charts can be placed side by side.
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
        // The caption stays on the page of its chart.
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
        // One scale for both, so that their letters have one size.
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

fn lines_height(lines: usize) -> f32 {
    lines as f32 * 15.5
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        message::language::UiLanguage,
        picture::Shape,
        table::{Cell, Head, Row, Table},
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
