//! Opening a project for a command, and arguments that several commands share.

use std::path::{Path, PathBuf};

use super::{CommandResult, Context, DONE, failure::Failure, output::Output};
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
    store::{Access, Opening},
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
        let session = Session::open(project, Access::Read, (self.host)())?;
        self.say_damage(&session);
        Ok(session)
    }

    /// Warns of what is damaged before anything is said that lacks it.
    fn say_damage(&self, session: &Session) {
        for damage in session.damage() {
            self.say(Text::new("damaged: {what}", "损坏：{what}").with("what", damage));
        }
    }

    /// Opens a project to change it, as the coder that `--coder` names.
    pub(super) fn write(&self, project: &Path) -> Result<Session, Failure> {
        let opening = Opening {
            access: Access::Write,
            wait: self.wait,
        };
        let mut session = Session::open(project, opening, (self.host)())?;
        self.say_damage(&session);
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
        close(session)?;
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
pub(super) fn close(mut session: Session) -> Result<(), Failure> {
    Ok(session.save_checkpoint()?)
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
