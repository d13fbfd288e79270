//! Text for people: every text once, with English and Chinese side by side.
//!
//! A [`Text`] is fixed, a [`Message`] is a text whose placeholders are filled with values, and an
//! [`Explanation`] is what an error says: what happened, then what to do about it.
//! Texts are declared next to the code that uses them; this module only has their types and the choice of language.
//! It depends on nothing else in the program, so every layer can speak.

pub mod explain;
pub mod language;
pub mod text;

use std::{borrow::Cow, path::Path};

use explain::Explanation;
use language::UiLanguage;
use text::{LIST_COMMA, Text};

/// A text whose placeholders are filled with values.
///
/// `{name}` stands for the value of that name. `{count|document|documents}` is the first word if the number `count` is 1, and the second
/// one otherwise; Chinese has no plurals and writes `{count}` only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    text: Text,
    arguments: Vec<(&'static str, Argument)>,
}

/// A value in a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Argument {
    /// A name, a path or a quotation, which is the same in both languages.
    Verbatim(String),
    /// A name that somebody has given in both languages.
    Translated {
        /// The name in English texts.
        english: String,
        /// The name in Chinese texts.
        chinese: String,
    },
    /// A number that is written without separators: a line, a row, a version.
    Number(u64),
    /// A quantity, which is written with its thousands set apart.
    Count(u64),
    /// A text that depends on the language itself.
    Message(Box<Message>),
    /// Several values, separated by commas.
    List(Vec<Self>),
    /// Values of which one is to be chosen: `a, b or c`.
    Choice(Vec<Self>),
}

impl Message {
    /// A message without values so far.
    pub const fn new(text: Text) -> Self {
        Self {
            text,
            arguments: Vec::new(),
        }
    }

    /// Fills a placeholder.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Argument>) -> Self {
        debug_assert!(
            self.text.has_placeholder(name),
            "no placeholder {name} in {:?}",
            self.text
        );
        self.arguments.push((name, value.into()));
        self
    }

    /// Fills a placeholder with a quantity.
    #[must_use]
    pub fn count(self, name: &'static str, quantity: impl TryInto<u64>) -> Self {
        // No quantity of the program is negative or beyond 64 bits.
        self.with(
            name,
            Argument::Count(quantity.try_into().unwrap_or(u64::MAX)),
        )
    }

    /// The message in a language.
    pub fn say(&self, language: UiLanguage) -> String {
        let mut said = String::new();
        let mut rest = language.say(self.text);
        while let Some((before, (inside, after))) = rest
            .split_once('{')
            .and_then(|(before, rest)| Some((before, rest.split_once('}')?)))
        {
            said.push_str(before);
            self.fill(inside, language, &mut said);
            rest = after;
        }
        said.push_str(rest);
        said
    }

    fn fill(&self, placeholder: &str, language: UiLanguage, said: &mut String) {
        let mut parts = placeholder.split('|');
        let name = parts.next();
        let value = self
            .arguments
            .iter()
            .find(|(own, _)| Some(*own) == name)
            .map(|(_, value)| value);
        debug_assert!(value.is_some(), "{placeholder} is not filled: {self:?}");
        match (value, parts.next(), parts.next()) {
            (Some(value), Some(one), Some(many)) => {
                said.push_str(if value.is_one() { one } else { many });
            }
            (Some(value), ..) => said.push_str(&value.say(language)),
            (None, ..) => {}
        }
    }
}

impl Argument {
    /// Values of which one is to be chosen.
    pub fn choice<T: Into<Self>>(values: Vec<T>) -> Self {
        Self::Choice(values.into_iter().map(Into::into).collect())
    }

    const fn is_one(&self) -> bool {
        matches!(self, Self::Number(1) | Self::Count(1))
    }

    fn say(&self, language: UiLanguage) -> Cow<'_, str> {
        match self {
            Self::Verbatim(words) => one_line(words),
            Self::Translated { english, chinese } => one_line(match language {
                UiLanguage::English => english,
                UiLanguage::Chinese => chinese,
            }),
            Self::Number(number) => Cow::Owned(number.to_string()),
            Self::Count(number) => Cow::Owned(grouped(*number)),
            Self::Message(message) => Cow::Owned(message.say(language)),
            Self::List(values) => Cow::Owned(joined(values, language)),
            Self::Choice(values) => match values.split_last() {
                Some((last, others)) if !others.is_empty() => Cow::Owned(format!(
                    "{}{}{}",
                    joined(others, language),
                    language.say(Text::new(" or ", " 或 ")),
                    last.say(language)
                )),
                _ => Cow::Owned(joined(values, language)),
            },
        }
    }
}

