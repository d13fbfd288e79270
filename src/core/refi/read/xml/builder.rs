//! Building the tree from the events of the XML reader.

use std::collections::BTreeMap;

use quick_xml::events::{BytesRef, BytesStart, Event};

use super::{
    NONE, ValueSpan, XmlNode, XmlTree, index_of,
    names::{WORDS, known_name, number_of},
    too_large,
};

/// The limit for nested elements; a tree of codes is never that deep.
const DEEPEST: usize = 256;
/// The limit for elements and attributes together; a project with a million codings has half as many.
const MOST: usize = 24_000_000;

/// An element whose end tag has not been read yet.
pub(super) struct OpenElement {
    index: u32,
    /// The last child so far, or [`NONE`].
    last_child: u32,
}

#[derive(Default)]
pub(super) struct TreeBuilder {
    pub(super) tree: XmlTree,
    /// The last value of each attribute.
    latest: BTreeMap<u8, ValueSpan>,
    /// The elements that are open, the innermost last.
    pub(super) open: Vec<OpenElement>,
    /// The number of open elements that are left out.
    left_out: usize,
    /// The text of the innermost element so far.
    words: String,
    /// Whether there was any element.
    rooted: bool,
}

impl TreeBuilder {
    /// Adds an event; returns false at the end of the file.
    pub(super) fn take(&mut self, event: Event<'_>) -> Result<bool, String> {
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
