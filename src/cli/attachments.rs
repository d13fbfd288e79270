//! `tain attachments`: pictures, recordings and other files that aren't read as text.

use std::path::PathBuf;

use super::{
    CommandResult, Context, DONE, open,
    open::ReadArgs,
    output::{Replace, new_table, not_written},
};
use crate::{
    app::{action::Action, import::study::AttachmentError, refusal::Refusal},
    message::text::Text,
    model::{
        Project,
        attachment::{Attachment, AttachmentKind},
    },
};

/// List and save attached files, such as pictures and recordings from another program's project
///
/// Example: tain attachments save study.tain "Drawing 3" -o drawing.png
#[derive(Debug, clap::Args)]
pub(super) struct AttachmentsArgs {
    #[command(subcommand)]
    command: AttachmentsCommand,
}

#[derive(Debug, clap::Subcommand)]
enum AttachmentsCommand {
    /// List the attachments
    List(ReadArgs),
    /// Write an attachment to a file
    Save {
        /// Path of the .tain file
        project: PathBuf,
        /// Name of the attachment, or of its file
        name: String,
        /// File to write
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
        #[command(flatten)]
        replace: Replace,
    },
    /// Remove an attachment from the project
    Remove {
        /// Path of the .tain file
        project: PathBuf,
        /// Name of the attachment, or of its file
        name: String,
    },
}

pub(super) fn run(args: AttachmentsArgs, context: &Context<'_>) -> CommandResult {
    match args.command {
        AttachmentsCommand::List(reading) => {
            let session = context.read(&reading.project)?;
            let language = reading.output.language(context);
            let heads = ["name", "kind", "file", "bytes", "there"];
            let mut table = new_table(&heads, language);
            for attachment in session.project().attachments.values() {
                // A project from another program can name a file that it doesn't contain.
                let there = match attachment.content {
                    Some(_) => Text::new("yes", "是"),
                    None => Text::new("no", "否"),
                };
                let kind = match attachment.kind {
                    AttachmentKind::Picture => Text::new("picture", "图片"),
                    AttachmentKind::Audio => Text::new("audio", "录音"),
                    AttachmentKind::Video => Text::new("video", "录像"),
                    AttachmentKind::Pdf => Text::new("pdf", "PDF"),
                };
                table.rows.push(vec![
                    attachment.name.as_str().into(),
                    language.say(kind).into(),
                    attachment.file.as_str().into(),
                    attachment.len_bytes.into(),
                    language.say(there).into(),
                ]);
            }
            reading.output.table(&table)?;
        }
        AttachmentsCommand::Save {
            project,
            name,
            output,
            replace,
        } => {
            let session = context.read(&project)?;
            let id = named(session.project(), &name)?.id;
            session
                .save_attachment(id, &output, replace.writer())
                .map_err(|error| match error {
                    AttachmentError::Write(error) => not_written(error),
                    other => other.into(),
                })?;
        }
        AttachmentsCommand::Remove { project, name } => {
            let mut session = context.write(&project)?;
            let id = named(session.project(), &name)?.id;
            session.run(Action::RemoveAttachment(id))?;
            open::close(session);
        }
    }
    DONE
}

/// The first attachment with a name, or from a file with that name.
fn named<'a>(project: &'a Project, name: &str) -> Result<&'a Attachment, Refusal> {
    let mut attachments = project.attachments.values();
    attachments
        .find(|attachment| attachment.name == name || attachment.file == name)
        .ok_or_else(|| Refusal::NoAttachment(name.to_owned()))
}
