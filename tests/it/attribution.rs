//! Who said it: transcripts in the layouts of people and programs, and every word with its speaker.

use std::{collections::BTreeMap, fs, path::Path};

use proptest::prelude::*;
use tain::import::{
    BelievedLabels, DocumentOptions, ImportedDocument, SourceFile, SpeakerOption, read_document,
};

fn read_with(path: &str, bytes: Vec<u8>, options: &DocumentOptions) -> ImportedDocument {
    let source = SourceFile {
        path: path.to_owned(),
        bytes,
    };
    read_document(source, options).unwrap()
}

/// A file of `tests/data`.
fn file(name: &str) -> ImportedDocument {
    file_with(name, &DocumentOptions::default())
}

fn file_with(name: &str, options: &DocumentOptions) -> ImportedDocument {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data")
        .join(name);
    read_with(name, fs::read(path).unwrap(), options)
}

/// The turns as `speaker|words`, lines of a turn joined by `/`.
fn outline(document: &ImportedDocument) -> Vec<String> {
    let turns = document.turns.iter().map(|turn| {
        let speaker = turn.speaker.map_or("", |index| {
            document.speakers[usize::from(index)].label.as_str()
        });
        let said = document.text.slice(turn.said()).unwrap();
        format!("{speaker}|{}", said.trim().replace('\n', "/"))
    });
    turns.collect()
}

/// How many turns each speaker has, and nobody under an empty name.
fn turns_of(document: &ImportedDocument) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for turn in outline(document) {
        let (speaker, _) = turn.split_once('|').unwrap();
        *counts.entry(speaker.to_owned()).or_default() += 1;
    }
    counts
}

fn counts(expected: &[(&str, usize)]) -> BTreeMap<String, usize> {
    expected
        .iter()
        .map(|(name, count)| ((*name).to_owned(), *count))
        .collect()
}

#[test]
fn thirty_layouts_are_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/layouts");
    let expected = fs::read_to_string(folder.join("expected.tsv")).unwrap();
    let mut wrong = Vec::new();
    for row in expected.lines().skip(1) {
        let [name, layout, turns, speakers] = row.split('\t').collect::<Vec<_>>()[..] else {
            panic!("{row}");
        };
        let document = file(&format!("layouts/{name}"));
        let found: Vec<&str> = document
            .speakers
            .iter()
            .map(|own| own.label.as_str())
            .collect();
        if document.turns.len() != turns.parse::<usize>().unwrap() || found.join("; ") != speakers {
            wrong.push(format!(
                "{layout}: {} turns, {found:?}",
                document.turns.len()
            ));
        }
    }
    assert_eq!(expected.lines().count(), 31);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn brackets_behind_a_label_are_part_of_it_or_set_aside() {
    let folder = "attribution/01-label-with-bracket";
    let turns = |name: &str| turns_of(&file(&format!("{folder}/{name}")));
    assert_eq!(
        turns("paren.txt"),
        counts(&[("Interviewer", 5), ("Mother", 5)])
    );
    assert_eq!(turns("zh.txt"), counts(&[("妈妈", 4), ("访谈者", 4)]));
    assert_eq!(
        turns("paren-zh.txt"),
        counts(&[("受访者（母亲）", 4), ("妈妈", 1), ("访谈者", 4)])
    );
    assert_eq!(turns("sq.txt"), counts(&[("B1", 4), ("Int. (Anna)", 4)]));
}

#[test]
fn sounds_in_brackets_are_nobody() {
    let folder = "attribution/02-bracketed-sound-is-a-speaker";
    let english = file(&format!("{folder}/notes.txt"));
    let names: Vec<&str> = english
        .speakers
        .iter()
        .map(|own| own.label.as_str())
        .collect();
    assert_eq!(names, ["Interviewer", "Child"]);
    let chinese = file(&format!("{folder}/notes-zh.txt"));
    let names: Vec<&str> = chinese
        .speakers
        .iter()
        .map(|own| own.label.as_str())
        .collect();
    assert_eq!(names, ["访谈者", "小远"]);
    // What follows a sound belongs to whoever spoke before it.
    let went_on = outline(&file(&format!("{folder}/pausecont.txt")));
    assert!(went_on.iter().any(|turn| turn == "|[pause]"), "{went_on:?}");
    assert!(
        went_on.iter().any(|turn| turn == "Child|and I ran home."),
        "{went_on:?}"
    );
}

