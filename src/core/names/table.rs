//! The table of pseudonyms: who and what is named in a project, and what stands in its place.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{KnownName, NameKind, StandIns, Substitute, Substitutes, chinese::split_name};
use crate::{language::words::is_han, message::text::Text};

/// A table of pseudonyms. It isn't a part of the project: it is what leads back from pseudonyms to people.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PseudonymTable {
    /// The rows, in the order in which they were found.
    pub rows: Vec<PseudonymRow>,
    /// The stand-ins of parts of names.
    pub stand_ins: StandIns,
}

/// A person, or a thing, by all its names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PseudonymRow {
    /// What is named.
    pub kind: NameKind,
    /// Its names; the first is the one that it is shown by.
    pub names: Vec<RowName>,
    /// What was decided.
    pub state: RowState,
}

/// A name with what stands in its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowName {
    /// The name as it is written.
    pub text: String,
    /// What stands in its place.
    pub stand_in: String,
    /// How many places of the texts have it.
    pub places: u32,
    /// How sure it is that it is a name, from 0 to 100.
    pub confidence: u8,
}

/// What was decided about a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum RowState {
    /// Nobody has looked at it; it is replaced, since a name that stays is worse than a word that goes.
    Proposed,
    /// It is replaced.
    Accepted,
    /// It stays as it is.
    Left,
}

impl RowState {
    /// All states.
    pub const ALL: [Self; 3] = [Self::Proposed, Self::Accepted, Self::Left];

    /// The state's name for scripts.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Accepted => "accepted",
            Self::Left => "left",
        }
    }

    /// The state's name for people.
    pub const fn name(self) -> Text {
        match self {
            Self::Proposed => Text::new("proposed", "待定"),
            Self::Accepted => Text::new("accepted", "采用"),
            Self::Left => Text::new("stays", "保留原文"),
        }
    }
}

/// A name that was found, before it is in a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundName {
    /// The name as it is written.
    pub text: String,
    /// What it names.
    pub kind: NameKind,
    /// How many places have it.
    pub places: u32,
    /// How sure it is, from 0 to 100.
    pub confidence: u8,
}

impl PseudonymRow {
    /// The name that it is shown by.
    pub fn text(&self) -> &str {
        self.names.first().map_or("", |name| name.text.as_str())
    }

    /// What stands in the place of that name.
    pub fn stand_in(&self) -> &str {
        self.names.first().map_or("", |name| name.stand_in.as_str())
    }

    /// How many places have one of its names.
    pub fn places(&self) -> u32 {
        self.names.iter().map(|name| name.places).sum()
    }

    /// How sure its surest name is.
    pub fn confidence(&self) -> u8 {
        self.names
            .iter()
            .map(|name| name.confidence)
            .max()
            .unwrap_or(0)
    }

    /// Sets what stands in the place of all its names.
    pub fn set_stand_in(&mut self, stand_in: &str) {
        for name in &mut self.names {
            stand_in.clone_into(&mut name.stand_in);
        }
    }
}

impl PseudonymTable {
    /// The row that has a name.
    pub fn row_of(&self, text: &str) -> Option<usize> {
        self.rows
            .iter()
            .position(|row| row.names.iter().any(|name| name.text == text))
    }

    /// Takes over what was found: new names get rows and stand-ins, known ones their places; decisions stay.
    ///
    /// `words` are the words of the texts in small letters, none of which becomes a stand-in.
    pub fn add(&mut self, found: &[FoundName], words: &BTreeSet<String>) {
        for row in &mut self.rows {
            for name in &mut row.names {
                name.places = 0;
            }
        }
        let mut order: Vec<&FoundName> = found.iter().collect();
        // Full names come first: from them the parts of a name are known.
        order.sort_by_key(|name| std::cmp::Reverse(parts(&name.text)));
        for name in order {
            if let Some(row) = self.row_of(&name.text) {
                let known = self.rows[row].names.iter_mut();
                for own in known.filter(|own| own.text == name.text) {
                    own.places = name.places;
                    own.confidence = name.confidence;
                }
                continue;
            }
            let stand_in = self.stand_ins.of(&name.text, name.kind, words);
            let own = RowName {
                text: name.text.clone(),
                stand_in,
                places: name.places,
                confidence: name.confidence,
            };
            match self.same_person(name) {
                Some(row) => self.rows[row].names.push(own),
                None => self.rows.push(PseudonymRow {
                    kind: name.kind,
                    names: vec![own],
                    state: RowState::Proposed,
                }),
            }
        }
        self.rows.sort_by(|a, b| {
            a.kind
                .cmp(&b.kind)
                .then_with(|| b.places().cmp(&a.places()))
                .then_with(|| a.text().cmp(b.text()))
        });
    }

    /// The row of somebody's full name, if a name is the given name in it and in no other.
    fn same_person(&self, name: &FoundName) -> Option<usize> {
        if !name.kind.is_person() || name.kind == NameKind::TitleName {
            return None;
        }
        let mut rows = (0..self.rows.len()).filter(|row| {
            let row = &self.rows[*row];
            row.kind.is_person()
                && row
                    .names
                    .iter()
                    .any(|full| is_given_of(&name.text, &full.text))
        });
        rows.next().filter(|_| rows.next().is_none())
    }

