//! Sheets and codebooks taken in: rows become changes, and what they name for the first time is added and listed.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::coding::read_facets;
use crate::{
    app::{identity::Identities, import::speaker_mapping::Person, refusal::Refusal},
    import::{
        cases::{AttributeColumn, CaseSheet},
        codebook::{CodeFile, CodebookFile, FacetFile},
        codings::CodingSheet,
        documents::DocumentSheet,
    },
    log::change::{AttributeEdit, CaseEdit, Change, DocumentEdit, Edit, Holder},
    message::{language::UiLanguage, text::Text},
    model::{
        Project,
        attribute::{Attribute, AttributeKind, AttributeOf, AttributeValue},
        case::{Case, CaseKind},
        code::{Code, Place},
        coder::Coder,
        coding::{Coding, Origin},
        document::Document,
        facet::Facet,
        ids::{AttributeId, CaseId, CodeId, CoderId, PhaseId},
        memo::{Anchor, Memo, MemoKind},
        phase::Phase,
        rank::Rank,
    },
};

/// What taking a sheet in makes: the changes, and what was named for the first time.
#[derive(Debug, Default)]
pub struct Taken {
    /// The changes; none when the project has it all.
    pub changes: Vec<Change>,
    /// Names of what was added beyond the rows themselves, by what it is.
    pub added: Vec<(Thing, String)>,
    /// Rows that were there already and stay as they are.
    pub unchanged: usize,
    /// Rows that are new, or changed something.
    pub rows: usize,
}

/// What a sheet can name for the first time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Thing {
    /// A phase.
    Phase,
    /// A case.
    Case,
    /// A coder.
    Coder,
    /// A code.
    Code,
    /// An attribute, with its kind.
    Attribute,
}

impl Thing {
    /// Its name.
    pub const fn text(self) -> Text {
        match self {
            Self::Phase => Text::new("phase", "阶段"),
            Self::Case => Text::new("case", "个案"),
            Self::Coder => Text::new("coder", "编码员"),
            Self::Code => Text::new("code", "编码"),
            Self::Attribute => Text::new("attribute", "属性"),
        }
    }
}

/// A project that grows while a sheet is read, so that later rows find what earlier ones named.
pub(super) struct Draft<'a> {
    project: Project,
    pub(super) ids: &'a mut Identities,
    pub(super) taken: Taken,
    file: String,
}

impl<'a> Draft<'a> {
    pub(super) fn new(project: &Project, ids: &'a mut Identities, file: &str) -> Self {
        Self {
            project: project.clone(),
            ids,
            taken: Taken::default(),
            file: file.to_owned(),
        }
    }

    fn row(&self, row: usize) -> impl Fn(Refusal) -> Refusal + use<> {
        let file = self.file.clone();
        move |reason| Refusal::Row {
            file: file.clone(),
            row,
            reason: Box::new(reason),
        }
    }

    pub(super) fn phase(&mut self, name: &str) -> PhaseId {
        if let Some(phase) = self.project.phase_by_name(name) {
            return phase.id;
        }
        let rank = Rank::after(self.project.phases.values().map(|phase| &phase.rank));
        let phase = Phase {
            id: self.ids.id(),
            name: name.to_owned(),
            rank,
        };
        self.taken.added.push((Thing::Phase, name.to_owned()));
        self.taken.changes.push(Change::PhaseAdded(phase.clone()));
        self.project.phases.insert(phase.id, phase.clone());
        phase.id
    }

    pub(super) fn case(&mut self, name: &str, kind: &CaseKind) -> CaseId {
        if let Some(case) = self.project.case_by_name(name) {
            return case.id;
        }
        self.taken.added.push((Thing::Case, name.to_owned()));
        self.add_case(name, kind.clone(), None)
    }

    /// The person that a speaker is; `None` when its case has gone.
    pub(super) fn person(&mut self, person: Person) -> Option<CaseId> {
        let (name, below) = match person {
            Person::Known(id) => return Some(id).filter(|id| self.project.cases.contains_key(id)),
            Person::New { name, below } => (name, below),
        };
        if let Some(case) = self.project.case_by_name(&name) {
            return Some(case.id);
        }
        let parent = below.map(|below| self.case(&below, &CaseKind::family()));
        self.taken.added.push((Thing::Case, name.clone()));
        Some(self.add_case(&name, CaseKind::person(), parent))
    }

