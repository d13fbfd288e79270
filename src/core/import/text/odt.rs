//! Reader of OpenDocument texts, with comments and notes as remarks on their passages.
//!
//! Cells of tables are separated by tabs and rows by line feeds, as in the reader of Word files.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::events::BytesStart;

use super::{
    Extracted,
    elements::{ElementVisitor, TextOrigin, visit},
    flow::Flow,
    package::{ZipPackage, attribute, attribute_or_empty},
};
use crate::{
    import::{
        ImportError, Note,
        annotation::{Annotation, AnnotationKind},
    },
    model::text::TextRange,
};

/// Elements whose text isn't part of the document, such as deleted text, which is kept before the body.
const SKIPPED: &[&str] = &[
    "text:tracked-changes",
    "text:note-citation",
    "text:ruby-text",
    "office:forms",
    "text:sequence-decls",
    "svg:title",
    "svg:desc",
];

/// Most spaces that one `text:s` may stand for; the count is the file's own, so a hostile one could ask for billions.
const MOST_SPACES: usize = 1_000;

/// Reads the text with its remarks, from an archive or from a flat file (`.fodt`), which is a single XML document.
pub(super) fn read(file: &str, bytes: &[u8]) -> Result<Extracted, ImportError> {
    let flat = std::str::from_utf8(bytes).ok().filter(|text| {
        text.trim_start_matches('\u{feff}')
            .trim_start()
            .starts_with('<')
    });
    if let Some(xml) = flat {
        return body(file, xml, OdtLists::default());
    }
    let mut package = ZipPackage::open(file, bytes)?;
    // An encrypted document is a normal archive whose parts are noise; only the manifest says so.
    if package.has("META-INF/manifest.xml")
        && package
            .xml("META-INF/manifest.xml")?
            .contains("encryption-data")
    {
        return Err(ImportError::Protected(file.to_owned()));
    }
    let mut lists = OdtLists::default();
    if package.has("styles.xml") {
        // Without the styles nothing but a note is missing.
        visit(file, &package.xml("styles.xml")?, &mut lists).ok();
    }
    let xml = package.xml("content.xml")?;
    body(file, &xml, lists)
}

fn body(file: &str, xml: &str, lists: OdtLists) -> Result<Extracted, ImportError> {
    let mut visitor = OdtVisitor {
        lists,
        ..OdtVisitor::default()
    };
    visit(file, xml, &mut visitor)?;
    Ok(visitor.finish())
}

/// Styles of lists, and the lists that are open: which of their items have a number rather than a bullet.
#[derive(Default)]
struct OdtLists {
    /// Name and level of the numbered ones.
    numbered: BTreeSet<(String, String)>,
    /// The style that is being described.
    described: Option<String>,
    /// The styles of the open lists; one within another has that of the outer one unless it names its own.
    open: Vec<String>,
    /// True until the first paragraph of an item, which has its number.
    begins: bool,
    /// How many items have a number.
    count: usize,
}

impl OdtLists {
    fn paragraph(&mut self) {
        if !std::mem::take(&mut self.begins) {
            return;
        }
        let level = self.open.len().to_string();
        if let Some(style) = self.open.last() {
            let is_numbered = self.numbered.contains(&(style.clone(), level));
            self.count += usize::from(is_numbered);
        }
    }
}

impl ElementVisitor for OdtLists {
    fn open(&mut self, element: &BytesStart<'_>) {
        match element.name().as_ref() {
            "text:list-style" => self.described = attribute(element, "style:name"),
            "text:list-level-style-number" => {
                let has_format =
                    attribute(element, "style:num-format").is_some_and(|format| !format.is_empty());
                let level = attribute(element, "text:level");
                if let (Some(name), Some(level), true) = (&self.described, level, has_format) {
                    self.numbered.insert((name.clone(), level));
                }
            }
            "text:list" => {
                let own = attribute(element, "text:style-name");
                let style = own.or_else(|| self.open.last().cloned());
                self.open.push(style.unwrap_or_default());
                // An item that begins with a list shows the number of that list only.
                self.begins = false;
            }
            "text:list-item" => self.begins = true,
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "text:list-style" => self.described = None,
            "text:list" => {
                self.open.pop();
                self.begins = false;
            }
            _ => {}
        }
    }

    fn text(&mut self, _text: &str, _origin: TextOrigin) {}
}

/// A comment that is being read.
struct OpenComment {
    /// Name that its end mark repeats; empty for a comment at a point.
    name: String,
    /// Where it begins in the main text; `None` inside a box or note.
    at: Option<u32>,
    /// The word before it.
    word: TextRange,
    author: String,
}

