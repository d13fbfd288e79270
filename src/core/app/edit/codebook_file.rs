//! Codebooks as files: import and export.

use super::{
    codebook::{code_with_key, edits_of, free_name},
    project,
    sheets::SheetReport,
    transaction::Transaction,
};
use crate::{
    app::{names::is_same_name, refusal::Refusal},
    import::codebook::{CodeFile, CodebookFile, FacetFile},
    log::change::Change,
    model::{
        Project,
        code::Code,
        facet::Facet,
        ids::CodeId,
        localized::{Language, Localized},
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
    import_codes(tx, &mut report, None, &book.codes)?;
    Ok(report)
}

fn import_codes(
    tx: &mut Transaction<'_>,
    report: &mut SheetReport,
    parent: Option<CodeId>,
    files: &[CodeFile],
) -> Result<(), Refusal> {
    for file in files {
        let children = tx.project().codebook.children(parent);
        let name = &file.name.text;
        let exact = children.iter().find(|code| code.name.text == *name);
        let known = exact.or_else(|| {
            let mut siblings = children.iter();
            siblings.find(|code| is_same_name(&code.name.text, name))
        });
        let id = if let Some(code) = known {
            let code = Code::clone(code);
            let edits = edits_of(&code, &updated(tx, &code, file));
            report.count(!edits.is_empty());
            tx.record_all(edits);
            code.id
        } else {
            free_name(tx.project(), parent, &file.name.text, None)?;
            let code = new_code(tx, parent, file);
            let id = code.id;
            report.count(true);
            tx.record(Change::CodeAdded(Box::new(code)));
            id
        };
        import_codes(tx, report, Some(id), &file.codes)?;
    }
    Ok(())
}

fn new_code(tx: &mut Transaction<'_>, parent: Option<CodeId>, file: &CodeFile) -> Code {
    let key = file.key;
    Code {
        place: tx.project().codebook.last_place(parent),
        key: key.filter(|key| code_with_key(tx.project(), *key).is_none()),
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
    CodebookFile {
        format: 1,
        name: project.title.clone(),
        language: project.language.clone(),
        codes: code_files(project, None),
        ..CodebookFile::default()
    }
}

fn code_files(project: &Project, parent: Option<CodeId>) -> Vec<CodeFile> {
    let codes = project.codebook.children(parent).into_iter();
    codes.map(|code| code_file(project, code)).collect()
}

fn code_file(project: &Project, code: &Code) -> CodeFile {
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
        codes: code_files(project, Some(code.id)),
    }
}
