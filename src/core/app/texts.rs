//! The texts of an open project, read when they are first needed and then kept.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use crate::{
    model::{
        document::{Content, Document, TurnEdit, TurnIndex, turn_table},
        ids::DocumentId,
        text::{ContentHash, DocumentText},
    },
    store::{Access, ProjectFile, StoreError},
};

/// Reads and keeps the contents of documents; shared with jobs.
#[derive(Debug)]
pub struct Texts {
    file: Mutex<ProjectFile>,
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
    /// The texts of the project at a path, read through a connection of their own so that jobs need not
    /// wait for the writing one.
    ///
    /// # Errors
    /// When the file can't be opened.
    pub fn open(path: &std::path::Path) -> Result<Self, StoreError> {
        Ok(Self {
            file: Mutex::new(ProjectFile::open(path, Access::Read)?),
            kept: Mutex::default(),
        })
    }

    /// A stored file: a document's original, or an attachment.
    ///
    /// # Errors
    /// When it is missing or damaged.
    pub fn bytes(&self, hash: ContentHash) -> Result<Vec<u8>, StoreError> {
        self.file
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .content(hash)
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
    }

    fn read(&self, document: &Document) -> Result<Content, StoreError> {
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
    let text = String::from_utf8(file.content(hash)?).ok();
    text.map(DocumentText::new).ok_or(StoreError::Content(hash))
}
