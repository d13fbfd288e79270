//! The passages of a code, grouped by document, and their counts by family.
//!
//! Prepared once for each revision of the project, so that a frame only paints the lines on screen.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use crate::model::{
    Project,
    coding::Coding,
    ids::{CaseId, CodeId, CoderId, CodingId, DocumentId},
    memo::Anchor,
    natural_key,
    text::TextRange,
};

/// A line of the list.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum PassageLine {
    /// A document, above its passages.
    Document(DocumentHeading),
    /// A passage.
    Passage(Passage),
}

impl PassageLine {
    /// Returns the coding of a passage; the line of a document has none, so it can't be ticked.
    pub(super) fn coding(&self) -> Option<(DocumentId, CodingId)> {
        match self {
            Self::Passage(passage) => Some((passage.document, passage.coding)),
            Self::Document(_) => None,
        }
    }
}

/// The heading of a document above its passages.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct DocumentHeading {
    /// The document.
    pub(super) id: DocumentId,
    /// Its title.
    pub(super) title: String,
    /// The names of the families it belongs to.
    pub(super) families: String,
    /// The number of its passages.
    pub(super) count: usize,
}

/// A coded passage.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Passage {
    /// The document that contains it.
    pub(super) document: DocumentId,
    /// The coding.
    pub(super) coding: CodingId,
    /// Its range in the document's text.
    pub(super) range: TextRange,
    /// Its code: the one of the page, or one below it.
    pub(super) code: CodeId,
    /// The coder who applied the code.
    pub(super) coder: CoderId,
    /// True if a memo is about it.
    pub(super) memo: bool,
}

/// What a code's page shows.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Passages {
    /// Documents and their passages.
    pub(super) lines: Vec<PassageLine>,
    /// The number of passages.
    pub(super) count: usize,
    /// The number of documents that contain one.
    pub(super) documents: usize,
    /// Counts of passages by family, the largest first; a document of several families counts for each.
    pub(super) families: Vec<(CaseId, String, usize)>,
    /// The number of families in the project.
    pub(super) n_families: usize,
    /// True if the code has subcodes.
    pub(super) has_subcodes: bool,
}

impl Passages {
    /// Collects the passages of a code, with or without those of its subcodes.
    pub(super) fn new(project: &Project, code: CodeId, with_subcodes: bool) -> Self {
        let codes = if with_subcodes {
            project.codebook.with_descendants(code)
        } else {
            [code].into()
        };
        let with_memo = codings_with_memo(project);
        let mut by_family: BTreeMap<CaseId, usize> = BTreeMap::new();
        let mut passages = Self {
            n_families: project
                .cases
                .values()
                .filter(|case| case.parent.is_none())
                .count(),
            has_subcodes: project
                .codebook
                .codes
                .values()
                .any(|other| other.place.parent == Some(code)),
            ..Self::default()
        };
        let mut documents: Vec<_> = project
            .documents
            .values()
            .filter(|document| {
                document
                    .codings
                    .iter()
                    .any(|coding| codes.contains(&coding.code))
            })
            .collect();
        documents.sort_by_cached_key(|document| (natural_key(&document.title), document.id));
        for document in documents {
            let of_document: Vec<PassageLine> = document
                .codings
                .iter()
                .filter(|coding| codes.contains(&coding.code))
                .map(|coding| Passage::of(document.id, coding, with_memo.contains(&coding.id)))
                .map(PassageLine::Passage)
                .collect();
            let count = of_document.len();
            // A document may belong to several members of a family, which counts once for it.
            let families: BTreeSet<CaseId> = document
                .cases
                .iter()
                .map(|case| project.family_of(*case))
                .collect();
            for family in &families {
                *by_family.entry(*family).or_default() += count;
            }
            passages.count += count;
            passages.documents += 1;
            passages.lines.push(PassageLine::Document(DocumentHeading {
                id: document.id,
                title: document.title.clone(),
                families: case_names(project, &families),
                count,
            }));
            passages.lines.extend(of_document);
        }
        passages.families = ranked_families(project, by_family);
        passages
    }
}

