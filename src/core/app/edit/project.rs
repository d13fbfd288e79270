//! Edits of the project itself: title, description, language, coders, phases.

use super::{free_name, lookup, rank_before, required_name, transaction::Transaction};
use crate::{
    app::refusal::Refusal,
    log::change::{Change, CoderEdit, Edit, PhaseEdit, ProjectEdit},
    message::text::Text,
    model::{
        attribute::Values,
        code::Hue,
        coder::Coder,
        ids::{CoderId, PhaseId},
        localized::Language,
        phase::Phase,
        rank::Rank,
    },
};

/// Records the first changes of a new project: its title and first coder.
pub(crate) fn create(tx: &mut Transaction<'_>, title: String, coder: String) -> CoderId {
    let title = Edit::new(String::new(), title);
    tx.record(Change::ProjectEdited(ProjectEdit::Title(title)));
    let coder = Coder::new(tx.id(), coder);
    let id = coder.id;
    tx.record(Change::CoderAdded(coder));
    id
}

/// Sets the title.
///
/// # Errors
/// When it is empty.
pub(crate) fn set_title(tx: &mut Transaction<'_>, title: &str) -> Result<(), Refusal> {
    let edit = Edit::if_different(&tx.project().title, required_name(title)?);
    tx.record_all(edit.map(ProjectEdit::Title).map(Change::ProjectEdited));
    Ok(())
}

/// Sets what the study is about.
pub(crate) fn set_description(tx: &mut Transaction<'_>, description: String) {
    let edit = Edit::if_different(&tx.project().description, description);
    tx.record_all(
        edit.map(ProjectEdit::Description)
            .map(Change::ProjectEdited),
    );
}

/// Sets the main language of the codebook.
pub(crate) fn set_language(tx: &mut Transaction<'_>, language: Language) {
    let edit = Edit::if_different(&tx.project().language, language);
    tx.record_all(edit.map(ProjectEdit::Language).map(Change::ProjectEdited));
}

/// Sets those of title, description and language that are given.
///
/// # Errors
/// When the title is empty.
pub(crate) fn set_project(
    tx: &mut Transaction<'_>,
    title: Option<&str>,
    description: Option<String>,
    language: Option<Language>,
) -> Result<(), Refusal> {
    if let Some(title) = title {
        set_title(tx, title)?;
    }
    if let Some(description) = description {
        set_description(tx, description);
    }
    if let Some(language) = language {
        set_language(tx, language);
    }
    Ok(())
}

/// Adds a coder.
///
/// # Errors
/// When the name is empty or taken.
pub(crate) fn add_coder(tx: &mut Transaction<'_>, name: &str) -> Result<(), Refusal> {
    let name = free_coder_name(tx, name, None)?;
    let id = tx.id();
    tx.record(Change::CoderAdded(Coder::new(id, name)));
    Ok(())
}

/// Renames a coder.
///
/// # Errors
/// When the coder doesn't exist, or the name is empty or taken.
pub(crate) fn rename_coder(
    tx: &mut Transaction<'_>,
    id: CoderId,
    name: &str,
) -> Result<(), Refusal> {
    let coder = lookup::coder(tx.project(), id)?;
    let name = Edit::if_different(&coder.name, free_coder_name(tx, name, Some(id))?);
    tx.record_all(name.map(|name| Change::CoderRenamed { coder: id, name }));
    Ok(())
}

fn free_coder_name(
    tx: &Transaction<'_>,
    name: &str,
    own: Option<CoderId>,
) -> Result<String, Refusal> {
    let coders = tx.project().coders.values();
    free_name(name, own, coders.map(|coder| (coder.id, &*coder.name)))
}

/// Sets or clears the colour of a coder.
///
/// # Errors
/// When the coder doesn't exist.
pub(crate) fn set_coder_hue(
    tx: &mut Transaction<'_>,
    id: CoderId,
    hue: Option<Hue>,
) -> Result<(), Refusal> {
    let coder = lookup::coder(tx.project(), id)?;
    let edit = Edit::if_different(&coder.hue, hue).map(CoderEdit::Hue);
    tx.record_all(edit.map(|edit| Change::CoderEdited { coder: id, edit }));
    Ok(())
}

