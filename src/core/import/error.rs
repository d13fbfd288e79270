//! Errors of files that can't be imported: which file, where in it, and what to do.

use crate::message::{
    Argument, Message,
    explain::{Explain, Explanation},
    text::Text,
};

/// Names of columns, no more and no longer than people read.
fn listed(names: &[String]) -> Argument {
    const MOST: usize = 8;
    const CHARS: usize = 28;
    let mut shown = Vec::new();
    for name in names.iter().take(MOST) {
        let mut short: String = name.chars().take(CHARS).collect();
        if short.len() < name.len() {
            short.push('…');
        }
        shown.push(Argument::from(&short));
    }
    if names.len() > MOST {
        let more = names.len() - MOST;
        shown.push(Argument::from(
            Text::new("and {more} more", "另有 {more} 个").count("more", more),
        ));
    }
    Argument::List(shown)
}

/// A file that can't be imported; nothing of it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.explain())]
pub enum ImportError {
    /// The file is empty.
    Empty(String),
    /// The file is of subtitles or timed lyrics, and nothing in it has a time.
    NoCues(String),
    /// The file isn't text.
    Binary(String),
    /// The file is larger than a transcript may be.
    TooLarge {
        /// The file.
        file: String,
        /// The size of the file.
        megabytes: usize,
        /// The largest size that is allowed.
        limit: usize,
    },
    /// The file's ending is of no format that is read.
    UnknownFormat {
        /// The file.
        file: String,
        /// The ending of its name.
        ending: String,
    },
    /// There is no such encoding.
    UnknownEncoding(String),
    /// The file has bytes that the chosen encoding doesn't have.
    WrongEncoding {
        /// The file.
        file: String,
        /// The line of the first such byte, from 1.
        line: usize,
        /// The encoding that was chosen.
        encoding: String,
    },
    /// The file is of an old version of Word.
    OldWord(String),
    /// The file is protected by a password.
    Protected(String),
    /// The pages of a PDF are pictures.
    Scanned(String),
    /// The sheet has no columns of speakers and what they say.
    NoTranscript {
        /// The file.
        file: String,
        /// The columns that it has.
        has: Vec<String>,
    },
    /// The file has no list of who says what, in any form that is known.
    NoSegments(String),
    /// None of the tiers that were chosen is in the file, or has annotations.
    NoTier(String),
    /// The file is damaged.
    Damaged {
        /// The file.
        file: String,
        /// What is wrong.
        reason: Message,
    },
    /// The file isn't a project of the program that it was read for.
    NoProjectOf {
        /// The file.
        file: String,
        /// The program.
        program: String,
        /// What is missing.
        reason: Message,
    },
    /// A row of a sheet is wrong.
    Row {
        /// The file.
        file: String,
        /// The row, the header being 1.
        row: usize,
        /// What is wrong.
        reason: Message,
    },
    /// The sheet lacks a column.
    NoColumn {
        /// The file.
        file: String,
        /// The column that is needed.
        column: String,
        /// The columns that it has.
        has: Vec<String>,
    },
    /// A line of a codebook is wrong.
    Codebook {
        /// The file.
        file: String,
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        reason: Message,
    },
}

