//! Pseudonyms of an open project: what is proposed, the table beside the project, and what is replaced by it.

pub mod places;
pub mod scan;
pub mod vault;
