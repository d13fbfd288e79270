//! Reader of CHAT, the transcripts of CHILDES and TalkBank (`.cha`): the main lines, with their times from the bullets.
//!
//! A main line begins with `*` and who speaks, a dependent tier with `%`, a header with `@`; other lines go on with the one before.
//! Of the headers, two say what those who speak are: `@Participants` and `@ID`.

mod words;

use std::collections::BTreeMap;

use super::{Extracted, Utterance};
use crate::import::{ImportError, Note};

/// Reads the main lines; a text without any is read as plain text.
pub(super) fn read(_file: &str, text: &str) -> Result<Extracted, ImportError> {
    let mut chat = ChatReader::default();
    for line in lines(text) {
        chat.line(&line);
    }
    if chat.utterances.is_empty() {
        return Ok(Extracted::text(text.to_owned(), Vec::new()));
    }
    let mut notes = Vec::new();
    if chat.headers > 0 {
        notes.push(Note::HeaderLines(chat.headers));
    }
    if !chat.tiers.is_empty() {
        notes.push(Note::DependentTiers(chat.tiers.into_iter().collect()));
    }
    if chat.codes > 0 {
        notes.push(Note::Codes(chat.codes));
    }
    if chat.wordless > 0 {
        notes.push(Note::WordlessUtterances(chat.wordless));
    }
    Ok(Extracted {
        notes,
        roles: chat.roles,
        ..Extracted::segments(chat.utterances)
    })
}

/// The lines of a file, joined to those that they continue.
fn lines(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        match lines.last_mut() {
            Some(last) if !line.starts_with(['*', '%', '@']) => {
                last.push(' ');
                last.push_str(line.trim());
            }
            _ => lines.push(line.to_owned()),
        }
    }
    lines
}

/// What was read so far.
#[derive(Default)]
struct ChatReader {
    utterances: Vec<Utterance>,
    headers: usize,
    /// How many lines each dependent tier has.
    tiers: BTreeMap<String, usize>,
    codes: usize,
    wordless: usize,
    /// What those who speak are, as `target child`.
    roles: BTreeMap<String, String>,
}

impl ChatReader {
    fn line(&mut self, line: &str) {
        if let Some(main) = line.strip_prefix('*')
            && let Some((speaker, said)) = main.split_once(':')
        {
            self.main_line(speaker.trim(), said);
        } else if line.starts_with('%') {
            let name = line.split(':').next().unwrap_or(line).trim();
            *self.tiers.entry(name.to_owned()).or_default() += 1;
        // These three frame every file and say nothing.
        } else if line.starts_with('@') && !matches!(line.trim(), "@UTF8" | "@Begin" | "@End") {
            self.headers += 1;
            if let Some(people) = line.strip_prefix("@Participants:") {
                people
                    .split(',')
                    .for_each(|person| self.participant(person));
            } else if let Some(fields) = line.strip_prefix("@ID:") {
                self.id(fields);
            }
        }
    }

    /// Reads `MOT Ama Mother` or `MOT Mother`: code, perhaps a name, and role.
    fn participant(&mut self, person: &str) {
        let mut words = person.split_whitespace();
        if let (Some(code), Some(role)) = (words.next(), words.next_back()) {
            self.declare(code, role);
        }
    }

    /// Reads `eng|corpus|MOT|34;|female|||Mother|||`.
    fn id(&mut self, fields: &str) {
        let fields: Vec<&str> = fields.split('|').map(str::trim).collect();
        if let (Some(code), Some(role)) = (fields.get(2), fields.get(7)) {
            self.declare(code, role);
        }
    }

    /// The first header that names a role counts; CHAT wants both to be the same.
    fn declare(&mut self, code: &str, role: &str) {
        if !code.is_empty() && !role.is_empty() {
            let role = role.replace('_', " ");
            self.roles.entry(code.to_owned()).or_insert(role);
        }
    }

    fn main_line(&mut self, speaker: &str, said: &str) {
        let (said, at_millis) = without_bullets(said);
        let (text, codes) = words::plain(&said);
        self.codes += codes;
        if text.contains(char::is_alphanumeric) {
            self.utterances.push(Utterance {
                at_millis,
                speaker: Some(speaker.to_owned()).filter(|label| !label.is_empty()),
                text,
            });
        } else {
            self.wordless += 1;
        }
    }
}

