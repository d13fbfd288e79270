//! The things of a study that refer to others: memos, links and sets.

use std::{collections::BTreeSet, sync::Arc};

use super::StudyImporter;
use crate::{
    import::loss::Lost,
    log::change::{Change, Edit},
    model::{
        memo::{Anchor, Link, Memo},
        set::Set,
    },
};

impl StudyImporter<'_, '_> {
    /// Imports memos; a memo on another one comes after it, whatever their order in the study.
    pub(super) fn memos(&mut self, memos: Vec<Memo>) {
        let mut waiting = memos;
        loop {
            let before = waiting.len();
            waiting.retain(|memo| !self.memo(memo));
            if waiting.is_empty() || waiting.len() == before {
                break;
            }
        }
        for memo in waiting {
            self.losses.note(Lost::LinkEnd, memo.title);
        }
    }

    /// Imports a memo; returns false if what it is on was not imported yet.
    fn memo(&mut self, memo: &Memo) -> bool {
        let coder = self.map.coders.get(&memo.coder).copied();
        let Some((anchor, coder)) = self.map.anchor(memo.anchor).zip(coder) else {
            return false;
        };
        let known = self.base.memos.values().find(|own| {
            own.id == memo.id
                || (own.anchor == anchor && own.title == memo.title && own.body == memo.body)
        });
        if let Some(known) = known {
            self.map.memos.insert(memo.id, known.id);
            self.counts.memos.known += 1;
            return true;
        }
        self.map.memos.insert(memo.id, memo.id);
        self.counts.memos.added += 1;
        self.tx.record(Change::MemoAdded(Box::new(Memo {
            anchor,
            coder,
            ..memo.clone()
        })));
        true
    }

    pub(super) fn link(&mut self, mut link: Link) {
        let Some((from, to)) = self.map.anchor(link.from).zip(self.map.anchor(link.to)) else {
            self.losses.note(Lost::LinkEnd, link.name);
            return;
        };
        (link.from, link.to) = (from, to);
        let known = self.base.links.values().any(|own| {
            own.id == link.id || (own.from == from && own.to == to && own.name == link.name)
        });
        if known {
            self.counts.links.known += 1;
            return;
        }
        self.counts.links.added += 1;
        self.tx.record(Change::LinkAdded(link));
    }

    /// A set is known by identity or name; members that it hasn't yet are added.
    pub(super) fn set(&mut self, mut set: Set) {
        let members = set.members.iter();
        let members: BTreeSet<Anchor> = members
            .filter_map(|member| self.map.anchor(*member))
            .collect();
        for _ in members.len()..set.members.len() {
            self.losses.note(Lost::SetMember, set.name.clone());
        }
        let base = Arc::clone(&self.base);
        let by_name = || base.sets.values().find(|own| own.name == set.name);
        let Some(known) = base.sets.get(&set.id).or_else(by_name) else {
            set.members = members;
            self.counts.sets.added += 1;
            self.tx.record(Change::SetAdded(set));
            return;
        };
        self.counts.sets.known += 1;
        let to = Set {
            members: known.members.union(&members).copied().collect(),
            ..known.clone()
        };
        let edit = Edit::if_different(known, to);
        let change = edit.map(|edit| Change::SetEdited {
            set: known.id,
            edit,
        });
        self.tx.record_all(change);
    }
}
