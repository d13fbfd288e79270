//! Readers of subtitles (SubRip, and WebVTT with its voices) and of timed lyrics (LRC).

use super::{Body, Extracted, Utterance};
use crate::import::stamp;

/// A cue of subtitles, or what one voice says in it.
#[derive(Debug)]
struct Cue {
    at_millis: u32,
    voice: Option<Voice>,
    /// The words, a line for each of the screen.
    text: String,
}

/// Whose words a tag says these are.
#[derive(Debug, Clone)]
enum Voice {
    /// Nobody's, as in `<v >(pause)`.
    Nobody,
    Named(String),
}

/// Reads SubRip or WebVTT.
pub(super) fn subtitles(text: &str) -> Extracted {
    let mut cues: Vec<Cue> = Vec::new();
    let mut lines = text.lines().peekable();
    let mut inside = false;
    while let Some(line) = lines.next() {
        if let Some(at_millis) = cue_start(line) {
            cues.push(Cue {
                at_millis,
                voice: None,
                text: String::new(),
            });
            inside = true;
        } else if line.trim().is_empty() {
            inside = false;
        } else if inside {
            let number = line.trim().bytes().all(|byte| byte.is_ascii_digit());
            let next_is_cue = lines.peek().is_some_and(|next| cue_start(next).is_some());
            // Some writers leave out the blank line after a cue, so the number of the next one follows its text.
            if number && next_is_cue {
                continue;
            }
            add_line(&mut cues, line.trim());
        }
    }
    // Some programs write a cue without text for a pause.
    cues.retain(|cue| !cue.text.is_empty());
    carry_voices_on(&mut cues);
    let utterances = cues.into_iter().map(|cue| Utterance {
        at_millis: Some(cue.at_millis),
        speaker: match cue.voice {
            Some(Voice::Named(name)) => Some(name),
            Some(Voice::Nobody) | None => None,
        },
        text: cue.text,
    });
    Extracted {
        body: Body::Cues(utterances.collect()),
        ..Extracted::segments(Vec::new())
    }
}

/// Gives cues without a voice the voice before them: some writers name a voice only when it changes.
fn carry_voices_on(cues: &mut [Cue]) {
    let mut last: Option<Voice> = None;
    for cue in cues {
        match &cue.voice {
            Some(voice) => last = Some(voice.clone()),
            None => cue.voice.clone_from(&last),
        }
    }
}

/// The start of a cue: `00:00:43,810 --> 00:00:47,850`. WebVTT leaves out hours of zero and may put settings behind.
fn cue_start(line: &str) -> Option<u32> {
    let (start, end) = line.split_once("-->")?;
    let end = end.trim().split([' ', '\t']).next()?;
    stamp::parse(end)?;
    stamp::parse(start.trim())
}

/// Adds a line to the last cue; another voice in it begins a part of its own.
fn add_line(cues: &mut Vec<Cue>, line: &str) {
    let mut rest = line;
    while let Some((before, voice, after)) = next_voice(rest) {
        add_words(cues, before);
        if let Some(cue) = cues.last_mut() {
            if cue.text.is_empty() {
                cue.voice = Some(voice);
            } else {
                let at_millis = cue.at_millis;
                cues.push(Cue {
                    at_millis,
                    voice: Some(voice),
                    text: String::new(),
                });
            }
        }
        rest = after;
    }
    add_words(cues, rest);
}

/// The words before a voice, the voice, and the text behind its tag.
fn next_voice(line: &str) -> Option<(&str, Voice, &str)> {
    let (before, from) = line.split_once("<v")?;
    let (voice, after) = from.split_once('>')?;
    // Between `<v` and the name may be classes, as in `<v.loud Ann>`.
    if !voice.starts_with([' ', '\t', '.']) {
        return None;
    }
    let name = match voice.split_once([' ', '\t']) {
        Some((_, name)) => decoded(name.trim()),
        None => String::new(),
    };
    let voice = if name.is_empty() {
        Voice::Nobody
    } else {
        Voice::Named(name)
    };
    Some((before, voice, after))
}

fn add_words(cues: &mut [Cue], words: &str) {
    let said = without_tags(words.trim());
    if let Some(cue) = cues.last_mut().filter(|_| !said.is_empty()) {
        if !cue.text.is_empty() {
            cue.text.push('\n');
        }
        cue.text.push_str(&said);
    }
}

/// Removes the tags of subtitles; anything else in angle brackets, such as `<[?]>` for an unclear word, is text.
fn without_tags(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, from)) = rest.split_once('<') {
        out.push_str(before);
        match from.split_once('>') {
            Some((tag, after)) if is_tag(tag) => rest = after,
            _ => {
                out.push('<');
                rest = from;
            }
        }
    }
    out.push_str(rest);
    decoded(&out)
}

