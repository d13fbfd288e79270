//! `tain new`: a new project.

use std::path::{Path, PathBuf};

use super::{CommandResult, Context, DONE, encrypt, failure::Failure, output::Replace};
use crate::{app::Session, message::text::Text};

/// Create a project
///
/// Example: tain new study.tain --title "I believe I can" --coder An
#[derive(Debug, clap::Args)]
pub(super) struct NewArgs {
    /// Path of the .tain file; nothing is overwritten
    project: PathBuf,
    /// Title of the study; by default the file's name
    #[arg(long)]
    title: Option<String>,
    /// Encrypt it with the passphrase of --passphrase-file or `TAIN_PASSPHRASE`
    #[arg(long)]
    encrypt: bool,
    /// Write the recovery sheet with the key of the encrypted project, to print and lock away
    #[arg(long, value_name = "FILE.html", requires = "encrypt")]
    recovery_sheet: Option<PathBuf>,
}

pub(super) fn run(args: &NewArgs, context: &Context<'_>) -> CommandResult {
    // The folder is what is wrong, not the file that would be in it.
    let folder = args
        .project
        .parent()
        .filter(|folder| *folder != Path::new(""));
    if let Some(folder) = folder.filter(|folder| !folder.exists()) {
        return Err(Failure::io(folder, &std::io::ErrorKind::NotFound.into()));
    }
    let stem = args
        .project
        .file_stem()
        .map(|stem| stem.to_string_lossy().into_owned())
        .unwrap_or_default();
    let title = args.title.as_deref().unwrap_or(&stem);
    let coder = context.coder.as_deref().unwrap_or("Coder 1");
    let secret = args
        .encrypt
        .then(|| encrypt::secret(context.passphrase()?, context))
        .transpose()?;
    if let Some(sheet) = &args.recovery_sheet {
        Replace::default().check(sheet)?;
    }
    let session = Session::create_with(
        &args.project,
        title,
        coder,
        secret.as_ref(),
        (context.host)(),
    )?;
    if let Some(sheet) = &args.recovery_sheet {
        encrypt::write_sheet(&session, sheet, context)?;
    }
    context.say(
        Text::new(
            "created {path} with the coder {coder}",
            "已新建 {path}，编码员为{coder}",
        )
        .with("path", args.project.as_path())
        .with("coder", coder),
    );
    DONE
}
