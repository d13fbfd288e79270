//! `tain demo`: the sample project, by the ordinary import.

use std::path::PathBuf;

use super::{Context, DONE, Ended, Outcome, WindowOptions, output::Output, summary};
use crate::{
    analysis::frequency::{Columns, Options, Rows},
    app::sample,
};

/// Build the sample project "I believe I can" and open it
///
/// Example: tain demo --dir /tmp/tain --headless
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Folder for the project; by default the user's data folder
    #[arg(long)]
    dir: Option<PathBuf>,
    /// Print themes by family and open no window
    #[arg(long)]
    headless: bool,
}

pub(super) fn run(args: Args, context: &Context<'_>) -> Ended {
    let folder = args
        .dir
        .or_else(sample::default_folder)
        .unwrap_or_else(|| PathBuf::from("."));
    let (path, made) = sample::build(&folder, context.world)?;
    context.say(&format!(
        "{} {}",
        if made { "built" } else { "there already:" },
        path.display()
    ));
    if !args.headless && context.display {
        return Ok(Outcome::Window(
            Some(path),
            WindowOptions {
                page: Some("themes".to_owned()),
                ..WindowOptions::default()
            },
        ));
    }
    let options = Options {
        rows: Rows::Family,
        columns: Columns::Themes,
        roll_up: true,
        ..Options::default()
    };
    let session = context.read(&path)?;
    summary::print(&session, session.project(), &options, &Output::default())?;
    DONE
}
