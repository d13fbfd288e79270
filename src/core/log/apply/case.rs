//! Changes of cases, attributes and their values.

use std::sync::Arc;

use super::{ApplyResult, Author, add, add_shared, ensure, is_referred_to, set_translation};
use crate::{
    log::change::{AttributeEdit, CaseEdit, Edit, Holder},
    model::{
        Project,
        attribute::{Attribute, AttributeKind, AttributeOf, AttributeValue},
        case::Case,
        conflict::{SkipReason, Subject},
        ids::{AttributeId, CaseId, PhaseId},
    },
};

pub(super) fn case_added(project: &mut Project, case: &Case) -> ApplyResult {
    ensure(
        case.parent
            .is_none_or(|parent| project.cases.contains_key(&parent)),
        SkipReason::Gone,
    )?;
    ensure(case.parent != Some(case.id), SkipReason::Cycle)?;
    for (&(attribute, phase), value) in &case.values {
        value_fits(project, AttributeOf::Cases, attribute, phase, value)?;
    }
    add_shared(&mut project.cases, case.id, case)
}

pub(super) fn case_edited(
    project: &mut Project,
    author: &Author,
    id: CaseId,
    edit: &CaseEdit,
) -> ApplyResult {
    ensure(project.cases.contains_key(&id), SkipReason::Gone)?;
    if let CaseEdit::Parent(edit) = edit
        && let Some(parent) = edit.to
    {
        ensure(project.cases.contains_key(&parent), SkipReason::Gone)?;
        ensure(!project.case_is_within(parent, id), SkipReason::Cycle)?;
    }
    let case = Arc::make_mut(project.cases.get_mut(&id).ok_or(SkipReason::Gone)?);
    let setter = author.setter(&mut project.conflicts, Subject::Case(id));
    match edit {
        CaseEdit::Name(edit) => setter.set("name", &mut case.name, edit),
        CaseEdit::Kind(edit) => setter.set("kind", &mut case.kind, edit),
        CaseEdit::Parent(edit) => setter.set("parent", &mut case.parent, edit),
    }
}

pub(super) fn case_removed(project: &mut Project, id: CaseId) -> ApplyResult {
    ensure(project.cases.contains_key(&id), SkipReason::Gone)?;
    let mut cases = project.cases.values();
    let mut documents = project.documents.values();
    let mut speakers = project
        .documents
        .values()
        .flat_map(|document| &document.speakers);
    let mut codings = project
        .documents
        .values()
        .flat_map(|document| &document.codings);
    let is_used = cases.any(|case| case.parent == Some(id))
        || documents.any(|document| document.cases.contains(&id))
        || speakers.any(|speaker| speaker.case == Some(id))
        || codings.any(|coding| coding.about.contains(&id))
        || is_referred_to(project, |anchor| anchor.is_of_case(id));
    ensure(!is_used, SkipReason::InUse)?;
    project.cases.remove(&id);
    Ok(())
}

fn values_of(project: &Project, id: AttributeId) -> impl Iterator<Item = &AttributeValue> {
    project
        .all_values()
        .flatten()
        .filter(move |((attribute, _), _)| *attribute == id)
        .map(|(_, value)| value)
}

fn is_scale_item(project: &Project, id: AttributeId) -> bool {
    let mut scales = project.scales.values();
    scales.any(|scale| scale.attributes().any(|item| item == id))
}

pub(super) fn attribute_added(project: &mut Project, attribute: &Attribute) -> ApplyResult {
    ensure(
        attribute.of.has_phases() || !attribute.per_phase,
        SkipReason::BadValue,
    )?;
    add(&mut project.attributes, attribute.id, attribute)
}

