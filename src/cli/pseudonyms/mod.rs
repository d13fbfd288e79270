//! `tain pseudonyms`: the names in a project, and what stands in their place.

mod scan;

use std::path::PathBuf;

use clap::Subcommand;

use super::{CommandResult, Context, output::Output};

/// Find names, and put pseudonyms in their place
///
/// Found are people by name, nickname, or title and name, places, schools, telephone and identity numbers, dates of birth, accounts.
/// Words of kinship and roles stay. Example: tain pseudonyms study.tain scan --format json
#[derive(Debug, clap::Args)]
pub(super) struct PseudonymsArgs {
    /// Path of the .tain file
    project: PathBuf,
    #[command(subcommand)]
    action: PseudonymsAction,
}

#[derive(Debug, Subcommand)]
enum PseudonymsAction {
    /// List every place that names somebody or something; positions count characters from 0
    Scan {
        #[command(flatten)]
        output: Output,
    },
}

pub(super) fn run(args: PseudonymsArgs, context: &Context<'_>) -> CommandResult {
    match args.action {
        PseudonymsAction::Scan { output } => scan::run(&args.project, &output, context),
    }
}
