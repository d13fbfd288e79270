//! The text of an OpenDocument text: paragraphs and headings, tables (cells by tabs, rows by lines), boxes; comments and notes as remarks on their passages, deleted words left out.

use std::collections::BTreeMap;

use quick_xml::events::BytesStart;

use super::{
    Extracted,
    elements::{ElementVisitor, TextOrigin, visit},
    flow::Flow,
    package::{ZipPackage, attribute},
};
use crate::{
    import::{
        ImportError,
        annotation::{Annotation, AnnotationKind},
    },
    model::text::TextRange,
};

/// Elements whose words aren't the reader's.
const SKIPPED: &[&str] = &[
    "text:tracked-changes",
    "text:note-citation",
    "text:ruby-text",
    "office:forms",
    "text:sequence-decls",
    "svg:title",
    "svg:desc",
];

/// The text with its remarks; a flat file, which is one XML, too.
pub(super) fn read(file: &str, bytes: &[u8]) -> Result<Extracted, ImportError> {
    let flat = std::str::from_utf8(bytes).ok().filter(|text| {
        text.trim_start_matches('\u{feff}')
            .trim_start()
            .starts_with('<')
    });
    if let Some(xml) = flat {
        return body(file, xml);
    }
    let mut package = ZipPackage::open(file, bytes)?;
    if package.has("META-INF/manifest.xml")
        && package
            .xml("META-INF/manifest.xml")?
            .contains("encryption-data")
    {
        return Err(ImportError::Protected(file.to_owned()));
    }
    let xml = package.xml("content.xml")?;
    body(file, &xml)
}

fn body(file: &str, xml: &str) -> Result<Extracted, ImportError> {
    let mut walker = OdtVisitor::default();
    visit(file, xml, &mut walker)?;
    Ok(walker.finish())
}

/// A comment while it is read.
#[derive(Default)]
struct OpenComment {
    name: String,
    at: Option<u32>,
    word: Option<TextRange>,
    author: String,
}

/// Where the reader stands in the elements.
#[derive(Default)]
struct OdtVisitor {
    flow: Flow,
    skipped: usize,
    paragraphs: usize,
    comments: Vec<OpenComment>,
    /// Paragraphs that were open when a note, comment or box began: inside, words stand in paragraphs of their own.
    outer: Vec<usize>,
    note: Option<AnnotationKind>,
    in_creator: bool,
    /// Comments on passages, waiting for the end of theirs.
    waiting: BTreeMap<String, Annotation>,
}

impl OdtVisitor {
    fn begin_inner(&mut self) {
        self.flow.begin_inner();
        self.outer.push(std::mem::take(&mut self.paragraphs));
    }

    fn end_comment(&mut self, text: String) {
        let Some(comment) = self.comments.pop() else {
            return;
        };
        let word = comment.word.unwrap_or_else(|| TextRange::between(0, 0));
        let annotation = Annotation {
            range: word,
            author: comment.author.trim().to_owned(),
            text,
            kind: AnnotationKind::Comment,
        };
        match comment.at {
            // It ends where the comment of this name ends.
            Some(at) if !comment.name.is_empty() => {
                let open = Annotation {
                    range: TextRange::between(at, at),
                    ..annotation
                };
                if let Some(never_ended) = self.waiting.insert(comment.name, open) {
                    self.flow.annotate(never_ended);
                }
            }
            _ => self.flow.annotate(annotation),
        }
    }

    fn finish(mut self) -> Extracted {
        for annotation in std::mem::take(&mut self.waiting).into_values() {
            self.flow.annotate(annotation);
        }
        self.flow.finish(Vec::new())
    }
}

impl ElementVisitor for OdtVisitor {
    fn open(&mut self, element: &BytesStart<'_>) {
        let name = element.name();
        match name.as_ref() {
            name if SKIPPED.contains(&name) => self.skipped += 1,
            _ if self.skipped > 0 => {}
            "text:p" | "text:h" => self.paragraphs += 1,
            "table:table-cell" | "table:table-row" => self.flow.begin(),
            "draw:text-box" => self.begin_inner(),
            "text:note" => {
                let end =
                    attribute(element, "text:note-class").is_some_and(|class| class == "endnote");
                self.note = Some(if end {
                    AnnotationKind::Endnote
                } else {
                    AnnotationKind::Footnote
                });
                self.begin_inner();
            }
            "office:annotation" => {
                let word = self.flow.position().map(|_| self.flow.word_before());
                let name = attribute(element, "office:name").unwrap_or_default();
                self.comments.push(OpenComment {
                    name,
                    at: self.flow.position(),
                    word,
                    author: String::new(),
                });
                self.begin_inner();
            }
            "office:annotation-end" => {
                let name = attribute(element, "office:name").unwrap_or_default();
                if let Some(mut annotation) = self.waiting.remove(&name) {
                    let end = self.flow.position().unwrap_or(annotation.range.start());
                    annotation.range = TextRange::between(annotation.range.start(), end);
                    self.flow.annotate(annotation);
                }
            }
            "dc:creator" => self.in_creator = !self.comments.is_empty(),
            "text:tab" => self.flow.push('\t'),
            "text:line-break" => self.flow.push('\n'),
            "text:s" => {
                let count = attribute(element, "text:c")
                    .and_then(|count| count.parse().ok())
                    .unwrap_or(1usize);
                (0..count.min(1_000)).for_each(|_| self.flow.push(' '));
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            name if SKIPPED.contains(&name) => self.skipped = self.skipped.saturating_sub(1),
            _ if self.skipped > 0 => {}
            "text:p" | "text:h" => {
                self.paragraphs = self.paragraphs.saturating_sub(1);
                self.flow.end_paragraph();
            }
            "table:table-cell" => self.flow.end_cell(),
            "table:table-row" => self.flow.end_row(false),
            "draw:text-box" => {
                self.flow.end_box();
                self.paragraphs = self.outer.pop().unwrap_or_default();
            }
            "text:note" => {
                let text = self.flow.end_remark();
                self.paragraphs = self.outer.pop().unwrap_or_default();
                if let Some(kind) = self.note.take() {
                    self.flow.note(kind, text);
                }
            }
            "office:annotation" => {
                let text = self.flow.end_remark();
                self.paragraphs = self.outer.pop().unwrap_or_default();
                self.end_comment(text);
            }
            "dc:creator" => self.in_creator = false,
            _ => {}
        }
    }

    fn words(&mut self, words: &str, from: TextOrigin) {
        if self.in_creator {
            if let Some(comment) = self.comments.last_mut() {
                comment.author.push_str(words);
            }
            return;
        }
        if self.paragraphs == 0 || self.skipped > 0 {
            return;
        }
        for c in words.chars() {
            // White space that an entity stands for is meant.
            if from == TextOrigin::Entity || !matches!(c, ' ' | '\t' | '\n' | '\r') {
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
