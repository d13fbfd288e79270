//! `tain search`: a concordance.

use std::path::PathBuf;

use serde_json::json;

use super::{
    CommandResult, Context, DONE,
    filters::Find,
    output::{Output, new_table},
    query::QueryArgs,
    terminal,
};
use crate::{
    app::Session,
    message::text::Text,
    model::document::Document,
    search::{Hit, context},
    table::data::CellValue,
};

/// Find words, phrases and patterns in Chinese and English
///
/// Example: tain search study.tain '自信 OR "believe in"' --phase baseline --format json
#[derive(Debug, clap::Args)]
pub(super) struct SearchArgs {
    /// Path of the .tain file
    project: PathBuf,
    #[command(flatten)]
    query: QueryArgs,
    /// Characters of context on each side
    #[arg(long, default_value_t = 40, value_name = "N")]
    context: u32,
    /// Most hits shown
    #[arg(long, default_value_t = 50, value_name = "N")]
    limit: usize,
    /// Print only the number of hits
    #[arg(long)]
    count: bool,
    #[command(flatten)]
    output: Output,
}

pub(super) fn run(args: &SearchArgs, context: &Context<'_>) -> CommandResult {
    let session = context.read(&args.project)?;
    let outcome = args.query.search(
        &session,
        &args.project,
        if args.count { 0 } else { args.limit },
    )?;
    session.texts().whole()?;
    if args.count {
        terminal::show(&format!("{}\n", outcome.total))?;
        return DONE;
    }
    let heads = [
        "document", "case", "speaker", "start", "end", "left", "hit", "right",
    ];
    let mut table = new_table(&heads, args.output.language(context));
    for hit in &outcome.hits {
        table.rows.extend(row(&session, hit, args.context));
    }
    args.output.table_or(
        &table,
        || json!({ "query": args.query.text, "total": outcome.total, "hits": table.objects() }),
    )?;
    if outcome.as_pinyin {
        context.say(Text::new(
            "no exact match; searched as pinyin",
            "没有这样的原文，已按拼音检索",
        ));
    }
    context.say(
        Text::new(
            "{hits} {hits|hit|hits} in {documents} {documents|document|documents}",
            "{documents} 份文档中的 {hits} 处命中",
        )
        .with("hits", outcome.total)
        .with("documents", outcome.documents),
    );
    DONE
}

fn row(session: &Session, hit: &Hit, chars: u32) -> Option<Vec<CellValue>> {
    let project = session.project();
    let document: &Document = project.documents.get(&hit.document)?;
    let content = session.content(document).ok()?;
    let speaker = hit
        .turn
        .and_then(|turn| content.turns.get(turn)?.speaker)
        .and_then(|index| document.speakers.get(usize::from(index)));
    let shown = context(&content, hit, chars);
    Some(vec![
        document.title.as_str().into(),
        Find(project).case_names(document).into(),
        speaker.map(|speaker| speaker.label.as_str()).into(),
        hit.range.start().into(),
        hit.range.end().into(),
        shown.left.as_str().into(),
        shown.hit.as_str().into(),
        shown.right.as_str().into(),
    ])
}
