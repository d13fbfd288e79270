//! Cases with their values, documents and passages.

use std::collections::{BTreeMap, BTreeSet};

use super::{context::WriteContext, guids::GuidKind, xml::XmlWriter};
use crate::{
    import::loss::Lost,
    model::{
        ids::{CaseId, DocumentId},
        memo::{Anchor, Link},
        text::TextRange,
    },
    refi::CASE_PASSAGE,
};

/// Writes all cases in the order of their tree, parents first.
pub(super) fn cases(xml: &mut XmlWriter, context: &mut WriteContext<'_>) {
    let project = context.project;
    let cases = project.cases_in_order();
    if cases.is_empty() {
        return;
    }
    let mut documents: BTreeMap<CaseId, Vec<DocumentId>> = BTreeMap::new();
    for document in project.documents_in_order() {
        for case in &document.cases {
            documents.entry(*case).or_default().push(document.id);
        }
    }
    let mut passages: BTreeMap<CaseId, BTreeSet<(DocumentId, TextRange)>> = BTreeMap::new();
    for (case, document, range) in project.links.values().filter_map(passage_of_case) {
        passages.entry(case).or_default().insert((document, range));
    }
    xml.start("Cases");
    for (_, case) in cases {
        xml.start("Case")
            .guid("guid", context.guids.of(GuidKind::Case, case.id))
            .attribute("name", &case.name);
        context
            .variables
            .values(xml, &case.values, &case.name, &mut context.losses);
        context
            .variables
            .tree(xml, case, project, &mut context.losses);
        for document in documents.get(&case.id).into_iter().flatten() {
            xml.reference("SourceRef", context.guids.of(GuidKind::Document, *document));
        }
        for (document, range) in passages.get(&case.id).into_iter().flatten() {
            // A passage of a document that is gone has no GUID.
            match context.named.guid(*document, *range) {
                Some(guid) => xml.reference("SelectionRef", guid),
                None => context.losses.note(Lost::LinkEnd, case.name.clone()),
            }
        }
        xml.end();
    }
    xml.end();
}

/// The case and the passage of a link that says that the case speaks there; REFI-QDA has an element for it.
pub(super) fn passage_of_case(link: &Link) -> Option<(CaseId, DocumentId, TextRange)> {
    match (link.from, link.to) {
        (Anchor::Case(case), Anchor::Segment(document, range)) if link.name == CASE_PASSAGE => {
            Some((case, document, range))
        }
        _ => None,
    }
}
