//! The elements of a text's XML, one after the other and no deeper than they may lie: what the readers of Word and OpenDocument share.

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};

use super::package::{damaged, entity};
use crate::import::ImportError;

/// How deep elements may lie in one another.
pub(super) const DEEPEST: usize = 4_096;

/// Where words come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TextOrigin {
    /// They stand in the file.
    Literal,
    /// An entity stands for them.
    Entity,
}

/// What goes over elements.
pub(super) trait ElementVisitor {
    /// An element begins.
    fn open(&mut self, element: &BytesStart<'_>);
    /// An element of this name, prefix included, ends.
    fn close(&mut self, name: &str);
    /// TextOrigin stand in the element that is open.
    fn words(&mut self, words: &str, from: TextOrigin);
}

/// Goes over all elements of an XML.
///
/// # Errors
/// When it isn't XML, or its elements lie too deep.
pub(super) fn visit(
    file: &str,
    xml: &str,
    visitor: &mut impl ElementVisitor,
) -> Result<(), ImportError> {
    let wrong = |error: quick_xml::Error| damaged(file, error.to_string());
    let mut reader = Reader::from_str(xml);
    let mut depth = 0usize;
    loop {
        match reader.read_event().map_err(wrong)? {
            Event::Start(start) => {
                depth += 1;
                if depth > DEEPEST {
                    return Err(damaged(file, "its elements lie too deep"));
                }
                visitor.open(&start);
            }
            Event::Empty(empty) => {
                visitor.open(&empty);
                visitor.close(empty.name().as_ref());
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                visitor.close(end.name().as_ref());
            }
            Event::Text(text) => visitor.words(&text, TextOrigin::Literal),
            Event::CData(text) => visitor.words(&text, TextOrigin::Literal),
            Event::GeneralRef(reference) => {
                visitor.words(&entity(&reference).map_err(wrong)?, TextOrigin::Entity)
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}