impl Passage {
    fn of(document: DocumentId, coding: &Coding, memo: bool) -> Self {
        Self {
            document,
            coding: coding.id,
            range: coding.range,
            code: coding.code,
            coder: coding.coder,
            memo,
        }
    }
}

/// The codings that a memo is about.
fn codings_with_memo(project: &Project) -> BTreeSet<CodingId> {
    project
        .memos
        .values()
        .filter_map(|memo| match memo.anchor {
            Anchor::Coding(_, coding) => Some(coding),
            _ => None,
        })
        .collect()
}

/// The names of cases, separated by commas.
fn case_names(project: &Project, cases: &BTreeSet<CaseId>) -> String {
    let names: Vec<&str> = cases
        .iter()
        .filter_map(|id| project.cases.get(id))
        .map(|case| case.name.as_str())
        .collect();
    names.join(", ")
}

/// The families with their counts, the largest first, and those with equal counts by name.
fn ranked_families(
    project: &Project,
    counts: BTreeMap<CaseId, usize>,
) -> Vec<(CaseId, String, usize)> {
    let mut families: Vec<_> = counts
        .into_iter()
        .filter_map(|(id, n)| Some((id, project.cases.get(&id)?.name.clone(), n)))
        .collect();
    families.sort_by_cached_key(|(id, name, n)| (Reverse(*n), natural_key(name), *id));
    families
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::{
        code::{Code, CodePlace, Hue},
        coding::Origin,
        document::{Document, DocumentSource},
        localized::Localized,
        rank::Rank,
        revision::TextHistory,
        text::ContentHash,
    };

    fn project() -> Project {
        let mut project = Project::default();
        for (id, parent) in [(1, None), (2, Some(CodeId::from_u128(1))), (3, None)] {
            let place = CodePlace {
                parent,
                rank: Rank::between(None, None),
            };
            let code = Code::new(
                CodeId::from_u128(id),
                place,
                Localized::plain(format!("code {id}")),
                Hue::default(),
            );
            project.codebook.codes.insert(code.id, Arc::new(code));
        }
        for (id, codes) in [(10, vec![1, 3]), (2, vec![2, 1, 2]), (7, vec![3])] {
            let hash = ContentHash::of(b"");
            let source = DocumentSource {
                file: String::new(),
                read_as: String::new(),
                original: hash,
                text: hash,
                chars: 99,
                turns: hash,
                n_turns: 0,
            };
            let coding = |(at, code): (u32, &u128)| Coding {
                id: CodingId::from_u128(id * 10 + u128::from(at)),
                range: TextRange::between(at, at + 5),
                code: CodeId::from_u128(*code),
                coder: CoderId::from_u128(1),
                facets: BTreeMap::new(),
                origin: Origin::Hand,
                about: BTreeSet::new(),
            };
            let document = Document {
                id: DocumentId::from_u128(id),
                title: format!("F{id}"),
                source,
                history: TextHistory::default(),
                words: 0,
                speakers: Vec::new(),
                turn_edits: Vec::new(),
                revision: None,
                phase: None,
                cases: BTreeSet::new(),
                values: BTreeMap::new(),
                codings: (0..).zip(&codes).map(coding).collect(),
            };
            project.documents.insert(document.id, Arc::new(document));
        }
        project
    }

    fn outline(passages: &Passages) -> Vec<String> {
        let line = |line: &PassageLine| match line {
            PassageLine::Document(heading) => format!("{} {}", heading.title, heading.count),
            PassageLine::Passage(passage) => format!("- {}", passage.range.start()),
        };
        passages.lines.iter().map(line).collect()
    }

    #[test]
    fn passages_are_listed_below_their_documents_with_or_without_subcodes() {
        let project = project();
        let all = Passages::new(&project, CodeId::from_u128(1), true);
        assert_eq!(outline(&all), ["F2 3", "- 0", "- 1", "- 2", "F10 1", "- 0"]);
        assert_eq!((all.count, all.documents), (4, 2));
        let own = Passages::new(&project, CodeId::from_u128(1), false);
        assert_eq!(outline(&own), ["F2 1", "- 1", "F10 1", "- 0"]);
    }
}
