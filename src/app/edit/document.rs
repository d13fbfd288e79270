//! Edits of documents: add, remove, title, phase, cases, speakers, turns, corrections of the text.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    Edited, document_of, name_of,
    sheets::{Draft, Thing},
    some,
};
use crate::{
    app::{identity::Identities, import::speaker_mapping::Person, refusal::Refusal},
    import::{Annotation, ImportedDocument},
    log::change::{Change, CodingEdit, DocumentEdit, Edit, MemoEdit},
    model::{
        Project,
        case::CaseKind,
        document::{
            Content, Document, Source, SpeakerIndex, SpeakerRole, TurnEdit, TurnIndex, turn_table,
        },
        ids::{CaseId, CoderId, DocumentId, MemoId, PhaseId},
        invariants::anchor_is_in,
        memo::{Anchor, Link, Memo, MemoKind},
        revision::TextHistory,
        text::{ContentHash, TextRange},
    },
};

/// What adding documents gives: the changes, the contents to store, and what was said about it.
#[derive(Debug, Default)]
pub struct Added {
    /// The changes.
    pub changes: Vec<Change>,
    /// Texts, turn tables and original files by their hash.
    pub contents: Vec<(ContentHash, Bytes)>,
    /// Cases and phases that were named for the first time.
    pub named: Vec<(Thing, String)>,
    /// Files whose content is in the project already, with the title it has there.
    pub known: Vec<(String, String)>,
    /// Files that got another title than their name, with that title.
    pub retitled: Vec<(String, String)>,
    /// Files whose comments and notes were left out since nobody acts, with how many.
    pub unwritten: Vec<(String, usize)>,
}

/// Bytes to be stored; a text is shared, not copied.
#[derive(Debug, Clone)]
pub enum Bytes {
    /// A text.
    Text(Arc<str>),
    /// Anything else.
    Other(Vec<u8>),
}

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        match self {
            Self::Text(text) => text.as_bytes(),
            Self::Other(bytes) => bytes,
        }
    }
}

