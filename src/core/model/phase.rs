//! The programme's ordered phases: baseline, sessions, follow-up.

use serde::{Deserialize, Serialize};

use super::{ids::PhaseId, rank::Rank};

/// One phase; documents belong to at most one, numbers may be given per phase.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Phase {
    /// Identity.
    pub id: PhaseId,
    /// Name, such as `baseline` or `session 3`.
    pub name: String,
    /// Place in the order of phases.
    pub rank: Rank,
}
