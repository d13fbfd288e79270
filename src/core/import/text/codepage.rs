//! Code pages of rich text by their numbers, including two of DOS that the Encoding Standard (and so `encoding_rs`) lacks.

use std::borrow::Cow;

use encoding_rs::{
    BIG5, EUC_KR, Encoding, GB18030, GBK, IBM866, MACINTOSH, SHIFT_JIS, UTF_8, WINDOWS_874,
    WINDOWS_1250, WINDOWS_1251, WINDOWS_1252, WINDOWS_1253, WINDOWS_1254, WINDOWS_1255,
    WINDOWS_1256, WINDOWS_1257, WINDOWS_1258,
};

/// A code page.
#[derive(Debug, Clone, Copy)]
pub(super) enum TextEncoding {
    /// An encoding that browsers know.
    Standard(&'static Encoding),
    /// A code page of DOS: the characters of the bytes from 128 on.
    Dos(&'static str),
}

impl TextEncoding {
    /// Code page 437, of the IBM PC.
    pub(super) const DOS: Self = Self::Dos(
        "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}",
    );
    /// Code page 850, of the PC in Western Europe.
    pub(super) const DOS_LATIN: Self = Self::Dos(
        "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}",
    );

    /// The code page of Windows in Western Europe, for files that name none.
    pub(super) fn usual() -> Self {
        Self::Standard(WINDOWS_1252)
    }

    /// The code page of the Macintosh before Unicode.
    pub(super) fn macintosh() -> Self {
        Self::Standard(MACINTOSH)
    }

    /// Decodes bytes; those that the code page lacks become replacement characters.
    pub(super) fn decode(self, bytes: &[u8]) -> Cow<'_, str> {
        match self {
            Self::Standard(encoding) => encoding.decode_without_bom_handling(bytes).0,
            Self::Dos(upper) => {
                let upper: Vec<char> = upper.chars().collect();
                bytes
                    .iter()
                    .map(|byte| match byte.checked_sub(128) {
                        None => char::from(*byte),
                        Some(at) => upper[usize::from(at)],
                    })
                    .collect::<String>()
                    .into()
            }
        }
    }

    /// The code page of a number, as in `\ansicpg` and `\cpg`.
    pub(super) fn numbered(number: i32) -> Option<Self> {
        Some(match number {
            437 => Self::DOS,
            850 => Self::DOS_LATIN,
            866 => Self::Standard(IBM866),
            874 => Self::Standard(WINDOWS_874),
            932 => Self::Standard(SHIFT_JIS),
            936 => Self::Standard(GBK),
            949 => Self::Standard(EUC_KR),
            950 => Self::Standard(BIG5),
            1250 => Self::Standard(WINDOWS_1250),
            1251 => Self::Standard(WINDOWS_1251),
            1252 => Self::Standard(WINDOWS_1252),
            1253 => Self::Standard(WINDOWS_1253),
            1254 => Self::Standard(WINDOWS_1254),
            1255 => Self::Standard(WINDOWS_1255),
            1256 => Self::Standard(WINDOWS_1256),
            1257 => Self::Standard(WINDOWS_1257),
            1258 => Self::Standard(WINDOWS_1258),
            10000 => Self::Standard(MACINTOSH),
            54936 => Self::Standard(GB18030),
            65001 => Self::Standard(UTF_8),
            _ => return None,
        })
    }

    /// The code page of a font's character set, as in `\fcharset`.
    pub(super) fn of_character_set(number: i32) -> Option<Self> {
        Some(match number {
            77 => Self::Standard(MACINTOSH),
            128 => Self::Standard(SHIFT_JIS),
            129 => Self::Standard(EUC_KR),
            134 => Self::Standard(GBK),
            136 => Self::Standard(BIG5),
            161 => Self::Standard(WINDOWS_1253),
            162 => Self::Standard(WINDOWS_1254),
            163 => Self::Standard(WINDOWS_1258),
            177 => Self::Standard(WINDOWS_1255),
            178 => Self::Standard(WINDOWS_1256),
            186 => Self::Standard(WINDOWS_1257),
            204 => Self::Standard(WINDOWS_1251),
            222 => Self::Standard(WINDOWS_874),
            238 => Self::Standard(WINDOWS_1250),
            254 | 255 => Self::DOS,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_dos_have_their_letters() {
        assert_eq!(
            TextEncoding::DOS.decode(b"caf\x82 \x9b \xe1\xff"),
            "café ¢ ß\u{a0}"
        );
        assert_eq!(
            TextEncoding::DOS_LATIN.decode(b"caf\x82 \x9b \xe1\xd5"),
            "café ø ßı"
        );
        for page in [TextEncoding::DOS, TextEncoding::DOS_LATIN] {
            let all: Vec<u8> = (0..=255).collect();
            let decoded = page.decode(&all).into_owned();
            assert_eq!(decoded.chars().count(), 256);
            assert_eq!(
                decoded
                    .chars()
                    .collect::<std::collections::BTreeSet<_>>()
                    .len(),
                256
            );
        }
    }
}
