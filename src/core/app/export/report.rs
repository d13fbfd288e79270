//! Reports: what the log says about the method, and the file in the format that its ending names.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::Arc,
};

use crate::app::{
    Session,
    export::{format::ending_of, memos::day_of},
    jobs::JobControl,
    output_file::{WriteError, WriteFile},
    texts::Texts,
};
use crate::{
    message::{
        explain::{Explain, Explanation},
        language::UiLanguage,
        text::Text,
    },
    model::{Project, ids::CoderId, localized::Language},
    picture::pdf::{PdfError, pdf},
    report::{
        compose::{CoderDays, Method, ReportOptions, compose},
        document::ReportDocument,
        docx::{DocxError, docx},
        html::html,
        pages::pages,
    },
    store::StoreError,
};

/// Why a report can't be written.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.explain())]
pub enum ReportError {
    /// The ending of the path names no format.
    Ending(String),
    /// The project can't be read.
    Store(#[from] StoreError),
    /// The Word document can't be written.
    Docx(#[from] DocxError),
    /// The PDF can't be written.
    Pdf(#[from] PdfError),
    /// The file can't be written.
    File(#[from] WriteError),
    /// The user has cancelled.
    Cancelled,
}

impl Explain for ReportError {
    fn explain(&self) -> Explanation {
        match self {
            Self::Ending(ending) => Explanation::usage(
                Text::new(
                    "a report ends in .html, .docx or .pdf, not in “{ending}”",
                    "报告应以 .html、.docx 或 .pdf 结尾，而不是“{ending}”",
                )
                .with("ending", ending),
            ),
            Self::Store(error) => error.explain(),
            Self::Docx(error) => error.explain(),
            Self::Pdf(error) => error.explain(),
            Self::File(error) => error.explain(),
            Self::Cancelled => Explanation::io(Text::new("cancelled", "已取消")),
        }
    }
}

/// What a report is made from, without its session, so that a job can have it.
#[derive(Debug, Clone)]
pub struct ReportMaterial {
    project: Arc<Project>,
    texts: Arc<Texts>,
    method: Method,
}

impl Session {
    /// The material for a report on the project as it is now.
    ///
    /// # Errors
    /// The log can't be read.
    pub fn report_material(&self) -> Result<ReportMaterial, StoreError> {
        Ok(ReportMaterial {
            project: Arc::clone(self.project()),
            texts: Arc::clone(self.texts()),
            method: method(self)?,
        })
    }
}

impl ReportMaterial {
    /// Composes the report.
    ///
    /// # Errors
    /// A text can't be read, or the user has cancelled.
    pub fn story(
        &self,
        options: &ReportOptions,
        control: &JobControl,
    ) -> Result<ReportDocument, ReportError> {
        let story = compose(
            &self.project,
            &self.method,
            &|document| self.texts.content(document).ok(),
            options,
            // The file is the last step.
            &mut |done, total| control.progress(done as u64, total as u64 + 1).is_ok(),
        )
        .ok_or(ReportError::Cancelled)?;
        self.texts.whole()?;
        Ok(story)
    }

    /// Writes the report to a file, whole or not at all.
    ///
    /// # Errors
    /// The ending names no format, the file can't be written, or the user has cancelled.
    pub fn write(
        &self,
        path: &Path,
        options: &ReportOptions,
        control: &JobControl,
        write: WriteFile,
    ) -> Result<(), ReportError> {
        let ending = ending_of(path);
        // Before the report is composed, which takes time.
        if !["html", "htm", "docx", "pdf"].contains(&ending.as_str()) {
            return Err(ReportError::Ending(ending));
        }
        let language = options.language;
        let story = self.story(options, control)?;
        let bytes = match ending.as_str() {
            "docx" => docx(&story)?,
            "pdf" => pdf(&pages(&story), &story.title, language.pick("en", "zh"))?,
            _ => html(&story).into_bytes(),
        };
        Ok(write(path, &bytes)?)
    }
}

/// Describes the method by the heads of the log: days of work, coders, and changes of the codebook since coding began.
fn method(session: &Session) -> Result<Method, StoreError> {
    let heads = session.file().heads()?;
    let mut days: BTreeMap<CoderId, BTreeSet<String>> = BTreeMap::new();
    let mut all: BTreeSet<String> = BTreeSet::new();
    let (mut coded, mut codebook_changes) = (false, 0);
    for head in &heads {
        let day = day_of(head.stamp.millis());
        let action = head.step.action.as_str();
        coded |= action.contains("coding") || action.contains("apply");
        codebook_changes += usize::from(
            coded
                && (action.contains("codebook")
                    || action.ends_with(" code")
                    || action.ends_with(" codes"))
                && !action.starts_with("apply"),
        );
        if let Some(coder) = head.step.coder {
            days.entry(coder).or_default().insert(day.clone());
        }
        all.insert(day);
    }
    // Coders who never worked with this program can have codings, from an imported file.
    for coding in session
        .project()
        .documents
        .values()
        .flat_map(|document| &document.codings)
    {
        days.entry(coding.coder).or_default();
    }
    Ok(Method {
        entries: heads.len(),
        days: all.first().cloned().zip(all.last().cloned()),
        coders: days
            .into_iter()
            .map(|(coder, days)| coder_days(coder, &days))
            .collect(),
        codebook_changes,
    })
}

// A coder without codings of a known day has empty days.
fn coder_days(coder: CoderId, days: &BTreeSet<String>) -> CoderDays {
    CoderDays {
        coder,
        days: days.len(),
        first: days.first().cloned().unwrap_or_default(),
        last: days.last().cloned().unwrap_or_default(),
    }
}

/// The language of a report if none is named: that of the codebook.
pub fn default_language(project: &Project) -> UiLanguage {
    if project.language == Language::ZH {
        UiLanguage::Chinese
    } else {
        UiLanguage::English
    }
}
