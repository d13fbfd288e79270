//! Coded transcripts as a Word document, with a comment over the passage of each coding.
//!
//! Comments can overlap and span paragraphs, so every passage keeps its exact range.

use std::io::Cursor;

use docx_rs::{
    BreakType, BuildXML as _, Comment, CommentChild, CommentExtended, Docx, LineSpacing,
    PageMargin, Paragraph, Run, Shading, ShdType, XMLDocx,
};

use super::{CodedTranscript, LinePiece, MarginNote, TranscriptLine, file_title};
use crate::{
    message::language::UiLanguage,
    model::code::PALETTE,
    picture::svg::escaped,
    report::docx::{BODY, DocxError, SECTION, fill, styles},
    table::data::moment,
};

/// The share of a colour in the shading of its passage, in percent.
const TINT: u32 = 24;

/// Writes transcripts one after another.
///
/// # Errors
/// docx-rs can't build the file.
pub fn transcripts_docx(
    transcripts: &[CodedTranscript],
    project: &str,
    language: UiLanguage,
) -> Result<Vec<u8>, DocxError> {
    let margin = PageMargin::new()
        .top(1440)
        .bottom(1300)
        .left(1440)
        .right(1440);
    // Created first: it begins the numbers of paragraphs anew.
    let frame = styles(Docx::new())
        .page_size(11906, 16838)
        .page_margin(margin);
    let mut parts = Parts::default();
    let title = Run::new().add_text(clean(file_title(transcripts, language)));
    parts.add(&Paragraph::new().add_run(title).style("Title"));
    parts.add(&muted(project));
    // Comments are numbered through the file, notes from 0 in each transcript.
    let mut first_comment = 0;
    for transcript in transcripts {
        if transcripts.len() > 1 {
            let run = Run::new().add_text(clean(&transcript.title));
            parts.add(&Paragraph::new().add_run(run).style("Heading1"));
        }
        parts.add(&muted(&transcript.subtitle));
        for line in &transcript.lines {
            parts.add_line(line, &transcript.notes, first_comment);
        }
        first_comment += transcript.notes.len();
    }
    let mut bytes = Cursor::new(Vec::new());
    parts
        .put_into(frame)
        .pack(&mut bytes)
        .map_err(|_kind| DocxError::Write)?;
    Ok(bytes.into_inner())
}

/// The parts of the package that grow with the text, as XML.
///
/// Each paragraph is written at once and forgotten: in the library's tree it takes 6 KB, whatever its length.
#[derive(Default)]
struct Parts {
    body: Vec<u8>,
    comments: Vec<u8>,
    /// What Word adds to each comment: whether it is done.
    extended: Vec<u8>,
}

impl Parts {
    fn add(&mut self, paragraph: &Paragraph) {
        self.body.extend(paragraph.build());
    }

    /// Adds a line with its comments, which are numbered from `first_comment` on.
    fn add_line(&mut self, line: &TranscriptLine, notes: &[MarginNote], first_comment: usize) {
        let mut paragraph = Paragraph::new().line_spacing(LineSpacing::new().after(100).line(320));
        for piece in &line.pieces {
            for index in &piece.begins {
                if let Some(note) = notes.get(*index) {
                    let comment = comment(note, first_comment + index);
                    self.add_comment(&comment);
                    paragraph = paragraph.add_comment_start(comment);
                }
            }
            if !piece.words.is_empty() {
                paragraph = paragraph.add_run(run(piece, notes));
            }
            for index in &piece.ends {
                paragraph = paragraph.add_comment_end(first_comment + index);
            }
        }
        self.add(&paragraph);
    }

    fn add_comment(&mut self, comment: &Comment) {
        self.comments.extend(comment.build());
        for child in &comment.children {
            if let CommentChild::Paragraph(paragraph) = child {
                let extended = CommentExtended::new(&paragraph.id);
                self.extended.extend(extended.build());
            }
        }
    }

    /// Puts the parts into a document without text.
    fn put_into(self, frame: Docx) -> XMLDocx {
        // A comment of the frame's own makes the library name the parts of comments in the package.
        let frame = if self.comments.is_empty() {
            frame
        } else {
            let comment = Comment::new(0).add_paragraph(Paragraph::new());
            frame.add_paragraph(Paragraph::new().add_comment_start(comment))
        };
        let mut package = frame.build();
        fill(&mut package.document, BODY, SECTION, &self.body);
        if !self.comments.is_empty() {
            let (comments, extended) = (&mut package.comments, &mut package.comments_extended);
            fill(comments, b"<w:comment ", b"</w:comments>", &self.comments);
            fill(
                extended,
                b"<w15:commentEx ",
                b"</w15:commentsEx>",
                &self.extended,
            );
        }
        package
    }
}

/// A text without the characters that XML doesn't allow; docx-rs writes them as they are, and Word refuses the file.
fn clean(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_control() || *c == '\t')
        .filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}'))
        .collect()
}

fn muted(text: &str) -> Paragraph {
    Paragraph::new()
        .add_run(Run::new().add_text(clean(text)).size(18).color("666B74"))
        .line_spacing(LineSpacing::new().after(120))
}

fn run(piece: &LinePiece, notes: &[MarginNote]) -> Run {
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

/// The mean of the colours, mixed with white, as six hexadecimal digits.
fn tint(colours: &[[u8; 3]]) -> String {
    let mut sums = [0u32; 3];
    let mut n = 0;
    for colour in colours {
        n += 1;
        for (sum, value) in sums.iter_mut().zip(colour) {
            *sum += u32::from(*value);
        }
    }
    let [red, green, blue] = sums.map(|sum| (sum / n.max(1) * TINT + 255 * (100 - TINT)) / 100);
    format!("{red:02X}{green:02X}{blue:02X}")
}

fn comment(note: &MarginNote, id: usize) -> Comment {
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
    // docx-rs escapes text but not the names of authors.
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
