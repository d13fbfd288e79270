//! Smart codes: kept queries over codes, put into a copy of the project as codes of their own, so that they stand wherever a code stands.
//!
//! Each becomes a code called `@name` below no other, each passage of its query a coding of the coder whose codings make it one (where
//! they are several coders', of the first by name). The copy is for looking only: it is never stored, and undo knows nothing of it.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use crate::app::Session;
use crate::{
    analysis::code_query::{CodeQuery, Extent, Load, PreparedQuery, QueryPassage},
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

/// What a smart code is called where codes are named.
pub fn name_of(query: &SavedQuery) -> String {
    format!("@{}", query.name)
}

/// Which codes a copy has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeping {
    /// The project's own codes and the smart ones, for searches.
    All,
    /// The smart ones alone, for tables, whose totals would count a passage twice.
    SmartAlone,
}

/// A copy of the project with its smart codes as codes; those that can't be understood any more are left out.
pub fn with_smart_codes(project: &Arc<Project>, keeping: Keeping, load: Load<'_>) -> Arc<Project> {
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
        let Ok(understood) = CodeQuery::parse(&query.text, project) else {
            continue;
        };
        let id = CodeId::from_u128(query.id.as_u128());
        let place = copy.codebook.last_place(None);
        let hue = Hue::new(u8::try_from(query.id.as_u128() % 12).unwrap_or(0));
        let mut code = Code::new(id, place, Localized::plain(name_of(query)), hue);
        code.definition = Localized::plain(query.text.clone());
        copy.codebook.codes.insert(id, Arc::new(code));
        let mut codings: BTreeMap<_, Vec<Coding>> = BTreeMap::new();
        for passage in understood.passages(project, load, Extent::Intersection) {
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

/// The project as a search sees it: with its smart codes where the query may name one.
pub(super) fn for_search(project: &Arc<Project>, query: &str, load: Load<'_>) -> Arc<Project> {
    if query.contains(['@', '＠']) {
        with_smart_codes(project, Keeping::All, load)
    } else {
        Arc::clone(project)
    }
}

/// Whose passage it is: of the coders of its codings the first by name.
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

/// A passage as a coding, with an identity that is always the same.
fn coding_of(passage: &QueryPassage, code: CodeId, coder: CoderId) -> Coding {
    let place = format!("{} {} {:?}", code, passage.document, passage.range);
    let bytes: [u8; 16] = ContentHash::of(place.as_bytes())
        .as_bytes()
        .first_chunk()
        .copied()
        .unwrap_or_default();
    let id = CodingId::from_u128(u128::from_be_bytes(bytes));
    Coding {
        id,
        range: passage.range,
        code,
        coder,
        facets: BTreeMap::new(),
        origin: Origin::Hand,
    }
}

impl Session {
    /// A copy of the project with its smart codes as codes.
    pub fn with_smart_codes(&self, keeping: Keeping) -> Arc<Project> {
        let texts = self.texts();
        with_smart_codes(self.project(), keeping, &|document| {
            texts.content(document).ok()
        })
    }

    /// The codings in a document that make up the passages of a smart code; none where it can't be understood any more.
    pub fn codings_of_smart(&self, query: &SavedQuery, document: &Document) -> BTreeSet<CodingId> {
        let texts = self.texts();
        let load = |document: &Document| texts.content(document).ok();
        let understood = CodeQuery::parse(&query.text, self.project()).ok();
        let passages = understood.map(|understood| {
            PreparedQuery::new(&understood, self.project(), &load, Extent::Intersection)
                .in_document(document)
        });
        passages
            .unwrap_or_default()
            .into_iter()
            .flat_map(|passage| passage.codings)
            .collect()
    }
}
