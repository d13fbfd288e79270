//! The elements of an exchange file as one compact tree.
//!
//! A project can have millions of elements, so the tree keeps all values in one string and names elements by static strings.
//! Programs use various namespaces, so elements are known by their local names.
//! An element that REFI-QDA doesn't have is left out with all below it, and reported.
//! Entities other than XML's own are refused, and so is a document type, whose entities could expand without bound.

use crate::message::text::Text;
use std::collections::BTreeMap;

use quick_xml::{
    Reader,
    events::{BytesRef, BytesStart, Event},
};

use crate::import::{ImportError, loss::Losses, loss::Lost};

/// The elements that contain text, sorted.
const WORDS: &[&str] = &[
    "BooleanValue",
    "DateTimeValue",
    "DateValue",
    "Description",
    "FloatValue",
    "IntegerValue",
    "PlainTextContent",
    "TextValue",
];

/// The elements that contain others or nothing, sorted.
const ELEMENTS: &[&str] = &[
    "AudioSelection",
    "AudioSource",
    "Case",
    "Cases",
    "Code",
    "CodeBook",
    "CodeRef",
    "Codes",
    "Coding",
    "Edge",
    "Graph",
    "Graphs",
    "Link",
    "Links",
    "MemberCode",
    "MemberNote",
    "MemberSource",
    "Note",
    "NoteRef",
    "Notes",
    "PDFSelection",
    "PDFSource",
    "PictureSelection",
    "PictureSource",
    "PlainTextSelection",
    "Project",
    "Representation",
    "SelectionRef",
    "Set",
    "Sets",
    "SourceRef",
    "Sources",
    "SyncPoint",
    "TextDescription",
    "TextSource",
    "Transcript",
    "TranscriptSelection",
    "User",
    "Users",
    "Variable",
    "VariableRef",
    "VariableValue",
    "Variables",
    "Vertex",
    "VideoSelection",
    "VideoSource",
];

/// The attributes that are read, sorted.
const ATTRIBUTES: &[&str] = &[
    "begin",
    "color",
    "creatingUser",
    "creatingUserGUID",
    "creationDateTime",
    "currentPath",
    "direction",
    "end",
    "endPosition",
    "firstX",
    "firstY",
    "fromSyncPoint",
    "guid",
    "id",
    "isCodable",
    "name",
    "origin",
    "originGUID",
    "page",
    "path",
    "plainTextPath",
    "position",
    "richTextPath",
    "secondX",
    "secondY",
    "startPosition",
    "targetGUID",
    "timeStamp",
    "toSyncPoint",
    "typeOfVariable",
];

/// The limit for nested elements; a tree of codes is never that deep.
const DEEPEST: usize = 256;
/// The limit for elements and attributes together; a project with a million codings has half as many.
const MOST: usize = 24_000_000;

/// The range of a value in the string of all values, or of attributes in the list of all attributes.
///
/// 32 bits for each end keep a tree of millions of elements small.
#[derive(Debug, Clone, Copy, Default)]
struct ValueSpan {
    start: u32,
    end: u32,
}

#[derive(Debug)]
struct XmlNode {
    name: &'static str,
    attributes: ValueSpan,
    words: ValueSpan,
    first_child: u32,
    next: u32,
}

/// The index that stands for no element.
const NONE: u32 = u32::MAX;

/// The elements of a file.
#[derive(Debug, Default)]
pub(super) struct XmlTree {
    nodes: Vec<XmlNode>,
    /// The attributes of all elements, with their names as indices of [`ATTRIBUTES`].
    attributes: Vec<(u8, ValueSpan)>,
    values: String,
    /// The number of elements that were left out, by name.
    unknown: BTreeMap<String, usize>,
}

/// An element of a tree.
#[derive(Debug, Clone, Copy)]
pub(super) struct Element<'a> {
    tree: &'a XmlTree,
    index: u32,
}

