//! The texts of an open project, read when they are first needed and then kept.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use crate::{
    message::{Message, explain::Explain as _},
    model::{
        document::{Content, Document, TurnEdit, TurnIndex, turn_table},
        ids::DocumentId,
        text::{ContentHash, DocumentText},
    },
    store::{ProjectFile, StoreError},
};

/// Reads and keeps the contents of documents; shared with jobs.
#[derive(Debug)]
pub struct Texts {
    file: Arc<Mutex<ProjectFile>>,
    /// What could not be read so far, and why: figures that leave it out must not be shown without a word.
    unread: Mutex<BTreeMap<ContentHash, (String, Message)>>,
    kept: Mutex<BTreeMap<DocumentId, KeptText>>,
}

/// A text that is kept, with what it was made of.
#[derive(Debug)]
struct KeptText {
    text: ContentHash,
    edits: usize,
    turns: ContentHash,
    turn_edits: Vec<(TurnIndex, TurnEdit)>,
    content: Arc<Content>,
}

impl KeptText {
    /// Returns true if the text is that of the document as it is now.
    ///
    /// Corrections are only ever added, so their number tells whether there are new ones.
    fn fits(&self, document: &Document) -> bool {
        self.text == document.source.text
            && self.edits == document.history.edits().len()
            && self.turns == document.turn_table()
            && self.turn_edits == document.turn_edits
    }
}

impl Texts {
    /// Texts that are read from a file, which should be a connection of their own so that jobs need not wait for the
    /// writing one.
    pub fn new(file: Arc<Mutex<ProjectFile>>) -> Self {
        Self {
            file,
            unread: Mutex::default(),
            kept: Mutex::default(),
        }
    }

    /// What could not be read so far, in one line each.
    pub fn unread(&self) -> Vec<Message> {
        let unread = self.unread.lock().unwrap_or_else(PoisonError::into_inner);
        unread.values().map(|(_, said)| said.clone()).collect()
    }

    /// Returns an error if something that was to be read could not be: what was computed without it must not be shown.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`] for the first of what can't be read.
    pub fn whole(&self) -> Result<(), StoreError> {
        let unread = self.unread.lock().unwrap_or_else(PoisonError::into_inner);
        match unread.first_key_value() {
            Some((hash, (name, _))) => Err(StoreError::Unreadable {
                name: name.clone(),
                hash: *hash,
            }),
            None => Ok(()),
        }
    }

    /// Names what a content belongs to, and notes that it can't be read.
    fn note(&self, error: StoreError, name: &str, wanted: ContentHash) -> StoreError {
        let hash = match error {
            StoreError::Content(hash) => hash,
            // What can't be reached in a damaged file is as good as gone.
            StoreError::Damaged(_) => wanted,
            other => return other,
        };
        let error = StoreError::Unreadable {
            name: name.to_owned(),
            hash,
        };
        self.note_unread(hash, name, &error);
        error
    }

    fn note_unread(&self, hash: ContentHash, name: &str, error: &StoreError) {
        let mut unread = self.unread.lock().unwrap_or_else(PoisonError::into_inner);
        unread.insert(hash, (name.to_owned(), error.explain().what));
    }

    /// A stored file: a document's original, or an attachment.
    ///
    /// # Errors
    /// When it is missing or damaged.
    pub fn bytes(&self, hash: ContentHash) -> Result<Vec<u8>, StoreError> {
        let file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.content(hash).inspect_err(|error| {
            if let StoreError::Content(hash) = error {
                self.note_unread(*hash, &hash.to_string(), error);
            }
        })
    }

    /// A document's current text and turns.
    ///
    /// # Errors
    /// When they are missing or damaged.
    pub fn content(&self, document: &Document) -> Result<Arc<Content>, StoreError> {
        if let Some(content) = self.kept(document) {
            return Ok(content);
        }
        let content = Arc::new(self.read(document)?);
        let kept = KeptText {
            text: document.source.text,
            edits: document.history.edits().len(),
            turns: document.turn_table(),
            turn_edits: document.turn_edits.clone(),
            content: Arc::clone(&content),
        };
        self.kept
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(document.id, kept);
        Ok(content)
    }

    /// As [`Self::content`], but does not keep the text in memory: for passes over all documents.
    ///
    /// # Errors
    /// As [`Self::content`].
    pub fn content_once(&self, document: &Document) -> Result<Arc<Content>, StoreError> {
        self.kept(document)
            .map_or_else(|| self.read(document).map(Arc::new), Ok)
    }

    fn kept(&self, document: &Document) -> Option<Arc<Content>> {
        let known = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        known
            .get(&document.id)
            .filter(|kept| kept.fits(document))
            .map(|kept| Arc::clone(&kept.content))
    }

    /// A document's text as it was imported.
    ///
    /// # Errors
    /// When it is missing or damaged.
    pub fn imported_text(&self, document: &Document) -> Result<DocumentText, StoreError> {
        let file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        text_of(&file, document)
            .map_err(|error| self.note(error, &document.title, document.source.text))
    }

    fn read(&self, document: &Document) -> Result<Content, StoreError> {
        self.assemble(document)
            .map_err(|error| self.note(error, &document.title, document.source.text))
    }

    fn assemble(&self, document: &Document) -> Result<Content, StoreError> {
        let file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let text = text_of(&file, document)?;
        let table = file.content(document.turn_table())?;
        drop(file);
        let turns =
            turn_table::decode(&table).ok_or_else(|| StoreError::Content(document.turn_table()))?;
        document
            .content(text, turns)
            .ok_or(StoreError::Content(document.source.text))
    }
}

fn text_of(file: &ProjectFile, document: &Document) -> Result<DocumentText, StoreError> {
    let hash = document.source.text;
    // UTF-8 takes at most four bytes a character: a longer content isn't that text, and may be too long to be read at all.
    let limit = u64::from(document.source.chars).saturating_mul(4);
    let text = String::from_utf8(file.content_within(hash, limit)?).ok();
    text.map(DocumentText::new).ok_or(StoreError::Content(hash))
}
