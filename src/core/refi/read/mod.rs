//! REFI-QDA projects and codebooks of other programs, read into a [`Study`].
//!
//! The XML of a file becomes one tree of elements ([`xml`]).
//! Its texts are collected together with the passages in them ([`sources`]), because only all of them together show how the file
//! counts positions ([`positions`]); then documents, cases, memos and links are put together by their GUIDs ([`reader`]).

mod archive;
mod cases;
mod coders;
mod codes;
mod notes;
mod passages;
mod pdf;
mod positions;
mod reader;
mod sets;
mod sources;
mod sync_points;
mod texts;
mod values;
mod variables;
mod xml;

use std::collections::BTreeMap;

use self::{
    archive::{Archive, damaged, xml_text},
    reader::ProjectReader,
    variables::VariableTable,
    xml::{Element, XmlTree},
};
use crate::{
    import::{ImportError, study::Study},
    message::text::Text,
};

/// The reason when the XML is of another kind.
const NO_PROJECT: Text = Text::new(
    "its XML isn't a REFI-QDA project",
    "其 XML 不是 REFI-QDA 项目",
);

/// Reads a project: a `.qdpx`, or its `.qde` alone.
///
/// A `.qde` alone has only the texts that are written into it; the others are reported as missing.
///
/// # Errors
/// One line that names the file and what is wrong with it: damaged, without a project or with two, or too large.
pub fn read_project(file: &str, bytes: &[u8]) -> Result<Study, ImportError> {
    let (mut archive, tree) = Archive::open(file, bytes)?;
    let root = tree.root().ok_or_else(|| damaged(file, NO_PROJECT))?;
    match root.name() {
        "Project" => {}
        "CodeBook" => return Ok(codebook(file, &tree, root)),
        _ => return Err(damaged(file, NO_PROJECT)),
    }
    let mut reader = ProjectReader::new(file, root);
    let variables = VariableTable::read(&mut reader);
    // Cases first: a code with the GUID of a case stands for the case.
    cases::announce(&mut reader);
    let codes: Vec<Element<'_>> = root
        .each("CodeBook")
        .flat_map(|book| book.listed("Codes", "Code"))
        .collect();
    codes::read(&mut reader, codes);
    let notes: BTreeMap<u128, Element<'_>> = root
        .listed("Notes", "Note")
        .map(|note| (values::identity(note), note))
        .collect();
    cases::mark_passages(&mut reader);
    let mut texts = sources::collect(&mut reader, &mut archive, &notes);
    let marked = texts.iter().map(|text| (&*text.raw, text.marked()));
    let choice = positions::choose(marked, &reader.study.program);
    reader.study.positions = choice.found;
    let imported = texts::import_texts(&mut texts);
    for (text, imported) in texts.iter().zip(imported) {
        passages::document(&mut reader, &variables, choice.counting, text, imported);
    }
    // What refers to documents and passages comes after them.
    cases::read(&mut reader, &variables);
    notes::read(&mut reader, &mut archive, &notes);
    sets::sets(&mut reader);
    sets::graphs(&mut reader);
    reader.report_unused_passages();
    tree.note_unknown(&mut reader.study.losses);
    Ok(reader.finish(variables.attributes))
}

/// Reads a codebook, a `.qdc`.
///
/// # Errors
/// One line that names the file, when its XML is damaged or is no codebook.
pub fn read_codebook(file: &str, bytes: &[u8]) -> Result<Study, ImportError> {
    if bytes.is_empty() {
        return Err(ImportError::Empty(file.to_owned()));
    }
    let tree = XmlTree::read(file, &xml_text(file, bytes)?)?;
    match tree.root() {
        Some(root) if root.name() == "CodeBook" => Ok(codebook(file, &tree, root)),
        _ => Err(damaged(
            file,
            Text::new(
                "its XML isn't a REFI-QDA codebook",
                "其 XML 不是 REFI-QDA 编码本",
            ),
        )),
    }
}

fn codebook(file: &str, tree: &XmlTree, root: Element<'_>) -> Study {
    let mut reader = ProjectReader::new(file, root);
    codes::read(&mut reader, root.listed("Codes", "Code").collect());
    sets::sets(&mut reader);
    tree.note_unknown(&mut reader.study.losses);
    reader.finish(Vec::new())
}
