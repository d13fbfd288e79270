//! Coded transcripts as a Word document: each coding a comment over its passage, also where passages overlap or span turns.

use std::io::Cursor;

use docx_rs::{
    BreakType, Comment, Docx, LineSpacing, PageMargin, Paragraph, Run, Shading, ShdType,
};

use super::{Line, Note, Piece, Transcript, heading};
use crate::{
    export::table::moment,
    message::language::UiLanguage,
    model::code::PALETTE,
    picture::svg::escaped,
    report::docx::{DocxError, styles},
};

/// How strong a colour shades the words, of 100.
const TINT: u32 = 24;

/// Writes transcripts one after another.
///
/// # Errors
/// The writer refuses.
pub fn transcripts_docx(
    transcripts: &[Transcript],
    project: &str,
    language: UiLanguage,
) -> Result<Vec<u8>, DocxError> {
    let margin = PageMargin::new()
        .top(1440)
        .bottom(1300)
        .left(1440)
        .right(1440);
    let mut document = styles(Docx::new())
        .page_size(11906, 16838)
        .page_margin(margin);
    let title = match transcripts {
        [only] => only.title.as_str(),
        _ => heading(language),
    };
    document = document
        .add_paragraph(
            Paragraph::new()
                .add_run(Run::new().add_text(clean(title)))
                .style("Title"),
        )
        .add_paragraph(soft(project));
    let mut first = 0;
    for transcript in transcripts {
        if transcripts.len() > 1 {
            let run = Run::new().add_text(clean(&transcript.title));
            document = document.add_paragraph(Paragraph::new().add_run(run).style("Heading1"));
        }
        document = document.add_paragraph(soft(&transcript.subtitle));
        for line in &transcript.lines {
            document = document.add_paragraph(paragraph(line, &transcript.notes, first));
        }
        first += transcript.notes.len();
    }
    let mut bytes = Cursor::new(Vec::new());
    document
        .build()
        .pack(&mut bytes)
        .map_err(|_kind| DocxError::Write)?;
    Ok(bytes.into_inner())
}

/// Words that XML can hold.
fn clean(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_control() || *c == '\t')
        .filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}'))
        .collect()
}

fn soft(text: &str) -> Paragraph {
    Paragraph::new()
        .add_run(Run::new().add_text(clean(text)).size(18).color("666B74"))
        .line_spacing(LineSpacing::new().after(120))
}

/// A line with its comments; they are numbered from `first` on.
fn paragraph(line: &Line, notes: &[Note], first: usize) -> Paragraph {
    let mut paragraph = Paragraph::new().line_spacing(LineSpacing::new().after(100).line(320));
    for piece in &line.pieces {
        for index in &piece.begins {
            if let Some(note) = notes.get(*index) {
                paragraph = paragraph.add_comment_start(comment(note, first + index));
            }
        }
        if !piece.words.is_empty() {
            paragraph = paragraph.add_run(run(piece, notes));
        }
        for index in &piece.ends {
            paragraph = paragraph.add_comment_end(first + index);
        }
    }
    paragraph
}

fn run(piece: &Piece, notes: &[Note]) -> Run {
    let run = Run::new().add_text(clean(&piece.words));
    let run = if piece.label {
        run.color("666B74")
    } else {
        run
    };
    let colours: Vec<[u8; 3]> = piece
        .notes
        .iter()
        .filter_map(|index| notes.get(*index))
        .map(|note| PALETTE[usize::from(note.hue.number())])
        .collect();
    if colours.is_empty() {
        run
    } else {
        run.shading(
            Shading::new()
                .shd_type(ShdType::Clear)
                .color("auto")
                .fill(tint(&colours)),
        )
    }
}

/// The mean of colours, thinned with white.
fn tint(colours: &[[u8; 3]]) -> String {
    let n = u32::try_from(colours.len()).unwrap_or(u32::MAX).max(1);
    let channel = |at: usize| {
        let mean = colours
            .iter()
            .filter_map(|colour| colour.get(at))
            .map(|value| u32::from(*value))
            .sum::<u32>()
            / n;
        (mean * TINT + 255 * (100 - TINT)) / 100
    };
    format!("{:02X}{:02X}{:02X}", channel(0), channel(1), channel(2))
}

fn comment(note: &Note, id: usize) -> Comment {
    let mut body = Paragraph::new().add_run(Run::new().add_text(clean(&note.code)).bold());
    for line in note
        .facets
        .iter()
        .map(String::as_str)
        .chain(note.memos.iter().flat_map(|memo| memo.lines()))
    {
        body = body.add_run(
            Run::new()
                .add_break(BreakType::TextWrapping)
                .add_text(clean(line)),
        );
    }
    // The writer puts an author's name into the file as it is.
    let author = escaped(&clean(&note.coder));
    let comment = Comment::new(id)
        .author(if author.is_empty() {
            "Tain".to_owned()
        } else {
            author
        })
        .add_paragraph(body);
    match note
        .made_millis
        .map(moment)
        .filter(|moment| !moment.is_empty())
    {
        Some(moment) => comment.date(moment),
        None => comment,
    }
}
