//! Coverage: how much of each document is coded, by whom, and where.

use std::{collections::BTreeSet, sync::Arc};

use super::{
    cells::heads,
    chart::strips::{self, Strip},
    control::{Control, ControlContext},
    finding::Finding,
    segments::{documents_by_title, segment},
    settings::{QuestionSettings, ViewSettings},
    view::{AnalysisView, Progress, Source},
    wording,
};
use crate::{
    analysis::frequency::{Filter, Loader, table::Segment},
    message::{language::UiLanguage, text::Text},
    model::{
        Project,
        coding::Coding,
        document::Document,
        ids::{CoderId, DocumentId},
        natural_key,
    },
    picture::Picture,
    table::{Cell, CellRef, Head, Row, Table},
};

/// The view of how much is coded.
#[derive(Debug)]
pub struct CoverageView;

/// The documents and coders whose codings are measured; the project has the codings.
#[derive(Debug, Clone, PartialEq)]
struct Coverage {
    documents: Vec<DocumentId>,
    coders: Vec<CoderId>,
    filter: Filter,
}

const NAME: Text = Text::new("Coverage", "覆盖率");
/// The columns before those of the coders.
const COLUMNS: [Text; 4] = [
    Text::new("characters", "字数"),
    Text::new("codings", "编码片段"),
    Text::new("codes", "编码"),
    Text::new("coded", "已编码"),
];

impl AnalysisView for CoverageView {
    fn id(&self) -> &'static str {
        "coverage"
    }

    fn name(&self) -> Text {
        NAME
    }

    fn controls(&self, settings: &ViewSettings, context: &ControlContext<'_>) -> Vec<Control> {
        context.filters_of_presence(&settings.question)
    }

    fn answer(
        &self,
        question: &QuestionSettings,
        source: &Source<'_>,
        _progress: &mut Progress<'_>,
    ) -> Option<Arc<dyn Finding>> {
        let (project, filter) = (source.project, question.filter());
        let mut coders: Vec<_> = project
            .coders
            .values()
            .filter(|coder| filter.coders.is_empty() || filter.coders.contains(&coder.id))
            .collect();
        coders.sort_by_cached_key(|coder| (natural_key(&coder.name), coder.id));
        let documents = documents_by_title(project, &filter);
        Some(Arc::new(Coverage {
            documents: documents.iter().map(|document| document.id).collect(),
            coders: coders.iter().map(|coder| coder.id).collect(),
            filter,
        }))
    }
}

/// How many characters codings cover, each counted once; the codings come by their start.
fn covered_chars<'a>(codings: impl Iterator<Item = &'a Coding>) -> u32 {
    let (mut sum, mut reach) = (0, 0);
    for coding in codings {
        let start = coding.range.start().max(reach);
        sum += coding.range.end().saturating_sub(start);
        reach = reach.max(coding.range.end());
    }
    sum
}

fn share_cell(chars: u32, document: &Document, language: UiLanguage) -> Cell {
    match document.len_chars() {
        0 => Cell::undefined(language.say(Text::new("the document holds no text", "文档没有文字"))),
        all => {
            let share = f64::from(chars) / f64::from(all);
            Cell::number(share, wording::percent(share))
        }
    }
}

impl Coverage {
    fn counts(&self, coding: &Coding) -> bool {
        let Filter { coders, codes, .. } = &self.filter;
        (coders.is_empty() || coders.contains(&coding.coder))
            && (codes.is_empty() || codes.contains(&coding.code))
    }

    fn codings<'a>(&'a self, document: &'a Document) -> impl Iterator<Item = &'a Coding> {
        document.codings.iter().filter(|coding| self.counts(coding))
    }

    fn documents<'a>(&'a self, project: &'a Project) -> impl Iterator<Item = &'a Arc<Document>> {
        self.documents
            .iter()
            .filter_map(|id| project.documents.get(id))
    }

    fn cells(&self, document: &Document, language: UiLanguage) -> Vec<Cell> {
        let codes: BTreeSet<_> = self.codings(document).map(|coding| coding.code).collect();
        let mut cells = vec![
            Cell::count(document.len_chars() as usize),
            Cell::count(self.codings(document).count()),
            Cell::count(codes.len()),
            share_cell(covered_chars(self.codings(document)), document, language),
        ];
        cells.extend(self.coders.iter().map(|coder| {
            let own = self
                .codings(document)
                .filter(|coding| coding.coder == *coder);
            share_cell(covered_chars(own), document, language)
        }));
        cells
    }

    /// The document as a strip, its codings at their places as shares of its length.
    fn strip(&self, document: &Document, project: &Project) -> Strip {
        let length = f64::from(document.len_chars().max(1));
        let marks = self.codings(document).filter_map(|coding| {
            let hue = project.codebook.get(coding.code)?.hue;
            Some((
                f64::from(coding.range.start()) / length,
                f64::from(coding.range.end()) / length,
                hue,
            ))
        });
        Strip {
            name: document.title.clone(),
            marks: marks.collect(),
        }
    }
}

impl Finding for Coverage {
    fn table(&self, project: &Project, language: UiLanguage) -> Table {
        let mut columns = heads(&COLUMNS, language);
        columns.extend(
            self.coders
                .iter()
                .map(|id| Head::plain(wording::coder(project, *id))),
        );
        let filter = wording::filter(project, &self.filter, language);
        Table {
            title: language.say(NAME).to_owned(),
            rule: Text::new(
                "Characters within at least one coding as a share of the document's ({filter}).",
                "至少落在一个编码片段中的字数占文档字数的比例（{filter}）。",
            )
            .with("filter", filter)
            .say(language),
            corner: language.say(Text::new("Document", "文档")).to_owned(),
            columns,
            rows: self
                .documents(project)
                .map(|document| Row::new(&document.title, self.cells(document, language)))
                .collect(),
            ..Table::default()
        }
    }

    fn has_charts(&self) -> bool {
        true
    }

    fn charts(&self, project: &Project, language: UiLanguage, _row: Option<usize>) -> Vec<Picture> {
        let strips: Vec<Strip> = self
            .documents(project)
            .map(|document| self.strip(document, project))
            .collect();
        let title = language.say(Text::new("Where documents are coded", "文档中编码的位置"));
        vec![strips::picture(title, &strips)]
    }

    /// The segments of a document, or of one of its coders.
    fn segments(&self, project: &Project, _load: &Loader<'_>, at: CellRef) -> Vec<Segment> {
        let document = at
            .row()
            .and_then(|row| project.documents.get(self.documents.get(row)?));
        let Some(document) = document else {
            return Vec::new();
        };
        let coder = at
            .column()
            .and_then(|column| column.checked_sub(COLUMNS.len()))
            .and_then(|coder| self.coders.get(coder));
        self.codings(document)
            .filter(|coding| coder.is_none_or(|coder| *coder == coding.coder))
            .map(|coding| segment(document.id, coding))
            .collect()
    }
}