    fn add_case(&mut self, name: &str, kind: CaseKind, parent: Option<CaseId>) -> CaseId {
        let case = Case {
            id: self.ids.id(),
            name: name.to_owned(),
            kind,
            parent,
            values: BTreeMap::new(),
        };
        let id = case.id;
        self.taken
            .changes
            .push(Change::CaseAdded(Box::new(case.clone())));
        self.project.cases.insert(id, Arc::new(case));
        id
    }

    fn coder(&mut self, name: &str) -> CoderId {
        if let Some(coder) = self.project.coder_by_name(name) {
            return coder.id;
        }
        let coder = Coder {
            id: self.ids.id(),
            name: name.to_owned(),
        };
        self.taken.added.push((Thing::Coder, name.to_owned()));
        self.taken.changes.push(Change::CoderAdded(coder.clone()));
        self.project.coders.insert(coder.id, coder.clone());
        coder.id
    }

    /// The attributes of a sheet's columns with their phases; new ones are added, categories widened.
    fn columns(
        &mut self,
        columns: &[AttributeColumn],
        of: AttributeOf,
    ) -> Result<Vec<(AttributeId, Option<PhaseId>)>, Refusal> {
        let mut out = Vec::with_capacity(columns.len());
        for column in columns {
            let phase = column.phase.as_deref().map(|phase| self.phase(phase));
            let id = match self
                .project
                .attribute_by_name(of, &column.name)
                .map(|attribute| attribute.id)
            {
                Some(id) => self.widen(id, column)?,
                None => self.add_attribute(column, of),
            };
            out.push((id, phase));
        }
        Ok(out)
    }

    fn add_attribute(&mut self, column: &AttributeColumn, of: AttributeOf) -> AttributeId {
        let rank = Rank::after(
            self.project
                .attributes
                .values()
                .map(|attribute| &attribute.rank),
        );
        let (name, kind, per_phase) = (
            column.name.clone(),
            column.kind.clone(),
            column.phase.is_some(),
        );
        let attribute = Attribute {
            id: self.ids.id(),
            name,
            definition: String::new(),
            of,
            kind,
            per_phase,
            rank,
        };
        self.taken.added.push((
            Thing::Attribute,
            format!(
                "{} ({})",
                attribute.name,
                UiLanguage::English.say(kind_name(&attribute.kind))
            ),
        ));
        self.taken
            .changes
            .push(Change::AttributeAdded(attribute.clone()));
        let id = attribute.id;
        self.project.attributes.insert(id, attribute);
        id
    }

    fn widen(&mut self, id: AttributeId, column: &AttributeColumn) -> Result<AttributeId, Refusal> {
        let Some(attribute) = self.project.attributes.get_mut(&id) else {
            return Ok(id);
        };
        if attribute.per_phase != column.phase.is_some() {
            let name = attribute.name.clone();
            return Err(if attribute.per_phase {
                Refusal::PhaseWanted(name)
            } else {
                Refusal::PhaseUnwanted(name)
            });
        }
        match (&attribute.kind, &column.kind) {
            (has, given) if has == given => Ok(id),
            (AttributeKind::Text, _) => Ok(id),
            (AttributeKind::Category(has), AttributeKind::Category(given)) => {
                let all: Vec<String> = has
                    .iter()
                    .chain(given.iter().filter(|value| !has.contains(value)))
                    .cloned()
                    .collect();
                if all.len() > has.len() {
                    let edit = AttributeEdit::Kind(Edit::new(
                        attribute.kind.clone(),
                        AttributeKind::Category(all.clone()),
                    ));
                    self.taken.changes.push(Change::AttributeEdited {
                        attribute: id,
                        edit,
                    });
                    attribute.kind = AttributeKind::Category(all);
                }
                Ok(id)
            }
            (AttributeKind::Category(_), AttributeKind::Text)
            | (_, AttributeKind::Category(_) | AttributeKind::Text) => {
                // Columns of few rows are guessed narrowly or widely; the values themselves decide.
                Ok(id)
            }
            (has, given) => Err(Refusal::KindClash {
                name: attribute.name.clone(),
                has: kind_name(has),
                given: kind_name(given),
            }),
        }
    }

