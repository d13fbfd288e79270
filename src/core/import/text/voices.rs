//! Who says the utterances of a recording, where the format itself doesn't say it: by labels before the words, as Zoom
//! writes them, or by a pattern. An utterance without a label goes on with whoever was named last.

use super::Utterance;
use crate::import::{
    DocumentOptions, DoubtfulLabel, SpeakerOption,
    speakers::{LineLabel, labels_of_lines},
};

/// Utterances with their speakers, and labels that weren't believed.
#[derive(Debug, Default)]
pub(super) struct Voiced {
    pub(super) utterances: Vec<Utterance>,
    pub(super) doubts: Vec<DoubtfulLabel>,
}

/// Gives utterances their speakers; `between` joins the lines of one.
pub(super) fn voiced(
    utterances: Vec<Utterance>,
    between: &str,
    options: &DocumentOptions,
) -> Voiced {
    let has_speakers = utterances.iter().any(|own| own.speaker.is_some());
    let unlabelled = |utterances: Vec<Utterance>| -> Vec<Utterance> {
        let joined = |own: Utterance| Utterance {
            text: lines(&own.text).collect::<Vec<_>>().join(between),
            ..own
        };
        utterances.into_iter().map(joined).collect()
    };
    match &options.speakers {
        SpeakerOption::None => Voiced {
            utterances: unlabelled(utterances)
                .into_iter()
                .map(|own: Utterance| Utterance {
                    speaker: None,
                    ..own
                })
                .collect(),
            doubts: Vec::new(),
        },
        SpeakerOption::Auto if has_speakers => Voiced {
            utterances: unlabelled(utterances),
            doubts: Vec::new(),
        },
        SpeakerOption::Auto | SpeakerOption::Pattern(_) => {
            let all: Vec<&str> = utterances.iter().flat_map(|own| lines(&own.text)).collect();
            let found = labels_of_lines(&all, &options.speakers, &options.believed);
            Voiced {
                utterances: by_labels(&utterances, &found.labels, between),
                doubts: found.doubts,
            }
        }
    }
}

/// The lines of an utterance that have words.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split(['\n', '\r'])
        .map(str::trim)
        .filter(|line| !line.is_empty())
}

/// Cuts utterances where a line has a label; `labels` are those of all lines.
fn by_labels(utterances: &[Utterance], labels: &[LineLabel], between: &str) -> Vec<Utterance> {
    let mut named: Vec<Utterance> = Vec::new();
    let mut speaker: Option<String> = None;
    let mut labels = labels.iter();
    for own in utterances {
        let mut is_begun = false;
        for (line, label) in lines(&own.text).zip(&mut labels) {
            let words = match label {
                LineLabel::None => line,
                LineLabel::Doubtful(body) | LineLabel::Speaker(_, body) => {
                    is_begun = false;
                    line.get(*body..).unwrap_or_default()
                }
            };
            match label {
                LineLabel::None => {}
                LineLabel::Doubtful(_) => speaker = None,
                LineLabel::Speaker(name, _) => speaker = Some(name.clone()),
            }
            let last = named.last_mut().filter(|_| is_begun);
            if let Some(last) = last {
                last.text.push_str(between);
                last.text.push_str(words);
            } else if !words.is_empty() {
                named.push(Utterance {
                    at_millis: own.at_millis,
                    speaker: speaker.clone().or_else(|| own.speaker.clone()),
                    text: words.to_owned(),
                });
                is_begun = true;
            }
        }
    }
    named
}
