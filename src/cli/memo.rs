//! `tain memo`: write, list and show memos.

use std::path::PathBuf;

use clap::ValueEnum;
use serde_json::json;

use super::{Context, DONE, Ended, failure::Failure, open::Reading, output::Table};
use crate::{
    app::{
        action::Action,
        export::memos::{standing, write_memos},
        refusal::Refusal,
    },
    model::memo::{Anchor, MemoKind},
};

/// Notes on anything
///
/// Example: tain memo add study.tain --title "First impressions" --body "..." --case "F01"
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, clap::Subcommand)]
enum Verb {
    /// Write a memo on the project, or on what is named
    Add(Add),
    /// List the memos
    List(Reading),
    /// Write the memos to a Markdown file
    Export {
        /// Path of the .tain file
        project: PathBuf,
        /// File to write; one that is there already is refused
        to: PathBuf,
        /// Only memos of this kind
        #[arg(long, value_enum)]
        kind: Option<Kind>,
    },
    /// Show a memo whole
    Show {
        /// Path of the .tain file
        project: PathBuf,
        /// Its title or id
        memo: String,
    },
}

#[derive(Debug, clap::Args)]
struct Add {
    /// Path of the .tain file
    project: PathBuf,
    /// Title
    #[arg(long)]
    title: String,
    /// Text, in Markdown
    #[arg(long, default_value = "")]
    body: String,
    /// What it is for
    #[arg(long, value_enum, default_value = "analytic")]
    kind: Kind,
    /// Document it stands on
    #[arg(long, conflicts_with_all = ["case", "code"])]
    document: Option<String>,
    /// Case it stands on
    #[arg(long, conflicts_with = "code")]
    case: Option<String>,
    /// Code it stands on
    #[arg(long)]
    code: Option<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Kind {
    Analytic,
    Method,
    Reflexive,
}

impl From<Kind> for MemoKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Analytic => Self::Analytic,
            Kind::Method => Self::Method,
            Kind::Reflexive => Self::Reflexive,
        }
    }
}

pub(super) fn run(args: Args, context: &Context<'_>) -> Ended {
    match args.verb {
        Verb::Add(add) => write(add, context),
        Verb::List(reading) => list(&reading, context),
        Verb::Export { project, to, kind } => {
            let session = context.read(&project)?;
            let kind = kind.map(MemoKind::from);
            let count = write_memos(&session, &to, |memo| {
                kind.is_none_or(|kind| memo.kind == kind)
            })
            .map_err(|error| Failure::io(&to, error))?;
            context.say(&format!("{}: memos written: {count}", to.display()));
            DONE
        }
        Verb::Show { project, memo } => {
            let session = context.read(&project)?;
            let same = |found: &&std::sync::Arc<crate::model::memo::Memo>| {
                found.title == memo || found.id.to_string() == memo
            };
            let found = session
                .project()
                .memos
                .values()
                .find(same)
                .ok_or(Refusal::NoMemo(memo.clone()))?;
            println!("{}\n\n{}", found.title, found.body);
            DONE
        }
    }
}

fn write(add: Add, context: &Context<'_>) -> Ended {
    let mut session = context.act(&add.project)?;
    let project = session.project();
    let anchor = match (&add.document, &add.case, &add.code) {
        (Some(title), ..) => Anchor::Document(
            project
                .document_by_title(title)
                .ok_or_else(|| Refusal::NoDocument(title.clone()))?
                .id,
        ),
        (_, Some(name), _) => Anchor::Case(
            project
                .case_by_name(name)
                .ok_or_else(|| Refusal::NoCase(name.clone()))?
                .id,
        ),
        (.., Some(name)) => Anchor::Code(project.codebook.find(name).map_err(Refusal::from)?),
        (None, None, None) => Anchor::Project,
    };
    session.run(Action::AddMemo {
        anchor,
        kind: add.kind.into(),
        title: add.title,
        body: add.body,
    })?;
    DONE
}

fn list(reading: &Reading, context: &Context<'_>) -> Ended {
    let session = context.read(&reading.project)?;
    let project = session.project();
    let mut table = Table::new(&["id", "title", "kind", "on", "coder", "body"]);
    for memo in project.memos.values() {
        let coder = project
            .coders
            .get(&memo.coder)
            .map(|coder| coder.name.as_str());
        let kind = format!("{:?}", memo.kind).to_lowercase();
        table.rows.push(vec![
            json!(memo.id.to_string()),
            json!(memo.title),
            json!(kind),
            json!(standing(project, memo.anchor)),
            json!(coder),
            json!(memo.body),
        ]);
    }
    reading.output.table(&table)?;
    DONE
}
