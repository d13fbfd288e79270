//! The text of an RTF file: code pages of the document and of its fonts, `\u` with its replacements, tables by tabs; comments and notes as remarks on their passages; fields' instructions, hidden and deleted words left out.

use std::collections::BTreeMap;

use super::{Extracted, codepage::TextEncoding, flow::Flow, package::damaged};
use crate::{
    import::{
        ImportError, Note,
        annotation::{Annotation, AnnotationKind},
    },
    model::text::TextRange,
};

/// Groups within groups beyond this are hostile.
const DEEPEST: usize = 4_096;

/// Destinations whose words aren't the interview's.
const SKIPPED: &[&[u8]] = &[
    b"atntime",
    b"colortbl",
    b"datastore",
    b"falt",
    b"filetbl",
    b"fldinst",
    b"footer",
    b"footerf",
    b"footerl",
    b"footerr",
    b"ftnsep",
    b"ftnsepc",
    b"generator",
    b"header",
    b"headerf",
    b"headerl",
    b"headerr",
    b"info",
    b"latentstyles",
    b"listoverridetable",
    b"listtable",
    b"nonesttables",
    b"nonshppict",
    b"object",
    b"panose",
    b"pict",
    b"rsidtbl",
    b"rxe",
    b"shprslt",
    b"sn",
    b"stylesheet",
    b"sv",
    b"tc",
    b"themedata",
    b"xe",
    b"xmlnstbl",
];

/// Destinations that older readers pass over, and whose words are the interview's or tell of its comments.
const OPENED: &[&[u8]] = &[
    b"annotation",
    b"atnauthor",
    b"atnid",
    b"atnref",
    b"atrfstart",
    b"atrfend",
    b"nesttableprops",
    b"shpinst",
    b"ud",
];

/// What the words of a group are gathered for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Destination {
    Note(AnnotationKind),
    Comment,
    Box,
    Author,
    From,
    To,
    Reference,
    /// Words that nobody asked for.
    Nothing,
}

/// What a group inherits and loses at its end.
#[derive(Clone)]
struct RtfGroup {
    skips: bool,
    /// Of a header or footer, whose words are left out.
    edge: bool,
    /// Characters that stand after a `\u` for readers that don't know it.
    replacements: usize,
    encoding: TextEncoding,
    /// Deleted by a change that is tracked.
    deleted: bool,
    /// Not shown.
    vanishes: bool,
    /// Code page of the font, where another one for Chinese stands beside it.
    font: TextEncoding,
    /// Fonts that are named next are for Chinese.
    double_byte: bool,
    /// The next group says in an old way what the one behind it says in Unicode.
    twice: bool,
    /// Whether this group's words are gathered, and what for.
    gathers: Option<Destination>,
}

