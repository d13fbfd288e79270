//! Reader of Praat's text grids: the labelled intervals and points of all tiers in order of time.
//!
//! A grid comes in a long form (`text = "…"`) and a short one without names.
//! Both have the same quoted texts and free-standing numbers in the same order, so only these are read.

use super::{Extracted, Utterance, package::damaged};
use crate::import::ImportError;
use crate::message::text::Text;

/// Reads a text grid in either form.
pub(super) fn read(file: &str, text: &str) -> Result<Extracted, ImportError> {
    let mut segments = tiers(text).ok_or_else(|| {
        damaged(
            file,
            Text::new(
                "it isn't a TextGrid, or is cut off",
                "不是 TextGrid，或不完整",
            ),
        )
    })?;
    // Tiers are one after the other in the file; a conversation alternates between them.
    segments.sort_by_key(|segment| segment.at_millis);
    if segments.is_empty() {
        Err(ImportError::Empty(file.to_owned()))
    } else {
        Ok(Extracted::segments(segments))
    }
}

/// A value of the grid.
#[derive(Debug, Clone, PartialEq)]
enum GridToken {
    Number(f64),
    Text(String),
}

/// The values of a grid, one after the other; names, brackets and `<exists>` are skipped.
struct GridTokens<'a> {
    rest: &'a str,
}

impl Iterator for GridTokens<'_> {
    type Item = GridToken;

    fn next(&mut self) -> Option<GridToken> {
        loop {
            self.rest = self.rest.trim_start();
            if let Some(quoted) = self.rest.strip_prefix('"') {
                return self.quoted(quoted);
            }
            let end = self
                .rest
                .find(|c: char| c.is_whitespace() || c == '"')
                .unwrap_or(self.rest.len());
            if end == 0 {
                return None;
            }
            let (word, rest) = self.rest.split_at(end);
            self.rest = rest;
            if let Ok(number) = word.parse() {
                return Some(GridToken::Number(number));
            }
        }
    }
}

impl<'a> GridTokens<'a> {
    /// Reads a text whose opening quote was read; a quote in the text is doubled.
    fn quoted(&mut self, mut after: &'a str) -> Option<GridToken> {
        let mut text = String::new();
        loop {
            let (part, rest) = after.split_once('"')?;
            text.push_str(part);
            match rest.strip_prefix('"') {
                Some(rest) => {
                    text.push('"');
                    after = rest;
                }
                None => {
                    self.rest = rest;
                    return Some(GridToken::Text(text));
                }
            }
        }
    }

    fn number(&mut self) -> Option<f64> {
        match self.next()? {
            GridToken::Number(number) => Some(number),
            GridToken::Text(_) => None,
        }
    }

    fn text(&mut self) -> Option<String> {
        match self.next()? {
            GridToken::Text(text) => Some(text),
            GridToken::Number(_) => None,
        }
    }
}

fn tiers(text: &str) -> Option<Vec<Utterance>> {
    let mut tokens = GridTokens { rest: text };
    if tokens.text()? != "ooTextFile" || tokens.text()? != "TextGrid" {
        return None;
    }
    let (_from, _to) = (tokens.number()?, tokens.number()?);
    let count = tokens.number()?;
    let mut segments = Vec::new();
    // Counts are numbers like all others, and a hostile one may be huge or no number:
    // they are compared as they are, and the end of the tokens ends the loop.
    let mut tier = 0.0;
    while tier < count {
        tier += 1.0;
        let intervals = tokens.text()? == "IntervalTier";
        let speaker = tokens.text()?;
        let (_from, _to) = (tokens.number()?, tokens.number()?);
        let size = tokens.number()?;
        let mut at = 0.0;
        while at < size {
            at += 1.0;
            let start = tokens.number()?;
            if intervals {
                let _end = tokens.number()?;
            }
            let said = tokens.text()?.trim().to_owned();
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "rounded and clamped"
            )]
            let at_millis = Some((start * 1000.0).round().clamp(0.0, f64::from(u32::MAX)) as u32);
            // Intervals without a label are the silences between utterances.
            if !said.is_empty() {
                segments.push(Utterance {
                    at_millis,
                    speaker: Some(speaker.clone()).filter(|name| !name.is_empty()),
                    text: said,
                });
            }
        }
    }
    Some(segments)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_and_short_forms_say_the_same() {
        let long = "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\nxmin = 0\nxmax = 3\ntiers? <exists>\nsize = 2\nitem []:\n item [1]:\n class = \"IntervalTier\"\n name = \"小远\"\n xmin = 0\n xmax = 3\n intervals: size = 2\n intervals [1]:\n xmin = 0\n xmax = 1.5\n text = \"\"\n intervals [2]:\n xmin = 1.5\n xmax = 3\n text = \"他说\"\"好\"\"\"\n item [2]:\n class = \"TextTier\"\n name = \"I\"\n xmin = 0\n xmax = 3\n points: size = 1\n points [1]:\n number = 0.5\n mark = \"Hi\"\n";
        let short = "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\n0\n3\n<exists>\n2\n\"IntervalTier\"\n\"小远\"\n0\n3\n2\n0\n1.5\n\"\"\n1.5\n3\n\"他说\"\"好\"\"\"\n\"TextTier\"\n\"I\"\n0\n3\n1\n0.5\n\"Hi\"\n";
        for text in [long, short] {
            let super::super::Body::Segments(segments) = read("a.TextGrid", text).unwrap().body
            else {
                panic!("segments")
            };
            let shown: Vec<_> = segments
                .iter()
                .map(|own| {
                    (
                        own.at_millis.unwrap(),
                        own.speaker.clone().unwrap(),
                        own.text.as_str(),
                    )
                })
                .collect();
            assert_eq!(
                shown,
                [
                    (500, "I".to_owned(), "Hi"),
                    (1500, "小远".to_owned(), "他说\"好\"")
                ]
            );
        }
        assert!(read("a.TextGrid", long.get(..200).unwrap()).is_err());
        assert!(read("a.TextGrid", "words").is_err());
    }
}
