//! The table of codings: one row for each coding, with its place, speaker, coder and text.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    ExportMaterial,
    cases::{ValueColumn, case_names, phase_name, value_columns},
    codebook::languages,
    separated::Separated,
};
use crate::{
    analysis::attribution::People,
    message::text::Text,
    model::{
        Project,
        attribute::AttributeOf,
        code::Code,
        coding::{Coding, Origin},
        document::{Content, Document},
        ids::{CaseId, CodeId, CoderId, CodingId},
        localized::Language,
        memo::{Anchor, Memo},
    },
    table::data::{CellValue, DataTable},
};

/// The columns before those of attributes.
const DOCUMENT_COLUMNS: [&str; 4] = ["document", "case", "family", "phase"];
/// The place of the family among them.
const FAMILY: usize = 2;
/// The columns between those of attributes and those of translations and facets.
const CODING_COLUMNS: [&str; 9] = [
    "speaker",
    "person",
    "about",
    "concerned",
    "turn",
    "time",
    "coder",
    "made",
    "code",
];
/// The last columns.
const TEXT_COLUMNS: [&str; 5] = ["start", "end", "quote", "memo", "origin"];

/// The table of codings, by document and position in the text.
pub fn codings(material: ExportMaterial<'_>) -> DataTable {
    let writer = CodingTable::new(material.project);
    let mut table = writer.header(material.language.say(Text::new("codings", "编码片段")));
    let mut rows = Vec::new();
    writer.each_row(material, |row| rows.push(row.to_vec()));
    table.rows = rows;
    table
}

/// Writes the table of codings as CSV or TSV.
///
/// It goes from document to document, so neither all cells nor all texts are in memory at once.
pub fn codings_separated(material: ExportMaterial<'_>, delimiter: u8) -> Vec<u8> {
    let writer = CodingTable::new(material.project);
    let mut sheet = Separated::new(&writer.header("").columns, delimiter);
    writer.each_row(material, |row| sheet.row(row));
    sheet.finish()
}

/// The cells that the codings of a document share.
struct DocumentCells {
    document: Vec<CellValue>,
    /// Its people.
    people: People,
    /// The names and values of the cases that codings are given to.
    of_cases: BTreeMap<BTreeSet<CaseId>, GivenCells>,
}

/// The cells of the cases that a coding is given to.
struct GivenCells {
    names: CellValue,
    family: CellValue,
    values: Vec<CellValue>,
}

/// What is computed once for all rows.
struct CodingTable<'a> {
    project: &'a Project,
    /// The paths of codes.
    codes: BTreeMap<CodeId, CellValue>,
    /// The names of coders.
    coders: BTreeMap<CoderId, CellValue>,
    case_columns: Vec<ValueColumn>,
    document_columns: Vec<ValueColumn>,
    languages: Vec<Language>,
    facets: Vec<String>,
    memos: BTreeMap<CodingId, Vec<&'a Memo>>,
}

