//! The fields of an utterance or word, under the names that services give them.

use serde_json::{Map, Value};

use super::{
    super::{
        clock::{RawTime, TICK},
        html,
    },
    spoken::{Spoken, Word},
    words,
};
use crate::import::stamp;

// Names as `Fields` has them, best first.
const SPEAKER: &[&str] = &[
    "speaker",
    "speakername",
    "speakerlabel",
    "speakertag",
    "speakerid",
    "spk",
    "spkid",
    "sectionspeaker",
    "speakerinfo",
    "participant",
    "name",
    "author",
    "rl",
];
const TEXT: &[&str] = &[
    "text",
    "sectioncontent",
    "transcript",
    "content",
    "body",
    "onebest",
    "finalsentence",
    "display",
    "displaytext",
    "sentence",
    "utterance",
];
const WORD: &[&str] = &[
    "punctuatedword",
    "word",
    "text",
    "content",
    "value",
    "utf8",
    "w",
];
/// A time, or one or both ends of a stretch of time. Whisper.cpp has milliseconds in `offsets`, beside written times.
const START: &[&str] = &[
    "start",
    "from",
    "begin",
    "starttime",
    "begintime",
    "startms",
    "beginms",
    "starttimems",
    "startoffset",
    "offsets",
    "offsetmilliseconds",
    "offsetinticks",
    "offset",
    "bg",
    "timestamp",
    "timestamps",
    "ts",
    "tstartms",
];
const END: &[&str] = &[
    "end",
    "to",
    "endtime",
    "endms",
    "endtimems",
    "endoffset",
    "ed",
    "endts",
];
/// Lists of the best guess and of worse ones.
pub(super) const GUESSES: &[&str] = &["alternatives", "nbest"];
/// The parts of an utterance that has no text of its own.
const PIECES: &[&str] = &[
    "elements",
    "words",
    "sentences",
    "contents",
    "segs",
    "result",
];

/// The fields of an object; their names are in lower case and without the signs that separate words, since services differ in both.
pub(super) struct Fields<'a>(Vec<(String, &'a Value)>);

impl<'a> Fields<'a> {
    pub(super) fn of(object: &'a Map<String, Value>) -> Self {
        Self(
            object
                .iter()
                .map(|(name, value)| (plain(name), value))
                .collect(),
        )
    }

    /// The fields of a value that is an object.
    fn of_value(value: &'a Value) -> Option<Self> {
        value.as_object().map(Self::of)
    }

    pub(super) fn get(&self, name: &str) -> Option<&'a Value> {
        self.0
            .iter()
            .find_map(|(own, value)| (own == name).then_some(*value))
    }

    /// The fields of the best guess.
    fn best(&self) -> Option<Self> {
        GUESSES
            .iter()
            .find_map(|name| Self::of_value(self.get(name)?.as_array()?.first()?))
    }

    /// The first text under one of several names.
    fn string(&self, names: &[&str]) -> Option<&'a str> {
        names.iter().find_map(|name| self.get(name)?.as_str())
    }

    /// Who speaks: a name, a number, or an object with either.
    pub(super) fn speaker(&self) -> Option<String> {
        let own = SPEAKER.iter().find_map(|name| label(self.get(name)?));
        own.or_else(|| {
            SPEAKER.iter().find_map(|name| {
                let speaker = Self::of_value(self.get(name)?)?;
                ["name", "displayname", "label", "username", "id"]
                    .iter()
                    .find_map(|name| label(speaker.get(name)?))
            })
        })
        .or_else(|| Self::of_value(self.get("additions")?)?.speaker())
        .or_else(|| self.best()?.speaker())
    }

    /// The channel of the recording.
    pub(super) fn channel(&self) -> Option<String> {
        ["channel", "channelid", "channeltag", "channelindex"]
            .iter()
            .find_map(|name| label(self.get(name)?))
    }

    /// What is said.
    fn text(&self) -> Option<String> {
        let said = match self.string(TEXT) {
            Some(said) => said.trim(),
            None => return self.lattice().or_else(|| self.best()?.text()),
        };
        // Records of parliaments keep the HTML of their pages.
        let is_page = said.contains("</") || said.contains("/>") || said.contains("<br");
        let said = if is_page {
            html::text_of(said).trim().to_owned()
        } else {
            said.to_owned()
        };
        (!said.is_empty()).then_some(said)
    }

    /// The words of a lattice of iFlytek: `rt` has groups, `ws` places, and `cw` guesses for each.
    fn lattice(&self) -> Option<String> {
        let groups = self.get("rt")?.as_array()?;
        let places = groups
            .iter()
            .filter_map(|group| group.get("ws")?.as_array())
            .flatten();
        let words = places.filter_map(|place| place.get("cw")?.get(0)?.get("w")?.as_str());
        let said: String = words.collect();
        (!said.trim().is_empty()).then(|| said.trim().to_owned())
    }

    fn start(&self) -> Option<RawTime> {
        START.iter().find_map(|name| time(name, self.get(name)?, 0))
    }

    fn end(&self) -> Option<RawTime> {
        let named = END.iter().find_map(|name| time(name, self.get(name)?, 1));
        named.or_else(|| {
            ["offsets", "timestamp"]
                .iter()
                .find_map(|name| time(name, self.get(name)?, 1))
        })
    }

    /// The parts that an utterance without a text consists of.
    fn pieces(&self) -> Option<(&'static str, &'a Vec<Value>)> {
        let pieces = PIECES.iter().find_map(|name| {
            let list = self.get(name)?.as_array()?;
            (!list.is_empty()).then_some((*name, list))
        });
        pieces.or_else(|| self.best()?.pieces())
    }
}

