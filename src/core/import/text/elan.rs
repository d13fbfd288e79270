//! Reader of ELAN's annotation files (`.eaf`): the annotations of all tiers in order of time.
//!
//! Tiers that refer to another tier hold translations or glosses of it, so they are left out.
//! Some projects have it the other way round: a tier of numbers or ids for the utterances, and their words on one that refers to it.
//! What is guessed so can be chosen otherwise by the names of tiers.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::events::BytesStart;

use super::{
    Extracted, Utterance,
    elements::{ElementVisitor, TextOrigin, visit},
    flow::is_ideograph,
    package::attribute,
};
use crate::{
    import::{ImportError, Note, Tier, TierChoice},
    message::text::Text,
};

/// Reads the tiers that are chosen or, where nothing is said of them, guessed to be words.
pub(super) fn read(file: &str, xml: &str, choice: &TierChoice) -> Result<Extracted, ImportError> {
    let mut visitor = ElanVisitor::default();
    visit(file, xml, &mut visitor)?;
    let ids = visitor.tiers.iter().filter_map(|tier| tier.id.as_deref());
    let ids: Vec<&str> = ids.collect();
    let mut segments = Vec::new();
    let mut notes = Vec::new();
    let mut tiers = Vec::new();
    for (tier, role) in visitor.tiers.iter().zip(visitor.roles()) {
        let guessed = role == TierRole::Words;
        let taken = choice.takes(tier.id.as_deref(), guessed, &ids);
        let listed = tier.id.as_deref();
        tiers.extend(listed.and_then(|id| Tier::of(id, tier.texts(), guessed, taken)));
        if taken {
            segments.extend(visitor.utterances(tier));
        } else if let Some(id) = tier.id.clone() {
            notes.extend(match role {
                TierRole::Words => tier.texts().next().map(|_| Note::UnchosenTier(id)),
                TierRole::Wordless => Some(Note::WordlessTier(id)),
                TierRole::Refers => Some(Note::Tier(id)),
            });
        }
    }
    if segments.is_empty() && tiers.iter().any(|tier| tier.guessed) {
        return Err(ImportError::NoTier(file.to_owned()));
    }
    if segments.is_empty() {
        return Err(super::package::damaged(
            file,
            Text::new("no tier has annotations with a time", "没有带时间的标注层"),
        ));
    }
    // Tiers are one after the other in the file; a conversation alternates between them.
    segments.sort_by_key(|segment: &Utterance| segment.at_millis);
    Ok(Extracted {
        notes,
        tiers,
        ..Extracted::segments(segments)
    })
}

/// What becomes of a tier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TierRole {
    /// It has the words.
    Words,
    /// It only numbers or names utterances whose words are on a tier that refers to it.
    Wordless,
    /// It refers to another tier and was left out.
    Refers,
}

/// A tier with its annotations.
#[derive(Default)]
struct ElanTier {
    id: Option<String>,
    parent: Option<String>,
    participant: Option<String>,
    annotations: Vec<ElanAnnotation>,
}

impl ElanTier {
    /// The texts of the annotations that aren't empty.
    fn texts(&self) -> impl Iterator<Item = &str> {
        let texts = self.annotations.iter().map(|own| own.text.trim());
        texts.filter(|text| !text.is_empty())
    }

    /// Returns true if the tier has letters, and isn't made of numbers, ids or one and the same mark.
    fn has_words(&self) -> bool {
        let is_id = |text: &str| {
            !text.contains(char::is_whitespace)
                && !text.contains(is_ideograph)
                && (text.contains(|c: char| c.is_ascii_digit())
                    || !text.contains(char::is_alphabetic))
        };
        let distinct: BTreeSet<&str> = self.texts().collect();
        let is_one_mark = distinct.len() == 1
            && self.texts().count() > 1
            && !distinct
                .iter()
                .any(|text| text.contains(char::is_whitespace));
        !is_one_mark && !self.texts().all(is_id)
    }
}

/// An annotation: on a stretch of time, or on an annotation of another tier.
#[derive(Default)]
struct ElanAnnotation {
    at_millis: Option<u32>,
    text: String,
}

/// Collects the tiers.
#[derive(Default)]
struct ElanVisitor {
    /// Milliseconds by the ids of time slots. ELAN writes all slots before the tiers, which refer to them.
    slots: BTreeMap<String, u32>,
    /// When the annotations of all tiers begin, by their ids. Tiers that refer to another come behind it.
    begun: BTreeMap<String, u32>,
    tiers: Vec<ElanTier>,
    in_value: bool,
}

impl ElanVisitor {
    fn tier(&self, id: &str) -> Option<&ElanTier> {
        self.tiers
            .iter()
            .find(|tier| tier.id.as_deref() == Some(id))
    }

