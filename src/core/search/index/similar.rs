//! Turns similar to a passage, by its most characteristic terms (tantivy's `MoreLikeThis`).

use tantivy::{collector::TopDocs, query::MoreLikeThisQuery, schema::OwnedValue};

use crate::{
    language::words::FUNCTION_WORDS,
    model::{Project, ids::DocumentId},
};

use super::{Index, IndexError, PLACE, unpack_place};

/// Most terms of the passage that are used.
const MOST_TERMS: usize = 40;

impl Index {
    /// The turns most similar to a text, the most similar first: document, index of the turn, score.
    ///
    /// Chinese is compared by characters, as it is indexed. Only texts that the index knows in their current version are found.
    ///
    /// # Errors
    /// The index can't be read.
    pub fn similar(
        &self,
        project: &Project,
        text: &str,
        limit: usize,
    ) -> Result<Vec<(DocumentId, usize, f32)>, IndexError> {
        self.reading(|| self.similar_uncaught(project, text, limit))
    }

    fn similar_uncaught(
        &self,
        project: &Project,
        text: &str,
        limit: usize,
    ) -> Result<Vec<(DocumentId, usize, f32)>, IndexError> {
        let snapshot = self.snapshot();
        let query = MoreLikeThisQuery::builder()
            // The defaults are for long English documents; passages are short, and a Chinese word is a character.
            .with_min_doc_frequency(1)
            .with_min_term_frequency(1)
            .with_min_word_length(1)
            .with_max_query_terms(MOST_TERMS)
            .with_stop_words(FUNCTION_WORDS.iter().map(|&word| word.to_owned()).collect())
            .with_document_fields(vec![(
                self.fields.text,
                vec![OwnedValue::Str(text.to_owned())],
            )]);
        let best = snapshot
            .searcher
            .search(&query, &TopDocs::with_limit(limit.max(1)).order_by_score())?;
        let mut found = Vec::new();
        for (score, address) in best {
            let places = snapshot
                .searcher
                .segment_reader(address.segment_ord)
                .fast_fields()
                .column_first_or_default::<u64>(PLACE)?;
            let (number, unit) = unpack_place(places.get_val(address.doc_id));
            let known = snapshot
                .manifest
                .documents
                .iter()
                .find(|(_, entry)| entry.number == number);
            let fits = known.filter(|(id, _)| {
                project
                    .documents
                    .get(id)
                    .is_some_and(|document| snapshot.manifest.fits(document))
            });
            if let Some((id, _)) = fits {
                found.push((*id, unit as usize, score));
            }
        }
        Ok(found)
    }
}
