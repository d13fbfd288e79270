//! Users as coders.

use std::collections::BTreeSet;

use super::{values, xml::Element};
use crate::{
    import::{
        loss::{Losses, Lost},
        study::derived,
    },
    model::{
        coder::Coder,
        ids::{CoderId, Id},
    },
};

/// The coders that a file names.
pub(super) struct CoderList {
    coders: Vec<Coder>,
    ids: BTreeSet<CoderId>,
    names: BTreeSet<String>,
    /// The coder where the file names none.
    fallback: Option<CoderId>,
}

/// A name that had to be changed because another coder has it.
struct Renamed {
    from: String,
    to: String,
}

impl CoderList {
    /// Reads the users of a project; where none is named, its creator stands in, or else its only user.
    pub(super) fn read(root: Element<'_>, losses: &mut Losses) -> Self {
        let mut list = Self {
            coders: Vec::new(),
            ids: BTreeSet::new(),
            names: BTreeSet::new(),
            fallback: None,
        };
        for user in root.listed("Users", "User") {
            let id = Id::from_u128(values::identity(user));
            let name = user.some("name").or_else(|| user.some("id"));
            if let Some(Renamed { from, to }) = list.add(id, name) {
                losses.note(Lost::Renamed, format!("{from} → {to}"));
            }
        }
        let creator = values::reference(root, "creatingUserGUID")
            .map(Id::from_u128)
            .filter(|id| list.ids.contains(id));
        let only = match &list.coders[..] {
            [only] => Some(only.id),
            _ => None,
        };
        list.fallback = creator.or(only);
        list
    }

    /// Adds a coder under a name that no other coder has.
    fn add(&mut self, id: CoderId, name: Option<&str>) -> Option<Renamed> {
        if !self.ids.insert(id) {
            return None;
        }
        let from = match name {
            Some(name) => name.to_owned(),
            None => {
                let short: String = id.to_string().chars().take(8).collect();
                format!("coder {short}")
            }
        };
        let mut name = from.clone();
        let mut number = 1;
        while !self.names.insert(name.clone()) {
            number += 1;
            name = format!("{from} ({number})");
        }
        self.coders.push(Coder::new(id, name.clone()));
        (name != from).then_some(Renamed { from, to: name })
    }

    /// The first of some users that is named; one that isn't listed is added under the beginning of its GUID.
    pub(super) fn of(&mut self, users: &[Option<&str>]) -> CoderId {
        if let Some(id) = first_named(users) {
            self.add(id, None);
            return id;
        }
        if let Some(id) = self.fallback {
            return id;
        }
        let unknown = derived(&["refi", "unknown coder"]);
        self.add(unknown, Some("unknown"));
        self.fallback = Some(unknown);
        unknown
    }

    /// The author of a text; unlike for a coding, the first user stands in rather than an unknown coder.
    pub(super) fn writer(&mut self, users: &[Option<&str>]) -> CoderId {
        match self.coders.first() {
            Some(first) if first_named(users).is_none() && self.fallback.is_none() => first.id,
            _ => self.of(users),
        }
    }

    /// All coders.
    pub(super) fn all(self) -> Vec<Coder> {
        self.coders
    }
}

fn first_named(users: &[Option<&str>]) -> Option<CoderId> {
    users
        .iter()
        .flatten()
        .find_map(|user| user.trim().parse().ok())
}
