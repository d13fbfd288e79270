//! What a label's words say of it, whatever the text: a role, a name, a note, a sound or the beginning of a sentence.

use std::{collections::BTreeMap, sync::LazyLock};

use super::words::{
    ANSWERERS, ASKERS, CHINESE_OPENERS, CUES, IN_SENTENCES, NOTES, OPENERS, PARTICLES,
    SOMETIMES_ASKERS, SPEECH_VERBS, VERB_ENDS,
};
use crate::language::words::is_han;

/// What is usual of a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::import) enum Usual {
    /// Names somebody who asks.
    Asker,
    /// Names somebody who asks if nobody else does, such as a teacher.
    SometimesAsker,
    /// Names anybody else.
    Person,
    /// Begins a note or the head of a record.
    Note,
}

/// How much a known role speaks for a speaker.
const ROLE: f32 = 3.0;
/// How much a note speaks against one.
const NOTE: f32 = -5.0;

/// All known words with what they stand for; a word of several lists is what the first one says.
static KNOWN: LazyLock<BTreeMap<&str, Usual>> = LazyLock::new(|| {
    let mut known = BTreeMap::new();
    for (list, usual) in [
        (ASKERS, Usual::Asker),
        (SOMETIMES_ASKERS, Usual::SometimesAsker),
        (ANSWERERS, Usual::Person),
        (NOTES, Usual::Note),
    ] {
        for word in list {
            known.entry(*word).or_insert(usual);
        }
    }
    known
});

/// The label without what tells several of a kind apart: `受访者1`, `受访者A`, `组员甲`, `Speaker 2`, `SPEAKER_00`.
pub(super) fn stem(folded: &str) -> &str {
    let counts = |c: char| {
        c.is_ascii_digit()
            || c.is_whitespace()
            || ".,_-#?甲乙丙丁戊己庚辛一二三四五六七八九十".contains(c)
    };
    let stem = folded.trim_end_matches(counts);
    let before_letter = stem.strip_suffix(|c: char| c.is_ascii_lowercase());
    match before_letter.filter(|rest| rest.ends_with(is_han)) {
        Some(rest) => rest,
        None => stem,
    }
}

/// What is usual of a folded label, if anything is: by the whole of it, or by a word in it.
pub(super) fn usual(folded: &str) -> Option<Usual> {
    whole(folded).or_else(|| {
        if is_part(folded) || is_day(folded) {
            return Some(Usual::Note);
        }
        mentioned(folded)
    })
}

/// What a label stands for that is a known word, with a number or without.
fn whole(folded: &str) -> Option<Usual> {
    let by_stem = KNOWN
        .get(stem(folded))
        .filter(|usual| **usual != Usual::Note);
    KNOWN.get(folded).or(by_stem).copied()
}

/// What a label stands for that has a known word in it: `Older brother`, `王老师`, `受访者（母亲）`.
///
/// In Latin script it has to be a word, in Chinese the end or the beginning. Shorter ones, such as `I` and `妈`, are
/// parts of too many others.
fn mentioned(folded: &str) -> Option<Usual> {
    let role = |word: &str| {
        let usual = KNOWN.get(word).copied();
        usual.filter(|usual| *usual != Usual::Note)
    };
    let words = folded.split(|c: char| !c.is_alphanumeric());
    let latin = words
        .filter(|word| word.is_ascii() && word.len() > 2)
        .filter_map(role);
    if !folded.contains(is_han) {
        return latin.min();
    }
    let stem = stem(folded);
    let ends = stem.char_indices().rev().skip(1).take(6);
    let ends = ends.filter_map(|(at, _)| role(stem.get(at..)?));
    let starts = folded.char_indices().skip(2).take(6);
    let starts = starts.filter_map(|(at, _)| role(folded.get(..at)?));
    ends.chain(starts).chain(latin).min()
}

/// Returns true if words name a sound, a pause or a way of speaking; `to the child` says to whom.
pub(super) fn is_cue(folded: &str) -> bool {
    let mut words = folded.split(|c: char| !(c.is_alphanumeric() || c == '-' || c == '\''));
    folded.starts_with("to ")
        || folded.starts_with('对')
        || words.any(|word| CUES.contains(&word))
        || CUES
            .iter()
            .any(|cue| !cue.is_ascii() && folded.contains(cue))
}

/// Returns true for parts of a recording: `part 2`, `第二部分`.
fn is_part(folded: &str) -> bool {
    const PARTS: [&str; 8] = [
        "part",
        "session",
        "section",
        "track",
        "tape",
        "file",
        "interview",
        "chapter",
    ];
    const CHINESE_PARTS: [&str; 8] = ["部分", "段", "节", "節", "次", "章", "场", "讲"];
    let is_number =
        |rest: &str| !rest.is_empty() && rest.trim().bytes().all(|c| c.is_ascii_digit());
    PARTS
        .iter()
        .any(|part| folded.strip_prefix(part).is_some_and(is_number))
        || folded.starts_with('第') && CHINESE_PARTS.iter().any(|part| folded.ends_with(part))
}

