//! Reader of Taguette's projects.
//!
//! Documents are sanitised HTML, and highlights are counted in UTF-8 bytes of its text nodes. Tags have no tree; dots in their names stand for one.
//! Highlights have no author, but a list of commands says who did what.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Tool,
    builder::{NewCoding, StudyBuilder, beginning},
    database::{Database, DatabaseRow},
    normalized::same_words,
    taguette_history::HighlightHistory,
    taguette_text::{ByteSpan, HtmlPage, text_of},
};
use crate::{
    import::{
        ImportError, document_of_text, encoding,
        loss::Lost,
        positions::PositionReading,
        study::{Study, StudyDocument},
    },
    model::{
        ids::{CodeId, CoderId},
        localized::Localized,
        memo::Anchor,
        set::Set,
        text::{DocumentText, TextRange},
    },
};

/// Reads a file of Taguette projects, `.sqlite3`.
///
/// The database of a server has several projects. They are kept apart: each has its codes below one of its name, and its documents in a set.
///
/// # Errors
/// When the file is damaged or no Taguette project.
pub fn read_taguette(file: &str, bytes: &[u8]) -> Result<Study, ImportError> {
    let database = Database::open(file, Tool::Taguette, bytes)?;
    let tags = database.needed("tags", &["id", "project_id", "path", "description"])?;
    let highlights = database.needed(
        "highlights",
        &["id", "document_id", "start_offset", "end_offset", "snippet"],
    )?;
    let documents = database.needed(
        "documents",
        &[
            "id",
            "name",
            "description",
            "filename",
            "created",
            "project_id",
            "contents",
        ],
    )?;
    let projects = database.rows("projects", &["id", "name", "description", "created"])?;
    let names = project_names(&projects);
    let named: Vec<String> = projects
        .iter()
        .filter_map(|project| names.get(&project.key("id")?).cloned())
        .collect();
    let identity: Vec<String> = projects
        .iter()
        .map(|project| format!("{} {}", project.text("name"), project.text("created")))
        .collect();
    let mut builder = StudyBuilder::new(file, Tool::Taguette, &identity.join("\n"));
    builder.study.title = named.join(" + ");
    builder.study.description = projects
        .iter()
        .filter_map(|project| project.words("description"))
        .collect::<Vec<_>>()
        .join("\n\n");
    builder.study.positions = Some(PositionReading::Bytes);

    let parents = if projects.len() > 1 {
        names
    } else {
        BTreeMap::new()
    };
    let reader = TaguetteReader {
        codes: read_tags(&mut builder, &tags, &parents),
        history: HighlightHistory::read(&database)?,
        tags: tags_of_highlights(&database)?,
    };
    let mut of_document: BTreeMap<String, Vec<&DatabaseRow>> = BTreeMap::new();
    for highlight in &highlights {
        of_document
            .entry(highlight.key_or_empty("document_id"))
            .or_default()
            .push(highlight);
    }
    let mut sets: BTreeMap<String, BTreeSet<Anchor>> = BTreeMap::new();
    for document in &documents {
        let own = of_document.remove(&document.key_or_empty("id"));
        let read = reader.document(&mut builder, file, document, own.as_deref())?;
        sets.entry(document.key_or_empty("project_id"))
            .or_default()
            .insert(Anchor::Document(read.id));
        builder.study.documents.push(read);
    }
    for highlight in of_document.into_values().flatten() {
        builder.lost(
            Lost::OutsideText,
            beginning(&text_of(&highlight.text("snippet"))),
        );
    }
    add_sets(&mut builder, &projects, &parents, sets);
    Ok(builder.study)
}

/// Adds a set of the documents of each project that is kept apart.
fn add_sets(
    builder: &mut StudyBuilder,
    projects: &[DatabaseRow],
    names: &BTreeMap<String, String>,
    mut documents: BTreeMap<String, BTreeSet<Anchor>>,
) {
    for project in projects {
        let key = project.key_or_empty("id");
        if let Some(name) = names.get(&key) {
            builder.study.sets.push(Set {
                id: builder.id(&["set", &key]),
                name: name.clone(),
                description: project.text("description"),
                members: documents.remove(&key).unwrap_or_default(),
            });
        }
    }
}

/// The path of a tag: its parts between dots.
pub(super) fn path_of(tag: &str) -> Vec<String> {
    // Nobody nests deeper, and a name of a thousand dots would make a thousand codes.
    const DEEPEST: usize = 32;
    let names: Vec<String> = tag
        .splitn(DEEPEST, '.')
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
        .collect();
    if names.is_empty() {
        vec![tag.trim().to_owned()]
    } else {
        names
    }
}

/// Names of projects by key; a name that is taken gets a number.
fn project_names(projects: &[DatabaseRow]) -> BTreeMap<String, String> {
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    for project in projects {
        let Some(key) = project.key("id") else {
            continue;
        };
        let base = match project.words("name") {
            Some(name) => name,
            None => Tool::Taguette.name().to_owned(),
        };
        let mut name = base.clone();
        let mut number = 2;
        while names.values().any(|own| *own == name) {
            name = format!("{base} ({number})");
            number += 1;
        }
        names.insert(key, name);
    }
    names
}

/// Reads tags as codes, by key; `parents` are the names of the codes that they go below, by project.
fn read_tags(
    builder: &mut StudyBuilder,
    tags: &[DatabaseRow],
    parents: &BTreeMap<String, String>,
) -> BTreeMap<String, CodeId> {
    let mut codes = BTreeMap::new();
    let mut described: BTreeMap<CodeId, String> = BTreeMap::new();
    for tag in tags {
        let parent = parents.get(&tag.key_or_empty("project_id"));
        let path: Vec<String> = parent
            .cloned()
            .into_iter()
            .chain(path_of(&tag.text("path")))
            .collect();
        let Some((code, key)) = builder.code_at(&path).zip(tag.key("id")) else {
            continue;
        };
        codes.insert(key, code);
        if let Some(description) = tag.words("description") {
            described.entry(code).or_insert(description);
        }
    }
    describe(builder, described);
    codes
}

