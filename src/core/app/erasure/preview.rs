//! What an erasure does, for people to read before they decide, and for the certificate afterwards.

use std::path::PathBuf;

use super::{
    mask::Mask,
    reading::Reading,
    rewriting::is_named,
    scope::{Scope, Touched},
};
use crate::{
    app::{AppError, encryption::copies, pseudonyms::vault::has_table},
    model::{
        Project,
        document::Turn,
        erasure::BLANK,
        ids::{CaseId, DocumentId},
    },
    store::{ProjectFile, backups_of},
};

/// What an erasure does.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ErasurePreview {
    /// The cases whose names and values go, with their names.
    pub cases: Vec<(CaseId, String)>,
    /// The documents with words that go, by title.
    pub documents: Vec<TextLoss>,
    /// Documents of the participant and others in which no speaker is the participant: nothing of them goes.
    pub unlinked: Vec<String>,
    /// Codings that are removed: nothing but words that go is in them.
    pub codings: usize,
    /// Codings that stay, with blanks in them.
    pub cut_codings: usize,
    /// Memos that are removed.
    pub memos: usize,
    /// Links that are removed.
    pub links: usize,
    /// Values of attributes that are removed.
    pub values: usize,
    /// Attached files that go: those that bear the name.
    pub attachments: Vec<String>,
    /// Attached files that stay; nobody knows whose they are.
    pub attachments_left: usize,
    /// Entries of the log whose words are overwritten.
    pub entries: usize,
    /// Places elsewhere that quote what was said, and are blanked.
    pub quotes: usize,
    /// Documents and memos that stay and have the name in them.
    pub mentions: usize,
    /// Backups that are overwritten.
    pub backups: usize,
    /// Whether there is a table of pseudonyms, which only its own passphrase opens.
    pub has_pseudonyms: bool,
    /// Copies that a repair or a restoration has left.
    pub copies: Vec<PathBuf>,
}

/// What goes of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextLoss {
    /// The document.
    pub document: DocumentId,
    /// Its title.
    pub title: String,
    /// Whether all of its words go.
    pub is_whole: bool,
    /// Whether it was removed from the project before; its words are in the file all the same.
    pub is_removed: bool,
    /// How many code points of the text go.
    pub characters: u64,
    /// How many turns.
    pub turns: u64,
}

impl ErasurePreview {
    pub(super) fn of(
        file: &ProjectFile,
        reading: &Reading,
        scope: &Scope,
    ) -> Result<Self, AppError> {
        let project = &reading.project;
        let present = |case: &&CaseId| project.cases.contains_key(case);
        let cases = scope.cases.iter().filter(present);
        let cases: Vec<(CaseId, String)> = cases
            .filter_map(|id| Some((*id, project.cases.get(id)?.name.clone())))
            .collect();
        let mut documents: Vec<TextLoss> = scope
            .documents
            .values()
            .map(|touched| loss(project, touched))
            .collect();
        documents.sort_by(|a, b| (a.is_removed, &a.title).cmp(&(b.is_removed, &b.title)));
        let values = cases.iter().filter_map(|(id, _)| project.cases.get(id));
        let values: usize = values.map(|case| case.values.len()).sum();
        let of_documents = documents.iter().filter(|loss| loss.is_whole);
        let of_documents = of_documents.filter_map(|loss| project.documents.get(&loss.document));
        let values = values + of_documents.map(|own| own.values.len()).sum::<usize>();
        let codings = |is_inside: bool| {
            let own = project.documents.values().flat_map(|own| &own.codings);
            own.filter(|coding| scope.codings.get(&coding.id) == Some(&is_inside))
                .count()
        };
        let links = project.links.values();
        let links =
            links.filter(|link| is_on(scope, project, link.from) || is_on(scope, project, link.to));
        let (named, others): (Vec<_>, Vec<_>) = project
            .attachments
            .values()
            .partition(|attached| is_named(scope, attached));
        Ok(Self {
            codings: codings(true),
            cut_codings: codings(false),
            memos: project
                .memos
                .keys()
                .filter(|id| scope.memos.contains(id))
                .count(),
            links: links.count(),
            values,
            attachments: named.into_iter().map(|own| own.name.clone()).collect(),
            attachments_left: others.len(),
            mentions: mentions(file, project, scope)?,
            backups: backups_of(file.path()).len(),
            has_pseudonyms: has_table(file.path()),
            copies: copies(file.path()),
            unlinked: scope.unlinked.clone(),
            cases,
            documents,
            ..Self::default()
        })
    }

    /// How many code points of texts go.
    pub fn characters(&self) -> u64 {
        self.documents.iter().map(|loss| loss.characters).sum()
    }

    /// How many turns go.
    pub fn turns(&self) -> u64 {
        self.documents.iter().map(|loss| loss.turns).sum()
    }

    /// The documents of which only some words go, or all.
    pub fn documents_of(&self, is_whole: bool) -> impl Iterator<Item = &TextLoss> {
        let all = self.documents.iter();
        all.filter(move |loss| loss.is_whole == is_whole)
    }
}

/// Returns true if an anchor is on something that goes, in the project as it is.
pub(super) fn is_on(scope: &Scope, project: &Project, anchor: crate::model::memo::Anchor) -> bool {
    let document = anchor.document().and_then(|id| project.documents.get(&id));
    scope.has(anchor, document.map(AsRef::as_ref))
}

fn loss(project: &Project, touched: &Touched) -> TextLoss {
    let text = touched.content.text.as_str();
    let mut ranges = touched.ranges.iter().peekable();
    let goes = (0..).zip(text.chars()).filter(|(at, c)| {
        while ranges.next_if(|range| range.end() <= *at).is_some() {}
        ranges.peek().is_some_and(|range| range.start() <= *at) && *c != '\n' && *c != BLANK
    });
    let is_blank = |turn: &&Turn| {
        let words = touched.content.text.slice(turn.range).unwrap_or_default();
        words.chars().all(|c| c == BLANK || c == '\n')
    };
    let turns = touched.content.turns.iter().filter(|turn| {
        touched.ranges.iter().any(|own| own.contains(turn.range)) && !is_blank(turn)
    });
    TextLoss {
        document: touched.document.id,
        title: touched.document.title.clone(),
        is_whole: touched.mask == Mask::Whole,
        is_removed: !project.documents.contains_key(&touched.document.id),
        characters: goes.count() as u64,
        turns: turns.count() as u64,
    }
}

/// How many documents and memos that stay have one of the names in them.
fn mentions(file: &ProjectFile, project: &Project, scope: &Scope) -> Result<usize, AppError> {
    let named = |words: &str| scope.names.iter().any(|name| words.contains(name.as_str()));
    if scope.names.is_empty() {
        return Ok(0);
    }
    let mut count = 0;
    for document in project.documents.values() {
        if scope.is_whole(document.id) {
            continue;
        }
        let text = file.content(document.source.text)?;
        let mut text = String::from_utf8_lossy(&text).into_owned();
        if let Some(touched) = scope.documents.get(&document.id) {
            text = touched.mask.imported(&text);
        }
        let edits = document.history.edits().iter();
        let is_named = named(&document.title)
            || named(&text)
            || (!scope.documents.contains_key(&document.id)
                && edits.map(|edit| edit.words.as_str()).any(named));
        count += usize::from(is_named);
    }
    let memos = project
        .memos
        .values()
        .filter(|memo| !scope.memos.contains(&memo.id));
    Ok(count
        + memos
            .filter(|memo| named(&memo.title) || named(&memo.body))
            .count())
}
