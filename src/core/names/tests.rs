//! What is found in passages whose names are marked.
//!
//! A mark is found when every letter that names somebody is; a mention is right when it touches a mark. Each file has its own share.

use std::collections::BTreeMap;

use super::{Mention, NameFinder, NameKind};

/// A passage and its marks.
struct Passage {
    text: String,
    /// What names a person.
    names: Vec<(usize, usize)>,
    /// What may be proposed or not.
    free: Vec<(usize, usize)>,
}

fn passages(marked: &str) -> Vec<Passage> {
    marked.split("\n---\n").map(passage).collect()
}

fn passage(marked: &str) -> Passage {
    let (mut text, mut at, mut open) = (String::new(), 0, 0);
    let (mut names, mut free) = (Vec::new(), Vec::new());
    for c in marked.chars() {
        match c {
            '{' | '<' => open = at,
            '}' => names.push((open, at)),
            '>' => free.push((open, at)),
            c => {
                text.push(c);
                at += 1;
            }
        }
    }
    Passage { text, names, free }
}

fn mentions(text: &str) -> Vec<Mention> {
    let mut finder = NameFinder::new(&[]);
    finder.read(text);
    finder.mentions().remove(0)
}

#[derive(Debug, Default)]
struct Score {
    found: usize,
    missed: Vec<String>,
    right: usize,
    wrong: Vec<String>,
}

impl Score {
    fn add(&mut self, passage: &Passage) {
        let chars: Vec<char> = passage.text.chars().collect();
        let words = |from: usize, to: usize| chars[from..to].iter().collect::<String>();
        let mentions = mentions(&passage.text);
        let spans = mentions.iter().map(|mention| {
            let span = (mention.range.start() as usize, mention.range.end() as usize);
            (span, mention.kind)
        });
        let spans: Vec<((usize, usize), NameKind)> = spans.collect();
        for (from, to) in &passage.names {
            let is_in = |at: usize| {
                spans
                    .iter()
                    .any(|((start, end), kind)| kind.is_person() && *start <= at && at < *end)
            };
            // Only the letters count: a title or a line end may stay.
            if (*from..*to)
                .filter(|at| chars[*at].is_alphabetic())
                .any(is_in)
            {
                self.found += 1;
            } else {
                self.missed.push(words(*from, *to));
            }
        }
        for ((start, end), _) in spans {
            let touches = |(from, to): &(usize, usize)| start < *to && *from < end;
            if passage.names.iter().any(touches) {
                self.right += 1;
            } else if !passage.free.iter().any(touches) {
                self.wrong.push(words(start, end));
            }
        }
    }

    /// Checks that at least 95 % of marks are found, and 95 % of mentions are right.
    fn check(&self, what: &str) {
        let all = self.found + self.missed.len();
        let mentions = self.right + self.wrong.len();
        let said = format!(
            "{what}: {} of {all} found, {} of {mentions} right; {self:?}",
            self.found, self.right
        );
        assert!(
            self.found * 100 >= all * 95 && self.right * 100 >= mentions * 95,
            "{said}"
        );
    }
}

#[test]
fn names_are_found_and_words_are_left_in_short_passages() {
    for (what, marked) in [
        (
            "zh",
            include_str!("../../../tests/data/names/sentences-zh.txt"),
        ),
        (
            "en",
            include_str!("../../../tests/data/names/sentences-en.txt"),
        ),
    ] {
        let mut score = Score::default();
        for passage in passages(marked) {
            score.add(&passage);
        }
        score.check(what);
    }
}

#[test]
fn names_are_found_in_whole_interviews() {
    for (what, marked) in [
        (
            "zh",
            include_str!("../../../tests/data/names/interview-zh.txt"),
        ),
        (
            "en",
            include_str!("../../../tests/data/names/interview-en.txt"),
        ),
    ] {
        let mut score = Score::default();
        score.add(&passage(marked));
        score.check(what);
    }
}