    /// Sets the values of a row that differ from what is there.
    fn values(
        &mut self,
        holder: Holder,
        columns: &[(AttributeId, Option<PhaseId>)],
        values: &[Option<AttributeValue>],
    ) -> Result<bool, Refusal> {
        let mut changed = false;
        for (&(attribute, phase), value) in columns.iter().zip(values) {
            let Some(value) = value else { continue };
            let Some(found) = self.project.attributes.get(&attribute) else {
                continue;
            };
            let text = value.to_text();
            let value = found.kind.parse(&text).ok_or_else(|| Refusal::BadValue {
                field: found.name.clone(),
                value: text,
                takes: super::cases::accepted_values(&found.kind),
            })?;
            let present = match holder {
                Holder::Case(id) => self
                    .project
                    .cases
                    .get(&id)
                    .and_then(|case| case.values.get(&(attribute, phase))),
                Holder::Document(id) => self
                    .project
                    .documents
                    .get(&id)
                    .and_then(|document| document.values.get(&(attribute, phase))),
            };
            if present != Some(&value) {
                let value = Edit::new(present.cloned(), Some(value));
                self.taken.changes.push(Change::ValueSet {
                    holder,
                    attribute,
                    phase,
                    value,
                });
                changed = true;
            }
        }
        Ok(changed)
    }

    fn count(&mut self, changed: bool) {
        if changed {
            self.taken.rows += 1
        } else {
            self.taken.unchanged += 1
        }
    }
}

/// The name of a kind of attribute.
pub const fn kind_name(kind: &AttributeKind) -> Text {
    match kind {
        AttributeKind::Text => Text::new("text", "文字"),
        AttributeKind::Number => Text::new("number", "数字"),
        AttributeKind::Date => Text::new("date", "日期"),
        AttributeKind::YesNo => Text::new("yes/no", "是/否"),
        AttributeKind::Category(_) => Text::new("category", "类别"),
    }
}

/// Takes in a sheet of cases: new ones are added, those of the same name get what differs.
///
/// # Errors
/// With the row that can't be taken in.
pub fn take_cases(
    project: &Project,
    ids: &mut Identities,
    sheet: &CaseSheet,
) -> Result<Taken, Refusal> {
    let mut draft = Draft::new(project, ids, &sheet.file);
    let columns = draft.columns(&sheet.columns, AttributeOf::Cases)?;
    let in_sheet: BTreeSet<&str> = sheet.rows.iter().map(|row| row.name.as_str()).collect();
    let parents: BTreeSet<&str> = sheet
        .rows
        .iter()
        .filter_map(|row| row.parent.as_deref())
        .collect();
    let mut changed: BTreeSet<CaseId> = BTreeSet::new();
    let mut rows = Vec::with_capacity(sheet.rows.len());
    for row in &sheet.rows {
        let default = if row.parent.is_some() && !parents.contains(row.name.as_str()) {
            CaseKind::person()
        } else {
            CaseKind::family()
        };
        let kind = row.kind.clone().map_or(default, CaseKind);
        let known = draft
            .project
            .case_by_name(&row.name)
            .map(|case| (case.id, case.kind.clone()));
        let id = match known {
            Some((id, has)) => {
                if row.kind.is_some() && has != kind {
                    draft.taken.changes.push(Change::CaseEdited {
                        case: id,
                        edit: CaseEdit::Kind(Edit::new(has, kind)),
                    });
                    changed.insert(id);
                }
                id
            }
            None => {
                let id = draft.add_case(&row.name, kind, None);
                changed.insert(id);
                id
            }
        };
        rows.push((id, row));
    }
    for (id, row) in rows {
        if let Some(parent) = &row.parent {
            let parent = if in_sheet.contains(parent.as_str()) {
                draft.project.case_by_name(parent).map(|case| case.id)
            } else {
                None
            }
            .unwrap_or_else(|| draft.case(parent, &CaseKind::family()));
            let from = draft.project.cases.get(&id).and_then(|case| case.parent);
            if from != Some(parent) {
                if draft.project.case_is_within(parent, id) {
                    return Err(draft.row(row.row)(Refusal::Cycle(row.name.clone())));
                }
                draft.taken.changes.push(Change::CaseEdited {
                    case: id,
                    edit: CaseEdit::Parent(Edit::new(from, Some(parent))),
                });
                if let Some(case) = draft.project.cases.get_mut(&id) {
                    Arc::make_mut(case).parent = Some(parent);
                }
                changed.insert(id);
            }
        }
        let refuse = draft.row(row.row);
        let set = draft
            .values(Holder::Case(id), &columns, &row.values)
            .map_err(refuse)?;
        draft.count(set || changed.contains(&id));
    }
    Ok(draft.taken)
}

