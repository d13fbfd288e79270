//! A written `.qdpx`, read back: its elements, files and losses, and what holds of every one.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{Cursor, Read as _},
    process::Command,
    sync::Arc,
};

use quick_xml::events::Event;
use tain::{
    import::loss::Losses,
    model::{
        Project,
        document::{Content, Document},
        ids::Id,
        text::ContentHash,
    },
    refi::write::{QdpxSource, Variant, write_project},
};

use crate::formats::data;

pub(crate) const VARIANTS: [Variant; 3] = [Variant::Standard, Variant::NVivo, Variant::AtlasTi];
pub(crate) const PDF: &[u8] = b"%PDF-1.4 invented";
pub(crate) const WORD: &[u8] = b"PK\x03\x04 invented";
pub(crate) const PICTURE: &[u8] = b"\x89PNG invented";

/// An element as it is read back.
#[derive(Debug, Default, Clone)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: BTreeMap<String, String>,
    pub(crate) children: Vec<Self>,
    pub(crate) words: String,
}

impl Element {
    pub(crate) fn parse(xml: &str) -> Self {
        let mut reader = quick_xml::Reader::from_str(xml);
        let mut open = vec![Self::default()];
        loop {
            match reader.read_event().unwrap() {
                Event::Start(start) => open.push(Self::begun(&start)),
                Event::Empty(start) => open.last_mut().unwrap().children.push(Self::begun(&start)),
                Event::End(_) => {
                    let ended = open.pop().unwrap();
                    open.last_mut().unwrap().children.push(ended);
                }
                Event::Text(text) => open.last_mut().unwrap().words.push_str(&text),
                Event::GeneralRef(entity) => {
                    let name: &str = &entity;
                    let resolved = quick_xml::escape::unescape(&format!("&{name};"))
                        .unwrap()
                        .into_owned();
                    open.last_mut().unwrap().words.push_str(&resolved);
                }
                Event::Eof => break,
                _ => {}
            }
        }
        let root = open.pop().unwrap();
        root.children.into_iter().next().unwrap()
    }

    pub(crate) fn begun(start: &quick_xml::events::BytesStart<'_>) -> Self {
        let attributes = start.attributes().map(|attribute| {
            let attribute = attribute.unwrap();
            let value = quick_xml::escape::unescape(&attribute.value)
                .unwrap()
                .into_owned();
            (attribute.key.as_ref().to_owned(), value)
        });
        let name = start.name().as_ref().to_owned();
        Self {
            name,
            attributes: attributes.collect(),
            ..Self::default()
        }
    }

    pub(crate) fn get(&self, attribute: &str) -> &str {
        self.attributes.get(attribute).map_or("", String::as_str)
    }

    pub(crate) fn child(&self, name: &str) -> &Self {
        self.children
            .iter()
            .find(|child| child.name == name)
            .unwrap_or_else(|| panic!("no {name} in {}", self.name))
    }

    pub(crate) fn named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// All elements of a name, at any depth.
    pub(crate) fn all<'a>(&'a self, name: &str, found: &mut Vec<&'a Self>) {
        for child in &self.children {
            if child.name == name {
                found.push(child);
            }
            child.all(name, found);
        }
    }

    pub(crate) fn find(&self, name: &str) -> Vec<&Self> {
        let mut found = Vec::new();
        self.all(name, &mut found);
        found
    }

    pub(crate) fn each<'a>(&'a self, visit: &mut impl FnMut(&'a Self)) {
        visit(self);
        self.children.iter().for_each(|child| child.each(visit));
    }
}

/// A written file, opened.
pub(crate) struct Opened {
    pub(crate) bytes: Vec<u8>,
    pub(crate) files: BTreeMap<String, Vec<u8>>,
    pub(crate) root: Element,
    pub(crate) losses: Losses,
}

pub(crate) fn write(
    project: &Project,
    content: &dyn Fn(&Document) -> Option<Arc<Content>>,
    variant: Variant,
) -> Opened {
    let stored = |hash: ContentHash| {
        [PDF, WORD, PICTURE]
            .into_iter()
            .find(|bytes| ContentHash::of(bytes) == hash)
            .map(<[u8]>::to_vec)
    };
    let mut to = Cursor::new(Vec::new());
    let sources = QdpxSource {
        project,
        content,
        bytes: &stored,
    };
    let losses = write_project(&sources, variant, &mut to, &mut |done, of| done <= of).unwrap();
    let bytes = to.into_inner();
    let mut archive = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
    let mut files = BTreeMap::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        files.insert(entry.name().unwrap().into_owned(), content);
    }
    let root = Element::parse(std::str::from_utf8(&files["project.qde"]).unwrap());
    Opened {
        bytes,
        files,
        root,
        losses,
    }
}