/// Collects the text of the document.
#[derive(Default)]
struct OdtVisitor {
    flow: Flow,
    lists: OdtLists,
    skipped: usize,
    /// Number of open paragraphs; text outside of any is white space between elements.
    paragraphs: usize,
    comments: Vec<OpenComment>,
    /// For each open note, comment and box, the number of paragraphs that were open around it.
    outer: Vec<usize>,
    note: Option<AnnotationKind>,
    in_creator: bool,
    /// Comments on passages whose end mark is still to come, by name.
    waiting: BTreeMap<String, Annotation>,
}

impl OdtVisitor {
    fn begin_inner(&mut self) {
        self.flow.begin_inner();
        self.outer.push(std::mem::take(&mut self.paragraphs));
    }

    fn end_inner(&mut self) {
        // An end without a beginning can't occur in well-formed XML, where every inner text was begun.
        if let Some(paragraphs) = self.outer.pop() {
            self.paragraphs = paragraphs;
        }
    }

    fn begin_note(&mut self, element: &BytesStart<'_>) {
        let is_endnote =
            attribute(element, "text:note-class").is_some_and(|class| class == "endnote");
        self.note = Some(if is_endnote {
            AnnotationKind::Endnote
        } else {
            AnnotationKind::Footnote
        });
        self.begin_inner();
    }

    fn begin_comment(&mut self, element: &BytesStart<'_>) {
        self.comments.push(OpenComment {
            name: attribute_or_empty(element, "office:name"),
            at: self.flow.position(),
            word: self.flow.word_before(),
            author: String::new(),
        });
        self.begin_inner();
    }

    /// Ends the text of a comment, which comes where its passage begins.
    fn end_comment(&mut self, text: String) {
        let Some(comment) = self.comments.pop() else {
            return;
        };
        let annotation = Annotation {
            range: comment.word,
            author: comment.author.trim().to_owned(),
            text,
            kind: AnnotationKind::Comment,
        };
        match comment.at {
            Some(at) if !comment.name.is_empty() => {
                let open = Annotation {
                    range: TextRange::between(at, at),
                    ..annotation
                };
                // Two comments of one name: the first keeps its starting point.
                if let Some(never_ended) = self.waiting.insert(comment.name, open) {
                    self.flow.annotate(never_ended);
                }
            }
            _ => self.flow.annotate(annotation),
        }
    }

    /// Ends the passage of a comment.
    fn end_passage(&mut self, element: &BytesStart<'_>) {
        let name = attribute_or_empty(element, "office:name");
        if let Some(mut annotation) = self.waiting.remove(&name) {
            if let Some(end) = self.flow.position() {
                annotation.range = TextRange::between(annotation.range.start(), end);
            }
            self.flow.annotate(annotation);
        }
    }

    fn finish(mut self) -> Extracted {
        for annotation in std::mem::take(&mut self.waiting).into_values() {
            self.flow.annotate(annotation);
        }
        let mut notes = Vec::new();
        if self.lists.count > 0 {
            notes.push(Note::ListNumbers(self.lists.count));
        }
        self.flow.finish(notes)
    }
}

