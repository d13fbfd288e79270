//! Edits of the project itself: title, coders, phases.

use super::{Edited, name_of, some};
use crate::{
    app::{identity::Identities, refusal::Refusal},
    log::change::{Change, Edit, PhaseEdit, ProjectEdit},
    message::text::Text,
    model::{
        Project,
        coder::Coder,
        ids::{CoderId, PhaseId},
        localized::Language,
        phase::Phase,
        rank::Rank,
    },
};

/// The first changes of a new project.
///
/// # Errors
/// When title or coder is empty.
pub fn found(ids: &mut Identities, title: &str, coder: &str) -> Edited {
    let title = ProjectEdit::Title(Edit::new(String::new(), name_of(title)?));
    let coder = Coder {
        id: ids.id(),
        name: name_of(coder)?,
    };
    Ok(vec![
        Change::ProjectEdited(title),
        Change::CoderAdded(coder),
    ])
}

/// Sets the title.
///
/// # Errors
/// When it is empty or the same.
pub fn set_title(project: &Project, title: &str) -> Edited {
    let edit = Edit::new(project.title.clone(), name_of(title)?);
    some(if edit.from == edit.to {
        vec![]
    } else {
        vec![Change::ProjectEdited(ProjectEdit::Title(edit))]
    })
}

/// Sets what the study is about.
///
/// # Errors
/// When it is the same.
pub fn set_description(project: &Project, description: &str) -> Edited {
    let edit = Edit::new(project.description.clone(), description.to_owned());
    some(if edit.from == edit.to {
        vec![]
    } else {
        vec![Change::ProjectEdited(ProjectEdit::Description(edit))]
    })
}

/// Sets the main language of the codebook.
///
/// # Errors
/// When it is the same.
pub fn set_language(project: &Project, language: Language) -> Edited {
    let edit = Edit::new(project.language.clone(), language);
    some(if edit.from == edit.to {
        vec![]
    } else {
        vec![Change::ProjectEdited(ProjectEdit::Language(edit))]
    })
}

/// Adds a coder.
///
/// # Errors
/// When the name is empty or taken.
pub fn add_coder(project: &Project, ids: &mut Identities, name: &str) -> Edited {
    let name = name_of(name)?;
    if project.coder_by_name(&name).is_some() {
        return Err(Refusal::NameTaken(name));
    }
    Ok(vec![Change::CoderAdded(Coder { id: ids.id(), name })])
}

/// Gives a coder another name.
///
/// # Errors
/// When the coder isn't there, or the name is empty or taken.
pub fn rename_coder(project: &Project, id: CoderId, name: &str) -> Edited {
    let coder = project
        .coders
        .get(&id)
        .ok_or_else(|| Refusal::NoCoder(id.to_string()))?;
    let name = name_of(name)?;
    if project
        .coder_by_name(&name)
        .is_some_and(|other| other.id != id)
    {
        return Err(Refusal::NameTaken(name));
    }
    let name = Edit::new(coder.name.clone(), name);
    some(if name.from == name.to {
        vec![]
    } else {
        vec![Change::CoderRenamed { coder: id, name }]
    })
}

/// Adds a phase after the others.
///
/// # Errors
/// When the name is empty or taken.
pub fn add_phase(project: &Project, ids: &mut Identities, name: &str) -> Edited {
    let name = name_of(name)?;
    if project.phase_by_name(&name).is_some() {
        return Err(Refusal::NameTaken(name));
    }
    let rank = Rank::after(project.phases.values().map(|phase| &phase.rank));
    Ok(vec![Change::PhaseAdded(Phase {
        id: ids.id(),
        name,
        rank,
    })])
}

/// Gives a phase another name.
///
/// # Errors
/// When the phase isn't there, or the name is empty or taken.
pub fn rename_phase(project: &Project, id: PhaseId, name: &str) -> Edited {
    let phase = project
        .phases
        .get(&id)
        .ok_or_else(|| Refusal::NoPhase(id.to_string()))?;
    let name = name_of(name)?;
    if project
        .phase_by_name(&name)
        .is_some_and(|other| other.id != id)
    {
        return Err(Refusal::NameTaken(name));
    }
    let edit = Edit::new(phase.name.clone(), name);
    some(if edit.from == edit.to {
        vec![]
    } else {
        vec![Change::PhaseEdited {
            phase: id,
            edit: PhaseEdit::Name(edit),
        }]
    })
}

/// Puts a phase before another, or last.
///
/// # Errors
/// When a phase isn't there.
pub fn move_phase(project: &Project, id: PhaseId, before: Option<PhaseId>) -> Edited {
    let phase = project
        .phases
        .get(&id)
        .ok_or_else(|| Refusal::NoPhase(id.to_string()))?;
    let others: Vec<&Phase> = project
        .phases_in_order()
        .into_iter()
        .filter(|other| other.id != id)
        .collect();
    let at = before
        .and_then(|before| others.iter().position(|other| other.id == before))
        .unwrap_or(others.len());
    let rank_at = |index: Option<usize>| {
        index
            .and_then(|index| others.get(index))
            .map(|other| &other.rank)
    };
    let rank = Rank::between(rank_at(at.checked_sub(1)), rank_at(Some(at)));
    Ok(vec![Change::PhaseEdited {
        phase: id,
        edit: PhaseEdit::Rank(Edit::new(phase.rank.clone(), rank)),
    }])
}

/// Removes a phase that no document and no value is in.
///
/// # Errors
/// When it isn't there, or is used.
pub fn remove_phase(project: &Project, id: PhaseId) -> Edited {
    let phase = project
        .phases
        .get(&id)
        .ok_or_else(|| Refusal::NoPhase(id.to_string()))?;
    let documents = project
        .documents
        .values()
        .filter(|document| document.phase == Some(id))
        .count();
    let in_values = |values: &crate::model::attribute::Values| {
        values.keys().any(|(_, phase)| *phase == Some(id))
    };
    let cases = project
        .cases
        .values()
        .filter(|case| in_values(&case.values))
        .count();
    if documents + cases > 0 {
        return Err(Refusal::InUse {
            name: phase.name.clone(),
            by: Text::new(
                "{documents} {documents|document|documents}, values of {cases} {cases|case|cases}",
                "{documents} 份文档、{cases} 个个案的值",
            )
            .count("documents", documents)
            .count("cases", cases),
        });
    }
    Ok(vec![Change::PhaseRemoved(phase.clone())])
}

/// Removes a coder who has coded and written nothing.
///
/// # Errors
/// When the coder isn't there, or has codings or memos.
pub fn remove_coder(project: &Project, id: CoderId) -> Edited {
    let coder = project
        .coders
        .get(&id)
        .ok_or_else(|| Refusal::NoCoder(id.to_string()))?;
    let codings = project
        .documents
        .values()
        .flat_map(|document| &document.codings)
        .filter(|coding| coding.coder == id)
        .count();
    let memos = project
        .memos
        .values()
        .filter(|memo| memo.coder == id)
        .count();
    if codings + memos > 0 {
        return Err(Refusal::InUse {
            name: coder.name.clone(),
            by: Text::new(
                "{codings} {codings|coding|codings}, {memos} {memos|memo|memos}",
                "{codings} 个编码片段、{memos} 条备忘",
            )
            .count("codings", codings)
            .count("memos", memos),
        });
    }
    Ok(vec![Change::CoderRemoved(coder.clone())])
}
