//! `tain code` and `tain uncode`: one coding by hand.

use std::path::PathBuf;

use super::{Context, DONE, Ended, failure::Failure};
use crate::{
    app::{
        Session,
        action::Action,
        edit::coding::{passage, read_facets},
        refusal::Refusal,
    },
    model::{
        ids::{CodeId, DocumentId},
        text::TextRange,
    },
};

/// Tag a passage with a code
///
/// Example: tain code study.tain "F01 child baseline" 120..164 Needs/Belonging --coder An
#[derive(Debug, clap::Args)]
pub(super) struct Code {
    #[command(flatten)]
    place: Place,
    /// Value of a facet
    #[arg(long, value_name = "NAME=VALUE")]
    facet: Vec<String>,
}

/// Take a tag off a passage
///
/// Example: tain uncode study.tain "F01 child baseline" 120..164 Needs/Belonging --coder An
#[derive(Debug, clap::Args)]
pub(super) struct Uncode {
    #[command(flatten)]
    place: Place,
}

#[derive(Debug, clap::Args)]
struct Place {
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

impl Place {
    fn resolve(&self, session: &Session) -> Result<(DocumentId, TextRange, CodeId), Failure> {
        let project = session.project();
        let document = project
            .document_by_title(&self.document)
            .ok_or_else(|| Refusal::NoDocument(self.document.clone()))?;
        let bad = || {
            Failure::Usage(format!(
                "`{}` should be START..END, such as 120..164",
                self.range
            ))
        };
        let (start, end) = self.range.split_once("..").ok_or_else(bad)?;
        let number = |text: &str| text.trim().parse::<u32>().ok().ok_or_else(bad);
        let range = passage(document, number(start)?, number(end)?)?;
        Ok((
            document.id,
            range,
            project.codebook.find(&self.code).map_err(Refusal::from)?,
        ))
    }
}

pub(super) fn run(args: &Code, context: &Context<'_>) -> Ended {
    let mut session = context.act(&args.place.project)?;
    let (document, range, code) = args.place.resolve(&session)?;
    let pair = |facet: &String| {
        facet
            .split_once('=')
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .ok_or_else(|| Failure::Usage(format!("`{facet}` should be NAME=VALUE")))
    };
    let given = args.facet.iter().map(pair).collect::<Result<Vec<_>, _>>()?;
    let facets = read_facets(
        session.project(),
        code,
        given
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str())),
    )?;
    session.run(Action::ApplyCode {
        document,
        range,
        code,
        facets,
    })?;
    DONE
}

pub(super) fn run_uncode(args: &Uncode, context: &Context<'_>) -> Ended {
    let mut session = context.act(&args.place.project)?;
    let (document, range, code) = args.place.resolve(&session)?;
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
