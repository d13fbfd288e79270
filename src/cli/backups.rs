//! `tain backups`: copies of a project that are made by themselves.

use std::path::PathBuf;

use jiff::{Timestamp, tz::TimeZone};

use super::{
    CommandResult, Context, DONE,
    output::{Output, new_table},
};
use crate::{
    app::backups::{backups_of, named, restore},
    message::text::Text,
};

/// List the backups of a project, make one, or put one in the project's place
///
/// A backup is made when a project is opened that has changed for an hour or more, and before it is brought to a newer
/// form. To look into one, open its file as any project.
///
/// Example: tain backups study.tain --restore 20261128T091500
#[derive(Debug, clap::Args)]
pub(super) struct BackupsArgs {
    /// Path of the .tain file
    project: PathBuf,
    /// Make a backup now
    #[arg(long, conflicts_with = "restore")]
    make: bool,
    /// Put this backup in the project's place; the project as it is now is kept beside it
    #[arg(long, value_name = "NAME")]
    restore: Option<String>,
    #[command(flatten)]
    output: Output,
}

pub(super) fn run(args: &BackupsArgs, context: &Context<'_>) -> CommandResult {
    if let Some(name) = &args.restore {
        let backup = named(&args.project, name)?;
        let kept = restore(
            &context.source(&args.project)?,
            &backup.path,
            &(context.host)(),
        )?;
        context.say(
            Text::new(
                "restored {name}; the project as it was is kept as {kept}",
                "已恢复 {name}；恢复前的项目保留为 {kept}",
            )
            .with("name", name)
            .with("kept", kept.as_path()),
        );
        return DONE;
    }
    if args.make {
        let session = context.read(&args.project)?;
        let (backup, now) = session.backup();
        let made = backup.run(now)?;
        context.say(Text::new("made {path}", "已生成 {path}").with("path", made.path.as_path()));
        return DONE;
    }
    let heads = ["name", "made", "bytes", "path"];
    let mut table = new_table(&heads, args.output.language(context));
    for backup in backups_of(&args.project) {
        let name = backup.path.file_stem().unwrap_or_default();
        let made = i64::try_from(backup.made_millis)
            .ok()
            .and_then(|millis| Timestamp::from_millisecond(millis).ok())
            .map(|moment| moment.to_zoned(TimeZone::system()));
        table.rows.push(vec![
            name.to_string_lossy().into_owned().into(),
            made.map(|moment| moment.strftime("%Y-%m-%d %H:%M").to_string())
                .unwrap_or_default()
                .into(),
            backup.bytes.into(),
            backup.path.display().to_string().into(),
        ]);
    }
    args.output.table(&table)?;
    DONE
}
