//! Decoding of text: by byte-order mark, else as UTF-8, else as unmarked UTF-16, else by a guess among East Asian and Western encodings.
//!
//! The order matters: UTF-8 is strict enough that other encodings hardly ever pass for it, while a guess can always be wrong.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::error::ImportError;

/// Decoded text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Decoded {
    /// The text, without byte-order mark, with its own line ends.
    pub(super) text: String,
    /// Name of the encoding.
    pub(super) encoding: &'static str,
    /// True if the encoding is a guess.
    pub(super) guessed: bool,
}

/// Largest text that is imported, in bytes of UTF-8. Positions in it fit `u32`.
pub(super) const LIMIT_BYTES: usize = 64 << 20;

/// Decodes bytes in the named encoding, or in the one that is detected.
///
/// # Errors
/// When the file is empty, too large or binary, or isn't in the named encoding.
pub(super) fn decode(
    file: &str,
    bytes: Vec<u8>,
    forced: Option<&str>,
) -> Result<Decoded, ImportError> {
    if bytes.is_empty() {
        return Err(ImportError::Empty(file.to_owned()));
    }
    // UTF-16 takes two bytes where UTF-8 takes one, so the limit on the text is checked after decoding.
    if bytes.len() > LIMIT_BYTES * 2 {
        return Err(too_large(file, bytes.len()));
    }
    let decoded = match forced {
        Some(name) if !name.eq_ignore_ascii_case("auto") => decode_forced(file, &bytes, name)?,
        _ => detect(file, bytes)?,
    };
    if decoded.text.trim().is_empty() {
        return Err(ImportError::Empty(file.to_owned()));
    }
    check_size(file, decoded.text.len())?;
    if looks_binary(&decoded.text) {
        return Err(ImportError::Binary(file.to_owned()));
    }
    Ok(decoded)
}

/// Returns an error if a text has more bytes than the limit.
///
/// # Errors
/// When it is too large.
pub(super) fn check_size(file: &str, bytes: usize) -> Result<(), ImportError> {
    if bytes > LIMIT_BYTES {
        Err(too_large(file, bytes))
    } else {
        Ok(())
    }
}

fn too_large(file: &str, bytes: usize) -> ImportError {
    ImportError::TooLarge {
        file: file.to_owned(),
        megabytes: bytes >> 20,
        limit: LIMIT_BYTES >> 20,
    }
}

/// Removes a byte-order mark.
pub(super) fn without_mark(text: String) -> String {
    match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    }
}

fn decode_forced(file: &str, bytes: &[u8], name: &str) -> Result<Decoded, ImportError> {
    let encoding = Encoding::for_label(name.trim().as_bytes())
        .ok_or_else(|| ImportError::UnknownEncoding(name.to_owned()))?;
    decode_strictly(file, bytes, encoding)
}

/// Decodes bytes in an encoding that is known, so that malformed ones are an error with the line.
fn decode_strictly(
    file: &str,
    bytes: &[u8],
    encoding: &'static Encoding,
) -> Result<Decoded, ImportError> {
    if let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(bytes) {
        return Ok(Decoded {
            text: without_mark(text.into_owned()),
            encoding: encoding.name(),
            guessed: false,
        });
    }
    let (lossy, _) = encoding.decode_without_bom_handling(bytes);
    let line = 1 + lossy
        .chars()
        .take_while(|c| *c != char::REPLACEMENT_CHARACTER)
        .filter(|c| *c == '\n')
        .count();
    Err(ImportError::WrongEncoding {
        file: file.to_owned(),
        line,
        encoding: encoding.name().to_owned(),
    })
}

fn detect(file: &str, bytes: Vec<u8>) -> Result<Decoded, ImportError> {
    if let Some((encoding, _)) = Encoding::for_bom(&bytes) {
        return decode_strictly(file, &bytes, encoding);
    }
    let bytes = match String::from_utf8(bytes) {
        // UTF-16 of Latin text is valid UTF-8 full of NULs.
        Ok(text) if !text.contains('\0') => {
            return Ok(Decoded {
                text,
                encoding: UTF_8.name(),
                guessed: false,
            });
        }
        Ok(text) => text.into_bytes(),
        Err(error) => error.into_bytes(),
    };
    if let Some(encoding) = unmarked_utf_16(&bytes)
        && let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(&bytes)
    {
        return Ok(Decoded {
            text: text.into_owned(),
            encoding: encoding.name(),
            guessed: true,
        });
    }
    if bytes.contains(&0) {
        return Err(ImportError::Binary(file.to_owned()));
    }
    // ISO-2022-JP hides text in ASCII, a risk on the web, and no transcript uses it.
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    let (text, malformed) = encoding.decode_without_bom_handling(&bytes);
    if malformed {
        return Err(ImportError::Binary(file.to_owned()));
    }
    // The decoder for GBK is that of GB18030, its superset and the name that Chinese users know.
    let name = if encoding == encoding_rs::GBK {
        "GB18030"
    } else {
        encoding.name()
    };
    Ok(Decoded {
        text: text.into_owned(),
        encoding: name,
        guessed: true,
    })
}

