//! A report as a Word document: headings of Word's own styles, three-line tables, charts in 300 dots to the inch.

use docx_rs::{
    AlignmentType, BorderType, Docx, Footer, LineSpacing, PageMargin, PageNum, Paragraph, Pic, Run, RunFonts, Style, StyleType, Table,
    TableAlignmentType, TableBorder, TableBorderPosition, TableBorders, TableCell, TableCellBorder, TableCellBorderPosition,
    TableLayoutType, TableRow, WidthType,
};

use super::{
    sheet::{Cell, Kind, Line, Sheet},
    story::{Block, Story, numbered, parts},
};
use crate::picture::{Picture, png};

/// Width of the text on A4 with margins of an inch, in twentieths of a point.
const TEXT_WIDTH: usize = 9026;
/// The same in points.
const TEXT_POINTS: f32 = 451.0;
/// Most columns of a table.
const MOST_COLUMNS: usize = 7;
/// English Metric Units of a point.
const EMU: f32 = 12_700.0;

/// Why a document can't be written.
#[derive(Debug, thiserror::Error)]
pub enum DocxError {
    /// A chart can't be drawn.
    #[error(transparent)]
    Chart(#[from] png::PngError),
    /// The writer's own.
    #[error("the Word document could not be written")]
    Write,
}

/// Writes a report.
///
/// # Errors
/// A chart is too large, or the writer refuses.
pub fn docx(story: &Story) -> Result<Vec<u8>, DocxError> {
    let margin = PageMargin::new().top(1440).bottom(1300).left(1440).right(1440);
    let footer = Footer::new().add_paragraph(Paragraph::new().add_page_num(PageNum::new()).align(AlignmentType::Center));
    let mut document = styles(Docx::new()).page_size(11906, 16838).page_margin(margin).footer(footer);
    document = document.add_paragraph(Paragraph::new().add_run(Run::new().add_text(&story.title)).style("Title"));
    if !story.subtitle.is_empty() {
        document = document.add_paragraph(small(&story.subtitle));
    }
    for (label, block) in numbered(story) {
        let label = label.unwrap_or_default();
        document = match block {
            Block::Heading(level, text) => {
                document.add_paragraph(Paragraph::new().add_run(Run::new().add_text(text)).style(&format!("Heading{level}")))
            }
            Block::Text(text) => document.add_paragraph(plain(text)),
            Block::Note(text) => document.add_paragraph(small(text)),
            Block::Table(sheet) => add_table(document, sheet, &label),
            Block::Chart(picture) => {
                let document = document.add_paragraph(Paragraph::new().add_run(chart(picture)?).keep_next(true));
                document.add_paragraph(small(&label))
            }
            Block::Quote { words, reference } => {
                let quote = Paragraph::new().add_run(Run::new().add_text(words)).indent(Some(420), None, None, None).keep_next(true);
                let from = Paragraph::new().add_run(Run::new().add_text(format!("— {reference}")).size(18).color("666B74")).indent(
                    Some(420),
                    None,
                    None,
                    None,
                );
                document.add_paragraph(quote).add_paragraph(from.line_spacing(LineSpacing::new().after(160)))
            }
        };
    }
    let mut bytes = std::io::Cursor::new(Vec::new());
    document.build().pack(&mut bytes).map_err(|_kind| DocxError::Write)?;
    Ok(bytes.into_inner())
}

fn fonts() -> RunFonts {
    RunFonts::new().ascii("Times New Roman").hi_ansi("Times New Roman").east_asia("SimSun")
}

/// The styles that every document of the program has: fonts of both languages, title and headings.
pub(crate) fn styles(document: Docx) -> Docx {
    let heading = |level: usize, size: usize| {
        let style = Style::new(format!("Heading{level}"), StyleType::Paragraph).name(format!("heading {level}")).size(size).bold();
        let fonts = RunFonts::new().ascii("Arial").hi_ansi("Arial").east_asia("SimHei");
        style.fonts(fonts).outline_lvl(level - 1).line_spacing(LineSpacing::new().before(240).after(80))
    };
    let title = Style::new("Title", StyleType::Paragraph).name("Title").size(40).bold();
    document
        .default_fonts(fonts())
        .default_size(21)
        .add_style(title.fonts(RunFonts::new().ascii("Arial").hi_ansi("Arial").east_asia("SimHei")))
        .add_style(heading(1, 32))
        .add_style(heading(2, 26))
        .add_style(heading(3, 22))
}

fn plain(text: &str) -> Paragraph {
    Paragraph::new().add_run(Run::new().add_text(text)).line_spacing(LineSpacing::new().after(120).line(320))
}

fn small(text: &str) -> Paragraph {
    Paragraph::new().add_run(Run::new().add_text(text).size(18).color("666B74")).line_spacing(LineSpacing::new().after(120))
}

/// A chart as wide as the text at most.
fn chart(picture: &Picture) -> Result<Run, DocxError> {
    let scale = (TEXT_POINTS / picture.width).min(1.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a length on a page")]
    let emu = |length: f32| (length * scale * EMU).max(1.0) as u32;
    let bytes = png::png(picture, png::PRINT)?;
    Ok(Run::new().add_image(Pic::new_with_dimensions(bytes, 1, 1).size(emu(picture.width), emu(picture.height))))
}

fn add_table(mut document: Docx, sheet: &Sheet, label: &str) -> Docx {
    let all = parts(sheet, MOST_COLUMNS);
    for (number, part) in all.iter().enumerate() {
        let label = if all.len() > 1 { format!("{label} ({}/{})", number + 1, all.len()) } else { label.to_owned() };
        let caption = Paragraph::new().add_run(Run::new().add_text(label).bold().size(19)).align(AlignmentType::Center).keep_next(true);
        document = document.add_paragraph(caption.line_spacing(LineSpacing::new().before(160).after(60))).add_table(table(part));
        let notes = std::iter::once(&part.rule).chain(&part.notes).filter(|note| !note.is_empty());
        for note in notes {
            document = document.add_paragraph(small(note));
        }
    }
    document
}

/// Three lines: above, below the heads, and at the end.
fn table(sheet: &Sheet) -> Table {
    let line = |position: TableBorderPosition| TableBorder::new(position).size(12).color("23262B").border_type(BorderType::Single);
    let borders = TableBorders::with_empty().set(line(TableBorderPosition::Top)).set(line(TableBorderPosition::Bottom));
    let first = TEXT_WIDTH * 26 / 100;
    let other = (TEXT_WIDTH - first) / sheet.columns.len().max(1);
    let widths: Vec<usize> = std::iter::once(first).chain(sheet.columns.iter().map(|_| other)).collect();
    let words = |column: usize| sheet.rows.iter().any(|row| row.cells.get(column).is_some_and(|cell| cell.kind == Kind::Words));
    let heads =
        std::iter::once((&sheet.corner, true)).chain(sheet.columns.iter().enumerate().map(|(column, head)| (&head.text, words(column))));
    let under = || TableCellBorder::new(TableCellBorderPosition::Bottom).size(6).color("23262B").border_type(BorderType::Single);
    let head = |((text, left), width): ((&String, bool), &usize)| cell(text, left, *width, 0).clear_all_border().set_border(under());
    let mut rows = vec![TableRow::new(heads.zip(&widths).map(head).collect()).cant_split()];
    let mut add = |line: &Line| {
        let name = cell(&line.head.text, true, first, line.head.depth);
        let cells = line.cells.iter().map(|found: &Cell| cell(&found.text, found.kind == Kind::Words, other, 0));
        rows.push(TableRow::new(std::iter::once(name).chain(cells).collect()).cant_split());
    };
    sheet.rows.iter().for_each(&mut add);
    sheet.foot.iter().for_each(&mut add);
    Table::new(rows)
        .set_grid(widths)
        .width(TEXT_WIDTH, WidthType::Dxa)
        .layout(TableLayoutType::Fixed)
        .align(TableAlignmentType::Center)
        .set_borders(borders)
}

fn cell(text: &str, left: bool, width: usize, depth: usize) -> TableCell {
    let align = if left { AlignmentType::Left } else { AlignmentType::Right };
    let indent = i32::try_from(depth * 160).unwrap_or(0);
    let mut paragraph = Paragraph::new().align(align).indent(Some(indent), None, None, None);
    for (number, line) in text.split('\n').enumerate() {
        let run = Run::new().size(18);
        let run = if number > 0 { run.add_break(docx_rs::BreakType::TextWrapping) } else { run };
        paragraph = paragraph.add_run(run.add_text(line));
    }
    TableCell::new().width(width, WidthType::Dxa).add_paragraph(paragraph)
}
