//! Turns and speakers of whole texts.

use proptest::prelude::*;

use super::*;
use crate::model::{
    document::{SpeakerRole, Turn},
    text::DocumentText,
};

/// Every turn as `speaker|stamp|what was said`.
fn outline(text: &str) -> Vec<String> {
    let found = find(text, &SpeakerOption::Auto, &BelievedLabels::default());
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
    let roles: Vec<_> = find(text, &SpeakerOption::Auto, &BelievedLabels::default())
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
    let bracket =
        "【访谈者】你好\n【小雨】嗯\n【访谈者】唱歌吗\n【小雨】唱\n【访谈者】好\n【小雨】（笑）\n";
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
    find(text, &SpeakerOption::Auto, &BelievedLabels::default())
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
    // Without anybody who is sure to be a person, a few labels may be anything.
    assert!(speakers("Milk: two\nEggs: six\nMilk: three\nEggs: ten\n").is_empty());
    assert_eq!(
        speakers("I: How?\nB: Fine.\nand so on\nand on\nI: So?\nB: Yes.\nand then\n"),
        ["I", "B"]
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
    fn turns_lie_in_order_inside_any_text(text in "([A-C]|妈妈|：|: |\\[00:0[0-9]\\]|\n|\n\n|#|\\*\\*|【|】|\t|😀|word |e\u{301}|0:0:1\\.0 --> 0:0:2\\.0\n|¤<900>|\n0 minutes 4 seconds0:04\n|A 0 minutes 4 seconds\n|0:04\n|I = interviewer;|乙＝外婆\n){0,60}") {
        let found = find(&text, &SpeakerOption::Auto, &BelievedLabels::default());
        let length = DocumentText::new(text.as_str()).len_chars();
        let mut end = 0;
        for turn in &found.turns {
            prop_assert!(end <= turn.range.start() && turn.range.start() <= turn.body && turn.body <= turn.range.end());
            prop_assert!(turn.range.end() <= length && !turn.range.is_empty());
            end = turn.range.end();
        }
    }
}
