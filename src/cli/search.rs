//! `tain search`: a concordance.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::{
    Context, DONE, Ended,
    asked::Asked,
    output::{Output, Table},
};
use crate::{
    app::Session,
    model::document::Document,
    search::{Hit, context},
};

/// Find words, phrases, patterns; in Chinese and English alike
///
/// Example: tain search study.tain '自信 OR "believe in"' --phase baseline --format json
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Path of the .tain file
    project: PathBuf,
    #[command(flatten)]
    asked: Asked,
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
    let outcome = args.asked.search(
        &session,
        &args.project,
        if args.count { 0 } else { args.limit },
    )?;
    if args.count {
        println!("{}", outcome.total);
        return DONE;
    }
    let mut table = Table::new(&[
        "document", "case", "speaker", "start", "end", "left", "hit", "right",
    ]);
    for hit in &outcome.hits {
        table.rows.extend(row(&session, hit, args.context));
    }
    args.output.table_or(&table, || {
        let object = |row: &Vec<Value>| Value::Object(table.columns.iter().cloned().zip(row.iter().cloned()).collect());
        json!({ "query": args.asked.query, "total": outcome.total, "hits": table.rows.iter().map(object).collect::<Vec<_>>() })
    })?;
    if outcome.as_pinyin {
        context.say("the words stand nowhere as written; they were read as pinyin");
    }
    context.say(&format!(
        "{} hits in {} documents",
        outcome.total, outcome.documents
    ));
    DONE
}

fn row(session: &Session, hit: &Hit, chars: u32) -> Option<Vec<Value>> {
    let project = session.project();
    let document: &Document = project.documents.get(&hit.document)?;
    let content = session.content(document).ok()?;
    let speaker = hit
        .turn
        .and_then(|turn| content.turns.get(turn)?.speaker)
        .and_then(|index| document.speakers.get(usize::from(index)));
    let cases: Vec<&str> = document
        .cases
        .iter()
        .filter_map(|id| project.cases.get(id))
        .map(|case| case.name.as_str())
        .collect();
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
