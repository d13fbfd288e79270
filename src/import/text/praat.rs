//! Praat's text grids: the intervals of each tier that hold words, in the order of time.

use super::{Extracted, Utterance, package::damaged};
use crate::import::ImportError;

/// Reads a text grid, in the long form (`text = "…"`) or the short one.
pub(super) fn read(file: &str, text: &str) -> Result<Extracted, ImportError> {
    let values = values(text);
    let mut segments =
        tiers(&values).ok_or_else(|| damaged(file, "it is no text grid, or cut off"))?;
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
    Words(String),
}

/// Quoted words, and numbers that stand by themselves; names, brackets and `<exists>` are passed over.
fn values(text: &str) -> Vec<GridToken> {
    let mut values = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if first == '"' {
            let mut words = String::new();
            let mut after = rest.get(1..).unwrap_or_default();
            loop {
                let Some(end) = after.find('"') else {
                    return values;
                };
                words.push_str(after.get(..end).unwrap_or_default());
                after = after.get(end + 1..).unwrap_or_default();
                if !after.starts_with('"') {
                    break;
                }
                words.push('"');
                after = after.get(1..).unwrap_or_default();
            }
            values.push(GridToken::Words(words));
            rest = after;
            continue;
        }
        let end = rest
            .find(|c: char| c.is_whitespace() || c == '"')
            .unwrap_or(rest.len())
            .max(first.len_utf8());
        let word = rest.get(..end).unwrap_or_default();
        if let Ok(number) = word.parse::<f64>() {
            values.push(GridToken::Number(number));
        }
        rest = rest.get(end..).unwrap_or_default();
    }
    values
}

fn tiers(values: &[GridToken]) -> Option<Vec<Utterance>> {
    let mut values = values.iter();
    let number = |values: &mut std::slice::Iter<'_, GridToken>| match values.next() {
        Some(GridToken::Number(number)) => Some(*number),
        _ => None,
    };
    let words = |values: &mut std::slice::Iter<'_, GridToken>| match values.next() {
        Some(GridToken::Words(words)) => Some(words.clone()),
        _ => None,
    };
    if words(&mut values)? != "ooTextFile" || words(&mut values)? != "TextGrid" {
        return None;
    }
    let (_from, _to) = (number(&mut values)?, number(&mut values)?);
    let count = number(&mut values)?;
    let mut segments = Vec::new();
    let mut tier = 0.0;
    while tier < count {
        tier += 1.0;
        let intervals = words(&mut values)? == "IntervalTier";
        let speaker = words(&mut values)?;
        let (_from, _to) = (number(&mut values)?, number(&mut values)?);
        let size = number(&mut values)?;
        let mut at = 0.0;
        while at < size {
            at += 1.0;
            let start = number(&mut values)?;
            if intervals {
                number(&mut values)?;
            }
            let said = words(&mut values)?.trim().to_owned();
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "rounded and clamped"
            )]
            let at_millis = Some((start * 1000.0).round().clamp(0.0, f64::from(u32::MAX)) as u32);
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
