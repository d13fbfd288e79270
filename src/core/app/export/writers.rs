//! The writers of exports: from a project and its texts to the bytes of a file, one function for each format.

use std::io::Cursor;

use super::{
    error::ExportError,
    format::{ExportContent, ExportFormat},
    options::ExportOptions,
};
use crate::{
    app::jobs::JobControl,
    export::{
        ExportMaterial,
        cases::{cases, documents},
        codebook::{codebook, codebook_story},
        codings::{codings, codings_separated},
        counts::{codes_by_case, matrix, themes_by_family},
        ods,
        quotations::quotations,
        relational::relational,
        separated::{self, separated},
        transcript::{transcripts, transcripts_docx, transcripts_html},
        xlsx::workbook,
    },
    import::loss::Losses,
    message::{
        explain::{Explain, Explanation},
        text::Text,
    },
    model::text::ContentHash,
    refi::write::{QdpxError, QdpxSource, write_codebook, write_project},
    report::{document::ReportDocument, docx as word, html as page},
    table::data::DataTable,
};

/// What a writer needs.
pub(super) struct ExportInput<'a> {
    /// The project, its texts and the language.
    pub(super) material: ExportMaterial<'a>,
    /// What the file is to contain; the format can hold it.
    pub(super) content: ExportContent,
    /// What the user chose.
    pub(super) options: &'a ExportOptions,
    /// The bytes of an original file or attachment; `None` where it is missing or may not be included.
    pub(super) file_bytes: &'a dyn Fn(ContentHash) -> Option<Vec<u8>>,
    /// Progress and cancelling.
    pub(super) control: &'a JobControl,
}

/// An export before it is a file.
#[derive(Debug, Default)]
pub struct ExportBytes {
    /// The bytes of the file.
    pub bytes: Vec<u8>,
    /// Number of cells whose text was cut to what a workbook's cell can hold.
    pub cut: usize,
    /// What the file doesn't contain; only REFI-QDA reports it.
    pub losses: Option<Losses>,
}

impl From<Vec<u8>> for ExportBytes {
    fn from(bytes: Vec<u8>) -> Self {
        Self {
            bytes,
            ..Self::default()
        }
    }
}

/// Writes an export in a format that can hold its content.
///
/// # Errors
/// The writer fails, or the user has cancelled.
pub(super) fn write(
    format: ExportFormat,
    input: &ExportInput<'_>,
) -> Result<ExportBytes, ExportError> {
    match format {
        ExportFormat::Qdpx => qdpx(input),
        ExportFormat::Qdc => qdc(input),
        ExportFormat::Xlsx => xlsx(input),
        ExportFormat::Ods => ods(input),
        ExportFormat::Csv => Ok(delimited(input, b',')),
        ExportFormat::Tsv => Ok(delimited(input, b'\t')),
        ExportFormat::Json => Ok(json(input)),
        ExportFormat::Docx => docx(input),
        ExportFormat::Html => Ok(html(input)),
        ExportFormat::Sqlite => sqlite(input),
    }
}

fn qdpx(input: &ExportInput<'_>) -> Result<ExportBytes, ExportError> {
    let source = QdpxSource {
        project: input.material.project,
        content: input.material.load,
        bytes: input.file_bytes,
    };
    let mut archive = Cursor::new(Vec::new());
    let losses = write_project(
        &source,
        input.options.variant,
        &mut archive,
        &mut |done, total| input.control.progress(done as u64, total as u64).is_ok(),
    )
    .map_err(|error| match error {
        QdpxError::Cancelled => ExportError::Cancelled,
        other => writer_failed(other),
    })?;
    Ok(ExportBytes {
        bytes: archive.into_inner(),
        losses: Some(losses),
        ..ExportBytes::default()
    })
}

fn qdc(input: &ExportInput<'_>) -> Result<ExportBytes, ExportError> {
    let project = input.material.project;
    // The schema requires at least one code.
    if project.codebook.codes.is_empty() {
        return Err(ExportError::NoCodes);
    }
    let (bytes, losses) = write_codebook(project);
    Ok(ExportBytes {
        bytes,
        losses: Some(losses),
        ..ExportBytes::default()
    })
}

