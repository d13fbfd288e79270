//! Which labels of a transcript name speakers.
//!
//! `Note: …` has the layout of `Ann: …`, so a label is accepted by how often it recurs. How often it must depends on what else speaks for it:
//! its layout, a legend, a time stamp, a usual word such as `Interviewer`.

use std::collections::{BTreeMap, BTreeSet};

use super::head::{LabelLayout, LineHead};
use crate::model::document::SpeakerRole;

/// Labels of interviewers.
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

/// Labels of participants; like those of interviewers they are accepted at their second occurrence.
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

/// Further words for participants in a legend.
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

/// A label with its layout.
type LabelInLayout<'a> = (&'a str, LabelLayout);

/// The labels that are accepted as speakers.
pub(super) struct AcceptedLabels<'a> {
    labels: BTreeSet<LabelInLayout<'a>>,
    /// True if lines that consist of a time stamp begin turns.
    stamps: bool,
}

impl<'a> AcceptedLabels<'a> {
    /// Decides by the heads of all lines of a text.
    pub(super) fn of(text: &'a str, heads: &[Option<LineHead<'a>>]) -> Self {
        let evidence = LabelEvidence::of(text, heads);
        Self {
            labels: evidence
                .counts
                .iter()
                .filter(|(label, count)| {
                    **count >= evidence.occurrences_needed(**label) && !is_note(label.0)
                })
                .map(|(label, _)| *label)
                .collect(),
            // One or two such lines may be clock times in the text.
            stamps: evidence.stamps >= 3,
        }
    }

    /// Returns true if a head begins a turn.
    pub(super) fn accept(&self, head: &LineHead<'_>) -> bool {
        match head.label {
            Some(label) => self.labels.contains(&label),
            None => self.stamps,
        }
    }
}

/// What a text says about its labels.
struct LabelEvidence<'a> {
    counts: BTreeMap<LabelInLayout<'a>, usize>,
    /// Labels with a time stamp in the text's main layout, if several have one.
    timed: BTreeSet<LabelInLayout<'a>>,
    /// Number of lines that consist of a time stamp.
    stamps: usize,
    legend: Vec<(&'a str, &'a str)>,
    /// True if a label is that of an interviewer.
    has_interviewer: bool,
    /// True if two labels recur three times or more.
    is_steady: bool,
    /// True if nearly every line has a label and one is an interviewer's.
    is_short_talk: bool,
}

impl<'a> LabelEvidence<'a> {
    fn of(text: &'a str, heads: &[Option<LineHead<'a>>]) -> Self {
        let mut counts: BTreeMap<LabelInLayout<'_>, usize> = BTreeMap::new();
        let mut timed: BTreeSet<LabelInLayout<'_>> = BTreeSet::new();
        let (mut stamps, mut with_both) = (0usize, 0usize);
        for head in heads.iter().flatten() {
            match head.label {
                Some(label) => {
                    *counts.entry(label).or_default() += 1;
                    if head.at_millis.is_some() && is_name(label) {
                        timed.insert(label);
                        with_both += 1;
                    }
                }
                None => stamps += 1,
            }
        }
        let has_interviewer = counts.keys().any(|(label, _)| is_interviewer(label));
        let mut evidence = Self {
            is_steady: counts.values().filter(|count| **count >= 3).count() >= 2,
            counts,
            timed: BTreeSet::new(),
            stamps,
            legend: legend(text),
            has_interviewer,
            is_short_talk: false,
        };
        let labelled = evidence.in_layout(LabelLayout::Colon);
        evidence.is_short_talk =
            has_interviewer && labelled >= 4 && labelled * 5 >= 4 * filled_lines(text);
        // A label with a stamp must have the layout that most labels have: a stamp within a paragraph (`So I [00:12:00] went`) makes no label.
        if with_both >= 3 {
            timed.retain(|(_, layout)| evidence.is_main_layout(*layout));
            evidence.timed = timed;
        }
        evidence
    }

    /// Number of lines with a label in a layout.
    fn in_layout(&self, layout: LabelLayout) -> usize {
        self.counts
            .iter()
            .filter(|((_, own), _)| *own == layout)
            .map(|(_, count)| count)
            .sum()
    }

    fn is_main_layout(&self, layout: LabelLayout) -> bool {
        self.counts
            .keys()
            .all(|(_, other)| self.in_layout(*other) <= self.in_layout(layout))
    }

    /// How often a label must occur to be accepted.
    fn occurrences_needed(&self, label: LabelInLayout<'_>) -> usize {
        let (name, layout) = label;
        // Bold type and brackets around the beginning of a line hardly set off anything but speakers.
        let is_set_off = matches!(layout, LabelLayout::Bold | LabelLayout::Bracket)
            && self.in_layout(layout) >= 3;
        // Of labels with stamps one is enough: a misspelt label isn't part of what was said before.
        if is_set_off
            || self.timed.contains(&label)
            || self.legend.iter().any(|(short, _)| *short == name)
        {
            return 1;
        }
        let lower = name.to_lowercase();
        let is_usual =
            INTERVIEWERS.contains(&lower.as_str()) || PARTICIPANTS.contains(&lower.as_str());
        if (self.is_steady || self.is_short_talk) && layout == LabelLayout::Colon {
            2
        } else if is_usual {
            // `Mother` once is a speaker if somebody interviews her.
            if self.has_interviewer { 1 } else { 2 }
        } else {
            3
        }
    }
}

