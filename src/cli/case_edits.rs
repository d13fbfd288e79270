//! `tain cases add`, `rename`, `kind`, `move`, `merge` and `remove`.

use std::path::PathBuf;

use super::{CommandResult, Context, failure::Failure, filters::Find};
use crate::{
    app::{action::Action, refusal::Refusal},
    model::{
        Project,
        case::{Case, CaseKind},
        ids::CaseId,
    },
};

/// Edits of cases.
#[derive(Debug, clap::Subcommand)]
pub(super) enum CaseEdits {
    /// Add a case
    Add {
        /// Path of the .tain file
        project: PathBuf,
        /// Name of the case
        name: String,
        /// family, person, or a word of your own
        #[arg(long, default_value = "family")]
        kind: String,
        /// The case it belongs to
        #[arg(long, value_name = "CASE")]
        parent: Option<String>,
    },
    /// Rename a case
    Rename {
        /// Path of the .tain file
        project: PathBuf,
        /// Name of the case
        case: String,
        /// The new name
        to: String,
    },
    /// Set the kind of a case
    Kind {
        /// Path of the .tain file
        project: PathBuf,
        /// Name of the case
        case: String,
        /// family, person, or a word of your own
        kind: String,
    },
    /// Put a case below another, or at the top
    Move {
        /// Path of the .tain file
        project: PathBuf,
        /// Name of the case
        case: String,
        /// The case it belongs to; none by default
        #[arg(long, value_name = "CASE")]
        parent: Option<String>,
    },
    /// Merge cases into another, which keeps its values and takes over those that it lacks
    Merge {
        /// Path of the .tain file
        project: PathBuf,
        /// Names of the cases
        #[arg(required = true, value_name = "CASE")]
        cases: Vec<String>,
        /// The case that remains
        #[arg(long, value_name = "CASE")]
        into: String,
    },
    /// Remove cases with their values and memos; documents stay, and cases below move up
    Remove {
        /// Path of the .tain file
        project: PathBuf,
        /// Names of the cases
        #[arg(required = true, value_name = "CASE")]
        cases: Vec<String>,
    },
}

pub(super) fn run(edit: CaseEdits, context: &Context<'_>) -> CommandResult {
    match edit {
        CaseEdits::Add {
            project,
            name,
            kind,
            parent,
        } => context.edit(&project, |project| {
            Ok(Action::AddCase {
                name,
                kind: CaseKind::named(&kind),
                parent: parent_called(project, parent.as_deref())?,
            })
        }),
        CaseEdits::Rename { project, case, to } => context.edit(&project, |project| {
            set(project, &case, |new| {
                new.name = to;
            })
        }),
        CaseEdits::Kind {
            project,
            case,
            kind,
        } => context.edit(&project, |project| {
            set(project, &case, |new| {
                new.kind = CaseKind::named(&kind);
            })
        }),
        CaseEdits::Move {
            project,
            case,
            parent,
        } => context.edit(&project, |project| {
            let parent = parent_called(project, parent.as_deref())?;
            set(project, &case, |new| {
                new.parent = parent;
            })
        }),
        CaseEdits::Merge {
            project,
            cases,
            into,
        } => context.edit(&project, |project| {
            Ok(Action::MergeCases {
                cases: Find(project).all(&cases, Find::case)?,
                into: Find(project).case(&into)?,
            })
        }),
        CaseEdits::Remove { project, cases } => context.edit(&project, |project| {
            Ok(Action::RemoveCases(Find(project).all(&cases, Find::case)?))
        }),
    }
}

fn parent_called(project: &Project, name: Option<&str>) -> Result<Option<CaseId>, Refusal> {
    name.map(|name| Find(project).case(name)).transpose()
}

/// The action that changes one field of a case.
fn set(project: &Project, name: &str, change: impl FnOnce(&mut Case)) -> Result<Action, Failure> {
    let id = Find(project).case(name)?;
    let case = project.cases.get(&id);
    let case = case.ok_or_else(|| Refusal::NoCase(name.to_owned()))?;
    let mut new = Case::clone(case);
    change(&mut new);
    Ok(Action::SetCase {
        case: id,
        name: new.name,
        kind: new.kind,
        parent: new.parent,
    })
}
