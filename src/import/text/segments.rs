//! Timed segments as the text of a transcript: `speaker: words`, one turn after the other.

use super::Utterance;
use crate::{
    import::turns::{DetectedTurns, is_interviewer},
    model::{
        document::{Speaker, SpeakerIndex, SpeakerRole, Turn},
        text::TextRange,
    },
};

/// Longest time of a turn that goes on over several segments of one speaker, in milliseconds.
const LONGEST_MILLIS: u32 = 60_000;

/// The text with its turns. Segments of one speaker that follow each other within a minute are one turn.
pub(super) fn assemble(segments: &[Utterance]) -> (String, DetectedTurns) {
    let (mut text, mut found) = (String::new(), DetectedTurns::default());
    let mut end = 0u32;
    for segment in segments {
        let words = segment
            .text
            .split(['\n', '\r'])
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .collect::<Vec<_>>()
            .join("\n");
        let speaker = segment
            .speaker
            .as_deref()
            .and_then(|label| index_of(&mut found.speakers, label));
        let since = |turn: &Turn| {
            segment
                .at_millis
                .zip(turn.at_millis)
                .map_or(0, |(now, then)| now.saturating_sub(then))
        };
        if let Some(turn) = found.turns.last_mut().filter(|turn| {
            speaker.is_some() && turn.speaker == speaker && since(turn) < LONGEST_MILLIS
        }) {
            let gap = if follows_unspaced(&text) { "" } else { " " };
            text.push_str(gap);
            text.push_str(&words);
            end += chars(gap) + chars(&words);
            turn.range = TextRange::between(turn.range.start(), end);
            continue;
        }
        if !text.is_empty() {
            text.push_str("\n\n");
            end += 2;
        }
        let start = end;
        if let Some(label) = segment.speaker.as_deref().filter(|_| speaker.is_some()) {
            let colon = if label.chars().any(is_han) {
                "："
            } else {
                ": "
            };
            text.push_str(label);
            text.push_str(colon);
            end += chars(label) + chars(colon);
        }
        let body = end;
        text.push_str(&words);
        end += chars(&words);
        found.turns.push(Turn {
            range: TextRange::between(start, end),
            body,
            speaker,
            at_millis: segment.at_millis,
        });
    }
    text.push('\n');
    (text, found)
}

fn index_of(speakers: &mut Vec<Speaker>, label: &str) -> Option<SpeakerIndex> {
    let label = label.trim();
    let at = speakers
        .iter()
        .position(|speaker| speaker.label == label)
        .unwrap_or_else(|| {
            let role = if is_interviewer(label) {
                SpeakerRole::Interviewer
            } else {
                SpeakerRole::Participant
            };
            speakers.push(Speaker {
                label: label.to_owned(),
                role,
                case: None,
            });
            speakers.len() - 1
        });
    SpeakerIndex::try_from(at)
        .ok()
        .filter(|_| !label.is_empty())
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

/// Whether what comes next needs no space before it, as in Chinese.
fn follows_unspaced(text: &str) -> bool {
    text.chars().next_back().is_some_and(|c| {
        is_han(c)
            || matches!(
                c,
                '，' | '。' | '！' | '？' | '；' | '：' | '、' | '…' | '”'
            )
    })
}

fn chars(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_of_one_speaker_are_one_turn_for_a_minute() {
        let segment = |at: u32, speaker: &str, text: &str| Utterance {
            at_millis: Some(at * 1000),
            speaker: Some(speaker.to_owned()).filter(|name| !name.is_empty()),
            text: text.to_owned(),
        };
        let segments = [
            segment(1, "Int", "So"),
            segment(3, "Int", "then?"),
            segment(5, "小远", "嗯。"),
            segment(7, "小远", "好"),
            segment(66, "小远", "还有"),
            segment(70, "", "(silence)"),
        ];
        let (text, found) = assemble(&segments);
        assert_eq!(
            text,
            "Int: So then?\n\n小远：嗯。好\n\n小远：还有\n\n(silence)\n"
        );
        let said: Vec<String> = found
            .turns
            .iter()
            .map(|turn| {
                text.chars()
                    .skip(turn.body as usize)
                    .take((turn.range.end() - turn.body) as usize)
                    .collect()
            })
            .collect();
        assert_eq!(said, ["So then?", "嗯。好", "还有", "(silence)"]);
        assert_eq!(
            found
                .turns
                .iter()
                .map(|turn| turn.at_millis.unwrap())
                .collect::<Vec<_>>(),
            [1000, 5000, 66_000, 70_000]
        );
        assert_eq!(found.speakers[0].role, SpeakerRole::Interviewer);
    }
}
