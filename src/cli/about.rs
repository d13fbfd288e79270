//! `tain about`: whom codings are about.

use std::{collections::BTreeSet, path::PathBuf};

use super::{
    CommandResult, Context, DONE,
    code::parse_range,
    failure::Failure,
    filters::Find,
    output::{Output, new_table},
};
use crate::{
    analysis::{
        Loader,
        attribution::{Ground, People},
        code_query::{CodeQuery, Extent},
    },
    app::{Session, action::Action, edit::coding::passage, refusal::Refusal},
    message::{language::UiLanguage, text::Text},
    model::{
        Project,
        coding::Coding,
        document::Document,
        ids::{CaseId, CodeId, CodingId, DocumentId},
        text::TextRange,
    },
    table::data::CellValue,
};

/// Say whom codings are about, or show whom they are given to
///
/// A coding is given to those whom it is said to be about; otherwise to the persons who speak, without those who ask; otherwise to the
/// document's only person or family. Otherwise it is not attributed. Without --is or --clear, the codings are listed with the reason.
///
/// Example: tain about study.tain --query 'Needs WHERE about=nobody' --is 小雨 --is Ada
#[derive(Debug, clap::Args)]
pub(super) struct AboutArgs {
    /// Path of the .tain file
    project: PathBuf,
    /// Title of the document
    #[arg(required_unless_present = "query")]
    document: Option<String>,
    /// Codings that share a character with this passage, in code points, half-open; by default all
    #[arg(value_name = "START..END")]
    range: Option<String>,
    /// Only codings with this code
    #[arg(long)]
    code: Option<String>,
    /// Codings that this query over codes finds
    #[arg(long, conflicts_with_all = ["document", "range", "code"])]
    query: Option<String>,
    /// A person, family or other case that they are about
    #[arg(long, value_name = "CASE")]
    is: Vec<String>,
    /// Leave it to who speaks
    #[arg(long, conflicts_with = "is")]
    clear: bool,
    #[command(flatten)]
    output: Output,
}

/// Codings by document and identity.
type Chosen = Vec<(DocumentId, CodingId)>;

pub(super) fn run(args: &AboutArgs, context: &Context<'_>) -> CommandResult {
    if args.is.is_empty() && !args.clear {
        let session = context.read(&args.project)?;
        return list(args, &session, context);
    }
    let mut session = context.act(&args.project)?;
    let codings = chosen(args, &session)?;
    if codings.is_empty() {
        return Err(Refusal::NoCoding.into());
    }
    let about: BTreeSet<CaseId> = Find(session.project()).all(&args.is, Find::case)?;
    session.run(Action::SetAbout { codings, about })?;
    DONE
}

fn chosen(args: &AboutArgs, session: &Session) -> Result<Chosen, Failure> {
    let project = session.project();
    let load = |document: &Document| session.content(document).ok();
    if let Some(query) = &args.query {
        let query = CodeQuery::parse(query, project)?;
        let found = query.passages(project, &load, Extent::default());
        session.texts().whole()?;
        return Ok(found
            .into_iter()
            .flat_map(|passage| {
                let document = passage.document;
                passage
                    .codings
                    .into_iter()
                    .map(move |coding| (document, coding))
            })
            .collect());
    }
    let title = args.document.as_deref().unwrap_or_default();
    let document = Find(project).document(title)?;
    let document = project
        .documents
        .get(&document)
        .ok_or_else(|| Refusal::NoDocument(title.to_owned()))?;
    let range = args
        .range
        .as_deref()
        .map(|range| {
            let (start, end) = parse_range(range)?;
            Ok::<TextRange, Failure>(passage(document, start, end)?)
        })
        .transpose()?;
    let code: Option<CodeId> = args
        .code
        .as_deref()
        .map(|code| Find(project).code(code))
        .transpose()?;
    Ok(document
        .codings
        .iter()
        .filter(|own| range.is_none_or(|range| own.range.overlaps(range)))
        .filter(|own| code.is_none_or(|code| own.code == code))
        .map(|own| (document.id, own.id))
        .collect())
}

fn list(args: &AboutArgs, session: &Session, context: &Context<'_>) -> CommandResult {
    let project = session.project();
    let language = args.output.language(context);
    let load = |document: &Document| session.content(document).ok();
    let heads = [
        "document",
        "start",
        "end",
        "code",
        "coder",
        "about",
        "concerned",
        "ground",
    ];
    let mut table = new_table(&heads, language);
    for (document, coding) in chosen(args, session)? {
        let Some(document) = project.documents.get(&document) else {
            continue;
        };
        if let Some(coding) = document.coding(coding) {
            table
                .rows
                .push(row(project, document, coding, &load, language));
        }
    }
    session.texts().whole()?;
    args.output.table(&table)?;
    DONE
}

fn row(
    project: &Project,
    document: &Document,
    coding: &Coding,
    load: &Loader<'_>,
    language: UiLanguage,
) -> Vec<CellValue> {
    let content = load(document);
    let turns = content.as_deref().map_or(&[][..], |content| &content.turns);
    let people = People::of(project, document);
    let (concerned, ground) = people.concerned(&coding.about, turns, coding.range);
    let names = |cases: &BTreeSet<CaseId>| CellValue::text(Find(project).names_of_cases(cases));
    let coder = project.coders.get(&coding.coder);
    vec![
        CellValue::text(&document.title),
        CellValue::count(coding.range.start()),
        CellValue::count(coding.range.end()),
        CellValue::text(Find(project).code_path(coding.code, language)),
        CellValue::text(coder.map_or("", |coder| &coder.name)),
        names(&coding.about),
        names(&concerned),
        CellValue::text(language.say(ground_name(ground))),
    ]
}

/// Why a coding is given to those whom it is given to.
const fn ground_name(ground: Ground) -> Text {
    match ground {
        Ground::Named => Text::new("named", "已指明"),
        Ground::Speaking => Text::new("speaking", "讲述者"),
        Ground::Document => Text::new("document", "文档所属"),
        Ground::None => Text::new("not attributed", "未归属"),
    }
}
