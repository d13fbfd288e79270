//! Automatic numbers of paragraphs in Word files: which paragraphs have one. Bullets aren't numbers.
//!
//! A paragraph has its number from a list, directly or through its style; the list says for each level how numbers are written.

use std::collections::BTreeMap;

use quick_xml::events::BytesStart;

use super::{
    elements::{ElementVisitor, TextOrigin},
    package::{local_attribute, local_attribute_or_empty},
};

/// The list and level of a paragraph or style, as far as it says.
#[derive(Debug, Clone, Default)]
pub(super) struct Numbering {
    list: Option<String>,
    level: Option<String>,
}

impl Numbering {
    /// Reads an element inside the properties of a paragraph or style.
    pub(super) fn read(&mut self, name: &str, element: &BytesStart<'_>) {
        match name {
            "numId" => self.list = local_attribute(element, "val"),
            "ilvl" => self.level = local_attribute(element, "val"),
            _ => {}
        }
    }
}

/// A style of paragraphs.
#[derive(Debug, Default)]
struct NumberedStyle {
    numbering: Numbering,
    based_on: Option<String>,
}

/// The lists and styles of a file; it visits both parts that have them, `numbering.xml` and `styles.xml`.
#[derive(Debug, Default)]
pub(super) struct WordLists {
    /// By abstract list and level, whether it is numbered.
    numbered: BTreeMap<(String, String), bool>,
    /// The abstract list of each list.
    lists: BTreeMap<String, String>,
    styles: BTreeMap<String, NumberedStyle>,
    /// The abstract list, list, level and style that are open.
    open_abstract: Option<String>,
    open_list: Option<String>,
    open_level: Option<String>,
    open_style: Option<String>,
}

impl WordLists {
    /// Returns true if paragraphs of this style and numbering have a number.
    pub(super) fn numbers(&self, style: Option<&str>, own: &Numbering) -> bool {
        /// Styles are based on few others; in a damaged file it may be a circle.
        const MOST_STYLES: usize = 16;
        let (mut list, mut level) = (own.list.clone(), own.level.clone());
        let mut next = style;
        for _ in 0..MOST_STYLES {
            let Some(style) = next.and_then(|id| self.styles.get(id)) else {
                break;
            };
            list = list.or_else(|| style.numbering.list.clone());
            level = level.or_else(|| style.numbering.level.clone());
            next = style.based_on.as_deref();
        }
        let level = level.unwrap_or_else(|| "0".to_owned());
        let kind = list.and_then(|list| self.lists.get(&list).cloned());
        kind.is_some_and(|kind| self.numbered.get(&(kind, level)) == Some(&true))
    }
}

impl ElementVisitor for WordLists {
    fn open(&mut self, element: &BytesStart<'_>) {
        let name = element.local_name();
        match name.as_ref() {
            "abstractNum" => self.open_abstract = local_attribute(element, "abstractNumId"),
            "num" => self.open_list = local_attribute(element, "numId"),
            "lvl" => self.open_level = local_attribute(element, "ilvl"),
            "numFmt" => {
                if let (Some(list), Some(level)) = (&self.open_abstract, &self.open_level) {
                    let format = local_attribute_or_empty(element, "val");
                    let is_numbered = !matches!(format.as_str(), "bullet" | "none");
                    self.numbered
                        .insert((list.clone(), level.clone()), is_numbered);
                }
            }
            "abstractNumId" => {
                if let (Some(list), Some(kind)) = (&self.open_list, local_attribute(element, "val"))
                {
                    self.lists.insert(list.clone(), kind);
                }
            }
            "style" => self.open_style = local_attribute(element, "styleId"),
            name => {
                if let Some(id) = &self.open_style {
                    let style = self.styles.entry(id.clone()).or_default();
                    if name == "basedOn" {
                        style.based_on = local_attribute(element, "val");
                    }
                    style.numbering.read(name, element);
                }
            }
        }
    }

    fn close(&mut self, name: &str) {
        match name.rsplit_once(':').map_or(name, |(_, local)| local) {
            "abstractNum" => self.open_abstract = None,
            "num" => self.open_list = None,
            "lvl" => self.open_level = None,
            "style" => self.open_style = None,
            _ => {}
        }
    }

    fn text(&mut self, _text: &str, _origin: TextOrigin) {}
}
