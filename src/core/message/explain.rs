//! What an error says: what happened, what to do about it, and which kind of failure it is.
//!
//! Each layer implements [`Explain`] next to its own errors. The edges (window, command line) decide where the words appear and, by
//! [`ErrorKind`], with which status a command ends; they don't need to know the errors of the layers below.

use std::{fmt, io};

use super::{Message, language::UiLanguage, text::Text};

/// How a failure is told from others by scripts; the command line has an exit status for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// Some input was refused.
    Refused,
    /// The request makes no sense as it is.
    Usage,
    /// The project can't be opened.
    Project,
    /// Something that the request names doesn't exist.
    NotFound,
    /// A file or the system failed.
    Io,
}

/// What an error says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// The kind of failure.
    pub kind: ErrorKind,
    /// What happened.
    pub what: Message,
    /// What to do about it, if there is more to say than what happened.
    pub hint: Option<Message>,
}

/// An error that can be told to people.
pub trait Explain {
    /// What happened and what to do about it.
    fn explain(&self) -> Explanation;

    /// The error in a language, as one line.
    fn say(&self, language: UiLanguage) -> String {
        self.explain().say(language)
    }
}

/// What is composed on the spot explains itself, so that callers can treat it as any other error.
impl Explain for Explanation {
    fn explain(&self) -> Explanation {
        self.clone()
    }
}

impl Explanation {
    /// Some input was refused.
    pub fn refused(what: impl Into<Message>) -> Self {
        Self::new(ErrorKind::Refused, what)
    }

    /// The request makes no sense as it is.
    pub fn usage(what: impl Into<Message>) -> Self {
        Self::new(ErrorKind::Usage, what)
    }

    /// The project can't be opened.
    pub fn project(what: impl Into<Message>) -> Self {
        Self::new(ErrorKind::Project, what)
    }

    /// Something that the request names doesn't exist.
    pub fn not_found(what: impl Into<Message>) -> Self {
        Self::new(ErrorKind::NotFound, what)
    }

    /// A file or the system failed.
    pub fn io(what: impl Into<Message>) -> Self {
        Self::new(ErrorKind::Io, what)
    }

    fn new(kind: ErrorKind, what: impl Into<Message>) -> Self {
        Self {
            kind,
            what: what.into(),
            hint: None,
        }
    }

    /// A file or folder, and why the system couldn't read or write it.
    pub fn of_file(file: impl Into<super::Argument>, error: &io::Error) -> Self {
        const FILE: Text = Text::new("{file}: {reason}", "{file}：{reason}");
        Self::io(FILE.with("file", file).with("reason", system(error)))
    }

    /// The same, with what to do about it.
    #[must_use]
    pub fn hint(self, hint: impl Into<Message>) -> Self {
        Self {
            hint: Some(hint.into()),
            ..self
        }
    }

    /// The same, as another kind of failure.
    #[must_use]
    pub fn of_kind(self, kind: ErrorKind) -> Self {
        Self { kind, ..self }
    }

    /// What happened and what to do, as one message.
    pub fn into_message(self) -> Message {
        const BOTH: Text = Text::new("{what}; {hint}", "{what}；{hint}");
        match self.hint {
            Some(hint) => BOTH.with("what", self.what).with("hint", hint),
            None => self.what,
        }
    }

    /// The explanation in a language, as one line.
    pub fn say(&self, language: UiLanguage) -> String {
        self.clone().into_message().say(language)
    }
}

/// The English words, for logs, tests and `std::error::Error`.
impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.say(UiLanguage::English))
    }
}

/// What the system said, in words.
///
/// The kinds that people meet have words of their own in both languages; the others keep the system's.
pub fn system(error: &io::Error) -> Message {
    const SYSTEM: Text = Text::new("the system says: {words}", "系统提示：{words}");
    let known = match error.kind() {
        io::ErrorKind::NotFound => Text::new("no such file or folder", "没有这个文件或文件夹"),
        io::ErrorKind::PermissionDenied => Text::new("permission denied", "没有访问权限"),
        io::ErrorKind::AlreadyExists => Text::new("it already exists", "已存在"),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Text::new(
            "the disk is full; make room and try again",
            "磁盘已满；请腾出空间后重试",
        ),
        io::ErrorKind::IsADirectory => {
            Text::new("it is a folder, not a file", "这是文件夹，不是文件")
        }
        io::ErrorKind::NotADirectory => {
            Text::new("it is a file, not a folder", "这是文件，不是文件夹")
        }
        io::ErrorKind::ReadOnlyFilesystem => Text::new("the disk can only be read", "磁盘只能读取"),
        io::ErrorKind::FileTooLarge => Text::new("the file is too large", "文件太大"),
        io::ErrorKind::UnexpectedEof => Text::new("the file is cut off", "文件不完整"),
        _ => {
            let words = error.to_string();
            // The number means nothing to people: "Invalid argument (os error 22)".
            let words = words.split(" (os error").next().unwrap_or_default();
            return SYSTEM.with("words", words);
        }
    };
    known.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_file_is_explained_in_both_languages() {
        let error = io::Error::from_raw_os_error(2);
        let explanation = Explanation::of_file("a.txt", &error);
        assert_eq!(explanation.to_string(), "a.txt: no such file or folder");
        assert_eq!(
            explanation.say(UiLanguage::Chinese),
            "a.txt：没有这个文件或文件夹"
        );
    }

    #[test]
    fn an_unusual_failure_keeps_the_systems_words() {
        let said = system(&io::Error::from_raw_os_error(22)).say(UiLanguage::English);
        assert_eq!(said, "the system says: Invalid argument");
    }

    #[test]
    fn the_hint_follows_what_happened() {
        let explanation = Explanation::usage(Text::new("no query", "没有检索式"))
            .hint(Text::new("type a word", "请输入词语"));
        assert_eq!(explanation.to_string(), "no query; type a word");
        assert_eq!(
            explanation.say(UiLanguage::Chinese),
            "没有检索式；请输入词语"
        );
    }
}
