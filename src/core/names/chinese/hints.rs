//! What speaks for a name, in one text.

use super::{
    super::{LIKELY, SURE},
    ChineseNames, Found, Letters, NameKind, TaggedText, TaggedWord, WordKind,
    lists::{
        CALLED, KIN, NICKNAME_CUES, NO_NICKNAMES, RELATIVES, SHORT_TITLES, TITLES, ends_as_thing,
        is_ambiguous, is_frequent, is_grammatical, is_look, is_surname, is_wordy, looks_given,
        sounds_foreign, surname_len,
    },
};
use crate::language::words::is_han;

/// The longest name that is made of Han characters alone and isn't foreign.
const LONGEST: usize = 4;

impl ChineseNames {
    /// Keeps the evidence in a text, and the mentions that are plain from their form alone.
    pub(super) fn collect(&mut self, letters: &Letters, text: &mut TaggedText) {
        for at in 0..letters.len() {
            if !is_han(letters.at(at)) {
                continue;
            }
            if letters.before(at) == '姓' && is_surname(letters.at(at)) {
                self.surnames.insert(letters.at(at));
            }
            self.surname_and_title(letters, text, at);
            self.short_nickname(letters, text, at);
            self.introduced(letters, text, at);
            self.after_relative(letters, text, at);
            surname_alone(letters, text, at);
        }
        let words = std::mem::take(&mut text.words);
        for word in &words {
            if word.kind == WordKind::Person {
                self.person_word(letters, text, *word);
            }
        }
        text.words = words;
    }

    /// A word that the tagger takes for a person.
    fn person_word(&mut self, letters: &Letters, text: &mut TaggedText, word: TaggedWord) {
        let overlaps = |found: &Found| found.start < word.end && word.start < found.end;
        if text.plain.iter().any(overlaps) {
            return;
        }
        let Some(name) = letters.plain.get(word.start..word.end) else {
            return;
        };
        if !name.iter().all(|c| is_han(*c) || *c == '·') {
            return;
        }
        let name = without_title(name);
        let surname = surname_len(name);
        let is_full = (surname == 1 && (2..=3).contains(&name.len()))
            || (surname == 2 && (3..=4).contains(&name.len()));
        let kind = if is_short_form(name) || is_reduplicated(name) {
            NameKind::Nickname
        } else {
            NameKind::Person
        };
        // A surname and one character are often the beginning of something else.
        let is_whole = name.len() > 2 || name.len() == word.end - word.start;
        let foreign = sounds_foreign(name) || name.contains(&'·');
        let given = name.get(surname..).unwrap_or(&[]);
        let wordy = surname == 1
            && name.first().is_some_and(|c| is_wordy(*c))
            && !looks_given(given)
            && (given.len() < 2 || ends_as_thing(given) || self.is_ordinary_name(given));
        let frequent =
            surname == 2 || name.first().is_some_and(|c| is_frequent(*c)) || looks_given(given);
        if (is_full && is_whole && !wordy && frequent && !self.is_ordinary_name(name))
            || name.contains(&'·')
        {
            self.strong(name, kind);
        } else if name.len() <= LONGEST || foreign {
            if !wordy {
                self.weak(name, kind);
            }
            if foreign && name.len() > 2 || is_short_form(name) && !is_listed(name) {
                self.weak(name, kind);
            }
        }
        // What is left of 王老师 is found by its title.
    }

    fn is_ordinary_name(&mut self, name: &[char]) -> bool {
        let text: String = name.iter().collect();
        self.is_ordinary(&text)
    }

    /// 王老师, 欧阳老师, 小周大夫, 艾达老师, 林委员淑芬.
    fn surname_and_title(&mut self, letters: &Letters, text: &mut TaggedText, at: usize) {
        let Some(rest) = letters.plain.get(at..) else {
            return;
        };
        let surname = surname_len(rest);
        if surname == 0 {
            return;
        }
        let start = with_prefix(letters, at);
        let title_at = at + surname;
        let Some(title) = title_here(letters, title_at) else {
            return;
        };
        let end = title_at + title.chars().count();
        let stem = letters.plain.get(start..title_at).unwrap_or(&[]);
        let whole: String = letters.text(start, end);
        if self.is_ordinary(&whole)
            || super::is_general(&whole)
            || !opens_a_name(
                text,
                letters,
                start,
                at,
                surname == 1 && !self.surnames.contains(&letters.at(at)),
            )
            || !stands_as_title(letters, text, title, start, title_at, end)
        {
            return;
        }
        if start < at && !is_listed(stem) {
            self.strong(stem, NameKind::Nickname);
        }
        let name = letters.plain.get(start..end).unwrap_or(&[]);
        let mut name = name.to_vec();
        self.strong(&name, NameKind::TitleName);
        let mut whole = end;
        // In Taiwan the given name follows the title: 林委员淑芬.
        if title.chars().count() >= 2
            && let Some(given) = text.word(end)
            && given.start == end
            && given.kind == WordKind::Person
            && given.end - given.start == 2
        {
            whole = given.end;
            name.extend_from_slice(letters.plain.get(end..whole).unwrap_or(&[]));
        }
        text.plain.push(Found {
            start,
            end: whole,
            kind: NameKind::TitleName,
            confidence: SURE,
        });
    }

