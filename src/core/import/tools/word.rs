//! Word files coded by comments: a comment names the codes of its passage, one per line or separated by semicolons.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Tool,
    builder::{NewCoding, StudyBuilder, beginning},
};
use crate::{
    import::{
        DocumentOptions, ImportError, ImportedDocument, SourceFile, TranscriptFormat,
        loss::Lost,
        positions::PositionReading,
        read_document,
        study::{Study, StudyDocument},
        text::docx::{WordComment, comments},
        title_of, trimmed,
    },
    model::memo::Anchor,
};

/// A Word file to be read.
#[derive(Debug, Clone, Copy)]
pub struct WordFile<'a> {
    /// Its name, as shown.
    pub file: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
    /// Its coder; `None` stands for the author of each comment.
    pub coder: Option<&'a str>,
}

/// Longest line of a comment, in characters, that names codes; a longer one is a memo.
const LONGEST_CODE: usize = 100;

/// Reads Word files. Files with the same text become one document that several people have coded.
///
/// # Errors
/// When a file is no Word file or is damaged.
pub fn read_word_comments(files: &[WordFile<'_>]) -> Result<Study, ImportError> {
    let coded = files
        .iter()
        .map(CodedFile::read)
        .collect::<Result<Vec<_>, _>>()?;
    let first = files.first().map_or("", |file| file.file);
    let mut builder = StudyBuilder::new(first, Tool::WordComments, "");
    builder.study.title = title_of(first);
    builder.study.positions = Some(PositionReading::Comments);
    let ambiguous = ambiguous_authors(&coded);
    let mut documents: Vec<StudyDocument> = Vec::new();
    for own in &coded {
        let text = own.document.text.as_str();
        let known = documents
            .iter()
            .position(|document| document.imported.text.as_str() == text);
        let at = match known {
            Some(at) => at,
            None => {
                let id = builder.id(&["document", text]);
                documents.push(builder.document_with_id(id, own.document.clone()));
                documents.len() - 1
            }
        };
        for (id, comment) in &own.comments {
            let coder = match own.coder {
                Some(coder) => coder,
                None if ambiguous.contains(comment.author.trim()) => &own.stem,
                None => comment.author.trim(),
            };
            add_comment(&mut builder, &mut documents[at], own, id, coder);
        }
    }
    builder.study.documents = documents;
    Ok(builder.study)
}

/// Author names that don't tell coders apart: none at all, and names in several files, such as `Author` or `user`.
///
/// The name of the file stands for these.
fn ambiguous_authors(files: &[CodedFile<'_>]) -> BTreeSet<String> {
    let mut found_in: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (number, file) in files.iter().enumerate() {
        for comment in file.comments.values() {
            found_in
                .entry(comment.author.trim())
                .or_default()
                .insert(number);
        }
    }
    found_in
        .into_iter()
        .filter(|(author, files)| author.is_empty() || files.len() > 1)
        .map(|(author, _)| author.to_owned())
        .collect()
}

/// Adds the codings of a comment, and a memo for each line that is no code.
fn add_comment(
    builder: &mut StudyBuilder,
    document: &mut StudyDocument,
    file: &CodedFile<'_>,
    id: &str,
    coder: &str,
) {
    let comment = &file.comments[id];
    let stem = &file.stem;
    // A tab within a line would become part of the code's name.
    let text = comment.text.replace('\t', " ");
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let range = comment
        .range
        .map(|range| trimmed(range, &document.imported.text))
        .filter(|range| !range.is_empty());
    let Some(range) = range else {
        builder.lost(
            Lost::OutsideText,
            format!("{stem}: {}", beginning(&comment.text)),
        );
        return;
    };
    let coder_id = builder.coder(coder);
    let selection = Some(builder.id(&["comment", document.imported.text.as_str(), coder, id]));
    for (number, line) in lines.enumerate() {
        if number == 0 && is_heading(line) {
            continue;
        }
        if line.chars().count() > LONGEST_CODE {
            builder.memo(Anchor::Segment(document.id, range), coder_id, "", line);
            continue;
        }
        for name in line
            .split([';', '；'])
            .map(str::trim)
            .filter(|name| !name.is_empty())
        {
            let coding = NewCoding {
                key: &[stem, coder, id, &number.to_string(), name],
                range,
                code: builder.code_named(name),
                coder: coder_id,
                selection,
                made: &comment.date,
                facets: BTreeMap::new(),
            };
            document.codings.push(builder.coding(coding));
        }
    }
}

/// Returns true for the heading that Dedoose puts on a comment: `Codes (12-40)`, its own count of characters.
///
/// The anchor in Word is more exact than these positions.
fn is_heading(line: &str) -> bool {
    line.strip_prefix("Codes (")
        .and_then(|rest| rest.strip_suffix(')'))
        .is_some_and(|inner| inner.chars().all(|c| c.is_ascii_digit() || c == '-'))
}

/// A file with its text and comments.
struct CodedFile<'a> {
    /// The file's name without its ending.
    stem: String,
    /// The coder that the user named.
    coder: Option<&'a str>,
    document: ImportedDocument,
    comments: BTreeMap<String, WordComment>,
}

impl<'a> CodedFile<'a> {
    fn read(file: &WordFile<'a>) -> Result<Self, ImportError> {
        let source = SourceFile {
            path: file.file.to_owned(),
            bytes: file.bytes.to_vec(),
        };
        let options = DocumentOptions {
            format: Some(TranscriptFormat::Docx),
            ..DocumentOptions::default()
        };
        Ok(Self {
            stem: title_of(file.file),
            coder: file.coder,
            comments: comments(file.file, file.bytes)?,
            document: read_document(source, &options)?,
        })
    }
}
