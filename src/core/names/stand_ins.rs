//! Stand-ins: invented names and words that take the place of real ones.
//!
//! A name is taken apart (surname, given name, title), and each part has its own stand-in, so that a family keeps one surname
//! and 林小远, 小远 and 林家 stay recognisable as what they have in common.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{NameKind, chinese::split_name, english};
use crate::language::words::is_han;

/// Surnames in Latin letters.
#[rustfmt::skip]
const SURNAMES: &[&str] = &[
    "Palmer", "Hartley", "Marlow", "Bexley", "Cotter", "Dalby", "Everly", "Farrow", "Garner", "Hollis", "Ibbotson", "Jessop", "Kirkby", "Lomax", "Merrin", "Norcott", "Oakden", "Pemberton", "Quill", "Radley",
    "Selby", "Thorley", "Upton", "Varley", "Wexford", "Yarrow", "Ashby", "Brandon", "Croft", "Denham", "Eastman", "Fairley", "Gifford", "Haddon", "Ingram", "Jarvis", "Kendall", "Langley", "Manley", "Netherby",
];
/// Given names in Latin letters that women and men have.
#[rustfmt::skip]
const GIVEN: &[&str] = &[
    "Robin", "Alex", "Casey", "Morgan", "Taylor", "Jordan", "Avery", "Riley", "Quinn", "Skyler", "Rowan", "Finley", "Emery", "Hayden", "Kendal", "Lesley", "Marley", "Nicky", "Ollie", "Paget", "Reese", "Sidney", "Toni", "Vivian", "Wynne", "Ariel", "Billie",
    "Corin", "Darcy", "Ellis", "Frankie", "Georgie", "Harley", "Indra", "Jules", "Kelsey", "Linden", "Merle", "Noel", "Orla", "Perry", "Remy", "Sacha", "Tamsin", "Ulla", "Val", "Wren", "Yael", "Zephyr", "Auden", "Bryn", "Cleo", "Drew", "Eden", "Gayle",
];
/// Chinese surnames.
const HAN_SURNAMES: &str = "江柳程温俞卓骆纪邹阮霍桑祁尹池辛舒甘佟沐裘苗冉瞿湛蒲封岑戚晏";
/// Chinese given names of two characters.
#[rustfmt::skip]
const HAN_GIVEN: &[&str] = &[
    "小川", "小溪", "小禾", "小舟", "小满", "小帆", "小岚", "小野", "云舒", "清和", "知秋", "若谷", "景行", "怀瑾", "望舒", "南乔", "以宁", "青禾", "沐阳", "予安", "书遥", "明川", "亦辰", "初晴", "远山", "听雨", "念真", "如风", "未央", "行之", "长乐",
    "思齐", "嘉木", "朗月", "星野", "溪亭", "竹青", "归晚", "时雨", "松年", "栖迟", "素问", "澄心", "闻笛", "含章", "晚晴", "霁月", "春和", "秋实",
];
/// Chinese given names of one character.
const HAN_SINGLE: &str = "川溪禾舟帆岚野舒和谷行瑾宁安遥辰晴山真央乐齐木朗亭竹松澄章霁";
/// Chinese nicknames.
#[rustfmt::skip]
const HAN_NICKNAMES: &[&str] = &[
    "米粒", "核桃", "蚕豆", "芝麻", "栗子", "桃子", "莲子", "橙子", "柚子", "麦穗", "木耳", "海带", "土豆", "豌豆", "冬瓜", "荔枝", "石榴", "花生", "红豆", "青豆",
];

/// The parts of names with their stand-ins.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandIns {
    /// Each part with what stands for it; parts of different kinds are told apart by a mark before them.
    parts: BTreeMap<String, String>,
    /// How many stand-ins of each kind have been given.
    numbers: BTreeMap<String, u32>,
}

/// What kind of part a stand-in is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Surname,
    Given,
    HanSurname,
    HanGiven,
    Nickname,
}

impl Part {
    const fn mark(self) -> &'static str {
        match self {
            Self::Surname | Self::HanSurname => "s:",
            Self::Given | Self::HanGiven => "g:",
            Self::Nickname => "n:",
        }
    }

    const fn is_han(self) -> bool {
        matches!(self, Self::HanSurname | Self::HanGiven | Self::Nickname)
    }

    /// The stand-ins to choose from for a name of some length.
    fn pool(self, len: usize) -> Vec<String> {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        match self {
            Self::Surname => words(SURNAMES),
            Self::Given => words(GIVEN),
            Self::HanSurname => HAN_SURNAMES.chars().map(String::from).collect(),
            Self::HanGiven if len == 1 => HAN_SINGLE.chars().map(String::from).collect(),
            Self::HanGiven => words(HAN_GIVEN),
            Self::Nickname => words(HAN_NICKNAMES),
        }
    }
}

impl StandIns {
    /// A stand-in for what names somebody or something; the same for the same.
    ///
    /// `taken` has the words that occur in the project, in small letters, and can't stand for others.
    pub fn of(&mut self, text: &str, kind: NameKind, taken: &BTreeSet<String>) -> String {
        if !kind.is_person() {
            return self.numbered(text, kind);
        }
        if text.chars().any(is_han) {
            self.han(text, taken)
        } else {
            self.latin(text, kind, taken)
        }
    }

    /// 江小川 for 林小远, 江家 for 林家, 江老师 for 林老师.
    fn han(&mut self, text: &str, taken: &BTreeSet<String>) -> String {
        let split = split_name(text);
        let mut out = split.prefix.clone();
        if !split.surname.is_empty() {
            out += &self.part(Part::HanSurname, &split.surname, taken);
        }
        let is_nickname = split.surname.is_empty() && split.prefix.is_empty() && split.is_nickname;
        if !split.given.is_empty() {
            let part = if is_nickname {
                Part::Nickname
            } else {
                Part::HanGiven
            };
            out += &self.part(part, &split.given, taken);
        }
        out + &split.title
    }

