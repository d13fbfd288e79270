//! The chapter on method: what the study is made of, and how it was coded.

use std::collections::BTreeSet;

use crate::{
    message::{grouped, language::UiLanguage},
    model::{Project, case::CaseKind, document::Document, ids::CoderId, phase::Phase},
    views::wording,
};

/// How the study was coded, from the log of the project.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Method {
    /// The number of entries of the log.
    pub entries: usize,
    /// The first and the last day of work, as year-month-day.
    pub days: Option<(String, String)>,
    /// When each coder worked.
    pub coders: Vec<CoderDays>,
    /// How often the codebook was changed after the first coding.
    pub codebook_changes: usize,
}

/// When a coder worked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoderDays {
    /// The coder.
    pub coder: CoderId,
    /// On how many days; 0 if the log has none of the coder's work, as after an import.
    pub days: usize,
    /// The first day, as year-month-day.
    pub first: String,
    /// The last day, as year-month-day.
    pub last: String,
}

/// What the study is made of, in a paragraph.
pub(super) fn material(project: &Project, language: UiLanguage) -> String {
    let documents = project.documents.len();
    let words: usize = project
        .documents
        .values()
        .map(|document| document.words as usize)
        .sum();
    let words = grouped(words);
    let families = project.cases_below(None).len();
    let persons = project
        .cases
        .values()
        .filter(|case| case.kind == CaseKind::person())
        .count();
    let phases: Vec<String> = project
        .phases_in_order()
        .into_iter()
        .map(|phase| documents_of_phase(project, phase, language))
        .collect();
    let phases = match (phases.as_slice(), language) {
        ([], _) => String::new(),
        (_, UiLanguage::English) => format!(" By phase: {}.", phases.join(", ")),
        (_, UiLanguage::Chinese) => format!("按阶段：{}。", phases.join("、")),
    };
    match language {
        UiLanguage::English => format!(
            "The material is {documents} documents of {words} words (each Chinese character counts as one), from {families} families or other topmost cases with {persons} persons.{phases}"
        ),
        UiLanguage::Chinese => format!(
            "材料为 {documents} 份文档，共 {words} 词（每个汉字算一个词），来自 {families} 个家庭或其他最上层个案，{persons} 名个人。{phases}"
        ),
    }
}

fn documents_of_phase(project: &Project, phase: &Phase, language: UiLanguage) -> String {
    let n = project
        .documents
        .values()
        .filter(|document| document.phase == Some(phase.id))
        .count();
    match language {
        UiLanguage::English => format!("{} ({n})", phase.name),
        UiLanguage::Chinese => format!("{}（{n} 份）", phase.name),
    }
}

fn has_several_coders(document: &Document) -> bool {
    let coders: BTreeSet<CoderId> = document.codings.iter().map(|coding| coding.coder).collect();
    coders.len() > 1
}

impl Method {
    /// How the study was coded, in a paragraph.
    pub(super) fn in_words(&self, project: &Project, language: UiLanguage) -> String {
        let codings = project.coding_count();
        let codes = project.codebook.codes.len();
        let themes = project.codebook.children(None).len();
        let both = project
            .documents
            .values()
            .filter(|document| has_several_coders(document))
            .count();
        let coders: Vec<String> = self
            .coders
            .iter()
            .map(|coder| coder.in_words(project, language))
            .collect();
        let n = coders.len();
        match language {
            UiLanguage::English => format!(
                "{n} coders worked on it: {}. They made {codings} codings with a codebook of {codes} codes in {themes} themes; {both} documents were coded by more than one coder. The project's log holds {} steps, {} of them changes of the codebook after coding had begun.",
                coders.join(", "),
                self.entries,
                self.codebook_changes
            ),
            UiLanguage::Chinese => format!(
                "编码员 {n} 名：{}。编码本有 {themes} 个主题、{codes} 个编码，共作出 {codings} 个编码片段；{both} 份文档由一名以上的编码员编码。项目日志有 {} 步，其中编码开始后修改编码本 {} 次。",
                coders.join("、"),
                self.entries,
                self.codebook_changes
            ),
        }
    }
}

impl CoderDays {
    fn in_words(&self, project: &Project, language: UiLanguage) -> String {
        let Self {
            coder,
            days,
            first,
            last,
        } = self;
        let name = wording::coder(project, *coder);
        let n = project
            .documents
            .values()
            .flat_map(|document| &document.codings)
            .filter(|coding| coding.coder == *coder)
            .count();
        match (language, days) {
            (UiLanguage::English, 0) => format!("{name} ({n} codings)"),
            (UiLanguage::Chinese, 0) => format!("{name}（{n} 个编码片段）"),
            (UiLanguage::English, 1) => format!("{name} ({n} codings on {first})"),
            (UiLanguage::Chinese, 1) => format!("{name}（{n} 个编码片段；{first}）"),
            (UiLanguage::English, _) => {
                format!("{name} ({n} codings; {days} days of work, {first} to {last})")
            }
            (UiLanguage::Chinese, _) => {
                format!("{name}（{n} 个编码片段；{first} 至 {last} 共 {days} 天）")
            }
        }
    }
}