/// The passages whose truth is given as positions; kinds that aren't persons' count neither way.
#[test]
fn names_are_found_in_passages_marked_by_others() {
    for (what, text, truth, neutral) in [
        (
            "05",
            include_str!("../../../tests/data/names/cases/05.txt"),
            include_str!("../../../tests/data/names/cases/05.json"),
            include_str!("../../../tests/data/names/cases/05.neutral.json"),
        ),
        (
            "07",
            include_str!("../../../tests/data/names/cases/07.txt"),
            include_str!("../../../tests/data/names/cases/07.json"),
            include_str!("../../../tests/data/names/cases/07.neutral.json"),
        ),
    ] {
        let rows =
            |json: &str| serde_json::from_str::<Vec<(usize, usize, String, String)>>(json).unwrap();
        let mut passage = Passage {
            text: text.to_owned(),
            names: Vec::new(),
            free: Vec::new(),
        };
        let mut kinship = Vec::new();
        for (start, end, word, kind) in rows(truth).into_iter().chain(rows(neutral)) {
            match kind.as_str() {
                "person" | "nickname" | "title_name" => passage.names.push((start, end)),
                "kinship_keep" => kinship.push((start, end, word)),
                "word_keep" => {}
                _ => passage.free.push((start, end)),
            }
        }
        let mut score = Score::default();
        score.add(&passage);
        score.check(what);
        for mention in mentions(text) {
            let span = (mention.range.start() as usize, mention.range.end() as usize);
            for (start, end, word) in &kinship {
                assert!(
                    span.1 <= *start || *end <= span.0,
                    "{what}: {word} at {start}"
                );
            }
        }
    }
}

#[test]
fn words_of_kinship_are_never_proposed() {
    for text in [
        "她妈妈编的辫子，奶奶也编过。老师、阿姨、外婆、舅舅、姐姐和弟弟都在。",
        "王阿姨来了。阿姨说她妈妈编的好看。",
        "Mum, Dad, Nan and Grandma came. Teacher said so. My mother and my sister laughed. Auntie too. Miss said hello.",
        "Auntie Bee came. Auntie said that Grandpa's asleep, and Mummy's tired.",
    ] {
        let words: Vec<char> = text.chars().collect();
        let found: Vec<String> = mentions(text)
            .into_iter()
            .map(|mention| {
                words[mention.range.start() as usize..mention.range.end() as usize]
                    .iter()
                    .collect()
            })
            .collect();
        let names = ["王阿姨", "Auntie Bee"];
        assert!(
            found.iter().all(|name| names.contains(&name.as_str())),
            "{text}: {found:?}"
        );
    }
}

#[test]
fn a_name_that_one_text_introduces_is_found_in_the_others() {
    let mut finder = NameFinder::new(&[]);
    finder.read("我外孙小名叫石头。");
    finder.read("昨天石头发烧了，路上有一块石头。");
    let found = finder.mentions();
    let starts: Vec<u32> = found[1]
        .iter()
        .map(|mention| mention.range.start())
        .collect();
    assert_eq!(starts, [2]);
}

#[test]
fn mentions_are_in_order_and_apart_whatever_the_text() {
    use proptest::prelude::*;
    let pieces = prop::collection::vec(
        prop::sample::select(vec![
            "王老师",
            "小刘",
            "高兴",
            "叫",
            "姓",
            "何",
            "家",
            "妈妈",
            "，",
            "。",
            "\n",
            " ",
            "Will ",
            "Mr ",
            "Reed",
            "'s ",
            "the ",
            "Hills",
            "’",
            ".",
            "138 0000 0417",
            "12",
            "号",
            "A",
            "𠮷",
            "😀",
            "é",
            "-",
            "J.T. ",
            "<",
            "姓欧阳",
        ]),
        0..40,
    );
    proptest!(|(pieces in pieces)| {
        let text = pieces.concat();
        let len = u32::try_from(text.chars().count()).unwrap();
        let mut end = 0;
        for mention in mentions(&text) {
            prop_assert!(mention.range.start() >= end && !mention.range.is_empty());
            end = mention.range.end();
        }
        prop_assert!(end <= len);
    });
}

#[test]
fn kinds_are_read_as_they_are_written() {
    let mut seen = BTreeMap::new();
    for kind in NameKind::ALL {
        assert_eq!(NameKind::of_key(kind.key()), Some(kind));
        assert!(seen.insert(kind.key(), kind).is_none());
    }
}
