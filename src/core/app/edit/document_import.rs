//! Adding imported documents, with the cases, phases and persons that they name.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    find_or_add::{self, AddedNames},
    numbered,
    transaction::{Bytes, Transaction},
};
use crate::{
    app::import::speaker_mapping::Person,
    import::{Annotation, ImportedDocument},
    log::change::Change,
    model::{
        Project,
        case::CaseKind,
        document::{Document, DocumentSource, turn_table},
        ids::{CoderId, DocumentId, MemoId},
        memo::{Anchor, Memo, MemoKind},
        revision::TextHistory,
        text::ContentHash,
    },
};

/// What adding documents did beside recording changes.
#[derive(Debug, Default)]
pub struct Added {
    /// Cases and phases that were added because documents named them.
    pub named: AddedNames,
    /// Files whose content the project has already, with the title it has there.
    pub known: Vec<(String, String)>,
    /// Files whose document got another title than the file's name, with that title.
    pub retitled: Vec<(String, String)>,
    /// Files whose comments were left out because no coder is acting, with their number.
    pub unwritten: Vec<(String, usize)>,
}

/// A document to be added, with the case, phase and persons it belongs to.
#[derive(Debug, Clone)]
pub struct Placed {
    /// The document.
    pub document: ImportedDocument,
    /// Name of its case, which is added if the project has none of that name.
    pub case: Option<String>,
    /// Name of its phase, which is added if the project has none of that name.
    pub phase: Option<String>,
    /// The persons its speakers are, in their order.
    pub persons: Vec<Option<Person>>,
}

impl From<ImportedDocument> for Placed {
    fn from(document: ImportedDocument) -> Self {
        Self {
            document,
            case: None,
            phase: None,
            persons: Vec::new(),
        }
    }
}

/// The titles and texts of all documents.
#[derive(Default)]
struct KnownDocuments {
    titles: BTreeSet<String>,
    /// The title of the document with a text.
    by_text: BTreeMap<ContentHash, String>,
}

impl KnownDocuments {
    fn new(project: &Project) -> Self {
        let mut known = Self::default();
        for document in project.documents.values() {
            known.note(document.source.text, &document.title);
        }
        known
    }

    fn note(&mut self, text: ContentHash, title: &str) {
        self.titles.insert(title.to_owned());
        self.by_text.insert(text, title.to_owned());
    }
}

/// Adds imported documents; one whose text the project has already is left out and reported.
///
/// Comments and notes on passages become memos by the acting coder; without one, they are counted in
/// [`Added::unwritten`].
pub(crate) fn add_documents(tx: &mut Transaction<'_>, imported: Vec<Placed>) -> Added {
    let mut added = Added::default();
    let mut known = KnownDocuments::new(tx.project());
    for placed in imported {
        let document = &placed.document;
        let text = ContentHash::of(document.text.as_str().as_bytes());
        if let Some(title) = known_title(tx.base(), &known, document, text) {
            added.known.push((placed.document.file, title));
            continue;
        }
        let title = free_title(&known.titles, document);
        if title != document.title {
            added.retitled.push((document.file.clone(), title.clone()));
        }
        known.note(text, &title);
        add_document(tx, &mut added, placed, title, text);
    }
    added
}

/// The title under which the project has a text already.
fn known_title(
    base: &Project,
    known: &KnownDocuments,
    document: &ImportedDocument,
    text: ContentHash,
) -> Option<String> {
    if !document.repeats {
        return known.by_text.get(&text).cloned();
    }
    // Two answers of a survey can have the same words: only the same answer of the same case is
    // known, and the title names both.
    let mut own = base.documents.values();
    own.find(|own| own.source.text == text && own.title == document.title)
        .map(|own| own.title.clone())
}

/// Adds a document with its case, phase, persons and comments.
fn add_document(
    tx: &mut Transaction<'_>,
    added: &mut Added,
    placed: Placed,
    title: String,
    text: ContentHash,
) {
    let mut imported = placed.document;
    let case = placed
        .case
        .map(|name| find_or_add::case(tx, &mut added.named, &name, &CaseKind::family()));
    let phase = placed
        .phase
        .map(|name| find_or_add::phase(tx, &mut added.named, &name));
    for (speaker, person) in imported.speakers.iter_mut().zip(placed.persons) {
        speaker.case = person.and_then(|person| find_or_add::person(tx, &mut added.named, person));
    }
    let annotations = std::mem::take(&mut imported.annotations);
    let coder = tx.coder();
    if coder.is_none() && !annotations.is_empty() {
        let unwritten = (imported.file.clone(), annotations.len());
        added.unwritten.push(unwritten);
    }
    let id = tx.id();
    let document = Document {
        phase,
        cases: case.into_iter().collect(),
        ..new_document(tx, id, imported, title, text)
    };
    tx.record(Change::DocumentAdded(Box::new(document)));
    if let Some(coder) = coder {
        for annotation in &annotations {
            let memo = memo_of(tx.id(), id, coder, annotation);
            tx.record(Change::MemoAdded(Box::new(memo)));
        }
    }
}

/// A comment on a passage as a memo, with the comment's author in the title.
fn memo_of(id: MemoId, document: DocumentId, coder: CoderId, annotation: &Annotation) -> Memo {
    let anchor = if annotation.range.is_empty() {
        Anchor::Document(document)
    } else {
        Anchor::Segment(document, annotation.range)
    };
    Memo {
        id,
        title: annotation.title(),
        body: annotation.text.clone(),
        kind: MemoKind::Analytic,
        anchor,
        coder,
    }
}

/// Returns a document of an imported one, and keeps its text, turn table and original file to be
/// stored with the transaction.
pub(super) fn new_document(
    tx: &mut Transaction<'_>,
    id: DocumentId,
    imported: ImportedDocument,
    title: String,
    text: ContentHash,
) -> Document {
    let table = turn_table::encode(&imported.turns);
    let turns = ContentHash::of(&table);
    // A file that is its own text, such as a pasted one, has no original beside it.
    let original = imported
        .original
        .as_ref()
        .map_or(text, |bytes| ContentHash::of(bytes));
    let source = DocumentSource {
        file: imported.file,
        read_as: imported.read_as,
        original,
        text,
        chars: imported.text.len_chars(),
        turns,
        n_turns: u32::try_from(imported.turns.len())
            .expect("turns are ranges of a text, whose positions are 32 bits wide"),
    };
    tx.store(text, Bytes::Text(imported.text.shared()));
    tx.store(turns, Bytes::Other(table));
    if let Some(bytes) = imported.original {
        tx.store(original, Bytes::Other(bytes));
    }
    Document {
        id,
        title,
        source,
        history: TextHistory::default(),
        words: imported.words,
        speakers: imported.speakers,
        turn_edits: Vec::new(),
        revision: None,
        phase: None,
        cases: BTreeSet::new(),
        values: BTreeMap::new(),
        codings: Vec::new(),
    }
}

/// Returns the file's title; if it is taken, the title after the name of the file's folder, or with
/// a number.
pub(crate) fn free_title(titles: &BTreeSet<String>, document: &ImportedDocument) -> String {
    if !titles.contains(&document.title) {
        return document.title.clone();
    }
    let folder = document.file.rsplit(['/', '\\']).nth(1);
    folder
        .filter(|folder| !folder.is_empty())
        .map(|folder| format!("{folder} {}", document.title))
        .filter(|title| !titles.contains(title))
        .unwrap_or_else(|| numbered(&document.title, |title| titles.contains(title)))
}