/// The words without line breaks, so that a message stays on one line even if it quotes a file.
pub(crate) fn one_line(words: &str) -> Cow<'_, str> {
    const BREAKS: [char; 7] = [
        '\n', '\r', '\u{2028}', '\u{2029}', '\u{85}', '\u{b}', '\u{c}',
    ];
    if !words.contains(BREAKS) {
        return Cow::Borrowed(words);
    }
    let lines = words
        .split(BREAKS)
        .map(str::trim)
        .filter(|line| !line.is_empty());
    Cow::Owned(lines.collect::<Vec<_>>().join(" "))
}

fn joined(values: &[Argument], language: UiLanguage) -> String {
    let said: Vec<Cow<'_, str>> = values.iter().map(|value| value.say(language)).collect();
    said.join(language.say(LIST_COMMA))
}

/// "Coder: An", with the colon of the language.
pub fn labelled(language: UiLanguage, label: &str, value: &str) -> String {
    Text::new("{label}: {value}", "{label}：{value}")
        .with("label", label)
        .with("value", value)
        .say(language)
}

/// A number with its thousands set apart.
pub fn grouped(number: impl TryInto<u64>) -> String {
    let digits = number.try_into().unwrap_or(u64::MAX).to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

impl From<Text> for Message {
    fn from(text: Text) -> Self {
        Self::new(text)
    }
}

/// Words that nobody translates, such as those of a library.
impl From<String> for Message {
    fn from(words: String) -> Self {
        const WORDS: Text = Text::new("{words}", "{words}");
        WORDS.with("words", words)
    }
}

impl From<Explanation> for Message {
    fn from(explanation: Explanation) -> Self {
        explanation.into_message()
    }
}

impl From<Text> for Argument {
    fn from(text: Text) -> Self {
        Self::from(Message::new(text))
    }
}

impl From<Message> for Argument {
    fn from(message: Message) -> Self {
        Self::Message(Box::new(message))
    }
}

impl From<Explanation> for Argument {
    fn from(explanation: Explanation) -> Self {
        Self::from(Message::from(explanation))
    }
}

impl From<&str> for Argument {
    fn from(words: &str) -> Self {
        Self::Verbatim(words.to_owned())
    }
}

impl From<String> for Argument {
    fn from(words: String) -> Self {
        Self::Verbatim(words)
    }
}

impl From<&String> for Argument {
    fn from(words: &String) -> Self {
        Self::Verbatim(words.clone())
    }
}

impl From<&Path> for Argument {
    fn from(path: &Path) -> Self {
        Self::Verbatim(path.display().to_string())
    }
}

impl From<char> for Argument {
    fn from(letter: char) -> Self {
        Self::Verbatim(letter.to_string())
    }
}

impl From<u64> for Argument {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Argument {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<usize> for Argument {
    fn from(number: usize) -> Self {
        Self::Number(number as u64)
    }
}

impl<T: Clone + Into<Self>> From<&[T]> for Argument {
    fn from(values: &[T]) -> Self {
        Self::List(values.iter().cloned().map(Into::into).collect())
    }
}

impl<T: Into<Self>> From<Vec<T>> for Argument {
    fn from(values: Vec<T>) -> Self {
        Self::List(values.into_iter().map(Into::into).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHARED: Text = Text::new(
        "{name} has {count} {count|document|documents}: {titles}",
        "{name}有 {count} 份文档：{titles}",
    );

    fn shared(count: usize) -> Message {
        Message::new(SHARED)
            .with("name", "F01")
            .count("count", count)
            .with("titles", vec!["a", "b"])
    }

    #[test]
    fn values_fill_their_placeholders_and_english_words_agree() {
        assert_eq!(
            shared(1).say(UiLanguage::English),
            "F01 has 1 document: a, b"
        );
        assert_eq!(
            shared(1204).say(UiLanguage::English),
            "F01 has 1,204 documents: a, b"
        );
        assert_eq!(
            shared(1204).say(UiLanguage::Chinese),
            "F01有 1,204 份文档：a、b"
        );
    }

    #[test]
    fn a_value_with_braces_stays_as_it_is() {
        let message = Message::new(Text::new("“{name}”?", "“{name}”？")).with("name", "{count}");
        assert_eq!(message.say(UiLanguage::English), "“{count}”?");
    }

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(grouped(999_usize), "999");
        assert_eq!(grouped(1_234_567_usize), "1,234,567");
    }
}
