//! From need to outcome as a sheet: a line for each chain of links, each code with its evidence.

use super::wording;
use crate::table::CellRef;
use crate::table::{Cell, Head, Row, Table};
use crate::{
    analysis::{
        frequency::{Filter, table::Segment},
        trace::Trace,
    },
    message::language::UiLanguage,
    model::{Project, ids::CodeId},
};

/// The chains; what lacks evidence or a link is said below.
pub fn sheet(found: &Trace, project: &Project, language: UiLanguage) -> Table {
    let longest = found.chains.iter().map(Vec::len).max().unwrap_or(0);
    let step = |step: &crate::analysis::trace::TraceStep| {
        let n = found.evidence.get(&step.code).copied().unwrap_or(0);
        let link = step
            .by
            .and_then(|link| project.links.get(&link))
            .map(|link| format!("→ {} ", link.name))
            .unwrap_or_default();
        let name = wording::code(project, step.code, language);
        let why = match (n, language) {
            (0, UiLanguage::English) => "no passage is coded with it".to_owned(),
            (0, UiLanguage::Chinese) => "没有片段用它编码".to_owned(),
            (_, UiLanguage::English) => format!("{n} codings"),
            (_, UiLanguage::Chinese) => format!("{n} 个编码片段"),
        };
        Cell {
            why,
            stands_out: (n == 0).then_some(false),
            ..Cell::words(format!("{link}{name} ({n})"))
        }
    };
    let line = |(number, chain): (usize, &Vec<crate::analysis::trace::TraceStep>)| {
        let cells = chain
            .iter()
            .map(step)
            .chain(std::iter::repeat_n(Cell::default(), longest - chain.len()))
            .collect();
        Row {
            head: Head::plain((number + 1).to_string()),
            cells,
        }
    };
    let names = |codes: &[CodeId]| {
        codes
            .iter()
            .map(|&id| wording::code(project, id, language))
            .collect::<Vec<_>>()
            .join(language.pick(", ", "、"))
    };
    let mut notes = Vec::new();
    let mut say = |english: &str, chinese: &str, codes: &[CodeId]| {
        if !codes.is_empty() {
            notes.push(format!(
                "{}{}{}",
                language.pick(english, chinese),
                language.pick(": ", "："),
                names(codes)
            ));
        }
    };
    say(
        "Concepts without evidence (linked, never coded)",
        "有概念无证据（有关联，从未编码）",
        &found.without_evidence,
    );
    say(
        "Evidence without a concept (coded, not linked)",
        "有证据无概念（有编码，没有关联）",
        &found.without_link,
    );
    if found.chains.is_empty() {
        notes.insert(
            0,
            language
                .pick(
                    "No links between codes yet: join a need with what is to meet it, and that with what came of it.",
                    "编码之间还没有关联：把需求与满足它的活动、活动与其成效连起来。",
                )
                .to_owned(),
        );
    }
    Table {
        title: language.pick("From need to outcome", "从需要到成效").to_owned(),
        rule: language.pick(
            "Chains of named links between codes, from the first to the last; in brackets how many codings a code has, its subcodes included.",
            "编码之间具名关联形成的链条，从头到尾；括号内是该编码（含下级）的编码片段数。",
        ).to_owned(),
        corner: language.pick("Chain", "链条").to_owned(),
        columns: (1..=longest).map(|n| Head::plain(n.to_string())).collect(),
        rows: found.chains.iter().enumerate().map(line).collect(),
        foot: Vec::new(),
        notes,
        heat: false,
    }
}

/// The segments of a code, or of all codes of a chain.
pub fn segments(found: &Trace, project: &Project, spot: CellRef) -> Vec<Segment> {
    let Some(chain) = spot.row().and_then(|row| found.chains.get(row)) else {
        return Vec::new();
    };
    let steps = chain
        .iter()
        .enumerate()
        .filter(|(at, _)| spot.column().is_none_or(|column| column == *at));
    steps
        .flat_map(|(_, step)| {
            super::coverage::segments_below(project, &Filter::default(), step.code)
        })
        .collect()
}
