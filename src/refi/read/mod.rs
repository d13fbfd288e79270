//! Projects and codebooks of other programs, read into a [`Study`].
//!
//! The file's elements are one tree ([`xml`]); its texts are gathered with what is marked in them ([`sources`]) before it is settled
//! how positions are counted ([`positions`]), and then everything is put together by GUID.

mod archive;
mod cases;
mod coders;
mod codes;
mod notes;
mod passages;
mod pdf;
mod positions;
mod relations;
mod sources;
mod values;
mod variables;
mod xml;

use std::collections::{BTreeMap, BTreeSet};

use self::{
    archive::{Archive, damaged, xml_text},
    coders::Coders,
    variables::Variables,
    xml::{Element, Tree},
};
use crate::{
    import::{
        ImportError,
        loss::Lost,
        study::{Study, derived},
    },
    model::{
        ids::{CaseId, CodeId, DocumentId, Id, MemoId},
        memo::{Anchor, Memo, MemoKind},
    },
};

/// What is wrong with XML of another kind.
const NO_PROJECT: &str = "its XML is no REFI-QDA project";

/// Reads a project: a `.qdpx`, or the `.qde` of one that lies alone (its texts are then missing, unless they stand in it).
///
/// # Errors
/// One line that names the file and what is wrong with it: cut off, no project in it or two, XML that isn't whole, too large.
pub fn read_project(file: &str, bytes: &[u8]) -> Result<Study, ImportError> {
    let (mut archive, tree) = Archive::open(file, bytes)?;
    let root = tree.root().ok_or_else(|| damaged(file, NO_PROJECT))?;
    match root.name() {
        "Project" => {}
        "CodeBook" => return Ok(codebook(file, &tree, root)),
        _ => return Err(damaged(file, NO_PROJECT)),
    }
    let mut reading = Reading::new(file, root);
    let mut variables = Variables::read(&mut reading);
    cases::announce(&mut reading);
    let codes: Vec<Element<'_>> = root
        .each("CodeBook")
        .flat_map(|book| book.listed("Codes", "Code"))
        .collect();
    codes::read(&mut reading, codes);
    let notes: BTreeMap<u128, Element<'_>> = root
        .listed("Notes", "Note")
        .map(|note| (values::identity(note), note))
        .collect();
    cases::mark_passages(&mut reading);
    let mut texts = sources::gather(&mut reading, &mut archive, &notes);
    let marked = texts.iter().map(|text| (&*text.raw, text.marked()));
    let choice = positions::choose(marked, &reading.study.program);
    reading.study.positions = choice.found;
    let found = passages::turns(&mut texts);
    for text in texts.into_iter().zip(found) {
        passages::document(&mut reading, &mut variables, choice.counting, text);
    }
    cases::read(&mut reading, &mut variables);
    notes::read(&mut reading, &mut archive, &notes);
    relations::sets(&mut reading);
    relations::graphs(&mut reading);
    reading.unused_passages();
    tree.note_unknown(&mut reading.study.losses);
    Ok(reading.finish(variables))
}

/// Reads a codebook: a `.qdc`.
///
/// # Errors
/// One line that names the file, when it isn't whole XML or no codebook.
pub fn read_codebook(file: &str, bytes: &[u8]) -> Result<Study, ImportError> {
    if bytes.is_empty() {
        return Err(ImportError::Empty(file.to_owned()));
    }
    let tree = Tree::read(file, &xml_text(file, bytes)?)?;
    match tree.root() {
        Some(root) if root.name() == "CodeBook" => Ok(codebook(file, &tree, root)),
        _ => Err(damaged(file, "its XML is no REFI-QDA codebook")),
    }
}

fn codebook(file: &str, tree: &Tree, root: Element<'_>) -> Study {
    let mut reading = Reading::new(file, root);
    codes::read(&mut reading, root.listed("Codes", "Code").collect());
    relations::sets(&mut reading);
    tree.note_unknown(&mut reading.study.losses);
    let variables = Variables::default();
    reading.finish(variables)
}

/// What has been read of a project so far, and what is known by GUID.
struct Reading<'t> {
    root: Element<'t>,
    study: Study,
    coders: Coders,
    /// What GUIDs name; of passages and codings those that something refers to.
    things: BTreeMap<u128, Anchor>,
    /// GUIDs that links and cases refer to.
    referred: BTreeSet<u128>,
    /// Codes that stand for cases, as NVivo writes them.
    case_codes: BTreeMap<CodeId, CaseId>,
    codes: BTreeSet<CodeId>,
    /// Codings' GUIDs, so that none stands twice.
    codings: BTreeSet<u128>,
    /// Places of the study's documents by identity.
    documents: BTreeMap<DocumentId, usize>,
    /// What refers to a note, in the order of the file.
    referrers: BTreeMap<u128, Vec<Anchor>>,
    /// The passage of a note that is an annotation of a document's passage.
    annotated: BTreeMap<u128, Anchor>,
    /// Passages that cases and links name.
    named: BTreeSet<u128>,
    /// Passages with neither coding nor memo: their GUID and where they are.
    bare: Vec<(u128, String)>,
}

