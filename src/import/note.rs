//! What reading a transcript left out or had to guess: a value with its figures, put into words where it is shown.

use crate::message::language::UiLanguage;

/// Something that a reader left out or guessed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// The encoding, of this name, was found by guessing.
    Guessed(&'static str),
    /// Headers and footers were left out.
    Edges,
    /// Words that are hidden were left out.
    Hidden,
    /// Files that lie in the document were left out.
    Embedded,
    /// So many signs of symbol fonts are unknown; U+FFFD stands for each.
    UnknownSigns(usize),
    /// So many lines at the edges of pages were left out.
    EdgeLines(usize),
    /// So many pages have no text.
    EmptyPages(usize),
    /// The tier of this name says something about another one and was left out.
    Tier(String),
    /// The pattern that was to find speakers found none.
    NoSpeaker,
}

impl Note {
    /// The note in words, without a full stop.
    pub fn words(&self, language: UiLanguage) -> String {
        match language {
            UiLanguage::English => self.english(),
            UiLanguage::Chinese => self.chinese(),
        }
    }

    fn english(&self) -> String {
        match self {
            Self::Guessed(encoding) => format!("read as {encoding}, which was found by guessing"),
            Self::Edges => "headers and footers were left out".to_owned(),
            Self::Hidden => "hidden words were left out".to_owned(),
            Self::Embedded => "files embedded in it were left out".to_owned(),
            Self::UnknownSigns(1) => {
                "1 sign of a symbol font is unknown and stands as \u{fffd}".to_owned()
            }
            Self::UnknownSigns(count) => {
                format!("{count} signs of symbol fonts are unknown and stand as \u{fffd}")
            }
            Self::EdgeLines(1) => {
                "1 line of a header, a footer or a page number was left out".to_owned()
            }
            Self::EdgeLines(count) => {
                format!("{count} lines of headers, footers and page numbers were left out")
            }
            Self::EmptyPages(1) => "1 page holds no text; it may be a picture".to_owned(),
            Self::EmptyPages(count) => format!("{count} pages hold no text; they may be pictures"),
            Self::Tier(name) => format!("tier `{name}`, which refers to another, was left out"),
            Self::NoSpeaker => "the pattern found no speaker".to_owned(),
        }
    }

    fn chinese(&self) -> String {
        match self {
            Self::Guessed(encoding) => format!("按推测的编码 {encoding} 读取"),
            Self::Edges => "已略去页眉和页脚".to_owned(),
            Self::Hidden => "已略去隐藏的文字".to_owned(),
            Self::Embedded => "已略去嵌入的文件".to_owned(),
            Self::UnknownSigns(count) => {
                format!("{count} 个符号字体的字符无法识别，以 \u{fffd} 代替")
            }
            Self::EdgeLines(count) => format!("已略去 {count} 行页眉、页脚和页码"),
            Self::EmptyPages(count) => format!("{count} 页没有文字，可能是图片"),
            Self::Tier(name) => format!("已略去依附于其他层的“{name}”层"),
            Self::NoSpeaker => "正则没有找到说话人".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_keeps_its_figures_and_names_in_both_languages() {
        let tier = Note::Tier("译文 gloss".to_owned());
        assert_eq!(
            tier.words(UiLanguage::English),
            "tier `译文 gloss`, which refers to another, was left out"
        );
        assert_eq!(
            tier.words(UiLanguage::Chinese),
            "已略去依附于其他层的“译文 gloss”层"
        );
        assert!(
            Note::EdgeLines(12)
                .words(UiLanguage::Chinese)
                .contains(" 12 行")
        );
    }
}
