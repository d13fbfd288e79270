//! Taguette's sheets: tags with their descriptions, and highlights as quotes without positions.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Tool,
    builder::{NewCoding, StudyBuilder, beginning},
    taguette::{describe, path_of},
};
use crate::{
    import::{
        ImportError, document_of_text, encoding::unify_line_ends, loss::Lost, study::Study,
        table::InputTable,
    },
    model::{
        ids::{CodeId, CoderId},
        text::{DocumentText, TextRange},
    },
};

/// Reads a sheet of tags, with the columns `tag` and `description`.
///
/// # Errors
/// When there is no column `tag`, or the sheet is damaged.
pub fn read_taguette_codebook(file: &str, bytes: Vec<u8>) -> Result<Study, ImportError> {
    let table = InputTable::read(file, bytes)?;
    let (tag, description) = (table.needed("tag")?, table.column("description"));
    let mut builder = StudyBuilder::new(file, Tool::Taguette, file);
    let mut described: BTreeMap<CodeId, String> = BTreeMap::new();
    table.for_each(|row| {
        if let Some(tag) = row.filled(Some(tag))
            && let Some(code) = builder.code_at(&path_of(tag))
        {
            described.insert(code, row.optional(description).to_owned());
        }
        Ok(())
    })?;
    describe(&mut builder, described);
    Ok(builder.study)
}

/// Returns true if a sheet is one of highlights, by its columns: nothing in the file names Taguette.
pub fn is_taguette_highlights(table: &InputTable) -> bool {
    ["id", "document", "tag", "content"]
        .iter()
        .all(|name| table.column(name).is_some())
}

/// A quote with its tags.
#[derive(Debug, Default)]
struct Quote {
    id: String,
    words: String,
    tags: BTreeSet<String>,
}

/// The quotes of a document.
#[derive(Debug)]
struct QuotedDocument {
    name: String,
    quotes: Vec<Quote>,
}

/// Quotes by document, in order.
#[derive(Debug, Default)]
pub(super) struct Quotes(Vec<QuotedDocument>);

/// Reads a sheet of highlights, with the columns `id`, `document`, `tag` and `content`; `known` are titles and texts of documents of the project.
///
/// A highlight is coded at the place of its words in the document of its name.
/// A document that isn't known becomes one that consists of its quotes, in order.
///
/// # Errors
/// When a column is missing, or the sheet is damaged.
pub fn read_taguette_highlights(
    file: &str,
    bytes: Vec<u8>,
    known: &[(&str, &str)],
) -> Result<Study, ImportError> {
    let table = InputTable::read(file, bytes)?;
    let columns = [
        table.needed("id")?,
        table.needed("document")?,
        table.needed("tag")?,
        table.needed("content")?,
    ];
    let mut quotes = Quotes::default();
    table.for_each(|row| {
        let [id, document, tag, content] = columns.map(|column| row.cell(column));
        quotes.add(document, id, content, tag);
        Ok(())
    })?;
    Ok(quotes.study(file, known))
}

impl Quotes {
    /// Adds a quote with a tag. The sheet has one row per highlight and tag, so the same quote with another tag follows at once.
    pub(super) fn add(&mut self, document: &str, id: &str, content: &str, tag: &str) {
        // Without words nothing can be found in the text.
        if content.is_empty() {
            return;
        }
        let quotes = self.quotes_of(document);
        if quotes.last().is_none_or(|last| last.id != id) {
            quotes.push(Quote {
                id: id.to_owned(),
                words: content.to_owned(),
                tags: BTreeSet::new(),
            });
        }
        if let Some(quote) = quotes.last_mut()
            && !tag.is_empty()
        {
            quote.tags.insert(tag.to_owned());
        }
    }

