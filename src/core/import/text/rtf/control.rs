//! Control words and symbols of rich text, and what the reader does at each.

use super::{
    RtfReader,
    words::{Destination, MOST_REPLACEMENTS, OPENED, SKIPPED, count_of, sign},
};
use crate::import::{annotation::AnnotationKind, text::codepage::TextEncoding};

impl<'a> RtfReader<'a> {
    /// Reads a control word or symbol; its backslash has been read.
    pub(super) fn control(&mut self) {
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
                // Writers put the number of a paragraph into the text, for readers that don't know lists.
                self.group.numbers = matches!(word, b"listtext" | b"pntext") && !self.group.skips;
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
        if self.group.numbers {
            let unit = number.and_then(|number| u32::try_from(number.rem_euclid(0x1_0000)).ok());
            self.mark.extend(unit.and_then(char::from_u32));
        }
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
