//! A report as a Word document: headings of Word's own styles, three-line tables, charts in 300 dots to the inch.

use docx_rs::{
    AlignmentType, BorderType, BuildXML as _, Docx, Footer, LineSpacing, LineSpacingType,
    PageMargin, PageNum, Paragraph, Pic, Run, RunFonts, Style, StyleType, Table as WordTable,
    TableAlignmentType, TableBorder, TableBorderPosition, TableBorders, TableCell, TableCellBorder,
    TableCellBorderPosition, TableLayoutType, TableRow, VAlignType, WidthType, XMLDocx,
};

use super::{
    columns::{Setting, is_words},
    document::{Block, ReportDocument, numbered},
};
use crate::message::{
    explain::{Explain, Explanation},
    text::Text,
};
use crate::picture::{Paint, Picture, TextStyle, face::Faces, png};
use crate::table::Table;

/// Width of the text on A4 with margins of an inch, in points.
const TEXT_POINTS: f32 = 451.0;
/// How tables are set; measured half a point larger than they are, since the reader's letters may be wider than the program's own.
const SETTING: Setting = Setting {
    face: TextStyle::new(9.5, Paint::Ink),
    pad: 5.5,
    step: 9.0,
    width: TEXT_POINTS,
};
/// English Metric Units of a point.
const EMU: f32 = 12_700.0;

/// Why a document can't be written.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.explain())]
pub enum DocxError {
    /// A chart can't be drawn.
    Chart(#[from] png::PngError),
    /// The document can't be packed.
    Write,
}

impl Explain for DocxError {
    fn explain(&self) -> Explanation {
        match self {
            Self::Chart(error) => error.explain(),
            Self::Write => Explanation::io(Text::new(
                "the Word document could not be written",
                "无法写入 Word 文件",
            )),
        }
    }
}

/// Writes a report.
///
/// # Errors
/// A chart is too large to be drawn, or the document can't be packed.
pub fn docx(report: &ReportDocument) -> Result<Vec<u8>, DocxError> {
    let margin = PageMargin::new()
        .top(1440)
        .bottom(1300)
        .left(1440)
        .right(1440);
    // Created first: it begins the numbers of paragraphs anew.
    let frame = styles(Docx::new())
        .page_size(11906, 16838)
        .page_margin(margin);
    let footer = Footer::new().add_paragraph(
        Paragraph::new()
            .add_page_num(PageNum::new())
            .align(AlignmentType::Center),
    );
    let faces = Faces::new();
    let mut body = Body::default();
    body.paragraph(
        &Paragraph::new()
            .add_run(Run::new().add_text(&report.title))
            .style("Title"),
    );
    if !report.subtitle.is_empty() {
        body.paragraph(&small(&report.subtitle));
    }
    for (label, block) in numbered(report) {
        let label = label.unwrap_or_default();
        match block {
            // Headings, charts and quotations stay on the page of what follows them.
            Block::Heading(level, text) => body.paragraph(
                &Paragraph::new()
                    .add_run(Run::new().add_text(text))
                    .style(&format!("Heading{level}"))
                    .keep_next(true),
            ),
            Block::Text(text) => body.paragraph(&plain(text)),
            Block::Note(text) => body.paragraph(&small(text)),
            Block::Table(sheet) => add_table(&mut body, &faces, sheet, &label),
            Block::Chart(picture) => {
                body.chart(Paragraph::new().add_run(chart(picture)?).keep_next(true));
                body.paragraph(&small(&label));
            }
            Block::Quote { words, reference } => {
                let quote = Paragraph::new()
                    .add_run(Run::new().add_text(words))
                    .indent(Some(420), None, None, None)
                    .keep_next(true);
                let from = Paragraph::new()
                    .add_run(
                        Run::new()
                            .add_text(format!("— {reference}"))
                            .size(18)
                            .color("666B74"),
                    )
                    .indent(Some(420), None, None, None);
                body.paragraph(&quote);
                body.paragraph(&from.line_spacing(LineSpacing::new().after(160)));
            }
        }
    }
    let mut bytes = std::io::Cursor::new(Vec::new());
    let package = body.put_into(frame.footer(footer));
    package.pack(&mut bytes).map_err(|_kind| DocxError::Write)?;
    Ok(bytes.into_inner())
}

/// What is in a document, as XML.
///
/// Each paragraph is written at once and forgotten: in the library's tree it takes 6 KB, whatever its length.
/// Only charts are left to the library, which numbers their files.
#[derive(Default)]
struct Body {
    /// What comes before each chart.
    before: Vec<Vec<u8>>,
    charts: Vec<Paragraph>,
    /// What comes after the last chart.
    xml: Vec<u8>,
}

impl Body {
    fn paragraph(&mut self, paragraph: &Paragraph) {
        self.xml.extend(paragraph.build());
    }

