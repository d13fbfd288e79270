//! Smart codes: saved queries over codes, as codes of a copy of the project, so that they can be used wherever a code can.
//!
//! Each becomes a theme called `@name`, and each passage of its query a coding.
//! The coder is the one whose codings the passage consists of; of several coders, the first by name.
//! The copy is only read: it is never stored, and undo knows nothing of it.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use crate::app::Session;
use crate::{
    analysis::{
        Loader,
        code_query::{CodeQuery, Extent, PreparedQuery, QueryPassage},
    },
    model::{
        Project,
        code::{Code, Hue},
        coding::{Coding, Origin},
        document::Document,
        ids::{CodeId, CoderId, CodingId},
        localized::Localized,
        query::{QueryKind, SavedQuery},
        text::ContentHash,
    },
};

/// The name of a smart code among codes.
pub fn name_of(query: &SavedQuery) -> String {
    format!("@{}", query.name)
}

/// The codes of a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeping {
    /// The codes of the project and the smart codes, for searches.
    All,
    /// The smart codes alone, for tables, whose totals would otherwise count passages twice.
    SmartAlone,
}

/// Copies the project with its smart codes as codes; queries that can't be understood any more are left out.
pub fn with_smart_codes(
    project: &Arc<Project>,
    keeping: Keeping,
    load: &Loader<'_>,
) -> Arc<Project> {
    let mut smart: Vec<&SavedQuery> = project
        .queries
        .values()
        .filter(|query| query.kind == QueryKind::Codes)
        .collect();
    if smart.is_empty() && keeping == Keeping::All {
        return Arc::clone(project);
    }
    smart.sort_by(|a, b| a.name.cmp(&b.name));
    let mut copy = Project::clone(project);
    if keeping == Keeping::SmartAlone {
        copy.codebook.codes.clear();
        copy.documents
            .values_mut()
            .for_each(|document| Arc::make_mut(document).codings.clear());
    }
    for query in smart {
        // A query that names a code that has been removed.
        let Ok(parsed) = CodeQuery::parse(&query.text, project) else {
            continue;
        };
        let id = CodeId::from_u128(query.id.as_u128());
        let place = copy.codebook.last_place(None);
        // A smart code has no colour of its own; its identity gives it one that stays.
        let hue = u8::try_from(query.id.as_u128() % 12).expect("a remainder of 12");
        let hue = Hue::new(hue);
        let mut code = Code::new(id, place, Localized::plain(name_of(query)), hue);
        code.definition = Localized::plain(query.text.clone());
        copy.codebook.codes.insert(id, Arc::new(code));
        let mut codings: BTreeMap<_, Vec<Coding>> = BTreeMap::new();
        for passage in parsed.passages(project, load, Extent::Intersection) {
            let document = project.documents.get(&passage.document);
            if let Some(coder) = document.and_then(|document| coder_of(project, document, &passage))
            {
                codings
                    .entry(passage.document)
                    .or_default()
                    .push(coding_of(&passage, id, coder));
            }
        }
        for (document, codings) in codings {
            if let Some(document) = copy.documents.get_mut(&document) {
                let document = Arc::make_mut(document);
                document.codings.extend(codings);
                document.codings.sort_by_key(Coding::order);
            }
        }
    }
    Arc::new(copy)
}

/// The project for a search: with its smart codes if the query may name one.
pub(super) fn for_search(project: &Arc<Project>, query: &str, load: &Loader<'_>) -> Arc<Project> {
    if query.contains(['@', '＠']) {
        with_smart_codes(project, Keeping::All, load)
    } else {
        Arc::clone(project)
    }
}

/// The coder of a passage: of the coders of its codings, the first by name.
fn coder_of(project: &Project, document: &Document, passage: &QueryPassage) -> Option<CoderId> {
    let coders = document
        .codings
        .iter()
        .filter(|coding| passage.codings.contains(&coding.id))
        .filter_map(|coding| project.coders.get(&coding.coder));
    coders
        .min_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)))
        .map(|coder| coder.id)
}

/// A passage as a coding, whose identity depends only on code and passage.
fn coding_of(passage: &QueryPassage, code: CodeId, coder: CoderId) -> Coding {
    let place = format!("{} {} {:?}", code, passage.document, passage.range);
    let hash = ContentHash::of(place.as_bytes());
    let bytes = hash.as_bytes().first_chunk();
    let bytes = bytes.expect("a hash has 32 bytes");
    let id = CodingId::from_u128(u128::from_be_bytes(*bytes));
    Coding {
        id,
        range: passage.range,
        code,
        coder,
        facets: BTreeMap::new(),
        origin: Origin::Hand,
        about: BTreeSet::new(),
    }
}

impl Session {
    /// Copies the project with its smart codes as codes.
    pub fn with_smart_codes(&self, keeping: Keeping) -> Arc<Project> {
        let texts = self.texts();
        with_smart_codes(self.project(), keeping, &|document| {
            texts.content(document).ok()
        })
    }

    /// The codings in a document that the passages of a smart code consist of; none if its query can't be understood any more.
    pub fn codings_of_smart(&self, query: &SavedQuery, document: &Document) -> BTreeSet<CodingId> {
        let texts = self.texts();
        let load: &Loader<'_> = &|document| texts.content(document).ok();
        let Ok(parsed) = CodeQuery::parse(&query.text, self.project()) else {
            return BTreeSet::new();
        };
        PreparedQuery::new(&parsed, self.project(), load, Extent::Intersection)
            .in_document(document)
            .into_iter()
            .flat_map(|passage| passage.codings)
            .collect()
    }
}
