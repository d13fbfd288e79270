//! Projects of other programs: read, and taken in as one step.

use super::{AppError, Session, edit::study};
use crate::import::{loss::Losses, study::Study};

/// What taking in another program's project did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StudyDone {
    /// The program that wrote the file, as far as it says so.
    pub program: String,
    /// How many of what.
    pub counts: study::Counts,
    /// How positions in the texts were read, where the file leaves it open.
    pub positions: Option<String>,
    /// What the file had that the project hasn't.
    pub losses: Losses,
}

impl Session {
    /// Takes another program's project in, as one entry; what is there already stays as it is.
    ///
    /// # Errors
    /// When it can't be stored; nothing of it is in then.
    pub fn import_study(&mut self, study: Study) -> Result<StudyDone, AppError> {
        let (program, positions) = (study.program.clone(), study.positions.clone());
        let (project, ids) = self.drafting();
        let study::TakenStudy { changes, contents, counts, losses } = study::take_study(&project, ids, study);
        if !changes.is_empty() {
            self.commit("import project", None, changes, &contents)?;
        }
        Ok(StudyDone { program, counts, positions, losses })
    }
}