/// Returns true for a date: `2024年3月15日`, `march 15, 2024`.
fn is_day(folded: &str) -> bool {
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
    let is_month = |word: &str| {
        let starts =
            |month: &&str| month.starts_with(word) && [3, month.len()].contains(&word.len());
        MONTHS.iter().any(starts)
    };
    if !folded.contains(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let is_chinese = folded.contains('月') && folded.contains(['日', '号', '號', '年']);
    let mut numbers = folded.split(|c: char| !c.is_ascii_digit());
    let has_year = numbers
        .any(|number| number.len() == 4 && (number.starts_with("19") || number.starts_with("20")));
    let mut words = folded.split(|c: char| !c.is_alphabetic());
    let has_month = words.any(is_month);
    is_chinese || has_year && has_month
}

/// How much the words of a label alone speak for a speaker: from -6 for `She said` to 3 for `Interviewer`.
///
/// `base` is the label without brackets, as it is written; `folded` is its folded form.
pub(super) fn plausibility(base: &str, folded: &str) -> f32 {
    let shape = |base| {
        if folded.contains(is_han) {
            chinese_shape(folded)
        } else {
            latin_shape(base, folded)
        }
    };
    match whole(folded) {
        Some(Usual::Note) => return NOTE,
        Some(_) => return ROLE,
        None => {}
    }
    if is_part(folded) || is_day(folded) {
        return NOTE;
    }
    let shape = shape(base);
    // `Older brother` and `小明的妈妈` are people; `I asked the teacher` isn't.
    if shape > -3.0 && mentioned(folded).is_some() {
        (shape + 2.5).clamp(1.0, ROLE)
    } else {
        shape
    }
}

fn chinese_shape(folded: &str) -> f32 {
    let length = folded.chars().filter(|c| !c.is_whitespace()).count();
    let mut shape = match length {
        0..=4 => 1.0,
        5..=8 => 0.5,
        9..=14 => 0.0,
        _ => -1.0,
    };
    // `一、结论` is an item of a list.
    let item = folded
        .trim_start_matches(|c| "〇一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾㈠㈡㈢㈣㈤".contains(c));
    if item.len() < folded.len() && item.starts_with(['、', '.', ',']) {
        shape -= 4.0;
    }
    if CHINESE_OPENERS
        .iter()
        .any(|opener| folded.starts_with(opener))
    {
        shape -= 3.0;
    }
    if folded.ends_with(VERB_ENDS) {
        shape -= 4.0;
    }
    for _ in folded.chars().filter(|c| IN_SENTENCES.contains(c)).take(3) {
        shape -= 1.5;
    }
    shape
}

fn latin_shape(base: &str, folded: &str) -> f32 {
    let words = || {
        base.split(|c: char| c.is_whitespace() || c == '/' || c == '|')
            .filter(|word| !word.is_empty())
    };
    let length = base.chars().take(13).count();
    let n_words = words().filter(|word| !PARTICLES.contains(word)).count();
    let ends_in_digit = base.ends_with(|c: char| c.is_ascii_digit());
    let is_capital = n_words == 1 && length <= 12 && !base.contains(char::is_lowercase);
    // `GK`, `P1`, `F01-C`, `SPEAKER_00`.
    if is_capital && (ends_in_digit || length <= 6) {
        return 2.0;
    }
    if ends_in_digit && n_words <= 2 && base.starts_with(char::is_uppercase) {
        return 1.5;
    }
    let mut shape = match n_words {
        0..=4 => 1.0,
        5..=6 => 0.0,
        _ => -1.0,
    };
    let mut folded_words = folded.split(|c: char| !(c.is_alphanumeric() || c == '\''));
    if folded_words
        .next()
        .is_some_and(|word| OPENERS.contains(&word))
    {
        shape -= 3.0;
    }
    let lower =
        words().filter(|word| word.starts_with(char::is_lowercase) && !PARTICLES.contains(word));
    for _ in lower.take(2) {
        shape -= 1.5;
    }
    if folded_words
        .next_back()
        .is_some_and(|word| SPEECH_VERBS.contains(&word))
    {
        shape -= 3.0;
    }
    if folded.ends_with(['.', ',']) && length > 6 {
        shape -= 1.0;
    }
    shape
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::fold::fold;

    #[test]
    fn people_are_more_plausible_than_sentences_and_notes() {
        let weigh = |label: &str| plausibility(label, &fold(label));
        for person in [
            "Interviewer",
            "P1",
            "GK",
            "Speaker 2",
            "SPEAKER_00",
            "Older brother",
            "Jane Doe",
            "Dr. Ana de la Cruz",
            "访谈者",
            "受访者1",
            "受访者A",
            "组员甲",
            "王老师",
            "小明的妈妈",
            "林女士",
            "保安",
            "欧阳晓雨",
            "C市Y社区居委会工作人员",
        ] {
            assert!(weigh(person) >= 1.0, "{person} {}", weigh(person));
        }
        for words in [
            "She said",
            "At school",
            "You see, first",
            "老师说",
            "在学校",
            "比如说",
            "我妈妈问",
            "I asked the teacher",
            "Date",
            "录音时长",
            "Part 2",
            "第二部分",
            "March 15, 2024",
            "2024年3月15日",
        ] {
            assert!(weigh(words) <= -1.0, "{words} {}", weigh(words));
        }
    }

    #[test]
    fn words_say_who_asks() {
        let says = |label: &str| usual(&fold(label));
        assert_eq!(says("Interviewer 2"), Some(Usual::Asker));
        assert_eq!(says("采访人"), Some(Usual::Asker));
        assert_eq!(says("王老师"), Some(Usual::SometimesAsker));
        assert_eq!(says("Mum/Carer"), Some(Usual::Person));
        assert_eq!(says("出席人员"), Some(Usual::Note));
        assert_eq!(says("id1"), None);
        assert_eq!(says("Jane"), None);
    }

    #[test]
    fn cues_are_no_people() {
        for cue in [
            "laughs",
            "to the child",
            "phone rings",
            "inaudible 00:12",
            "笑",
            "录音中断",
            "电话铃声",
        ] {
            assert!(is_cue(cue), "{cue}");
        }
        for name in ["f, 34", "sam", "化名", "母亲", "女，10岁"] {
            assert!(!is_cue(name), "{name}");
        }
    }
}
