//! Turns and speakers of a transcript, found by the labels that recur at the heads of its lines.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    SpeakerOption,
    head::{self, LabelLayout, LineHead},
};
use crate::model::{
    document::{Speaker, SpeakerIndex, SpeakerRole, Turn},
    text::TextRange,
};

/// What was found.
#[derive(Debug, Default, PartialEq)]
pub(super) struct DetectedTurns {
    /// Turns in order.
    pub(super) turns: Vec<Turn>,
    /// Speakers in order of appearance.
    pub(super) speakers: Vec<Speaker>,
}

/// Labels of those who ask.
const INTERVIEWERS: &[&str] = &[
    "interviewer",
    "int",
    "i",
    "researcher",
    "moderator",
    "facilitator",
    "q",
    "访谈者",
    "訪談者",
    "访谈员",
    "訪談員",
    "采访者",
    "採訪者",
    "采访人",
    "记者",
    "问",
    "問",
    "主持人",
    "研究者",
    "研究员",
    "提问者",
];

/// Labels of those who answer, believed when they recur only once.
const PARTICIPANTS: &[&str] = &[
    "a",
    "r",
    "answer",
    "respondent",
    "participant",
    "interviewee",
    "child",
    "mother",
    "father",
    "mum",
    "mom",
    "dad",
    "gran",
    "grandmother",
    "grandfather",
    "aunt",
    "uncle",
    "teacher",
    "social worker",
    "parent",
    "carer",
    "答",
    "受访者",
    "受訪者",
    "被访者",
    "妈妈",
    "媽媽",
    "爸爸",
    "奶奶",
    "爷爷",
    "外婆",
    "外公",
    "姥姥",
    "老师",
    "老師",
    "社工",
    "孩子",
    "家长",
];

/// Other words that a legend has for those who answer.
const ANSWERERS: &[&str] = &[
    "informant",
    "narrator",
    "subject",
    "patient",
    "client",
    "student",
    "受访人",
    "被访人",
    "学生",
    "学员",
    "案主",
];

/// A line of the text, its line feed left out.
struct SourceLine<'a> {
    text: &'a str,
    start_chars: u32,
    len_chars: u32,
}

/// Finds turns and speakers.
pub(super) fn find(text: &str, option: &SpeakerOption) -> DetectedTurns {
    let lines = || text.split('\n');
    let heads: Vec<Option<LineHead<'_>>> = match option {
        SpeakerOption::None => lines().map(|_| None).collect(),
        SpeakerOption::Pattern(pattern) => lines().map(|line| by_pattern(pattern, line)).collect(),
        SpeakerOption::Auto => {
            let heads: Vec<_> = lines().map(head::parse).collect();
            let names = names_below_times(text, &heads);
            let believed = AcceptedLabels::of(text, &heads);
            let heads = heads.into_iter().zip(names);
            heads
                .map(|(head, name)| name.or_else(|| head.filter(|head| believed.fits(head))))
                .collect()
        }
    };
    assemble(text, heads)
}

/// Names on lines of their own between the times of a cue and its words, as Teams writes them; none where they don't recur.
fn names_below_times<'a>(
    text: &'a str,
    heads: &[Option<LineHead<'a>>],
) -> Vec<Option<LineHead<'a>>> {
    if memchr::memmem::find(text.as_bytes(), b"-->").is_none() {
        return vec![None; heads.len()];
    }
    let lines: Vec<&str> = text.split('\n').collect();
    let mut names: Vec<Option<LineHead<'_>>> = vec![None; heads.len()];
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut cues = 0usize;
    for (at, _) in lines
        .iter()
        .enumerate()
        .filter(|(_, line)| head::is_cue(line))
    {
        cues += 1;
        let below = |by: usize| {
            lines
                .get(at + by)
                .copied()
                .filter(|line| !line.trim().is_empty())
        };
        let name = below(1)
            .filter(|_| below(2).is_some())
            .and_then(head::whole_line);
        if let (Some(label), Some(place)) = (name, names.get_mut(at + 1)) {
            *counts.entry(label).or_default() += 1;
            *place = Some(LineHead {
                label: Some((label, LabelLayout::Stamped)),
                at_millis: None,
                body: usize::MAX,
            });
        }
    }
    let (all, again) = counts.values().fold((0, 0), |(all, again), n| {
        (all + n, again + if *n > 1 { *n } else { 0 })
    });
    if cues >= 3 && all == cues && again * 2 >= cues {
        names
    } else {
        vec![None; heads.len()]
    }
}

