//! Quotations as pages: theme by theme and code by code, those of each case together, each with its reference.

use std::collections::BTreeMap;

use super::{ExportMaterial, table::clock};
use crate::{
    message::language::UiLanguage,
    model::{
        coding::Coding,
        document::{Content, Document},
        ids::{CaseId, CodeId},
    },
    report::story::{Block, Story},
};

/// The codings of a code, by the place of their family in the order of cases.
type ByCase<'a> = BTreeMap<(usize, Option<CaseId>), Vec<(&'a Document, &'a Coding)>>;

/// All quotations, grouped by code, then by family.
pub fn quotations(material: ExportMaterial<'_>) -> Story {
    let ExportMaterial {
        project, language, ..
    } = material;
    let order: BTreeMap<CaseId, usize> = project
        .cases_in_order()
        .into_iter()
        .enumerate()
        .map(|(at, (_, case))| (case.id, at))
        .collect();
    let mut by_code: BTreeMap<CodeId, ByCase<'_>> = BTreeMap::new();
    for document in project.documents_in_order() {
        let family = project.family_of_document(document);
        let place = (
            family
                .and_then(|id| order.get(&id).copied())
                .unwrap_or(usize::MAX),
            family,
        );
        for coding in &document.codings {
            by_code
                .entry(coding.code)
                .or_default()
                .entry(place)
                .or_default()
                .push((document, coding));
        }
    }
    let mut contents: BTreeMap<_, std::sync::Arc<Content>> = BTreeMap::new();
    let mut blocks = Vec::new();
    for (depth, code) in project.codebook.in_order() {
        let below = project.codebook.with_descendants(code.id);
        if !below.iter().any(|code| by_code.contains_key(code)) {
            continue;
        }
        let level = u8::try_from(depth + 1).unwrap_or(2).min(2);
        blocks.push(Block::Heading(
            level,
            crate::report::wording::code(project, code.id, language),
        ));
        let Some(cases) = by_code.get(&code.id) else {
            continue;
        };
        let definition = code.definition.get(&language.tag());
        if !definition.is_empty() {
            blocks.push(Block::Note(definition.to_owned()));
        }
        for ((_, family), found) in cases {
            let name = family.and_then(|id| project.cases.get(&id)).map_or(
                language.pick("No or several families", "不属于单个家庭"),
                |case| &case.name,
            );
            blocks.push(Block::Heading(3, count(name, found.len(), language)));
            for (document, coding) in found {
                let content = contents
                    .entry(document.id)
                    .or_insert_with(|| material.content(document));
                blocks.push(quote(material, document, content, coding));
            }
        }
    }
    let title = language
        .pick("Quotations by theme", "按主题整理的引文")
        .to_owned();
    Story {
        title,
        subtitle: project.title.clone(),
        language,
        blocks,
    }
}

fn count(name: &str, n: usize, language: UiLanguage) -> String {
    match language {
        UiLanguage::English => format!("{name} ({n})"),
        UiLanguage::Chinese => format!("{name}（{n}）"),
    }
}

/// A passage with speaker, document, phase, time and positions.
fn quote(
    material: ExportMaterial<'_>,
    document: &Document,
    content: &Content,
    coding: &Coding,
) -> Block {
    let words = content
        .text
        .slice(coding.range)
        .unwrap_or_default()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    let turn = content.turn_at(coding.range.start());
    let speaker = turn
        .and_then(|(_, turn)| document.speakers.get(usize::from(turn.speaker?)))
        .map(|speaker| speaker.label.clone());
    let phase = document
        .phase
        .and_then(|id| material.project.phases.get(&id))
        .map(|phase| phase.name.clone());
    let place = turn.map(|(index, turn)| {
        turn.at_millis
            .map_or_else(|| format!("¶{}", index + 1), clock)
    });
    let range = format!("{}–{}", coding.range.start(), coding.range.end());
    let parts = [
        speaker,
        Some(document.title.clone()),
        phase,
        place,
        Some(range),
    ];
    let reference = parts
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(material.language.pick(", ", "，"));
    Block::Quote { words, reference }
}
