//! Failures of commands, and the exit status of each.

use std::{io, path::Path};

use crate::message::{
    Message,
    explain::{ErrorKind, Explain, Explanation},
    language::UiLanguage,
};

/// Why a command failed.
#[derive(Debug)]
pub(super) struct Failure(Explanation);

impl Failure {
    /// A file that can't be read or written.
    pub(super) fn io(path: &Path, source: &io::Error) -> Self {
        Self(Explanation::of_file(path, source))
    }

    /// Arguments that make no sense.
    pub(super) fn usage(what: impl Into<Message>) -> Self {
        Self(Explanation::usage(what))
    }

    /// The failure in a language, as one line.
    pub(super) fn say(&self, language: UiLanguage) -> String {
        self.0.say(language)
    }

    /// The exit status, on which scripts rely.
    pub(super) const fn status(&self) -> u8 {
        match self.0.kind {
            ErrorKind::Refused => 1,
            ErrorKind::Usage => 2,
            ErrorKind::Project => 3,
            ErrorKind::NotFound => 4,
            ErrorKind::Io => 5,
        }
    }
}

impl<E: Explain> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.explain())
    }
}
