//! Remarks on passages: the comments, footnotes and endnotes of a word processor's file.

use crate::{
    language::words::is_han,
    message::{language::UiLanguage, text::Text},
    model::text::TextRange,
};

/// A remark on a passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annotation {
    /// The passage, in code points; empty if the remark is on no words.
    pub range: TextRange,
    /// Its author; empty if unknown.
    pub author: String,
    /// Its text.
    pub text: String,
    /// Its kind.
    pub kind: AnnotationKind,
}

impl Annotation {
    /// The title of the memo that it becomes: its kind and author.
    ///
    /// The title is in the language of the remark rather than of the window, so that it is the same whoever imports the file.
    pub fn title(&self) -> String {
        let chinese = self.text.chars().any(is_han);
        let language = if chinese {
            UiLanguage::Chinese
        } else {
            UiLanguage::English
        };
        let kind = self.kind.name(language);
        match language {
            _ if self.author.is_empty() => kind.to_owned(),
            UiLanguage::English => format!("{kind} by {}", self.author),
            UiLanguage::Chinese => format!("{}的{kind}", self.author),
        }
    }
}

/// A kind of remark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AnnotationKind {
    /// Beside a passage.
    Comment,
    /// At the foot of a page.
    Footnote,
    /// At the end of the text.
    Endnote,
}

impl AnnotationKind {
    /// Its name.
    pub const fn name(self, language: UiLanguage) -> &'static str {
        match self {
            Self::Comment => language.say(Text::new("Comment", "批注")),
            Self::Footnote => language.say(Text::new("Footnote", "脚注")),
            Self::Endnote => language.say(Text::new("Endnote", "尾注")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_in_the_language_of_the_words() {
        let remark = |author: &str, text: &str, kind| Annotation {
            range: TextRange::between(0, 1),
            author: author.to_owned(),
            text: text.to_owned(),
            kind,
        };
        assert_eq!(
            remark("Bo Li", "relief?", AnnotationKind::Comment).title(),
            "Comment by Bo Li"
        );
        assert_eq!(
            remark("李博", "她笑了 😀", AnnotationKind::Comment).title(),
            "李博的批注"
        );
        assert_eq!(
            remark("", "见𠮷祥面馆", AnnotationKind::Footnote).title(),
            "脚注"
        );
    }
}
