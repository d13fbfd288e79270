//! Figures and queries computed from a project.
//!
//! The functions are pure: they get a project and a [`Loader`] for texts, and return values that know the segments behind
//! each figure. Counts that are shown all the time ([`tally`], [`ledger`]) follow a project as it changes instead.

pub mod admission;
pub mod attribution;
pub mod candidates;
pub mod change;
pub mod code_query;
pub mod cooccurrence;
pub mod frequency;
pub mod informants;
pub mod ledger;
pub mod merging;
mod numbering;
pub mod own_words;
pub mod participation;
pub mod programme;
pub mod recast;
#[cfg(test)]
mod sample;
pub mod saturation;
pub mod scales;
pub mod suggestion;
pub mod tally;
pub mod trace;
pub mod words;

use std::sync::Arc;

use crate::model::document::{Content, Document};

/// Reads the text and turns of a document; returns `None` if they can't be read.
///
/// Texts are read only where a figure needs them, because those of a large project take long to load.
pub type Loader<'a> = dyn Fn(&Document) -> Option<Arc<Content>> + 'a;
