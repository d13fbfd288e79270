//! How much of each document is coded, by whom, and where.

use std::collections::BTreeMap;

use super::{chart::strips, wording};
use crate::table::CellRef;
use crate::table::{Cell, Head, Row, Table};
use crate::{
    analysis::frequency::{
        Filter, picked,
        table::{CodeColumn, Segment},
    },
    message::language::UiLanguage,
    model::{
        Project,
        coding::Coding,
        document::Document,
        ids::{CodeId, CoderId, DocumentId},
        natural_key,
    },
    picture::Picture,
};

/// Documents with their coders.
#[derive(Debug, Clone, PartialEq)]
pub struct Coverage {
    documents: Vec<DocumentId>,
    coders: Vec<CoderId>,
    filter: Filter,
}

/// Measures how much is coded.
pub(super) fn coverage(project: &Project, filter: &Filter) -> Coverage {
    let mut documents = picked(project, filter);
    documents.sort_by_cached_key(|document| (natural_key(&document.title), document.id));
    let mut coders: Vec<_> = project
        .coders
        .values()
        .filter(|coder| filter.coders.is_empty() || filter.coders.contains(&coder.id))
        .collect();
    coders.sort_by_cached_key(|coder| (natural_key(&coder.name), coder.id));
    Coverage {
        documents: documents.iter().map(|document| document.id).collect(),
        coders: coders.iter().map(|coder| coder.id).collect(),
        filter: filter.clone(),
    }
}

/// Characters that codings cover, each once; codings come by start.
fn covered<'a>(codings: impl Iterator<Item = &'a Coding>) -> u32 {
    let (mut sum, mut reach) = (0, 0);
    for coding in codings {
        sum += coding
            .range
            .end()
            .saturating_sub(coding.range.start().max(reach));
        reach = reach.max(coding.range.end());
    }
    sum
}

impl Coverage {
    fn counts(&self, coding: &Coding) -> bool {
        let Filter { coders, codes, .. } = &self.filter;
        (coders.is_empty() || coders.contains(&coding.coder))
            && (codes.is_empty() || codes.contains(&coding.code))
    }

    /// A line for each document.
    pub fn sheet(&self, project: &Project, language: UiLanguage) -> Table {
        let heads: [(&str, &str); 4] = [
            ("characters", "字数"),
            ("codings", "编码片段"),
            ("codes", "编码"),
            ("coded", "已编码"),
        ];
        let mut columns: Vec<Head> = heads
            .iter()
            .map(|(english, chinese)| Head::plain(language.pick(*english, *chinese)))
            .collect();
        columns.extend(
            self.coders
                .iter()
                .filter_map(|id| project.coders.get(id))
                .map(|coder| Head::plain(&coder.name)),
        );
        let share = |part: u32, document: &Document| match document.len_chars() {
            0 => Cell::undefined(language.pick("the document holds no text", "文档没有文字")),
            chars => {
                let share = f64::from(part) / f64::from(chars);
                Cell::number(share, wording::percent(share))
            }
        };
        let line = |document: &Document| {
            let of = || document.codings.iter().filter(|coding| self.counts(coding));
            let mut codes: Vec<CodeId> = of().map(|coding| coding.code).collect();
            codes.sort_unstable();
            codes.dedup();
            let mut cells = vec![
                Cell::count(document.len_chars() as usize),
                Cell::count(of().count()),
                Cell::count(codes.len()),
                share(covered(of()), document),
            ];
            cells.extend(self.coders.iter().map(|coder| {
                share(
                    covered(of().filter(|coding| coding.coder == *coder)),
                    document,
                )
            }));
            Row {
                head: Head::plain(&document.title),
                cells,
            }
        };
        Table {
            title: language.pick("Coverage", "覆盖率").to_owned(),
            rule: match language {
                UiLanguage::English => format!(
                    "Characters that lie in at least one coding as a share of the document's ({}).",
                    wording::filter(project, &self.filter, language)
                ),
                UiLanguage::Chinese => {
                    format!(
                        "至少落在一个编码片段中的字数占文档字数的比例（{}）。",
                        wording::filter(project, &self.filter, language)
                    )
                }
            },
            corner: language.pick("Document", "文档").to_owned(),
            columns,
            rows: self
                .documents
                .iter()
                .filter_map(|id| project.documents.get(id))
                .map(|document| line(document))
                .collect(),
            ..Table::default()
        }
    }

