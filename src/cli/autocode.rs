//! `tain autocode`.

use std::path::PathBuf;

use serde_json::json;

use super::{
    Context, DONE, Ended,
    asked::Asked,
    output::{Output, Table},
};
use crate::{
    app::{
        action::Action,
        refusal::Refusal,
        search::autocode::{Unit, proposals},
    },
    model::coding::Origin,
};

/// Code all that a search finds, as one step that can be undone
///
/// Passages that you have coded so already are left out.
/// Example: tain autocode study.tain 'concept:Belonging' --code Belonging --unit sentence --dry-run
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Path of the .tain file
    project: PathBuf,
    #[command(flatten)]
    asked: Asked,
    /// Name or path of the code
    #[arg(long)]
    code: String,
    /// What is coded around a hit
    #[arg(long, value_enum, default_value_t = UnitName::Sentence)]
    unit: UnitName,
    /// List the passages and code nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    output: Output,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum UnitName {
    Hit,
    Sentence,
    Turn,
}

pub(super) fn run(args: &Args, context: &Context<'_>) -> Ended {
    let mut session = if args.dry_run {
        context.read(&args.project)?
    } else {
        context.act(&args.project)?
    };
    let code = session
        .project()
        .codebook
        .find(&args.code)
        .map_err(Refusal::from)?;
    let outcome = args.asked.search(&session, &args.project, usize::MAX)?;
    let unit = match args.unit {
        UnitName::Hit => Unit::Hit,
        UnitName::Sentence => Unit::Sentence,
        UnitName::Turn => Unit::Turn,
    };
    let mut found = proposals(&session, &outcome.hits, unit, code);
    let all = found.len();
    found.retain(|proposal| !proposal.is_coded);
    let mut table = Table::new(&["document", "start", "end", "text"]);
    for proposal in &found {
        let Some(document) = session.project().documents.get(&proposal.document) else {
            continue;
        };
        let content = session.content(document)?;
        let words = content.text.slice(proposal.range).unwrap_or_default();
        table.rows.push(vec![
            json!(document.title),
            json!(proposal.range.start()),
            json!(proposal.range.end()),
            json!(words),
        ]);
    }
    let (n, known) = (found.len(), all - found.len());
    if !args.dry_run && n > 0 {
        let passages = found
            .iter()
            .map(|proposal| (proposal.document, proposal.range))
            .collect();
        let origin = Origin::Search(args.asked.query.as_str().into());
        session.run(Action::ApplyCodes {
            passages,
            codes: vec![code],
            origin,
        })?;
    }
    args.output.table_or(&table, || {
        let object =
            |row: &Vec<serde_json::Value>| serde_json::Value::Object(table.columns.iter().cloned().zip(row.iter().cloned()).collect());
        let passages: Vec<_> = table.rows.iter().map(object).collect();
        json!({ "query": args.asked.query, "coded": if args.dry_run { 0 } else { n }, "known": known, "passages": passages })
    })?;
    let did = if args.dry_run { "to code" } else { "coded" };
    context.say(&format!(
        "{n} passages {did}, {known} were coded so already"
    ));
    DONE
}
