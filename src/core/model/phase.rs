//! The programme's ordered phases: baseline, sessions, follow-up.

use serde::{Deserialize, Serialize, Serializer, ser::SerializeStruct as _};

use super::{
    ids::PhaseId,
    localized::{Language, Localized, Translations},
    rank::Rank,
};

/// One phase; documents belong to at most one, numbers may be given per phase.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Phase {
    /// Identity.
    pub id: PhaseId,
    /// Name, such as `baseline` or `session 3`.
    pub name: String,
    /// Place in the order of phases.
    pub rank: Rank,
    /// The name in other languages.
    #[serde(default)]
    pub translations: Translations,
}

impl Phase {
    /// A phase whose name has no translations.
    pub fn new(id: PhaseId, name: String, rank: Rank) -> Self {
        Self {
            id,
            name,
            rank,
            translations: Translations::new(),
        }
    }

    /// The name in a language, or the main one if there is no translation.
    pub fn name_in(&self, language: &Language) -> &str {
        self.translations.get(language).unwrap_or(&self.name)
    }

    /// The name with its translations.
    pub fn localized(&self) -> Localized {
        Localized {
            text: self.name.clone(),
            translations: self.translations.clone(),
        }
    }

    /// The name and its translations.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.name)
            .chain(self.translations.values())
            .map(String::as_str)
    }
}

impl Serialize for Phase {
    /// The log leaves out translations if there are none; the checkpoint can't leave out fields.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let translated = !self.translations.is_empty() || !serializer.is_human_readable();
        let mut fields = serializer.serialize_struct("Phase", 3 + usize::from(translated))?;
        fields.serialize_field("id", &self.id)?;
        fields.serialize_field("name", &self.name)?;
        fields.serialize_field("rank", &self.rank)?;
        if translated {
            fields.serialize_field("translations", &self.translations)?;
        }
        fields.end()
    }
}
