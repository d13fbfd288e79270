//! `tain replace`: other words in what is said.

use std::path::PathBuf;

use serde_json::json;

use super::{
    CommandResult, Context, DONE,
    filters::Find,
    open,
    output::{Output, new_table},
};
use crate::{
    app::{
        action::{Action, WordReplacement},
        edit::replace::{ReplacementPreview, replacement_preview},
        jobs::JobControl,
    },
    language::occurrences::Comparison,
    message::{Message, language::UiLanguage, text::Text},
    model::Project,
    table::data::DataTable,
};

/// Replace words in transcripts, as one step that can be undone
///
/// Codings, memos and links follow the text. A coding that reaches into replaced words then covers all of the new ones. The places are listed.
/// Example: tain replace study.tain Ada Nora --whole-words --labels --dry-run
#[derive(Debug, clap::Args)]
pub(super) struct ReplaceArgs {
    /// Path of the .tain file
    project: PathBuf,
    /// The words to replace
    from: String,
    /// The words in their place; an empty text deletes
    to: String,
    /// Only in this document; may be given more than once
    #[arg(long, value_name = "TITLE")]
    document: Vec<String>,
    /// Only where no letter or digit comes right before or after; Chinese has no such edges, and is replaced anywhere
    #[arg(long)]
    whole_words: bool,
    /// Capital and small letters are the same
    #[arg(long)]
    ignore_case: bool,
    /// Speakers' labels, too: in the list of speakers and in the text; speakers who then have one label become one
    #[arg(long)]
    labels: bool,
    /// List the places and replace nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    output: Output,
}

pub(super) fn run(args: ReplaceArgs, context: &Context<'_>) -> CommandResult {
    args.output.check()?;
    let mut session = if args.dry_run {
        context.read(&args.project)?
    } else {
        context.write(&args.project)?
    };
    let documents = match &args.document[..] {
        [] => None,
        titles => Some(Find(session.project()).all(titles, Find::document)?),
    };
    let what = WordReplacement {
        from: args.from,
        to: args.to,
        how: Comparison {
            whole_words: args.whole_words,
            ignore_case: args.ignore_case,
        },
        labels: args.labels,
        documents,
    };
    let control = JobControl::default();
    let found = replacement_preview(session.project(), session.texts(), &what, &control)?;
    let table = table(&found, session.project(), args.output.language(context));
    if !args.dry_run {
        session.run(Action::ReplaceWords(Box::new(what)))?;
        open::close(session);
    }
    args.output.table_or(&table, || {
        let codings = found.codings;
        json!({
            "replaced": !args.dry_run,
            "documents": found.documents,
            "codings_resized": codings.resized,
            "codings_removed": codings.removed,
            "memos_removed": codings.memos,
            "places": table.objects(),
        })
    })?;
    context.say(said(&found, args.dry_run));
    if found.codings != Default::default() {
        context.say(
            Text::new(
                "{resized} {resized|coding gets|codings get} new bounds, {removed} {removed|coding|codings} and {memos} {memos|memo|memos} without words removed",
                "{resized} 个编码片段的边界随之调整，{removed} 个编码片段和 {memos} 条备忘因文字全部删除而移除",
            )
            .count("resized", found.codings.resized)
            .count("removed", found.codings.removed)
            .count("memos", found.codings.memos),
        );
    }
    DONE
}

/// The places and the labels, one in a row.
fn table(found: &ReplacementPreview, project: &Project, language: UiLanguage) -> DataTable {
    let heads = [
        "document", "part", "start", "end", "before", "text", "after",
    ];
    let mut table = new_table(&heads, language);
    let title = |id| {
        let document = project.documents.get(&id);
        document.map(|document| document.title.as_str())
    };
    for place in &found.places {
        let part = if place.in_label {
            Text::new("label", "标签")
        } else {
            Text::new("text", "文本")
        };
        table.rows.push(vec![
            title(place.document).into(),
            language.say(part).into(),
            place.range.start().into(),
            place.range.end().into(),
            place.context.left.as_str().into(),
            place.context.hit.as_str().into(),
            place.context.right.as_str().into(),
        ]);
    }
    for label in &found.labels {
        let part = if label.merges {
            Text::new("speaker, merged", "说话人，合并")
        } else {
            Text::new("speaker", "说话人")
        };
        table.rows.push(vec![
            title(label.document).into(),
            language.say(part).into(),
            None::<u32>.into(),
            None::<u32>.into(),
            None::<&str>.into(),
            format!("{} → {}", label.from, label.to).as_str().into(),
            None::<&str>.into(),
        ]);
    }
    table
}

/// What is replaced, or could be; labels only where there are some.
fn said(found: &ReplacementPreview, dry_run: bool) -> Message {
    let (said, in_labels) = found.counts();
    let done = if dry_run {
        Text::new(
            "to replace: {places} {places|place|places}{labels} in {documents} {documents|document|documents}",
            "可替换：{documents} 份文档中的 {places} 处文字{labels}",
        )
    } else {
        Text::new(
            "replaced: {places} {places|place|places}{labels} in {documents} {documents|document|documents}",
            "已替换：{documents} 份文档中的 {places} 处文字{labels}",
        )
    };
    let labels = if in_labels + found.labels.len() == 0 {
        Message::from(Text::new("", ""))
    } else {
        Text::new(
            ", {labels} {labels|label|labels} in the text and the names of {speakers} {speakers|speaker|speakers}",
            "、{labels} 处标签和 {speakers} 个说话人名称",
        )
        .count("labels", in_labels)
        .count("speakers", found.labels.len())
    };
    done.count("places", said)
        .count("documents", found.documents)
        .with("labels", labels)
}
