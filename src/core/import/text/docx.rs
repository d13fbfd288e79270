//! Reader of Word files: the text as it reads once all tracked changes are accepted, with comments and notes as remarks on their passages.
//!
//! Cells of tables are separated by tabs and rows by line feeds, so that a transcript in a table reads like one with tabs.

use std::collections::BTreeMap;

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};

use super::{
    Extracted,
    docx_numbers::{Numbering, WordLists},
    elements::{ElementVisitor, TextOrigin, visit},
    flow::{self, Flow},
    package::{ZipPackage, local_attribute, local_attribute_or_empty},
};
use crate::{
    import::{
        ImportError, Note,
        annotation::{Annotation, AnnotationKind},
    },
    model::text::TextRange,
};

/// Elements whose text isn't part of the document: deleted or moved text, the fallback of a drawing (which repeats its text),
/// the pronunciation above a character, and properties.
const SKIPPED: &[&str] = &[
    "del", "moveFrom", "Fallback", "rt", "sdtPr", "tblPr", "tcPr", "tblGrid", "sectPr",
];

/// Reads the text with its remarks.
///
/// # Errors
/// When the file is no Word file or is damaged.
pub(super) fn read(file: &str, bytes: &[u8]) -> Result<Extracted, ImportError> {
    let mut package = ZipPackage::open(file, bytes)?;
    let visitor = visit_main_part(file, &mut package)?;
    let folder = visitor.folder.clone();
    let edges = package.names().into_iter().filter(|name| {
        name.starts_with(&format!("{folder}/header"))
            || name.starts_with(&format!("{folder}/footer"))
    });
    let mut edges_have_text = false;
    for part in edges.collect::<Vec<_>>() {
        let mut edge = DocxVisitor::default();
        // A header that holds only a page number isn't worth a note, nor is a broken one worth refusing the file.
        let read = visit(file, &package.xml(&part)?, &mut edge).is_ok();
        edges_have_text |= read && edge.flow.finish(Vec::new()).has_letters();
    }
    Ok(visitor.finish(edges_have_text))
}

/// A comment with the passage between its marks.
#[derive(Debug)]
pub(in crate::import) struct WordComment {
    pub(in crate::import) author: String,
    /// When it was written, as the file says.
    pub(in crate::import) date: String,
    pub(in crate::import) text: String,
    /// The passage in code points; `None` if no marks enclose any text.
    pub(in crate::import) range: Option<TextRange>,
}

/// Reads the comments by their ids; their passages are those of the text that [`read`] returns.
///
/// # Errors
/// As [`read`].
pub(in crate::import) fn comments(
    file: &str,
    bytes: &[u8],
) -> Result<BTreeMap<String, WordComment>, ImportError> {
    let mut package = ZipPackage::open(file, bytes)?;
    let mut visitor = visit_main_part(file, &mut package)?;
    let remarks = visitor.remarks.remove(&AnnotationKind::Comment);
    Ok(remarks
        .into_iter()
        .flatten()
        .map(|(id, remark)| {
            let comment = WordComment {
                author: remark.author,
                date: remark.date,
                text: remark.text,
                range: visitor
                    .commented
                    .get(&id)
                    .copied()
                    .filter(|range| !range.is_empty()),
            };
            (id, comment)
        })
        .collect())
}

/// Reads the remarks and then the main part, which places them.
fn visit_main_part(file: &str, package: &mut ZipPackage<'_>) -> Result<DocxVisitor, ImportError> {
    let main = main_part(package)?;
    let folder = match main.rsplit_once('/') {
        Some((folder, _)) => folder.to_owned(),
        None => "word".to_owned(),
    };
    let mut remarks = WordRemarks::default();
    for (kind, part, element) in [
        (AnnotationKind::Comment, "comments.xml", "comment"),
        (AnnotationKind::Footnote, "footnotes.xml", "footnote"),
        (AnnotationKind::Endnote, "endnotes.xml", "endnote"),
    ] {
        let part = format!("{folder}/{part}");
        if package.has(&part) {
            let mut visitor = DocxVisitor {
                remark_element: Some(element),
                ..DocxVisitor::default()
            };
            visit(file, &package.xml(&part)?, &mut visitor)?;
            remarks.insert(kind, visitor.collected);
        }
    }
    let mut lists = WordLists::default();
    for part in ["numbering.xml", "styles.xml"] {
        let part = format!("{folder}/{part}");
        if package.has(&part) {
            // Without them nothing but a note is missing.
            visit(file, &package.xml(&part)?, &mut lists).ok();
        }
    }
    let mut visitor = DocxVisitor {
        folder,
        remarks,
        lists,
        ..DocxVisitor::default()
    };
    visit(file, &package.xml(&main)?, &mut visitor)?;
    Ok(visitor)
}

