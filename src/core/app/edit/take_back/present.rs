//! The inverse of an old change, against the project of now: what would take later work with it is refused.

use super::{
    Order,
    obstacle::{
        ACTING, coded_again, coded_in, localized, name_taken, quoted, removed_later, subject,
        text_corrected, thing_changed,
    },
};
use crate::{
    app::names,
    log::change::{AttributeEdit, CaseEdit, Change, CodeEdit, CodingEdit, DocumentEdit, PhaseEdit},
    message::{Argument, Message},
    model::{
        Project,
        coding::Coding,
        document::Document,
        ids::{CoderId, DocumentId},
    },
};

/// The change as it can be recorded now.
///
/// # Errors
/// When what it removes was removed or changed later, or what it brings back has been replaced.
pub(super) fn as_it_is(
    project: &Project,
    change: Change,
    coder: Option<CoderId>,
    order: Order,
) -> Result<Change, Message> {
    if order == Order::Alone {
        check_names(project, &change)?;
    }
    check_members(project, &change)?;
    let name = subject(project, &change);
    Ok(match change {
        Change::CoderRemoved(then) => {
            if coder == Some(then.id) {
                return Err(ACTING.with("name", then.name));
            }
            Change::CoderRemoved(same(project.coders.get(&then.id), &then, name)?)
        }
        Change::PhaseRemoved(then) => {
            Change::PhaseRemoved(same(project.phases.get(&then.id), &then, name)?)
        }
        Change::DocumentRemoved(then) => {
            let now = project.documents.get(&then.id);
            let now = now.ok_or_else(|| removed_later(name))?;
            same_document(now, &then, order)?;
            Change::DocumentRemoved(Box::new(Document::clone(now)))
        }
        Change::CodeRemoved(then) => {
            let now = project.codebook.get(then.id).map(AsRef::as_ref);
            Change::CodeRemoved(Box::new(same(now, &then, name)?))
        }
        Change::CodingAdded { document, coding } => {
            if order == Order::Alone && is_coded(project, document, &coding) {
                return Err(coded_again());
            }
            Change::CodingAdded { document, coding }
        }
        Change::CodingRemoved { document, coding } => {
            let own = project.documents.get(&document);
            let now = own.and_then(|own| own.coding(coding.id));
            Change::CodingRemoved {
                document,
                coding: same(now, &coding, name)?,
            }
        }
        Change::CaseRemoved(then) => {
            let now = project.cases.get(&then.id).map(AsRef::as_ref);
            Change::CaseRemoved(Box::new(same(now, &then, name)?))
        }
        Change::AttributeRemoved(then) => {
            Change::AttributeRemoved(same(project.attributes.get(&then.id), &then, name)?)
        }
        Change::MemoRemoved(then) => {
            let now = project.memos.get(&then.id).map(AsRef::as_ref);
            Change::MemoRemoved(Box::new(same(now, &then, name)?))
        }
        Change::LinkRemoved(then) => {
            Change::LinkRemoved(same(project.links.get(&then.id), &then, name)?)
        }
        Change::QueryRemoved(then) => {
            Change::QueryRemoved(same(project.queries.get(&then.id), &then, name)?)
        }
        Change::ScaleRemoved(then) => {
            Change::ScaleRemoved(same(project.scales.get(&then.id), &then, name)?)
        }
        Change::SetRemoved(then) => {
            Change::SetRemoved(same(project.sets.get(&then.id), &then, name)?)
        }
        Change::AttachmentRemoved(then) => {
            Change::AttachmentRemoved(same(project.attachments.get(&then.id), &then, name)?)
        }
        other => other,
    })
}

/// The thing as it is now, if it is what it was.
fn same<T: Clone + PartialEq>(now: Option<&T>, then: &T, name: Argument) -> Result<T, Message> {
    match now {
        None => Err(removed_later(name)),
        Some(now) if now != then => Err(thing_changed(name)),
        Some(now) => Ok(now.clone()),
    }
}

