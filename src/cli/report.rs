//! `tain report`: the project as a readable report.

use std::path::PathBuf;

use clap::ValueEnum;

use super::{Context, DONE, Ended, failure::Failure};
use crate::{
    app::{
        export::report::{ReportError, default_language},
        jobs::JobControl,
    },
    message::language::UiLanguage,
    report::compose::Wanted,
};

/// The project as a report: method, cases, themes, changes, charts, quotations, codebook
///
/// The ending names the form: .html (one file), .docx or .pdf. References stand for the names that the project knows.
///
/// Example: tain report study.tain -o report.pdf --language zh
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Path of the .tain file
    project: PathBuf,
    /// File to write: .html, .docx or .pdf
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// Language of the report; by default that of the codebook
    #[arg(long, value_enum)]
    language: Option<LanguageArg>,
    /// Leave names as they are
    #[arg(long)]
    with_names: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum LanguageArg {
    /// English
    En,
    /// Chinese
    Zh,
}

impl LanguageArg {
    /// The language.
    pub(super) const fn language(self) -> UiLanguage {
        match self {
            Self::En => UiLanguage::English,
            Self::Zh => UiLanguage::Chinese,
        }
    }
}

pub(super) fn run(args: &Args, context: &Context<'_>) -> Ended {
    let session = context.read(&args.project)?;
    let language = args.language.map_or_else(
        || default_language(session.project()),
        LanguageArg::language,
    );
    let wanted = Wanted {
        language,
        with_names: args.with_names,
    };
    let written = session
        .report_material()?
        .write(&args.output, wanted, &JobControl::default());
    written.map_err(|error| match error {
        ReportError::Ending(_) => Failure::Usage(error.to_string()),
        ReportError::Io(source) => Failure::io(&args.output, source),
        ReportError::Store(error) => error.into(),
        other => Failure::Unwritable(format!("{}: {other}", args.output.display())),
    })?;
    DONE
}