/// The name of the part that contains the text. Word calls it `word/document.xml`; some other programs use a name of their own.
fn main_part(package: &mut ZipPackage<'_>) -> Result<String, ImportError> {
    const USUAL: &str = "word/document.xml";
    if !package.has(USUAL) && package.has("_rels/.rels") {
        let xml = package.xml("_rels/.rels")?;
        let mut reader = Reader::from_str(&xml);
        while let Ok(event) = reader.read_event() {
            match event {
                Event::Start(element) | Event::Empty(element)
                    if local_attribute(&element, "Type")
                        .is_some_and(|kind| kind.ends_with("/officeDocument")) =>
                {
                    if let Some(target) = local_attribute(&element, "Target") {
                        return Ok(target.trim_start_matches('/').to_owned());
                    }
                }
                Event::Eof => break,
                _ => {}
            }
        }
    }
    Ok(USUAL.to_owned())
}

/// Remarks by kind and id.
type WordRemarks = BTreeMap<AnnotationKind, BTreeMap<String, WordRemark>>;

/// A comment, footnote or endnote.
#[derive(Debug, Clone, Default)]
struct WordRemark {
    author: String,
    date: String,
    text: String,
}

/// Collects the text of one part of the file.
#[derive(Default)]
struct DocxVisitor {
    flow: Flow,
    /// The folder of the main part, in which the other parts are.
    folder: String,
    remarks: WordRemarks,
    /// The element that holds a remark, in a part that consists of remarks.
    remark_element: Option<&'static str>,
    /// The remarks read from such a part, by id.
    collected: BTreeMap<String, WordRemark>,
    /// Id and remark that are being read; the id is empty for the separators that Word keeps among the footnotes.
    current: Option<(String, WordRemark)>,
    skipped: usize,
    // How many property elements are open: inside, `del` marks the end of a paragraph or row rather than deleted text.
    paragraph_properties: usize,
    run_properties: usize,
    row_properties: usize,
    in_text: bool,
    /// True if the current run is hidden.
    hidden: bool,
    any_hidden: bool,
    unknown_signs: usize,
    embedded: bool,
    lists: WordLists,
    /// The style and numbering of the current paragraph.
    style: Option<String>,
    numbering: Numbering,
    /// How many paragraphs have a number that isn't in their text.
    numbered: usize,
    /// For each open paragraph, whether its end is deleted, which joins it to the next.
    paragraphs: Vec<bool>,
    /// For each open row, whether it is deleted.
    rows: Vec<bool>,
    /// Where passages with a comment begin, by the comment's id.
    begun: BTreeMap<String, u32>,
    /// Passages between the marks of a comment, by its id.
    commented: BTreeMap<String, TextRange>,
    /// Words before the reference marks of comments, by id: the passages of comments without marks around a text.
    referenced: BTreeMap<String, TextRange>,
}

impl DocxVisitor {
    fn in_properties(&self) -> bool {
        self.paragraph_properties + self.run_properties + self.row_properties > 0
    }

    fn visible(&self) -> bool {
        self.skipped == 0 && !self.hidden && !self.in_properties()
    }

