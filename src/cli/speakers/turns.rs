//! Turns by hand: who speaks in one, where one begins, which are one.

use std::path::PathBuf;

use crate::{
    app::{
        Session,
        action::{Action, TurnSpeaker},
        edit::coding::passage,
        refusal::Refusal,
    },
    cli::{CommandResult, Context, DONE, code::parse_range, failure::Failure, filters::Find, open},
    model::{
        document::{Document, TurnIndex},
        ids::DocumentId,
    },
};

/// A place in a document.
#[derive(Debug, clap::Args)]
pub(super) struct PlaceArgs {
    /// Path of the .tain file
    project: PathBuf,
    /// Title of the document
    document: String,
    /// Position in the text, in code points from 0
    at: u32,
}

/// Who speaks.
#[derive(Debug, clap::Args)]
#[group(required = true, multiple = false)]
pub(super) struct WhoArgs {
    /// Label of the speaker, who is added if the document has none of that label
    #[arg(long, value_name = "LABEL")]
    speaker: Option<String>,
    /// Nobody, as for a heading or a note
    #[arg(long)]
    nobody: bool,
}

impl WhoArgs {
    fn speaker(self) -> TurnSpeaker {
        self.speaker.map_or(TurnSpeaker::Nobody, TurnSpeaker::New)
    }
}

/// A passage that is a label.
#[derive(Debug, clap::Args)]
pub(super) struct LabelArgs {
    /// Path of the .tain file
    project: PathBuf,
    /// Title of the document
    document: String,
    /// The label in the text, in code points, half-open
    #[arg(value_name = "START..END")]
    label: String,
}

pub(super) fn set(
    place: &PlaceArgs,
    who: WhoArgs,
    alike: bool,
    context: &Context<'_>,
) -> CommandResult {
    edit(place, context, |session, document| {
        Ok(Action::SetTurnSpeaker {
            document: document.id,
            turn: turn_at(session, document, place.at)?,
            speaker: who.speaker(),
            alike,
        })
    })
}

pub(super) fn split(place: &PlaceArgs, who: WhoArgs, context: &Context<'_>) -> CommandResult {
    edit(place, context, |_, document| {
        Ok(Action::SplitTurn {
            document: document.id,
            at: place.at,
            speaker: who.speaker(),
        })
    })
}

pub(super) fn join(place: &PlaceArgs, context: &Context<'_>) -> CommandResult {
    edit(place, context, |session, document| {
        let turn = turn_at(session, document, place.at)?;
        Ok(Action::JoinTurn(document.id, turn))
    })
}

pub(super) fn mark(
    label: &LabelArgs,
    who: WhoArgs,
    alike: bool,
    context: &Context<'_>,
) -> CommandResult {
    let mut session = context.write(&label.project)?;
    let (start, end) = parse_range(&label.label)?;
    let document = named(&session, &label.document)?;
    let range = passage(&session.project().documents[&document], start, end)?;
    session.run(Action::MarkLabel {
        document,
        label: range,
        speaker: who.speaker(),
        alike,
    })?;
    open::close(session);
    DONE
}

fn edit(
    place: &PlaceArgs,
    context: &Context<'_>,
    action: impl FnOnce(&Session, &Document) -> Result<Action, Failure>,
) -> CommandResult {
    let mut session = context.write(&place.project)?;
    let id = named(&session, &place.document)?;
    let action = action(&session, &session.project().documents[&id])?;
    session.run(action)?;
    open::close(session);
    DONE
}

fn named(session: &Session, title: &str) -> Result<DocumentId, Refusal> {
    Find(session.project()).document(title)
}

/// The turn that contains a position.
fn turn_at(session: &Session, document: &Document, position: u32) -> Result<TurnIndex, Failure> {
    let content = session.content(document)?;
    let turn = content.turn_at(position);
    let turn = turn.filter(|(_, turn)| position < turn.range.end());
    let index = turn.and_then(|(index, _)| TurnIndex::try_from(index).ok());
    Ok(index.ok_or(Refusal::NoTurnAt(position))?)
}
