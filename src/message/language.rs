//! The two languages that the program speaks.

use crate::model::localized::Language;

/// A language of the window and of reports.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum UiLanguage {
    /// English.
    #[default]
    English,
    /// 简体中文.
    Chinese,
}

impl UiLanguage {
    /// The language tag that content in this language bears.
    pub const fn tag(self) -> Language {
        match self {
            Self::English => Language::EN,
            Self::Chinese => Language::ZH,
        }
    }

    /// The other one.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::English => Self::Chinese,
            Self::Chinese => Self::English,
        }
    }

    /// What is said in this language of the two.
    pub const fn pick<T: Copy>(self, english: T, chinese: T) -> T {
        match self {
            Self::English => english,
            Self::Chinese => chinese,
        }
    }
}
