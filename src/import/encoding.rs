//! Bytes to text: byte-order mark, UTF-8, UTF-16, then a guess among the East Asian and Western encodings.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::error::ImportError;

/// Text and the name of the encoding it was read as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Decoded {
    /// The text, without byte-order mark, line ends as they were.
    pub(super) text: String,
    /// Name of the encoding.
    pub(super) encoding: &'static str,
    /// Whether the encoding was guessed, not known.
    pub(super) guessed: bool,
}

/// Largest text taken in, in bytes of UTF-8.
pub(super) const LIMIT_BYTES: usize = 64 << 20;

/// Reads bytes as text, in the encoding named or the one found.
///
/// # Errors
/// When there is nothing, it is too large or binary, or isn't in the encoding named.
pub(super) fn decode(
    file: &str,
    bytes: Vec<u8>,
    forced: Option<&str>,
) -> Result<Decoded, ImportError> {
    if bytes.is_empty() {
        return Err(ImportError::Empty(file.to_owned()));
    }
    if bytes.len() > LIMIT_BYTES * 2 {
        return Err(too_large(file, bytes.len()));
    }
    let decoded = match forced.filter(|name| !name.eq_ignore_ascii_case("auto")) {
        Some(name) => decode_forced(file, &bytes, name)?,
        None => detect(file, bytes)?,
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

/// Refuses texts of more bytes than are taken in.
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

fn decode_forced(file: &str, bytes: &[u8], name: &str) -> Result<Decoded, ImportError> {
    let encoding = Encoding::for_label(name.trim().as_bytes())
        .ok_or_else(|| ImportError::UnknownEncoding(name.to_owned()))?;
    match encoding.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) => {
            let text = text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned();
            Ok(Decoded {
                text,
                encoding: encoding.name(),
                guessed: false,
            })
        }
        None => {
            let (lossy, _) = encoding.decode_without_bom_handling(bytes);
            let line = 1 + lossy
                .chars()
                .take_while(|c| *c != '\u{fffd}')
                .filter(|c| *c == '\n')
                .count();
            Err(ImportError::WrongEncoding {
                file: file.to_owned(),
                line,
                encoding: encoding.name().to_owned(),
            })
        }
    }
}

fn detect(file: &str, bytes: Vec<u8>) -> Result<Decoded, ImportError> {
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        let (text, malformed) =
            encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default());
        if malformed {
            return decode_forced(file, &bytes, encoding.name());
        }
        return Ok(Decoded {
            text: text.into_owned(),
            encoding: encoding.name(),
            guessed: false,
        });
    }
    let bytes = match String::from_utf8(bytes) {
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
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    let (text, malformed) = encoding.decode_without_bom_handling(&bytes);
    if malformed {
        return Err(ImportError::Binary(file.to_owned()));
    }
    let encoding = if encoding == encoding_rs::GBK {
        "GB18030"
    } else {
        encoding.name()
    };
    Ok(Decoded {
        text: text.into_owned(),
        encoding,
        guessed: true,
    })
}

/// UTF-16 without a mark: most line feeds and spaces have a zero byte on the same side.
fn unmarked_utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    if !bytes.len().is_multiple_of(2) {
        return None;
    }
    let sample = bytes.get(..bytes.len().min(8192)).unwrap_or_default();
    let (mut little, mut big) = (0usize, 0usize);
    for pair in sample.chunks_exact(2) {
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

/// Control characters that no text has, at its beginning.
fn looks_binary(text: &str) -> bool {
    let mut total = 0usize;
    let control = |c: &char| matches!(c, '\0'..='\u{8}' | '\u{e}'..='\u{1a}' | '\u{1c}'..='\u{1f}' | '\u{7f}');
    let odd = text
        .chars()
        .take(4096)
        .inspect(|_| total += 1)
        .filter(control)
        .count();
    text.contains('\0') || odd * 50 > total
}

/// `\n` line ends: `\r\n` and lone `\r` become one each.
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