/// Sets the definitions of codes.
pub(super) fn describe(builder: &mut StudyBuilder, mut definitions: BTreeMap<CodeId, String>) {
    for code in &mut builder.study.codes {
        if let Some(definition) = definitions.remove(&code.id) {
            code.definition = Localized::plain(definition);
        }
    }
}

/// The tags of each highlight, by key.
fn tags_of_highlights(
    database: &Database<'_>,
) -> Result<BTreeMap<String, Vec<String>>, ImportError> {
    let mut tags: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in database.needed("highlight_tags", &["highlight_id", "tag_id"])? {
        if let Some((highlight, tag)) = row.key("highlight_id").zip(row.key("tag_id")) {
            tags.entry(highlight).or_default().push(tag);
        }
    }
    Ok(tags)
}

struct TaguetteReader {
    /// Codes by the keys of their tags.
    codes: BTreeMap<String, CodeId>,
    history: HighlightHistory,
    /// Keys of the tags of each highlight.
    tags: BTreeMap<String, Vec<String>>,
}

impl TaguetteReader {
    fn document(
        &self,
        builder: &mut StudyBuilder,
        file: &str,
        row: &DatabaseRow,
        highlights: Option<&[&DatabaseRow]>,
    ) -> Result<StudyDocument, ImportError> {
        let highlights: Vec<(&DatabaseRow, ByteSpan)> = highlights
            .into_iter()
            .flatten()
            .map(|row| (*row, offsets(row)))
            .collect();
        let spans: Vec<ByteSpan> = highlights.iter().map(|(_, span)| *span).collect();
        let page = HtmlPage::read(&row.text("contents"), &spans);
        encoding::check_size(file, page.text.len())?;
        let (key, name) = (row.key_or_empty("id"), row.text("name"));
        // The file name is optional.
        let shown = match row.words("filename") {
            Some(shown) => shown,
            None => name.clone(),
        };
        let imported = document_of_text(
            name.trim().to_owned(),
            shown,
            Tool::Taguette.name().to_owned(),
            page.text.clone(),
            None,
        );
        let author = self
            .history
            .author_of_project(&row.key_or_empty("project_id"));
        let author = builder.coder(author);
        let mut document =
            builder.document_with_id(builder.id(&["document", &key, &name]), imported);
        builder.memo(
            Anchor::Document(document.id),
            author,
            "description",
            &row.text("description"),
        );
        builder.lost(Lost::Dates, name.clone());
        for (highlight, span) in highlights {
            let snippet = text_of(&highlight.text("snippet"));
            match find_snippet(&document.imported.text, page.range(span), &snippet) {
                Some(range) => self.highlight(builder, &mut document, author, highlight, range),
                None => builder.lost(
                    Lost::OutsideText,
                    format!("{name}: {}", beginning(&snippet)),
                ),
            }
        }
        Ok(document)
    }

    /// Adds a coding for each tag of a highlight.
    fn highlight(
        &self,
        builder: &mut StudyBuilder,
        document: &mut StudyDocument,
        author: CoderId,
        row: &DatabaseRow,
        range: TextRange,
    ) {
        let key = row.key_or_empty("id");
        let Some(tags) = self.tags.get(&key) else {
            let text = &document.imported.text;
            let words = beginning(text.slice(range).unwrap_or_default());
            builder.lost(
                Lost::CodingWithoutCode,
                format!("{}: {words}", document.imported.title),
            );
            return;
        };
        let selection = Some(builder.id(&["highlight", &key]));
        for tag in tags {
            let Some(code) = self.codes.get(tag).copied() else {
                builder.lost(Lost::CodingWithoutCode, document.imported.title.clone());
                continue;
            };
            let (coder, made) = match self.history.command(&key, tag) {
                Some(command) => (builder.coder(&command.login), command.date.as_str()),
                None => (author, ""),
            };
            let coding = builder.coding(NewCoding {
                key: &[&key, tag],
                range,
                code,
                coder,
                selection,
                made,
                facets: BTreeMap::new(),
            });
            document.codings.push(coding);
        }
    }
}

/// The bytes of a highlight.
fn offsets(row: &DatabaseRow) -> ByteSpan {
    // A negative offset would be before the text.
    let [start, end] = ["start_offset", "end_offset"]
        .map(|column| u64::try_from(row.position(column)).unwrap_or(0));
    ByteSpan { start, end }
}

/// The passage of a highlight: where its offsets are if its words are there, else the only place of its words, else where its offsets are.
///
/// Offsets are wrong if a version of Taguette sanitised the page differently after it was highlighted.
fn find_snippet(
    text: &DocumentText,
    by_offsets: Option<TextRange>,
    snippet: &str,
) -> Option<TextRange> {
    let fits = by_offsets
        .and_then(|range| text.slice(range))
        .is_some_and(|words| snippet.is_empty() || same_words(words, snippet));
    if fits {
        return by_offsets;
    }
    only_place(text, snippet).or(by_offsets)
}

/// The place of words that a text contains exactly once.
fn only_place(text: &DocumentText, words: &str) -> Option<TextRange> {
    let words = words.trim();
    let mut places = text.as_str().match_indices(words);
    let (at, _) = places.next().filter(|_| !words.is_empty())?;
    places
        .next()
        .is_none()
        .then(|| text.range_of_bytes(at..at + words.len()))
}