/// Removes a coder who has no codings and memos.
///
/// # Errors
/// When the coder doesn't exist, has codings or memos, or is acting.
pub(crate) fn remove_coder(tx: &mut Transaction<'_>, id: CoderId) -> Result<(), Refusal> {
    let project = tx.project();
    let coder = lookup::coder(project, id)?;
    if tx.coder() == Some(id) {
        return Err(Refusal::InUse {
            name: (&coder.name).into(),
            by: Text::new("this coder is the one who acts", "当前操作的正是此编码员").into(),
        });
    }
    let codings = project
        .documents
        .values()
        .flat_map(|document| &document.codings)
        .filter(|coding| coding.coder == id)
        .count();
    let memos = project.memos.values();
    let memos = memos.filter(|memo| memo.coder == id).count();
    if codings + memos > 0 {
        return Err(Refusal::InUse {
            name: (&coder.name).into(),
            by: Text::new(
                "{codings} {codings|coding|codings}, {memos} {memos|memo|memos}",
                "{codings} 个编码片段、{memos} 条备忘",
            )
            .count("codings", codings)
            .count("memos", memos),
        });
    }
    let removed = Change::CoderRemoved(coder.clone());
    tx.record(removed);
    Ok(())
}

/// Adds a phase after the others.
///
/// # Errors
/// When the name is empty or taken.
pub(crate) fn add_phase(tx: &mut Transaction<'_>, name: &str) -> Result<(), Refusal> {
    let name = free_phase_name(tx, name, None)?;
    append_phase(tx, name);
    Ok(())
}

/// Adds a phase of a name that is free after the others.
pub(super) fn append_phase(tx: &mut Transaction<'_>, name: String) -> PhaseId {
    let rank = Rank::after(tx.project().phases.values().map(|phase| &phase.rank));
    let id = tx.id();
    tx.record(Change::PhaseAdded(Phase::new(id, name, rank)));
    id
}

/// Renames a phase.
///
/// # Errors
/// When the phase doesn't exist, or the name is empty or taken.
pub(crate) fn rename_phase(
    tx: &mut Transaction<'_>,
    id: PhaseId,
    name: &str,
) -> Result<(), Refusal> {
    let phase = lookup::phase(tx.project(), id)?;
    let edit = Edit::if_different(&phase.name, free_phase_name(tx, name, Some(id))?);
    tx.record_all(edit.map(|edit| Change::PhaseEdited {
        phase: id,
        edit: PhaseEdit::Name(edit),
    }));
    Ok(())
}

/// A name or translation that no other phase has.
pub(super) fn free_phase_name(
    tx: &Transaction<'_>,
    name: &str,
    own: Option<PhaseId>,
) -> Result<String, Refusal> {
    let phases = tx.project().phases.values();
    let names = phases.flat_map(|phase| phase.names().map(|name| (phase.id, name)));
    free_name(name, own, names)
}

/// Moves a phase before another, or to the end.
///
/// # Errors
/// When the phase doesn't exist.
pub(crate) fn move_phase(
    tx: &mut Transaction<'_>,
    id: PhaseId,
    before: Option<PhaseId>,
) -> Result<(), Refusal> {
    let phase = lookup::phase(tx.project(), id)?;
    let others = tx.project().phases_in_order();
    let others = others.into_iter().filter(|other| other.id != id);
    let others: Vec<_> = others.map(|other| (other.id, &other.rank)).collect();
    let rank = rank_before(&others, before);
    let edit = PhaseEdit::Rank(Edit::new(phase.rank.clone(), rank));
    tx.record(Change::PhaseEdited { phase: id, edit });
    Ok(())
}

/// Removes a phase that no document and no value refers to.
///
/// # Errors
/// When it doesn't exist, or is used.
pub(crate) fn remove_phase(tx: &mut Transaction<'_>, id: PhaseId) -> Result<(), Refusal> {
    let project = tx.project();
    let phase = lookup::phase(project, id)?;
    let documents = project.documents.values();
    let documents = documents
        .filter(|document| document.phase == Some(id))
        .count();
    let cases = project.cases.values();
    let cases = cases.filter(|case| is_used_in(&case.values, id)).count();
    if documents + cases > 0 {
        return Err(Refusal::InUse {
            name: (&phase.localized()).into(),
            by: Text::new(
                "{documents} {documents|document|documents}, values of {cases} {cases|case|cases}",
                "{documents} 份文档、{cases} 个个案的值",
            )
            .count("documents", documents)
            .count("cases", cases),
        });
    }
    let removed = Change::PhaseRemoved(phase.clone());
    tx.record(removed);
    Ok(())
}

fn is_used_in(values: &Values, id: PhaseId) -> bool {
    values.keys().any(|(_, phase)| *phase == Some(id))
}