/// Takes in a sheet of documents: links, phases, speakers and attributes of documents that are in already.
///
/// # Errors
/// With the row that can't be taken in.
pub fn take_documents(
    project: &Project,
    ids: &mut Identities,
    sheet: &DocumentSheet,
) -> Result<Taken, Refusal> {
    let mut draft = Draft::new(project, ids, &sheet.file);
    let columns = draft.columns(&sheet.columns, AttributeOf::Documents)?;
    let titles: BTreeMap<&str, &Arc<Document>> = project
        .documents
        .values()
        .map(|document| (document.title.as_str(), document))
        .collect();
    for row in &sheet.rows {
        let refuse = draft.row(row.row);
        let document = titles
            .get(row.document.as_str())
            .ok_or_else(|| refuse(Refusal::NoDocument(row.document.clone())))?;
        let before = draft.taken.changes.len();
        let edited = |edit| Change::DocumentEdited {
            document: document.id,
            edit,
        };
        for case in &row.cases {
            let case = draft.case(case, &CaseKind::family());
            if !document.cases.contains(&case) {
                draft.taken.changes.push(edited(DocumentEdit::Case {
                    case,
                    belongs: Edit::new(false, true),
                }));
            }
        }
        if let Some(phase) = &row.phase {
            let phase = Some(draft.phase(phase));
            if document.phase != phase {
                draft
                    .taken
                    .changes
                    .push(edited(DocumentEdit::Phase(Edit::new(
                        document.phase,
                        phase,
                    ))));
            }
        }
        for (label, case) in &row.speakers {
            let speaker = (0u16..)
                .zip(&document.speakers)
                .find(|(_, speaker)| speaker.label == *label);
            let has = || {
                document
                    .speakers
                    .iter()
                    .map(|speaker| speaker.label.clone())
                    .collect::<Vec<_>>()
            };
            let unknown = || Refusal::BadValue {
                field: "speakers".to_owned(),
                value: label.clone(),
                takes: has().into(),
            };
            let (index, speaker) = speaker.ok_or_else(|| refuse(unknown()))?;
            let case = Some(draft.case(case, &CaseKind::person()));
            if speaker.case != case {
                draft.taken.changes.push(edited(DocumentEdit::SpeakerCase {
                    speaker: index,
                    case: Edit::new(speaker.case, case),
                }));
            }
        }
        let set = draft
            .values(Holder::Document(document.id), &columns, &row.values)
            .map_err(refuse)?;
        let changed = set || draft.taken.changes.len() > before;
        draft.count(changed);
    }
    Ok(draft.taken)
}

