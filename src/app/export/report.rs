//! Whole reports: what the log tells of the method, and the file in the form that its ending names.

use std::{collections::BTreeMap, path::Path, sync::Arc};

use crate::app::{
    Session,
    export::{memos::day_of, whole_file::write_whole},
    jobs::JobControl,
    texts::Texts,
};
use crate::{
    message::{
        explain::{Explain, Explanation, system},
        language::UiLanguage,
        text::Text,
    },
    model::{Project, document::Document, ids::CoderId},
    picture::pdf::{PdfError, pdf},
    report::{
        compose::{Method, ReportOptions, compose},
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
    /// Its ending names no form.
    Ending(String),
    /// The project can't be read.
    Store(#[from] StoreError),
    /// Word.
    Docx(#[from] DocxError),
    /// PDF.
    Pdf(#[from] PdfError),
    /// The disk.
    Io(#[from] std::io::Error),
    /// The user has ended it.
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
            Self::Io(error) => Explanation::io(
                Text::new(
                    "the report could not be written: {reason}",
                    "无法写入报告：{reason}",
                )
                .with("reason", system(error)),
            ),
            Self::Cancelled => Explanation::io(Text::new("cancelled", "已取消")),
        }
    }
}

/// What a report is made of; it knows no session, so a job can have it.
#[derive(Debug, Clone)]
pub struct ReportMaterial {
    project: Arc<Project>,
    texts: Arc<Texts>,
    method: Method,
}

impl Session {
    /// What a report of the present project is made of.
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
    /// The report as blocks.
    ///
    /// # Errors
    /// The user has ended it.
    pub fn story(
        &self,
        wanted: ReportOptions,
        control: &JobControl,
    ) -> Result<ReportDocument, ReportError> {
        let load = |document: &Document| self.texts.content(document).ok();
        let mut goes_on =
            |done: usize, total: usize| control.progress(done as u64, total as u64 + 1).is_ok();
        compose(&self.project, &self.method, &load, wanted, &mut goes_on)
            .ok_or(ReportError::Cancelled)
    }

    /// Writes the report to a file, whole or not at all.
    ///
    /// # Errors
    /// The ending names no form, something can't be written, or the user has ended it.
    pub fn write(
        &self,
        path: &Path,
        wanted: ReportOptions,
        control: &JobControl,
    ) -> Result<(), ReportError> {
        let ending = path
            .extension()
            .and_then(|ending| ending.to_str())
            .unwrap_or_default()
            .to_lowercase();
        if !["html", "htm", "docx", "pdf"].contains(&ending.as_str()) {
            return Err(ReportError::Ending(ending));
        }
        let story = self.story(wanted, control)?;
        let bytes = match ending.as_str() {
            "docx" => docx(&story)?,
            "pdf" => pdf(
                &pages(&story),
                &story.title,
                wanted.language.pick("en", "zh"),
            )?,
            _ => html(&story).into_bytes(),
        };
        Ok(write_whole(path, &bytes)?)
    }
}

/// Days of work, coders and changes of the codebook, from the heads of the log.
fn method(session: &Session) -> Result<Method, StoreError> {
    let heads = session.file().heads()?;
    let mut days: BTreeMap<CoderId, Vec<String>> = BTreeMap::new();
    let mut all: Vec<String> = Vec::new();
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
            days.entry(coder).or_default().push(day.clone());
        }
        all.push(day);
    }
    // Coders who never acted here have codings all the same, as from a sheet.
    for coding in session
        .project()
        .documents
        .values()
        .flat_map(|document| &document.codings)
    {
        days.entry(coding.coder).or_default();
    }
    let of_coder = |(coder, mut days): (CoderId, Vec<String>)| {
        days.sort();
        days.dedup();
        let ends = (
            days.first().cloned().unwrap_or_default(),
            days.last().cloned().unwrap_or_default(),
        );
        (coder, days.len(), ends.0, ends.1)
    };
    all.sort();
    let ends = all.first().cloned().zip(all.last().cloned());
    Ok(Method {
        entries: heads.len(),
        days: ends,
        coders: days.into_iter().map(of_coder).collect(),
        codebook_changes,
    })
}

/// The language of a report where none is named: that of the project's codebook.
pub fn default_language(project: &Project) -> UiLanguage {
    if project.language == crate::model::localized::Language::ZH {
        UiLanguage::Chinese
    } else {
        UiLanguage::English
    }
}
