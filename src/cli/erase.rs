//! `tain erase`: a participant's words go for good.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::{
    CommandResult, Context, DONE,
    failure::Failure,
    output::{Output, Replace, new_table},
};
use crate::{
    app::{
        erasure::{Erased, ErasurePreview, ErasureRequest, certificate, erase, preview},
        search::index_cache::cache_folder,
        settings,
        surroundings::Surroundings,
    },
    message::{language::UiLanguage, text::Text},
    table::data::DataTable,
};

/// Erase the words of a participant who withdraws, for good
///
/// Without --yes it only says what would go. The participant is a case with everything below it: documents that are
/// theirs alone go whole, and in documents with others the turns whose speaker is linked to the case. Names, values,
/// codings, memos, the words in the history, original files, backups, the search index and drafts go too. Blanks stand in
/// place of the words, so that positions and counts stay, and the history says that it was done. Nothing takes it back.
///
/// Example: tain erase study.tain --case "F07 Lin" --certificate erased.html --yes
#[derive(Debug, clap::Args)]
pub(super) struct EraseArgs {
    /// Path of the .tain file
    project: PathBuf,
    /// The case of the participant
    #[arg(long, value_name = "NAME", required_unless_present = "document")]
    case: Option<String>,
    /// A document that goes whole, whoever speaks in it; may be given more than once
    #[arg(long, value_name = "TITLE")]
    document: Vec<String>,
    /// Only say what would go, even with --yes
    #[arg(long)]
    dry_run: bool,
    /// Erase it
    #[arg(long)]
    yes: bool,
    /// Write a page that says what was erased, when and by whom, without the name
    #[arg(long, value_name = "FILE.html")]
    certificate: Option<PathBuf>,
    /// Overwrite the copies, too, that a repair or a restoration has left beside the project
    #[arg(long)]
    copies: bool,
    #[command(flatten)]
    output: Output,
}

pub(super) fn run(args: &EraseArgs, context: &Context<'_>) -> CommandResult {
    args.output.check()?;
    let is_real = args.yes && !args.dry_run;
    let page = args.certificate.as_deref().filter(|_| is_real);
    if let Some(page) = page {
        args.output.replace.check(page)?;
    }
    let mut session = context.read(&args.project)?;
    if let Some(coder) = &context.coder {
        session.act_as(coder)?;
    }
    let request = ErasureRequest::named(session.project(), args.case.as_deref(), &args.document)?;
    let found = preview(&session, &request)?;
    let table = table(&found, args.output.language(context));
    if !is_real {
        args.output.table_or(&table, || object(&found, None))?;
        for line in found.lines() {
            context.say(line);
        }
        context.say(Text::new(
            "nothing is erased yet; --yes erases it, and nothing brings it back",
            "尚未删除任何内容；加上 --yes 即删除，且无法恢复",
        ));
        return DONE;
    }
    let by = session.acting()?;
    let source = session.source();
    // Nobody may have the file open while another takes its place.
    drop(session);
    let (cache, folder) = (cache_folder(), settings::folder());
    let surroundings = Surroundings {
        cache: cache.as_deref(),
        settings: folder.as_deref(),
    };
    let (_, done) = erase(
        &source,
        &request,
        by,
        surroundings,
        args.copies,
        (context.host)(),
    )?;
    args.output
        .table_or(&table, || object(&done.preview, Some(&done)))?;
    say_done(&done, context);
    if let Some(page) = page {
        write_certificate(&done, page, args, context)?;
    }
    DONE
}

fn say_done(done: &Erased, context: &Context<'_>) {
    context.say(
        Text::new(
            "erased {characters} characters; recorded as entry {entry}",
            "已删除 {characters} 个字符；日志记录为 {entry}",
        )
        .count("characters", done.preview.characters())
        .with("entry", done.entry.to_string()),
    );
    for copy in &done.left {
        context.say(
            Text::new(
                "{copy} stays as it is and has the words; --copies overwrites it",
                "{copy} 保持原样，仍含有这些文字；加上 --copies 可覆写",
            )
            .with("copy", copy.as_path()),
        );
    }
}

fn write_certificate(
    done: &Erased,
    page: &std::path::Path,
    args: &EraseArgs,
    context: &Context<'_>,
) -> Result<(), Failure> {
    let replace: Replace = args.output.replace;
    let html = certificate(done, &args.project, context.language);
    replace.write(page, html.as_bytes())?;
    context.say(Text::new("{path} is the certificate", "{path} 为删除证明").with("path", page));
    Ok(())
}

/// The documents, one in a row.
fn table(found: &ErasurePreview, language: UiLanguage) -> DataTable {
    let mut table = new_table(&["document", "erased", "characters", "turns"], language);
    for loss in &found.documents {
        let part = match (loss.is_removed, loss.is_whole) {
            (true, _) => Text::new("whole, removed before", "全部，此前已移除"),
            (false, true) => Text::new("whole", "全部"),
            (false, false) => Text::new("own turns", "本人话轮"),
        };
        table.rows.push(vec![
            loss.title.as_str().into(),
            language.say(part).into(),
            loss.characters.into(),
            loss.turns.into(),
        ]);
    }
    table
}

fn object(found: &ErasurePreview, done: Option<&Erased>) -> Value {
    let documents = found.documents.iter().map(|loss| {
        json!({
            "id": loss.document.to_string(),
            "title": loss.title,
            "whole": loss.is_whole,
            "removed_before": loss.is_removed,
            "characters": loss.characters,
            "turns": loss.turns,
        })
    });
    let cases = found.cases.iter();
    let cases = cases.map(|(id, name)| json!({ "id": id.to_string(), "name": name }));
    let copies = found.copies.iter().map(|copy| copy.display().to_string());
    json!({
        "erased": done.is_some(),
        "entry": done.map(|done| done.entry.to_string()),
        "cases": cases.collect::<Vec<_>>(),
        "documents": documents.collect::<Vec<_>>(),
        "unlinked_documents": found.unlinked,
        "characters": found.characters(),
        "turns": found.turns(),
        "codings_removed": found.codings,
        "codings_cut": found.cut_codings,
        "memos": found.memos,
        "links": found.links,
        "values": found.values,
        "attachments": found.attachments,
        "attachments_left": found.attachments_left,
        "log_entries": found.entries,
        "quotations": found.quotes,
        "mentions_left": found.mentions,
        "backups": found.backups,
        "copies": copies.collect::<Vec<_>>(),
    })
}