    fn table(&mut self, table: &WordTable) {
        self.xml.extend(repeat_heads(table.build()));
    }

    fn chart(&mut self, paragraph: Paragraph) {
        self.before.push(std::mem::take(&mut self.xml));
        self.charts.push(paragraph);
    }

    /// Puts all of it into a document without text.
    fn put_into(self, frame: Docx) -> XMLDocx {
        let charts = self.charts.into_iter();
        let frame = charts.fold(frame, |frame, chart| frame.add_paragraph(chart));
        let mut package = frame.build();
        let mut body = Vec::new();
        {
            let charts = between(&package.document, BODY, SECTION);
            let mut rest = charts.map_or(&[][..], |place| &package.document[place]);
            for before in self.before {
                body.extend(before);
                let end = find(rest, b"</w:p>").map_or(rest.len(), |at| at + b"</w:p>".len());
                let (chart, others) = rest.split_at(end);
                body.extend(chart);
                rest = others;
            }
        }
        body.extend(self.xml);
        fill(&mut package.document, BODY, SECTION, &body);
        package
    }
}

/// What the content of a document is between.
pub(crate) const BODY: &[u8] = b"<w:body>";
pub(crate) const SECTION: &[u8] = b"<w:sectPr";

/// Replaces what is between two places of a part: after the first tag if it is a whole one, otherwise from it on.
pub(crate) fn fill(part: &mut Vec<u8>, from: &[u8], to: &[u8], with: &[u8]) {
    if let Some(place) = between(part, from, to) {
        part.splice(place, with.iter().copied());
    }
}

fn between(part: &[u8], from: &[u8], to: &[u8]) -> Option<std::ops::Range<usize>> {
    let start = find(part, from)?;
    let start = if from.ends_with(b">") {
        start + from.len()
    } else {
        start
    };
    Some(start..start + find(&part[start..], to)?)
}

fn find(part: &[u8], tag: &[u8]) -> Option<usize> {
    part.windows(tag.len()).position(|window| window == tag)
}

fn fonts() -> RunFonts {
    RunFonts::new()
        .ascii("Times New Roman")
        .hi_ansi("Times New Roman")
        .east_asia("SimSun")
}

/// Fonts of titles and headings, in both languages.
fn heading_fonts() -> RunFonts {
    RunFonts::new()
        .ascii("Arial")
        .hi_ansi("Arial")
        .east_asia("SimHei")
}

/// A heading. It has the name of Word's own, so that Word lists it in its navigation and in tables of contents.
fn heading(level: usize, size: usize) -> Style {
    Style::new(format!("Heading{level}"), StyleType::Paragraph)
        .name(format!("heading {level}"))
        .size(size)
        .bold()
        .fonts(heading_fonts())
        .outline_lvl(level - 1)
        .line_spacing(LineSpacing::new().before(240).after(80))
}

/// The styles that every document of the program has: fonts of both languages, title and headings.
pub(crate) fn styles(document: Docx) -> Docx {
    let title = Style::new("Title", StyleType::Paragraph)
        .name("Title")
        .size(40)
        .bold();
    document
        .default_fonts(fonts())
        .default_size(21)
        .add_style(title.fonts(heading_fonts()))
        .add_style(heading(1, 32))
        .add_style(heading(2, 26))
        .add_style(heading(3, 22))
}

fn plain(text: &str) -> Paragraph {
    Paragraph::new()
        .add_run(Run::new().add_text(text))
        .line_spacing(LineSpacing::new().after(120).line(320))
}

fn small(text: &str) -> Paragraph {
    Paragraph::new()
        .add_run(Run::new().add_text(text).size(18).color("666B74"))
        .line_spacing(LineSpacing::new().after(120))
}

/// A chart as wide as the text at most.
fn chart(picture: &Picture) -> Result<Run, DocxError> {
    let scale = (TEXT_POINTS / picture.width).min(1.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a length on a page"
    )]
    let emu = |length: f32| (length * scale * EMU).max(1.0) as u32;
    let bytes = png::png(picture, png::PRINT)?;
    // The library would decode the picture to measure it, but its size on the page is known already.
    Ok(Run::new().add_image(
        Pic::new_with_dimensions(bytes, 1, 1).size(emu(picture.width), emu(picture.height)),
    ))
}

