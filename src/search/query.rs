//! A query as it is understood: words, phrases, patterns and fields, combined by AND, OR and NOT.

use std::fmt;

use regex::Regex;

use crate::model::text::TextRange;

/// A parsed query. The tree names its leaves by number, so that each is looked up once for all turns.
#[derive(Debug, Clone)]
pub struct Query {
    /// How the leaves are combined.
    pub root: Node,
    /// The words that phrases are made of, each once.
    pub terms: Vec<Term>,
    /// Words and phrases.
    pub phrases: Vec<Phrase>,
    /// Regular expressions.
    pub patterns: Vec<Regex>,
    /// Conditions on what surrounds the text.
    pub fields: Vec<FieldTerm>,
}

/// A part of the tree; numbers count the leaves of their kind in [`Query`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// All of these.
    And(Vec<Self>),
    /// At least one of these.
    Or(Vec<Self>),
    /// Not this.
    Not(Box<Self>),
    /// A word or phrase.
    Phrase(usize),
    /// A regular expression.
    Pattern(usize),
    /// A condition.
    Field(usize),
}

/// What a token must be.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Term {
    /// This character.
    Han(String),
    /// Any word of this English stem.
    Stem(String),
    /// Any word that begins so.
    Prefix(String),
}

/// Words one after the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// The words; at least one.
    pub slots: Vec<Slot>,
    /// How many words, or stops, may lie between them in all.
    pub slop: u32,
}

/// A word's place in a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    /// Number of its term in [`Query::terms`].
    pub term: usize,
    /// How much its position is above that of the word before: 1, or 2 over a stop; 0 for the first.
    pub step: u32,
}

/// `speaker:Mother`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldTerm {
    /// Which.
    pub field: Field,
    /// The value as given.
    pub value: String,
    /// Where it stands in the query, for messages.
    pub at: TextRange,
}

/// What a condition is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// The label of the turn's speaker.
    Speaker,
    /// A case of the document or of the speaker, or one above it.
    Case,
    /// The document's phase.
    Phase,
    /// A code that overlaps the turn, or one above it.
    Code,
    /// Who has coded something in the turn.
    Coder,
    /// The document's title.
    Document,
}

impl Field {
    /// All fields.
    pub const ALL: [Self; 6] = [Self::Speaker, Self::Case, Self::Phase, Self::Code, Self::Coder, Self::Document];

    /// Its names in queries, English first.
    pub const fn names(self) -> [&'static str; 2] {
        match self {
            Self::Speaker => ["speaker", "说话人"],
            Self::Case => ["case", "个案"],
            Self::Phase => ["phase", "阶段"],
            Self::Code => ["code", "编码"],
            Self::Coder => ["coder", "编码员"],
            Self::Document => ["document", "文档"],
        }
    }

    /// The field of a name, in any case.
    pub fn named(name: &str) -> Option<Self> {
        let name = name.to_lowercase();
        Self::ALL.into_iter().find(|field| field.names().contains(&name.as_str()))
    }
}

impl Phrase {
    /// Whether it demands a stop between two words, which positions alone can't show.
    pub fn has_stop(&self) -> bool {
        self.slop == 0 && self.slots.iter().any(|slot| slot.step > 1)
    }
}

impl Query {
    /// The phrases and patterns that aren't under a NOT: what they match are the hits.
    pub fn shown(&self) -> Shown {
        let mut shown = Shown::default();
        shown.collect(&self.root);
        shown
    }
}

/// Leaves whose matches are hits, by number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shown {
    /// Phrases.
    pub phrases: Vec<usize>,
    /// Patterns.
    pub patterns: Vec<usize>,
}

impl Shown {
    fn collect(&mut self, node: &Node) {
        match node {
            Node::And(parts) | Node::Or(parts) => parts.iter().for_each(|part| self.collect(part)),
            Node::Phrase(number) => self.phrases.push(*number),
            Node::Pattern(number) => self.patterns.push(*number),
            Node::Not(_) | Node::Field(_) => {}
        }
    }
}

impl fmt::Display for Query {
    /// Says how the query was understood, fully bracketed.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(&self.root, f)
    }
}

impl Query {
    fn write(&self, node: &Node, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |parts: &[Node], word: &str, f: &mut fmt::Formatter<'_>| {
            f.write_str("(")?;
            for (index, part) in parts.iter().enumerate() {
                if index > 0 {
                    write!(f, " {word} ")?;
                }
                self.write(part, f)?;
            }
            f.write_str(")")
        };
        match node {
            Node::And(parts) => list(parts, "AND", f),
            Node::Or(parts) => list(parts, "OR", f),
            Node::Not(part) => {
                f.write_str("NOT ")?;
                self.write(part, f)
            }
            Node::Phrase(number) => self.write_phrase(&self.phrases[*number], f),
            Node::Pattern(number) => write!(f, "/{}/", self.patterns[*number]),
            Node::Field(number) => {
                let FieldTerm { field, value, at: _ } = &self.fields[*number];
                write!(f, "{}:\"{value}\"", field.names()[0])
            }
        }
    }

    fn write_phrase(&self, phrase: &Phrase, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("\"")?;
        for (index, slot) in phrase.slots.iter().enumerate() {
            f.write_str(match slot.step {
                _ if index == 0 => "",
                1 => " ",
                _ => ", ",
            })?;
            match &self.terms[slot.term] {
                Term::Han(word) | Term::Stem(word) => f.write_str(word)?,
                Term::Prefix(word) => write!(f, "{word}*")?,
            }
        }
        if phrase.slop == 0 { f.write_str("\"") } else { write!(f, "\"~{}", phrase.slop) }
    }
}
