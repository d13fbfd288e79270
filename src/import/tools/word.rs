//! Word files coded by comments: a comment on a passage names its codes, one a line or parted by semicolons.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::{Reader, events::Event};

use super::{
    Tool,
    draft::{NewCoding, StudyBuilder, beginning},
};
use crate::{
    import::{
        DocumentOptions, ImportError, SourceFile,
        loss::Lost,
        positions::PositionReading,
        read_document,
        study::{Study, StudyDocument},
        text::package::{ZipPackage, attribute, damaged, entity},
    },
    model::{
        memo::Anchor,
        text::{DocumentText, TextRange},
    },
};

/// A Word file to be read.
#[derive(Debug, Clone, Copy)]
pub struct WordFile<'a> {
    /// Its name, as shown.
    pub file: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
    /// Who coded it; `None` takes the comments' author.
    pub coder: Option<&'a str>,
}

/// Longest line of a comment that is a code; what is longer is a memo.
const LONGEST_CODE: usize = 100;

/// Reads Word files: those with one text are one document that several have coded.
///
/// A coder is the author of the comments; the file's name stands for an author who has no name, or the same as in another file.
///
/// # Errors
/// When a file isn't a whole Word file.
pub fn read_word_comments(files: &[WordFile<'_>]) -> Result<Study, ImportError> {
    let coded = files
        .iter()
        .map(CodedFile::read)
        .collect::<Result<Vec<_>, _>>()?;
    let first = files.first().map_or("", |file| file.file);
    let mut draft = StudyBuilder::new(first, Tool::WordComments, "");
    draft.study.title = crate::import::title_of(first);
    draft.study.positions = Some(PositionReading::Comments);
    let mut authors: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (number, own) in coded.iter().enumerate() {
        own.comments.values().for_each(|comment| {
            authors
                .entry(comment.author.as_str())
                .or_default()
                .insert(number);
        });
    }
    let tells = |author: &str| {
        !author.is_empty() && authors.get(author).is_none_or(|files| files.len() == 1)
    };
    let mut documents: Vec<StudyDocument> = Vec::new();
    for (file, own) in files.iter().zip(&coded) {
        let text = own.document.text.as_str();
        let known = documents
            .iter()
            .position(|document| document.imported.text.as_str() == text);
        let at = known.unwrap_or_else(|| {
            let id = draft.id(&["document", text]);
            documents.push(draft.holding(id, own.document.clone()));
            documents.len() - 1
        });
        let Some(document) = documents.get_mut(at) else {
            continue;
        };
        for (id, comment) in &own.comments {
            let stem = crate::import::title_of(file.file);
            let name = file
                .coder
                .unwrap_or(if tells(&comment.author) {
                    &comment.author
                } else {
                    &stem
                })
                .to_owned();
            take(
                &mut draft,
                document,
                (id, comment, own.places.get(id).copied()),
                (&stem, &name),
            );
        }
    }
    draft.study.documents = documents;
    Ok(draft.study)
}

/// Takes a comment in: codings, and a memo of what is no code.
fn take(
    draft: &mut StudyBuilder,
    document: &mut StudyDocument,
    (id, comment, range): (&str, &CodingComment, Option<TextRange>),
    (stem, coder): (&str, &str),
) {
    let Some(range) = range else {
        draft.lost(
            Lost::OutsideText,
            format!("{stem}: {}", beginning(&comment.lines.join(" "))),
        );
        return;
    };
    let coder_id = draft.coder(coder);
    let selection = Some(draft.id(&["comment", document.imported.text.as_str(), coder, id]));
    for (number, line) in comment.lines.iter().enumerate() {
        if is_heading(line) && number == 0 {
            continue;
        }
        if line.chars().count() > LONGEST_CODE {
            draft.memo(Anchor::Segment(document.id, range), coder_id, "", line);
            continue;
        }
        for name in line
            .split([';', '；'])
            .map(str::trim)
            .filter(|name| !name.is_empty())
        {
            let Some(code) = draft.code_at(&[name.to_owned()]) else {
                continue;
            };
            let key = [stem, coder, id, &number.to_string(), name];
            let mark = NewCoding {
                key: &key,
                range,
                code,
                coder: coder_id,
                selection,
                made: &comment.date,
                facets: BTreeMap::new(),
            };
            document.codings.push(draft.coding(mark));
        }
    }
}

/// Dedoose heads a comment with `Codes (12-40)`, its own count of characters; the comment's place in Word says the same and more.
fn is_heading(line: &str) -> bool {
    let inner = line
        .strip_prefix("Codes (")
        .and_then(|rest| rest.strip_suffix(')'));
    inner.is_some_and(|inner| inner.chars().all(|c| c.is_ascii_digit() || c == '-'))
}

/// A comment.
#[derive(Debug, Default)]
struct CodingComment {
    author: String,
    date: String,
    lines: Vec<String>,
}

/// A file with its text, comments and their places.
struct CodedFile {
    document: crate::import::ImportedDocument,
    comments: BTreeMap<String, CodingComment>,
    places: BTreeMap<String, TextRange>,
}

impl CodedFile {
    fn read(file: &WordFile<'_>) -> Result<Self, ImportError> {
        let WordFile { file, bytes, .. } = *file;
        let mut package = ZipPackage::open(file, bytes)?;
        let broken = |error: quick_xml::Error| damaged(file, error.to_string());
        let comments = match package.has("word/comments.xml") {
            true => comments(&package.xml("word/comments.xml")?).map_err(broken)?,
            false => BTreeMap::new(),
        };
        let walked = CommentPlaces::read(&package.xml("word/document.xml")?).map_err(broken)?;
        let source = SourceFile {
            path: file.to_owned(),
            bytes: bytes.to_vec(),
        };
        let document = read_document(
            source,
            &DocumentOptions {
                format: Some(crate::import::TranscriptFormat::Docx),
                ..DocumentOptions::default()
            },
        )?;
        let places = walked.places(&document.text);
        Ok(Self {
            document,
            comments,
            places,
        })
    }
}

fn comments(xml: &str) -> Result<BTreeMap<String, CodingComment>, quick_xml::Error> {
    let mut reader = Reader::from_str(xml);
    let mut found = BTreeMap::new();
    let (mut id, mut comment, mut line, mut in_text) = (
        String::new(),
        CodingComment::default(),
        String::new(),
        false,
    );
    let end_line = |comment: &mut CodingComment, line: &mut String| {
        comment
            .lines
            .extend(Some(std::mem::take(line).trim().to_owned()).filter(|line| !line.is_empty()));
    };
    loop {
        match reader.read_event()? {
            Event::Start(start) => match start.local_name().as_ref() {
                "comment" => {
                    let named = |name| attribute(&start, name).unwrap_or_default();
                    id = named("w:id");
                    comment = CodingComment {
                        author: named("w:author").trim().to_owned(),
                        date: named("w:date"),
                        lines: Vec::new(),
                    };
                }
                "t" => in_text = true,
                _ => {}
            },
            Event::End(end) => match end.local_name().as_ref() {
                "t" => in_text = false,
                "p" => end_line(&mut comment, &mut line),
                "comment" => {
                    end_line(&mut comment, &mut line);
                    found.insert(id.clone(), std::mem::take(&mut comment));
                }
                _ => {}
            },
            Event::Empty(empty) if matches!(empty.local_name().as_ref(), "br" | "cr") => {
                end_line(&mut comment, &mut line)
            }
            Event::Empty(empty) if empty.local_name().as_ref() == "tab" => line.push(' '),
            Event::Text(text) if in_text => line.push_str(&text),
            Event::GeneralRef(reference) if in_text => line.push_str(&entity(&reference)?),
            Event::Eof => return Ok(found),
            _ => {}
        }
    }
}

/// The solid characters of a Word file's text, and between which of them each comment starts and ends.
///
/// White space is left out, so that places hold however lines and cells are written.
#[derive(Default)]
struct CommentPlaces {
    solid: Vec<char>,
    starts: BTreeMap<String, usize>,
    ends: BTreeMap<String, usize>,
}

impl CommentPlaces {
    fn read(xml: &str) -> Result<Self, quick_xml::Error> {
        let mut reader = Reader::from_str(xml);
        let mut own = Self::default();
        let (mut in_text, mut deleted) = (false, 0usize);
        loop {
            match reader.read_event()? {
                Event::Start(start) => match start.local_name().as_ref() {
                    "t" => in_text = true,
                    "del" | "moveFrom" => deleted += 1,
                    _ => own.mark(&start),
                },
                Event::End(end) => match end.local_name().as_ref() {
                    "t" => in_text = false,
                    "del" | "moveFrom" => deleted = deleted.saturating_sub(1),
                    _ => {}
                },
                Event::Empty(empty) => {
                    own.mark(&empty);
                    if empty.local_name().as_ref() == "noBreakHyphen" && deleted == 0 {
                        own.words("\u{2011}");
                    }
                }
                Event::Text(text) if in_text && deleted == 0 => own.words(&text),
                Event::CData(text) if in_text && deleted == 0 => own.words(&text),
                Event::GeneralRef(reference) if in_text && deleted == 0 => {
                    own.words(&entity(&reference)?)
                }
                Event::Eof => return Ok(own),
                _ => {}
            }
        }
    }

    fn mark(&mut self, element: &quick_xml::events::BytesStart<'_>) {
        let marks = match element.local_name().as_ref() {
            "commentRangeStart" => &mut self.starts,
            "commentRangeEnd" => &mut self.ends,
            _ => return,
        };
        marks.extend(attribute(element, "w:id").map(|id| (id, self.solid.len())));
    }

    fn words(&mut self, words: &str) {
        self.solid
            .extend(words.chars().filter(|c| !c.is_whitespace()));
    }

    /// The places of the comments in the text as it is read elsewhere; none where its words are others.
    fn places(&self, text: &DocumentText) -> BTreeMap<String, TextRange> {
        let solid = (0u32..)
            .zip(text.as_str().chars())
            .filter(|(_, c)| !c.is_whitespace());
        let (places, solid): (Vec<u32>, Vec<char>) = solid.unzip();
        // Words that only the other reader takes in, such as notes, may follow after those of the body.
        if !solid.starts_with(&self.solid) {
            return BTreeMap::new();
        }
        let place = |(id, start): (&String, &usize)| {
            let end = *self.ends.get(id)?;
            let last = places.get(end.checked_sub(1).filter(|last| last >= start)?)?;
            Some((id.clone(), TextRange::new(*places.get(*start)?, last + 1)?))
        };
        self.starts.iter().filter_map(place).collect()
    }
}
