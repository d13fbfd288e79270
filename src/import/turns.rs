//! Turns and speakers of a transcript, found by the labels that recur at the heads of its lines.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    SpeakerOption,
    head::{self, Head, Layout},
};
use crate::model::{
    document::{Speaker, SpeakerIndex, SpeakerRole, Turn},
    text::TextRange,
};

/// What was found.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Found {
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

/// A line of the text, its line feed left out.
struct Line<'a> {
    text: &'a str,
    start_chars: u32,
    len_chars: u32,
}

/// Finds turns and speakers.
pub(super) fn find(text: &str, option: &SpeakerOption) -> Found {
    let lines = || text.split('\n');
    let heads: Vec<Option<Head<'_>>> = match option {
        SpeakerOption::None => lines().map(|_| None).collect(),
        SpeakerOption::Pattern(pattern) => lines().map(|line| by_pattern(pattern, line)).collect(),
        SpeakerOption::Auto => {
            let heads: Vec<_> = lines().map(head::parse).collect();
            let believed = Believed::of(text, &heads);
            heads.into_iter().map(|head| head.filter(|head| believed.fits(head))).collect()
        }
    };
    assemble(text, heads)
}

fn by_pattern<'a>(pattern: &regex::Regex, line: &'a str) -> Option<Head<'a>> {
    let captures = pattern.captures(line).filter(|captures| captures.get(0).is_some_and(|all| all.start() == 0))?;
    let label = captures.name("speaker")?.as_str().trim();
    let at_millis = captures.name("time").and_then(|time| head::parse_stamp(time.as_str()));
    let body = captures.get(0)?.end();
    (!label.is_empty()).then_some(Head { label: Some((label, Layout::Colon)), at_millis, body })
}

/// The labels that are speakers (what is set off by bold type or brackets once, what stands before a colon when it recurs), and whether lines of a stamp alone begin turns.
struct Believed<'a> {
    labels: BTreeSet<(&'a str, Layout)>,
    stamps: bool,
}

impl<'a> Believed<'a> {
    fn of(text: &'a str, heads: &[Option<Head<'a>>]) -> Self {
        let mut counts: BTreeMap<(&str, Layout), usize> = BTreeMap::new();
        let mut stamps = 0usize;
        for head in heads.iter().flatten() {
            match head.label {
                Some(key) => *counts.entry(key).or_default() += 1,
                None => stamps += 1,
            }
        }
        let legend = legend(text);
        let asks = counts.keys().any(|(label, _)| is_interviewer(label));
        let in_layout = |layout: Layout| counts.iter().filter(|((_, own), _)| *own == layout).map(|(_, count)| count).sum::<usize>();
        let set_off = [Layout::Bold, Layout::Bracket].map(|layout| (layout, in_layout(layout) >= 3));
        let steady = counts.values().filter(|count| **count >= 3).count() >= 2;
        let wanted = |label: &str, layout: Layout| match label.to_lowercase() {
            _ if legend.iter().any(|known| known == label) || set_off.contains(&(layout, true)) => 1,
            _ if steady && layout == Layout::Colon => 2,
            role if INTERVIEWERS.contains(&role.as_str()) || PARTICIPANTS.contains(&role.as_str()) => 2 - usize::from(asks),
            _ => 3,
        };
        let believed = counts.iter().filter(|((label, layout), count)| **count >= wanted(label, *layout) && !is_note(label));
        let labels = believed.map(|(key, _)| *key).collect();
        Self { labels, stamps: stamps >= 3 }
    }

    fn fits(&self, head: &Head<'_>) -> bool {
        head.label.map_or(self.stamps, |key| self.labels.contains(&key))
    }
}

/// The short forms that a legend at the beginning explains.
fn legend(text: &str) -> Vec<String> {
    text.split('\n').take(40).filter(|line| line.len() < 200 && line.contains('=')).flat_map(legend_of).collect()
}

/// `I = interviewer; Y = informant`: the short forms.
fn legend_of(line: &str) -> Vec<String> {
    let pairs = line.split([';', ',', '；', '，']).filter_map(|pair| pair.split_once('='));
    let short = pairs.map(|(short, long)| (short.trim(), long.trim()));
    short.filter(|(short, long)| !long.is_empty() && (1..=4).contains(&short.chars().count())).map(|(short, _)| short.to_owned()).collect()
}

/// Words that are set off like labels but speak for nobody.
fn is_note(label: &str) -> bool {
    let label = label.to_lowercase();
    ["note", "notes", "date", "place", "present", "title", "注", "备注", "日期", "地点", "时间", "时长"].contains(&label.as_str())
}

pub(super) fn is_interviewer(label: &str) -> bool {
    let label = label.to_lowercase();
    let stem = label.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace());
    INTERVIEWERS.contains(&stem)
}

/// Builds turns from the believed heads of the lines.
fn assemble(text: &str, heads: Vec<Option<Head<'_>>>) -> Found {
    let parts = (text.starts_with("## ") || text.contains("\n## "))
        && text.split('\n').zip(&heads).any(|(line, head)| line.starts_with("## ") && head.is_none());
    let mut builder = Builder { found: Found::default(), open: None, blank: false, blocks: text.contains("\n\n"), parts, labelled: false };
    let mut start_chars = 0u32;
    for (line, head) in text.split('\n').zip(heads) {
        let len_chars = chars_of(line);
        builder.take(&Line { text: line, start_chars, len_chars }, head);
        start_chars = start_chars.saturating_add(len_chars).saturating_add(1);
    }
    builder.close();
    builder.found
}