    /// Makes two rows one: the names of the second get the stand-in of the first.
    ///
    /// Returns false if they are one row already, or there is no such row.
    pub fn merge(&mut self, into: usize, from: usize) -> bool {
        if into == from || into >= self.rows.len() || from >= self.rows.len() {
            return false;
        }
        let stand_in = self.rows[into].stand_in().to_owned();
        let mut moved = self.rows[from].clone();
        moved.set_stand_in(&stand_in);
        self.rows[into].names.append(&mut moved.names);
        self.rows.remove(from);
        true
    }

    /// The names that are replaced with what takes their place.
    pub fn substitutes(&self) -> Substitutes {
        let rows = self.rows.iter().filter(|row| row.state != RowState::Left);
        let mut all: Vec<Substitute> = rows
            .flat_map(|row| row.names.iter().map(|name| (row.kind, name)))
            .map(|(kind, name)| {
                // A single Chinese character is in too many words to be replaced wherever it stands.
                let lone = is_lone_character(&name.text);
                let before = if lone { "姓" } else { "" };
                Substitute {
                    name: format!("{before}{}", name.text),
                    stand_in: format!("{before}{}", name.stand_in),
                    kind,
                }
            })
            .collect();
        all.sort_by_key(|name| std::cmp::Reverse(name.name.chars().count()));
        Substitutes::new(all)
    }

    /// The names of people in it that aren't left as they are, for a search that knows them.
    pub fn known(&self) -> Vec<KnownName> {
        let rows = self.rows.iter();
        let people = rows.filter(|row| row.kind.is_person() && row.state != RowState::Left);
        people
            .flat_map(|row| {
                row.names.iter().map(|name| KnownName {
                    name: name.text.clone(),
                    kind: row.kind,
                    trusted: true,
                })
            })
            .collect()
    }

    /// How many rows nobody has looked at.
    pub fn proposed(&self) -> usize {
        let proposed = self
            .rows
            .iter()
            .filter(|row| row.state == RowState::Proposed);
        proposed.count()
    }

    /// Each name with its row, for lists of all names.
    pub fn names(&self) -> BTreeMap<&str, usize> {
        let rows = self.rows.iter().enumerate();
        rows.flat_map(|(at, row)| row.names.iter().map(move |name| (name.text.as_str(), at)))
            .collect()
    }
}

/// Of how many parts a name is.
fn parts(text: &str) -> usize {
    if text.chars().any(is_han) {
        let split = split_name(text);
        return usize::from(!split.surname.is_empty()) + usize::from(!split.given.is_empty());
    }
    text.split_whitespace().count()
}

/// Returns true if a name is the given name of a full one: 小远 of 林小远, Karen of Karen Reed.
fn is_given_of(given: &str, full: &str) -> bool {
    if given == full {
        return false;
    }
    if given.chars().any(is_han) {
        let split = split_name(full);
        return !split.surname.is_empty()
            && split.title.is_empty()
            && split.given == given
            && given.chars().count() > 1;
    }
    let mut words = full.split_whitespace();
    words.next() == Some(given) && words.next().is_some()
}

/// Returns true for a single Chinese character.
fn is_lone_character(name: &str) -> bool {
    name.chars().count() == 1 && name.chars().any(is_han)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, kind: NameKind) -> FoundName {
        FoundName {
            text: text.to_owned(),
            kind,
            places: 1,
            confidence: 90,
        }
    }

    fn table() -> PseudonymTable {
        let mut table = PseudonymTable::default();
        table.add(
            &[
                found("小远", NameKind::Nickname),
                found("林小远", NameKind::Person),
                found("Karen", NameKind::Person),
                found("Karen Reed", NameKind::Person),
                found("明明", NameKind::Nickname),
                found("李明", NameKind::Person),
            ],
            &BTreeSet::new(),
        );
        table
    }

    #[test]
    fn a_given_name_shares_the_row_of_its_full_name_and_a_nickname_waits() {
        let mut table = table();
        assert_eq!(table.row_of("小远"), table.row_of("林小远"));
        assert_eq!(table.row_of("Karen"), table.row_of("Karen Reed"));
        let (full, nick) = (table.row_of("李明").unwrap(), table.row_of("明明").unwrap());
        assert_ne!(full, nick);
        assert!(table.merge(full, nick));
        let row = &table.rows[table.row_of("明明").unwrap()];
        assert!(row.names.iter().all(|name| name.stand_in == row.stand_in()));
    }

    #[test]
    fn a_second_scan_keeps_what_was_decided() {
        let mut table = table();
        let row = table.row_of("李明").unwrap();
        table.rows[row].state = RowState::Left;
        table.rows[row].set_stand_in("甲");
        let before = table.clone();
        let again: Vec<FoundName> = before
            .rows
            .iter()
            .flat_map(|row| row.names.iter().map(|name| found(&name.text, row.kind)))
            .collect();
        table.add(&again, &BTreeSet::new());
        assert_eq!(table, before);
        assert_eq!(
            table.substitutes().text("李明和小远"),
            before.substitutes().text("李明和小远")
        );
        assert!(table.substitutes().text("李明和小远").starts_with("李明和"));
    }
}
