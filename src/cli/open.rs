//! Opening a project for a command, and arguments that several commands share.

use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::{CommandResult, Context, DONE, Secrets, failure::Failure, output::Output};
use crate::{
    app::{
        Session,
        action::Action,
        edit::find_or_add::AddedNames,
        import::{SheetDone, SheetError, sheet_kind::SheetKind},
        input_file,
    },
    message::{Argument, explain::Explain as _, text::Text},
    model::Project,
    seal::Passphrase,
    store::{Access, Opening, Source, is_encrypted},
};

/// A project to read.
#[derive(Debug, clap::Args)]
pub(super) struct ReadArgs {
    /// Path of the .tain file
    pub(super) project: PathBuf,
    #[command(flatten)]
    pub(super) output: Output,
}

impl Context<'_> {
    /// Opens a project to read it.
    pub(super) fn read(&self, project: &Path) -> Result<Session, Failure> {
        let session = self.open(project, Access::Read)?;
        self.say_damage(&session);
        Ok(session)
    }

    /// Opens a project, and leaves it to the command to say what is damaged.
    pub(super) fn open(&self, project: &Path, access: Access) -> Result<Session, Failure> {
        let opening = Opening {
            wait: self.wait,
            passphrase: self.passphrase_of(project)?,
            ..access.into()
        };
        Ok(Session::open(project, opening, (self.host)())?)
    }

    /// The passphrase of an encrypted project: in the file that `--passphrase-file` names, or in the environment.
    pub(super) fn passphrase_of(&self, project: &Path) -> Result<Option<Passphrase>, Failure> {
        if !is_encrypted(project) {
            return Ok(None);
        }
        let Secrets {
            passphrase_file,
            passphrase,
        } = &self.secrets;
        if let Some(file) = passphrase_file {
            return read_passphrase(file).map(Some);
        }
        let given = passphrase.clone().map(Passphrase::new).transpose();
        given.map_err(Into::into)
    }

    /// What opens a project: the file, and the key that its passphrase gives.
    pub(super) fn source(&self, project: &Path) -> Result<Source, Failure> {
        Ok(Source::of(project, self.passphrase_of(project)?.as_ref())?)
    }

    /// Warns of what is damaged before anything is said that lacks it.
    fn say_damage(&self, session: &Session) {
        for damage in session.damage() {
            self.say(Text::new("damaged: {what}", "损坏：{what}").with("what", damage));
        }
    }

    /// Opens a project to change it, as the coder that `--coder` names.
    pub(super) fn write(&self, project: &Path) -> Result<Session, Failure> {
        let mut session = self.open(project, Access::Write)?;
        self.say_damage(&session);
        if let Some(warning) = session.clock_warning() {
            self.say(warning);
        }
        if let Some((backup, now)) = session.due_backup()
            && let Err(error) = backup.run(now)
        {
            let said = error.explain().what;
            self.say(
                Text::new("no backup was made: {what}", "未能备份：{what}").with("what", said),
            );
        }
        if let Some(coder) = &self.coder {
            session.act_as(coder)?;
        }
        Ok(session)
    }

    /// Opens a project for an action that needs a coder who acts.
    pub(super) fn act(&self, project: &Path) -> Result<Session, Failure> {
        let session = self.write(project)?;
        session.acting()?;
        Ok(session)
    }

    /// Carries out an action that depends on what is in a project.
    pub(super) fn edit(
        &self,
        project: &Path,
        action: impl FnOnce(&Project) -> Result<Action, Failure>,
    ) -> CommandResult {
        let mut session = self.write(project)?;
        let action = action(session.project())?;
        session.run(action)?;
        close(session);
        DONE
    }

    /// Tells what an import of a sheet did. `what` names the rows, or the file.
    pub(super) fn say_sheet(&self, what: impl Into<Argument>, done: &SheetDone) {
        self.say_added(&done.added);
        let rows = Text::new("{what}: {rows} imported", "{what}：已导入 {rows}")
            .with("what", what)
            .with("rows", done.rows);
        if done.unchanged == 0 {
            self.say(rows);
        } else {
            self.say(
                Text::new("{rows}, {known} already there", "{rows}，{known} 已存在")
                    .with("rows", rows)
                    .with("known", done.unchanged),
            );
        }
    }

    /// Tells what a sheet or a transcript named for the first time.
    pub(super) fn say_added(&self, added: &AddedNames) {
        for (thing, name) in added {
            self.say(
                Text::new("added {thing} {name}", "新增{thing}：{name}")
                    .with("thing", thing.text())
                    .with("name", name.clone()),
            );
        }
    }
}

/// Saves a checkpoint if there is enough new in the project.
///
/// What the command did is stored by then: without the checkpoint the next opening only takes longer.
pub(super) fn close(mut session: Session) {
    session.save_checkpoint().ok();
}

/// The passphrase in a file: its first line.
pub(super) fn read_passphrase(file: &Path) -> Result<Passphrase, Failure> {
    let bytes = Zeroizing::new(read_file(file)?);
    let text = std::str::from_utf8(&bytes).map_err(|_other| {
        Failure::usage(Text::new("{file} isn't UTF-8", "{file} 不是 UTF-8 编码").with("file", file))
    })?;
    Ok(Passphrase::new(
        text.lines().next().unwrap_or_default().to_owned(),
    )?)
}

/// A file's bytes.
pub(super) fn read_file(path: &Path) -> Result<Vec<u8>, Failure> {
    input_file::read(path).map_err(|error| Failure::io(path, &error))
}

/// The failure of a sheet; one of another kind names the command that it is for.
pub(super) fn sheet_failure(error: SheetError) -> Failure {
    let SheetError::WrongKind { kind, .. } = &error else {
        return error.into();
    };
    let command = match kind {
        SheetKind::Cases => "tain cases import",
        SheetKind::Documents => "tain documents import",
        SheetKind::Codings => "tain codings import",
        SheetKind::Codes => "tain codebook import",
    };
    let hint = Text::new("use {command}", "请用 {command}").with("command", command);
    error.explain().hint(hint).into()
}

/// A file's name, as shown in messages.
pub(super) fn shown(path: &Path) -> String {
    path.file_name().map_or_else(
        || path.display().to_string(),
        |name| name.to_string_lossy().into_owned(),
    )
}
