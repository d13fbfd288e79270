//! Detection of turns and speakers: lines that begin with a label or a time stamp begin turns, and the lines below belong to them.

use std::collections::BTreeMap;

use super::{
    SpeakerOption, char_count,
    head::{self, LabelLayout, LineHead},
    labels::{AcceptedLabels, is_interviewer, legend, role_of},
    stamp,
};
use crate::model::{
    document::{Speaker, SpeakerIndex, SpeakerRole, Turn},
    text::TextRange,
};

/// The turns and speakers of a text.
#[derive(Debug, Default, PartialEq)]
pub(super) struct DetectedTurns {
    /// Turns in order.
    pub(super) turns: Vec<Turn>,
    /// Speakers in order of appearance.
    pub(super) speakers: Vec<Speaker>,
}

/// A line of the text without its line feed.
struct SourceLine<'a> {
    text: &'a str,
    start_chars: u32,
    len_chars: u32,
}

/// Detects turns and speakers.
pub(super) fn find(text: &str, option: &SpeakerOption) -> DetectedTurns {
    let lines = text.split('\n');
    let heads: Vec<Option<LineHead<'_>>> = match option {
        SpeakerOption::None => lines.map(|_| None).collect(),
        SpeakerOption::Pattern(pattern) => lines.map(|line| by_pattern(pattern, line)).collect(),
        SpeakerOption::Auto => {
            let heads: Vec<_> = lines.map(head::parse).collect();
            let names = names_below_times(text, &heads);
            let accepted = AcceptedLabels::of(text, &heads);
            names
                .into_iter()
                .zip(heads)
                .map(|(name, head)| name.or_else(|| head.filter(|head| accepted.accept(head))))
                .collect()
        }
    };
    assemble(text, heads)
}

/// Names on lines of their own between the times of a cue and its words, as Teams writes them; none unless most of them recur.
fn names_below_times<'a>(
    text: &'a str,
    heads: &[Option<LineHead<'a>>],
) -> Vec<Option<LineHead<'a>>> {
    let mut names: Vec<Option<LineHead<'_>>> = vec![None; heads.len()];
    // Nearly all texts have no cues; searching for the arrow is much faster than looking at each line.
    if memchr::memmem::find(text.as_bytes(), b"-->").is_none() {
        return names;
    }
    let lines: Vec<&str> = text.split('\n').collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut cues = 0usize;
    for (at, times) in lines.iter().enumerate() {
        if !stamp::is_cue(times) {
            continue;
        }
        cues += 1;
        let (Some(name), Some(words)) = (lines.get(at + 1), lines.get(at + 2)) else {
            continue;
        };
        if words.trim().is_empty() {
            continue;
        }
        if let Some(label) = head::whole_line(name) {
            *counts.entry(label).or_default() += 1;
            names[at + 1] = Some(LineHead {
                label: Some((label, LabelLayout::Stamped)),
                at_millis: None,
                body: name.len(),
            });
        }
    }
    let named: usize = counts.values().sum();
    let recurring: usize = counts.values().filter(|count| **count > 1).sum();
    // In other subtitles the first of two lines of text would be taken for a name; speakers recur, text hardly does.
    if cues >= 3 && named == cues && recurring * 2 >= cues {
        names
    } else {
        vec![None; heads.len()]
    }
}

fn by_pattern<'a>(pattern: &regex::Regex, line: &'a str) -> Option<LineHead<'a>> {
    let captures = pattern.captures(line)?;
    let whole = captures.get(0).filter(|whole| whole.start() == 0)?;
    let label = captures.name("speaker")?.as_str().trim();
    let at_millis = captures
        .name("time")
        .and_then(|time| stamp::parse(time.as_str()));
    (!label.is_empty()).then_some(LineHead {
        label: Some((label, LabelLayout::Colon)),
        at_millis,
        body: whole.end(),
    })
}

/// Returns true for a line such as `Ann started transcription`, which Teams writes at both ends.
fn is_notice(line: &str) -> bool {
    const NOTICES: [&str; 6] = [
        "started transcription",
        "stopped transcription",
        "已开始听录",
        "已停止听录",
        "開始轉錄",
        "停止轉錄",
    ];
    // Longer lines are speech that ends in these words.
    line.len() < 200
        && NOTICES
            .iter()
            .any(|notice| line.trim_end().ends_with(notice))
}

