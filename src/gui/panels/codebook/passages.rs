//! All passages of a code as plain lines, grouped by document, and how they spread over families.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{
    Project,
    ids::{CaseId, CodeId, CoderId, CodingId, DocumentId},
    memo::Anchor,
    natural_key,
    text::TextRange,
};

/// A line of the list.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Line {
    /// A document, above its passages.
    Document {
        /// Which.
        id: DocumentId,
        /// Its title.
        title: String,
        /// Families it belongs to.
        families: String,
        /// How many passages it has.
        count: usize,
    },
    /// A passage.
    Passage(Passage),
}

/// A coded passage.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Passage {
    /// In which document.
    pub(super) document: DocumentId,
    /// The coding.
    pub(super) coding: CodingId,
    /// Where.
    pub(super) range: TextRange,
    /// With which code: the page's own, or one below it.
    pub(super) code: CodeId,
    /// By whom.
    pub(super) coder: CoderId,
    /// Whether a memo stands on it.
    pub(super) memo: bool,
}

/// What a code's page shows.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Passages {
    /// Documents and their passages.
    pub(super) lines: Vec<Line>,
    /// How many passages there are.
    pub(super) count: usize,
    /// In how many documents.
    pub(super) documents: usize,
    /// Passages by family, most first; a document of several families counts for each.
    pub(super) families: Vec<(CaseId, String, usize)>,
    /// How many families the project has.
    pub(super) n_families: usize,
    /// Whether the code has subcodes.
    pub(super) has_subcodes: bool,
}

impl Passages {
    /// The passages of a code, with or without its subcodes'.
    pub(super) fn new(project: &Project, code: CodeId, with_subcodes: bool) -> Self {
        let codes = if with_subcodes {
            project.codebook.with_descendants(code)
        } else {
            [code].into()
        };
        let with_memo: BTreeSet<CodingId> = project
            .memos
            .values()
            .filter_map(|memo| coding_of(memo.anchor))
            .collect();
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
            let here = document
                .codings
                .iter()
                .filter(|coding| codes.contains(&coding.code));
            let here: Vec<Line> = here
                .map(|coding| {
                    let memo = with_memo.contains(&coding.id);
                    let (coding, range, code, coder) =
                        (coding.id, coding.range, coding.code, coding.coder);
                    Line::Passage(Passage {
                        document: document.id,
                        coding,
                        range,
                        code,
                        coder,
                        memo,
                    })
                })
                .collect();
            let families: BTreeSet<CaseId> = document
                .cases
                .iter()
                .map(|case| project.family_of(*case))
                .collect();
            families
                .iter()
                .for_each(|family| *by_family.entry(*family).or_default() += here.len());
            let names: Vec<&str> = families
                .iter()
                .filter_map(|id| project.cases.get(id))
                .map(|case| case.name.as_str())
                .collect();
            passages.count += here.len();
            passages.documents += 1;
            let (id, title, count) = (document.id, document.title.clone(), here.len());
            passages.lines.push(Line::Document {
                id,
                title,
                families: names.join(", "),
                count,
            });
            passages.lines.extend(here);
        }
        let named = |(id, n)| {
            project
                .cases
                .get(&id)
                .map(|case| (id, case.name.clone(), n))
        };
        passages.families = by_family.into_iter().filter_map(named).collect();
        passages
            .families
            .sort_by_cached_key(|(id, name, n)| (std::cmp::Reverse(*n), natural_key(name), *id));
        passages
    }
}

fn coding_of(anchor: Anchor) -> Option<CodingId> {
    if let Anchor::Coding(_, coding) = anchor {
        Some(coding)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::{
        code::{Code, Hue, Place},
        coding::{Coding, Origin},
        document::{Document, Source},
        localized::Localized,
        rank::Rank,
        revision::TextHistory,
        text::ContentHash,
    };

    fn project() -> Project {
        let mut project = Project::default();
        for (id, parent) in [(1, None), (2, Some(CodeId::from_u128(1))), (3, None)] {
            let place = Place {
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
            let source = Source {
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
            };
            let document = Document {
                id: DocumentId::from_u128(id),
                title: format!("F{id}"),
                source,
                history: TextHistory::default(),
                words: 0,
                speakers: Vec::new(),
                turn_edits: Vec::new(),
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
        let line = |line: &Line| match line {
            Line::Document { title, count, .. } => format!("{title} {count}"),
            Line::Passage(passage) => format!("- {}", passage.range.start()),
        };
        passages.lines.iter().map(line).collect()
    }

    #[test]
    fn passages_stand_below_their_documents_with_or_without_subcodes() {
        let project = project();
        let all = Passages::new(&project, CodeId::from_u128(1), true);
        assert_eq!(outline(&all), ["F2 3", "- 0", "- 1", "- 2", "F10 1", "- 0"]);
        assert_eq!((all.count, all.documents), (4, 2));
        let own = Passages::new(&project, CodeId::from_u128(1), false);
        assert_eq!(outline(&own), ["F2 1", "- 1", "F10 1", "- 0"]);
    }
}