pub(super) fn attribute_edited(
    project: &mut Project,
    author: &Author,
    id: AttributeId,
    edit: &AttributeEdit,
) -> ApplyResult {
    if let AttributeEdit::Kind(Edit { to, .. }) = edit {
        let fits = values_of(project, id).all(|value| to.admits(value));
        ensure(fits, SkipReason::BadValue)?;
        ensure(
            *to == AttributeKind::Number || !is_scale_item(project, id),
            SkipReason::InUse,
        )?;
    }
    let attribute = project.attributes.get_mut(&id).ok_or(SkipReason::Gone)?;
    let setter = author.setter(&mut project.conflicts, Subject::Attribute(id));
    match edit {
        AttributeEdit::Name(edit) => setter.set("name", &mut attribute.name, edit),
        AttributeEdit::Definition(edit) => {
            setter.set("definition", &mut attribute.definition, edit)
        }
        AttributeEdit::Rank(edit) => setter.set("rank", &mut attribute.rank, edit),
        AttributeEdit::Kind(edit) => setter.set("kind", &mut attribute.kind, edit),
        AttributeEdit::Translation { language, name } => {
            set_translation(setter, &mut attribute.translations, language, name)
        }
        AttributeEdit::CategoryTranslation {
            category,
            language,
            name,
        } => {
            let has = attribute.kind.categories().contains(category);
            ensure(has || name.to.is_none(), SkipReason::Gone)?;
            let all = &mut attribute.category_translations;
            let mut of_category = all.remove(category).unwrap_or_default();
            let mut slot = of_category.remove(language);
            let set = setter.set(
                &format!("category {category} in {language}"),
                &mut slot,
                name,
            );
            of_category.extend(slot.map(|name| (language.clone(), name)));
            if !of_category.is_empty() {
                all.insert(category.clone(), of_category);
            }
            set
        }
    }
}

pub(super) fn attribute_removed(project: &mut Project, id: AttributeId) -> ApplyResult {
    ensure(project.attributes.contains_key(&id), SkipReason::Gone)?;
    let has_values = values_of(project, id).next().is_some();
    ensure(
        !has_values && !is_scale_item(project, id),
        SkipReason::InUse,
    )?;
    project.attributes.remove(&id);
    Ok(())
}

/// Checks that a case, a document or a coder can have a value of an attribute in a phase.
pub(super) fn value_fits(
    project: &Project,
    of: AttributeOf,
    id: AttributeId,
    phase: Option<PhaseId>,
    value: &AttributeValue,
) -> ApplyResult {
    let attribute = project.attributes.get(&id).ok_or(SkipReason::Gone)?;
    ensure(
        phase.is_none_or(|phase| project.phases.contains_key(&phase)),
        SkipReason::Gone,
    )?;
    let fits = attribute.of == of
        && attribute.per_phase == phase.is_some()
        && attribute.kind.admits(value);
    ensure(fits, SkipReason::BadValue)
}

pub(super) fn value_set(
    project: &mut Project,
    author: &Author,
    holder: Holder,
    attribute: AttributeId,
    phase: Option<PhaseId>,
    edit: &Edit<Option<AttributeValue>>,
) -> ApplyResult {
    if let Some(value) = &edit.to {
        value_fits(project, holder.of(), attribute, phase, value)?;
    }
    let (values, subject) = match holder {
        Holder::Case(id) => {
            let case = project.cases.get_mut(&id).ok_or(SkipReason::Gone)?;
            (&mut Arc::make_mut(case).values, Subject::Case(id))
        }
        Holder::Document(id) => {
            let document = project.documents.get_mut(&id).ok_or(SkipReason::Gone)?;
            (&mut Arc::make_mut(document).values, Subject::Document(id))
        }
        Holder::Coder(id) => {
            let coder = project.coders.get_mut(&id).ok_or(SkipReason::Gone)?;
            (&mut coder.values, Subject::Coder(id))
        }
    };
    let field = match phase {
        Some(phase) => format!("value {attribute} in {phase}"),
        None => format!("value {attribute}"),
    };
    let key = (attribute, phase);
    let mut slot = values.remove(&key);
    let setter = author.setter(&mut project.conflicts, subject);
    setter.set(&field, &mut slot, edit)?;
    values.extend(slot.map(|value| (key, value)));
    Ok(())
}
