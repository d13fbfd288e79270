//! Transcripts made of utterances, as subtitles and speech recognition have them, written as text.
//!
//! The text has the same form as a transcript that was typed, `speaker: words`, so that it reads and is coded alike.

use super::{Utterance, flow::is_ideograph, voices::Voiced};
use crate::{
    import::speakers::{DetectedTurns, assign_roles, speaker_index},
    model::{
        document::{SpeakerIndex, Turn},
        text::{TextRange, chars_of},
    },
};

/// The longest turn made of several utterances of one speaker, in milliseconds.
///
/// Automatic transcripts cut speech every few seconds, which is too short to code. With at most a minute, the time of a
/// turn still leads to its passage in the recording.
const LONGEST_MILLIS: u32 = 60_000;

/// Joins utterances to a text with its turns; those of one speaker that follow each other within a minute are one turn.
pub(super) fn assemble(voiced: Voiced) -> (String, DetectedTurns) {
    let mut writer = TurnWriter::default();
    for segment in &voiced.utterances {
        let label = segment
            .speaker
            .as_deref()
            .map(str::trim)
            .filter(|label| !label.is_empty());
        let speaker = label.and_then(|label| speaker_index(&mut writer.detected.speakers, label));
        if !writer.continues(segment, speaker) {
            writer.begin(segment, speaker);
        }
        writer.add_words(&segment.text);
    }
    writer.text.push('\n');
    let TurnWriter {
        text, mut detected, ..
    } = writer;
    detected.doubts = voiced.doubts;
    assign_roles(&text, &detected.turns, &mut detected.speakers);
    (text, detected)
}

/// A transcript that is being written.
#[derive(Default)]
struct TurnWriter {
    text: String,
    /// The length of the text in code points.
    end: u32,
    /// The turns of the text, and their speakers.
    detected: DetectedTurns,
}

impl TurnWriter {
    /// Adds text at the end.
    fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.end += chars_of(text);
    }

    /// Returns true if an utterance belongs to the last turn.
    fn continues(&self, segment: &Utterance, speaker: Option<SpeakerIndex>) -> bool {
        let Some(turn) = self.detected.turns.last() else {
            return false;
        };
        let since = match (segment.at_millis, turn.at_millis) {
            (Some(now), Some(then)) => now.saturating_sub(then),
            // Without times, the speaker alone decides.
            _ => 0,
        };
        // Without a speaker, nothing says that two utterances are one person's.
        speaker.is_some() && turn.speaker == speaker && since < LONGEST_MILLIS
    }

    /// Begins a turn with its label, after a blank line.
    fn begin(&mut self, segment: &Utterance, speaker: Option<SpeakerIndex>) {
        if !self.text.is_empty() {
            self.push("\n\n");
        }
        let start = self.end;
        if let Some(label) = segment.speaker.as_deref().filter(|_| speaker.is_some()) {
            self.push(label);
            // A Chinese name is followed by a full-width colon, which has its space built in.
            let is_chinese = label.chars().any(is_ideograph);
            self.push(if is_chinese { "：" } else { ": " });
        }
        self.detected.turns.push(Turn {
            range: TextRange::between(start, self.end),
            body: self.end,
            speaker,
            at_millis: segment.at_millis,
        });
    }

    /// Adds words to the last turn.
    fn add_words(&mut self, words: &str) {
        let turn = self.detected.turns.last();
        let has_words = turn.is_some_and(|turn| turn.body < self.end);
        if has_words && !ends_unspaced(&self.text) {
            self.push(" ");
        }
        self.push(words);
        if let Some(turn) = self.detected.turns.last_mut() {
            turn.range = TextRange::between(turn.range.start(), self.end);
        }
    }
}

/// Returns true if a text ends in a Chinese character or punctuation mark, after which no space is written.
fn ends_unspaced(text: &str) -> bool {
    text.chars().next_back().is_some_and(|c| {
        is_ideograph(c)
            || matches!(
                c,
                '，' | '。' | '！' | '？' | '；' | '：' | '、' | '…' | '”'
            )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::document::SpeakerRole;

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
        let (text, found) = assemble(Voiced {
            utterances: segments.to_vec(),
            doubts: Vec::new(),
        });
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
