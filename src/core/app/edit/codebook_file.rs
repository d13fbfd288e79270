//! Codebooks as files: import and export.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    codebook::{edits_of, name_of_code},
    project,
    sheets::SheetReport,
    transaction::Transaction,
};
use crate::{
    app::{names::is_same_name, refusal::Refusal},
    import::codebook::{CodeFile, CodebookFile, FacetFile},
    language::fold::fold,
    log::change::Change,
    model::{
        Project,
        code::{Code, CodePlace},
        facet::Facet,
        ids::CodeId,
        localized::{Language, Localized},
        rank::Rank,
    },
};

/// Imports a codebook: codes of the same path get what the file says of them, new ones are added
/// below their parents. An empty project also takes over the codebook's language.
///
/// # Errors
/// When a name can't be used.
pub(crate) fn import_codebook(
    tx: &mut Transaction<'_>,
    book: &CodebookFile,
) -> Result<SheetReport, Refusal> {
    let mut report = SheetReport::default();
    // English is the default of a file that names no language.
    if tx.project().codebook.codes.is_empty() && book.language != Language::default() {
        project::set_language(tx, book.language.clone());
    }
    let mut known = KnownCodes::of(tx.project());
    import_codes(tx, &mut known, &mut report, None, &book.codes)?;
    Ok(report)
}

/// The codes that are there, so that each code of a file is looked up once however many there are.
struct KnownCodes {
    /// Codes by parent and folded name, in their order.
    by_name: BTreeMap<(Option<CodeId>, String), Vec<CodeId>>,
    /// The place of the last code below each code.
    last: BTreeMap<Option<CodeId>, Rank>,
    /// The keys that are taken.
    keys: BTreeSet<char>,
}

impl KnownCodes {
    fn of(project: &Project) -> Self {
        let mut known = Self {
            by_name: BTreeMap::new(),
            last: BTreeMap::new(),
            keys: BTreeSet::new(),
        };
        for (_, code) in project.codebook.in_order() {
            known.add(code);
        }
        known
    }

    /// Adds a code that comes after all others below its parent.
    fn add(&mut self, code: &Code) {
        let CodePlace { parent, rank } = &code.place;
        let name = (*parent, fold(&code.name.text));
        self.by_name.entry(name).or_default().push(code.id);
        self.last.insert(*parent, rank.clone());
        self.keys.extend(code.key);
    }

    /// The code below `parent` that has a name, or else one that people take for the same.
    fn find(&self, project: &Project, parent: Option<CodeId>, name: &str) -> Option<Arc<Code>> {
        let ids = self.by_name.get(&(parent, fold(name)))?;
        let codes = || ids.iter().filter_map(|id| project.codebook.get(*id));
        let exact = codes().find(|code| code.name.text == *name);
        let found = exact.or_else(|| codes().find(|code| is_same_name(&code.name.text, name)));
        found.cloned()
    }

    /// The place after the last code below `parent`.
    fn last_place(&self, parent: Option<CodeId>) -> CodePlace {
        let rank = Rank::between(self.last.get(&parent), None);
        CodePlace { parent, rank }
    }
}

fn import_codes(
    tx: &mut Transaction<'_>,
    known: &mut KnownCodes,
    report: &mut SheetReport,
    parent: Option<CodeId>,
    files: &[CodeFile],
) -> Result<(), Refusal> {
    for file in files {
        let found = known.find(tx.project(), parent, &file.name.text);
        let id = if let Some(code) = found {
            let edits = edits_of(&code, &updated(tx, &code, file));
            report.count(!edits.is_empty());
            tx.record_all(edits);
            code.id
        } else {
            name_of_code(&file.name.text)?;
            let code = new_code(tx, known, parent, file);
            known.add(&code);
            let id = code.id;
            report.count(true);
            tx.record(Change::CodeAdded(Box::new(code)));
            id
        };
        import_codes(tx, known, report, Some(id), &file.codes)?;
    }
    Ok(())
}

fn new_code(
    tx: &mut Transaction<'_>,
    known: &KnownCodes,
    parent: Option<CodeId>,
    file: &CodeFile,
) -> Code {
    Code {
        place: known.last_place(parent),
        key: file.key.filter(|key| !known.keys.contains(key)),
        facets: file
            .facets
            .iter()
            .map(|facet| new_facet(tx, facet))
            .collect(),
        id: tx.id(),
        name: file.name.clone(),
        hue: file.hue,
        definition: file.definition.clone(),
        apply_when: file.apply_when.clone(),
        not_when: file.not_when.clone(),
        examples: file.examples.clone(),
        indicators: file.indicators.clone(),
    }
}

fn new_facet(tx: &mut Transaction<'_>, file: &FacetFile) -> Facet {
    Facet {
        id: tx.id(),
        name: file.name.clone(),
        kind: file.kind.clone(),
    }
}

/// A code with what the file says of it; what the file leaves empty stays.
fn updated(tx: &mut Transaction<'_>, code: &Code, file: &CodeFile) -> Code {
    let mut new = code.clone();
    new.name.clone_from(&file.name);
    replace_unless_empty(&mut new.definition, &file.definition);
    replace_unless_empty(&mut new.apply_when, &file.apply_when);
    replace_unless_empty(&mut new.not_when, &file.not_when);
    if !file.examples.is_empty() {
        new.examples.clone_from(&file.examples);
    }
    if !file.indicators.is_empty() {
        new.indicators.clone_from(&file.indicators);
    }
    for facet in &file.facets {
        let mut own = new.facets.iter_mut();
        match own.find(|own| own.name.text == facet.name.text) {
            Some(own) => (own.name, own.kind) = (facet.name.clone(), facet.kind.clone()),
            None => new.facets.push(new_facet(tx, facet)),
        }
    }
    new
}

fn replace_unless_empty(text: &mut Localized, new: &Localized) {
    if !new.is_empty() {
        text.clone_from(new);
    }
}

/// The project's codebook as a file.
pub fn codebook_file(project: &Project) -> CodebookFile {
    let mut below: BTreeMap<Option<CodeId>, Vec<&Code>> = BTreeMap::new();
    for (_, code) in project.codebook.in_order() {
        below.entry(code.place.parent).or_default().push(code);
    }
    CodebookFile {
        format: 1,
        name: project.title.clone(),
        language: project.language.clone(),
        codes: code_files(&below, None),
        ..CodebookFile::default()
    }
}

/// The codes below one, which `below` has by their parent and in order.
fn code_files(
    below: &BTreeMap<Option<CodeId>, Vec<&Code>>,
    parent: Option<CodeId>,
) -> Vec<CodeFile> {
    let codes = below.get(&parent).into_iter().flatten();
    codes
        .map(|code| code_file(code, code_files(below, Some(code.id))))
        .collect()
}

fn code_file(code: &Code, codes: Vec<CodeFile>) -> CodeFile {
    let facets = code.facets.iter().map(|facet| FacetFile {
        name: facet.name.clone(),
        kind: facet.kind.clone(),
    });
    CodeFile {
        name: code.name.clone(),
        hue: code.hue,
        definition: code.definition.clone(),
        apply_when: code.apply_when.clone(),
        not_when: code.not_when.clone(),
        examples: code.examples.clone(),
        indicators: code.indicators.clone(),
        facets: facets.collect(),
        key: code.key,
        codes,
    }
}