fn by_pattern<'a>(pattern: &regex::Regex, line: &'a str) -> Option<LineHead<'a>> {
    let captures = pattern
        .captures(line)
        .filter(|captures| captures.get(0).is_some_and(|all| all.start() == 0))?;
    let label = captures.name("speaker")?.as_str().trim();
    let at_millis = captures
        .name("time")
        .and_then(|time| head::parse_stamp(time.as_str()));
    let body = captures.get(0)?.end();
    (!label.is_empty()).then_some(LineHead {
        label: Some((label, LabelLayout::Colon)),
        at_millis,
        body,
    })
}

/// The labels that are speakers (what is set off by bold type or brackets once, what stands before a colon when it recurs), and whether lines of a stamp alone begin turns.
struct AcceptedLabels<'a> {
    labels: BTreeSet<(&'a str, LabelLayout)>,
    stamps: bool,
}

impl<'a> AcceptedLabels<'a> {
    fn of(text: &'a str, heads: &[Option<LineHead<'a>>]) -> Self {
        let mut counts: BTreeMap<(&str, LabelLayout), usize> = BTreeMap::new();
        let mut timed: BTreeSet<(&str, LabelLayout)> = BTreeSet::new();
        let (mut stamps, mut with_both) = (0usize, 0usize);
        for head in heads.iter().flatten() {
            match head.label {
                Some(key) => {
                    *counts.entry(key).or_default() += 1;
                    if head.at_millis.is_some() && is_name(key) {
                        timed.insert(key);
                        with_both += 1;
                    }
                }
                None => stamps += 1,
            }
        }
        // Where stamps stand with labels, one of them is enough: a misspelt label is no part of what was said before.
        // It must be set as most labels are: a stamp within a paragraph (`So I [00:12:00] went`) makes no label.
        let in_layout = |layout: LabelLayout| {
            counts
                .iter()
                .filter(|((_, own), _)| *own == layout)
                .map(|(_, count)| count)
                .sum::<usize>()
        };
        let timed: BTreeSet<_> = timed
            .into_iter()
            .filter(|(_, layout)| {
                with_both >= 3
                    && counts
                        .keys()
                        .all(|(_, other)| in_layout(*other) <= in_layout(*layout))
            })
            .collect();
        let legend = legend(text);
        let asks = counts.keys().any(|(label, _)| is_interviewer(label));
        let set_off = [LabelLayout::Bold, LabelLayout::Bracket]
            .map(|layout| (layout, in_layout(layout) >= 3));
        let steady = counts.values().filter(|count| **count >= 3).count() >= 2;
        // Where nearly every line has a label and somebody asks, a short talk is a talk.
        let talk = asks && {
            let labelled = in_layout(LabelLayout::Colon);
            labelled >= 4
                && labelled * 5
                    >= 4 * text
                        .split('\n')
                        .filter(|line| !line.trim().is_empty())
                        .count()
        };
        let wanted = |label: &str, layout: LabelLayout| match label.to_lowercase() {
            _ if legend.iter().any(|(known, _)| *known == label)
                || set_off.contains(&(layout, true))
                || timed.contains(&(label, layout)) =>
            {
                1
            }
            _ if (steady || talk) && layout == LabelLayout::Colon => 2,
            role if INTERVIEWERS.contains(&role.as_str())
                || PARTICIPANTS.contains(&role.as_str()) =>
            {
                2 - usize::from(asks)
            }
            _ => 3,
        };
        let believed = counts.iter().filter(|((label, layout), count)| {
            **count >= wanted(label, *layout) && !is_note(label)
        });
        let labels = believed.map(|(key, _)| *key).collect();
        Self {
            labels,
            stamps: stamps >= 3,
        }
    }

    fn fits(&self, head: &LineHead<'_>) -> bool {
        head.label
            .map_or(self.stamps, |key| self.labels.contains(&key))
    }
}

/// The short forms that a legend at the beginning explains, with what they stand for.
fn legend(text: &str) -> Vec<(&str, &str)> {
    text.split('\n')
        .take(40)
        .filter(|line| line.len() < 200 && line.contains(['=', '＝']))
        .flat_map(legend_of)
        .collect()
}

