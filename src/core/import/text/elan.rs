//! Reader of ELAN's annotation files (`.eaf`): the annotations of all tiers in order of time.
//!
//! Tiers that refer to another tier hold translations or glosses of it, so they are left out.

use crate::message::text::Text;
use std::collections::BTreeMap;

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};

use super::{
    Extracted, Utterance,
    package::{attribute, damaged, entity},
};
use crate::import::{ImportError, Note};

/// Reads the tiers.
pub(super) fn read(file: &str, xml: &str) -> Result<Extracted, ImportError> {
    let mut tiers = TierReader::default();
    tiers
        .run(xml)
        .map_err(|error| damaged(file, error.to_string()))?;
    if tiers.segments.is_empty() {
        return Err(damaged(
            file,
            Text::new("no tier has annotations with a time", "没有带时间的标注层"),
        ));
    }
    let mut segments = tiers.segments;
    // Tiers are one after the other in the file; a conversation alternates between them.
    segments.sort_by_key(|segment| segment.at_millis);
    let notes = tiers.left_out.into_iter().map(Note::Tier).collect();
    Ok(Extracted {
        notes,
        ..Extracted::segments(segments)
    })
}

/// State of the walk over the file.
#[derive(Default)]
struct TierReader {
    /// Milliseconds by the ids of time slots. ELAN writes all slots before the tiers, which refer to them.
    slots: BTreeMap<String, u32>,
    /// Who speaks on the current tier.
    speaker: Option<String>,
    /// When the current annotation begins.
    at_millis: Option<u32>,
    /// Text of the open value.
    value: Option<String>,
    segments: Vec<Utterance>,
    /// Names of the tiers that refer to another.
    left_out: Vec<String>,
    /// True if the current tier refers to another.
    refers: bool,
}

impl TierReader {
    fn run(&mut self, xml: &str) -> Result<(), quick_xml::Error> {
        let mut reader = Reader::from_str(xml);
        loop {
            match reader.read_event()? {
                Event::Start(element) => {
                    self.begin(&element);
                    if element.local_name().as_ref() == "ANNOTATION_VALUE" && !self.refers {
                        self.value = Some(String::new());
                    }
                }
                Event::Empty(element) => self.begin(&element),
                Event::Text(text) => self.text(&text),
                Event::CData(text) => self.text(&text),
                Event::GeneralRef(reference) => self.text(&entity(&reference)?),
                Event::End(end) if end.local_name().as_ref() == "ANNOTATION_VALUE" => self.end(),
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn begin(&mut self, element: &BytesStart<'_>) {
        match element.local_name().as_ref() {
            "TIME_SLOT" => {
                // A slot without a value isn't aligned yet.
                if let (Some(id), Some(Ok(millis))) = (
                    filled(element, "TIME_SLOT_ID"),
                    filled(element, "TIME_VALUE").map(|millis| millis.parse()),
                ) {
                    self.slots.insert(id, millis);
                }
            }
            "TIER" => {
                self.refers = filled(element, "PARENT_REF").is_some();
                // The participant is optional; many projects name the tier after the person.
                self.speaker =
                    filled(element, "PARTICIPANT").or_else(|| filled(element, "TIER_ID"));
                if self.refers {
                    self.left_out.extend(filled(element, "TIER_ID"));
                }
            }
            "ALIGNABLE_ANNOTATION" => {
                self.at_millis =
                    filled(element, "TIME_SLOT_REF1").and_then(|id| self.slots.get(&id).copied());
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(value) = &mut self.value {
            value.push_str(text);
        }
    }

    fn end(&mut self) {
        let Some(value) = self.value.take() else {
            return;
        };
        let text = value.split_whitespace().collect::<Vec<_>>().join(" ");
        if !text.is_empty() {
            self.segments.push(Utterance {
                at_millis: self.at_millis,
                speaker: self.speaker.clone(),
                text,
            });
        }
    }
}

/// The value of an attribute, unless it is missing or empty.
fn filled(element: &BytesStart<'_>, name: &str) -> Option<String> {
    attribute(element, name).filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tiers_are_woven_by_time() {
        let xml = r#"<ANNOTATION_DOCUMENT><TIME_ORDER><TIME_SLOT TIME_SLOT_ID="a" TIME_VALUE="100"/><TIME_SLOT TIME_SLOT_ID="b" TIME_VALUE="2000"/></TIME_ORDER>
            <TIER TIER_ID="C" PARTICIPANT="小远"><ANNOTATION><ALIGNABLE_ANNOTATION TIME_SLOT_REF1="b" TIME_SLOT_REF2="b"><ANNOTATION_VALUE>嗯 &amp; 好</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION></TIER>
            <TIER TIER_ID="I"><ANNOTATION><ALIGNABLE_ANNOTATION TIME_SLOT_REF1="a" TIME_SLOT_REF2="b"><ANNOTATION_VALUE>Hi</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION></TIER>
            <TIER TIER_ID="gloss" PARENT_REF="I"><ANNOTATION><REF_ANNOTATION><ANNOTATION_VALUE>x</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION></TIER></ANNOTATION_DOCUMENT>"#;
        let read = read("a.eaf", xml).unwrap();
        let super::super::Body::Segments(segments) = read.body else {
            panic!("segments")
        };
        assert_eq!(
            segments[0],
            Utterance {
                at_millis: Some(100),
                speaker: Some("I".to_owned()),
                text: "Hi".to_owned()
            }
        );
        assert_eq!(
            (
                segments[1].speaker.as_deref(),
                segments[1].text.as_str(),
                segments.len()
            ),
            (Some("小远"), "嗯 & 好", 2)
        );
        assert_eq!(read.notes, [Note::Tier("gloss".to_owned())]);
    }
}
