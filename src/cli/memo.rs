//! `tain memo`: write, list and show memos.

use std::path::PathBuf;

use super::{
    CommandResult, Context, DONE,
    filters::Find,
    open::ReadArgs,
    output::{Replace, new_table, not_written},
    terminal, values,
};
use crate::{
    app::{
        action::Action,
        export::memos::{anchor_in_words, write_memos},
        refusal::Refusal,
    },
    message::text::Text,
    model::memo::{Anchor, MemoKind},
};

/// Write, list and export memos
///
/// Example: tain memo add study.tain --title "First impressions" --body "..." --case "F01"
#[derive(Debug, clap::Args)]
pub(super) struct MemoArgs {
    #[command(subcommand)]
    command: MemoCommand,
}

#[derive(Debug, clap::Subcommand)]
enum MemoCommand {
    /// Write a memo on the project, or on what is named
    Add(AddMemoArgs),
    /// List the memos
    List(ReadArgs),
    /// Write the memos to a Markdown file
    Export {
        /// Path of the .tain file
        project: PathBuf,
        /// File to write
        to: PathBuf,
        #[command(flatten)]
        replace: Replace,
        /// Only memos of this kind
        #[arg(long, value_parser = values::memo_kind())]
        kind: Option<MemoKind>,
    },
    /// Show a memo in full
    Show {
        /// Path of the .tain file
        project: PathBuf,
        /// Title or id of the memo
        memo: String,
    },
}

#[derive(Debug, clap::Args)]
struct AddMemoArgs {
    /// Path of the .tain file
    project: PathBuf,
    /// Title of the memo
    #[arg(long)]
    title: String,
    /// Text, in Markdown
    #[arg(long, default_value = "")]
    body: String,
    /// What it is for
    #[arg(long, value_parser = values::memo_kind(), default_value = "analytic")]
    kind: MemoKind,
    /// Document that it is about
    #[arg(long, conflicts_with_all = ["case", "code"])]
    document: Option<String>,
    /// Case that it is about
    #[arg(long, conflicts_with = "code")]
    case: Option<String>,
    /// Code that it is about
    #[arg(long)]
    code: Option<String>,
}

pub(super) fn run(args: MemoArgs, context: &Context<'_>) -> CommandResult {
    match args.command {
        MemoCommand::Add(add) => write(add, context),
        MemoCommand::List(reading) => list(&reading, context),
        MemoCommand::Export {
            project,
            to,
            replace,
            kind,
        } => {
            let session = context.read(&project)?;
            let count = write_memos(&session, &to, context.language, replace.writer(), |memo| {
                kind.is_none_or(|kind| memo.kind == kind)
            })
            .map_err(not_written)?;
            context.say(
                Text::new(
                    "{file}: {count} {count|memo|memos} written",
                    "{file}：已写入 {count} 条备忘",
                )
                .with("file", to.as_path())
                .with("count", count),
            );
            DONE
        }
        MemoCommand::Show { project, memo } => {
            let session = context.read(&project)?;
            let mut memos = session.project().memos.values();
            let found = memos
                .find(|own| own.title == memo || own.id.to_string() == memo)
                .ok_or_else(|| Refusal::NoMemo(memo.clone()))?;
            terminal::show(&format!("{}\n\n{}\n", found.title, found.body))?;
            DONE
        }
    }
}

fn write(add: AddMemoArgs, context: &Context<'_>) -> CommandResult {
    let mut session = context.act(&add.project)?;
    let find = Find(session.project());
    let anchor = match (&add.document, &add.case, &add.code) {
        (Some(title), ..) => Anchor::Document(find.document(title)?),
        (_, Some(name), _) => Anchor::Case(find.case(name)?),
        (.., Some(name)) => Anchor::Code(find.code(name)?),
        (None, None, None) => Anchor::Project,
    };
    session.run(Action::AddMemo {
        anchor,
        kind: add.kind,
        title: add.title,
        body: add.body,
    })?;
    DONE
}

fn list(reading: &ReadArgs, context: &Context<'_>) -> CommandResult {
    let session = context.read(&reading.project)?;
    let project = session.project();
    let language = reading.output.language(context);
    let heads = ["id", "title", "kind", "on", "coder", "body"];
    let mut table = new_table(&heads, language);
    for memo in project.memos.values() {
        let coder = project
            .coders
            .get(&memo.coder)
            .map(|coder| coder.name.as_str());
        table.rows.push(vec![
            memo.id.to_string().into(),
            memo.title.as_str().into(),
            language.say(memo.kind.name()).into(),
            anchor_in_words(project, memo.anchor, language).into(),
            coder.into(),
            memo.body.as_str().into(),
        ]);
    }
    reading.output.table(&table)?;
    DONE
}
