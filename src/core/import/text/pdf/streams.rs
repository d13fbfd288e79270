//! How large the streams of a PDF are once they are decoded, found out without keeping what they decode to.
//!
//! A stream can decode to far more than memory holds: Flate expands up to about 1,000 times, LZW more than 2,000 times.
//! Its dictionary names its filters, but it can be written in many ways, or be somewhere else in the file.
//! So every place where a stream may begin is decoded by both; data of another kind soon turn out not to be encoded.
//!
//! Run lengths expand at most 64 times, so only a file that is large itself can do harm with them. Since any data can be
//! read as run lengths, they are counted only where the dictionary in front names them.
//! Flate may be followed by Flate or LZW. Other chains of filters are not followed: no program writes them.

use std::io::{BufReader, Read};

use flate2::bufread::ZlibDecoder;

/// Most bytes that one stream may decode to.
const MOST_BYTES: u64 = 128 << 20;
/// How far before a stream its dictionary is searched for the name of a filter.
const DICTIONARY_BYTES: usize = 512;

/// Returns true if a stream of the file decodes to more than memory should hold.
pub(super) fn are_too_large(file: &[u8]) -> bool {
    memchr::memmem::find_iter(file, b"stream").any(|at| {
        let (before, after) = file.split_at(at);
        let data = without_line_end(&after[b"stream".len()..]);
        flate_len(data).max(lzw_len(|| data)) > MOST_BYTES
            || has_run_lengths(before) && run_length_len(data) > MOST_BYTES
    })
}

/// The data of a stream, which begin after one line end.
fn without_line_end(data: &[u8]) -> &[u8] {
    data.strip_prefix(b"\r\n")
        .or_else(|| data.strip_prefix(b"\n"))
        .or_else(|| data.strip_prefix(b"\r"))
        .unwrap_or(data)
}

fn has_run_lengths(before: &[u8]) -> bool {
    let dictionary = &before[before.len().saturating_sub(DICTIONARY_BYTES)..];
    [b"/RunLengthDecode".as_slice(), b"/RL"]
        .iter()
        .any(|name| memchr::memmem::find(dictionary, name).is_some())
}

/// Returns true for the two bytes that begin zlib data: deflate, and a sum that 31 divides.
fn is_zlib(data: &[u8]) -> bool {
    matches!(data, [0x78, flags, ..] if (0x7800 + u16::from(*flags)).is_multiple_of(31))
}

/// The length of zlib data, or of what they contain if that is encoded again; 0 for other data.
fn flate_len(data: &[u8]) -> u64 {
    // White space before the data, as some writers leave it, is no part of them.
    let data = data.trim_ascii_start();
    if !is_zlib(data) {
        return 0;
    }
    let mut start = Vec::new();
    let is_read = ZlibDecoder::new(data).take(2).read_to_end(&mut start);
    let inner = if is_read.is_ok() && is_zlib(&start) {
        len(ZlibDecoder::new(BufReader::new(ZlibDecoder::new(data))))
    } else {
        lzw_len(|| BufReader::new(ZlibDecoder::new(data)))
    };
    inner.max(len(ZlibDecoder::new(data)))
}

/// The number of bytes up to an error or the limit: what a damaged stream holds is decoded as far as it goes.
fn len(reader: impl Read) -> u64 {
    let mut reader = reader.take(MOST_BYTES + 1);
    let mut buffer = [0; 1 << 14];
    let mut total = 0;
    while let Ok(len @ 1..) = reader.read(&mut buffer) {
        total += len as u64;
    }
    total
}

/// The number of bytes that LZW data decode to, up to an error, their end or the limit.
fn lzw_len<R: Read>(data: impl Fn() -> R) -> u64 {
    // Codes become longer one entry early, unless the dictionary says otherwise.
    lzw_len_with(data(), 1).max(lzw_len_with(data(), 0))
}

fn lzw_len_with(data: impl Read, early: usize) -> u64 {
    const CLEAR: usize = 256;
    const END: usize = 257;
    const FIRST_ENTRY: usize = 258;
    const MOST_ENTRIES: usize = 4096;
    let mut codes = CodeReader::new(data);
    // Only lengths are kept: an entry is one byte longer than what was decoded before it.
    let mut lengths: Vec<u64> = vec![1; FIRST_ENTRY];
    let mut last: Option<u64> = None;
    let mut total = 0;
    while total <= MOST_BYTES
        && let Some(code) = codes.next(code_bits(lengths.len() + early))
    {
        if code == END {
            break;
        }
        if code == CLEAR {
            lengths.truncate(FIRST_ENTRY);
            last = None;
            continue;
        }
        let length = match (lengths.get(code), last) {
            (Some(length), _) => *length,
            // The entry that this code itself completes.
            (None, Some(last)) if code == lengths.len() => last + 1,
            // Not LZW.
            (None, _) => break,
        };
        if let Some(last) = last
            && lengths.len() < MOST_ENTRIES
        {
            lengths.push(last + 1);
        }
        total += length;
        last = Some(length);
    }
    total
}