    /// Every document as a strip, its codings where they lie.
    pub fn picture(&self, project: &Project, language: UiLanguage) -> Picture {
        let strip = |document: &Document| {
            let length = f64::from(document.len_chars().max(1));
            let of = document
                .codings
                .iter()
                .filter(|coding| self.counts(coding))
                .filter_map(|coding| {
                    let hue = project.codebook.get(coding.code)?.hue;
                    Some((
                        f64::from(coding.range.start()) / length,
                        f64::from(coding.range.end()) / length,
                        hue,
                    ))
                });
            strips::Strip {
                name: document.title.clone(),
                marks: of.collect(),
            }
        };
        let strips: Vec<strips::Strip> = self
            .documents
            .iter()
            .filter_map(|id| project.documents.get(id))
            .map(|document| strip(document))
            .collect();
        let mut roots: BTreeMap<CodeId, Head> = BTreeMap::new();
        for code in project.codebook.children(None) {
            roots.insert(
                code.id,
                Head {
                    text: wording::code(project, code.id, language),
                    depth: 0,
                    hue: Some(code.hue),
                },
            );
        }
        strips::picture(
            language.pick("Where documents are coded", "文档中编码的位置"),
            &strips,
        )
    }

    /// The segments of a document, or of one of its coders.
    pub fn segments(&self, project: &Project, spot: CellRef) -> Vec<Segment> {
        let Some(document) = spot
            .row()
            .and_then(|row| self.documents.get(row))
            .and_then(|id| project.documents.get(id))
        else {
            return Vec::new();
        };
        let coder = spot
            .column()
            .and_then(|column| column.checked_sub(4))
            .and_then(|at| self.coders.get(at));
        let of = document.codings.iter().filter(|coding| {
            self.counts(coding) && coder.is_none_or(|coder| *coder == coding.coder)
        });
        of.map(|coding| Segment {
            document: document.id,
            coding: coding.id,
            range: coding.range,
        })
        .collect()
    }
}

/// The segments of a column's code; of a theme, with all codes below it.
pub(super) fn segments_of_code(
    project: &Project,
    filter: &Filter,
    column: &CodeColumn,
    theme: bool,
) -> Vec<Segment> {
    if theme {
        return segments_below(project, filter, column.code);
    }
    segments_with(project, filter, |code| code == column.code)
}

/// The segments of a code and of all codes below it.
pub(super) fn segments_below(project: &Project, filter: &Filter, code: CodeId) -> Vec<Segment> {
    let codes = project.codebook.with_descendants(code);
    segments_with(project, filter, |code| codes.contains(&code))
}

fn segments_with(
    project: &Project,
    filter: &Filter,
    wanted: impl Fn(CodeId) -> bool,
) -> Vec<Segment> {
    let mut documents = picked(project, filter);
    documents.sort_by_cached_key(|document| (natural_key(&document.title), document.id));
    let of = |document: &Document| {
        let counts = |coding: &&Coding| {
            wanted(coding.code)
                && (filter.coders.is_empty() || filter.coders.contains(&coding.coder))
        };
        document
            .codings
            .iter()
            .filter(counts)
            .map(|coding| Segment {
                document: document.id,
                coding: coding.id,
                range: coding.range,
            })
            .collect::<Vec<_>>()
    };
    documents
        .into_iter()
        .flat_map(|document| of(document))
        .collect()
}
