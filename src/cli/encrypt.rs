//! `tain encrypt`, `decrypt`: a project that only its passphrase opens.

use std::path::{Path, PathBuf};

use super::{
    CommandResult, Context, DONE, failure::Failure, open::read_passphrase, output::Replace,
};
use crate::{
    app::{
        Session,
        encryption::{Recrypted, recovery_sheet, recrypt},
        search::index_cache::cache_folder,
        settings,
        surroundings::Surroundings,
    },
    message::text::Text,
    seal::Passphrase,
    store::{Access, Secret, Source, is_encrypted},
};

/// Encrypt a project with a passphrase, or give an encrypted one another
///
/// The passphrase is the first line of --passphrase-file, or `TAIN_PASSPHRASE`; that of an encrypted project opens it, and
/// the new one is the first line of --new-passphrase-file. Whoever loses the passphrase and has no recovery sheet loses the
/// project: nobody can open it any more.
///
/// Example: tain encrypt study.tain --passphrase-file passphrase.txt --recovery-sheet sheet.html
#[derive(Debug, clap::Args)]
pub(super) struct EncryptArgs {
    /// Path of the .tain file
    project: PathBuf,
    /// File whose first line is the new passphrase of a project that is encrypted already
    #[arg(long, value_name = "FILE")]
    new_passphrase_file: Option<PathBuf>,
    /// Write the recovery sheet with the new key, to print and lock away
    #[arg(long, value_name = "FILE.html")]
    recovery_sheet: Option<PathBuf>,
    #[command(flatten)]
    replace: Replace,
}

/// Write an encrypted project back to a file that everybody who has it can read
///
/// Example: tain decrypt study.tain --passphrase-file passphrase.txt
#[derive(Debug, clap::Args)]
pub(super) struct DecryptArgs {
    /// Path of the .tain file
    project: PathBuf,
}

impl Context<'_> {
    /// The passphrase that the command line or the environment gives.
    pub(super) fn passphrase(&self) -> Result<Passphrase, Failure> {
        if let Some(file) = &self.secrets.passphrase_file {
            return read_passphrase(file);
        }
        let Some(given) = &self.secrets.passphrase else {
            return Err(Failure::usage(Text::new(
                "there is no passphrase; give it with --passphrase-file or TAIN_PASSPHRASE",
                "没有密码短语；请用 --passphrase-file 或 TAIN_PASSPHRASE 提供",
            )));
        };
        Ok(Passphrase::new(given.clone())?)
    }
}

/// What a project is encrypted with.
pub(super) fn secret(passphrase: Passphrase, context: &Context<'_>) -> Result<Secret, Failure> {
    Ok(crate::app::encryption::secret(
        passphrase,
        &(context.host)(),
    )?)
}

pub(super) fn run(args: &EncryptArgs, context: &Context<'_>) -> CommandResult {
    if let Some(sheet) = &args.recovery_sheet {
        args.replace.check(sheet)?;
    }
    let source = context.source(&args.project)?;
    let new = match (&args.new_passphrase_file, is_encrypted(&args.project)) {
        (Some(file), _) => read_passphrase(file)?,
        (None, false) => context.passphrase()?,
        (None, true) => {
            return Err(Failure::usage(Text::new(
                "the project is encrypted already; give the new passphrase with --new-passphrase-file",
                "项目已加密；请用 --new-passphrase-file 提供新的密码短语",
            )));
        }
    };
    let secret = secret(new, context)?;
    let (source, done) = recrypted(&source, Some(&secret), context)?;
    context.say(
        Text::new("{path} is encrypted", "{path} 已加密").with("path", args.project.as_path()),
    );
    say_copies(&done, context);
    if let Some(sheet) = &args.recovery_sheet {
        let session = Session::open_source(&source, Access::Read, (context.host)())?;
        write_sheet(&session, sheet, context)?;
    }
    DONE
}

pub(super) fn run_decrypt(args: &DecryptArgs, context: &Context<'_>) -> CommandResult {
    if !is_encrypted(&args.project) {
        return Err(Failure::usage(
            Text::new("{path} isn't encrypted", "{path} 没有加密")
                .with("path", args.project.as_path()),
        ));
    }
    let source = context.source(&args.project)?;
    let (_, done) = recrypted(&source, None, context)?;
    context.say(
        Text::new(
            "{path} isn't encrypted any more: whoever has the file can read it",
            "{path} 已解除加密：任何拿到文件的人都能读取",
        )
        .with("path", args.project.as_path()),
    );
    say_copies(&done, context);
    DONE
}

fn recrypted(
    source: &Source,
    secret: Option<&Secret>,
    context: &Context<'_>,
) -> Result<(Source, Recrypted), Failure> {
    let (cache, settings) = (cache_folder(), settings::folder());
    let surroundings = Surroundings {
        cache: cache.as_deref(),
        settings: settings.as_deref(),
    };
    Ok(recrypt(source, secret, surroundings, &(context.host)())?)
}

/// Says what became of the copies beside the project.
fn say_copies(done: &Recrypted, context: &Context<'_>) {
    if done.backups > 0 {
        context.say(
            Text::new(
                "{backups} {backups|backup|backups} of before {backups|was|were} overwritten and removed; a new one is made",
                "此前的 {backups} 个备份已覆写并删除，并已生成新的备份",
            )
            .with("backups", done.backups),
        );
    }
    for copy in &done.copies {
        context.say(
            Text::new(
                "{copy} stays as it is: it is a copy of before that you may want to remove",
                "{copy} 保持原样：这是此前的副本，可自行删除",
            )
            .with("copy", copy.as_path()),
        );
    }
}

/// Writes the sheet with the key of an encrypted project.
pub(super) fn write_sheet(
    session: &Session,
    path: &Path,
    context: &Context<'_>,
) -> Result<(), Failure> {
    let sheet = recovery_sheet(session, context.language)?;
    Replace::default().write(path, sheet.as_bytes())?;
    context.say(
        Text::new(
            "{path} has the key of the project: print it, lock it away, and delete the file",
            "{path} 含有项目密钥：请打印并妥善保管，然后删除此文件",
        )
        .with("path", path),
    );
    Ok(())
}
