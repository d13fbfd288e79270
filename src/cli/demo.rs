//! `tain demo`: the sample project, built by the ordinary import.

use std::path::PathBuf;

use super::{CommandResult, Context, DONE, Outcome, WindowOptions, output::Output, summary};
use crate::{
    analysis::frequency::{Columns, FrequencyOptions, Rows},
    app::sample,
    message::text::Text,
};

/// Build the sample project "I believe I can" and open it
///
/// Example: tain demo --dir /tmp/tain --headless
#[derive(Debug, clap::Args)]
pub(super) struct DemoArgs {
    /// Folder for the project; by default the user's data folder
    #[arg(long)]
    dir: Option<PathBuf>,
    /// Print themes by family and open no window
    #[arg(long)]
    headless: bool,
}

pub(super) fn run(args: DemoArgs, context: &Context<'_>) -> CommandResult {
    let folder = args
        .dir
        .or_else(sample::default_folder)
        .unwrap_or_else(|| PathBuf::from("."));
    let (path, made) = sample::build(&folder, context.host)?;
    let built = if made {
        Text::new("built {path}", "已建立 {path}")
    } else {
        Text::new("{path} already exists", "{path} 已存在")
    };
    context.say(built.with("path", path.as_path()));
    if !args.headless && context.display {
        return Ok(Outcome::Window(
            Some(path),
            WindowOptions {
                page: Some("themes".to_owned()),
                ..WindowOptions::default()
            },
        ));
    }
    let options = FrequencyOptions {
        rows: Rows::Family,
        columns: Columns::Themes,
        roll_up: true,
        ..FrequencyOptions::default()
    };
    let session = context.read(&path)?;
    summary::print(&session, &options, &Output::default(), context)?;
    DONE
}
