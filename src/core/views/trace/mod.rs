//! From need to outcome: a line for each chain of links between codes, each code with its evidence.

use std::sync::Arc;

use super::{
    control::{Control, ControlContext},
    finding::Finding,
    segments::segments_below,
    settings::{QuestionSettings, ViewSettings},
    view::{AnalysisView, Progress, Source, ViewEditor},
    wording,
};
use crate::{
    analysis::{
        frequency::{Filter, Loader, table::Segment},
        trace::{Trace, TraceStep, trace},
    },
    message::{
        Message,
        language::UiLanguage,
        text::{COLON, LIST_COMMA, Text},
    },
    model::{Project, ids::CodeId},
    table::{Cell, CellRef, Head, Row, Table},
};

/// The view from need to outcome.
#[derive(Debug)]
pub struct TraceView;

const NAME: Text = Text::new("Need to outcome", "从需求到成效");
const RULE: Text = Text::new(
    "Chains of named links between codes, from the first to the last; in brackets how many codings a code has, its subcodes included.",
    "编码之间具名关联形成的链条，从头到尾；括号内是该编码（含下级）的编码片段数。",
);
const NO_LINKS: Text = Text::new(
    "No links between codes yet: join a need with what is to meet it, and that with what came of it.",
    "编码之间还没有关联：把需求与满足它的活动、活动与其成效连起来。",
);
const WITHOUT_EVIDENCE: Text = Text::new(
    "Concepts without evidence (linked, never coded)",
    "有概念无证据（有关联，从未编码）",
);
const WITHOUT_LINK: Text = Text::new(
    "Evidence without a concept (coded, not linked)",
    "有证据无概念（有编码，没有关联）",
);

impl AnalysisView for TraceView {
    fn id(&self) -> &'static str {
        "trace"
    }

    fn name(&self) -> Text {
        NAME
    }

    fn controls(&self, _settings: &ViewSettings, _context: &ControlContext<'_>) -> Vec<Control> {
        Vec::new()
    }

    fn answer(
        &self,
        _question: &QuestionSettings,
        source: &Source<'_>,
        _progress: &mut Progress<'_>,
    ) -> Option<Arc<dyn Finding>> {
        Some(Arc::new(trace(source.project)))
    }

    fn editor(&self) -> Option<ViewEditor> {
        Some(ViewEditor::Links)
    }
}

fn step_cell(step: &TraceStep, found: &Trace, project: &Project, language: UiLanguage) -> Cell {
    let n = found.evidence[&step.code];
    let name = wording::code(project, step.code, language);
    let link = step.by.and_then(|link| project.links.get(&link));
    let text = match link {
        Some(link) => format!("→ {} {name} ({n})", link.name),
        None => format!("{name} ({n})"),
    };
    let why: Message = match n {
        0 => Text::new("no passage is coded with it", "没有片段用它编码").into(),
        _ => Text::new("{n} codings", "{n} 个编码片段").with("n", n),
    };
    Cell {
        why: why.say(language),
        stands_out: (n == 0).then_some(false),
        ..Cell::words(text)
    }
}

/// Names the codes that lack something; `None` if none does.
fn lacking(
    text: Text,
    codes: &[CodeId],
    project: &Project,
    language: UiLanguage,
) -> Option<String> {
    if codes.is_empty() {
        return None;
    }
    let names: Vec<String> = codes
        .iter()
        .map(|&code| wording::code(project, code, language))
        .collect();
    Some(format!(
        "{}{}{}",
        language.say(text),
        language.say(COLON),
        names.join(language.say(LIST_COMMA))
    ))
}

impl Finding for Trace {
    fn table(&self, project: &Project, language: UiLanguage) -> Table {
        let longest = self.chains.iter().map(Vec::len).max().unwrap_or(0);
        let rows = self.chains.iter().enumerate().map(|(number, chain)| {
            let mut cells: Vec<Cell> = chain
                .iter()
                .map(|step| step_cell(step, self, project, language))
                .collect();
            cells.resize(longest, Cell::default());
            Row::new((number + 1).to_string(), cells)
        });
        // The first note of an empty table is shown in its place.
        let no_links = self
            .chains
            .is_empty()
            .then(|| language.say(NO_LINKS).to_owned());
        let notes = [
            no_links,
            lacking(WITHOUT_EVIDENCE, &self.without_evidence, project, language),
            lacking(WITHOUT_LINK, &self.without_link, project, language),
        ];
        Table {
            title: language
                .say(Text::new("From need to outcome", "从需求到成效"))
                .to_owned(),
            rule: language.say(RULE).to_owned(),
            corner: language.say(Text::new("Chain", "链条")).to_owned(),
            columns: (1..=longest).map(|n| Head::plain(n.to_string())).collect(),
            rows: rows.collect(),
            notes: notes.into_iter().flatten().collect(),
            ..Table::default()
        }
    }

    fn segments(&self, project: &Project, _load: &Loader<'_>, at: CellRef) -> Vec<Segment> {
        let Some(chain) = at.row().and_then(|row| self.chains.get(row)) else {
            return Vec::new();
        };
        chain
            .iter()
            .enumerate()
            .filter(|(step, _)| at.column().is_none_or(|column| column == *step))
            .flat_map(|(_, step)| segments_below(project, &Filter::default(), step.code))
            .collect()
    }
}