/// A text with its entities as characters; an ampersand that begins none stays.
fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, from)) = rest.split_once('&') {
        out.push_str(before);
        let entity = from
            .split_once(';')
            .and_then(|(name, after)| Some((entity(name)?, after)));
        match entity {
            Some((c, after)) => {
                out.push(c);
                rest = after;
            }
            None => {
                out.push('&');
                rest = from;
            }
        }
    }
    out.push_str(rest);
    out
}

/// The character of an entity: one of those that subtitles use, or a number.
fn entity(name: &str) -> Option<char> {
    let number = name.strip_prefix('#').and_then(|number| {
        let hex = number.strip_prefix(['x', 'X']);
        hex.map_or_else(
            || number.parse().ok(),
            |hex| u32::from_str_radix(hex, 16).ok(),
        )
    });
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        "lrm" => Some('\u{200e}'),
        "rlm" => Some('\u{200f}'),
        _ => char::from_u32(number?),
    }
}

fn is_tag(tag: &str) -> bool {
    let name = tag.trim_start_matches('/');
    let word = match name.split_once([' ', '.']) {
        Some((word, _)) => word,
        None => name,
    };
    match word {
        "b" | "u" | "c" | "ruby" | "rt" | "lang" | "v" | "font" => true,
        // Only the bare tag: `<i think>` is what somebody wrote.
        "i" => tag.len() <= 2,
        // WebVTT puts times into the text of karaoke and live captions.
        _ => stamp::parse(name).is_some(),
    }
}

/// Reads timed lyrics: `[00:43.810]text`.
///
/// Whisper writes a stamp without text at the end of an utterance that a silence follows; these are skipped, as are tags such as `[ti:…]`.
pub(super) fn lyrics(text: &str) -> Extracted {
    Extracted::segments(text.lines().filter_map(lyrics_line).collect())
}

fn lyrics_line(line: &str) -> Option<Utterance> {
    let (stamp, said) = line.trim().strip_prefix('[')?.split_once(']')?;
    let at_millis = stamp::parse(stamp)?;
    let said = said.trim();
    (!said.is_empty()).then(|| Utterance {
        at_millis: Some(at_millis),
        speaker: None,
        text: said.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(read: Extracted) -> Vec<String> {
        let (Body::Segments(segments) | Body::Cues(segments)) = read.body else {
            panic!("segments")
        };
        let show = |segment: Utterance| {
            format!(
                "{}|{}|{}",
                segment.at_millis.unwrap_or(0),
                segment.speaker.unwrap_or_default(),
                segment.text
            )
        };
        segments.into_iter().map(show).collect()
    }

    #[test]
    fn subrip_with_and_without_blank_lines() {
        let text = "1\n00:00:43,810 --> 00:00:47,850\nHello <i>everyone</i>\nand welcome\n\n2\n00:00:48,350 --> 00:00:54,570\n妈妈 &amp; 我\n3\n00:00:55,000 --> 00:00:56,000\n12\n";
        assert_eq!(
            outline(subtitles(text)),
            [
                "43810||Hello everyone\nand welcome",
                "48350||妈妈 & 我",
                "55000||12"
            ]
        );
    }

    #[test]
    fn voices_and_what_only_looks_like_a_mark() {
        let text = "WEBVTT\n\nNOTE made by hand\n\n00:05.495 --> 00:18.924 align:start\n<v INT> Warum <[?]> .\n\n00:19.315 --> 00:28.684\n<v.loud Frau B>Ja</v> <00:20.000>gut\n";
        assert_eq!(
            outline(subtitles(text)),
            ["5495|INT|Warum <[?]> .", "19315|Frau B|Ja gut"]
        );
    }

    #[test]
    fn voices_within_a_cue_and_entities() {
        let text = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>How&#x27;s it?</v> <v Bo &amp; Co>&quot;Long&quot; &unknown;\n\n00:03.000 --> 00:04.000\n<v >(pause)\n";
        assert_eq!(
            outline(subtitles(text)),
            [
                "1000|Ann|How's it?",
                "1000|Bo & Co|\"Long\" &unknown;",
                "3000||(pause)"
            ]
        );
    }

    #[test]
    fn lyrics_are_read() {
        assert_eq!(
            outline(lyrics("[ti:x]\n[00:43.810]Hello\n[00:47.850]\n")),
            ["43810||Hello"]
        );
    }
}
