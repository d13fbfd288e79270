//! Updating the index to the current texts of a project; only texts that have changed are analysed.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, PoisonError},
};

use tantivy::{IndexWriter, TantivyDocument, Term, merge_policy::LogMergePolicy, schema::Field};

use crate::{
    model::{
        document::{Content, Document},
        ids::DocumentId,
    },
    search::{Corpus, analyser::ANALYSER_VERSION, scan},
};

use super::{
    Index, IndexError, IndexFolder, IndexedDocument, Manifest, PLACE, Snapshot, Version,
    pack_place, seal::Seal,
};

/// Memory for words not yet written, in bytes per thread.
const BUFFER_BYTES: usize = 48 << 20;

/// Number of threads that write.
const THREADS: usize = 2;

/// Fewer code points than this are written by one thread, so that a small change makes a single small segment.
const WORTH_SHARING: u64 = 2_000_000;

/// The progress of an update.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IndexProgress {
    /// Number of documents done.
    pub done: usize,
    /// Number of all documents to be indexed.
    pub total: usize,
}

/// What an update has done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Updated {
    /// Number of documents that were indexed, for the first time or again.
    pub indexed: usize,
    /// Number of documents that were removed.
    pub removed: usize,
    /// True if the update was cancelled; what was done before is kept.
    pub stopped: bool,
    /// Documents whose text couldn't be loaded; searching reports them too.
    pub unreadable: Vec<DocumentId>,
}

impl Index {
    /// Indexes the new and changed documents of a project, and removes the deleted ones.
    ///
    /// `progress` is called before each document and at the end; it cancels by returning false, and what was done before is
    /// kept.
    ///
    /// # Errors
    /// The index can't be written; searching remains correct nevertheless.
    pub fn update(
        &self,
        corpus: &Corpus<'_>,
        progress: &mut dyn FnMut(IndexProgress) -> bool,
    ) -> Result<Updated, IndexError> {
        let _writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        // Changed on a copy, which takes effect only with the commit.
        let mut manifest = self.snapshot().manifest.clone();
        let documents = &corpus.project.documents;
        let gone: Vec<DocumentId> = manifest
            .documents
            .keys()
            .copied()
            .filter(|id| !documents.contains_key(id))
            .collect();
        let changed: Vec<&Arc<Document>> = documents
            .values()
            .filter(|document| !manifest.fits(document))
            .collect();
        if gone.is_empty() && changed.is_empty() {
            return Ok(Updated::default());
        }
        let size: u64 = changed
            .iter()
            .map(|document| u64::from(document.len_chars()))
            .sum();
        let threads = if size < WORTH_SHARING { 1 } else { THREADS };
        let writer: IndexWriter = self
            .engine
            .writer_with_num_threads(threads, threads * BUFFER_BYTES)?;
        writer.set_merge_policy(Box::new(without_deleted_words()));
        let mut updated = Updated {
            removed: gone.len(),
            ..Updated::default()
        };
        let outdated = changed.iter().map(|document| document.id);
        for id in gone.iter().copied().chain(outdated) {
            if let Some(entry) = manifest.documents.remove(&id) {
                let number = u64::from(entry.number);
                writer.delete_term(Term::from_field_u64(self.fields.document, number));
            }
        }
        let mut numbers = FreeNumbers::beside(&manifest);
        let place = self.engine.schema().get_field(PLACE)?;
        for (done, document) in changed.iter().enumerate() {
            if !progress(IndexProgress {
                done,
                total: changed.len(),
            }) {
                updated.stopped = true;
                break;
            }
            // Left out of the manifest, so that the next update tries again.
            let Some(content) = (corpus.load)(document) else {
                updated.unreadable.push(document.id);
                continue;
            };
            let number = numbers.next();
            // Turns are added one by one, because the writer's queue is bounded by their number: few wait in memory.
            for unit in scan::units(&content) {
                writer.add_document(self.turn(&content, unit, number, place))?;
            }
            manifest.documents.insert(
                document.id,
                IndexedDocument {
                    number,
                    version: Version::of(document),
                },
            );
            updated.indexed += 1;
        }
        self.commit(writer, &manifest)?;
        if !updated.stopped {
            progress(IndexProgress {
                done: changed.len(),
                total: changed.len(),
            });
        }
        Ok(updated)
    }

    fn turn(
        &self,
        content: &Content,
        unit: scan::TextUnit,
        number: u32,
        place: Field,
    ) -> TantivyDocument {
        let mut turn = TantivyDocument::default();
        turn.add_text(
            self.fields.text,
            content.text.slice(unit.said).unwrap_or_default(),
        );
        turn.add_u64(self.fields.document, u64::from(number));
        turn.add_u64(place, pack_place(number, unit.number));
        turn
    }

    fn commit(&self, mut writer: IndexWriter, manifest: &Manifest) -> Result<(), IndexError> {
        let payload = serde_json::to_string(&Manifest {
            analyser: ANALYSER_VERSION,
            documents: manifest.documents.clone(),
        });
        // The manifest is part of tantivy's commit, so that both are stored or neither.
        let mut prepared = writer.prepare_commit()?;
        prepared.set_payload(&payload.map_err(std::io::Error::from)?);
        prepared.commit()?;
        // Waits for merges, so that the files don't change any more and the lock is released.
        writer.wait_merging_threads()?;
        if let Some(IndexFolder { path, project }) = &self.folder {
            Seal::of(project.as_deref()).put(path)?;
        }
        let snapshot = Arc::new(Snapshot::take(&self.engine, &self.reader)?);
        *self.snapshot.lock().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&snapshot);
        let mut stems = self.stems.lock().unwrap_or_else(PoisonError::into_inner);
        // Read now, in the background, so that the next search doesn't have to.
        stems.read_new_segments(&snapshot.searcher, self.fields.text)?;
        Ok(())
    }
}

/// Merges segments as usual, and those with deleted turns at once: words that a text no longer has don't stay on disk.
fn without_deleted_words() -> LogMergePolicy {
    let mut policy = LogMergePolicy::default();
    policy.set_max_docs_before_merge(usize::MAX);
    policy.set_del_docs_ratio_before_merge(f32::MIN_POSITIVE);
    policy
}

/// Assigns numbers that no document has.
struct FreeNumbers {
    taken: BTreeSet<u32>,
    next: u32,
}

impl FreeNumbers {
    fn beside(manifest: &Manifest) -> Self {
        let documents: &BTreeMap<DocumentId, IndexedDocument> = &manifest.documents;
        Self {
            taken: documents.values().map(|entry| entry.number).collect(),
            next: 0,
        }
    }

    fn next(&mut self) -> u32 {
        while self.taken.contains(&self.next) {
            self.next += 1;
        }
        self.next += 1;
        self.next - 1
    }
}