fn xlsx(input: &ExportInput<'_>) -> Result<ExportBytes, ExportError> {
    let book = workbook(&tables(input)).map_err(writer_failed)?;
    Ok(ExportBytes {
        bytes: book.bytes,
        cut: book.cut,
        losses: None,
    })
}

fn ods(input: &ExportInput<'_>) -> Result<ExportBytes, ExportError> {
    let bytes = ods::ods(&first_table(input)).map_err(|error| {
        ExportError::Writer(Explanation::io(
            Text::new(
                "the workbook could not be written: {reason}",
                "无法写入工作簿：{reason}",
            )
            .with("reason", error.to_string()),
        ))
    })?;
    Ok(bytes.into())
}

fn delimited(input: &ExportInput<'_>, delimiter: u8) -> ExportBytes {
    if input.content == ExportContent::Codings {
        codings_separated(input.material, delimiter).into()
    } else {
        separated(&first_table(input), delimiter).into()
    }
}

fn json(input: &ExportInput<'_>) -> ExportBytes {
    separated::json(&first_table(input)).into_bytes().into()
}

fn sqlite(input: &ExportInput<'_>) -> Result<ExportBytes, ExportError> {
    let bytes = relational(input.material).map_err(writer_failed)?;
    Ok(bytes.into())
}

fn html(input: &ExportInput<'_>) -> ExportBytes {
    let material = input.material;
    let html = match pages(input) {
        Some(story) => page::html(&story),
        None => transcripts_html(
            &transcripts(material, &input.options.documents),
            &material.project.title,
            material.language,
        ),
    };
    html.into_bytes().into()
}

fn docx(input: &ExportInput<'_>) -> Result<ExportBytes, ExportError> {
    let material = input.material;
    // docx-rs numbers paragraphs by a counter of the thread, which only a new thread starts at the beginning:
    // without it, the same project would give other bytes the second time.
    let written = match pages(input) {
        Some(story) => std::thread::scope(|scope| scope.spawn(|| word::docx(&story)).join()),
        None => {
            let transcripts = transcripts(material, &input.options.documents);
            let title = &material.project.title;
            let language = material.language;
            std::thread::scope(|scope| {
                scope
                    .spawn(|| transcripts_docx(&transcripts, title, language))
                    .join()
            })
        }
    };
    // A panic of docx-rs costs the export, not the program.
    let bytes = written
        .unwrap_or(Err(word::DocxError::Write))
        .map_err(writer_failed)?;
    Ok(bytes.into())
}

#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
fn writer_failed(error: impl Explain) -> ExportError {
    ExportError::Writer(error.explain())
}

/// The tables of a content, in the order of a workbook's sheets.
fn tables(input: &ExportInput<'_>) -> Vec<DataTable> {
    let material = input.material;
    match input.content {
        ExportContent::Codings => vec![codings(material)],
        ExportContent::Codebook => vec![codebook(material)],
        ExportContent::Frequencies => vec![themes_by_family(material), codes_by_case(material)],
        ExportContent::Matrix => vec![matrix(material)],
        ExportContent::Cases => vec![cases(material)],
        ExportContent::Documents => vec![documents(material)],
        ExportContent::Project => vec![
            codings(material),
            codebook(material),
            themes_by_family(material),
            codes_by_case(material),
            matrix(material),
            cases(material),
            documents(material),
        ],
        ExportContent::Quotations
        | ExportContent::Transcripts
        | ExportContent::R
        | ExportContent::Python => Vec::new(),
    }
}

/// The table of a format that holds one: of frequencies that is the one by family.
fn first_table(input: &ExportInput<'_>) -> DataTable {
    tables(input).into_iter().next().unwrap_or_default()
}

/// The pages of a content; `None` for transcripts, which have a layout of their own.
fn pages(input: &ExportInput<'_>) -> Option<ReportDocument> {
    match input.content {
        ExportContent::Transcripts => None,
        ExportContent::Codebook => Some(codebook_story(input.material)),
        _ => Some(quotations(input.material)),
    }
}
