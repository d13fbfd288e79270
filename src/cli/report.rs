//! `tain report`: the project as a readable report.

use std::path::PathBuf;

use super::{
    CommandResult, Context, DONE,
    failure::Failure,
    filters::CodersArg,
    output::{Replace, in_file, not_written},
    passphrase::TablePassphrase,
    values,
};
use crate::{
    app::{
        export::report::{ReportError, default_language},
        jobs::JobControl,
    },
    message::{explain::Explain as _, language::UiLanguage, text::Text},
    report::compose::ReportOptions,
};

/// Write a report: method, cases, themes, changes, charts, quotations, codebook
///
/// The ending gives the format: .html (one file), .docx or .pdf. Names are replaced as the table of pseudonyms says (see tain pseudonyms);
/// without one, references stand for the names that the project knows.
///
/// Example: tain report study.tain -o report.pdf --language zh
#[derive(Debug, clap::Args)]
pub(super) struct ReportArgs {
    /// Path of the .tain file
    project: PathBuf,
    /// File to write: .html, .docx or .pdf
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// Language of the report; by default that of the codebook
    #[arg(long, value_parser = values::language())]
    language: Option<UiLanguage>,
    /// Leave names as they are
    #[arg(long)]
    with_names: bool,
    #[command(flatten)]
    passphrase: TablePassphrase,
    #[command(flatten)]
    coders: CodersArg,
    #[command(flatten)]
    replace: Replace,
}

pub(super) fn run(args: &ReportArgs, context: &Context<'_>) -> CommandResult {
    let session = context.read(&args.project)?;
    let language = args
        .language
        .unwrap_or_else(|| default_language(session.project()));
    let (counting, coders) = args.coders.resolve(session.project())?;
    if coders.len() > 1 {
        return Err(Failure::usage(Text::new(
            "a report is of one coder's codings, or of those of all",
            "报告只用一名编码员的编码片段，或全部编码员的",
        )));
    }
    let table = if args.with_names {
        None
    } else {
        args.passphrase.table_of(&args.project, context)?
    };
    let options = ReportOptions {
        table,
        language,
        with_names: args.with_names,
        counting,
        coder: coders.first().copied(),
    };
    let written = session.report_material()?.write(
        &args.output,
        &options,
        &JobControl::default(),
        args.replace.writer(),
    );
    written.map_err(|error| match error {
        ReportError::File(error) => not_written(error),
        ReportError::Ending(_) | ReportError::Store(_) => error.into(),
        other => in_file(&args.output, other.explain()),
    })?;
    DONE
}