/// Takes in a sheet of codings; unknown coders are added, unknown codes refused unless they may be made.
///
/// # Errors
/// With the row that can't be taken in; nothing is then.
pub fn take_codings(
    project: &Project,
    ids: &mut Identities,
    sheet: &CodingSheet,
    create_codes: CreateCodes,
) -> Result<Taken, Refusal> {
    let mut draft = Draft::new(project, ids, &sheet.file);
    let first_row = |wanted: &dyn Fn(&crate::import::codings::CodingRow) -> bool| {
        sheet
            .rows
            .iter()
            .find(|row| wanted(row))
            .map_or(1, |row| row.row)
    };
    let coders: Vec<CoderId> = sheet.coders.iter().map(|name| draft.coder(name)).collect();
    let mut codes = Vec::with_capacity(sheet.codes.len());
    for (index, name) in sheet.codes.iter().enumerate() {
        let refuse = draft.row(first_row(&|row| row.code == index));
        codes.push(draft.code(name, create_codes).map_err(refuse)?);
    }
    let titles: BTreeMap<&str, &Arc<Document>> = project
        .documents
        .values()
        .map(|document| (document.title.as_str(), document))
        .collect();
    let mut documents = Vec::with_capacity(sheet.documents.len());
    for (index, title) in sheet.documents.iter().enumerate() {
        let refuse = draft.row(first_row(&|row| row.document == index));
        documents.push(
            *titles
                .get(title.as_str())
                .ok_or_else(|| refuse(Refusal::NoDocument(title.clone())))?,
        );
    }
    let mut known = Known::of(&documents);
    draft.taken.changes.reserve(sheet.rows.len());
    for row in &sheet.rows {
        let (document, code, coder) = (documents[row.document], codes[row.code], coders[row.coder]);
        let refuse = draft.row(row.row);
        let range = super::coding::passage(document, row.range.start(), row.range.end())
            .map_err(&refuse)?;
        if !known.insert(row.document, (range.start(), range.end(), code, coder)) {
            draft.taken.unchanged += 1;
            continue;
        }
        let given = row
            .facets
            .iter()
            .map(|(facet, value)| (sheet.facets[*facet].as_str(), &**value));
        let facets = if row.facets.is_empty() {
            BTreeMap::new()
        } else {
            read_facets(&draft.project, code, given).map_err(&refuse)?
        };
        let coding = Coding {
            id: draft.ids.id(),
            range,
            code,
            coder,
            facets,
            origin: Origin::Hand,
        };
        let anchor = Anchor::Coding(document.id, coding.id);
        draft.taken.changes.push(Change::CodingAdded {
            document: document.id,
            coding,
        });
        draft.taken.rows += 1;
        if let Some(body) = &row.memo {
            let memo = Memo {
                id: draft.ids.id(),
                title: String::new(),
                body: body.to_string(),
                kind: MemoKind::Analytic,
                anchor,
                coder,
            };
            draft.taken.changes.push(Change::MemoAdded(Box::new(memo)));
        }
    }
    Ok(draft.taken)
}

/// Whether a sheet of codings may bring codes of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CreateCodes {
    /// Unknown codes are refused.
    No,
    /// Unknown codes are made.
    Yes,
}

/// The codings that a document has, by what makes two of them the same.
type Same = (u32, u32, CodeId, CoderId);

struct Known(Vec<BTreeSet<Same>>);

impl Known {
    fn of(documents: &[&Arc<Document>]) -> Self {
        let same = |coding: &Coding| {
            (
                coding.range.start(),
                coding.range.end(),
                coding.code,
                coding.coder,
            )
        };
        Self(
            documents
                .iter()
                .map(|document| document.codings.iter().map(same).collect())
                .collect(),
        )
    }

    fn insert(&mut self, document: usize, same: Same) -> bool {
        self.0[document].insert(same)
    }
}

impl Draft<'_> {
    /// The code of a name or path, made where that is allowed.
    fn code(&mut self, name: &str, create: CreateCodes) -> Result<CodeId, Refusal> {
        use crate::model::codebook::CodeNotFound;
        match self.project.codebook.find(name) {
            Ok(id) => Ok(id),
            Err(CodeNotFound::Unknown(_)) if create == CreateCodes::Yes => self.make_code(name),
            Err(other) => Err(other.into()),
        }
    }

    fn make_code(&mut self, path: &str) -> Result<CodeId, Refusal> {
        let mut parent = None;
        for name in path.split('/') {
            let present = self
                .project
                .codebook
                .children(parent)
                .into_iter()
                .find(|code| code.name.text == name.trim())
                .map(|code| code.id);
            parent = Some(match present {
                Some(id) => id,
                None => {
                    let change =
                        super::codebook::add_code(&self.project, self.ids, parent, name)?.pop();
                    let Some(Change::CodeAdded(code)) = change else {
                        continue;
                    };
                    let id = code.id;
                    self.insert_code(*code);
                    self.taken
                        .added
                        .push((Thing::Code, self.project.codebook.path(id)));
                    id
                }
            });
        }
        parent.ok_or(Refusal::NameMissing)
    }

    fn insert_code(&mut self, code: Code) {
        self.taken
            .changes
            .push(Change::CodeAdded(Box::new(code.clone())));
        self.project.codebook.codes.insert(code.id, Arc::new(code));
    }
}

