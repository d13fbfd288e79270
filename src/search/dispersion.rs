//! How evenly hits are spread: over the documents, and within each.

use crate::model::{Project, ids::DocumentId};

use super::Hit;

/// The hits of one document.
#[derive(Debug, Clone, PartialEq)]
pub struct Strip {
    /// Which.
    pub document: DocumentId,
    /// The place of each hit in its text, from 0 to 1.
    pub places: Vec<f32>,
}

/// A strip for each document that has hits, in the order of the hits, and Gries's DP over all documents of the project.
///
/// DP (*Dispersions and adjusted frequencies in corpora*, International Journal of Corpus Linguistics 13, 2008) is half the sum of the
/// differences between each document's share of the hits and its share of the text: 0 when hits are spread as the text is, towards 1 when they
/// crowd in a small part of it. `None` without hits or text.
pub fn dispersion(project: &Project, hits: &[Hit]) -> (Vec<Strip>, Option<f64>) {
    let mut strips: Vec<Strip> = Vec::new();
    for of_document in hits.chunk_by(|a, b| a.document == b.document) {
        let Some(document) = of_document.first().and_then(|hit| project.documents.get(&hit.document)) else { continue };
        #[expect(clippy::cast_precision_loss, reason = "a place on a strip")]
        let place = |hit: &Hit| hit.range.start() as f32 / document.len_chars().max(1) as f32;
        strips.push(Strip { document: document.id, places: of_document.iter().map(place).collect() });
    }
    let text: f64 = project.documents.values().map(|document| f64::from(document.len_chars())).sum();
    #[expect(clippy::cast_precision_loss, reason = "a share")]
    let total = hits.len() as f64;
    if text <= 0.0 || total <= 0.0 {
        return (strips, None);
    }
    #[expect(clippy::cast_precision_loss, reason = "a share")]
    let found =
        |document: DocumentId| strips.iter().find(|strip| strip.document == document).map_or(0.0, |strip| strip.places.len() as f64);
    let differences =
        project.documents.values().map(|document| (found(document.id) / total - f64::from(document.len_chars()) / text).abs());
    let dp = differences.sum::<f64>() / 2.0;
    (strips, Some(dp))
}
