//! The codebook: as a sheet that import reads again, and as pages with rules and examples.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    ExportMaterial,
    table::{CellValue, ExportTable},
};
use crate::{
    import::codebook::{UNTRANSLATED, colour_of},
    message::language::UiLanguage,
    model::{
        Project,
        code::Code,
        facet::{Facet, FacetKind},
        ids::{CodeId, DocumentId},
        localized::{Language, Localized},
    },
    report::{
        story::{Block, Story},
        wording,
    },
};

/// How often each code is used: codings, and documents that have any.
fn uses(project: &Project) -> BTreeMap<CodeId, (usize, BTreeSet<DocumentId>)> {
    let mut uses: BTreeMap<CodeId, (usize, BTreeSet<DocumentId>)> = BTreeMap::new();
    for document in project.documents.values() {
        for coding in &document.codings {
            let found = uses.entry(coding.code).or_default();
            found.0 += 1;
            found.1.insert(document.id);
        }
    }
    uses
}

/// The languages that codes are translated into.
pub(super) fn languages(project: &Project) -> BTreeSet<Language> {
    let of = |code: &Code| {
        let texts = [
            &code.name,
            &code.definition,
            &code.apply_when,
            &code.not_when,
        ];
        let languages = texts
            .into_iter()
            .chain(&code.examples)
            .flat_map(|text| text.translations.keys().cloned());
        languages.collect::<Vec<_>>()
    };
    project
        .codebook
        .codes
        .values()
        .flat_map(|code| of(code))
        .collect()
}

/// The sheet of codes: path, rules, examples, indicators and facets, the same in every language, and how often each is used.
pub fn codebook(material: ExportMaterial<'_>) -> ExportTable {
    let project = material.project;
    let columns = [
        "code",
        "name",
        "colour",
        "key",
        "definition",
        "apply_when",
        "not_when",
        "examples",
        "indicators",
        "facets",
    ];
    let mut table = ExportTable::new(material.language.pick("codebook", "编码本"), &columns);
    let languages = languages(project);
    for tag in &languages {
        table.columns.extend(
            ["name", "definition", "apply_when", "not_when", "examples"]
                .map(|name| format!("{name}_{tag}")),
        );
    }
    table
        .columns
        .extend(["codings", "documents"].map(str::to_owned));
    let uses = uses(project);
    for (_, code) in project.codebook.in_order() {
        let main = |text: &Localized| text.text.clone();
        let mut row: Vec<CellValue> = [
            project.codebook.path(code.id),
            main(&code.name),
            colour_of(code.hue),
            code.key.map(String::from).unwrap_or_default(),
            main(&code.definition),
            main(&code.apply_when),
            main(&code.not_when),
            lines(code.examples.iter().map(main)),
            lines(
                code.indicators
                    .iter()
                    .map(|indicator| format!("{}: {}", indicator.language, indicator.expression)),
            ),
            lines(code.facets.iter().map(|facet| facet_text(facet, None))),
        ]
        .map(CellValue::text)
        .into();
        for tag in &languages {
            let translated =
                |text: &Localized| text.translations.get(tag).cloned().unwrap_or_default();
            row.extend(
                [
                    &code.name,
                    &code.definition,
                    &code.apply_when,
                    &code.not_when,
                ]
                .map(|text| CellValue::text(translated(text))),
            );
            let examples: Vec<String> = code.examples.iter().map(translated).collect();
            let any = examples.iter().any(|example| !example.is_empty());
            let shown = examples.into_iter().map(|example| {
                if example.is_empty() {
                    UNTRANSLATED.to_owned()
                } else {
                    example
                }
            });
            row.push(if any {
                CellValue::text(lines(shown))
            } else {
                CellValue::Empty
            });
        }
        let used = uses.get(&code.id);
        row.push(CellValue::count(used.map_or(0, |used| used.0)));
        row.push(CellValue::count(used.map_or(0, |used| used.1.len())));
        table.rows.push(row);
    }
    table
}

/// One a line; lines within one become spaces.
fn lines(texts: impl Iterator<Item = String>) -> String {
    texts
        .map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect::<Vec<_>>()
        .join("\n")
}

/// A facet with what it takes: `judgement: favourable | mixed`, `strength: 0–100`.
fn facet_text(facet: &Facet, language: Option<UiLanguage>) -> String {
    let said = |text: &Localized| {
        language.map_or_else(
            || text.text.clone(),
            |language| text.get(&language.tag()).to_owned(),
        )
    };
    let pick = |english: &'static str, chinese: &'static str| {
        language.unwrap_or_default().pick(english, chinese)
    };
    let takes = match &facet.kind {
        FacetKind::Category(values) => values.iter().map(said).collect::<Vec<_>>().join(" | "),
        FacetKind::Intensity => "0–100".to_owned(),
        FacetKind::Text => pick("words", "文字").to_owned(),
        FacetKind::YesNo => pick("yes | no", "是 | 否").to_owned(),
    };
    format!("{}: {takes}", said(&facet.name))
}

/// The codebook as pages: for each code what it means, when to apply it and when not, examples, what points to it.
pub fn codebook_story(material: ExportMaterial<'_>) -> Story {
    let ExportMaterial {
        project, language, ..
    } = material;
    let tag = language.tag();
    let uses = uses(project);
    let mut blocks = Vec::new();
    for (depth, code) in project.codebook.in_order() {
        let level = u8::try_from(depth + 1).unwrap_or(3).min(3);
        blocks.push(Block::Heading(level, titled(code, language)));
        let (codings, documents) = uses
            .get(&code.id)
            .map_or((0, 0), |used| (used.0, used.1.len()));
        let (path, n, d) = (
            wording::code(project, code.id, language),
            wording::grouped(codings),
            wording::grouped(documents),
        );
        blocks.push(Block::Note(match language {
            UiLanguage::English => format!("{path} · codings: {n} · documents: {d}"),
            UiLanguage::Chinese => format!("{path} · 编码片段 {n} 个 · 文档 {d} 份"),
        }));
        let mut say = |english: &str, chinese: &str, text: &str| {
            if !text.trim().is_empty() {
                blocks.push(Block::Text(format!(
                    "{}{}",
                    language.pick(english, chinese),
                    text.trim()
                )));
            }
        };
        say("", "", code.definition.get(&tag));
        say("When to apply: ", "何时使用：", code.apply_when.get(&tag));
        say("When not to: ", "何时不用：", code.not_when.get(&tag));
        code.examples
            .iter()
            .for_each(|example| say("Example: ", "例：", example.get(&tag)));
        let pointing: Vec<&str> = code
            .indicators
            .iter()
            .map(|indicator| indicator.expression.as_str())
            .collect();
        say(
            "Indicators: ",
            "指示词：",
            &pointing.join(language.pick("; ", "；")),
        );
        code.facets
            .iter()
            .for_each(|facet| say("Facet · ", "维度 · ", &facet_text(facet, Some(language))));
    }
    let title = language.pick("Codebook", "编码本").to_owned();
    Story {
        title,
        subtitle: project.title.clone(),
        language,
        blocks,
    }
}

/// A code's name in a language, with its other names behind it.
fn titled(code: &Code, language: UiLanguage) -> String {
    let name = code.name.get(&language.tag());
    let others: Vec<&str> = code
        .name
        .all()
        .filter(|other| *other != name && !other.is_empty())
        .collect();
    if others.is_empty() {
        name.to_owned()
    } else {
        format!("{name} · {}", others.join(" · "))
    }
}
