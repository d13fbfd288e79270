//! Merging codes into one, and splitting one into two.
//!
//! A merge keeps everything that was said under the codes that are merged: their codings, facet
//! values, memos, links, subcodes, rules, examples and indicators move to the code that remains.
//! A split gives some codings a new code beside the old one.

mod facet_plan;

use std::collections::{BTreeMap, BTreeSet};

use self::facet_plan::FacetPlan;
use super::{
    codebook::{edits_of, free_name, next_hue},
    lookup,
    memo::rehang,
    numbered,
    recode::{self, FacetValues, Recoding},
    transaction::Transaction,
};
use crate::{
    app::{names::is_same_name, refusal::Refusal},
    log::change::{Change, CodeEdit, Edit},
    model::{
        Project,
        code::{Code, CodePlace},
        coding::Coding,
        document::Document,
        facet::Facet,
        ids::{CodeId, CodingId, DocumentId},
        localized::Localized,
        memo::Anchor,
        rank::Rank,
    },
};

/// How much a merge would move, for the dialog before it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MergePreview {
    /// Codings that get the code that remains, duplicates included.
    pub codings: usize,
    /// Documents that contain these codings.
    pub documents: usize,
    /// Of these codings, those that are merged into another of the same coder on the same passage.
    pub duplicates: usize,
    /// Subcodes that move below the code that remains.
    pub subcodes: usize,
    /// Memos on the merged codes and on duplicates.
    pub memos: usize,
    /// Links of these.
    pub links: usize,
    /// Indicators that the code that remains lacks.
    pub indicators: usize,
    /// Examples that it lacks.
    pub examples: usize,
}

/// A merge that has been checked.
struct Merge<'a> {
    project: &'a Project,
    /// The codes that are merged, in the order of the tree.
    merged: Vec<&'a Code>,
    ids: BTreeSet<CodeId>,
    into: &'a Code,
}

/// Counts what a merge would move.
///
/// # Errors
/// When the merge would be refused.
pub fn merge_preview(
    project: &Project,
    codes: &[CodeId],
    into: CodeId,
) -> Result<MergePreview, Refusal> {
    let merge = Merge::new(project, codes, into)?;
    let recoding = merge.recoding(|_| FacetValues::new());
    let moved = merge.anchors(&recoding);
    let new = merge.united(merge.into.facets.clone());
    let in_documents: Vec<usize> = project
        .documents
        .values()
        .map(|document| merge.codings_in(document).count())
        .filter(|n| *n > 0)
        .collect();
    Ok(MergePreview {
        codings: in_documents.iter().sum(),
        documents: in_documents.len(),
        duplicates: recoding.removals.len(),
        subcodes: merge.subcodes().len(),
        memos: project
            .memos
            .values()
            .filter(|memo| moved.contains_key(&memo.anchor))
            .count(),
        links: project
            .links
            .values()
            .filter(|link| moved.contains_key(&link.from) || moved.contains_key(&link.to))
            .count(),
        indicators: new.indicators.len() - merge.into.indicators.len(),
        examples: new.examples.len() - merge.into.examples.len(),
    })
}

/// Merges codes: all that was said under `codes` is said under `into`.
///
/// # Errors
/// When a code doesn't exist, or `into` is among `codes` or below one of them.
pub(crate) fn merge_codes(
    tx: &mut Transaction<'_>,
    codes: &[CodeId],
    into: CodeId,
) -> Result<(), Refusal> {
    // All changes are worked out on the project as it was: they name codings and subcodes by the
    // code they had.
    let base = std::sync::Arc::clone(tx.base());
    let merge = Merge::new(&base, codes, into)?;
    let facets = FacetPlan::new(&merge, tx);
    let recoding = merge.recoding(|coding| facets.values(coding));
    let moves = merge.anchors(&recoding);
    tx.record_all(edits_of(merge.into, &merge.united(facets.facets)));
    tx.record_all(merge.moved_subcodes());
    tx.record_all(recoding.edits);
    tx.record_all(rehang(&base, &moves));
    tx.record_all(recoding.removals);
    // The last in the order of the tree first, since the log refuses to remove a code with subcodes.
    let removed = merge.merged.iter().rev();
    tx.record_all(removed.map(|code| Change::CodeRemoved(Box::new(Code::clone(code)))));
    Ok(())
}

/// Gives some codings a new code beside `code`, with the same parent and facets.
///
/// # Errors
/// When code or a coding doesn't exist, or the name can't be used.
pub(crate) fn split_code(
    tx: &mut Transaction<'_>,
    code: CodeId,
    name: &str,
    codings: &[(DocumentId, CodingId)],
) -> Result<(), Refusal> {
    let project = tx.project();
    let old = lookup::code(project, code)?;
    let parent = old.place.parent;
    let name = free_name(project, parent, name, None)?;
    if codings.is_empty() {
        return Err(Refusal::NothingToDo);
    }
    let after = project
        .codebook
        .children(parent)
        .into_iter()
        .skip_while(|sibling| sibling.id != code)
        .nth(1);
    let rank = Rank::between(
        Some(&old.place.rank),
        after.map(|sibling| &sibling.place.rank),
    );
    let facets = old.facets.clone();
    let hue = next_hue(project, parent);
    let place = CodePlace { parent, rank };
    let mut new = Code::new(tx.id(), place, Localized::plain(name), hue);
    new.facets = facets;
    tx.record(Change::CodeAdded(Box::new(new.clone())));
    recode::recode(tx, codings, new.id)
}