#[test]
fn who_speaks_once_is_a_speaker_where_every_line_has_a_label() {
    let folder = "attribution/03-speaks-once";
    assert_eq!(
        turns_of(&file(&format!("{folder}/focus.txt"))),
        counts(&[("Moderator", 4), ("P1", 3), ("P2", 3), ("P3", 1), ("P4", 1)])
    );
    assert_eq!(
        turns_of(&file(&format!("{folder}/focus-zh.txt"))),
        counts(&[("主持人", 4), ("学员丙", 1), ("学员乙", 3), ("学员甲", 3)])
    );
}

#[test]
fn labels_on_lines_of_their_own_with_and_without_times() {
    for name in [
        "transcription.txt",
        "transcription_timestamps.txt",
        "transcription_maxqda.txt",
    ] {
        let document = file(&format!("attribution/04-atrain-txt/{name}"));
        let names: Vec<&str> = document
            .speakers
            .iter()
            .map(|own| own.label.as_str())
            .collect();
        assert_eq!(names, ["SPEAKER_00", "SPEAKER_01"], "{name}");
        let turns = outline(&document);
        assert!(
            turns.iter().all(|turn| !turn.ends_with("SPEAKER_01")),
            "{turns:?}"
        );
        assert!(
            turns
                .iter()
                .any(|turn| turn.starts_with("SPEAKER_00|How was the week?")),
            "{turns:?}"
        );
    }
}

#[test]
fn cues_go_on_with_the_speaker_named_last() {
    let cues = outline(&file(
        "attribution/07-srt-name-only-at-change/change-only.srt",
    ));
    assert_eq!(
        cues[0],
        "Speaker 1|Good morning. Please sit down. At the start of the year we agreed to meet once a month."
    );
    assert!(cues.iter().all(|turn| !turn.starts_with('|')), "{cues:?}");
    let captions = outline(&file("attribution/08-chevrons-and-own-pattern/cart.vtt"));
    assert_eq!(
        captions[..2],
        [
            "JOANNE|Welcome to the parents' evening. Tell us what worries you.",
            "MR. DIALLO|The homework. My son cries over it."
        ]
    );
    let own = DocumentOptions {
        speakers: SpeakerOption::Pattern(regex::Regex::new(r"^>> (?<speaker>[^:]+):\s*").unwrap()),
        ..DocumentOptions::default()
    };
    let by_pattern = file_with("attribution/08-chevrons-and-own-pattern/cart.vtt", &own);
    assert_eq!(outline(&by_pattern), captions);
    assert!(by_pattern.notes.is_empty(), "{:?}", by_pattern.notes);
}

#[test]
fn voices_of_nobody_and_entities() {
    let turns = outline(&file("attribution/05-noscribe-vtt/noscribe.vtt"));
    assert_eq!(turns[0], "S00|How's the week?");
    assert!(
        turns[1].starts_with("S01|Long. I'd say \"too long\"."),
        "{turns:?}"
    );
    let editor = outline(&file("attribution/05-noscribe-vtt/noscribe-editor.vtt"));
    let pauses: Vec<&String> = editor
        .iter()
        .filter(|turn| turn.contains("pause)"))
        .collect();
    assert_eq!(pauses.len(), 2);
    assert!(
        pauses.iter().all(|turn| turn.starts_with('|')),
        "{editor:?}"
    );
}

#[test]
fn a_label_that_is_not_believed_is_named_and_its_words_are_nobodys() {
    let text = "Ann: Shall we begin?\n\nBo: Yes.\n\nAnn: And the stairs?\n\nBo: They are steep.\n\nWays out: none so far.\n\n\
        Ann: I see.\n\nBo: Good.\n\nshe said: no.\n\nAnn: Right.\n\nBo: Right.\n";
    let read = |believed: BelievedLabels| {
        let options = DocumentOptions {
            believed,
            ..DocumentOptions::default()
        };
        read_with("a.txt", text.as_bytes().to_vec(), &options)
    };
    let plain = read(BelievedLabels::default());
    let names: Vec<&str> = plain
        .speakers
        .iter()
        .map(|own| own.label.as_str())
        .collect();
    assert_eq!(names, ["Ann", "Bo"]);
    let doubts: Vec<(&str, usize, &str)> = plain
        .doubts
        .iter()
        .map(|own| (own.label.as_str(), own.count, own.example.as_str()))
        .collect();
    assert_eq!(doubts, [("Ways out", 1, "Ways out: none so far.")]);
    let turns = outline(&plain);
    assert!(turns.contains(&"|none so far.".to_owned()), "{turns:?}");
    // What nobody would take for a name is part of the words.
    assert!(
        turns.contains(&"Bo|Good.//she said: no.".to_owned()),
        "{turns:?}"
    );
    let accepted = BelievedLabels {
        accepted: ["ways out".to_owned()].into(),
        ..BelievedLabels::default()
    };
    assert!(turns_of(&read(accepted)).contains_key("Ways out"));
    let refused = BelievedLabels {
        refused: ["bo".to_owned()].into(),
        ..BelievedLabels::default()
    };
    assert!(!turns_of(&read(refused)).contains_key("Bo"));
}