    /// Casey Palmer for Karen Reed, Ms Palmer for Ms Reed, Palmers for Reeds.
    fn latin(&mut self, text: &str, kind: NameKind, taken: &BTreeSet<String>) -> String {
        let words: Vec<&str> = text.split_whitespace().collect();
        let is_title = |word: &str| english::is_title(&word.trim_end_matches('.').to_lowercase());
        let names = words.iter().filter(|word| !is_title(word)).count();
        let first = words.first();
        let relative = first.is_some_and(|word| english::is_relative(&word.to_lowercase()));
        let mut out = Vec::with_capacity(words.len());
        let mut seen = 0;
        for word in &words {
            if is_title(word) && words.len() > 1 {
                out.push((*word).to_owned());
                continue;
            }
            seen += 1;
            let titled = kind == NameKind::TitleName && names == 1 && !relative;
            let surname = names > 1 && seen == names || titled;
            out.push(self.latin_word(word.trim_end_matches('.'), surname, taken));
        }
        out.join(" ")
    }

    fn latin_word(&mut self, word: &str, surname: bool, taken: &BTreeSet<String>) -> String {
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        if letters <= 1 || word.contains('.') {
            // An initial stays one.
            return "X.".to_owned();
        }
        let low = word.to_lowercase();
        let known = |part: Part, low: &str| self.parts.get(&format!("{}{low}", part.mark()));
        let given = known(Part::Given, &low).or_else(|| known(Part::Surname, &low));
        if let Some(own) = given.filter(|_| !surname) {
            return own.clone();
        }
        // The Reeds.
        let stems = [low.strip_suffix('s'), low.strip_suffix("es")];
        let family = stems
            .into_iter()
            .flatten()
            .find_map(|stem| known(Part::Surname, stem));
        if let Some(own) = family {
            return plural(own);
        }
        let part = if surname { Part::Surname } else { Part::Given };
        self.part(part, &low, taken)
    }

    /// `[place 2]`, `[地点2]`: what isn't a person's name has a number.
    fn numbered(&mut self, text: &str, kind: NameKind) -> String {
        let key = format!("{}:{text}", kind.key());
        if let Some(own) = self.parts.get(&key) {
            return own.clone();
        }
        let (english, chinese) = kind.stand_in_words();
        let own = if text.chars().any(is_han) {
            let number = self.next_number(&format!("{}:zh", kind.key()));
            format!("[{chinese}{number}]")
        } else {
            let number = self.next_number(kind.key());
            format!("[{english} {number}]")
        };
        self.parts.insert(key, own.clone());
        own
    }

    fn next_number(&mut self, of: &str) -> u32 {
        let number = self.numbers.entry(of.to_owned()).or_insert(0);
        *number += 1;
        *number
    }

    fn part(&mut self, part: Part, name: &str, taken: &BTreeSet<String>) -> String {
        let key = format!("{}{name}", part.mark());
        if let Some(own) = self.parts.get(&key) {
            return own.clone();
        }
        let used: BTreeSet<&str> = self.parts.values().map(String::as_str).collect();
        let free =
            |name: &String| !used.contains(name.as_str()) && !taken.contains(&name.to_lowercase());
        let pool = part.pool(name.chars().count());
        let own = match pool.into_iter().find(free) {
            Some(own) => own,
            None if part.is_han() => format!("某{}", self.next_number(part.mark())),
            None => format!("Person{}", self.next_number(part.mark())),
        };
        self.parts.insert(key, own.clone());
        own
    }
}

/// The plural of a surname: the Palmers, the Harrises.
pub fn plural(name: &str) -> String {
    if name.ends_with(']') {
        // A reference, [Family 3], stands for one and for all.
        return name.to_owned();
    }
    let low = name.to_lowercase();
    let hisses = ["s", "x", "z", "ch", "sh"]
        .iter()
        .any(|end| low.ends_with(end));
    format!("{name}{}", if hisses { "es" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_family_keeps_one_surname_and_a_person_one_name() {
        let mut stand_ins = StandIns::default();
        let none = BTreeSet::new();
        let mut of = |text: &str, kind| stand_ins.of(text, kind, &none);
        let karen = of("Karen Reed", NameKind::Person);
        let sam = of("Sam Reed", NameKind::Person);
        let (given, surname) = karen.split_once(' ').unwrap();
        assert_eq!(sam.split_once(' ').unwrap().1, surname);
        assert_ne!(sam, karen);
        assert_eq!(of("Karen", NameKind::Person), given);
        assert_eq!(of("Ms Reed", NameKind::TitleName), format!("Ms {surname}"));
        assert_eq!(of("Reeds", NameKind::Person), plural(surname));
        let full = of("林小远", NameKind::Person);
        assert!(full.ends_with(&of("小远", NameKind::Nickname)));
        let teacher = of("林老师", NameKind::TitleName);
        assert_eq!(teacher.chars().next(), full.chars().next());
        assert!(teacher.ends_with("老师"));
        assert_eq!(of("138 0000 0000", NameKind::Phone), "[phone 1]");
        assert_eq!(of("青山小学", NameKind::School), "[学校1]");
    }

    #[test]
    fn nobody_gets_a_name_that_occurs() {
        let taken: BTreeSet<String> = ["robin".to_owned()].into();
        let own = StandIns::default().of("Karen", NameKind::Person, &taken);
        assert_eq!(own, "Alex");
    }
}
