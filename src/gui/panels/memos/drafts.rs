//! Memos that were begun and put aside.

use crate::{
    app::drafts::MemoDraft,
    model::{ids::MemoId, memo::Anchor},
};

/// The drafts, the latest last; of each memo, and of new ones about each thing, there is one.
#[derive(Debug, Clone, Default)]
pub(in crate::gui) struct MemoDrafts(Vec<MemoDraft>);

impl MemoDrafts {
    pub(in crate::gui) fn new(drafts: Vec<MemoDraft>) -> Self {
        Self(drafts)
    }

    /// Adds a draft in place of an earlier one.
    pub(in crate::gui) fn add(&mut self, draft: Option<MemoDraft>) {
        let Some(draft) = draft else { return };
        self.0
            .retain(|other| (other.memo, other.anchor) != (draft.memo, draft.anchor));
        self.0.push(draft);
    }

    /// Takes out the draft of a memo, or of a new one about something.
    pub(in crate::gui) fn take(
        &mut self,
        memo: Option<MemoId>,
        anchor: Anchor,
    ) -> Option<MemoDraft> {
        let is_it = |draft: &MemoDraft| (draft.memo, draft.anchor) == (memo, anchor);
        let at = self.0.iter().position(is_it)?;
        Some(self.0.remove(at))
    }

    /// The latest draft.
    pub(in crate::gui) fn last(&self) -> Option<&MemoDraft> {
        self.0.last()
    }

    pub(in crate::gui) fn all(&self) -> &[MemoDraft] {
        &self.0
    }
}