/// The text.
pub(super) fn read(file: &str, bytes: &[u8]) -> Result<Extracted, ImportError> {
    if !bytes.starts_with(b"{\\rtf") {
        return Err(damaged(file, "it doesn't begin as RTF"));
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
    document: TextEncoding,
    fonts: BTreeMap<i32, TextEncoding>,
    /// The font that the table of fonts speaks of, and how deep that table lies.
    font_table: Option<(usize, i32)>,
    /// Characters still to be passed over after a `\u`.
    drop: usize,
    raw: Vec<u8>,
    units: Vec<u16>,
    flow: Flow,
    any_hidden: bool,
    headed: bool,
    /// Who wrote the next comment, and where commented passages begin and end.
    author: String,
    number: String,
    begun: BTreeMap<String, u32>,
    commented: BTreeMap<String, TextRange>,
}

impl<'a> RtfReader<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        let group = RtfGroup {
            skips: false,
            edge: false,
            replacements: 1,
            encoding: TextEncoding::usual(),
            deleted: false,
            vanishes: false,
            font: TextEncoding::usual(),
            double_byte: false,
            twice: false,
            gathers: None,
        };
        Self {
            bytes,
            at: 0,
            group,
            stack: Vec::new(),
            document: TextEncoding::usual(),
            fonts: BTreeMap::new(),
            font_table: None,
            drop: 0,
            raw: Vec::new(),
            units: Vec::new(),
            flow: Flow::default(),
            any_hidden: false,
            headed: false,
            author: String::new(),
            number: String::new(),
            begun: BTreeMap::new(),
            commented: BTreeMap::new(),
        }
    }

    fn run(&mut self) -> Result<(), &'static str> {
        while let Some(&byte) = self.bytes.get(self.at) {
            self.at += 1;
            match byte {
                b'{' => {
                    self.flush();
                    if self.stack.len() >= DEEPEST {
                        return Err("its groups lie too deep");
                    }
                    let first_of_two = std::mem::take(&mut self.group.twice);
                    self.stack.push(self.group.clone());
                    self.group.skips |= first_of_two;
                    self.group.gathers = None;
                    self.drop = 0;
                }
                b'}' => {
                    self.flush();
                    if self
                        .font_table
                        .is_some_and(|(depth, _)| depth == self.stack.len())
                    {
                        self.font_table = None;
                    }
                    let ended = std::mem::replace(
                        &mut self.group,
                        self.stack.pop().ok_or("a group ends that never began")?,
                    );
                    if let Some(gathered) = ended.gathers {
                        self.end_gathering(gathered);
                    }
                    self.drop = 0;
                }
                b'\r' | b'\n' | 0 => {}
                b'\\' => self.control(),
                other => self.byte(other),
            }
        }
        self.flush();
        if self.stack.is_empty() {
            Ok(())
        } else {
            Err("it is cut off")
        }
    }

    fn hidden(&self) -> bool {
        self.group.skips || self.group.deleted || self.group.vanishes || self.font_table.is_some()
    }

    /// A byte of text in the present code page.
    fn byte(&mut self, byte: u8) {
        if self.drop > 0 {
            self.drop -= 1;
        } else if self.hidden() {
            self.headed |= self.group.edge && (byte.is_ascii_alphabetic() || byte >= 0x80);
        } else {
            if !self.units.is_empty() {
                self.flush();
            }
            self.raw.push(byte);
        }
    }

    /// A character of text, whatever the code page.
    fn put(&mut self, c: char) {
        if self.drop > 0 {
            self.drop -= 1;
        } else if !self.hidden() {
            self.flush();
            self.flow.push(c);
        }
    }

    /// Gathers the words of the present group for something.
    fn gather(&mut self, what: Destination) {
        if !self.group.skips && self.group.gathers.is_none() {
            self.flush();
            self.flow.begin_inner();
            self.group.gathers = Some(what);
        }
    }

    fn end_gathering(&mut self, gathered: Destination) {
        if gathered == Destination::Box {
            return self.flow.end_box();
        }
        let words = self.flow.end_remark();
        match gathered {
            Destination::Note(kind) => self.flow.note(kind, words),
            Destination::Author => self.author = words,
            Destination::Reference => self.number = words,
            Destination::From => {
                if let Some(at) = self.flow.position() {
                    self.begun.insert(words, at);
                }
            }
            Destination::To => {
                if let Some((from, to)) = self.begun.get(&words).copied().zip(self.flow.position())
                {
                    self.commented.insert(words, TextRange::between(from, to));
                }
            }
            Destination::Comment => {
                let number = std::mem::take(&mut self.number);
                let range = self
                    .commented
                    .get(&number)
                    .copied()
                    .unwrap_or_else(|| self.flow.word_before());
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
        let said = [(self.headed, Note::Edges), (self.any_hidden, Note::Hidden)];
        self.flow.finish(
            said.into_iter()
                .filter(|(so, _)| *so)
                .map(|(_, note)| note)
                .collect(),
        )
    }

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
            b'\'' => {
                let digits = self
                    .bytes
                    .get(self.at..self.at + 2)
                    .and_then(|digits| std::str::from_utf8(digits).ok());
                if let Some(byte) = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
                    self.at += 2;
                    self.byte(byte);
                }
            }
            b'*' => self.optional(),
            b'~' => self.put('\u{a0}'),
            b'_' => self.put('\u{2011}'),
            b'\\' | b'{' | b'}' => self.put(char::from(first)),
            b'\n' | b'\r' => self.put('\n'),
            _ => {}
        }
    }

    /// A destination that may be passed over by who doesn't know it.
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

    /// A control word with its number; the space behind it belongs to it.
    fn word(&mut self) -> (&'a [u8], Option<i32>) {
        let bytes = self.bytes;
        let run = |from: usize, fits: fn(&u8) -> bool| {
            from + bytes
                .get(from..)
                .map_or(0, |rest| rest.iter().take_while(|b| fits(b)).count())
        };
        let end = run(self.at, u8::is_ascii_alphabetic);
        let word = bytes.get(self.at..end).unwrap_or_default();
        let digits = if bytes.get(end) == Some(&b'-') {
            end + 1
        } else {
            end
        };
        let last = run(digits, u8::is_ascii_digit);
        let number = bytes
            .get(end..last)
            .and_then(|number| std::str::from_utf8(number).ok())
            .and_then(|number| number.parse().ok());
        self.at = if last > digits { last } else { end };
        if bytes.get(self.at) == Some(&b' ') {
            self.at += 1;
        }
        (word, number)
    }

    fn act(&mut self, word: &[u8], number: Option<i32>) {
        match word {
            b"u" => self.unit(number),
            b"uc" => {
                self.group.replacements = usize::try_from(number.unwrap_or(1)).unwrap_or(1).min(16)
            }
            b"bin" => {
                self.at = self
                    .at
                    .saturating_add(usize::try_from(number.unwrap_or(0)).unwrap_or(0))
            }
            b"ansicpg" | b"mac" | b"pc" | b"pca" => {
                self.flush();
                self.document = match word {
                    b"mac" => TextEncoding::macintosh(),
                    b"pc" => TextEncoding::DOS,
                    b"pca" => TextEncoding::DOS_LATIN,
                    _ => number
                        .and_then(TextEncoding::numbered)
                        .unwrap_or_else(TextEncoding::usual),
                };
                (self.group.encoding, self.group.font) = (self.document, self.document);
            }
            b"fonttbl" => self.font_table = Some((self.stack.len(), 0)),
            b"f" => self.font(number.unwrap_or(0)),
            b"fcharset" => {
                if let Some((_, font)) = self.font_table {
                    let encoding = number
                        .and_then(TextEncoding::of_character_set)
                        .unwrap_or(self.document);
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
                (
                    self.group.deleted,
                    self.group.vanishes,
                    self.group.double_byte,
                ) = (false, false, false);
            }
            b"dbch" | b"loch" | b"hich" => {
                self.flush();
                self.group.double_byte = word == b"dbch";
                self.group.encoding = self.group.font;
            }
            b"af" if self.group.double_byte && self.font_table.is_none() => {
                self.flush();
                self.group.encoding = number
                    .and_then(|font| self.fonts.get(&font).copied())
                    .unwrap_or(self.group.font);
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

    /// Words that say what the words of their group are, and those that stand for signs.
    fn destination(&mut self, word: &[u8]) {
        match word {
            b"upr" => self.group.twice = true,
            // The group of the old way was to be skipped; this one isn't.
            b"ud" => self.group.twice = false,
            b"footnote" => self.gather(Destination::Note(AnnotationKind::Footnote)),
            b"ftnalt" if self.group.gathers.is_some() => {
                self.group.gathers = Some(Destination::Note(AnnotationKind::Endnote))
            }
            b"annotation" => self.gather(Destination::Comment),
            b"atnauthor" => self.gather(Destination::Author),
            b"atnid" => self.gather(Destination::Nothing),
            b"atnref" => self.gather(Destination::Reference),
            b"atrfstart" => self.gather(Destination::From),
            b"atrfend" => self.gather(Destination::To),
            b"shptxt" => self.gather(Destination::Box),
            b"par" | b"sect" if !self.hidden() => self.end_paragraph(),
            b"row" | b"nestrow" if !self.hidden() => {
                self.flush();
                self.flow.end_open_row();
            }
            word if SKIPPED.contains(&word) => {
                // The number of a page alone is no word, nor is anything within but the words.
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

    fn unit(&mut self, number: Option<i32>) {
        self.headed |= self.group.edge;
        if !self.hidden() {
            if !self.raw.is_empty() {
                self.flush();
            }
            // Numbers above 32,767 are written as negative ones.
            let unit = number.and_then(|number| u16::try_from(number.rem_euclid(0x1_0000)).ok());
            self.units.push(unit.unwrap_or(0xFFFD));
        }
        self.drop = self.group.replacements;
    }

    fn font(&mut self, font: i32) {
        match &mut self.font_table {
            Some((_, present)) => *present = font,
            None => {
                self.flush();
                self.group.font = self.fonts.get(&font).copied().unwrap_or(self.document);
                self.group.encoding = self.group.font;
            }
        }
    }
}

/// Control words that stand for a character.
fn sign(word: &[u8]) -> Option<char> {
    Some(match word {
        b"line" | b"page" | b"column" => '\n',
        b"tab" | b"cell" | b"nestcell" => '\t',
        b"emdash" => '—',
        b"endash" => '–',
        b"lquote" => '‘',
        b"rquote" => '’',
        b"ldblquote" => '“',
        b"rdblquote" => '”',
        b"bullet" => '•',
        b"emspace" => '\u{2003}',
        b"enspace" => '\u{2002}',
        _ => return None,
    })
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
