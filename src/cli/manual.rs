//! `tain completions` and `tain man`: completions for a shell and the manual pages, generated from the commands.

use std::path::Path;

use super::{CommandResult, DONE, failure::Failure, terminal};
use crate::message::text::Text;

/// Print completions for a shell
///
/// Example: tain completions bash > ~/.local/share/bash-completion/completions/tain
#[derive(Debug, clap::Args)]
pub(super) struct CompletionsArgs {
    /// bash, zsh, fish, elvish or powershell
    shell: clap_complete::Shell,
}

/// Print the manual page of Tain, or of one of its commands
///
/// Example: tain man codebook import > ~/.local/share/man/man1/tain-codebook-import.1
#[derive(Debug, clap::Args)]
pub(super) struct ManArgs {
    /// A command and, where it has any, its subcommand; by default Tain itself
    command: Vec<String>,
}

pub(super) fn completions(args: &CompletionsArgs, command: &mut clap::Command) -> CommandResult {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, command, "tain", &mut script);
    terminal::print(&script)?;
    DONE
}

pub(super) fn man(args: &ManArgs, whole: clap::Command) -> CommandResult {
    // `help` has no page of its own: it prints what the pages say.
    let mut whole = whole.disable_help_subcommand(true);
    // Pages are called by the whole command, such as `tain-codebook-import`, which it learns here.
    whole.build();
    let mut command = &whole;
    for name in &args.command {
        command = command.find_subcommand(name).ok_or_else(|| {
            Failure::usage(
                Text::new("there is no command `{command}`", "没有“{command}”这个命令")
                    .with("command", args.command.join(" ")),
            )
        })?;
    }
    let page = clap_mangen::Man::new(command.clone());
    let mut text = Vec::new();
    page.render(&mut text)
        .map_err(|error| Failure::io(Path::new("stdout"), &error))?;
    terminal::print(&text)?;
    DONE
}
