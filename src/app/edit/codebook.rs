//! Edits of the codebook: add, set, move, remove codes.

use std::{collections::BTreeSet, sync::Arc};

use super::{Edited, name_of, some};
use crate::{
    app::{identity::Identities, refusal::Refusal},
    log::change::{Change, CodeEdit, Edit},
    model::{
        Project,
        code::{Code, HUES, Hue, Place},
        codebook::{CodeNotFound, PATH_SEPARATOR},
        document::Document,
        ids::{CodeId, CodingId, DocumentId, FacetId},
        localized::Localized,
        memo::Anchor,
        natural_key,
        rank::Rank,
    },
};

/// The identity of a facet that isn't in the project yet.
pub const NEW_FACET: FacetId = FacetId::from_u128(0);

/// Adds a code below another, or at the top.
///
/// # Errors
/// When the name is empty, has a slash, or a sibling has it.
pub fn add_code(
    project: &Project,
    ids: &mut Identities,
    parent: Option<CodeId>,
    name: &str,
) -> Edited {
    let name = free_name(project, parent, name, None)?;
    if let Some(parent) = parent {
        code_of(project, parent)?;
    }
    let code = Code::new(
        ids.id(),
        project.codebook.last_place(parent),
        Localized::plain(name),
        next_hue(project, parent),
    );
    Ok(vec![Change::CodeAdded(Box::new(code))])
}

pub(super) fn code_of(project: &Project, id: CodeId) -> Result<&Code, Refusal> {
    project
        .codebook
        .get(id)
        .map(AsRef::as_ref)
        .ok_or_else(|| Refusal::Code(CodeNotFound::Unknown(id.to_string())))
}

/// A name that a code below `parent` can take.
pub(super) fn free_name(
    project: &Project,
    parent: Option<CodeId>,
    name: &str,
    own: Option<CodeId>,
) -> Result<String, Refusal> {
    let name = name_of(name)?;
    if name.contains(PATH_SEPARATOR) {
        return Err(Refusal::NameWithSlash(name));
    }
    let taken = |code: &&Arc<Code>| code.name.text == name && Some(code.id) != own;
    match project.codebook.children(parent).into_iter().find(taken) {
        Some(code) => Err(Refusal::NameTaken(project.codebook.path(code.id))),
        None => Ok(name),
    }
}

/// A name that is none of these: the one wanted, or that with a number in brackets.
pub(super) fn numbered(wanted: &str, taken: &BTreeSet<String>) -> String {
    let free = |name: &String| !taken.contains(name);
    let candidates = std::iter::once(wanted.to_owned())
        .chain((2..).map(|number: u32| format!("{wanted} ({number})")));
    candidates.into_iter().find(free).unwrap_or_default()
}

/// The hue that the siblings use least.
pub fn next_hue(project: &Project, parent: Option<CodeId>) -> Hue {
    let siblings = project.codebook.children(parent);
    let uses = |hue: u8| {
        siblings
            .iter()
            .filter(|code| code.hue.number() == hue)
            .count()
    };
    (0..HUES)
        .min_by_key(|hue| (uses(*hue), *hue))
        .map_or_else(Hue::default, Hue::new)
}

/// Sets whatever differs between a code and a new version of it, but its place; a facet that has no identity yet gets one.
///
/// # Errors
/// When the code isn't there, its new name can't be, its key is taken, or nothing differs.
pub fn set_code(project: &Project, ids: &mut Identities, mut new: Code) -> Edited {
    let old = code_of(project, new.id)?;
    free_name(project, old.place.parent, &new.name.text, Some(new.id))?;
    if let Some(key) = new.key
        && let Some(other) = project
            .codebook
            .codes
            .values()
            .find(|code| code.key == Some(key) && code.id != new.id)
    {
        return Err(Refusal::KeyTaken {
            key,
            code: project.codebook.path(other.id),
        });
    }
    for facet in new.facets.iter_mut().filter(|facet| facet.id == NEW_FACET) {
        facet.id = ids.id();
    }
    some(edits_of(old, &new))
}

