//! Users as coders.

use std::collections::{BTreeMap, BTreeSet};

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

/// Who coded and wrote, as far as the file says.
pub(super) struct Coders {
    coders: Vec<Coder>,
    known: BTreeMap<CoderId, usize>,
    names: BTreeSet<String>,
    /// Who stands in where nobody is named.
    fallback: Option<CoderId>,
}

impl Coders {
    /// Those listed in a project. Where nobody is named, who made the project stands in, or the only user.
    pub(super) fn read(root: Element<'_>, losses: &mut Losses) -> Self {
        let mut own = Self {
            coders: Vec::new(),
            known: BTreeMap::new(),
            names: BTreeSet::new(),
            fallback: None,
        };
        for user in root.listed("Users", "User") {
            let id = Id::from_u128(values::identity(user));
            let name = user.some("name").or_else(|| user.some("id"));
            if let Some((from, to)) = own.add(id, name) {
                losses.note(Lost::Renamed, format!("{from} → {to}"));
            }
        }
        let maker = values::reference(root, "creatingUserGUID")
            .map(Id::from_u128)
            .filter(|id| own.known.contains_key(id));
        let only = match &own.coders[..] {
            [only] => Some(only.id),
            _ => None,
        };
        own.fallback = maker.or(only);
        own
    }

    /// Adds a coder; the name that was wanted and the one given, where they differ.
    fn add(&mut self, id: CoderId, name: Option<&str>) -> Option<(String, String)> {
        if self.known.contains_key(&id) {
            return None;
        }
        let wanted = name.map_or_else(
            || {
                format!(
                    "coder {}",
                    id.to_string().chars().take(8).collect::<String>()
                )
            },
            str::to_owned,
        );
        let numbered = |number: u32| {
            if number == 1 {
                wanted.clone()
            } else {
                format!("{wanted} ({number})")
            }
        };
        let name = (1..)
            .map(numbered)
            .find(|name| !self.names.contains(name))
            .unwrap_or_default();
        self.names.insert(name.clone());
        self.known.insert(id, self.coders.len());
        let renamed = (name != wanted).then(|| (wanted, name.clone()));
        self.coders.push(Coder { id, name });
        renamed
    }

    /// The first of these users that is named at all. One that isn't listed is added under the beginning of the GUID.
    pub(super) fn of(&mut self, users: &[Option<&str>]) -> CoderId {
        let named = users
            .iter()
            .flatten()
            .find_map(|user| user.trim().parse::<CoderId>().ok());
        if let Some(id) = named {
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

    /// Who wrote words of which the file can't say it: as [`Self::of`], but the first user rather than nobody known.
    pub(super) fn writer(&mut self, users: &[Option<&str>]) -> CoderId {
        let named = users
            .iter()
            .flatten()
            .any(|user| user.trim().parse::<CoderId>().is_ok());
        match self.coders.first() {
            Some(first) if !named && self.fallback.is_none() => first.id,
            _ => self.of(users),
        }
    }

    /// All of them.
    pub(super) fn all(self) -> Vec<Coder> {
        self.coders
    }
}