fn same_document(now: &Document, then: &Document, order: Order) -> Result<(), Message> {
    let new = now.codings.iter();
    let new = new
        .filter(|coding| then.coding(coding.id).is_none())
        .count();
    if new > 0 {
        return Err(coded_in(&now.title, new));
    }
    // In turn, the corrections were taken back before; what stays of them is only their history.
    if order == Order::Alone && now.history != then.history {
        return Err(text_corrected(&now.title));
    }
    let as_then = Document {
        history: then.history.clone(),
        ..now.clone()
    };
    if as_then == *then {
        Ok(())
    } else {
        Err(thing_changed(quoted(&now.title)))
    }
}

/// Returns true if the coder has coded the same passage with the same code.
fn is_coded(project: &Project, document: DocumentId, coding: &Coding) -> bool {
    let document = project.documents.get(&document);
    let mut codings = document.iter().flat_map(|document| &document.codings);
    codings.any(|own| (own.range, own.code, own.coder) == (coding.range, coding.code, coding.coder))
}

/// Refuses names that something else has got in the meantime.
fn check_names(project: &Project, change: &Change) -> Result<(), Message> {
    let taken = match change {
        Change::CodeAdded(code) => {
            let other = names::code_below(project, code.place.parent, &code.name.text);
            other.map(|other| localized(&other.name))
        }
        Change::CodeEdited {
            code,
            edit: CodeEdit::Name(edit),
        } => {
            let parent = project.codebook.get(*code).and_then(|own| own.place.parent);
            names::code_below(project, parent, &edit.to.text)
                .filter(|other| other.id != *code)
                .map(|other| localized(&other.name))
        }
        Change::CaseAdded(case) => names::case(project, &case.name).map(|own| quoted(&own.name)),
        Change::CaseEdited {
            case,
            edit: CaseEdit::Name(edit),
        } => names::case(project, &edit.to)
            .filter(|other| other.id != *case)
            .map(|own| quoted(&own.name)),
        Change::PhaseAdded(phase) => {
            names::phase(project, &phase.name).map(|own| localized(&own.localized()))
        }
        Change::PhaseEdited {
            phase,
            edit: PhaseEdit::Name(edit),
        } => names::phase(project, &edit.to)
            .filter(|other| other.id != *phase)
            .map(|own| localized(&own.localized())),
        Change::CoderAdded(coder) => {
            names::coder(project, &coder.name).map(|own| quoted(&own.name))
        }
        Change::CoderRenamed { coder, name } => names::coder(project, &name.to)
            .filter(|other| other.id != *coder)
            .map(|own| quoted(&own.name)),
        Change::AttributeAdded(attribute) => {
            names::attribute(project, attribute.of, &attribute.name)
                .map(|own| localized(&own.localized()))
        }
        Change::AttributeEdited {
            attribute,
            edit: AttributeEdit::Name(edit),
        } => {
            let of = project.attributes.get(attribute).map(|own| own.of);
            of.and_then(|of| names::attribute(project, of, &edit.to))
                .filter(|other| other.id != *attribute)
                .map(|own| localized(&own.localized()))
        }
        Change::DocumentAdded(document) => project
            .document_by_title(&document.title)
            .map(|own| quoted(&own.title)),
        Change::DocumentEdited {
            document,
            edit: DocumentEdit::Title(edit),
        } => project
            .document_by_title(&edit.to)
            .filter(|other| other.id != *document)
            .map(|own| quoted(&own.title)),
        _ => None,
    };
    taken.map_or(Ok(()), |name| Err(name_taken(name)))
}

/// Refuses what the log would let pass silently: a membership that was changed again.
fn check_members(project: &Project, change: &Change) -> Result<(), Message> {
    match change {
        Change::DocumentEdited {
            document,
            edit: DocumentEdit::Case { case, belongs },
        } => {
            let own = project.documents.get(document);
            let now = own.is_some_and(|own| own.cases.contains(case));
            if own.is_some() && now != belongs.from {
                return Err(thing_changed(subject(project, change)));
            }
            Ok(())
        }
        Change::CodingEdited {
            document,
            coding,
            edit: CodingEdit::About { case, is_about },
        } => {
            let own = project.documents.get(document);
            let own = own.and_then(|own| own.coding(*coding));
            if own.is_some_and(|own| own.about.contains(case) != is_about.from) {
                return Err(thing_changed(subject(project, change)));
            }
            Ok(())
        }
        _ => Ok(()),
    }
}