/// How a turn begins: `L` is the label, `T` a time, `N` a number.
const LAYOUTS: [&str; 18] = [
    "L: ",
    "L：",
    "L:",
    "L\t",
    "[L] ",
    "【L】",
    "(L) ",
    "<L> ",
    "**L:** ",
    "*L:* ",
    "L:\n",
    "[T] L: ",
    "[T] - L: ",
    "L (T):\n",
    "L  T\n",
    "N. L: ",
    ">> L: ",
    "### L\n",
];

const PEOPLE: [[&str; 3]; 6] = [
    ["Interviewer", "Mother", "Father"],
    ["I", "P1", "P2"],
    ["Moderator", "P1 (F, 34)", "P2 (M, 40)"],
    ["访谈者", "妈妈", "小雨（女，10岁）"],
    ["社工", "小远（化名）", "李奶奶"],
    ["Jane Doe", "Speaker 1", "Dr. Smith"],
];

const SAID: [&str; 8] = [
    "I went home and sat down.",
    "She said: come in, it's cold.",
    "At school: nothing.",
    "我回家就坐着。",
    "老师说：你进来吧。",
    "比如说：他考了九十分。",
    "那个，是这样的。",
    "There were three of us.",
];

const CUES: [&str; 4] = ["", " (laughs)", "（笑）", " [quietly]"];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn every_word_has_its_speaker_in_every_layout(
        layout in 0..LAYOUTS.len(),
        people in 0..PEOPLE.len(),
        turns in proptest::collection::vec((0..3usize, 0..SAID.len(), 0..12usize, any::<bool>()), 10..40),
        blank in any::<bool>(),
        extra in proptest::option::of(3..8usize),
    ) {
        let people = PEOPLE[people];
        let mut text = String::from("Interview transcript\nDate: 11 March 2025\n\n");
        let mut truth: Vec<(String, String)> = Vec::new();
        for (at, (who, said, cue, more)) in turns.iter().enumerate() {
            // Somebody asks every second time, so that all of them speak.
            let name = if at % 2 == 0 { people[0] } else { people[1 + who % 2] };
            let name = if extra == Some(at) { "Neighbour" } else { name };
            let cue = CUES.get(*cue).filter(|_| !LAYOUTS[layout].starts_with("L  T")).unwrap_or(&"");
            let time = format!("00:{:02}:{:02}", at / 60, at % 60);
            let head = LAYOUTS[layout]
                .replace('N', &(at + 1).to_string())
                .replace('T', &time)
                .replace('L', &format!("{name}{cue}"));
            text.push_str(&head);
            text.push_str(SAID[*said]);
            text.push('\n');
            truth.push((name.to_owned(), SAID[*said].to_owned()));
            if *more && blank && at % 2 == 1 {
                text.push_str("And more of it.\n");
            }
            if blank {
                text.push('\n');
            }
        }
        let document = read_with("a.txt", text.clone().into_bytes(), &DocumentOptions::default());
        let found: Vec<String> = outline(&document).into_iter().filter(|turn| !turn.starts_with('|')).collect();
        prop_assert_eq!(found.len(), truth.len(), "{}\n{:?}", text, found);
        for (turn, (name, said)) in found.iter().zip(&truth) {
            let (speaker, words) = turn.split_once('|').unwrap();
            let base = |label: &str| label.split(['(', '（', '[']).next().unwrap().trim().to_owned();
            prop_assert_eq!(base(speaker), base(name), "{}", text);
            prop_assert!(words.starts_with(said.as_str()), "{} {}", words, text);
        }
    }
}
