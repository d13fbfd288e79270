//! `tain export`: a project for other programs.

use std::{collections::BTreeSet, path::PathBuf};

use clap::{ValueEnum, builder::PossibleValue};

use super::{
    Context, DONE, Ended,
    failure::Failure,
    open,
    report::LanguageArg,
    study::{LossReport, say_losses},
};
use crate::{
    app::{
        export::report::default_language,
        export::{ExportContent, ExportError, ExportFormat, ExportOptions, Exported},
        jobs::JobControl,
        refusal::Refusal,
    },
    refi::write::Variant,
};

/// The project for other programs: Excel, Word, a browser, R, Python
///
/// The ending names the form: .qdpx (REFI-QDA, for NVivo, MAXQDA, ATLAS.ti, QualCoder), .qdc (its codebook), .xlsx (all tables in one workbook), .csv, .tsv, .json, .ods (one table), .docx and .html (quotations,
/// codebook or coded transcripts), .sqlite (relational, for R and pandas). In .csv and .tsv an apostrophe stands before words that a
/// spreadsheet would take for a formula.
///
/// Example: tain export study.tain -o study.xlsx
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Path of the .tain file
    project: PathBuf,
    /// File to write; for the programs in R and Python, the .sqlite file that they read, or a folder
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// What to write; by default all for .xlsx and .sqlite, codings for other tables, quotations for pages
    #[arg(long, value_enum)]
    what: Option<ExportContent>,
    /// Language of headings; by default that of the codebook
    #[arg(long, value_enum)]
    language: Option<LanguageArg>,
    /// For which program a .qdpx is written: they count positions differently
    #[arg(long = "for", value_enum, default_value = "standard")]
    reader: Reader,
    /// Put references in the place of the names that the project knows
    #[arg(long)]
    pseudonymise: bool,
    /// Transcripts of this document only; can be given several times
    #[arg(long, value_name = "TITLE")]
    document: Vec<String>,
    #[command(flatten)]
    losses: LossReport,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Reader {
    /// The standard by its word: code points, line feeds; QualCoder and most others
    Standard,
    /// UTF-16 units, CRLF counting two
    Nvivo,
    /// CRLF counting one
    Atlasti,
    /// The same as for ATLAS.ti
    Maxqda,
}

impl ValueEnum for ExportContent {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()))
    }
}

pub(super) fn run(args: &Args, context: &Context<'_>) -> Ended {
    let session = context.read(&args.project)?;
    let project = session.project();
    let mut documents = BTreeSet::new();
    for title in &args.document {
        documents.insert(
            project
                .document_by_title(title)
                .ok_or_else(|| Refusal::NoDocument(title.clone()))?
                .id,
        );
    }
    let options = ExportOptions {
        content: args.what,
        language: args
            .language
            .map_or_else(|| default_language(project), LanguageArg::language),
        pseudonymise: args.pseudonymise,
        documents,
        variant: match args.reader {
            Reader::Standard => Variant::Standard,
            Reader::Nvivo => Variant::NVivo,
            Reader::Atlasti | Reader::Maxqda => Variant::AtlasTi,
        },
    };
    let refi = ExportFormat::of_path(&args.output).is_some_and(ExportFormat::reports_losses);
    if args.losses.is_asked() && !refi {
        return Err(Failure::Usage("--losses goes with .qdpx and .qdc; what the other forms hold stands in docs/exchange.md".to_owned()));
    }
    let written = write(&session, &args.output, &options, context)?;
    args.losses.write(
        written
            .losses
            .map(|losses| losses.report(&open::shown(&args.output), options.language)),
    )?;
    DONE
}

/// Writes an export and says what should be known of it.
pub(super) fn write(
    session: &crate::app::Session,
    output: &std::path::Path,
    options: &ExportOptions,
    context: &Context<'_>,
) -> Result<Exported, Failure> {
    let written = session
        .exporter()
        .write(output, options, &JobControl::default());
    let written = written.map_err(|error| match error {
        ExportError::Ending(_) | ExportError::NotHeld { .. } => {
            Failure::Usage(format!("{}: {error}", output.display()))
        }
        ExportError::Io(source) => Failure::io(output, source),
        ExportError::Store(error) => error.into(),
        other => Failure::Unwritable(format!("{}: {other}", output.display())),
    })?;
    if written.cut > 0 {
        let cells = if written.cut == 1 {
            "1 cell was"
        } else {
            &format!("{} cells were", written.cut)
        };
        context.say(&format!("{cells} longer than a cell of a workbook may be and end in […]; a .csv holds them whole"));
    }
    if let Some(losses) = &written.losses {
        say_losses(context, &open::shown(output), losses);
    }
    if written.path != output {
        context.say(&format!("wrote {}", written.path.display()));
    }
    Ok(written)
}
