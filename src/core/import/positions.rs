//! Ways of counting positions: what a program counts when it stores where a passage begins and ends.
//!
//! A reading is a value with its figures, put into words where it is shown.

use crate::message::{Message, text::Text};

/// A way of counting positions. A byte-order mark never counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PositionCounting {
    /// True if a character beyond the Basic Multilingual Plane counts as two.
    pub utf_16: bool,
    /// True if a carriage return with its line feed counts as one.
    pub line_end_is_one: bool,
}

impl PositionCounting {
    /// What it counts, in words.
    const fn text(self) -> Text {
        match (self.utf_16, self.line_end_is_one) {
            (false, false) => Text::new("code points, CRLF as two", "字符，CRLF 计为二"),
            (false, true) => Text::new("code points, CRLF as one", "字符，CRLF 计为一"),
            (true, false) => Text::new("UTF-16 units, CRLF as two", "UTF-16 单位，CRLF 计为二"),
            (true, true) => Text::new("UTF-16 units, CRLF as one", "UTF-16 单位，CRLF 计为一"),
        }
    }
}

/// How the positions of a project were read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PositionReading {
    /// In code points, as the program always does.
    CodePoints,
    /// In UTF-16 units, as the format has it.
    Utf16,
    /// In UTF-16 units, as the words that the file quotes show.
    Utf16ByQuotes,
    /// In bytes of the text within a web page.
    Bytes,
    /// At the comments of a Word file.
    Comments,
    /// All ways of counting give the same positions.
    AllAlike {
        /// The number of passages.
        passages: usize,
        /// The percentage that begins and ends where words do.
        percent: u64,
    },
    /// The way that fits best of all that were tried.
    Best {
        /// The way.
        way: PositionCounting,
        /// The percentage that fits of the passages for which it matters.
        percent: u64,
        /// The number of passages for which it matters.
        telling: usize,
        /// The number of passages.
        passages: usize,
        /// The other ways, with the percentage that fits.
        others: Vec<(PositionCounting, u64)>,
    },
}

impl PositionReading {
    /// How they were read, in words, without a full stop.
    pub fn message(&self) -> Message {
        let fixed = match self {
            Self::CodePoints => Text::new("code points", "位置按字符计"),
            Self::Utf16 => Text::new("UTF-16 units", "位置按 UTF-16 单位计"),
            Self::Utf16ByQuotes => Text::new(
                "UTF-16 units, as the quoted words show",
                "位置按 UTF-16 单位计（由文件所引文字得知）",
            ),
            Self::Bytes => Text::new("bytes of the text of its HTML", "位置按 HTML 文本的字节计"),
            Self::Comments => Text::new(
                "the positions of the comments in the Word file",
                "位置即 Word 文件中批注的位置",
            ),
            Self::AllAlike { passages, percent } => {
                return Text::new(
                    "every way of counting gives the same positions for all {passages} passages; {percent} % fit",
                    "各种位置计法对全部 {passages} 个片段结果相同；{percent} % 吻合",
                )
                .with("passages", *passages)
                .with("percent", *percent);
            }
            Self::Best {
                way,
                percent,
                telling,
                passages,
                others,
            } => {
                return Text::new(
                    "{way}: {percent} % fit of the {telling} passages (of {passages}) for which it matters ({others})",
                    "位置计法：{way}；在受计法影响的 {telling} 个片段（共 {passages} 个）中，{percent} % 吻合（{others}）",
                )
                .with("way", way.text())
                .with("percent", *percent)
                .with("telling", *telling)
                .with("passages", *passages)
                .with("others", fits(others));
            }
        };
        fixed.into()
    }
}

/// The ways of counting, each with its share: `code points: 40 %; bytes: 12 %`.
fn fits(ways: &[(PositionCounting, u64)]) -> Message {
    let mut all = None;
    for (way, percent) in ways {
        let fit = Text::new("{way}: {percent} %", "{way}：{percent} %")
            .with("way", way.text())
            .with("percent", *percent);
        all = Some(match all {
            None => fit,
            Some(before) => Text::new("{before}; {fit}", "{before}；{fit}")
                .with("before", before)
                .with("fit", fit),
        });
    }
    all.unwrap_or_else(|| Text::new("no other way", "没有其他计法").into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::language::UiLanguage;

    #[test]
    fn figures_stand_in_both_languages() {
        let way = |utf_16, line_end_is_one| PositionCounting {
            utf_16,
            line_end_is_one,
        };
        let others = vec![(way(false, false), 40), (way(false, true), 12)];
        let best = PositionReading::Best {
            way: way(true, false),
            percent: 98,
            telling: 20,
            passages: 31,
            others,
        };
        assert_eq!(
            best.message().say(UiLanguage::English),
            "UTF-16 units, CRLF as two: 98 % fit of the 20 passages (of 31) for which it matters \
             (code points, CRLF as two: 40 %; code points, CRLF as one: 12 %)"
        );
        assert_eq!(
            best.message().say(UiLanguage::Chinese),
            "位置计法：UTF-16 单位，CRLF 计为二；在受计法影响的 20 个片段（共 31 个）中，98 % 吻合\
             （字符，CRLF 计为二：40 %；字符，CRLF 计为一：12 %）"
        );
    }
}
