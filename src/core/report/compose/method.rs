//! The chapter on method: what the study is made of, and how it was coded.

use std::collections::BTreeSet;

use crate::{
    message::{grouped, language::UiLanguage, text::Text},
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
    let phases = if phases.is_empty() {
        String::new()
    } else {
        Text::new(" By phase: {phases}.", "按阶段：{phases}。")
            .with("phases", phases.as_slice())
            .say(language)
    };
    Text::new("The material is {documents} documents of {words} words (each Chinese character counts as one), from {families} families or other topmost cases with {persons} persons.{phases}", "材料为 {documents} 份文档，共 {words} 词（每个汉字算一个词），来自 {families} 个家庭或其他最上层个案，{persons} 名个人。{phases}").with("documents", documents).with("words", words).with("families", families).with("persons", persons).with("phases", phases).say(language)
}

fn documents_of_phase(project: &Project, phase: &Phase, language: UiLanguage) -> String {
    let n = project
        .documents
        .values()
        .filter(|document| document.phase == Some(phase.id))
        .count();
    Text::new("{phase} ({n})", "{phase}（{n} 份）")
        .with("phase", phase.name_in(&language.tag()))
        .with("n", n)
        .say(language)
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
        Text::new("{n} coders worked on it: {coders}. They made {codings} codings with a codebook of {codes} codes in {themes} themes; {both} documents were coded by more than one coder. The project's log holds {entries} steps, {changes} of them changes of the codebook after coding had begun.", "编码员 {n} 名：{coders}。编码本有 {themes} 个主题、{codes} 个编码，共作出 {codings} 个编码片段；{both} 份文档由一名以上的编码员编码。项目日志有 {entries} 步，其中编码开始后修改编码本 {changes} 次。").with("n", n).with("coders", coders.as_slice()).with("codings", codings).with("codes", codes).with("themes", themes).with("both", both).with("entries", self.entries).with("changes", self.codebook_changes).say(language)
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
        let message = match days {
            0 => Text::new("{name} ({n} codings)", "{name}（{n} 个编码片段）")
                .with("name", name)
                .with("n", n),
            1 => Text::new(
                "{name} ({n} codings on {first})",
                "{name}（{n} 个编码片段；{first}）",
            )
            .with("name", name)
            .with("n", n)
            .with("first", first),
            _ => Text::new(
                "{name} ({n} codings; {days} days of work, {first} to {last})",
                "{name}（{n} 个编码片段；{first} 至 {last} 共 {days} 天）",
            )
            .with("name", name)
            .with("n", n)
            .with("days", *days)
            .with("first", first)
            .with("last", last),
        };
        message.say(language)
    }
}