fn chars_of(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}

struct Builder {
    found: Found,
    open: Option<Turn>,
    /// Whether the line before was blank.
    blank: bool,
    /// Whether paragraphs are set off by blank lines.
    blocks: bool,
    /// Whether headings divide the text: then it is a record, in which a paragraph without label is nobody's.
    parts: bool,
    /// Whether the open turn has a speaker or a stamp, so that unlabelled lines go on with it.
    labelled: bool,
}

impl Builder {
    fn take(&mut self, line: &Line<'_>, head: Option<Head<'_>>) {
        let trimmed = line.text.trim_end();
        if trimmed.is_empty() {
            self.blank = true;
            return;
        }
        let end = line.start_chars + line.len_chars - chars_of(line.text.get(trimmed.len()..).unwrap_or_default());
        let indent = chars_of(line.text) - chars_of(line.text.trim_start());
        let start = line.start_chars + indent;
        if let Some(head) = head {
            let said = head.body.min(trimmed.len());
            let body = line.start_chars + chars_of(line.text.get(..said).unwrap_or_default());
            self.open(start, body.clamp(start, end), end, head.label.map(|(label, _)| label), head.at_millis);
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
        self.blank = false;
    }

    /// Whether an unlabelled line begins a paragraph of its own.
    fn begins_paragraph(&self, line: &str) -> bool {
        let heading = line.trim_start().starts_with('#') || line.trim_start().starts_with("> ");
        match &self.open {
            None => true,
            Some(_) if heading => true,
            Some(_) if self.labelled => self.parts && self.blank,
            Some(_) => self.blank || !self.blocks,
        }
    }

    fn open(&mut self, start: u32, body: u32, end: u32, label: Option<&str>, at_millis: Option<u32>) {
        self.close();
        let speaker = label.and_then(|label| self.speaker(label));
        self.open = Some(Turn { range: TextRange::between(start, end), body, speaker, at_millis });
    }

    fn close(&mut self) {
        self.found.turns.extend(self.open.take());
    }

    fn speaker(&mut self, label: &str) -> Option<SpeakerIndex> {
        let speakers = &mut self.found.speakers;
        let at = speakers.iter().position(|speaker| speaker.label == label).unwrap_or_else(|| {
            let role = if is_interviewer(label) { SpeakerRole::Interviewer } else { SpeakerRole::Participant };
            speakers.push(Speaker { label: label.to_owned(), role, case: None });
            speakers.len() - 1
        });
        SpeakerIndex::try_from(at).ok()
    }
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
            let speaker = turn.speaker.map_or("", |index| found.speakers[usize::from(index)].label.as_str());
            let stamp = turn.at_millis.map_or(String::new(), |millis| (millis / 1000).to_string());
            format!("{speaker}|{stamp}|{}", document.slice(turn.said()).unwrap().replace('\n', "/"))
        };
        found.turns.iter().map(show).collect()
    }

    #[test]
    fn a_labelled_transcript_with_header_lines() {
        let text = "Interview: F0001\nFamily: F0001  Phase: baseline  Date: 2023-02-01\nPresent: Interviewer, Child\n\n\
            Interviewer [00:00:04]: How is it?\n\nChild [00:00:09]: Fine 😀. I said: no.\n\nInterviewer [00:00:12]: And?\n\nChild [00:00:20]: Hm.\n\nInterviewer [00:00:30]: Yes\n\nChild [00:00:33]: 𠮷\n";
        let turns = outline(text);
        assert_eq!(turns[0], "||Interview: F0001/Family: F0001  Phase: baseline  Date: 2023-02-01/Present: Interviewer, Child");
        assert_eq!(&turns[1..3], ["Interviewer|4|How is it?", "Child|9|Fine 😀. I said: no."]);
        assert_eq!(turns.last().unwrap(), "Child|33|𠮷");
        let roles: Vec<_> = find(text, &SpeakerOption::Auto).speakers.into_iter().map(|speaker| speaker.role).collect();
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
        assert_eq!(turns[..5], ["||## Arriving", "||Ellie opened the window.", "Ms Wang||Warm?", "Ellie||No.", "||She laughed."]);
    }

    #[test]
    fn questions_and_answers_and_paragraphs() {
        assert_eq!(outline("Q: Why?\nA: Because.\nQ: Really?\nA: Yes.\n"), ["Q||Why?", "A||Because.", "Q||Really?", "A||Yes."]);
        assert_eq!(outline("One paragraph\nwrapped.\n\nAnother."), ["||One paragraph/wrapped.", "||Another."]);
        assert_eq!(outline("Line one\nLine two"), ["||Line one", "||Line two"]);
        assert_eq!(outline("I = interviewer; Y = informant\n\nI: Hi\nY: Hello"), ["||I = interviewer; Y = informant", "I||Hi", "Y||Hello"]);
    }

    proptest! {
        #[test]
        fn turns_lie_in_order_inside_any_text(text in "([A-C]|妈妈|：|: |\\[00:0[0-9]\\]|\n|\n\n|#|\\*\\*|【|】|\t|😀|word |e\u{301}){0,60}") {
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
