//! `tain completions` and `tain man`: what a shell and a system's manual want, made from the commands themselves.

use std::path::Path;

use super::{DONE, Ended, failure::Failure};

/// Print completions for a shell
///
/// Example: tain completions bash > ~/.local/share/bash-completion/completions/tain
#[derive(Debug, clap::Args)]
pub(super) struct Completions {
    /// bash, zsh, fish, elvish or powershell
    shell: clap_complete::Shell,
}

/// Print the manual page
///
/// Example: tain man > ~/.local/share/man/man1/tain.1
#[derive(Debug, clap::Args)]
pub(super) struct Man {}

pub(super) fn completions(args: &Completions, command: &mut clap::Command) -> Ended {
    clap_complete::generate(args.shell, command, "tain", &mut std::io::stdout().lock());
    DONE
}

pub(super) fn man(command: clap::Command) -> Ended {
    let rendered = clap_mangen::Man::new(command).render(&mut std::io::stdout().lock());
    rendered.map_err(|error| Failure::io(Path::new("standard output"), error))?;
    DONE
}