    /// The role of each tier.
    fn roles(&self) -> Vec<TierRole> {
        let has_words: Vec<bool> = self.tiers.iter().map(ElanTier::has_words).collect();
        let above = self.above_words(&has_words);
        let mut roles = Vec::new();
        // The ids of the tiers without words whose words are still to come: a child comes behind its parent.
        let mut waiting: BTreeSet<&str> = BTreeSet::new();
        for (tier, has_words) in self.tiers.iter().zip(has_words) {
            let is_told = match tier.parent.as_deref() {
                None => true,
                // The first with words is what was said; a translation stands behind it or refers to it.
                Some(parent) => waiting.contains(parent),
            };
            let above = tier.id.as_deref().filter(|id| above.contains(id));
            roles.push(match above {
                Some(id) if is_told && !has_words => {
                    waiting.insert(id);
                    TierRole::Wordless
                }
                _ if !is_told => TierRole::Refers,
                _ if has_words || tier.parent.is_none() => {
                    if let Some(parent) = tier.parent.as_deref() {
                        waiting.remove(parent);
                    }
                    TierRole::Words
                }
                _ => TierRole::Refers,
            });
        }
        roles
    }

    /// The ids of the tiers to which a tier with words refers, itself or through others.
    fn above_words(&self, has_words: &[bool]) -> BTreeSet<&str> {
        let parents: BTreeMap<&str, &str> = self
            .tiers
            .iter()
            .filter_map(|tier| Some((tier.id.as_deref()?, tier.parent.as_deref()?)))
            .collect();
        let mut above = BTreeSet::new();
        for (tier, _) in self.tiers.iter().zip(has_words).filter(|(_, has)| **has) {
            let mut next = tier.parent.as_deref();
            // Where somebody else has walked, the way up is known; so a circle ends, too.
            while let Some(id) = next.filter(|id| above.insert(*id)) {
                next = parents.get(id).copied();
            }
        }
        above
    }

    /// Who speaks on a tier: its participant or that of the tier it refers to, else what it is named after.
    fn speaker(&self, tier: &ElanTier) -> Option<String> {
        let parent = tier.parent.as_deref().and_then(|id| self.tier(id));
        let participant = tier
            .participant
            .as_ref()
            .or_else(|| parent?.participant.as_ref());
        // The participant is optional; many projects name the tier after the person, or after what it holds and the person: `tx@NA`.
        participant.cloned().or_else(|| {
            let id = tier.id.clone()?;
            let person = id.rsplit_once('@').filter(|_| tier.parent.is_some());
            Some(person.map_or(id.clone(), |(_, person)| person.to_owned()))
        })
    }

    fn utterances(&self, tier: &ElanTier) -> Vec<Utterance> {
        let speaker = self.speaker(tier);
        let said = tier.annotations.iter().map(|own| Utterance {
            at_millis: own.at_millis,
            speaker: speaker.clone(),
            text: own.text.split_whitespace().collect::<Vec<_>>().join(" "),
        });
        said.filter(|own| !own.text.is_empty()).collect()
    }

    fn annotate(&mut self, element: &BytesStart<'_>, at_millis: Option<u32>) {
        if let (Some(id), Some(at_millis)) = (filled(element, "ANNOTATION_ID"), at_millis) {
            self.begun.insert(id, at_millis);
        }
        if let Some(tier) = self.tiers.last_mut() {
            tier.annotations.push(ElanAnnotation {
                at_millis,
                text: String::new(),
            });
        }
    }
}

impl ElementVisitor for ElanVisitor {
    fn open(&mut self, element: &BytesStart<'_>) {
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
            "TIER" => self.tiers.push(ElanTier {
                id: filled(element, "TIER_ID"),
                parent: filled(element, "PARENT_REF"),
                participant: filled(element, "PARTICIPANT"),
                annotations: Vec::new(),
            }),
            "ALIGNABLE_ANNOTATION" => {
                let slot = filled(element, "TIME_SLOT_REF1");
                let at_millis = slot.and_then(|id| self.slots.get(&id).copied());
                self.annotate(element, at_millis);
            }
            "REF_ANNOTATION" => {
                let annotated = filled(element, "ANNOTATION_REF");
                let at_millis = annotated.and_then(|id| self.begun.get(&id).copied());
                self.annotate(element, at_millis);
            }
            "ANNOTATION_VALUE" => self.in_value = true,
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        if name == "ANNOTATION_VALUE" {
            self.in_value = false;
        }
    }

