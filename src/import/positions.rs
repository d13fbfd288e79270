//! What a program counts when it says where a passage begins and ends: a value with its figures, put into words where it is shown.

use crate::message::language::UiLanguage;

/// A way of counting positions. A byte-order mark never counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PositionCounting {
    /// Whether a character beyond the Basic Multilingual Plane counts as two.
    pub utf_16: bool,
    /// Whether a carriage return with its line feed counts as one.
    pub line_end_is_one: bool,
}

impl PositionCounting {
    /// What it counts, in words.
    pub const fn words(self, language: UiLanguage) -> &'static str {
        match (self.utf_16, self.line_end_is_one) {
            (false, false) => language.pick("code points, CRLF as two", "字符，CRLF 计为二"),
            (false, true) => language.pick("code points, CRLF as one", "字符，CRLF 计为一"),
            (true, false) => language.pick("UTF-16 units, CRLF as two", "UTF-16 单位，CRLF 计为二"),
            (true, true) => language.pick("UTF-16 units, CRLF as one", "UTF-16 单位，CRLF 计为一"),
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
    /// In UTF-16 units, as the words tell that the file quotes.
    Utf16ByQuotes,
    /// In bytes of the text within a web page.
    Bytes,
    /// Where the comments of a Word file stand.
    Comments,
    /// All ways of counting give the same places.
    AllAlike {
        /// How many passages there are.
        passages: usize,
        /// How many of a hundred begin and end as words do.
        percent: u64,
    },
    /// The way that fits best of all that were tried.
    Best {
        /// The way.
        way: PositionCounting,
        /// How many of a hundred passages for which it matters fit.
        percent: u64,
        /// For how many passages it matters.
        telling: usize,
        /// How many passages there are.
        passages: usize,
        /// The other ways, with how many of a hundred fit.
        others: Vec<(PositionCounting, u64)>,
    },
}

impl PositionReading {
    /// How they were read, in words, without a full stop.
    pub fn words(&self, language: UiLanguage) -> String {
        let fixed = match self {
            Self::CodePoints => language.pick("code points", "位置按字符计"),
            Self::Utf16 => language.pick("UTF-16 units", "位置按 UTF-16 单位计"),
            Self::Utf16ByQuotes => language.pick(
                "UTF-16 units, as the quoted words tell",
                "位置按 UTF-16 单位计（由文件所引文字得知）",
            ),
            Self::Bytes => {
                language.pick("bytes of the text of its HTML", "位置按 HTML 文本的字节计")
            }
            Self::Comments => language.pick(
                "the comments' own places in the Word file",
                "位置即 Word 文件中批注的位置",
            ),
            Self::AllAlike { passages, percent } => return alike(*passages, *percent, language),
            Self::Best {
                way,
                percent,
                telling,
                passages,
                others,
            } => {
                let (open, close) = language.pick((" (", ")"), ("（", "）"));
                let (colon, comma) = language.pick((": ", "; "), ("：", "；"));
                let others: Vec<String> = others
                    .iter()
                    .map(|(way, fit)| format!("{}{colon}{fit} %", way.words(language)))
                    .collect();
                let others = others.join(comma);
                let way = way.words(language);
                return match language {
                    UiLanguage::English => {
                        format!(
                            "{way}: {percent} % fit of the {telling} passages (of {passages}) for which it matters{open}{others}{close}"
                        )
                    }
                    UiLanguage::Chinese => format!(
                        "位置计法：{way}；在受计法影响的 {telling} 个片段（共 {passages} 个）中，{percent} % 吻合{open}{others}{close}"
                    ),
                };
            }
        };
        fixed.to_owned()
    }
}

fn alike(passages: usize, percent: u64, language: UiLanguage) -> String {
    match language {
        UiLanguage::English => format!(
            "every way of counting gives the same places for all {passages} passages; {percent} % fit"
        ),
        UiLanguage::Chinese => {
            format!("各种位置计法对全部 {passages} 个片段结果相同；{percent} % 吻合")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
            best.words(UiLanguage::English),
            "UTF-16 units, CRLF as two: 98 % fit of the 20 passages (of 31) for which it matters \
             (code points, CRLF as two: 40 %; code points, CRLF as one: 12 %)"
        );
        assert_eq!(
            best.words(UiLanguage::Chinese),
            "位置计法：UTF-16 单位，CRLF 计为二；在受计法影响的 20 个片段（共 31 个）中，98 % 吻合\
             （字符，CRLF 计为二：40 %；字符，CRLF 计为一：12 %）"
        );
    }
}
