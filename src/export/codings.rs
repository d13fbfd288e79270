//! The sheet of codings: one row a passage and code, with all that is known of where it stands and who says it.

use std::collections::BTreeMap;

use super::{
    ExportMaterial,
    cases::{self, Field, fields},
    codebook::languages,
    separated::Separated,
    table::{CellValue, ExportTable},
};
use crate::model::{
    Project,
    attribute::AttributeOf,
    coding::{Coding, Origin},
    document::{Content, Document},
    ids::{CaseId, CodeId, CoderId, CodingId},
    localized::Language,
    memo::{Anchor, Memo},
};

/// The columns that every project has, before those of attributes.
const PLACE: [&str; 4] = ["document", "case", "family", "phase"];
/// Who says it and who coded it.
const WHO: [&str; 6] = ["speaker", "person", "turn", "time", "coder", "made"];

/// The sheet of codings, by document and place in the text.
pub fn codings(material: ExportMaterial<'_>) -> ExportTable {
    let writer = Writer::new(material.project);
    let mut table = writer.header(material.language.pick("codings", "编码片段"));
    let mut rows = Vec::new();
    writer.each_row(material, |row| rows.push(row.to_vec()));
    table.rows = rows;
    table
}

/// The same sheet with commas or tabs, a document at a time: neither all its cells nor all texts are in memory at once.
pub fn codings_separated(material: ExportMaterial<'_>, delimiter: u8) -> Vec<u8> {
    let writer = Writer::new(material.project);
    let mut sheet = Separated::new(&writer.header("").columns, delimiter);
    writer.each_row(material, |row| sheet.row(row));
    sheet.finish()
}

/// What rows of the same document share.
struct OfDocument {
    place: Vec<CellValue>,
    /// The values that cases have, by the person who speaks; without one, those of the document's cases.
    of_cases: BTreeMap<Option<CaseId>, Vec<CellValue>>,
}

struct Writer<'a> {
    project: &'a Project,
    /// Paths of codes and names of coders, each made once.
    codes: BTreeMap<CodeId, CellValue>,
    coders: BTreeMap<CoderId, CellValue>,
    of_cases: Vec<Field>,
    of_documents: Vec<Field>,
    languages: Vec<Language>,
    facets: Vec<String>,
    memos: BTreeMap<CodingId, Vec<&'a Memo>>,
}

impl<'a> Writer<'a> {
    fn new(project: &'a Project) -> Self {
        let mut facets: Vec<String> = Vec::new();
        for facet in project
            .codebook
            .in_order()
            .into_iter()
            .flat_map(|(_, code)| &code.facets)
        {
            if !facets.contains(&facet.name.text) {
                facets.push(facet.name.text.clone());
            }
        }
        Self {
            project,
            codes: project
                .codebook
                .codes
                .keys()
                .map(|code| (*code, CellValue::text(project.codebook.path(*code))))
                .collect(),
            coders: project
                .coders
                .values()
                .map(|coder| (coder.id, CellValue::text(&coder.name)))
                .collect(),
            of_cases: fields(project, AttributeOf::Cases),
            of_documents: fields(project, AttributeOf::Documents),
            languages: languages(project).into_iter().collect(),
            facets,
            memos: memos(project),
        }
    }

    fn header(&self, name: &str) -> ExportTable {
        let mut table = ExportTable::new(name, &PLACE);
        // What every project has keeps its name; attributes and facets give way.
        let fixed: Vec<&str> = WHO
            .into_iter()
            .chain(["code", "start", "end", "quote", "memo", "origin"])
            .collect();
        let mut add = |name: &str, of: &str| {
            let taken = fixed.iter().any(|own| own.eq_ignore_ascii_case(name));
            table.add_column(
                &if taken {
                    format!("{name} ({of})")
                } else {
                    name.to_owned()
                },
                of,
            );
        };
        self.of_documents
            .iter()
            .for_each(|field| add(&field.name, "document"));
        self.of_cases
            .iter()
            .for_each(|field| add(&field.name, "case"));
        WHO.into_iter()
            .chain(["code"])
            .for_each(|name| table.columns.push(name.to_owned()));
        self.languages
            .iter()
            .for_each(|tag| table.add_column(&format!("code_{tag}"), "language"));
        for name in &self.facets {
            let taken = fixed.iter().any(|own| own.eq_ignore_ascii_case(name));
            table.add_column(
                &if taken {
                    format!("{name} (facet)")
                } else {
                    name.clone()
                },
                "facet",
            );
        }
        ["start", "end", "quote", "memo", "origin"]
            .into_iter()
            .for_each(|name| table.columns.push(name.to_owned()));
        table
    }

    /// What is the same for all codings of a document.
    fn place(&self, document: &Document) -> Vec<CellValue> {
        let family = self
            .project
            .family_of_document(document)
            .and_then(|id| self.project.cases.get(&id));
        let phase = document
            .phase
            .and_then(|phase| self.project.phases.get(&phase));
        let mut place = vec![
            CellValue::text(&document.title),
            CellValue::text(cases::names(self.project, &document.cases)),
            CellValue::text(family.map_or("", |family| &family.name)),
            CellValue::text(phase.map_or("", |phase| &phase.name)),
        ];
        place.extend(
            self.of_documents
                .iter()
                .map(|field| cases::value(&document.values, field)),
        );
        place
    }