/// A main line without its bullets, and the time at which it begins.
///
/// A bullet is `0_2100` between two control characters, which many programs lose or show as a dot; older files name the recording before.
fn without_bullets(said: &str) -> (String, Option<u32>) {
    let mut at_millis = None;
    let mut words = Vec::new();
    for word in said.split([' ', '\t', '\u{15}', '•']) {
        let times = word
            .rsplit('"')
            .next()
            .unwrap_or(word)
            .trim_start_matches('_');
        match bullet(times) {
            Some(start) => {
                at_millis = at_millis.or(Some(start));
            }
            None if word.starts_with("%snd:") || word.starts_with("%mov:") => {}
            None => words.push(word),
        }
    }
    (words.join(" "), at_millis)
}

/// The beginning of `0_2100`, in milliseconds.
fn bullet(word: &str) -> Option<u32> {
    let (start, end) = word.split_once('_')?;
    let is_number =
        |text: &str| !text.is_empty() && text.bytes().all(|digit| digit.is_ascii_digit());
    // Older files end a bullet with a hyphen, to have it played on.
    (is_number(start) && is_number(end.trim_end_matches('-'))).then(|| start.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn main_lines_are_joined_and_timed() {
        let chat = "@UTF8\n@Begin\n@Languages:\teng\n@Participants:\tCHI Kofi Target_Child, MOT Ama Mother,\n\tINV Lena Investigator\n@Media:\tdemo, audio\n*INV:\twhat did you do at school ? \u{15}0_2100\u{15}\n*CHI:\twe [/] we was [: were] &-um painting (.) a\n\tbig house . \u{15}2100_6200\u{15}\n%mor:\tpro:sub|we\n%mor:\tx\n%com:\tpoints at\n\tthe wall\n*MOT:\the painted +\"/. 6300_7000\n*MOT:\t+\" our old house . •7000_9000•\n*INV:\t<who was> [>] in it ?\n*CHI:\t<my dad> [<] . \u{15}%snd:\"demo 1\"_9100_9400\u{15}\n*CHI:\t0 .\n*CHI:\t0 [=! laughs] .\n*小远:\t不知道 。\n@End\n";
        let read = read("a.cha", chat).unwrap();
        let super::super::Body::Segments(segments) = read.body else {
            panic!("segments")
        };
        let said: Vec<_> = segments
            .iter()
            .map(|own| {
                (
                    own.at_millis,
                    own.speaker.as_deref().unwrap(),
                    own.text.as_str(),
                )
            })
            .collect();
        assert_eq!(
            said,
            [
                (Some(0), "INV", "what did you do at school?"),
                (Some(2100), "CHI", "we we was um painting (.) a big house."),
                (Some(6300), "MOT", "he painted:"),
                (Some(7000), "MOT", "our old house."),
                (None, "INV", "who was in it?"),
                (Some(9100), "CHI", "my dad."),
                (None, "CHI", "[laughs]."),
                (None, "小远", "不知道。"),
            ]
        );
        assert_eq!(
            read.notes,
            [
                Note::HeaderLines(3),
                Note::DependentTiers(vec![("%com".to_owned(), 1), ("%mor".to_owned(), 2)]),
                Note::Codes(14),
                Note::WordlessUtterances(1),
            ]
        );
    }

    #[test]
    fn headers_say_what_people_are() {
        let chat = "@Participants:\tCHI Kofi Target_Child , MOT Mother,\n\tINV Lena Investigator, GRA\n@ID:\teng|demo|CHI|7;02.|male|||Child|||\n@ID:\teng|demo|GRA|||||Grandmother|||\n@ID:\teng|demo\n*INV:\thello .\n";
        let read = read("a.cha", chat).unwrap();
        let roles: Vec<_> = read
            .roles
            .iter()
            .map(|(code, role)| (code.as_str(), role.as_str()))
            .collect();
        assert_eq!(
            roles,
            [
                ("CHI", "Target Child"),
                ("GRA", "Grandmother"),
                ("INV", "Investigator"),
                ("MOT", "Mother"),
            ]
        );
    }

    #[test]
    fn a_text_without_main_lines_is_a_text() {
        let read = read("a.txt", "@Begin\nwords\n").unwrap();
        assert!(matches!(read.body, super::super::Body::Text(text) if text == "@Begin\nwords\n"));
    }
}
