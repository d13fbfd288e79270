//! `tain new`: a new project.

use std::path::PathBuf;

use super::{Context, DONE, Ended};
use crate::app::Session;

/// Make a new project
///
/// Example: tain new study.tain --title "I believe I can" --coder An
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Path of the .tain file; nothing is overwritten
    project: PathBuf,
    /// Title of the study; by default the file's name
    #[arg(long)]
    title: Option<String>,
}

pub(super) fn run(args: &Args, context: &Context<'_>) -> Ended {
    let stem = args
        .project
        .file_stem()
        .map(|stem| stem.to_string_lossy().into_owned())
        .unwrap_or_default();
    let title = args.title.as_deref().unwrap_or(&stem);
    let coder = context.coder.as_deref().unwrap_or("Coder 1");
    Session::create(&args.project, title, coder, (context.world)())?;
    context.say(&format!(
        "made {} with coder {coder}",
        args.project.display()
    ));
    DONE
}
