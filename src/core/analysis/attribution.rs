//! Whose a coding is: who says the passage (its informants), and whom it is about (those concerned).
//!
//! - **Informants** are the persons whose turns the passage touches, without those who ask.
//! - **Concerned** is whom the coder named ([`Coding::about`]); otherwise the informants; otherwise the document's only
//!   person or family; otherwise nobody, and the coding is *not attributed*.
//!
//! ```text
//! Moderator: Who went first?              ┐
//! Siqi: I did.                            ├ touches Siqi's turn, and the moderator's: informant Siqi, concerned Siqi
//! Ada waits until nobody looks.           └ the narrator's: no informant; concerned whom the coder names, or nobody
//! ```

use std::collections::BTreeSet;

use crate::model::{
    Project,
    case::CaseKind,
    coding::Coding,
    document::{Document, SpeakerRole, Turn},
    ids::CaseId,
    text::TextRange,
};

/// By which of the two codings are given to cases.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Attribution {
    /// Whom a passage is about.
    #[default]
    Concerned,
    /// Who says it.
    Informant,
}

impl Attribution {
    /// Its value in JSON and on the command line.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Concerned => "concerned",
            Self::Informant => "informant",
        }
    }
}

/// Why a coding is given to those whom it is given to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ground {
    /// The coder named them.
    Named,
    /// They speak.
    Speaking,
    /// The document is of nobody else.
    Document,
    /// There is none: the coding is not attributed.
    None,
}

impl Ground {
    /// Its value in files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Named => "named",
            Self::Speaking => "speaking",
            Self::Document => "document",
            Self::None => "none",
        }
    }
}

/// Who speaks in a document, and whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct People {
    /// The person that each speaker is; `None` for those who ask and those whom nobody has linked.
    pub persons: Vec<Option<CaseId>>,
    /// The document's only person or family.
    pub only: Option<CaseId>,
    /// Whether the only person is taken to speak, since the document names no speaker at all, as a diary does.
    speaks_alone: bool,
}

impl People {
    /// The people of a document.
    pub fn of(project: &Project, document: &Document) -> Self {
        let only = only_case(project, document);
        let is_person = only.is_some_and(|id| {
            let case = project.cases.get(&id);
            case.is_some_and(|case| case.kind == CaseKind::person())
        });
        Self {
            persons: document
                .speakers
                .iter()
                .map(|speaker| {
                    let answers = speaker.role == SpeakerRole::Participant;
                    speaker.case.filter(|_| answers)
                })
                .collect(),
            only,
            speaks_alone: is_person && document.speakers.is_empty(),
        }
    }

    /// The persons whose turns a passage touches, without those who ask.
    pub fn informants(&self, turns: &[Turn], passage: TextRange) -> BTreeSet<CaseId> {
        let speakers = speakers_in(turns, passage);
        let mut found: BTreeSet<CaseId> = speakers
            .filter_map(|speaker| *self.persons.get(speaker)?)
            .collect();
        found.extend(self.only.filter(|_| self.speaks_alone));
        found
    }

    /// Whom a passage is about, by those whom the coder named, and why it is theirs.
    pub fn concerned(
        &self,
        named: &BTreeSet<CaseId>,
        turns: &[Turn],
        passage: TextRange,
    ) -> (BTreeSet<CaseId>, Ground) {
        if !named.is_empty() {
            return (named.clone(), Ground::Named);
        }
        let informants = self.informants(turns, passage);
        if !informants.is_empty() {
            return (informants, Ground::Speaking);
        }
        let ground = self.only.map_or(Ground::None, |_| Ground::Document);
        (self.only.into_iter().collect(), ground)
    }

    /// The cases that a coding is given to.
    pub fn cases_of(
        &self,
        coding: &Coding,
        turns: &[Turn],
        attribution: Attribution,
    ) -> BTreeSet<CaseId> {
        match attribution {
            Attribution::Concerned => self.concerned(&coding.about, turns, coding.range).0,
            Attribution::Informant => self.informants(turns, coding.range),
        }
    }

    /// The only case, if codings that nobody speaks are given to it.
    pub fn otherwise(&self, attribution: Attribution) -> Option<CaseId> {
        match attribution {
            Attribution::Concerned => self.only,
            Attribution::Informant => self.only.filter(|_| self.speaks_alone),
        }
    }
}

/// The case that a document belongs to alone, or else the only person of the one family that it belongs to, or else
/// that family.
fn only_case(project: &Project, document: &Document) -> Option<CaseId> {
    let mut cases = document.cases.iter().copied();
    let first = cases.next()?;
    if cases.len() == 0 {
        return Some(first);
    }
    let family = project.family_of(first);
    if cases.any(|case| project.family_of(case) != family) {
        return None;
    }
    let persons = document.cases.iter().filter(|id| {
        let case = project.cases.get(id);
        case.is_some_and(|case| case.kind == CaseKind::person())
    });
    match persons.collect::<Vec<_>>().as_slice() {
        [person] => Some(**person),
        _ => Some(family),
    }
}

/// Turns that share a character with a passage.
pub fn turns_in(turns: &[Turn], passage: TextRange) -> impl Iterator<Item = (usize, &Turn)> {
    // Turns do not overlap and are in order, so those of a passage are next to one another.
    let first = turns.partition_point(|turn| turn.range.end() <= passage.start());
    turns
        .iter()
        .enumerate()
        .skip(first)
        .take_while(move |(_, turn)| turn.range.start() < passage.end())
        .filter(move |(_, turn)| turn.range.overlaps(passage))
}

/// The speakers of the turns that share a character with a passage.
pub fn speakers_in(turns: &[Turn], passage: TextRange) -> impl Iterator<Item = usize> {
    turns_in(turns, passage)
        .filter_map(|(_, turn)| turn.speaker)
        .map(usize::from)
}
