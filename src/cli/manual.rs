//! `tain completions` and `tain man`: completions for a shell and the manual page, generated from the commands.

use std::path::Path;

use super::{CommandResult, DONE, failure::Failure};

/// Print completions for a shell
///
/// Example: tain completions bash > ~/.local/share/bash-completion/completions/tain
#[derive(Debug, clap::Args)]
pub(super) struct CompletionsArgs {
    /// bash, zsh, fish, elvish or powershell
    shell: clap_complete::Shell,
}

/// Print the manual page
///
/// Example: tain man > ~/.local/share/man/man1/tain.1
#[derive(Debug, clap::Args)]
pub(super) struct ManArgs {}

pub(super) fn completions(args: &CompletionsArgs, command: &mut clap::Command) -> CommandResult {
    clap_complete::generate(args.shell, command, "tain", &mut std::io::stdout().lock());
    DONE
}

pub(super) fn man(command: clap::Command) -> CommandResult {
    let rendered = clap_mangen::Man::new(command).render(&mut std::io::stdout().lock());
    rendered.map_err(|error| Failure::io(Path::new("stdout"), &error))?;
    DONE
}
