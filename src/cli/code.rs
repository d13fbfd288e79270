//! `tain code` and `tain uncode`: one coding by hand.

use std::path::PathBuf;

use super::{
    CommandResult, Context, DONE,
    failure::Failure,
    filters::{Find, pair_of},
};
use crate::{
    app::{
        Session,
        action::Action,
        edit::coding::{passage, read_facets},
        refusal::Refusal,
    },
    message::text::Text,
    model::{
        ids::{CodeId, DocumentId},
        text::TextRange,
    },
};

/// Code a passage
///
/// Example: tain code study.tain "F01 child baseline" 120..164 Needs/Belonging --coder An
#[derive(Debug, clap::Args)]
pub(super) struct CodeArgs {
    #[command(flatten)]
    passage: PassageArgs,
    /// Value of a facet
    #[arg(long, value_name = "NAME=VALUE")]
    facet: Vec<String>,
    /// A person, family or other case that the passage is about; by default those who speak
    #[arg(long, value_name = "CASE")]
    about: Vec<String>,
}

/// Remove a code from a passage
///
/// Example: tain uncode study.tain "F01 child baseline" 120..164 Needs/Belonging --coder An
#[derive(Debug, clap::Args)]
pub(super) struct UncodeArgs {
    #[command(flatten)]
    passage: PassageArgs,
}

#[derive(Debug, clap::Args)]
struct PassageArgs {
    /// Path of the .tain file
    project: PathBuf,
    /// Title of the document
    document: String,
    /// The passage in code points, half-open
    #[arg(value_name = "START..END")]
    range: String,
    /// Name or path of the code
    code: String,
}

impl PassageArgs {
    fn resolve(&self, session: &Session) -> Result<(DocumentId, TextRange, CodeId), Failure> {
        let project = session.project();
        let document = project
            .document_by_title(&self.document)
            .ok_or_else(|| Refusal::NoDocument(self.document.clone()))?;
        let (start, end) = parse_range(&self.range)?;
        let range = passage(document, start, end)?;
        Ok((
            document.id,
            range,
            project.codebook.find(&self.code).map_err(Refusal::from)?,
        ))
    }
}

/// The start and end of a passage as an argument has them.
pub(super) fn parse_range(text: &str) -> Result<(u32, u32), Failure> {
    let parsed = text
        .split_once("..")
        .and_then(|(start, end)| Some((start.trim().parse().ok()?, end.trim().parse().ok()?)));
    parsed.ok_or_else(|| {
        Failure::usage(
            Text::new(
                "“{range}” should have the form START..END, such as 120..164",
                "“{range}”应写成 START..END，如 120..164",
            )
            .with("range", text),
        )
    })
}

pub(super) fn run(args: &CodeArgs, context: &Context<'_>) -> CommandResult {
    let mut session = context.act(&args.passage.project)?;
    let (document, range, code) = args.passage.resolve(&session)?;
    let given = args
        .facet
        .iter()
        .map(|facet| pair_of(facet, "NAME=VALUE"))
        .collect::<Result<Vec<_>, _>>()?;
    let facets = read_facets(session.project(), code, given)?;
    let about = Find(session.project()).all(&args.about, Find::case)?;
    session.run(Action::ApplyCode {
        document,
        range,
        code,
        facets,
        about,
    })?;
    DONE
}

pub(super) fn run_uncode(args: &UncodeArgs, context: &Context<'_>) -> CommandResult {
    let mut session = context.act(&args.passage.project)?;
    let (document, range, code) = args.passage.resolve(&session)?;
    let coder = session.acting()?;
    let own = session.project().documents.get(&document).map(|found| {
        let here = found
            .codings
            .iter()
            .filter(|coding| coding.range == range && coding.code == code && coding.coder == coder);
        here.map(|coding| (document, coding.id)).collect::<Vec<_>>()
    });
    let own = own.filter(|own| !own.is_empty()).ok_or(Refusal::NoCoding)?;
    session.run(Action::RemoveCodings(own))?;
    DONE
}
