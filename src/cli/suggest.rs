//! `tain suggest`: codes for sentences, learnt from the codings of the project.

use std::path::PathBuf;

use serde_json::json;

use super::{
    CommandResult, Context, DONE,
    failure::Failure,
    filters::Find,
    output::{Output, new_table},
};
use crate::{
    analysis::suggestion::{FEWEST_EXAMPLES, Model, Quality, evaluate},
    app::{Session, refusal::Refusal, search::suggestions::FOLDS},
    language::segment::Segmenter,
    message::{Message, text::Text},
    model::{document::Document, ids::CoderId},
    table::data::CellValue,
};

/// Suggest codes for sentences, learnt from the existing codings; nothing is coded
///
/// With --evaluate, tells how good the suggestions are on documents that the model hasn't seen.
/// Example: tain suggest study.tain "F05 child baseline" --coder An
#[derive(Debug, clap::Args)]
pub(super) struct SuggestArgs {
    /// Path of the .tain file
    project: PathBuf,
    /// Title of the document; all documents without it
    document: Option<String>,
    /// Only this code
    #[arg(long)]
    code: Option<String>,
    /// Cross-validate instead: how often suggestions are right
    #[arg(long)]
    evaluate: bool,
    /// Most suggestions shown
    #[arg(long, default_value_t = 50, value_name = "N")]
    limit: usize,
    #[command(flatten)]
    output: Output,
}

pub(super) fn run(args: &SuggestArgs, context: &Context<'_>) -> CommandResult {
    let session = context.read(&args.project)?;
    let coder = match &context.coder {
        Some(name) => Some(Find(session.project()).coder(name)?),
        None => None,
    };
    if args.evaluate {
        measured(args, context, &session, coder)
    } else {
        listed(args, context, &session, coder)
    }
}

fn listed(
    args: &SuggestArgs,
    context: &Context<'_>,
    session: &Session,
    coder: Option<CoderId>,
) -> CommandResult {
    let project = session.project();
    let load = |document: &Document| session.content(document).ok();
    let code = args
        .code
        .as_ref()
        .map(|name| project.codebook.find(name).map_err(Refusal::from))
        .transpose()?;
    let documents = match &args.document {
        Some(title) => vec![
            project
                .document_by_title(title)
                .ok_or_else(|| Refusal::NoDocument(title.clone()))?,
        ],
        None => project.documents_in_order().into_iter().collect(),
    };
    let Some(model) = Model::train(project, coder, &load, &mut |_, _| true) else {
        return DONE;
    };
    session.texts().whole()?;
    let segmenter = Segmenter::of_project(project);
    let language = args.output.language(context);
    let heads = [
        "document",
        "start",
        "end",
        "code",
        "likelihood",
        "because",
        "text",
    ];
    let mut table = new_table(&heads, language);
    for document in documents {
        let content = session.content(document)?;
        for (range, suggestion) in model.suggest_document(document, &content, coder, &segmenter) {
            if code.is_some_and(|code| code != suggestion.code) || table.rows.len() >= args.limit {
                continue;
            }
            let because: Vec<&str> = suggestion
                .reasons
                .iter()
                .map(|(word, _)| word.as_str())
                .collect();
            table.rows.push(vec![
                document.title.as_str().into(),
                range.start().into(),
                range.end().into(),
                Find(project).code_path(suggestion.code, language).into(),
                (f64::from((suggestion.likelihood * 100.0).round()) / 100.0).into(),
                because.join(" ").into(),
                content.text.slice(range).unwrap_or_default().into(),
            ]);
        }
    }
    args.output.table(&table)?;
    let left_out = model.left_out().len();
    context.say(
        Text::new(
            "learnt {codes} {codes|code|codes} from {sentences} sentences; {left_out} {left_out|code has|codes have} fewer than {fewest} sentences",
            "已从 {sentences} 个句子学习 {codes} 个编码；{left_out} 个编码不足 {fewest} 个句子",
        )
        .with("codes", model.codes())
        .with("sentences", model.examples())
        .with("left_out", left_out)
        .with("fewest", FEWEST_EXAMPLES),
    );
    DONE
}

fn measured(
    args: &SuggestArgs,
    context: &Context<'_>,
    session: &Session,
    coder: Option<CoderId>,
) -> CommandResult {
    let project = session.project();
    let load = |document: &Document| session.content(document).ok();
    let Some(quality) = evaluate(project, coder, &load, FOLDS, &mut |_, _| true) else {
        return DONE;
    };
    session.texts().whole()?;
    if quality.folds == 0 {
        return Err(Failure::usage(Text::new(
            "cross-validation needs codings in at least two documents",
            "交叉验证需要至少两份有编码的文档",
        )));
    }
    let language = args.output.language(context);
    let heads = [
        "code",
        "sentences",
        "suggested",
        "right",
        "precision",
        "recall",
    ];
    let mut table = new_table(&heads, language);
    // In the table of a search, this head means the words to the right of a hit.
    table.columns[3] = language.say(Text::new("right", "正确数")).to_owned();
    for (code, own) in &quality.codes {
        table.rows.push(vec![
            Find(project).code_path(*code, language).into(),
            own.examples.into(),
            own.suggested.into(),
            own.right.into(),
            share_cell(own.precision()),
            share_cell(own.recall()),
        ]);
    }
    args.output.table_or(&table, || {
        json!({
            "folds": quality.folds, "sentences": quality.units, "coded": quality.coded,
            "first_right": share_cell(quality.first()).json(), "baseline": share_cell(quality.baseline()).json(),
            "precision": share_cell(quality.precision()).json(), "recall": share_cell(quality.recall()).json(),
            "codes": table.objects()
        })
    })?;
    context.say(summary(&quality));
    DONE
}

/// A share to three decimals.
fn share_cell(share: Option<f64>) -> CellValue {
    share.map(|share| (share * 1000.0).round() / 1000.0).into()
}

fn percent(share: Option<f64>) -> String {
    share.map_or_else(|| "–".to_owned(), |share| format!("{:.0} %", share * 100.0))
}

fn summary(quality: &Quality) -> Message {
    Text::new(
        "{folds} parts, {sentences} sentences, {coded} with a code: the likeliest code is right in {first} (the most frequent code: {baseline}); suggestions are right in {precision}, and find {recall}",
        "分 {folds} 份，{sentences} 个句子，其中 {coded} 个有编码：首选编码正确率 {first}（只猜最常用编码为 {baseline}）；建议的准确率 {precision}，召回率 {recall}",
    )
    .with("folds", quality.folds)
    .with("sentences", quality.units)
    .with("coded", quality.coded)
    .with("first", percent(quality.first()))
    .with("baseline", percent(quality.baseline()))
    .with("precision", percent(quality.precision()))
    .with("recall", percent(quality.recall()))
}
