//! `tain speakers`: who speaks in the documents.

use std::path::PathBuf;

use clap::ValueEnum;

mod turns;

use self::turns::{LabelArgs, PlaceArgs, WhoArgs};
use super::{
    CommandResult, Context, DONE, failure::Failure, filters::Find, open::ReadArgs,
    output::new_table,
};
use crate::{
    app::{action::Action, refusal::Refusal},
    message::{explain::Explanation, text::Text},
    model::{
        Project,
        document::{Document, SpeakerIndex, SpeakerRole},
        ids::DocumentId,
    },
};

/// List, rename, link and merge speakers; say who speaks in a turn
///
/// Example: tain speakers role study.tain Interviewer interviewer
#[derive(Debug, clap::Args)]
pub(super) struct SpeakersArgs {
    #[command(subcommand)]
    command: SpeakersCommand,
}

#[derive(Debug, clap::Subcommand)]
enum SpeakersCommand {
    /// List the speakers with the number of their turns
    List {
        #[command(flatten)]
        reading: ReadArgs,
        /// Only of this document
        #[arg(long, value_name = "TITLE")]
        document: Option<String>,
    },
    /// Rename a speaker
    Rename {
        #[command(flatten)]
        speaker: SpeakerArgs,
        /// The new label, which no other speaker has
        to: String,
    },
    /// Set whether a speaker asks or answers
    Role {
        #[command(flatten)]
        speaker: SpeakerArgs,
        /// What the speaker does
        #[arg(value_enum)]
        role: Role,
    },
    /// Set the person that a speaker is
    #[command(group(clap::ArgGroup::new("person").required(true)))]
    Link {
        #[command(flatten)]
        speaker: SpeakerArgs,
        /// The person, by the name of the case
        #[arg(long, value_name = "CASE", group = "person")]
        to: Option<String>,
        /// Nobody of the cases
        #[arg(long, group = "person")]
        nobody: bool,
    },
    /// Give the turns of a speaker to another
    Merge {
        #[command(flatten)]
        speaker: SpeakerArgs,
        /// Label of the speaker that remains
        #[arg(long, value_name = "LABEL")]
        into: String,
    },
    /// Say who speaks in a turn
    Set {
        #[command(flatten)]
        place: PlaceArgs,
        #[command(flatten)]
        who: WhoArgs,
        /// In all turns of the document that begin with the same label, too
        #[arg(long)]
        alike: bool,
    },
    /// Begin a turn at a position within another
    Split {
        #[command(flatten)]
        place: PlaceArgs,
        #[command(flatten)]
        who: WhoArgs,
    },
    /// Make one turn of the turn at a position and the one before it
    Join {
        #[command(flatten)]
        place: PlaceArgs,
    },
    /// Take a passage for the label of a speaker, whose turn begins with it
    Mark {
        #[command(flatten)]
        label: LabelArgs,
        #[command(flatten)]
        who: WhoArgs,
        /// At all other lines that begin with the same words, too
        #[arg(long)]
        alike: bool,
    },
}

/// Which speaker is meant.
#[derive(Debug, clap::Args)]
struct SpeakerArgs {
    /// Path of the .tain file
    project: PathBuf,
    /// Label of the speaker
    label: String,
    /// Only in this document; by default in all
    #[arg(long, value_name = "TITLE")]
    document: Option<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Role {
    Interviewer,
    Participant,
}

impl SpeakerArgs {
    /// The speaker, if one document is named.
    fn one(&self, project: &Project) -> Result<Option<(DocumentId, SpeakerIndex)>, Refusal> {
        let Some(title) = &self.document else {
            return Ok(None);
        };
        let id = Find(project).document(title)?;
        let document = project.documents.get(&id);
        let found = document.and_then(|document| speaker_called(document, &self.label));
        let index = found.ok_or_else(|| Refusal::NoSpeaker(self.label.clone()))?;
        Ok(Some((id, index)))
    }

    /// Returns true if a document that is meant, and has this speaker, has another of this label too.
    fn meets(&self, project: &Project, label: &str) -> bool {
        let documents = project.documents.values();
        let mut documents = documents.filter(|document| {
            let title = self.document.as_ref();
            title.is_none_or(|title| *title == document.title)
                && speaker_called(document, &self.label).is_some()
        });
        documents.any(|document| speaker_called(document, label).is_some())
    }

