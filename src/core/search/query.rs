//! Parsed queries: words, phrases, patterns and fields, combined by AND, OR, NOT and NEAR.

use std::fmt;

use regex::Regex;

use crate::message::text::Text;
use crate::model::text::TextRange;

/// A parsed query.
///
/// The tree refers to its leaves by number, so that each leaf is matched once per turn, however often the tree names it.
#[derive(Debug, Clone)]
pub struct Query {
    /// The tree that combines the leaves.
    pub root: QueryNode,
    /// The words of all phrases, each once.
    pub terms: Vec<Term>,
    /// Words and phrases.
    pub phrases: Vec<Phrase>,
    /// Regular expressions.
    pub patterns: Vec<Regex>,
    /// Conditions on the context of the text.
    pub fields: Vec<FieldTerm>,
    /// NEARs over words; one that is part of another precedes it.
    pub nears: Vec<Near>,
    /// NEARs over turns; one that is part of another precedes it.
    pub arounds: Vec<Around>,
}

/// A node of a query's tree; numbers are indexes of the lists in [`Query`].
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
    /// A condition on the context.
    Field(usize),
    /// A NEAR over words.
    Near(usize),
    /// A NEAR over turns.
    Around(usize),
}

/// A NEAR over words: two operands in either order, with at most `words` words or stops between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Near {
    /// One operand.
    pub one: Spanned,
    /// The other operand.
    pub other: Spanned,
    /// Most words between them.
    pub words: u32,
}

/// An operand whose matches have a first and a last word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spanned {
    /// A word or phrase.
    Phrase(usize),
    /// Any of these.
    Any(Vec<Self>),
    /// A NEAR over words.
    Near(usize),
}

/// A NEAR over turns; a turn matches if one operand matches it and the other matches a turn nearby.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Around {
    /// One operand.
    pub one: QueryNode,
    /// The other operand.
    pub other: QueryNode,
    /// How many turns apart they may be, 0 for the same turn; `None` for anywhere in the document.
    pub turns: Option<u32>,
}

/// A condition on one token.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Term {
    /// A Chinese, Japanese or Korean character.
    Han(String),
    /// A word with this English stem.
    Stem(String),
    /// A word with this prefix.
    Prefix(String),
    /// A word in exactly this form.
    Exact(String),
    /// A word within this edit distance.
    Fuzzy(String, u8),
    /// A Chinese character that can be read as this syllable.
    Sound(String),
}

/// Successive words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// The words; at least one.
    pub slots: Vec<Slot>,
    /// How many additional words or stops may be between them in total.
    pub slop: u32,
}

/// A word of a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    /// Index of its term in [`Query::terms`].
    pub term: usize,
    /// The distance from the position of the previous word: 1, or 2 if a stop is between them; 0 for the first word.
    pub step: u32,
}

/// A field with its value, such as `speaker:Mother`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldTerm {
    /// The field.
    pub field: QueryField,
    /// The name of the attribute; empty for other fields.
    pub attribute: String,
    /// The value as written.
    pub value: String,
    /// Its range in the query, for error messages.
    pub at: TextRange,
}

/// The fields of the query language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum QueryField {
    /// The label of the turn's speaker.
    Speaker,
    /// A case of the document or speaker, or one of its ancestors.
    Case,
    /// The phase of the document.
    Phase,
    /// A code of a coding that overlaps the turn, or one of its ancestors.
    Code,
    /// The coder of a coding that overlaps the turn.
    Coder,
    /// The title of the document.
    Document,
    /// A set that contains the document, one of its cases, or the code of a coding that overlaps the turn.
    Set,
    /// An attribute of the speaker's case or of the document.
    Attribute,
    /// Any attribute of kind date.
    Date,
    /// A code, replaced by its indicators.
    Concept,
    /// A saved query, replaced by its text.
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

    /// The field with this name, in upper or lower case.
    pub fn named(name: &str) -> Option<Self> {
        let name = name.to_lowercase();
        Self::ALL
            .into_iter()
            .find(|field| field.names().contains(&name.as_str()))
    }
}

impl Phrase {
    /// Returns true if there must be a stop between two of the words, which positions alone can't tell from a word.
    pub fn has_stop(&self) -> bool {
        self.slop == 0 && self.slots.iter().any(|slot| slot.step > 1)
    }
}

impl Query {
    /// A query that consists of one pattern.
    pub fn of_pattern(pattern: Regex) -> Self {
        Self {
            patterns: vec![pattern],
            ..Self::new(QueryNode::Pattern(0))
        }
    }

    /// A query without leaves yet.
    pub(super) const fn new(root: QueryNode) -> Self {
        Self {
            root,
            terms: Vec::new(),
            phrases: Vec::new(),
            patterns: Vec::new(),
            fields: Vec::new(),
            nears: Vec::new(),
            arounds: Vec::new(),
        }
    }

    /// The leaves whose matches are hits: all phrases, patterns and NEARs that aren't under a NOT.
    pub fn hit_leaves(&self) -> HitLeaves {
        let mut shown = HitLeaves::default();
        shown.collect(&self.root, &self.arounds);
        shown
    }
}

/// The leaves whose matches are hits, by number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HitLeaves {
    /// Phrases.
    pub phrases: Vec<usize>,
    /// Patterns.
    pub patterns: Vec<usize>,
    /// NEARs over words.
    pub nears: Vec<usize>,
}

impl HitLeaves {
    fn collect(&mut self, node: &QueryNode, arounds: &[Around]) {
        match node {
            QueryNode::And(parts) | QueryNode::Or(parts) => {
                parts.iter().for_each(|part| self.collect(part, arounds));
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
    /// Writes the query with brackets around every operation, to show how it was parsed.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(&self.root, f)
    }
}

impl Query {
    fn write(&self, node: &QueryNode, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match node {
            QueryNode::And(parts) => self.write_list(parts, "AND", f),
            QueryNode::Or(parts) => self.write_list(parts, "OR", f),
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

    fn write_list(
        &self,
        parts: &[QueryNode],
        operator: &str,
        f: &mut fmt::Formatter<'_>,
    ) -> fmt::Result {
        f.write_str("(")?;
        for (index, part) in parts.iter().enumerate() {
            if index > 0 {
                write!(f, " {operator} ")?;
            }
            self.write(part, f)?;
        }
        f.write_str(")")
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
