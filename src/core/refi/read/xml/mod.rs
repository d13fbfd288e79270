//! The elements of an exchange file as one compact tree.
//!
//! A project can have millions of elements, so the tree keeps all values in one string and names elements by static strings.
//! Programs use various namespaces, so elements are known by their local names.
//! An element that REFI-QDA doesn't have is left out with all below it, and reported.
//! Entities other than XML's own are refused, and so is a document type, whose entities could expand without bound.

mod builder;
mod names;

use std::collections::BTreeMap;

use quick_xml::Reader;

use crate::{
    import::{
        ImportError,
        loss::{Losses, Lost},
    },
    message::text::Text,
};
use builder::TreeBuilder;
use names::number_of;

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
    /// The attributes of all elements, with their names as indices of `ATTRIBUTES`.
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

    /// The value of an attribute; empty if it is missing.
    pub(super) fn get_or_empty(self, name: &str) -> &'a str {
        self.get(name).unwrap_or_default()
    }

    /// The trimmed name that the user gave; empty if there is none.
    pub(super) fn title(self) -> &'a str {
        self.get_or_empty("name").trim()
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
        let xml = xml.trim_start_matches('\u{feff}');
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

fn too_large() -> String {
    "it has more elements than a project can have".to_owned()
}

#[cfg(test)]
mod tests {
    use super::{
        names::{ATTRIBUTES, ELEMENTS, WORDS},
        *,
    };

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
