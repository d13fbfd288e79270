//! A query as it is understood: words, phrases, patterns and fields, combined by AND, OR and NOT.

use std::fmt;

use regex::Regex;

use crate::message::text::Text;
use crate::model::text::TextRange;

/// A parsed query. The tree names its leaves by number, so that each is looked up once for all turns.
#[derive(Debug, Clone)]
pub struct Query {
    /// How the leaves are combined.
    pub root: QueryNode,
    /// The words that phrases are made of, each once.
    pub terms: Vec<Term>,
    /// Words and phrases.
    pub phrases: Vec<Phrase>,
    /// Regular expressions.
    pub patterns: Vec<Regex>,
    /// Conditions on what surrounds the text.
    pub fields: Vec<FieldTerm>,
    /// Words near each other; one that is part of another comes before it.
    pub nears: Vec<Near>,
    /// What stands in turns near each other; one that is part of another comes before it.
    pub arounds: Vec<Around>,
}

/// A part of the tree; numbers count the leaves of their kind in [`Query`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QueryNode {
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
    /// Words near each other.
    Near(usize),
    /// Turns near each other.
    Around(usize),
}

/// Two things in either order, with at most so many words (or stops) between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Near {
    /// One of them.
    pub one: Spanned,
    /// The other.
    pub other: Spanned,
    /// Words between them at most.
    pub words: u32,
}

/// What has a first and a last word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spanned {
    /// A word or phrase.
    Phrase(usize),
    /// Any of these.
    Any(Vec<Self>),
    /// Two such things near each other.
    Near(usize),
}

/// Two things in turns near each other; each turn that has one of them, and the other near by, matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Around {
    /// One of them.
    pub one: QueryNode,
    /// The other.
    pub other: QueryNode,
    /// How many turns they may be apart, 0 for the same turn; `None` for anywhere in the document.
    pub turns: Option<u32>,
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
    /// This word in this very form.
    Exact(String),
    /// Any word that differs in so many letters at most, put in, left out or changed.
    Fuzzy(String, u8),
    /// Any character that is read so.
    Sound(String),
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
    pub field: QueryField,
    /// Of which attribute; empty for other fields.
    pub attribute: String,
    /// The value as given.
    pub value: String,
    /// Where it stands in the query, for messages.
    pub at: TextRange,
}

/// What a condition is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum QueryField {
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
    /// A set that holds the document, one of its cases, or a code that overlaps the turn.
    Set,
    /// An attribute of the speaker's case, or of the document.
    Attribute,
    /// A day among the document's attributes.
    Date,
    /// A code whose indicators are meant.
    Concept,
    /// A query that is kept under this name.
    Kept,
}

impl QueryField {
    /// All fields.
    pub const ALL: [Self; 11] = [
        Self::Speaker,
        Self::Case,
        Self::Phase,
        Self::Code,
        Self::Coder,
        Self::Document,
        Self::Set,
        Self::Attribute,
        Self::Date,
        Self::Concept,
        Self::Kept,
    ];

    /// Its names in queries, English first.
    pub const fn names(self) -> [&'static str; 2] {
        match self {
            Self::Speaker => ["speaker", "说话人"],
            Self::Case => ["case", "个案"],
            Self::Phase => ["phase", "阶段"],
            Self::Code => ["code", "编码"],
            Self::Coder => ["coder", "编码员"],
            Self::Document => ["document", "文档"],
            Self::Set => ["set", "集合"],
            Self::Attribute => ["attr", "属性"],
            Self::Date => ["date", "日期"],
            Self::Concept => ["concept", "概念"],
            Self::Kept => ["query", "检索"],
        }
    }

    /// Its name in both languages.
    pub(super) const fn text(self) -> Text {
        let [english, chinese] = self.names();
        Text::new(english, chinese)
    }

