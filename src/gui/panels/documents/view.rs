//! The list of documents as plain rows: families with their documents, those of several families or none at the end.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use crate::model::{
    Families, Project, case::Case, document::Document, ids::DocumentId, natural_key,
};

/// A row of the list.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum ListRow {
    Family(FamilyRow),
    Document(DocumentRow),
}

/// The heading of a family's documents.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct FamilyRow {
    /// The family, or that there are several or none.
    pub(super) case: Families,
    /// Its name; empty without a family.
    pub(super) name: String,
    /// The number of its documents.
    pub(super) count: usize,
    /// True if its documents are folded away.
    pub(super) folded: bool,
}

/// A document.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct DocumentRow {
    /// The document.
    pub(super) id: DocumentId,
    /// Its title.
    pub(super) title: String,
    /// The title without the family's name, which the heading above shows.
    pub(super) short: String,
    /// True if there are memos on it or in it.
    pub(super) memos: bool,
}

/// The rows of a project.
pub(super) fn rows(project: &Project, folded: &BTreeSet<Families>) -> Vec<ListRow> {
    let mut rows = Vec::with_capacity(project.documents.len());
    let noted: BTreeSet<DocumentId> = project
        .memos
        .values()
        .filter_map(|memo| memo.anchor.document())
        .collect();
    for (case, documents) in groups(project) {
        let family = family_of(project, case).map_or("", |family| family.name.as_str());
        let is_folded = folded.contains(&case);
        rows.push(ListRow::Family(FamilyRow {
            case,
            name: family.to_owned(),
            count: documents.len(),
            folded: is_folded,
        }));
        if !is_folded {
            rows.extend(documents.into_iter().map(|document| {
                let short = short_title(&document.title, family).to_owned();
                ListRow::Document(DocumentRow {
                    id: document.id,
                    title: document.title.clone(),
                    short,
                    memos: noted.contains(&document.id),
                })
            }));
        }
    }
    rows
}

/// A title without the first word of the family's name, if it begins with that and there is more to it.
fn short_title<'a>(title: &'a str, family: &str) -> &'a str {
    let rest = family
        .split_whitespace()
        .next()
        .and_then(|first| title.strip_prefix(first))
        .map(str::trim);
    rest.filter(|rest| !rest.is_empty()).unwrap_or(title)
}

fn family_of(project: &Project, families: Families) -> Option<&Case> {
    match families {
        Families::One(id) => project.cases.get(&id).map(AsRef::as_ref),
        Families::Several | Families::None => None,
    }
}

/// Documents by family, the families in the order of their names.
///
/// Documents of several families or none come last; within a family they are in the order that was given them, then by phase and title.
pub(super) fn groups(project: &Project) -> Vec<(Families, Vec<&Arc<Document>>)> {
    let mut by_family: BTreeMap<Families, Vec<&Arc<Document>>> = BTreeMap::new();
    for document in project.documents.values() {
        by_family
            .entry(project.families_of_document(document))
            .or_default()
            .push(document);
    }
    for documents in by_family.values_mut() {
        documents.sort_by_cached_key(|document| {
            let phase = document.phase.and_then(|id| project.phases.get(&id));
            let own = project.document_ranks.get(&document.id).cloned();
            (
                own.is_none(),
                own,
                phase.map(|phase| phase.rank.clone()),
                natural_key(&document.title),
                document.id,
            )
        });
    }
    let mut groups: Vec<_> = by_family.into_iter().collect();
    groups.sort_by_cached_key(|(families, _)| {
        let name = family_of(project, *families).map(|case| natural_key(&case.name));
        (name.is_none(), name, *families)
    });
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        case::CaseKind, document::DocumentSource, ids::CaseId, revision::TextHistory,
        text::ContentHash,
    };

    fn project() -> Project {
        let mut project = Project::default();
        for (id, name) in [(1, "F02 林家"), (2, "F01 Reed")] {
            let id = CaseId::from_u128(id);
            let case = Case {
                id,
                name: name.to_owned(),
                kind: CaseKind::family(),
                parent: None,
                values: BTreeMap::new(),
            };
            project.cases.insert(id, Arc::new(case));
        }
        for (id, title, cases) in [
            (1, "F02 孩子", vec![1]),
            (2, "F01 child", vec![2]),
            (3, "Group", vec![1, 2]),
            (4, "F01", vec![2]),
            (5, "Notes", vec![]),
        ] {
            let hash = ContentHash::of(b"");
            let source = DocumentSource {
                file: String::new(),
                read_as: String::new(),
                original: hash,
                text: hash,
                chars: 0,
                turns: hash,
                n_turns: 0,
            };
            let document = Document {
                id: DocumentId::from_u128(id),
                title: title.to_owned(),
                source,
                history: TextHistory::default(),
                words: 0,
                speakers: Vec::new(),
                turn_edits: Vec::new(),
                revision: None,
                phase: None,
                cases: cases.into_iter().map(CaseId::from_u128).collect(),
                values: BTreeMap::new(),
                codings: Vec::new(),
            };
            project.documents.insert(document.id, Arc::new(document));
        }
        project
    }

    fn outline(rows: &[ListRow]) -> Vec<String> {
        let line = |row: &ListRow| match row {
            ListRow::Family(FamilyRow {
                name,
                count,
                folded,
                ..
            }) => format!("{name} {count}{}", if *folded { " …" } else { "" }),
            ListRow::Document(row) => format!("- {}", row.short),
        };
        rows.iter().map(line).collect()
    }

    #[test]
    fn families_in_order_fold_and_name_their_documents_without_themselves() {
        let project = project();
        let all = outline(&rows(&project, &BTreeSet::new()));
        assert_eq!(
            all,
            [
                "F01 Reed 2",
                "- F01",
                "- child",
                "F02 林家 1",
                "- 孩子",
                " 1",
                "- Group",
                " 1",
                "- Notes"
            ]
        );
        let folded = outline(&rows(
            &project,
            &[Families::One(CaseId::from_u128(2)), Families::Several].into(),
        ));
        assert_eq!(
            folded,
            [
                "F01 Reed 2 …",
                "F02 林家 1",
                "- 孩子",
                " 1 …",
                " 1",
                "- Notes"
            ]
        );
    }
}
