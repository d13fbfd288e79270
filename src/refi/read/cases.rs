//! Cases with their values, documents and passages.

use super::{
    Reading, values,
    variables::{Variables, own},
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

/// Whether a case is nothing but the way in which some programs write the variables of one document.
pub(super) fn stands_for_a_document(case: Element<'_>) -> bool {
    case.some("name").is_none()
        && case.child("VariableValue").is_some()
        && case.child("SelectionRef").is_none()
        && case.each("SourceRef").count() == 1
}

/// Makes the cases' identities known, before codes and codings refer to them.
pub(super) fn announce(reading: &mut Reading<'_>) {
    for case in reading
        .root
        .listed("Cases", "Case")
        .filter(|case| !stands_for_a_document(*case))
    {
        let guid = values::identity(case);
        reading
            .things
            .entry(guid)
            .or_insert(Anchor::Case(Id::from_u128(guid)));
    }
}

/// Remembers which passages cases and links name, so that a passage without coding isn't taken for nothing.
pub(super) fn mark_passages(reading: &mut Reading<'_>) {
    let root = reading.root;
    let of_cases = root
        .listed("Cases", "Case")
        .flat_map(|case| case.each("SelectionRef"))
        .filter_map(values::target);
    let ends = |link| {
        [
            values::reference(link, "originGUID"),
            values::reference(link, "targetGUID"),
        ]
    };
    let of_links = root.listed("Links", "Link").flat_map(ends).flatten();
    reading.named.extend(of_cases.chain(of_links));
}

/// Reads the cases, when all documents are known.
pub(super) fn read(reading: &mut Reading<'_>, variables: &mut Variables) {
    let mut seen = std::collections::BTreeSet::new();
    for element in reading.root.listed("Cases", "Case") {
        let name = element.get("name").unwrap_or_default().trim();
        if stands_for_a_document(element) {
            document_values(reading, variables, element);
            continue;
        }
        let guid = values::identity(element);
        let id: CaseId = reading.claim(guid, "case", |_, guid| seen.contains(&guid));
        seen.insert(id.as_u128());
        let values = variables.values(element, AttributeOf::Cases, name, &mut reading.study.losses);
        let kind = CaseKind(own(element, KIND_VARIABLE).unwrap_or(KIND).to_owned());
        let above = own(element, PARENT_VARIABLE);
        let parent = above
            .and_then(|above| reading.study.cases.iter().find(|case| case.name == above))
            .map(|case| case.id);
        reading.study.cases.push(Case {
            id,
            name: name.to_owned(),
            kind,
            parent,
            values,
        });
        reading.describe(element, name, Anchor::Case(id));
        for code in element.each("CodeRef").filter_map(values::target) {
            if let Some(Anchor::Code(code)) = reading.things.get(&code).copied() {
                let link = derived(&["refi", "code of case", &id.to_string(), &code.to_string()]);
                reading.study.links.push(Link {
                    id: link,
                    name: "code".to_owned(),
                    from: Anchor::Case(id),
                    to: Anchor::Code(code),
                });
            }
        }
        for source in element.each("SourceRef") {
            match values::target(source)
                .and_then(|guid| reading.things.get(&guid))
                .copied()
            {
                Some(Anchor::Document(document)) => belongs(reading, document, id),
                _ => reading
                    .study
                    .losses
                    .note(Lost::LinkEnd, pointing(name, source)),
            }
        }
        for selection in element.each("SelectionRef") {
            match values::target(selection)
                .and_then(|guid| reading.things.get(&guid))
                .copied()
            {
                Some(Anchor::Segment(document, range)) => speaks(reading, document, range, id),
                _ => reading
                    .study
                    .losses
                    .note(Lost::LinkEnd, pointing(name, selection)),
            }
        }
    }
}

/// A name and the identity it points to.
fn pointing(name: &str, reference: Element<'_>) -> String {
    let target = values::target(reference).map_or_else(
        || "?".to_owned(),
        |guid| Id::<()>::from_u128(guid).to_string(),
    );
    format!("{name} → {target}").trim_start().to_owned()
}

fn document_values(reading: &mut Reading<'_>, variables: &Variables, case: Element<'_>) {
    let target = case.child("SourceRef").and_then(values::target);
    let document = target.and_then(|guid| match reading.things.get(&guid) {
        Some(Anchor::Document(document)) => reading.documents.get(document).copied(),
        _ => None,
    });
    let Some(document) = document.and_then(|at| reading.study.documents.get_mut(at)) else {
        reading.study.losses.note(
            Lost::Value,
            pointing("", case.child("SourceRef").unwrap_or(case)),
        );
        return;
    };
    let values = variables.values(
        case,
        AttributeOf::Documents,
        &document.imported.title,
        &mut reading.study.losses,
    );
    for (key, value) in values {
        document.values.entry(key).or_insert(value);
    }
}

/// Puts a document in a case.
fn belongs(reading: &mut Reading<'_>, document: DocumentId, case: CaseId) {
    if let Some(document) = reading
        .documents
        .get(&document)
        .and_then(|at| reading.study.documents.get_mut(*at))
    {
        document.cases.insert(case);
    }
}

/// Links a case to a passage.
pub(super) fn speaks(
    reading: &mut Reading<'_>,
    document: DocumentId,
    range: TextRange,
    case: CaseId,
) {
    let (start, end) = (range.start().to_string(), range.end().to_string());
    let id = derived(&[
        "refi",
        "case passage",
        &case.to_string(),
        &document.to_string(),
        &start,
        &end,
    ]);
    let (from, to) = (Anchor::Case(case), Anchor::Segment(document, range));
    reading.study.links.push(Link {
        id,
        name: CASE_PASSAGE.to_owned(),
        from,
        to,
    });
}
