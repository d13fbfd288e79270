//! What goes: the participant's documents, turns, codings and memos, at present and at any time before.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    mask::{Mask, Passages},
    quotes::Quotes,
    reading::Reading,
    request::ErasureRequest,
};
use crate::{
    app::AppError,
    log::change::{CaseEdit, Change, DocumentEdit},
    model::{
        Project,
        document::{Content, Document, Speaker, SpeakerIndex, SpeakerRole, turn_table},
        ids::{CaseId, CodingId, DocumentId, MemoId},
        memo::Anchor,
        text::{DocumentText, TextRange},
    },
    store::{ProjectFile, StoreError},
};

/// A document with words that go.
#[derive(Debug)]
pub(super) struct Touched {
    /// The document, as it was last.
    pub(super) document: Document,
    /// Its imported text.
    pub(super) imported: DocumentText,
    /// Its current text and turns.
    pub(super) content: Content,
    /// What goes.
    pub(super) mask: Mask,
    /// What goes, in the current text.
    pub(super) ranges: Vec<TextRange>,
    /// Labels of those whose words go.
    pub(super) labels: BTreeSet<String>,
}

/// All that goes.
#[derive(Debug)]
pub(super) struct Scope {
    /// The participant, and the cases below.
    pub(super) cases: BTreeSet<CaseId>,
    /// The documents with words that go.
    pub(super) documents: BTreeMap<DocumentId, Touched>,
    /// Documents of the participant and others in which nobody says whose the turns are.
    pub(super) unlinked: Vec<String>,
    /// Codings with words that go, and whether they have no others.
    pub(super) codings: BTreeMap<CodingId, bool>,
    /// Memos on what goes.
    pub(super) memos: BTreeSet<MemoId>,
    /// Names of the cases, and titles of the documents that go whole, as they were called at any time.
    pub(super) names: BTreeSet<String>,
    /// What was said.
    pub(super) quotes: Quotes,
}

impl Scope {
    /// Finds out what goes.
    ///
    /// # Errors
    /// When a text can't be read: what can't be read can't be erased.
    pub(super) fn of(
        file: &ProjectFile,
        reading: &Reading,
        request: &ErasureRequest,
    ) -> Result<Self, AppError> {
        let cases = with_those_below(reading, &request.cases);
        let mut scope = Self {
            documents: BTreeMap::new(),
            unlinked: Vec::new(),
            codings: BTreeMap::new(),
            memos: BTreeSet::new(),
            names: BTreeSet::new(),
            quotes: Quotes::default(),
            cases,
        };
        for document in reading.documents() {
            scope.add_document(file, &reading.project, document, request)?;
        }
        scope.add_codings(reading);
        scope.add_memos(reading);
        scope.add_names(reading);
        scope.add_labels(reading);
        let mut pieces: Vec<String> = Vec::new();
        for touched in scope.documents.values() {
            pieces.extend(touched.said().into_iter().map(str::to_owned));
            pieces.extend(touched.said_before(file)?);
        }
        scope.quotes = Quotes::of(pieces.iter().map(String::as_str));
        Ok(scope)
    }

    fn add_document(
        &mut self,
        file: &ProjectFile,
        project: &Project,
        document: &Document,
        request: &ErasureRequest,
    ) -> Result<(), AppError> {
        let speaks =
            |speaker: &Speaker| speaker.case.is_some_and(|case| self.cases.contains(&case));
        let is_whole = request.documents.contains(&document.id)
            || is_theirs_alone(project, document, &self.cases);
        let imported = request.passages.get(&document.id);
        if !is_whole && imported.is_none() && !document.speakers.iter().any(speaks) {
            if !self.cases.is_disjoint(&document.cases) {
                self.unlinked.push(document.title.clone());
            }
            return Ok(());
        }
        let (text, content) = read(file, document)?;
        let (mask, labels) = if is_whole {
            let labels = document.speakers.iter();
            (
                Mask::Whole,
                labels.map(|speaker| speaker.label.clone()).collect(),
            )
        } else {
            let theirs: BTreeSet<SpeakerIndex> = (0..)
                .zip(&document.speakers)
                .filter(|(_, speaker)| speaks(speaker))
                .map(|(number, _)| number)
                .collect();
            let turns = content.turns.iter();
            let turns = turns.filter(|turn| turn.speaker.is_some_and(|own| theirs.contains(&own)));
            let now: Vec<TextRange> = turns.map(|turn| turn.range).collect();
            let imported = imported.map_or(&[][..], Vec::as_slice);
            let labels = document.speakers.iter().filter(|own| speaks(own));
            (
                Mask::Passages(Passages::of(document, &now, imported)),
                labels.map(|speaker| speaker.label.clone()).collect(),
            )
        };
        let ranges = mask.ranges_in(document);
        let touched = Touched {
            document: document.clone(),
            imported: text,
            content,
            mask,
            ranges,
            labels,
        };
        self.documents.insert(document.id, touched);
        Ok(())
    }

