//! Reader of transcripts as JSON: what speech recognition of the usual services writes, lists of speeches, and pages of oTranscribe.
//!
//! Services differ in names, nesting and units, so the reader looks for the list that tells who says what when (`lists`),
//! under any of the usual names (`fields`), and joins words where there is nothing else (`words`).

mod fields;
mod lists;
mod spoken;
mod words;

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    Extracted, Utterance,
    clock::{self, Timed},
    html,
    package::damaged,
};
use crate::import::ImportError;
use spoken::Spoken;

/// Reads the utterances.
pub(super) fn read(file: &str, text: &str) -> Result<Extracted, ImportError> {
    let mut value = parse(text).map_err(|error| damaged(file, error.to_string()))?;
    unfold(&mut value, 0);
    let transcript = lists::Lists::of(&value).transcript();
    if !transcript.is_empty() {
        return Ok(Extracted::segments(timed(transcript)));
    }
    let whole = ["text", "transcript"]
        .iter()
        .find_map(|name| value.get(*name)?.as_str());
    match whole {
        // oTranscribe's `.otr` has its text as a web page, beside the name of the recording.
        Some(page) if page.contains('<') => Ok(Extracted::text(html::text_of(page), Vec::new())),
        Some(words) if !words.trim().is_empty() => {
            Ok(Extracted::text(format!("{}\n", words.trim()), Vec::new()))
        }
        _ => Err(ImportError::NoSegments(file.to_owned())),
    }
}

/// Parses a file of one value, or of several that follow each other, as recognition during the talk writes them.
fn parse(text: &str) -> serde_json::Result<Value> {
    let values = serde_json::Deserializer::from_str(text).into_iter();
    let mut values: Vec<Value> = values.collect::<serde_json::Result<_>>()?;
    Ok(match (values.len(), values.pop()) {
        (1, Some(only)) => only,
        (_, last) => Value::Array(values.into_iter().chain(last).collect()),
    })
}

/// Replaces JSON that is written as a text inside JSON, as some services do.
fn unfold(value: &mut Value, depth: usize) {
    /// A text within a text within the file.
    const DEEPEST: usize = 3;
    match value {
        Value::Object(object) => {
            for (name, value) in object {
                let inner = value.as_str().filter(|_| {
                    depth < DEEPEST
                        && matches!(
                            fields::plain(name).as_str(),
                            "data" | "result" | "orderresult" | "json1best"
                        )
                });
                match inner.map(serde_json::from_str) {
                    Some(Ok(inner)) => {
                        *value = inner;
                        unfold(value, depth + 1);
                    }
                    _ => unfold(value, depth),
                }
            }
        }
        Value::Array(items) => {
            for item in items {
                unfold(item, depth);
            }
        }
        _ => {}
    }
}

/// The utterances in order, with their times in milliseconds.
fn timed(mut spoken: Vec<Spoken>) -> Vec<Utterance> {
    let times: Vec<Timed> = spoken
        .iter()
        .map(|own| Timed {
            start: own.start,
            end: own.end,
            characters: own.characters(),
        })
        .collect();
    let unit = clock::unit(&times).unwrap_or(1000.0);
    // Where people have a channel each, it says who speaks.
    let channels: BTreeSet<&String> = spoken
        .iter()
        .filter_map(|own| own.channel.as_ref())
        .collect();
    if channels.len() > 1 && spoken.iter().all(|own| own.speaker.is_none()) {
        for own in &mut spoken {
            own.speaker = own.channel.take();
        }
    }
    let mut utterances: Vec<Utterance> = spoken
        .into_iter()
        .map(|own| Utterance {
            at_millis: own.start.and_then(|start| start.millis(unit)),
            speaker: own.speaker,
            text: own.text,
        })
        .collect();
    // Channels are one after the other in the file; a conversation alternates between them.
    if utterances.iter().all(|own| own.at_millis.is_some()) {
        utterances.sort_by_key(|own| own.at_millis);
    }
    utterances
}

#[cfg(test)]
mod tests {
    use super::*;

    type Said = (Option<u32>, Option<String>, String);

    fn said(json: &str) -> Vec<Said> {
        let super::super::Body::Segments(segments) = read("a.json", json).unwrap().body else {
            panic!("segments")
        };
        segments
            .into_iter()
            .map(|own| (own.at_millis, own.speaker, own.text))
            .collect()
    }

    fn check(json: &str, expected: &[(u32, &str, &str)]) {
        let expected: Vec<Said> = expected
            .iter()
            .map(|(at, speaker, text)| {
                let speaker = Some((*speaker).to_owned()).filter(|own| !own.is_empty());
                (Some(*at), speaker, (*text).to_owned())
            })
            .collect();
        assert_eq!(said(json), expected);
    }

