//! Edits of documents: add, remove, title, phase, cases, speakers, turns.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    find_or_add::{self, AddedNames},
    lookup, memo, numbered, required_name,
    transaction::{Bytes, Transaction},
};
use crate::{
    app::{import::speaker_mapping::Person, refusal::Refusal},
    import::{Annotation, ImportedDocument},
    log::change::{Change, DocumentEdit, Edit},
    model::{
        Project,
        case::CaseKind,
        document::{Document, Source, SpeakerIndex, SpeakerRole, TurnEdit, TurnIndex, turn_table},
        ids::{CaseId, CoderId, DocumentId, MemoId, PhaseId},
        invariants::anchor_is_in,
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
struct Present {
    titles: BTreeSet<String>,
    /// The title of the document with a text.
    by_text: BTreeMap<ContentHash, String>,
}

impl Present {
    fn new(project: &Project) -> Self {
        let mut present = Self::default();
        for document in project.documents.values() {
            present.note(document.source.text, &document.title);
        }
        present
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
    let mut present = Present::new(tx.project());
    for placed in imported {
        let document = &placed.document;
        let text = ContentHash::of(document.text.as_str().as_bytes());
        if let Some(title) = known_title(tx.base(), &present, document, text) {
            added.known.push((placed.document.file, title));
            continue;
        }
        let title = free_title(&present.titles, document);
        if title != document.title {
            added.retitled.push((document.file.clone(), title.clone()));
        }
        present.note(text, &title);
        add_document(tx, &mut added, placed, title, text);
    }
    added
}

/// The title under which the project has a text already.
fn known_title(
    base: &Project,
    present: &Present,
    document: &ImportedDocument,
    text: ContentHash,
) -> Option<String> {
    if !document.repeats {
        return present.by_text.get(&text).cloned();
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
    let source = Source {
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

/// Removes documents with their codings, and the memos and links on any of these.
///
/// # Errors
/// When one isn't there.
pub(crate) fn remove_documents(
    tx: &mut Transaction<'_>,
    ids: &[DocumentId],
) -> Result<(), Refusal> {
    let documents = ids
        .iter()
        .map(|id| lookup::document(tx.project(), *id))
        .collect::<Result<Vec<_>, _>>()?;
    let mut changes = memo::removals_on(tx.project(), |anchor| {
        documents
            .iter()
            .any(|document| anchor_is_in(anchor, document))
    });
    let removed = documents.into_iter().cloned().map(Box::new);
    changes.extend(removed.map(Change::DocumentRemoved));
    tx.record_all(changes);
    Ok(())
}

/// Records an edit of a document, if there is one.
pub(super) fn record_edit(
    tx: &mut Transaction<'_>,
    document: DocumentId,
    edit: Option<DocumentEdit>,
) {
    tx.record_all(edit.map(|edit| Change::DocumentEdited { document, edit }));
}

/// Sets the title.
///
/// # Errors
/// When it is empty or taken.
pub(crate) fn set_title(
    tx: &mut Transaction<'_>,
    id: DocumentId,
    title: &str,
) -> Result<(), Refusal> {
    let document = lookup::document(tx.project(), id)?;
    let title = required_name(title)?;
    match tx.project().document_by_title(&title) {
        Some(other) if other.id != id => return Err(Refusal::NameTaken(title)),
        _ => {}
    }
    let edit = Edit::if_different(&document.title, title);
    record_edit(tx, id, edit.map(DocumentEdit::Title));
    Ok(())
}

/// Sets the phase.
///
/// # Errors
/// When document or phase isn't there.
pub(crate) fn set_phase(
    tx: &mut Transaction<'_>,
    id: DocumentId,
    phase: Option<PhaseId>,
) -> Result<(), Refusal> {
    let document = lookup::document(tx.project(), id)?;
    if let Some(phase) = phase {
        lookup::phase(tx.project(), phase)?;
    }
    let edit = Edit::if_different(&document.phase, phase);
    record_edit(tx, id, edit.map(DocumentEdit::Phase));
    Ok(())
}

/// Sets whether a document belongs to a case.
///
/// # Errors
/// When either isn't there.
pub(crate) fn set_case(
    tx: &mut Transaction<'_>,
    id: DocumentId,
    case: CaseId,
    belongs: bool,
) -> Result<(), Refusal> {
    let document = lookup::document(tx.project(), id)?;
    lookup::case(tx.project(), case)?;
    let belongs = Edit::if_different(&document.cases.contains(&case), belongs);
    let edit = belongs.map(|belongs| DocumentEdit::Case { case, belongs });
    record_edit(tx, id, edit);
    Ok(())
}

/// Sets the person a speaker is.
///
/// # Errors
/// When document, speaker or case isn't there.
pub(crate) fn set_speaker_case(
    tx: &mut Transaction<'_>,
    id: DocumentId,
    index: SpeakerIndex,
    case: Option<CaseId>,
) -> Result<(), Refusal> {
    let speaker = lookup::speaker(lookup::document(tx.project(), id)?, index)?;
    if let Some(case) = case {
        lookup::case(tx.project(), case)?;
    }
    let case = Edit::if_different(&speaker.case, case);
    let edit = case.map(|case| DocumentEdit::SpeakerCase {
        speaker: index,
        case,
    });
    record_edit(tx, id, edit);
    Ok(())
}

/// Sets a speaker's label.
///
/// # Errors
/// When document or speaker isn't there, or the label is empty.
pub(crate) fn set_speaker_label(
    tx: &mut Transaction<'_>,
    id: DocumentId,
    index: SpeakerIndex,
    label: &str,
) -> Result<(), Refusal> {
    let speaker = lookup::speaker(lookup::document(tx.project(), id)?, index)?;
    let label = Edit::if_different(&speaker.label, required_name(label)?);
    let edit = label.map(|label| DocumentEdit::SpeakerLabel {
        speaker: index,
        label,
    });
    record_edit(tx, id, edit);
    Ok(())
}

/// Sets whether a speaker asks or answers.
///
/// # Errors
/// When document or speaker isn't there.
pub(crate) fn set_speaker_role(
    tx: &mut Transaction<'_>,
    id: DocumentId,
    index: SpeakerIndex,
    role: SpeakerRole,
) -> Result<(), Refusal> {
    let speaker = lookup::speaker(lookup::document(tx.project(), id)?, index)?;
    let role = Edit::if_different(&speaker.role, role);
    let edit = role.map(|role| DocumentEdit::SpeakerRole {
        speaker: index,
        role,
    });
    record_edit(tx, id, edit);
    Ok(())
}

/// Corrects a turn's speaker or time.
///
/// # Errors
/// When document, turn or speaker isn't there.
pub(crate) fn set_turn(
    tx: &mut Transaction<'_>,
    id: DocumentId,
    turn: TurnIndex,
    to: TurnEdit,
) -> Result<(), Refusal> {
    let document = lookup::document(tx.project(), id)?;
    if turn >= document.source.n_turns {
        return Err(Refusal::NoTurn(turn));
    }
    if let Some(index) = to.speaker.flatten() {
        lookup::speaker(document, index)?;
    }
    let edit = Edit::if_different(&document.turn_edit(turn), to);
    record_edit(tx, id, edit.map(|edit| DocumentEdit::Turn { turn, edit }));
    Ok(())
}