    /// What goes in a document as it is at some moment; empty if it isn't touched.
    fn ranges_in(&self, document: &Document) -> Vec<TextRange> {
        let touched = self.documents.get(&document.id);
        touched.map_or_else(Vec::new, |touched| touched.mask.ranges_in(document))
    }

    fn add_codings(&mut self, reading: &Reading) {
        let mut found = BTreeMap::new();
        for document in reading
            .documents()
            .filter(|own| self.documents.contains_key(&own.id))
        {
            let ranges = self.ranges_in(document);
            for coding in &document.codings {
                if let Some(is_inside) = overlap(&ranges, coding.range) {
                    found.insert(coding.id, is_inside);
                }
            }
        }
        for (document, coding) in &reading.gone_codings {
            if !found.contains_key(&coding.id)
                && let Some(is_inside) = overlap(&self.ranges_in(document), coding.range)
            {
                found.insert(coding.id, is_inside);
            }
        }
        self.codings = found;
    }

    fn add_memos(&mut self, reading: &Reading) {
        // A memo on a memo that goes, goes too: until there are no more.
        loop {
            let found: BTreeSet<MemoId> = reading
                .memos()
                .filter(|(_, anchor, document)| self.has(*anchor, *document))
                .map(|(memo, ..)| memo.id)
                .collect();
            if found.len() == self.memos.len() {
                return;
            }
            self.memos = found;
        }
    }

    /// Returns true if something of what goes is at an anchor; passages are those of the document as it was then.
    pub(super) fn has(&self, anchor: Anchor, then: Option<&Document>) -> bool {
        match anchor {
            Anchor::Document(id) => self.is_whole(id),
            Anchor::Segment(id, range) => match (self.documents.get(&id), then) {
                (Some(touched), None) => touched.mask == Mask::Whole,
                (Some(_), Some(then)) => {
                    let ranges = self.ranges_in(then);
                    self.is_whole(id) || ranges.iter().any(|own| own.overlaps(range))
                }
                (None, _) => false,
            },
            Anchor::Case(id) | Anchor::Cell(id, _) => self.cases.contains(&id),
            Anchor::Coding(document, id) => {
                self.is_whole(document) || self.codings.contains_key(&id)
            }
            Anchor::Memo(id) => self.memos.contains(&id),
            Anchor::Project | Anchor::Code(_) => false,
        }
    }

    /// Returns true if nothing of a document's words stays.
    pub(super) fn is_whole(&self, id: DocumentId) -> bool {
        let touched = self.documents.get(&id);
        touched.is_some_and(|touched| touched.mask == Mask::Whole)
    }

    fn add_names(&mut self, reading: &Reading) {
        let mut names = BTreeSet::new();
        for change in reading.entries.iter().flat_map(|entry| &entry.changes) {
            match change {
                Change::CaseAdded(case) | Change::CaseRemoved(case)
                    if self.cases.contains(&case.id) =>
                {
                    names.insert(case.name.clone());
                }
                Change::CaseEdited {
                    case,
                    edit: CaseEdit::Name(name),
                } if self.cases.contains(case) => {
                    names.extend([name.from.clone(), name.to.clone()]);
                }
                Change::DocumentAdded(document) | Change::DocumentRemoved(document)
                    if self.is_whole(document.id) =>
                {
                    names.insert(document.title.clone());
                }
                Change::DocumentEdited {
                    document,
                    edit: DocumentEdit::Title(title),
                } if self.is_whole(*document) => {
                    names.extend([title.from.clone(), title.to.clone()]);
                }
                _ => {}
            }
        }
        // A name that somebody else has too, or of one letter, is no trace.
        let others = reading
            .cases()
            .filter(|case| !self.cases.contains(&case.id));
        let others: BTreeSet<&str> = others.map(|case| case.name.as_str()).collect();
        names.retain(|name| name.chars().count() > 1 && !others.contains(name.as_str()));
        self.names = names;
    }

    /// Adds the labels that speakers whose words go have had before.
    fn add_labels(&mut self, reading: &Reading) {
        for change in reading
            .entries
            .iter()
            .rev()
            .flat_map(|entry| entry.changes.iter().rev())
        {
            let (document, speakers) = match change {
                Change::DocumentAdded(document) | Change::DocumentRemoved(document) => {
                    (document.id, document.speakers.iter().collect::<Vec<_>>())
                }
                Change::DocumentEdited {
                    document,
                    edit: DocumentEdit::Turns(edit),
                } => {
                    let (from, to) = (edit.from.speakers.iter(), edit.to.speakers.iter());
                    (*document, from.chain(to).collect())
                }
                Change::DocumentEdited {
                    document,
                    edit: DocumentEdit::SpeakerLabel { label, .. },
                } => {
                    if let Some(touched) = self.documents.get_mut(document)
                        && touched.labels.contains(&label.to)
                    {
                        touched.labels.insert(label.from.clone());
                    }
                    continue;
                }
                _ => continue,
            };
            let theirs = speakers
                .into_iter()
                .filter(|speaker| speaker.case.is_some_and(|case| self.cases.contains(&case)));
            let labels: Vec<String> = theirs.map(|speaker| speaker.label.clone()).collect();
            if let Some(touched) = self.documents.get_mut(&document) {
                touched.labels.extend(labels);
            }
        }
        let cases = &self.cases;
        for touched in self
            .documents
            .values_mut()
            .filter(|own| own.mask != Mask::Whole)
        {
            let others = touched
                .document
                .speakers
                .iter()
                .filter(|speaker| speaker.case.is_none_or(|case| !cases.contains(&case)));
            let others: BTreeSet<&String> = others.map(|speaker| &speaker.label).collect();
            touched.labels.retain(|label| !others.contains(label));
        }
    }
}