fn filled_lines(text: &str) -> usize {
    text.split('\n')
        .filter(|line| !line.trim().is_empty())
        .count()
}

/// The short labels that a legend at the beginning of a text explains, with what they stand for.
pub(super) fn legend(text: &str) -> Vec<(&str, &str)> {
    text.split('\n')
        // A legend is at the beginning, though a header may come before it.
        .take(40)
        .filter(|line| line.len() < 200 && line.contains(['=', '＝']))
        .flat_map(legend_of_line)
        .collect()
}

/// Parses `I = interviewer; Y = informant`.
fn legend_of_line(line: &str) -> Vec<(&str, &str)> {
    line.split([';', ',', '；', '，'])
        .filter_map(|pair| pair.split_once(['=', '＝']))
        .map(|(short, long)| {
            // Before the first label may be a name for the legend itself, `Speakers: I = interviewer`.
            let short = match short.rsplit_once([':', '：']) {
                Some((_, short)) => short,
                None => short,
            };
            (short.trim(), long.trim())
        })
        .filter(|(short, long)| !long.is_empty() && (1..=4).contains(&short.chars().count()))
        .collect()
}

/// The role that a legend's words stand for; `None` if they are the name of a person.
pub(super) fn role_of(long: &str) -> Option<SpeakerRole> {
    let long = long.to_lowercase();
    if INTERVIEWERS.iter().any(|known| mentions(&long, known)) {
        return Some(SpeakerRole::Interviewer);
    }
    PARTICIPANTS
        .iter()
        .chain(ANSWERERS)
        .any(|known| mentions(&long, known))
        .then_some(SpeakerRole::Participant)
}

/// Returns true if a text mentions a known label, in Latin script as a whole word.
///
/// Labels of one or two letters, such as `I`, are too common as words.
fn mentions(text: &str, known: &str) -> bool {
    if known.is_ascii() {
        known.len() > 2
            && text
                .split(|c: char| !c.is_alphanumeric())
                .any(|word| word.trim_end_matches('s') == known)
    } else {
        known.chars().count() > 1 && text.contains(known)
    }
}

/// Returns true for the label of an interviewer, with a number or without: `Interviewer 2`.
pub(super) fn is_interviewer(label: &str) -> bool {
    let label = label.to_lowercase();
    let stem = label.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace());
    INTERVIEWERS.contains(&stem)
}

/// Returns true if a label with a stamp reads as a name.
///
/// Before a colon everything does. Before a bare stamp only capitalised words do: `We left at 10:05` is a sentence.
fn is_name((label, layout): LabelInLayout<'_>) -> bool {
    layout != LabelLayout::Stamped
        || label.split_whitespace().count() <= 4
            && label
                .split_whitespace()
                .all(|word| word.starts_with(|c: char| !c.is_lowercase()))
}

/// Returns true for words that have the layout of a label and name no speaker: notes, dates, parts of a recording.
fn is_note(label: &str) -> bool {
    const NOTES: [&str; 12] = [
        "note", "notes", "date", "place", "present", "title", "注", "备注", "日期", "地点", "时间",
        "时长",
    ];
    const PARTS: [&str; 6] = ["part", "session", "section", "track", "tape", "file"];
    const CHINESE_PARTS: [&str; 5] = ["部分", "段", "节", "節", "次"];
    let label = label.to_lowercase();
    let is_part = PARTS.iter().any(|part| {
        label
            .strip_prefix(part)
            .is_some_and(|rest| rest.trim().chars().all(|c| c.is_ascii_digit()))
    });
    is_part
        || label.starts_with('第') && CHINESE_PARTS.iter().any(|part| label.ends_with(part))
        || is_day(&label)
        || NOTES.contains(&label.as_str())
}

/// Returns true for a date, in lower case: `2024年3月15日`, `march 15, 2024`.
fn is_day(label: &str) -> bool {
    if !label.contains(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let is_chinese = label.contains('月') && label.contains(['日', '号', '號', '年']);
    let has_year = label
        .split(|c: char| !c.is_ascii_digit())
        .any(|word| word.len() == 4 && (word.starts_with("19") || word.starts_with("20")));
    is_chinese || has_year && label.split(|c: char| !c.is_alphabetic()).any(is_month)
}

/// Returns true for the English name of a month or its first three letters.
fn is_month(word: &str) -> bool {
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
    word.len() >= 3
        && MONTHS
            .iter()
            .any(|month| *month == word || month.starts_with(word) && word.len() == 3)
}