/// Builds turns from the accepted heads of the lines.
fn assemble(text: &str, heads: Vec<Option<LineHead<'_>>>) -> DetectedTurns {
    // A record such as field notes has headings of Markdown that aren't speakers.
    let has_parts = (text.starts_with("## ") || text.contains("\n## "))
        && text
            .split('\n')
            .zip(&heads)
            .any(|(line, head)| line.starts_with("## ") && head.is_none());
    let mut builder = TurnBuilder {
        found: DetectedTurns::default(),
        open: None,
        blank: false,
        // A text with blank lines may wrap its paragraphs.
        blocks: text.contains("\n\n"),
        has_parts,
        labelled: false,
        next_at: None,
        roles: legend(text)
            .into_iter()
            .filter_map(|(short, long)| Some((short, role_of(long)?)))
            .collect(),
    };
    let mut start_chars = 0u32;
    for (line, head) in text.split('\n').zip(heads) {
        let len_chars = char_count(line);
        builder.add_line(
            &SourceLine {
                text: line,
                start_chars,
                len_chars,
            },
            head,
        );
        start_chars += len_chars + 1;
    }
    builder.close();
    builder.found
}

struct TurnBuilder<'a> {
    found: DetectedTurns,
    open: Option<Turn>,
    /// True if the line before was blank.
    blank: bool,
    /// True if paragraphs are separated by blank lines; else every line is a paragraph.
    blocks: bool,
    /// True if headings divide the text. Then it is a record, in which a paragraph without a label is nobody's.
    has_parts: bool,
    /// True if the open turn has a speaker or a stamp, so that unlabelled lines belong to it.
    labelled: bool,
    /// When the next turn begins, if a stamp at the end of the text before says so.
    next_at: Option<u32>,
    /// What a legend says of short labels.
    roles: BTreeMap<&'a str, SpeakerRole>,
}

impl TurnBuilder<'_> {
    fn add_line(&mut self, line: &SourceLine<'_>, head: Option<LineHead<'_>>) {
        let trimmed = line.text.trim_end();
        if trimmed.is_empty() {
            self.blank = true;
            return;
        }
        let end = line.start_chars + char_count(trimmed);
        let start = line.start_chars + line.len_chars - char_count(line.text.trim_start());
        if let Some(head) = head {
            let (said_before, _) = trimmed.split_at(head.body.min(trimmed.len()));
            let body = line.start_chars + char_count(said_before);
            self.open_labelled(TextRange::between(start, end), body, &head);
        } else if self.begins_paragraph(line.text) {
            self.open(TextRange::between(start, end), start, None, None);
            self.labelled = false;
        } else if let Some(turn) = &mut self.open {
            // A label on a line of its own: what was said begins below.
            if turn.body == turn.range.end() && self.labelled {
                turn.body = start;
            }
            turn.range = TextRange::between(turn.range.start(), end);
        }
        self.next_at = stamp::closing(trimmed).or(self.next_at);
        self.blank = false;
    }

    /// Opens the turn of a line with a head; a stamp on the line above belongs to it.
    fn open_labelled(&mut self, line: TextRange, body: u32, head: &LineHead<'_>) {
        let mut start = line.start();
        let mut at_millis = head.at_millis;
        if head.label.is_some()
            && at_millis.is_none()
            && let Some(stamp) = self.stamp_alone()
        {
            (start, at_millis) = (stamp.range.start(), stamp.at_millis);
            self.open = None;
        }
        self.open(
            TextRange::between(start, line.end()),
            body.clamp(start, line.end()),
            head.label.map(|(label, _)| label),
            at_millis,
        );
        self.labelled = true;
    }

    /// The open turn, if it consists of a stamp and nothing else so far.
    fn stamp_alone(&self) -> Option<&Turn> {
        self.open.as_ref().filter(|turn| {
            turn.speaker.is_none() && turn.body == turn.range.end() && turn.at_millis.is_some()
        })
    }

    /// Returns true if an unlabelled line begins a paragraph of its own.
    fn begins_paragraph(&self, line: &str) -> bool {
        let line = line.trim_start();
        let is_heading = line.starts_with('#') || line.starts_with("> ") || is_notice(line);
        match &self.open {
            None => true,
            Some(_) if is_heading => true,
            Some(_) if self.labelled => self.has_parts && self.blank,
            Some(_) => self.blank || !self.blocks,
        }
    }

    fn open(&mut self, range: TextRange, body: u32, label: Option<&str>, at_millis: Option<u32>) {
        self.close();
        let speaker = label.and_then(|label| {
            let role = self.roles.get(label).copied();
            speaker_index(&mut self.found.speakers, label, role)
        });
        // The closing stamp before is used up even if the line has a stamp of its own.
        let after_closing = self.next_at.take();
        self.open = Some(Turn {
            range,
            body,
            speaker,
            at_millis: at_millis.or(after_closing),
        });
    }

    fn close(&mut self) {
        self.found.turns.extend(self.open.take());
    }
}