fn add_table(body: &mut Body, faces: &Faces, sheet: &Table, label: &str) {
    let all = SETTING.fitting(faces, sheet);
    for (number, (part, widths)) in all.iter().enumerate() {
        let label = if all.len() > 1 {
            format!("{label} ({}/{})", number + 1, all.len())
        } else {
            label.to_owned()
        };
        let caption = Paragraph::new()
            .add_run(Run::new().add_text(label).bold().size(19))
            .align(AlignmentType::Center)
            .keep_next(true);
        body.paragraph(&caption.line_spacing(LineSpacing::new().before(200).after(80)));
        body.table(&table(part, widths));
        let notes = std::iter::once(&part.rule)
            .chain(&part.notes)
            .filter(|note| !note.is_empty());
        for (number, note) in notes.enumerate() {
            // Word sets a paragraph directly below a table, so the first note keeps its distance itself.
            let before = if number == 0 { 80 } else { 0 };
            body.paragraph(&small(note).line_spacing(LineSpacing::new().before(before).after(80)));
        }
    }
}

/// Three lines: above, below the heads, and at the end.
fn table(sheet: &Table, widths: &[f32]) -> WordTable {
    let borders = TableBorders::with_empty()
        .set(table_border(TableBorderPosition::Top))
        .set(table_border(TableBorderPosition::Bottom));
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a length on a page"
    )]
    let twentieths: Vec<usize> = widths
        .iter()
        .map(|width| (width.max(1.0) * 20.0) as usize)
        .collect();
    let mut heads = vec![head_cell(&sheet.corner, true, twentieths[0])];
    for (column, head) in sheet.columns.iter().enumerate() {
        let is_left = is_words(sheet, column);
        heads.push(head_cell(&head.text, is_left, twentieths[column + 1]));
    }
    let mut rows = vec![TableRow::new(heads).cant_split()];
    for row in sheet.rows.iter().chain(&sheet.foot) {
        let name = cell(&row.head.text, true, twentieths[0], row.head.depth, false);
        let mut cells = vec![name];
        for (column, figure) in row.cells.iter().enumerate() {
            let is_left = is_words(sheet, column);
            cells.push(cell(
                &figure.text,
                is_left,
                twentieths[column + 1],
                0,
                false,
            ));
        }
        rows.push(TableRow::new(cells).cant_split());
    }
    WordTable::new(rows)
        .width(twentieths.iter().sum(), WidthType::Dxa)
        .set_grid(twentieths)
        .layout(TableLayoutType::Fixed)
        .align(TableAlignmentType::Center)
        .set_borders(borders)
}

fn table_border(position: TableBorderPosition) -> TableBorder {
    TableBorder::new(position)
        .size(12)
        .color("23262B")
        .border_type(BorderType::Single)
}

/// A head, with a line below it.
fn head_cell(text: &str, is_left: bool, width: usize) -> TableCell {
    let line = TableCellBorder::new(TableCellBorderPosition::Bottom)
        .size(6)
        .color("23262B")
        .border_type(BorderType::Single);
    cell(text, is_left, width, 0, true)
        .clear_all_border()
        .set_border(line)
        .vertical_align(VAlignType::Bottom)
}

/// A cell; that of a head is kept on the page of the row that follows.
fn cell(text: &str, left: bool, width: usize, depth: usize, head: bool) -> TableCell {
    let align = if left {
        AlignmentType::Left
    } else {
        AlignmentType::Right
    };
    let indent = i32::try_from(depth * 180).expect("no tree of codes or cases is that deep");
    // Fonts of the two languages have lines of different heights; an exact height keeps rows even.
    let spacing = LineSpacing::new()
        .before(30)
        .after(30)
        .line(240)
        .line_rule(LineSpacingType::Exact);
    let mut paragraph = Paragraph::new()
        .align(align)
        .indent(Some(indent), None, None, None)
        .line_spacing(spacing)
        .keep_next(head);
    for (number, line) in text.split('\n').enumerate() {
        let run = Run::new().size(18);
        let run = if number > 0 {
            run.add_break(docx_rs::BreakType::TextWrapping)
        } else {
            run
        };
        paragraph = paragraph.add_run(run.add_text(line));
    }
    TableCell::new()
        .width(width, WidthType::Dxa)
        .add_paragraph(paragraph)
}

/// Marks the first row of a table as one that Word repeats on each page, for which docx-rs has no method.
fn repeat_heads(table: Vec<u8>) -> Vec<u8> {
    let xml = String::from_utf8(table).expect("the library writes UTF-8");
    xml.replacen("<w:cantSplit />", "<w:cantSplit /><w:tblHeader />", 1)
        .into_bytes()
}