    #[test]
    fn segments_and_speeches() {
        check(
            r#"{"text": "x", "segments": [{"start": 43.81, "end": 47.85, "text": " Hello"}]}"#,
            &[(43_810, "", "Hello")],
        );
        let speeches = said(
            r#"[{"section_speaker": "主席", "section_content": "<p>开会</p>"}, {"section_content": null}]"#,
        );
        assert_eq!(
            speeches,
            [(None, Some("主席".to_owned()), "开会".to_owned())]
        );
        let otr = read(
            "a.otr",
            r#"{"text": "<p><span class=\"timestamp\" data-timestamp=\"5.2\">00:05</span>&nbsp;Ana: 好 😀</p><p>Bo: Hm</p>", "media": "a.mp3"}"#,
        );
        assert!(
            matches!(otr.unwrap().body, super::super::Body::Text(text) if text == "00:05\u{a0}Ana: 好 😀\nBo: Hm\n")
        );
    }

    #[test]
    fn what_is_no_transcript_is_not_called_damaged() {
        for json in [
            "{}",
            "[1]",
            r#"{"segments": []}"#,
            r#"{"name": "x", "items": [{"id": 3}]}"#,
        ] {
            assert_eq!(
                read("a.json", json).unwrap_err(),
                ImportError::NoSegments("a.json".to_owned())
            );
        }
        assert!(matches!(
            read("a.json", "{"),
            Err(ImportError::Damaged { .. })
        ));
    }

    #[test]
    fn assemblyai_counts_milliseconds() {
        check(
            r#"{"id": "x", "status": "completed", "text": "How are you? Tired.", "audio_duration": 3700, "utterances": [{"speaker": "A", "start": 250, "end": 2350, "confidence": 0.9, "text": "How are you?", "words": [{"text": "How", "start": 250, "end": 400, "speaker": "A"}]}, {"speaker": "B", "start": 65200, "end": 68350, "confidence": 0.9, "text": "Tired. The baby does not sleep.", "words": []}, {"speaker": "A", "start": 3605000, "end": 3606000, "confidence": 0.9, "text": "Thank you.", "words": []}]}"#,
            &[
                (250, "A", "How are you?"),
                (65_200, "B", "Tired. The baby does not sleep."),
                (3_605_000, "A", "Thank you."),
            ],
        );
    }

    #[test]
    fn deepgram_numbers_its_speakers() {
        check(
            r#"{"metadata": {"duration": 70.1}, "results": {"channels": [{"alternatives": [{"transcript": "how are you tired"}]}], "utterances": [{"start": 0.25, "end": 2.3, "transcript": "How are you?", "speaker": 0, "channel": 0}, {"start": 65.2, "end": 68.3, "transcript": "Tired.", "speaker": 1, "channel": 0}]}}"#,
            &[(250, "0", "How are you?"), (65_200, "1", "Tired.")],
        );
        // Without utterances, the words say who speaks.
        check(
            r#"{"results": {"channels": [{"alternatives": [{"transcript": "how are you tired", "words": [{"word": "how", "punctuated_word": "How", "start": 0.25, "end": 0.5, "speaker": 0}, {"word": "are", "punctuated_word": "are", "start": 0.5, "end": 0.7, "speaker": 0}, {"word": "you", "punctuated_word": "you?", "start": 0.7, "end": 1.1, "speaker": 0}, {"word": "tired", "punctuated_word": "Tired.", "start": 65.2, "end": 66, "speaker": 1}]}]}]}}"#,
            &[(250, "0", "How are you?"), (65_200, "1", "Tired.")],
        );
        let bare = said(
            r#"{"results": {"channels": [{"alternatives": [{"transcript": "how are you tired"}]}]}}"#,
        );
        assert_eq!(bare, [(None, None, "how are you tired".to_owned())]);
    }

