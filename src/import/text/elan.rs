//! ELAN's annotations: what is said on each tier, in the order of time; tiers that say something about other tiers are left out.

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
    let mut found = TierReader::default();
    found
        .run(xml)
        .map_err(|error| damaged(file, error.to_string()))?;
    if found.segments.is_empty() {
        return Err(damaged(file, "no tier holds annotations with a time"));
    }
    let mut segments = found.segments;
    segments.sort_by_key(|segment| segment.at_millis);
    let notes = found.left_out.into_iter().map(Note::Tier).collect();
    Ok(Extracted {
        notes,
        ..Extracted::segments(segments)
    })
}

#[derive(Default)]
struct TierReader {
    slots: BTreeMap<String, u32>,
    speaker: Option<String>,
    at_millis: Option<u32>,
    value: Option<String>,
    segments: Vec<Utterance>,
    left_out: Vec<String>,
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
                Event::Text(text) => self
                    .value
                    .iter_mut()
                    .for_each(|value| value.push_str(&text)),
                Event::CData(text) => self
                    .value
                    .iter_mut()
                    .for_each(|value| value.push_str(&text)),
                Event::GeneralRef(reference) => {
                    let text = entity(&reference)?;
                    self.value
                        .iter_mut()
                        .for_each(|value| value.push_str(&text));
                }
                Event::End(end) if end.local_name().as_ref() == "ANNOTATION_VALUE" => self.end(),
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn begin(&mut self, element: &BytesStart<'_>) {
        let value = |name: &str| attribute(element, name).filter(|value| !value.is_empty());
        match element.local_name().as_ref() {
            "TIME_SLOT" => {
                if let Some((id, millis)) = value("TIME_SLOT_ID")
                    .zip(value("TIME_VALUE").and_then(|millis| millis.parse().ok()))
                {
                    self.slots.insert(id, millis);
                }
            }
            "TIER" => {
                self.refers = value("PARENT_REF").is_some();
                self.speaker = value("PARTICIPANT").or_else(|| value("TIER_ID"));
                if self.refers {
                    self.left_out.extend(value("TIER_ID"));
                }
            }
            "ALIGNABLE_ANNOTATION" => {
                self.at_millis = value("TIME_SLOT_REF1").and_then(|id| self.slots.get(&id).copied())
            }
            _ => {}
        }
    }

    fn end(&mut self) {
        let text = self
            .value
            .take()
            .unwrap_or_default()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        if !text.is_empty() {
            self.segments.push(Utterance {
                at_millis: self.at_millis,
                speaker: self.speaker.clone(),
                text,
            });
        }
    }
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
