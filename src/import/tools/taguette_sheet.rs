//! Taguette's sheets: tags with their descriptions, and highlights as quotes without their place.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Tool,
    draft::{NewCoding, StudyBuilder, beginning},
    plain::NormalizedText,
    taguette::path_of,
};
use crate::{
    import::{ImportError, document_of_text, loss::Lost, study::Study, table::InputTable},
    model::{
        ids::{CodeId, CoderId},
        localized::Localized,
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
    let mut draft = StudyBuilder::new(file, Tool::Taguette, file);
    let mut described: BTreeMap<CodeId, String> = BTreeMap::new();
    table.for_each(|row| {
        let cell = |column: Option<usize>| {
            column
                .and_then(|column| row.cells.get(column))
                .copied()
                .unwrap_or_default()
        };
        if let Some(code) = Some(cell(Some(tag)))
            .filter(|tag| !tag.is_empty())
            .and_then(|tag| draft.code_at(&path_of(tag)))
        {
            described.insert(code, cell(description).to_owned());
        }
        Ok(())
    })?;
    for code in &mut draft.study.codes {
        code.definition = Localized::plain(described.remove(&code.id).unwrap_or_default());
    }
    Ok(draft.study)
}

/// Whether a sheet is one of highlights: its columns tell, for Taguette names itself nowhere.
pub fn is_taguette_highlights(table: &InputTable) -> bool {
    ["id", "document", "tag", "content"]
        .iter()
        .all(|name| table.column(name).is_some())
}

/// A quote with its tags.
#[derive(Debug, Default)]
pub(super) struct Quote {
    id: String,
    words: String,
    tags: BTreeSet<String>,
}

/// Quotes by document.
#[derive(Debug, Default)]
pub(super) struct Quotes(Vec<(String, Vec<Quote>)>);

/// Reads a sheet of highlights, with the columns `id`, `document`, `tag` and `content`; `known` are titles and texts of documents that are there.
///
/// A highlight is coded where its words stand in the document of its name.
/// A document that isn't known becomes one of its quotes alone, in order.
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
        let [id, document, tag, content] =
            columns.map(|column| row.cells.get(column).copied().unwrap_or_default());
        quotes.take(document, id, content, tag);
        Ok(())
    })?;
    Ok(quotes.study(file, known))
}

impl Quotes {
    /// Takes a quote with a tag; the same quote again, with another tag, follows at once.
    pub(super) fn take(&mut self, document: &str, id: &str, content: &str, tag: &str) {
        let documents = &mut self.0;
        if content.is_empty() {
            return;
        }
        if documents.last().is_none_or(|(name, _)| name != document) {
            let at = documents.iter().position(|(name, _)| name == document);
            let own = at.map_or_else(
                || (document.to_owned(), Vec::new()),
                |at| documents.remove(at),
            );
            documents.push(own);
        }
        let Some((_, quotes)) = documents.last_mut() else {
            return;
        };
        if quotes.last().is_none_or(|last| last.id != id) {
            quotes.push(Quote {
                id: id.to_owned(),
                words: content.to_owned(),
                tags: BTreeSet::new(),
            });
        }
        quotes
            .last_mut()
            .into_iter()
            .filter(|_| !tag.is_empty())
            .for_each(|quote| {
                quote.tags.insert(tag.to_owned());
            });
    }

    /// The quotes as codings of their documents.
    pub(super) fn study(self, file: &str, known: &[(&str, &str)]) -> Study {
        let mut draft = StudyBuilder::new(file, Tool::Taguette, file);
        let coder = draft.coder("");
        for (name, quotes) in self.0 {
            let text = known
                .iter()
                .find(|(title, _)| title.eq_ignore_ascii_case(&name))
                .map(|(_, text)| *text);
            document(&mut draft, file, coder, (&name, text), quotes);
        }
        draft.study
    }
}

fn document(
    draft: &mut StudyBuilder,
    file: &str,
    coder: CoderId,
    (name, known): (&str, Option<&str>),
    quotes: Vec<Quote>,
) {
    let text = known.map_or_else(
        || {
            quotes
                .iter()
                .map(|quote| format!("{}\n", quote.words))
                .collect::<String>()
        },
        str::to_owned,
    );
    let plain = NormalizedText::new(text);
    let finder = QuoteFinder::new(&plain.text);
    let text = plain.text.as_str().to_owned();
    let mut document = draft.holding(
        draft.id(&["document", name]),
        document_of_text(
            name.to_owned(),
            file.to_owned(),
            Tool::Taguette.name().to_owned(),
            text,
            None,
        ),
    );
    if known.is_none() {
        draft.lost(Lost::OnlyHighlights, name);
    }
    let mut from = 0;
    for quote in quotes {
        let Some(range) = finder.find(&quote.words, if known.is_none() { from } else { 0 }) else {
            draft.lost(
                Lost::OutsideText,
                format!("{name}: {}", beginning(&quote.words)),
            );
            continue;
        };
        from = range.end();
        if quote.tags.is_empty() {
            draft.lost(
                Lost::CodingWithoutCode,
                format!("{name}: {}", beginning(&quote.words)),
            );
        }
        let selection = Some(draft.id(&["highlight", name, &quote.id]));
        for tag in &quote.tags {
            let Some(code) = draft.code_at(&path_of(tag)) else {
                continue;
            };
            let mark = NewCoding {
                key: &[name, &quote.id, tag],
                range,
                code,
                coder,
                selection,
                made: "",
                facets: BTreeMap::new(),
            };
            document.codings.push(draft.coding(mark));
        }
    }
    draft.study.documents.push(document);
}

/// Finds words in a text, whatever white space lies between them.
struct QuoteFinder {
    /// The characters of the text that aren't white space, and the place of each.
    solid: String,
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

    /// The first place of words that starts at a position or after it.
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