    /// 小刘, 老陈, 阿明.
    fn short_nickname(&mut self, letters: &Letters, text: &TaggedText, at: usize) {
        let Some(name) = letters.plain.get(at..at + 2) else {
            return;
        };
        let is_name = text.kind(at + 1) == WordKind::Person
            || matches!(
                text.kind(at),
                WordKind::Person | WordKind::Noun | WordKind::Quality
            ) && text.begins_word(at)
                && text.ends_word(at + 2);
        if !is_name || !is_short_form(name) || is_listed(name) || !text.begins_word(at) {
            return;
        }
        if name[0] == '阿' {
            if text.kind(at) == WordKind::Person {
                self.weak(name, NameKind::Nickname);
                self.weak(name, NameKind::Nickname);
            }
        } else if (is_frequent(name[1]) || text.kind(at) == WordKind::Person && is_surname(name[1]))
            && !self.is_ordinary_name(name)
        {
            self.strong(name, NameKind::Nickname);
        } else if is_look(name[1]) && letters.has_before(at, "个") && !is_han(letters.at(at + 2)) {
            // 还有个小胖，
            self.strong(name, NameKind::Nickname);
        }
    }

    /// 名叫何秀珍, 小名叫石头, 同桌叫高兴.
    fn introduced(&mut self, letters: &Letters, text: &mut TaggedText, at: usize) {
        if let Some(cue) = NICKNAME_CUES.iter().find(|cue| letters.has(at, cue)) {
            let start = at + cue.chars().count();
            let single = cue.starts_with("单名");
            if let Some(end) = short_end(letters, text, start).filter(|_| !single) {
                self.introduce(letters, text, start, end, true);
            } else if single && is_han(letters.at(start)) {
                text.plain.push(Found {
                    start,
                    end: start + 1,
                    kind: NameKind::Person,
                    confidence: SURE,
                });
            }
        }
        // 杜鹃是我同桌.
        let whose = [
            "是我",
            "是他",
            "是她",
            "是我的",
            "是他的",
            "是她的",
            "是我们",
        ];
        if whose.iter().any(|whose| {
            letters.has(at, whose)
                && KIN
                    .iter()
                    .any(|kin| letters.has(at + whose.chars().count(), kin))
        }) {
            let start = (0..at).rev().find(|from| !is_han(letters.at(*from)));
            let start = start.map_or(0, |from| from + 1);
            let name = letters.plain.get(start..at).unwrap_or(&[]);
            let shape = surname_len(name) > 0
                || looks_given(name)
                || sounds_foreign(name)
                || is_reduplicated(name);
            if (2..=3).contains(&name.len()) && shape && text.kind(start) != WordKind::Pronoun {
                self.introduce(letters, text, start, at, true);
            }
        }
        // 石头是小名.
        if letters.has(at, "是小名")
            || letters.has(at, "是外号")
            || letters.has(at, "是他小名")
            || letters.has(at, "是她小名")
        {
            let start = (0..at).rev().find(|from| !is_han(letters.at(*from)));
            let start = start.map_or(0, |from| from + 1);
            if (2..=3).contains(&(at - start)) {
                self.introduce(letters, text, start, at, true);
            }
        }
        if letters.at(at) == '叫' {
            let called = CALLED.iter().any(|who| letters.has_before(at, who));
            let mut start = at + 1;
            let mut calls = called || letters.before(at) == '，';
            for who in ["我", "他", "她", "你", "您", "咱", "作", "做"] {
                if letters.has(start, who) {
                    start += 1;
                    calls = true;
                    break;
                }
            }
            if calls && let Some(end) = short_end(letters, text, start) {
                self.introduce(letters, text, start, end, false);
            }
        }
        let shouted = letters.at(at) == '喊' && matches!(letters.at(at + 1), '我' | '他' | '她');
        if shouted && let Some(end) = short_end(letters, text, at + 2) {
            self.introduce(letters, text, at + 2, end, false);
        }
    }

