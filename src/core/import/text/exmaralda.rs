//! Reader of EXMARaLDA's basic transcriptions (`.exb`): the events of the tiers on which people speak, in the order of the timeline.
//!
//! A tier is cut wherever anybody begins or stops, also within a sentence; events of one tier that follow each other are joined again.

use std::collections::BTreeMap;

use quick_xml::events::BytesStart;

use super::{
    Extracted, Utterance,
    clock::RawTime,
    elements::{ElementVisitor, TextOrigin, visit},
    package::{attribute, attribute_or_empty},
};
use crate::import::{ImportError, Note};

/// The longest utterance that is joined where no mark ends a sentence, in milliseconds.
const LONGEST_MILLIS: u32 = 20_000;

/// Reads the tiers.
pub(super) fn read(file: &str, xml: &str) -> Result<Extracted, ImportError> {
    let mut visitor = ExbVisitor::default();
    visit(file, xml, &mut visitor)?;
    // Files without tiers of speech have only the verbal ones marked.
    let is_spoken = |tier: &ExbTier| tier.kind == "t";
    let any_spoken = visitor.tiers.iter().any(is_spoken);
    let (spoken, others): (Vec<&ExbTier>, Vec<&ExbTier>) = visitor.tiers.iter().partition(|tier| {
        if any_spoken {
            is_spoken(tier)
        } else {
            tier.category == "v"
        }
    });
    let mut placed: Vec<(usize, Utterance)> = spoken
        .into_iter()
        .flat_map(|tier| visitor.utterances(tier))
        .collect();
    if placed.is_empty() {
        return Err(ImportError::NoSegments(file.to_owned()));
    }
    // Tiers are one after the other in the file; a conversation alternates between them.
    placed.sort_by_key(|(place, _)| *place);
    let notes = others
        .into_iter()
        .filter(|tier| !tier.events.is_empty())
        .map(|tier| Note::AnnotationTier(tier.name.clone()))
        .collect();
    Ok(Extracted {
        notes,
        ..Extracted::segments(placed.into_iter().map(|(_, own)| own).collect())
    })
}

/// A tier of the transcription.
struct ExbTier {
    /// The id of the speaker; empty for tiers of nobody.
    speaker: String,
    /// `t` for what is said, `a` for annotations of it, `d` for descriptions.
    kind: String,
    /// What the tier holds, such as `v` for words.
    category: String,
    /// Its name as EXMARaLDA shows it.
    name: String,
    events: Vec<ExbEvent>,
}

/// Words between two points of the timeline.
struct ExbEvent {
    start: String,
    end: String,
    text: String,
}

/// Collects speakers, timeline and tiers.
#[derive(Default)]
struct ExbVisitor {
    /// Labels of speakers by id.
    speakers: BTreeMap<String, String>,
    /// The speaker whose description is open.
    described: Option<String>,
    in_abbreviation: bool,
    /// The place of each point on the timeline, and its time if it is known.
    points: BTreeMap<String, (usize, Option<u32>)>,
    tiers: Vec<ExbTier>,
    in_event: bool,
}

impl ExbVisitor {
    /// The utterances of a tier, with their places on the timeline.
    fn utterances(&self, tier: &ExbTier) -> Vec<(usize, Utterance)> {
        let label = self
            .speakers
            .get(&tier.speaker)
            .filter(|label| !label.is_empty());
        // A display name ends with the category: `LE [v]`.
        let name = match tier.name.rsplit_once('[') {
            Some((name, _)) => name.trim(),
            None => tier.name.as_str(),
        };
        let speaker = match label {
            Some(label) => label.clone(),
            None if name.is_empty() => tier.speaker.clone(),
            None => name.to_owned(),
        };
        let mut utterances: Vec<(usize, Utterance)> = Vec::new();
        let mut last_end = None;
        for event in &tier.events {
            let known = self.points.get(&event.start);
            let (place, at_millis) = match known {
                Some((place, at_millis)) => (*place, *at_millis),
                None => (usize::MAX, None),
            };
            let follows = last_end == Some(&event.start);
            match utterances.last_mut() {
                Some((_, last)) if follows && continues(last, at_millis) => {
                    last.text.push_str(&event.text);
                }
                _ => utterances.push((
                    place,
                    Utterance {
                        at_millis,
                        speaker: Some(speaker.clone()).filter(|label| !label.is_empty()),
                        text: event.text.clone(),
                    },
                )),
            }
            last_end = Some(&event.end);
        }
        for (_, own) in &mut utterances {
            own.text = own.text.split_whitespace().collect::<Vec<_>>().join(" ");
        }
        utterances.retain(|(_, own)| !own.text.is_empty());
        utterances
    }
}

