//! The elements of an exchange file as one compact tree: names by what REFI-QDA knows, values in one long text.
//!
//! Namespaces are as varied as programs, so elements go by their local names; an element of another name is left out with all below it.
//! Entities other than XML's own are refused, and so is a document type, which could declare some that grow without bound.

use std::collections::BTreeMap;

use quick_xml::{
    Reader,
    events::{BytesRef, BytesStart, Event},
};

use crate::import::{ImportError, loss::Losses, loss::Lost};

/// Elements that hold words.
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

/// Elements that hold others or nothing.
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

/// Attributes that are read.
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

/// Elements below one another; a tree of codes is never that deep.
const DEEPEST: usize = 256;
/// Elements and attributes together; a project of a million codings has half as many.
const MOST: usize = 24_000_000;

/// Where a value lies in the long text.
#[derive(Debug, Clone, Copy, Default)]
struct Span {
    start: u32,
    end: u32,
}

#[derive(Debug)]
struct Node {
    name: &'static str,
    attributes: Span,
    words: Span,
    first_child: u32,
    next: u32,
}

/// No node.
const NONE: u32 = u32::MAX;

/// A file's elements.
#[derive(Debug, Default)]
pub(super) struct Tree {
    nodes: Vec<Node>,
    /// Names by their place in [`ATTRIBUTES`].
    attributes: Vec<(u8, Span)>,
    values: String,
    /// Names of elements that were left out, with how many.
    pub(super) unknown: BTreeMap<String, usize>,
}

/// An element of a tree.
#[derive(Debug, Clone, Copy)]
pub(super) struct Element<'a> {
    tree: &'a Tree,
    index: u32,
}

impl<'a> Element<'a> {
    fn node(self) -> Option<&'a Node> {
        self.tree.nodes.get(usize::try_from(self.index).ok()?)
    }

    /// Local name.
    pub(super) fn name(self) -> &'static str {
        self.node().map_or("", |node| node.name)
    }

    /// The value of an attribute; `None` when it isn't there.
    pub(super) fn get(self, name: &str) -> Option<&'a str> {
        let Span { start, end } = self.node()?.attributes;
        let own = self
            .tree
            .attributes
            .get(usize::try_from(start).ok()?..usize::try_from(end).ok()?)?;
        let wanted = number_of(name)?;
        own.iter()
            .find(|(key, _)| *key == wanted)
            .map(|(_, span)| self.tree.value(*span))
    }

    /// The value of an attribute without spaces around it; `None` when that is nothing.
    pub(super) fn some(self, name: &str) -> Option<&'a str> {
        self.get(name)
            .map(str::trim)
            .filter(|value| !value.is_empty())
    }

    /// The words that stand in it.
    pub(super) fn words(self) -> &'a str {
        self.node().map_or("", |node| self.tree.value(node.words))
    }

    /// Elements right below.
    pub(super) fn children(self) -> Children<'a> {
        Children {
            tree: self.tree,
            next: self.node().map_or(NONE, |node| node.first_child),
        }
    }

    /// Elements of a name right below.
    pub(super) fn each(self, name: &'static str) -> impl Iterator<Item = Self> {
        self.children().filter(move |child| child.name() == name)
    }

    /// Elements of a name wherever they are in the file.
    pub(super) fn everywhere(self, name: &'static str) -> impl Iterator<Item = Self> {
        let places = (0u32..)
            .zip(&self.tree.nodes)
            .filter(move |(_, node)| node.name == name);
        places.map(move |(index, _)| Self {
            tree: self.tree,
            index,
        })
    }

    /// The first element of a name right below.
    pub(super) fn child(self, name: &'static str) -> Option<Self> {
        self.each(name).next()
    }

    /// Elements of a name in a list right below, such as all `User`s in `Users`.
    pub(super) fn listed(
        self,
        list: &'static str,
        name: &'static str,
    ) -> impl Iterator<Item = Self> {
        self.each(list).flat_map(move |list| list.each(name))
    }

    /// The words of its description without spaces around them; empty when there is none.
    pub(super) fn description(self) -> &'a str {
        self.child("Description")
            .map_or("", |description| description.words().trim())
    }

    /// A number that tells it from all others of the tree.
    pub(super) fn index(self) -> u32 {
        self.index
    }
}