/// The changes that make a code what its new version says, but for its place.
pub(super) fn edits_of(old: &Code, new: &Code) -> Vec<Change> {
    let Code {
        id: _,
        place: _,
        name,
        hue,
        definition,
        apply_when,
        not_when,
        examples,
        indicators,
        facets,
        key,
    } = old;
    let edits = [
        differs(name, &new.name).map(CodeEdit::Name),
        differs(hue, &new.hue).map(CodeEdit::Hue),
        differs(definition, &new.definition).map(CodeEdit::Definition),
        differs(apply_when, &new.apply_when).map(CodeEdit::ApplyWhen),
        differs(not_when, &new.not_when).map(CodeEdit::NotWhen),
        differs(examples, &new.examples).map(CodeEdit::Examples),
        differs(indicators, &new.indicators).map(CodeEdit::Indicators),
        differs(facets, &new.facets).map(CodeEdit::Facets),
        differs(key, &new.key).map(CodeEdit::Key),
    ];
    edits
        .into_iter()
        .flatten()
        .map(|edit| Change::CodeEdited { code: old.id, edit })
        .collect()
}

fn differs<T: Clone + PartialEq>(from: &T, to: &T) -> Option<Edit<T>> {
    (from != to).then(|| Edit::new(from.clone(), to.clone()))
}

/// Puts codes below another (or at the top), before a sibling or last, in the order of the tree; codes below one of them stay below it.
///
/// # Errors
/// When one would lie in itself, a code of its name lies there, or all stand there already.
pub fn move_codes(
    project: &Project,
    codes: &[CodeId],
    parent: Option<CodeId>,
    before: Option<CodeId>,
) -> Edited {
    let moved = topmost(project, codes)?;
    if let Some(parent) = parent {
        code_of(project, parent)?;
    }
    let ids: BTreeSet<CodeId> = moved.iter().map(|code| code.id).collect();
    let there = project.codebook.children(parent);
    let mut names: BTreeSet<&str> = there
        .iter()
        .filter(|code| !ids.contains(&code.id))
        .map(|code| code.name.text.as_str())
        .collect();
    for code in &moved {
        if project.codebook.would_cycle(code.id, parent) {
            return Err(Refusal::Cycle(project.codebook.path(code.id)));
        }
        if !names.insert(&code.name.text) {
            return Err(Refusal::NameTaken(code.name.text.clone()));
        }
    }
    let before = there
        .iter()
        .map(|code| code.id)
        .skip_while(|id| before != Some(*id))
        .find(|id| !ids.contains(id));
    let siblings: Vec<&Arc<Code>> = there
        .iter()
        .copied()
        .filter(|code| !ids.contains(&code.id))
        .collect();
    let at = before
        .and_then(|before| siblings.iter().position(|sibling| sibling.id == before))
        .unwrap_or(siblings.len());
    let order = siblings[..at]
        .iter()
        .map(|code| code.id)
        .chain(moved.iter().map(|code| code.id));
    let order = order.chain(siblings[at..].iter().map(|code| code.id));
    if order.eq(there.iter().map(|code| code.id)) {
        return Err(Refusal::NothingToDo);
    }
    let mut low = at
        .checked_sub(1)
        .and_then(|index| siblings.get(index))
        .map(|sibling| sibling.place.rank.clone());
    let high = siblings.get(at).map(|sibling| &sibling.place.rank);
    let changes = moved.into_iter().map(|code| {
        let rank = Rank::between(low.as_ref(), high);
        low = Some(rank.clone());
        placed(code, Place { parent, rank })
    });
    Ok(changes.collect())
}

fn placed(code: &Code, place: Place) -> Change {
    Change::CodeEdited {
        code: code.id,
        edit: CodeEdit::Place(Edit::new(code.place.clone(), place)),
    }
}

/// Those of the codes that lie below no other of them, in the order of the tree.
fn topmost<'a>(project: &'a Project, codes: &[CodeId]) -> Result<Vec<&'a Code>, Refusal> {
    let ids: BTreeSet<CodeId> = codes.iter().copied().collect();
    for id in &ids {
        code_of(project, *id)?;
    }
    let lies_below = |code: &Code| {
        project
            .codebook
            .ancestors(code.id)
            .any(|above| ids.contains(&above.id))
    };
    let in_order = project
        .codebook
        .in_order()
        .into_iter()
        .map(|(_, code)| &**code);
    Ok(in_order
        .filter(|code| ids.contains(&code.id) && !lies_below(code))
        .collect())
}

/// Gives codes a colour.
///
/// # Errors
/// When one isn't there, or all have it.
pub fn set_hues(project: &Project, codes: &[CodeId], hue: Hue) -> Edited {
    let ids: BTreeSet<CodeId> = codes.iter().copied().collect();
    let found = ids
        .into_iter()
        .map(|id| code_of(project, id))
        .collect::<Result<Vec<_>, _>>()?;
    let others = found
        .into_iter()
        .filter_map(|code| Some((code.id, differs(&code.hue, &hue)?)));
    some(
        others
            .map(|(code, edit)| Change::CodeEdited {
                code,
                edit: CodeEdit::Hue(edit),
            })
            .collect(),
    )
}

