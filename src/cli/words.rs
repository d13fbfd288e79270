//! `tain words`: word frequencies, spread and keyness.

use std::path::PathBuf;

use clap::ValueEnum;
use serde_json::{Value, json};

use super::{
    Context, DONE, Ended,
    failure::Failure,
    filters::{Figures, Filters, cell},
    output::{Output, Table},
};
use crate::{
    analysis::words::{By, Options, Words, words},
    language::fold::fold,
    model::document::Document,
    report::inquiry::usual_stop_words,
};

/// Word frequencies, how evenly words are spread, and what is typical of one group
///
/// Words are what interviewers don't say; Chinese is cut by dictionary and the project's own terms. With --keyness A:B, words by
/// log-likelihood between two groups of --by.
///
/// Example: tain words study.tain --by phase --keyness follow-up:baseline --top 30
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Path of the .tain file
    project: PathBuf,
    /// So many words
    #[arg(long, default_value_t = 100, value_name = "N")]
    top: usize,
    /// In groups
    #[arg(long, value_enum)]
    by: Option<ByArg>,
    /// Words typical of group A against group B
    #[arg(long, value_name = "A:B")]
    keyness: Option<String>,
    /// Count words of grammar too
    #[arg(long)]
    all: bool,
    /// A file of words to leave out, in place of the usual ones
    #[arg(long, value_name = "FILE", conflicts_with = "all")]
    stop_words: Option<PathBuf>,
    /// Count what interviewers say too
    #[arg(long)]
    interviewers: bool,
    #[command(flatten)]
    filters: Filters,
    #[command(flatten)]
    output: Output,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ByArg {
    Case,
    Phase,
}

pub(super) fn run(args: &Args, context: &Context<'_>) -> Ended {
    let session = context.read(&args.project)?;
    let stop_words = match &args.stop_words {
        Some(path) => {
            let list = std::fs::read_to_string(path).map_err(|error| Failure::io(path, error))?;
            list.split_whitespace().map(fold).collect()
        }
        None if args.all => std::collections::BTreeSet::new(),
        None => usual_stop_words(),
    };
    let by = match args.by {
        None => By::All,
        Some(ByArg::Case) => By::Family,
        Some(ByArg::Phase) => By::Phase,
    };
    let options = Options {
        by,
        stop_words,
        interviewers: args.interviewers,
        filter: args.filters.filter(session.project())?,
    };
    let load = |document: &Document| session.content(document).ok();
    // Nobody can cancel a command but by ending it.
    let Some(found) = words(session.project(), &options, &load, &mut |_, _| true) else {
        return DONE;
    };
    match &args.keyness {
        Some(groups) => keyness(args, &found, groups)?,
        None => frequencies(args, &found)?,
    }
    DONE
}

fn frequencies(args: &Args, found: &Words) -> Result<(), Failure> {
    let mut table = Table::new(&["word", "count", "documents", "dp"]);
    let several = found.groups.len() > 1;
    if several {
        table
            .columns
            .extend(found.groups.iter().map(|group| group.0.clone()));
    }
    for (word, counted) in found.by_frequency().into_iter().take(args.top) {
        let spread = found.dispersion(word).map(|spread| spread.dp);
        let mut row = vec![
            json!(word),
            json!(counted.total),
            json!(counted.documents.len()),
            cell(spread),
        ];
        row.extend(counted.groups.iter().filter(|_| several).map(|n| json!(n)));
        table.rows.push(row);
    }
    args.output.table_or(&table, || {
        let group =
            |(group, diversity): (&(String, usize), &crate::statistics::words::Diversity)| {
                let mut object = Figures::default();
                object
                    .set("group", group.0.clone())
                    .set("tokens", diversity.tokens)
                    .set("types", diversity.types);
                object
                    .figure("ttr", diversity.ttr)
                    .figure("mattr", diversity.mattr);
                object.into_value()
            };
        let word = |(word, counted): (&str, &crate::analysis::words::Counted)| {
            let mut object = Figures::default();
            object
                .set("word", word)
                .set("count", counted.total)
                .set("documents", counted.documents.len());
            object
                .figure("dp", found.dispersion(word).map(|spread| spread.dp))
                .set("groups", counted.groups.clone());
            object.into_value()
        };
        json!({
            "tokens": found.documents.iter().map(|document| document.1).sum::<usize>(),
            "groups": found.groups.iter().zip(&found.diversity).map(group).collect::<Vec<_>>(),
            "words": found.by_frequency().into_iter().take(args.top).map(word).collect::<Vec<_>>(),
        })
    })
}

fn keyness(args: &Args, found: &Words, groups: &str) -> Result<(), Failure> {
    let named = |name: &str| found.groups.iter().position(|group| group.0 == name.trim());
    let names = groups
        .split_once([':', '：'])
        .map(|(a, b)| (named(a), named(b)));
    let Some((Some(of), Some(against))) = names else {
        let known: Vec<&str> = found.groups.iter().map(|group| group.0.as_str()).collect();
        return Err(Failure::Usage(format!(
            "--keyness takes two groups A:B of {}; choose them with --by",
            known.join(", ")
        )));
    };
    let count = |word: &str, group: usize| {
        found
            .words
            .get(word)
            .and_then(|counted| counted.groups.get(group))
            .copied()
            .unwrap_or(0)
    };
    let mut table = Table::new(&[
        "word",
        "freq_1",
        "freq_2",
        "ll",
        "g2",
        "p",
        "log_ratio",
        "direction",
    ]);
    for (word, key) in found.keyness(of, against).into_iter().take(args.top) {
        let figures = [key.ll, key.g2, key.p, key.log_ratio].map(|figure| cell(Ok(figure)));
        let mut row: Vec<Value> = vec![
            json!(word),
            json!(count(word, of)),
            json!(count(word, against)),
        ];
        row.extend(figures);
        row.push(json!(key.direction.code()));
        table.rows.push(row);
    }
    args.output.table(&table)
}