/// Detects UTF-16 without a byte-order mark: most line feeds, spaces and colons have a zero byte on the same side.
///
/// Chinese text has few zero bytes of its own, so these characters decide there, too.
fn unmarked_utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    if !bytes.len().is_multiple_of(2) {
        return None;
    }
    let (mut little, mut big) = (0usize, 0usize);
    for pair in bytes.chunks_exact(2).take(4096) {
        match pair {
            [b' ' | b'\n' | b'\r' | b':' | b'.', 0] => little += 1,
            [0, b' ' | b'\n' | b'\r' | b':' | b'.'] => big += 1,
            _ => {}
        }
    }
    match (little, big) {
        (0, 0) => None,
        (little, big) if little > 4 * big => Some(UTF_16LE),
        (little, big) if big > 4 * little => Some(UTF_16BE),
        _ => None,
    }
}

/// Returns true if a text contains NUL, or begins with many control characters that texts don't contain.
///
/// A few are tolerated: word processors leave form feeds and field marks behind.
fn looks_binary(text: &str) -> bool {
    let (mut total, mut odd) = (0usize, 0usize);
    for c in text.chars().take(4096) {
        total += 1;
        // CHAT has U+0015 around times.
        let is_control = matches!(c, '\0'..='\u{8}' | '\u{e}'..='\u{14}' | '\u{16}'..='\u{1a}' | '\u{1c}'..='\u{1f}' | '\u{7f}');
        odd += usize::from(is_control);
    }
    text.contains('\0') || odd * 50 > total
}

/// Returns a text with `\n` line ends: `\r\n` and a lone `\r` become one each.
pub(super) fn unify_line_ends(text: String) -> String {
    if memchr::memchr(b'\r', text.as_bytes()).is_none() {
        text
    } else {
        text.replace("\r\n", "\n").replace('\r', "\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ZH: &str = "访谈者：最近怎么样？\n小远：还行吧，妈妈每天早上四点就起来做煎饼，我帮她收钱。\n访谈者：那学校里呢？\n小远：同学们都说我的衣服旧。\n";

    #[test]
    fn the_usual_encodings_are_found() {
        let zh = |encoding: &'static Encoding| encoding.encode(ZH).0.into_owned();
        let utf_16 = |big: bool| {
            ZH.encode_utf16()
                .flat_map(|unit| {
                    if big {
                        unit.to_be_bytes()
                    } else {
                        unit.to_le_bytes()
                    }
                })
                .collect::<Vec<u8>>()
        };
        for (name, bytes) in [
            ("UTF-8", ZH.as_bytes().to_vec()),
            ("UTF-8", [b"\xef\xbb\xbf", ZH.as_bytes()].concat()),
            ("GB18030", zh(encoding_rs::GBK)),
            ("UTF-16LE", utf_16(false)),
            ("UTF-16LE", [b"\xff\xfe".to_vec(), utf_16(false)].concat()),
            ("UTF-16BE", [b"\xfe\xff".to_vec(), utf_16(true)].concat()),
            ("UTF-16BE", utf_16(true)),
        ] {
            let decoded = decode("a.txt", bytes, None).unwrap();
            assert_eq!((decoded.text.as_str(), decoded.encoding), (ZH, name));
        }
        let hant =
            "訪談者：最近怎麼樣？\n小遠：還可以，媽媽每天很早起來，我幫她收錢。老師說我進步了。\n";
        let decoded = decode("a.txt", encoding_rs::BIG5.encode(hant).0.into_owned(), None).unwrap();
        assert_eq!((decoded.text.as_str(), decoded.encoding), (hant, "Big5"));
        let japanese = "インタビュアー：最近どうですか。\n子ども：まあまあです。お母さんは朝四時に起きます。\n";
        let decoded = decode(
            "a.txt",
            encoding_rs::SHIFT_JIS.encode(japanese).0.into_owned(),
            None,
        )
        .unwrap();
        assert_eq!(
            (decoded.text.as_str(), decoded.encoding),
            (japanese, "Shift_JIS")
        );
        let latin = "Interviewer: Na\u{ef}ve caf\u{e9} \u{2013} d\u{e9}j\u{e0} vu, she said.\n";
        let decoded = decode(
            "a.txt",
            encoding_rs::WINDOWS_1252.encode(latin).0.into_owned(),
            None,
        )
        .unwrap();
        assert_eq!(
            (decoded.text.as_str(), decoded.encoding),
            (latin, "windows-1252")
        );
    }

    #[test]
    fn what_is_no_text_is_refused() {
        let refused = |bytes: &[u8]| decode("x.txt", bytes.to_vec(), None).unwrap_err();
        assert_eq!(refused(b""), ImportError::Empty("x.txt".to_owned()));
        assert_eq!(refused(b" \n\n"), ImportError::Empty("x.txt".to_owned()));
        assert_eq!(
            refused(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0"),
            ImportError::Binary("x.txt".to_owned())
        );
        let wrong = decode("x.txt", b"fine\nfine\nb\xffd".to_vec(), Some("utf-8")).unwrap_err();
        assert_eq!(
            wrong,
            ImportError::WrongEncoding {
                file: "x.txt".to_owned(),
                line: 3,
                encoding: "UTF-8".to_owned()
            }
        );
        assert_eq!(
            decode("x.txt", b"a".to_vec(), Some("klingon")).unwrap_err(),
            ImportError::UnknownEncoding("klingon".to_owned())
        );
    }
}
