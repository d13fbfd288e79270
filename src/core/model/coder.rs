//! Who codes.

use serde::{Deserialize, Serialize};

use super::ids::CoderId;

/// A person who codes; every entry of the log bears one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Coder {
    /// Identity.
    pub id: CoderId,
    /// Name as shown and as sheets write it.
    pub name: String,
}