/// The words of a selection by the rule of the program that the variant is for.
pub(crate) fn words_at(file: &[u8], variant: Variant, start: usize, end: usize) -> String {
    let text = std::str::from_utf8(file).unwrap();
    match variant {
        Variant::Standard => text.chars().skip(start).take(end - start).collect(),
        Variant::AtlasTi => text
            .replace("\r\n", "\n")
            .chars()
            .skip(start)
            .take(end - start)
            .collect(),
        Variant::NVivo => {
            let units: Vec<u16> = text
                .strip_prefix('\u{feff}')
                .unwrap()
                .encode_utf16()
                .collect();
            String::from_utf16(&units[start..end])
                .unwrap()
                .replace("\r\n", "\n")
        }
    }
}

pub(crate) fn file_of<'a>(opened: &'a Opened, path: &str) -> &'a [u8] {
    &opened.files[&format!("sources/{}", path.strip_prefix("internal://").unwrap())]
}

/// Selections of all sources and representations, each with its words.
pub(crate) fn selections(opened: &Opened, variant: Variant) -> Vec<(&Element, String)> {
    let mut found = Vec::new();
    for source in ["TextSource", "Representation"]
        .into_iter()
        .flat_map(|name| opened.root.find(name))
    {
        let file = file_of(opened, source.get("plainTextPath"));
        for selection in source.named("PlainTextSelection") {
            let at = |name: &str| selection.get(name).parse::<usize>().unwrap();
            found.push((
                selection,
                words_at(file, variant, at("startPosition"), at("endPosition")),
            ));
        }
    }
    found
}

pub(crate) fn guid<K>(id: Id<K>) -> String {
    id.to_string().to_uppercase()
}

/// Every coding of the project stands in the file with its words, code and coder, and no other does.
pub(crate) fn check_codings(
    project: &Project,
    content: &dyn Fn(&Document) -> Option<Arc<Content>>,
    opened: &Opened,
    variant: Variant,
) {
    let mut written = BTreeMap::new();
    for (selection, words) in selections(opened, variant) {
        let name = selection.get("name");
        let beginning: String = words
            .chars()
            .take(40)
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        assert_eq!(name.strip_suffix('…').unwrap_or(name), beginning);
        for coding in selection.named("Coding") {
            let said = (
                words.clone(),
                coding.child("CodeRef").get("targetGUID").to_owned(),
                coding.get("creatingUser").to_owned(),
            );
            assert!(
                written
                    .insert(coding.get("guid").to_owned(), said)
                    .is_none()
            );
        }
    }
    let mut expected = BTreeMap::new();
    for document in project.documents.values() {
        let content = content(document).unwrap();
        for coding in &document.codings {
            let words = content.text.slice(coding.range).unwrap().to_owned();
            expected.insert(
                guid(coding.id),
                (words, guid(coding.code), guid(coding.coder)),
            );
        }
    }
    assert_eq!(written, expected, "{variant:?}");
}

/// No GUID stands twice, and everything that is referred to is there.
pub(crate) fn check_guids(opened: &Opened) {
    let (mut own, mut others) = (BTreeSet::new(), BTreeSet::new());
    opened.root.each(&mut |element| {
        for (name, value) in &element.attributes {
            match name.as_str() {
                "guid" => assert!(own.insert(value.clone()), "{value} twice"),
                "targetGUID" | "originGUID" | "creatingUser" | "creatingUserGUID" => {
                    others.insert(value.clone());
                }
                "basePath" | "currentPath" => panic!("{name} tells of a home folder"),
                _ => {}
            }
        }
        let containers = [
            "Users",
            "CodeBook",
            "Codes",
            "Variables",
            "Cases",
            "Sources",
            "Notes",
            "Links",
            "Sets",
            "Graphs",
        ];
        assert!(
            !containers.contains(&element.name.as_str()) || !element.children.is_empty(),
            "{} is empty",
            element.name
        );
    });
    assert_eq!(
        others.difference(&own).collect::<Vec<_>>(),
        Vec::<&String>::new()
    );
    assert!(
        own.iter()
            .all(|guid| guid.len() == 36 && *guid == guid.to_uppercase())
    );
}

/// Checks a file against one of the official schemas; says so where those or xmllint are missing.
#[expect(clippy::print_stderr, reason = "says what was skipped")]
pub(crate) fn check_schema(schema: &str, xml: &[u8]) {
    let Some(schema) = data(&format!("qda/refi-standard/{schema}")) else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file.xml");
    std::fs::write(&file, xml).unwrap();
    match Command::new("xmllint")
        .arg("--noout")
        .arg("--schema")
        .arg(schema)
        .arg(&file)
        .output()
    {
        Ok(output) => assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        ),
        Err(error) => eprintln!("skipped: xmllint: {error}"),
    }
}
