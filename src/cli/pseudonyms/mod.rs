//! `tain pseudonyms`: the names in a project, and what stands in their place.

mod change;
mod scan;
mod table;

use std::path::{Path, PathBuf};

use clap::Subcommand;

use super::{
    CommandResult, Context,
    failure::Failure,
    output::{Output, Replace},
    passphrase::TablePassphrase,
    values,
};
use crate::{
    app::{export::ExportContent, pseudonyms::vault},
    names::table::PseudonymTable,
    seal::Passphrase,
};

/// Find names, and put pseudonyms in their place
///
/// Found are people by name, nickname, or title and name, places, schools, telephone and identity numbers, dates of birth, accounts.
/// Words of kinship and roles stay. The table of what stands for whom is NAME.pseudonyms beside NAME.tain, sealed with a passphrase
/// of its own. Example: tain pseudonyms study.tain scan --format json
#[derive(Debug, clap::Args)]
pub(super) struct PseudonymsArgs {
    /// Path of the .tain file
    project: PathBuf,
    #[command(flatten)]
    passphrase: TablePassphrase,
    #[command(subcommand)]
    action: PseudonymsAction,
}

#[derive(Debug, Subcommand)]
enum PseudonymsAction {
    /// List every place that names somebody or something; positions count characters from 0
    Scan {
        /// Keep what is found in the table, with a stand-in proposed for each; what was decided before stays
        #[arg(long)]
        save: bool,
        #[command(flatten)]
        output: Output,
    },
    /// List the table: names, what stands in their place, and what was decided
    List {
        #[command(flatten)]
        output: Output,
    },
    /// Set what stands in the place of a name, and of the others in its row
    Set {
        /// The name as it is in the table
        name: String,
        /// What stands in its place
        stand_in: String,
    },
    /// Make two names one person's: the first gets the stand-in of the second
    Merge {
        /// The name whose row goes
        name: String,
        /// The name whose row it joins
        into: String,
    },
    /// Accept what is proposed for these names, or for all
    Accept {
        /// Names as they are in the table
        names: Vec<String>,
        /// All that are still proposed
        #[arg(long, conflicts_with = "names", required_unless_present = "names")]
        all: bool,
    },
    /// Leave these names as they are
    Leave {
        /// Names as they are in the table
        #[arg(required = true)]
        names: Vec<String>,
    },
    /// List every place that would change, and what would stand there
    Preview {
        #[command(flatten)]
        output: Output,
    },
    /// Replace the names in all texts and labels for good, as one step that can be undone; codings follow
    Apply,
    /// List what looks like a name and is not replaced
    Left {
        #[command(flatten)]
        output: Output,
    },
    /// Export the project with all names of the table replaced; see tain export
    Export {
        /// File to write
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
        /// What to write; by default as tain export
        #[arg(long, value_parser = values::export_content())]
        what: Option<ExportContent>,
        #[command(flatten)]
        replace: Replace,
    },
}

pub(super) fn run(args: PseudonymsArgs, context: &Context<'_>) -> CommandResult {
    let vault = Vault {
        project: &args.project,
        passphrase: &args.passphrase,
        context,
    };
    match args.action {
        PseudonymsAction::Scan { save, output } => scan::run(&vault, save, &output),
        PseudonymsAction::List { output } => table::list(&vault, &output),
        PseudonymsAction::Set { name, stand_in } => table::set(&vault, &name, &stand_in),
        PseudonymsAction::Merge { name, into } => table::merge(&vault, &name, &into),
        PseudonymsAction::Accept { names, all } => table::accept(&vault, &names, all),
        PseudonymsAction::Leave { names } => table::leave(&vault, &names),
        PseudonymsAction::Preview { output } => change::preview(&vault, &output),
        PseudonymsAction::Apply => change::apply(&vault),
        PseudonymsAction::Left { output } => change::left(&vault, &output),
        PseudonymsAction::Export {
            output,
            what,
            replace,
        } => change::export(&vault, &output, what, replace),
    }
}

/// The table of a project, and the way to it.
struct Vault<'a> {
    project: &'a Path,
    passphrase: &'a TablePassphrase,
    context: &'a Context<'a>,
}

impl Vault<'_> {
    /// The table with its passphrase.
    fn open(&self) -> Result<(PseudonymTable, Passphrase), Failure> {
        if !vault::has_table(self.project) {
            return Err(vault::TableError::Missing(vault::table_path(self.project)).into());
        }
        let passphrase = self.passphrase.get(false, self.context)?;
        Ok((vault::read(self.project, &passphrase)?, passphrase))
    }

    /// The table, or an empty one if there is none.
    fn open_or_new(&self) -> Result<(PseudonymTable, Passphrase), Failure> {
        if vault::has_table(self.project) {
            return self.open();
        }
        let passphrase = self.passphrase.get(true, self.context)?;
        Ok((PseudonymTable::default(), passphrase))
    }

    /// Keeps a table.
    fn save(&self, table: &PseudonymTable, passphrase: &Passphrase) -> Result<(), Failure> {
        let random = ((self.context.host)().random)();
        Ok(vault::write(self.project, passphrase, table, random)?)
    }
}