    /// The field of a name, in any case.
    pub fn named(name: &str) -> Option<Self> {
        let name = name.to_lowercase();
        Self::ALL
            .into_iter()
            .find(|field| field.names().contains(&name.as_str()))
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
    pub fn hit_leaves(&self) -> HitLeaves {
        let mut shown = HitLeaves::default();
        shown.collect(&self.root, &self.arounds);
        shown
    }
}

/// Leaves whose matches are hits, by number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HitLeaves {
    /// Phrases.
    pub phrases: Vec<usize>,
    /// Patterns.
    pub patterns: Vec<usize>,
    /// Words near each other.
    pub nears: Vec<usize>,
}

impl HitLeaves {
    fn collect(&mut self, node: &QueryNode, arounds: &[Around]) {
        match node {
            QueryNode::And(parts) | QueryNode::Or(parts) => {
                parts.iter().for_each(|part| self.collect(part, arounds))
            }
            QueryNode::Phrase(number) => self.phrases.push(*number),
            QueryNode::Pattern(number) => self.patterns.push(*number),
            QueryNode::Near(number) => self.nears.push(*number),
            QueryNode::Around(number) => {
                if let Some(Around {
                    one,
                    other,
                    turns: _,
                }) = arounds.get(*number)
                {
                    self.collect(one, arounds);
                    self.collect(other, arounds);
                }
            }
            QueryNode::Not(_) | QueryNode::Field(_) => {}
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
    fn write(&self, node: &QueryNode, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |parts: &[QueryNode], word: &str, f: &mut fmt::Formatter<'_>| {
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
            QueryNode::And(parts) => list(parts, "AND", f),
            QueryNode::Or(parts) => list(parts, "OR", f),
            QueryNode::Not(part) => {
                f.write_str("NOT ")?;
                self.write(part, f)
            }
            QueryNode::Phrase(number) => self.write_phrase(&self.phrases[*number], f),
            QueryNode::Pattern(number) => write!(f, "/{}/", self.patterns[*number]),
            QueryNode::Field(number) => {
                let FieldTerm {
                    field,
                    attribute,
                    value,
                    at: _,
                } = &self.fields[*number];
                let of = if attribute.is_empty() { "" } else { "." };
                write!(f, "{}{of}{attribute}:\"{value}\"", field.names()[0])
            }
            QueryNode::Near(number) => self.write_spanned(&Spanned::Near(*number), f),
            QueryNode::Around(number) => {
                let Around { one, other, turns } = &self.arounds[*number];
                f.write_str("(")?;
                self.write(one, f)?;
                match turns {
                    Some(turns) => write!(f, " NEAR/{turns}turns ")?,
                    None => f.write_str(" NEAR/document ")?,
                }
                self.write(other, f)?;
                f.write_str(")")
            }
        }
    }

    fn write_spanned(&self, spanned: &Spanned, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match spanned {
            Spanned::Phrase(number) => self.write_phrase(&self.phrases[*number], f),
            Spanned::Any(parts) => {
                f.write_str("(")?;
                for (index, part) in parts.iter().enumerate() {
                    f.write_str(if index > 0 { " OR " } else { "" })?;
                    self.write_spanned(part, f)?;
                }
                f.write_str(")")
            }
            Spanned::Near(number) => {
                let Near { one, other, words } = &self.nears[*number];
                f.write_str("(")?;
                self.write_spanned(one, f)?;
                write!(f, " NEAR/{words} ")?;
                self.write_spanned(other, f)?;
                f.write_str(")")
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
                Term::Exact(word) => write!(f, "={word}")?,
                Term::Fuzzy(word, letters) => write!(f, "{word}~{letters}")?,
                Term::Sound(syllable) => write!(f, "[{syllable}]")?,
                Term::Prefix(word) => write!(f, "{word}*")?,
            }
        }
        if phrase.slop == 0 {
            f.write_str("\"")
        } else {
            write!(f, "\"~{}", phrase.slop)
        }
    }
}