/// `I = interviewer; Y = informant`: the short forms with the long ones.
fn legend_of(line: &str) -> Vec<(&str, &str)> {
    let pairs = line
        .split([';', ',', '；', '，'])
        .filter_map(|pair| pair.split_once(['=', '＝']));
    // What stands before a colon names the legend itself.
    let short = pairs.map(|(short, long)| {
        (
            short.rsplit([':', '：']).next().unwrap_or(short).trim(),
            long.trim(),
        )
    });
    short
        .filter(|(short, long)| !long.is_empty() && (1..=4).contains(&short.chars().count()))
        .collect()
}

/// What a legend says of a role; `None` where it names a person.
fn role_of(long: &str) -> Option<SpeakerRole> {
    let long = long.to_lowercase();
    let says = |known: &&str| match known.is_ascii() {
        true => {
            known.len() > 2
                && long
                    .split(|c: char| !c.is_alphanumeric())
                    .any(|word| word.trim_end_matches('s') == *known)
        }
        false => known.chars().count() > 1 && long.contains(*known),
    };
    if INTERVIEWERS.iter().any(&says) {
        Some(SpeakerRole::Interviewer)
    } else {
        PARTICIPANTS
            .iter()
            .chain(ANSWERERS)
            .any(says)
            .then_some(SpeakerRole::Participant)
    }
}

/// Whether a label with a stamp reads as a name: before a colon any does, before a stamp alone one of names throughout (`We left at 10:05` has none).
fn is_name((label, layout): (&str, LabelLayout)) -> bool {
    let named = |word: &str| word.starts_with(|c: char| !c.is_lowercase());
    match layout {
        LabelLayout::Stamped => {
            label.split_whitespace().count() <= 4 && label.split_whitespace().all(named)
        }
        _ => true,
    }
}

/// Words that are set off like labels but speak for nobody.
fn is_note(label: &str) -> bool {
    let label = label.to_lowercase();
    let numbered = |word: &str| {
        label
            .strip_prefix(word)
            .is_some_and(|rest| rest.trim().chars().all(|c| c.is_ascii_digit()))
    };
    let chapter = label.starts_with('第')
        && ["部分", "段", "节", "節", "次"]
            .iter()
            .any(|end| label.ends_with(end));
    if chapter
        || is_day(&label)
        || ["part", "session", "section", "track", "tape", "file"]
            .iter()
            .any(|word| numbered(word))
    {
        return true;
    }
    [
        "note", "notes", "date", "place", "present", "title", "注", "备注", "日期", "地点", "时间",
        "时长",
    ]
    .contains(&label.as_str())
}

/// Whether a label is a day: `2024年3月15日`, `March 15, 2024`.
fn is_day(label: &str) -> bool {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let has_digit = label.contains(|c: char| c.is_ascii_digit());
    let month = || {
        label.split(|c: char| !c.is_alphabetic()).any(|word| {
            word.len() >= 3
                && MONTHS
                    .iter()
                    .any(|month| *month == word || month.get(..3) == Some(word))
        })
    };
    let year = |word: &str| word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
    has_digit
        && ((label.contains('月') && label.contains(['日', '号', '號', '年']))
            || (label.split(|c: char| !c.is_ascii_digit()).any(year) && month()))
}

/// Whether a line tells of the recording, as Teams has it at both ends.
fn is_notice(line: &str) -> bool {
    const NOTICES: [&str; 6] = [
        "started transcription",
        "stopped transcription",
        "已开始听录",
        "已停止听录",
        "開始轉錄",
        "停止轉錄",
    ];
    line.len() < 200
        && NOTICES
            .iter()
            .any(|notice| line.trim_end().ends_with(notice))
}

fn is_interviewer(label: &str) -> bool {
    let label = label.to_lowercase();
    let stem = label.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace());
    INTERVIEWERS.contains(&stem)
}