impl<'a> Element<'a> {
    fn node(self) -> Option<&'a XmlNode> {
        self.tree.nodes.get(self.index as usize)
    }

    /// The local name.
    pub(super) fn name(self) -> &'static str {
        self.node().map_or("", |node| node.name)
    }

    /// The value of an attribute; `None` if it is missing.
    pub(super) fn get(self, name: &str) -> Option<&'a str> {
        let ValueSpan { start, end } = self.node()?.attributes;
        let own = self.tree.attributes.get(start as usize..end as usize)?;
        let wanted = number_of(name)?;
        own.iter()
            .find(|(key, _)| *key == wanted)
            .map(|(_, span)| self.tree.value(*span))
    }

    /// The trimmed value of an attribute; `None` if it is missing or empty.
    pub(super) fn some(self, name: &str) -> Option<&'a str> {
        self.get(name)
            .map(str::trim)
            .filter(|value| !value.is_empty())
    }

    /// The text of the element.
    pub(super) fn words(self) -> &'a str {
        self.node().map_or("", |node| self.tree.value(node.words))
    }

    /// The child elements.
    pub(super) fn children(self) -> Children<'a> {
        Children {
            tree: self.tree,
            next: self.node().map_or(NONE, |node| node.first_child),
        }
    }

    /// The child elements with a name.
    pub(super) fn each(self, name: &'static str) -> impl Iterator<Item = Self> {
        self.children().filter(move |child| child.name() == name)
    }

    /// All elements of the file with a name.
    pub(super) fn everywhere(self, name: &'static str) -> impl Iterator<Item = Self> {
        let places = (0u32..)
            .zip(&self.tree.nodes)
            .filter(move |(_, node)| node.name == name);
        places.map(move |(index, _)| Self {
            tree: self.tree,
            index,
        })
    }

    /// The first child element with a name.
    pub(super) fn child(self, name: &'static str) -> Option<Self> {
        self.each(name).next()
    }

    /// The elements with a name in a child list, such as each `User` in `Users`.
    pub(super) fn listed(
        self,
        list: &'static str,
        name: &'static str,
    ) -> impl Iterator<Item = Self> {
        self.each(list).flat_map(move |list| list.each(name))
    }

    /// The trimmed description; empty if there is none.
    pub(super) fn description(self) -> &'a str {
        self.child("Description")
            .map_or("", |description| description.words().trim())
    }

    /// The index of the element in the file, which no other has.
    pub(super) fn index(self) -> u32 {
        self.index
    }
}

/// The child elements of an element.
#[derive(Debug, Clone)]
pub(super) struct Children<'a> {
    tree: &'a XmlTree,
    next: u32,
}

impl<'a> Iterator for Children<'a> {
    type Item = Element<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        let element = Element {
            tree: self.tree,
            index: self.next,
        };
        self.next = element.node()?.next;
        Some(element)
    }
}

impl XmlTree {
    /// Reads the XML of a file.
    ///
    /// # Errors
    /// One line with file and line, if it is no XML or incomplete, declares a document type, or is too deep or too large.
    pub(super) fn read(file: &str, xml: &str) -> Result<Self, ImportError> {
        let xml = xml.strip_prefix('\u{feff}').unwrap_or(xml);
        let mut reader = Reader::from_str(xml);
        // Some programs forget to escape `&` in names.
        reader.config_mut().allow_dangling_amp = true;
        let mut builder = TreeBuilder::default();
        loop {
            let event = reader.read_event();
            let taken = event
                .map_err(|error| error.to_string())
                .and_then(|event| builder.take(event));
            match taken {
                Ok(true) => {}
                Ok(false) => break,
                Err(reason) => {
                    let line = line_at(xml, reader.buffer_position());
                    return Err(ImportError::Damaged {
                        file: file.to_owned(),
                        reason: Text::new(
                            "XML, line {line}: {reason}",
                            "XML 第 {line} 行：{reason}",
                        )
                        .with("line", line)
                        .with("reason", reason.to_string()),
                    });
                }
            }
        }
        if !builder.open.is_empty() {
            return Err(ImportError::Damaged {
                file: file.to_owned(),
                reason: Text::new("its XML ends too early", "其 XML 不完整").into(),
            });
        }
        Ok(builder.tree)
    }

    /// The outermost element.
    pub(super) fn root(&self) -> Option<Element<'_>> {
        (!self.nodes.is_empty()).then_some(Element {
            tree: self,
            index: 0,
        })
    }

    /// Reports the elements that were left out.
    pub(super) fn note_unknown(&self, losses: &mut Losses) {
        for (name, count) in &self.unknown {
            losses.note(
                Lost::Other,
                if *count == 1 {
                    name.clone()
                } else {
                    format!("{name} ×{count}")
                },
            );
        }
    }

    fn value(&self, span: ValueSpan) -> &str {
        let value = self.values.get(span.start as usize..span.end as usize);
        value.expect("spans are those of values that were kept")
    }

    fn keep(&mut self, value: &str) -> Result<ValueSpan, String> {
        let start = index_of(self.values.len())?;
        self.values.push_str(value);
        let end = index_of(self.values.len())?;
        Ok(ValueSpan { start, end })
    }
}

/// The line of a byte, from 1.
fn line_at(xml: &str, byte: u64) -> usize {
    let before = xml.bytes().zip(0u64..).take_while(|(_, at)| *at < byte);
    1 + before.filter(|(c, _)| *c == b'\n').count()
}

