//! Changes of the project itself, its coders and phases.

use super::{ApplyResult, Author, add, case::value_fits, ensure, set_translation};
use crate::{
    log::change::{CoderEdit, Edit, PhaseEdit, ProjectEdit},
    model::{
        Project,
        attribute::{AttributeOf, Values},
        coder::Coder,
        conflict::{SkipReason, Subject},
        ids::{CoderId, PhaseId},
    },
};

pub(super) fn project_edited(
    project: &mut Project,
    author: &Author,
    edit: &ProjectEdit,
) -> ApplyResult {
    let setter = author.setter(&mut project.conflicts, Subject::Project);
    match edit {
        ProjectEdit::Title(edit) => setter.set("title", &mut project.title, edit),
        ProjectEdit::Description(edit) => setter.set("description", &mut project.description, edit),
        ProjectEdit::Language(edit) => setter.set("language", &mut project.language, edit),
    }
}

pub(super) fn coder_added(project: &mut Project, coder: &Coder) -> ApplyResult {
    for (&(attribute, phase), value) in &coder.values {
        value_fits(project, AttributeOf::Coders, attribute, phase, value)?;
    }
    add(&mut project.coders, coder.id, coder)
}

pub(super) fn coder_renamed(
    project: &mut Project,
    author: &Author,
    id: CoderId,
    name: &Edit<String>,
) -> ApplyResult {
    let coder = project.coders.get_mut(&id).ok_or(SkipReason::Gone)?;
    let setter = author.setter(&mut project.conflicts, Subject::Coder(id));
    setter.set("name", &mut coder.name, name)
}

pub(super) fn coder_edited(
    project: &mut Project,
    author: &Author,
    id: CoderId,
    edit: &CoderEdit,
) -> ApplyResult {
    let coder = project.coders.get_mut(&id).ok_or(SkipReason::Gone)?;
    let setter = author.setter(&mut project.conflicts, Subject::Coder(id));
    match edit {
        CoderEdit::Hue(edit) => setter.set("hue", &mut coder.hue, edit),
    }
}

pub(super) fn coder_removed(project: &mut Project, id: CoderId) -> ApplyResult {
    ensure(project.coders.contains_key(&id), SkipReason::Gone)?;
    let mut codings = project
        .documents
        .values()
        .flat_map(|document| &document.codings);
    let mut memos = project.memos.values();
    let is_used = codings.any(|coding| coding.coder == id) || memos.any(|memo| memo.coder == id);
    ensure(!is_used, SkipReason::InUse)?;
    project.coders.remove(&id);
    Ok(())
}

pub(super) fn phase_edited(
    project: &mut Project,
    author: &Author,
    id: PhaseId,
    edit: &PhaseEdit,
) -> ApplyResult {
    let phase = project.phases.get_mut(&id).ok_or(SkipReason::Gone)?;
    let setter = author.setter(&mut project.conflicts, Subject::Phase(id));
    match edit {
        PhaseEdit::Name(edit) => setter.set("name", &mut phase.name, edit),
        PhaseEdit::Rank(edit) => setter.set("rank", &mut phase.rank, edit),
        PhaseEdit::Translation { language, name } => {
            set_translation(setter, &mut phase.translations, language, name)
        }
    }
}

pub(super) fn phase_removed(project: &mut Project, id: PhaseId) -> ApplyResult {
    ensure(project.phases.contains_key(&id), SkipReason::Gone)?;
    let mut documents = project.documents.values();
    let mut cases = project.cases.values();
    let is_used = documents
        .any(|document| document.phase == Some(id) || has_phase(&document.values, id))
        || cases.any(|case| has_phase(&case.values, id));
    ensure(!is_used, SkipReason::InUse)?;
    project.phases.remove(&id);
    Ok(())
}

fn has_phase(values: &Values, id: PhaseId) -> bool {
    values.keys().any(|(_, phase)| *phase == Some(id))
}
