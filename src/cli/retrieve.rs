//! `tain retrieve`: coded passages by a query over codes.

use std::{collections::BTreeSet, path::PathBuf};

use serde_json::json;

use super::{
    CommandResult, Context, DONE,
    filters::Find,
    output::{Output, new_table},
};
use crate::{
    analysis::code_query::{CodeQuery, Extent},
    message::text::Text,
    model::document::Document,
};

/// Find coded passages by a query over codes
///
/// A AND B, A OR B, A NOT B, A WITHIN B, A CONTAINS B, A OVERLAPS B, A NEAR/3turns B, A BEFORE B, A AFTER B, A SAME turn B,
/// A[judgement=unfavourable], A! (without subcodes), A/* (subcodes only), ... WHERE phase=baseline, case=F01, coder=An, attr.income=low
///
/// Example: tain retrieve study.tain '"Imagined judgement" NEAR/1turns "Self-feeling" WHERE phase=baseline'
#[derive(Debug, clap::Args)]
pub(super) struct RetrieveArgs {
    /// Path of the .tain file
    project: PathBuf,
    /// Codes and their relation
    query: String,
    /// AND gives what either side covers, not only what both do
    #[arg(long)]
    union: bool,
    #[command(flatten)]
    output: Output,
}

pub(super) fn run(args: &RetrieveArgs, context: &Context<'_>) -> CommandResult {
    let session = context.read(&args.project)?;
    let project = session.project();
    let query = CodeQuery::parse(&args.query, project)?;
    let load = |document: &Document| session.content(document).ok();
    let passages = query.passages(
        project,
        &load,
        if args.union {
            Extent::Union
        } else {
            Extent::Intersection
        },
    );
    session.texts().whole()?;
    let language = args.output.language(context);
    let heads = ["document", "case", "start", "end", "codes", "text"];
    let mut table = new_table(&heads, language);
    for passage in &passages {
        let Some(document) = project.documents.get(&passage.document) else {
            continue;
        };
        let content = session.content(document)?;
        let codes = document
            .codings
            .iter()
            .filter(|coding| passage.codings.contains(&coding.id))
            .map(|coding| coding.code);
        let codes: BTreeSet<String> = codes
            .map(|code| Find(project).code_path(code, language))
            .collect();
        table.rows.push(vec![
            document.title.as_str().into(),
            Find(project).case_names(document).into(),
            passage.range.start().into(),
            passage.range.end().into(),
            codes.into_iter().collect::<Vec<_>>().join("; ").into(),
            content.text.slice(passage.range).unwrap_or_default().into(),
        ]);
    }
    let documents = passages.chunk_by(|a, b| a.document == b.document).count();
    args.output.table_or(&table, || {
        json!({
            "query": args.query, "understood": query.to_string(), "total": passages.len(), "passages": table.objects()
        })
    })?;
    context.say(
        Text::new(
            "{query}: {passages} {passages|passage|passages} in {documents} {documents|document|documents}",
            "{query}：{documents} 份文档中的 {passages} 个片段",
        )
        .with("query", query.to_string())
        .with("passages", passages.len())
        .with("documents", documents),
    );
    DONE
}
