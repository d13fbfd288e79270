//! Control words of rich text, and the state that they change.

use crate::import::{annotation::AnnotationKind, text::codepage::TextEncoding};

/// Destinations whose text isn't part of the document.
pub(super) const SKIPPED: &[&[u8]] = &[
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
    b"listtext",
    b"nonesttables",
    b"nonshppict",
    b"object",
    b"panose",
    b"pict",
    b"pntext",
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

/// Destinations marked `\*`, which a reader may skip if it doesn't know them, and whose text is part of the document or of its comments.
pub(super) const OPENED: &[&[u8]] = &[
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

/// Where the text of a group goes, if not into the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Destination {
    Note(AnnotationKind),
    Comment,
    Box,
    /// The author of the next comment.
    CommentAuthor,
    /// The id of a comment whose passage begins here.
    PassageStart,
    /// The id of a comment whose passage ends here.
    PassageEnd,
    /// The id of the comment that is being read.
    CommentReference,
    /// The initials of an author, which nothing uses.
    Nothing,
}

/// State that a group inherits from the group around it, and that ends with it.
#[derive(Clone)]
pub(super) struct RtfGroup {
    /// True if the group's text is left out.
    pub(super) skips: bool,
    /// True in a header or footer, whose text is left out but noted.
    pub(super) edge: bool,
    /// True in the number or bullet of a paragraph, which is left out but noted if it is a number.
    pub(super) numbers: bool,
    /// Number of replacement characters after each `\u`, set by `\uc`.
    pub(super) replacements: usize,
    /// The code page of the text.
    pub(super) encoding: TextEncoding,
    /// True in text deleted by a tracked change.
    pub(super) deleted: bool,
    /// True in hidden text.
    pub(super) vanishes: bool,
    /// The code page of the current font, which applies again after text in an associated Chinese font.
    pub(super) font: TextEncoding,
    /// True if the text is double-byte, so that the associated font (`\af`) counts.
    pub(super) double_byte: bool,
    /// True if the next group repeats in a code page what the group after it says in Unicode.
    pub(super) twice: bool,
    /// Where this group's text goes, if not where that of the group around it goes.
    pub(super) destination: Option<Destination>,
}

impl Default for RtfGroup {
    fn default() -> Self {
        Self {
            skips: false,
            edge: false,
            numbers: false,
            replacements: 1,
            encoding: TextEncoding::usual(),
            deleted: false,
            vanishes: false,
            font: TextEncoding::usual(),
            double_byte: false,
            twice: false,
            destination: None,
        }
    }
}

/// Most replacement characters after a `\u`; the count is the file's own, and a character has at most four bytes in any code page.
pub(super) const MOST_REPLACEMENTS: usize = 16;

/// The number of a control word that counts something; a negative one counts as the default.
pub(super) fn count_of(number: Option<i32>, default: usize) -> usize {
    match number.map(usize::try_from) {
        Some(Ok(count)) => count,
        _ => default,
    }
}

/// The character that a control word stands for.
pub(super) fn sign(word: &[u8]) -> Option<char> {
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