    fn text(&mut self, text: &str, _origin: TextOrigin) {
        let annotations = self.tiers.last_mut().map(|tier| &mut tier.annotations);
        if self.in_value
            && let Some(own) = annotations.and_then(|all| all.last_mut())
        {
            own.text.push_str(text);
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
        let read = read("a.eaf", xml, &TierChoice::default()).unwrap();
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

    #[test]
    fn tiers_can_be_chosen() {
        let xml = r#"<D><TIME_ORDER><TIME_SLOT TIME_SLOT_ID="a" TIME_VALUE="100"/></TIME_ORDER>
            <TIER TIER_ID="I"><ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="x" TIME_SLOT_REF1="a"><ANNOTATION_VALUE>你好</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION></TIER>
            <TIER TIER_ID="notes"><ANNOTATION><ALIGNABLE_ANNOTATION TIME_SLOT_REF1="a"><ANNOTATION_VALUE>door  opens</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION></TIER>
            <TIER TIER_ID="ft" PARENT_REF="I"><ANNOTATION><REF_ANNOTATION ANNOTATION_REF="x"><ANNOTATION_VALUE>Hello</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION></TIER>
            <TIER TIER_ID="empty"/></D>"#;
        let of = |choice: &TierChoice| {
            let read = read("a.eaf", xml, choice).unwrap();
            let super::super::Body::Segments(segments) = read.body else {
                panic!("segments")
            };
            let said: Vec<String> = segments.into_iter().map(|own| own.text).collect();
            let taken = read.tiers.into_iter().map(|tier| tier.taken).collect();
            (said, taken, read.notes)
        };
        let (said, taken, _): (_, Vec<bool>, _) = of(&TierChoice::default());
        assert_eq!(said, ["你好", "door opens"]);
        assert_eq!(taken, [true, true, false]);
        let (said, taken, notes) = of(&TierChoice::only(&["ft".to_owned()]));
        assert_eq!(said, ["Hello"]);
        assert_eq!(taken, [false, false, true]);
        let unchosen = ["I", "notes"].map(|name| Note::UnchosenTier(name.to_owned()));
        assert_eq!(notes, unchosen);
        // What isn't named stays as guessed, unless others were named alone; a file without those is read as guessed.
        let without_notes = TierChoice {
            named: [("notes".to_owned(), false)].into(),
            only: false,
        };
        assert_eq!(of(&without_notes).0, ["你好"]);
        let elsewhere = TierChoice::only(&["tx".to_owned()]);
        assert_eq!(of(&elsewhere).0, ["你好", "door opens"]);
        let nothing = TierChoice {
            named: [("notes".to_owned(), false), ("I".to_owned(), false)].into(),
            only: false,
        };
        let error = read("a.eaf", xml, &nothing).unwrap_err().to_string();
        assert_eq!(error, "a.eaf: none of its tiers is chosen");
    }

    #[test]
    fn words_may_be_on_the_tier_that_refers_to_one_of_ids() {
        let tier = |attributes: &str, annotations: &[(&str, &str, &str)]| {
            let inner: String = annotations
                .iter()
                .map(|(id, at, text)| {
                    let (name, at) = match at.strip_prefix('a') {
                        Some(_) => ("REF_ANNOTATION", format!("ANNOTATION_REF=\"{at}\"")),
                        None => ("ALIGNABLE_ANNOTATION", format!("TIME_SLOT_REF1=\"{at}\"")),
                    };
                    format!("<ANNOTATION><{name} ANNOTATION_ID=\"{id}\" {at}><ANNOTATION_VALUE>{text}</ANNOTATION_VALUE></{name}></ANNOTATION>")
                })
                .collect();
            format!("<TIER {attributes}>{inner}</TIER>")
        };
        let xml = [
            r#"<D><TIME_ORDER><TIME_SLOT TIME_SLOT_ID="t1" TIME_VALUE="0"/><TIME_SLOT TIME_SLOT_ID="t2" TIME_VALUE="2100"/><TIME_SLOT TIME_SLOT_ID="t3" TIME_VALUE="5100"/></TIME_ORDER>"#.to_owned(),
            tier(r#"TIER_ID="ref@NA" PARTICIPANT="Nana""#, &[("a1", "t1", "HOME_07_NA_001"), ("a2", "t3", "HOME_07_NA_002")]),
            tier(r#"TIER_ID="ref@KO""#, &[("a3", "t2", "7")]),
            tier(r#"TIER_ID="Int""#, &[("a9", "t2", "And 2"), ("a10", "t2", "")]),
            tier(r#"TIER_ID="tx@NA" PARENT_REF="ref@NA""#, &[("a4", "a1", "Who walked you to school?"), ("a5", "a2", "All the way?")]),
            tier(r#"TIER_ID="no@KO" PARENT_REF="ref@KO""#, &[("a6", "a3", "")]),
            tier(r#"TIER_ID="tx@KO" PARENT_REF="no@KO""#, &[("a7", "a6", "My brother did.")]),
            tier(r#"TIER_ID="ft@KO" PARENT_REF="tx@KO""#, &[("a8", "a7", "Mein Bruder.")]),
            "</D>".to_owned(),
        ];
        let read = read("a.eaf", &xml.concat(), &TierChoice::default()).unwrap();
        let super::super::Body::Segments(segments) = read.body else {
            panic!("segments")
        };
        let said: Vec<_> = segments
            .iter()
            .map(|own| {
                (
                    own.at_millis.unwrap(),
                    own.speaker.as_deref().unwrap(),
                    own.text.as_str(),
                )
            })
            .collect();
        assert_eq!(
            said,
            [
                (0, "Nana", "Who walked you to school?"),
                (2100, "Int", "And 2"),
                (2100, "KO", "My brother did."),
                (5100, "Nana", "All the way?"),
            ]
        );
        let wordless = ["ref@NA", "ref@KO", "no@KO"].map(|id| Note::WordlessTier(id.to_owned()));
        assert_eq!(read.notes[..3], wordless);
        assert_eq!(read.notes[3..], [Note::Tier("ft@KO".to_owned())]);
    }
}