/// An index of a tree; the tree is too large if it doesn't fit.
fn index_of(index: usize) -> Result<u32, String> {
    u32::try_from(index).map_err(|_too_many| too_large())
}

/// The index of an attribute's name among those that are read.
fn number_of(name: &str) -> Option<u8> {
    ATTRIBUTES
        .binary_search(&name)
        .ok()
        .and_then(|at| u8::try_from(at).ok())
}

/// The name of an element as a static string, if REFI-QDA has it.
fn known_name(local: &str) -> Option<&'static str> {
    find_name(ELEMENTS, local).or_else(|| find_name(WORDS, local))
}

fn find_name(list: &[&'static str], name: &str) -> Option<&'static str> {
    let at = list.binary_search(&name).ok()?;
    Some(list[at])
}

fn too_large() -> String {
    "it has more elements than a project can have".to_owned()
}

/// An element whose end tag has not been read yet.
struct OpenElement {
    index: u32,
    /// The last child so far, or [`NONE`].
    last_child: u32,
}

#[derive(Default)]
struct TreeBuilder {
    tree: XmlTree,
    /// The last value of each attribute.
    latest: BTreeMap<u8, ValueSpan>,
    /// The elements that are open, the innermost last.
    open: Vec<OpenElement>,
    /// The number of open elements that are left out.
    left_out: usize,
    /// The text of the innermost element so far.
    words: String,
    /// Whether there was any element.
    rooted: bool,
}

impl TreeBuilder {
    /// Adds an event; returns false at the end of the file.
    fn take(&mut self, event: Event<'_>) -> Result<bool, String> {
        match event {
            Event::Start(start) => self.start(&start)?,
            Event::Empty(start) => {
                self.start(&start)?;
                self.end()?;
            }
            Event::End(_) => self.end()?,
            Event::Text(text) if self.holds_words() => self.words.push_str(&text.xml10_content()),
            Event::CData(text) if self.holds_words() => self.words.push_str(&text.xml10_content()),
            Event::GeneralRef(reference) => self.reference(&reference)?,
            Event::DocType(_) => {
                return Err("a document type is not allowed in exchange files".to_owned());
            }
            Event::Eof => {
                return if self.rooted {
                    Ok(false)
                } else {
                    Err("there is no element in it".to_owned())
                };
            }
            Event::Text(_)
            | Event::CData(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::PI(_) => {}
        }
        Ok(true)
    }

    /// Returns true if the innermost element is one that contains text.
    fn holds_words(&self) -> bool {
        self.left_out == 0
            && self
                .open
                .last()
                .and_then(|open| self.node(open.index))
                .is_some_and(|node| WORDS.contains(&node.name))
    }

    fn node(&self, index: u32) -> Option<&XmlNode> {
        self.tree.nodes.get(index as usize)
    }

    fn reference(&mut self, reference: &BytesRef<'_>) -> Result<(), String> {
        let c = reference
            .resolve_char_ref()
            .map_err(|error| error.to_string())?;
        let known = c
            .map(String::from)
            .or_else(|| quick_xml::escape::resolve_predefined_entity(reference).map(str::to_owned));
        let words = known.ok_or_else(|| {
            format!(
                "the entity `&{};` is not known",
                reference.chars().take(40).collect::<String>()
            )
        })?;
        if self.holds_words() {
            self.words.push_str(&words);
        }
        Ok(())
    }

    fn start(&mut self, start: &BytesStart<'_>) -> Result<(), String> {
        self.rooted = true;
        if self.open.len() + self.left_out >= DEEPEST {
            return Err(format!("elements are more than {DEEPEST} deep"));
        }
        let local = start.local_name();
        if self.left_out > 0 {
            self.left_out += 1;
            return Ok(());
        }
        let Some(name) = known_name(local.as_ref()) else {
            self.leave_out(local.as_ref());
            return Ok(());
        };
        if self.tree.nodes.len() + self.tree.attributes.len() >= MOST {
            return Err(too_large());
        }
        let attributes = self.attributes(start)?;
        self.add_node(name, attributes)
    }

    /// Keeps the attributes of an element that are read.
    fn attributes(&mut self, start: &BytesStart<'_>) -> Result<ValueSpan, String> {
        let first = index_of(self.tree.attributes.len())?;
        for attribute in start.attributes().with_checks(false) {
            let attribute = attribute.map_err(|error| error.to_string())?;
            let Some(key) = number_of(attribute.key.local_name().as_ref()) else {
                continue;
            };
            let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0);
            let value = value.as_deref().unwrap_or(&attribute.value);
            // Thousands of elements in a row have the same user and the same day; such a value is kept once.
            let before = self
                .latest
                .get(&key)
                .copied()
                .filter(|span| self.tree.value(*span) == value);
            let span = before.map_or_else(|| self.tree.keep(value), Ok)?;
            self.latest.insert(key, span);
            self.tree.attributes.push((key, span));
        }
        Ok(ValueSpan {
            start: first,
            end: index_of(self.tree.attributes.len())?,
        })
    }

    /// Adds an element as the last child of the innermost open one, and opens it.
    fn add_node(&mut self, name: &'static str, attributes: ValueSpan) -> Result<(), String> {
        let index = index_of(self.tree.nodes.len())?;
        self.tree.nodes.push(XmlNode {
            name,
            attributes,
            words: ValueSpan::default(),
            first_child: NONE,
            next: NONE,
        });
        match self.open.last_mut() {
            Some(parent) if parent.last_child == NONE => {
                self.tree.nodes[parent.index as usize].first_child = index;
                parent.last_child = index;
            }
            Some(parent) => {
                self.tree.nodes[parent.last_child as usize].next = index;
                parent.last_child = index;
            }
            None if index != 0 => return Err("there is a second outermost element".to_owned()),
            None => {}
        }
        self.open.push(OpenElement {
            index,
            last_child: NONE,
        });
        self.words.clear();
        Ok(())
    }

    /// Leaves out an element that REFI-QDA doesn't have, and counts it.
    fn leave_out(&mut self, local: &str) {
        let name: String = local.chars().take(40).collect();
        // A hostile file can have any number of names; a hundred are enough for a report.
        if self.tree.unknown.len() < 100 || self.tree.unknown.contains_key(&name) {
            *self.tree.unknown.entry(name).or_default() += 1;
        }
        self.left_out += 1;
    }

    fn end(&mut self) -> Result<(), String> {
        if self.left_out > 0 {
            self.left_out -= 1;
            return Ok(());
        }
        let holds = self.holds_words();
        let Some(open) = self.open.pop() else {
            return Ok(());
        };
        if holds {
            let words = std::mem::take(&mut self.words);
            self.tree.nodes[open.index as usize].words = self.tree.keep(&words)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_of_names_are_in_order() {
        for list in [WORDS, ELEMENTS, ATTRIBUTES] {
            assert!(list.is_sorted());
        }
    }

    #[test]
    fn any_namespace_mark_and_missing_declaration_is_read() {
        let tree = XmlTree::read("a", "\u{feff}<q:CodeBook xmlns:q='urn:QDA-XML:codebook:0:4'><q:Codes><q:Code q:name='a &amp; 𠮷 &lt;'/><q:Code name='R&D'><q:Description>x &#38; y<![CDATA[ <b>]]></q:Description></q:Code></q:Codes></q:CodeBook>").unwrap();
        let codes: Vec<Element<'_>> = tree.root().unwrap().listed("Codes", "Code").collect();
        assert_eq!(codes[0].get("name"), Some("a & 𠮷 <"));
        assert_eq!(codes[1].get("name"), Some("R&D"));
        assert_eq!(codes[1].description(), "x & y <b>");
        assert_eq!(tree.root().unwrap().name(), "CodeBook");
    }

    #[test]
    fn unknown_elements_are_left_out_and_named() {
        let tree = XmlTree::read("a", "<Project><Extra><Note guid='1'/></Extra><Notes><Note guid='2'/></Notes><Extra/></Project>").unwrap();
        let notes: Vec<_> = tree
            .root()
            .unwrap()
            .listed("Notes", "Note")
            .filter_map(|note| note.get("guid"))
            .collect();
        assert_eq!(notes, ["2"]);
        assert_eq!(tree.unknown, BTreeMap::from([("Extra".to_owned(), 2)]));
    }

    #[test]
    fn hostile_and_cut_files_are_one_clear_line() {
        let deep = "<Code>".repeat(100_000);
        let bomb = "<!DOCTYPE a [<!ENTITY b \"bb\">]><Project name=\"&b;\"/>";
        let file =
            "<Project>\n<Notes><Note><Description>a &b; c</Description></Note></Notes></Project>";
        for (xml, says) in [
            (deep.as_str(), "256 deep"),
            (bomb, "document type"),
            (file, "line 2: the entity `&b;`"),
            ("", "no element"),
            ("not xml", "no element"),
            ("<Project><Notes>", "too early"),
            ("<Project></Notes>", "line 1"),
            ("<Project/><Project/>", "second"),
        ] {
            let error = XmlTree::read("a.qde", xml).unwrap_err().to_string();
            assert!(
                error.starts_with("a.qde: ") && error.contains(says) && !error.contains('\n'),
                "{error}"
            );
        }
    }
}