    /// A word after what introduces names; any short word after what introduces nicknames.
    fn introduce(
        &mut self,
        letters: &Letters,
        text: &mut TaggedText,
        start: usize,
        end: usize,
        any: bool,
    ) {
        let Some(name) = letters.plain.get(start..end) else {
            return;
        };
        let word: String = name.iter().collect();
        if TITLES
            .iter()
            .any(|title| word.ends_with(title) && word.chars().count() > 1)
            || text.kind(start) == WordKind::Pronoun
            || super::is_general(&word)
        {
            return;
        }
        let surname = surname_len(name);
        let shape = surname > 0 && (2..=3).contains(&name.len())
            || is_reduplicated(name)
            || is_short_form(name) && !is_listed(name)
            || matches!(name, [_, '宝' | '娃' | '妹' | '仔' | '妞'])
            || (looks_given(name) || sounds_foreign(name)) && !self.is_ordinary(&word)
            || text.kind(start) == WordKind::Person;
        if !(any || shape) {
            return;
        }
        let kind = if any || surname == 0 {
            NameKind::Nickname
        } else {
            NameKind::Person
        };
        let kind = if surname > 0 && name.len() == 3 {
            NameKind::Person
        } else {
            kind
        };
        self.strong(name, kind);
        text.plain.push(Found {
            start,
            end,
            kind,
            confidence: LIKELY,
        });
    }

    /// 外孙石头。儿子小宝，: a short noun at the end of a clause behind a word of kinship.
    fn after_relative(&mut self, letters: &Letters, text: &TaggedText, at: usize) {
        let called = letters.before(at) == '是';
        let kin_end = if called { at - 1 } else { at };
        if !KIN.iter().any(|kin| letters.has_before(kin_end, kin)) || !text.begins_word(at) {
            return;
        }
        let Some(word) = text.word(at) else {
            return;
        };
        let name = letters.plain.get(word.start..word.end).unwrap_or(&[]);
        let closes = matches!(
            letters.at(word.end),
            '。' | '，' | '、' | '；' | '！' | '？' | '\n'
        );
        let is_noun = matches!(
            word.kind,
            WordKind::Noun | WordKind::OtherName | WordKind::Person
        );
        if closes && is_noun && name.len() == 2 && name.iter().all(|c| is_han(*c)) {
            let word: String = name.iter().collect();
            let shape = looks_given(name)
                || sounds_foreign(name)
                || is_short_form(name) && !is_listed(name);
            if shape && !self.is_ordinary(&word) || is_reduplicated(name) {
                let kind = if is_reduplicated(name) || is_short_form(name) {
                    NameKind::Nickname
                } else {
                    NameKind::Person
                };
                self.strong(name, kind);
            } else if !called {
                self.weak(name, NameKind::Nickname);
            }
        }
    }
}

/// 姓何, and the family of 马家.
fn surname_alone(letters: &Letters, text: &mut TaggedText, at: usize) {
    let Some(rest) = letters.plain.get(at..) else {
        return;
    };
    let len = surname_len(rest);
    if len == 0 {
        return;
    }
    let end = at + len;
    let after_word = letters.before(at) == '姓'
        && !matches!(letters.before(at - 1), '百' | '老' | '同')
        && (!is_han(letters.at(end))
            || matches!(
                letters.at(end),
                '的' | '，'
                    | '叫'
                    | '名'
                    | '啊'
                    | '吧'
                    | '嘛'
                    | '呢'
                    | '那'
                    | '人'
                    | '还'
                    | '是'
                    | '也'
            ));
    if after_word {
        text.plain.push(Found {
            start: at,
            end,
            kind: NameKind::Person,
            confidence: SURE,
        });
        return;
    }
    if letters.at(end) == '家' && !is_listed_home(letters, at, end) {
        let tagged = text.kind(at) == WordKind::Person;
        let word_starts = text.begins_word(at) && !matches!(letters.before(at), '小' | '大' | '老');
        let follows = [
            "那", "的", "人", "老", "里", "这", "一", "也", "都", "几", "和", "、", "，", "。",
        ];
        let goes_on = follows.iter().any(|next| letters.has(end + 1, next));
        let sure = len == 2 || (tagged && !is_ambiguous(letters.at(at)));
        if word_starts
            && (sure || goes_on && !is_ambiguous(letters.at(at)) && text.kind(at) != WordKind::Verb)
        {
            text.plain.push(Found {
                start: at,
                end: end + 1,
                kind: NameKind::Person,
                confidence: LIKELY,
            });
        }
    }
}

/// Words of a surname and 家 that are no family.
fn is_listed_home(letters: &Letters, at: usize, end: usize) -> bool {
    const WORDS: &[&str] = &[
        "国家", "大家", "自家", "人家", "全家", "安家", "成家", "居家", "管家", "商家", "厂家",
        "农家", "东家", "行家", "专家", "作家", "公家", "皇家", "官家", "冤家", "酒家", "卖家",
        "买家", "画家", "店家", "儒家", "道家", "法家", "兵家", "独家", "各家", "那家", "这家",
        "哪家", "何家", "几家", "单家", "方家", "归家", "离家", "和家", "从家", "向家", "于家",
        "在家", "有家", "来家", "计家", "时家",
    ];
    const INSIDE: &[&str] = &[
        "家长",
        "家庭",
        "家具",
        "家务",
        "家乡",
        "家教",
        "家属",
        "家里",
        "家事",
        "家境",
        "家电",
        "家访",
        "家常",
        "家族",
        "家园",
        "家门口",
    ];
    WORDS
        .iter()
        .any(|word| letters.has(at, word) && word.chars().count() == end - at + 1)
        || INSIDE
            .iter()
            .any(|word| letters.has(end, word) && *word != "家里" && *word != "家门口")
}