    /// Handles elements that stand for a character or anchor a remark.
    fn mark(&mut self, name: &str, element: &BytesStart<'_>) {
        match name {
            "commentRangeStart" => {
                if let Some(at) = self.flow.position() {
                    self.begun.insert(id_of(element), at);
                }
            }
            "commentRangeEnd" => {
                let id = id_of(element);
                if let Some((from, to)) = self.begun.get(&id).copied().zip(self.flow.position()) {
                    self.commented.insert(id, TextRange::between(from, to));
                }
            }
            "commentReference" => {
                let word = self.flow.word_before();
                self.referenced.insert(id_of(element), word);
            }
            "footnoteReference" => self.note(AnnotationKind::Footnote, &id_of(element)),
            "endnoteReference" => self.note(AnnotationKind::Endnote, &id_of(element)),
            _ if self.hidden => {}
            "tab" | "ptab" => self.flow.push('\t'),
            "br" | "cr" => self.flow.push('\n'),
            "noBreakHyphen" => self.flow.push('\u{2011}'),
            "sym" => {
                let sign = local_attribute(element, "char")
                    .and_then(|number| u32::from_str_radix(&number, 16).ok())
                    .and_then(|number| {
                        flow::symbol(&local_attribute_or_empty(element, "font"), number)
                    });
                self.unknown_signs += usize::from(sign.is_none());
                self.flow.push(sign.unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            _ => {}
        }
    }

    fn note(&mut self, kind: AnnotationKind, id: &str) {
        if let Some(remark) = self
            .remarks
            .get_mut(&kind)
            .and_then(|remarks| remarks.remove(id))
        {
            self.flow.note(kind, remark.text);
        }
    }

    /// Marks the end of the current paragraph or row as deleted.
    fn delete_end(&mut self) {
        let ends = if self.row_properties > 0 {
            self.rows.last_mut()
        } else if self.paragraph_properties > 0 {
            self.paragraphs.last_mut()
        } else {
            None
        };
        if let Some(end) = ends {
            *end = true;
        }
    }

    fn begin_remark(&mut self, element: &BytesStart<'_>) {
        // Footnotes of another type are the lines that separate notes from the text.
        let is_separator = local_attribute(element, "type").is_some_and(|kind| kind != "normal");
        let id = if is_separator {
            String::new()
        } else {
            id_of(element)
        };
        let remark = WordRemark {
            author: local_attribute_or_empty(element, "author"),
            date: local_attribute_or_empty(element, "date"),
            text: String::new(),
        };
        self.current = Some((id, remark));
        self.flow.begin_inner();
    }

    fn end_remark(&mut self) {
        let text = self.flow.end_remark();
        // Without an id nothing can refer to it.
        if let Some((id, remark)) = self.current.take().filter(|(id, _)| !id.is_empty()) {
            self.collected.insert(id, WordRemark { text, ..remark });
        }
    }

    fn finish(mut self, edges_have_text: bool) -> Extracted {
        let mut notes = Vec::new();
        if edges_have_text {
            notes.push(Note::Edges);
        }
        if self.any_hidden {
            notes.push(Note::Hidden);
        }
        if self.embedded {
            notes.push(Note::Embedded);
        }
        if self.numbered > 0 {
            notes.push(Note::ListNumbers(self.numbered));
        }
        if self.unknown_signs > 0 {
            notes.push(Note::UnknownSigns(self.unknown_signs));
        }
        // Notes that the text refers to were placed on the way; what is left has a passage only if it is a comment.
        for (kind, remarks) in std::mem::take(&mut self.remarks) {
            for (id, remark) in remarks {
                let range = match kind {
                    AnnotationKind::Comment => self
                        .commented
                        .get(&id)
                        .or_else(|| self.referenced.get(&id))
                        .copied(),
                    AnnotationKind::Footnote | AnnotationKind::Endnote => None,
                };
                self.flow.annotate(Annotation {
                    range: range.unwrap_or_else(flow::nowhere),
                    author: remark.author,
                    text: remark.text,
                    kind,
                });
            }
        }
        self.flow.finish(notes)
    }
}

fn id_of(element: &BytesStart<'_>) -> String {
    local_attribute_or_empty(element, "id")
}

impl ElementVisitor for DocxVisitor {
    fn open(&mut self, element: &BytesStart<'_>) {
        let name = element.local_name();
        match name.as_ref() {
            "pPr" => self.paragraph_properties += 1,
            "rPr" => self.run_properties += 1,
            "trPr" => self.row_properties += 1,
            "del" | "moveFrom" if self.in_properties() => self.delete_end(),
            // Inside the properties of a paragraph, run properties are those of the paragraph mark.
            "vanish" if self.run_properties > 0 && self.paragraph_properties == 0 => {
                self.hidden = !local_attribute(element, "val")
                    .is_some_and(|value| matches!(value.as_str(), "0" | "false" | "off"));
                self.any_hidden |= self.hidden;
            }
            name if SKIPPED.contains(&name) => self.skipped += 1,
            name if self.remark_element == Some(name) => self.begin_remark(element),
            _ if self.skipped > 0 => {}
            // Within them, a tracked change has the properties of before.
            "pStyle" if self.paragraph_properties == 1 => {
                self.style = local_attribute(element, "val");
            }
            name if self.paragraph_properties == 1 && self.run_properties == 0 => {
                self.numbering.read(name, element);
            }
            _ if self.in_properties() => {}
            "t" => self.in_text = true,
            "p" => self.paragraphs.push(false),
            "tc" => self.flow.begin(),
            "tr" => {
                self.rows.push(false);
                self.flow.begin();
            }
            // A text box is anchored inside a run, in the middle of a sentence.
            "txbxContent" => self.flow.begin_inner(),
            // A whole file in a format of its own, which Word shows as part of the text.
            "altChunk" => self.embedded = true,
            name => self.mark(name, element),
        }
    }

    fn close(&mut self, name: &str) {
        let name = match name.rsplit_once(':') {
            Some((_, local)) => local,
            None => name,
        };
        match name {
            "pPr" => {
                self.paragraph_properties = self.paragraph_properties.saturating_sub(1);
                if self.paragraph_properties == 0 {
                    let (style, own) = (self.style.take(), std::mem::take(&mut self.numbering));
                    let is_numbered =
                        self.skipped == 0 && self.lists.numbers(style.as_deref(), &own);
                    self.numbered += usize::from(is_numbered);
                }
            }
            "rPr" => self.run_properties = self.run_properties.saturating_sub(1),
            "trPr" => self.row_properties = self.row_properties.saturating_sub(1),
            "del" | "moveFrom" if self.in_properties() => {}
            name if SKIPPED.contains(&name) => self.skipped = self.skipped.saturating_sub(1),
            name if self.remark_element == Some(name) => self.end_remark(),
            _ if self.skipped > 0 || self.in_properties() => {}
            "t" => self.in_text = false,
            // Hidden is a property of a single run.
            "r" => self.hidden = false,
            "p" => {
                let joined_to_next = self.paragraphs.pop() == Some(true);
                if !joined_to_next {
                    self.flow.end_paragraph();
                }
            }
            "tc" => self.flow.end_cell(),
            "tr" => {
                let deleted = self.rows.pop() == Some(true);
                self.flow.end_row(deleted);
            }
            "txbxContent" => self.flow.end_box(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str, _origin: TextOrigin) {
        if self.in_text && self.visible() {
            self.flow.push_str(text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::elements::DEEPEST;
    use std::io::{Cursor, Write as _};

    use super::*;

    fn package(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            zip.start_file(*name, zip::write::SimpleFileOptions::default())
                .unwrap();
            write!(
                zip,
                r#"<?xml version="1.0"?><w:root xmlns:w="w">{content}</w:root>"#
            )
            .unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    fn docx(body: &str) -> Vec<u8> {
        package(&[("word/document.xml", body)])
    }

    fn text(body: &str) -> String {
        let super::super::Body::Text(text) = read("a.docx", &docx(body)).unwrap().body else {
            panic!("text")
        };
        text
    }

    fn run(words: &str) -> String {
        format!("<w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r>")
    }

    fn p(inner: &str) -> String {
        format!("<w:p>{inner}</w:p>")
    }

    #[test]
    fn what_is_wrong_is_said_in_one_line() {
        let error = read("a.docx", &docx("<w:d><w:p><w:del></\n## r></w:d>"))
            .unwrap_err()
            .to_string();
        assert_eq!(error.lines().count(), 1, "{error}");
    }

    #[test]
    fn paragraphs_tables_breaks_and_deletions() {
        let body = "<w:p><w:pPr><w:tabs><w:tab w:val=\"left\"/></w:tabs></w:pPr><w:r><w:t>妈妈：</w:t><w:tab/><w:t xml:space=\"preserve\">A &amp; B&#x20BB7; </w:t></w:r></w:p>\
            <w:p><w:del><w:r><w:t>gone</w:t></w:r></w:del><w:r><w:t>kept</w:t><w:br/><w:t>line</w:t><w:br w:type=\"page\"/></w:r></w:p>\
            <w:tbl><w:tr><w:tc><w:p><w:r><w:t>00:01</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc><w:tc><w:p><w:r><w:t>Child</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
        assert_eq!(
            text(body),
            "妈妈：\tA & B𠮷 \nkept\nline\n\n00:01\t\tChild\n"
        );
    }

    #[test]
    fn changes_are_accepted_with_the_ends_of_paragraphs_and_rows() {
        let mark = |kind: &str| format!("<w:pPr><w:rPr><w:{kind} w:id=\"1\"/></w:rPr></w:pPr>");
        let body = [
            p(&format!(
                "{}{}<w:del>{}</w:del>",
                mark("del"),
                run("One "),
                run("gone")
            )),
            p(&format!(
                "<w:ins>{}</w:ins><w:moveTo>{}</w:moveTo>",
                run("paragraph"),
                run(" moved")
            )),
            p(&format!(
                "{}<w:moveFrom>{}</w:moveFrom>",
                mark("moveFrom"),
                run(" moved")
            )),
            p(&format!("{}{}", mark("ins"), run("Two"))),
            format!(
                "<w:tbl><w:tr><w:trPr><w:del w:id=\"2\"/></w:trPr><w:tc>{0}</w:tc></w:tr><w:tr><w:tc>{1}</w:tc></w:tr></w:tbl>",
                p(&format!("<w:del>{}</w:del>", run("row"))),
                p(&run("stays"))
            ),
        ];
        assert_eq!(text(&body.concat()), "One paragraph moved\nTwo\nstays\n");
    }

    #[test]
    fn wrapped_words_are_read_once_and_hidden_ones_never() {
        let boxed = |what: &str| format!("<w:txbxContent>{}</w:txbxContent>", p(&run(what)));
        let alternate = format!(
            "<mc:AlternateContent><mc:Choice>{0}</mc:Choice><mc:Fallback>{0}</mc:Fallback></mc:AlternateContent>",
            boxed("盒子")
        );
        let body = [
            p(&format!(
                "{}<w:r>{alternate}</w:r>{}",
                run("Before "),
                run("after")
            )),
            p(&format!(
                "<w:hyperlink>{}</w:hyperlink><w:smartTag>{}</w:smartTag>",
                run("link "),
                run("tag")
            )),
            format!(
                "<w:sdt><w:sdtPr><w:rPr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>",
                p(&run("field"))
            ),
            p(
                "<w:r><w:t>A</w:t><w:softHyphen/><w:t>b</w:t><w:noBreakHyphen/><w:t>c</w:t><w:sym w:font=\"Wingdings\" w:char=\"F0FC\"/></w:r>",
            ),
            p(
                "<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r><w:r><w:t>shown</w:t></w:r>",
            ),
            p(
                "<w:r><w:ruby><w:rt><w:r><w:t>mā</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>妈</w:t></w:r></w:rubyBase></w:ruby></w:r>",
            ),
        ];
        assert_eq!(
            text(&body.concat()),
            "Before after\n盒子\nlink tag\nfield\nAb\u{2011}c✓\nshown\n妈\n"
        );
        assert_eq!(
            read("a.docx", &docx(&body.concat())).unwrap().notes,
            [Note::Hidden]
        );
    }

    #[test]
    fn a_table_in_a_table_keeps_its_rows() {
        let cell = |inner: &str| format!("<w:tc>{inner}</w:tc>");
        let inner = format!(
            "<w:tbl><w:tr>{}{}</w:tr></w:tbl><w:p/>",
            cell(&p(&run("a"))),
            cell(&p(&run("b")))
        );
        let body = format!(
            "{}<w:tbl><w:tr>{}{}</w:tr></w:tbl>",
            p(&run("Before")),
            cell(&inner),
            cell(&p(&run("c")))
        );
        assert_eq!(text(&body), "Before\na\tb\tc\n");
    }

    #[test]
    fn comments_and_notes_stand_on_their_words() {
        let body = p(&format!(
            "{}<w:commentRangeStart w:id=\"0\"/>{}<w:commentRangeEnd w:id=\"0\"/><w:r><w:commentReference w:id=\"0\"/></w:r>{}<w:r><w:footnoteReference w:id=\"2\"/></w:r>{}<w:r><w:endnoteReference w:id=\"5\"/></w:r>",
            run("😀 "),
            run("每天都笑"),
            run("。Then she left"),
            run(" us 𠮷")
        ));
        let bytes = package(&[
            ("word/document.xml", &body),
            (
                "word/comments.xml",
                &format!(
                    "<w:comment w:id=\"0\" w:author=\"Ana Ruiz\">{}{}</w:comment><w:comment w:id=\"7\" w:author=\"B\">{}</w:comment>",
                    p(&run("Strong.")),
                    p(&run("很重要")),
                    p(&run("on nothing"))
                ),
            ),
            (
                "word/footnotes.xml",
                &format!(
                    "<w:footnote w:type=\"separator\" w:id=\"-1\">{0}</w:footnote><w:footnote w:id=\"2\">{0}</w:footnote>",
                    p(&run("She returned."))
                ),
            ),
            (
                "word/endnotes.xml",
                &format!("<w:endnote w:id=\"5\">{}</w:endnote>", p(&run("End."))),
            ),
            ("word/header1.xml", &p(&run("Study"))),
        ]);
        let document = super::super::check_remarks(
            "a.docx",
            bytes,
            "😀 每天都笑。Then she left us 𠮷\n",
            &[
                ("", "B", "on nothing", AnnotationKind::Comment),
                (
                    "每天都笑",
                    "Ana Ruiz",
                    "Strong.\n很重要",
                    AnnotationKind::Comment,
                ),
                ("left", "", "She returned.", AnnotationKind::Footnote),
                ("𠮷", "", "End.", AnnotationKind::Endnote),
            ],
        );
        assert_eq!(document.notes, [Note::Edges]);
    }

    #[test]
    fn a_number_of_pages_is_not_missed() {
        let notes = |header: &str| {
            let document = p(&run("Words."));
            let bytes = package(&[
                ("word/document.xml", &document),
                ("word/header1.xml", header),
            ]);
            read("a.docx", &bytes).unwrap().notes
        };
        let number = format!(
            "<w:hdr>{}</w:hdr>",
            p(&format!(
                "<w:fldSimple w:instr=\" PAGE \">{}</w:fldSimple>",
                run("12")
            ))
        );
        assert_eq!(notes(&number), []);
        assert_eq!(
            notes(&format!("<w:ftr>{}</w:ftr>", p(&run("研究 12")))),
            [Note::Edges]
        );
    }

    #[test]
    fn automatic_numbers_are_left_out_and_said() {
        let styled = |properties: &str, words: &str| {
            p(&format!("<w:pPr>{properties}</w:pPr>{}", run(words)))
        };
        let numbered = |list: u8, level: u8, words: &str| {
            styled(
                &format!(
                    "<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr>"
                ),
                words,
            )
        };
        let body = [
            numbered(7, 0, "I: What do you do?"),
            styled("<w:pStyle w:val=\"Answer\"/>", "B: I go to the stairs."),
            numbered(7, 1, "a bullet"),
            numbered(0, 0, "none"),
            styled(
                "<w:pStyle w:val=\"Answer\"/><w:numPr><w:numId w:val=\"0\"/></w:numPr>",
                "taken off",
            ),
            styled(
                "<w:pPrChange><w:pPr><w:numPr><w:numId w:val=\"7\"/></w:numPr></w:pPr></w:pPrChange>",
                "before",
            ),
            p(&run("plain")),
        ];
        let level = |level: u8, format: &str| {
            format!("<w:lvl w:ilvl=\"{level}\"><w:numFmt w:val=\"{format}\"/></w:lvl>")
        };
        let lists = format!(
            "<w:abstractNum w:abstractNumId=\"3\">{}{}</w:abstractNum><w:num w:numId=\"7\"><w:abstractNumId w:val=\"3\"/></w:num>",
            level(0, "decimal"),
            level(1, "bullet")
        );
        let styles = "<w:style w:styleId=\"Base\"><w:pPr><w:numPr><w:numId w:val=\"7\"/></w:numPr></w:pPr></w:style><w:style w:styleId=\"Answer\"><w:basedOn w:val=\"Base\"/></w:style>";
        let bytes = package(&[
            ("word/document.xml", &body.concat()),
            ("word/numbering.xml", &lists),
            ("word/styles.xml", styles),
        ]);
        let read = read("a.docx", &bytes).unwrap();
        assert_eq!(read.notes, [Note::ListNumbers(2)]);
        assert!(
            matches!(read.body, super::super::Body::Text(text) if text.starts_with("I: What do you do?\nB: I go"))
        );
    }

    #[test]
    fn a_cut_off_or_hostile_file_is_refused() {
        let whole = docx("<w:p><w:r><w:t>words</w:t></w:r></w:p>");
        for length in 0..whole.len() - 1 {
            let error = read("a.docx", &whole[..length]);
            assert!(
                matches!(error, Err(ImportError::Damaged { .. })),
                "at {length}: {error:?}"
            );
        }
        let deep = docx(&"<w:sdt>".repeat(DEEPEST + 1));
        assert!(
            read("a.docx", &deep)
                .unwrap_err()
                .to_string()
                .contains("too deep")
        );
        let bomb = docx(
            "<!DOCTYPE x [<!ENTITY a \"words\"><!ENTITY b \"&a;&a;&a;\">]><w:p><w:r><w:t>x&b;</w:t></w:r></w:p>",
        );
        assert!(read("a.docx", &bomb).is_ok_and(
            |read| matches!(read.body, super::super::Body::Text(text) if text == "x\n")
        ));
    }
}
