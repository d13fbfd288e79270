//! `tain words`: word frequencies, spread and keyness.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::{
    CommandResult, Context, DONE,
    failure::Failure,
    filters::{Figures, Filters, figure_cell, listed},
    open::read_file,
    output::{Output, new_table},
    values,
};
use crate::{
    analysis::words::{WordCounts, WordGrouping, WordOptions, default_stop_words, words},
    language::fold::fold,
    message::text::Text,
    model::document::Document,
    table::data::CellValue,
};

/// Count words: how often, how evenly spread, and which are typical of one group
///
/// Words are what interviewers don't say; Chinese is cut by dictionary and the project's own terms. With --keyness A:B, words by
/// log-likelihood between two groups of --by.
///
/// Example: tain words study.tain --by phase --keyness follow-up:baseline --top 30
#[derive(Debug, clap::Args)]
pub(super) struct WordsArgs {
    /// Path of the .tain file
    project: PathBuf,
    /// Number of words to show
    #[arg(long, default_value_t = 100, value_name = "N")]
    top: usize,
    /// Group the words by this
    #[arg(long, value_parser = values::word_grouping())]
    by: Option<WordGrouping>,
    /// Words typical of group A against group B
    #[arg(long, value_name = "A:B")]
    keyness: Option<String>,
    /// Count function words too
    #[arg(long)]
    all: bool,
    /// A file of words to leave out, in place of the usual ones
    #[arg(long, value_name = "FILE", conflicts_with = "all")]
    stop_words: Option<PathBuf>,
    /// Count the interviewers' words too
    #[arg(long)]
    interviewers: bool,
    #[command(flatten)]
    filters: Filters,
    #[command(flatten)]
    output: Output,
}

pub(super) fn run(args: &WordsArgs, context: &Context<'_>) -> CommandResult {
    let session = context.read(&args.project)?;
    let stop_words = match &args.stop_words {
        Some(path) => {
            let list = read_file(path)?;
            let list = String::from_utf8_lossy(&list);
            list.split_whitespace().map(fold).collect()
        }
        None if args.all => std::collections::BTreeSet::new(),
        None => default_stop_words(),
    };
    let options = WordOptions {
        by: args.by.unwrap_or_default(),
        stop_words,
        interviewers: args.interviewers,
        filter: args.filters.filter(session.project())?,
    };
    if options.filter.counting.is_some() || !options.filter.coders.is_empty() {
        context.say(Text::new(
            "words are counted whoever coded them; --coders makes no difference",
            "词频与由谁编码无关；--coders 不起作用",
        ));
    }
    let load = |document: &Document| session.content(document).ok();
    // A command can't be cancelled other than by ending the process.
    let Some(found) = words(session.project(), &options, &load, &mut |_, _| true) else {
        return DONE;
    };
    session.texts().whole()?;
    match &args.keyness {
        Some(groups) => keyness(args, &found, groups, context)?,
        None => frequencies(args, &found, context)?,
    }
    DONE
}

fn frequencies(args: &WordsArgs, found: &WordCounts, context: &Context<'_>) -> Result<(), Failure> {
    let heads = ["word", "count", "documents", "dp"];
    let language = args.output.language(context);
    let mut table = new_table(&heads, language);
    let several = found.groups.len() > 1;
    if several {
        let names = found.groups.iter().map(|(name, _)| listed(name, language));
        table.columns.extend(names.map(str::to_owned));
    }
    for (word, counted) in found.by_frequency().into_iter().take(args.top) {
        let spread = found.dispersion(word).map(|spread| spread.dp);
        let mut row = vec![
            word.into(),
            counted.total.into(),
            counted.documents.len().into(),
            figure_cell(spread),
        ];
        if several {
            row.extend(counted.groups.iter().copied().map(CellValue::from));
        }
        table.rows.push(row);
    }
    args.output.table_or(&table, || shape(args, found))
}

/// The shape that scripts rely on.
fn shape(args: &WordsArgs, found: &WordCounts) -> Value {
    let groups = found.groups.iter().zip(&found.diversity);
    let groups: Vec<Value> = groups
        .map(|((name, _), diversity)| {
            let mut object = Figures::default();
            object
                .set("group", name.text.clone())
                .set("tokens", diversity.tokens)
                .set("types", diversity.types)
                .figure("ttr", diversity.ttr)
                .figure("mattr", diversity.mattr);
            object.into_value()
        })
        .collect();
    let words: Vec<Value> = found
        .by_frequency()
        .into_iter()
        .take(args.top)
        .map(|(word, counted)| {
            let mut object = Figures::default();
            object
                .set("word", word)
                .set("count", counted.total)
                .set("documents", counted.documents.len())
                .figure("dp", found.dispersion(word).map(|spread| spread.dp))
                .set("groups", counted.groups.clone());
            object.into_value()
        })
        .collect();
    json!({
        "tokens": found.documents.iter().map(|document| document.1).sum::<usize>(),
        "groups": groups,
        "words": words,
    })
}

fn keyness(
    args: &WordsArgs,
    found: &WordCounts,
    groups: &str,
    context: &Context<'_>,
) -> Result<(), Failure> {
    // A full-width colon is what a Chinese keyboard gives.
    let names = groups
        .split_once([':', '：'])
        .map(|(a, b)| (group_named(found, a), group_named(found, b)));
    let Some((Some(of), Some(against))) = names else {
        let known: Vec<&str> = found
            .groups
            .iter()
            .map(|(name, _)| listed(name, context.language))
            .collect();
        return Err(Failure::usage(
            Text::new(
                "--keyness takes two groups A:B of {groups}; choose them with --by",
                "--keyness 需要两组 A:B，可选：{groups}；用 --by 分组",
            )
            .with("groups", known),
        ));
    };
    let heads = [
        "word",
        "freq_1",
        "freq_2",
        "ll",
        "g2",
        "p",
        "log_ratio",
        "direction",
    ];
    let mut table = new_table(&heads, args.output.language(context));
    for (word, key) in found.keyness(of, against).into_iter().take(args.top) {
        let figures = [key.ll, key.g2, key.p, key.log_ratio].map(|figure| figure_cell(Ok(figure)));
        let mut row: Vec<CellValue> = vec![
            word.into(),
            count_in(found, word, of).into(),
            count_in(found, word, against).into(),
        ];
        row.extend(figures);
        row.push(key.direction.code().into());
        table.rows.push(row);
    }
    args.output.table(&table)
}

/// The number of the group of a name, in any language.
fn group_named(found: &WordCounts, name: &str) -> Option<usize> {
    let mut groups = found.groups.iter();
    groups.position(|group| group.0.all().any(|own| own == name.trim()))
}

/// How often a group has a word.
fn count_in(found: &WordCounts, word: &str, group: usize) -> usize {
    found
        .words
        .get(word)
        .map_or(0, |counted| counted.groups[group])
}