impl<'t> Reading<'t> {
    fn new(file: &str, root: Element<'t>) -> Self {
        let mut study = Study {
            file: file.to_owned(),
            ..Study::default()
        };
        study.program = root.get("origin").unwrap_or_default().trim().to_owned();
        study.title = root.get("name").unwrap_or_default().trim().to_owned();
        study.description = lines(root.description());
        let coders = Coders::read(root, &mut study.losses);
        let mut referrers: BTreeMap<u128, Vec<Anchor>> = BTreeMap::new();
        for note in root.each("NoteRef").filter_map(values::target) {
            referrers.entry(note).or_default().push(Anchor::Project);
        }
        let referring = ["SelectionRef", "Link"]
            .into_iter()
            .flat_map(|name| root.everywhere(name));
        let ends = |element| {
            ["targetGUID", "originGUID", "guid"].map(|name| values::reference(element, name))
        };
        let referred = referring.flat_map(ends).flatten().collect();
        Self {
            root,
            study,
            coders,
            referred,
            things: BTreeMap::new(),
            case_codes: BTreeMap::new(),
            codes: BTreeSet::new(),
            codings: BTreeSet::new(),
            documents: BTreeMap::new(),
            referrers,
            annotated: BTreeMap::new(),
            named: BTreeSet::new(),
            bare: Vec::new(),
        }
    }

    /// Takes a GUID for a thing of a kind; one that is taken already is replaced, and said.
    fn claim<K>(&mut self, guid: u128, kind: &str, taken: impl Fn(&Self, u128) -> bool) -> Id<K> {
        if !taken(self, guid) {
            return Id::from_u128(guid);
        }
        let written: Id<K> = Id::from_u128(guid);
        self.study
            .losses
            .note(Lost::SameIdentity, written.to_string());
        let other = |number: u32| -> Id<K> {
            derived(&["refi", kind, &written.to_string(), &number.to_string()])
        };
        (2..)
            .map(other)
            .find(|id| !taken(self, id.as_u128()))
            .unwrap_or(written)
    }

    /// Makes known what a passage's or coding's GUID names, where something refers to it.
    fn know(&mut self, guid: u128, anchor: Anchor) {
        if self.referred.contains(&guid) {
            self.things.entry(guid).or_insert(anchor);
        }
    }

    /// Notes what refers to notes.
    fn refer(&mut self, element: Element<'_>, anchor: Anchor) {
        for note in element.each("NoteRef").filter_map(values::target) {
            self.referrers.entry(note).or_default().push(anchor);
        }
    }

    /// A memo for words that stand in an element itself.
    fn describe(&mut self, element: Element<'_>, title: &str, anchor: Anchor) {
        let body = lines(element.description());
        if body.is_empty() {
            return;
        }
        let coder = self.coders.writer(&[element.get("creatingUser")]);
        let id: MemoId = derived(&[
            "refi",
            "description",
            &format!("{:032x}", values::identity(element)),
            &format!("{anchor:?}"),
        ]);
        let title = title.trim().to_owned();
        self.study.memos.push(Memo {
            id,
            title,
            body,
            kind: MemoKind::Analytic,
            anchor,
            coder,
        });
    }

    /// Notes passages on which nothing stands.
    fn unused_passages(&mut self) {
        for (guid, place) in std::mem::take(&mut self.bare) {
            if !self.named.contains(&guid) {
                self.study.losses.note(Lost::BarePassage, place);
            }
        }
    }

    fn finish(self, variables: Variables) -> Study {
        let mut study = self.study;
        study.coders = self.coders.all();
        study.attributes = variables.attributes;
        let mut links = BTreeSet::new();
        study.links.retain(|link| links.insert(link.id));
        let mut memos = BTreeSet::new();
        study.memos.retain(|memo| memos.insert(memo.id));
        study
    }
}

/// Words with line feeds only.
fn lines(text: &str) -> String {
    if memchr::memchr(b'\r', text.as_bytes()).is_none() {
        text.to_owned()
    } else {
        text.replace("\r\n", "\n").replace('\r', "\n")
    }
}
