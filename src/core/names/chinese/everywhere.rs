//! Names that were found somewhere, looked for everywhere.

use super::{
    super::{LIKELY, POSSIBLE, SURE},
    ChineseNames, Evidence, Found, Letters, NameKind, TaggedText, WordKind,
    hints::title_here,
    lists::{AFTER_SUBJECT, AFTER_THING, BEFORE_THING, RELATIVES, SHORT_TITLES},
};
use crate::language::words::is_han;

impl ChineseNames {
    /// Adds the places of all names that have enough evidence.
    pub(super) fn find_names(&self, letters: &Letters, text: &TaggedText, found: &mut Vec<Found>) {
        let mut at = 0;
        while at < letters.len() {
            let names = self.sought.get(&letters.at(at));
            let here = names.and_then(|names| {
                names.iter().find(|(name, evidence)| {
                    let fits = letters.plain.get(at..at + name.len()) == Some(name.as_slice());
                    fits && is_name_here(letters, text, at, name, *evidence)
                })
            });
            let Some((name, evidence)) = here else {
                at += 1;
                continue;
            };
            let mut end = at + name.len();
            let mut kind = evidence.kind;
            if let Some(title) = own_title(letters, text, end, *evidence) {
                end += title.chars().count();
                kind = NameKind::TitleName;
            }
            found.push(Found {
                start: at,
                end,
                kind,
                confidence: confidence(*evidence),
            });
            at = end;
        }
    }
}

fn confidence(evidence: Evidence) -> u8 {
    match (evidence.ordinary, evidence.strong, evidence.weak) {
        (false, 1.., _) => SURE,
        (false, 0, 4..) | (true, 1.., _) => LIKELY,
        _ => POSSIBLE,
    }
}

/// The title behind a name, as in 艾达老师; the words of kinship in 明明妈妈 name somebody else.
fn own_title(
    letters: &Letters,
    text: &TaggedText,
    at: usize,
    evidence: Evidence,
) -> Option<&'static str> {
    if evidence.kind == NameKind::TitleName {
        return None;
    }
    let title = title_here(letters, at)?;
    let other = RELATIVES.contains(&title) || SHORT_TITLES.contains(&title);
    let end = at + title.chars().count();
    (!other && (title.chars().count() > 1 || text.ends_word(end))).then_some(title)
}

/// Returns true if a name is meant where its characters stand.
fn is_name_here(
    letters: &Letters,
    text: &TaggedText,
    at: usize,
    name: &[char],
    evidence: Evidence,
) -> bool {
    let end = at + name.len();
    let tagged = (at..end).all(|at| text.kind(at) == WordKind::Person);
    if !evidence.ordinary {
        // Two characters can be the end of one word and the beginning of another, or belong to a longer one (小胖, 小胖子).
        let within = text.word(at).is_some_and(|word| {
            word.start == at
                && word.end > end
                && word.kind != WordKind::Person
                && word.end - at <= 4
        });
        let reaches_in = !text.begins_word(at)
            && !tagged
            && text
                .word(at)
                .is_some_and(|word| word.kind == WordKind::Verb && word.end == at + 1);
        let longer = name.len() == 2 && within && is_word_end(letters.at(end));
        // 老陈醋 is 老 and 陈醋.
        let crosses = name.len() == 2
            && !tagged
            && text.word(end - 1).is_some_and(|word| {
                word.start == end - 1
                    && word.end > end
                    && word.kind != WordKind::Person
                    && word.end - word.start == 2
            });
        // 文文静静.
        let doubled = super::hints::is_reduplicated(name)
            && letters.at(end) == letters.at(end + 1)
            && is_han(letters.at(end));
        return (!doubled || text.ends_word(end))
            && (tagged
                || !(longer || crosses || reaches_in && name.len() == 2 && evidence.strong == 0));
    }
    ordinary_word_is_name(letters, text, at, end, tagged)
}

/// Returns true for characters that make another word of a nickname.
fn is_word_end(c: char) -> bool {
    is_han(c) && matches!(c, '子' | '们' | '处' | '儿' | '头' | '婆')
}

/// Decides for a word of the dictionary by what stands around it.
fn ordinary_word_is_name(
    letters: &Letters,
    text: &TaggedText,
    at: usize,
    end: usize,
    tagged: bool,
) -> bool {
    let kind = text.kind(at);
    let whole = text.begins_word(at) && text.ends_word(end);
    let after = |words: &[&str]| words.iter().any(|word| letters.has(end, word));
    let before = |words: &[&str]| words.iter().any(|word| letters.has_before(at, word));
    let opens = !is_han(letters.before(at));
    let closes = !is_han(letters.at(end));
    // 明明明明 is the name and then the word.
    let twice = letters.plain.get(at..end) == letters.plain.get(end..end + (end - at));
    let again =
        at >= end - at && letters.plain.get(at - (end - at)..at) == letters.plain.get(at..end);
    if again {
        return false;
    }
    if twice {
        return true;
    }
    if after(AFTER_THING) && !tagged {
        return false;
    }
    let to_whom = before(&[
        "给", "跟", "和", "找", "叫", "把", "被", "对", "让", "带", "陪", "问", "像", "见", "帮",
        "说", "于是", "连", "比", "还有", "有",
    ]);
    match kind {
        _ if tagged && whole => !before(BEFORE_THING) || opens,
        WordKind::Noun | WordKind::OtherName | WordKind::Place | WordKind::Organisation => {
            whole && !before(BEFORE_THING)
        }
        _ if tagged => !before(BEFORE_THING),
        _ if super::lists::looks_given(letters.plain.get(at..end).unwrap_or(&[])) && whole => {
            !before(BEFORE_THING) && !before_time(letters, end)
        }
        WordKind::Verb | WordKind::Quality | WordKind::Measure | WordKind::Time => {
            let subject = opens && after(AFTER_SUBJECT);
            let object = to_whom
                && (closes
                    || after(&[
                        "打", "说", "讲", "送", "买", "带", "写", "做", "他", "她", "也", "都",
                        "的", "去", "来", "一起",
                    ]));
            subject && !before_time(letters, end) || object
        }
        WordKind::Person | WordKind::Pronoun | WordKind::Grammar | WordKind::Mark => false,
    }
}

/// 建国七十周年: a number follows what isn't a person.
fn before_time(letters: &Letters, at: usize) -> bool {
    matches!(
        letters.at(at),
        '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '以' | '初'
    )
}
