//! Walk over the elements of an XML document with a bound on their depth; shared by the readers of Word and OpenDocument.

use crate::message::text::Text;
use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};

use super::package::{damaged, entity};
use crate::import::ImportError;

/// Deepest nesting of elements; real documents stay far below it.
pub(super) const DEEPEST: usize = 4_096;

/// How text is written in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TextOrigin {
    /// As it is.
    Literal,
    /// As an entity, so that white space is meant and mustn't be collapsed.
    Entity,
}

/// What is done with the elements of a document.
pub(super) trait ElementVisitor {
    /// An element begins.
    fn open(&mut self, element: &BytesStart<'_>);
    /// The element of this name, prefix included, ends.
    fn close(&mut self, name: &str);
    /// Text in the open element.
    fn text(&mut self, text: &str, origin: TextOrigin);
}

/// Visits all elements of an XML document.
///
/// # Errors
/// When it isn't XML, or its elements are nested too deeply.
pub(super) fn visit(
    file: &str,
    xml: &str,
    visitor: &mut impl ElementVisitor,
) -> Result<(), ImportError> {
    let mut reader = Reader::from_str(xml);
    let mut depth = 0usize;
    loop {
        match reader
            .read_event()
            .map_err(|error| damaged(file, error.to_string()))?
        {
            Event::Start(start) => {
                depth += 1;
                if depth > DEEPEST {
                    return Err(damaged(
                        file,
                        Text::new("its elements are nested too deeply", "元素嵌套太深"),
                    ));
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
            Event::Text(text) => visitor.text(&text, TextOrigin::Literal),
            Event::CData(text) => visitor.text(&text, TextOrigin::Literal),
            Event::GeneralRef(reference) => {
                let text = entity(&reference).map_err(|error| damaged(file, error.to_string()))?;
                visitor.text(&text, TextOrigin::Entity);
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}
