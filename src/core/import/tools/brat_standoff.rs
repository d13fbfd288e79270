//! brat's standoff format: the lines of an `.ann` file.

use std::collections::BTreeMap;

use super::builder::beginning;
use crate::{import::ImportError, message::text::Text};

/// A text-bound annotation, `T1<tab>Kind 0 5;8 9<tab>words`.
#[derive(Debug)]
pub(super) struct TextBound {
    pub(super) id: String,
    pub(super) kind: String,
    /// Start and end of each piece.
    pub(super) pieces: Vec<(i64, i64)>,
    pub(super) words: String,
}

/// An attribute, `A1<tab>Name T1 value`.
#[derive(Debug)]
pub(super) struct BratAttribute {
    /// The id of its annotation.
    pub(super) target: String,
    pub(super) name: String,
    pub(super) value: Option<String>,
}

/// A relation, `R1<tab>Name Arg1:T1 Arg2:T2`.
#[derive(Debug)]
pub(super) struct BratRelation {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) from: String,
    pub(super) to: String,
}

/// A note, `#1<tab>AnnotatorNotes T1<tab>words`.
#[derive(Debug)]
pub(super) struct BratNote {
    /// The id of its annotation.
    pub(super) target: String,
    pub(super) title: String,
    pub(super) words: String,
}

/// An event, `E1<tab>Kind:T1 Role:T2`.
#[derive(Debug)]
pub(super) struct BratEvent {
    /// The id of the annotation of the word that triggers it.
    pub(super) trigger: String,
    /// Its kind and roles.
    pub(super) words: String,
}

/// The annotations of a file.
#[derive(Debug, Default)]
pub(super) struct Standoff {
    pub(super) bound: Vec<TextBound>,
    pub(super) attributes: Vec<BratAttribute>,
    pub(super) relations: Vec<BratRelation>,
    pub(super) notes: Vec<BratNote>,
    /// Events by id.
    pub(super) events: BTreeMap<String, BratEvent>,
}

impl Standoff {
    /// Parses a file.
    pub(super) fn read(file: &str, text: &str) -> Result<Self, ImportError> {
        let mut lines = Self::default();
        for (number, line) in (1..).zip(text.lines()) {
            let row = line.trim_end_matches('\r');
            if row.trim().is_empty() {
                continue;
            }
            lines.line(row).ok_or_else(|| ImportError::Row {
                file: file.to_owned(),
                row: number,
                reason: Text::new(
                    "“{text}” is not an annotation as brat writes it",
                    "“{text}”不是 brat 的标注",
                )
                .with("text", beginning(row)),
            })?;
        }
        Ok(lines)
    }

    /// Reads a line; `None` if it is no annotation.
    fn line(&mut self, line: &str) -> Option<()> {
        let mut parts = line.splitn(3, '\t');
        let (id, middle) = (parts.next()?.to_owned(), parts.next()?);
        let rest = parts.next().unwrap_or_default();
        let mut words = middle.split(' ').filter(|word| !word.is_empty());
        // The first character of an id tells the kind of its annotation.
        match id.chars().next()? {
            'T' => {
                let (kind, pieces) = middle.split_once(' ')?;
                self.bound.push(TextBound {
                    id,
                    kind: kind.to_owned(),
                    pieces: pieces.split(';').map(piece).collect::<Option<_>>()?,
                    words: rest.to_owned(),
                });
            }
            // Older standoff formats write attributes as `M` (modification), and brat still reads them.
            'A' | 'M' => {
                let (name, target) = (words.next()?.to_owned(), words.next()?.to_owned());
                let value = words.collect::<Vec<_>>().join(" ");
                self.attributes.push(BratAttribute {
                    target,
                    name,
                    value: Some(value).filter(|value| !value.is_empty()),
                });
            }
            'R' => {
                let name = words.next()?.to_owned();
                let mut ends = words.filter_map(|word| Some(word.split_once(':')?.1.to_owned()));
                self.relations.push(BratRelation {
                    id,
                    name,
                    from: ends.next()?,
                    to: ends.next()?,
                });
            }
            // An equivalence, `*<tab>Equiv T1 T2 T3`, becomes links from one to the next.
            '*' => {
                let name = words.next()?.to_owned();
                let ends: Vec<&str> = words.collect();
                for (from, to) in ends.iter().zip(ends.iter().skip(1)) {
                    self.relations.push(BratRelation {
                        id: id.clone(),
                        name: name.clone(),
                        from: (*from).to_owned(),
                        to: (*to).to_owned(),
                    });
                }
            }
            'E' => {
                let (kind, trigger) = words.next()?.split_once(':')?;
                let event = BratEvent {
                    trigger: trigger.to_owned(),
                    words: format!("{kind} {}", words.collect::<Vec<_>>().join(" ")),
                };
                self.events.insert(id, event);
            }
            // A normalisation, `N1<tab>Reference T1 Wikipedia:1<tab>words`.
            'N' => {
                let (title, target) = (words.next()?.to_owned(), words.next()?.to_owned());
                self.notes.push(BratNote {
                    target,
                    title,
                    words: format!("{} {rest}", words.collect::<Vec<_>>().join(" ")),
                });
            }
            '#' => {
                let (title, target) = (words.next()?, words.next()?.to_owned());
                // The usual title says nothing, so the memo gets its first words instead.
                let title = if title == "AnnotatorNotes" { "" } else { title };
                self.notes.push(BratNote {
                    target,
                    title: title.to_owned(),
                    words: rest.to_owned(),
                });
            }
            _ => return None,
        }
        Some(())
    }
}

/// Reads `start end`.
fn piece(piece: &str) -> Option<(i64, i64)> {
    let (start, end) = piece.trim().split_once(' ')?;
    Some((start.parse().ok()?, end.trim().parse().ok()?))
}