/// A document to be added, with the case and phase that a pattern found for it and the persons its speakers are.
#[derive(Debug, Clone)]
pub struct Placed {
    /// The document.
    pub document: ImportedDocument,
    /// Name of its case; added where there is none.
    pub case: Option<String>,
    /// Name of its phase; added where there is none.
    pub phase: Option<String>,
    /// The persons its speakers are, in their order; added where there are none.
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

/// Where a document belongs.
#[derive(Debug, Clone, Copy, Default)]
struct Belongs {
    case: Option<CaseId>,
    phase: Option<PhaseId>,
}

/// Adds imported documents; one whose text is in the project already is left out and named.
///
/// Comments and notes on its passages are memos by the coder who acts; where nobody does, they are counted in `unwritten`.
pub fn add_documents(
    project: &Project,
    ids: &mut Identities,
    coder: Option<CoderId>,
    imported: Vec<Placed>,
) -> Added {
    let mut draft = Draft::new(project, ids, "");
    let mut added = Added::default();
    let mut titles: BTreeSet<String> = project
        .documents
        .values()
        .map(|document| document.title.clone())
        .collect();
    let mut texts: BTreeMap<ContentHash, String> = project
        .documents
        .values()
        .map(|document| (document.source.text, document.title.clone()))
        .collect();
    let mut documents = Vec::with_capacity(imported.len());
    for Placed {
        mut document,
        case,
        phase,
        persons,
    } in imported
    {
        let text = ContentHash::of(document.text.as_str().as_bytes());
        // Of what may be said twice, only the same answer of the same case is in already.
        let same = |own: &&Arc<Document>| own.source.text == text && own.title == document.title;
        let known = if document.repeats {
            project.documents.values().find(same).map(|own| &own.title)
        } else {
            texts.get(&text)
        };
        if let Some(title) = known {
            added.known.push((document.file, title.clone()));
            continue;
        }
        let title = free_title(&titles, &document);
        if title != document.title {
            added.retitled.push((document.file.clone(), title.clone()));
        }
        titles.insert(title.clone());
        texts.insert(text, title.clone());
        let belongs = Belongs {
            case: case.map(|name| draft.case(&name, &CaseKind::family())),
            phase: phase.map(|name| draft.phase(&name)),
        };
        for (speaker, person) in document.speakers.iter_mut().zip(persons) {
            speaker.case = person.and_then(|person| draft.person(person));
        }
        let annotations = std::mem::take(&mut document.annotations);
        if coder.is_none() && !annotations.is_empty() {
            added
                .unwritten
                .push((document.file.clone(), annotations.len()));
        }
        let id = draft.ids.id();
        let mut new = add_one(id, document, title, text, &mut added.contents);
        (new.phase, new.cases) = (belongs.phase, belongs.case.into_iter().collect());
        documents.push(Change::DocumentAdded(Box::new(new)));
        let written = coder.into_iter().flat_map(|coder| {
            annotations
                .iter()
                .map(move |annotation| (coder, annotation))
        });
        documents.extend(written.map(|(coder, annotation)| {
            Change::MemoAdded(Box::new(memo_of(draft.ids.id(), id, coder, annotation)))
        }));
    }
    (added.changes, added.named) = (draft.taken.changes, draft.taken.added);
    added.changes.extend(documents);
    added
}

/// A remark on a passage as a memo; its author stands in the title.
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

/// A document of the project, with what is to be stored of it.
pub(super) fn add_one(
    id: DocumentId,
    imported: ImportedDocument,
    title: String,
    text: ContentHash,
    contents: &mut Vec<(ContentHash, Bytes)>,
) -> Document {
    let table = turn_table::encode(&imported.turns);
    let turns = ContentHash::of(&table);
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
        n_turns: u32::try_from(imported.turns.len()).unwrap_or(u32::MAX),
    };
    contents.push((text, Bytes::Text(imported.text.shared())));
    contents.push((turns, Bytes::Other(table)));
    contents.extend(
        imported
            .original
            .map(|bytes| (original, Bytes::Other(bytes))),
    );
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

/// The file's title; a second one of that name gets its folder, or a number.
pub(in crate::app) fn free_title(titles: &BTreeSet<String>, document: &ImportedDocument) -> String {
    if !titles.contains(&document.title) {
        return document.title.clone();
    }
    let folder = document
        .file
        .rsplit(['/', '\\'])
        .nth(1)
        .filter(|folder| !folder.is_empty());
    let with_folder = folder
        .map(|folder| format!("{folder} {}", document.title))
        .filter(|title| !titles.contains(title));
    let numbered = || {
        (2..)
            .map(|number| format!("{} ({number})", document.title))
            .find(|title| !titles.contains(title))
    };
    with_folder
        .or_else(numbered)
        .unwrap_or_else(|| document.title.clone())
}

/// Removes documents with their codings, and the memos and links on any of these.
///
/// # Errors
/// When one isn't there.
pub fn remove_documents(project: &Project, ids: &[DocumentId]) -> Edited {
    let documents = ids
        .iter()
        .map(|id| document_of(project, *id))
        .collect::<Result<Vec<_>, _>>()?;
    let in_them = |anchor| {
        documents
            .iter()
            .any(|document| anchor_is_in(anchor, document))
    };
    let mut changes = super::memo::removals_on(project, in_them);
    changes.extend(
        documents
            .iter()
            .map(|document| Change::DocumentRemoved(Box::new((*document).clone()))),
    );
    some(changes)
}

pub(super) fn edited(document: DocumentId, edit: DocumentEdit) -> Change {
    Change::DocumentEdited { document, edit }
}

/// Sets the title.
///
/// # Errors
/// When it is empty or taken.
pub fn set_title(project: &Project, id: DocumentId, title: &str) -> Edited {
    let document = document_of(project, id)?;
    let title = name_of(title)?;
    if project
        .document_by_title(&title)
        .is_some_and(|other| other.id != id)
    {
        return Err(Refusal::NameTaken(title));
    }
    let edit = Edit::new(document.title.clone(), title);
    some(if edit.from == edit.to {
        vec![]
    } else {
        vec![edited(id, DocumentEdit::Title(edit))]
    })
}

/// Sets the phase.
///
/// # Errors
/// When document or phase isn't there.
pub fn set_phase(project: &Project, id: DocumentId, phase: Option<PhaseId>) -> Edited {
    let document = document_of(project, id)?;
    if let Some(phase) = phase.filter(|phase| !project.phases.contains_key(phase)) {
        return Err(Refusal::NoPhase(phase.to_string()));
    }
    let edit = Edit::new(document.phase, phase);
    some(if edit.from == edit.to {
        vec![]
    } else {
        vec![edited(id, DocumentEdit::Phase(edit))]
    })
}

/// Sets whether a document belongs to a case.
///
/// # Errors
/// When either isn't there, or nothing changes.
pub fn set_case(project: &Project, id: DocumentId, case: CaseId, belongs: bool) -> Edited {
    let document = document_of(project, id)?;
    if !project.cases.contains_key(&case) {
        return Err(Refusal::NoCase(case.to_string()));
    }
    let belongs = Edit::new(document.cases.contains(&case), belongs);
    some(if belongs.from == belongs.to {
        vec![]
    } else {
        vec![edited(id, DocumentEdit::Case { case, belongs })]
    })
}

fn speaker_of(
    document: &Document,
    speaker: SpeakerIndex,
) -> Result<&crate::model::document::Speaker, Refusal> {
    document
        .speakers
        .get(usize::from(speaker))
        .ok_or_else(|| Refusal::NoCase(speaker.to_string()))
}

/// Sets the person a speaker is.
///
/// # Errors
/// When document, speaker or case isn't there.
pub fn set_speaker_case(
    project: &Project,
    id: DocumentId,
    speaker: SpeakerIndex,
    case: Option<CaseId>,
) -> Edited {
    let from = speaker_of(document_of(project, id)?, speaker)?.case;
    if let Some(case) = case.filter(|case| !project.cases.contains_key(case)) {
        return Err(Refusal::NoCase(case.to_string()));
    }
    let case = Edit::new(from, case);
    some(if case.from == case.to {
        vec![]
    } else {
        vec![edited(id, DocumentEdit::SpeakerCase { speaker, case })]
    })
}

/// Sets a speaker's label.
///
/// # Errors
/// When it isn't there, or the label is empty.
pub fn set_speaker_label(
    project: &Project,
    id: DocumentId,
    speaker: SpeakerIndex,
    label: &str,
) -> Edited {
    let from = speaker_of(document_of(project, id)?, speaker)?
        .label
        .clone();
    let label = Edit::new(from, name_of(label)?);
    some(if label.from == label.to {
        vec![]
    } else {
        vec![edited(id, DocumentEdit::SpeakerLabel { speaker, label })]
    })
}

/// Sets whether a speaker asks or answers.
///
/// # Errors
/// When it isn't there.
pub fn set_speaker_role(
    project: &Project,
    id: DocumentId,
    speaker: SpeakerIndex,
    role: SpeakerRole,
) -> Edited {
    let role = Edit::new(speaker_of(document_of(project, id)?, speaker)?.role, role);
    some(if role.from == role.to {
        vec![]
    } else {
        vec![edited(id, DocumentEdit::SpeakerRole { speaker, role })]
    })
}

/// Corrects who speaks a turn, or when.
///
/// # Errors
/// When document, turn or speaker isn't there.
pub fn set_turn(project: &Project, id: DocumentId, turn: TurnIndex, to: TurnEdit) -> Edited {
    let document = document_of(project, id)?;
    let known = to
        .speaker
        .flatten()
        .is_none_or(|speaker| usize::from(speaker) < document.speakers.len());
    if turn >= document.source.n_turns || !known {
        return Err(Refusal::NoCoding);
    }
    let edit = Edit::new(document.turn_edit(turn), to);
    some(if edit.from == edit.to {
        vec![]
    } else {
        vec![edited(id, DocumentEdit::Turn { turn, edit })]
    })
}

/// Replaces words of a text, and moves or trims what stands on them so that the step can be taken back exactly.
///
/// Only the words that really differ are replaced; a coding that reaches partly into them takes all the new ones in, one of which nothing is left goes.
///
/// # Errors
/// When the passage isn't in the text, or nothing changes.
pub fn replace_text(
    project: &Project,
    id: DocumentId,
    content: &Content,
    range: TextRange,
    to: &str,
) -> Edited {
    replace_texts(project, id, content, vec![(range, to.to_owned())])
}

/// Replaces several stretches of a text at once; they come in order and don't overlap, in positions of the text as it is.
///
/// # Errors
/// When a stretch isn't in the text, or nothing changes.
pub fn replace_texts(
    project: &Project,
    id: DocumentId,
    content: &Content,
    stretches: Vec<(TextRange, String)>,
) -> Edited {
    let document = document_of(project, id)?;
    let mut hunks = Vec::new();
    for (range, to) in stretches {
        let out = || Refusal::OutOfText {
            document: document.title.clone(),
            start: range.start(),
            end: range.end(),
            chars: document.len_chars(),
        };
        let (range, from, to) = minimal(range, content.text.slice(range).ok_or_else(out)?, &to);
        if !from.is_empty() || !to.is_empty() {
            hunks.push(Hunk { range, from, to });
        }
    }
    if hunks.is_empty() {
        return Err(Refusal::NothingToDo);
    }
    let mut changes = make_room(project, document, &hunks);
    let mut text = content.text.as_str().to_owned();
    let mut count = crate::language::words::count_words(&text);
    // The last first: those before keep their positions.
    for Hunk { range, from, to } in hunks.into_iter().rev() {
        text.replace_range(
            content.text.byte_of(range.start())..content.text.byte_of(range.end()),
            &to,
        );
        let next = crate::language::words::count_words(&text);
        changes.push(Change::TextReplaced {
            document: id,
            range,
            words: Edit::new(from, to),
            count: Edit::new(count, next),
        });
        count = next;
    }
    Ok(changes)
}

/// A stretch of text with what it says and what it is to say.
struct Hunk {
    range: TextRange,
    from: String,
    to: String,
}

/// Where a range stands when room is made for all replacements; `None` when nothing of it would be left.
fn fitted_to(range: TextRange, hunks: &[Hunk]) -> Option<TextRange> {
    hunks.iter().rev().try_fold(range, |range, hunk| {
        fitted(range, hunk.range, hunk.to.is_empty())
    })
}

/// A replacement without the beginning and the end that stay.
fn minimal(range: TextRange, from: &str, to: &str) -> (TextRange, String, String) {
    let (a, b): (Vec<char>, Vec<char>) = (from.chars().collect(), to.chars().collect());
    let head = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let tail = a[head..]
        .iter()
        .rev()
        .zip(b[head..].iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    let chars = |slice: &[char]| slice.iter().collect::<String>();
    let skip = u32::try_from(head).unwrap_or(0);
    let keep = u32::try_from(tail).unwrap_or(0);
    let range = TextRange::between(range.start() + skip, range.end().saturating_sub(keep));
    (
        range,
        chars(&a[head..a.len() - tail]),
        chars(&b[head..b.len() - tail]),
    )
}

/// Resizes or removes what stands partly on words that will be replaced.
fn make_room(project: &Project, document: &Document, hunks: &[Hunk]) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut gone = BTreeSet::new();
    for coding in &document.codings {
        let id = (document.id, coding.id);
        match fitted_to(coding.range, hunks) {
            Some(range) if range == coding.range => {}
            Some(range) => {
                let edit = CodingEdit::Range(Edit::new(coding.range, range));
                changes.push(Change::CodingEdited {
                    document: id.0,
                    coding: id.1,
                    edit,
                });
            }
            None => drop(gone.insert(Anchor::Coding(id.0, id.1))),
        }
    }
    let segment = |anchor| match anchor {
        Anchor::Segment(id, range) if id == document.id => Some(range),
        _ => None,
    };
    let vanishes = |anchor| {
        gone.contains(&anchor)
            || segment(anchor).is_some_and(|range| fitted_to(range, hunks).is_none())
    };
    changes.extend(super::memo::removals_on(project, vanishes));
    for memo in project.memos.values() {
        if let Some(range) = segment(memo.anchor)
            && let Some(to) = fitted_to(range, hunks).filter(|to| *to != range)
        {
            let edit = MemoEdit::Anchor(Edit::new(memo.anchor, Anchor::Segment(document.id, to)));
            changes.push(Change::MemoEdited {
                memo: memo.id,
                edit,
            });
        }
    }
    let room = |anchor| {
        segment(anchor)
            .and_then(|range| fitted_to(range, hunks))
            .map_or(anchor, |to| Anchor::Segment(document.id, to))
    };
    let gone_links: BTreeSet<_> = changes
        .iter()
        .filter_map(|change| {
            if let Change::LinkRemoved(link) = change {
                Some(link.id)
            } else {
                None
            }
        })
        .collect();
    for link in project
        .links
        .values()
        .filter(|link| !gone_links.contains(&link.id))
    {
        let moved = Link {
            from: room(link.from),
            to: room(link.to),
            ..link.clone()
        };
        if moved != *link {
            changes.extend([Change::LinkRemoved(link.clone()), Change::LinkAdded(moved)]);
        }
    }
    let removed = document
        .codings
        .iter()
        .filter(|coding| gone.contains(&Anchor::Coding(document.id, coding.id)));
    changes.extend(removed.map(|coding| Change::CodingRemoved {
        document: document.id,
        coding: coding.clone(),
    }));
    changes
}

/// A range that comes back exactly when the replacement is taken back; `None` when nothing of it would be left.
fn fitted(range: TextRange, replaced: TextRange, deleted: bool) -> Option<TextRange> {
    let (from, to) = (replaced.start(), replaced.end());
    if !range.overlaps(replaced) {
        return Some(range);
    }
    let start_inside = (from..to).contains(&range.start());
    let end_inside = (from + 1..=to).contains(&range.end());
    let start = match (start_inside, deleted) {
        (true, true) => to,
        (true, false) => from,
        (false, _) => range.start(),
    };
    let end = match (end_inside, deleted) {
        (true, true) => from,
        (true, false) => to,
        (false, _) => range.end(),
    };
    TextRange::new(start, end).filter(|range| !range.is_empty())
}