/// The bits of a code in a table with so many entries.
const fn code_bits(entries: usize) -> u32 {
    match entries {
        0..512 => 9,
        512..1024 => 10,
        1024..2048 => 11,
        _ => 12,
    }
}

/// Codes of several bits each, the highest bit first.
struct CodeReader<R: Read> {
    bytes: std::io::Bytes<std::io::BufReader<R>>,
    buffer: usize,
    n_bits: u32,
}

impl<R: Read> CodeReader<R> {
    fn new(data: R) -> Self {
        Self {
            bytes: std::io::BufReader::new(data).bytes(),
            buffer: 0,
            n_bits: 0,
        }
    }

    /// The next code; `None` at the end of the data.
    fn next(&mut self, bits: u32) -> Option<usize> {
        while self.n_bits < bits {
            let byte = self.bytes.next()?.ok()?;
            self.buffer = self.buffer << 8 | usize::from(byte);
            self.n_bits += 8;
        }
        self.n_bits -= bits;
        let code = self.buffer >> self.n_bits;
        self.buffer &= (1 << self.n_bits) - 1;
        Some(code)
    }
}

/// The number of bytes that run lengths decode to, up to their end or the limit.
fn run_length_len(mut data: &[u8]) -> u64 {
    const END: u8 = 128;
    let mut total = 0;
    while total <= MOST_BYTES
        && let Some((&length, rest)) = data.split_first()
    {
        // Up to 127, one more byte than that follows as it is; beyond the end mark, one byte is repeated.
        let (encoded, decoded) = match length {
            END => break,
            0..END => (usize::from(length) + 1, u64::from(length) + 1),
            _ => (1, 257 - u64::from(length)),
        };
        total += decoded;
        data = rest.get(encoded..).unwrap_or_default();
    }
    total
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    /// LZW data whose entries become longer and longer, and whose longest entry is repeated.
    fn lzw_bomb(repeats: usize) -> Vec<u8> {
        let codes = [256, 65]
            .into_iter()
            .chain(258..4096)
            .chain(std::iter::repeat_n(4095, repeats));
        let (mut bytes, mut buffer, mut n_bits, mut entries) = (Vec::new(), 0usize, 0, 257);
        for code in codes {
            let bits = code_bits(entries + 1);
            buffer = buffer << bits | code;
            n_bits += bits;
            while n_bits >= 8 {
                n_bits -= 8;
                bytes.push(u8::try_from(buffer >> n_bits & 0xff).unwrap());
                buffer &= (1 << n_bits) - 1;
            }
            // The first byte after the clear code completes no entry.
            entries = if code == 256 {
                257
            } else {
                4096.min(entries + 1)
            };
        }
        bytes
    }

    fn file(dictionary: &str, data: &[u8]) -> Vec<u8> {
        [dictionary.as_bytes(), b"\nstream\r\n", data, b"\nendstream"].concat()
    }

    fn flate(data: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(data).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn small_files_with_huge_streams_are_refused() {
        let lzw = lzw_bomb(40_000);
        assert!(lzw.len() < 100_000);
        let run_lengths = [129_u8, 7].repeat((1 << 20) + 1);
        for (dictionary, data) in [
            ("<< /Filter /LZWDecode >>", lzw.clone()),
            ("<< /Filter 9 0 R >>", lzw.clone()),
            ("<< /Filter [/FlateDecode /LZWDecode] >>", flate(&lzw)),
            ("<< /Filter /RunLengthDecode >>", run_lengths.clone()),
        ] {
            assert!(are_too_large(&file(dictionary, &data)), "{dictionary}");
        }
        // The same bytes as a grey picture without a filter.
        assert!(!are_too_large(&file("<< /Width 2 >>", &run_lengths)));
        assert!(!are_too_large(&file("<< >>", &lzw_bomb(0))));
    }

    #[test]
    fn lengths_are_those_of_the_standard_s_example() {
        // ISO 32000-1, 7.4.4.2: ten bytes become these nine.
        let data = [0x80, 0x0b, 0x60, 0x50, 0x22, 0x0c, 0x0c, 0x85, 0x01];
        assert_eq!(lzw_len(|| &data[..]), 10);
        assert_eq!(run_length_len(&[4, 10, 11, 12, 13, 14, 253, 3, 128, 9]), 9);
    }
}