    /// Hands over the rows one by one.
    fn each_row(&self, material: ExportMaterial<'_>, mut row_made: impl FnMut(&[CellValue])) {
        let mut row = Vec::new();
        for document in material.project.documents_in_order() {
            let content = material.content(document);
            let mut of = OfDocument {
                place: self.place(document),
                of_cases: BTreeMap::new(),
            };
            for coding in &document.codings {
                row.clear();
                self.row(document, &content, &mut of, coding, &mut row);
                row_made(&row);
            }
        }
    }

    fn row(
        &self,
        document: &Document,
        content: &Content,
        of: &mut OfDocument,
        coding: &Coding,
        row: &mut Vec<CellValue>,
    ) {
        let project = self.project;
        let turn = content.turn_at(coding.range.start());
        let speaker = turn.and_then(|(_, turn)| document.speakers.get(usize::from(turn.speaker?)));
        let person = speaker
            .and_then(|speaker| speaker.case)
            .filter(|id| project.cases.contains_key(id));
        let code = project.codebook.get(coding.code);
        row.extend_from_slice(&of.place);
        let of_cases = of.of_cases.entry(person).or_insert_with(|| {
            let cases: Vec<CaseId> = person.map_or_else(
                || document.cases.iter().copied().collect(),
                |person| vec![person],
            );
            self.of_cases
                .iter()
                .map(|field| self.value_of(&cases, field))
                .collect()
        });
        row.extend_from_slice(of_cases);
        row.push(CellValue::text(
            speaker.map_or("", |speaker| &speaker.label),
        ));
        row.push(CellValue::text(
            person
                .and_then(|id| project.cases.get(&id))
                .map_or("", |person| &person.name),
        ));
        row.push(turn.map_or(CellValue::Empty, |(index, _)| CellValue::count(index + 1)));
        row.push(
            turn.and_then(|(_, turn)| turn.at_millis)
                .map_or(CellValue::Empty, CellValue::Clock),
        );
        row.push(self.coders.get(&coding.coder).cloned().unwrap_or_default());
        row.push(
            coding
                .made_millis()
                .map_or(CellValue::Empty, CellValue::Moment),
        );
        row.push(self.codes.get(&coding.code).cloned().unwrap_or_default());
        let translated = |tag: &Language| {
            code.and_then(|code| code.name.translations.get(tag))
                .cloned()
        };
        row.extend(
            self.languages
                .iter()
                .map(|tag| CellValue::text(translated(tag).unwrap_or_default())),
        );
        row.extend(self.facets.iter().map(|name| {
            let facet =
                code.and_then(|code| code.facets.iter().find(|facet| facet.name.text == *name));
            facet
                .and_then(|facet| coding.facets.get(&facet.id))
                .map_or(CellValue::Empty, CellValue::facet)
        }));
        let memos: Vec<&str> = self
            .memos
            .get(&coding.id)
            .into_iter()
            .flatten()
            .map(|memo| memo.body.as_str())
            .collect();
        row.extend([
            CellValue::count(coding.range.start()),
            CellValue::count(coding.range.end()),
            CellValue::text(content.text.slice(coding.range).unwrap_or_default()),
            CellValue::text(memos.join("\n\n")),
            CellValue::text(origin(coding)),
        ]);
    }

    /// The value that cases have, each its own or that of the nearest case above it; several different ones are joined.
    fn value_of(&self, of: &[CaseId], field: &Field) -> CellValue {
        let own = |id: &CaseId| {
            let chain = std::iter::successors(self.project.cases.get(id), |case| {
                self.project.cases.get(&case.parent?)
            });
            let found = chain
                .take(self.project.cases.len())
                .find_map(|case| case.values.get(&field.key));
            found.map(CellValue::attribute)
        };
        let mut found: Vec<CellValue> = Vec::new();
        for value in of.iter().filter_map(own) {
            if !found.contains(&value) {
                found.push(value);
            }
        }
        match (found.pop(), found.is_empty()) {
            (None, _) => CellValue::Empty,
            (Some(only), true) => only,
            (Some(last), false) => CellValue::text(
                found
                    .iter()
                    .chain([&last])
                    .map(CellValue::plain)
                    .collect::<Vec<_>>()
                    .join("; "),
            ),
        }
    }
}

/// Memos of codings, oldest first.
pub(super) fn memos(project: &Project) -> BTreeMap<CodingId, Vec<&Memo>> {
    let mut memos: BTreeMap<CodingId, Vec<&Memo>> = BTreeMap::new();
    for memo in project.memos.values() {
        if let Anchor::Coding(_, coding) = memo.anchor {
            memos.entry(coding).or_default().push(memo);
        }
    }
    memos
}

/// How a coding came about.
pub(super) fn origin(coding: &Coding) -> String {
    match &coding.origin {
        Origin::Hand => "hand".to_owned(),
        Origin::Search(query) => format!("search: {query}"),
        Origin::Suggestion => "suggestion".to_owned(),
        Origin::Import(_) => "import".to_owned(),
    }
}
