//! Quotations as pages: by code and family, each with a reference to its place.

use std::{collections::BTreeMap, sync::Arc};

use super::ExportMaterial;
use crate::{
    message::{
        language::UiLanguage,
        text::{COMMA, Text},
    },
    model::{
        Project,
        coding::Coding,
        document::{Content, Document},
        ids::{CaseId, CodeId, DocumentId},
    },
    report::document::{Block, ReportDocument},
    table::data::clock,
    views::wording,
};

/// A family, sorted by its position in the tree of cases.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct FamilyOrder {
    position: usize,
    /// `None` for documents of no family or of several, which come last.
    family: Option<CaseId>,
}

/// The codings of a code by family, with the document of each.
type CodingsByFamily<'a> = BTreeMap<FamilyOrder, Vec<(&'a Document, &'a Coding)>>;

/// All quotations, by code and then by family.
pub fn quotations(material: ExportMaterial<'_>) -> ReportDocument {
    let ExportMaterial {
        project, language, ..
    } = material;
    let by_code = codings_by_code(project);
    // A text is loaded once, however many codes its passages have.
    let mut contents: BTreeMap<DocumentId, Arc<Content>> = BTreeMap::new();
    let mut blocks = Vec::new();
    for (depth, code) in project.codebook.in_order() {
        let below = project.codebook.with_descendants(code.id);
        if !below.iter().any(|code| by_code.contains_key(code)) {
            continue;
        }
        // The third level of headings is for families.
        let level = if depth == 0 { 1 } else { 2 };
        let name = wording::code(project, code.id, language);
        blocks.push(Block::Heading(level, name));
        // A code without codings of its own is only the heading of those below it.
        let Some(families) = by_code.get(&code.id) else {
            continue;
        };
        let definition = code.definition.get(&language.tag());
        if !definition.is_empty() {
            blocks.push(Block::Note(definition.to_owned()));
        }
        for (order, codings) in families {
            let family = order.family.and_then(|id| project.cases.get(&id));
            let name = family.map_or(
                language.say(Text::new("No or several families", "不属于单个家庭")),
                |family| &family.name,
            );
            blocks.push(Block::Heading(3, count(name, codings.len(), language)));
            for (document, coding) in codings {
                let content = contents
                    .entry(document.id)
                    .or_insert_with(|| material.content(document));
                blocks.push(quote(material, document, content, coding));
            }
        }
    }
    ReportDocument {
        title: language
            .say(Text::new("Quotations by theme", "按主题整理的引文"))
            .to_owned(),
        subtitle: project.title.clone(),
        language,
        blocks,
    }
}

fn codings_by_code(project: &Project) -> BTreeMap<CodeId, CodingsByFamily<'_>> {
    let positions: BTreeMap<CaseId, usize> = project
        .cases_in_order()
        .into_iter()
        .enumerate()
        .map(|(position, (_, case))| (case.id, position))
        .collect();
    let mut by_code: BTreeMap<CodeId, CodingsByFamily<'_>> = BTreeMap::new();
    for document in project.documents_in_order() {
        let family = project.family_of_document(document);
        let order = FamilyOrder {
            position: family
                .and_then(|id| positions.get(&id).copied())
                .unwrap_or(usize::MAX),
            family,
        };
        for coding in &document.codings {
            by_code
                .entry(coding.code)
                .or_default()
                .entry(order)
                .or_default()
                .push((document, coding));
        }
    }
    by_code
}

fn count(name: &str, n: usize, language: UiLanguage) -> String {
    Text::new("{name} ({n})", "{name}（{n}）")
        .with("name", name)
        .with("n", n)
        .say(language)
}

/// A passage with its speaker, document, phase, time or turn, and positions.
fn quote(
    material: ExportMaterial<'_>,
    document: &Document,
    content: &Content,
    coding: &Coding,
) -> Block {
    let text = content.text.slice(coding.range).unwrap_or_default();
    let turn = content.turn_at(coding.range.start());
    let speaker = turn.and_then(|(_, turn)| document.speakers.get(usize::from(turn.speaker?)));
    let place = turn.map(|(index, turn)| match turn.at_millis {
        Some(millis) => clock(millis),
        None => format!("¶{}", index + 1),
    });
    let parts = [
        speaker.map(|speaker| speaker.label.clone()),
        Some(document.title.clone()),
        document
            .phase
            .map(|phase| wording::phase(material.project, phase, material.language)),
        place,
        Some(format!("{}–{}", coding.range.start(), coding.range.end())),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    Block::Quote {
        words: text.split_whitespace().collect::<Vec<_>>().join(" "),
        reference: parts.join(material.language.say(COMMA)),
    }
}