impl Explain for ImportError {
    #[expect(clippy::too_many_lines, reason = "one arm for each error")]
    fn explain(&self) -> Explanation {
        match self {
            Self::Empty(file) => Explanation::refused(
                Text::new("{file}: the file is empty", "{file}：文件是空的").with("file", file),
            ),
            Self::NoCues(file) => Explanation::refused(
                Text::new(
                    "{file}: there are no subtitles in it, which are lines below their times",
                    "{file}：其中没有字幕；字幕是写在时间下面的文字",
                )
                .with("file", file),
            )
            .hint(Text::new(
                "if it is a text, save it as .txt",
                "如果是普通文本，请另存为 .txt",
            )),
            Self::Binary(file) => Explanation::refused(
                Text::new(
                    "{file}: this looks like a binary file, not a transcript",
                    "{file}：看起来是二进制文件，不是访谈文本",
                )
                .with("file", file),
            ),
            Self::TooLarge {
                file,
                megabytes,
                limit,
            } => Explanation::refused(
                Text::new(
                    "{file}: {megabytes} MB is more than a transcript may have ({limit} MB)",
                    "{file}：{megabytes} MB 超过访谈文本的上限（{limit} MB）",
                )
                .with("file", file)
                .with("megabytes", *megabytes)
                .with("limit", *limit),
            )
            .hint(Text::new("split the file", "请拆分文件")),
            Self::UnknownFormat { file, ending } => Explanation::refused(
                Text::new(
                    "{file}: files that end in “{ending}” can't be read",
                    "{file}：无法读取“{ending}”文件",
                )
                .with("file", file)
                .with("ending", ending),
            )
            .hint(Text::new(
                "save it as .txt, .docx, .odt, .rtf, .pdf or .html",
                "请另存为 .txt、.docx、.odt、.rtf、.pdf 或 .html",
            )),
            Self::UnknownEncoding(name) => Explanation::refused(
                Text::new("there is no encoding “{name}”", "没有字符编码“{name}”")
                    .with("name", name),
            )
            .hint(Text::new(
                "try UTF-8, UTF-16LE, GB18030, Big5, Shift_JIS, EUC-KR or windows-1252",
                "可试 UTF-8、UTF-16LE、GB18030、Big5、Shift_JIS、EUC-KR 或 windows-1252",
            )),
            Self::WrongEncoding {
                file,
                line,
                encoding,
            } => Explanation::refused(
                Text::new(
                    "{file}, line {line}: the text isn't {encoding}",
                    "{file} 第 {line} 行：不是 {encoding}",
                )
                .with("file", file)
                .with("line", *line)
                .with("encoding", encoding),
            )
            .hint(Text::new(
                "choose another encoding, or have it detected",
                "请换一种字符编码，或让程序自动识别",
            )),
            Self::OldWord(file) => Explanation::refused(
                Text::new(
                    "{file}: this is a file of an old version of Word (.doc)",
                    "{file}：这是旧版 Word 的文件（.doc）",
                )
                .with("file", file),
            )
            .hint(Text::new(
                "open it in Word or LibreOffice, save it as .docx and import that",
                "请用 Word 或 LibreOffice 打开，另存为 .docx 再导入",
            )),
            Self::Protected(file) => Explanation::refused(
                Text::new(
                    "{file}: the file is protected by a password",
                    "{file}：文件有密码保护",
                )
                .with("file", file),
            )
            .hint(Text::new(
                "save it without one, then import it",
                "请另存为没有密码的文件再导入",
            )),
            Self::Scanned(file) => Explanation::refused(
                Text::new(
                    "{file}: its pages are pictures without text (a scan)",
                    "{file}：页面是图片，没有文字（扫描件）",
                )
                .with("file", file),
            )
            .hint(Text::new(
                "have the text recognised first, then import it",
                "请先做文字识别再导入",
            )),
            Self::NoTranscript { file, has } => Explanation::refused(
                Text::new(
                    "{file}: there is no column of speakers or of what they say, only {has}",
                    "{file}：没有说话人或文本列；现有：{has}",
                )
                .with("file", file)
                .with("has", listed(has)),
            )
            .hint(Text::new(
                "import it as a sheet of cases, or name the columns of answers with --answers",
                "可作为个案表导入，或用 --answers 指定回答所在的列",
            )),
            Self::NoTier(file) => Explanation::refused(
                Text::new(
                    "{file}: none of its tiers is chosen",
                    "{file}：没有选用其中任何一层",
                )
                .with("file", file),
            ),
            Self::NoSegments(file) => Explanation::refused(
                Text::new(
                    "{file}: there is no list of segments with text in it, in any form that is known",
                    "{file}：其中没有带文字的片段列表，或其形式尚不支持",
                )
                .with("file", file),
            )
            .hint(Text::new(
                "export the transcript as .srt, .vtt, .docx or .txt",
                "请将转录稿导出为 .srt、.vtt、.docx 或 .txt",
            )),
            Self::Damaged { file, reason } => Explanation::refused(
                Text::new(
                    "{file}: the file is damaged or cut off ({reason})",
                    "{file}：文件已损坏或不完整（{reason}）",
                )
                .with("file", file)
                .with("reason", reason.clone()),
            )
            .hint(Text::new(
                "open it in the program that wrote it and save it again",
                "请用生成它的程序打开后重新保存",
            )),
            Self::NoProjectOf {
                file,
                program,
                reason,
            } => Explanation::refused(
                Text::new(
                    "{file}: this is not a project of {program} ({reason})",
                    "{file}：不是 {program} 的项目（{reason}）",
                )
                .with("file", file)
                .with("program", program)
                .with("reason", reason.clone()),
            )
            .hint(
                Text::new(
                    "choose the file in which {program} saves its projects",
                    "请选择 {program} 保存的项目文件",
                )
                .with("program", program),
            ),
            Self::Row { file, row, reason } => Explanation::refused(
                Text::new(
                    "{file}, row {row}: {reason}",
                    "{file} 第 {row} 行：{reason}",
                )
                .with("file", file)
                .with("row", *row)
                .with("reason", reason.clone()),
            ),
            Self::NoColumn { file, column, has } => Explanation::refused(
                Text::new(
                    "{file}: there is no column “{column}”, only {has}",
                    "{file}：没有“{column}”列；现有：{has}",
                )
                .with("file", file)
                .with("column", column)
                .with("has", listed(has)),
            ),
            Self::Codebook { file, line, reason } => Explanation::refused(
                Text::new(
                    "{file}, line {line}: {reason}",
                    "{file} 第 {line} 行：{reason}",
                )
                .with("file", file)
                .with("line", *line)
                .with("reason", reason.clone()),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_message_quotes_of_a_file_stays_on_one_line() {
        let (file, reason, has) = (
            "a".to_owned(),
            "expected `</A>`, found `</A\n B>`\r\n".to_owned(),
            vec!["x\ny".to_owned()],
        );
        for error in [
            ImportError::UnknownFormat {
                file: file.clone(),
                ending: reason.clone(),
            },
            ImportError::NoTranscript {
                file: file.clone(),
                has: has.clone(),
            },
            ImportError::Damaged {
                file: file.clone(),
                reason: reason.clone().into(),
            },
            ImportError::NoProjectOf {
                file: file.clone(),
                program: "Taguette".to_owned(),
                reason: reason.clone().into(),
            },
            ImportError::Row {
                file: file.clone(),
                row: 2,
                reason: reason.clone().into(),
            },
            ImportError::NoColumn {
                file: file.clone(),
                column: "y".to_owned(),
                has,
            },
            ImportError::Codebook {
                file,
                line: 3,
                reason: reason.into(),
            },
        ] {
            let line = error.to_string();
            assert!(!line.contains(['\n', '\r']), "{line}");
            assert!(
                line.contains("found `</A B>`") || line.contains("x y"),
                "{line}"
            );
        }
    }
}
