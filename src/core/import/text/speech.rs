//! Reader of transcripts as JSON: segments of Whisper and other services, lists of speeches, and pages of oTranscribe.

use crate::message::text::Text;
use serde_json::Value;

use super::{Extracted, Utterance, html, package::damaged};
use crate::import::ImportError;

// Names of the fields in the formats of several services, best first.
const SPEAKER: &[&str] = &["speaker", "section_speaker", "name", "author"];
const TEXT: &[&str] = &["text", "section_content", "transcript", "content"];
/// Fields in seconds, or in milliseconds if the name ends in `_ms`.
const START: &[&str] = &[
    "start",
    "from",
    "begin",
    "start_time",
    "start_ms",
    "begin_ms",
];

/// Reads the segments.
pub(super) fn read(file: &str, text: &str) -> Result<Extracted, ImportError> {
    let value: Value =
        serde_json::from_str(text).map_err(|error| damaged(file, error.to_string()))?;
    let list = match &value {
        Value::Array(list) => Some(list),
        // Most services wrap the list in an object.
        Value::Object(fields) => ["segments", "utterances", "results", "monologues"]
            .iter()
            .find_map(|name| fields.get(*name)?.as_array()),
        _ => None,
    };
    // oTranscribe's `.otr` has its text as a web page, beside the name of the recording.
    let page = value
        .get("text")
        .and_then(Value::as_str)
        .filter(|text| list.is_none() && text.contains('<'));
    if let Some(page) = page {
        return Ok(Extracted::text(html::text_of(page), Vec::new()));
    }
    let segments: Vec<Utterance> = list.into_iter().flatten().filter_map(segment).collect();
    if segments.is_empty() {
        Err(damaged(
            file,
            Text::new(
                "there is no list of segments with text",
                "没有带文字的片段列表",
            ),
        ))
    } else {
        Ok(Extracted::segments(segments))
    }
}

fn segment(value: &Value) -> Option<Utterance> {
    let fields = value.as_object()?;
    let said = first_text(fields, TEXT)?;
    // Records of parliaments keep the HTML of their pages.
    let said = if said.contains('<') {
        html::text_of(said).trim().to_owned()
    } else {
        said.to_owned()
    };
    let start = START
        .iter()
        .find_map(|name| Some((*name, fields.get(*name)?.as_f64()?)));
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "rounded and clamped"
    )]
    let at_millis = start.map(|(name, start)| {
        let millis = if name.ends_with("_ms") {
            start
        } else {
            start * 1000.0
        };
        millis.round().clamp(0.0, f64::from(u32::MAX)) as u32
    });
    (!said.is_empty()).then(|| Utterance {
        at_millis,
        speaker: first_text(fields, SPEAKER).map(str::to_owned),
        text: said,
    })
}

/// The text of the first of several fields that exists, trimmed; `None` if it is empty.
fn first_text<'a>(fields: &'a serde_json::Map<String, Value>, names: &[&str]) -> Option<&'a str> {
    names
        .iter()
        .find_map(|name| fields.get(*name)?.as_str())
        .map(str::trim)
        .filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_and_speeches() {
        let whisper = read(
            "a.json",
            r#"{"text": "x", "segments": [{"start": 43.81, "end": 47.85, "text": " Hello"}]}"#,
        )
        .unwrap();
        assert!(
            matches!(whisper.body, super::super::Body::Segments(list) if list == [Utterance { at_millis: Some(43_810), speaker: None, text: "Hello".to_owned() }])
        );
        let speeches =
            read("a.json", r#"[{"section_speaker": "主席", "section_content": "<p>开会</p>"}, {"section_content": null}]"#).unwrap();
        assert!(
            matches!(speeches.body, super::super::Body::Segments(list) if list[0].speaker.as_deref() == Some("主席") && list[0].text == "开会")
        );
        let otr = read(
            "a.otr",
            r#"{"text": "<p><span class=\"timestamp\" data-timestamp=\"5.2\">00:05</span>&nbsp;Ana: 好 😀</p><p>Bo: Hm</p>", "media": "a.mp3"}"#,
        );
        assert!(
            matches!(otr.unwrap().body, super::super::Body::Text(text) if text == "00:05\u{a0}Ana: 好 😀\nBo: Hm\n")
        );
        assert!(
            read("a.json", "{}").is_err()
                && read("a.json", "[1]").is_err()
                && read("a.json", "{").is_err()
        );
    }
}
