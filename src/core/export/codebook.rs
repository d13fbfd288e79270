//! The codebook as a table that the import reads again, and as pages with rules and examples.

use std::collections::{BTreeMap, BTreeSet};

use super::ExportMaterial;
use crate::{
    import::{codebook::UNTRANSLATED, colour::colour_of},
    message::{
        labelled,
        language::UiLanguage,
        text::{SEMICOLON, Text},
    },
    model::{
        Project,
        code::Code,
        facet::{Facet, FacetKind},
        ids::{CodeId, DocumentId},
        localized::{Language, Localized},
    },
    report::document::{Block, ReportDocument},
    table::data::{CellValue, DataTable},
    views::wording,
};

/// How often a code is used.
#[derive(Default)]
struct CodeUse {
    codings: usize,
    documents: BTreeSet<DocumentId>,
}

fn code_uses(project: &Project) -> BTreeMap<CodeId, CodeUse> {
    let mut uses: BTreeMap<CodeId, CodeUse> = BTreeMap::new();
    for document in project.documents.values() {
        for coding in &document.codings {
            let code = uses.entry(coding.code).or_default();
            code.codings += 1;
            code.documents.insert(document.id);
        }
    }
    uses
}

/// The languages that anything of a code is translated into.
pub(super) fn languages(project: &Project) -> BTreeSet<Language> {
    let mut languages = BTreeSet::new();
    for code in project.codebook.codes.values() {
        for text in main_texts(code).into_iter().chain(&code.examples) {
            languages.extend(text.translations.keys().cloned());
        }
    }
    languages
}

/// The texts of a code that have a column in each language.
fn main_texts(code: &Code) -> [&Localized; 4] {
    [
        &code.name,
        &code.definition,
        &code.apply_when,
        &code.not_when,
    ]
}

/// The table of codes: path, rules, examples, indicators and facets, the same in every language, and how often each is used.
pub fn codebook(material: ExportMaterial<'_>) -> DataTable {
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
    let mut table = DataTable::new(
        material.language.say(Text::new("codebook", "编码本")),
        &columns,
    );
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
    let uses = code_uses(project);
    for (_, code) in project.codebook.in_order() {
        let mut row = code_cells(project, code);
        for tag in &languages {
            row.extend(main_texts(code).map(|text| CellValue::text(translation(text, tag))));
            row.push(CellValue::text(translated_examples(code, tag)));
        }
        let (codings, documents) = uses
            .get(&code.id)
            .map_or((0, 0), |code| (code.codings, code.documents.len()));
        row.extend([CellValue::count(codings), CellValue::count(documents)]);
        table.rows.push(row);
    }
    table
}

/// The cells of a code in the main language of the codebook.
fn code_cells(project: &Project, code: &Code) -> Vec<CellValue> {
    let examples = code.examples.iter().map(|example| example.text.clone());
    let indicators = code
        .indicators
        .iter()
        .map(|indicator| format!("{}: {}", indicator.language, indicator.expression));
    let facets = code.facets.iter().map(|facet| facet_text(facet, None));
    [
        project.codebook.path(code.id),
        code.name.text.clone(),
        colour_of(code.hue),
        code.key.map(String::from).unwrap_or_default(),
        code.definition.text.clone(),
        code.apply_when.text.clone(),
        code.not_when.text.clone(),
        one_per_line(examples),
        one_per_line(indicators),
        one_per_line(facets),
    ]
    .map(CellValue::text)
    .into()
}

/// The translation of a text; empty if it has none in this language.
fn translation<'a>(text: &'a Localized, tag: &Language) -> &'a str {
    text.translations.get(tag).map_or("", String::as_str)
}

/// The examples of a code in another language; empty if none is translated.
fn translated_examples(code: &Code, tag: &Language) -> String {
    let examples: Vec<&str> = code
        .examples
        .iter()
        .map(|example| translation(example, tag))
        .collect();
    if examples.iter().all(|example| example.is_empty()) {
        return String::new();
    }
    // The import pairs translations with examples by line, so one that is missing needs a line of its own.
    one_per_line(examples.into_iter().map(|example| match example {
        "" => UNTRANSLATED.to_owned(),
        example => example.to_owned(),
    }))
}