/// Returns true if an utterance goes on with an event that follows it.
fn continues(last: &Utterance, at_millis: Option<u32>) -> bool {
    let ended = last
        .text
        .trim_end()
        .ends_with(['.', '?', '!', '…', '˙', '。', '？', '！']);
    let is_long = match (last.at_millis, at_millis) {
        (Some(then), Some(now)) => now.saturating_sub(then) >= LONGEST_MILLIS,
        _ => false,
    };
    !ended && !is_long
}

impl ElementVisitor for ExbVisitor {
    fn open(&mut self, element: &BytesStart<'_>) {
        match element.local_name().as_ref() {
            "speaker" => {
                let id = attribute_or_empty(element, "id");
                self.speakers.insert(id.clone(), String::new());
                self.described = Some(id);
            }
            "abbreviation" => self.in_abbreviation = true,
            "tli" => {
                let place = self.points.len();
                let seconds = attribute(element, "time").and_then(|time| time.parse().ok());
                let at_millis = seconds.and_then(|seconds| RawTime::Bare(seconds).millis(1000.0));
                self.points
                    .insert(attribute_or_empty(element, "id"), (place, at_millis));
            }
            "tier" => {
                let name = attribute(element, "display-name").filter(|name| !name.is_empty());
                self.tiers.push(ExbTier {
                    speaker: attribute_or_empty(element, "speaker"),
                    kind: attribute_or_empty(element, "type"),
                    category: attribute_or_empty(element, "category"),
                    name: name.unwrap_or_else(|| attribute_or_empty(element, "id")),
                    events: Vec::new(),
                });
            }
            "event" => {
                if let Some(tier) = self.tiers.last_mut() {
                    tier.events.push(ExbEvent {
                        start: attribute_or_empty(element, "start"),
                        end: attribute_or_empty(element, "end"),
                        text: String::new(),
                    });
                    self.in_event = true;
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "speaker" => self.described = None,
            "abbreviation" => self.in_abbreviation = false,
            "event" => self.in_event = false,
            _ => {}
        }
    }

    fn text(&mut self, text: &str, _origin: TextOrigin) {
        if self.in_abbreviation {
            let described = self.described.as_ref();
            if let Some(label) = described.and_then(|id| self.speakers.get_mut(id)) {
                label.push_str(text.trim());
            }
        } else if self.in_event
            && let Some(event) = self
                .tiers
                .last_mut()
                .and_then(|tier| tier.events.last_mut())
        {
            event.text.push_str(text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Said = (Option<u32>, String, String);

    fn said(xml: &str) -> (Vec<Said>, Vec<Note>) {
        let read = read("a.exb", xml).unwrap();
        let super::super::Body::Segments(segments) = read.body else {
            panic!("segments")
        };
        let said = segments
            .into_iter()
            .map(|own| (own.at_millis, own.speaker.unwrap(), own.text))
            .collect();
        (said, read.notes)
    }

    const HEAD: &str = r#"<basic-transcription><head><meta-information><comment/></meta-information><speakertable><speaker id="SPK0"><abbreviation>LE</abbreviation></speaker><speaker id="SPK1"><abbreviation/></speaker></speakertable></head><basic-body><common-timeline><tli id="T0" time="0.0"/><tli id="T1" time="2.1"/><tli id="T2"/><tli id="T3" time="5.0"/></common-timeline>"#;

    #[test]
    fn events_of_a_sentence_are_joined_and_tiers_woven() {
        let (said, notes) = said(&format!(
            r#"{HEAD}<tier id="TIE0" speaker="SPK0" category="v" type="t" display-name="LE [v]"><event start="T0" end="T1">How has the week </event><event start="T1" end="T2">been?</event><event start="T2" end="T3">Well &amp; </event></tier>
            <tier id="TIE1" speaker="SPK1" category="v" type="t" display-name="小远 [v]"><event start="T1" end="T2">Busy, </event><event start="T2" end="T3">nobody slept.</event></tier>
            <tier id="TIE2" speaker="SPK1" category="nv" type="d" display-name="小远 [nv]"><event start="T2" end="T3">shakes head</event></tier><tier id="TIE3" category="sup" type="a"/></basic-body></basic-transcription>"#
        ));
        let expected = [
            (Some(0), "LE", "How has the week been?"),
            (Some(2100), "小远", "Busy, nobody slept."),
            (None, "LE", "Well &"),
        ];
        let expected = expected.map(|(at, who, text)| (at, who.to_owned(), text.to_owned()));
        assert_eq!(said, expected);
        assert_eq!(notes, [Note::AnnotationTier("小远 [nv]".to_owned())]);
    }

    #[test]
    fn a_file_without_speech_is_refused() {
        let none = format!("{HEAD}</basic-body></basic-transcription>");
        assert!(matches!(
            read("a.exb", &none),
            Err(ImportError::NoSegments(_))
        ));
        assert!(matches!(
            read("a.exb", "<basic-transcription><a></b>"),
            Err(ImportError::Damaged { .. })
        ));
    }
}
