//! Reader of rich text (RTF), with comments and notes as remarks on their passages; hidden and deleted text is left out.
//!
//! RTF is ASCII with groups in braces, control words (`\par`) and text in the code page of the document or of the current font.
//! `\u` stands for a UTF-16 unit and is followed by replacement characters for readers that don't know it.
//! No crate reads all of this, least of all Chinese in fonts with their own code pages, so the reader is our own.

mod control;
mod words;

use std::collections::BTreeMap;

use super::{Extracted, codepage::TextEncoding, flow::Flow, package::damaged};
use crate::{
    import::{
        ImportError, Note,
        annotation::{Annotation, AnnotationKind},
    },
    message::text::Text,
    model::text::TextRange,
};
use words::{Destination, RtfGroup};

/// Deepest nesting of groups; real documents stay far below it.
const DEEPEST: usize = 4_096;

/// Reads the text with its remarks.
pub(super) fn read(file: &str, bytes: &[u8]) -> Result<Extracted, ImportError> {
    if !bytes.starts_with(b"{\\rtf") {
        return Err(damaged(
            file,
            Text::new("it doesn't begin as RTF", "开头不是 RTF"),
        ));
    }
    let mut reader = RtfReader::new(bytes);
    reader.run().map_err(|reason| damaged(file, reason))?;
    Ok(reader.finish())
}

struct RtfReader<'a> {
    bytes: &'a [u8],
    at: usize,
    group: RtfGroup,
    stack: Vec<RtfGroup>,
    /// The code page of the document.
    document: TextEncoding,
    /// Code pages of fonts by their numbers.
    fonts: BTreeMap<i32, TextEncoding>,
    /// In the font table: the depth of its group, and the font that it describes.
    font_table: Option<(usize, i32)>,
    /// Replacement characters still to be skipped after a `\u`.
    drop: usize,
    /// Bytes of text that aren't decoded yet: a character may consist of several.
    raw: Vec<u8>,
    /// UTF-16 units that aren't decoded yet: a character may consist of two.
    units: Vec<u16>,
    flow: Flow,
    any_hidden: bool,
    /// True if a header or footer has text.
    edges_have_text: bool,
    /// The number or bullet of the current paragraph.
    mark: String,
    /// How many paragraphs have a number.
    numbered: usize,
    /// The author of the next comment.
    author: String,
    /// The id of the comment that is being read.
    comment_id: String,
    /// Where passages with a comment begin, by its id.
    begun: BTreeMap<String, u32>,
    /// Passages with a comment, by its id.
    commented: BTreeMap<String, TextRange>,
}

