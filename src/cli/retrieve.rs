//! `tain retrieve`.

use std::path::PathBuf;

use serde_json::json;

use super::{
    Context, DONE, Ended,
    failure::Failure,
    output::{Output, Table},
};
use crate::{
    analysis::code_query::{CodeQuery, Extent},
    model::document::Document,
};

/// Find coded passages by a query over codes
///
/// A AND B, A OR B, A NOT B, A WITHIN B, A CONTAINS B, A OVERLAPS B, A NEAR/3turns B, A BEFORE B, A AFTER B, A SAME turn B,
/// A[judgement=unfavourable], A! (without subcodes), A/* (subcodes only), ... WHERE phase=baseline, case=F01, coder=An, attr.income=low
///
/// Example: tain retrieve study.tain '"Imagined judgement" NEAR/1turns "Self-feeling" WHERE phase=baseline'
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Path of the .tain file
    project: PathBuf,
    /// Codes and how they stand to each other
    query: String,
    /// AND gives what either side covers, not only what both do
    #[arg(long)]
    union: bool,
    #[command(flatten)]
    output: Output,
}

pub(super) fn run(args: &Args, context: &Context<'_>) -> Ended {
    let session = context.read(&args.project)?;
    let project = session.project();
    let query = CodeQuery::parse(&args.query, project)
        .map_err(|error| Failure::Usage(error.to_string()))?;
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
    let mut table = Table::new(&["document", "case", "start", "end", "codes", "text"]);
    for passage in &passages {
        let Some(document) = project.documents.get(&passage.document) else {
            continue;
        };
        let content = session.content(document)?;
        let cases: Vec<&str> = document
            .cases
            .iter()
            .filter_map(|id| project.cases.get(id))
            .map(|case| case.name.as_str())
            .collect();
        let codes = document
            .codings
            .iter()
            .filter(|coding| passage.codings.contains(&coding.id))
            .map(|coding| coding.code);
        let codes: std::collections::BTreeSet<String> =
            codes.map(|code| project.codebook.path(code)).collect();
        table.rows.push(vec![
            json!(document.title),
            json!(cases.join("; ")),
            json!(passage.range.start()),
            json!(passage.range.end()),
            json!(codes.into_iter().collect::<Vec<_>>().join("; ")),
            json!(content.text.slice(passage.range).unwrap_or_default()),
        ]);
    }
    let documents = passages.chunk_by(|a, b| a.document == b.document).count();
    args.output.table_or(&table, || {
        let object =
            |row: &Vec<serde_json::Value>| serde_json::Value::Object(table.columns.iter().cloned().zip(row.iter().cloned()).collect());
        let rows: Vec<_> = table.rows.iter().map(object).collect();
        json!({ "query": args.query, "understood": query.to_string(), "total": passages.len(), "passages": rows })
    })?;
    context.say(&format!(
        "{query}: {} passages in {documents} documents",
        passages.len()
    ));
    DONE
}
