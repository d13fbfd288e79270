//! The rules that every project obeys, which `tain check` and the property tests verify.

use std::collections::BTreeSet;

use super::{
    Project,
    attribute::{AttributeOf, Values},
    document::Document,
    ids::CodingId,
    memo::Anchor,
};

/// A rule that a project breaks, in words.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Violation(pub String);

/// All violations of the model's rules; a project that is folded from a log has none.
pub fn violations(project: &Project) -> Vec<Violation> {
    let mut found = Vec::new();
    codebook(project, &mut found);
    cases(project, &mut found);
    scales(project, &mut found);
    for document in project.documents.values() {
        document_rules(project, document, &mut found);
    }
    for memo in project.memos.values() {
        check(&mut found, project.has(memo.anchor), || {
            format!("memo {} is on nothing that exists", memo.id)
        });
        check(&mut found, project.coders.contains_key(&memo.coder), || {
            format!("memo {} has no coder", memo.id)
        });
    }
    for link in project.links.values() {
        let joined = [link.from, link.to].into_iter().all(|end| project.has(end));
        check(&mut found, joined, || {
            format!("link {} lacks an end", link.id)
        });
    }
    for (id, set) in &project.sets {
        check(&mut found, *id == set.id, || {
            format!("set {id} is kept under another id")
        });
        check(&mut found, set.stands_in(project), || {
            format!("set {id} has a member that isn't there")
        });
    }
    found
}

fn check(found: &mut Vec<Violation>, holds: bool, says: impl FnOnce() -> String) {
    if !holds {
        found.push(Violation(says()));
    }
}

fn codebook(project: &Project, found: &mut Vec<Violation>) {
    for (id, code) in &project.codebook.codes {
        check(found, *id == code.id, || {
            format!("code {id} is kept under another id")
        });
        let parent = code.place.parent;
        check(
            found,
            parent.is_none_or(|parent| project.codebook.get(parent).is_some()),
            || format!("code {id} has no parent"),
        );
        check(found, !project.codebook.would_cycle(*id, parent), || {
            format!("code {id} is its own ancestor")
        });
    }
}

fn cases(project: &Project, found: &mut Vec<Violation>) {
    for (id, case) in &project.cases {
        check(found, *id == case.id, || {
            format!("case {id} is kept under another id")
        });
        let parent = case.parent;
        check(
            found,
            parent.is_none_or(|parent| project.cases.contains_key(&parent)),
            || format!("case {id} has no parent"),
        );
        check(
            found,
            !parent.is_some_and(|parent| project.case_is_within(parent, *id)),
            || format!("case {id} is below itself"),
        );
        values(
            project,
            &case.values,
            AttributeOf::Cases,
            &|| format!("case {id}"),
            found,
        );
    }
}

fn values(
    project: &Project,
    values: &Values,
    of: AttributeOf,
    whose: &dyn Fn() -> String,
    found: &mut Vec<Violation>,
) {
    for ((attribute, phase), value) in values {
        let fits = project.attributes.get(attribute).is_some_and(|attribute| {
            attribute.of == of
                && attribute.kind.admits(value)
                && phase.is_some() == attribute.per_phase
                && phase.is_none_or(|phase| project.phases.contains_key(&phase))
        });
        check(found, fits, || {
            format!(
                "{} has a value that doesn't fit attribute {attribute}",
                whose()
            )
        });
    }
}

fn scales(project: &Project, found: &mut Vec<Violation>) {
    for (id, scale) in &project.scales {
        check(found, *id == scale.id, || {
            format!("scale {id} is kept under another id")
        });
        check(found, scale.is_sound(), || {
            format!("scale {id} can't be scored")
        });
        check(found, scale.stands_on(&project.attributes), || {
            format!("scale {id} has an item that is no number per phase")
        });
    }
}

fn document_rules(project: &Project, document: &Document, found: &mut Vec<Violation>) {
    let id = document.id;
    let len_chars = document.len_chars();
    check(
        found,
        document
            .phase
            .is_none_or(|phase| project.phases.contains_key(&phase)),
        || format!("document {id} has no such phase"),
    );
    let mut cases = document.cases.iter();
    let cases_exist = cases.all(|case| project.cases.contains_key(case));
    check(found, cases_exist, || {
        format!("document {id} belongs to no such case")
    });
    let speakers = document.speakers.iter();
    let mut persons = speakers.filter_map(|speaker| speaker.case);
    let persons_exist = persons.all(|case| project.cases.contains_key(&case));
    check(found, persons_exist, || {
        format!("a speaker of document {id} is no such case")
    });
    values(
        project,
        &document.values,
        AttributeOf::Documents,
        &|| format!("document {id}"),
        found,
    );
    let ordered = document.codings.is_sorted_by(|a, b| a.order() < b.order());
    check(found, ordered, || {
        format!("codings of document {id} are out of order")
    });
    let ids: BTreeSet<CodingId> = document.codings.iter().map(|coding| coding.id).collect();
    check(found, ids.len() == document.codings.len(), || {
        format!("document {id} has a coding twice")
    });
    for coding in &document.codings {
        let within = !coding.range.is_empty() && coding.range.end() <= len_chars;
        check(found, within, || {
            format!(
                "coding {} is at {:?}, outside its text",
                coding.id, coding.range
            )
        });
        check(found, project.codebook.get(coding.code).is_some(), || {
            format!("coding {} has no code", coding.id)
        });
        check(found, project.coders.contains_key(&coding.coder), || {
            format!("coding {} has no coder", coding.id)
        });
    }
}

/// Returns true if an anchor is a document, or something in it.
pub fn anchor_is_in(anchor: Anchor, document: &Document) -> bool {
    matches!(anchor, Anchor::Document(id) | Anchor::Segment(id, _) | Anchor::Coding(id, _) if id == document.id)
}
