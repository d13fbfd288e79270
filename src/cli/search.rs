//! `tain search`: a concordance.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::{
    Context, DONE, Ended,
    failure::Failure,
    output::{Output, Table},
};
use crate::{
    app::{
        Session,
        finding::{cache_folder, open_index},
        refusal::Refusal,
    },
    model::{attribute::AttributeOf, document::Document},
    search::{Filters, Hit, Mode, Request, context},
};

/// Find words, phrases, patterns; in Chinese and English alike
///
/// Example: tain search study.tain '自信 OR "believe in"' --phase baseline --format json
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Path of the .tain file
    project: PathBuf,
    /// Words, "phrases", "a b"~3, prefix*, AND OR NOT (), speaker: case: phase: code: coder: document:, /pattern/
    query: String,
    /// The query is a regular expression over the whole text
    #[arg(long, conflicts_with = "literal")]
    regex: bool,
    /// The query is looked for as it stands
    #[arg(long)]
    literal: bool,
    /// Only passages with one of these codes (or subcodes)
    #[arg(long, value_delimiter = ',', value_name = "CODE")]
    in_codes: Vec<String>,
    /// Only passages without these codes
    #[arg(long, value_delimiter = ',', value_name = "CODE")]
    not_in_codes: Vec<String>,
    /// Only documents of this case (or cases below)
    #[arg(long)]
    case: Vec<String>,
    /// Only cases or documents with this value
    #[arg(long, value_name = "ATTR=VALUE")]
    attr: Vec<String>,
    /// Only documents of this phase
    #[arg(long)]
    phase: Vec<String>,
    /// Only what this speaker says
    #[arg(long)]
    speaker: Vec<String>,
    /// Characters of context on each side
    #[arg(long, default_value_t = 40, value_name = "N")]
    context: u32,
    /// Most hits shown
    #[arg(long, default_value_t = 50, value_name = "N")]
    limit: usize,
    /// Print only how many there are
    #[arg(long)]
    count: bool,
    #[command(flatten)]
    output: Output,
}

pub(super) fn run(args: &Args, context: &Context<'_>) -> Ended {
    let session = context.read(&args.project)?;
    let mode = match (args.regex, args.literal) {
        (true, _) => Mode::Regex,
        (_, true) => Mode::Literal,
        _ => Mode::Words,
    };
    let limit = if args.count { 0 } else { args.limit };
    let request = Request { text: args.query.clone(), mode, filters: filters(args, &session)?, limit };
    let index = if mode == Mode::Words { open_index(cache_folder().as_deref(), &args.project) } else { None };
    let outcome = session.search(index.as_ref(), &request).map_err(|error| Failure::Usage(error.to_string()))?;
    if args.count {
        println!("{}", outcome.total);
        return DONE;
    }
    let mut table = Table::new(&["document", "case", "speaker", "start", "end", "left", "hit", "right"]);
    for hit in &outcome.hits {
        table.rows.extend(row(&session, hit, args.context));
    }
    args.output.table_or(&table, || {
        let object = |row: &Vec<Value>| Value::Object(table.columns.iter().cloned().zip(row.iter().cloned()).collect());
        json!({ "query": args.query, "total": outcome.total, "hits": table.rows.iter().map(object).collect::<Vec<_>>() })
    })?;
    context.say(&format!("{} hits in {} documents", outcome.total, outcome.documents));
    DONE
}

fn row(session: &Session, hit: &Hit, chars: u32) -> Option<Vec<Value>> {
    let project = session.project();
    let document: &Document = project.documents.get(&hit.document)?;
    let content = session.content(document).ok()?;
    let speaker = hit.turn.and_then(|turn| content.turns.get(turn)?.speaker).and_then(|index| document.speakers.get(usize::from(index)));
    let cases: Vec<&str> = document.cases.iter().filter_map(|id| project.cases.get(id)).map(|case| case.name.as_str()).collect();
    let shown = context(&content, hit, chars);
    Some(vec![
        json!(document.title),
        json!(cases.join("; ")),
        json!(speaker.map(|speaker| speaker.label.as_str())),
        json!(hit.range.start()),
        json!(hit.range.end()),
        json!(shown.left),
        json!(shown.hit),
        json!(shown.right),
    ])
}

fn filters(args: &Args, session: &Session) -> Result<Filters, Failure> {
    let project = session.project();
    let codes = |names: &[String]| names.iter().map(|name| project.codebook.find(name).map_err(Refusal::from)).collect::<Result<_, _>>();
    let case = |name: &String| project.case_by_name(name).map(|case| case.id).ok_or_else(|| Refusal::NoCase(name.clone()));
    let phase = |name: &String| project.phase_by_name(name).map(|phase| phase.id).ok_or_else(|| Refusal::NoPhase(name.clone()));
    let attribute = |pair: &String| {
        let (name, value) = pair.split_once('=').ok_or_else(|| Failure::Usage(format!("`{pair}` should be ATTR=VALUE")))?;
        let of = |of| project.attribute_by_name(of, name);
        let found = of(AttributeOf::Cases).or_else(|| of(AttributeOf::Documents));
        let found = found.ok_or_else(|| Refusal::NoAttribute(name.to_owned()))?;
        Ok::<_, Failure>((found.id, value.to_owned()))
    };
    Ok(Filters {
        in_codes: codes(&args.in_codes)?,
        not_in_codes: codes(&args.not_in_codes)?,
        cases: args.case.iter().map(case).collect::<Result<_, _>>()?,
        attributes: args.attr.iter().map(attribute).collect::<Result<_, _>>()?,
        phases: args.phase.iter().map(phase).collect::<Result<_, _>>()?,
        speakers: args.speaker.iter().cloned().collect(),
        ..Filters::default()
    })
}
