//! `tain autocode`: codes everything that a search finds.

use std::path::PathBuf;

use serde_json::json;

use super::{
    CommandResult, Context, DONE,
    output::{Output, new_table},
    query::QueryArgs,
    values,
};
use crate::{
    app::{
        action::Action,
        refusal::Refusal,
        search::autocode::{PassageUnit, proposals},
    },
    message::text::Text,
    model::coding::Origin,
};

/// Code every hit of a search, as one step that can be undone
///
/// Passages that you have already coded with this code are left out.
/// Example: tain autocode study.tain 'concept:Belonging' --code Belonging --unit sentence --dry-run
#[derive(Debug, clap::Args)]
pub(super) struct AutocodeArgs {
    /// Path of the .tain file
    project: PathBuf,
    #[command(flatten)]
    query: QueryArgs,
    /// Name or path of the code
    #[arg(long)]
    code: String,
    /// What to code around a hit
    #[arg(long, value_parser = values::passage_unit(), default_value = "sentence")]
    unit: PassageUnit,
    /// List the passages and code nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    output: Output,
}

pub(super) fn run(args: &AutocodeArgs, context: &Context<'_>) -> CommandResult {
    args.output.check()?;
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
    let outcome = args.query.search(&session, &args.project, usize::MAX)?;
    let mut found = proposals(&session, &outcome.hits, args.unit, code);
    session.texts().whole()?;
    let all = found.len();
    found.retain(|proposal| !proposal.is_coded);
    let heads = ["document", "start", "end", "text"];
    let mut table = new_table(&heads, args.output.language(context));
    for proposal in &found {
        let Some(document) = session.project().documents.get(&proposal.document) else {
            continue;
        };
        let content = session.content(document)?;
        let words = content.text.slice(proposal.range).unwrap_or_default();
        table.rows.push(vec![
            document.title.as_str().into(),
            proposal.range.start().into(),
            proposal.range.end().into(),
            words.into(),
        ]);
    }
    let (n, known) = (found.len(), all - found.len());
    if !args.dry_run && n > 0 {
        let passages = found
            .iter()
            .map(|proposal| (proposal.document, proposal.range))
            .collect();
        let origin = Origin::Search(args.query.text.as_str().into());
        session.run(Action::ApplyCodes {
            passages,
            codes: vec![code],
            about: Default::default(),
            origin,
        })?;
    }
    args.output.table_or(&table, || {
        let coded = if args.dry_run { 0 } else { n };
        json!({ "query": args.query.text, "coded": coded, "known": known, "passages": table.objects() })
    })?;
    let done = if args.dry_run {
        Text::new(
            "{n} {n|passage|passages} to code, {known} already coded",
            "可编码 {n} 个片段，另有 {known} 个已有此编码",
        )
    } else {
        Text::new(
            "{n} {n|passage|passages} coded, {known} already coded",
            "已编码 {n} 个片段，另有 {known} 个已有此编码",
        )
    };
    context.say(done.with("n", n).with("known", known));
    DONE
}
