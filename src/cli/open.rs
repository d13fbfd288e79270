//! Opening a project for a command, and the arguments that several verbs share.

use std::path::{Path, PathBuf};

use super::{Context, failure::Failure, output::Output};
use crate::{
    app::{Session, import::SheetDone},
    store::Access,
};

/// A project to read.
#[derive(Debug, clap::Args)]
pub(super) struct Reading {
    /// Path of the .tain file
    pub(super) project: PathBuf,
    #[command(flatten)]
    pub(super) output: Output,
}

impl Context<'_> {
    /// Opens a project to read it.
    pub(super) fn read(&self, project: &Path) -> Result<Session, Failure> {
        Ok(Session::open(project, Access::Read, (self.world)())?)
    }

    /// Opens a project to change it, as the coder named.
    pub(super) fn write(&self, project: &Path) -> Result<Session, Failure> {
        let mut session = Session::open(project, Access::Write, (self.world)())?;
        if let Some(coder) = &self.coder {
            session.act_as(coder)?;
        }
        Ok(session)
    }

    /// Opens a project for a gesture that needs somebody who makes it.
    pub(super) fn act(&self, project: &Path) -> Result<Session, Failure> {
        let session = self.write(project)?;
        session.acting()?;
        Ok(session)
    }

    /// Says what taking in a sheet did.
    pub(super) fn say_sheet(&self, what: &str, done: &SheetDone) {
        for (thing, name) in &done.added {
            self.say(&format!(
                "added {} {name}",
                format!("{thing:?}").to_lowercase()
            ));
        }
        let unchanged = if done.unchanged > 0 {
            format!(", {} were there already", done.unchanged)
        } else {
            String::new()
        };
        self.say(&format!("{what}: {} taken in{unchanged}", done.rows));
    }
}

/// Stores a checkpoint where it is worth it.
pub(super) fn close(mut session: Session) -> Result<(), Failure> {
    Ok(session.save_checkpoint()?)
}

/// A file's bytes.
pub(super) fn read_file(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|error| Failure::io(path, error))
}

/// A file's name, as shown in messages.
pub(super) fn shown(path: &Path) -> String {
    path.file_name().map_or_else(
        || path.display().to_string(),
        |name| name.to_string_lossy().into_owned(),
    )
}
