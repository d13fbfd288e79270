//! The passphrase of a table of pseudonyms: from a file, the environment, or typed.

use std::{
    io::{self, BufRead as _, IsTerminal as _, Write as _},
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{Context, failure::Failure, open::read_passphrase};
use crate::{
    app::pseudonyms::vault::{has_table, read, table_path},
    message::text::Text,
    names::table::PseudonymTable,
    seal::{Passphrase, SealError},
};

/// Where the passphrase comes from.
#[derive(Debug, Clone, Default, clap::Args)]
pub(super) struct TablePassphrase {
    /// File with the passphrase of the table of pseudonyms; it is asked for otherwise
    #[arg(long, global = true, value_name = "FILE")]
    table_passphrase_file: Option<PathBuf>,
    /// The passphrase itself, from the environment
    #[arg(
        long,
        global = true,
        hide = true,
        env = "TAIN_TABLE_PASSPHRASE",
        hide_env_values = true
    )]
    table_passphrase: Option<String>,
}

impl TablePassphrase {
    /// The passphrase; typed twice if it is `new`.
    pub(super) fn get(&self, new: bool, context: &Context<'_>) -> Result<Passphrase, Failure> {
        let given = match (&self.table_passphrase_file, &self.table_passphrase) {
            (Some(file), _) => Some(read_passphrase(file)?),
            (None, Some(given)) => Some(Passphrase::new(given.clone())?),
            (None, None) => None,
        };
        if let Some(given) = given {
            return Ok(given);
        }
        if !io::stdin().is_terminal() {
            return Err(Failure::usage(Text::new(
                "the table of pseudonyms needs its passphrase: --table-passphrase-file, or TAIN_TABLE_PASSPHRASE",
                "化名表需要密码短语：用 --table-passphrase-file 或 TAIN_TABLE_PASSPHRASE 提供",
            )));
        }
        let first = typed(
            Text::new(
                "passphrase of the table of pseudonyms: ",
                "化名表的密码短语：",
            ),
            context,
        )?;
        if new {
            let again = typed(Text::new("once more: ", "再输入一次："), context)?;
            if first != again {
                return Err(Failure::usage(Text::new(
                    "the two passphrases differ",
                    "两次输入的密码短语不同",
                )));
            }
        }
        Ok(first)
    }
}

impl TablePassphrase {
    /// The table of a project for an export or a report, and says that it is used; `None` where there is none.
    pub(super) fn table_of(
        &self,
        project: &Path,
        context: &Context<'_>,
    ) -> Result<Option<Arc<PseudonymTable>>, Failure> {
        if !has_table(project) {
            return Ok(None);
        }
        let table = read(project, &self.get(false, context)?)?;
        context.say(
            Text::new(
                "names are replaced as {table} says: {rows} {rows|row|rows}, {proposed} still proposed",
                "按 {table} 替换姓名：共 {rows} 行，其中 {proposed} 行待定",
            )
            .with("table", table_path(project).as_path())
            .count("rows", table.rows.len())
            .count("proposed", table.proposed()),
        );
        Ok(Some(Arc::new(table)))
    }
}

/// Asks on the terminal, without showing what is typed.
fn typed(question: Text, context: &Context<'_>) -> Result<Passphrase, Failure> {
    // Nobody misses a question on a terminal that is gone.
    let mut terminal = io::stderr();
    write!(terminal, "{}", context.language.say(question)).ok();
    terminal.flush().ok();
    let quiet = Quiet::start();
    let mut line = String::new();
    let read = io::stdin().lock().read_line(&mut line);
    drop(quiet);
    writeln!(terminal).ok();
    read.map_err(|_unreadable| SealError::Empty)?;
    Ok(Passphrase::new(line)?)
}

/// While it lives, the terminal doesn't show what is typed.
#[cfg(unix)]
struct Quiet(Option<rustix::termios::Termios>);

#[cfg(unix)]
impl Quiet {
    fn start() -> Self {
        use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};
        let stdin = io::stdin();
        let before = tcgetattr(&stdin).ok();
        if let Some(mut quiet) = before.clone() {
            quiet.local_modes.remove(LocalModes::ECHO);
            // A terminal that can't be quiet shows what is typed; that is better than not to ask.
            tcsetattr(&stdin, OptionalActions::Now, &quiet).ok();
        }
        Self(before)
    }
}

#[cfg(unix)]
impl Drop for Quiet {
    fn drop(&mut self) {
        use rustix::termios::{OptionalActions, tcsetattr};
        if let Some(before) = &self.0 {
            tcsetattr(io::stdin(), OptionalActions::Now, before).ok();
        }
    }
}

/// Where a terminal can't be told to be quiet, it shows what is typed.
#[cfg(not(unix))]
struct Quiet;

#[cfg(not(unix))]
impl Quiet {
    const fn start() -> Self {
        Self
    }
}
