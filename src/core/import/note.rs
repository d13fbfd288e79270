//! Notes on a transcript: what its reader left out or had to guess.
//!
//! A note is a value with its figures, put into words where it is shown.

use crate::message::{Argument, Message, text::Text};

/// Something that the reader of a transcript left out or guessed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// The encoding, which has this name, was guessed.
    Guessed(&'static str),
    /// Headers and footers were left out.
    Edges,
    /// Hidden text was left out.
    Hidden,
    /// Embedded files were left out.
    Embedded,
    /// This many signs of symbol fonts are unknown and were replaced by U+FFFD.
    UnknownSigns(usize),
    /// This many lines at the edges of pages were left out.
    EdgeLines(usize),
    /// This many pages have no text.
    EmptyPages(usize),
    /// The tier of this name annotates another one and was left out.
    Tier(String),
    /// The tier of this name wasn't chosen and was left out.
    UnchosenTier(String),
    /// The tier of this name describes or annotates what is said and was left out.
    AnnotationTier(String),
    /// The tier of this name has no words and was left out in favour of the one that refers to it.
    WordlessTier(String),
    /// This many lines at the head of a transcript of CHAT were left out.
    HeaderLines(usize),
    /// Dependent tiers of CHAT were left out: their names, and how many lines each has.
    DependentTiers(Vec<(String, usize)>),
    /// This many codes in the lines of CHAT were left out or replaced.
    Codes(usize),
    /// This many utterances have no words and were left out.
    WordlessUtterances(usize),
    /// This many numbers that a word processor gives to paragraphs were left out.
    ListNumbers(usize),
    /// The pattern for speakers matched nowhere.
    NoSpeaker,
}

const TIER: Text = Text::new(
    "the tier “{name}”, which refers to another one, was left out",
    "已略去依附于其他层的“{name}”层",
);
const UNCHOSEN_TIER: Text = Text::new(
    "the tier “{name}”, which was not chosen, was left out",
    "已略去未选的“{name}”层",
);
const ANNOTATION_TIER: Text = Text::new(
    "the tier “{name}”, which describes or annotates what is said, was left out",
    "已略去用于描述或标注的“{name}”层",
);
const WORDLESS_TIER: Text = Text::new(
    "the tier “{name}”, which has no words, was left out: those of the tier that refers to it were taken",
    "已略去没有话语的“{name}”层，改用依附于它的层",
);

impl Note {
    /// The note as a message, without a full stop.
    pub fn message(&self) -> Message {
        match self {
            Self::Guessed(encoding) => Text::new(
                "read as {encoding}, which was guessed",
                "按推测的字符编码 {encoding} 读取",
            )
            .with("encoding", *encoding),
            Self::Edges => {
                Text::new("headers and footers were left out", "已略去页眉和页脚").into()
            }
            Self::Hidden => Text::new("hidden text was left out", "已略去隐藏的文字").into(),
            Self::Embedded => Text::new("embedded files were left out", "已略去嵌入的文件").into(),
            Self::UnknownSigns(count) => Text::new(
                "{count} {count|sign of a symbol font is unknown and was|signs of symbol fonts are unknown and were} replaced by \u{fffd}",
                "{count} 个符号字体的字符无法识别，以 \u{fffd} 代替",
            )
            .with("count", *count),
            Self::EdgeLines(count) => Text::new(
                "{count} {count|line of headers, footers or page numbers was|lines of headers, footers and page numbers were} left out",
                "已略去 {count} 行页眉、页脚和页码",
            )
            .with("count", *count),
            Self::EmptyPages(count) => Text::new(
                "{count} {count|page has no text and may be a picture|pages have no text and may be pictures}",
                "{count} 页没有文字，可能是图片",
            )
            .with("count", *count),
            Self::Tier(name) => TIER.with("name", name),
            Self::UnchosenTier(name) => UNCHOSEN_TIER.with("name", name),
            Self::AnnotationTier(name) => ANNOTATION_TIER.with("name", name),
            Self::WordlessTier(name) => WORDLESS_TIER.with("name", name),
            Self::HeaderLines(count) => Text::new(
                "{count} {count|header line|header lines} (@) {count|was|were} left out",
                "已略去 {count} 行文件头（@）",
            )
            .with("count", *count),
            Self::DependentTiers(tiers) => {
                let named = tiers.iter().map(|(name, count)| {
                    Argument::from(
                        Text::new("{name}: {count}", "{name}：{count}")
                            .with("name", name)
                            .with("count", *count),
                    )
                });
                Text::new(
                    "the lines of dependent tiers were left out ({tiers})",
                    "已略去附属层的行（{tiers}）",
                )
                .with("tiers", Argument::List(named.collect()))
            }
            Self::Codes(count) => Text::new(
                "{count} {count|code was|codes were} left out or replaced in the lines",
                "正文中 {count} 处标注代码已略去或替换",
            )
            .with("count", *count),
            Self::WordlessUtterances(count) => Text::new(
                "{count} {count|utterance without words was|utterances without words were} left out",
                "已略去 {count} 条没有话语的记录",
            )
            .with("count", *count),
            Self::ListNumbers(count) => Text::new(
                "{count} automatic {count|number of a paragraph was|numbers of paragraphs were} left out",
                "已略去 {count} 个段落的自动编号",
            )
            .with("count", *count),
            Self::NoSpeaker => {
                Text::new("the pattern found no speaker", "正则没有找到说话人").into()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::language::UiLanguage;

    #[test]
    fn a_note_keeps_its_figures_and_names_in_both_languages() {
        let tier = Note::Tier("译文 gloss".to_owned());
        assert_eq!(
            tier.message().say(UiLanguage::English),
            "the tier “译文 gloss”, which refers to another one, was left out"
        );
        assert_eq!(
            tier.message().say(UiLanguage::Chinese),
            "已略去依附于其他层的“译文 gloss”层"
        );
        let tiers = Note::DependentTiers(vec![("%mor".to_owned(), 12), ("%com".to_owned(), 1)]);
        assert_eq!(
            tiers.message().say(UiLanguage::English),
            "the lines of dependent tiers were left out (%mor: 12, %com: 1)"
        );
        assert_eq!(
            tiers.message().say(UiLanguage::Chinese),
            "已略去附属层的行（%mor：12、%com：1）"
        );
        assert_eq!(
            Note::HeaderLines(1).message().say(UiLanguage::English),
            "1 header line (@) was left out"
        );
        assert!(
            Note::EdgeLines(12)
                .message()
                .say(UiLanguage::Chinese)
                .contains(" 12 行")
        );
    }
}
