//! `tain phase`: the phases of a study and their order.

use std::path::PathBuf;

use super::{
    CommandResult, Context, DONE, filters::Find, open::ReadArgs, output::new_table, values,
};
use crate::{app::action::Action, message::language::UiLanguage};

/// List, add, rename, translate, move and remove phases
///
/// To compare two phases, see `tain phases`.
///
/// Example: tain phase add study.tain follow-up
#[derive(Debug, clap::Args)]
pub(super) struct PhaseArgs {
    #[command(subcommand)]
    command: PhaseCommand,
}

#[derive(Debug, clap::Subcommand)]
enum PhaseCommand {
    /// List the phases in their order
    List(ReadArgs),
    /// Add a phase after the others
    Add {
        /// Path of the .tain file
        project: PathBuf,
        /// Name of the phase
        name: String,
    },
    /// Rename a phase
    Rename {
        /// Path of the .tain file
        project: PathBuf,
        /// Name of the phase
        phase: String,
        /// The new name
        to: String,
    },
    /// Set the name of a phase in a language
    Translate {
        /// Path of the .tain file
        project: PathBuf,
        /// Name of the phase
        phase: String,
        /// Language of the translation
        #[arg(value_name = "LANGUAGE", value_parser = values::language())]
        into: UiLanguage,
        /// The name in this language; an empty one removes it
        name: String,
    },
    /// Move a phase to the end, or before another
    Move {
        /// Path of the .tain file
        project: PathBuf,
        /// Name of the phase
        phase: String,
        /// The phase before which it is put
        #[arg(long, value_name = "PHASE")]
        before: Option<String>,
    },
    /// Remove a phase that no document and no value has
    Remove {
        /// Path of the .tain file
        project: PathBuf,
        /// Name of the phase
        phase: String,
    },
}

pub(super) fn run(args: PhaseArgs, context: &Context<'_>) -> CommandResult {
    match args.command {
        PhaseCommand::List(reading) => list(&reading, context),
        PhaseCommand::Add { project, name } => {
            context.edit(&project, |_| Ok(Action::AddPhase(name)))
        }
        PhaseCommand::Rename { project, phase, to } => context.edit(&project, |project| {
            Ok(Action::RenamePhase(Find(project).phase(&phase)?, to))
        }),
        PhaseCommand::Translate {
            project,
            phase,
            into,
            name,
        } => context.edit(&project, |project| {
            let phase = Find(project).phase(&phase)?;
            Ok(Action::TranslatePhase(phase, into.tag(), name))
        }),
        PhaseCommand::Move {
            project,
            phase,
            before,
        } => context.edit(&project, |project| {
            let find = Find(project);
            let before = before.map(|name| find.phase(&name)).transpose()?;
            Ok(Action::MovePhase(find.phase(&phase)?, before))
        }),
        PhaseCommand::Remove { project, phase } => context.edit(&project, |project| {
            Ok(Action::RemovePhase(Find(project).phase(&phase)?))
        }),
    }
}

fn list(reading: &ReadArgs, context: &Context<'_>) -> CommandResult {
    let session = context.read(&reading.project)?;
    let project = session.project();
    let language = reading.output.language(context);
    let mut table = new_table(&["phase", "translations", "documents"], language);
    for phase in project.phases_in_order() {
        let translations: Vec<&str> = phase.names().skip(1).collect();
        let documents = project.documents.values();
        let documents = documents.filter(|document| document.phase == Some(phase.id));
        table.rows.push(vec![
            Find(project).phase_name(phase.id, language).into(),
            translations.join("; ").into(),
            documents.count().into(),
        ]);
    }
    reading.output.table(&table)?;
    DONE
}