impl<'a> CodingTable<'a> {
    fn new(project: &'a Project) -> Self {
        // Facets with the same name share a column, whichever code they belong to.
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
            case_columns: value_columns(project, AttributeOf::Cases),
            document_columns: value_columns(project, AttributeOf::Documents),
            languages: languages(project).into_iter().collect(),
            facets,
            memos: memos(project),
        }
    }

    fn header(&self, name: &str) -> DataTable {
        let mut table = DataTable::new(name, &DOCUMENT_COLUMNS);
        for column in &self.document_columns {
            add_variable(&mut table, &column.name, "document");
        }
        for column in &self.case_columns {
            add_variable(&mut table, &column.name, "case");
        }
        table.columns.extend(CODING_COLUMNS.map(str::to_owned));
        for tag in &self.languages {
            table.add_column(&format!("code_{tag}"), "language");
        }
        for facet in &self.facets {
            add_variable(&mut table, facet, "facet");
        }
        table.columns.extend(TEXT_COLUMNS.map(str::to_owned));
        table
    }

    /// The cells of a document, from its title to its attributes.
    fn document_cells(&self, document: &Document) -> Vec<CellValue> {
        let mut cells = vec![
            CellValue::text(&document.title),
            CellValue::text(case_names(self.project, &document.cases)),
            // The family is that of the coding.
            CellValue::Empty,
            CellValue::text(phase_name(self.project, document)),
        ];
        cells.extend(
            self.document_columns
                .iter()
                .map(|column| column.value(&document.values)),
        );
        cells
    }

    /// Calls `on_row` with each row in turn; the cells are valid until it returns.
    fn each_row(&self, material: ExportMaterial<'_>, mut on_row: impl FnMut(&[CellValue])) {
        let mut row = Vec::new();
        for document in material.project.documents_in_order() {
            let content = material.content(document);
            let mut shared = DocumentCells {
                document: self.document_cells(document),
                people: People::of(material.project, document),
                of_cases: BTreeMap::new(),
            };
            for coding in &document.codings {
                row.clear();
                self.row(document, &content, &mut shared, coding, &mut row);
                on_row(&row);
            }
        }
    }

    fn row(
        &self,
        document: &Document,
        content: &Content,
        shared: &mut DocumentCells,
        coding: &Coding,
        row: &mut Vec<CellValue>,
    ) {
        let project = self.project;
        let turn = content.turn_at(coding.range.start());
        let speaker = turn.and_then(|(_, turn)| document.speakers.get(usize::from(turn.speaker?)));
        let person = speaker
            .and_then(|speaker| speaker.case)
            .and_then(|id| project.cases.get(&id));
        row.extend_from_slice(&shared.document);
        let given = shared
            .people
            .concerned(&coding.about, &content.turns, coding.range)
            .0;
        let given = shared
            .of_cases
            .entry(given)
            .or_insert_with_key(|given| self.given_cells(given));
        row[FAMILY] = given.family.clone();
        row.extend_from_slice(&given.values);
        let time = turn.and_then(|(_, turn)| turn.at_millis);
        row.extend([
            CellValue::text(speaker.map_or("", |speaker| &speaker.label)),
            CellValue::text(person.map_or("", |person| &person.name)),
            CellValue::text(case_names(project, &coding.about)),
            given.names.clone(),
            turn.map_or(CellValue::Empty, |(index, _)| CellValue::count(index + 1)),
            time.map_or(CellValue::Empty, CellValue::Clock),
            self.coders.get(&coding.coder).cloned().unwrap_or_default(),
            coding
                .made_millis()
                .map_or(CellValue::Empty, CellValue::Moment),
            self.codes.get(&coding.code).cloned().unwrap_or_default(),
        ]);
        let code = project.codebook.get(coding.code).map(AsRef::as_ref);
        row.extend(self.languages.iter().map(|tag| {
            code.and_then(|code| code.name.translations.get(tag))
                .map_or(CellValue::Empty, CellValue::text)
        }));
        row.extend(
            self.facets
                .iter()
                .map(|name| facet_cell(code, coding, name)),
        );
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

    /// The names, families and values of the cases that a coding is given to.
    fn given_cells(&self, given: &BTreeSet<CaseId>) -> GivenCells {
        let cases: Vec<CaseId> = given.iter().copied().collect();
        let families: BTreeSet<CaseId> = given
            .iter()
            .map(|case| self.project.family_of(*case))
            .collect();
        GivenCells {
            names: CellValue::text(case_names(self.project, given)),
            family: CellValue::text(case_names(self.project, &families)),
            values: self
                .case_columns
                .iter()
                .map(|column| self.case_cell(&cases, column))
                .collect(),
        }
    }

    /// The values of several cases, joined if they differ.
    fn case_cell(&self, cases: &[CaseId], column: &ValueColumn) -> CellValue {
        let mut values: Vec<CellValue> = Vec::new();
        for value in cases
            .iter()
            .filter_map(|case| self.own_or_inherited(*case, column))
        {
            if !values.contains(&value) {
                values.push(value);
            }
        }
        match values.as_slice() {
            [] => CellValue::Empty,
            // A single value keeps its type.
            [only] => only.clone(),
            several => {
                let texts: Vec<_> = several.iter().map(CellValue::plain).collect();
                CellValue::text(texts.join("; "))
            }
        }
    }

    /// The value of a case, or that of the nearest case above it.
    fn own_or_inherited(&self, case: CaseId, column: &ValueColumn) -> Option<CellValue> {
        let chain = std::iter::successors(self.project.cases.get(&case), |case| {
            self.project.cases.get(&case.parent?)
        });
        // A merge can leave cases that contain each other; no chain is longer than the number of cases.
        chain
            .take(self.project.cases.len())
            .find_map(|case| case.values.get(&column.key))
            .map(CellValue::attribute)
    }
}

/// Adds the column of an attribute or facet; its name gives way to those that every project has.
fn add_variable(table: &mut DataTable, name: &str, of: &str) {
    let is_fixed = CODING_COLUMNS
        .iter()
        .chain(&TEXT_COLUMNS)
        .any(|fixed| fixed.eq_ignore_ascii_case(name));
    if is_fixed {
        table.add_column(&format!("{name} ({of})"), of);
    } else {
        table.add_column(name, of);
    }
}

fn facet_cell(code: Option<&Code>, coding: &Coding, name: &str) -> CellValue {
    code.and_then(|code| code.facets.iter().find(|facet| facet.name.text == *name))
        .and_then(|facet| coding.facets.get(&facet.id))
        .map_or(CellValue::Empty, CellValue::facet)
}

/// The memos on each coding, oldest first.
pub(super) fn memos(project: &Project) -> BTreeMap<CodingId, Vec<&Memo>> {
    let mut memos: BTreeMap<CodingId, Vec<&Memo>> = BTreeMap::new();
    for memo in project.memos.values() {
        if let Anchor::Coding(_, coding) = memo.anchor {
            memos.entry(coding).or_default().push(memo);
        }
    }
    memos
}

/// How a coding was made.
pub(super) fn origin(coding: &Coding) -> String {
    match &coding.origin {
        Origin::Hand => "hand".to_owned(),
        Origin::Search(query) => format!("search: {query}"),
        Origin::Suggestion => "suggestion".to_owned(),
        Origin::Import(_) => "import".to_owned(),
    }
}