impl<'a> Merge<'a> {
    fn new(project: &'a Project, codes: &[CodeId], into: CodeId) -> Result<Self, Refusal> {
        let into = lookup::code(project, into)?;
        let ids: BTreeSet<CodeId> = codes.iter().copied().collect();
        for id in &ids {
            lookup::code(project, *id)?;
            if project.codebook.would_cycle(*id, Some(into.id)) {
                return Err(Refusal::MergeIntoItself(project.codebook.path(into.id)));
            }
        }
        if ids.is_empty() {
            return Err(Refusal::NothingToDo);
        }
        let in_order = project
            .codebook
            .in_order()
            .into_iter()
            .filter(|(_, code)| ids.contains(&code.id));
        Ok(Self {
            project,
            merged: in_order.map(|(_, code)| &**code).collect(),
            ids,
            into,
        })
    }

    fn recoding(&self, facets: impl Fn(&Coding) -> FacetValues) -> Recoding {
        let mut recoding = Recoding::default();
        for document in self.project.documents.values() {
            if self.codings_in(document).next().is_some() {
                recoding.add(
                    document,
                    self.into.id,
                    |coding| self.ids.contains(&coding.code),
                    &facets,
                );
            }
        }
        recoding
    }

    fn codings_in(&self, document: &'a Document) -> impl Iterator<Item = &'a Coding> {
        let codings = document.codings.iter();
        codings.filter(|coding| self.ids.contains(&coding.code))
    }

    /// What memos and links on the merged codes, and on duplicates, are on afterwards.
    fn anchors(&self, recoding: &Recoding) -> BTreeMap<Anchor, Anchor> {
        let mut moves = recoding.twins.clone();
        for id in &self.ids {
            moves.insert(Anchor::Code(*id), Anchor::Code(self.into.id));
        }
        // A cell of the framework matrix is a case and a code.
        for memo in self.project.memos.values() {
            if let Anchor::Cell(case, code) = memo.anchor
                && self.ids.contains(&code)
            {
                moves.insert(memo.anchor, Anchor::Cell(case, self.into.id));
            }
        }
        moves
    }

    /// Subcodes of the merged codes that aren't merged themselves, in the order of the tree.
    fn subcodes(&self) -> Vec<&'a Code> {
        let in_order = self.project.codebook.in_order().into_iter();
        in_order
            .map(|(_, code)| &**code)
            .filter(|code| {
                let parent = code.place.parent;
                parent.is_some_and(|parent| self.ids.contains(&parent))
                    && !self.ids.contains(&code.id)
            })
            .collect()
    }

    /// The changes that move the subcodes below the code that remains; a name that is taken there gets
    /// a number.
    fn moved_subcodes(&self) -> Vec<Change> {
        let there = self
            .project
            .codebook
            .children(Some(self.into.id))
            .into_iter()
            .filter(|code| !self.ids.contains(&code.id));
        let mut names: BTreeSet<String> = there.map(|code| code.name.text.clone()).collect();
        let mut place = self.project.codebook.last_place(Some(self.into.id));
        let mut changes = Vec::new();
        for code in self.subcodes() {
            let name = Localized {
                text: numbered(&code.name.text, |name| {
                    names.iter().any(|taken| is_same_name(taken, name))
                }),
                ..code.name.clone()
            };
            names.insert(name.text.clone());
            let edits = [
                Edit::if_different(&code.name, name).map(CodeEdit::Name),
                Edit::if_different(&code.place, place.clone()).map(CodeEdit::Place),
            ];
            changes.extend(edits.into_iter().flatten().map(|edit| Change::CodeEdited {
                code: code.id,
                edit,
            }));
            place.rank = Rank::between(Some(&place.rank), None);
        }
        changes
    }

    /// The code that remains, with what the others say.
    fn united(&self, facets: Vec<Facet>) -> Code {
        let mut new = self.into.clone();
        new.facets = facets;
        for code in &self.merged {
            append(&mut new.definition, &code.definition);
            append(&mut new.apply_when, &code.apply_when);
            append(&mut new.not_when, &code.not_when);
            for example in &code.examples {
                if !new.examples.contains(example) {
                    new.examples.push(example.clone());
                }
            }
            for indicator in &code.indicators {
                if !new.indicators.contains(indicator) {
                    new.indicators.push(indicator.clone());
                }
            }
            new.key = new.key.or(code.key);
        }
        new
    }
}

/// Adds what another text says, language by language, where it isn't said yet.
fn append(to: &mut Localized, other: &Localized) {
    append_words(&mut to.text, &other.text);
    for (language, words) in &other.translations {
        append_words(to.translations.entry(language.clone()).or_default(), words);
    }
    to.translations.retain(|_, words| !words.is_empty());
}

fn append_words(to: &mut String, words: &str) {
    if to.is_empty() {
        words.clone_into(to);
    } else if !words.is_empty() && !to.contains(words) {
        to.push('\n');
        to.push_str(words);
    }
}
