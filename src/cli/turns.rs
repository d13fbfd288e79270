//! `tain turns`: reads the speakers of documents again.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::{
    CommandResult, Context, DONE,
    failure::Failure,
    filters::Find,
    import::{doubt_json, speaker_option},
    open,
    output::{Output, new_table},
};
use crate::{
    app::{
        Session,
        action::Action,
        jobs::JobControl,
        refusal::Refusal,
        speakers_again::{SpeakerShare, SpeakersAgain, read_again},
    },
    import::{BelievedLabels, DocumentOptions, label_key},
    message::{language::UiLanguage, text::Text},
    model::{Project, document::SpeakerRole, ids::DocumentId},
    table::data::{CellValue, DataTable},
};

/// Read the speakers of documents again
///
/// Text and codings stay as they are; only who says what is found anew, and can be undone. Speakers whose label stays keep their role and
/// their person. With --dry-run, nothing is changed.
///
/// Example: tain turns study.tain 'F01 child' --speakers '^(?<speaker>[A-Z]\d?): ' --dry-run
#[derive(Debug, clap::Args)]
pub(super) struct TurnsArgs {
    /// Path of the .tain file
    project: PathBuf,
    /// Titles of documents
    #[arg(required_unless_present = "all", value_name = "DOCUMENT")]
    documents: Vec<String>,
    /// All documents
    #[arg(long, conflicts_with = "documents")]
    all: bool,
    /// auto, none, or a pattern on the line's start with a group `speaker` (and `time`)
    #[arg(long, default_value = "auto")]
    speakers: String,
    /// Labels that are speakers though they weren't believed
    #[arg(long, value_name = "LABEL,..", value_delimiter = ',')]
    accept_speakers: Vec<String>,
    /// Labels that are not speakers; the text behind them belongs to the turn before
    #[arg(long, value_name = "LABEL,..", value_delimiter = ',')]
    ignore_speakers: Vec<String>,
    /// Only show what would change
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    output: Output,
}

pub(super) fn run(args: &TurnsArgs, context: &Context<'_>) -> CommandResult {
    args.output.check()?;
    let options = options(args)?;
    let mut session = if args.dry_run {
        context.read(&args.project)?
    } else {
        context.write(&args.project)?
    };
    let documents = documents(args, session.project())?;
    let control = JobControl::default();
    let all = read_again(
        session.project(),
        session.texts(),
        &documents,
        &options,
        &control,
    )?;
    if args.dry_run || args.output.is_given() {
        let project = session.project();
        let table = table(project, &all, args.output.language(context));
        args.output.table_or(&table, || to_json(project, &all))?;
    }
    say_doubts(session.project(), &all, context);
    let (read, changed) = (
        all.len(),
        all.iter().filter(|own| own.turns.is_some()).count(),
    );
    if !args.dry_run {
        put(&mut session, all)?;
    }
    let done = if args.dry_run {
        Text::new(
            "the turns of {changed} of {read} documents would change",
            "{read} 份文档中有 {changed} 份的话轮会改变",
        )
    } else {
        Text::new(
            "the turns of {changed} of {read} documents have changed",
            "{read} 份文档中有 {changed} 份的话轮已改变",
        )
    };
    context.say(done.with("changed", changed).with("read", read));
    open::close(session);
    DONE
}

fn put(session: &mut Session, all: Vec<SpeakersAgain>) -> Result<(), Failure> {
    let turns: Vec<_> = all.into_iter().filter_map(|own| own.turns).collect();
    if !turns.is_empty() {
        session.run(Action::ReadSpeakers(turns))?;
    }
    Ok(())
}

fn options(args: &TurnsArgs) -> Result<DocumentOptions, Failure> {
    let keys = |labels: &[String]| labels.iter().map(|label| label_key(label)).collect();
    Ok(DocumentOptions {
        speakers: speaker_option(&args.speakers)?,
        believed: BelievedLabels {
            accepted: keys(&args.accept_speakers),
            refused: keys(&args.ignore_speakers),
            ..BelievedLabels::default()
        },
        ..DocumentOptions::default()
    })
}

fn documents(args: &TurnsArgs, project: &Project) -> Result<Vec<DocumentId>, Refusal> {
    if args.all {
        let all = project.documents_in_order().into_iter();
        return Ok(all.map(|document| document.id).collect());
    }
    let titles = args.documents.iter();
    titles.map(|title| Find(project).document(title)).collect()
}

fn title(project: &Project, id: DocumentId) -> &str {
    let document = project.documents.get(&id);
    document.map_or("", |document| document.title.as_str())
}

fn table(project: &Project, all: &[SpeakersAgain], language: UiLanguage) -> DataTable {
    let heads = [
        "document",
        "speaker",
        "role",
        "turns_before",
        "turns",
        "characters_before",
        "characters",
    ];
    let mut table = new_table(&heads, language);
    for own in all {
        for share in own.after.iter().chain(left(own)) {
            let before = own.before.iter().find(|other| other.label == share.label);
            let after = own.after.iter().find(|other| other.label == share.label);
            let turns = |share: Option<&SpeakerShare>| -> CellValue {
                share.map_or(0, |share| share.turns).into()
            };
            let chars = |share: Option<&SpeakerShare>| -> CellValue {
                share.map_or(0, |share| share.chars).into()
            };
            let role = share.label.as_ref().map(|_| language.say(role(share.role)));
            table.rows.push(vec![
                title(project, own.document).into(),
                share.label.as_deref().into(),
                role.into(),
                turns(before),
                turns(after),
                chars(before),
                chars(after),
            ]);
        }
    }
    table
}

/// Speakers who would speak no more.
fn left(own: &SpeakersAgain) -> impl Iterator<Item = &SpeakerShare> {
    let stays = |share: &&SpeakerShare| !own.after.iter().any(|other| other.label == share.label);
    own.before.iter().filter(stays)
}

const fn role(role: SpeakerRole) -> Text {
    match role {
        SpeakerRole::Interviewer => Text::new("interviewer", "访谈者"),
        SpeakerRole::Participant => Text::new("participant", "受访者"),
    }
}

fn to_json(project: &Project, all: &[SpeakersAgain]) -> Value {
    let documents: Vec<Value> = all
        .iter()
        .map(|own| {
            let passages: Vec<Value> = own
                .passages
                .iter()
                .map(|passage| {
                    json!({
                        "start": passage.range.start(), "end": passage.range.end(),
                        "from": passage.from, "to": passage.to,
                    })
                })
                .collect();
            json!({
                "document": title(project, own.document),
                "changed": own.turns.is_some(),
                "before": shares_json(&own.before),
                "after": shares_json(&own.after),
                "passages": passages,
                "codings": own.codings,
                "doubtful": own.doubts.iter().map(doubt_json).collect::<Vec<_>>(),
            })
        })
        .collect();
    json!({ "documents": documents })
}

fn shares_json(shares: &[SpeakerShare]) -> Vec<Value> {
    let one = |share: &SpeakerShare| {
        json!({
            "speaker": share.label,
            "role": share.label.as_ref().map(|_| UiLanguage::English.say(role(share.role))),
            "turns": share.turns,
            "characters": share.chars,
        })
    };
    shares.iter().map(one).collect()
}

/// Tells which labels look like those of speakers and weren't believed.
fn say_doubts(project: &Project, all: &[SpeakersAgain], context: &Context<'_>) {
    for own in all {
        super::import::say_doubts_of(title(project, own.document), &own.doubts, context);
    }
}
