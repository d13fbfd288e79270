//! Readers of subtitles (SubRip, and WebVTT with its voices) and of timed lyrics (LRC).

use super::{Extracted, Utterance};
use crate::import::{head, stamp};

/// Reads SubRip or WebVTT.
pub(super) fn subtitles(text: &str) -> Extracted {
    let mut segments: Vec<Utterance> = Vec::new();
    let mut lines = text.lines().peekable();
    let mut inside = false;
    while let Some(line) = lines.next() {
        if let Some(at_millis) = cue_start(line) {
            segments.push(Utterance {
                at_millis: Some(at_millis),
                speaker: None,
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
            if let Some(segment) = segments.last_mut() {
                add_line(segment, line);
            }
        }
    }
    // Some programs write a cue without text for a pause.
    segments.retain(|segment| !segment.text.is_empty());
    carry_voices_on(&mut segments);
    let labels = name_colon_labels(&segments);
    for segment in &mut segments {
        split_label(segment, &labels);
    }
    Extracted::segments(segments)
}

/// Gives cues without a voice the voice before them: some writers name a voice only when it changes.
fn carry_voices_on(segments: &mut [Utterance]) {
    let mut last: Option<String> = None;
    for segment in segments {
        match &segment.speaker {
            Some(speaker) => last = Some(speaker.clone()),
            None => segment.speaker.clone_from(&last),
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

fn add_line(segment: &mut Utterance, line: &str) {
    let mut rest = line.trim();
    if let Some((voice, said)) = rest
        .strip_prefix("<v")
        .and_then(|rest| rest.split_once('>'))
    {
        // Between `<v` and the name may be classes, as in `<v.loud Ann>`.
        match voice.split_once([' ', '\t']) {
            Some((_, name)) if !name.trim().is_empty() && segment.text.is_empty() => {
                segment.speaker = Some(name.trim().to_owned());
            }
            _ => {}
        }
        rest = said.trim_start();
    }
    let said = without_tags(rest);
    if said.is_empty() {
        return;
    }
    if !segment.text.is_empty() {
        // Lines of a cue are broken to fit the screen, not by sentence.
        segment.text.push(' ');
    }
    segment.text.push_str(&said);
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
    if out.contains('&') {
        // `&amp;` last, so that `&amp;lt;` becomes `&lt;`.
        for (entity, c) in [
            ("&rlm;", "\u{200f}"),
            ("&lrm;", "\u{200e}"),
            ("&nbsp;", "\u{a0}"),
            ("&gt;", ">"),
            ("&lt;", "<"),
            ("&amp;", "&"),
        ] {
            out = out.replace(entity, c);
        }
    }
    out
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

/// The labels that begin several cues as `Name: …`, as Zoom writes them.
///
/// Two speakers who recur show that the file has labels, so a third who speaks twice is believed as well.
fn name_colon_labels(segments: &[Utterance]) -> Vec<String> {
    let mut counts: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
    for segment in segments.iter().filter(|segment| segment.speaker.is_none()) {
        if let Some((label, _)) = label_of(&segment.text) {
            *counts.entry(label).or_default() += 1;
        }
    }
    let enough = if counts.values().filter(|count| **count >= 3).count() >= 2 {
        2
    } else {
        3
    };
    counts
        .into_iter()
        .filter(|(_, count)| *count >= enough)
        .map(|(label, _)| label.to_owned())
        .collect()
}

fn label_of(text: &str) -> Option<(&str, usize)> {
    let head = head::parse(text)?;
    let (label, layout) = head.label?;
    matches!(layout, head::LabelLayout::Colon).then_some((label, head.body))
}

fn split_label(segment: &mut Utterance, labels: &[String]) {
    if segment.speaker.is_some() {
        return;
    }
    let Some((label, body)) = label_of(&segment.text) else {
        return;
    };
    if labels.iter().any(|known| known == label) {
        let label = label.to_owned();
        segment.text.drain(..body);
        segment.speaker = Some(label);
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
        let super::super::Body::Segments(segments) = read.body else {
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
                "43810||Hello everyone and welcome",
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
    fn names_before_colons_that_recur_are_speakers() {
        let cue = |at: u32, text: &str| format!("00:0{at}.000 --> 00:0{at}.900\n{text}\n\n");
        let text = format!(
            "WEBVTT\n\n{}{}{}{}",
            cue(1, "Justin T: Good"),
            cue(2, "Justin T: morning"),
            cue(3, "Justin T: all"),
            cue(4, "Note: this")
        );
        assert_eq!(
            outline(subtitles(&text)),
            [
                "1000|Justin T|Good",
                "2000|Justin T|morning",
                "3000|Justin T|all",
                "4000||Note: this"
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