/// The index of the speaker of a label, who is added if new; `role` is what a legend says of the label.
pub(super) fn speaker_index(
    speakers: &mut Vec<Speaker>,
    label: &str,
    role: Option<SpeakerRole>,
) -> Option<SpeakerIndex> {
    let known = speakers.iter().position(|speaker| speaker.label == label);
    let at = known.unwrap_or(speakers.len());
    if known.is_none() {
        let role = match role {
            Some(role) => role,
            None if is_interviewer(label) => SpeakerRole::Interviewer,
            None => SpeakerRole::Participant,
        };
        speakers.push(Speaker {
            label: label.to_owned(),
            role,
            case: None,
        });
    }
    SpeakerIndex::try_from(at).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::text::DocumentText;

    /// Every turn as `speaker|stamp|what was said`.
    fn outline(text: &str) -> Vec<String> {
        let found = find(text, &SpeakerOption::Auto);
        let document = DocumentText::new(text);
        let show = |turn: &Turn| {
            let speaker = turn.speaker.map_or("", |index| {
                found.speakers[usize::from(index)].label.as_str()
            });
            let stamp = turn
                .at_millis
                .map_or(String::new(), |millis| (millis / 1000).to_string());
            format!(
                "{speaker}|{stamp}|{}",
                document.slice(turn.said()).unwrap().replace('\n', "/")
            )
        };
        found.turns.iter().map(show).collect()
    }

    #[test]
    fn a_labelled_transcript_with_header_lines() {
        let text = "Interview: F0001\nFamily: F0001  Phase: baseline  Date: 2023-02-01\nPresent: Interviewer, Child\n\n\
            Interviewer [00:00:04]: How is it?\n\nChild [00:00:09]: Fine 😀. I said: no.\n\nInterviewer [00:00:12]: And?\n\nChild [00:00:20]: Hm.\n\nInterviewer [00:00:30]: Yes\n\nChild [00:00:33]: 𠮷\n";
        let turns = outline(text);
        assert_eq!(
            turns[0],
            "||Interview: F0001/Family: F0001  Phase: baseline  Date: 2023-02-01/Present: Interviewer, Child"
        );
        assert_eq!(
            &turns[1..3],
            ["Interviewer|4|How is it?", "Child|9|Fine 😀. I said: no."]
        );
        assert_eq!(turns.last().unwrap(), "Child|33|𠮷");
        let roles: Vec<_> = find(text, &SpeakerOption::Auto)
            .speakers
            .into_iter()
            .map(|speaker| speaker.role)
            .collect();
        assert_eq!(roles, [SpeakerRole::Interviewer, SpeakerRole::Participant]);
    }

    #[test]
    fn chinese_layouts() {
        let colon = "访谈：小远\n\n访谈者：你好\n\n小远：嗯。\n还行\n\n访谈者：然后呢？\n\n小远：没了\n\n访谈者：好\n\n小远：嗯\n";
        assert_eq!(outline(colon)[1..3], ["访谈者||你好", "小远||嗯。/还行"]);
        let bracket = "【访谈者】你好\n【小雨】嗯\n【访谈者】唱歌吗\n【小雨】唱\n【访谈者】好\n【小雨】（笑）\n";
        assert_eq!(outline(bracket)[5], "小雨||（笑）");
        let above = "访谈者 00:01:20\n最近怎么样\n\n思琪 00:01:25\n还行。\n就是考试\n\n访谈者 00:02:00\n考试？\n\n思琪 00:02:03\n嗯\n\n访谈者 00:03:00\n好\n思琪 00:03:03\n好\n";
        assert_eq!(outline(above)[1], "思琪|85|还行。/就是考试");
    }

    #[test]
    fn in_a_record_a_paragraph_without_label_is_nobodys() {
        let record = "## Arriving\n\nEllie opened the window.\n\n**Ms Wang:** Warm?\n\n**Ellie:** No.\n\nShe laughed.\n\n**Ms Wang:** So?\n\n**Ellie:** Fine.\n\n**Ms Wang:** Hm\n\n**Ellie:** Yes\n";
        let turns = outline(record);
        assert_eq!(
            turns[..5],
            [
                "||## Arriving",
                "||Ellie opened the window.",
                "Ms Wang||Warm?",
                "Ellie||No.",
                "||She laughed."
            ]
        );
    }

    #[test]
    fn questions_and_answers_and_paragraphs() {
        assert_eq!(
            outline("Q: Why?\nA: Because.\nQ: Really?\nA: Yes.\n"),
            ["Q||Why?", "A||Because.", "Q||Really?", "A||Yes."]
        );
        assert_eq!(
            outline("One paragraph\nwrapped.\n\nAnother."),
            ["||One paragraph/wrapped.", "||Another."]
        );
        assert_eq!(outline("Line one\nLine two"), ["||Line one", "||Line two"]);
        assert_eq!(
            outline("I = interviewer; Y = informant\n\nI: Hi\nY: Hello"),
            ["||I = interviewer; Y = informant", "I||Hi", "Y||Hello"]
        );
    }

    /// Who speaks, in order of appearance.
    fn speakers(text: &str) -> Vec<String> {
        find(text, &SpeakerOption::Auto)
            .speakers
            .into_iter()
            .map(|speaker| speaker.label)
            .collect()
    }

    #[test]
    fn what_only_looks_like_a_speaker() {
        let header = "Date of birth   \t: 1887\nPlace\t: Leeds\n\nI  : Now, you were born in\nGK  : Britannia Street\nI  : Yes\nGK  : At 10:05: early\nI  : Hm\nGK  : Note: no\n";
        assert_eq!(speakers(header), ["I", "GK"]);
        let otter = "SUMMARY KEYWORDS\ngames, puzzles\n\nSPEAKERS\nJonas Rosland, Jack Breen\n\nJonas Rosland  0:21  \nWelcome: hi\n\nJack Breen  0:25  \nOkay.\n\nJonas Rosland  0:30  \nWe left at 10:05\n";
        assert_eq!(
            outline(otter)[2..],
            [
                "Jonas Rosland|21|Welcome: hi",
                "Jack Breen|25|Okay.",
                "Jonas Rosland|30|We left at 10:05"
            ]
        );
        let first_line = "24-Mar-2023 - 10:05 - 1h04m26s - Pseudonym\n\n**Note:** recorded at home, see https://example.org/a: b\n\n**Ann:** Hi\n\n**Bo:** 嗯\n\n**Ann:** So\n";
        assert_eq!(speakers(first_line), ["Ann", "Bo"]);
        let days = "Visit\n2024年3月15日 14:05\n\nMark 2019 00:05\nHi\n\n妈妈 00:09\n嗯\n\nMark 2019 00:12\nSo\n\nMar 16, 2024 10:05\n\nMark 2019 00:20\nBye\n";
        assert_eq!(speakers(days), ["Mark 2019", "妈妈"]);
        let front = "---\ntitle: Talk\nspeakers: [Ann, Bo]\ndate: 2020-01-01\n---\n\nAnn: Hi\n\nBo: Hello\n\nAnn: So\n\nBo: Yes\n\nAnn: Bye\n\nBo: Bye\n";
        assert_eq!(speakers(front), ["Ann", "Bo"]);
    }

    #[test]
    fn a_short_talk_is_one_where_somebody_asks_and_every_line_has_a_label() {
        assert_eq!(
            speakers("访谈者：今天怎么样？\n小远：还行。\n访谈者：为什么？\n小远：因为考试。\n"),
            ["访谈者", "小远"]
        );
        // Without a question's label, or with words between, the labels may be anything.
        assert!(speakers("Milk: two\nEggs: six\nMilk: three\nEggs: ten\n").is_empty());
        assert_eq!(
            speakers("I: How?\nB: Fine.\nand so on\nand on\nI: So?\nB: Yes.\nand then\n"),
            ["I"]
        );
    }

    #[test]
    fn misspelt_labels_and_broken_stamps_split_turns() {
        let text = "[00:10] RESEARCHER:\nHi\n[00:12] PARTICIPANT 18:\nHello\n[00:15] PARTTICIPANT 18:\nAgain\nPART 2:\n00:01 RESEARCHER:\nBack\n";
        let turns = outline(text);
        assert_eq!(
            turns,
            [
                "RESEARCHER|10|Hi",
                "PARTICIPANT 18|12|Hello",
                "PARTTICIPANT 18|15|Again/PART 2:",
                "RESEARCHER|1|Back"
            ]
        );
        let trint = "Clemente Forero [00:00:02] ¿Historia?\nAna Ruiz [00:00:05 Sí.\nClemente Forero [00:00:09] Bueno.\nAna Ruiz [00:00:11] No.\n";
        assert_eq!(outline(trint)[1], "Ana Ruiz|5|Sí.");
    }

    #[test]
    fn closing_stamps_say_when_the_next_turn_begins() {
        let f4 = "I: Und dann? #00:00:12-5#\n\nB: Ja. 好 #00:00:20-0#\n\nI: Gut #00:00:21-0#\n\nB: Hm #00:00:22-0#\n\nI: So\n\nB: 𠮷\n";
        let turns = outline(f4);
        assert_eq!(
            turns[..3],
            [
                "I||Und dann? #00:00:12-5#",
                "B|12|Ja. 好 #00:00:20-0#",
                "I|20|Gut #00:00:21-0#"
            ]
        );
    }

    #[test]
    fn stamps_above_labels_belong_to_them() {
        let cues = "00:00:01.000 --> 00:00:02.000\nAnn: Hi\n\n00:00:03.000 --> 00:00:04.000\nBo: 嗯\n\n00:00:05.000 --> 00:00:06.000\nAnn: So\n\n00:00:07.000 --> 00:00:08.000\nBo: Yes\n\n00:00:09.000 --> 00:00:10.000\nAnn: Bye\n\n00:00:11.000 --> 00:00:12.000\nBo: Bye\n";
        assert_eq!(outline(cues)[..2], ["Ann|1|Hi", "Bo|3|嗯"]);
        let bare = "00:05\nOne\n00:09\nTwo\n00:12\nThree\n";
        assert_eq!(outline(bare), ["|5|One", "|9|Two", "|12|Three"]);
        let chat = "00:06:53\tAna:\thello\n00:06:55\tBo Li:\t你好\n00:07:00\tAna:\tbye\n";
        assert_eq!(
            outline(chat),
            ["Ana|413|hello", "Bo Li|415|你好", "Ana|420|bye"]
        );
        let table = "00:01\tChild\twords\n00:05\tMs Wang\t好\n00:09\tChild\tmore\n";
        assert_eq!(
            outline(table),
            ["Child|1|words", "Ms Wang|5|好", "Child|9|more"]
        );
    }

    proptest! {
        #[test]
        fn turns_lie_in_order_inside_any_text(text in "([A-C]|妈妈|：|: |\\[00:0[0-9]\\]|\n|\n\n|#|\\*\\*|【|】|\t|😀|word |e\u{301}|0:0:1\\.0 --> 0:0:2\\.0\n|¤<900>|I = interviewer;|乙＝外婆\n){0,60}") {
            let found = find(&text, &SpeakerOption::Auto);
            let length = DocumentText::new(text.as_str()).len_chars();
            let mut end = 0;
            for turn in &found.turns {
                prop_assert!(end <= turn.range.start() && turn.range.start() <= turn.body && turn.body <= turn.range.end());
                prop_assert!(turn.range.end() <= length && !turn.range.is_empty());
                end = turn.range.end();
            }
        }
    }
}
