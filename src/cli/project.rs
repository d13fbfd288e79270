//! `tain project`: title, description and language of a project.

use std::path::PathBuf;

use serde_json::json;

use super::{CommandResult, Context, DONE, open, output::Output, values};
use crate::{app::action::Action, message::language::UiLanguage};

/// Show or set the title, the description and the language of a project
///
/// Without any of these options, shows them.
///
/// Example: tain project study.tain --title "I believe I can" --description "Twelve families, two interviews each"
#[derive(Debug, clap::Args)]
pub(super) struct ProjectArgs {
    /// Path of the .tain file
    project: PathBuf,
    /// Title of the study
    #[arg(long)]
    title: Option<String>,
    /// What the study is about; an empty text clears it
    #[arg(long)]
    description: Option<String>,
    /// Language of the codebook's main texts, and of exports and reports that name no other
    #[arg(long, value_parser = values::language())]
    language: Option<UiLanguage>,
    #[command(flatten)]
    output: Output,
}

pub(super) fn run(args: ProjectArgs, context: &Context<'_>) -> CommandResult {
    let shows = args.title.is_none() && args.description.is_none() && args.language.is_none();
    if shows {
        let session = context.read(&args.project)?;
        let project = session.project();
        let shown = json!({
            "title": project.title,
            "description": project.description,
            "language": project.language.to_string(),
        });
        args.output.object(&shown, context)?;
        return DONE;
    }
    let mut session = context.write(&args.project)?;
    session.run(Action::SetProject {
        title: args.title,
        description: args.description,
        language: args.language.map(UiLanguage::tag),
    })?;
    open::close(session);
    DONE
}