    /// The quotes of a document. Rows are usually sorted by document, so the one used last is at the end.
    fn quotes_of(&mut self, document: &str) -> &mut Vec<Quote> {
        let documents = &mut self.0;
        match documents.iter().rposition(|own| own.name == document) {
            Some(at) if at + 1 < documents.len() => {
                let own = documents.remove(at);
                documents.push(own);
            }
            Some(_) => {}
            None => documents.push(QuotedDocument {
                name: document.to_owned(),
                quotes: Vec::new(),
            }),
        }
        let last = documents.last_mut().expect("one was found or pushed");
        &mut last.quotes
    }

    /// Turns the quotes into codings of their documents.
    pub(super) fn study(self, file: &str, known: &[(&str, &str)]) -> Study {
        let mut builder = StudyBuilder::new(file, Tool::Taguette, file);
        let coder = builder.coder("");
        for own in self.0 {
            let text = known
                .iter()
                // Titles are unique regardless of case.
                .find(|(title, _)| title.eq_ignore_ascii_case(&own.name))
                .map(|(_, text)| *text);
            add_document(&mut builder, file, coder, own, text);
        }
        builder.study
    }
}

/// Adds a document; `known` is its text, if the project has it.
fn add_document(
    builder: &mut StudyBuilder,
    file: &str,
    coder: CoderId,
    own: QuotedDocument,
    known: Option<&str>,
) {
    let QuotedDocument { name, quotes } = own;
    let text = match known {
        Some(text) => text.to_owned(),
        None => quotes
            .iter()
            .map(|quote| format!("{}\n", quote.words))
            .collect(),
    };
    let imported = document_of_text(
        name.clone(),
        file.to_owned(),
        Tool::Taguette.name().to_owned(),
        unify_line_ends(text),
        None,
    );
    let finder = QuoteFinder::new(&imported.text);
    let mut document = builder.document_with_id(builder.id(&["document", &name]), imported);
    if known.is_none() {
        builder.lost(Lost::OnlyHighlights, name.as_str());
    }
    let mut from = 0;
    for quote in quotes {
        // A text of quotes has them in order, so each is looked for behind the one before.
        let start = if known.is_none() { from } else { 0 };
        let Some(range) = finder.find(&quote.words, start) else {
            builder.lost(
                Lost::OutsideText,
                format!("{name}: {}", beginning(&quote.words)),
            );
            continue;
        };
        from = range.end();
        if quote.tags.is_empty() {
            builder.lost(
                Lost::CodingWithoutCode,
                format!("{name}: {}", beginning(&quote.words)),
            );
        }
        let selection = Some(builder.id(&["highlight", &name, &quote.id]));
        for tag in &quote.tags {
            let Some(code) = builder.code_at(&path_of(tag)) else {
                continue;
            };
            let coding = builder.coding(NewCoding {
                key: &[&name, &quote.id, tag],
                range,
                code,
                coder,
                selection,
                made: "",
                facets: BTreeMap::new(),
            });
            document.codings.push(coding);
        }
    }
    builder.study.documents.push(document);
}

/// Finds words in a text, whatever white space separates them.
///
/// Taguette's sheets have the line breaks of its HTML, which differ from those of the text.
struct QuoteFinder {
    /// The characters of the text that aren't white space.
    solid: String,
    /// The position of each of them.
    places: Vec<u32>,
}

impl QuoteFinder {
    fn new(text: &DocumentText) -> Self {
        let solid = (0u32..)
            .zip(text.as_str().chars())
            .filter(|(_, c)| !c.is_whitespace());
        let (places, solid) = solid.unzip();
        Self { solid, places }
    }

    /// The first place of words at or after a position.
    fn find(&self, words: &str, from: u32) -> Option<TextRange> {
        let words: String = words.chars().filter(|c| !c.is_whitespace()).collect();
        if words.is_empty() {
            return None;
        }
        let skipped = self.places.partition_point(|place| *place < from);
        let begin: usize = self.solid.chars().take(skipped).map(char::len_utf8).sum();
        let at = begin + self.solid.get(begin..)?.find(&words)?;
        let first = self.solid.get(..at)?.chars().count();
        let last = first + words.chars().count() - 1;
        TextRange::new(*self.places.get(first)?, *self.places.get(last)? + 1)
    }
}