impl ElementVisitor for OdtVisitor {
    fn open(&mut self, element: &BytesStart<'_>) {
        let name = element.name();
        match name.as_ref() {
            name if SKIPPED.contains(&name) => self.skipped += 1,
            _ if self.skipped > 0 => {}
            name if name.starts_with("text:list") => self.lists.open(element),
            "text:p" | "text:h" => {
                self.paragraphs += 1;
                self.lists.paragraph();
            }
            "table:table-cell" | "table:table-row" => self.flow.begin(),
            "draw:text-box" => self.begin_inner(),
            "text:note" => self.begin_note(element),
            "office:annotation" => self.begin_comment(element),
            "office:annotation-end" => self.end_passage(element),
            // The document's own metadata have a creator, too.
            "dc:creator" => self.in_creator = !self.comments.is_empty(),
            "text:tab" => self.flow.push('\t'),
            "text:line-break" => self.flow.push('\n'),
            "text:s" => {
                let count = match attribute(element, "text:c").map(|count| count.parse()) {
                    Some(Ok(count)) => count,
                    _ => 1,
                };
                for _ in 0..count.min(MOST_SPACES) {
                    self.flow.push(' ');
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            name if SKIPPED.contains(&name) => self.skipped = self.skipped.saturating_sub(1),
            _ if self.skipped > 0 => {}
            name if name.starts_with("text:list") => self.lists.close(name),
            "text:p" | "text:h" => {
                self.paragraphs = self.paragraphs.saturating_sub(1);
                self.flow.end_paragraph();
            }
            "table:table-cell" => self.flow.end_cell(),
            "table:table-row" => self.flow.end_row(false),
            "draw:text-box" => {
                self.flow.end_box();
                self.end_inner();
            }
            "text:note" => {
                let text = self.flow.end_remark();
                self.end_inner();
                if let Some(kind) = self.note.take() {
                    self.flow.note(kind, text);
                }
            }
            "office:annotation" => {
                let text = self.flow.end_remark();
                self.end_inner();
                self.end_comment(text);
            }
            "dc:creator" => self.in_creator = false,
            _ => {}
        }
    }

    fn text(&mut self, text: &str, origin: TextOrigin) {
        if self.in_creator {
            if let Some(comment) = self.comments.last_mut() {
                comment.author.push_str(text);
            }
            return;
        }
        if self.paragraphs == 0 || self.skipped > 0 {
            return;
        }
        for c in text.chars() {
            // OpenDocument collapses literal white space as HTML does: a run of it is one space, and none at the start of a line.
            if origin == TextOrigin::Entity || !matches!(c, ' ' | '\t' | '\n' | '\r') {
                self.flow.push(c);
            } else if self
                .flow
                .last()
                .is_some_and(|last| !matches!(last, ' ' | '\n'))
            {
                self.flow.push(' ');
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::elements::DEEPEST;
    use super::*;

    #[test]
    fn paragraphs_spaces_tables_and_boxes() {
        let xml = "<office:body><text:h>题</text:h><text:p>\n  Mum:<text:s text:c=\"2\"/>a<text:tab/>b   &amp;\n &#x20BB7;!</text:p>\
            <text:p>x<draw:frame><draw:text-box><text:p>boxed</text:p></draw:text-box></draw:frame> y<text:line-break/>z</text:p>\
            <text:tracked-changes><text:deletion><text:p>gone</text:p></text:deletion></text:tracked-changes>\
            <table:table-row><table:table-cell><text:p>1</text:p></table:table-cell><table:table-cell><text:p>2</text:p></table:table-cell></table:table-row></office:body>";
        let super::super::Body::Text(text) = read("a.fodt", xml.as_bytes()).unwrap().body else {
            panic!("text")
        };
        assert_eq!(text, "题\nMum:  a\tb & 𠮷!\nx y\nz\nboxed\n1\t2\n");
    }

    #[test]
    fn comments_and_notes_stand_on_their_words() {
        let xml = "<office:body><text:p>😀 <office:annotation office:name=\"c1\"><dc:creator>Ana Ruiz</dc:creator><dc:date>2024</dc:date><text:p>Strong.</text:p><text:p>很重要</text:p></office:annotation>每天都笑<office:annotation-end office:name=\"c1\"/>。left<text:note text:note-class=\"footnote\"><text:note-citation>1</text:note-citation><text:note-body><text:p>She returned.</text:p></text:note-body></text:note> us<office:annotation><dc:creator>B</dc:creator><text:p>hm</text:p></office:annotation></text:p></office:body>";
        super::super::check_remarks(
            "a.fodt",
            xml.as_bytes().to_vec(),
            "😀 每天都笑。left us\n",
            &[
                (
                    "每天都笑",
                    "Ana Ruiz",
                    "Strong.\n很重要",
                    AnnotationKind::Comment,
                ),
                ("left", "", "She returned.", AnnotationKind::Footnote),
                ("us", "B", "hm", AnnotationKind::Comment),
            ],
        );
    }

    #[test]
    fn automatic_numbers_are_left_out_and_said() {
        let item =
            |words: &str| format!("<text:list-item><text:p>{words}</text:p></text:list-item>");
        let xml = format!(
            "<office:document><office:automatic-styles><text:list-style style:name=\"L1\"><text:list-level-style-number text:level=\"1\" style:num-format=\"1\"/><text:list-level-style-bullet text:level=\"2\"/></text:list-style><text:list-style style:name=\"L2\"><text:list-level-style-number text:level=\"1\" style:num-format=\"\"/></text:list-style></office:automatic-styles><office:body><text:list text:style-name=\"L1\">{}{}<text:list-item><text:list>{}</text:list></text:list-item></text:list><text:list text:style-name=\"L2\">{}</text:list></office:body></office:document>",
            item("I: What do you do?"),
            item("B: I go."),
            item("bullet"),
            item("none")
        );
        let read = read("a.fodt", xml.as_bytes()).unwrap();
        assert_eq!(read.notes, [Note::ListNumbers(2)]);
        assert!(
            matches!(read.body, super::super::Body::Text(text) if text == "I: What do you do?\nB: I go.\nbullet\nnone\n")
        );
    }

    #[test]
    fn hostile_files_are_refused() {
        assert!(
            read("a.fodt", "<a>".repeat(DEEPEST + 1).as_bytes())
                .unwrap_err()
                .to_string()
                .contains("too deep")
        );
        assert!(read("a.odt", b"words").is_err());
        assert!(read("a.odt", b"").is_err());
    }
}