/// Builds turns from the believed heads of the lines.
fn assemble(text: &str, heads: Vec<Option<LineHead<'_>>>) -> DetectedTurns {
    let parts = (text.starts_with("## ") || text.contains("\n## "))
        && text
            .split('\n')
            .zip(&heads)
            .any(|(line, head)| line.starts_with("## ") && head.is_none());
    let mut builder = TurnBuilder {
        found: DetectedTurns::default(),
        open: None,
        blank: false,
        blocks: text.contains("\n\n"),
        parts,
        labelled: false,
        next_at: None,
        roles: legend(text)
            .into_iter()
            .filter_map(|(short, long)| Some((short, role_of(long)?)))
            .collect(),
    };
    let mut start_chars = 0u32;
    for (line, head) in text.split('\n').zip(heads) {
        let len_chars = chars_of(line);
        builder.take(
            &SourceLine {
                text: line,
                start_chars,
                len_chars,
            },
            head,
        );
        start_chars = start_chars.saturating_add(len_chars).saturating_add(1);
    }
    builder.close();
    builder.found
}

fn chars_of(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}

struct TurnBuilder<'a> {
    found: DetectedTurns,
    open: Option<Turn>,
    /// Whether the line before was blank.
    blank: bool,
    /// Whether paragraphs are set off by blank lines.
    blocks: bool,
    /// Whether headings divide the text: then it is a record, in which a paragraph without label is nobody's.
    parts: bool,
    /// Whether the open turn has a speaker or a stamp, so that unlabelled lines go on with it.
    labelled: bool,
    /// When what comes next begins, where a closing stamp has said it.
    next_at: Option<u32>,
    /// What a legend says of short labels.
    roles: BTreeMap<&'a str, SpeakerRole>,
}

impl TurnBuilder<'_> {
    fn take(&mut self, line: &SourceLine<'_>, head: Option<LineHead<'_>>) {
        let trimmed = line.text.trim_end();
        if trimmed.is_empty() {
            self.blank = true;
            return;
        }
        let end = line.start_chars + line.len_chars
            - chars_of(line.text.get(trimmed.len()..).unwrap_or_default());
        let indent = chars_of(line.text) - chars_of(line.text.trim_start());
        let start = line.start_chars + indent;
        let closing = head::closing_stamp(trimmed);
        if let Some(head) = head {
            let stamp = self
                .stamp_alone()
                .filter(|_| head.label.is_some() && head.at_millis.is_none());
            let (start, before) = stamp.map_or((start, None), |(start, at)| (start, Some(at)));
            let said = head.body.min(trimmed.len());
            let body = line.start_chars + chars_of(line.text.get(..said).unwrap_or_default());
            if stamp.is_some() {
                self.open = None;
            }
            self.open(
                start,
                body.clamp(start, end),
                end,
                head.label.map(|(label, _)| label),
                head.at_millis.or(before),
            );
            self.labelled = true;
        } else if self.begins_paragraph(line.text) {
            self.open(start, start, end, None, None);
            self.labelled = false;
        } else if let Some(turn) = &mut self.open {
            if turn.body == turn.range.end() && self.labelled {
                turn.body = start;
            }
            turn.range = TextRange::between(turn.range.start(), end);
        }
        self.next_at = closing.or(self.next_at);
        self.blank = false;
    }

    /// Where and when the open turn began, if it is a stamp and nothing else so far: it belongs to the label below it.
    fn stamp_alone(&self) -> Option<(u32, u32)> {
        let turn = self
            .open
            .as_ref()
            .filter(|turn| turn.speaker.is_none() && turn.body == turn.range.end())?;
        Some((turn.range.start(), turn.at_millis?))
    }

    /// Whether an unlabelled line begins a paragraph of its own.
    fn begins_paragraph(&self, line: &str) -> bool {
        let heading = line.trim_start().starts_with('#')
            || line.trim_start().starts_with("> ")
            || is_notice(line);
        match &self.open {
            None => true,
            Some(_) if heading => true,
            Some(_) if self.labelled => self.parts && self.blank,
            Some(_) => self.blank || !self.blocks,
        }
    }

    fn open(
        &mut self,
        start: u32,
        body: u32,
        end: u32,
        label: Option<&str>,
        at_millis: Option<u32>,
    ) {
        self.close();
        let speaker = label.and_then(|label| self.speaker(label));
        let at_millis = at_millis.or(self.next_at.take());
        self.open = Some(Turn {
            range: TextRange::between(start, end),
            body,
            speaker,
            at_millis,
        });
    }

    fn close(&mut self) {
        self.found.turns.extend(self.open.take());
    }

    fn speaker(&mut self, label: &str) -> Option<SpeakerIndex> {
        let role = self.roles.get(label).copied();
        speaker_index(&mut self.found.speakers, label, role)
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
