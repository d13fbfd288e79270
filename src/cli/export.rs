//! `tain export`: a project for other programs.

use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::{
    CommandResult, Context, DONE,
    failure::Failure,
    filters::Find,
    open,
    output::{Replace, in_file, not_written},
    passphrase::TablePassphrase,
    study::{LossReport, say_losses},
    values,
};
use crate::{
    app::{
        Session,
        export::report::default_language,
        export::{ExportContent, ExportError, ExportFormat, ExportOptions, Exported},
        jobs::JobControl,
        pseudonyms::places::left,
    },
    message::{explain::Explain as _, language::UiLanguage, text::Text},
    names::table::PseudonymTable,
    refi::write::Variant,
};

/// Export the project for other programs: Excel, Word, a browser, R, Python
///
/// The ending gives the format: .qdpx (REFI-QDA, for NVivo, MAXQDA, ATLAS.ti, QualCoder), .qdc (its codebook), .xlsx (all tables in one workbook), .csv, .tsv, .json, .ods (one table), .docx and .html (quotations,
/// codebook or coded transcripts), .sqlite (relational, for R and pandas). In .csv and .tsv an apostrophe precedes words that a
/// spreadsheet would take for a formula.
///
/// Example: tain export study.tain -o study.xlsx
#[derive(Debug, clap::Args)]
pub(super) struct ExportArgs {
    /// Path of the .tain file
    project: PathBuf,
    /// File to write; for the programs in R and Python, the .sqlite file that they read, or a folder
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// What to write; by default all for .xlsx and .sqlite, codings for other tables, quotations for pages
    #[arg(long, value_parser = values::export_content())]
    what: Option<ExportContent>,
    /// Language of headings; by default that of the codebook
    #[arg(long, value_parser = values::language())]
    language: Option<UiLanguage>,
    /// For which program a .qdpx is written: they count positions differently
    #[arg(long = "for", value_enum, default_value = "standard")]
    reader: Reader,
    /// Replace names as the table of pseudonyms says (see tain pseudonyms); without one, put references in the place of the names that the project knows
    #[arg(long)]
    pseudonymise: bool,
    #[command(flatten)]
    passphrase: TablePassphrase,
    /// Transcripts of this document only; can be given several times
    #[arg(long, value_name = "TITLE")]
    document: Vec<String>,
    #[command(flatten)]
    losses: LossReport,
    #[command(flatten)]
    replace: Replace,
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

pub(super) fn run(args: &ExportArgs, context: &Context<'_>) -> CommandResult {
    let session = context.read(&args.project)?;
    let project = session.project();
    let table = if args.pseudonymise {
        args.passphrase.table_of(&args.project, context)?
    } else {
        None
    };
    let options = ExportOptions {
        content: args.what,
        table: table.clone(),
        language: args.language.unwrap_or_else(|| default_language(project)),
        pseudonymise: args.pseudonymise,
        documents: Find(project).all(&args.document, Find::document)?,
        variant: match args.reader {
            Reader::Standard => Variant::Standard,
            Reader::Nvivo => Variant::NVivo,
            Reader::Atlasti | Reader::Maxqda => Variant::AtlasTi,
        },
    };
    let refi = ExportFormat::of_path(&args.output).is_some_and(ExportFormat::reports_losses);
    if args.losses.is_given() && !refi {
        return Err(Failure::usage(Text::new(
            "--losses goes with .qdpx and .qdc; docs/exchange.md lists what the other formats contain",
            "--losses 只用于 .qdpx 和 .qdc；其他格式包含的内容见 docs/exchange.md",
        )));
    }
    args.losses.check(args.replace)?;
    let written = write(&session, &args.output, &options, args.replace, context)?;
    if let Some(table) = &table {
        say_left(&session, table, context)?;
    }
    args.losses.write(
        args.replace,
        written
            .losses
            .map(|losses| losses.report(&open::shown(&args.output), options.language)),
    )?;
    DONE
}

/// Tells what looks like a name and was not replaced.
fn say_left(
    session: &Session,
    table: &PseudonymTable,
    context: &Context<'_>,
) -> Result<(), Failure> {
    let found = left(
        session.project(),
        session.texts(),
        &table.substitutes(),
        &JobControl::default(),
    )?;
    if !found.is_empty() {
        context.say(
            Text::new(
                "{places} {places|place looks|places look} like a name and {places|is|are} not replaced: tain pseudonyms PROJECT left lists them",
                "{places} 处形似姓名而未被替换，可用 tain pseudonyms 项目 left 列出",
            )
            .count("places", found.len()),
        );
    }
    Ok(())
}

/// Writes an export and tells what it lacks.
pub(super) fn write(
    session: &Session,
    output: &Path,
    options: &ExportOptions,
    replace: Replace,
    context: &Context<'_>,
) -> Result<Exported, Failure> {
    let written =
        session
            .exporter()
            .write(output, options, &JobControl::default(), replace.writer());
    let written = written.map_err(|error| match error {
        ExportError::File(error) => not_written(error),
        ExportError::Store(error) => error.into(),
        other => in_file(output, other.explain()),
    })?;
    if written.cut > 0 {
        context.say(
            Text::new(
                "{cells} {cells|cell was longer than a workbook allows and ends|cells were longer than a workbook allows and end} in […]; a .csv has the whole text",
                "{cells} 个单元格超过工作簿上限，以 […] 结尾；.csv 可完整保存",
            )
            .with("cells", written.cut),
        );
    }
    if let Some(losses) = &written.losses {
        say_losses(context, &open::shown(output), losses);
    }
    if written.path != output {
        context
            .say(Text::new("wrote {path}", "已写入 {path}").with("path", written.path.as_path()));
    }
    Ok(written)
}
