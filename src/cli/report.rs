//! `tain report`: the project as a readable report.

use std::path::PathBuf;

use super::{
    CommandResult, Context, DONE,
    output::{Replace, in_file, not_written},
    values,
};
use crate::{
    app::{
        export::report::{ReportError, default_language},
        jobs::JobControl,
    },
    message::{explain::Explain as _, language::UiLanguage},
    report::compose::ReportOptions,
};

/// Write a report: method, cases, themes, changes, charts, quotations, codebook
///
/// The ending gives the format: .html (one file), .docx or .pdf. References stand for the names that the project knows.
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
    replace: Replace,
}

pub(super) fn run(args: &ReportArgs, context: &Context<'_>) -> CommandResult {
    let session = context.read(&args.project)?;
    let language = args
        .language
        .unwrap_or_else(|| default_language(session.project()));
    let options = ReportOptions {
        language,
        with_names: args.with_names,
    };
    let written = session.report_material()?.write(
        &args.output,
        options,
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