/// Takes in a codebook: codes of the same path get what the file says of them, new ones are added below their parents.
///
/// # Errors
/// When a name can't be.
pub fn take_codebook(
    project: &Project,
    ids: &mut Identities,
    file: &str,
    book: &CodebookFile,
) -> Result<Taken, Refusal> {
    let mut draft = Draft::new(project, ids, file);
    draft.codes(None, &book.codes)?;
    Ok(draft.taken)
}

impl Draft<'_> {
    fn codes(&mut self, parent: Option<CodeId>, files: &[CodeFile]) -> Result<(), Refusal> {
        for file in files {
            let present = self
                .project
                .codebook
                .children(parent)
                .into_iter()
                .find(|code| code.name.text == file.name.text)
                .cloned();
            let id = match present {
                Some(code) => {
                    self.update_code(&code, file);
                    code.id
                }
                None => {
                    super::codebook::free_name(&self.project, parent, &file.name.text, None)?;
                    let code = self.code_from(file, self.project.codebook.last_place(parent));
                    self.taken.rows += 1;
                    let id = code.id;
                    self.insert_code(code);
                    id
                }
            };
            self.codes(Some(id), &file.codes)?;
        }
        Ok(())
    }

    fn code_from(&mut self, file: &CodeFile, place: Place) -> Code {
        let key = file.key.filter(|key| {
            self.project
                .codebook
                .codes
                .values()
                .all(|code| code.key != Some(*key))
        });
        let facets = file
            .facets
            .iter()
            .map(|facet| Facet {
                id: self.ids.id(),
                name: facet.name.clone(),
                kind: facet.kind.clone(),
            })
            .collect();
        Code {
            id: self.ids.id(),
            place,
            name: file.name.clone(),
            hue: file.hue,
            definition: file.definition.clone(),
            apply_when: file.apply_when.clone(),
            not_when: file.not_when.clone(),
            examples: file.examples.clone(),
            indicators: file.indicators.clone(),
            facets,
            key,
        }
    }

    /// Sets what the file says and the code doesn't; what the file leaves empty stays.
    fn update_code(&mut self, code: &Code, file: &CodeFile) {
        let mut new = code.clone();
        new.name.clone_from(&file.name);
        let texts = [
            (&mut new.definition, &file.definition),
            (&mut new.apply_when, &file.apply_when),
            (&mut new.not_when, &file.not_when),
        ];
        for (slot, text) in texts {
            if !text.is_empty() {
                slot.clone_from(text);
            }
        }
        if !file.examples.is_empty() {
            new.examples.clone_from(&file.examples);
        }
        if !file.indicators.is_empty() {
            new.indicators.clone_from(&file.indicators);
        }
        for FacetFile { name, kind } in &file.facets {
            match new
                .facets
                .iter_mut()
                .find(|facet| facet.name.text == name.text)
            {
                Some(facet) => (facet.name, facet.kind) = (name.clone(), kind.clone()),
                None => new.facets.push(Facet {
                    id: self.ids.id(),
                    name: name.clone(),
                    kind: kind.clone(),
                }),
            }
        }
        match super::codebook::set_code(&self.project, self.ids, new.clone()) {
            Ok(changes) => {
                self.taken.changes.extend(changes);
                self.project.codebook.codes.insert(new.id, Arc::new(new));
                self.taken.rows += 1;
            }
            Err(_nothing_differs) => self.taken.unchanged += 1,
        }
    }
}

/// The project's codebook as a file.
pub fn codebook_file(project: &Project) -> CodebookFile {
    CodebookFile {
        format: 1,
        name: project.title.clone(),
        language: project.language.clone(),
        codes: code_files(project, None),
        ..CodebookFile::default()
    }
}

fn code_files(project: &Project, parent: Option<CodeId>) -> Vec<CodeFile> {
    let file = |code: &Arc<Code>| CodeFile {
        name: code.name.clone(),
        hue: code.hue,
        definition: code.definition.clone(),
        apply_when: code.apply_when.clone(),
        not_when: code.not_when.clone(),
        examples: code.examples.clone(),
        indicators: code.indicators.clone(),
        facets: code
            .facets
            .iter()
            .map(|facet| FacetFile {
                name: facet.name.clone(),
                kind: facet.kind.clone(),
            })
            .collect(),
        key: code.key,
        codes: code_files(project, Some(code.id)),
    };
    project
        .codebook
        .children(parent)
        .into_iter()
        .map(file)
        .collect()
}