/// Where 小 or 老 before a surname begins the name.
fn with_prefix(letters: &Letters, at: usize) -> usize {
    match letters.before(at) {
        '小' => at - 1,
        _ => at,
    }
}

/// The longest title at a position.
pub(super) fn title_here(letters: &Letters, at: usize) -> Option<&'static str> {
    let titles = TITLES.iter().filter(|title| letters.has(at, title));
    titles.copied().max_by_key(|title| title.chars().count())
}

/// Returns true if a surname at a position isn't the end of another word.
fn opens_a_name(
    text: &TaggedText,
    letters: &Letters,
    start: usize,
    at: usize,
    single: bool,
) -> bool {
    if !single {
        return true;
    }
    let kind = text.kind(at);
    if kind == WordKind::Person {
        // 王老/师说 and the like begin at the name; a longer name that ends here doesn't.
        return text
            .word(at)
            .is_some_and(|word| word.start >= start || word.end > at + 1);
    }
    let begins = text.begins_word(start) || text.begins_word(at);
    if is_ambiguous(letters.at(at)) {
        return begins && (start < at || !is_grammatical(letters.at(at)));
    }
    begins && !matches!(kind, WordKind::Measure)
}

/// Returns true if what follows a name is its title and not the beginning of another word.
fn stands_as_title(
    letters: &Letters,
    text: &TaggedText,
    title: &str,
    start: usize,
    at: usize,
    end: usize,
) -> bool {
    if title.chars().count() >= 2 {
        return true;
    }
    let next = letters.at(end);
    // 王姐姐 was read as the longer title; 刘姐夫 and 张伯伦 go on with another word.
    if matches!(
        next,
        '夫' | '妹' | '弟' | '伦' | '父' | '母' | '丈' | '子' | '家' | '儿' | '科'
    ) {
        return false;
    }
    let tagged = text.kind(start) == WordKind::Person || text.kind(at) == WordKind::Person;
    if SHORT_TITLES.contains(&title) {
        let is_word = text.word(at).is_some_and(|word| word.end == end);
        return tagged
            && is_word
            && text
                .word(at - 1)
                .is_some_and(|word| word.kind == WordKind::Person);
    }
    tagged || text.begins_word(start) && text.ends_word(end)
}

/// A name without the title at its end.
pub(super) fn without_title(name: &[char]) -> &[char] {
    let text: String = name.iter().collect();
    let titles = TITLES
        .iter()
        .filter(|title| !SHORT_TITLES.contains(title) && text.ends_with(*title));
    let longest = titles.map(|title| title.chars().count()).max().unwrap_or(0);
    let relative = RELATIVES.iter().filter(|word| text.ends_with(*word));
    let longest = relative
        .map(|word| word.chars().count())
        .max()
        .unwrap_or(0)
        .max(longest);
    match name.len().checked_sub(longest) {
        Some(kept) if kept >= 2 => name.get(..kept).unwrap_or(name),
        _ => name,
    }
}

/// Where a short word before a mark or a particle ends: what is introduced as a name.
fn short_end(letters: &Letters, text: &TaggedText, start: usize) -> Option<usize> {
    let closes =
        |c: char| !is_han(c) || matches!(c, '的' | '吧' | '嘛' | '呢' | '啊' | '呀' | '了');
    let end = (start..start + LONGEST + 1).find(|at| closes(letters.at(*at)))?;
    if (2..=LONGEST).contains(&(end - start)) {
        return Some(end);
    }
    let word = text.word(start)?;
    let is_name = word.kind == WordKind::Person && word.start == start && word.end - start >= 2;
    is_name.then_some(word.end)
}

/// Returns true for 小明, 老陈 and 阿强.
pub(super) fn is_short_form(name: &[char]) -> bool {
    matches!(name, ['小' | '老' | '阿', _])
}

/// Returns true for 明明.
pub(super) fn is_reduplicated(name: &[char]) -> bool {
    matches!(name, [a, b] if a == b)
}

/// Returns true for words such as 小时 and 老师.
pub(super) fn is_listed(name: &[char]) -> bool {
    let text: String = name.iter().collect();
    NO_NICKNAMES.contains(&text.as_str())
}