impl Touched {
    fn asks(&self, number: Option<SpeakerIndex>) -> bool {
        let speaker = number.and_then(|number| self.document.speakers.get(usize::from(number)));
        speaker.is_some_and(|speaker| speaker.role == SpeakerRole::Interviewer)
    }

    /// What they said in the words of before the corrections, and in those of corrections.
    fn said_before(&self, file: &ProjectFile) -> Result<Vec<String>, StoreError> {
        let history = &self.document.history;
        if history.is_untouched() {
            return Ok(Vec::new());
        }
        let turns = turn_table::decode(&file.content(self.document.source.turns)?);
        let mut said: Vec<String> = Vec::new();
        for turn in turns.unwrap_or_default() {
            let goes = match &self.mask {
                Mask::Whole => self.document.revision.is_some() || !self.asks(turn.speaker),
                Mask::Passages(passages) => {
                    passages.base.iter().any(|own| own.overlaps(turn.said()))
                }
            };
            let words = self.imported.slice(turn.said()).filter(|_| goes);
            said.extend(words.map(str::to_owned));
        }
        for (number, edit) in (0..).zip(history.edits()) {
            // What goes of a correction's words is what is blank without it.
            let left = self.mask.words(Some(number), &edit.words);
            if left != edit.words {
                said.push(edit.words.clone());
            }
        }
        Ok(said)
    }

    /// What the participants among the words that go have said; what an interviewer asks is often asked elsewhere too.
    fn said(&self) -> Vec<&str> {
        let asks = |number: Option<SpeakerIndex>| self.asks(number);
        let turns = self.content.turns.iter().filter(|turn| !asks(turn.speaker));
        let turns = turns.filter(|turn| self.ranges.iter().any(|own| own.contains(turn.range)));
        turns
            .filter_map(|turn| self.content.text.slice(turn.said()))
            .collect()
    }
}

/// Cases, and those below them now or when they were removed.
fn with_those_below(reading: &Reading, chosen: &BTreeSet<CaseId>) -> BTreeSet<CaseId> {
    let mut cases = chosen.clone();
    loop {
        let below = reading.cases().filter(|case| {
            case.parent.is_some_and(|parent| cases.contains(&parent)) && !cases.contains(&case.id)
        });
        let below: Vec<CaseId> = below.map(|case| case.id).collect();
        if below.is_empty() {
            return cases;
        }
        cases.extend(below);
    }
}

/// Returns true if a document belongs to these cases alone, or nobody else answers in it and it belongs to no others
/// than these and those above them.
fn is_theirs_alone(project: &Project, document: &Document, cases: &BTreeSet<CaseId>) -> bool {
    if !document.cases.is_empty() && document.cases.is_subset(cases) {
        return true;
    }
    let mut answering = document
        .speakers
        .iter()
        .filter(|speaker| speaker.role == SpeakerRole::Participant)
        .peekable();
    let is_above = |above: &CaseId| {
        cases
            .iter()
            .any(|case| project.case_is_within(*case, *above))
    };
    answering.peek().is_some()
        && answering.all(|speaker| speaker.case.is_some_and(|case| cases.contains(&case)))
        && document.cases.iter().all(is_above)
}

/// Whether a coding has words that go, and then whether it has no others; line ends between turns are no words.
fn overlap(ranges: &[TextRange], coding: TextRange) -> Option<bool> {
    let mut end = coding.start();
    let (mut found, mut is_inside) = (false, true);
    for own in ranges.iter().filter(|own| own.overlaps(coding)) {
        found = true;
        is_inside &= own.start() <= end.saturating_add(2);
        end = end.max(own.end());
    }
    found.then(|| is_inside && end >= coding.end())
}

fn read(file: &ProjectFile, document: &Document) -> Result<(DocumentText, Content), StoreError> {
    let hash = document.source.text;
    let unreadable = || StoreError::Unreadable {
        name: document.title.clone(),
        hash,
    };
    let text = String::from_utf8(file.content(hash)?).map_err(|_other| unreadable())?;
    let text = DocumentText::new(text);
    let turns = turn_table::decode(&file.content(document.turn_table())?);
    let turns = turns.ok_or_else(unreadable)?;
    let content = document.content(text.clone(), turns);
    Ok((text, content.ok_or_else(unreadable)?))
}
