//! `tain query`: queries that are saved under a name.

use std::path::PathBuf;

use clap::ValueEnum;

use super::{CommandResult, Context, DONE, failure::Failure, open::ReadArgs, output::new_table};
use crate::{
    analysis::code_query::CodeQuery,
    app::action::Action,
    message::{explain::Explanation, text::Text},
    model::{
        Project,
        query::{QueryKind, SavedQuery},
    },
};

/// List, add, rename, set and remove saved queries
///
/// A saved query is found in searches as query:"NAME"; one of the kind `codes` is a smart code.
///
/// Example: tain query add study.tain "Proud mothers" 'proud NEAR/3 mother'
#[derive(Debug, clap::Args)]
pub(super) struct QueryArgs {
    #[command(subcommand)]
    command: QueryCommand,
}

#[derive(Debug, clap::Subcommand)]
enum QueryCommand {
    /// List the saved queries
    List(ReadArgs),
    /// Save a query
    Add {
        /// Path of the .tain file
        project: PathBuf,
        /// Name of the query
        name: String,
        /// The query
        query: String,
        /// What it searches
        #[arg(long, value_enum, default_value = "words")]
        kind: Kind,
    },
    /// Rename a saved query
    Rename {
        #[command(flatten)]
        which: Which,
        /// The new name
        to: String,
    },
    /// Set what a saved query searches for
    Set {
        #[command(flatten)]
        which: Which,
        /// The query
        query: String,
    },
    /// Remove a saved query
    Remove(Which),
}

/// Which query is meant.
#[derive(Debug, clap::Args)]
struct Which {
    /// Path of the .tain file
    project: PathBuf,
    /// Name of the query
    name: String,
    /// Its kind, where several have the name
    #[arg(long, value_enum)]
    kind: Option<Kind>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Kind {
    /// The texts, in the query language
    Words,
    /// The texts, by these very characters
    Literal,
    /// The texts, by a regular expression
    Pattern,
    /// The codings, as a smart code
    Codes,
}

impl Kind {
    const fn kind(self) -> QueryKind {
        match self {
            Self::Words => QueryKind::Words,
            Self::Literal => QueryKind::Literal,
            Self::Pattern => QueryKind::Pattern,
            Self::Codes => QueryKind::Codes,
        }
    }
}

impl Which {
    fn find<'a>(&self, project: &'a Project) -> Result<&'a SavedQuery, Failure> {
        let kind = self.kind.map(Kind::kind);
        let mut found = project
            .queries
            .values()
            .filter(|query| query.name == self.name && kind.is_none_or(|kind| query.kind == kind));
        match (found.next(), found.next()) {
            (Some(query), None) => Ok(query),
            (Some(_), Some(_)) => Err(Failure::usage(
                Text::new(
                    "several queries are called “{name}”; say which with --kind",
                    "有多个检索式名为“{name}”；请用 --kind 说明是哪一个",
                )
                .with("name", &self.name),
            )),
            (None, _) => Err(Explanation::not_found(
                Text::new(
                    "there is no saved query “{name}”",
                    "没有名为“{name}”的检索式",
                )
                .with("name", &self.name),
            )
            .into()),
        }
    }
}

pub(super) fn run(args: QueryArgs, context: &Context<'_>) -> CommandResult {
    match args.command {
        QueryCommand::List(reading) => list(&reading, context),
        QueryCommand::Add {
            project,
            name,
            query,
            kind,
        } => context.edit(&project, |project| {
            let kind = kind.kind();
            check(project, kind, &query)?;
            Ok(Action::AddQuery {
                kind,
                name,
                text: query,
            })
        }),
        QueryCommand::Rename { which, to } => context.edit(&which.project, |project| {
            let query = which.find(project)?;
            Ok(Action::SetQuery {
                query: query.id,
                name: to,
                text: query.text.clone(),
            })
        }),
        QueryCommand::Set { which, query } => context.edit(&which.project, |project| {
            let saved = which.find(project)?;
            check(project, saved.kind, &query)?;
            Ok(Action::SetQuery {
                query: saved.id,
                name: saved.name.clone(),
                text: query,
            })
        }),
        QueryCommand::Remove(which) => context.edit(&which.project, |project| {
            Ok(Action::RemoveQuery(which.find(project)?.id))
        }),
    }
}

/// Checks that a query can be understood, so that a mistake is told when it is made.
fn check(project: &Project, kind: QueryKind, text: &str) -> Result<(), Failure> {
    match kind {
        QueryKind::Words => drop(crate::search::parse::parse(text)?),
        QueryKind::Codes => drop(CodeQuery::parse(text, project)?),
        QueryKind::Literal | QueryKind::Pattern => {}
    }
    Ok(())
}

fn list(reading: &ReadArgs, context: &Context<'_>) -> CommandResult {
    let session = context.read(&reading.project)?;
    let language = reading.output.language(context);
    let mut table = new_table(&["name", "kind", "query"], language);
    let mut queries: Vec<&SavedQuery> = session.project().queries.values().collect();
    queries.sort_by_key(|query| (&query.name, query.kind));
    for query in queries {
        let kind = match query.kind {
            QueryKind::Words => Text::new("words", "字词"),
            QueryKind::Literal => Text::new("literal", "原文"),
            QueryKind::Pattern => Text::new("pattern", "正则"),
            QueryKind::Codes => Text::new("codes", "编码"),
        };
        table.rows.push(vec![
            query.name.as_str().into(),
            language.say(kind).into(),
            query.text.as_str().into(),
        ]);
    }
    reading.output.table(&table)?;
    DONE
}
