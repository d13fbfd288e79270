//! `tain suggest`.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::{
    Context, DONE, Ended,
    failure::Failure,
    output::{Output, Table},
};
use crate::{
    analysis::suggestion::{FEWEST_EXAMPLES, Model, Quality, evaluate},
    app::{Session, refusal::Refusal, search::suggestions::FOLDS},
    language::segment::Segmenter,
    model::{document::Document, ids::CoderId},
};

/// Suggest codes for sentences, learnt from the codings that are there; nothing is coded
///
/// With --evaluate, tells how good the suggestions are on documents that the model hasn't seen.
/// Example: tain suggest study.tain "F05 child baseline" --coder An
#[derive(Debug, clap::Args)]
pub(super) struct Args {
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

pub(super) fn run(args: &Args, context: &Context<'_>) -> Ended {
    let session = context.read(&args.project)?;
    let coder = match &context.coder {
        Some(name) => Some(
            session
                .project()
                .coder_by_name(name)
                .ok_or_else(|| Refusal::NoCoder(name.to_owned()))?
                .id,
        ),
        None => None,
    };
    if args.evaluate {
        measured(args, context, &session, coder)
    } else {
        listed(args, context, &session, coder)
    }
}

fn listed(args: &Args, context: &Context<'_>, session: &Session, coder: Option<CoderId>) -> Ended {
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
    let segmenter = Segmenter::of_project(project);
    let mut table = Table::new(&[
        "document",
        "start",
        "end",
        "code",
        "likelihood",
        "because",
        "text",
    ]);
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
                json!(document.title),
                json!(range.start()),
                json!(range.end()),
                json!(project.codebook.path(suggestion.code)),
                json!(f64::from((suggestion.likelihood * 100.0).round()) / 100.0),
                json!(because.join(" ")),
                json!(content.text.slice(range).unwrap_or_default()),
            ]);
        }
    }
    args.output.table(&table)?;
    let left_out = model.left_out().len();
    context.say(&format!(
        "learnt {} codes from {} sentences; {left_out} codes have fewer than {FEWEST_EXAMPLES} sentences",
        model.codes(),
        model.examples()
    ));
    DONE
}

fn measured(
    args: &Args,
    context: &Context<'_>,
    session: &Session,
    coder: Option<CoderId>,
) -> Ended {
    let project = session.project();
    let load = |document: &Document| session.content(document).ok();
    let Some(quality) = evaluate(project, coder, &load, FOLDS, &mut |_, _| true) else {
        return DONE;
    };
    if quality.folds == 0 {
        return Err(Failure::Usage(
            "cross-validation needs codings in at least two documents".to_owned(),
        ));
    }
    let figure = |share: Option<f64>| {
        share.map_or(Value::Null, |share| {
            json!((share * 1000.0).round() / 1000.0)
        })
    };
    let mut table = Table::new(&[
        "code",
        "sentences",
        "suggested",
        "right",
        "precision",
        "recall",
    ]);
    for (code, own) in &quality.codes {
        table.rows.push(vec![
            json!(project.codebook.path(*code)),
            json!(own.examples),
            json!(own.suggested),
            json!(own.right),
            figure(own.precision()),
            figure(own.recall()),
        ]);
    }
    args.output.table_or(&table, || {
        let object = |row: &Vec<Value>| {
            Value::Object(
                table
                    .columns
                    .iter()
                    .cloned()
                    .zip(row.iter().cloned())
                    .collect(),
            )
        };
        json!({
            "folds": quality.folds, "sentences": quality.units, "coded": quality.coded,
            "first_right": figure(quality.first()), "baseline": figure(quality.baseline()),
            "precision": figure(quality.precision()), "recall": figure(quality.recall()),
            "codes": table.rows.iter().map(object).collect::<Vec<_>>()
        })
    })?;
    context.say(&summary(&quality));
    DONE
}

fn summary(quality: &Quality) -> String {
    let percent = |share: Option<f64>| {
        share.map_or_else(|| "–".to_owned(), |share| format!("{:.0} %", share * 100.0))
    };
    format!(
        "{} parts, {} sentences, {} with a code: the likeliest code is right in {} (the most frequent code: {}); suggestions are right in {}, and find {}",
        quality.folds,
        quality.units,
        quality.coded,
        percent(quality.first()),
        percent(quality.baseline()),
        percent(quality.precision()),
        percent(quality.recall())
    )
}
