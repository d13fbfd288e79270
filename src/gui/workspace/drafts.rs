//! What was begun in a project and not saved: collected while one writes, and offered when the project is opened again.

use super::Workspace;
use crate::{
    app::{
        drafts::{Drafts, MemoDraft},
        settings::View,
    },
    gui::{
        notice::{Notice, Offer},
        panels::memos::{MemoDrafts, Writer},
        strings,
    },
    model::{
        ids::DocumentId,
        memo::{Anchor, MemoKind},
    },
};

impl Workspace {
    /// What isn't saved by now, open or put aside.
    pub(in crate::gui) fn drafts(&self) -> Drafts {
        let pages = &self.pages;
        let writer = self.windows.writer.as_ref();
        let open = writer.and_then(Writer::draft).or(pages.memos.unsaved());
        let aside = pages.memos.drafts.all().iter().cloned();
        Drafts {
            memos: aside.chain(open).chain(self.noted_beside()).collect(),
            codes: pages.codebook.unsaved(),
            query: pages.search.query.clone(),
        }
    }

    /// The memos begun on codings in the inspector.
    fn noted_beside(&self) -> Vec<MemoDraft> {
        let project = self.session.project();
        let document_of = |coding| {
            let documents = project.documents.values();
            let mut with = documents
                .filter(|document| document.codings.iter().any(|other| other.id == coding));
            with.next().map(|document| document.id)
        };
        let begun = self.pages.read.memos.iter();
        begun
            .filter(|(_, words)| !words.trim().is_empty())
            .filter_map(|(coding, words)| {
                let document: DocumentId = document_of(*coding)?;
                Some(MemoDraft {
                    memo: None,
                    anchor: Anchor::Coding(document, *coding),
                    kind: MemoKind::Analytic,
                    title: String::new(),
                    body: words.clone(),
                })
            })
            .collect()
    }

    /// Takes over the drafts of an earlier time; returns a notice if there are any texts.
    pub(in crate::gui) fn restore(&mut self, drafts: Drafts) -> Option<Notice> {
        let has_texts = drafts.has_texts();
        self.pages.memos.drafts = MemoDrafts::new(drafts.memos);
        self.pages.codebook.restore(drafts.codes);
        if self.pages.search.query.is_empty() {
            self.pages.search.query = drafts.query;
        }
        has_texts.then(|| {
            Notice::problem(|language| language.say(strings::DRAFTS_KEPT).to_owned())
                .offering(Offer::ShowDrafts)
        })
    }

    /// Puts a memo aside that was left without saving it.
    pub(super) fn put_left_aside(&mut self) {
        let left = self.windows.take_left();
        self.pages.memos.drafts.add(left);
    }

    /// Opens the window for a new memo, with what was begun of it.
    pub(super) fn write_memo(&mut self, anchor: Anchor) {
        let draft = self.pages.memos.drafts.take(None, anchor);
        let before = self.windows.write(Writer::new(anchor).with(draft));
        self.pages.memos.drafts.add(before);
    }

    /// Opens what was begun last.
    pub(super) fn show_drafts(&mut self) {
        let project = self.session.project();
        match self.pages.memos.drafts.last() {
            Some(MemoDraft {
                memo: Some(memo), ..
            }) => {
                let memo = *memo;
                self.pages.go(View::Memos);
                self.pages.memos.edit(project, memo);
            }
            Some(MemoDraft { anchor, .. }) => {
                let anchor = *anchor;
                self.write_memo(anchor);
            }
            None => {
                if let Some(code) = self.pages.codebook.drafted() {
                    self.pages.go(View::Read);
                    self.pages.codebook.open_editor(project, code);
                }
            }
        }
    }
}
