//! Dispersion of hits: their positions within each document, and how evenly they are spread over the documents.

use std::collections::BTreeMap;

use crate::{
    model::{Project, ids::DocumentId},
    statistics::words,
};

use super::Hit;

/// The positions of the hits in one document.
#[derive(Debug, Clone, PartialEq)]
pub struct DispersionStrip {
    /// The document.
    pub document: DocumentId,
    /// The relative position of each hit in the text, 0 to 1.
    pub places: Vec<f32>,
}

/// A strip for each document that has hits, in the order of the hits, and Gries's DP over all documents of the project.
///
/// DP is [`words::Dispersion::dp`] with documents as parts; it is `None` without hits or text.
pub fn dispersion(project: &Project, hits: &[Hit]) -> (Vec<DispersionStrip>, Option<f64>) {
    let mut strips: Vec<DispersionStrip> = Vec::new();
    for of_document in hits.chunk_by(|a, b| a.document == b.document) {
        let Some(document) = of_document
            .first()
            .and_then(|hit| project.documents.get(&hit.document))
        else {
            continue;
        };
        let length = document.len_chars().max(1);
        #[expect(
            clippy::cast_precision_loss,
            reason = "positions on a strip need few digits"
        )]
        let places = of_document
            .iter()
            .map(|hit| hit.range.start() as f32 / length as f32)
            .collect();
        strips.push(DispersionStrip {
            document: document.id,
            places,
        });
    }
    let counts: BTreeMap<DocumentId, usize> = strips
        .iter()
        .map(|strip| (strip.document, strip.places.len()))
        .collect();
    // Documents without hits are parts too; empty ones are not, because they can't contain any.
    let (mut frequencies, mut sizes) = (Vec::new(), Vec::new());
    for document in project.documents.values() {
        if document.len_chars() > 0 {
            frequencies.push(counts.get(&document.id).map_or(0, |n| *n));
            sizes.push(document.len_chars() as usize);
        }
    }
    let dp = words::dispersion(&frequencies, &sizes)
        .ok()
        .map(|dispersion| dispersion.dp);
    (strips, dp)
}
