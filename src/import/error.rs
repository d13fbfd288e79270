//! What can't be read, in one line: which file, where, what to do.

/// Words without line breaks, so that a message that quotes a file stays one line.
pub(super) fn one_line(words: &str) -> String {
    let lines = words
        .split([
            '\n', '\r', '\u{2028}', '\u{2029}', '\u{85}', '\u{b}', '\u{c}',
        ])
        .map(str::trim)
        .filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join(" ")
}

/// Names of columns: as many as one reads, each as long as one reads.
fn listed(names: &[String]) -> String {
    const MOST: usize = 12;
    const CHARS: usize = 40;
    let short = |name: &String| match name.char_indices().nth(CHARS) {
        Some((end, _)) => format!("{}…", name.get(..end).unwrap_or_default()),
        None => name.clone(),
    };
    let mut shown: Vec<String> = names
        .iter()
        .take(MOST)
        .map(|name| one_line(&short(name)))
        .collect();
    if names.len() > MOST {
        shown.push(format!("and {} more", names.len() - MOST));
    }
    shown.join(", ")
}

/// A file that can't be imported; nothing of it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// Nothing in it.
    #[error("{0}: the file is empty")]
    Empty(String),
    /// Not text.
    #[error("{0}: this looks like a binary file, not a transcript")]
    Binary(String),
    /// Larger than a transcript can be.
    #[error(
        "{file}: {megabytes} MB is more than a transcript can have ({limit} MB); split the file"
    )]
    TooLarge {
        /// The file.
        file: String,
        /// Its size.
        megabytes: usize,
        /// The largest size.
        limit: usize,
    },
    /// An ending nobody reads.
    #[error("{file}: can't read `{}` files; save it as .txt, .docx, .odt, .rtf, .pdf or .html", one_line(.ending))]
    UnknownFormat {
        /// The file.
        file: String,
        /// Its ending.
        ending: String,
    },
    /// An encoding nobody knows.
    #[error(
        "there is no encoding `{0}`; try UTF-8, UTF-16LE, GB18030, Big5, Shift_JIS, EUC-KR or windows-1252"
    )]
    UnknownEncoding(String),
    /// Bytes that the forced encoding can't have.
    #[error(
        "{file}, line {line}: not {encoding}; choose another encoding, or leave it to be found"
    )]
    WrongEncoding {
        /// The file.
        file: String,
        /// Line of the first bad byte, from 1.
        line: usize,
        /// The forced encoding.
        encoding: String,
    },
    /// A file of the old Word.
    #[error(
        "{0}: this is a file of the old Word (.doc); open it in Word or LibreOffice and save it as .docx, then import that"
    )]
    OldWord(String),
    /// A file that opens with a password only.
    #[error("{0}: a password protects this file; save it without one, then import it")]
    Protected(String),
    /// A PDF of pictures.
    #[error(
        "{0}: its pages are pictures without text (a scan); have the text recognised first, then import it"
    )]
    Scanned(String),
    /// A sheet in which nothing is said to be a transcript.
    #[error("{file}: no column says who speaks what; it has {}. Import it as a sheet of cases, or name the columns of answers with --answers", one_line(&listed(.has)))]
    NoTranscript {
        /// The file.
        file: String,
        /// Its columns.
        has: Vec<String>,
    },
    /// A file that can't be taken apart.
    #[error("{file}: the file is damaged or cut off ({}); open it in the program that made it and save it again", one_line(.reason))]
    Damaged {
        /// The file.
        file: String,
        /// What is wrong.
        reason: String,
    },
    /// A file that isn't what it is read as.
    #[error("{file}: this is no project of {program} ({}); name the file that {program} saves its projects in", one_line(.reason))]
    NoProjectOf {
        /// The file.
        file: String,
        /// The program.
        program: String,
        /// What is missing.
        reason: String,
    },
    /// A sheet that can't be taken apart.
    #[error("{file}, row {row}: {}", one_line(.reason))]
    Row {
        /// The file.
        file: String,
        /// The row, the header being 1.
        row: usize,
        /// What is wrong.
        reason: String,
    },
    /// A sheet without a column that is needed.
    #[error("{file}: there is no column `{column}`; it has {}", one_line(&listed(.has)))]
    NoColumn {
        /// The file.
        file: String,
        /// What is wanted.
        column: String,
        /// What there is.
        has: Vec<String>,
    },
    /// A codebook that isn't one.
    #[error("{file}, line {line}: {}", one_line(.reason))]
    Codebook {
        /// The file.
        file: String,
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        reason: String,
    },
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
                reason: reason.clone(),
            },
            ImportError::NoProjectOf {
                file: file.clone(),
                program: "Taguette".to_owned(),
                reason: reason.clone(),
            },
            ImportError::Row {
                file: file.clone(),
                row: 2,
                reason: reason.clone(),
            },
            ImportError::NoColumn {
                file: file.clone(),
                column: "y".to_owned(),
                has,
            },
            ImportError::Codebook {
                file,
                line: 3,
                reason,
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
