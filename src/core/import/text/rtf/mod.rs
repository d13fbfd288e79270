//! Reader of rich text (RTF), with comments and notes as remarks on their passages; hidden and deleted text is left out.
//!
//! RTF is ASCII with groups in braces, control words (`\par`) and text in the code page of the document or of the current font.
//! `\u` stands for a UTF-16 unit and is followed by replacement characters for readers that don't know it.
//! No crate reads all of this, least of all Chinese in fonts with their own code pages, so the reader is our own.

use std::collections::BTreeMap;

use super::{
    Extracted,
    codepage::TextEncoding,
    flow::Flow,
    package::damaged,
    rtf_words::{Destination, MOST_REPLACEMENTS, OPENED, RtfGroup, SKIPPED, count_of, sign},
};
use crate::{
    import::{
        ImportError, Note,
        annotation::{Annotation, AnnotationKind},
    },
    message::text::Text,
    model::text::TextRange,
};

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

    fn control(&mut self) {
        let Some(&first) = self.bytes.get(self.at) else {
            return;
        };
        if first.is_ascii_alphabetic() {
            let (word, number) = self.word();
            self.act(word, number);
            return;
        }
        self.at += 1;
        match first {
            b'\'' => self.hex_byte(),
            b'*' => self.optional(),
            b'~' => self.put('\u{a0}'),
            b'_' => self.put('\u{2011}'),
            b'\\' | b'{' | b'}' => self.put(char::from(first)),
            b'\n' | b'\r' => self.put('\n'),
            _ => {}
        }
    }

    /// Reads a byte written as two hexadecimal digits.
    fn hex_byte(&mut self) {
        let digits = self.bytes.get(self.at..self.at + 2);
        let byte = digits
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        if let Some(byte) = byte {
            self.at += 2;
            self.byte(byte);
        }
    }

    /// Handles `\*`: the destination after it may be skipped by readers that don't know it.
    fn optional(&mut self) {
        let here = self.at;
        let known = self.bytes.get(here) == Some(&b'\\') && {
            self.at += 1;
            let (word, _) = self.word();
            OPENED.contains(&word)
        };
        self.at = here;
        self.group.skips |= !known;
        self.group.edge &= known;
    }

    /// Reads a control word with its number; one space behind it is part of it.
    fn word(&mut self) -> (&'a [u8], Option<i32>) {
        let word = self.take_while(u8::is_ascii_alphabetic);
        let before_number = self.at;
        if self.bytes.get(self.at) == Some(&b'-') {
            self.at += 1;
        }
        let digits = self.take_while(u8::is_ascii_digit);
        let number = self
            .bytes
            .get(before_number..self.at)
            .and_then(|number| std::str::from_utf8(number).ok())
            .and_then(|number| number.parse().ok());
        if digits.is_empty() {
            // A hyphen without digits is text.
            self.at = before_number;
        }
        if self.bytes.get(self.at) == Some(&b' ') {
            self.at += 1;
        }
        (word, number)
    }

    /// Reads the bytes that fit.
    fn take_while(&mut self, fits: fn(&u8) -> bool) -> &'a [u8] {
        let (_, rest) = self.bytes.split_at(self.at);
        let count = rest.iter().take_while(|byte| fits(byte)).count();
        self.at += count;
        rest.split_at(count).0
    }

    /// Handles a control word that changes how text is read.
    fn act(&mut self, word: &[u8], number: Option<i32>) {
        match word {
            b"u" => self.unit(number),
            b"uc" => self.group.replacements = count_of(number, 1).min(MOST_REPLACEMENTS),
            b"bin" => self.at = self.at.saturating_add(count_of(number, 0)),
            b"ansicpg" | b"mac" | b"pc" | b"pca" => {
                self.flush();
                self.document = match (word, number.and_then(TextEncoding::numbered)) {
                    (b"mac", _) => TextEncoding::macintosh(),
                    (b"pc", _) => TextEncoding::DOS,
                    (b"pca", _) => TextEncoding::DOS_LATIN,
                    (_, Some(page)) => page,
                    (_, None) => TextEncoding::usual(),
                };
                (self.group.encoding, self.group.font) = (self.document, self.document);
            }
            b"fonttbl" => self.font_table = Some((self.stack.len(), 0)),
            // A font without a number is font 0, as for every control word without a number.
            b"f" => self.font(number.unwrap_or(0)),
            b"fcharset" => {
                if let Some((_, font)) = self.font_table {
                    let encoding = match number.and_then(TextEncoding::of_character_set) {
                        Some(encoding) => encoding,
                        None => self.document,
                    };
                    self.fonts.insert(font, encoding);
                }
            }
            b"cpg" => {
                if let Some(((_, font), page)) =
                    self.font_table.zip(number.and_then(TextEncoding::numbered))
                {
                    self.fonts.insert(font, page);
                }
            }
            b"plain" => {
                self.flush();
                (self.group.encoding, self.group.font) = (self.document, self.document);
                self.group.deleted = false;
                self.group.vanishes = false;
                self.group.double_byte = false;
            }
            // Word writes a font for each kind of text: `\loch\af0\hich\af0\dbch\af13`. Only that for double-byte text matters here.
            b"dbch" | b"loch" | b"hich" => {
                self.flush();
                self.group.double_byte = word == b"dbch";
                self.group.encoding = self.group.font;
            }
            b"af" if self.group.double_byte && self.font_table.is_none() => {
                self.flush();
                let associated = number.and_then(|font| self.fonts.get(&font));
                self.group.encoding = match associated {
                    Some(encoding) => *encoding,
                    None => self.group.font,
                };
            }
            b"v" => {
                self.flush();
                self.group.vanishes = number != Some(0);
                self.any_hidden |= self.group.vanishes && !self.group.skips;
            }
            b"deleted" => {
                self.flush();
                self.group.deleted = number != Some(0);
            }
            word => self.destination(word),
        }
    }

    /// Handles a control word that names the destination of its group, ends a paragraph or stands for a character.
    fn destination(&mut self, word: &[u8]) {
        match word {
            b"upr" => self.group.twice = true,
            // `\upr` holds a group in a code page, which was skipped, and this one with the same text in Unicode.
            b"ud" => self.group.twice = false,
            b"footnote" => self.begin_destination(Destination::Note(AnnotationKind::Footnote)),
            b"ftnalt" if self.group.destination.is_some() => {
                self.group.destination = Some(Destination::Note(AnnotationKind::Endnote));
            }
            b"annotation" => self.begin_destination(Destination::Comment),
            b"atnauthor" => self.begin_destination(Destination::CommentAuthor),
            b"atnid" => self.begin_destination(Destination::Nothing),
            b"atnref" => self.begin_destination(Destination::CommentReference),
            b"atrfstart" => self.begin_destination(Destination::PassageStart),
            b"atrfend" => self.begin_destination(Destination::PassageEnd),
            b"shptxt" => self.begin_destination(Destination::Box),
            b"par" | b"sect" if !self.hidden() => self.end_paragraph(),
            b"row" | b"nestrow" if !self.hidden() => {
                self.flush();
                self.flow.end_open_row();
            }
            word if SKIPPED.contains(&word) => {
                // A header is worth a note if it has text of its own: not the number of a page, and not what a picture in it holds.
                self.group.edge = (word.starts_with(b"header") || word.starts_with(b"footer"))
                    && !self.group.skips;
                self.group.skips = true;
            }
            word => {
                if let Some(c) = sign(word) {
                    self.drop = 0;
                    self.put(c);
                }
            }
        }
    }

    fn end_paragraph(&mut self) {
        self.drop = 0;
        self.flush();
        self.flow.end_paragraph();
    }

    /// Reads a UTF-16 unit, `\u`.
    fn unit(&mut self, number: Option<i32>) {
        self.edges_have_text |= self.group.edge;
        if !self.hidden() {
            if !self.raw.is_empty() {
                self.flush();
            }
            // Numbers are signed 16-bit, so units above 32,767 are written as negative ones.
            let unit = number.and_then(|number| u16::try_from(number.rem_euclid(0x1_0000)).ok());
            self.units.push(unit.unwrap_or(0xFFFD));
        }
        self.drop = self.group.replacements;
    }

    /// Changes the font, or in the font table begins its description.
    fn font(&mut self, font: i32) {
        match &mut self.font_table {
            Some((_, present)) => *present = font,
            None => {
                self.flush();
                self.group.font = match self.fonts.get(&font) {
                    Some(encoding) => *encoding,
                    None => self.document,
                };
                self.group.encoding = self.group.font;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text(rtf: &[u8]) -> String {
        match read("a.rtf", rtf).unwrap().body {
            super::super::Body::Text(text) => text,
            super::super::Body::Segments(_) => panic!("text"),
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