    #[test]
    fn dialects_of_whisper() {
        check(
            r#"{"result": {"language": "en"}, "transcription": [{"timestamps": {"from": "00:00:00,250", "to": "00:00:02,300"}, "offsets": {"from": 250, "to": 2300}, "text": " How are you?"}, {"timestamps": {"from": "00:01:05,200", "to": "00:01:08,300"}, "offsets": {"from": 65200, "to": 68300}, "text": " Tired.", "tokens": [{"text": " Tired", "offsets": {"from": 65200, "to": 66000}}]}]}"#,
            &[(250, "", "How are you?"), (65_200, "", "Tired.")],
        );
        check(
            r#"{"text": " How are you? Tired.", "chunks": [{"timestamp": [0.25, 2.3], "text": " How are you?"}, {"timestamp": [65.2, null], "text": " Tired."}]}"#,
            &[(250, "", "How are you?"), (65_200, "", "Tired.")],
        );
        check(
            r#"{"speakers": [{"speaker": "SPEAKER_00", "timestamp": [0.25, 2.3], "text": "How are you?"}, {"speaker": "SPEAKER_01", "timestamp": [65.2, 66.0], "text": "Tired."}], "chunks": [{"timestamp": [0.25, 2.3], "text": " How are you?"}, {"timestamp": [65.2, 66.0], "text": " Tired."}]}"#,
            &[
                (250, "SPEAKER_00", "How are you?"),
                (65_200, "SPEAKER_01", "Tired."),
            ],
        );
        assert!(
            matches!(read("a.json", r#"{"text": " All of it. "}"#).unwrap().body, super::super::Body::Text(text) if text == "All of it.\n")
        );
    }

    #[test]
    fn azure_counts_ticks() {
        check(
            r#"{"combinedRecognizedPhrases": [{"channel": 0, "display": "How are you? Tired."}], "recognizedPhrases": [{"channel": 0, "speaker": 1, "offset": "PT0.25S", "offsetInTicks": 2500000.0, "nBest": [{"display": "How are you?", "lexical": "how are you"}, {"display": "Who are you?"}]}, {"channel": 0, "speaker": 2, "offset": "PT1M5.2S", "offsetInTicks": 652000000.0, "nBest": [{"display": "Tired."}]}]}"#,
            &[(250, "1", "How are you?"), (65_200, "2", "Tired.")],
        );
    }

    #[test]
    fn google_repeats_all_words_with_their_speakers() {
        check(
            r#"{"results": [{"alternatives": [{"transcript": "How are you? Tired.", "words": [{"startTime": "0.250s", "endTime": "0.5s", "word": "How"}, {"startTime": "0.500s", "word": "are"}, {"startTime": "0.700s", "word": "you?"}, {"startTime": "65.200s", "word": "Tired."}]}]}, {"alternatives": [{"words": [{"startTime": "0.250s", "word": "How", "speakerTag": 1}, {"startTime": "0.500s", "word": "are", "speakerTag": 1}, {"startTime": "0.700s", "word": "you?", "speakerTag": 1}, {"startTime": "65.200s", "word": "Tired.", "speakerTag": 2}]}]}]}"#,
            &[(250, "1", "How are you?"), (65_200, "2", "Tired.")],
        );
        check(
            r#"{"response": {"results": [{"alternatives": [{"transcript": "How are you?", "words": [{"startTime": {"nanos": 250000000}, "word": "How"}]}]}, {"alternatives": [{"transcript": " Tired.", "words": [{"startTime": {"seconds": "65", "nanos": 200000000}, "word": "Tired."}]}]}]}}"#,
            &[(250, "", "How are you?"), (65_200, "", "Tired.")],
        );
    }

    #[test]
    fn amazon_says_apart_who_speaks() {
        let items = r#""items": [{"start_time": "0.25", "end_time": "0.5", "alternatives": [{"content": "How"}], "type": "pronunciation"}, {"start_time": "0.5", "end_time": "1.0", "alternatives": [{"content": "so"}], "type": "pronunciation"}, {"alternatives": [{"content": "?"}], "type": "punctuation"}, {"start_time": "65.2", "end_time": "66.0", "alternatives": [{"content": "Tired"}], "type": "pronunciation"}, {"alternatives": [{"content": "."}], "type": "punctuation"}]"#;
        let labels = r#""speaker_labels": {"speakers": 2, "segments": [{"start_time": "0.25", "end_time": "1.0", "speaker_label": "spk_0", "items": [{"start_time": "0.25", "speaker_label": "spk_0"}]}, {"start_time": "65.2", "end_time": "66.0", "speaker_label": "spk_1", "items": []}]}"#;
        let json = format!(
            r#"{{"jobName": "a", "results": {{"transcripts": [{{"transcript": "How so? Tired."}}], {labels}, {items}}}}}"#
        );
        check(
            &json,
            &[(250, "spk_0", "How so?"), (65_200, "spk_1", "Tired.")],
        );
    }

    #[test]
    fn rev_has_spaces_among_its_elements() {
        check(
            r#"{"monologues": [{"speaker": 0, "elements": [{"type": "text", "value": "How", "ts": 0.25, "end_ts": 0.5}, {"type": "punct", "value": " "}, {"type": "text", "value": "so", "ts": 0.5, "end_ts": 1}, {"type": "punct", "value": "?"}]}, {"speaker": 1, "elements": [{"type": "text", "value": "Tired", "ts": 65.2, "end_ts": 66}, {"type": "punct", "value": "."}]}]}"#,
            &[(250, "0", "How so?"), (65_200, "1", "Tired.")],
        );
    }

    #[test]
    fn chinese_services_count_milliseconds() {
        let expected = [(250, "1", "你最近怎么样？"), (65_200, "2", "有点累。")];
        for json in [
            r#"[{"bg": "250", "ed": "2300", "onebest": "你最近怎么样？", "speaker": "1"}, {"bg": "65200", "ed": "68000", "onebest": "有点累。", "speaker": "2"}]"#,
            r#"{"ok": 0, "data": "[{\"bg\": \"250\", \"ed\": \"2300\", \"onebest\": \"你最近怎么样？\", \"speaker\": \"1\"}, {\"bg\": \"65200\", \"ed\": \"68000\", \"onebest\": \"有点累。\", \"speaker\": \"2\"}]"}"#,
            r#"{"lattice": [{"json_1best": "{\"st\": {\"bg\": \"250\", \"ed\": \"2300\", \"rl\": \"1\", \"rt\": [{\"ws\": [{\"cw\": [{\"w\": \"你最近\"}]}, {\"cw\": [{\"w\": \"怎么样\"}]}, {\"cw\": [{\"w\": \"？\"}]}]}]}}"}, {"json_1best": "{\"st\": {\"bg\": \"65200\", \"ed\": \"68000\", \"rl\": \"2\", \"rt\": [{\"ws\": [{\"cw\": [{\"w\": \"有点累。\"}]}]}]}}"}]}"#,
            r#"{"transcripts": [{"channel_id": 0, "text": "你最近怎么样？有点累。", "sentences": [{"begin_time": 250, "end_time": 2300, "text": "你最近怎么样？", "speaker_id": 1}, {"begin_time": 65200, "end_time": 68000, "text": "有点累。", "speaker_id": 2}]}]}"#,
            r#"{"Transcription": {"Paragraphs": [{"ParagraphId": "1", "SpeakerId": "1", "Words": [{"Id": 1, "Start": 250, "End": 1000, "Text": "你最近"}, {"Id": 2, "Start": 1000, "End": 2300, "Text": "怎么样？"}]}, {"ParagraphId": "2", "SpeakerId": "2", "Words": [{"Id": 3, "Start": 65200, "End": 68000, "Text": "有点累。"}]}]}}"#,
            r#"[{"key": "a", "text": "你最近怎么样？有点累。", "timestamp": [[250, 500]], "sentence_info": [{"text": "你最近怎么样？", "start": 250, "end": 2300, "spk": 1}, {"text": "有点累。", "start": 65200, "end": 68000, "spk": 2}]}]"#,
            r#"{"Data": {"Result": "x", "ResultDetail": [{"FinalSentence": "你最近怎么样？", "StartMs": 250, "EndMs": 2300, "SpeakerId": 1}, {"FinalSentence": "有点累。", "StartMs": 65200, "EndMs": 68000, "SpeakerId": 2}]}}"#,
        ] {
            check(json, &expected);
        }
    }

    #[test]
    fn results_one_after_the_other() {
        check(
            r#"{"result": [{"word": "how", "start": 0.25, "end": 0.5}, {"word": "so", "start": 0.5, "end": 0.9}], "text": "how so"}
            {"result": [{"word": "tired", "start": 65.2, "end": 66.0}], "text": "tired"}"#,
            &[(250, "", "how so"), (65_200, "", "tired")],
        );
        check(
            r#"{"events": [{"tStartMs": 250, "dDurationMs": 2000, "segs": [{"utf8": "How"}, {"utf8": " so?", "tOffsetMs": 300}]}, {"tStartMs": 2200, "segs": [{"utf8": "\n"}]}, {"tStartMs": 65200, "segs": [{"utf8": "Tired."}]}]}"#,
            &[(250, "", "How so?"), (65_200, "", "Tired.")],
        );
    }

    #[test]
    fn speakers_are_numbers_names_or_channels() {
        check(
            r#"{"segments": [{"start": 0.25, "end": 2.3, "text": "How are you?", "speaker": 0}, {"start": 65.2, "end": 68.3, "text": "Tired.", "speaker": {"id": 1, "name": "Ana"}}]}"#,
            &[(250, "0", "How are you?"), (65_200, "Ana", "Tired.")],
        );
        check(
            r#"{"speakers": [{"id": 0, "name": "Int"}, {"id": 1, "name": "Ana"}], "segments": [{"start": 0.25, "end": 2.3, "text": "How are you?", "speaker": 0}, {"start": 65.2, "end": 68.3, "text": "Tired.", "speaker": 1}]}"#,
            &[(250, "Int", "How are you?"), (65_200, "Ana", "Tired.")],
        );
        check(
            r#"{"phrases": [{"channel": 1, "offsetMilliseconds": 65200, "text": "Tired."}, {"channel": 0, "offsetMilliseconds": 250, "text": "How are you?"}]}"#,
            &[(250, "0", "How are you?"), (65_200, "1", "Tired.")],
        );
    }
}
