//! How evenly hits are spread: over the documents, and within each.

use crate::{
    model::{Project, ids::DocumentId},
    statistics::words,
};

use super::Hit;

/// The hits of one document.
#[derive(Debug, Clone, PartialEq)]
pub struct DispersionStrip {
    /// Which.
    pub document: DocumentId,
    /// The place of each hit in its text, from 0 to 1.
    pub places: Vec<f32>,
}

/// A strip for each document that has hits, in the order of the hits, and Gries's DP over all documents of the project.
///
/// See [`words::Dispersion::dp`], with documents as parts; `None` without hits or text.
pub fn dispersion(project: &Project, hits: &[Hit]) -> (Vec<DispersionStrip>, Option<f64>) {
    let mut strips: Vec<DispersionStrip> = Vec::new();
    for of_document in hits.chunk_by(|a, b| a.document == b.document) {
        let Some(document) = of_document
            .first()
            .and_then(|hit| project.documents.get(&hit.document))
        else {
            continue;
        };
        #[expect(clippy::cast_precision_loss, reason = "a place on a strip")]
        let place = |hit: &Hit| hit.range.start() as f32 / document.len_chars().max(1) as f32;
        strips.push(DispersionStrip {
            document: document.id,
            places: of_document.iter().map(place).collect(),
        });
    }
    let found = |document: DocumentId| {
        strips
            .iter()
            .find(|strip| strip.document == document)
            .map_or(0, |strip| strip.places.len())
    };
    let texts = project
        .documents
        .values()
        .filter(|document| document.len_chars() > 0);
    let (frequencies, sizes): (Vec<usize>, Vec<usize>) = texts
        .map(|document| (found(document.id), document.len_chars() as usize))
        .unzip();
    let dp = words::dispersion(&frequencies, &sizes)
        .ok()
        .map(|dispersion| dispersion.dp);
    (strips, dp)
}
