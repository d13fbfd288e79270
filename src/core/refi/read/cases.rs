//! Cases with their values, documents and passages.

use std::collections::BTreeSet;

use super::{
    reader::ProjectReader,
    values,
    variables::{VariableTable, is_values_of_document, own_value},
    xml::Element,
};
use crate::{
    import::{loss::Lost, study::derived},
    model::{
        attribute::AttributeOf,
        case::{Case, CaseKind},
        ids::{CaseId, DocumentId, Id},
        memo::{Anchor, Link},
        text::TextRange,
    },
    refi::{CASE_PASSAGE, KIND, KIND_VARIABLE, PARENT_VARIABLE},
};

/// Makes the identities of cases known, before codes and codings refer to them.
pub(super) fn announce(reader: &mut ProjectReader<'_>) {
    for case in reader.root.listed("Cases", "Case") {
        if !is_values_of_document(case) {
            let guid = values::identity(case);
            let case = Anchor::Case(Id::from_u128(guid));
            reader.things.entry(guid).or_insert(case);
        }
    }
}

/// Remembers the passages that cases and links refer to, so that one without a coding isn't reported as unused.
pub(super) fn mark_passages(reader: &mut ProjectReader<'_>) {
    let root = reader.root;
    let of_cases = root
        .listed("Cases", "Case")
        .flat_map(|case| case.each("SelectionRef"))
        .filter_map(values::target);
    let of_links = root
        .listed("Links", "Link")
        .flat_map(|link| ["originGUID", "targetGUID"].map(|end| values::reference(link, end)))
        .flatten();
    reader.named.extend(of_cases.chain(of_links));
}

/// Reads the cases, once all documents are known.
pub(super) fn read(reader: &mut ProjectReader<'_>, variables: &VariableTable) {
    let mut seen = BTreeSet::new();
    for element in reader.root.listed("Cases", "Case") {
        if is_values_of_document(element) {
            document_values(reader, variables, element);
            continue;
        }
        let guid = values::identity(element);
        let id: CaseId = reader.claim(guid, "case", |_, guid| seen.contains(&guid));
        seen.insert(id.as_u128());
        case(reader, variables, element, id);
    }
}

fn case(
    reader: &mut ProjectReader<'_>,
    variables: &VariableTable,
    element: Element<'_>,
    id: CaseId,
) {
    let name = element.title();
    let values = variables.values(element, AttributeOf::Cases, name, &mut reader.study.losses);
    // The writer puts parents before their children, so the parent is among those that have been read.
    let parent = own_value(element, PARENT_VARIABLE)
        .and_then(|above| reader.study.cases.iter().find(|case| case.name == above))
        .map(|case| case.id);
    reader.study.cases.push(Case {
        id,
        name: name.to_owned(),
        kind: CaseKind(own_value(element, KIND_VARIABLE).unwrap_or(KIND).to_owned()),
        parent,
        values,
    });
    reader.describe(element, name, Anchor::Case(id));
    for code in element.each("CodeRef") {
        if let Some(Anchor::Code(code)) = reader.target(code) {
            reader.study.links.push(Link {
                id: derived(&["refi", "code of case", &id.to_string(), &code.to_string()]),
                name: "code".to_owned(),
                from: Anchor::Case(id),
                to: Anchor::Code(code),
            });
        }
    }
    for source in element.each("SourceRef") {
        if !add_to_case(reader, source, id) {
            report_missing(reader, name, source);
        }
    }
    for selection in element.each("SelectionRef") {
        match reader.target(selection) {
            Some(Anchor::Segment(document, range)) => link_passage(reader, document, range, id),
            _ => report_missing(reader, name, selection),
        }
    }
}

/// Adds the document that a reference points to to a case; returns false if it points to none.
fn add_to_case(reader: &mut ProjectReader<'_>, source: Element<'_>, case: CaseId) -> bool {
    let Some(Anchor::Document(document)) = reader.target(source) else {
        return false;
    };
    // A source without a text has its GUID known, but no document.
    if let Some(index) = reader.documents.get(&document)
        && let Some(document) = reader.study.documents.get_mut(*index)
    {
        document.cases.insert(case);
    }
    true
}

/// Reports a reference of a case to a thing that isn't in the project.
fn report_missing(reader: &mut ProjectReader<'_>, name: &str, reference: Element<'_>) {
    let place = pointing(name, reference);
    reader.study.losses.note(Lost::LinkEnd, place);
}

/// A name with the GUID it points to.
fn pointing(name: &str, reference: Element<'_>) -> String {
    let target = values::target(reference).map_or_else(
        || "?".to_owned(),
        |guid| Id::<()>::from_u128(guid).to_string(),
    );
    format!("{name} → {target}").trim_start().to_owned()
}

/// Gives a document the values of the case that only carries them; values of the document itself come first.
fn document_values(reader: &mut ProjectReader<'_>, variables: &VariableTable, case: Element<'_>) {
    let source = case.child("SourceRef");
    let index = match source.and_then(|source| reader.target(source)) {
        Some(Anchor::Document(document)) => reader.documents.get(&document).copied(),
        _ => None,
    };
    let Some(document) = index.and_then(|index| reader.study.documents.get_mut(index)) else {
        let place = pointing("", source.unwrap_or(case));
        reader.study.losses.note(Lost::Value, place);
        return;
    };
    let values = variables.values(
        case,
        AttributeOf::Documents,
        &document.imported.title,
        &mut reader.study.losses,
    );
    for (key, value) in values {
        document.values.entry(key).or_insert(value);
    }
}

/// Links a case to a passage.
pub(super) fn link_passage(
    reader: &mut ProjectReader<'_>,
    document: DocumentId,
    range: TextRange,
    case: CaseId,
) {
    let id = derived(&[
        "refi",
        "case passage",
        &case.to_string(),
        &document.to_string(),
        &range.start().to_string(),
        &range.end().to_string(),
    ]);
    reader.study.links.push(Link {
        id,
        name: CASE_PASSAGE.to_owned(),
        from: Anchor::Case(case),
        to: Anchor::Segment(document, range),
    });
}
