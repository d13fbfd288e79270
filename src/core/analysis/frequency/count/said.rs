//! What participants say themselves in each row, which rates are computed over.

use super::{
    super::{
        Loader,
        rows::{CountedDocument, DocumentRows},
    },
    Counting,
};
use crate::{analysis::own_words::OwnWords, language::segment::Segmenter, model::Project};

/// The words of participants, row by row.
#[derive(Debug)]
pub(super) struct Said {
    segmenter: Segmenter,
    /// The words of each row.
    pub(super) rows: Vec<u64>,
    /// The words of all documents.
    pub(super) total: u64,
    /// Whether there are documents mostly in Chinese, and others.
    chinese: bool,
    other: bool,
}

impl Said {
    pub(super) fn new(project: &Project, n_rows: usize) -> Self {
        Self {
            segmenter: Segmenter::of_project(project),
            rows: vec![0; n_rows],
            total: 0,
            chinese: false,
            other: false,
        }
    }

    /// Whether some documents are in Chinese and others not.
    pub(super) fn mixes_languages(&self) -> bool {
        self.chinese && self.other
    }

    /// Adds words to some rows, or to the last one if there is none.
    fn add(&mut self, rows: &[u32], words: u64) {
        if let (&[], Some(nowhere)) = (rows, self.rows.last_mut()) {
            *nowhere += words;
        }
        for &row in rows {
            self.rows[row as usize] += words;
        }
    }
}

impl Counting<'_> {
    /// Adds what is said in a document to the rows of those who say it; returns false if it can't be read.
    ///
    /// `coder_rows` are the rows of those who coded it, in rows by coder.
    pub(super) fn read_said(
        &mut self,
        counted: &CountedDocument<'_>,
        coder_rows: &[u32],
        load: &Loader<'_>,
    ) -> bool {
        let Some(said) = &mut self.said else {
            return true;
        };
        let Some(content) = load(counted.document) else {
            return false;
        };
        let mut words = OwnWords::of(counted.document, &content, &said.segmenter);
        if let Some(heard) = &counted.heard {
            let unheard = words.by_speaker.iter_mut().zip(heard);
            unheard
                .filter(|(_, heard)| !**heard)
                .for_each(|(words, _)| *words = 0);
        }
        match words.is_chinese() {
            Some(true) => said.chinese = true,
            Some(false) => said.other = true,
            None => {}
        }
        said.total += words.total();
        match &counted.rows {
            DocumentRows::Whole(_) => said.add(&counted.part, words.total()),
            DocumentRows::Coder => said.add(coder_rows, words.total()),
            DocumentRows::People(people) => {
                for (speaker, &number) in words.by_speaker.iter().enumerate() {
                    said.add(people.rows_of_speaker(speaker), number);
                }
                said.add(people.rows_of_unlabelled(), words.unlabelled);
            }
            DocumentRows::Turns { speakers } => {
                for (speaker, &number) in words.by_speaker.iter().enumerate() {
                    let row = speakers.get(speaker).copied().flatten();
                    said.add(row.as_slice(), number);
                }
                said.add(&[], words.unlabelled);
            }
        }
        true
    }
}