/// Texts with a line for each; line breaks inside a text become spaces.
fn one_per_line(texts: impl Iterator<Item = String>) -> String {
    texts
        .map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect::<Vec<_>>()
        .join("\n")
}

/// A facet with its possible values, such as `judgement: favourable | mixed` or `strength: 0–100`.
///
/// Without a language, it is in the form that the import reads.
fn facet_text(facet: &Facet, language: Option<UiLanguage>) -> String {
    let values = match &facet.kind {
        FacetKind::Category(values) => values
            .iter()
            .map(|value| localized(value, language))
            .collect::<Vec<_>>()
            .join(" | "),
        FacetKind::Intensity => "0–100".to_owned(),
        FacetKind::Text => match language {
            Some(UiLanguage::Chinese) => "文字".to_owned(),
            _ => "words".to_owned(),
        },
        FacetKind::YesNo => match language {
            Some(UiLanguage::Chinese) => "是 | 否".to_owned(),
            _ => "yes | no".to_owned(),
        },
    };
    let name = localized(&facet.name, language);
    labelled(language.unwrap_or(UiLanguage::English), name, &values)
}

fn localized(text: &Localized, language: Option<UiLanguage>) -> &str {
    match language {
        Some(language) => text.get(&language.tag()),
        None => &text.text,
    }
}

/// The codebook as pages: for each code its definition, rules, examples, indicators and facets.
pub fn codebook_story(material: ExportMaterial<'_>) -> ReportDocument {
    let ExportMaterial {
        project, language, ..
    } = material;
    let uses = code_uses(project);
    let mut blocks = Vec::new();
    for (depth, code) in project.codebook.in_order() {
        // Pages have three levels of headings; deeper codes share the last.
        let level = match depth {
            0 => 1,
            1 => 2,
            _ => 3,
        };
        blocks.push(Block::Heading(level, heading(code, language)));
        let (codings, documents) = uses
            .get(&code.id)
            .map_or((0, 0), |code| (code.codings, code.documents.len()));
        let path = wording::code(project, code.id, language);
        let uses = Text::new(
            "{path} · codings: {codings} · documents: {documents}",
            "{path} · 编码片段 {codings} 个 · 文档 {documents} 份",
        )
        .with("path", path)
        .count("codings", codings)
        .count("documents", documents);
        blocks.push(Block::Note(uses.say(language)));
        blocks.extend(rules(code, language));
    }
    ReportDocument {
        title: language.say(Text::new("Codebook", "编码本")).to_owned(),
        subtitle: project.title.clone(),
        language,
        blocks,
    }
}

/// The paragraphs of a code, without those that would be empty.
fn rules(code: &Code, language: UiLanguage) -> Vec<Block> {
    let tag = language.tag();
    let example = language.say(Text::new("Example: ", "例："));
    let facet = language.say(Text::new("Facet · ", "维度 · "));
    let indicators: Vec<&str> = code
        .indicators
        .iter()
        .map(|indicator| indicator.expression.as_str())
        .collect();
    let mut paragraphs = vec![
        ("", code.definition.get(&tag).to_owned()),
        (
            language.say(Text::new("When to apply: ", "何时使用：")),
            code.apply_when.get(&tag).to_owned(),
        ),
        (
            language.say(Text::new("When not to: ", "何时不用：")),
            code.not_when.get(&tag).to_owned(),
        ),
    ];
    paragraphs.extend(
        code.examples
            .iter()
            .map(|text| (example, text.get(&tag).to_owned())),
    );
    paragraphs.push((
        language.say(Text::new("Indicators: ", "指示词：")),
        indicators.join(language.say(SEMICOLON)),
    ));
    paragraphs.extend(
        code.facets
            .iter()
            .map(|own| (facet, facet_text(own, Some(language)))),
    );
    paragraphs
        .into_iter()
        .filter(|(_, text)| !text.trim().is_empty())
        .map(|(label, text)| Block::Text(format!("{label}{}", text.trim())))
        .collect()
}

/// The name of a code in a language, followed by its other names.
fn heading(code: &Code, language: UiLanguage) -> String {
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