impl<'a> RtfReader<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            at: 0,
            group: RtfGroup::default(),
            stack: Vec::new(),
            document: TextEncoding::usual(),
            fonts: BTreeMap::new(),
            font_table: None,
            drop: 0,
            raw: Vec::new(),
            units: Vec::new(),
            flow: Flow::default(),
            any_hidden: false,
            edges_have_text: false,
            mark: String::new(),
            numbered: 0,
            author: String::new(),
            comment_id: String::new(),
            begun: BTreeMap::new(),
            commented: BTreeMap::new(),
        }
    }

    fn run(&mut self) -> Result<(), Text> {
        while let Some(&byte) = self.bytes.get(self.at) {
            self.at += 1;
            match byte {
                b'{' => self.begin_group()?,
                b'}' => self.end_group()?,
                // Line ends and NULs are no text: writers break lines anywhere.
                b'\r' | b'\n' | 0 => {}
                b'\\' => self.control(),
                other => self.byte(other),
            }
        }
        self.flush();
        if self.stack.is_empty() {
            Ok(())
        } else {
            Err(Text::new("it is cut off", "文件不完整"))
        }
    }

    fn begin_group(&mut self) -> Result<(), Text> {
        self.flush();
        if self.stack.len() >= DEEPEST {
            return Err(Text::new(
                "its groups are nested too deeply",
                "分组嵌套太深",
            ));
        }
        let first_of_two = std::mem::take(&mut self.group.twice);
        self.stack.push(self.group.clone());
        self.group.skips |= first_of_two;
        self.group.destination = None;
        // Replacement characters never reach into another group.
        self.drop = 0;
        Ok(())
    }

    fn end_group(&mut self) -> Result<(), Text> {
        self.flush();
        if self
            .font_table
            .is_some_and(|(depth, _)| depth == self.stack.len())
        {
            self.font_table = None;
        }
        let outer = self.stack.pop().ok_or(Text::new(
            "a group ends that never began",
            "有分组只有结尾没有开头",
        ))?;
        let ended = std::mem::replace(&mut self.group, outer);
        if ended.numbers && !self.group.numbers {
            self.numbered += usize::from(is_number(&std::mem::take(&mut self.mark)));
        }
        if let Some(destination) = ended.destination {
            self.end_destination(destination);
        }
        self.drop = 0;
        Ok(())
    }

    fn hidden(&self) -> bool {
        self.group.skips || self.group.deleted || self.group.vanishes || self.font_table.is_some()
    }

    /// Reads a byte of text in the current code page.
    fn byte(&mut self, byte: u8) {
        if self.drop > 0 {
            self.drop -= 1;
        } else if self.hidden() {
            self.edges_have_text |= self.group.edge && (byte.is_ascii_alphabetic() || byte >= 0x80);
            if self.group.numbers {
                self.mark.push(char::from(byte));
            }
        } else {
            if !self.units.is_empty() {
                self.flush();
            }
            self.raw.push(byte);
        }
    }

    /// Adds a character of text.
    fn put(&mut self, c: char) {
        if self.drop > 0 {
            self.drop -= 1;
        } else if !self.hidden() {
            self.flush();
            self.flow.push(c);
        }
    }

    /// Sends the text of the current group elsewhere.
    fn begin_destination(&mut self, what: Destination) {
        if !self.group.skips && self.group.destination.is_none() {
            self.flush();
            self.flow.begin_inner();
            self.group.destination = Some(what);
        }
    }

    fn end_destination(&mut self, destination: Destination) {
        if destination == Destination::Box {
            return self.flow.end_box();
        }
        let words = self.flow.end_remark();
        match destination {
            Destination::Note(kind) => self.flow.note(kind, words),
            Destination::CommentAuthor => self.author = words,
            Destination::CommentReference => self.comment_id = words,
            Destination::PassageStart => {
                if let Some(at) = self.flow.position() {
                    self.begun.insert(words, at);
                }
            }
            Destination::PassageEnd => {
                if let Some((from, to)) = self.begun.get(&words).copied().zip(self.flow.position())
                {
                    self.commented.insert(words, TextRange::between(from, to));
                }
            }
            Destination::Comment => {
                let id = std::mem::take(&mut self.comment_id);
                let range = match self.commented.get(&id) {
                    Some(range) => *range,
                    None => self.flow.word_before(),
                };
                let author = std::mem::take(&mut self.author);
                self.flow.annotate(Annotation {
                    range,
                    author,
                    text: words,
                    kind: AnnotationKind::Comment,
                });
            }
            Destination::Box | Destination::Nothing => {}
        }
    }

    fn finish(self) -> Extracted {
        let mut notes = Vec::new();
        if self.edges_have_text {
            notes.push(Note::Edges);
        }
        if self.any_hidden {
            notes.push(Note::Hidden);
        }
        if self.numbered > 0 {
            notes.push(Note::ListNumbers(self.numbered));
        }
        self.flow.finish(notes)
    }

    /// Decodes what was collected, before anything that changes the code page or the place.
    fn flush(&mut self) {
        if !self.units.is_empty() {
            self.flow.push_str(&String::from_utf16_lossy(&self.units));
            self.units.clear();
        }
        if !self.raw.is_empty() {
            self.flow.push_str(&self.group.encoding.decode(&self.raw));
            self.raw.clear();
        }
    }
}