/// Elements one after another.
#[derive(Debug, Clone)]
pub(super) struct Children<'a> {
    tree: &'a Tree,
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

impl Tree {
    /// Reads a file's XML.
    ///
    /// # Errors
    /// One line that names file and line, when it isn't XML, isn't whole, declares a document type or is too deep or too large.
    pub(super) fn read(file: &str, xml: &str) -> Result<Self, ImportError> {
        let xml = xml.strip_prefix('\u{feff}').unwrap_or(xml);
        let mut reader = Reader::from_str(xml);
        reader.config_mut().allow_dangling_amp = true;
        let mut builder = Builder::default();
        loop {
            let event = reader.read_event();
            let taken = event
                .map_err(|error| error.to_string())
                .and_then(|event| builder.take(event));
            match taken {
                Ok(true) => {}
                Ok(false) => break,
                Err(reason) => {
                    let at = usize::try_from(reader.buffer_position())
                        .unwrap_or(usize::MAX)
                        .min(xml.len());
                    let line = 1 + xml
                        .as_bytes()
                        .iter()
                        .take(at)
                        .filter(|byte| **byte == b'\n')
                        .count();
                    return Err(ImportError::Damaged {
                        file: file.to_owned(),
                        reason: format!("XML, line {line}: {reason}"),
                    });
                }
            }
        }
        if !builder.open.is_empty() {
            return Err(ImportError::Damaged {
                file: file.to_owned(),
                reason: "its XML ends too early".to_owned(),
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

    /// Notes the elements that were left out.
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

    fn value(&self, span: Span) -> &str {
        let ends = usize::try_from(span.start)
            .ok()
            .zip(usize::try_from(span.end).ok());
        ends.and_then(|(start, end)| self.values.get(start..end))
            .unwrap_or_default()
    }

    fn keep(&mut self, value: &str) -> Result<Span, String> {
        let start = self.values.len();
        self.values.push_str(value);
        let span = |end: usize| {
            Some(Span {
                start: u32::try_from(start).ok()?,
                end: u32::try_from(end).ok()?,
            })
        };
        span(self.values.len()).ok_or_else(too_large)
    }
}

/// The place of an attribute's name among those that are read.
fn number_of(name: &str) -> Option<u8> {
    ATTRIBUTES
        .binary_search(&name)
        .ok()
        .and_then(|at| u8::try_from(at).ok())
}

fn too_large() -> String {
    "it has more elements than a project can have".to_owned()
}

#[derive(Default)]
struct Builder {
    tree: Tree,
    /// The value that each attribute had last.
    latest: BTreeMap<u8, Span>,
    /// Elements that are open, with the last one right below each.
    open: Vec<(u32, u32)>,
    /// Elements open within one that is left out.
    left_out: usize,
    /// Words of the element that is open.
    words: String,
    /// Whether there was an element.
    rooted: bool,
}

impl Builder {
    /// Takes an event in; `false` at the end.
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

    /// Whether the words that come belong to an element that is kept for them.
    fn holds_words(&self) -> bool {
        self.left_out == 0
            && self
                .open
                .last()
                .and_then(|(index, _)| self.node(*index))
                .is_some_and(|node| WORDS.contains(&node.name))
    }

    fn node(&self, index: u32) -> Option<&Node> {
        self.tree.nodes.get(usize::try_from(index).ok()?)
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
        let known = ELEMENTS
            .binary_search(&local.as_ref())
            .map(|at| ELEMENTS.get(at));
        let known = known.or_else(|_| WORDS.binary_search(&local.as_ref()).map(|at| WORDS.get(at)));
        let name = match known {
            Ok(Some(name)) if self.left_out == 0 => *name,
            _ => {
                if self.left_out == 0 {
                    let name: String = local.as_ref().chars().take(40).collect();
                    if self.tree.unknown.len() < 100 || self.tree.unknown.contains_key(&name) {
                        *self.tree.unknown.entry(name).or_default() += 1;
                    }
                }
                self.left_out += 1;
                return Ok(());
            }
        };
        if self.tree.nodes.len() + self.tree.attributes.len() >= MOST {
            return Err(too_large());
        }
        let first = u32::try_from(self.tree.attributes.len()).map_err(|_too_many| too_large())?;
        for attribute in start.attributes().with_checks(false) {
            let attribute = attribute.map_err(|error| error.to_string())?;
            let Some(key) = number_of(attribute.key.local_name().as_ref()) else {
                continue;
            };
            let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0);
            let value = value.as_deref().unwrap_or(&attribute.value);
            // Thousands of elements in a row have the same user and the same day: such a value is kept once.
            let before = self
                .latest
                .get(&key)
                .copied()
                .filter(|span| self.tree.value(*span) == value);
            let span = before.map_or_else(|| self.tree.keep(value), Ok)?;
            self.latest.insert(key, span);
            self.tree.attributes.push((key, span));
        }
        let last = u32::try_from(self.tree.attributes.len()).map_err(|_too_many| too_large())?;
        let index = u32::try_from(self.tree.nodes.len()).map_err(|_too_many| too_large())?;
        self.tree.nodes.push(Node {
            name,
            attributes: Span {
                start: first,
                end: last,
            },
            words: Span::default(),
            first_child: NONE,
            next: NONE,
        });
        if let Some((parent, sibling)) = self.open.last_mut() {
            let before = if *sibling == NONE { *parent } else { *sibling };
            let is_first = *sibling == NONE;
            *sibling = index;
            if let Some(node) = usize::try_from(before)
                .ok()
                .and_then(|before| self.tree.nodes.get_mut(before))
            {
                *(if is_first {
                    &mut node.first_child
                } else {
                    &mut node.next
                }) = index;
            }
        } else if index != 0 {
            return Err("there is a second outermost element".to_owned());
        }
        self.open.push((index, NONE));
        self.words.clear();
        Ok(())
    }

    fn end(&mut self) -> Result<(), String> {
        if self.left_out > 0 {
            self.left_out -= 1;
            return Ok(());
        }
        let holds = self.holds_words();
        let Some((index, _)) = self.open.pop() else {
            return Ok(());
        };
        if holds {
            let words = std::mem::take(&mut self.words);
            let span = self.tree.keep(&words)?;
            if let Some(node) = usize::try_from(index)
                .ok()
                .and_then(|index| self.tree.nodes.get_mut(index))
            {
                node.words = span;
            }
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
        let tree = Tree::read("a", "\u{feff}<q:CodeBook xmlns:q='urn:QDA-XML:codebook:0:4'><q:Codes><q:Code q:name='a &amp; 𠮷 &lt;'/><q:Code name='R&D'><q:Description>x &#38; y<![CDATA[ <b>]]></q:Description></q:Code></q:Codes></q:CodeBook>").unwrap();
        let codes: Vec<Element<'_>> = tree.root().unwrap().listed("Codes", "Code").collect();
        assert_eq!(codes[0].get("name"), Some("a & 𠮷 <"));
        assert_eq!(codes[1].get("name"), Some("R&D"));
        assert_eq!(codes[1].description(), "x & y <b>");
        assert_eq!(tree.root().unwrap().name(), "CodeBook");
    }

    #[test]
    fn unknown_elements_are_left_out_and_named() {
        let tree = Tree::read("a", "<Project><Extra><Note guid='1'/></Extra><Notes><Note guid='2'/></Notes><Extra/></Project>").unwrap();
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
            let error = Tree::read("a.qde", xml).unwrap_err().to_string();
            assert!(
                error.starts_with("a.qde: ") && error.contains(says) && !error.contains('\n'),
                "{error}"
            );
        }
    }
}