/// A name in lower case, without the signs that separate its words.
pub(super) fn plain(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// A text or number as the label of a speaker.
pub(super) fn label(value: &Value) -> Option<String> {
    match value {
        Value::String(label) => Some(label.trim().to_owned()).filter(|label| !label.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Reads a time; `side` is 0 for the beginning and 1 for the end of a stretch that is written as a whole.
fn time(name: &str, value: &Value, side: usize) -> Option<RawTime> {
    let number = |number: f64| {
        // iFlytek's `bg` and `ed` are milliseconds, as are the offsets of Whisper.cpp.
        let in_millis = name.ends_with("ms")
            || name.ends_with("milliseconds")
            || matches!(name, "bg" | "ed" | "offsets");
        if in_millis {
            RawTime::Millis(number)
        } else if name.ends_with("ticks") {
            RawTime::Millis(number * TICK)
        } else {
            RawTime::Bare(number)
        }
    };
    match value {
        Value::Number(own) => own.as_f64().map(number),
        Value::String(written) => {
            let written = written.trim();
            let seconds = |text: &str| text.parse::<f64>().ok().filter(|own| own.is_finite());
            seconds(written)
                .map(number)
                .or_else(|| Some(RawTime::Millis(f64::from(stamp::of_cue(written)?))))
                .or_else(|| {
                    Some(RawTime::Millis(
                        seconds(written.strip_suffix('s')?)? * 1000.0,
                    ))
                })
                .or_else(|| duration(written))
        }
        Value::Array(both) => time(name, both.get(side)?, 0),
        Value::Object(object) => {
            let inner = |key: &str| time(name, object.get(key)?, 0);
            let ends = inner(if side == 0 { "from" } else { "to" })
                .or_else(|| inner(if side == 0 { "start" } else { "end" }));
            // Protocol buffers write whole seconds as a text, and leave out what is 0.
            ends.or_else(|| {
                let part = |key: &str| match object.get(key) {
                    Some(Value::String(own)) => own.parse().ok(),
                    own => own?.as_f64(),
                };
                let (seconds, nanos) = (part("seconds"), part("nanos"));
                (seconds.is_some() || nanos.is_some() || object.is_empty()).then(|| {
                    RawTime::Millis(
                        seconds.unwrap_or_default() * 1000.0 + nanos.unwrap_or_default() / 1e6,
                    )
                })
            })
        }
        _ => None,
    }
}

/// Reads a duration of ISO 8601, such as `PT1M2.5S`.
fn duration(text: &str) -> Option<RawTime> {
    let mut rest = text.strip_prefix("PT")?;
    let mut seconds = 0.0;
    while !rest.is_empty() {
        let end = rest.find(|c: char| c.is_ascii_alphabetic())?;
        let (number, unit) = rest.split_at(end);
        let number: f64 = number.parse().ok()?;
        seconds += match unit.chars().next()? {
            'H' => number * 3600.0,
            'M' => number * 60.0,
            'S' => number,
            _ => return None,
        };
        rest = unit.get(1..)?;
    }
    Some(RawTime::Millis(seconds * 1000.0))
}

/// The fields of an item of a list. iFlytek wraps every sentence twice.
fn item_fields(item: &Value) -> Option<Fields<'_>> {
    let fields = Fields::of_value(item)?;
    let wrapped = fields
        .get("json1best")
        .and_then(|lattice| Fields::of_value(lattice.get("st")?));
    Some(wrapped.unwrap_or(fields))
}

/// Returns true for an item that has a text of its own.
pub(super) fn has_text(item: &Value) -> bool {
    item_fields(item).is_some_and(|fields| fields.text().is_some())
}

/// The utterances of an item of a list; several if it only has words or sentences.
pub(super) fn utterances(item: &Value) -> Vec<Spoken> {
    let Some(fields) = item_fields(item) else {
        return Vec::new();
    };
    let (speaker, start, end) = (fields.speaker(), fields.start(), fields.end());
    if let Some(text) = fields.text() {
        let first = || {
            let (_, pieces) = fields.pieces()?;
            Fields::of_value(pieces.first()?)?.start()
        };
        return vec![Spoken {
            speaker,
            channel: fields.channel(),
            start: start.or_else(first),
            end,
            text,
        }];
    }
    let Some((name, pieces)) = fields.pieces() else {
        return Vec::new();
    };
    let mut said = if name == "sentences" {
        pieces.iter().flat_map(utterances).collect()
    } else {
        words::join(pieces.iter().filter_map(word).collect())
    };
    for own in &mut said {
        own.speaker = own.speaker.take().or_else(|| speaker.clone());
        own.channel = own.channel.take().or_else(|| fields.channel());
    }
    if let Some(first) = said.first_mut() {
        first.start = first.start.or(start);
    }
    said
}

/// Reads a word: an object, or a list of the word and its times.
pub(super) fn word(item: &Value) -> Option<Word> {
    if let Some(list) = item.as_array() {
        return Some(Word {
            spoken: Spoken {
                speaker: None,
                channel: None,
                start: list.get(1).and_then(|at| time("from", at, 0)),
                end: list.get(2).and_then(|at| time("to", at, 0)),
                text: list.first()?.as_str()?.to_owned(),
            },
            is_attached: false,
        });
    }
    let fields = Fields::of_value(item)?;
    let best = fields.best();
    let mut text = fields
        .string(WORD)
        .or_else(|| best.as_ref()?.string(WORD))?
        .to_owned();
    // Alibaba has the mark after a word beside it.
    if let Some(mark) = fields.string(&["punctuation"]) {
        text.push_str(mark);
    }
    let is_attached = fields
        .string(&["type"])
        .is_some_and(|kind| matches!(kind, "punctuation" | "punct" | "PUNCTUATION"));
    Some(Word {
        spoken: Spoken {
            speaker: fields.speaker(),
            channel: fields.channel(),
            start: fields.start(),
            end: fields.end(),
            text,
        },
        is_attached,
    })
}

/// Returns true for an item that is a word rather than an utterance.
pub(super) fn is_word(item: &Value) -> bool {
    match item {
        Value::Array(list) => {
            list.len() == 3
                && list.first().is_some_and(Value::is_string)
                && list.get(1).is_some_and(Value::is_number)
        }
        _ => Fields::of_value(item).is_some_and(|fields| {
            fields.get("word").is_some()
                || fields.string(&["type"]).is_some_and(|kind| {
                    matches!(
                        kind,
                        "word" | "punctuation" | "pronunciation" | "punct" | "spacing"
                    )
                })
        }),
    }
}

/// Who speaks from when, in an item that has no words.
pub(super) fn diarised(item: &Value) -> Option<(f64, String)> {
    let fields = Fields::of_value(item)?;
    if fields.text().is_some() {
        return None;
    }
    Some((fields.start()?.number(), fields.speaker()?))
}

/// The name that a list of speakers gives to an id.
pub(super) fn named(item: &Value) -> Option<(String, String)> {
    let fields = Fields::of_value(item)?;
    let of = |names: &[&str]| names.iter().find_map(|name| label(fields.get(name)?));
    let (id, name) = (
        of(&["id", "speakerid", "speaker", "label"])?,
        of(&["name", "displayname", "speakername"])?,
    );
    fields.text().is_none().then_some((id, name))
}
