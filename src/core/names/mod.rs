//! Finding what names people: names, nicknames, titles with names, places and schools, telephone numbers, dates of birth.
//!
//! Evidence is collected in all texts first: labels of a tagger for Chinese, capitals and their neighbours in English, phrases that
//! introduce a name, and the names that the project knows. Then every name found is looked for everywhere, and where it is also an
//! ordinary word (高兴, 石头, Will, Hope), its neighbours decide place by place.
//! Words of kinship and roles are never proposed: they are everybody's.

mod chinese;
mod english;
mod letters;
mod name_like;
mod numbers;
mod stand_ins;
mod substitutes;
pub mod table;
pub mod tagger;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use chinese::ChineseNames;
use english::EnglishNames;
pub use letters::Letters;
pub use name_like::NameLike;
pub use stand_ins::{StandIns, plural};
pub use substitutes::{Substitute, Substituted, Substitutes};

use crate::{message::text::Text, model::text::TextRange};

/// What a mention names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum NameKind {
    /// A person, by a full name, a given name or a surname.
    Person,
    /// A person, by a name that only some use.
    Nickname,
    /// A person, by a title or a word of kinship together with a name.
    TitleName,
    /// A place, a street, an address.
    Place,
    /// A school or kindergarten.
    School,
    /// Another organisation.
    Organisation,
    /// A telephone number.
    Phone,
    /// A number that identifies a person or a car.
    Identity,
    /// A date of birth.
    BirthDate,
    /// An e-mail address or the name of an account.
    Account,
}

impl NameKind {
    /// All kinds in the order in which they are shown.
    pub const ALL: [Self; 10] = [
        Self::Person,
        Self::Nickname,
        Self::TitleName,
        Self::Place,
        Self::School,
        Self::Organisation,
        Self::Phone,
        Self::Identity,
        Self::BirthDate,
        Self::Account,
    ];

    /// The kind's name for scripts.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Nickname => "nickname",
            Self::TitleName => "title_name",
            Self::Place => "place",
            Self::School => "school",
            Self::Organisation => "org",
            Self::Phone => "phone",
            Self::Identity => "id",
            Self::BirthDate => "date_of_birth",
            Self::Account => "account",
        }
    }

    /// The kind's name for people.
    pub const fn name(self) -> Text {
        match self {
            Self::Person => Text::new("person", "人名"),
            Self::Nickname => Text::new("nickname", "昵称"),
            Self::TitleName => Text::new("title and name", "称呼"),
            Self::Place => Text::new("place", "地名"),
            Self::School => Text::new("school", "学校"),
            Self::Organisation => Text::new("organisation", "机构"),
            Self::Phone => Text::new("telephone number", "电话"),
            Self::Identity => Text::new("identity number", "证件号码"),
            Self::BirthDate => Text::new("date of birth", "出生日期"),
            Self::Account => Text::new("account", "账号"),
        }
    }

    /// The words for a stand-in that is numbered, in English and Chinese.
    const fn stand_in_words(self) -> (&'static str, &'static str) {
        match self {
            Self::Person | Self::Nickname | Self::TitleName => ("person", "某人"),
            Self::Place => ("place", "地点"),
            Self::School => ("school", "学校"),
            Self::Organisation => ("organisation", "机构"),
            Self::Phone => ("phone", "电话"),
            Self::Identity => ("number", "证件号"),
            Self::BirthDate => ("date", "日期"),
            Self::Account => ("account", "账号"),
        }
    }

    /// Returns true if the kind names a person.
    pub const fn is_person(self) -> bool {
        matches!(self, Self::Person | Self::Nickname | Self::TitleName)
    }

    /// The kind of a key.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

/// A place in a text that names somebody or something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mention {
    /// Where, in code points.
    pub range: TextRange,
    /// What it names.
    pub kind: NameKind,
    /// How sure this is, from 0 to 100. A rank, not a probability: 90 stands for a form that leaves little doubt, 60 for a guess.
    pub confidence: u8,
}

/// How sure a mention is that its form leaves little doubt about.
const SURE: u8 = 95;
/// How sure a mention is that has several signs.
const LIKELY: u8 = 80;
/// How sure a mention is that has one sign.
const POSSIBLE: u8 = 60;

/// A stretch of a text while its mentions are collected; positions are code points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Found {
    start: usize,
    end: usize,
    kind: NameKind,
    confidence: u8,
}

impl Found {
    const fn len(&self) -> usize {
        self.end - self.start
    }
}

/// A name that the project knows, as a case or a speaker.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct KnownName {
    /// The name.
    pub name: String,
    /// What it names.
    pub kind: NameKind,
    /// Whether somebody has said that it is a name; otherwise an ordinary word in it may be one.
    pub trusted: bool,
}

/// Finds names in several texts that belong together: a name found in one is looked for in all.
#[derive(Debug, Default)]
pub struct NameFinder {
    chinese: ChineseNames,
    english: EnglishNames,
    texts: Vec<Letters>,
}

impl NameFinder {
    /// A finder that knows some names before it reads anything.
    pub fn new(known: &[KnownName]) -> Self {
        let mut finder = Self::default();
        for name in known {
            finder.chinese.know(name);
            finder.english.know(name);
        }
        finder
    }

    /// Reads a text and keeps the evidence in it. This is the slow part: about 0.1 ms a character of Chinese.
    pub fn read(&mut self, text: &str) {
        let letters = Letters::new(text);
        self.chinese.read(&letters);
        self.english.read(&letters);
        self.texts.push(letters);
    }

    /// The mentions in each text, in the order in which they were read.
    pub fn mentions(mut self) -> Vec<Vec<Mention>> {
        self.chinese.decide();
        self.english.decide();
        let texts = std::mem::take(&mut self.texts);
        texts
            .iter()
            .enumerate()
            .map(|(at, letters)| {
                let mut found = numbers::find(letters);
                self.chinese.find(at, letters, &mut found);
                self.english.find(at, letters, &mut found);
                settle(found)
            })
            .collect()
    }
}

/// Of mentions that overlap, keeps the longest, and of those that are as long the surest.
fn settle(mut found: Vec<Found>) -> Vec<Mention> {
    found.sort_by_key(|a| (std::cmp::Reverse((a.len(), a.confidence)), a.start));
    let mut taken: BTreeMap<usize, Found> = BTreeMap::new();
    for mention in found {
        let before = taken.range(..mention.end).next_back();
        if before.is_none_or(|(_, other)| other.end <= mention.start) {
            taken.insert(mention.start, mention);
        }
    }
    let position = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    taken
        .into_values()
        .map(|found| Mention {
            range: TextRange::between(position(found.start), position(found.end)),
            kind: found.kind,
            confidence: found.confidence,
        })
        .collect()
}