    /// Renames the speaker; where there is another of the new label, the two are merged.
    fn rename(self, project: &Project, to: String) -> Result<Action, Refusal> {
        if let Some((document, speaker)) = self.one(project)? {
            return Ok(Action::RenameSpeaker(document, speaker, to));
        }
        let mut speakers = project
            .documents
            .values()
            .flat_map(|document| &document.speakers);
        if speakers.any(|speaker| speaker.label == self.label) {
            let from = self.label;
            Ok(Action::RenameSpeakers { from, to })
        } else {
            Err(Refusal::NoSpeaker(self.label))
        }
    }
}

fn speaker_called(document: &Document, label: &str) -> Option<SpeakerIndex> {
    let mut speakers = (0..).zip(&document.speakers);
    let found = speakers.find(|(_, speaker)| speaker.label == label);
    found.map(|(index, _)| index)
}

pub(super) fn run(args: SpeakersArgs, context: &Context<'_>) -> CommandResult {
    match args.command {
        SpeakersCommand::List { reading, document } => list(&reading, document.as_deref(), context),
        SpeakersCommand::Rename { speaker, to } => {
            let path = speaker.project.clone();
            context.edit(&path, |project| {
                if to != speaker.label && speaker.meets(project, &to) {
                    return Err(taken(&to));
                }
                Ok(speaker.rename(project, to)?)
            })
        }
        SpeakersCommand::Merge { speaker, into } => {
            let path = speaker.project.clone();
            context.edit(&path, |project| {
                let mut documents = project.documents.values();
                let exists = match speaker.document {
                    Some(_) => speaker.meets(project, &into),
                    None => documents.any(|own| speaker_called(own, &into).is_some()),
                };
                // What doesn't exist would be a new name, not a merge.
                let action = speaker.rename(project, into.clone())?;
                if exists {
                    Ok(action)
                } else {
                    Err(Refusal::NoSpeaker(into).into())
                }
            })
        }
        SpeakersCommand::Role { speaker, role } => {
            let role = match role {
                Role::Interviewer => SpeakerRole::Interviewer,
                Role::Participant => SpeakerRole::Participant,
            };
            let path = speaker.project.clone();
            context.edit(&path, |project| {
                Ok(match speaker.one(project)? {
                    Some((document, index)) => Action::SetSpeakerRole(document, index, role),
                    None => Action::SetSpeakerRoles {
                        label: speaker.label,
                        role,
                    },
                })
            })
        }
        SpeakersCommand::Set { place, who, alike } => turns::set(&place, who, alike, context),
        SpeakersCommand::Split { place, who } => turns::split(&place, who, context),
        SpeakersCommand::Join { place } => turns::join(&place, context),
        SpeakersCommand::Mark { label, who, alike } => turns::mark(&label, who, alike, context),
        SpeakersCommand::Link {
            speaker,
            to,
            nobody: _,
        } => {
            let path = speaker.project.clone();
            context.edit(&path, |project| {
                let case = to.map(|name| Find(project).case(&name)).transpose()?;
                Ok(match speaker.one(project)? {
                    Some((document, index)) => Action::SetSpeakerCase(document, index, case),
                    None => Action::LinkSpeakers {
                        label: speaker.label,
                        case,
                    },
                })
            })
        }
    }
}

/// The failure of a new label that another speaker has.
fn taken(label: &str) -> Failure {
    Explanation::refused(
        Text::new(
            "there is a speaker “{label}” beside this one",
            "同一文档中已有说话人“{label}”",
        )
        .with("label", label),
    )
    .hint(Text::new(
        "to make them one, use tain speakers merge",
        "若要合并，请用 tain speakers merge",
    ))
    .into()
}

fn list(reading: &ReadArgs, title: Option<&str>, context: &Context<'_>) -> CommandResult {
    let session = context.read(&reading.project)?;
    let project = session.project();
    let language = reading.output.language(context);
    let only = title.map(|title| Find(project).document(title));
    let only = only.transpose()?;
    let heads = ["document", "speaker", "role", "person", "turns"];
    let mut table = new_table(&heads, language);
    let documents = project.documents_in_order().into_iter();
    for document in documents.filter(|document| only.is_none_or(|only| only == document.id)) {
        let content = session.content(document)?;
        for (index, speaker) in (0..).zip(&document.speakers) {
            let role = match speaker.role {
                SpeakerRole::Interviewer => Text::new("interviewer", "访谈者"),
                SpeakerRole::Participant => Text::new("participant", "受访者"),
            };
            let person = speaker.case.and_then(|case| project.cases.get(&case));
            let turns = content.turns.iter();
            let turns = turns.filter(|turn| turn.speaker == Some(index));
            table.rows.push(vec![
                document.title.as_str().into(),
                speaker.label.as_str().into(),
                language.say(role).into(),
                person.map(|case| case.name.as_str()).into(),
                turns.count().into(),
            ]);
        }
    }
    reading.output.table(&table)?;
    DONE
}