/// Returns true for the number of a paragraph, such as `1.`, `a)` or `一、`. A bullet is a single sign, in some fonts a letter.
fn is_number(mark: &str) -> bool {
    let mark = mark.trim();
    mark.contains(|c: char| c.is_ascii_digit())
        || mark.chars().count() > 1 && mark.contains(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text(rtf: &[u8]) -> String {
        match read("a.rtf", rtf).unwrap().body {
            crate::import::text::Body::Text(text) => text,
            _ => panic!("text"),
        }
    }

    #[test]
    fn unicode_with_replacements_and_surrogates() {
        assert_eq!(
            text(br"{\rtf1\ansi\uc1 \u22920?\u22920?\u-10180?\u-8389? x\u233\'e9.}"),
            "妈妈🌻 xé."
        );
        assert_eq!(text(br"{\rtf1{\uc0 \u8212 }a\uc2\u20013 ??b}"), "—a中b");
    }

    #[test]
    fn code_pages_of_document_and_font() {
        assert_eq!(
            text(b"{\\rtf1\\ansi\\ansicpg936 \\'c2\\'e8\\'c2\\'e8\\'a3\\'ba\\par x}"),
            "妈妈：\nx"
        );
        assert_eq!(
            text(b"{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}{\\f1\\fcharset136 Ming;}}\\f0 caf\\'e9 {\\f1\\'a4\\'a4}!}"),
            "café 中!"
        );
    }

    #[test]
    fn what_is_no_text_is_left_out() {
        let rtf = br"{\rtf1{\*\generator x;}{\info{\title t}}{\header page}A\tab B{\footnote note}{\deleted gone} C{\field{\*\fldinst HYPERLINK}{\fldrslt link}}\cell\row}";
        assert_eq!(text(rtf), "A\tB Clink\n");
        assert_eq!(read("a.rtf", rtf).unwrap().notes, [Note::Edges]);
        assert_eq!(
            text(br"{\rtf1 A{\v hidden}B{\upr{old}{\*\ud{new \u22920?}}}C\page D\~E\_F\-G{\xe index}}"),
            "ABnew 妈C\nD\u{a0}E\u{2011}FG"
        );
        let boxed = br"{\rtf1 host{\shp{\*\shpinst{\sp{\sn a}{\sv b}}{\shptxt \pard box\par}}{\shprslt box}} goes on\par end}";
        assert_eq!(text(boxed), "host goes on\nbox\nend");
        assert_eq!(
            text(br"{\rtf1 a\cell\nestcell b\nestcell{\*\nesttableprops\trowd\nestrow}{\nonesttables\par}c\cell\row d}"),
            "a\t\tb\nc\nd"
        );
    }

    #[test]
    fn automatic_numbers_are_left_out_and_said() {
        let rtf = br"{\rtf1{\listtext\pard\plain\f0 1.\tab}\pard\ls1\ilvl0 I: What do you do?\par{\pntext\pard\plain\f0 b)\tab}\pard B: I go.\par{\listtext\u19968?\u12289?\tab}\pard I: Then?\par{\listtext\pard\plain\f3 \'b7\tab}\pard one{\listtext\f4 o\tab}\pard\par{\header{\listtext 2.}}}";
        assert_eq!(text(rtf), "I: What do you do?\nB: I go.\nI: Then?\none\n");
        assert_eq!(read("a.rtf", rtf).unwrap().notes, [Note::ListNumbers(3)]);
    }

    #[test]
    fn code_pages_of_dos() {
        assert_eq!(
            text(br"{\rtf1\ansi\ansicpg437 caf\'82 \'9b\'e1}"),
            "café ¢ß"
        );
        assert_eq!(
            text(br"{\rtf1\ansi\ansicpg850 caf\'82 \'9b\'e1}"),
            "café øß"
        );
        assert_eq!(text(br"{\rtf1\pc caf\'82 \'9b \u22920?}"), "café ¢ 妈");
        assert_eq!(text(br"{\rtf1\pca caf\'82 \'9b}"), "café ø");
        let fonts = b"{\\rtf1\\ansi\\ansicpg936{\\fonttbl{\\f0\\fcharset134 SimSun;}{\\f1\\fcharset255 Terminal;}{\\f2\\fnil\\cpg850 X;}}\\f0\\'c2\\'e8\\f1\\'82\\f2\\'9b}";
        assert_eq!(text(fonts), "妈éø");
    }

    #[test]
    fn headers_and_footers_are_missed_only_where_they_had_words() {
        let notes = |rtf: &[u8]| read("a.rtf", rtf).unwrap().notes;
        let empty: [&[u8]; 4] = [
            br"{\rtf1 {\header \pard\par}{\footer \pard\qr {\field{\*\fldinst PAGE}{\fldrslt 12}}\par}words}",
            br"{\rtf1 {\headerl\pard\plain \~\tab -\par}{\*\ftnsep\chftnsep}words}",
            br"{\rtf1 {\header{\pict\wmetafile8 0a0bcd}{\*\unknown words}{\shp{\*\shpinst{\sp{\sn name}{\sv value}}}}}words}",
            br"{\rtf1 {\stylesheet{\s15 header;}{\s16 footer;}}words}",
        ];
        for rtf in empty {
            assert!(notes(rtf).is_empty(), "{}", String::from_utf8_lossy(rtf));
        }
        let said = [Note::Edges];
        assert_eq!(notes(br"{\rtf1 {\header Visit 3}words}"), said);
        assert_eq!(
            notes(br"{\rtf1\ansicpg936 {\footerf {\b \'b7\'c3}\par}words}"),
            said
        );
        assert_eq!(notes(br"{\rtf1 {\headerr {\f1 \u22920?}}words}"), said);
    }

    #[test]
    fn the_font_for_chinese_beside_another_one() {
        let rtf = b"{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0\\fcharset0 Arial;}{\\f13\\fcharset134 SimSun;}}\\f0\\loch\\af0\\hich\\af0\\dbch\\af13 \\'c2\\'e8\\loch\\f0 \\'e9}";
        assert_eq!(text(rtf), "妈é");
    }

    #[test]
    fn comments_and_notes_stand_on_their_words() {
        let rtf = br"{\rtf1 \u-10179?\u-8704? she {\*\atrfstart 1}left us{\*\atrfend 1}{\*\atnid AR}{\*\atnauthor Ana Ruiz}\chatn{\*\annotation{\*\atnref 1}\pard Strong.\par so}. Then{\footnote\chftn She returned.} more{\footnote\ftnalt End.}{\*\atnauthor B}{\*\annotation hm}}";
        super::super::check_remarks(
            "a.rtf",
            rtf.to_vec(),
            "😀 she left us. Then more",
            &[
                (
                    "left us",
                    "Ana Ruiz",
                    "Strong.\nso",
                    AnnotationKind::Comment,
                ),
                ("Then", "", "She returned.", AnnotationKind::Footnote),
                ("more", "", "End.", AnnotationKind::Endnote),
                ("more", "B", "hm", AnnotationKind::Comment),
            ],
        );
    }

    #[test]
    fn damaged_files_are_refused() {
        assert!(read("a.rtf", br"{\rtf1 cut off").is_err());
        assert!(read("a.rtf", br"{\rtf1 }}").is_err());
        assert!(read("a.rtf", b"words").is_err());
        let deep = [b"{\\rtf1".as_slice(), "{".repeat(10_000).as_bytes()].concat();
        assert!(read("a.rtf", &deep).is_err());
    }

    proptest! {
        #[test]
        fn any_bytes_end_in_text_or_a_reason(tail in proptest::collection::vec(any::<u8>(), 0..200)) {
            read("a.rtf", &[b"{\\rtf1 ".as_slice(), &tail, b"}"].concat()).ok();
        }
    }
}