/// Puts the codes below a code (`None`: at the top) in the order of their names, as numbers in names count.
///
/// # Errors
/// When the code isn't there, or they stand so already.
pub fn sort_codes(project: &Project, parent: Option<CodeId>) -> Edited {
    if let Some(parent) = parent {
        code_of(project, parent)?;
    }
    let there = project.codebook.children(parent);
    let mut sorted = there.clone();
    sorted.sort_by_cached_key(|code| natural_key(&code.name.text));
    let mut ranks: Vec<Rank> = there.iter().map(|code| code.place.rank.clone()).collect();
    if !ranks.is_sorted_by(|a, b| a < b) {
        // Two coders can have given the same rank: such a row of ranks can't be dealt out anew.
        let fresh = std::iter::successors(Some(Rank::between(None, None)), |rank| {
            Some(Rank::between(Some(rank), None))
        });
        ranks = fresh.take(there.len()).collect();
    }
    let places = sorted
        .into_iter()
        .zip(ranks)
        .filter(|(code, rank)| code.place.rank != *rank);
    some(
        places
            .map(|(code, rank)| placed(code, Place { parent, rank }))
            .collect(),
    )
}

/// What goes when codes are removed.
struct Removal {
    codes: BTreeSet<CodeId>,
    codings: Vec<(DocumentId, CodingId)>,
    memos_and_links: Vec<Change>,
}

impl Removal {
    fn new(project: &Project, codes: &[CodeId]) -> Self {
        let codes: BTreeSet<CodeId> = codes
            .iter()
            .flat_map(|id| project.codebook.with_descendants(*id))
            .collect();
        let codings = codings_of(project, &codes);
        let goes: BTreeSet<Anchor> = codings
            .iter()
            .map(|(document, coding)| Anchor::Coding(*document, *coding))
            .collect();
        let on_them = |anchor: Anchor| {
            goes.contains(&anchor) || codes.iter().any(|code| anchor.is_of_code(*code))
        };
        let memos_and_links = super::memo::removals_on(project, on_them);
        Self {
            codes,
            codings,
            memos_and_links,
        }
    }
}

/// The codings, documents and more that would go with codes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RemovalPreview {
    /// Codes below them.
    pub subcodes: usize,
    /// Codings of any of these.
    pub codings: usize,
    /// Documents these are in.
    pub documents: usize,
    /// Memos on any of these.
    pub memos: usize,
    /// Links of any of these.
    pub links: usize,
}

/// What would go along with codes that are removed.
pub fn removal_preview(project: &Project, codes: &[CodeId]) -> RemovalPreview {
    let removal = Removal::new(project, codes);
    let documents: BTreeSet<DocumentId> = removal
        .codings
        .iter()
        .map(|(document, _)| *document)
        .collect();
    let memos = removal
        .memos_and_links
        .iter()
        .filter(|change| matches!(change, Change::MemoRemoved(_)))
        .count();
    RemovalPreview {
        subcodes: removal
            .codes
            .iter()
            .filter(|id| !codes.contains(id))
            .count(),
        codings: removal.codings.len(),
        documents: documents.len(),
        memos,
        links: removal.memos_and_links.len() - memos,
    }
}

/// Removes codes with their subcodes, all their codings, and the memos and links on any of these.
///
/// # Errors
/// When one isn't there.
pub fn remove_codes(project: &Project, codes: &[CodeId]) -> Edited {
    for id in codes {
        code_of(project, *id)?;
    }
    let Removal {
        codes,
        codings,
        memos_and_links: mut changes,
    } = Removal::new(project, codes);
    changes.extend(super::coding::removals(project, &codings)?);
    let mut below: Vec<_> = project
        .codebook
        .in_order()
        .into_iter()
        .filter(|(_, code)| codes.contains(&code.id))
        .collect();
    below.sort_by_key(|(depth, _)| std::cmp::Reverse(*depth));
    changes.extend(
        below
            .into_iter()
            .map(|(_, code)| Change::CodeRemoved(Box::new(Code::clone(code)))),
    );
    some(changes)
}

/// The codings of any of these codes.
pub fn codings_of(project: &Project, codes: &BTreeSet<CodeId>) -> Vec<(DocumentId, CodingId)> {
    let documents = project.documents.values();
    let in_document = |document: &Arc<Document>| {
        let id = document.id;
        document
            .codings
            .iter()
            .filter(|coding| codes.contains(&coding.code))
            .map(move |coding| (id, coding.id))
            .collect::<Vec<_>>()
    };
    documents.flat_map(in_document).collect()
}
