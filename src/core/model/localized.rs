//! Words with translations: a code's name, rules and facets in several languages.

use std::{borrow::Cow, collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};

use crate::message::{Argument, language::UiLanguage};

/// A language by its BCP 47 tag, such as `en` or `zh`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Language(pub Cow<'static, str>);

impl Language {
    /// English.
    pub const EN: Self = Self(Cow::Borrowed("en"));
    /// Chinese.
    pub const ZH: Self = Self(Cow::Borrowed("zh"));
}

impl UiLanguage {
    /// The tag of content in this language.
    pub const fn tag(self) -> Language {
        match self {
            Self::English => Language::EN,
            Self::Chinese => Language::ZH,
        }
    }
}

impl Default for Language {
    fn default() -> Self {
        Self::EN
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A text in other languages; none is empty.
pub type Translations = BTreeMap<Language, String>;

/// A text and its translations.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Localized {
    /// The main text, by which paths and sheets identify.
    pub text: String,
    /// The same in other languages.
    #[serde(default)]
    pub translations: BTreeMap<Language, String>,
}

impl Localized {
    /// A text without translations.
    pub fn plain(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            translations: BTreeMap::new(),
        }
    }

    /// The text in a language, or the main one if there is no translation.
    pub fn get(&self, language: &Language) -> &str {
        self.translations
            .get(language)
            .filter(|text| !text.is_empty())
            .unwrap_or(&self.text)
    }

    /// Returns true if it is empty in every language.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty() && self.translations.values().all(String::is_empty)
    }

    /// This text and another with something between them, in every language that one of them has.
    #[must_use]
    pub fn joined(&self, between: &str, other: &Self) -> Self {
        let join = |one: &str, other: &str| format!("{one}{between}{other}");
        let languages = self.translations.keys().chain(other.translations.keys());
        Self {
            text: join(&self.text, &other.text),
            translations: languages
                .map(|language| {
                    let both = join(self.get(language), other.get(language));
                    (language.clone(), both)
                })
                .collect(),
        }
    }

    /// The text and all its translations.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.text.as_str()).chain(self.translations.values().map(String::as_str))
    }
}

impl From<&Localized> for Argument {
    fn from(words: &Localized) -> Self {
        Self::Translated {
            english: words.get(&Language::EN).to_owned(),
            chinese: words.get(&Language::ZH).to_owned(),
        }
    }
}
